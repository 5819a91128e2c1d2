"""Status and dynamics: bounds, areas left out, an example computed by hand, properties."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.statistics.status_index import (
    DYNAMICS,
    DYNAMICS_BOUNDS,
    INCOMPLETE,
    STATUS,
    STATUS_BOUNDS,
    classified,
    status_dynamics,
    summed_index,
)

#: Two burdens of five areas. By hand: both columns have mean 4; squared deviations 0+4+4+16+16 = 40 and 1+1+1+1+0 → see
#: below.
BURDENS = pd.DataFrame({"a": [4.0, 2.0, 6.0, 0.0, 8.0], "b": [3.0, 5.0, 3.0, 3.0, 6.0]}, index=list("vwxyz"))

finite = st.floats(-1000, 1000, allow_nan=False).map(lambda x: round(x, 3))


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    rows = draw(st.integers(3, 20))
    values = draw(st.lists(st.tuples(finite, finite, finite), min_size=rows, max_size=rows))
    return pd.DataFrame(values, index=[f"r{i:02}" for i in range(rows)], columns=list("abc"))


def test_bounds_belong_to_the_class_they_close() -> None:
    edge = pd.Series([-1.0, -0.9999, 1.0, 1.0001, 1.5, 1.5001, np.nan, -7.0, 9.0])
    assert classified(edge, STATUS_BOUNDS, STATUS).tolist()[:6] == [
        "hoch", "mittel", "mittel", "niedrig", "niedrig", "sehr niedrig",
    ]  # fmt: skip
    assert classified(edge, STATUS_BOUNDS, STATUS).isna().tolist() == [False] * 6 + [True, False, False]
    assert classified(edge, DYNAMICS_BOUNDS, DYNAMICS).tolist()[:4] == ["positiv", "stabil", "stabil", "negativ"]


def test_noise_of_the_computer_does_not_pass_a_bound() -> None:
    noisy = pd.Series([-1 + 1e-13, 1 + 1e-13, 1.5 + 1e-13])
    assert classified(noisy, STATUS_BOUNDS, STATUS).tolist() == ["hoch", "mittel", "niedrig"]


def test_example_computed_by_hand() -> None:
    # a: mean 4, variance (0+4+4+16+16)/5 = 8; b: mean 4, variance (1+1+1+1+4)/5 = 1.6
    # sums of z: v −1/√1.6, w −2/√8 + 1/√1.6, x 2/√8 − 1/√1.6, y −4/√8 − 1/√1.6, z 4/√8 + 2/√1.6
    #          = −0.7905694, 0.0834626, −0.0834626, −2.2047830, 2.9953524; their mean is 0,
    # their variance is (0.625 + 0.0069660 + 0.0069660 + 4.8610660 + 8.9721360)/5 = 2.8944268, its root 1.7013015
    index = summed_index(BURDENS)
    expected = [-0.4646851, 0.0490581, -0.0490581, -1.2959390, 1.7606241]
    assert index.to_numpy() == pytest.approx(expected, abs=2e-7)
    found = status_dynamics(BURDENS, BURDENS)
    assert found.status.tolist() == ["mittel", "mittel", "mittel", "hoch", "sehr niedrig"]
    assert found.dynamics is not None
    assert found.dynamics.tolist() == ["stabil", "stabil", "stabil", "positiv", "negativ"]
    assert found.groups().loc["sehr niedrig"].to_dict() == {"positiv": 0, "stabil": 0, "negativ": 1}
    assert found.groups().to_numpy().sum() == 5


def test_small_and_declared_areas_are_out_before_standardising() -> None:
    more = pd.concat([BURDENS, pd.DataFrame({"a": [900.0, -80.0, 5.0], "b": [1.0, 700.0, np.nan]}, index=list("klm"))])
    inhabitants = pd.Series({**dict.fromkeys("vwxyz", 300), "k": 299, "l": 5000, "m": 5000})
    found = status_dynamics(more, inhabitants=inhabitants, exceptions={"l": "Wohnheim"})
    pd.testing.assert_series_equal(found.index[list("vwxyz")], summed_index(BURDENS), check_names=False)
    assert found.status[list("klm")].isna().all()
    assert found.excluded == {
        "k": "unter 300 Einwohnerinnen und Einwohner", "l": "Wohnheim", "m": INCOMPLETE,
    }  # fmt: skip
    assert found.dynamics is None
    assert found.groups()[""].to_dict() == {"sehr niedrig": 1, "niedrig": 0, "mittel": 3, "hoch": 1}


def test_area_without_number_of_inhabitants_is_out() -> None:
    assert "v" in status_dynamics(BURDENS, inhabitants=pd.Series(dict.fromkeys("wxyz", 900))).excluded


def test_refusals() -> None:
    with pytest.raises(ValueError, match="two areas"):
        status_dynamics(BURDENS.head(1))
    with pytest.raises(ValueError, match="same areas"):
        status_dynamics(BURDENS, BURDENS.head(3))


@given(tables(), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_does_not_matter(table: pd.DataFrame, chance: object) -> None:
    rows, columns = list(table.index), list(table.columns)
    chance.shuffle(rows)  # type: ignore[attr-defined]
    chance.shuffle(columns)  # type: ignore[attr-defined]
    one, other = status_dynamics(table, table), status_dynamics(table.loc[rows, columns], table.loc[rows, columns])
    assert other.index[table.index].to_numpy() == pytest.approx(one.index.to_numpy(), abs=1e-9)
    assert other.status[table.index].tolist() == one.status.tolist()


@pytest.mark.parametrize("scale", [1.0, 0.01171875, 3.0])
def test_burdens_that_cancel_out_leave_no_index(scale: float) -> None:
    table = pd.DataFrame({"a": [0.0, 0.0, 1.0], "b": [1.0, 1.0, 0.0]}, index=["r0", "r1", "r2"]) * scale
    assert (summed_index(table) == 0).all()


@given(tables(), st.floats(0.01, 100), st.floats(-50, 50))
def test_unit_and_origin_do_not_matter(table: pd.DataFrame, scale: float, shift: float) -> None:
    assert summed_index(table * scale + shift).to_numpy() == pytest.approx(summed_index(table).to_numpy(), abs=1e-5)


@given(tables())
def test_mean_zero_and_deviation_one(table: pd.DataFrame) -> None:
    index = summed_index(table)
    assert index.mean() == pytest.approx(0, abs=1e-9)
    assert index.std(ddof=0) == pytest.approx(1, abs=1e-9) or (index == 0).all()

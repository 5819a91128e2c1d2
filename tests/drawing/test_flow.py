"""From-to bands: widths, names, withheld groups, sizes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from figure_reading import size, texts
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sozialbericht.drawing.charts.flow import flow
from sozialbericht.numbers import status_word

COUNTS = pd.DataFrame({"Gymnasium": [60.0, 20.0], "Hauptschule": [40.0, 80.0]}, index=["Süden", "Norden"])
SIZES = pd.DataFrame({"anzahl": [100.0, 100.0], "status": "ok"}, index=["Süden", "Norden"])
CITY = pd.DataFrame(
    {"anzahl": [80.0, 120.0], "anteil": [40.0, 60.0], "status": "ok"}, index=["Gymnasium", "Hauptschule"]
)


@pytest.mark.parametrize("narrow", [False, True])
def test_names_counts_and_shares(narrow: bool) -> None:
    words = texts(flow(COUNTS, SIZES, CITY, counted="Kinder", narrow=narrow))
    assert {"Süden", "Norden", "Gymnasium", "Hauptschule", "100 Kinder"} <= set(words)
    assert {"60,0\u00a0%", "20,0\u00a0%", "40,0\u00a0%", "80,0\u00a0%"} <= set(words)


@pytest.mark.parametrize(("narrow", "width"), [(False, 164), (True, 90)])
def test_sizes(narrow: bool, width: float) -> None:
    assert size(flow(COUNTS, SIZES, CITY, counted="Kinder", narrow=narrow)) == pytest.approx((width, 76), abs=0.11)


def test_a_group_shows_what_is_known() -> None:
    counts = COUNTS.copy()
    counts.loc["Norden", "Gymnasium"] = np.nan
    words = texts(flow(counts, SIZES, CITY, counted="Kinder"))
    assert {"60,0\u00a0%", "40,0\u00a0%", "80,0\u00a0%", "nicht gezeigt"} <= set(words) and "20,0\u00a0%" not in words
    counts.loc["Norden"] = np.nan
    sizes = SIZES.copy()
    for status, word in (("withheld", "geheim gehalten"), ("unreliable", status_word("unreliable"))):
        sizes.loc["Norden", "status"] = status
        words = texts(flow(counts, sizes, CITY, counted="Kinder"))
        assert word in words and "80,0\u00a0%" not in words


def test_a_group_whose_whole_is_withheld_has_no_width() -> None:
    counts, sizes = COUNTS.copy(), SIZES.copy()
    counts.loc["Norden"], sizes.loc["Norden"] = np.nan, [np.nan, "withheld"]
    fig = flow(counts, sizes, CITY, counted="Kinder")
    assert {"Norden", "geheim gehalten", "100 Kinder"} <= set(texts(fig)) and "nan" not in " ".join(texts(fig))
    left = [box for box in _boxes(fig) if box.get_x() < 82]
    assert [round(box.get_height(), 3) for box in left] == [round(left[0].get_height(), 3), 0]


@pytest.mark.parametrize("narrow", [False, True])
def test_targets_of_a_city_that_is_far_larger_than_its_groups_stay_in_the_picture(narrow: bool) -> None:
    counts, city = COUNTS.copy(), CITY.copy()
    counts.loc["Norden", "Gymnasium"], city.loc["Gymnasium", "anzahl"] = np.nan, 5000.0
    boxes = _boxes(flow(counts, SIZES, city, counted="Kinder", narrow=narrow))
    assert all(box.get_y() >= 0 and box.get_y() + box.get_height() <= 76 for box in boxes)


def _boxes(fig: Figure) -> list[Rectangle]:
    return [part for part in fig.axes[0].get_children() if isinstance(part, Rectangle) and not part.get_clip_on()]


@pytest.mark.parametrize("narrow", [False, True])
def test_nodes_are_as_high_as_their_counts(narrow: bool) -> None:
    """What bands leave or reach and the hatched rest of each node, in one scale."""
    counts = COUNTS.copy()
    counts.loc["Norden", "Gymnasium"] = np.nan
    fig = flow(counts, SIZES, CITY, counted="Kinder", narrow=narrow)
    heights = [box.get_height() for box in _boxes(fig)]
    scale = max(heights) / 120
    assert sorted(round(height / scale) for height in heights) == [20, 20, 60, 80, 100, 120]


def test_withheld_target_has_no_number() -> None:
    city = CITY.copy()
    city.loc["Gymnasium"] = [np.nan, np.nan, "withheld"]
    assert "geheim gehalten" in texts(flow(COUNTS, SIZES, city, counted="Kinder"))


def test_refusals() -> None:
    with pytest.raises(ValueError, match="negative"):
        flow(-COUNTS, SIZES, CITY, counted="Kinder")
    six = pd.DataFrame([[1.0] * 6], index=["a"], columns=list("uvwxyz"))
    with pytest.raises(ValueError, match="at most 5"):
        flow(six, pd.DataFrame({"anzahl": [6.0], "status": "ok"}, index=["a"]), CITY, counted="Kinder")

"""Bars of 100 %: parts, statuses, sizes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from figure_reading import classes, size, texts
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sozialbericht.drawing.canvas.brand import tokens
from sozialbericht.drawing.charts import shares


def _bars(parts: int = 3) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    names = ["Musterstadt", "Nord", "Ein Bezirk mit einem sehr langen Namen, der umbricht"]
    columns = [f"Teil {k + 1}" for k in range(parts)]
    table = pd.DataFrame(100 / parts, index=names, columns=columns)
    return (
        table,
        pd.DataFrame("ok", index=names, columns=columns),
        pd.Series([3000.0, 1000.0, np.nan], index=names),
    )


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("parts", range(1, 7))
def test_parts(parts: int, narrow: bool) -> None:
    table, status, total = _bars(parts)
    fig = shares.stacked(table, status=status, total=total, total_name="Personen", narrow=narrow)
    assert size(fig)[0] == (90 if narrow else 164)
    words = texts(fig)
    assert {f"Teil {k + 1}" for k in range(parts)} <= set(words)
    assert {"Musterstadt", "Personen", "3.000", "1.000", "100\u00a0%"} <= set(words)


def test_at_most_six_parts() -> None:
    table, status, total = _bars(7)
    with pytest.raises(ValueError, match="one to six"):
        shares.stacked(table, status=status, total=total, total_name="Personen")


def test_withheld_parts_leave_a_hatched_gap() -> None:
    table, status, total = _bars()
    table.iloc[1, 2] = np.nan
    status.iloc[1, 2] = "withheld"
    table.iloc[2] = np.nan
    status.iloc[2] = "missing"
    status.iloc[0, 0] = "unreliable"
    fig = shares.stacked(table, status=status, total=total, total_name="Personen")
    assert {"status-withheld", "status-missing", "status-unreliable"} <= set(classes(fig))
    words = texts(fig)
    assert words.count("geheim gehalten") == words.count("liegt noch nicht vor") == 1
    assert words.count("33") == 5


def test_the_fills_grow_lighter() -> None:
    for fills in shares.FILLS.values():
        light = [sum(int(tokens()[f][i : i + 2], 16) for i in (1, 3, 5)) for f in fills]
        assert light == sorted(light)


def _widths(fig: Figure, fills: tuple[str, ...]) -> list[float]:
    """The widths of the painted parts of the first bar, in its order."""
    boxes = [p for p in fig.axes[0].patches if isinstance(p, Rectangle)]
    colours = {tokens()[fill].lower(): fill for fill in fills}
    bars = [p for p in boxes if p.get_height() == shares.BAR and to_hex(p.get_facecolor()) in colours]
    first = min(p.get_y() for p in bars)
    return [p.get_width() for p in bars if p.get_y() == first]


def test_bars_know_no_more_than_their_numbers() -> None:
    """Two rows with the same printed shares are drawn alike, and a full bar is full whatever the rounding leaves."""
    table, status, total = _bars()
    table.iloc[0] = [33.4, 33.3, 33.3]
    one = _widths(shares.stacked(table, status=status, total=total, total_name="Personen"), shares.KINDS[:3])
    table.iloc[0] = [33.0, 33.49, 33.51 - 0.4]
    other = _widths(shares.stacked(table, status=status, total=total, total_name="Personen"), shares.KINDS[:3])
    assert one == other
    assert len(one) == 3
    table.iloc[0] = [49.6, 25.4, 25.0]  # printed 50, 25, 25
    assert sum(_widths(shares.stacked(table, status=status, total=total, total_name="Personen"), shares.KINDS[:3])) == (
        pytest.approx(sum(one))
    )

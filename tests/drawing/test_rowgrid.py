"""Rows that a table and its picture share: heights by the lines that names need."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.drawing.canvas.rowgrid import LINE, Rowgrid, fitting, lines_of


def test_a_row_is_as_high_as_the_lines_of_its_name() -> None:
    names = ["Hafen", "/".join(["Sehrlangername"] * 4), ""]
    grid = Rowgrid.of(9.0, names, width=60, row=4.4)
    assert [lines_of(name, 60) for name in names] == [1, 2, 1]
    assert grid.rows == (4.4, 2 * LINE, 4.4)
    assert (grid.tops(), grid.bottom) == ([9.0, 13.4, 19.6], 24.0)
    assert [round(y, 2) for y in grid.middles()] == [11.2, 16.5, 21.8]


def test_a_column_holds_its_widest_words() -> None:
    assert fitting(["9,9"], 8.0) == 8.0
    assert fitting(["−1.234.567,8 bis −999,9"], 8.0) > 25
    assert fitting(["1.234.567,8"], 0.0, weight=600) > fitting(["1.234.567,8"], 0.0)
    assert fitting([], 3.0) == 3.0


@given(st.lists(st.text("abc/- ", max_size=60), min_size=1, max_size=12), st.floats(20, 90), st.floats(3.1, 8))
def test_rows_follow_one_another_without_gaps(names: list[str], width: float, row: float) -> None:
    grid = Rowgrid.of(9.0, names, width=width, row=row)
    assert len(grid.rows) == len(names) and all(height >= row for height in grid.rows)
    ends = [top + height for top, height in zip(grid.tops(), grid.rows, strict=True)]
    assert all(abs(end - top) < 0.02 for end, top in zip(ends, [*grid.tops()[1:], grid.bottom], strict=True))

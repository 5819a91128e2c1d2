"""Bodies and their members: every name is drawn, nothing leaves the figure, both cuts."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas.style import MM
from sozialbericht.drawing.charts.organigram import Body, Row, organigram

ROWS = [
    Row("Gesamte Stadt", (Body("Projektgruppe", ("Amt eins", "Dezernat für Schule, Jugend und Familie"), "Amt eins"),
        Body("Rat", ("Verbände",)))),
    Row("Quartier", (Body("Büro mit einem langen Namen, der nicht in eine Zeile passt", ("Leitung",)),)),
]  # fmt: skip


def words(figure: Figure) -> str:
    return " ".join(text.get_text() for text in figure.axes[0].texts)


@pytest.mark.parametrize("narrow", [False, True])
def test_every_name_is_drawn_inside(narrow: bool) -> None:
    figure = organigram(ROWS, narrow=narrow)
    drawn = words(figure)
    for row in ROWS:
        assert row.name in drawn
        for body in row.bodies:
            for name in (*body.name.split(), *(part for member in body.members for part in member.split())):
                assert name in drawn
    assert "Amt eins (Leitung)" in drawn
    width, height = figure.get_size_inches() * MM
    assert width == pytest.approx(90 if narrow else 164)
    figure.canvas.draw()
    for text in figure.axes[0].texts:
        box = text.get_window_extent().transformed(figure.dpi_scale_trans.inverted())
        assert box.x0 * MM >= -0.1 and box.x1 * MM <= width + 0.1
        assert box.y0 * MM >= -0.1 and box.y1 * MM <= height + 0.1


def test_boxes_of_a_row_are_equally_high_and_apart() -> None:
    boxes = [p for p in organigram(ROWS).axes[0].artists if p.__class__.__name__ == "Rectangle"]
    boxes = boxes or list(organigram(ROWS).axes[0].patches)
    first, second = boxes[0].get_bbox(), boxes[1].get_bbox()
    assert first.height == pytest.approx(second.height)
    assert first.x1 < second.x0


@pytest.mark.parametrize("rows", [[], [Row("leer", ())]])
def test_nothing_to_draw_is_refused(rows: list[Row]) -> None:
    with pytest.raises(ValueError, match="bodies"):
        organigram(rows)

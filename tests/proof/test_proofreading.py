"""The check after setting: what is planted in a PDF is found with page and figure, and nothing else is."""

from __future__ import annotations

import pytest
import typst

from sozialbericht.proof import proofreading
from sozialbericht.proof.proofreading import proofread

PAGE = '#set page(width: 210mm, height: 297mm, margin: 23mm)\n#set text(size: 9pt)\n'
CAPTION = '#grid(columns: (38mm, 1fr), [Abbildung 2.1], [Arbeitslose in den Räumen])\n'


def printed(*pages: str) -> bytes:
    """A PDF with these pages."""
    made = typst.compile((PAGE + "\n#pagebreak()\n".join(pages)).encode())
    assert isinstance(made, bytes)
    return made


def placed(words: str, x: float, y: float, *more: str) -> str:
    """Words at a place in mm from the corner of the page."""
    return f'#place(top + left, dx: {x - 23}mm, dy: {y - 23}mm, text({", ".join([*more, ""])}"{words}"))\n'


def found(*pages: str, drawn: tuple[str, ...] = ()) -> list[tuple[int, str, str, bool]]:
    return [(flaw.page, flaw.what, flaw.figure, flaw.drawn) for flaw in proofread(printed(*pages), drawn)]


def test_a_page_in_order():
    assert found("Ein Absatz. " * 200, CAPTION + "Text#super[1] mit Fußnote#footnote[Klein.] und $x^2$.") == []


@pytest.mark.parametrize(("x", "y"), [(200, 50), (-5, 50), (50, 295.5), (50, -1.5)])
def test_text_off_the_page(x: float, y: float):
    flaws = proofread(printed("Erste Seite", CAPTION + placed("Reinickendorf", x, y)))
    assert [(flaw.page, flaw.what) for flaw in flaws] == [(2, "Text außerhalb der Seite")]
    assert "„Reinickendorf“" in str(flaws[0])


def test_text_near_the_edge_is_on_the_page():
    assert found(placed("Rand", 0.2, 0.5) + placed("Rand", 198, 290)) == []


@pytest.mark.parametrize(("size", "wrong"), [(4.9, True), (5.0, False), (1.0, True)])
def test_small_text(size: float, wrong: bool):
    expected = [(1, "Text unter 5\u00a0pt", "Abbildung 2.1", False)] if wrong else []
    assert found(CAPTION + placed("sehr klein", 60, 120, f"size: {size}pt")) == expected


def test_text_made_small_by_its_picture():
    scaled = "#scale(x: 40%, y: 40%, reflow: true)[Nord und Süd]"
    assert found(CAPTION + scaled) == [(1, "Text unter 5\u00a0pt", "Abbildung 2.1", False)]


def test_two_lines_on_top_of_each_other():
    flaws = proofread(printed(CAPTION + placed("Messegelände", 60, 120) + placed("Westend", 62, 121)))
    assert [str(flaw) for flaw in flaws] == [
        "Seite 1, Abbildung 2.1 „Arbeitslose in den Räumen“: Texte übereinander („Messegelände“ und „Westend“)"
    ]


def test_lines_below_and_beside_each_other_touch_at_most():
    beside = placed("links", 60, 200) + placed("rechts", 67.5, 200)
    assert found("#set par(leading: 1pt)\n" + "gÄj " * 300 + beside) == []


def test_the_same_twice_is_a_casing():
    assert found(placed("Mitte", 60, 120) + placed("Mitte", 60, 120)) == []


def test_slanting_text_has_no_box_to_overprint():
    turned = "#place(dx: 20mm, dy: 40mm, rotate(-45deg)[Eine lange schräge Beschriftung])"
    assert found(turned + placed("darüber", 60, 70)) == []


def test_a_figure_that_an_analyst_has_drawn():
    page = CAPTION + placed("klein", 60, 120, "size: 3pt")
    assert found(page, drawn=("Eine andere",)) == [(1, "Text unter 5\u00a0pt", "Abbildung 2.1", False)]
    assert found(page, drawn=("Arbeitslose in den Räumen",)) == [(1, "Text unter 5\u00a0pt", "Abbildung 2.1", True)]


def test_a_table_goes_on_and_a_figure_does_not():
    below = placed("klein", 60, 120, "size: 3pt")
    table = CAPTION.replace("Abbildung", "Tabelle")
    assert found(table, below) == [(2, "Text unter 5\u00a0pt", "Tabelle 2.1", False)]
    assert found(CAPTION, below) == [(2, "Text unter 5\u00a0pt", "", False)]


def test_what_is_wrong_a_hundred_times_is_told_once():
    (flaw,) = proofread(printed(CAPTION + "".join(placed(f"n{k}", 30 + k, 120, "size: 2pt") for k in range(100))))
    assert flaw.times == 100
    assert "und 99 weitere Stellen" in str(flaw)


def test_a_page_where_everything_is_wrong_takes_no_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(proofreading, "MOST", 5)
    (flaw,) = proofread(printed("".join(placed(f"n{k}", 30 + k, 120, "size: 2pt") for k in range(100))))
    assert flaw.times == 5

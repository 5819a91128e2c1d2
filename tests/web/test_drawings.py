"""Drawings in pages: what they have in common is written once, looks are classes, the audit reads the same marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialbericht.audit.readers import markup, pictures
from sozialbericht.web import drawings
from sozialbericht.web.styles import Styles
from sozialbericht.web.tree import Element, read, write

OUTLINE = "M10 20l100 0 0 50 -30 0 -20 -10 -50 -5 -7 -8z"
MARK = "M0 1.9C0.5 1.9 1 1.7 1.3 1.3z"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm" viewBox="0 0 90 90" '
    'font-family="Source Sans Pro" stroke-linejoin="round">'
    '<g class="raum sr_a" fill="var(--s{n},#07566a)" stroke-width="{n}">'
    f'<path d="{OUTLINE}"/></g><path d="{OUTLINE}" fill="none"/><defs><path d="{MARK}" id="x{{n}}"/></defs>'
    '<use x="{n}" y="2" fill="#07566a" href="#x{n}"/>'
    '<text x="1" y="2" font-size="7.5" font-weight="600" fill="var(--tinte,#1a2024)">Hafen</text></svg>'
)


@pytest.fixture
def page(tmp_path: Path) -> Element:
    (tmp_path / "bilder").mkdir()
    for n in (1, 2, 3):
        (tmp_path / "bilder" / f"fig-{n}.web.svg").write_text(DRAWING.format(n=n), encoding="utf-8")
    figures = "".join(f'<figure><img src="bilder/fig-{n}.web.svg" alt="Karte"></figure>' for n in (1, 2, 3))
    found = read(f"<html><body><main>{figures}</main></body></html>")
    drawings.embed(found, "a.html", tmp_path)
    return found


def test_an_outline_and_a_mark_are_written_once(page: Element) -> None:
    text = write(page)
    assert text.count(OUTLINE) == 1 + 3, "a path with a look of its own stays what it is"
    assert text.count(MARK) == 1
    names = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(names) == len(set(names)) == 2
    used = [use.get("href") for use in page.iter("use")]
    assert used == ["#m-1", "#u-1", "#m-1", "#u-1", "#m-1"]


def test_looks_are_classes_of_the_sheet(page: Element, tmp_path: Path) -> None:
    styles = Styles()
    drawings.dress(page, styles)
    (tmp_path / "a.css").write_text("p{}", encoding="utf-8")
    styles.add_to(tmp_path / "a.css")
    sheet = (tmp_path / "a.css").read_text(encoding="utf-8")
    assert ".z2{fill:var(--tinte);font-size:7.5px;font-weight:600}" in sheet
    assert {text.get("class") for text in page.iter("text")} == {"z2"}
    assert [group.get("class") for group in page.iter("g")] == ["raum sr_a z1", "raum sr_a z3", "raum sr_a z4"]
    assert {group.get("fill") for group in page.iter("g")} == {"var(--s1)", "var(--s2)", "var(--s3)"}, "it is data"
    looks = {"font-size", "font-weight", "font-family", "stroke-width", "stroke-linejoin", "style"}
    assert not looks & {name for element in page.iter() for name in element.attrib}


def test_the_audit_reads_what_the_files_say(page: Element, tmp_path: Path) -> None:
    drawings.dress(page, Styles())
    found = markup.read(write(page, brief=True).encode(), "a.html").pictures
    for n, picture in enumerate(found, start=1):
        path = tmp_path / "bilder" / f"fig-{n}.web.svg"
        (alone,) = pictures.read(path.read_bytes(), path.name).pictures
        assert [(m.kind, m.area, m.points) for m in picture.marks] == [(m.kind, m.area, m.points) for m in alone.marks]
        assert picture.words == alone.words

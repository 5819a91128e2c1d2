"""Styles of single elements become classes of the report's style sheet."""

from __future__ import annotations

from pathlib import Path

from sozialbericht.web.styles import Styles
from sozialbericht.web.tree import read, write

PAGE = (
    '<main><table><tr style="height:1.5rem"><th style="text-align: right;">A</th><td style="text-align: right;">1</td>'
    '<td class="nr" style="text-align:left">x</td></tr></table><p style="">leer</p>'
    '<p style="height:1.5rem">p</p></main>'
)


def test_alignments_have_names_and_other_styles_get_one(tmp_path: Path) -> None:
    page, styles = read(PAGE), Styles()
    styles.take(page)
    assert (
        '<table><tr class="eigen-1"><th class="re">A</th><td>1</td><td class="nr li">x</td></tr></table>'
        '<p>leer</p><p class="eigen-1">p</p>'
    ) in write(page)
    sheet = tmp_path / "a.css"
    sheet.write_text("p{}\n", encoding="utf-8")
    styles.add_to(sheet)
    assert sheet.read_text(encoding="utf-8").endswith(".eigen-1{height:1.5rem}\n")


def test_cells_that_are_so_by_themselves_need_no_class() -> None:
    left = 'style="text-align: left"'
    page = read(f'<table><tr><th scope="row" {left}>A</th><th {left}>B</th></tr></table>')
    Styles().take(page)
    assert [cell.get("class") for cell in page.iter("th")] == [None, "li"]


def test_without_styles_the_sheet_stays_as_it_is(tmp_path: Path) -> None:
    sheet = tmp_path / "a.css"
    sheet.write_text("p{}\n", encoding="utf-8")
    Styles().add_to(sheet)
    assert sheet.read_text(encoding="utf-8") == "p{}\n"

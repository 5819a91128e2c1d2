"""Web pages that anyone can use: nothing that axe-core finds, and nothing that it does not ask; every check sees a page
that was broken on purpose.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import browser
import pytest

from tests.access import axe, seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def broken(pages: list[Path], tmp_path: Path, old: str, new: str, name: str = "tabellen.html") -> str:
    """The address of a copy of a page in which a piece of mark-up was replaced."""
    folder = pages[0].parent
    for entry in folder.iterdir():
        if entry.name != name:
            (tmp_path / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())
    text = (folder / name).read_text(encoding="utf-8")
    assert re.search(old, text), old
    (tmp_path / name).write_text(re.sub(old, new, text, count=1), encoding="utf-8")
    return (tmp_path / name).as_uri()


def test_axe_finds_nothing(pages: list[Path], running: Browser) -> None:
    assert axe.judged(running, axe.addresses(pages)) == {}


@pytest.mark.slow
def test_axe_finds_nothing_in_the_whole_matrix(pages: list[Path], running: Browser) -> None:
    assert axe.judged(running, axe.addresses(pages), axe.MATRIX) == {}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('<html lang="de-DE">', "<html>", "html-has-lang"),
        ('<label for="suchwort">[^<]*</label>', "", "label"),
        ("<h2", '<svg role="img" width="9" height="9"><path d="M0 0h9v9z"/></svg><h2', "svg-img-alt"),
        ("<h2", '<p style="color:#bbb">blass</p><h2', "color-contrast"),
        ("<h2([^>]*)>", r"<h5>tief</h5><h2\1>", "heading-order"),
        (r"(<th [^>]*>)[^<]*", r"\1", "empty-table-header"),
        ('(class="blaettern" aria-label)="[^"]*"', r'\1="Inhalt des Berichts"', "landmark-unique"),
    ],
)
def test_axe_sees_a_page_broken_on_purpose(
    pages: list[Path], running: Browser, tmp_path: Path, old: str, new: str, rule: str
) -> None:
    address = broken(pages, tmp_path, old, new)
    found = [text.split(":")[0] for told in axe.judged(running, [address], (axe.Look(320),)).values() for text in told]
    assert rule in found


def test_pages_fit_and_the_keyboard_goes_as_the_eye_does(pages: list[Path], running: Browser) -> None:
    assert seen.faults(running, axe.addresses(pages)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<h2", '<p style="width:40rem">breit</p><h2', "px wide: p."),
        (r'(class="tafel[^"]*") tabindex="0"', r"\1", "scrolls without focus"),
        ("<h2", '<p style="height:1em;overflow:hidden">Ein Text<br>in drei<br>Zeilen</p><h2', "cut off: p."),
        ('<script src="web/seite.js" defer></script>', "", "order of the keyboard: ['main', 'chapters']"),
        ("<h2", '<p style="transition:color 1s">gleitet</p><h2', "moves: P."),
        ("<h2", '<p style="width:50rem;max-width:none">weit</p><h2', "200 %"),
        ("<h2", '<p style="width:3.1em;overflow:hidden;white-space:nowrap">Wort und</p><h2', "spaced: cut off"),
        ("<figcaption", '<figcaption style="break-after:page"', "print: parted from its figure"),
        (
            "<figcaption([^>]*)>",
            r'<figcaption\1 style="break-inside:auto"><p>Tabelle A.0</p><p style="break-before:page">',
            "print: parted from its figure: Tabelle A.0",
        ),
        ("<h2", '<p>Suchen</p><h2', "print: Suchen"),
        ('(class="sprung")', r'\1 style="outline:none !important"', "forced colours: no ring"),
    ],
)  # fmt: skip
def test_a_page_that_does_not_fit_is_seen(
    pages: list[Path], running: Browser, tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert any(told in text for text in seen.faults(running, [broken(pages, tmp_path, old, new)]))


def test_a_drawing_that_forced_colours_change_is_seen(pages: list[Path], running: Browser, tmp_path: Path) -> None:
    drawn = r'(<svg [^>]*class="zeichnung[^"]*")'
    address = broken(pages, tmp_path, drawn, r'\1 style="forced-color-adjust:auto"', "bevoelkerung.html")
    with seen.opened(running, address) as page:
        assert seen.recoloured(page) == ["forced colours: 1 drawings recoloured"]


def test_axe_sees_what_is_wrong_in_an_open_menu(pages: list[Path], running: Browser, tmp_path: Path) -> None:
    hidden = '<details><summary>Mehr</summary><button type="button"></button></details><h2'
    address = broken(pages, tmp_path, "<h2", hidden)
    (place,) = found = axe.judged(running, [address])
    assert place.endswith(", open)") and found[place][0].startswith("button-name")


def test_the_address_of_a_dark_page(running: Browser, pages: list[Path]) -> None:
    with seen.opened(running, pages[0].as_uri(), color_scheme="dark") as page:
        assert page.evaluate(browser.QUESTIONS) == []


def test_on_paper_the_map_of_the_start_page_fits_below_its_title(pages: list[Path], running: Browser) -> None:
    (address,) = [page.as_uri() for page in pages if page.name == "index.html"]
    with seen.opened(running, address) as page:
        assert "und mehr" in seen.printed(page)[0], "the key below the map is on the first sheet"
        page.emulate_media(media="print")
        height = page.evaluate("document.querySelector('#start figure svg').getBoundingClientRect().height")
    assert height <= 112 / 25.4 * 96 + 1


LONG = "".join(f"<tr><th>Ort {n}</th><td>{n * n + 7000}</td></tr>" for n in range(90))


@pytest.mark.parametrize(("style", "told"), [("", 0), (' style="display:inline-block"', 1)])
def test_on_paper_a_table_begins_every_sheet_with_its_head(
    pages: list[Path], running: Browser, tmp_path: Path, style: str, told: int
) -> None:
    head = f'<tr><th><button type="button"{style}>Gebiet</button></th><th>Anzahl</th></tr>'
    table = f"<table><thead>{head}</thead><tbody>{LONG}</tbody></table>"
    with seen.opened(running, broken(pages, tmp_path, "<h2", f"{table}<h2")) as page:
        found = [what for what in seen.unprintable(page) if "goes on without its head" in what]
        assert sum("Ort" in sheet for sheet in seen.printed(page)) > 1
    assert len(found) == told


def test_on_paper_a_row_is_read_from_its_head_on(pages: list[Path], running: Browser) -> None:
    (address,) = [page.as_uri() for page in pages if page.name == "tabellen.html"]
    with seen.opened(running, address) as page:
        page.emulate_media(media="print")
        places = page.evaluate("[...document.querySelectorAll('tbody th')].map((e) => getComputedStyle(e).position)")
    assert set(places) == {"static"}


def test_the_narrow_table_of_an_area_fits_with_wider_spacing(
    pages: list[Path], running: Browser, tmp_path: Path
) -> None:
    head = "".join(f'<th scope="col" class="li">{name}</th>' for name in ("Merkmal", "Wert", "zum Stadtwert", "Trend"))
    sign = '<span class="wertung"><span class="zeichen">▼</span> unter</span>'
    cells = f'<td>39,7</td><td class="li">{sign}</td><td>↘</td>'
    row = f'<tr><th scope="row" class="li">Beschäftigtenquote in&nbsp;%</th>{cells}</tr>'
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{row}</tbody></table>"
    address = broken(pages, tmp_path, "<h2", f'<div class="raumblatt"><div class="lage">{table}</div></div><h2')
    with seen.opened(running, address, 320) as page:
        seen.spaced(page)
        assert seen.over(page) == []

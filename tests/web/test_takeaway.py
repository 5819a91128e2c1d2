"""Menus of figures and tables, what is read off drawings, tables that are sorted: in a browser, from disk, offline."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import browser
import pytest
from PIL import Image

from sozialbericht.rendering.production import Made
from sozialbericht.web.menus import takeaway
from sozialbericht.web.tree import read, words

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

FIGURE = """<div id="fig-a"><figure><figcaption><span class="nummer">Abbildung 1.1</span> <span class="text">
<strong>Rate</strong> in %</span></figcaption><ul class="schluessel"><li><span>1</span>
<span><span data-raum="r1">A</span></span> <span>5</span></li></ul>
<div class="quelle"><p>Amt.</p></div></figure></div>"""


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with browser.browser() as found:
        yield found


@pytest.fixture
def page(running: Browser) -> Iterator[Page]:
    with browser.quiet_page(running) as found:
        yield found


def opened(page: Page, made: Made, name: str, figure: str) -> Locator:
    assert made.page is not None
    page.goto((made.page.parent / name).resolve().as_uri())
    return page.locator(f"[id={figure}] figure")


def taken(page: Page, figure: Locator, name: str) -> bytes:
    if figure.locator(".mitnahme[open]").count() == 0:
        figure.locator(".mitnahme summary").click()
    with page.expect_download() as waiting:
        figure.get_by_role("button", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split())


@pytest.mark.browser
def test_the_csv_of_a_map_is_its_key(page: Page, small_made: Made) -> None:
    figure = opened(page, small_made, "bevoelkerung.html", "fig-anteil-u18-karte")
    head, *rows = rows_of(taken(page, figure, "Werte (CSV)"))
    assert head == ["Nr.", "Name", "Wert", "Wert: Lage"]
    key = figure.locator(".schluessel li").all_inner_texts()
    shown = [plain(line).rstrip("▲▼≈ ") for line in key]
    assert [" ".join(row[:3]) for row in rows[: len(key)]] == shown
    assert rows[1][3] == "über dem Stadtwert"
    notes = {row[0]: row[1] for row in rows[len(key) :] if row}
    assert notes["Titel"].startswith("Anteil der unter 18-Jährigen in den 6 Sozialräumen")
    assert "Musterstadt 2006" in notes["Bericht"] and "Entwurf" in notes["Bericht"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "label"), [("bevoelkerung.html", "fig-anteil-u18-rang"), ("arbeitslosigkeit.html", "tbl-alo-bezirke"),
                        ("arbeitslosigkeit.html", "fig-arbeitslosenquote-verlauf")],
)  # fmt: skip
def test_the_csv_of_a_table_is_what_it_shows(page: Page, small_made: Made, name: str, label: str) -> None:
    figure = opened(page, small_made, name, label)
    _, *rows = rows_of(taken(page, figure, "Werte (CSV)"))
    cells = "all => all.map((row) => [...row.cells].map((cell) => cell.textContent))"
    table = figure.locator("tbody tr").evaluate_all(cells)
    shown = [[plain(cell).replace("−", "-") for cell in row] for row in table]
    assert len(shown) > 2
    for row, line in zip(rows, shown, strict=False):
        assert [cell.replace(".", "") for cell in row] == [cell.replace(".", "") for cell in line]
    assert any("." in row[1:] for row in rows) == any("." in row[1:] for row in shown)  # withheld stays withheld


@pytest.mark.browser
def test_no_cell_is_a_formula(page: Page, small_made: Made) -> None:
    figure = opened(page, small_made, "arbeitslosigkeit.html", "tbl-alo-bezirke")
    planted = ["=1+1", "+49 231", "-1+1", "@SUM(A1)", "−3,5", "1.234,5"]
    for place, text in enumerate(planted):
        cell = figure.locator("tbody td, tbody th").nth(place)
        cell.evaluate("(cell, text) => { cell.textContent = text; }", text)
    flat = [cell for row in rows_of(taken(page, figure, "Werte (CSV)")) for cell in row]
    assert {"'=1+1", "'+49 231", "'-1+1", "'@SUM(A1)", "-3,5", "1234,5"} <= set(flat)


@pytest.mark.browser
def test_the_menu_by_keyboard(page: Page, small_made: Made) -> None:
    figure = opened(page, small_made, "bevoelkerung.html", "fig-anteil-u18-karte")
    summary = figure.locator(".mitnahme summary")
    assert "Abbildung 1.1" in plain(str(summary.text_content()))
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Link kopieren"
    page.keyboard.press("Enter")
    browser.wait_until(page, "document.querySelector('.mitnahme[open] [role=status]').textContent")
    assert page.url.endswith("#fig-anteil-u18-karte")
    page.keyboard.press("Escape")
    assert figure.locator(".mitnahme[open]").count() == 0
    assert page.evaluate("document.activeElement.localName") == "summary"
    page.emulate_media(media="print")
    assert not summary.is_visible()


@pytest.mark.browser
def test_the_citation_names_figure_report_and_edition(page: Page, small_made: Made) -> None:
    opened(page, small_made, "bevoelkerung.html", "fig-anteil-u18-karte")
    told = page.evaluate("Mitnehmen.zitat(document.querySelector('[id=fig-anteil-u18-karte] figure'), 'fig-x')")
    assert told.startswith("Abbildung 1.1: Anteil der unter 18-Jährigen in den 6 Sozialräumen, Dezember 2006. In: ")
    source = " ".join(page.inner_text("[id=fig-anteil-u18-karte] figure .quelle p").split()).split(" „")[0]
    assert "; Stand " in source
    assert f"Musterstadt 2006. Quelle: {source.rstrip('.')}. Entwurf, nicht freigegeben. Kennung der Fassung: " in told
    assert re.search(r"Fassung: [0-9a-f]{16}\. ", told) and ". Die Modelldaten sind erfunden" in told
    assert told.endswith("bevoelkerung.html#fig-x")


@pytest.mark.browser
@pytest.mark.parametrize("label", ["fig-anteil-u18-karte", "fig-anteil-u18-rang"])
def test_drawings_are_taken_along_in_light_colours(page: Page, small_made: Made, label: str) -> None:
    page.emulate_media(color_scheme="dark")
    figure = opened(page, small_made, "bevoelkerung.html", label)
    drawn = taken(page, figure, "Grafik (SVG)").decode()
    root = ET.fromstring(drawn)
    said = "".join(root.itertext())
    assert "var(" not in drawn and "Abbildung 1.2" in said + "Abbildung 1.2" * label.endswith("karte")
    assert "Hafen" in said and "19,6" in said and "Entwurf" in said
    assert root.find("{*}rect").get("fill").lower() == "#ffffff"  # type: ignore[union-attr]
    assert len(root.findall("{*}path")) >= 6
    assert taken(page, figure, "Bild (PNG)").startswith(b"\x89PNG")


@pytest.mark.browser
def test_photographs_are_taken_along(page: Page, small_made: Made) -> None:
    figure = opened(page, small_made, "bevoelkerung.html", "fig-anteil-u18-rang")
    stream = io.BytesIO()
    Image.new("RGB", (3, 2), (250, 0, 250)).save(stream, "PNG")
    address = f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"
    figure.locator("svg.zeichnung:not(.schmal)").evaluate(
        """(svg, address) => { svg.setAttribute("viewBox", "0 0 3 2");
        svg.innerHTML = `<image width="3" height="2" href="${address}"/>`; }""",
        address,
    )
    root = ET.fromstring(taken(page, figure, "Grafik (SVG)"))
    assert [image.get("href") for image in root.findall("{*}image")] == [address]
    shown = Image.open(io.BytesIO(taken(page, figure, "Bild (PNG)"))).convert("RGB")
    dots = sum(number for number, colour in shown.getcolors(1 << 24) or [] if colour == (250, 0, 250))
    assert dots > 50_000


@pytest.mark.browser
def test_maps_and_ranked_charts_tell_name_and_value(page: Page, small_made: Made) -> None:
    figure = opened(page, small_made, "bevoelkerung.html", "fig-anteil-u18-karte")
    svg = figure.locator("svg.zeichnung:not(.schmal)")
    svg.locator("g.raum.sr_hafen").hover()
    assert svg.locator(".abgelesen text").text_content() == "Hafen: 19,6 ▲"
    assert "Hafen" in figure.locator(".schluessel .zeig").inner_text()
    svg.locator("[tabindex='0']").focus()
    page.keyboard.press("End")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label.startswith("Mühlenberg: ") and "Stadtwert" in label
    assert svg.locator("[tabindex='0']").count() == 1
    page.keyboard.press("Escape")
    assert svg.locator(".abgelesen text").count() == 0
    ranked = page.locator("[id=fig-anteil-u18-rang] figure")
    ranked.locator("svg [tabindex='0']").first.focus()
    first = str(ranked.locator(".abgelesen text").text_content())
    page.keyboard.press("ArrowDown")
    second = str(ranked.locator(".abgelesen text").text_content())
    assert first.startswith("Hafen: 19,6; ") and second.startswith("Lindenhof: 18,6; ")


@pytest.mark.browser
def test_tables_of_the_annex_are_sorted_and_filtered(page: Page, small_made: Made) -> None:
    opened(page, small_made, "tabellen.html", "")
    figure = page.locator("figure:has(.tafelfilter)").first
    printed = figure.locator("tbody th").all_inner_texts()
    button = figure.locator("thead button").nth(1)
    button.click()
    values = [float(text.replace(",", ".")) for text in figure.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert values == sorted(values, reverse=True) and len(values) > 5
    assert figure.locator("thead th").nth(1).get_attribute("aria-sort") == "descending"
    button.click()
    assert figure.locator("thead th").nth(1).get_attribute("aria-sort") == "ascending"
    button.click()
    assert figure.locator("tbody th").all_inner_texts() == printed
    figure.locator(".tafelfilter input").fill("muehlenberg")
    left = figure.locator("tbody tr:visible th").all_inner_texts()
    assert [plain(name).split()[-1].rstrip("*") for name in left] == ["Mühlenberg"]
    assert figure.locator(".tafelfilter [role=status]").inner_text() == "1 Zeile"
    assert len(rows_of(taken(page, figure, "Werte (CSV)"))[1:2]) == 1
    page.keyboard.press("Escape")


def test_values_become_a_table_below_the_figure(tmp_path: Path) -> None:
    (tmp_path / "fig-a.werte.csv").write_text("Gebiet;2005;2006\n<i>Süd & Ost;.;5,1\n", encoding="utf-8")
    page = read(f"<html><head></head><body><main>{FIGURE}</main></body></html>")
    takeaway.add(page, tmp_path, takeaway.Cited("Bericht 2006", "freigegeben"))
    table = page.find(".//details[@class='werte']//table")
    assert [words(cell) for cell in table.iter("th", "td")] == ["Gebiet", "2005", "2006", "<i>Süd & Ost", ".", "5,1"]
    assert page.find(".//li").get("class") == "raum r1"
    scripts = [script.get("src") for script in page.iter("script")]
    assert scripts == [f"web/{name}" for name in takeaway.SCRIPTS]
    assert page.find(".//script").get("data-fassung") == "freigegeben"


def test_a_page_without_figures_loads_nothing(tmp_path: Path) -> None:
    page = read("<html><head></head><body><main><p>Text</p></main></body></html>")
    takeaway.add(page, tmp_path, takeaway.Cited("Bericht 2006"))
    assert not list(page.iter("script", "link"))


def test_a_citation_says_what_the_imprint_does() -> None:
    section = """<section id="pflicht-nutzung-und-zitat"><h2>Nutzung und Zitat</h2><p>Daten: dl-de/by-2-0</p>
    <p>Texte und Bilder: CC BY 4.0</p><p>Zitiervorschlag: Stadt: Bericht.</p></section>"""
    first = read(f"<html><body><main><p><strong>{takeaway.IDENTITY}</strong> 0123</p>{section}</main></body></html>")
    found = takeaway.Cited.of("Bericht 2006", {Path("index.html"): first})
    assert found == ("Bericht 2006", "", "0123", "Daten: dl-de/by-2-0. Texte und Bilder: CC BY 4.0.")
    assert found.attributes().keys() == {"data-bericht", "data-kennung", "data-nutzung"}
    page = read('<html><head></head><body><main><div id="atlas"></div></main></body></html>')
    takeaway.add(page, Path(), found)
    assert page.find(".//div").get("data-nutzung") == found.terms

"""Start page and atlas in a browser, from disk and without a network, on the small city."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import browser
import numpy as np
import pytest
import searchindex
import small_report

from sozialbericht.audit.readers import unpacking
from sozialbericht.bericht import Bericht
from sozialbericht.rendering import production
from sozialbericht.statistics.intervals import mover
from sozialbericht.statistics.intervals.interval import Interval
from sozialbericht.web.entry import portalpages
from sozialbericht.web.entry.packing import Packing, part_of
from tests.access import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
QUOTE, YOUTH = "arbeitslosenquote", "alo_u25_anteil"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The web report of the small city with start page and atlas."""
    root = small_report.with_profiles(small_report.project(tmp_path_factory.mktemp("atlas")))
    small_report.add_line(root / "notebooks" / "80_tabellen.ipynb", "b.anhang().atlas()")
    made = production.make(
        production.Request(2006, engine="builtin", formats=("html",), data=root / "data", profiles=["sr_hafen"]),
        root=root,
    )
    assert made.page is not None
    return made.page.parent


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with browser.browser() as found:
        yield found


@pytest.fixture
def page(running: Browser) -> Iterator[Page]:
    with browser.quiet_page(running) as found:
        yield found


def opened(page: Page, folder: Path, name: str = "atlas.html", state: str = "") -> Page:
    page.goto("about:blank")
    page.goto((folder / name).resolve().as_uri() + state)
    if name == "atlas.html":
        browser.wait_until(page, "document.documentElement.dataset.atlas")
    return page


def data(folder: Path) -> dict[str, Any]:
    text = (folder / "web" / "atlas.js").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.partition(" = ")[2].rstrip().rstrip(";"))
    return unpacking.unpacked(found)


def column(page: Page, number: int) -> list[str]:
    return page.eval_on_selector_all(f"#zeilen tr > :nth-child({number})", "all => all.map((e) => e.textContent)")


def test_every_page_is_in_order(folder: Path, running: Browser) -> None:
    assert browser.visit(folder, running=running) == []
    assert browser.dead_links(folder, running) == []


def test_indicator_and_year_change_map_words_and_table(page: Page, folder: Path) -> None:
    opened(page, folder)
    sheet = next(s for s in data(folder)["indikatoren"] if s["id"] == QUOTE)
    page.select_option("#indikator", QUOTE)
    page.check('#jahre input[value="2005"]', force=True)
    stand = next(s for s in sheet["staende"] if s["jahr"] == 2005)
    assert page.inner_text("#titel") == f"{sheet['name']}, {stand['stand']}"
    assert page.inner_text("#befund") == stand["befund"]
    printed = [f"{value:.1f}".replace(".", ",") for value in sorted(stand["wert"], reverse=True)]
    assert column(page, 3) == printed
    assert f"indikator={QUOTE}&jahr=2005" in page.url
    kinds = page.eval_on_selector_all("#flaechen path", "all => all.map((e) => e.getAttribute('class'))")
    assert [int(re.search(r"s(\d)", kind)[1]) - 1 for kind in kinds] == list(map(int, stand["klasse"]))  # type: ignore[index]


def test_the_level_above_stands_below_the_areas_and_beside_each(page: Page, folder: Path) -> None:
    opened(page, folder, state=f"#indikator={QUOTE}&jahr=2005&raum=sr_hafen")
    found = data(folder)
    sheet = next(sheet for sheet in found["indikatoren"] if sheet["id"] == QUOTE)
    stand = next(s for s in sheet["staende"] if s["jahr"] == 2005)
    names, values = (page.eval_on_selector_all(f"#ganze tr > :nth-child({k})", "all => all.map((e) => e.textContent)")
                     for k in (2, 3))  # fmt: skip
    above = [area["kurz"] for area in found["darueber"][0]["raeume"]]
    assert names == [*(f"Stadtbezirk {name}" for name in above), found["stadt"]]
    told = [v if isinstance(v, str) else f"{v:.1f}".replace(".", ",") for v in stand["darueber"][0]["wert"]]
    assert values[:-1] == told and len(told) > 1
    own = next(area["gruppe"] for area in found["raeume"] if area["id"] == "sr_hafen")
    assert f"Stadtbezirk {above[own]}: {told[own]}" in page.inner_text("#ablesung")


def test_another_level_is_chosen_for_map_table_chart_and_address(page: Page, folder: Path) -> None:
    opened(page, folder, state=f"#indikator={QUOTE}&jahr=2005&raum=sr_hafen")
    found = data(folder)
    level, sheet = found["darueber"][0], next(sheet for sheet in found["indikatoren"] if sheet["id"] == QUOTE)
    stand = next(s for s in sheet["staende"] if s["jahr"] == 2005)["darueber"][0]
    small = page.get_attribute("#f-0", "d")
    page.check("#ebenen input[value='1']", force=True)
    own = level["raeume"][next(area["gruppe"] for area in found["raeume"] if area["id"] == "sr_hafen")]
    assert f"jahr=2005&ebene={level['schluessel']}&raum={own['id']}" in page.url
    assert page.inner_text("#befund") == stand["befund"]
    drawn = page.eval_on_selector_all("#flaechen path", "all => all.map((e) => e.getAttribute('d'))")
    assert drawn == [area["d"] for area in level["raeume"]]
    kinds = page.eval_on_selector_all("#flaechen path", "all => all.map((e) => e.getAttribute('class'))")
    assert [int(re.search(r"s(\d)", kind)[1]) - 1 for kind in kinds] == list(map(int, stand["klasse"]))  # type: ignore[index]
    printed = [f"{value:.1f}".replace(".", ",") for value in sorted(stand["wert"], reverse=True)]
    assert column(page, 3) == printed
    assert page.locator("#bild .zeile").count() == len(level["raeume"]) == page.locator("#zeilen tr").count()
    assert page.inner_text("#felder h3") == own["kurz"]
    heads = page.eval_on_selector_all("#werte thead th:not([hidden])", "all => all.map((e) => e.textContent)")
    assert heads[0] == "Stadtbezirk" and heads[-1] == "Bezug"
    assert {len(heads)} == set(page.eval_on_selector_all("#zeilen tr", "all => all.map((e) => e.cells.length - 1)"))
    assert page.inner_text("#trefferzahl") == f"{len(level['raeume'])} Stadtbezirke"
    page.fill("#suche", "Hafen")  # is found by the names of the areas in it
    assert column(page, 2) == [own["kurz"]]
    page.reload()
    browser.wait_until(page, "document.documentElement.dataset.atlas")
    assert page.is_checked("#ebenen input[value='1']") and column(page, 2) == [own["kurz"]]
    page.check("#ebenen input[value='0']", force=True)
    assert page.get_attribute("#f-0", "d") == small and "ebene=" not in page.url


def test_another_level_is_what_is_taken_along(page: Page, folder: Path) -> None:
    found = data(folder)
    level = found["darueber"][0]
    opened(page, folder, state=f"#indikator={QUOTE}&jahr=2005&ebene={level['schluessel']}&sort=name-auf")
    rows = list(csv.DictReader(io.StringIO(page.evaluate("Atlas.mitnehmen.csv()").lstrip("\ufeff")), delimiter=";"))
    assert sorted(row["raum_id"] for row in rows) == sorted(area["id"] for area in level["raeume"])
    assert [row["wert"] for row in rows] == column(page, 3) and {row["ebene"] for row in rows} == {"Stadtbezirk"}
    drawn = page.evaluate("Atlas.mitnehmen.svg()")
    assert all(area["d"] in drawn for area in level["raeume"])
    with page.expect_download() as waiting:
        page.click("#menue summary")
        page.click("[data-tat=png]")
    assert waiting.value.suggested_filename == f"atlas-{QUOTE}-stadtbezirk-2005.png"


def test_the_areas_of_another_level_by_keyboard(page: Page, folder: Path) -> None:
    opened(page, folder, state=f"#indikator={QUOTE}&ebene=stadtbezirk")
    page.focus("#flaechen [tabindex='0']")
    page.keyboard.press("End")
    page.keyboard.press("Space")
    last = data(folder)["darueber"][0]["raeume"][-1]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(f"{last['name']}: ")
    assert page.url.endswith(f"raum={last['id']}")


def test_the_map_by_keyboard(page: Page, folder: Path) -> None:
    opened(page, folder, state=f"#indikator={QUOTE}")
    page.focus("#flaechen [tabindex='0']")
    page.keyboard.press("ArrowRight")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name.startswith("2 Hafen: ") and "Rang 1" in name
    assert "Hafen" in page.inner_text("#ablesung h3")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert "raum=sr_hafen,sr_muehlenberg" in page.url
    assert page.inner_text("#ansage").endswith("2 von 4.")
    page.keyboard.press("Enter")
    assert page.url.endswith("raum=sr_hafen")
    assert page.eval_on_selector_all("#flaechen [tabindex='0']", "all => all.length") == 1


def test_at_most_four_are_compared(page: Page, folder: Path) -> None:
    opened(page, folder)
    for number in range(4):
        page.check(f'#zeilen [data-wahl="{number}"]')
    assert page.locator("#felder > li").count() == 4
    assert page.locator("#zeilen input:disabled").count() == 2
    page.click("#f-5")
    assert page.is_visible("#voll") and page.locator("#felder > li").count() == 4
    assert page.inner_text("#voll").startswith("Es sind schon vier Sozialräume gewählt")
    page.click("#felder [data-wahl='0']")
    assert page.locator("#felder > li").count() == 3
    page.click("#jahrtafel summary")
    assert page.locator("#jahreswerte tbody tr").count() >= 3


def test_a_view_is_restored_from_its_address(page: Page, folder: Path) -> None:
    state = f"#indikator={QUOTE}&jahr=2005&raum=sr_hafen,sr_altstadt&zweit={YOUTH}&sort=name-auf&suche=a"
    opened(page, folder, state=state)
    assert page.input_value("#indikator") == QUOTE
    assert page.is_checked('#jahre input[value="2005"]')
    assert page.locator("#felder > li").count() == 2
    assert page.locator("#bild svg[role=img]").count() == 1
    assert page.input_value("#suche") == "a"
    assert column(page, 2) == sorted(column(page, 2))
    assert page.url.endswith(state)
    opened(page, folder, state="#indikator=gibtsnicht&jahr=1800&raum=nirgends&zweit=x&sort=quatsch")
    assert page.input_value("#indikator") == data(folder)["leit"]


def test_the_filter_folds_letters_and_counts_for_map_and_chart(page: Page, folder: Path) -> None:
    opened(page, folder)
    for words in ("muehlenberg", "Mühlenberg", "muhlenberg"):
        page.fill("#suche", words)
        assert column(page, 2) == ["Mühlenberg"]
    assert page.locator("#flaechen .aus").count() == 5
    assert page.locator("#bild .zeile.aus").count() == 5
    assert page.inner_text("#trefferzahl") == "1 von 6 Sozialräumen"


def test_sorting_keeps_the_focus_and_says_so(page: Page, folder: Path) -> None:
    opened(page, folder)
    page.click("[data-sort=name]")
    assert column(page, 2) == sorted(column(page, 2))
    assert page.get_attribute("th:has(> [data-sort=name])", "aria-sort") == "ascending"
    assert page.evaluate("document.activeElement.dataset.sort") == "name"
    page.keyboard.press("Enter")
    assert column(page, 2) == sorted(column(page, 2), reverse=True)


def test_the_csv_is_the_table(page: Page, folder: Path) -> None:
    opened(page, folder, state=f"#indikator={YOUTH}&sort=name-auf")
    with page.expect_download() as waiting:
        page.click("#menue summary")
        page.click("[data-tat=csv]")
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["name"] for row in rows] == column(page, 2)
    shown = [row["wert"] or row["zeichen"][0] for row in rows]
    assert shown == column(page, 3)
    counted = [row["fallzahl"] or row["zeichen"][0] for row in rows]
    assert counted == [cell.replace(".", "") or "." for cell in column(page, 8)]
    signs = [row["veraenderung"] for row in rows]
    assert [re.sub(r"[^\d,−-]", "", cell).replace("−", "-") for cell in column(page, 7)] == signs
    units = {(row["veraenderung"] != "", row["veraenderung_einheit"]) for row in rows}
    assert units == {(True, "Prozentpunkte"), (False, "")}
    assert any(signs) and {row["veraendert_gegenueber"] for row in rows} == {"September 2005", ""}
    assert {row["stand"] for row in rows} == {page.inner_text("#titel").rpartition(", ")[2]}


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_view_as_a_picture(page: Page, folder: Path, kind: str) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page, folder, state="#raum=sr_hafen")
    with page.expect_download() as waiting:
        page.click("#menue summary")
        page.click(f"[data-tat={kind}]")
    content = Path(waiting.value.path()).read_bytes()
    if kind == "png":
        assert content.startswith(b"\x89PNG") and int.from_bytes(content[16:20], "big") == 2400
        return
    drawn = content.decode("utf-8")
    assert drawn.count("<path") == 9 and "var(" not in drawn and "Hafen" in drawn
    assert 'fill="#FFFFFF"' in drawn  # light on dark ground, too


def test_years_play_and_stop_at_the_last(page: Page, folder: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    opened(page, folder, state=f"#indikator={QUOTE}&jahr=2004")
    assert page.inner_text("#spiel") == "Nächstes Jahr"
    page.click("#spiel")
    assert "jahr=2005" in page.url


def test_a_withheld_value_is_a_sign_everywhere(page: Page, folder: Path) -> None:
    stands = [(sheet["id"], stand) for sheet in data(folder)["indikatoren"] for stand in sheet["staende"]]
    key, stand, sign = next((key, s, sign) for key, s in stands for sign in (".", "/") if sign in s["wert"])
    year, place = stand["jahr"], stand["wert"].index(sign)
    opened(page, folder, state=f"#indikator={key}&jahr={year}")
    row = page.eval_on_selector_all(f'#zeilen tr[data-n="{place}"] td', "all => all.map((e) => e.textContent)")
    assert {*row[1:4], *row[5:-2]} == {sign}
    assert re.search(r"\d", page.get_attribute(f"#f-{place}", "aria-label").partition(": ")[2]) is None  # type: ignore[union-attr]


def test_from_a_statistischer_bezirk_to_its_rate_in_three_actions_and_its_course_in_two(
    page: Page, folder: Path
) -> None:
    """By keyboard alone, from disk, offline: who knows only „Postviertel“ finds the area's rate, range and course."""
    opened(page, folder, "index.html")
    browser.tab_to(page, "#ort")  # 1: to the field
    page.keyboard.type("postviertel")  # 2: what one knows
    page.keyboard.press("Enter")  # 3: take the first
    told = page.inner_text("#auskunft")
    assert "Postviertel (statistischer Bezirk 04) gehört zu diesem Sozialraum" in told and "Bahnhofsviertel" in told
    leading = data(folder)["leit"]
    sheet = next(s for s in data(folder)["indikatoren"] if s["id"] == leading)
    place = [area["name"] for area in data(folder)["raeume"]].index("Bahnhofsviertel")

    def words(number: float) -> str:
        return f"{number:.{sheet['stellen']}f}".replace(".", ",")

    newest = sheet["staende"][-1]
    low, high = words(newest["unten"][place]), words(newest["oben"][place])
    assert words(newest["wert"][place]) in told
    assert f"95-%-Bereich: {low} bis {high}" in " ".join(told.split())
    browser.tab_to(page, "#auskunft a[href^='atlas.html']")  # 4: to the way into the atlas
    page.keyboard.press("Enter")  # 5: go
    page.wait_for_url("**/atlas.html**")
    browser.wait_until(page, "document.documentElement.dataset.atlas")
    assert page.locator("#felder > li").count() == 1 and "Bahnhofsviertel" in page.inner_text("#felder")
    course = page.eval_on_selector_all("#jahreswerte tbody th", "all => all.map((e) => e.textContent)")
    assert course == [stand["stand"] for stand in sheet["staende"]]
    assert f"indikator={leading}&jahr={newest['jahr']}&raum={data(folder)['raeume'][place]['id']}" in page.url
    page.reload()
    browser.wait_until(page, "document.documentElement.dataset.atlas")
    assert "Bahnhofsviertel" in page.inner_text("#felder")


@pytest.mark.slow
def test_the_course_of_an_area_on_the_shipped_data_by_keyboard_alone(
    page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """From the start page to the unemployment rate of who knows only „Oespel“, and to every year since 2000."""
    wanted = production.Request(
        2006, engine="builtin", formats=("html",), data=ROOT / "data", only=["datenstand"], draft=True,
        output=tmp_path_factory.mktemp("wirklich"),
    )  # fmt: skip
    made = production.make(wanted, root=ROOT)
    assert made.page is not None
    b, rate = Bericht(2006, 2005, ROOT / "data"), "al_rate"
    opened(page, made.page.parent, "index.html")
    browser.tab_to(page, "#ort")
    page.keyboard.type("oespel")
    page.keyboard.press("Enter")
    told = " ".join(page.inner_text("#auskunft").split())
    found = page.get_attribute("#auskunft a[href^='atlas.html']", "href")
    area = re.search(r"raum=(\w+)", str(found))[1]  # type: ignore[index]
    value = b.wert(rate, area)
    assert value.zahl in told and " ".join(f"95-%-Bereich: {value.bereich}".split()) in told
    browser.tab_to(page, "#auskunft a[href^='atlas.html']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/atlas.html**")
    browser.wait_until(page, "document.documentElement.dataset.atlas")
    browser.tab_to(page, "#jahrtafel summary")
    page.keyboard.press("Enter")
    rows = page.eval_on_selector_all(
        "#jahreswerte tbody tr:not(.bruchzeile)", "all => all.map((e) => [...e.cells].map((c) => c.textContent))"
    )
    assert [row[0] for row in rows] == [f"September {year}" for year in range(2000, 2007)]
    assert [row[1].split()[0] for row in rows] == [b.wert(rate, area, year).zahl for year in range(2000, 2007)]


def test_pairs_are_told_apart_no_more_often_than_the_report_does(page: Page, folder: Path) -> None:
    """What the page calls recognisably different, the intervals of the differences (MOVER) of its own numbers do."""
    opened(page, folder)
    asked = """() => Atlas.D.indikatoren.flatMap((i) => i.staende.flatMap((s) => {
      const cells = Atlas.R.map((_, n) => Atlas.zelle(n, s)).filter((z) => !z.zeichen && z.unten !== null);
      return cells.flatMap((a, k) => cells.slice(k + 1).map((b) =>
        [[a.unten, a.wert, a.oben], [b.unten, b.wert, b.oben], Atlas.verschieden(i, a, b)]));
    }))"""
    pairs = page.evaluate(asked)
    apart = 0
    for one, other, told in pairs:
        first, second = (Interval(*(np.array([bound]) for bound in (cell[0], cell[2]))) for cell in (one, other))
        found = mover.mover(np.array([one[1]]), first, np.array([other[1]]), second)
        if told:
            assert found.lower[0] > 0 or found.upper[0] < 0
        apart += told
    assert 0 < apart < len(pairs)
    opened(page, folder, state=f"#indikator={QUOTE}&raum=sr_hafen,sr_altstadt")
    assert "unterscheiden sich erkennbar" in page.inner_text("#vergleichsworte")


def test_of_many_areas_an_indicator_is_loaded_when_it_is_asked_for(page: Page, folder: Path, tmp_path: Path) -> None:
    parted = shutil.copytree(folder, tmp_path / "html")
    whole, parts = Packing(data(folder)).parted()
    portalpages._write_script(parted / "web" / "atlas.js", "atlas", whole)
    for key, part in parts.items():
        portalpages._write_script(parted / "web" / part_of(key), "atlasteil", part)
    state = f"#indikator={YOUTH}&jahr=2005&raum=sr_hafen&zweit={QUOTE}"
    seen = []
    for place in (folder, parted):
        opened(page, place, state=state)
        seen.append([column(page, 3), page.inner_text("#felder"), page.inner_html("#bild"), page.url.partition("#")[2]])
        page.select_option("#indikator", QUOTE)
        browser.wait_until(page, f"location.hash.includes('indikator={QUOTE}')")
        seen[-1] += [column(page, 3), page.inner_text("#befund"), page.inner_text("#felder")]
    assert seen[0] == seen[1]


def many(found: dict[str, Any], times: int) -> dict[str, Any]:
    """The data of a city that has each of its areas so many times."""
    areas = [{**area, "id": f"{area['id']}_{k}", "kurz": f"{area['kurz']} {k}"}
             for k in range(times) for area in found["raeume"]]  # fmt: skip
    columns = ("lage", "klasse", "wert", "unten", "oben", "fall", "bezug", "rang", "von", "bis")

    def sheet(own: dict[str, Any]) -> dict[str, Any]:
        stands = [{**stand, **{name: stand[name] * times for name in columns if name in stand}}
                  for stand in own["staende"]]  # fmt: skip
        return {**own, "staende": stands, "wandel": None}

    return {**found, "raeume": areas, "indikatoren": [sheet(own) for own in found["indikatoren"]]}


def test_of_many_rows_those_far_away_are_set_later_and_all_are_there(
    page: Page, running: Browser, folder: Path, tmp_path: Path
) -> None:
    large = shutil.copytree(folder, tmp_path / "html")
    content, times = data(folder), 60
    portalpages._write_script(large / "web" / "atlas.js", "atlas", Packing(many(content, times)).packed())
    opened(page, large, state=f"#indikator={QUOTE}&sort=name-auf")
    count = len(content["raeume"]) * times
    browser.wait_until(page, f"document.querySelectorAll('#werte tbody tr').length === {count}")
    names = page.eval_on_selector_all("#werte tbody tr > :nth-child(2)", "all => all.map((e) => e.textContent)")
    assert len(set(names)) == count and names[0] == "Altstadt 0" and names[-1] == f"Mühlenberg {times - 1}"
    seen = "(all) => all.at(-1).checkVisibility({ contentVisibilityAuto: true })"
    assert page.eval_on_selector_all("#werte tbody th", seen) is False
    assert page.evaluate(f"window.find('Mühlenberg {times - 1}')") is True  # as the reader's own search finds it
    mute = page.eval_on_selector_all("#werte :is(tr, td, th, tbody, thead, tfoot)", "all => all.filter((e) => !e.role)")
    assert mute == [] and page.get_attribute("#werte", "role") == "table"
    ends = "(all) => [...all[0].cells].filter((c) => !c.hidden).map((c) => Math.round(c.getBoundingClientRect().right))"
    row, head = (page.eval_on_selector_all(f"#{part} tr", ends) for part in ("zeilen", "werte thead"))
    assert row == head
    assert axe.judged(running, [page.url]) == {}
    page.fill("#suche", "muehl")
    assert page.locator("#werte tbody tr").count() in (40, times), "those in sight at once, the others in a moment"
    browser.wait_until(page, f"document.querySelectorAll('#werte tbody tr').length === {times}")


def test_few_areas_glide_to_their_colours_and_many_do_not(page: Page, folder: Path) -> None:
    opened(page, folder)
    lasts = "getComputedStyle(document.querySelector('#karte .flaeche')).transitionDuration"
    assert page.evaluate(lasts) == "0.25s"
    page.evaluate("document.getElementById('karte').classList.add('viele')")
    assert page.evaluate(lasts) == "0s"
    script = (folder / "web" / "atlas-karte.js").read_text(encoding="utf-8")
    assert 'karte.classList.toggle("viele", R.length > ' in script


def test_a_withheld_area_is_hatched_in_what_is_taken_along(page: Page, folder: Path) -> None:
    stands = [(sheet["id"], stand) for sheet in data(folder)["indikatoren"] for stand in sheet["staende"]]
    key, stand = next((key, s) for key, s in stands if "." in s["wert"])
    opened(page, folder, state=f"#indikator={key}&jahr={stand['jahr']}")
    drawn = page.evaluate("Atlas.mitnehmen.svg()")
    assert drawn.count('fill="url(#schraffur)"') == stand["wert"].count(".") + 1  # and in the legend
    assert 'id="schraffur"' in drawn and "sans-serif" in drawn


def test_an_area_leads_to_its_profile(page: Page, folder: Path) -> None:
    opened(page, folder, "index.html")
    links = page.eval_on_selector_all("#stadtkarte a", "all => all.map((e) => e.getAttribute('href'))")
    assert links[1] == "profil-sr_hafen.html#sec-profil-sr-hafen"
    assert [link for link in links if link.startswith("atlas.html#indikator=")] == links[:1] + links[2:]
    opened(page, folder, state="#raum=sr_hafen")
    assert page.get_attribute("#ablesung a", "href") == "profil-sr_hafen.html"
    assert page.get_attribute("#zeilen th a", "href") == "profil-sr_hafen.html"


def test_the_field_is_a_combobox(page: Page, folder: Path) -> None:
    opened(page, folder, "index.html")
    page.focus("#ort")
    page.keyboard.type("muehl")
    assert page.get_attribute("#ort", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#ort", "aria-activedescendant") == "ort-0"
    page.keyboard.press("Escape")
    assert page.get_attribute("#ort", "aria-expanded") == "false"
    page.fill("#ort", "Nord")
    page.keyboard.press("Enter")
    assert page.locator("#auskunft button").count() == 3
    page.click("#auskunft button >> nth=0")
    assert page.inner_text("#auskunft h2") == "Altstadt"


def test_the_text_of_the_first_page_moves_behind(folder: Path) -> None:
    about = (folder / "zu-diesem-bericht.html").read_text(encoding="utf-8")
    assert "Der Bericht beschreibt, wie Menschen leben" in about
    chapter = (folder / "bevoelkerung.html").read_text(encoding="utf-8")
    assert 'href="index.html">Start</a>' in chapter and 'href="zu-diesem-bericht.html' in chapter
    assert "zu-diesem-bericht.html" in {entry["adresse"] for entry in searchindex.entries(folder)}


def test_the_start_page_leads_to_the_open_data(folder: Path) -> None:
    beside = re.findall(r'href="(\.\./[^"]+)"', (folder / "index.html").read_text(encoding="utf-8"))
    assert beside == [f"../daten/{name}" for name in ("daten-2006.xlsx", "werte.csv", "woerterbuch.csv")]
    assert all((folder / address).is_file() for address in beside)


def test_a_name_that_nobody_knows_is_said_and_clears_the_answer(page: Page, folder: Path) -> None:
    opened(page, folder, "index.html")
    page.fill("#ort", "Hafen")
    page.keyboard.press("Enter")
    assert page.is_visible("#auskunft") and page.locator("#ortansage.nurton").count() == 1
    page.fill("#ort", "44135")
    assert page.locator("#ortansage.nurton").count() == 0
    assert page.inner_text("#ortansage").startswith("Nichts gefunden.")
    assert page.is_hidden("#auskunft") and page.locator(".gefunden").count() == 0
    page.fill("#ort", "")
    assert page.inner_text("#ortansage") == ""


def test_an_area_of_several_leads_into_the_atlas_where_they_are_chosen(page: Page, folder: Path) -> None:
    opened(page, folder, "index.html")
    page.fill("#ort", "Nord")
    page.keyboard.press("Enter")
    inside = [name.strip() for name in page.locator("#auskunft button").all_inner_texts()]
    page.click("#auskunft a[href^='atlas.html']")
    browser.wait_until(page, "document.documentElement.dataset.atlas")
    assert page.locator("#felder h3").all_inner_texts() == inside


def test_without_javascript_nothing_that_does_not_work_is_shown(running: Browser, folder: Path) -> None:
    context = running.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "atlas.html").resolve().as_uri())
    assert page.is_visible(".ohne-skript a[href^='tabellen.html']")
    assert not any(page.is_visible(part) for part in (".wahl", "#ebenen", "#abbildung", "#tabelle"))
    page.goto((folder / "index.html").resolve().as_uri())
    assert page.is_visible(".ohne-skript") and page.is_hidden("#ort")
    context.close()


def test_a_change_has_its_unit(page: Page, folder: Path) -> None:
    opened(page, folder, state="#indikator=" + QUOTE)
    assert page.inner_text("#kopfwandel").endswith(" in Prozentpunkten")
    page.hover("#f-0")
    assert " Prozentpunkte gegenüber " in page.inner_text("#ablesung")

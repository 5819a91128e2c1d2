"""Profiles of the small city: the whole run, several years, and the ways to the profiles in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import browser
import pdf_reading
import pikepdf
import pytest
import small_report

from sozialbericht.faults import InputError, ReportError
from sozialbericht.order import profiles
from sozialbericht.order.project import open_project
from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made, Request

AREAS = [
    "sb_nord", "sr_altstadt", "sr_hafen", "sr_bahnhof", "sb_sued", "sr_gartenfeld", "sr_lindenhof", "sr_muehlenberg",
]  # fmt: skip
STATUS = "Modelldaten – keine amtliche Statistik"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_report.with_profiles(small_report.project(tmp_path_factory.mktemp("profile")))


@pytest.fixture(scope="module")
def made(root: Path) -> Made:
    return production.make(Request(2006, engine="builtin", data=root / "data", profiles=[]), root=root)


def test_report_and_profiles_are_one_folder(made: Made) -> None:
    names = sorted(p.name for p in made.folder.iterdir())
    assert names == [
        "bericht-2006.pdf", "daten", "html", "manifest.json", "profile", "projekt", "sozialraumprofile-2006.pdf",
    ]  # fmt: skip
    assert made.profiles == made.folder / "sozialraumprofile-2006.pdf"
    assert sorted(p.stem for p in (made.folder / "profile").iterdir()) == sorted(AREAS)
    pages = {p.name for p in (made.folder / "html").glob("*.html")}
    assert {f"profil-{area}.html" for area in AREAS} | {"sozialraumprofile.html", "bevoelkerung.html"} <= pages


def test_the_printed_report_is_without_profiles(made: Made) -> None:
    assert made.pdf is not None
    assert "Sozialraumprofile" not in "\n".join(pdf_reading.pages(made.pdf))


def test_single_profiles(made: Made) -> None:
    for area in AREAS:
        path = made.folder / "profile" / f"{area}.pdf"
        text = pdf_reading.pages(path)
        assert len(text) == 2, area
        assert all(STATUS in page for page in text)
        assert "keit, auch im Hafen." in pdf_reading.squeezed(text[0])
        with pikepdf.open(path) as pdf, pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            assert str(pdf.docinfo["/Title"]).endswith("– Sozialraumprofile Musterstadt 2006")
            with pdf.open_outline() as outline:
                assert len(outline.root) == 1


def test_the_combined_document(made: Made) -> None:
    assert made.profiles is not None
    text = pdf_reading.pages(made.profiles)
    assert len(text) == 2 + 2 * len(AREAS)
    contents = pdf_reading.squeezed(text[1])
    assert (
        "Stadtbezirk Nord 3 Altstadt 01 Altstadt 5 Hafen 02 Hafen 7 Bahnhofsviertel 03 Bahnhof, 04 Postviertel 9"
        in contents
    )
    with pikepdf.open(made.profiles) as pdf:
        with pdf.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
    assert titles == ["Sozialraumprofile", "Nord", "Altstadt", "Hafen", "Bahnhofsviertel", "Süd", "Gartenfeld",
                      "Lindenhof", "Mühlenberg"]  # fmt: skip
    for number, area in enumerate(AREAS):
        single = pdf_reading.pages(made.folder / "profile" / f"{area}.pdf")
        assert single[0].splitlines()[0] == text[2 + 2 * number].splitlines()[0]


def test_maps_charts_and_tables_lead_to_the_profiles(made: Made) -> None:
    page = (made.folder / "html" / "bevoelkerung.html").read_text(encoding="utf-8")
    assert '<span><a href="profil-sr_hafen.html">Hafen</a></span>' in page
    drawn = [svg for svg in re.findall(r'<svg class="zeichnung.*?</svg>', page, re.S) if 'class="raum ' in svg]
    assert len(drawn) == 5, "two maps, each in two cuts, and a ranked chart"
    for svg in drawn:
        assert sorted(re.findall(r'href="profil-(\w+)\.html"', svg)) == sorted(a for a in AREAS if a[:2] == "sr")
    tables = (made.folder / "html" / "arbeitslosigkeit.html").read_text(encoding="utf-8")
    assert '<a href="profil-sb_nord.html">Nord</a>' in tables
    annex = (made.folder / "html" / "tabellen.html").read_text(encoding="utf-8")
    for area in AREAS:
        assert f'<a href="profil-{area}.html">' in annex


def test_without_profiles_nothing_leads_to_them(small_made: Made) -> None:
    for page in (small_made.folder / "html").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"profil-s|data-raum|<svg[^>]* role=.group", text), page.name
    assert not (small_made.folder / "html" / "web" / "profile.js").exists()
    assert small_made.profiles is None


def test_some_profiles_of_a_short_report(root: Path, tmp_path: Path) -> None:
    wanted = Request(
        2006, ("html",), "builtin", tmp_path / "kurz", ["bevoelkerung"], root / "data", None, ["hafen", "süd"]
    )
    made = production.make(wanted, root=root)
    pages = sorted(p.name for p in (made.folder / "html").glob("*.html"))
    assert pages == [
        "bevoelkerung.html",
        "index.html",
        "profil-sb_sued.html",
        "profil-sr_hafen.html",
        "sozialraumprofile.html",
    ]
    chapter = (made.folder / "html" / "bevoelkerung.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="(profil-\w+\.html)"', chapter)) == {"profil-sr_hafen.html"}
    assert not (made.folder / "profile").exists()
    assert made.profiles is None


def test_unknown_areas_stop_before_anything_runs(root: Path, tmp_path: Path) -> None:
    said: list[str] = []
    with pytest.raises(InputError, match="Meinten Sie „Hafen“"):
        production.make(Request(2006, ("pdf",), "builtin", tmp_path / "x", data=root / "data", profiles=["Haven"]),
                        root=root, say=said.append)  # fmt: skip
    assert not any("Führe" in line for line in said)
    assert list(tmp_path.iterdir()) == []


# -- several years -----------------------------------------------------------------------------------------------


def test_several_years_in_one_run(root: Path, tmp_path: Path) -> None:
    said: list[str] = []
    requests = [
        Request(year, ("html",), "builtin", tmp_path / str(year), ["bevoelkerung"], root / "data")
        for year in (2005, 1999, 2006)
    ]
    first, unknown, last = production.make_all(requests, root=root, say=said.append)
    assert isinstance(unknown, InputError)
    assert "Vorhanden sind: 2004, 2005, 2006" in str(unknown)
    assert isinstance(first, Made)
    assert isinstance(last, Made)
    assert "Dezember 2005" in pdf_reading.page_text(first.folder / "html" / "bevoelkerung.html")
    assert "Dezember 2006" in pdf_reading.page_text(last.folder / "html" / "bevoelkerung.html")
    assert len([line for line in said if line.startswith("Führe ")]) == 1, "all notebooks run in one go"
    assert any("✓ 2005 bevoelkerung" in line for line in said)
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["2005", "2006"]


def test_a_year_that_fails_does_not_stop_the_others(empty_project: Path) -> None:
    small_report.notebook(empty_project / "notebooks" / "01_a.ipynb",
                          ("# A {#sec-a}", small_report.START + 'assert jahr != 2005\nb.text("Gut.")'))  # fmt: skip
    requests = [Request(year, ("html",), "builtin", data=empty_project / "data") for year in (2005, 2006)]
    failed, made = production.make_all(requests, root=empty_project)
    assert isinstance(failed, ReportError)
    assert "notebooks/01_a.ipynb, Zelle 3, Zeile" in str(failed)
    assert isinstance(made, Made)
    assert sorted(p.name for p in (empty_project / "build").glob("2*") if p.is_dir()) == ["2005.fehler", "2006"]


# -- in a browser ------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_labels_of_profiles_are_text_and_no_element_has_a_style(made: Made) -> None:
    assert browser.labels(made.folder / "html") == []


@pytest.mark.browser
def test_no_dead_link_on_any_page(made: Made) -> None:
    with browser.browser() as running:
        assert browser.visit(made.folder / "html", running=running) == []
        assert browser.dead_links(made.folder / "html", running) == []


@pytest.mark.browser
def test_the_finder_by_keyboard(made: Made) -> None:
    start = (made.folder / "html" / "sozialraumprofile.html").resolve().as_uri()
    with browser.browser() as running:
        page = running.new_page()
        page.goto(start)

        def shown() -> list[str]:
            return [a.inner_text() for a in page.query_selector_all(".profilverzeichnis li li a") if a.is_visible()]

        page.get_by_label("Gebiet finden").focus()
        assert len(shown()) == 6
        for words, names in (
            ("MUEHL", ["Mühlenberg"]), ("muhl", ["Mühlenberg"]), ("postv", ["Bahnhofsviertel"]),
            ("03", ["Bahnhofsviertel"]), ("süd", ["Gartenfeld", "Lindenhof", "Mühlenberg"]), ("quark", []),
        ):  # fmt: skip
            page.keyboard.press("Escape")
            page.keyboard.type(words)
            assert shown() == names, words
        assert page.get_by_role("status").last.inner_text() == "Kein Gebiet gefunden"
        page.keyboard.press("Escape")
        assert len(shown()) == 6
        page.keyboard.type("linden")
        assert page.get_by_role("status").last.inner_text() == "1 Gebiet"
        for _ in ("Stadtbezirk Süd", "Lindenhof"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/profil-sr_lindenhof.html*")
        page.go_back()
        page.get_by_label("Gebiet finden").fill("hafen")
        page.keyboard.press("Enter")
        page.wait_for_url("**/profil-sr_hafen.html*")


@pytest.mark.browser
def test_the_list_without_javascript(made: Made) -> None:
    with browser.browser() as running:
        page = running.new_context(java_script_enabled=False).new_page()
        page.goto((made.folder / "html" / "sozialraumprofile.html").resolve().as_uri())
        assert page.locator(".profilverzeichnis a:visible").count() == len(AREAS)
        assert page.locator("#gebiet").count() == 0


@pytest.mark.browser
def test_an_area_of_the_map_is_clicked(made: Made) -> None:
    with browser.browser() as running:
        for width in (1280, 390):
            page = running.new_page(viewport={"width": width, "height": 900})
            page.goto((made.folder / "html" / "bevoelkerung.html").resolve().as_uri())
            area = page.locator(".zeichnung:visible a[href='profil-sr_lindenhof.html']").first
            assert str(area.get_attribute("aria-label")).startswith("Lindenhof: ")
            area.click()
            page.wait_for_url("**/profil-sr_lindenhof.html")
            assert page.locator("h1").inner_text() == "Lindenhof"


# -- Quarto ------------------------------------------------------------------------------------------------------


@pytest.mark.quarto
def test_quarto_makes_the_same_profiles(made: Made, root: Path, tmp_path: Path, quarto: str) -> None:
    assert quarto
    request = Request(2006, engine="quarto", output=tmp_path / "quarto", data=root / "data", profiles=[])
    other = production.make(request, root=root)
    assert made.profiles is not None
    assert other.profiles is not None
    assert pdf_reading.pages(other.profiles) == pdf_reading.pages(made.profiles)
    for area in AREAS:
        one, two = (pdf_reading.pages(m.folder / "profile" / f"{area}.pdf") for m in (made, other))
        assert one == two
    names = sorted(p.name for p in (made.folder / "html").glob("*.html"))
    assert sorted(p.name for p in (other.folder / "html").glob("*.html")) == names
    for name in names:
        one, two = ((m.folder / "html" / name).read_text(encoding="utf-8") for m in (made, other))
        assert re.findall(r'href="(profil-[^"#]+)', one) == re.findall(r'href="(profil-[^"#]+)', two), name
        assert pdf_reading.page_text(made.folder / "html" / name) == pdf_reading.page_text(other.folder / "html" / name)


def test_profiles_are_known_to_the_project(root: Path) -> None:
    assert list(open_project(root).profiles) == ["sozialraum", "stadtbezirk"]
    assert profiles.OVERVIEW not in [c.name for c in open_project(root).chapters]

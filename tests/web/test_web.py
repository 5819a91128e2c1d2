"""The web report's finishing step on small pages."""

import re
from pathlib import Path

import browser
import pytest
import searchindex

from sozialbericht.faults import ReportError
from sozialbericht.web import finishing, fonts
from sozialbericht.web.frame import Around, reframe
from sozialbericht.web.search import sections
from sozialbericht.web.tidying import tidy
from sozialbericht.web.tree import read, write

ROOT = Path(__file__).resolve().parents[2]
TITLE = "Bericht zur sozialen Lage in Musterstadt 2006"
STATUS = "Modelldaten – keine amtliche Statistik"
COLOURS = (
    ":root{--grund:#ffffff;--sand:#f6f3ec;--tinte:#1a2024;--grau:#575f63;--akzent:#07566a;--signal:#a24019;"
    "--linie:#bfc5c8;--gitter:#e1e5e7;--s2:#afcba8}\n"
    "@media (prefers-color-scheme:dark){:root{--grund:#12181b;--sand:#1b2327;--tinte:#eceff0;--grau:#a9b3b7;"
    "--akzent:#6cc3d3;--signal:#f0a077;--linie:#4a555a;--gitter:#2b3438;--s2:#0f5866}}\n"
)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>'

FIGURE = """<div id="fig-a" class="quarto-float anchored"><figure class="quarto-float figure">
<figcaption class="quarto-float-caption">
Abbildung&nbsp;1.1: <strong>Arbeitslosenrate</strong> in %
</figcaption>
<div><picture><img src="bilder/a.web.svg" alt="Karte: Rate von 5,8 % bis 23,5 %."></picture></div>
</figure></div>"""
TABLE = """<div id="tbl-a"><figure class="figure"><figcaption>
Tabelle\u00a01.1: <strong>Rate &amp; Zahl</strong> 2006
</figcaption>
<div class="tafel breit" tabindex="0" role="region" aria-label="Tabelle, seitlich verschiebbar">
<table><thead><tr><th style="text-align: left;">Raum</th><th>Rate</th></tr></thead>
<tbody><tr class="gruppe"><th>Stadt</th><td>11,1</td></tr></tbody></table></div></figure></div>"""
SECTION = f"""<section id="sec-al-fm" class="level2" data-number="1.1">
<h2 class="anchored" data-anchor-id="sec-al-fm"><span class="header-section-number">1.1</span>
Frauen &amp; Männer</h2>
<p>Siehe <a href="#fig-a">Abbildung&nbsp;1.1</a>; Arbeits\u00adlose in Hafen/\u200bNord.</p>
{FIGURE}
{TABLE}
</section>"""


def sidebar(current: str) -> str:
    """The list of chapters as Quarto writes it."""

    def item(page: str, words: str) -> str:
        active = " active" if page == current else ""
        return (
            f'<li><a href="./{page}" class="sidebar-item-text sidebar-link{active}">\n'
            f' <span class="menu-text">{words}</span></a></li>'
        )

    numbered = '<span class="chapter-number">{}</span>&nbsp; <span class="chapter-title">{}</span>'
    return (
        '<nav id="quarto-sidebar" class="sidebar"><div><a href="./">Bericht</a></div><ul>'
        + item("index.html", "Impressum")
        + item("kap.html", numbered.format("1", "Arbeit &amp; Lohn"))
        + '<li><a class="sidebar-item-text sidebar-link text-start" role="navigation">\n'
        ' <span class="menu-text">Anhang</span></a><ul>'
        + item("glossar.html", numbered.format("A", "Glossar"))
        + "</ul></li></ul></nav>"
    )


def quarto_page(name: str, heading: str, body: str) -> str:
    """A page with the outline of Quarto's, with a script that a page on disk cannot run."""
    return f"""<!DOCTYPE html>
<html lang="de-DE"><head><title>1&nbsp; Kapitel</title>
<script src="site_libs/quarto-html/quarto.js" type="module"></script></head>
<body class="nav-sidebar floating"><header id="quarto-header"><nav aria-label="breadcrumb"></nav></header>
{sidebar(name)}
<main class="content" id="quarto-document-content">
<header id="title-block-header" class="quarto-title-block default"><div class="quarto-title">
<h1 class="title">{heading}</h1></div></header>
{body}
</main> <!-- /main --><nav class="page-navigation"></nav></body></html>"""


NUMBERED_HEADING = (
    '<span id="sec-al" class="quarto-section-identifier"><span class="chapter-number">1</span>&nbsp; '
    '<span class="chapter-title">Arbeit &amp; Lohn</span></span>'
)
ANNEX_HEADING = '<span id="sec-glossar" class="quarto-section-identifier">Anhang A — Glossar</span>'


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """The project's folder ``web`` as the assembly leaves it."""
    folder = tmp_path / "projekt" / "web"
    folder.mkdir(parents=True)
    for name in ("seite.html", "bericht.css", "seite.js", "suche.js"):
        (folder / name).write_bytes((ROOT / "report" / "web" / name).read_bytes())
    (folder / "farben.css").write_text(COLOURS, encoding="utf-8")
    return folder


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Three pages as Quarto leaves them."""
    folder = tmp_path / "html"
    (folder / "bilder").mkdir(parents=True)
    (folder / "site_libs" / "quarto-html").mkdir(parents=True)
    (folder / "search.json").write_text("[]", encoding="utf-8")
    (folder / "bilder" / "a.web.svg").write_text(PICTURE, encoding="utf-8")
    start = '<section id="impressum" class="level1 unnumbered"><h1>Impressum</h1><p>Stadt</p></section>'
    for name, heading, body in (
        ("index.html", "Bericht zur sozialen Lage", start),
        ("kap.html", NUMBERED_HEADING, SECTION),
        ("glossar.html", ANNEX_HEADING, '<p>Siehe <a href="kap.html#sec-al">Kapitel 1</a></p>'),
    ):
        (folder / name).write_text(quarto_page(name, heading, body), encoding="utf-8")
    return folder


@pytest.fixture
def finished(pages: Path, assets: Path) -> Path:
    """The same pages, finished."""
    (pages / "bilder" / "titel.web.svg").write_text(PICTURE, encoding="utf-8")
    finishing.finish(pages, assets, Around(TITLE, STATUS, picture="Schmuckbild"), cover="bilder/titel.web.svg")
    return pages


def text(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def tidied(markup: str) -> str:
    page = read(markup)
    tidy(page)
    return write(page)


def framed(body: str, name: str = "kap.html") -> str:
    """The body of a page of Quarto's in a template that has nothing else."""
    page = read(quarto_page("kap.html", "X", body))
    return write(reframe(page, name, "$body$", Around(TITLE)))


def test_signs_in_cells_are_spoken_as_what_they_mean():
    cells = "".join(f"<td>{sign}</td>" for sign in (".", "/", "…", "x", "–", "11,1", "0"))
    page = read(f"<html><body><table><tbody><tr><th>.</th>{cells}</tr></tbody></table></body></html>".encode(), "a")
    tidy(page)
    spoken = {span.text: (span.get("role"), span.get("aria-label"), span.get("title")) for span in page.iter("span")}
    words = {
        ".": "geheim gehalten", "/": "nicht verlässlich", "…": "liegt noch nicht vor", "x": "nicht sinnvoll",
        "–": "nichts vorhanden",
    }  # fmt: skip
    assert spoken == {sign: ("img", word, word) for sign, word in words.items()}
    assert [cell.text_content() for cell in page.iter("td")] == [".", "/", "…", "x", "–", "11,1", "0"]


def test_a_head_that_says_nothing_is_an_ordinary_cell():
    rows = '<tr><th scope="row" class="li">Ziel</th><td>1</td></tr><tr><th scope="row" class="li"> </th><td>2</td></tr>'
    head = "<thead><tr><th></th><th>n</th></tr></thead>"
    made = tidied(f"<html><body><table>{head}<tbody>{rows}</tbody></table></body></html>")
    heads = [(cell.tag, cell.get("scope"), cell.text_content().strip()) for cell in read(made).xpath("//th|//td")]
    assert heads == [
        ("td", None, ""), ("th", "col", "n"),
        ("th", "row", "Ziel"), ("td", None, "1"),
        ("td", None, ""), ("td", None, "2"),
    ]  # fmt: skip


def test_tables_without_a_title_are_named_by_the_headings_above_them():
    table = '<div class="tafel" role="region" aria-label="Tabelle, seitlich verschiebbar"><table></table></div>'
    made = tidied(
        f"<html><body><main>{table}<h1>Räume</h1>{table}<h2><span class='nummer'>1.1</span> Hafen</h2>{table}"
        f"<h3>Lage</h3>{table}{table}<h2>Nord</h2><h3>Lage</h3>{table}</main></body></html>"
    )
    assert re.findall('aria-label="([^"]*)"', made) == [
        "Tabelle", "Tabelle (2)", "Tabelle: Hafen", "Tabelle: Hafen, Lage", "Tabelle: Hafen, Lage (2)",
        "Tabelle: Nord, Lage",
    ]  # fmt: skip


def test_a_page_of_quartos_gets_the_reports_own_frame(finished: Path) -> None:
    page = text(finished, "kap.html")
    assert page.count("<main") == page.count("<header") == page.count("<footer") == page.count("<h1") == 1
    assert "quarto.js" not in page and "sidebar" not in page and "breadcrumb" not in page
    assert page.count(STATUS) == 2
    assert f"<title>Arbeit &amp; Lohn – {TITLE}</title>" in page
    assert '<section id="sec-al" class="level1">' in page
    assert '<h1><span class="nummer">1</span> <span class="titel">Arbeit &amp; Lohn</span></h1>' in page
    assert not (finished / "site_libs").exists() and not (finished / "search.json").exists()


def test_chapters_sections_and_neighbours_are_linked(finished: Path) -> None:
    page = text(finished, "kap.html")
    assert '<a href="kap.html" aria-current="page">' in page
    assert '<a href="#sec-al-fm"><span class="nummer">1.1</span> <span class="titel">Frauen &amp; Mä' in page
    assert '<span class="anhang">Anhang</span><ul><li><a href="glossar.html">' in page
    assert '<div class="zurueck"><a href="index.html"><span class="titel">Impressum</span></a></div>' in page
    assert re.search(r'<div class="weiter"><a href="glossar.html"><span class="nummer">A</span>', page)


def test_the_annex_is_numbered_like_a_chapter_and_the_first_page_has_the_cover(finished: Path) -> None:
    assert '<h1><span class="nummer">A</span> <span class="titel">Glossar</span></h1>' in text(finished, "glossar.html")
    start = text(finished, "index.html")
    assert '<div class="deckblatt"><p>Bericht zur sozialen Lage' in start
    assert '<span class="jahr">2006</span></p>' in start
    assert start.count("<h1") == 1
    assert '<svg class="zeichnung" data-bild="titel" role="img" aria-label="Schmuckbild' in start


def test_without_a_status_nothing_is_said_about_the_data(pages: Path, assets: Path) -> None:
    finishing.finish(pages, assets, Around(TITLE))
    page = text(pages, "index.html")
    assert "Modelldaten" not in page
    assert "deckblatt" not in page


def test_captions_get_a_label_and_lose_the_colon() -> None:
    page = tidied(FIGURE)
    assert '<span class="nummer">Abbildung&nbsp;1.1</span> <span class="text"><strong>' in page
    assert "1.1:" not in page and "anchored" not in page


def test_tables_say_what_their_heads_are_and_regions_have_names() -> None:
    page = tidied(TABLE)
    assert page.count('<th scope="col"') == 2
    assert '<th scope="row">Stadt</th>' in page
    assert 'aria-label="Tabelle 1.1: Rate &amp; Zahl"' in page
    assert tidied(page) == page


def test_an_empty_cell_above_a_head_heads_nothing() -> None:
    page = tidied('<table><thead><tr><th class="leer"></th><th class="ueber">2006</th></tr></thead></table>')
    assert '<tr><td class="leer"></td><th scope="col" class="ueber">2006</th></tr>' in page


def test_a_formula_in_a_line_of_its_own_can_be_moved() -> None:
    formula = '<math display="block"><mi>x</mi><annotation>x</annotation></math>'
    page = tidied(f"<p>{formula} und <math><mi>y</mi></math></p>")
    assert page.count("<math") == 2 and page.count('class="formel"') == 1 and "annotation" not in page
    assert "</math></span> und <math>" in page and tidied(page) == page


def test_references_to_chapters_are_alike_on_all_pages() -> None:
    body = (
        '<p>Siehe <a href="kap.html" class="quarto-xref"><span>11&nbsp; Arbeit</span></a> und '
        '<a href="glossar.html" class="quarto-xref"><span>C\u00a0 Glossar</span></a>.</p>'
    )
    page = framed(body)
    assert "Kapitel&nbsp;<span>11</span></a>" in page
    assert "Anhang&nbsp;<span>C</span></a>" in page


def test_a_page_of_another_outline_is_refused() -> None:
    with pytest.raises(ReportError, match=r"neu\.html hat nicht den Aufbau"):
        framed("", "neu.html")


def test_the_template_has_no_place_left_open(finished: Path) -> None:
    assert not re.search(r"\$[a-z-]+\$", text(finished, "index.html"))


def test_search_index_in_the_order_of_the_report(finished: Path) -> None:
    index = searchindex.entries(finished)
    assert [d["adresse"] for d in index] == ["index.html", "kap.html", "kap.html#sec-al-fm", "glossar.html"]
    assert index[2]["titel"] == "1 Arbeit & Lohn: 1.1 Frauen & Männer"
    assert "Arbeitslose in Hafen/Nord." in index[2]["text"]


def test_sections_of_a_page_without_headings() -> None:
    page = read("<main><p>Nur<br> Text</p><script>x</script></main>")
    assert [s.record for s in sections(page, "a.html")] == [("a.html", "", "Nur Text")]


def test_paragraphs_and_rows_stay_apart_in_the_search_index() -> None:
    page = read(
        "<main><h1>T</h1><p>Nur<br>ein\n\tSatz</p><table><caption>Tabelle 1: X</caption><thead><tr><th>Raum</th>"
        '<th colspan="2">Anteil</th></tr><tr><th></th><th>2005</th><th>2006</th></tr></thead><tbody>'
        "<tr><th>Hafen<p>Nord</p></th><td>3</td><td></td></tr><tr><td colspan=3>Süd</td></tr></tbody></table>"
        "<ul><li>a</li><li>b<p>c</p></li></ul>danach</main>"
    )
    assert [s.record[2] for s in sections(page, "a.html")] == [
        "Nur ein Satz\nTabelle 1: X\n\tRaum\tAnteil\n\t\t2005\t2006\nHafen Nord\t3\t\nSüd\t\na\nb\nc\ndanach"
    ]


def test_faults_stop_the_report(pages: Path, assets: Path) -> None:
    (pages / "bilder" / "a.web.svg").unlink()
    with pytest.raises(ReportError, match=r"kap\.html: Die Datei „bilder/a\.web\.svg“ fehlt"):
        finishing.finish(pages, assets, Around(TITLE, STATUS))


def test_fonts_are_small_complete_and_the_same_each_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    monkeypatch.setattr(fonts, "_cut", fonts._cut.__wrapped__)  # other tests take what was cut before
    fonts.write_fonts(tmp_path / "a")
    fonts.write_fonts(tmp_path / "b")
    names = sorted(p.name for p in (tmp_path / "a").iterdir())
    styles = (ROOT / "report" / "web" / "bericht.css").read_text(encoding="utf-8")
    assert set(re.findall(r"schriften/([\w-]+\.woff)", styles)) == set(names)
    for name in names:
        data = (tmp_path / "a" / name).read_bytes()
        assert data == (tmp_path / "b" / name).read_bytes()
        assert data[:4] == b"wOFF" and len(data) < 60_000
        known = TTFont(tmp_path / "a" / name).getBestCmap()
        assert {ord(c) for c in "äöüßÄÖÜ„“–−… \u00a0€²"} <= set(known)
        assert "Serif" in name or {ord(c) for c in "▲▼←→\u202f"} <= set(known)


def test_fonts_have_what_the_pages_use(tmp_path: Path) -> None:
    """Signs beyond the usual, as names from other languages have them: each that the full font has."""
    from fontTools.ttLib import TTFont

    fonts.write_fonts(tmp_path, used=["Žitný ≈ Ωμέγα", "Жуков ☃"])
    known = set(TTFont(tmp_path / "SourceSansPro-Regular.woff").getBestCmap())
    assert {ord(sign) for sign in "Žý≈Ωμγ"} <= known
    assert {ord(sign) for sign in "Жуков"} <= known
    assert ord("☃") not in known


@pytest.mark.parametrize("data", [ROOT / "data", ROOT / "tests" / "stadt"])
def test_every_face_has_all_characters_of_the_data(tmp_path: Path, data: Path) -> None:
    """So that no picture lacks a sign of a name, whatever its weight."""
    from fontTools.ttLib import TTFont

    used = {sign for path in data.rglob("*.csv") for sign in path.read_text(encoding="utf-8-sig") if sign.isprintable()}
    fonts.write_fonts(tmp_path, used=used)
    for path in tmp_path.iterdir():
        assert {ord(sign) for sign in used} - set(TTFont(path).getBestCmap()) == set(), path.name


def test_a_missing_font_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FACES", {"gibt_es_nicht": ("X",)})
    with pytest.raises(ReportError, match="gibt-es-nicht"):
        fonts.write_fonts(tmp_path)


@pytest.mark.browser
def test_finished_pages_in_a_real_browser(finished: Path) -> None:
    with browser.browser() as running:
        assert browser.visit(finished, running=running) == []
        assert browser.search(finished, "frauen", running) == ["kap.html#sec-al-fm"]
        light = browser.screenshot(finished / "kap.html", 390, False, running)
        assert light[:4] == b"\x89PNG"
        assert light != browser.screenshot(finished / "kap.html", 390, True, running)


@pytest.mark.browser
def test_the_browser_sees_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<!doctype html><html lang="de"><link rel="icon" href="data:,"><body><h1>A</h1><h3 id="x">B</h3>'
        '<p id="x" style="width:3000px">breit</p><img src="data:,"><script>nichts()</script></body></html>',
        encoding="utf-8",
    )
    found = "\n".join(browser.visit(tmp_path))
    for words in ("px wide", "no alternative text", "0 main", "id used twice", "script: "):
        assert words in found

"""The whole way on a small invented city: notebooks, assembly, both formats, publication, new dimension, new year."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import browser
import number_walk
import pdf_reading
import pikepdf
import pytest
import small_report

from sozialbericht.audit import sources
from sozialbericht.audit.readers import markup, pictures
from sozialbericht.faults import InputError, ReportError
from sozialbericht.order.project import open_project
from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made
from sozialbericht.stitching.stitch import Stitcher
from sozialbericht.web.tree import drawing, read

STATUS = "Modelldaten – keine amtliche Statistik"
PAGES = ["arbeitslosigkeit.html", "bevoelkerung.html", "glossar.html", "index.html", "tabellen.html"]


@pytest.fixture(scope="module")
def pdf(small_made: Made) -> Iterator[pikepdf.Pdf]:
    assert small_made.pdf is not None
    with pikepdf.open(small_made.pdf) as opened:
        yield opened


@pytest.fixture(scope="module")
def text(small_made: Made) -> list[str]:
    assert small_made.pdf is not None
    return pdf_reading.pages(small_made.pdf)


def test_every_printed_value_is_in_the_open_data(small_made: Made) -> None:
    missing, tried = number_walk.not_exported(small_made.folder, sources.shown(small_report.CITY, 2006))
    assert missing == []
    assert tried > 30


def test_a_value_that_is_not_exported_is_found(small_made: Made, tmp_path: Path) -> None:
    """The check above can fail."""
    folder = shutil.copytree(small_made.folder, tmp_path / "bericht")
    table = folder / "daten" / "werte.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join(line for line in lines if ",2006" not in f",{line}"[:6]), encoding="utf-8")
    missing, tried = number_walk.not_exported(folder, sources.shown(small_report.CITY, 2006))
    assert len(missing) > tried / 3


def test_what_is_published(small_made: Made, small_project: Path) -> None:
    assert small_made.folder == small_project / "build" / "2006"
    assert sorted(p.name for p in small_made.folder.iterdir()) == [
        "bericht-2006.pdf",
        "daten",
        "html",
        "manifest.json",
        "projekt",
    ]
    assert sorted((small_made.folder / "projekt").rglob("*.typ")) == sorted(
        (small_made.folder / "projekt").glob("druck/*.typ")
    )
    assert small_made.page == small_made.folder / "html" / "index.html"
    assert sorted(p.name for p in (small_made.folder / "html").glob("*.html")) == PAGES
    assert sorted(p.name for p in small_made.folder.parent.iterdir()) == [".cache", "2006", "2006.eingaben.json"]
    assert "eingebaut" in small_made.engine


def test_sources_stay_without_outputs(small_made: Made, small_project: Path) -> None:
    for path in (small_project / "notebooks").glob("*.ipynb"):
        assert all(not c.get("outputs") for c in json.loads(path.read_text(encoding="utf-8"))["cells"])


def test_pdf_is_tagged_german_and_titled(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "de-DE"
    assert "Musterstadt" in str(pdf.docinfo["/Title"])
    with pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")


def test_pdf_fonts_are_embedded_and_the_report_s_own(pdf: pikepdf.Pdf) -> None:
    fonts = pdf_reading.fonts(pdf)
    assert all(fonts.values()), fonts
    assert set(fonts) <= pdf_reading.FACES


def test_every_figure_has_an_alternative_text(pdf: pikepdf.Pdf) -> None:
    alternatives = pdf_reading.alternatives(pdf)
    assert len(alternatives) >= 6
    assert all(len(text) > 20 for text in alternatives)
    assert any(text.startswith("Karte der 6 Sozialräume") for text in alternatives)


def test_bookmarks_name_every_chapter(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    for chapter in ("Zu diesem Bericht", "Bevölkerung", "Arbeitslosigkeit", "Tabellen", "Glossar"):
        assert any(chapter in title for title in titles), titles


def test_status_stands_on_every_page(text: list[str], small_made: Made) -> None:
    assert len(text) > 8
    assert [n for n, page in enumerate(text, start=1) if STATUS not in page] == []
    for name in PAGES:
        assert STATUS in pdf_reading.page_text(small_made.folder / "html" / name)


def test_numbers_of_chapters_figures_and_tables(text: list[str], small_made: Made) -> None:
    printed = pdf_reading.squeezed("\n".join(text))
    web = " ".join(pdf_reading.page_text(small_made.folder / "html" / name) for name in PAGES)
    for words in ("Abbildung 1.1", "Abbildung 2.3", "Tabelle 2.1", "Tabelle A.1"):
        assert words in printed
        assert words in web
    assert "sagt Kapitel 2." in printed
    assert "sagt Kapitel 2." in web
    words = re.search(r"Mehr in Abschnitt 2\.1, Werte in Abschnitt A\.\d", printed)
    assert words and words[0] in web
    assert "siehe auch Tabelle 2.1." in web
    assert "?@" not in printed + web
    assert "@fig" not in printed + web


def test_visible_for_one_format_only(text: list[str], small_made: Made) -> None:
    printed, web = "\n".join(text), pdf_reading.page_text(small_made.folder / "html" / "index.html")
    assert ("Nur auf Papier" in printed, "Nur im Web" in printed, "bleibt dies" in printed) == (True, False, True)
    assert ("Nur auf Papier" in web, "Nur im Web" in web, "bleibt dies" in web) == (False, True, False)


def test_footnotes_keep_their_chapter(text: list[str], small_made: Made) -> None:
    printed = "\n".join(text)
    for note in ("Erfundene Menschen.", "Anmerkung zur Bevölkerung.", "Anmerkung zur Arbeitslosigkeit.", "So ist sie"):
        assert printed.count(note) == 1
    html = small_made.folder / "html"
    assert "Anmerkung zur Bevölkerung." in pdf_reading.page_text(html / "bevoelkerung.html")
    assert "Anmerkung zur Arbeitslosigkeit." in pdf_reading.page_text(html / "arbeitslosigkeit.html")


def test_numbers_are_german_and_those_of_the_city(text: list[str]) -> None:
    printed = pdf_reading.squeezed("\n".join(text))
    assert "3.025" in printed
    assert "In Musterstadt waren 16,7 % der Menschen unter 18 Jahre alt." in printed
    assert not re.search(r"\b(nan|None|inf)\b", printed)
    assert "geheim gehalten" in printed


def test_the_words_of_every_picture_are_text_of_its_page(small_made: Made) -> None:
    """So that they are found, copied and read out; in print they are the same, but for the dark end of a legend."""
    html = small_made.folder / "html"
    drawn = [svg for page in sorted(html.glob("*.html")) for svg in read(page.read_bytes()).iter("svg")]
    called = {svg.get("data-bild"): svg for svg in drawn if "schmal" not in svg.get("class", "")}
    folder = small_made.folder / "projekt" / "bilder"
    printed = {path.stem: path for path in folder.glob("*.svg") if "." not in path.stem}
    assert len(called) > 3 and called.keys() == printed.keys()
    for name, svg in called.items():
        other = drawing(printed[name].read_bytes())
        words = [text.text_content() for text in svg.iter("text")]
        # in a page's dark colours it is the upper end of a legend that stays what it is
        assert words == ["".join(text.itertext()).replace("dunkel:", "oben:") for text in other.iter("{*}text")]
        assert words or name == "titel" or "lage" in name or name.startswith("kurz-"), name
    assert not list(html.rglob("*.svg")), "they stand in the pages alone"


def test_the_audit_reads_the_pictures_of_the_pages_as_their_files(small_made: Made) -> None:
    """Outlines and marks are written once on a page, in units of their own; nothing drawn is lost on the way."""
    folder, read_marks = small_made.folder / "projekt" / "bilder", 0
    for page in sorted((small_made.folder / "html").glob("*.html")):
        for picture in markup.read(page.read_bytes(), page.name).pictures:
            if (path := folder / f"{picture.name}.svg").is_file():
                (alone,) = pictures.read(path.read_bytes(), path.name).pictures
                marks = [(mark.kind, mark.area, mark.points) for mark in alone.marks]
                assert [(mark.kind, mark.area, mark.points) for mark in picture.marks] == marks, picture.name
                read_marks += len(marks)
    assert read_marks > 90


@pytest.mark.browser
def test_labels_are_found_and_copied_and_no_element_has_a_style(small_made: Made) -> None:
    assert browser.labels(small_made.folder / "html") == []


@pytest.mark.browser
def test_web_pages_in_a_real_browser(small_made: Made) -> None:
    assert browser.visit(small_made.folder / "html") == []


# -- the other engine --------------------------------------------------------------------------------------------


@pytest.mark.quarto
def test_both_engines_print_the_same(small_made: Made, tmp_path: Path, quarto: str) -> None:
    other = pdf_reading.stitched_by_quarto(small_made, tmp_path, quarto, STATUS)
    assert small_made.pdf is not None
    assert pdf_reading.pages(other / "bericht-2006.pdf") == pdf_reading.pages(small_made.pdf)
    with pikepdf.open(other / "bericht-2006.pdf") as opened:
        assert set(pdf_reading.fonts(opened)) <= pdf_reading.FACES
        assert str(opened.Root.Lang) == "de-DE"


@pytest.mark.quarto
def test_both_engines_write_the_same_pages(small_made: Made, tmp_path: Path, quarto: str) -> None:
    other = pdf_reading.stitched_by_quarto(small_made, tmp_path, quarto, STATUS, formats=("html",))
    assert not (other / "bericht-2006.pdf").exists()
    assert sorted(p.name for p in (other / "html").glob("*.html")) == PAGES
    for name in PAGES:
        assert pdf_reading.page_text(other / "html" / name) == pdf_reading.page_text(small_made.folder / "html" / name)
    assert browser.visit(other / "html") == []


@pytest.mark.quarto
def test_command_engine_auto_takes_quarto(empty_project: Path, quarto: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO_PATH", quarto)
    request = production.Request(2006, ("pdf",), data=empty_project / "data", output=empty_project / "ziel")
    made = production.make(request, root=empty_project)
    assert made.engine.startswith("Quarto 1.")
    assert made.page is None
    assert made.pdf == empty_project / "ziel" / "bericht-2006.pdf"
    assert made.pdf.is_file()


# -- editing -----------------------------------------------------------------------------------------------------


def test_a_tenth_dimension_and_a_new_year(empty_project: Path) -> None:
    """A dimension is a notebook, catalogue rows and values; a year is a file. No line of Python, no descriptor."""
    data = empty_project / "data"
    small_report.append(data / "merkmale.csv", "vereine;Mitglieder in Vereinen;Personen;stichtag;nein;;Vereinsregister")
    small_report.append(
        data / "indikatoren.csv",
        "vereinsrate;Teilhabe;Vereinsrate;Vereins|rate;rate;vereine;ew;1000;je 1.000;"
        "je 1.000 Einwohnerinnen und Einwohner;1;chance;12;0;gleich;;;;eigene;Mitglieder in Vereinen je 1.000 der "
        "Bevölkerung.;Vereinsregister, Melderegister",
    )
    old = (data / "werte" / "2006.csv").read_text(encoding="utf-8")
    areas = ["sr_altstadt", "sr_hafen", "sr_bahnhof", "sr_gartenfeld", "sr_lindenhof", "sr_muehlenberg"]
    new = old.replace("2006-", "2007-").replace(".2006", ".2007")
    new += "".join(f"{area};vereine;2007-12-31;{1000 + 137 * place}\n" for place, area in enumerate(areas))
    (data / "werte" / "2007.csv").write_text(new, encoding="utf-8")
    small_report.notebook(
        empty_project / "notebooks" / "10_teilhabe.ipynb",
        (
            "# Teilhabe {#sec-teilhabe}",
            small_report.START + 'v = b.wert("vereinsrate")\n'
            'b.leitsatz("In {v.raum} kamen im {v.stand} {v.anzahl} Mitglieder auf {v.nenner} Menschen.", v=v)\n'
            'b.karte("vereinsrate")\nb.anhang().tabellen("Teilhabe")\nb.anhang().blaetter("Teilhabe")',
        ),
    )
    assert [c.name for c in open_project(empty_project).chapters] == ["index", "teilhabe"]
    made = production.make(production.Request(2007, engine="builtin", data=data), root=empty_project)
    assert made.pdf is not None
    printed = pdf_reading.squeezed("\n".join(pdf_reading.pages(made.pdf)))
    assert "In Musterstadt kamen im Dezember 2007 8.055 Mitglieder auf 35.675 Menschen." in printed
    assert "Abbildung 1.1" in printed
    assert (made.folder / "html" / "teilhabe.html").is_file()


def test_short_report_softens_references(small_project: Path, tmp_path: Path) -> None:
    data, output = small_project / "data", tmp_path / "kurz"
    request = production.Request(2005, ("html",), "builtin", output, ["bevoelkerung"], data, 1)
    said: list[str] = []
    made = production.make(request, root=small_project, say=said.append)
    assert made.pdf is None
    page = pdf_reading.page_text(tmp_path / "kurz" / "html" / "bevoelkerung.html")
    assert "siehe auch [vollständiger Bericht]." in page
    assert "sagt [vollständiger Bericht]." in page
    assert "Abbildung 1.1 zeigt" in page
    assert "Mehr steht unter Arbeitslosigkeit." in pdf_reading.page_text(tmp_path / "kurz" / "html" / "index.html")
    assert any(re.fullmatch(r"  ✓ bevoelkerung \(\d+,\d s\)", line) for line in said), said


# -- what goes wrong ---------------------------------------------------------------------------------------------


def test_failing_notebooks_are_all_named_and_the_old_report_stays(empty_project: Path) -> None:
    for name, line in (("01_a", "1 / 0"), ("02_b", 'b.wert("gibt_" + "es_nicht")'), ("03_c", 'b.text("Gut.")')):
        small_report.notebook(empty_project / "notebooks" / f"{name}.ipynb", (f"# {name}", small_report.START, line))
    output = empty_project / "ziel"
    (output / "projekt").mkdir(parents=True)
    (output / "projekt" / "_quarto.yml").write_text("alt", encoding="utf-8")
    said: list[str] = []
    request = production.Request(2006, ("html",), "builtin", output, data=empty_project / "data")
    with pytest.raises(ReportError) as error:
        production.make(request, root=empty_project, say=said.append)
    words = str(error.value)
    assert words.startswith("2 Notebooks sind fehlgeschlagen:")
    assert "notebooks/01_a.ipynb, Zelle 4, Zeile 1: Hier wird durch 0 geteilt" in words
    assert "notebooks/02_b.ipynb, Zelle 4, Zeile 1: Indikator „gibt_es_nicht“ gibt es nicht." in words
    assert "03_c" not in words
    saved = re.findall(r"ausgeführtes Notebook: (.*)", words)
    assert len(saved) == 2
    assert all(Path(path).is_file() for path in saved)
    assert Path(saved[0]).parent.parent == empty_project / "ziel.fehler"
    assert (output / "projekt" / "_quarto.yml").read_text(encoding="utf-8") == "alt"
    assert sum("✗" in line for line in said) == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('print("Hallo")', "Zelle 3 druckt Text: „Hallo“"),
        ("b.stadtname", "Zelle 3 gibt ein Ergebnis aus"),
        ('b.text("Siehe @{m}.".format(m="fig-fehlt"))', "Der Verweis @fig-fehlt führt ins Leere."),
    ],
)
def test_what_a_notebook_must_not_put_out(empty_project: Path, line: str, words: str) -> None:
    small_report.notebook(empty_project / "notebooks" / "01_a.ipynb", ("# A", small_report.START + line))
    request = production.Request(2006, ("html",), "builtin", data=empty_project / "data")
    with pytest.raises(InputError, match=re.escape(words)):
        production.make(request, root=empty_project)
    assert (empty_project / "build" / "2006.fehler").is_dir()
    assert not (empty_project / "build" / "2006").exists()


def test_a_notebook_without_content(empty_project: Path) -> None:
    small_report.notebook(empty_project / "notebooks" / "01_a.ipynb", ("# A {#sec-a}", "x = 1"))
    request = production.Request(2006, ("html",), "builtin", data=empty_project / "data")
    with pytest.raises(InputError, match=r"a\.html: Das Kapitel ist leer\."):
        production.make(request, root=empty_project)


def test_faults_of_data_and_notebooks_come_together(empty_project: Path) -> None:
    data = empty_project / "data"
    path = data / "werte" / "2006.csv"
    values = path.read_text(encoding="utf-8").replace("ew;2006-12-31;7281", "ew;2006-12-31;7.281")
    path.write_text(values, encoding="utf-8")
    (empty_project / "notebooks" / "01_a.ipynb").write_text("{", encoding="utf-8")
    (empty_project / "report" / "index.qmd").write_text('# A\n\nEin "Wort".\n', encoding="utf-8")
    with pytest.raises(InputError) as error:
        production.check(open_project(empty_project), data, 2006)
    places = [fault.place for fault in error.value.faults]
    assert any("2006.csv" in place for place in places)
    assert "notebooks/01_a.ipynb" in places
    assert "report/index.qmd" in places


def test_year_without_data_names_the_years(empty_project: Path) -> None:
    with pytest.raises(InputError, match="Vorhanden sind: 2004, 2005, 2006"):
        production.make(production.Request(1999, engine="builtin", data=empty_project / "data"), root=empty_project)
    assert not (empty_project / "build" / "1999").exists()


def test_check_names_the_years(small_project: Path) -> None:
    assert production.check(open_project(small_project), small_project / "data") == [2004, 2005, 2006]


def test_official_data_have_no_footer(empty_project: Path) -> None:
    path = empty_project / "data" / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8")) | {"status": "amtlich"}
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    request = production.Request(2006, engine="builtin", data=empty_project / "data")
    made = production.make(request, root=empty_project)
    assert made.pdf is not None
    assert "Modelldaten" not in "".join(pdf_reading.pages(made.pdf))
    assert "Modelldaten" not in pdf_reading.page_text(made.folder / "html" / "index.html")
    shutil.rmtree(made.folder)


def test_a_font_without_a_glyph_is_noticed(small_made: Made, tmp_path: Path) -> None:
    """The list of faces above is what would show it: Typst itself falls back in silence."""
    project = tmp_path / "projekt"
    shutil.copytree(small_made.folder / "projekt", project)
    index = project / "index.qmd"
    index.write_text(index.read_text(encoding="utf-8") + "\n\nEin Zeichen: ▬\n", encoding="utf-8")
    Stitcher(None, ("pdf",), STATUS).stitch(project, tmp_path)
    with pikepdf.open(tmp_path / "bericht-2006.pdf") as opened:
        assert set(pdf_reading.fonts(opened)) - pdf_reading.FACES
    assert subprocess.run(["pdfinfo", str(tmp_path / "bericht-2006.pdf")], capture_output=True, check=True).stdout

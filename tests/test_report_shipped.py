"""The shipped report of 2006, whole: rendered once with the built-in stitcher, then looked at from all sides."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import browser
import number_walk
import pdf_reading
import pikepdf
import pytest

from sozialbericht.audit import sources
from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made
from sozialbericht.web.tree import read

pytestmark = pytest.mark.slow
DATA = Path(__file__).parents[1] / "data"
STATUS = "Modelldaten – keine amtliche Statistik"
DIMENSIONS = [
    "Bevölkerung", "Beschäftigung", "Arbeitslosigkeit", "Grundsicherungsleistungen", "Einkommen", "Wohnen",
    "Erziehungshilfe", "Kindergesundheit", "Bildung",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    output = tmp_path_factory.mktemp("bericht") / "2006"
    return production.make(production.Request(2006, engine="builtin", output=output))


@pytest.fixture(scope="module")
def text(made: Made) -> list[str]:
    assert made.pdf is not None
    return pdf_reading.pages(made.pdf)


@pytest.fixture(scope="module")
def pdf(made: Made) -> Iterator[pikepdf.Pdf]:
    assert made.pdf is not None
    with pikepdf.open(made.pdf) as opened:
        yield opened


@pytest.mark.parametrize("total", ["43.032", "61.726", "23.925", "85.651", "43.322"])
def test_published_totals_of_december_2006(text: list[str], made: Made, total: str) -> None:
    """Unemployed; Alg II and Sozialgeld and their sum, the recipients under SGB II; Bedarfsgemeinschaften."""
    assert total in "\n".join(text)
    assert any(total in pdf_reading.page_text(page) for page in (made.folder / "html").glob("*.html"))


def test_pdf_is_tagged_german_titled_and_in_the_report_s_faces(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "de-DE"
    assert "Bericht zur sozialen Lage" in str(pdf.docinfo["/Title"])
    fonts = pdf_reading.fonts(pdf)
    assert all(fonts.values())
    assert set(fonts) <= pdf_reading.FACES


def test_every_figure_has_an_alternative_text(pdf: pikepdf.Pdf) -> None:
    alternatives = pdf_reading.alternatives(pdf)
    assert len(alternatives) > 30
    assert [text for text in alternatives if len(text) < 40] == []


def test_all_dimensions_are_chapters(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = " | ".join(str(item.title) for item in outline.root)
    assert [name for name in DIMENSIONS if name not in titles] == []


def test_length_of_the_main_part(text: list[str]) -> None:
    """At most 86 pages before the annex, by the contents; ranked charts with their tables take a page each."""
    contents = "\n".join(text[1:5])
    begin = re.search(r"^A\s+\D+?(\d+)$", contents, re.M)
    assert begin, contents
    assert int(begin[1]) - 1 <= 86


def test_pages_of_the_main_part_are_filled(made: Made) -> None:
    filled(made)


def test_the_web_report_is_small(made: Made) -> None:
    """All files together, as they lie on a disk: at most 3 MiB."""
    sizes = {path.name: path.stat().st_size for path in (made.folder / "html").rglob("*") if path.is_file()}
    assert sum(sizes.values()) <= 3 * 1024**2, sorted(sizes.items(), key=lambda entry: -entry[1])[:12]


def test_a_cut_for_phones_is_laid_out_otherwise(made: Made) -> None:
    """Where a drawing would only be smaller, the browser makes it smaller."""
    cuts: dict[str, list[float]] = {}
    for path in (made.folder / "html").glob("*.html"):
        for svg in read(path.read_bytes()).xpath("//svg[contains(@class, 'weit') or contains(@class, 'schmal')]"):
            _, _, width, height = map(float, svg.get("viewBox").split())
            cuts.setdefault(f"{path.name} {svg.get('data-bild')}", []).append(height / width)
    assert len(cuts) > 40 and {len(slopes) for slopes in cuts.values()} == {2}
    assert [name for name, (one, other) in cuts.items() if abs(one / other - 1) < 0.05] == []


@pytest.mark.browser
def test_labels_of_all_drawings_are_text(made: Made) -> None:
    assert browser.labels(made.folder / "html") == []


@pytest.mark.parametrize("year", [2005, 2007])
def test_pages_of_other_years_are_filled(tmp_path: Path, year: int) -> None:
    filled(production.make(production.Request(year, ("pdf",), "builtin", tmp_path / str(year))))


def filled(made: Made) -> None:
    """No page is under half full but the last of a chapter, and that is at least a quarter full; of the main part,
    which has at most 86 pages, 8.7 % are blank at most (measured: 7.8 to 8.5 %).
    """
    assert made.pdf is not None
    text, shares = pdf_reading.pages(made.pdf), pdf_reading.filled(made.pdf)
    begin = re.search(r"^A\s+\D+?(\d+)$", "\n".join(text[1:5]), re.M)
    assert begin and int(begin[1]) <= 87 and "Zu diesem Bericht" in text[3][:200]
    main = int(begin[1]) - 1
    opens = [not page.lstrip().startswith("Bericht zur sozialen Lage") for page in text]  # without a running head
    for number in range(3, main):
        least = 0.25 if opens[number + 1] else 0.5
        assert shares[number] >= least, f"page {number + 1}: {shares[number]:.2f}"
    assert 1 - sum(shares[1:main]) / (main - 1) <= 0.087


def test_the_summary_has_two_pages_and_600_words(text: list[str]) -> None:
    """The first opens with the numbers, the second with the decision; the next belongs to the introduction."""
    summary_of(text)


@pytest.mark.parametrize("year", [2005, 2007])
def test_the_summary_of_other_years_has_two_pages(tmp_path: Path, year: int) -> None:
    made = production.make(production.Request(year, ("pdf",), "builtin", tmp_path / "kurz", ["kurzfassung"]))
    assert made.pdf is not None
    summary_of(pdf_reading.pages(made.pdf))


def summary_of(text: list[str]) -> None:
    first = next(n for n, page in enumerate(text) if page.lstrip().startswith("Das Wichtigste in Kürze"))
    pages = text[first : first + 2]
    assert "von 100 Kindern" in pages[0] and "Die Entscheidung:" in pages[1]
    assert "Was sich" in pages[1]
    assert not any("Das Wichtigste in Kürze" in page for page in text[first + 2 : first + 3])
    words = [word for page in pages for word in page.split() if re.search(r"[^\W\d]{2}", word)]
    assert 250 <= len(words) <= 600


def test_the_contents_have_two_pages_and_groups(text: list[str]) -> None:
    """With chapters, sections and groups; figures and tables are listed in the annex, by chapter."""
    first = next(n for n, page in enumerate(text) if page.lstrip().startswith("Inhalt"))
    assert first == 1 and "Zu diesem Bericht" in text[3][:200]
    contents = "\n".join(text[1:3])
    for group in ("Erwerbsbeteiligung", "Kinder und Gesundheit", "Anhang"):
        assert re.search(rf"^\s*{group}$", contents, re.M), group
    assert re.search(r"^4\.2 +\D+\d+$", contents, re.M), "sections"
    lists = "\n".join(text[-6:])
    assert "Abbildungen und Tabellen" in lists and re.search(r"^Tabelle A\.1 ", lists, re.M)


def test_page_references_lead_where_they_say(made: Made, text: list[str]) -> None:
    """The page that the index names for an area's sheet has the sheet."""
    index = next(page for page in reversed(text) if "Verzeichnis der Sozialräume" in page)
    after = text[text.index(index) :]
    named = re.findall(r"(?<=\s)(Hafen|Nordmarkt|Hörde|Wickede|Marten) +(\d+) +[45] +(\d+)", "\n".join(after))
    assert len(named) == 5
    for name, _, page in named:
        sheet = text[int(page) - 1]
        assert re.search(rf"{name}\b", sheet) and "Maßnahmen" in sheet, (name, page)
    summary = next(page for page in text if "Die Entscheidung:" in page)
    for name, number, page in named:
        assert re.search(rf"{number} +{name} +\d+ +{page}\b", summary), name


def test_the_status_stands_on_every_page(text: list[str], made: Made) -> None:
    assert [n for n, page in enumerate(text, start=1) if STATUS not in page] == []
    for page in (made.folder / "html").glob("*.html"):
        assert STATUS in pdf_reading.page_text(page), page.name


def test_nothing_is_unresolved_or_unfilled(text: list[str]) -> None:
    words = pdf_reading.squeezed("\n".join(text))
    for pattern in (r"\?@", r"@(fig|tbl|sec)-", r"\bnan\b", r"\bNone\b", r"\{\w+\}", r'"'):
        found = re.search(rf".{{0,60}}{pattern}.{{0,40}}", words)
        assert found is None, found[0] if found else ""


@pytest.mark.browser
def test_every_web_page_in_a_real_browser(made: Made) -> None:
    assert browser.visit(made.folder / "html") == []


@pytest.mark.quarto
def test_both_engines_make_the_same_report(made: Made, tmp_path: Path, quarto: str) -> None:
    other = pdf_reading.stitched_by_quarto(made, tmp_path, quarto, STATUS)
    assert made.pdf is not None
    ours, theirs = pdf_reading.pages(made.pdf), pdf_reading.pages(other / "bericht-2006.pdf")
    assert len(ours) == len(theirs)
    assert [n for n, (a, b) in enumerate(zip(ours, theirs, strict=True), start=1) if a != b] == []
    names = sorted(page.name for page in (made.folder / "html").glob("*.html"))
    assert sorted(page.name for page in (other / "html").glob("*.html")) == names
    for name in names:
        assert pdf_reading.page_text(other / "html" / name) == pdf_reading.page_text(made.folder / "html" / name)


@pytest.mark.parametrize("year", [2005, 2007])
def test_other_years_say_something_else(made: Made, tmp_path: Path, year: int) -> None:
    request = production.Request(year, ("html",), "builtin", tmp_path / "kurz", ["arbeitslosigkeit"])
    page = production.make(request).folder / "html" / "arbeitslosigkeit.html"
    other, ours = pdf_reading.page_text(page), pdf_reading.page_text(made.folder / "html" / page.name)
    assert f"September {year}" in other
    assert "43.032 Personen" in ours
    assert "43.032 Personen" not in other


def test_every_number_of_the_prose_stands_in_a_table(made: Made) -> None:
    assert number_walk.unfounded(made.folder / "html") == []


def test_every_printed_value_is_in_the_open_data(made: Made) -> None:
    missing, tried = number_walk.not_exported(made.folder, sources.shown(DATA, 2006))
    assert missing == []
    assert tried > 1000


def test_the_walk_finds_wrong_numbers(made: Made) -> None:
    """The check above can fail: most counts of the prose would be missed if they were 7 % too high (the values of all
    charts stand in tables, too, so that some of those stand there by chance).
    """
    caught, tried = number_walk.sensitivity(made.folder / "html")
    assert tried > 30
    assert caught / tried > 0.75


def test_from_a_statistischer_bezirk_to_its_rate_its_course_since_2000_and_2005_by_keyboard(made: Made) -> None:
    """From disk, offline: rate and range in three actions, the course in two more, then a year back; the numbers are
    those of the open data."""
    with (made.folder / "daten" / "werte.csv").open(encoding="utf-8") as file:
        rows = {(row["jahr"], row["raum_id"]): row for row in csv.DictReader(file) if row["indikator"] == "al_rate"}
    def told(year: str) -> tuple[str, ...]:
        row = rows[year, "sr_brechten_holthausen"]
        return tuple(f"{float(row[name]):.1f}".replace(".", ",") for name in ("wert", "unten", "oben"))

    with browser.browser() as running, browser.quiet_page(running) as page:
        page.goto((made.folder / "html" / "index.html").resolve().as_uri())
        browser.tab_to(page, "#ort")  # 1: to the field
        page.keyboard.type("holthausen")  # 2: the name, that of no area
        page.keyboard.press("Enter")  # 3: take it
        said = " ".join(page.inner_text("#auskunft").split())
        assert "Holthausen (statistischer Bezirk 13) gehört zu diesem Sozialraum" in said
        assert "Arbeitslosenrate" in said and "{} % 95-%-Bereich: {} bis {}".format(*told("2006")) in said
        browser.tab_to(page, "#auskunft a[href^='atlas.html']")  # 4: to the way into the atlas
        page.keyboard.press("Enter")  # 5: go
        page.wait_for_url("**/atlas.html**")
        browser.wait_until(page, "document.documentElement.dataset.atlas")
        course = page.eval_on_selector_all("#jahreswerte tbody th", "all => all.map((e) => e.textContent)")
        assert course == [f"September {year}" for year in range(2000, 2007)]
        assert "September 2000 bis September 2006" in page.inner_text("#vergleichstitel")
        browser.tab_to(page, "#jahre input:checked")
        page.keyboard.press("ArrowLeft")
        assert "jahr=2005" in page.url
        value, *bounds = told("2005")
        assert page.inner_text("#felder .wert") == f"{value} %"
        assert f"{bounds[0]} bis {bounds[1]}" in page.inner_text("#felder li")

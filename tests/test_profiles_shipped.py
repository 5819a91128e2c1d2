"""The shipped report with all its profiles: two pages each, the report's numbers, no dead link."""

from __future__ import annotations

import re
from pathlib import Path

import browser
import pdf_reading
import pikepdf
import pytest
from bs4 import BeautifulSoup

from sozialbericht.bericht import Bericht
from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made, Request
from sozialbericht.wording import intervalwords
from sozialbericht.writing import captions

pytestmark = pytest.mark.slow
YEAR = 2006


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    output = tmp_path_factory.mktemp("profile") / str(YEAR)
    return production.make(Request(YEAR, engine="builtin", output=output, profiles=[]))


@pytest.fixture(scope="module")
def bericht() -> Bericht:
    return Bericht(YEAR, YEAR - 1)


def areas(bericht: Bericht) -> list[str]:
    return [*map(str, bericht.raeume("stadtbezirk").index), *map(str, bericht.raeume().index)]


def rows(page: Path) -> dict[str, list[str]]:
    """The table of comparison on a profile's page: name of an indicator → its cells."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
    lines = [[cell.get_text() for cell in row.select("th, td")] for row in soup.select(".bildtafel tbody tr")]
    return {line[0]: line[1:] for line in lines if any(cell.strip() for cell in line[1:])}  # heads of groups have none


def test_every_profile_has_two_pages(made: Made, bericht: Bericht) -> None:
    found = {path.stem: len(pdf_reading.pages(path)) for path in (made.folder / "profile").glob("*.pdf")}
    assert found == dict.fromkeys(areas(bericht), 2)


def test_single_profiles_are_accessible_and_in_the_report_s_faces(made: Made) -> None:
    for path in (made.folder / "profile").glob("*.pdf"):
        with pikepdf.open(path) as pdf:
            with pdf.open_metadata() as meta:
                assert meta["pdfuaid:part"] == "1"
            assert set(pdf_reading.fonts(pdf)) <= pdf_reading.FACES
            assert all(len(text) > 20 for text in pdf_reading.alternatives(pdf))


def test_the_combined_document_names_every_area(made: Made, bericht: Bericht) -> None:
    assert made.profiles is not None
    with pikepdf.open(made.profiles) as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    names = [bericht.name(area) for area in areas(bericht)]
    assert sorted(titles[1:]) == sorted(names)
    assert len(pdf_reading.pages(made.profiles)) == 2 + 2 * len(names)


def test_numbers_are_those_of_the_report(made: Made, bericht: Bericht) -> None:
    """Each value that a profile compares is the area's and the city's value in the tables, with its bounds."""
    titles = {str(row["bezeichnung"]): str(key) for key, row in bericht.indikatoren().iterrows()}
    compared, wrong = 0, []
    for area in bericht.raeume().index:
        found = rows(made.folder / "html" / f"profil-{area}.html")
        assert len(found) >= 15, area
        for label, printed in found.items():
            fitting = [title for title in titles if label.startswith(title)]
            assert fitting, label
            indicator = titles[max(fitting, key=len)]
            value, city = (bericht.wert(indicator, place).wert for place in (str(area), bericht.stadt))
            bounds = intervalwords.span(value.lower, value.upper, value.decimals) or "x"
            expected = [captions.cell(v.number, v.status, v.decimals) for v in (value, city)]
            expected.insert(1, bounds if value.shown else "")
            compared += len(expected)
            if printed[:3] != expected:
                wrong.append(f"{area}, {label}: {printed[:3]} statt {expected}")
    assert compared > 39 * 3 * 14
    assert wrong == []


@pytest.mark.browser
def test_every_page_in_a_real_browser(made: Made) -> None:
    with browser.browser() as running:
        assert browser.visit(made.folder / "html", running=running) == []


@pytest.mark.browser
def test_no_link_of_the_whole_web_report_is_dead(made: Made) -> None:
    with browser.browser() as running:
        assert browser.dead_links(made.folder / "html", running) == []


def test_pages_stay_light(made: Made) -> None:
    """A drawing takes less than 100 KB of a page, those of a profile less than 40 KB together; and so do its words."""
    for path in (made.folder / "html").glob("*.html"):
        page = path.read_text(encoding="utf-8")
        drawn = re.findall(r'<svg class="zeichnung.*?</svg>', page, re.S)
        assert max(map(len, drawn), default=0) < 100_000, path.name
        if path.name.startswith("profil-"):
            assert drawn and sum(map(len, drawn)) < 40_000, path.name
            assert len(page) - sum(map(len, drawn)) < 40_000, path.name

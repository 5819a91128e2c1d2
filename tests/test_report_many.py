"""A report of a hundred areas: whole, readable on every page, with names counted and not listed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pdf_reading
import pytest
import small_report

from benchmarks import sprawl
from sozialbericht.data import contract
from sozialbericht.order.project import open_project
from sozialbericht.proof.proofreading import proofread
from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made

DATA = Path(__file__).parents[1] / "data"
AREAS = 100
CHAPTERS = ["einleitung", "kindergesundheit", "typisierung", "status_dynamik", "raeumliche_struktur", "tabellen"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sprawl.grow(DATA, tmp_path_factory.mktemp("viele") / "data", AREAS)


def test_a_city_that_has_grown_keeps_the_contract(data: Path):
    tables = contract.load(data)
    assert (tables.areas["ebene"] == "sozialraum").sum() == AREAS == len(tables.geometry)
    assert set(contract.load(DATA).areas.index) <= set(tables.areas.index)
    assert tables.geometry.geometry.count_coordinates().mean() > 80


@pytest.fixture(scope="module")
def made(data: Path) -> tuple[Made, list[str]]:
    root = data.parent
    for part in ("notebooks", "report"):
        shutil.copytree(small_report.ROOT / part, root / part)
    assert set(CHAPTERS) <= {chapter.name for chapter in open_project(root).chapters}
    said: list[str] = []
    request = production.Request(2006, ("pdf",), "builtin", only=CHAPTERS, data=data)
    return production.make(request, say=said.append, root=root), said


@pytest.mark.slow
def test_every_page_can_be_read(made: tuple[Made, list[str]]):
    report, said = made
    assert report.pdf is not None
    assert proofread(report.pdf.read_bytes()) == []
    assert not [line for line in said if "lesbar" in line]


@pytest.mark.slow
def test_maps_have_no_numbers_and_no_key(made: tuple[Made, list[str]]):
    manuscript = "".join(path.read_text(encoding="utf-8") for path in (made[0].folder / "projekt").glob("*.ipynb"))
    assert "schluessel" not in manuscript
    picture = (made[0].folder / "projekt/bilder/fig-status.svg").read_text(encoding="utf-8")
    assert not set(re.findall(r"<text[^>]*>(\d+)</text>", picture)) >= {"98", "99", "100"}


@pytest.mark.slow
def test_names_are_counted_and_stand_in_the_annex(made: tuple[Made, list[str]]):
    assert made[0].pdf is not None
    words = " ".join(" ".join(pdf_reading.pages(made[0].pdf)).split())
    assert re.search(r"und \d+ weitere", words)
    assert "stehen im Anhang" in words
    assert "Im Schlüssel: Nummer" not in words


@pytest.mark.slow
def test_rankings_show_everybody_between_the_ends(made: tuple[Made, list[str]]):
    assert made[0].pdf is not None
    words = " ".join(" ".join(pdf_reading.pages(made[0].pdf)).split())
    assert "… 64 weitere; Dortmund" in words

"""What analysts bring, in a whole report: a photograph, formulas, a table from a DataFrame, a grid of seaborn."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_report
from PIL import Image

from sozialbericht.order.project import PICTURES, work_in
from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made, Request
from sozialbericht.web.tree import read, words
from tests.access import tags

BROUGHT = r'''
import seaborn as sns

b.bild("platz.jpg", id="fig-platz", titel="Der Marktplatz", alternativtext="Ein Platz.", quelle="Foto: Stadt, CC0.")
sns.set_theme(style="darkgrid")
netz = sns.relplot(b.daten("arbeitslosenquote"), x="wert", y="zaehler", height=2.5)
b.abbildung(netz, id="fig-netz", titel="Ein Netz", alternativtext="Punkte.", quelle="Eigene.")
b.tabelle(b.daten("alo_u25_anteil")[["wert", "klammer", "status"]], id="tbl-eigen", titel="Eigene", quelle="Eigene.")
b.formel(r"D = \frac{1}{2} \sum_i \left| a_i \right| \quad z = 1{,}96")
b.text("Mit $p_i$ und in $ gezählt.")'''


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with all this, in which the command works."""
    root = small_report.project(tmp_path_factory.mktemp("mitgebracht"))
    (root / PICTURES).mkdir()
    noise = Image.effect_noise((300, 200), 60)
    Image.merge("RGB", (noise, noise.rotate(180), noise)).save(root / PICTURES / "platz.jpg")
    small_report.add_line(root / "notebooks" / "03_arbeitslosigkeit.ipynb", BROUGHT)
    work_in(root)
    yield root
    work_in(None)


@pytest.fixture(scope="module")
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def made(project: Path, said: list[str]) -> Made:
    return production.make(Request(2006, engine="builtin", data=project / "data"), root=project, say=said.append)


def test_the_run_names_the_photograph_once(made: Made, said: list[str]) -> None:
    assert made.folder.is_dir()
    told = [line for line in said if "liest die Prüfung nicht" in line]
    assert told == ["„Der Marktplatz“ zeigt ein Foto; was darauf steht, liest die Prüfung nicht: ansehen."]
    assert not [line for line in said if "Warnung" in line]


def test_everybody_can_read_the_pdf(made: Made) -> None:
    assert made.pdf is not None
    assert tags.faults(made.pdf) == []


def test_the_page_shows_it(made: Made) -> None:
    page = read((made.folder / "html" / "arbeitslosigkeit.html").read_bytes())
    picture = page.find(".//*[@id='fig-platz']//svg")
    assert picture.get("aria-label") == "Ein Platz."
    assert picture.find("image").get("href").startswith("data:image/")
    assert len(list(page.iter("math"))) == 2 and "und in $ gezählt." in words(page)
    rows = [[words(cell) for cell in row] for row in page.iterfind(".//*[@id='tbl-eigen']//tr")]
    assert rows[0] == ["Sozialraum", "wert"] and ["Lindenhof", "."] in rows and ["Hafen", "4,6"] in rows


def test_word_has_it(made: Made, project: Path) -> None:
    again = production.make(Request(2006, ("docx",), "builtin", data=project / "data"), root=project)
    assert again.word is not None
    with zipfile.ZipFile(io.BytesIO(again.word.read_bytes())) as file:
        assert file.read("word/document.xml").count(b"<m:oMath>") == 2
        pictures = [Image.open(io.BytesIO(file.read(name))) for name in file.namelist() if "media/" in name]
    assert any(len(picture.convert("RGB").getcolors(1 << 24) or []) > 5000 for picture in pictures)

"""An excerpt says that it is one and never touches the whole report; what users do in a report's folder stays."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pdf_reading
import pytest
import small_report

from sozialbericht.faults import InputError
from sozialbericht.order import manifest
from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made, Request


@pytest.fixture(scope="module")
def root(small_made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small project with its report and what is known of it."""
    root = tmp_path_factory.mktemp("auszug") / "projekt"
    shutil.copytree(small_made.folder.parents[1], root)
    return root


def make(root: Path, *only: str, **more: object) -> tuple[Made, list[str]]:
    said: list[str] = []
    request = Request(2006, engine="builtin", only=list(only), data=root / "data", **more)  # type: ignore[arg-type]
    return production.make(request, root=root, say=said.append), said


def everything(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in manifest.leaves(folder)}


@pytest.fixture(scope="module")
def excerpt(root: Path) -> Made:
    before = everything(root / "build" / "2006")
    made, _ = make(root, "bevoelkerung")
    assert everything(root / "build" / "2006") == before
    return made


def test_an_excerpt_has_a_folder_and_names_of_its_own(root: Path, excerpt: Made) -> None:
    assert excerpt.folder == root / "build" / "2006-auszug"
    assert sorted(p.name for p in excerpt.folder.iterdir()) == [
        "bericht-2006-auszug.pdf", "html", "manifest.json", "projekt",
    ]  # fmt: skip
    assert excerpt.pdf == excerpt.folder / "bericht-2006-auszug.pdf"
    listed = manifest.read(excerpt.folder)
    assert listed is not None
    assert (listed.kind, listed.year) == ("auszug", 2006)
    again, said = make(root, "bevoelkerung")
    assert again == excerpt
    assert said == ["2006: Nichts hat sich geändert (eingebauter Setzer (pandoc und Typst))"]


def test_an_excerpt_says_so_on_every_page(excerpt: Made) -> None:
    assert excerpt.pdf is not None
    pages = pdf_reading.pages(excerpt.pdf)
    title = f"{small_report.TITLE} 2006 – Auszug"
    assert title in pdf_reading.squeezed(pages[0])
    inner = [page for page in pages[1:] if title in pdf_reading.squeezed(page)]
    assert inner, "in the running title"
    for page in (excerpt.folder / "html").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert re.search(rf'<p class="bericht"><a href="index.html">{title}</a></p>', text)
        assert f" – {title}</title>" in text
    cover = (excerpt.folder / "html" / "index.html").read_text(encoding="utf-8")
    assert '<span class="jahr">2006 – Auszug</span>' in cover


def test_an_excerpt_does_not_go_where_a_whole_report_lies(root: Path) -> None:
    before = everything(root / "build" / "2006")
    with pytest.raises(InputError, match="liegt ein vollständiger Bericht; ein Auszug"):
        make(root, "bevoelkerung", output=root / "build" / "2006")
    assert everything(root / "build" / "2006") == before


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("data/bericht", "liegt im Ordner der Eingaben (Daten"),
        ("notebooks/aus", "liegt im Ordner der Eingaben (Notebooks"),
        ("report", "liegt im Ordner der Eingaben (Texte"),
        (".", "enthält anderes als einen Bericht"),
        ("build", "enthält anderes als einen Bericht"),
        ("~", "enthält anderes als einen Bericht"),
    ],
)
def test_places_where_no_report_goes(root: Path, place: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(root.parent / "heim"))
    output = root.parent / "heim" if place == "~" else root / place
    output.mkdir(exist_ok=True)
    with pytest.raises(InputError, match=re.escape(words)):
        make(root, output=output)


def test_a_link_that_leads_in_a_circle(root: Path) -> None:
    (root / "kreis").symlink_to(root / "kreis")
    with pytest.raises(InputError, match="führt im Kreis"):
        make(root, output=root / "kreis")


def test_notes_and_annotations_stay(root: Path) -> None:
    """The whole way: own files are no reason to make a report again, a changed PDF is, and neither is lost."""
    folder = root / "build" / "2006"
    (folder / "notiz.txt").write_text("eigenes", encoding="utf-8")
    _, said = make(root)
    assert said == ["2006: Nichts hat sich geändert (eingebauter Setzer (pandoc und Typst))"]
    pdf = folder / "bericht-2006.pdf"
    pdf.write_bytes(pdf.read_bytes() + b"% Anmerkung")
    made, said = make(root)
    assert made.pdf == pdf
    assert (folder / "bericht-2006 (bearbeitet).pdf").read_bytes().endswith(b"% Anmerkung")
    assert not pdf.read_bytes().endswith(b"% Anmerkung")
    assert (folder / "notiz.txt").read_text(encoding="utf-8") == "eigenes"
    assert said[-2:] == [
        "Behalten, weil seit dem letzten Lauf geändert: bericht-2006 (bearbeitet).pdf; "
        "die neue Fassung hat den alten Namen.",
        "Behalten, weil von keinem Lauf gemacht: notiz.txt",
    ]
    made, _ = make(root, formats=("html",))
    assert pdf.is_file(), "of the same state as the new pages"
    small_report.append(root / "report" / "glossar.qmd", "\nEin Satz mehr.")
    made, said = make(root, formats=("html",))
    assert not pdf.exists()
    assert (folder / "bericht-2006-frueher.pdf").is_file()
    assert any("Von einem früheren Stand und diesmal nicht neu gemacht: bericht-2006-frueher.pdf" in s for s in said)
    make(root)
    assert sorted(p.name for p in folder.iterdir()) == [
        "bericht-2006 (bearbeitet).pdf", "bericht-2006.pdf", "daten", "html", "manifest.json", "notiz.txt", "projekt",
    ]  # fmt: skip

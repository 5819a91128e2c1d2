"""Drafts: nobody audits them, every page of theirs says so, and they never lie where a report lies."""

from __future__ import annotations

import shutil
from concurrent.futures import Future
from pathlib import Path

import pdf_reading
import pytest
import small_report

from sozialbericht.audit.finished.staff import Staff
from sozialbericht.faults import InputError
from sozialbericht.order import manifest
from sozialbericht.rendering import places, production
from sozialbericht.rendering.production import Made, Request

WORDS = "Entwurf, ungeprüft"


@pytest.fixture(scope="module")
def root(small_made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small project with its report, and profiles to come."""
    root = tmp_path_factory.mktemp("entwurf") / "projekt"
    shutil.copytree(small_made.folder.parents[1], root)
    return small_report.with_profiles(root)


def make(root: Path, *only: str, engine: str = "builtin", **more: object) -> Made:
    request = Request(2006, engine=engine, only=list(only), data=root / "data", **more)  # type: ignore[arg-type]
    return production.make(request, root=root)


def unmarked(folder: Path) -> list[str]:
    """The pages of a folder that do not say that nobody has audited them."""
    found = []
    for path in sorted(folder.rglob("*.pdf")):
        pages = [pdf_reading.squeezed(page) for page in pdf_reading.pages(path)]
        found += [f"{path.name}, {number}" for number, page in enumerate(pages, 1) if WORDS not in page]
    for path in sorted((folder / "html").glob("*.html")):
        if path.read_text(encoding="utf-8").count(f'<p class="entwurf" role="note">{WORDS}</p>') != 1:
            found.append(path.name)
    return found


@pytest.fixture(scope="module")
def draft(root: Path) -> Made:
    ask = Staff.ask

    def proofread(self: Staff, question: str, *arguments: object, size: int = 0) -> Future[object]:
        return ask(self, question, *arguments, size=size) if question == "call" else pytest.fail("geprüft")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Staff, "ask", proofread)
        return make(root, draft=True, profiles=[])


def test_a_draft_has_a_folder_and_names_of_its_own(root: Path, draft: Made) -> None:
    assert draft.folder == root / "build" / "2006-entwurf"
    names = sorted(path.name for path in draft.folder.iterdir())
    assert names == [
        "bericht-2006-entwurf.pdf", "html", "manifest.json", "profile", "projekt", "sozialraumprofile-2006-entwurf.pdf",
    ]  # fmt: skip
    listed = manifest.read(draft.folder)
    assert listed is not None and (listed.kind, listed.year) == ("entwurf", 2006)
    title = f"{small_report.TITLE} 2006 – Entwurf"
    assert f" – {title}</title>" in (draft.folder / "html" / "glossar.html").read_text(encoding="utf-8")
    assert '<span class="jahr">2006 – Entwurf</span>' in (draft.folder / "html" / "index.html").read_text("utf-8")


def test_every_page_of_a_draft_says_so(draft: Made) -> None:
    assert draft.pdf is not None and len(pdf_reading.pages(draft.pdf)) > 5
    assert unmarked(draft.folder) == []


def test_an_excerpt_is_a_draft(root: Path) -> None:
    made = make(root, "bevoelkerung", profiles=["hafen"])
    assert made.folder == root / "build" / "2006-auszug"
    assert unmarked(made.folder) == []


def test_no_page_of_a_report_says_so(small_made: Made) -> None:
    pages = list((small_made.folder / "html").glob("*.html"))
    assert sorted(page.name for page in pages) == [name for name in unmarked(small_made.folder) if "," not in name]
    assert not any('role="note"' in page.read_text(encoding="utf-8") for page in pages)
    assert small_made.pdf is not None
    assert not any(WORDS in pdf_reading.squeezed(page) for page in pdf_reading.pages(small_made.pdf))


def test_a_draft_and_a_report_are_not_taken_for_one_another(root: Path, draft: Made) -> None:
    report, _ = make(root), make(root, draft=True, profiles=[])
    assert report.folder == root / "build" / "2006" and (report.folder / "bericht-2006.pdf").is_file()
    assert unmarked(draft.folder) == []


@pytest.mark.parametrize(
    ("lies", "kind", "words"),
    [
        (manifest.REPORT, manifest.DRAFT, "liegt ein vollständiger Bericht; ein Entwurf"),
        (manifest.EXCERPT, manifest.DRAFT, "liegt ein Auszug; ein Entwurf"),
        (manifest.DRAFT, manifest.EXCERPT, "liegt ein Entwurf; ein Auszug"),
    ],
)
def test_a_draft_replaces_drafts_alone(tmp_path: Path, lies: str, kind: str, words: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    manifest.write(tmp_path, manifest.of(tmp_path, manifest.Manifest(lies, 2006, "s")))
    with pytest.raises(InputError, match=words):
        places.check_content(tmp_path, kind)
    places.check_content(tmp_path, lies)


@pytest.mark.quarto
def test_quarto_marks_every_page_as_well(root: Path, quarto: str) -> None:
    made = make(root, engine="quarto", draft=True, output=root / "build" / "anders", profiles=["hafen"])
    assert unmarked(made.folder) == []

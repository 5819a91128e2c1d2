"""What is wrong with the pages of a PDF stops a report, and is said of drafts and of figures from notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import typst

from sozialbericht.audit.finished import staff
from sozialbericht.audit.finished.staff import Desk, Staff
from sozialbericht.blocklanguage import DRAWN
from sozialbericht.cache.runcache import RunCache
from sozialbericht.faults import ReportError
from sozialbericht.rendering.legibility import Legibility

PAGE = """#set page(width: 210mm, height: 297mm, margin: 23mm)
#grid(columns: (38mm, 1fr), [Abbildung 1.1], [Arm & Reich])
#text(size: 3pt)[winzig]
"""


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """A PDF with a figure that is too small, and the project that it was set from."""
    stage = tmp_path / "projekt"
    (stage / "bilder").mkdir(parents=True)
    pdf = tmp_path / "bericht.pdf"
    pdf.write_bytes(typst.compile(PAGE.encode()))
    return pdf, stage


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    with staff.opened(Desk(tmp_path_factory.mktemp("daten"), None, {}, {}), 1, lambda _: None) as found:
        yield found


def told(reading: Staff, made: tuple[Path, Path], *, strict: bool, cache: RunCache | None = None) -> list[str]:
    said: list[str] = []
    Legibility(cache or RunCache.of(made[1], used=False), reading).require([made], said.append, strict=strict)
    return said


def test_a_report_is_not_published(reading: Staff, made: tuple[Path, Path]):
    with pytest.raises(ReportError) as error:
        told(reading, made, strict=True)
    assert "Seite 1, Abbildung 1.1 „Arm & Reich“: Text unter 5\N{NO-BREAK SPACE}pt" in str(error.value)
    assert "„winzig“ in 3,0\N{NO-BREAK SPACE}pt" in str(error.value) and "→ Namen und" in str(error.value)
    assert "mit „--draft“" in str(error.value)


def test_of_a_draft_it_is_said(reading: Staff, made: tuple[Path, Path]):
    (words,) = told(reading, made, strict=False)
    assert words.startswith("Warnung: ") and "Abbildung 1.1" in words and "→ Namen und" in words
    assert "--draft" not in words, "it is one"


@pytest.mark.parametrize("strict", [True, False])
def test_of_a_figure_from_a_notebook_it_is_said(reading: Staff, made: tuple[Path, Path], strict: bool):
    svg = f'<svg {DRAWN} width="9"><title>Arm &amp; Reich</title></svg>'
    (made[1] / "bilder" / "fig-eigen.svg").write_text(svg, encoding="utf-8")
    (words,) = told(reading, made, strict=strict)
    assert "Abbildung 1.1" in words and "→ Eigene Abbildungen" in words


def test_a_readable_report_passes_without_a_word(reading: Staff, made: tuple[Path, Path]):
    made[0].write_bytes(typst.compile(PAGE.replace("3pt", "7pt").encode()))
    assert told(reading, made, strict=True) == []


def test_a_pdf_is_read_once(reading: Staff, made: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch):
    cache = RunCache.of(made[1], used=True)
    first = told(reading, made, strict=False, cache=cache)
    monkeypatch.setattr(reading, "ask", lambda *_, **__: pytest.fail("read again"))
    assert told(reading, made, strict=False, cache=cache) == first


def test_who_was_asked_ahead_is_not_asked_again(
    reading: Staff, made: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
):
    legibility = Legibility(RunCache.of(made[1], used=False), reading)
    legibility.ahead(made[0].name, made[0].read_bytes(), made[1])
    monkeypatch.setattr(reading, "ask", lambda *_, **__: pytest.fail("read again"))
    with pytest.raises(ReportError, match="nicht alles lesbar"):
        legibility.require([made], lambda line: None, strict=True)


def test_of_several_it_is_said_which(reading: Staff, made: tuple[Path, Path], tmp_path: Path):
    """Also where one was asked for ahead: what is found in one is not told of another."""
    other, said = tmp_path / "profile.pdf", list[str]()
    other.write_bytes(typst.compile(PAGE.replace("3pt", "7pt").encode()))
    legibility = Legibility(RunCache.of(made[1], used=True), reading)
    legibility.ahead(made[0].name, made[0].read_bytes(), made[1])
    legibility.require([(other, made[1]), made], said.append, strict=False)
    made[0].rename(tmp_path / "alt.pdf")
    other.rename(made[0])
    (tmp_path / "alt.pdf").rename(other)
    told(reading, made, strict=True, cache=RunCache.of(made[1], used=True))
    Legibility(RunCache.of(made[1], used=True), reading).require([made, (other, made[1])], said.append, strict=False)
    assert [f"  {made[0].name}, Seite 1" in said[0], "  profile.pdf, Seite 1" in said[1]] == [True, True]
    assert [words.count(".pdf") for words in said] == [1, 1]

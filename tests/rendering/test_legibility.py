"""What is wrong with the pages of a PDF stops a report, and is said of drafts and of figures from notebooks."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
import typst

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


def told(made: tuple[Path, Path], *, strict: bool, cache: RunCache | None = None) -> list[str]:
    said: list[str] = []
    with ExitStack() as stack:
        legibility = Legibility(cache or RunCache.of(made[1], used=False), stack)
        legibility.require([made], said.append, strict=strict)
    return said


def test_a_report_is_not_published(made: tuple[Path, Path]):
    with pytest.raises(ReportError) as error:
        told(made, strict=True)
    assert "Seite 1, Abbildung 1.1 „Arm & Reich“: Text unter 5\N{NO-BREAK SPACE}pt" in str(error.value)
    assert "„winzig“ in 3,0\N{NO-BREAK SPACE}pt" in str(error.value) and "→ Namen und" in str(error.value)


def test_of_a_draft_it_is_said(made: tuple[Path, Path]):
    (words,) = told(made, strict=False)
    assert words.startswith("Warnung: ") and "Abbildung 1.1" in words and "→ Namen und" in words


@pytest.mark.parametrize("strict", [True, False])
def test_of_a_figure_from_a_notebook_it_is_said(made: tuple[Path, Path], strict: bool):
    svg = f'<svg {DRAWN} width="9"><title>Arm &amp; Reich</title></svg>'
    (made[1] / "bilder" / "fig-eigen.svg").write_text(svg, encoding="utf-8")
    (words,) = told(made, strict=strict)
    assert "Abbildung 1.1" in words and "→ Eigene Abbildungen" in words


def test_a_readable_report_passes_without_a_word(made: tuple[Path, Path]):
    made[0].write_bytes(typst.compile(PAGE.replace("3pt", "7pt").encode()))
    assert told(made, strict=True) == []


def test_a_pdf_is_read_once(made: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch):
    cache = RunCache.of(made[1], used=True)
    first = told(made, strict=False, cache=cache)
    monkeypatch.setattr("sozialbericht.proof.proofreading.pages", lambda content: pytest.fail("read again"))
    assert told(made, strict=False, cache=cache) == first

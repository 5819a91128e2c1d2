"""Every shipped notebook, run in this process for the years beside 2006: sentences must survive other numbers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sozialbericht import bericht as _loads_every_part  # noqa: F401
from sozialbericht.checking.lint import check_text
from sozialbericht.drawing.canvas import style
from sozialbericht.stitching import crossref
from sozialbericht.stitching.crossref import Document
from sozialbericht.stitching.pandoc import parse
from sozialbericht.writing.blocks import Block

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
#: What must never be printed: a computer's words for no number, an unfilled field, doubled blanks or stops.
BROKEN = re.compile(
    r"\bnan\b|\bNone\b|\binf\b|\bTrue\b|\bFalse\b|\{\w+[.?#}]|(?<! )  (?! )\S|(?<!\.)\.\.(?!\.)| ,|\(\)"
)


def run(name: str, year: int, shown: list[Block]) -> str:
    """The chapter's Markdown for a year: its cells are run one after the other, as papermill would."""
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    scope: dict[str, object] = {}
    parts = []
    for cell in cells:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(text)
            continue
        exec(compile(text, name, "exec"), scope)
        if "parameters" in cell["metadata"].get("tags", []):
            scope |= {"jahr": year, "vergleichsjahr": year - 1, "daten": str(ROOT / "data")}
        parts += [block.markdown for block in shown if block.markdown]
        shown.clear()
    return "\n\n".join(parts)


@pytest.mark.slow
@pytest.mark.parametrize("year", [2005, 2007])
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_chapters_of_other_years(name: str, year: int, shown: list[Block]) -> None:
    style.apply()
    text = run(name, year, shown)
    assert check_text(name, text) == []
    document = Document(f"{name}.html", False, crossref.outline(parse(text)))
    crossref.number_chapters([document])
    _, faults = crossref.targets([document])
    assert [f for f in faults if "ohne Nummer" not in f.what] == []
    text = re.sub(r"\{(?:stadt|mitte|unten)\.[^{}]*\}", "Wort", text)  # the words of levels come at assembly
    prose = re.sub(r"\{[^{}]*\}|^\|.*$", "", text, flags=re.M)
    found = [prose[max(0, m.start() - 40) : m.end() + 20] for m in BROKEN.finditer(prose)]
    assert found == []

"""The commands that README, CONTRIBUTING, handbook and the other documents tell people to type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "docs/handbuch.md", "benchmarks/README.md", "data/LIESMICH.md"]
#: What a command begins with; in running text a span of code is one only if something follows or it is named in WHOLE.
PROGRAMS = (
    r"python3?|py|\.venv\\Scripts\\(?:python|activate)|source|conda|pip|git|quarto|dask|ruff|mypy|pytest|lint-imports|"
    r"pre-commit|jupyter|uv|ulimit|sozialbericht|render\.py|papermill|\.ci/run"
)
WHOLE = {"mypy", "pytest", "lint-imports", ".ci/run", r".venv\Scripts\activate"}
_SPAN = re.compile(r"(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)")
_FENCE = re.compile(r"(`{3,})\s*(\w*)")


@dataclass(frozen=True)
class Line:
    """Something to type, or a line that looks so: where it stands and its text."""

    document: str
    row: int
    text: str

    @property
    def is_command(self) -> bool:
        """Whether it begins with a program."""
        return re.match(rf"(?:{PROGRAMS})(?=\s|$)", self.text) is not None


def lines(document: str, text: str) -> Iterator[Line]:
    """The lines of all blocks of commands (fenced ``sh`` and indented ones) and the commands in running text."""
    fence, prose = "", []
    for row, line in enumerate(text.splitlines(), 1):
        mark = _FENCE.match(line.strip())
        if mark and (not fence or line.strip() == "```"):
            fence = "" if fence else mark[2] or "text"
            prose.append("")
        elif fence == "sh" or (not fence and re.match(r" {4,}\S", line)):
            yield from (Line(document, row, part) for part in _parts(line))
            prose.append("")
        else:
            prose.append("" if fence else line)
    whole = "\n".join(prose)
    for span in _SPAN.finditer(whole):
        text = " ".join(span[1].split())
        line_of_span = Line(document, whole.count("\n", 0, span.start()) + 1, text)
        if line_of_span.is_command and (" " in text or text in WHOLE):
            yield from (Line(document, line_of_span.row, part) for part in _parts(text))


def _parts(line: str) -> Iterator[str]:
    """The commands of a line, without what is said about them behind two spaces or a ``#``."""
    told = re.split(r"\s{2,}|\s#\s", line.strip())[0]
    yield from (part.strip() for part in told.split("&&") if part.strip() and not part.startswith("#"))


def all_lines() -> list[Line]:
    """Every line of every document, each text once."""
    found: dict[str, Line] = {}
    for document in DOCUMENTS:
        for line in lines(document, (ROOT / document).read_text(encoding="utf-8")):
            found.setdefault(line.text, line)
    return list(found.values())

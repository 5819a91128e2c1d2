"""Identity: by what a report is known to say the same as another, whatever made it and when.

Of notebooks counts what they put into the report, with all pictures, not their code; of texts all. Profiles do not
count: a report with them is the same report. The status of the release, which is printed, does not count, either, nor
do the cuts of pictures for phones, which a run for print alone does not draw.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sozialbericht.digests import digest
from sozialbericht.execution.chapters import read_notebook, source
from sozialbericht.order.project import Chapter, Project
from sozialbericht.stitching import imprint
from sozialbericht.stitching.assembly import Cover
from sozialbericht.writing import blocks

#: So many characters of the digest are kept: people compare them in a table.
LENGTH = 16


def of(
    project: Project, chapters: Iterable[Chapter], executed: Mapping[str, Path], cover: Cover, protected: str = ""
) -> str:
    """The identity of a report of these chapters; ``executed`` maps a notebook's name to the executed one,
    ``protected`` is the digest of the protected counts, which are published with it."""
    decided = cover.decided
    duties = (*imprint.paragraphs(cover), *imprint.sections(cover))
    words = (decided.titel, decided.deckblatt_hinweis, decided.vorfuehrung, *duties)
    own = repr((cover.year, cover.status_text, words, cover.mark, cover.levels))
    parts = [own, protected, json.dumps(project.settings, sort_keys=True, default=str)]
    for chapter in chapters:
        said = _said(executed[chapter.name]) if chapter.is_notebook else chapter.source.read_text(encoding="utf-8")
        parts += [chapter.name, json.dumps(said, sort_keys=True)]
    return digest(*parts)[:LENGTH]


def _said(notebook: Path) -> list[Any]:
    """What an executed notebook puts into the report: its Markdown, and the blocks with their pictures."""
    found: list[Any] = []
    for cell in read_notebook(notebook)["cells"]:
        if cell["cell_type"] == "markdown":
            found.append(source(cell))
        outputs = (output.get("data", {}).get(blocks.MEDIA_TYPE) for output in cell.get("outputs", []))
        found += [blocks.printed(block) for block in outputs if block is not None]
    return found

"""Printedwords: what the print template is told in a file of its own: colours, words, groups of chapters, pages of
other volumes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from sozialbericht.execution.chapters import markdown
from sozialbericht.order import chaptergroup
from sozialbericht.order.project import Chapter
from sozialbericht.web import chapterlist

FILE = "druck/farben.typ"
#: With which chapters (labels) a group of the contents begins, and on which pages of another volume headings (labels)
#: stand: none yet.
NO_GROUPS, NO_PAGES = "#let gruppen = (:)\n", "#let bandseiten = (:)\n"
#: The label of a chapter.
_LABEL = re.compile(r"^# [^\n]*\{#(sec-[\w-]*\w)", re.MULTILINE)


def begin(stage: Path, words: str) -> None:
    """Write the file with the definitions ``words``."""
    (stage / FILE).write_text(f"{words}{NO_GROUPS}{NO_PAGES}", encoding="utf-8")


def put_groups(
    chapters: Sequence[Chapter], texts: Mapping[str, str], stage: Path, groups: Mapping[str, Sequence[str]]
) -> None:
    """Tell print template and web pages with which chapters the groups of the contents begin."""
    begin = chaptergroup.beginning(chapters, groups)
    pages = {c.page: begin[c.name] for c in chapters if c.name in begin}
    (stage / "web" / chapterlist.GROUPS).write_text(json.dumps(pages, ensure_ascii=False), encoding="utf-8")
    labels = {c.name: _LABEL.search(markdown(stage / texts[c.staged])) for c in chapters if c.name in begin}
    put(stage, NO_GROUPS, {found[1]: begin[name] for name, found in labels.items() if found})


def put(stage: Path, empty: str, values: Mapping[str, str | int]) -> None:
    """Put values (label → word or number) in the place of an ``empty`` dictionary of the print template."""
    path, name = stage / FILE, empty.partition(" = ")[0]
    filled = "".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}, " for k, v in values.items())
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(empty, f"{name} = ({filled or ':'})\n"), encoding="utf-8")

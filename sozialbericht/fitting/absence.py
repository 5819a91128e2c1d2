"""Absence: an assembled report without references to what it does not have, and with the names of the chapters that are
left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sozialbericht.escaping import escape
from sozialbericht.execution.chapters import read_notebook
from sozialbericht.order.project import Project
from sozialbericht.wording import references
from sozialbericht.writing.blocks import MEDIA_TYPE

#: The section that names the chapters which are left out.
STAND = "sec-datenstand"
_SET = re.compile(r"\{[^{}\n]*?#((?:fig|tbl|sec)-[\w-]*\w)")
REFERENCE = re.compile(r"@((?:fig|tbl|sec)-[\w-]*\w)")
LABEL = re.compile(r"\{[^{}\n]*#((?:fig|tbl|sec)-[\w-]*\w)")
LINK = re.compile(r"\[([^\[\]\n]*)\]\(#((?:fig|tbl|sec)-[\w-]*\w)\)")


def settle(stage: Path, project: Project, executed: Mapping[str, Path], fill: Callable[[str], str]) -> None:
    """Rewrite the chapters of an assembled project: nothing refers to what is not there, and the chapters left out are
    named where the report tells the status of its data. ``fill`` puts in the words of the levels.
    """
    gone = {label for one in project.left_out for label in one.labels} | _absent(executed.values())
    named = [(one.title, one.reason) for one in project.left_out if one.reason and not (one.foreign or one.quiet)]
    if not gone and not named:
        return
    paths = [path for path in sorted(stage.iterdir()) if path.suffix in (".qmd", ".ipynb")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    dead = gone - {label for text in texts.values() for label in _SET.findall(text)}
    told = _told([(fill(title), reason) for title, reason in named]) if named else ""
    for path, text in texts.items():
        here = told if f"#{STAND}}}" in text or f"#{STAND} " in text else ""
        path.write_text(_rewritten(path, text, dead, here), encoding="utf-8")


def _absent(executed: Iterable[Path]) -> set[str]:
    """The labels of figures and tables that notebooks would have put into the report, had the data allowed it."""
    found: set[str] = set()
    for path in executed:
        for cell in read_notebook(path)["cells"]:
            for output in cell.get("outputs", []):
                found.update(output.get("data", {}).get(MEDIA_TYPE, {}).get("entfallen", []))
    return found


def _told(named: list[tuple[str, str]]) -> str:
    """What is said of chapters: their titles and why they are left out."""
    lines = "\n".join(f"- {escape(title)}: {escape(reason)}." for title, reason in named)
    return f"**Nicht enthalten** {'ist dieses Kapitel' if len(named) == 1 else 'sind diese Kapitel'}:\n\n{lines}"


def _rewritten(path: Path, text: str, dead: set[str], told: str) -> str:
    """A chapter without dead references, and at its end what is ``told``."""
    if path.suffix == ".qmd":
        return references.without(text, dead) + (f"\n{told}\n" if told else "")
    notebook: dict[str, Any] = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = _lines(references.without("".join(cell["source"]), dead))
        for output in cell.get("outputs", []):
            markdown = "".join(output["data"]["text/markdown"])
            output["data"]["text/markdown"] = _lines(references.without(markdown, dead))
    if told:
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": _lines(told)})
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def soften_references(stage: Path, instead: str = "[vollständiger Bericht]") -> None:
    """In a short report, put ``instead`` in the place of references to chapters that are left out.

    Links to them become plain text.
    """
    paths = [p for p in stage.iterdir() if p.suffix in (".qmd", ".ipynb")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    present = {label for text in texts.values() for label in LABEL.findall(text)}
    for path, text in texts.items():
        unlinked = LINK.sub(lambda m: m[0] if m[2] in present else m[1], text)
        softened = REFERENCE.sub(lambda m: m[0] if m[1] in present else instead, unlinked)
        path.write_text(softened, encoding="utf-8")

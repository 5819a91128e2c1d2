"""Snapshots: what the small city's report says, as plain text, from the assembled project to both formats.

Everything that another machine or another day would say otherwise is taken out here, in :func:`stable`.
"""

from __future__ import annotations

import difflib
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import searchindex

from sozialbericht.rendering.production import Made
from sozialbericht.stitching import quartosettings, typesetting
from sozialbericht.web.tree import read, write

FOLDER = Path(__file__).parent / "snapshots"
#: Kinds of files in a project that are shown by name only, or are copies of files in ``report/``.
_OTHER = {".svg", ".woff", ".otf", ".typ", ".lua", ".css", ".js", ".scss", ".html"}
#: Where HTML may be broken into lines without a change of what it shows.
_BETWEEN = re.compile(r"(?<=>)(?=</?(?:li|ul|tr|td|th|thead|tbody|table|nav|section|figure|picture|div|p)\b)")
_SENTENCES = re.compile(r"(?<=[.!?]) (?=[A-ZÄÖÜ])")


def texts(made: Made) -> dict[str, str]:
    """Everything that a report says, by the name of the snapshot."""
    project = made.folder / "projekt"
    found = {f"projekt/{name}": text for name, text in staged(project).items()}
    found |= {f"typst/{name}": text for name, text in typst(project).items()}
    found |= {f"web/{name}": text for name, text in web(made.folder / "html").items()}
    return {name: stable(text) for name, text in found.items()}


def staged(project: Path) -> dict[str, str]:
    """The assembled project: notebooks as the Markdown that they put out, texts, settings,
    and the names of all files.
    """
    names = sorted(path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file())
    found = {"dateien.txt": "\n".join(names)}
    for name in names:
        path = project / name
        if path.suffix == ".ipynb":
            found[f"{path.stem}.md"] = markdown(json.loads(path.read_text(encoding="utf-8")))
        elif path.suffix not in _OTHER:
            found[name] = path.read_text(encoding="utf-8")
    return found


def markdown(notebook: Mapping[str, list[dict[str, object]]]) -> str:
    """What a notebook says: its Markdown cells and the Markdown of its outputs."""
    parts: list[object] = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            parts.append(cell["source"])
        outputs = cell.get("outputs", [])
        parts += [output["data"]["text/markdown"] for output in outputs]  # type: ignore[attr-defined]
    return "\n\n".join("".join(part) if isinstance(part, list) else str(part) for part in parts)


def typst(project: Path) -> dict[str, str]:
    """The Typst source without the definitions of the print template, which are ``report/druck/``."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(project, Path(folder) / "projekt"))
        files = typesetting.book(copy, quartosettings.read(copy)).files()
    return {name: text for name, text in files.items() if name != typesetting.DEFINITIONS}


def web(folder: Path) -> dict[str, str]:
    """The web pages with a line for each block, what the search knows sentence by sentence, the names of all files."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = {name: _lines((folder / name).read_bytes()) for name in names if ".html" in name}
    lines = (json.dumps(entry, ensure_ascii=False) for entry in searchindex.entries(folder))
    known = _SENTENCES.sub("\n", ",\n".join(lines))
    return pages | {"dateien.txt": "\n".join(names), "suchdaten.js": known}


def _lines(page: bytes) -> str:
    """A page with all its end tags and a line for each block."""
    return _BETWEEN.sub("\n", write(read(page)))


def stable(text: str) -> str:
    """The text without what depends on machine, day or version: line ends, spaces there, versions, digests."""
    text = re.sub(r"\b(?:[0-9a-f]{40,64}|[0-9a-f]{16})\b", "<digest>", text)
    text = re.sub(r'(<meta name="generator" content=")[^"]*', r"\1<version>", text)
    return "\n".join(line.rstrip(" \t\r") for line in text.splitlines()).rstrip("\n") + "\n"


def stored(case: str) -> dict[str, str]:
    """The snapshots of a case, by name."""
    folder = FOLDER / case
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def store(case: str, found: Mapping[str, str]) -> None:
    """Keep these snapshots of a case, and no others."""
    shutil.rmtree(FOLDER / case, ignore_errors=True)
    for name, text in found.items():
        path = FOLDER / case / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def differences(case: str, found: Mapping[str, str]) -> str:
    """What differs from the stored snapshots, as a diff; empty if nothing does."""
    known = stored(case)
    lines: list[str] = []
    for name in sorted({*known, *found}):
        before, after = (side.get(name, "").splitlines() for side in (known, found))
        lines += difflib.unified_diff(before, after, f"snapshots/{case}/{name}", f"jetzt/{name}", n=1, lineterm="")
    return "\n".join(lines)

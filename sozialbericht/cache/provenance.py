"""Provenance: what an earlier result was made from, part by part, so that it can be said what has changed since.

Keys decide whether a result is taken (:mod:`sozialbericht.cache.keys`); this only explains.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sozialbericht.cache.inputs import Inputs, notebook_digest, source_digest
from sozialbericht.cache.runcache import RunCache
from sozialbericht.digests import digest, file_digest, files
from sozialbericht.order.request import Request
from sozialbericht.order.tasks import Task

#: Digests by the group of an input and its name in it.
Origin = dict[str, dict[str, str]]
#: The groups in the order in which they are told.
NOTEBOOK, TEXTS, DATA, OPTIONS, PROGRAM = "Notebook", "Texte", "Daten", "Optionen", "Programm"
#: What of a request counts, by the name that it is told with.
ASKED = {"Formate": "formats", "Kapitel": "only", "Profile": "profiles", "Vergleichsjahr": "compare_with"}


def of_notebook(task: Task, inputs: Inputs) -> Origin:
    """What an executed notebook is made from."""
    folders = {name: Path(v) for name, v in task.parameters if isinstance(v, str) and Path(v).is_dir()}
    given = {name: repr(value) for name, value in task.parameters if name not in folders}
    given["Bilder für das Web"] = repr(task.web)
    return {
        NOTEBOOK: {task.place: notebook_digest(task.source), "Dateien daneben": inputs.beside(task.source)},
        DATA: {name: content for folder in folders.values() for name, content in _data(folder).items()},
        OPTIONS: given,
        PROGRAM: _program(inputs),
    }


def of_report(request: Request, data: Path, engine: str, inputs: Inputs) -> Origin:
    """What a whole report is made from."""
    texts = [path for part in ("notebooks", "report") for path in files(inputs.root / part)]
    asked = {name: repr(getattr(request, part)) for name, part in ASKED.items()} | {"Setzer": engine}
    return {
        TEXTS: {path.relative_to(inputs.root).as_posix(): source_digest(path) for path in texts},
        DATA: _data(data) | {"Freigaben": inputs.releases(data, request.year)},
        OPTIONS: asked,
        PROGRAM: _program(inputs),
    }


def asked(report: Origin) -> dict[str, Any]:
    """What was asked for when a report was made: fields of a :class:`Request` by their names."""
    given = report.get(OPTIONS, {})
    return {part: ast.literal_eval(given[name]) for name, part in ASKED.items() if name in given}


def get(cache: RunCache, name: str) -> Origin | None:
    """What the last result of this name was made from; None where nothing is known of one."""
    entry = cache.store.get(_key(name))
    return None if entry is None else dict(json.loads(entry))


def put(cache: RunCache, name: str, origin: Origin) -> None:
    """Keep what a result of this name was made from."""
    cache.store.put(_key(name), json.dumps(origin).encode())


def name_of(made: Task | Path) -> str:
    """The name of a result: a notebook in a year's report, or the report in a folder."""
    return f"{made.report}/{made.name}" if isinstance(made, Task) else str(made)


def changes(before: Origin, now: Origin) -> dict[str, list[str]]:
    """What differs, by group: the names of the inputs that are others, new, or gone."""
    found = {}
    for group, parts in now.items():
        old: Mapping[str, str] = before.get(group, {})
        if names := [name for name in _names(old, parts) if old.get(name) != parts.get(name)]:
            found[group] = names
    return found


def _names(*parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for some in parts for name in some))


def _key(name: str) -> str:
    return digest("provenance", name)


def _data(folder: Path) -> dict[str, str]:
    return {f"{folder.name}/{path.relative_to(folder).as_posix()}": file_digest(path) for path in files(folder)}


def _program(inputs: Inputs) -> dict[str, str]:
    return {"Code": inputs.code, "Pakete": inputs.libraries, "Umgebung": inputs.surroundings}

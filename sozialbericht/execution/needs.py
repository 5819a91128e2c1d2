"""What the notebooks of a run need, read from their source: the parent of the kernels loads it before it forks."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sozialbericht.execution.chapters import read_notebook, source
from sozialbericht.faults import InputError
from sozialbericht.order.project import PACKAGE
from sozialbericht.order.tasks import Parameter, Task

if TYPE_CHECKING:
    from sozialbericht.cache.runcache import RunCache
    from sozialbericht.cache.snapshots import Snapshot

#: How the names of methods begin that ask for the typology, and how many notebooks make it worth while to prepare it.
SHARED = (
    "typ",
    "aktionsr",
    "veroeffentlicht",
    "tabelle_veroeffentlicht",
    "auswahl",
    "abstaende",
    "entscheidung",
    "nach_status",
    "status",
    "steckbrief",
    "einordnung",
    "profil",
)
SEVERAL = 3


class Data(NamedTuple):
    """The data of a report, as :func:`sozialbericht.execution.preload.prepare` is told of them."""

    daten: Parameter
    jahr: Parameter
    vergleichsjahr: Parameter | None
    shared: bool
    snapshot: Snapshot | None = None


def modules(tasks: Iterable[Task]) -> list[str]:
    """The modules that several notebooks import, in order of their names: for one alone all would wait; and those of
    this package, which import most that others do."""
    found = Counter(name for path in {task.source for task in tasks} for name in _imported(path))
    return sorted(name for name, number in found.items() if number > 1 or name.partition(".")[0] == PACKAGE.name)


def _imported(path: Path) -> set[str]:
    """The modules that a notebook imports."""
    names: set[str] = set()
    for text in _code(path):
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue  # told when it is executed
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    return names


def data(tasks: Iterable[Task], cache: RunCache | None = None) -> list[Data]:
    """The data of every report and year, and whether at least :data:`SEVERAL` of its notebooks would compute the same
    each for itself; with a ``cache`` they may come from a snapshot of an earlier run."""
    tasks = list(tasks)
    asking: dict[tuple[Parameter, Parameter, Parameter | None], int] = {}
    words = {path: asks(_code(path)) for path in {task.source for task in tasks}}
    for task in tasks:
        given = dict(task.parameters)
        if "daten" in given and "jahr" in given:
            key = given["daten"], given["jahr"], given.get("vergleichsjahr")
            asking[key] = asking.get(key, 0) + words[task.source]
    return [Data(*key, number >= SEVERAL, _snapshot(cache, key, number >= SEVERAL)) for key, number in asking.items()]


def _snapshot(
    cache: RunCache | None, key: tuple[Parameter, Parameter, Parameter | None], shared: bool
) -> Snapshot | None:
    if cache is None:
        return None
    from sozialbericht.cache import snapshots

    folder, *years = key
    return snapshots.of(cache, str(folder), years, shared=shared)


def asks(cells: list[str]) -> bool:
    """Whether code cells ask for the typology, by the methods that they call, whatever their object is called."""
    for cell in cells:
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):  # told when the cell is executed
            tree = ast.parse(cell)
            if any(isinstance(n, ast.Attribute) and n.attr.startswith(SHARED) for n in ast.walk(tree)):
                return True
    return False


def _code(path: Path) -> list[str]:
    """The code cells of a notebook; none where it cannot be read, which is told when it is executed."""
    try:
        return [source(cell) for cell in read_notebook(path)["cells"] if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, InputError):
        return []

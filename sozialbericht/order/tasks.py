"""Tasks: one notebook with its parameters, and what became of it. Both can be pickled and hold all they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sozialbericht.faults import Fault
from sozialbericht.order import comparisonyear
from sozialbericht.order.project import DIMENSION, Project
from sozialbericht.order.request import Request

if TYPE_CHECKING:
    from sozialbericht.order.profiles import Profile

#: What a notebook's parameters may be.
Parameter = str | int
#: The parameter that only profiles get: the raum_id of their area.
AREA = "raum"


@dataclass(frozen=True)
class Task:
    """One notebook to execute.

    ``report`` names the report that waits for it and ``name`` the chapter or profile in it; together they are
    unique in a run. ``source`` is the notebook, ``parameters`` what papermill injects, in order, ``place`` the
    notebook's name for messages. Report, name and place have no influence on the result. ``web``: web pages are made of
    it, so its pictures have cuts for phones.
    """

    report: str
    name: str
    source: Path
    parameters: tuple[tuple[str, Parameter], ...]
    place: str
    web: bool = True

    @property
    def file(self) -> str:
        """Name of the executed notebook's file."""
        return f"{self.name}.ipynb"


def task(
    report: str, name: str, source: Path, parameters: Mapping[str, Parameter], place: str = "", *, web: bool = True
) -> Task:  # fmt: skip
    """A task; ``place`` is the folder and name of the notebook if nothing else is said."""
    return Task(report, name, source, tuple(parameters.items()), place or f"notebooks/{source.name}", web)


def parameters(request: Request, data: Path) -> dict[str, Parameter]:
    """The parameters that all notebooks of a report get."""
    return {"jahr": request.year, "vergleichsjahr": comparisonyear.of(request, data), "daten": str(data)}


def chapter_tasks(project: Project, request: Request, data: Path) -> list[Task]:
    """The notebooks of the chapters of a report; raises :class:`InputError` for unknown chapters."""
    given = parameters(request, data)
    return [
        _of(request, c.name, c.source, given | ({DIMENSION: c.dimension} if c.dimension else {}), c.place)
        for c in project.select(request.only)
        if c.is_notebook
    ]


def profile_tasks(profiles: Iterable[Profile], request: Request, data: Path) -> list[Task]:
    """The notebooks of the profiles of a report, one an area."""
    given = parameters(request, data)
    return [_of(request, p.chapter.name, p.source, {**given, AREA: p.area}, p.place) for p in profiles]


def _of(request: Request, name: str, source: Path, parameters: Mapping[str, Parameter], place: str) -> Task:
    return task(str(request.year), name, source, parameters, place, web="html" in request.formats)


@dataclass(frozen=True)
class Failure:
    """Why a notebook failed: its place, the cell (counted from 1 as in JupyterLab), the line, the cause, a remedy.

    ``row`` is the line's number in its cell and ``span`` the columns at fault (from 0); without a number ``line`` is
    the first line of the cell.
    """

    place: str
    cell: int | None
    line: str
    cause: str
    remedy: str = ""
    row: int | None = None
    span: tuple[int, int] | None = None

    def told(self, saved: Path) -> str:
        """The failure as a German paragraph that names the executed notebook."""
        where = self.place + (f", Zelle {self.cell}" if self.cell else "")
        if self.row:
            return f"{Fault(where, self.cause, self.remedy, self.row, line=self.line, span=self.span)}\n{_kept(saved)}"
        line = f"\n  erste Zeile: {self.line}" if self.line else ""
        remedy = f"\n  → {self.remedy}" if self.remedy else ""
        return f"{where}: {self.cause}{line}{remedy}\n{_kept(saved)}"


def _kept(saved: Path) -> str:
    return f"  ausgeführtes Notebook: {saved}"


@dataclass(frozen=True)
class Result:
    """What became of a task: the executed notebook's JSON ("" if there is none), its seconds, the failure if any.

    ``stored`` says that the result was made by an earlier run.
    """

    task: Task
    notebook: str
    seconds: float
    failure: Failure | None = None
    stored: bool = False

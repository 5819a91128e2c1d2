"""Places where no report goes: it would stand in the way of its own inputs or take a folder that holds much else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sozialbericht.cache.store import folder_of
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import PACKAGE, Project


def check(output: Path, project: Project, data: Path) -> None:
    """Refuse an output folder that lies in an input of the report or that has one, the home or the cache in it."""
    for what, place in _inputs(project, data):
        if output == place or output.is_relative_to(place):
            _refuse(
                output,
                f"liegt im Ordner der Eingaben ({what}: {place}); dort würde der Bericht zur Eingabe seiner selbst",
            )
    for what, place in (*_inputs(project, data), *_others(project)):
        if place.is_relative_to(output):
            _refuse(output, f"enthält anderes als einen Bericht ({what}: {place})")


def _refuse(output: Path, why: str) -> None:
    raise InputError(
        [Fault("--output", f"Der Ordner {output} {why}.", "Einen eigenen Ordner für den Bericht angeben.")]
    )


def _inputs(project: Project, data: Path) -> Iterator[tuple[str, Path]]:
    yield "Daten", data.resolve()
    yield "Notebooks", project.notebooks.resolve()
    yield "Texte", project.report.resolve()
    yield "Programm", PACKAGE


def _others(project: Project) -> Iterator[tuple[str, Path]]:
    yield "Projekt", project.root
    yield "Ergebnisse früherer Läufe", folder_of(project.root).resolve()
    with suppress(OSError, RuntimeError):
        yield "Benutzerverzeichnis", Path.home().resolve()

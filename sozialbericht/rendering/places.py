"""Places where no report goes: it would stand in the way of its own inputs or take a folder that holds much else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sozialbericht.cache.store import folder_of
from sozialbericht.faults import Fault, InputError
from sozialbericht.order import manifest
from sozialbericht.order.project import PACKAGE, Project

#: By this file a folder is known as one that an earlier run has made.
MARK = Path("projekt") / "_quarto.yml"
#: What lies in a folder that holds no audited report.
OTHERS = {manifest.EXCERPT: "ein Auszug", manifest.DRAFT: "ein Entwurf"}


def check(output: Path, kind: str, project: Project, data: Path) -> None:
    """Refuse an output folder that lies in an input of the report, that has one, the home or the store of earlier runs
    in it, or that holds something else than a report of this kind."""
    for what, place in _inputs(project, data):
        if output == place or output.is_relative_to(place):
            _refuse(
                output,
                f"liegt im Ordner der Eingaben ({what}: {place}); dort würde der Bericht zur Eingabe seiner selbst",
            )
    for what, place in (*_inputs(project, data), *_others(project)):
        if place.is_relative_to(output):
            _refuse(output, f"enthält anderes als einen Bericht ({what}: {place})")
    check_content(output, kind)


def check_content(output: Path, kind: str = manifest.REPORT) -> None:
    """Refuse an output folder that holds something else than a report, and an excerpt or a draft, whose pages nobody
    has audited, in the place of an audited report."""
    if output.is_file():
        raise InputError([Fault("--output", f"{output} ist eine Datei.", "Einen Ordner angeben.")])
    if not output.is_dir() or not any(output.iterdir()):
        return
    found = manifest.read(output)
    if not (output / MARK).is_file() and not found:
        raise InputError(
            [Fault("--output", f"Der Ordner {output} enthält etwas anderes als einen Bericht und würde ersetzt.",
                   "Einen neuen oder leeren Ordner angeben.")]
        )  # fmt: skip
    if kind != manifest.REPORT and (found is None or found.kind != kind):
        what = "ein Auszug (--only)" if kind == manifest.EXCERPT else "ein Entwurf (--draft, --watch)"
        lies = OTHERS.get(found.kind if found else "", "ein vollständiger Bericht")
        raise InputError(
            [Fault("--output", f"In {output} liegt {lies}; {what} ersetzt ihn nicht.",
                   "Einen anderen Ordner angeben oder --output weglassen.")]
        )  # fmt: skip


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

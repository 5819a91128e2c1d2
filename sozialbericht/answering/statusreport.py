"""What is known of reports and chapters before a run: what is unchanged, what is stale and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sozialbericht.cache import checkeddata, provenance, reports
from sozialbericht.cache.runcache import RunCache
from sozialbericht.data.timeline import valueyears
from sozialbericht.faults import Fault, InputError
from sozialbericht.fitting import chapterset
from sozialbericht.order.project import Project, default_root, find_data, open_project
from sozialbericht.order.request import Request
from sozialbericht.order.tasks import chapter_tasks
from sozialbericht.parser import Parser
from sozialbericht.stitching import engine

DESCRIPTION = "Sagt, was von früheren Läufen bekannt und unverändert ist und was veraltet, und warum."
#: So many changed files are named.
NAMED = 3
#: In what formats a report may have been made.
FORMATS = (("pdf", "html"), ("html",), ("pdf",), ("docx",))
UNCHANGED, STALE, UNKNOWN = "unverändert", "veraltet", "unbekannt"


def options(parser: Parser) -> None:
    """The options of ``status``."""
    told = "das Berichtsjahr oder mehrere (Vorgabe: die, deren Bericht in build liegt, sonst das neueste)"
    parser.add_argument("--year", type=int, nargs="+", default=[], metavar="JAHR", help=told)
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="ORDNER", help="Ordner der Daten")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")


def told(asked: argparse.Namespace) -> str:
    """The status of the reports that are asked for; raises :class:`InputError` for years without values."""
    root = default_root()
    data = find_data(asked.data, root).resolve()
    known = sorted(valueyears.of(data))
    unknown = [year for year in asked.year if year not in known]
    if unknown or not known:
        what = f"Für {', '.join(map(str, unknown))} gibt es keine Werte." if unknown else "Es gibt keine Werte."
        remedy = f"Werte gibt es für {', '.join(map(str, known))}." if known else "Werte in data/werte ablegen."
        raise InputError([Fault("--year", what, remedy)])
    made = [year for year in known if (root / "build" / str(year)).is_dir()]
    cache, project = RunCache.of(root), open_project(root)
    return "\n\n".join(_year(year, data, project, cache) for year in asked.year or made or known[-1:])


def _year(year: int, data: Path, project: Project, cache: RunCache) -> str:
    request = Request(year, data=data)
    chosen = engine.choose(request.engine).name
    folder, root = request.folder(project.root), project.root
    lines = [_line(f"Bericht {year}", *_of_report(request, data, chosen, cache), 0)]
    facts = checkeddata.get(cache, data)
    fitting = chapterset.fitted(project, facts.offer) if facts else project
    for task in chapter_tasks(fitting, request, data):
        state, why = UNCHANGED, ""
        if cache.store.get(cache.keys.notebook(task)) is None:
            before = provenance.get(cache, provenance.name_of(task))
            state, why = _stale(before, provenance.of_notebook(task, cache.inputs))
        lines.append(_line(task.name, state, why, 2))
    if folder.is_dir():
        shown = folder.relative_to(root) if folder.is_relative_to(root) else folder
        lines[0] += f"\n  liegt in {shown}"
    return "\n".join(lines)


def _of_report(request: Request, data: Path, chosen: str, cache: RunCache) -> tuple[str, str]:
    folder = request.folder(cache.inputs.root)
    requests = [replace(request, formats=formats) for formats in FORMATS]
    if any(reports.get(cache, cache.keys.report(one, data, chosen), folder) for one in requests):
        return UNCHANGED, ""
    if not folder.is_dir():
        return UNKNOWN, "noch nicht gemacht"
    before = provenance.get(cache, provenance.name_of(folder))
    origins = [provenance.of_report(one, data, chosen, cache.inputs) for one in requests]
    return _stale(before, min(origins, key=lambda origin: len(provenance.changes(before or {}, origin))))


def _stale(before: provenance.Origin | None, now: provenance.Origin) -> tuple[str, str]:
    """Whether a result is known at all, and what has changed since."""
    if before is None:
        return UNKNOWN, "aus keinem früheren Lauf bekannt"
    changed = provenance.changes(before, now)
    return STALE, f"geändert: {_listed(changed)}" if changed else "nicht mehr im Speicher oder von Hand verändert"


def _listed(changed: Mapping[str, Iterable[str]]) -> str:
    parts = []
    for group, names in changed.items():
        own = list(names)
        more = f" und {len(own) - NAMED} weitere" if len(own) > NAMED else ""
        parts.append(f"{group} ({', '.join(own[:NAMED])}{more})")
    return "; ".join(parts)


def _line(name: str, state: str, why: str, indent: int) -> str:
    return f"{' ' * indent}{state:<12}{name}" + (f" – {why}" if why else "")

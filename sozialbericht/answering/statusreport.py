"""What is known of reports, chapters and profiles before a run: what is unchanged, what is stale and why."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sozialbericht.cache import checkeddata, notebooks, provenance, reports
from sozialbericht.cache.runcache import RunCache
from sozialbericht.data.timeline import valueyears
from sozialbericht.faults import Fault, InputError
from sozialbericht.fitting import chapterset
from sozialbericht.order import profiles
from sozialbericht.order.project import Project, default_root, find_data, open_project
from sozialbericht.order.request import Request
from sozialbericht.order.tasks import Task, chapter_tasks, profile_tasks
from sozialbericht.parser import Parser
from sozialbericht.stitching import engine

DESCRIPTION = "Sagt, was von früheren Läufen bekannt und unverändert ist und was veraltet, und warum."
#: So many changed files are named.
NAMED = 3
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
    """What is known of a year's report, its chapters and profiles, its draft and its excerpt."""
    chosen = engine.choose("auto").name
    whole, *others = _requests(year, data, cache)
    lines = _of_report(whole, data, chosen, cache)
    facts = checkeddata.get(cache, data)
    fitting = chapterset.fitted(project, facts.offer) if facts else project
    lines += [_line(task.name, *_of_task(task, cache), 2) for task in chapter_tasks(fitting, whole, data)]
    asked = next((r.profiles for r in (whole, *others) if r.profiles is not None), None)
    if facts and asked is not None:
        chosen_areas = profiles.choose(fitting, facts.tables.areas, facts.tables.levels, asked)
        counted = Counter(_of_task(task, cache) for task in profile_tasks(chosen_areas, whole, data))
        lines += [_line("ein Profil" if n == 1 else f"{n} Profile", *known, 2) for known, n in counted.items()]
    for other in others:
        if other.folder(cache.inputs.root).is_dir():
            lines += _of_report(other, data, chosen, cache)
    return "\n".join(lines)


def _requests(year: int, data: Path, cache: RunCache) -> list[Request]:
    """What was asked for when the year's report, its draft and its excerpt were made last; else the report alone."""
    found = []
    for plain in (Request(year, data=data), Request(year, data=data, draft=True), Request(year, data=data, only=["x"])):
        before = provenance.get(cache, provenance.name_of(plain.folder(cache.inputs.root)))
        if before is not None:
            found.append(replace(plain, **provenance.asked(before)))
        elif plain.audited:
            found.append(plain)
    return found


def _of_report(request: Request, data: Path, chosen: str, cache: RunCache) -> list[str]:
    """What is known of one report, and where it lies."""
    folder, root = request.folder(cache.inputs.root), cache.inputs.root
    what = " ".join(filter(None, [request.kind.capitalize(), str(request.year), _parts(request)]))
    if not folder.is_dir():
        return [_line(what, UNKNOWN, "noch nicht gemacht", 0)]
    state, why = UNCHANGED, ""
    if reports.get(cache, cache.keys.report(request, data, chosen), folder) is None:
        before = provenance.get(cache, provenance.name_of(folder))
        state, why = _stale(before, provenance.of_report(request, data, chosen, cache.inputs))
    shown = folder.relative_to(root) if folder.is_relative_to(root) else folder
    return [_line(what, state, why, 0), f"  liegt in {shown}"]


def _parts(request: Request) -> str:
    """What of a report was asked for: chapters of an excerpt, profiles."""
    areas = request.profiles
    profiled = "" if areas is None else f"Profile {', '.join(areas)}" if areas else "mit Profilen"
    told = ", ".join(filter(None, [*request.only, profiled]))
    return f"({told})" if told else ""


def _of_task(task: Task, cache: RunCache) -> tuple[str, str]:
    if notebooks.stored(task, cache) is not None:
        return UNCHANGED, ""
    return _stale(
        provenance.get(cache, provenance.name_of(task)), provenance.of_notebook(task, cache.inputs)
    )


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

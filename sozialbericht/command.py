"""The command line: ``python render.py …`` is ``sozialbericht render …``."""

from __future__ import annotations

import argparse
import logging
import sys
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sozialbericht import surroundings
from sozialbericht.answering import answers, makers
from sozialbericht.faults import Fault, InputError, ReportError
from sozialbericht.parser import FAILED, SUCCESS, WRONG, Parser

if TYPE_CHECKING:
    from sozialbericht.order.request import Request


def main(arguments: Sequence[str] | None = None) -> int:
    """The console script ``sozialbericht COMMAND …``; returns the exit code."""
    if arguments is None:
        surroundings.settle()
    given = list(sys.argv[1:] if arguments is None else arguments)
    commands = {"render": lambda rest: render(rest, "sozialbericht render"), "new": new, "audit": answers.audit}
    commands |= {"verify": answers.verify, "compare": answers.compare, "export": answers.export}
    commands |= {"release": release, "hinweise": answers.hinweise, "import": answers.deliveries}
    commands |= {"cache": cache, "status": answers.status}
    try:
        given = _in_project(given)
    except SystemExit as stop:
        return answers.code(stop)
    except InputError as error:
        return answers.failed(error)
    if given and given[0] in commands:
        return commands[given[0]](given[1:])
    parser = Parser(prog="sozialbericht", description="Bericht zur sozialen Lage.", add_help=False)
    parser.add_argument(
        "befehl",
        choices=tuple(commands),
        metavar="BEFEHL",
        help="render: den Bericht machen; new: ein Projekt, ein Jahr oder eine Dimension anlegen; audit: die "
        "Geheimhaltung eines fertigen Berichts prüfen; verify: ihn noch einmal machen und vergleichen; compare: zwei "
        "Berichte vergleichen; export: die offenen Daten schreiben; release: einen Bericht freigeben; hinweise: "
        "Ungewöhnliches in den Daten; import: die Datei einer Stelle in die Daten bringen; cache: Ergebnisse "
        "früherer Läufe; status: was unverändert und was veraltet ist; mehr mit BEFEHL --help",
    )
    parser.add_argument("--version", action=makers.Version, help="Version, Setzer und Form der Daten nennen")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")
    try:
        parser.parse_args(given)
    except SystemExit as stop:
        return answers.code(stop)
    return SUCCESS


def _in_project(given: Sequence[str] | None) -> list[str]:
    """Work in the project that ``--project`` names; returns the other arguments. Raises :class:`InputError`."""
    parser = Parser("sozialbericht", add_help=False, allow_abbrev=False)
    found, others = parser.parse_known_args(given)
    if named := getattr(found, "project", None):
        from pathlib import Path

        from sozialbericht.order import project

        if not project.is_project(Path(named)):
            remedy = f"Den Ordner eines Projekts nennen oder eines anlegen: sozialbericht new {named}"
            raise InputError([Fault("--project", f"In {named} liegt kein Projekt.", remedy)])
        project.work_in(Path(named))
    return others


def new(arguments: Sequence[str]) -> int:
    """Begin a project, a year of values or a dimension; returns the exit code."""
    from sozialbericht.scaffold import newcommand

    parser = Parser("sozialbericht new", description=newcommand.DESCRIPTION, add_help=False)
    newcommand.options(parser)
    try:
        newcommand.carried_out(parser.parse_args(arguments), answers.say)
    except SystemExit as stop:
        return answers.code(stop)
    except (InputError, ReportError) as error:
        return answers.failed(error)
    except KeyboardInterrupt:
        answers.complain("Abgebrochen; es wurde nichts angelegt.")
        return FAILED
    return SUCCESS


def release(arguments: Sequence[str]) -> int:
    """Release a finished report and make it anew with that printed; returns the exit code."""
    from sozialbericht.release import releasing

    parser = Parser("sozialbericht release", description="Gibt einen fertigen Bericht frei.", add_help=False)
    releasing.options(parser)
    try:
        made = releasing.release(parser.parse_args(arguments), answers.say)
    except SystemExit as stop:
        return answers.code(stop)
    except (InputError, ReportError) as error:
        answers.complain(f"Nicht freigegeben; es wurde nichts verändert.\n\n{error}")
        return WRONG if isinstance(error, InputError) else FAILED
    except KeyboardInterrupt:
        answers.complain("Abgebrochen; es ist nichts freigegeben.")
        return FAILED
    answers.say(f"Freigegeben: {made.folder}")
    answers.say("Was festgehalten ist, gehört zu den Daten: freigaben.csv und der Ordner freigaben.")
    return SUCCESS


def cache(arguments: Sequence[str]) -> int:
    """Say where results of earlier runs lie, or delete them; returns the exit code."""
    parser = Parser(prog="sozialbericht cache", description="Ergebnisse früherer Läufe.", add_help=False)
    parser.add_argument("--clear", action="store_true", help="alles löschen, auch Reste gescheiterter Läufe")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return answers.code(stop)
    from sozialbericht.order.project import default_root
    from sozialbericht.rendering import leftovers

    try:
        answers.say(leftovers.cleared(default_root()) if options.clear else leftovers.told(default_root()))
    except InputError as error:
        return answers.failed(error)
    return SUCCESS


def render(arguments: Sequence[str] | None = None, prog: str = "render.py") -> int:
    """Make a report, or check or open its parts; returns the exit code 0, 1 or 2."""
    from sozialbericht.order import wishes

    parser = Parser(prog, description="Macht den Bericht zur sozialen Lage als PDF und als Webseiten.", add_help=False)
    wishes.options(parser)
    try:
        options = parser.parse_args(_in_project(arguments))
    except SystemExit as stop:
        return answers.code(stop)
    except InputError as error:
        return answers.failed(error)
    try:
        return _render(options)
    except (InputError, ReportError) as error:
        return answers.failed(error)
    except KeyboardInterrupt:
        answers.complain("Abgebrochen; der letzte fertige Bericht bleibt.")
        return FAILED
    except Exception as error:
        from sozialbericht import border

        answers.complain(border.noted(error))
        return FAILED


def _aside(options: argparse.Namespace) -> int | None:
    """Do what makes no report: say the versions, open JupyterLab; the exit code, None where nothing is asked."""
    if options.version:
        answers.say(makers.told())
        return SUCCESS
    if options.lab:
        from sozialbericht.answering import workbench
        from sozialbericht.order.project import default_root

        return workbench.opened(default_root())
    return None


def _render(options: argparse.Namespace) -> int:
    from sozialbericht.order.project import open_project

    if (code := _aside(options)) is not None:
        return code
    level = options.verbose - options.quiet
    if options.year and not options.check and level >= 0:
        answers.say(f"Bericht zur sozialen Lage {', '.join(map(str, dict.fromkeys(options.year)))}")
    from sozialbericht.answering import display
    from sozialbericht.rendering import production

    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    if options.check:
        return _check(options)
    if not options.year:
        years = production.check(open_project(), options.data, cache=not options.no_cache)
        answers.complain(f"Falscher Aufruf: --year fehlt. Werte gibt es für {', '.join(map(str, years))}.")
        return WRONG
    wanted = options.format or ("html" if options.watch else "all")
    formats = ("pdf", "html") if wanted == "all" else (wanted,)
    years = list(dict.fromkeys(options.year))
    many = len(years) > 1
    requests = [
        production.Request(
            year, formats, options.engine, options.output, options.only, options.data, options.jobs, options.profiles,
            not options.no_cache, options.executor, options.kernel == "warm", options.draft or options.watch,
            options.compare_with,
        )
        for year in years
    ]  # fmt: skip
    if many and options.output:
        requests = [replace(request, output=options.output / request.name) for request in requests]
    if options.watch:
        return _watch(requests, options.open)
    code = SUCCESS
    with display.opened(level) as telling:
        outcomes = production.make_all(requests, say=telling) if many else [production.make(requests[0], say=telling)]
        for year, made in zip(years, outcomes, strict=True):
            telling.log.note(str(made) if isinstance(made, Exception) else f"Fertig: {made.folder}", str(year))
    for year, made in zip(years, outcomes, strict=True):
        if isinstance(made, Exception):
            code = max(code, answers.failed(made, year))
            continue
        for path in (made.pdf, made.word, made.profiles, made.page):
            if path:
                answers.say(f"Fertig: {path}")
                if options.open:
                    webbrowser.open(path.as_uri())
    return code


def _check(options: argparse.Namespace) -> int:
    """Say whether data, notebooks and texts are in order, what is left out, what is missing for a release."""
    from sozialbericht.order.project import open_project
    from sozialbericht.rendering import inspection, production

    found = production.inspect(open_project(), options.data, *options.year, cache=not options.no_cache)
    answers.say(f"Alles in Ordnung. Werte gibt es für {', '.join(map(str, found.years))}.")
    for told in (found.left_out, found.reminders):
        if told:
            answers.say("\n" + "\n".join(told))
    if unusual := inspection.brief(found.review(), options.data, options.year):
        answers.say(f"\n{unusual}")
    return SUCCESS


def _watch(requests: list[Request], shown: bool) -> int:
    """Make the reports after each change until Ctrl-C; ``shown`` opens the preview in the browser."""
    from sozialbericht.order.project import find_data
    from sozialbericht.rendering import production, watch

    def make() -> list[production.Outcome]:
        return production.make_all(requests, say=answers.say)

    opened = webbrowser.open if shown else str
    try:
        watch.watch(requests, make, find_data(requests[0].data), say=answers.say, opened=opened)
    except KeyboardInterrupt:
        answers.say("\nVorschau beendet.")
    return SUCCESS

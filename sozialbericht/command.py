"""The command line: ``python render.py …`` is ``sozialbericht render …``."""

from __future__ import annotations

import argparse
import logging
import os
import re
import subprocess
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from sozialbericht import __version__, surroundings
from sozialbericht.faults import InputError, ReportError

if TYPE_CHECKING:
    from sozialbericht.order.request import Request

SUCCESS, FAILED, WRONG = 0, 1, 2
GERMAN = (
    (r"unrecognized arguments: (.*)", r"unbekannt: \1"),
    (r"argument (\S+): expected one argument", r"\1 braucht eine Angabe"),
    (r"argument (\S+): expected at least one argument", r"\1 braucht mindestens eine Angabe"),
    (r"argument (\S+): invalid (?:int|_positive) value: '(.*)'", r"\1 braucht eine ganze Zahl, nicht „\2“"),
    (r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)", r"\1: „\2“ gibt es nicht, nur \3"),
    (r"the following arguments are required: (.*)", r"es fehlt \1"),
)


class _Project(argparse.Action):
    """``--project``: the command works in this project, wherever it was called."""

    def __call__(self, parser: argparse.ArgumentParser, _: object, given: Any, __: object = None) -> None:
        from sozialbericht.order import project

        if not project.is_project(folder := Path(given)):
            parser.error(f"--project: In {folder} liegt kein Projekt; eines anlegen: sozialbericht new {folder}")
        project.work_in(folder)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks German and exits with code 2; every command takes ``--project``."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        told = "das Projekt (Vorgabe: das, in dem der Arbeitsordner liegt)"
        self.add_argument("--project", action=_Project, metavar="ORDNER", help=told, default=argparse.SUPPRESS)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call."""
        for pattern, german in GERMAN:
            message = re.sub(pattern, german, message)
        self.exit(WRONG, f"Falscher Aufruf: {message}\nHilfe: {self.prog} --help\n")

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage: ", "Aufruf: ", 1)

    def format_help(self) -> str:
        """The help text."""
        return super().format_help().replace("usage: ", "Aufruf: ", 1)


def render_parser(prog: str) -> Parser:
    """The options of ``render``."""
    parser = Parser(
        prog=prog, description="Macht den Bericht zur sozialen Lage als PDF und als Webseiten.", add_help=False
    )
    group = parser.add_argument_group("Bericht")
    group.add_argument(
        "--year", type=int, nargs="+", default=[], metavar="JAHR", help="das Berichtsjahr, z. B. 2006, oder mehrere"
    )
    group.add_argument("--format", choices=("pdf", "html", "all"), help="was entsteht (Vorgabe: all, mit --watch html)")
    group.add_argument(
        "--engine",
        choices=("auto", "quarto", "builtin"),
        default="auto",
        help="womit gesetzt wird (Vorgabe: auto, also Quarto, wo es installiert ist)",
    )
    group.add_argument(
        "--output",
        type=Path,
        metavar="ORDNER",
        help="Ziel (Vorgabe: build/JAHR, mit --only build/JAHR-auszug); bei mehreren Jahren ORDNER/JAHR",
    )
    group.add_argument(
        "--only",
        nargs="+",
        default=[],
        metavar="KAPITEL",
        help="ein Auszug nur aus diesen Kapiteln, z. B. arbeitslosigkeit",
    )
    group.add_argument(
        "--profiles",
        nargs="*",
        metavar="GEBIET",
        help="auch die Profile der Sozialräume und Stadtbezirke: alle oder die genannten, z. B. nordmarkt",
    )
    group.add_argument(
        "--data", type=Path, default=Path("data"), metavar="ORDNER", help="Ordner der Daten (Vorgabe: data)"
    )
    group.add_argument(
        "--jobs", type=_positive, metavar="N", help="wie viele Notebooks zugleich laufen (Vorgabe: Zahl der Kerne)"
    )
    group.add_argument(
        "--kernel",
        choices=("warm", "einzeln"),
        default="warm",
        help="wie die Notebooks starten: aus einem vorbereiteten Prozess, wo das System es kann, oder jedes für sich",
    )
    group.add_argument("--no-cache", action="store_true", help="nichts aus früheren Läufen verwenden")
    group.add_argument(
        "--executor", metavar="dask://HOST:PORT", help="die Notebooks in einem Dask-Rechenverbund ausführen"
    )
    other = parser.add_argument_group("Weiteres")
    other.add_argument("--watch", action="store_true", help="nach jedem Speichern neu rendern, Vorschau im Browser")
    other.add_argument("--check", action="store_true", help="Daten, Notebooks und Texte nur prüfen")
    other.add_argument("--open", action="store_true", help="den fertigen Bericht öffnen")
    other.add_argument("--lab", action="store_true", help="die Notebooks in JupyterLab öffnen")
    other.add_argument("--version", action="version", version=f"sozialbericht {__version__}", help="die Version nennen")
    other.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")
    return parser


def _folder(year: int, only: Sequence[str]) -> str:
    """The name of the report's folder among several."""
    from sozialbericht.order.request import Request

    return Request(year, only=list(only)).name


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """The console script ``sozialbericht COMMAND …``; returns the exit code."""
    if arguments is None:
        surroundings.settle()
    given = list(sys.argv[1:] if arguments is None else arguments)
    commands = {
        "render": lambda rest: render(rest, "sozialbericht render"), "new": new, "audit": audit, "cache": cache,
    }  # fmt: skip
    if given[:1] == ["--project"]:
        given = [*given[2:3], *given[:2], *given[3:]]
    if given and given[0] in commands:
        return commands[given[0]](given[1:])
    parser = Parser(prog="sozialbericht", description="Bericht zur sozialen Lage.", add_help=False)
    parser.add_argument(
        "befehl",
        choices=tuple(commands),
        metavar=" | ".join(commands),
        help="den Bericht machen; ein Projekt, ein Jahr oder eine Dimension anlegen; die Geheimhaltung eines fertigen "
        "Berichts prüfen; Ergebnisse früherer Läufe; siehe „… --help“",
    )
    parser.add_argument("--version", action="version", version=f"sozialbericht {__version__}", help="Version nennen")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")
    try:
        parser.parse_args(given)
    except SystemExit as stop:
        return _code(stop)
    return SUCCESS


def new(arguments: Sequence[str]) -> int:
    """Begin a project, a year of values or a dimension; returns the exit code."""
    from sozialbericht.scaffold import newcommand

    parser = Parser("sozialbericht new", description=newcommand.DESCRIPTION, add_help=False)
    newcommand.options(parser)
    try:
        newcommand.carried_out(parser.parse_args(arguments), _say)
    except SystemExit as stop:
        return _code(stop)
    except (InputError, ReportError) as error:
        return _failed(error)
    except KeyboardInterrupt:
        _complain("Abgebrochen; es wurde nichts angelegt.")
        return FAILED
    return SUCCESS


def audit(arguments: Sequence[str]) -> int:
    """Say what can be found out from a finished report; returns the exit code: 1 where it must not be published."""
    from sozialbericht.audit import sources
    from sozialbericht.cache.store import folder_of
    from sozialbericht.order.project import default_root

    parser = Parser("sozialbericht audit", description="Prüft die Geheimhaltung im fertigen Bericht.", add_help=False)
    sources.options(parser)
    try:
        text, safe = sources.audited(parser.parse_args(arguments), folder_of(default_root()) / "lesungen")
    except SystemExit as stop:
        return _code(stop)
    except (InputError, ReportError) as error:
        return _failed(error)
    _say(text)
    return SUCCESS if safe else FAILED


def cache(arguments: Sequence[str]) -> int:
    """Say where results of earlier runs lie, or delete them; returns the exit code."""
    parser = Parser(prog="sozialbericht cache", description="Ergebnisse früherer Läufe.", add_help=False)
    parser.add_argument("--clear", action="store_true", help="alle löschen; der nächste Lauf rechnet alles neu")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return _code(stop)
    from sozialbericht.cache.store import Store, folder_of
    from sozialbericht.order.project import default_root

    try:
        folder = folder_of(default_root())
    except InputError as error:
        return _failed(error)
    if options.clear:
        _say(f"Gelöschte Einträge: {Store(folder).clear()} in {folder}")
    else:
        number, size = Store(folder).size()
        _say(f"Einträge: {number}, {size / 1e6:.1f} MB".replace(".", ",") + f" in {folder}")
    return SUCCESS


def render(arguments: Sequence[str] | None = None, prog: str = "render.py") -> int:
    """Make a report, or check or open its parts; returns the exit code 0, 1 or 2."""
    try:
        options = render_parser(prog).parse_args(arguments)
    except SystemExit as stop:
        return _code(stop)
    try:
        return _render(options)
    except (InputError, ReportError) as error:
        return _failed(error)
    except KeyboardInterrupt:
        _complain("Abgebrochen; der letzte fertige Bericht bleibt.")
        return FAILED
    except Exception as error:
        from sozialbericht import border

        _complain(border.noted(error))
        return FAILED


def _failed(error: InputError | ReportError, year: int | None = None) -> int:
    """Say why a report was not made; returns the exit code. ``year`` is said where there are several."""
    which = "" if year is None else f"{year}: "
    if isinstance(error, InputError):
        number = len(error.faults)
        head = "Ein Fehler" if number == 1 else f"{number} Fehler"
        _complain(f"{which}{head} in Daten, Notebooks oder Aufruf; es wurde nichts verändert.\n\n{error}")
        return WRONG
    _complain(f"{which}Der Bericht konnte nicht gemacht werden; der letzte Bericht ist unverändert.\n\n{error}")
    return FAILED


def _render(options: argparse.Namespace) -> int:
    from sozialbericht.order.project import open_project

    if options.lab:
        return _lab()
    from sozialbericht.rendering import production

    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    if options.check:
        years = production.check(open_project(), options.data, *options.year, cache=not options.no_cache)
        _say(f"Alles in Ordnung. Werte gibt es für {', '.join(map(str, years))}.")
        return SUCCESS
    if not options.year:
        years = production.check(open_project(), options.data, cache=not options.no_cache)
        _complain(f"Falscher Aufruf: --year fehlt. Werte gibt es für {', '.join(map(str, years))}.")
        return WRONG
    wanted = options.format or ("html" if options.watch else "all")
    formats = ("pdf", "html") if wanted == "all" else (wanted,)
    years = list(dict.fromkeys(options.year))
    many = len(years) > 1
    requests = [
        production.Request(
            year, formats, options.engine,
            options.output / _folder(year, options.only) if many and options.output else options.output,
            options.only, options.data, options.jobs, options.profiles, not options.no_cache, options.executor,
            options.kernel == "warm",
        )
        for year in years
    ]  # fmt: skip
    if options.watch:
        return _watch(requests, options.open)
    code = SUCCESS
    outcomes = production.make_all(requests, say=_say) if many else [production.make(requests[0], say=_say)]
    for year, made in zip(years, outcomes, strict=True):
        if isinstance(made, Exception):
            code = max(code, _failed(made, year))
            continue
        for path in (made.pdf, made.profiles, made.page):
            if path:
                _say(f"Fertig: {path}")
                if options.open:
                    webbrowser.open(path.as_uri())
    return code


def _watch(requests: list[Request], shown: bool) -> int:
    """Make the reports after each change until Ctrl-C; ``shown`` opens the preview in the browser."""
    from sozialbericht.order.project import find_data
    from sozialbericht.rendering import production, watch

    def make() -> list[production.Outcome]:
        return production.make_all(requests, say=_say)

    opened = webbrowser.open if shown else str
    try:
        watch.watch(requests, make, find_data(requests[0].data), say=_say, opened=opened)
    except KeyboardInterrupt:
        _say("\nVorschau beendet.")
    return SUCCESS


def _lab() -> int:
    """Open the notebooks in JupyterLab with the project's own modules on the path of its kernels."""
    from sozialbericht.order.project import TOLD, default_root, package_path

    root = default_root()
    path = os.pathsep.join(filter(None, [str(root), *package_path(), os.environ.get("PYTHONPATH", "")]))
    told = {**os.environ, "PYTHONPATH": path, TOLD: str(root)}
    command = [sys.executable, "-m", "jupyterlab", str(root / "notebooks")]
    return subprocess.run(command, env=told, check=False).returncode


def _say(line: str) -> None:
    surroundings.write(line, sys.stdout)


def _complain(text: str) -> None:
    surroundings.write(text, sys.stderr)


def _code(stop: SystemExit) -> int:
    return stop.code if isinstance(stop.code, int) else SUCCESS

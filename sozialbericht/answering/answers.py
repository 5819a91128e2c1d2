"""Answers: the commands that say something of a report or its data and whether all is well, and how every command
speaks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from sozialbericht import surroundings
from sozialbericht.faults import InputError, ReportError
from sozialbericht.parser import FAILED, SUCCESS, WRONG, Parser


def audit(arguments: Sequence[str]) -> int:
    """Say what can be found out from a finished report; returns the exit code: 1 where it must not be published."""
    from sozialbericht.audit import sources
    from sozialbericht.cache.runcache import RunCache
    from sozialbericht.order.project import default_root

    told = "Prüft die Geheimhaltung im fertigen Bericht."
    return _judged("audit", told, sources.options, arguments, lambda o: sources.audited(o, RunCache.of(default_root())))


def verify(arguments: Sequence[str]) -> int:
    """Say whether a report comes out again to the byte; returns the exit code: 1 where it does not."""
    from sozialbericht.comparison import verifying

    told = verifying.DESCRIPTION
    return _judged("verify", told, verifying.options, arguments, lambda options: verifying.verified(options, say))


def compare(arguments: Sequence[str]) -> int:
    """Say what differs between two reports; returns the exit code: 1 where anything does."""
    from sozialbericht.comparison import comparing

    return _judged("compare", comparing.DESCRIPTION, comparing.options, arguments, comparing.compared)


def export(arguments: Sequence[str]) -> int:
    """Write the open data of a report; returns the exit code."""
    from sozialbericht.export import exporting

    def done(options: argparse.Namespace) -> tuple[str, bool]:
        return f"Fertig: {exporting.exported(options)}", True

    return _judged("export", exporting.DESCRIPTION, exporting.options, arguments, done)


def hinweise(arguments: Sequence[str]) -> int:
    """Say what is unusual in the data, or accept it; returns the exit code."""
    from sozialbericht.rendering import inspection

    told = "Was an den Daten ungewöhnlich ist."
    return _judged("hinweise", told, inspection.options, arguments, lambda o: (inspection.inspected(o), True))


def status(arguments: Sequence[str]) -> int:
    """Say what of earlier runs is unchanged and what is stale, and why; returns the exit code."""
    from sozialbericht.answering import statusreport

    told = statusreport.DESCRIPTION
    return _judged("status", told, statusreport.options, arguments, lambda o: (statusreport.told(o), True))


def deliveries(arguments: Sequence[str]) -> int:
    """Bring an office's file into the data, or take the last one back; returns the exit code."""
    from sozialbericht.delivery.intake import importing

    def done(options: argparse.Namespace) -> tuple[str, bool]:
        return importing.imported(options, say), True

    return _judged("import", importing.DESCRIPTION, importing.options, arguments, done)


def _judged(
    name: str, told: str, options: Callable[[Parser], object], arguments: Sequence[str],
    act: Callable[[argparse.Namespace], tuple[str, bool]],
) -> int:  # fmt: skip
    """Carry out a command that says something and whether all is well; returns the exit code."""
    parser = Parser(f"sozialbericht {name}", description=told, add_help=False)
    options(parser)
    try:
        text, well = act(parser.parse_args(arguments))
    except SystemExit as stop:
        return code(stop)
    except (InputError, ReportError) as error:
        return failed(error)
    except KeyboardInterrupt:
        complain("Abgebrochen; es wurde nichts verändert.")
        return FAILED
    say(text)
    return SUCCESS if well else FAILED


def failed(error: InputError | ReportError, year: int | None = None) -> int:
    """Say why a report was not made; returns the exit code. ``year`` is said where there are several."""
    which = "" if year is None else f"{year}: "
    if isinstance(error, InputError):
        number = len(error.faults)
        head = "Ein Fehler" if number == 1 else f"{number} Fehler"
        complain(f"{which}{head} in Daten, Notebooks oder Aufruf; es wurde nichts verändert.\n\n{error}")
        return WRONG
    complain(f"{which}Der Bericht konnte nicht gemacht werden; der letzte Bericht ist unverändert.\n\n{error}")
    return FAILED


def say(line: str) -> None:
    """Say a line on standard output."""
    surroundings.write(line, sys.stdout)


def complain(text: str) -> None:
    """Say what is wrong on standard error."""
    surroundings.write(text, sys.stderr)


def code(stop: SystemExit) -> int:
    """The exit code with which a parser ends the command."""
    return stop.code if isinstance(stop.code, int) else SUCCESS

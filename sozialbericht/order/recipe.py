"""Recipe: the command that makes a report again, as its manifest names it – without folders, jobs and the cache, on
which nothing in it depends."""

from __future__ import annotations

import argparse
import shlex

from sozialbericht.faults import Fault, InputError
from sozialbericht.order import wishes
from sozialbericht.order.request import Request

PROGRAM = "sozialbericht render"


def of(request: Request, engine: str) -> str:
    """The command for a request, set by this engine."""
    words = ["--year", str(request.year), "--engine", engine]
    if request.compare_with is not None:
        words += ["--compare-with", str(request.compare_with)]
    if len(request.formats) == 1:
        words += ["--format", *request.formats]
    if request.only:
        words += ["--only", *request.only]
    if request.profiles is not None:
        words += ["--profiles", *request.profiles]
    if request.draft:
        words += ["--draft"]
    return f"{PROGRAM} {shlex.join(words)}"


def request(command: str) -> Request:
    """What a command asks for; raises :class:`InputError` where it is none that :func:`of` has written."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    wishes.options(parser)
    try:
        if not command.startswith(f"{PROGRAM} "):
            raise ValueError
        given, unknown = parser.parse_known_args(shlex.split(command.removeprefix(PROGRAM)))
        (year,) = given.year
        if unknown:
            raise ValueError
    except (ValueError, argparse.ArgumentError, SystemExit) as error:
        what = f"Das Manifest nennt keinen Befehl, der den Bericht macht: „{command[:80]}“."
        raise InputError([Fault("manifest.json", what, "Den Bericht neu machen.")]) from error
    formats = (given.format,) if given.format in ("pdf", "html") else ("pdf", "html")
    return Request(
        year, formats, given.engine, only=given.only, profiles=given.profiles, draft=given.draft,
        compare_with=given.compare_with,
    )  # fmt: skip

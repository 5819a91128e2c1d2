"""Makers: with what a report is made here: program, Python, pandoc, Typst, Quarto, the form of the data."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from importlib import metadata
from typing import Any

from sozialbericht import __version__, surroundings
from sozialbericht.faults import InputError, ReportError

#: What says in a data folder by which form it is described.
_FORM = "$schema"


class Version(argparse.Action):
    """``--version``: say it and end; nothing is looked for before somebody asks."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**{**named, "nargs": 0})

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Say the versions."""
        surroundings.write(told(), sys.stdout)
        parser.exit()


def told() -> str:
    """The versions, one a line."""
    from sozialbericht.stitching import pandoc

    lines = [
        f"sozialbericht {__version__}",
        f"Python {platform.python_version()}",
        f"pandoc (pypandoc-binary) {pandoc.version()}",
        f"Typst {metadata.version('typst')}",
        f"Quarto {_quarto()}",
        f"Datenvertrag {_contract()}",
    ]
    return "\n".join(lines)


def _quarto() -> str:
    from sozialbericht.stitching import quarto

    try:
        if program := quarto.find():
            return f"{quarto.version(program)} ({program})"
        return "nicht installiert; es setzt der eingebaute Setzer"
    except ReportError as error:
        return f"nicht zu verwenden: {error.args[0]}"


def _contract() -> str:
    """The form of the project's data, and how many files of values it has."""
    from sozialbericht.data.timeline import valueyears
    from sozialbericht.order.project import DATA, default_root

    try:
        folder = default_root() / DATA
        described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8-sig"))
        years = valueyears.of(folder)
        span = f"; Werte von {years[0]} bis {years[-1]}" if years else ""
        return f"{described.get('name', 'ohne Namen')}: {described.get(_FORM, 'ohne Angabe der Form')}{span}"
    except (InputError, OSError, ValueError, AttributeError):
        return "– (hier ist kein Projekt)"

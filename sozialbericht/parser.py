"""Parser: the options of a command, with messages in German, and the exit codes of all commands."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

SUCCESS, FAILED, WRONG = 0, 1, 2
GERMAN = (
    (r"unrecognized arguments: (.*)", r"unbekannt: \1"),
    (r"argument (\S+): expected one argument", r"\1 braucht eine Angabe"),
    (r"argument (\S+): expected at least one argument", r"\1 braucht mindestens eine Angabe"),
    (r"argument (\S+): invalid (?:int|_positive) value: '(.*)'", r"\1 braucht eine ganze Zahl, nicht „\2“"),
    (r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)", r"\1: „\2“ gibt es nicht, nur \3"),
    (r"the following arguments are required: (.*)", r"es fehlt \1"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks German and exits with code 2; every command takes ``--project``."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        told = "das Projekt (Vorgabe: das, in dem der Arbeitsordner liegt)"
        self.add_argument("--project", metavar="ORDNER", help=told, default=argparse.SUPPRESS)

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

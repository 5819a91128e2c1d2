"""Parser: the options of a command, with messages in German, and the exit codes of all commands."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from sozialbericht.faults import nearest

SUCCESS, FAILED, WRONG = 0, 1, 2
#: What argparse says, in German, and what to do.
GERMAN = (
    (r"unrecognized arguments: (.*)", r"unbekannt: \1", "Die Angabe streichen oder berichtigen."),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 ist nicht eindeutig", r"Den Namen ganz schreiben: \2."),
    (r"argument (.+?): expected one argument", r"\1 braucht eine Angabe", r"Sie dahinter schreiben: \1 WERT."),
    (
        r"argument (.+?): expected at least one argument", r"\1 braucht mindestens eine Angabe",
        r"Sie dahinter schreiben: \1 WERT …",
    ),
    (
        r"argument (.+?): expected at most one argument", r"\1 nimmt höchstens eine Angabe", "Die anderen streichen.",
    ),
    (r"argument (.+?): expected (\d+) arguments?", r"\1 braucht \2 Angaben", "So viele dahinter schreiben."),
    (
        r"argument (.+?): invalid (?:int|_positive) value: '(.*)'", r"\1 braucht eine ganze Zahl, nicht „\2“",
        r"Eine Zahl schreiben: \1 2006.",
    ),
    (r"argument (.+?): invalid \S+ value: '(.*)'", r"\1 versteht „\2“ nicht", "Die Angabe berichtigen."),
    (r"argument (.+?): invalid choice: '(.*)' \(choose from (.*)\)", r"\1: „\2“ gibt es nicht", r"Es gibt nur: \3."),
    (r"argument (.+?): not allowed with argument (\S+)", r"\1 und \2 gehen nicht zusammen", "Eines davon streichen."),
    (r"argument (.+?): ignored explicit argument '(.*)'", r"\1 nimmt keine Angabe („\2“)", "Sie streichen."),
    (r"the following arguments are required: (.*)", r"es fehlt \1", r"\1 ergänzen."),
    (r"one of the arguments (.*) is required", r"es fehlt eine Angabe: \1", "Eine davon ergänzen."),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks German and exits with code 2; every command takes ``--project``."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._positionals.title, self._optionals.title = "Angaben", "Weiteres"
        told = "das Projekt (Vorgabe: das, in dem der Arbeitsordner liegt)"
        self.add_argument("--project", metavar="ORDNER", help=told, default=argparse.SUPPRESS)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and what to do."""
        what, remedy = message, ""
        for pattern, german, then in GERMAN:
            if match := re.fullmatch(pattern, message):
                what = match.expand(german)
                remedy = self._nearest(match) or self._chosen(match) or match.expand(then).replace("'", "")
                break
        arrow = f"\n  → {remedy}" if remedy else ""
        self.exit(WRONG, f"Falscher Aufruf: {what}{arrow}\nHilfe: {self.prog} --help\n")

    def _nearest(self, match: re.Match[str]) -> str:
        """A question for the option or choice that is meant, "" where none is near."""
        if match.re.pattern.startswith("unrecognized"):
            wrong = next((word for word in match[1].split() if word.startswith("-")), match[1])
            return nearest(wrong.partition("=")[0], self._option_string_actions)
        if "invalid choice" in match.re.pattern:
            return nearest(match[2], match[3].replace("'", "").split(", "))
        return ""

    def _chosen(self, match: re.Match[str]) -> str:
        """What there is where an argument of few choices is missing, "" for all others."""
        if "required" not in match.re.pattern:
            return ""
        found = next((action.choices for action in self._actions if action.metavar == match[1]), None)
        return f"Es gibt: {', '.join(map(str, found))}." if found else ""

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage: ", "Aufruf: ", 1)

    def format_help(self) -> str:
        """The help text; what is asked for rarely stands last."""
        self._action_groups.sort(key=lambda group: group is self._optionals)
        return super().format_help().replace("usage: ", "Aufruf: ", 1)

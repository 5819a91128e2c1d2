"""The code of a notebook as one program: its cells one behind the other, each line with the cell that it stands in."""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sozialbericht.execution.mishaps import syntaxwords
from sozialbericht.faults import Fault

_COMMAND = re.compile(r"^(\s*)(?:[\w, ]+=\s*)?([%!]{1,2}[\w.]?.*|\?{1,2}[\w.]+|[\w.]+\?{1,2})\s*$")
_REMEDIES = {
    "matplotlib": "Die Zeile löschen; Abbildungen setzt b.abbildung(…).",
    "pip": "Die Zeile löschen; Pakete stehen in requirements.lock und werden vorher installiert.",
    "conda": "Die Zeile löschen; Pakete stehen in environment.yml und werden vorher installiert.",
    "run": "Die Zeile löschen; gemeinsamer Code gehört in ein Modul (.py) neben den Notebooks und wird importiert.",
}
_REMEDY = "Die Zeile löschen; im Bericht gibt es nur Python, Werte kommen von b.daten(…), b.reihe(…), b.merkmal(…)."


@dataclass
class Program:
    """The code cells of a notebook: their tree and text, and the faults that keep one from being Python.

    ``whole`` says that every cell could be read. Lines are counted through all cells.
    """

    place: str
    tree: ast.Module = field(default_factory=lambda: ast.Module([], []))
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True
    text: str = ""
    _starts: list[int] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    def where(self, line: int) -> tuple[str, int]:
        """The place of a line: notebook and cell, and the line in the cell."""
        at = max(0, bisect_right(self._starts, line) - 1)
        return f"{self.place}, Zelle {self._numbers[at]}", line - self._starts[at] + 1

    def fault(self, at: int | ast.stmt | ast.expr, what: str, remedy: str) -> Fault:
        """A fault at a line or at a part of the code."""
        number = at if isinstance(at, int) else at.lineno
        place, row = self.where(number)
        line = self._lines[number - 1] if number <= len(self._lines) else ""
        if isinstance(at, int):
            return Fault(place, what, remedy, row=row, line=line)
        end = at.end_col_offset if at.end_lineno == number else None
        span = tuple(len(line.encode()[:place].decode("utf-8", "replace")) for place in (at.col_offset, end))
        return Fault(place, what, remedy, row=row, line=line, span=(span[0], span[1]))

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def _add(self, number: int, code: str, start: int) -> None:
        self._starts.append(start + 1)
        self._numbers.append(number)
        self.text += code + "\n"
        tree = parsed("\n" * start + code)
        commands, plain = _commands(code) if isinstance(tree, SyntaxError) else ([], code)
        where = f"{self.place}, Zelle {number}"
        for row, words in commands:
            name = re.match(r"[\w, ]*=?\s*[%!?]*\s*(\w*)", words)
            what = f"„{words.strip()[:60]}“ ist ein Befehl für IPython oder das System und gehört nicht in den Bericht."
            self.faults.append(
                Fault(where, what, _REMEDIES.get(name[1] if name else "", _REMEDY), row, line=words)
            )
        if commands:
            tree = parsed("\n" * start + plain)
        if isinstance(tree, ast.Module):
            self.tree.body += tree.body
            return
        self.whole = False
        if not tree.lineno:
            self.faults.append(Fault(where, tree.msg, "Die Zelle in JupyterLab vereinfachen."))
            return
        row, place = tree.lineno - start, max(0, (tree.offset or 1) - 1)
        line = [*code.split("\n"), ""][row - 1]
        what, remedy = syntaxwords.said(tree.msg)
        what = f"{what.rstrip('.')} ({type(tree).__name__}: {tree.msg})."
        self.faults.append(Fault(where, what, remedy, row=row, line=line, span=(place, place + 1)))


def program(place: str, cells: Sequence[tuple[int, str]]) -> Program:
    """The program of a notebook's code cells, given with their numbers."""
    made, start = Program(place), 0
    for number, code in cells:
        made._add(number, code, start)
        start += code.count("\n") + 1
    return made


def parsed(code: str) -> ast.Module | SyntaxError:
    """Code as Python's tree, or why it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return SyntaxError(
            "Python versteht die Zelle nicht: Sie ist zu tief verschachtelt oder enthält unlesbare Zeichen."
        )


def _commands(code: str) -> tuple[list[tuple[int, str]], str]:
    """The lines that are commands of IPython (``%magic``, ``!shell``, ``name?``), and the code without them."""
    lines = code.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):  # the whole cell is one
        return [(first + 1, lines[first])], ""
    found = []
    for number, line in enumerate(lines):
        if match := _COMMAND.match(line):
            found.append((number + 1, line))
            lines[number] = f"{match[1]}pass"
    return found, "\n".join(lines)

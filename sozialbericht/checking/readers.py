"""Calls and modules by which a notebook would get round the protected tables."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from sozialbericht.checking.code.program import Program
from sozialbericht.faults import Fault

READERS = re.compile(r"^(read_\w+|open|read_text|read_bytes|genfromtxt|loadtxt|load_workbook|urlopen|urlretrieve)$")
MODULES = {"csv", "sqlite3", "openpyxl", "pyogrio", "fiona", "requests", "urllib", "sozialbericht.data"}
#: No code without one of these words can be one.
_WORDS = re.compile(
    r"\b(?:read_|open\b|load_|loadtxt|genfrom|url|requests|csv|sqlite3|openpyxl|pyogrio|fiona|"
    r"sozialbericht\.data|sozialbericht import)"
)
REMEDY = "Notebooks bekommen ihre Zahlen geschützt: b.daten(…), b.reihe(…), b.geodaten(…)."


def check(program: Program) -> Iterator[Fault]:
    """What of a notebook's code reads files or the net."""
    if not _WORDS.search(program.text):
        return
    for node in ast.walk(program.tree):
        name = ""
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            name = name if READERS.match(name) else ""
        elif isinstance(node, ast.Import):
            name = next((a.name for a in node.names if _forbidden(a.name)), "")
        elif isinstance(node, ast.ImportFrom):
            whole = [node.module or "", *(f"{node.module}.{a.name}" for a in node.names)]
            name = next((n for n in whole if _forbidden(n)), "")
        if name and isinstance(node, (ast.stmt, ast.expr)):
            yield program.fault(node, f"Die Zelle liest Dateien oder das Netz („{name}“).", REMEDY)


def _forbidden(module: str) -> bool:
    return any(module == m or module.startswith(m + ".") for m in MODULES)

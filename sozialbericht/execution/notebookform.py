"""Form of a notebook: what papermill and the stitchers rely on, told with the cell where it is missing."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence
from typing import Any

from sozialbericht.faults import Fault

_KINDS = ("code", "markdown", "raw")
_SAVE = "Das Notebook in JupyterLab öffnen und speichern oder die letzte Fassung zurückholen."
_SIMPLE = re.compile(r"^(\w+)\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE)


def check_cells(place: str, notebook: dict[str, Any]) -> list[Fault]:
    """Cells must be such that their kind and their source are beyond doubt."""
    faults = []
    for number, cell in enumerate(notebook["cells"], start=1):
        if what := _cell_fault(cell):
            faults.append(Fault(f"{place}, Zelle {number}", what, _SAVE))
    return faults


def _cell_fault(cell: Any) -> str:
    if not isinstance(cell, dict):
        return "Die Zelle ist kein Objekt."
    if cell.get("cell_type") not in _KINDS:
        return "Die Art der Zelle („cell_type“) fehlt oder ist unbekannt."
    text = cell.get("source", "")
    if not isinstance(text, str) and not (isinstance(text, list) and all(isinstance(line, str) for line in text)):
        return "Der Inhalt der Zelle („source“) ist kein Text."
    return ""


def check_metadata(place: str, notebook: dict[str, Any]) -> list[Fault]:
    """The metadata that execution needs: version, language, tags."""
    faults = []
    version, minor = notebook.get("nbformat"), notebook.get("nbformat_minor")
    if type(version) is not int or type(minor) is not int or version != 4 or minor < 0:
        faults.append(Fault(place, "Die Fassung des Notebooks („nbformat“) fehlt oder ist nicht 4.", _SAVE))
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict) or _language(metadata) != "python":
        what = "In den Metadaten fehlt die Sprache Python („kernelspec“ mit „language“)."
        faults.append(Fault(place, what, "Das Notebook in JupyterLab mit dem Kernel Python 3 öffnen und speichern."))
    for number, cell in enumerate(notebook["cells"], start=1):
        own = cell.get("metadata")
        tags = own.get("tags", []) if isinstance(own, dict) else None
        if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
            what = (
                "Die Metadaten der Zelle fehlen."
                if own is None
                else "Die Schlagworte der Zelle („tags“) sind keine Liste."
            )
            faults.append(Fault(f"{place}, Zelle {number}", what, _SAVE))
        elif not isinstance(cell.get("outputs", []), list) or not isinstance(cell.get("id", ""), str):
            faults.append(Fault(f"{place}, Zelle {number}", "Ausgaben oder Kennung der Zelle sind unlesbar.", _SAVE))
    return faults


def _language(metadata: dict[str, Any]) -> str:
    """The language of a notebook as papermill finds it, "" where it would not."""
    info, kernel = metadata.get("language_info", {}), metadata.get("kernelspec", {})
    if not isinstance(info, dict) or not isinstance(kernel, dict):
        return ""
    found = info.get("name") or kernel.get("language")
    return found.lower() if isinstance(found, str) else ""


def missing_parameters(code: str, needed: Sequence[str]) -> list[str]:
    """The names that a cell of parameters does not set, with or without a type (``jahr: int = 2006``)."""
    tree = parsed(code)
    names = set(_SIMPLE.findall(code)) if isinstance(tree, str) else set()
    for statement in [] if isinstance(tree, str) else tree.body:
        targets: list[ast.expr] = []
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets = [statement.target]
        names |= {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
    return [name for name in needed if name not in names]


def parsed(code: str) -> ast.Module | str:
    """A cell's code as Python's tree, or in German why it is none."""
    plain = "\n".join("pass" if line.lstrip().startswith(("%", "!")) else line for line in code.splitlines())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(plain)
    except SyntaxError as error:
        return f"Python versteht Zeile {error.lineno} nicht: {error.msg}."
    except (ValueError, RecursionError, MemoryError):
        return "Python versteht die Zelle nicht: Sie ist zu tief verschachtelt oder enthält unlesbare Zeichen."

"""The failed cell of an executed notebook: its number, the line, the words of the kernel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sozialbericht.execution.chapters import read_notebook, source
from sozialbericht.execution.mishaps.cellfault import MEDIA_TYPE
from sozialbericht.order.tasks import Failure

#: Tags of the cells that papermill puts in.
INJECTED, MARKER = "injected-parameters", "papermill-error-cell-tag"


def failure(place: str, otherwise: tuple[str, str], saved: Path, begun: Sequence[int] = ()) -> Failure:
    """The failure of the notebook ``place``; cause and remedy are ``otherwise`` where its kernel has said none. For
    ``begun`` see :func:`found`."""
    number, cell = found(saved, begun)
    record = _record(cell) if cell else {}
    cause, remedy = otherwise
    if record:
        cause, remedy = str(record["was"]), str(record["rat"])
    if cell is None or "row" not in record:
        lines = [line for line in source(cell).splitlines() if line.strip()] if cell else []
        return Failure(place, number, lines[0].strip() if lines else "", cause, remedy)
    for other, defining in _own_cells(saved):  # a function of one cell may fail when another calls it
        if defining["cell_type"] == "code" and defining.get("execution_count") == record["run"] and other != number:
            cause += f" Aufgerufen in Zelle {number}."
            number, cell = other, defining
            break
    row, span, text = _in_cell(record, source(cell))
    return Failure(place, number, text, cause, remedy, row, span)


def found(saved: Path, begun: Sequence[int] = ()) -> tuple[int | None, dict[str, Any] | None]:
    """Number (without papermill's own cells) and content of the cell that failed, or else of the last one that has
    ``begun`` (counted from 0, with papermill's cells)."""
    for number, cell in _own_cells(saved):
        broken = any(o["output_type"] == "error" for o in cell.get("outputs", []))
        if cell["cell_type"] == "code" and (broken or _stopped(cell)):
            return number, cell
    if begun and saved.is_file():
        cells = [c for c in read_notebook(saved)["cells"] if MARKER not in _tags(c)]
        if begun[-1] < len(cells):
            number = sum(INJECTED not in _tags(c) for c in cells[: begun[-1] + 1])
            return number, cells[begun[-1]]
    return None, None


def _stopped(cell: dict[str, Any]) -> bool:
    """Whether a cell has failed without an output of an error, as with groups of exceptions."""
    return bool(cell.get("metadata", {}).get("papermill", {}).get("exception"))


def _own_cells(saved: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The cells of the notebook as it was, with their numbers."""
    cells = read_notebook(saved)["cells"] if saved.is_file() else []
    yield from enumerate((c for c in cells if not {INJECTED, MARKER} & set(_tags(c))), 1)


def _tags(cell: dict[str, Any]) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", []))


def _record(cell: dict[str, Any]) -> dict[str, Any]:
    """What the kernel has said of the error."""
    found: list[dict[str, Any]] = [
        o["data"][MEDIA_TYPE] for o in cell.get("outputs", []) if MEDIA_TYPE in o.get("data", {})
    ]
    return found[-1] if found else {}


def _in_cell(record: dict[str, Any], text: str) -> tuple[int, tuple[int, int] | None, str]:
    """Line, columns and words of an error in its cell: the kernel drops empty lines and an indent at the beginning."""
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    row = record["row"] + first
    line = lines[row - 1] if row <= len(lines) else ""
    if record.get("start") is None:
        return row, None, line
    indent = len(lines[first]) - len(lines[first].lstrip())
    return row, (record["start"] + indent, record["end"] + indent), line

"""Cellmemory: what the cells of a notebook have put into the report so far, in the kernel that runs them in JupyterLab.

A run of the report needs no memory and keeps none: its kernels are told that they belong to one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from IPython.core.getipython import get_ipython

from sozialbericht.order.project import RUN


@dataclass
class Cell:
    """A cell that has been run: its text, the blocks that it has put, each as the report reads it."""

    source: str
    blocks: list[dict[str, Any]] = field(default_factory=list)


#: The cells by their ids, those run last at the end; of an editor that tells no ids by their text.
_cells: dict[str, Cell] = {}
#: The shells whose cells are noted: one, or none.
_shells: list[Any] = []


def begin() -> None:
    """Note from now on what the cells of this kernel put, the one that runs first; nothing in a run of the report."""
    shell: Any = get_ipython()
    if os.environ.get(RUN) or not hasattr(shell, "get_parent") or shell in _shells:
        return
    _shells.append(shell)
    shell.events.register("pre_run_cell", _noted)
    _noted()


def keep(block: dict[str, Any]) -> None:
    """Remember a block of the cell that runs."""
    if _shells and _cells:
        next(reversed(_cells.values())).blocks.append(block)


def cells() -> dict[str, Cell]:
    """The cells run so far that are still in the notebook."""
    return dict(_cells)


def texts() -> set[str]:
    """The texts of all cells run in this kernel, also before anything was noted."""
    return {str(text) for shell in _shells for text in shell.history_manager.input_hist_raw} | {
        cell.source for cell in _cells.values()
    }


def _noted(_: object = None) -> None:
    """Begin the cell that runs anew, and forget those that were deleted."""
    asked: dict[str, Any] = _shells[-1].get_parent()
    told, text = asked.get("metadata", {}), str(asked.get("content", {}).get("code", ""))
    for gone in (*told.get("deletedCells", []), key := str(told.get("cellId") or text)):
        _cells.pop(gone, None)
    _cells[key] = Cell(text)

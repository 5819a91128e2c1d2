"""Opening: the grids in a file or a pasted text."""

from __future__ import annotations

from pathlib import Path

from sozialbericht.delivery.sheets.grid import Grid


def grids(path: Path) -> list[Grid]:
    """The sheets of a workbook, a text table, or of all that an archive holds; raises :class:`InputError`."""
    raise NotImplementedError(path)


def pasted(text: str) -> list[Grid]:
    """The table in a text from the clipboard; raises :class:`InputError`."""
    raise NotImplementedError(text)

"""Searching: the tables in the grids of a delivery."""

from __future__ import annotations

from collections.abc import Iterable

from sozialbericht.delivery.layout.foundtable import FoundTable
from sozialbericht.delivery.sheets.grid import Grid


def tables(grids: Iterable[Grid]) -> list[FoundTable]:
    """The tables of all grids, in their order; raises :class:`InputError` where there is none at all."""
    raise NotImplementedError(grids)

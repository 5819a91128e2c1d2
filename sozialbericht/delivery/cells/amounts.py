"""Amounts: one cell as a number or as one of the signs that stand in place of a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sozialbericht.delivery.sheets.grid import Cell


@dataclass(frozen=True)
class Amount:
    """A number, or the sign of the contract that stands in its place (`.`, `*`, `/`, `…`, `x`, `-`).

    Per cent cells give the number that is seen: 12.5 for 12,5 %.
    """

    value: float | None
    sign: str
    bracketed: bool
    """Whether the number stands in brackets: of low reliability."""


def amount(cell: Cell, legend: Mapping[str, str], decimal: str = ",") -> Amount:
    """What a cell says, signs by the source's ``legend`` (sign -> sign of the contract); raises
    :class:`~sozialbericht.data.reading.parsing.CellError`. An empty cell is `…` unless the legend maps ""."""
    raise NotImplementedError(cell, legend, decimal)


def decimal_of(cells: Iterable[Cell]) -> str:
    """The decimal sign of a column: "." only where its texts leave no other reading, else ","."""
    raise NotImplementedError(cells)

"""What a chart has to know of an indicator to print its values, and of the years that a series spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """How values are printed: decimals, unit (``%``, ``je 1.000``), the name of the city beside them."""

    decimals: int
    unit: str = ""
    city: str = ""


@dataclass(frozen=True)
class Span:
    """The years of a series, and those in which a new count begins."""

    years: Sequence[int]
    breaks: Sequence[int] = ()

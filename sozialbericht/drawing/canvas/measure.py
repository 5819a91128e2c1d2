"""What a chart has to know of an indicator to print its values, and of the years that a series spans."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from sozialbericht.numbers import rounded

Numbers = TypeVar("Numbers", pd.Series, pd.DataFrame)


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


def as_printed(values: Numbers, decimals: int) -> Numbers:
    """Numbers as they are printed, so that no picture knows more than its table; NaN stays NaN."""
    return values.map(lambda value: printed(value, decimals))


def printed(value: float, decimals: int) -> float:
    """A number as it is printed; NaN stays NaN."""
    return rounded(value, decimals) if math.isfinite(value) else math.nan

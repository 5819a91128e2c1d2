"""Panel: the numbers of one Merkmal as areas × Stände, cut where its series breaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from sozialbericht.plausibility.course import Course


@dataclass(frozen=True)
class Panel:
    """The numbers of a Merkmal: ``values`` has a row per area and a column per Stichtag, NaN where there is no number.

    ``base`` marks the smallest areas; ``cuts`` are the positions of the Stichtage at which a declared break begins a
    new series; ``counted`` says whether the numbers are counts.
    """

    feature: str
    areas: tuple[str, ...]
    dates: tuple[dt.date, ...]
    values: np.ndarray
    base: np.ndarray
    cuts: tuple[int, ...] = ()
    counted: bool = True

    @cached_property
    def courses(self) -> tuple[tuple[int, Course], ...]:
        """The series without a break, each with the position of its first Stichtag."""
        edges = sorted({0, *self.cuts, len(self.dates)})
        return tuple(
            (first, Course(self.values[:, first:end], self.base, counted=self.counted))
            for first, end in pairwise(edges)
        )

    @cached_property
    def unusual(self) -> np.ndarray:
        """How far each number is from what its own past and the change of all let expect, in usual deviations."""
        return np.hstack([course.unusual for _, course in self.courses])

    @cached_property
    def best(self) -> np.ndarray:
        """What is expected of each number; NaN where nothing is."""
        return np.hstack([course.best for _, course in self.courses])

    def columns(self) -> Iterator[tuple[dt.date, np.ndarray]]:
        """Each Stichtag with the numbers of the smallest areas."""
        for at, date in enumerate(self.dates):
            yield date, self.values[self.base, at]

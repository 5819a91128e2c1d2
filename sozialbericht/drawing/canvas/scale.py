"""The scale of an axis: round ticks that enclose all values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sozialbericht.numbers import number


@dataclass(frozen=True)
class Scale:
    """Round ticks in ascending order; the axis begins at the first and ends at ``high``."""

    ticks: tuple[float, ...]
    high: float

    @property
    def low(self) -> float:
        """The lower end, the first tick."""
        return self.ticks[0]

    def at(self, value: float, start: float, end: float) -> float:
        """Where ``value`` lies between ``start`` and ``end`` mm."""
        return start + (value - self.low) / (self.high - self.low) * (end - start)

    def labels(self) -> list[str]:
        """The ticks as numbers, with as many decimals as their step needs."""
        step = self.ticks[1] - self.ticks[0]
        decimals = next(d for d in range(10) if d == 9 or abs(round(step, d) - step) < 1e-9 * max(step, 1))
        return [number(t, decimals) for t in self.ticks]


def enclosing(values: Iterable[float], steps: int, *, from_zero: bool = False, close: bool = False) -> Scale:
    """A scale of about ``steps`` round steps around all finite values.

    It begins at 0 where asked, or where that costs little room, and ends at a tick or, with ``close``, just
    above the highest value; without values it runs from 0 to 1.
    """
    finite = np.asarray([v for v in values if np.isfinite(v)], dtype=float)
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    if low >= 0 and (from_zero or low <= 0.25 * (high - low)):
        low = 0.0
    if from_zero:
        high = max(high, 0.0)
    if high - low < 1e-6 * max(1.0, abs(high), abs(low)):
        low, high = low - (0 if low == 0 and from_zero else 0.5), high + 0.5
    ticks = MaxNLocator(nbins=steps, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    inside = [float(t) for t in np.round(ticks, 9)]
    while len(inside) > 2 and inside[1] <= low:
        inside = inside[1:]
    while len(inside) > 2 and inside[-2] >= high:
        inside = inside[:-1]
    end = inside[-1]
    if close and len(inside) > 2 and high < end:
        end = max(high + 0.03 * (high - inside[0]), inside[-2])
        inside = [t for t in inside if t <= end]
    return Scale(tuple(t + 0.0 for t in inside), end)


def note(fig: Figure, *scales: Scale) -> None:
    """Note at a figure whether its axes leave 0 out: its reader has to know."""
    out = [scale for scale in scales if scale.low > 0 or scale.high < 0]
    if out:
        fig.set_label("die Achse beginnt nicht bei 0" if len(out) == 1 else "die Achsen beginnen nicht bei 0")


def noted(fig: Figure) -> str:
    """What was noted of a figure's axes, in words; nothing where they hold 0 or nobody has noted it."""
    words = str(fig.get_label())
    return words if words.startswith("die Achse") else ""


def lanes_of(places: Sequence[float], apart: float) -> list[int]:
    """A lane (0, −1, 1, −2, …) for each of the ascending places, so that those of a lane are ``apart``, all in mm."""
    last: dict[int, float] = {}
    chosen = []
    for x in places:
        lanes = chain([0], (side * n for n in count(1) for side in (-1, 1)))
        lane = next(k for k in lanes if x - last.get(k, -1e9) >= apart)
        last[lane] = x
        chosen.append(lane)
    return chosen

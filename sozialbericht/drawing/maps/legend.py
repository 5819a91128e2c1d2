"""The legend of a map: classes from the burdened end with counts, the statuses that occur, the city's value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from matplotlib.axes import Axes

from sozialbericht.drawing.canvas import marks, signs
from sozialbericht.drawing.canvas.brand import ink_on
from sozialbericht.drawing.canvas.steps import IN_PRINT, ON_THE_WEB, Steps
from sozialbericht.drawing.canvas.style import text_width, wrap
from sozialbericht.numbers import number, status_sign, status_word
from sozialbericht.status import Status

SWATCH = (7.0, 4.4)
ROW, LINE = 5.2, 3.1
INDENT = 9.0


@dataclass(frozen=True)
class Entry:
    """One line of the legend: a swatch in a token's colour, words, a count; ``status`` as in the values.

    ``mark`` stands inside the swatch (the number of a type).
    """

    colour: str
    words: str
    count: int
    status: str = Status.OK
    mark: str = ""


@dataclass(frozen=True)
class Legend:
    """A legend of given width in mm, drawn from its top left corner.

    ``ring`` explains the rings around the numbers of some areas, where there are any; ``order`` what the order of the
    entries means.
    """

    title: str
    entries: Sequence[Entry]
    statuses: Sequence[Entry] = ()
    city: tuple[str, str] | None = None
    border: str = ""
    ring: Entry | None = None
    counted: str = "Gebiete"
    width: float = 38.0
    order: str = ""

    def height(self) -> float:
        """The height in mm."""
        h = self._head() + sum(map(self._row, self.entries)) + LINE * len(self._order()) + (1.2 if self.order else 0)
        if self.statuses:
            h += 1.6 + sum(map(self._row, self.statuses))
        h += ROW * (bool(self.border) + (self.ring is not None))
        if self.city:
            h += 1.6 + 6.2 + (4.2 if self._city_in_two() else 0)
        return h

    def rows(self, y: float) -> list[float]:
        """Where the swatches of the entries begin when the legend is drawn from ``y``."""
        tops = [y + self._head()]
        for entry in self.entries:
            tops.append(tops[-1] + self._row(entry))
        return tops[:-1]

    def draw(self, ax: Axes, x: float, y: float) -> float:
        """Draw on a surface in mm; returns where the legend ends."""
        for k, words in enumerate(wrap(self.title, self.width, 8, 600)):
            marks.text(ax, x, y + 1.6 + 3.5 * k, words, size=8, weight=600)
        y += self._head()
        right = x + self.width
        marks.text(ax, right, y - 2.2, self.counted, size=7, colour="grau", ha="right")
        for entry in self.entries:
            y = self._entry(ax, x, y, entry)
        for words in self._order():
            y += LINE
            marks.text(ax, x, y - 1.0, words, size=7, colour="grau")
        y += 1.2 if self.order else 0
        if self.statuses:
            y += 1.6
            for entry in self.statuses:
                y = self._entry(ax, x, y, entry)
        if self.ring is not None:
            signs.draw(ax, signs.RING, x + SWATCH[0] / 2, y + 2.2, self.ring.colour, size=3.8, hollow=True)
            marks.text(ax, x + INDENT, y + 2.2, self.ring.words)
            marks.text(ax, right, y + 2.2, str(self.ring.count), ha="right")
            y += ROW
        if self.border:
            marks.line(ax, [x, x + SWATCH[0]], [y + 2.2] * 2, "tinte", 0.7)
            marks.text(ax, x + INDENT, y + 2.2, self.border)
            y += ROW
        if self.city:
            name, value = self.city
            y += 1.6
            marks.line(ax, [x, right], [y, y], "tinte", 0.6)
            marks.text(ax, x, y + 3.8, name, size=8, weight=600)
            y += 4.2 if self._city_in_two() else 0
            marks.text(ax, right, y + 3.8, value, size=8, weight=600, ha="right")
            y += 6.2
        return y

    def _head(self) -> float:
        return 3.5 * len(wrap(self.title, self.width, 8, 600)) + 4.6

    def _city_in_two(self) -> bool:
        return self.city is not None and text_width(" ".join(self.city), 8, 600) + 1 > self.width

    def _order(self) -> list[str]:
        lines = wrap(self.order.replace(ON_THE_WEB, IN_PRINT), self.width, 7) if self.order else []
        return [line.replace(IN_PRINT, ON_THE_WEB) for line in lines]

    def _words(self, entry: Entry) -> list[str]:
        return wrap(entry.words, self.width - INDENT - 1 - text_width(str(entry.count), 7.5), 7.5)

    def _row(self, entry: Entry) -> float:
        return ROW + LINE * (len(self._words(entry)) - 1)

    def _entry(self, ax: Axes, x: float, y: float, entry: Entry) -> float:
        swatch = shapely.box(x, y, x + SWATCH[0], y + SWATCH[1])
        hatched = entry.status in {Status.LIMITED, Status.WITHHELD}
        marks.box(ax, (x, y, *SWATCH), entry.colour, "schraff")
        middle = y + SWATCH[1] / 2
        if hatched:
            marks.hatch(ax, swatch, gid=f"status-{entry.status}")
        elif entry.status == Status.UNRELIABLE:
            marks.dots(ax, swatch, ink_on(entry.colour))
        if entry.mark:
            at = x + SWATCH[0] / 2
            marks.text(ax, at, middle, entry.mark, weight=600, ha="center", colour=ink_on(entry.colour))
        for k, words in enumerate(self._words(entry)):
            marks.text(ax, x + INDENT, middle + LINE * k, words)
        marks.text(ax, x + self.width, middle, str(entry.count), ha="right")
        return y + self._row(entry)


def class_entries(bounds: Sequence[float], counts: Sequence[int], decimals: int, steps: Steps) -> list[Entry]:
    """The classes from the burdened end: “16,0 und mehr”, “8,0 bis unter 10,0”, “unter 8,0”."""
    b = [number(v, decimals) for v in bounds]
    words = [f"unter {b[0]}"]
    words += [f"{lower} bis unter {upper}" for lower, upper in pairwise(b)]
    words.append(f"{b[-1]} und mehr")
    return [Entry(steps.token(k), words[k], counts[k]) for k in steps.places]


def status_entries(statuses: Sequence[str]) -> list[Entry]:
    """One line for each status that occurs, with its sign in the swatch where nothing else tells it."""
    entries = []
    for status, colour in (
        (Status.LIMITED, "grund"),
        (Status.WITHHELD, "sand"),
        (Status.UNRELIABLE, "s2"),
        (Status.MISSING, "grund"),
        (Status.NOT_MEANINGFUL, "grund"),
    ):
        if n := sum(s == status for s in statuses):
            mark = status_sign(status) if colour == "grund" and status != Status.LIMITED else ""
            entries.append(Entry(colour, status_word(status), n, status, mark))
    return entries

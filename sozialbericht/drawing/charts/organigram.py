"""Bodies and their members: boxes in rows, each row named in the label column, no arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.style import FULL, GUTTER, LABEL, NARROW, applied, canvas, wrap

#: Inner margin of a box, height of a line and of the gap between two members and between two rows, in mm.
INSET, LINE, APART, BETWEEN = 3.0, 3.5, 1.3, 6.0
BULLET = 3.0


@dataclass(frozen=True)
class Body:
    """A body: its name, its members, and which of them leads it (empty: nobody named)."""

    name: str
    members: tuple[str, ...]
    lead: str = ""

    def lines(self, room: float) -> list[tuple[str, int, str]]:
        """The lines of the box in ``room`` mm: words, weight, and what they are: name,
        member (its first line) or rest.
        """
        found = [(part, 600, "name") for part in wrap(self.name, room, 8.5, 600)]
        for member in self.members:
            words, weight = (f"{member} (Leitung)", 600) if member == self.lead else (member, 400)
            parts = wrap(words, room - BULLET, 8, weight)
            found += [(part, weight, "rest" if k else "member") for k, part in enumerate(parts)]
        return found


@dataclass(frozen=True)
class Row:
    """Bodies of one level side by side, and the name of the level."""

    name: str
    bodies: tuple[Body, ...]


def organigram(rows: Sequence[Row], *, narrow: bool = False) -> Figure:
    """Rows of boxes, 164 mm wide: the rows' names in the label column; 90 mm (``narrow``): all boxes one below the
    other.

    Raises ValueError without a row or for a row without bodies.
    """
    if not rows or not all(row.bodies for row in rows):
        raise ValueError("an organigram needs rows with bodies")
    with applied():
        fig, ax = canvas(NARROW if narrow else FULL, _draw(None, rows, narrow))
        _draw(ax, rows, narrow)
        return fig


def _draw(ax: Axes | None, rows: Sequence[Row], narrow: bool) -> float:
    """Draw the rows (or only measure them, without ``ax``); the height in mm."""
    y = 0.5
    for number, row in enumerate(rows):
        if number:
            y += BETWEEN
        if narrow:
            y = _label(ax, row, 0.0, y + 2.0, NARROW) + 1.2
        columns = 1 if narrow else len(row.bodies)
        left, room = (0.0, NARROW) if narrow else (LABEL + GUTTER, FULL - LABEL - GUTTER)
        wide = (room - GUTTER * (columns - 1)) / columns
        if not narrow:
            _label(ax, row, 0.0, y + INSET + LINE / 2, LABEL)
        inner = wide - 2 * INSET
        heights = [_height(body, inner) for body in row.bodies]
        shared = heights if narrow else [max(heights)] * columns
        for k, (body, height) in enumerate(zip(row.bodies, shared, strict=True)):
            x = left if narrow else left + k * (wide + GUTTER)
            if ax is not None:
                _box(ax, body, (x, y, wide, height))
            if narrow:
                y += height + (GUTTER if k + 1 < len(row.bodies) else 0)
        if not narrow:
            y += max(heights)
    return round(y + 0.5, 1)


def _label(ax: Axes | None, row: Row, x: float, y: float, room: float) -> float:
    """The name of a row; the y below it."""
    for part in wrap(row.name, room, 8, 600):
        if ax is not None:
            marks.text(ax, x, y, part, size=8, weight=600, colour="akzent")
        y += LINE
    return y


def _height(body: Body, room: float) -> float:
    lines = body.lines(room)
    return 2 * INSET + len(lines) * LINE + sum(kind == "member" for *_, kind in lines) * APART


def _box(ax: Axes, body: Body, place: tuple[float, float, float, float]) -> None:
    x, y, wide, _ = place
    marks.box(ax, place, "sand")
    marks.line(ax, (x, x + wide), (y, y), "akzent", 1.2)
    at = y + INSET + LINE / 2
    for words, weight, kind in body.lines(wide - 2 * INSET):
        if kind == "member":
            at += APART
            marks.text(ax, x + INSET, at, "–", size=8, colour="akzent")
        indent, size = (0.0, 8.5) if kind == "name" else (BULLET, 8.0)
        marks.text(ax, x + INSET + indent, at, words, size=size, weight=weight)
        at += LINE

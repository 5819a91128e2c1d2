"""Vectors: what a page of a PDF draws, as marks and words with their places on the page."""

from __future__ import annotations

import ctypes
from typing import Any

from sozialbericht.disclosure.readings import Mark, Picture, Word, clean

#: A path that is no larger, in points, is a dot.
DOT = 9.0
Matrix = tuple[float, float, float, float, float, float]


def picture(page: Any, text_page: Any, name: str) -> Picture:
    """Everything that a page draws; ``name`` is what its captions say."""
    from pypdfium2 import raw

    height = page.get_height()
    marks = []
    edges = [ctypes.c_float() for _ in range(4)]
    for entry in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        if raw.FPDFPageObj_GetBounds(entry.raw, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            outer = _outer(entry)
            corners = [_moved(outer, x, y) for x, y in ((left, bottom), (right, top))]
            points = tuple((x, height - y) for x, y in corners)
            small = abs(right - left) < DOT and abs(top - bottom) < DOT
            marks.append(Mark("dot" if small else "shape", points, "", _fill(entry, raw)))
    return Picture(name, tuple(marks), tuple(_words(text_page, height)))


def _words(text_page: Any, height: float) -> list[Word]:
    """The stretches of text of a page, those on one line joined."""
    lines: list[tuple[float, float, list[str]]] = []
    for place in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(place)
        text = clean(text_page.get_text_bounded(left, bottom, right, top))
        above, below = height - top, height - bottom
        if lines and abs((lines[-1][0] + lines[-1][1]) - (above + below)) < 3 and right > left:
            before = lines[-1]
            lines[-1] = (min(before[0], above), max(before[1], below), [*before[2], text])
        else:
            lines.append((above, below, [text]))
    return [Word(" ".join(texts), above, below) for above, below, texts in lines]


def _outer(entry: Any) -> list[Matrix]:
    """The matrices of the forms around an object, from the inside out."""
    found: list[Matrix] = []
    around = getattr(entry, "container", None)
    while around is not None:
        found.append(around.get_matrix().get())
        around = getattr(around, "container", None)
    return found


def _moved(matrices: list[Matrix], x: float, y: float) -> tuple[float, float]:
    for a, b, c, d, e, f in matrices:
        x, y = a * x + c * y + e, b * x + d * y + f
    return x, y


def _fill(entry: Any, raw: Any) -> str:
    """The fill of a path as #rrggbb; a path that is only stroked, or not painted at all, tells that."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(entry.raw, mode, stroke)
    if not mode.value:
        return "stroke" if stroke.value else "none"
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(entry.raw, *parts)
    return "#" + "".join(f"{part.value:02x}" for part in parts[:3])

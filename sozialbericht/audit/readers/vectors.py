"""Vectors: what a page of a PDF draws, as marks and words with their places on the page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any

from sozialbericht.audit.readers.pageobjects import Matrix, PageObject
from sozialbericht.audit.readers.readings import Mark, Picture, Word, clean

#: A path that is no larger, in points, is a dot.
DOT = 9.0
#: A page with fewer marks has no chart.
FEW = 5
#: How many letters of a line tell how high it stands.
LETTERS = 12


def picture(page: Any, text_page: Any, objects: Iterable[PageObject], name: str) -> Picture:
    """Everything that a page draws of its ``objects``; ``name`` is what its captions say."""
    from pypdfium2 import raw

    height = page.get_height()
    marks = []
    edges = [ctypes.c_float() for _ in range(4)]
    for handle, kind, outer in objects:
        if kind == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPageObj_GetBounds(handle, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            corners = [_moved(outer, x, y) for x, y in ((left, bottom), (right, top))]
            points = tuple((x, height - y) for x, y in corners)
            fill = _fill(handle, raw)
            small = fill.startswith("#") and abs(right - left) < DOT and abs(top - bottom) < DOT
            marks.append(Mark("dot" if small else "shape", points, "", fill))
    words = _words(text_page, height) if len(marks) >= FEW else []
    return Picture(name, tuple(marks), tuple(words))


def _words(text_page: Any, height: float) -> list[Word]:
    """The lines of a page, each with its edges as the first letters of it have them."""
    words, start = [], 0
    for line in text_page.get_text_range().splitlines(keepends=True):
        edges = []
        for place in range(start, min(start + LETTERS, start + len(line.rstrip()))):
            if line[place - start].isalnum():
                _, bottom, _, top = text_page.get_charbox(place)
                edges.append((height - top, height - bottom))
        if edges:
            words.append(Word(clean(line), min(top for top, _ in edges), max(bottom for _, bottom in edges)))
        start += len(line)
    return words


def _moved(matrices: Iterable[Matrix], x: float, y: float) -> tuple[float, float]:
    for a, b, c, d, e, f in matrices:
        x, y = a * x + c * y + e, b * x + d * y + f
    return x, y


def _fill(handle: Any, raw: Any) -> str:
    """The fill of a path as #rrggbb; a path that is only stroked, or not painted at all, tells that."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, mode, stroke)
    if not mode.value:
        return "stroke" if stroke.value else "none"
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(handle, *parts)
    return "#" + "".join(f"{part.value:02x}" for part in parts[:3])

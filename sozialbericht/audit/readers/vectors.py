"""Vectors: what a page of a PDF draws, as marks and words with their places, one picture for each caption."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from sozialbericht.audit.readers.pageobjects import Matrix, PageObject
from sozialbericht.audit.readers.readings import Mark, Picture, Word, clean

#: A path that is no larger, in points, is a dot.
DOT = 9.0
#: A page with fewer marks has no chart.
FEW = 5
#: How many letters of a line tell how high it stands.
LETTERS = 12
#: A line with so many letters of the start of a caption is its first.
TOLD = 10


def pictures(page: Any, text_page: Any, objects: Iterable[PageObject], captions: Sequence[str]) -> list[Picture]:
    """Everything that a page draws of its ``objects``, from caption to caption; all have the name that the
    ``captions`` of the page make together, for what stands above the first one began on a page before."""
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
    edges_of = [-math.inf, *_cuts(words, marks, captions), math.inf]
    found = []
    for top, bottom in pairwise(edges_of):
        own = tuple(mark for mark in marks if top <= mark.middle[1] < bottom)
        if own:
            found.append(Picture(" ".join(captions), own, tuple(word for word in words if top <= word.top < bottom)))
    return found


def _cuts(words: Iterable[Word], marks: Sequence[Mark], captions: Sequence[str]) -> list[float]:
    """The heights at which captions begin, without those beside which something is drawn."""
    starts = [_letters(caption) for caption in captions]
    cuts = set()
    for word in words:
        line = _letters(word.text)
        begins = any(line[:shared] == start[:shared] for start in starts if (shared := min(len(line), len(start))))
        if begins and len(line) >= TOLD and not any(word.top < mark.middle[1] < word.bottom for mark in marks):
            cuts.add(word.top)
    return sorted(cuts)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


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

"""Printed page: the pieces of text that a page of a PDF paints, with their places and sizes."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sozialbericht.audit.readers.pageobjects import Matrix, PageObject, painted, string
from sozialbericht.audit.readers.readings import clean

#: A caption begins, at the left of the page, with the kind and the number of what it stands above.
NUMBERED = re.compile(r"(?:Abbildung|Tabelle) [A-Z]?[\d.]+")
KIND = re.compile(r"Abbildung|Tabelle")
LEFT = 0.25
#: Texts of a caption stand at one height, give or take so many points.
LEVEL = 2.5
#: Sizes that differ less, in points, are the same; so many letters of a line are told.
ROUNDED, LONGEST = 0.02, 40
#: Text that is drawn to be found, not to be seen.
INVISIBLE = 3


@dataclass(frozen=True)
class Printedcaption:
    """The number and the title of a figure or table, and how high on its page they stand, in points from below."""

    number: str
    title: str
    height: float


class Printedpage:
    """The visible pieces of text of a page, n of them: ``boxes`` n × 4 (left, bottom, right, top) and ``sizes`` n, in
    points; ``oblique`` n, whether a piece is neither level nor upright.

    Pieces are what the program that has set the page writes at a time: a line, a word, a number in a picture.
    """

    def __init__(self, page: Any) -> None:
        from pypdfium2 import raw

        self.width, self.height = page.get_size()
        self._page, self._raw = page, raw
        found = (entry for entry in painted(page.raw) if entry.kind == raw.FPDF_PAGEOBJ_TEXT)
        self._pieces = [e for e in found if raw.FPDFTextObj_GetTextRenderMode(e.handle) != INVISIBLE]
        count = len(self._pieces)
        self.boxes: npt.NDArray[np.float64] = np.empty((count, 4))
        self.sizes: npt.NDArray[np.float64] = np.empty(count)
        self.oblique: npt.NDArray[np.bool_] = np.zeros(count, dtype=bool)
        edges, own, size = [ctypes.c_float() for _ in range(4)], raw.FS_MATRIX(), ctypes.c_float()
        for place, (handle, _, outer) in enumerate(self._pieces):
            raw.FPDFPageObj_GetBounds(handle, *edges)
            raw.FPDFPageObj_GetMatrix(handle, own)
            raw.FPDFTextObj_GetFontSize(handle, size)
            a, b, c, d = own.a, own.b, own.c, own.d
            left, bottom, right, top = (edge.value for edge in edges)
            for matrix in outer:
                left, bottom, right, top = _moved(matrix, left, bottom, right, top)
                a, b, c, d = _joined(matrix, a, b, c, d)
            self.boxes[place] = left, bottom, right, top
            self.sizes[place] = size.value * abs(a * d - b * c) ** 0.5
            self.oblique[place] = min(abs(a), abs(b)) > 0.01 * max(abs(a), abs(b))

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self._pieces)

    def line(self, place: int) -> str:
        """What stands in the line of a piece, without gaps: pictures are written letter by letter."""
        left, bottom, right, _ = self.boxes[place]
        size = self.sizes[place]
        words = self.words(place)
        near = (abs(self.boxes[:, 1] - bottom) < 0.4 * size) & (abs(self.sizes - size) < ROUNDED)
        for other in sorted(np.flatnonzero(near & (self.boxes[:, 0] > left)), key=lambda k: self.boxes[k, 0]):
            gap = self.boxes[other, 0] - right
            if not -0.3 * size < gap < 0.6 * size or len(words) > LONGEST:
                break
            words += " " * bool(gap > 0.22 * size) + self.words(int(other))
            right = self.boxes[other, 2]
        return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"

    def words(self, place: int) -> str:
        """What a piece says."""
        text = string(self._raw.FPDFTextObj_GetText, self._piece(place).handle, self._texts.raw, wide=True)
        return clean(text.replace("\u200b", ""))

    def captions(self) -> list[Printedcaption]:
        """The captions of the page from above, each with its title."""
        begun = np.flatnonzero(self.boxes[:, 0] < LEFT * self.width)
        found = [self._caption(int(place)) for place in begun if KIND.match(self.words(int(place)))]
        return sorted((one for one in found if one.number), key=lambda one: -one.height)

    def _caption(self, place: int) -> Printedcaption:
        left, _, _, top = self.boxes[place]
        level = np.flatnonzero((abs(self.boxes[:, 3] - top) < LEVEL) & (self.boxes[:, 0] >= left))
        words = clean(" ".join(self.words(int(k)) for k in sorted(level, key=lambda k: self.boxes[k, 0])))
        number = NUMBERED.match(words)
        return Printedcaption(number[0] if number else "", words[number.end() :].strip() if number else "", float(top))

    @cached_property
    def _texts(self) -> Any:
        return self._page.get_textpage()

    def _piece(self, place: int) -> PageObject:
        return self._pieces[place]


def pages(content: bytes) -> Iterator[Printedpage]:
    """The pages of a PDF, one after the other; a page is to be asked before the next."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            page = document[number]
            try:
                yield Printedpage(page)
            finally:
                page.close()
    finally:
        document.close()


def _moved(matrix: Matrix, *box: float) -> tuple[float, float, float, float]:
    """A box in the space around a form."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _joined(matrix: Matrix, a: float, b: float, c: float, d: float) -> tuple[float, float, float, float]:
    """The linear part of a matrix inside a form, followed by that of the form."""
    p, q, r, s, _, _ = matrix
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s

"""Proofreading: what is wrong with the pages of a finished PDF, as anybody would see who turns them over."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from sozialbericht.numbers import number
from sozialbericht.proof.printedpage import ROUNDED, Printedcaption, Printedpage, pages

#: So far text may lie beyond the edge of the page, in points.
EDGE = 0.5
#: The smallest size of text that can be read, in points; settings round in the third place.
SMALLEST = 5.0
#: Texts lie on top of each other where they share so much of the narrower one's width and the lower one's height.
ACROSS, DOWN = 0.35, 0.25
#: Texts whose boxes share less than this, in points, touch at most.
TOUCH = 0.5
#: So many flaws of a page are looked at: where there are more, everything is wrong.
MOST = 200
#: What may go on on the next page.
BREAKING = "Tabelle"
#: So many letters of a title tell it from others.
TELLING = 24


@dataclass(frozen=True)
class Flaw:
    """What is wrong at one place: the page (from 1), what, the words concerned; the number and title of the figure or
    table, empty outside; whether an analyst has drawn it; how often it is so there."""

    page: int
    what: str
    words: str
    figure: str = ""
    title: str = ""
    drawn: bool = False
    times: int = 1

    def __str__(self) -> str:
        """„Seite 53, Abbildung 5.2 „Status“: …“."""
        where = f"Seite {self.page}" + (f", {self.figure}" if self.figure else "")
        where += f" „{self.title}“" if self.title else ""
        more = f", und {self.times - 1} weitere Stellen" if self.times > 2 else ", und eine weitere Stelle"
        return f"{where}: {self.what} ({self.words}{more if self.times > 1 else ''})"


def proofread(content: bytes, drawn: Collection[str] = ()) -> list[Flaw]:
    """All flaws of a PDF, those of one kind in one figure once; ``drawn`` are the titles of figures of analysts.

    What a flaw belongs to is looked for only where there is one: to read all captions takes as long as all the rest.
    """
    if not any(True for page in pages(content) for _ in _flaws(page)):
        return []
    found: list[Flaw] = []
    last: Printedcaption | None = None
    own = {_telling(title) for title in drawn if title}
    for number_, page in enumerate(pages(content), start=1):
        places, captions = list(_flaws(page)), page.captions()
        counted: dict[tuple[str, str], Flaw] = {}
        for place, what, words in places:
            above = [one for one in captions if one.height >= page.boxes[place, 1]]
            caption = above[-1] if above else last
            figure, title = ("", "") if caption is None else (caption.number, caption.title)
            flaw = Flaw(number_, what, words, figure, title, bool(title) and _telling(title) in own)
            before = counted.get((figure, what))
            counted[figure, what] = flaw if before is None else _again(before)
        found += counted.values()
        last = captions[-1] if captions else last
        last = last if last is None or last.number.startswith(BREAKING) else None
    return found


def _again(flaw: Flaw) -> Flaw:
    return Flaw(flaw.page, flaw.what, flaw.words, flaw.figure, flaw.title, flaw.drawn, flaw.times + 1)


def _telling(title: str) -> str:
    return "".join(letter for letter in title if letter.isalnum())[:TELLING]


def _flaws(page: Printedpage) -> Iterator[tuple[int, str, str]]:
    """The flaws of a page: the place of the piece of text, what is wrong, the words."""
    boxes = page.boxes
    beyond = (boxes[:, :2] < -EDGE).any(axis=1) | (boxes[:, 2:] > (page.width + EDGE, page.height + EDGE)).any(axis=1)
    for place in np.flatnonzero(beyond)[:MOST]:
        if page.words(place):
            yield int(place), "Text außerhalb der Seite", f"„{page.line(place)}“"
    for place in np.flatnonzero(page.sizes < SMALLEST - ROUNDED)[:MOST]:
        if page.words(place):
            size = number(float(page.sizes[place]), 1)
            yield int(place), f"Text unter {number(SMALLEST)}\u00a0pt", f"„{page.line(place)}“ in {size}\u00a0pt"
    for one, other in _overprinted(boxes, page.oblique | beyond)[:MOST]:
        words, others = page.words(one), page.words(other)
        if words and others and words != others:  # the same twice is a casing
            yield one, "Texte übereinander", f"„{page.line(one)}“ und „{page.line(other)}“"


def _overprinted(boxes: npt.NDArray[np.float64], without: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The pairs of pieces that lie on top of each other."""
    places = np.flatnonzero(~without)
    drawn = shapely.box(*boxes[places].T)
    one, other = shapely.STRtree(drawn).query(drawn, predicate="intersects")
    one, other = places[one[one < other]], places[other[one < other]]
    first, second = boxes[one], boxes[other]
    shared = np.minimum(first[:, 2:], second[:, 2:]) - np.maximum(first[:, :2], second[:, :2])
    least = np.minimum(first[:, 2:] - first[:, :2], second[:, 2:] - second[:, :2])
    found = (shared > np.maximum(least * (ACROSS, DOWN), TOUCH)).all(axis=1)
    return list(zip(one[found].tolist(), other[found].tolist(), strict=True))

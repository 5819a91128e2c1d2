"""Inspector: judges the files of a publication, one by one, by what the protected tables allow to be printed.

What was judged once and found harmless is known by a mark, a digest of the passage or picture with all that it stands
under: whoever keeps the marks need not have it judged again while data and program stay the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable
from dataclasses import dataclass

from sozialbericht.audit.cells import Shown
from sozialbericht.audit.evidence import Evidence, Statement
from sozialbericht.audit.exactness import Exactness
from sozialbericht.audit.mentions import Vocabulary
from sozialbericht.audit.orders import Orders
from sozialbericht.audit.permitted import Permitted
from sozialbericht.audit.pictured.coordinates import Coordinates, Drawn
from sozialbericht.audit.readers.readings import MARK, Dot, Reading, counts


@dataclass(frozen=True)
class Finding:
    """What a file says beyond the tables, its dots, to be judged with those of other files, and the marks of what was
    found harmless in it."""

    statements: tuple[Statement, ...]
    pictures: tuple[Drawn, ...]
    dots: tuple[Dot, ...]
    harmless: tuple[bytes, ...]


class Inspector:
    """Judges by the tables of one report."""

    def __init__(self, shown: Shown) -> None:
        vocabulary = Vocabulary(shown.tables)
        self._evidence, self._orders = Evidence(vocabulary, Permitted(shown)), Orders(vocabulary, shown)
        self._exactness = Exactness(shown)
        self._coordinates = Coordinates(shown, vocabulary)
        self._harmless: set[bytes] = set()

    def judge(self, file: str, reading: Reading, known: Container[bytes] = ()) -> Finding:
        """What a file says; nothing is asked of passages and pictures whose marks are ``known`` to be harmless, or that
        another file had before."""
        statements: list[Statement] = list(self._exactness.statements(file, reading.records))
        pictures: list[Drawn] = []
        dots: list[Dot] = []
        harmless: dict[bytes, None] = {}
        for passage in reading.passages:
            if not counts(passage.text):
                continue
            mark = _mark(passage.kind, passage.text, *passage.heads)
            if mark not in known and mark not in self._harmless:
                found = [*self._evidence.statements(file, [passage]), *self._orders.statements(file, [passage])]
                statements += found
                if found:
                    continue
            harmless[mark] = None
            self._harmless.add(mark)
        for picture in reading.pictures:
            mark = _mark(repr(picture))
            if mark not in known and mark not in self._harmless:
                drawn, single = self._coordinates.read(file, picture)
                pictures += drawn
                dots += single
                if drawn or single:
                    continue
            harmless[mark] = None
            self._harmless.add(mark)
        return Finding(tuple(dict.fromkeys(statements)), tuple(pictures), tuple(dots), tuple(harmless))

    def together(self, dots: Iterable[Dot]) -> list[Drawn]:
        """What pictures of single areas tell together."""
        return self._coordinates.together(dots)


def _mark(*said: str) -> bytes:
    return hashlib.blake2b("\0".join(said).encode("utf-8", "surrogatepass"), digest_size=MARK).digest()

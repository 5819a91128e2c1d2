"""Levels: how a city is divided, from the whole down to the smallest areas; their words are in ``decided/ebene.py``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sozialbericht.data.decided.ebene import AREA, KNOWN, NEEDED, OPTIONAL, Ebene, of_words
from sozialbericht.data.decided.pronouns import GENDERS

__all__ = [
    "AREA", "GENDERS", "KNOWN", "NEEDED", "OPTIONAL", "Ebene", "Ebenen", "of", "of_words", "unnamed",
]  # fmt: skip


@dataclass(frozen=True)
class Ebenen:
    """Die Ebenen einer Stadt, von der ganzen Stadt bis zu den kleinsten Gebieten."""

    alle: tuple[Ebene, ...]

    @property
    def stadt(self) -> Ebene:
        """Die ganze Stadt."""
        return self.alle[0]

    @property
    def unten(self) -> Ebene:
        """Die kleinsten Gebiete, für die der Bericht Werte zeigt."""
        return self.alle[-1]

    @property
    def mitte(self) -> Ebene:
        """Die Ebene über den kleinsten Gebieten; gibt es nur die Stadt darüber,
        ist ihr Schlüssel leer und sie hat keine Gebiete.
        """
        return self.alle[-2] if len(self.alle) > 2 else AREA

    @property
    def dazwischen(self) -> tuple[Ebene, ...]:
        """Die Ebenen zwischen den kleinsten Gebieten und der Stadt, die nächste zuerst."""
        return self.alle[-2:0:-1]

    def __iter__(self) -> Iterator[Ebene]:
        return iter(self.alle)

    def __getitem__(self, schluessel: str) -> Ebene:
        """Die Ebene mit einem Schlüssel; ``KeyError``, wo es sie nicht gibt."""
        return next(e for e in self.alle if e.schluessel == schluessel) if schluessel in self else _missing(schluessel)

    def __contains__(self, schluessel: object) -> bool:
        return schluessel in [e.schluessel for e in self.alle]


def of(keys: Sequence[str], given: Mapping[str, Ebene]) -> Ebenen:
    """The levels of a data folder with their words: those given, else the usual ones, else the key itself.

    A name of the city's level stands alone in a sentence („in Musterstadt“), whatever its word, unless ``given`` says
    else.
    """
    found = []
    for place, key in enumerate(keys):
        level = given.get(key) or KNOWN.get(key) or Ebene(key, key.capitalize(), key.capitalize(), "m")
        if place == 0 and key not in given:
            level = replace(level, schluessel=key, wo="in {name}")
        found.append(level)
    return Ebenen(tuple(found))


def unnamed(keys: Sequence[str], given: Mapping[str, Ebene]) -> list[str]:
    """The keys of levels that have no words."""
    return [key for key in keys if key not in given and key not in KNOWN]


def _missing(key: str) -> Ebene:
    raise KeyError(key)

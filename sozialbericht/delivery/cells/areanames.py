"""Area names: which area is meant by a name as an office spells it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd
from rapidfuzz import fuzz, process

from sozialbericht.data import lookup

SUGGESTED = 84.0
"""From this likeness on the nearest area is suggested …"""
AHEAD = 4.0
"""… if the next one is so much less alike."""
SHORTENED, FAR_AHEAD = 72.0, 20.0
"""The same for names that are less alike, as shortened ones, and far ahead of any other."""
_LISTED, _LEAST = 5, 50.0
_KEY = 7  # digits of an official key whose leading zero may be lost; the number of the area is at its end

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "&": " ", "+": " "}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_WORDS = {"sankt": "st", "und": "", "u": "", "strasse": "str", "gross": "gr", "klein": "kl"}
_MARKS = re.compile(r"(?<=[^\s\d(])(\s*\d{1,2}\)|\s*\*+\)?|\s*[⁰¹²³⁴-⁹⁽⁾]+\)?)+\s*$")
_NUMBERED = re.compile(r"\s*\(?(\d[\d.]*)\)?[.):]?\s*[-–—:]?\s*([^\W\d_].*)")
_NUMBER_LAST = re.compile(r"(.*[^\W\d_.)])\s*\((\d+)\)\s*")
_BRACKETS = re.compile(r"\s*\([^)]*\)?\s*")


@dataclass(frozen=True)
class Match:
    """The area that a name means: ``certain`` after folding of spellings only; else a suggestion or None."""

    raum_id: str | None
    certain: bool
    nearest: tuple[tuple[str, float], ...]
    """The areas whose names are nearest, with their likeness from 0 to 100, the nearest first."""
    part: str = ""
    """The statistical district that the name means where that is only a part of the area (column `umfasst`)."""


def folded(name: str) -> str:
    """A name without what offices spell differently: case, umlauts, ß, hyphens, slashes, „St.“, Roman numerals.

    >>> folded("Sankt-Muster II") == folded("ST. MUSTER 2"), folded("Lütgenstraße")
    (True, 'luetgenstrasse')
    """
    return " ".join(_tokens(name))


class AreaNames:
    """The names, numbers and keys of the areas in ``raeume`` (columns of raeume.csv), and spellings of the source.

    A name that several areas bear (a Stadtbezirk and one of its Sozialräume) is ambiguous: pass only the areas that a
    delivery can mean. ``aliases`` lead from names or keys of the source to a `raum_id`.
    """

    def __init__(self, raeume: pd.DataFrame, aliases: Mapping[str, str] = MappingProxyType({})) -> None:
        self._aliases = {_key(name): raum_id for name, raum_id in aliases.items()}
        self._ids: set[str] = set()
        self._names: dict[str, set[str]] = {}
        self._numbers: dict[str, set[str]] = {}
        self._keys: dict[str, set[str]] = {}
        self._parts: dict[str, set[tuple[str, str]]] = {}
        self._cache: dict[str, Match] = {}
        for row in raeume.astype(object).where(raeume.notna(), "").astype(str).to_dict("records"):
            self._take({str(key): str(value) for key, value in row.items()})
        self._choices = [(fold, raum_id) for fold, ids in self._names.items() for raum_id in sorted(ids)]
        self._folds = [fold for fold, _ in self._choices]

    def found(self, name: str) -> Match:
        """The area that ``name`` means."""
        match = self._cache.get(name)
        if match is None:
            match = self._cache[name] = self._search(name)
        return match

    def _take(self, row: Mapping[str, str]) -> None:
        raum_id = row["raum_id"]
        self._ids.add(raum_id)
        for name in filter(None, (row["name"], row.get("kurzname", ""))):
            for spelling in {name, _BRACKETS.sub(" ", name)}:
                self._names.setdefault(folded(spelling), set()).add(raum_id)
        if number := row.get("nummer", "").removesuffix(".0").lstrip("0"):
            self._numbers.setdefault(number, set()).add(raum_id)
        key = raum_id.partition("_")[2]
        if key.isdecimal() and len(key) >= _KEY:
            self._keys.setdefault(key.lstrip("0"), set()).add(raum_id)
        parts = lookup.districts(row.get("umfasst", ""))
        for part in parts:
            told = _NUMBERED.fullmatch(part)
            name = told[2] if told else part
            fold = folded(_BRACKETS.sub(" ", name))
            if len(parts) == 1 and "(" not in part:
                self._names.setdefault(fold, set()).add(raum_id)
            else:
                self._parts.setdefault(fold, set()).add((raum_id, _BRACKETS.sub(" ", name).strip()))

    def _search(self, name: str) -> Match:
        if name in self._ids:
            return Match(name, True, ((name, 100.0),))
        if alias := self._aliases.get(_key(name)):
            return Match(alias, True, ((alias, 100.0),))
        bare = _MARKS.sub("", name).strip()
        if alias := self._aliases.get(_key(bare)):
            return Match(alias, True, ((alias, 100.0),))
        if bare.isdecimal():
            if len(bare) < _KEY:
                return _decided(self._numbers.get(bare.lstrip("0"), set()))
            if own := self._keys.get(bare.lstrip("0")):
                return _decided(own)
            ids = self._numbers.get(bare[-3:].lstrip("0"), set())
            nearest = tuple((raum_id, SUGGESTED) for raum_id in sorted(ids))
            return Match(nearest[0][0] if len(ids) == 1 else None, False, nearest)
        spellings = list(_spellings(bare))
        for spelling in spellings:
            if alias := self._aliases.get(_key(spelling)):
                return Match(alias, True, ((alias, 100.0),))
            if named := self._names.get(folded(spelling)):
                return _decided(named)
        for spelling in spellings:
            if parts := self._parts.get(folded(spelling)):
                return _in_part(parts)
        return self._likely([folded(spelling) for spelling in spellings])

    def _likely(self, spellings: list[str]) -> Match:
        """The areas whose names are nearest; the first is suggested where it is clearly ahead."""
        best: dict[str, float] = {}
        for fold in filter(None, spellings):
            found = process.extract(fold, self._folds, scorer=_likeness, limit=2 * _LISTED, score_cutoff=_LEAST)
            for _, score, at in found:
                raum_id = self._choices[at][1]
                best[raum_id] = max(best.get(raum_id, 0.0), round(float(score), 1))
        nearest = tuple(sorted(best.items(), key=lambda entry: (-entry[1], entry[0]))[:_LISTED])
        first, second = ([score for _, score in nearest] + [0.0, 0.0])[:2]
        clear = first >= SUGGESTED and first - second >= AHEAD
        suggested = nearest[0][0] if clear or (first >= SHORTENED and first - second >= FAR_AHEAD) else None
        return Match(suggested, False, nearest)


def _decided(ids: set[str]) -> Match:
    """The only one of the areas, none where there are several."""
    nearest = tuple((raum_id, 100.0) for raum_id in sorted(ids))
    return Match(nearest[0][0], True, nearest) if len(nearest) == 1 else Match(None, False, nearest)


def _in_part(parts: set[tuple[str, str]]) -> Match:
    """The area of which a district is a part; never certain, for its values are not those of the area."""
    ids = sorted({raum_id for raum_id, _ in parts})
    nearest = tuple((raum_id, 100.0) for raum_id in ids)
    part = min(name for _, name in parts)
    return Match(ids[0] if len(ids) == 1 else None, False, nearest, part)


def _spellings(name: str) -> Iterator[str]:
    """The name, then without its number, then without what stands in brackets."""
    yield name
    bare = name
    if told := _NUMBERED.fullmatch(bare):
        bare = told[2]
        yield bare
    if told := _NUMBER_LAST.fullmatch(bare):
        bare = told[1]
        yield bare
    if (short := _BRACKETS.sub(" ", bare).strip()) and short != bare:
        yield short


def _tokens(name: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name)).lower()
    plain = "".join(_UMLAUTS.get(sign, sign) for sign in plain)
    plain = "".join(s for s in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(s))
    for at, word in enumerate(re.findall(r"[^\W_]+", re.sub(r"['’`´]", "", plain))):
        token = _WORDS.get(word, word)
        if token:
            yield _ROMAN.get(token, token) if at else token


def _key(name: str) -> str:
    """What finds an alias: the folded name, of a number the digits without leading zeros."""
    text = name.strip().removesuffix(".0")
    return text.lstrip("0") if text.isdecimal() else folded(text)


def _likeness(left: str, right: str, *, score_cutoff: float | None = None, **_: object) -> float:
    """How alike two folded names are, from 0 to 100; numerals that differ or miss make them other areas."""
    joined = fuzz.ratio(left.replace(" ", ""), right.replace(" ", ""))
    score = max(joined, fuzz.token_sort_ratio(left, right), _component(left, right))
    if re.findall(r"\d+", left) != re.findall(r"\d+", right):
        score = min(score, 70.0)
    return score if score >= (score_cutoff or 0.0) else 0.0


def _component(left: str, right: str) -> float:
    """How alike a name is to one that holds its words and others: „Aue I“ and „Aue I/Berg“."""
    ours, theirs = set(left.split()), set(right.split())
    return 92.0 if len(left) > 3 and ours and (ours < theirs or theirs < ours) else 0.0

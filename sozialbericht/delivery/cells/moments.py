"""Moments: points of time as offices write them, as the contract stores them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from sozialbericht.delivery.sheets.grid import Cell

DAY, MONTH, YEAR, SCHOOL_YEAR = "stichtag", "monat", "jahr", "schuljahr"
"""How exactly a moment is told, by the words of the column `zeitbezug`."""


@dataclass(frozen=True)
class Moment:
    """A point of time: how exactly it was told (`stichtag`, `monat`, `jahr`, `schuljahr`) and the day under which the
    contract stores it: the day, the last of the month, 31 December, 1 August of the beginning school year."""

    kind: str
    date: dt.date


_MONTHS = {
    name: number
    for number, names in enumerate(
        "januar jan jänner|februar feb feber|märz mrz mär maerz marz|april apr|mai|juni jun|juli jul|august aug"
        "|september sep sept|oktober okt|november nov|dezember dez".split("|"),
        1,
    )
    for name in names.split()
}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_Y = r"(?P<y>(?:19|20)\d{2}|'?\d{2})"
_Y4 = r"(?P<y>(?:19|20)\d{2})"
_NO_DIGIT = r"(?<![\d.,/-])"
_END = r"(?![\d/]|[.,-]\d)"
_FIRST, _LAST = 1900, 2100
_SERIALS = range(20_000, 80_000)
_EPOCHS = (dt.date(1899, 12, 30), dt.date(1904, 1, 1))
_NO_YEAR = r"(?!\s*(?:€|euro|eur|dm|personen|einwohner|m²|qm|km|prozent|%|fälle|haushalte|kinder|frauen|männer)\b)"


def _day(found: re.Match[str]) -> Moment | None:
    month = _month_number(found["m"])
    try:
        return Moment(DAY, dt.date(_year(found["y"]), month, int(found["d"])))
    except ValueError:
        return None


def _month(found: re.Match[str]) -> Moment | None:
    month = _month_number(found["m"])
    return month_of(dt.date(_year(found["y"]), month, 1)) if 1 <= month <= 12 else None


def _school(found: re.Match[str]) -> Moment | None:
    first = _year(found["y"])
    second = found["z"]
    if (first + 1) % 10 ** len(second) != int(second):
        return None
    return Moment(SCHOOL_YEAR, dt.date(first, 8, 1))


def _whole_year(found: re.Match[str]) -> Moment | None:
    return year_of(dt.date(_year(found["y"]), 1, 1))


_PATTERNS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Moment | None]]] = [
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"{_NO_DIGIT}(?P<d>\d{{1,2}})\. ?(?P<m>\d{{1,2}})\. ?{_Y}(?![\d/])", _day),
        (rf"(?<![\d-]){_Y4}-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?!\d)", _day),
        (rf"{_NO_DIGIT}(?P<d>\d{{1,2}})\.? (?P<m>{_NAMES})\.?,? {_Y}(?!\d)", _day),
        (r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)", _day),
        (rf"{_NO_DIGIT}{_Y4} ?[/–-] ?(?P<z>\d{{4}}|\d{{2}}){_END}", _school),
        (r"(?:schuljahr|sj\.?) (?P<y>\d{2}) ?[/–-] ?(?P<z>\d{2})(?!\d)", _school),
        (rf"(?<![^\W\d_])(?P<m>{_NAMES})\b[. /-]{{0,2}}{_Y}(?!\d)", _month),
        (rf"{_NO_DIGIT}(?P<m>0?[1-9]|1[0-2])[./-]{_Y4}{_END}", _month),
        (rf"{_NO_DIGIT}{_Y4}[./-](?P<m>0[1-9]|1[0-2]){_END}", _month),
        (rf"{_NO_DIGIT}{_Y4}(?![\d/]|[.,-]\d){_NO_YEAR}", _whole_year),
    )
]


def moment(text_or_value: object, zeitbezug: str | None = None, *, since_1904: bool = False) -> Moment | None:
    """The moment that a cell, a text, a date, a year or an Excel serial names, None where it names none or several.

    With a ``zeitbezug`` the moment has this kind wherever the words are exact enough (31.12.2006 is `monat` Dezember
    2006); where they are not („2006“ for a Stichtag), its kind is what they tell and differs from the ``zeitbezug``.
    ``since_1904`` says from when bare numbers of days are counted.
    """
    found = _any(text_or_value, since_1904)
    return found if found is None or zeitbezug is None else as_kind(found, zeitbezug)


def in_words(text: str) -> list[Moment]:
    """The moments named in a title or a head, from left to right, each once."""
    taken: list[tuple[int, int, Moment]] = []
    plain = " ".join(text.split())
    for pattern, read in _PATTERNS:
        for found in pattern.finditer(plain):
            free = all(found.end() <= start or end <= found.start() for start, end, _ in taken)
            if free and (told := read(found)) is not None:
                taken.append((found.start(), found.end(), told))
    return list(dict.fromkeys(told for _, _, told in sorted(taken, key=lambda entry: entry[0])))


def month_of(day: dt.date) -> Moment:
    """The month of a day."""
    return Moment(MONTH, day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def year_of(day: dt.date) -> Moment:
    """The year of a day."""
    return Moment(YEAR, dt.date(day.year, 12, 31))


def school_year_of(day: dt.date) -> Moment:
    """The school year in which a day lies."""
    return Moment(SCHOOL_YEAR, dt.date(day.year - (day.month < 8), 8, 1))


def _any(told: object, since_1904: bool) -> Moment | None:
    if isinstance(told, Cell):
        if isinstance(told.value, dt.date) and (seen := _exact(told.text)) is not None:
            return seen
        return _any(told.text if isinstance(told.value, str) else told.value, since_1904)
    if isinstance(told, dt.datetime):
        told = told.date()
    if isinstance(told, dt.date):
        return Moment(DAY, told)
    if isinstance(told, bool) or told is None:
        return None
    if isinstance(told, int | float):
        return _number(told, since_1904)
    text = " ".join(str(told).split())
    if re.fullmatch(r"\d{5}", text):
        return _number(int(text), since_1904)
    return _exact(text)


def _number(told: float, since_1904: bool) -> Moment | None:
    """A year, a day written in eight digits, or a day as the number that Excel has for it."""
    if not float(told).is_integer():
        return None
    if _FIRST <= told <= _LAST:
        return year_of(dt.date(int(told), 1, 1))
    if int(told) in _SERIALS:
        return Moment(DAY, _EPOCHS[since_1904] + dt.timedelta(int(told)))
    return _exact(str(int(told))) if 19_000_101 <= told <= 21_001_231 else None


def _exact(text: str) -> Moment | None:
    """The only moment that a text names; others that only say the same less exactly do not count."""
    found = in_words(text)
    exact = [told for told in found if all(as_kind(told, other.kind) == other for other in found)]
    return exact[0] if len(exact) == 1 else None


def as_kind(told: Moment, kind: str) -> Moment:
    """The moment as one of this kind, itself where it is not exact enough."""
    if kind == MONTH and told.kind == DAY:
        return month_of(told.date)
    if kind == YEAR and told.kind in (DAY, MONTH):
        return year_of(told.date)
    if kind == SCHOOL_YEAR and told.kind in (DAY, MONTH):
        return school_year_of(told.date)
    return told


def _year(text: str) -> int:
    digits = text.lstrip("'")
    number = int(digits)
    if len(digits) == 2:
        return number + (2000 if number < 70 else 1900)
    return number


def _month_number(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS[text.lower()]

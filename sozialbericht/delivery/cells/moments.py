"""Moments: points of time as offices write them, as the contract stores them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """A point of time: how exactly it was told (`stichtag`, `monat`, `jahr`, `schuljahr`) and the day under which the
    contract stores it: the day, the last of the month, 31 December, 1 August of the beginning school year."""

    kind: str
    date: dt.date


def moment(text_or_value: object, zeitbezug: str | None = None) -> Moment | None:
    """The moment that a cell, a text, a date, a year or an Excel serial names, None where it names none.

    With a ``zeitbezug`` the moment has this kind wherever the words are exact enough (31.12.2006 is `monat` Dezember
    2006); where they are not („2006“ for a Stichtag), its kind is what they tell and differs from the ``zeitbezug``.
    """
    raise NotImplementedError(text_or_value, zeitbezug)


def in_words(text: str) -> list[Moment]:
    """The moments named in a title or a head, from left to right, each once."""
    raise NotImplementedError(text)

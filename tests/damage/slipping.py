"""Slipping: the ways in which a single number is damaged between an office and a data folder."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple


class Place(NamedTuple):
    """A number as it is written, that of the next row of the same Merkmal, and another Merkmal's of the same area."""

    digits: str
    next_row: str
    other_column: str


Change = Callable[[random.Random, Place], "str | None"]


def _number(digits: str) -> str:
    return digits.lstrip("0") or "0"


def transposed(draw: random.Random, place: Place) -> str | None:
    """Two neighbouring digits exchanged."""
    digits = place.digits
    where = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and (at or digits[1] != "0")]
    if not where:
        return None
    at = draw.choice(where)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def dropped(draw: random.Random, place: Place) -> str | None:
    """A digit left out."""
    at = draw.randrange(len(place.digits))
    return _number(place.digits[:at] + place.digits[at + 1 :]) if len(place.digits) > 1 else None


def added(draw: random.Random, place: Place) -> str | None:
    """A digit too many."""
    at = draw.randrange(len(place.digits) + 1)
    return _number(place.digits[:at] + draw.choice("0123456789") + place.digits[at:])


def mistyped(draw: random.Random, place: Place) -> str | None:
    """Another digit in the place of one."""
    at = draw.randrange(len(place.digits))
    return _number(place.digits[:at] + draw.choice("0123456789") + place.digits[at + 1 :])


def tenfold(draw: random.Random, place: Place) -> str | None:
    """Ten times the number."""
    return place.digits + "0"


def tenth(draw: random.Random, place: Place) -> str | None:
    """The last digit cut off."""
    return place.digits[:-1] or None


def copied(draw: random.Random, place: Place) -> str | None:
    """The number of the next row."""
    return place.next_row


def swapped(draw: random.Random, place: Place) -> str | None:
    """The numbers of two neighbouring rows exchanged: the next row gets this one's."""
    return place.next_row


def other_column(draw: random.Random, place: Place) -> str | None:
    """The number of another Merkmal of the same area."""
    return place.other_column


def negative(draw: random.Random, place: Place) -> str | None:
    """A sign before the number."""
    return f"-{place.digits}"


def decimals(draw: random.Random, place: Place) -> str | None:
    """A decimal comma in the number."""
    return f"{place.digits[:-1]},{place.digits[-1]}" if len(place.digits) > 1 and place.digits[-1] != "0" else None


def thousands(draw: random.Random, place: Place) -> str | None:
    """A full stop as a sign of thousands."""
    return f"{place.digits[:-3]}.{place.digits[-3:]}" if len(place.digits) > 3 else None


CHANGES: tuple[Change, ...] = (
    transposed, dropped, added, mistyped, tenfold, tenth, copied, swapped, other_column, negative, decimals, thousands,
)  # fmt: skip

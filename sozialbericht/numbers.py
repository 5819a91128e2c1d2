"""Numbers as German offices print them, and the signs that stand in a number's place."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import SupportsFloat

from babel import Locale
from babel.numbers import format_decimal

from sozialbericht.status import Status

MINUS = "\u2212"
NBSP = "\u00a0"
LOCALE = Locale("de", "DE")

_SIGNS: dict[str, str] = {
    Status.OK: "",
    Status.LIMITED: "( )",
    Status.WITHHELD: ".",
    Status.UNRELIABLE: "/",
    Status.MISSING: "…",
    Status.NOT_MEANINGFUL: "x",
    "nothing": "–",
}
_WORDS: dict[str, str] = {
    Status.OK: "",
    Status.LIMITED: "eingeschränkt aussagefähig",
    Status.WITHHELD: "geheim gehalten",
    Status.UNRELIABLE: "nicht verlässlich",
    Status.MISSING: "liegt noch nicht vor",
    Status.NOT_MEANINGFUL: "nicht sinnvoll",
    "nothing": "nichts vorhanden",
}


def rounded(x: SupportsFloat, decimals: int = 0) -> float:
    """``x`` rounded commercially (half away from zero) to ``decimals`` places.

    Works on the shortest decimal notation after nine places, so that 11.05 gives 11.1 although the
    binary number lies below. Raises ValueError for values that are no finite numbers.
    """
    return float(_decimal(float(x), decimals))


def number(x: SupportsFloat, decimals: int = 0, sign: bool = False) -> str:
    """``43032`` → ``43.032``, ``-1.25`` with one place → ``−1,3``; ``sign`` writes the plus too.

    Half is rounded away from zero; a value that rounds to zero has no sign. Raises ValueError for
    values that are no finite numbers: they have a status, and the status has a sign of its own.
    """
    return _written(float(x), decimals, sign)


@lru_cache(maxsize=50_000)
def _written(x: float, decimals: int, sign: bool) -> str:
    value = _decimal(x, decimals)
    text = str(format_decimal(abs(value), format=_pattern(decimals), locale=LOCALE))
    if value < 0:
        return MINUS + text
    return "+" + text if sign and value > 0 else text


def signed(x: SupportsFloat, decimals: int = 0) -> str:
    """The number with its sign, ``+0,4`` or ``−4,3``; zero has none."""
    return number(x, decimals, sign=True)


def percent(x: SupportsFloat, decimals: int = 1, sign: bool = False) -> str:
    """A percentage with a no-break space before the sign: ``11,1 %``."""
    return f"{number(x, decimals, sign)}{NBSP}%"


def status_sign(status: str) -> str:
    """The sign that replaces a value, or stands around a limited one: ``( )`` ``.`` ``/`` ``…`` ``x`` ``–``."""
    return _lookup(_SIGNS, status)


def status_word(status: str) -> str:
    """The status in German words, for legends, keys and screen readers; empty for ``ok``."""
    return _lookup(_WORDS, status)


def shown(x: SupportsFloat, status: str = Status.OK, decimals: int = 0) -> str:
    """What a table cell shows: the sign of the status, ``–`` for exactly nothing, else the number.

    A *limited* number stands in brackets, ``(12,3)``.
    """
    if status == Status.LIMITED and math.isfinite(float(x)):
        return f"({shown(x, Status.OK, decimals)})"
    if status != Status.OK:
        return status_sign(status)
    return status_sign("nothing") if float(x) == 0 else number(x, decimals)


def _lookup(table: dict[str, str], status: str) -> str:
    if status not in table:
        raise ValueError(f"unknown status {status!r}, expected one of {', '.join(table)}")
    return table[status]


def _decimal(value: float, decimals: int) -> Decimal:
    if not math.isfinite(value):
        raise ValueError(f"not a finite number: {value}")
    if decimals < 0:
        raise ValueError(f"negative number of decimals: {decimals}")
    exact = Decimal(repr(round(value, 9)))
    return exact.quantize(_place(decimals), rounding=ROUND_HALF_UP) + Decimal(0)


@lru_cache
def _place(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


@lru_cache
def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")

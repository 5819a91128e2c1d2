"""Intervals in words: by which method the bounds are made, why there are none, when a difference counts."""

from __future__ import annotations

import math

import pandas as pd

from sozialbericht.numbers import number
from sozialbericht.position import Position
from sozialbericht.statistics.kind import Kind
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import enumeration

#: The method of each kind, for a source line.
METHODS = {
    Kind.WILSON: "nach Wilson",
    Kind.BYAR: "nach Byar",
    Kind.EXACT: "unter zehn Fällen exakt nach Poisson",
    Kind.RATIO: "für den Quotienten zweier Zahlen",
}
#: Why there is no interval: what stands after „kein Intervall: “.
REASONS = {
    Kind.MEAN: "Mittelwert; wie weit die einzelnen Werte streuen, ist nicht bekannt",
    Kind.AMOUNT: "Verhältnis oder Veränderung von Beständen; es werden keine Fälle gezählt",
    Kind.DELIVERED: "als Anteil geliefert; wie viele Personen dahinterstehen, ist nicht bekannt",
    Kind.NO_CASES: "ohne Fälle oder mit mehr Fällen als Personen lässt sich keiner berechnen",
    Kind.CLUSTERING: "wie viele Personen zusammengehören, ist für diesen Stand nicht bekannt",
    Kind.COUNT: "eine Anzahl, kein Anteil und keine Rate",
    Kind.NO_VALUE: "kein veröffentlichter Wert",
}


def span(lower: float, upper: float, decimals: int) -> str:
    """Both bounds: „24,5–25,5“, „−12,4 bis −11,6“; empty without an interval."""
    if not (math.isfinite(lower) and math.isfinite(upper)):
        return ""
    between = " bis " if lower < 0 else "–"
    return between.join(number(bound, decimals) for bound in (lower, upper))


def method(kinds: pd.Series) -> str:
    """How the bounds of these values are made: „95-%-Bereich nach Wilson“; empty where none has bounds."""
    used = [words for kind, words in METHODS.items() if (kinds == kind).any()]
    return f"95-%-Bereich {enumeration(used)}" if used else ""


def reason(kind: Kind) -> str:
    """Why a value has no interval: „kein Intervall (Mittelwert; …)“; empty for one that has."""
    return "" if kind.bounded else f"kein Intervall ({REASONS[kind]})"


def rule(table: pd.DataFrame, city: float | None = None, whole: str = "Gesamtwert") -> str:
    """The note below a chart: the method, and that the many comparisons are corrected for; columns wert, unten, oben,
    intervall, lage.

    With the ``city``'s value, which is called ``whole``, it says of how many areas only the interval misses it.
    Where no value has an interval it says why.
    """
    shown = table[table["wert"].notna()]
    if shown.empty:
        return ""
    if not (words := method(shown["intervall"])):
        return f"K{reason(Kind(shown['intervall'].iloc[0]))[1:]}."
    told = f"{words} (zufällige Schwankung); „erkennbar“ heißt: auch bei so vielen Vergleichen mehr als Zufall."
    if city is None:
        return told
    outside = (shown["unten"] > city) | (shown["oben"] < city)
    close = int((outside & (shown["lage"] == Position.WITHIN)).sum())
    missed = "Bei {n#einem Gebiet|{n:wort} Gebieten} verfehlt der Bereich den {w} dafür zu knapp."
    return f"{told} {worded(missed, n=close, w=whole)}" if close else told

"""Judgement: sign and word of a position, and whether it is good or bad – for text, table, chart and map alike."""

from __future__ import annotations

from sozialbericht.escaping import Markup
from sozialbericht.position import Position

#: The sign in front of the word, so that nobody needs the colour.
SIGNS = {Position.ABOVE: "▲", Position.BELOW: "▼", Position.WITHIN: "≈"}
#: The end of a series beside its beginning; x: no interval, or too short a series.
TRENDS = {Position.ABOVE: "↗", Position.WITHIN: "→", Position.BELOW: "↘", Position.UNKNOWN: "x"}
#: What the catalogue says of a high value, as a sign: 1 good, −1 bad, 0 neither.
DIRECTIONS = {"chance": 1, "belastung": -1}
_MARKS = {1: "plus", -1: "minus", 0: "ohne"}


def key(whole: str) -> str:
    """What the signs mean where they stand without words; ``whole`` is what the city's value is called."""
    return f"▲ erkennbar über, ▼ erkennbar unter, ≈ im Bereich des {whole}s."


def direction(judged: str) -> int:
    """1 where a high value is good, −1 where it is bad, 0 without judgement; ``judged`` is the catalogue's richtung."""
    return DIRECTIONS.get(judged, 0)


def side(position: Position, upward: int) -> int:
    """1 better than the city, −1 worse, 0 not recognisably different or without judgement; ``upward`` as above."""
    return position.sign * upward


def told(position: Position) -> str:
    """Sign and word: „▲ über“, „▼ unter“, „≈ im Bereich“, „kein Intervall“."""
    return " ".join(filter(None, [SIGNS.get(position, ""), str(position)]))


def sign(position: Position, upward: int) -> Markup:
    """The sign alone, where there is no room for the word; empty without an interval."""
    found = SIGNS.get(position, "")
    return Markup(f"[{found}]{{wertung={_MARKS[side(position, upward)]}}}") if found else Markup()


def cell(position: Position, upward: int) -> Markup:
    """Sign and word for a cell, coloured where the position is good or bad."""
    return Markup(f"[{told(position)}]{{wertung={_MARKS[side(position, upward)]}}}")

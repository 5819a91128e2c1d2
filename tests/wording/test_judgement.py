"""Judgement: sign and word first, colour only where a position is good or bad."""

from __future__ import annotations

import pytest

from sozialbericht.position import Position
from sozialbericht.wording import judgement


@pytest.mark.parametrize(
    ("position", "told"),
    [(Position.ABOVE, "▲ über"), (Position.BELOW, "▼ unter"), (Position.WITHIN, "≈ im Bereich"),
     (Position.UNKNOWN, "kein Intervall")],
)  # fmt: skip
def test_each_position_has_a_sign_and_a_word(position: Position, told: str) -> None:
    assert judgement.told(position) == told
    assert judgement.cell(position, 0) == f"[{told}]{{wertung=ohne}}"


@pytest.mark.parametrize(
    ("judged", "above", "below"), [("chance", 1, -1), ("belastung", -1, 1), ("neutral", 0, 0), ("", 0, 0)]
)
def test_a_high_value_is_good_bad_or_neither(judged: str, above: int, below: int) -> None:
    upward = judgement.direction(judged)
    sides = [judgement.side(position, upward) for position in (Position.ABOVE, Position.BELOW, Position.WITHIN)]
    assert sides == [above, below, 0]
    words = {1: "plus", -1: "minus", 0: "ohne"}
    assert judgement.cell(Position.ABOVE, upward).endswith(f"{{wertung={words[above]}}}")
    assert judgement.cell(Position.UNKNOWN, upward).endswith("{wertung=ohne}")

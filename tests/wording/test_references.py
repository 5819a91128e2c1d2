"""Sentences without references to what is not in the report."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.wording.references import section_word, without

DEAD = {"sec-plan", "fig-karte", "tbl-register"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Alles bleibt (@fig-linie).", "Alles bleibt (@fig-linie)."),
        ("Fünf sind es (@fig-karte).", "Fünf sind es."),
        ("Fünf sind es (@fig-karte und @tbl-werte).", "Fünf sind es (@tbl-werte)."),
        ("Fünf sind es (@fig-karte; mehr in @tbl-werte).", "Fünf sind es (mehr in @tbl-werte)."),
        ("@fig-karte zeigt alle. Es sind fünf.", "Es sind fünf."),
        ("Es sind fünf. Alle zeigt @fig-karte.", "Es sind fünf."),
        ("Am 21. Februar sind es 5,5 %. Alle zeigt @fig-karte.", "Am 21. Februar sind es 5,5 %."),
        ("Zusammen stehen sie in @sec-a, @sec-plan und @sec-b.", "Zusammen stehen sie in @sec-a und @sec-b."),
        ("Zusammen stehen sie in @sec-plan und @sec-b.", "Zusammen stehen sie in @sec-b."),
        (
            "Wie gezählt wird, steht in @sec-a, wie sicher das ist, in @sec-b, was folgt, in @sec-plan.",
            "Wie gezählt wird, steht in @sec-a, wie sicher das ist, in @sec-b.",
        ),
        ("Was folgt, steht in @sec-plan, wie gezählt wird, in @sec-a.", ""),
        ("Büro in einem Gebiet (@sec-plan).\n\nEin zweiter Absatz.", "Büro in einem Gebiet.\n\nEin zweiter Absatz."),
        (":   Plan mit drei Zielen (@sec-plan).", ":   Plan mit drei Zielen."),
        ("- Eins. Mehr in @sec-plan.\n- Zwei.", "- Eins.\n- Zwei."),
        ("Mehr im [Plan](#sec-plan) und im [Register](#tbl-werte).", "Mehr im Plan und im [Register](#tbl-werte)."),
        ("| Plan | @sec-plan |\n| Werte | @tbl-werte |", "| Plan |  |\n| Werte | @tbl-werte |"),
        ("**Grundsatz.** Er steht in @sec-plan.", "**Grundsatz.**"),
        ("Schreiben Sie an info@sec-plan.", "Schreiben Sie an info@sec-plan."),
    ],
)  # fmt: skip
def test_what_is_left(text: str, left: str) -> None:
    assert without(text, DEAD) == left


SIGNS = "Alle Werte stehen in zeigt nach und wie , . ( ) ; @sec-plan @sec-a @fig-karte @tbl-b \n"
WORDS = st.sampled_from(SIGNS.split(" "))


@given(st.lists(WORDS, max_size=40))
def test_no_dead_reference_stays_and_nothing_else_is_touched(words: list[str]) -> None:
    text = " ".join(words)
    left = without(text, DEAD)
    assert not [label for label in re.findall(r"@([\w-]*\w)", left) if label in DEAD]
    assert without(left, DEAD) == left, "a second time changes nothing"
    untouched = [line for line in text.split("\n") if not DEAD & set(re.findall(r"@([\w-]*\w)", line))]
    assert [line for line in left.split("\n") if line in untouched] == untouched
    assert without(text, set()) == text


@pytest.mark.parametrize(
    ("number", "word"),
    [("3", "Kapitel"), ("12", "Kapitel"), ("3.2", "Abschnitt"), ("F", "Anhang"), ("F.5", "Abschnitt")],
)
def test_what_a_reference_calls_a_chapter_or_section(number: str, word: str) -> None:
    assert section_word(number) == word

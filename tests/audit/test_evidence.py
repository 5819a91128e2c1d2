"""Evidence: names are found by their longest form, and only where something is withheld a number is looked at."""

from __future__ import annotations

import re

import pytest
import small_publication as small
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.audit.cells import Shown
from sozialbericht.audit.evidence import Evidence
from sozialbericht.audit.mentions import Vocabulary, _longest_of
from sozialbericht.audit.permitted import Permitted
from sozialbericht.audit.readers.readings import Passage

FORMS = st.sets(st.text("ab.- ü", min_size=1, max_size=6), min_size=1, max_size=12)


@given(FORMS, st.text("ab.- ü", max_size=30))
@settings(max_examples=300, deadline=None)
def test_the_longest_form_is_found_as_if_all_were_tried(forms: set[str], text: str) -> None:
    plain = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    ends = r"(?<![^\W_])", r"(?![^\W_])"
    expected = [match.span() for match in re.finditer(f"{ends[0]}(?:{plain}){ends[1]}", text)]
    assert [match.span() for match in re.finditer(f"{ends[0]}{_longest_of(forms)}{ends[1]}", text)] == expected


def test_long_names_need_no_deep_pattern() -> None:
    names = {"x" * 3000, "x" * 2000 + "y", "z"}
    assert re.fullmatch(_longest_of(names), "x" * 3000)
    assert not re.fullmatch(_longest_of(names), "x" * 2999)


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    shown = small.tables()
    return Evidence(Vocabulary(shown.tables), Permitted(shown))


def names(shown: Shown) -> list[str]:
    tables = shown.tables
    columns = (tables.areas["name"], tables.indicators["bezeichnung"], tables.features.index)
    return [str(name) for column in columns for name in column]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_skipped_would_have_been_found_harmless(evidence: Evidence, data: st.DataObject) -> None:
    word = st.sampled_from([*names(evidence.permitted.shown), "17", "0,2 %", "in", "und 3 weitere", "2006", ". ", "("])
    text = st.lists(word, min_size=1, max_size=9).map(" ".join)
    passage = Passage(data.draw(st.sampled_from(["Text", "Tabelle"])), "a", data.draw(text) + " 5",
                      tuple(data.draw(st.lists(text, max_size=3))))  # fmt: skip
    found = list(evidence.statements("a", [passage]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "_touches_secrets", lambda topics, areas: True)
        assert list(evidence.statements("a", [passage])) == found


def test_something_is_found_at_all(evidence: Evidence) -> None:
    (topic, area), *_ = evidence.permitted.secrets
    tables = evidence.permitted.shown.tables
    table = tables.indicators if topic[0] == "indikator" else tables.features
    said = f"{table.at[topic[1], 'bezeichnung']} in {tables.areas.at[area, 'name']}: 4711"
    assert [one.number for one in evidence.statements("a", [Passage("Text", "a", said)])] == ["4711"]

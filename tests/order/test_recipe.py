"""The command in a manifest asks for the same report again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.faults import InputError
from sozialbericht.order import recipe
from sozialbericht.order.request import Request

NAMES = st.lists(st.from_regex(r"[A-Za-zÄÖÜäöü][\w äöü'\"/-]{0,12}", fullmatch=True), max_size=3)


@given(
    st.integers(1900, 2100), st.sampled_from([("pdf",), ("html",), ("pdf", "html")]), NAMES, st.none() | NAMES,
    st.booleans(), st.none() | st.integers(1900, 2100), st.sampled_from(["quarto", "builtin"]),
)  # fmt: skip
def test_it_asks_for_the_same(year, formats, only, profiles, draft, compared, engine) -> None:
    asked = Request(
        year, formats, engine, only=only, profiles=profiles, draft=draft, compare_with=compared, jobs=3, cache=False
    )
    found = recipe.request(recipe.of(asked, engine))
    same = Request(year, formats, engine, only=only, profiles=profiles, draft=draft, compare_with=compared)
    assert found == same


@pytest.mark.parametrize("command", ["", "rm -rf /", "sozialbericht render", "sozialbericht render --year 1 2 --x",
                                     "sozialbericht render --year '"])
def test_another_command_is_refused(command: str) -> None:
    with pytest.raises(InputError, match="Befehl"):
        recipe.request(command)

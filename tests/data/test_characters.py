"""Characters that no report can print."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.data.reading import characters

ALL = [chr(code) for code in range(sys.maxunicode + 1)]


def test_what_unicode_calls_printable_can_be_printed() -> None:
    """So that a text of such signs alone need not be searched."""
    pattern = characters._NOT_IN_A_NAME
    assert not [sign for sign in ALL if sign.isprintable() and pattern.match(sign)]
    assert characters.unprintable("a\u202eb\x00") == "\u202e"
    assert characters.unprintable("a\tb") == "\t"
    assert characters.unprintable("a\tb", lines=True) == ""
    assert characters.unprintable("a\u00a0b") == "", "no sign that Unicode calls unprintable, but one of ours"


@given(st.text(), st.booleans())
def test_the_first_one_is_found(text: str, lines: bool) -> None:
    pattern = characters._UNPRINTABLE if lines else characters._NOT_IN_A_NAME
    assert characters.unprintable(text, lines=lines) == next((sign for sign in text if pattern.match(sign)), "")

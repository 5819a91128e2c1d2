"""Textwords: what the texts of a report leave open until its data are known: the words of the levels, and what is said
of Modelldaten only.
"""

from __future__ import annotations

import re

from sozialbericht.data.decided.ebene import AREA, KNOWN
from sozialbericht.data.levels import Ebenen
from sozialbericht.escaping import escape
from sozialbericht.wording.placeholders import TEXT_FIELD

#: What a text says of Modelldaten only; the block ends with the next line of three colons.
_MODEL_ONLY = re.compile(r"^::: \{\.nur-modelldaten\}\n(.*?)^:::[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
#: The words of a city of which nothing is known.
ANY = Ebenen((KNOWN["stadt"], AREA))


def filled(text: str, levels: Ebenen, *, model: bool) -> str:
    """A text with the words of the levels in the place of its fields (``{unten.mehrzahl}``); what it says in blocks of
    Modelldaten only stays, without the marks of the block, if the data are such (``model``), and goes if not.
    """
    kept = _MODEL_ONLY.sub(r"\1" if model else "", text)
    return TEXT_FIELD.sub(lambda field: _word(levels, field[1], field[2]), kept)


def _word(levels: Ebenen, level: str, form: str) -> str:
    word = str(getattr(getattr(levels, level), form[0].lower() + form[1:]))
    return str(escape(word[0].upper() + word[1:] if form[0].isupper() else word))

"""Fields of a sentence template as a pattern, for what fills them in and for what checks them before."""

from __future__ import annotations

import re

#: ``{a}``, ``{a.wo}``, ``{d?gestiegen|gesunken|gleich}``, ``{n#Raum|Räume}``, ``{n:wort}``; groups: name, path,
#: choices, plural, word.
FIELD = re.compile(r"\{(\w+)((?:\.\w+)*)(?:\?((?:[^{}]|\{[^{}]*\})*)|#((?:[^{}]|\{[^{}]*\})*)|:([wW]ort))?\}")
#: The levels whose words every template and every text may ask for: ``{unten.mehrzahl}``, ``{stadt.Nominativ}``.
LEVELS = ("stadt", "mitte", "unten")
#: Such a field in a text that is no template; groups: level, form.
TEXT_FIELD = re.compile(rf"\{{({'|'.join(LEVELS)})\.(\w+)\}}")
#: What separates the choices of a field, outside of inner fields.
BAR = re.compile(r"\|(?![^{}]*\})")

"""Fields of a sentence template as a pattern, for what fills them in and for what checks them before."""

from __future__ import annotations

import re

#: ``{a}``, ``{a.wo}``, ``{d?gestiegen|gesunken|gleich}``, ``{n#Raum|Räume}``, ``{n:wort}``; groups: name, path,
#: choices, plural, word.
FIELD = re.compile(r"\{(\w+)((?:\.\w+)*)(?:\?((?:[^{}]|\{[^{}]*\})*)|#((?:[^{}]|\{[^{}]*\})*)|:([wW]ort))?\}")
#: What separates the choices of a field, outside of inner fields.
BAR = re.compile(r"\|(?![^{}]*\})")

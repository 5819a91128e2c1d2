"""Form of the descriptor: which kind of content is expected at which of its places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from sozialbericht.data.faultlist import quoted
from sozialbericht.data.reading.characters import PROSE, described, printable, unprintable

Check = Callable[[Any], bool]

_LONGEST = 5000


class Form:
    """What may stand at a place: ``title`` in German, ``check`` of the value, and the forms of what is in it.

    ``parts`` are those of an object's entries, ``items`` that of each item of a list or, with ``named``, of each value.
    """

    def __init__(
        self, title: str, check: Check, parts: dict[str, Form] | None = None, items: Form | None = None
    ) -> None:
        self.title, self.check, self.parts, self.items = title, check, parts or {}, items

    def faults(self, value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        """Place and fault of everything in ``value`` that is not as it should be."""
        if not self.check(value):
            yield " › ".join(place), f"erwartet wird {self.title}, gefunden wurde {_shown(value)}"
            return
        if isinstance(value, dict):
            for name, part in value.items():
                if form := self.parts.get(name, self.items):
                    yield from form.faults(part, (*place, name))
        elif isinstance(value, list) and self.items:
            for number, item in enumerate(value, start=1):
                title = item.get("name") if isinstance(item, dict) else None
                title = title if isinstance(title, str) and title else f"Nr. {number}"
                yield from self.items.faults(item, (*place, title))


def faults(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Fault and remedy for every place of a descriptor that holds another kind of content than expected."""
    for place, what in DESCRIPTOR.faults(content):
        yield (
            f"Bei „{printable(place)}“: {printable(what)}.",
            "Berichtigen Sie die Angabe; docs/handbuch.md und data/datapackage.json zeigen die Form.",
        )
    for at, sign in _unprintable(content):
        what = f"Bei „{printable(' › '.join(at))}“ steht das Zeichen {described(sign)}, das sich nicht drucken lässt."
        yield what, "Löschen Sie das Zeichen oder tippen Sie den Text neu."


def _unprintable(content: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Place and character of every text and name that cannot be printed."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), content)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            for name, part in value.items():
                if sign := unprintable(name):
                    yield (*place, f"{len(waiting)}. Name"), sign
                else:
                    waiting.append(((*place, name), part))
        elif isinstance(value, list):
            waiting += [((*place, f"Nr. {number}"), part) for number, part in enumerate(value, start=1)]
        elif isinstance(value, str) and (
            sign := unprintable(value, lines=bool(place) and place[-1] in (*PROSE, "delimiter"))
        ):
            yield place, sign


def _shown(value: Any) -> str:
    """A value of the descriptor as a message shows it."""
    if value is None:
        return "nichts (null)"
    if isinstance(value, bool):
        return "ja (true)" if value else "nein (false)"
    if isinstance(value, dict):
        return "ein Objekt { … }"
    if isinstance(value, list):
        return "eine Liste [ … ]" if value else "eine leere Liste"
    text = str(value)
    return quoted(text if len(text) <= 40 else text[:40] + "…")


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _pattern(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) <= 300 and bool(re.compile(value))
    except (re.error, RecursionError, OverflowError):
        return False


def _sign(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 1 and not value.isalnum() and value not in "\r\n\0"


TEXT = Form("ein Text", _text)
NAME = Form("ein Name", lambda value: _text(value) and bool(value.strip()))
NAMES = Form("ein Name oder eine Liste von Namen", lambda v: NAME.check(v) or isinstance(v, list), items=NAME)
TEXTS = Form("eine Liste von Texten", lambda value: isinstance(value, list), items=TEXT)
YES_NO = Form("true oder false", lambda value: isinstance(value, bool))
SIGN = Form("ein einzelnes Zeichen, weder Buchstabe noch Ziffer", _sign)
GROUP = Form("ein einzelnes Zeichen oder ein leerer Text", lambda value: value == "" or _sign(value))
NUMBER = Form("eine Zahl", _number)
LENGTH = Form(
    "eine ganze Zahl ab 0", lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0
)
OBJECT = Form("ein Objekt", lambda value: isinstance(value, dict))

CONSTRAINTS = Form(
    "ein Objekt mit Regeln",
    OBJECT.check,
    {
        "required": YES_NO,
        "unique": YES_NO,
        "pattern": Form("ein Muster (regulärer Ausdruck)", _pattern),
        "enum": Form(
            "eine Liste der erlaubten Werte",
            lambda value: isinstance(value, list) and bool(value),
            items=Form("ein Text oder eine Zahl", lambda value: _text(value) or _number(value)),
        ),
        **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), NUMBER),
        **dict.fromkeys(("minLength", "maxLength"), LENGTH),
    },
)
MISSING = Form(
    "ein Zeichen oder ein Objekt mit „value“ und „label“",
    lambda value: _text(value) or (isinstance(value, dict) and _text(value.get("value"))),
    {"value": TEXT, "label": TEXT},
)
FIELD = Form(
    "die Beschreibung einer Spalte",
    OBJECT.check,
    {
        "name": NAME,
        "type": TEXT,
        "title": TEXT,
        "description": TEXT,
        "decimalChar": SIGN,
        "groupChar": GROUP,
        "trueValues": TEXTS,
        "falseValues": TEXTS,
        "missingValues": Form("eine Liste von Zeichen", lambda value: isinstance(value, list), items=MISSING),
        "constraints": CONSTRAINTS,
    },
)
KEY = Form(
    "ein Objekt mit „fields“ und „reference“",
    lambda value: isinstance(value, dict) and {"fields", "reference"} <= set(value),
    {
        "fields": NAMES,
        "reference": Form("ein Objekt mit „resource“ und „fields“", OBJECT.check, {"resource": TEXT, "fields": NAMES}),
    },
)
SCHEMA = Form(
    "ein Objekt mit „fields“",
    OBJECT.check,
    {
        "fields": Form("eine Liste von Spalten", lambda value: isinstance(value, list), items=FIELD),
        "primaryKey": NAMES,
        "foreignKeys": Form("eine Liste von Schlüsseln", lambda value: isinstance(value, list), items=KEY),
    },
)
RESOURCE = Form(
    "die Beschreibung einer Tabelle",
    OBJECT.check,
    {
        "name": NAME,
        "title": TEXT,
        "description": TEXT,
        "path": NAMES,
        "jahresdateien": NAME,
        "layer": NAME,
        "encoding": NAME,
        "entbehrlich": YES_NO,
        "dialect": Form(
            "ein Objekt",
            OBJECT.check,
            {
                "delimiter": Form(SIGN.title, lambda value: value == "\t" or _sign(value)),
                "quoteChar": SIGN,
                "decimalChar": SIGN,
                "groupChar": GROUP,
            },
        ),
        "schema": SCHEMA,
    },
)
DESCRIPTOR = Form(
    "ein Objekt",
    OBJECT.check,
    {
        "title": TEXT,
        "name": TEXT,
        "statustext": TEXT,
        "resources": Form("eine Liste von Tabellen", lambda value: isinstance(value, list), items=RESOURCE),
        **dict.fromkeys(
            ("sources", "licenses"), Form("eine Liste", lambda value: isinstance(value, list), items=OBJECT)
        ),
    },
)

"""Sentences computed from the data: a template with named values and words that follow the values.

``{a}`` prints a value, ``{a.wo}`` one of its properties, ``{a.Wo}`` the same with a capital;
``{d?gestiegen|gesunken|nicht erkennbar verändert}`` chooses by the direction of a change,
``{n#Sozialraum|Sozialräume}`` by number (one, otherwise); a choice may hold fields itself.
``{n:wort}`` writes numbers up to twelve as words, ``{n:Wort}`` with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sozialbericht import numbers
from sozialbericht.escaping import Markup, escape
from sozialbericht.faults import listed, nearest
from sozialbericht.wording.placeholders import BAR, FIELD
from sozialbericht.wording.typewords import called
from sozialbericht.wording.values import NotSayable, enumeration

WORDS = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()


class TemplateError(ValueError):
    """A sentence template is wrong: unknown name, wrong number of choices, a bare decimal number.

    ``what`` is wrong; ``remedy`` says what to do.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"{what}\n  → {remedy}")


#: How a value gets into a sentence.
Put = Callable[[str], str]


def sentence(template: str, *, otherwise: str | None = None, **values: Any) -> Markup:
    """The template, which is Markdown, with its fields filled in; the values are text and escaped.

    A finished sentence is returned as it is. Where a value must not be printed, ``otherwise`` is filled in instead (""
    for no sentence at all); without it that is an error, because a report must say why a number is absent.
    """
    if isinstance(template, Markup):
        return template
    return Markup(_filled(template, otherwise, values, escape))


def worded(template: str, *, otherwise: str | None = None, **values: Any) -> str:
    """The template, which is text as the values are, with its fields filled in:
    for text that is put together further.
    """
    return _filled(template, otherwise, values, str)


def _filled(template: str, otherwise: str | None, values: dict[str, Any], put: Put) -> str:
    try:
        return FIELD.sub(lambda match: _field(match, values, put), template)
    except NotSayable as reason:
        if otherwise is None:
            raise TemplateError(
                f"Der Satz „{template}“ kann nicht gedruckt werden ({reason}).",
                "Mit sonst=… eine Fassung ohne diesen Wert angeben.",
            ) from reason
        return _filled(otherwise, None, values, put) if otherwise else ""


def _field(match: re.Match[str], values: dict[str, Any], put: Put) -> str:
    name, path, choices, plural, word = match.groups()
    if name not in values:
        raise TemplateError(
            f"Im Satz steht {match[0]}, aber es gibt keinen Wert „{name}“.",
            nearest(name, values)
            or (f"Vorhanden: {', '.join(values)}." if values else f"Der Angabe fehlt {name}=…, etwa {name}=b.wert(…)."),
        )
    value, parts = values[name], path.split(".")[1:]
    for part in parts:
        known = part[:1].lower() + part[1:]
        if not hasattr(value, known):
            names = [n for n in dir(value) if not n.startswith("_")]
            raise TemplateError(
                f"Im Satz steht {match[0]}, aber {called(type(value).__name__)} hat kein „{part}“.",
                nearest(known, names) or f"Vorhanden: {listed(names, 20)}.",
            )
        value = getattr(value, known)
    if choices is not None:
        return FIELD.sub(lambda inner: _field(inner, values, put), _choose(match[0], choices, value))
    if plural is not None:
        return FIELD.sub(lambda inner: _field(inner, values, put), _plural(match[0], plural, value))
    if word:
        written = WORDS[value] if isinstance(value, int) and 0 <= value < len(WORDS) else put(printed(value))
        return written.capitalize() if word == "Wort" else written
    text = (
        enumeration(put(printed(item)) for item in value) if isinstance(value, (list, tuple)) else put(printed(value))
    )
    return text[:1].upper() + text[1:] if parts and parts[-1][:1].isupper() else text


def _choose(field: str, choices: str, value: Any) -> str:
    words = BAR.split(choices)
    if len(words) != 3:
        remedy = "Drei Wörter werden gebraucht: gestiegen|gesunken|gleich."
        raise TemplateError(f"In {field} sind {len(words)} statt drei.", remedy)
    direction = value.richtung if hasattr(value, "richtung") else (value > 0) - (value < 0)
    return words[{1: 0, -1: 1, 0: 2}[direction]]


def _plural(field: str, choices: str, value: Any) -> str:
    words = BAR.split(choices)
    if len(words) != 2:
        remedy = "Zwei Wörter werden gebraucht: Einzahl|Mehrzahl."
        raise TemplateError(f"In {field} sind {len(words)} statt zwei.", remedy)
    count = len(value) if isinstance(value, (list, tuple)) else value
    return words[0] if count == 1 else words[1]


def printed(value: Any) -> str:
    """A value as text: whole numbers with their point, lists as enumerations; bare decimals are refused."""
    if value is None:
        raise NotSayable("kein Wert")
    if isinstance(value, bool):
        raise TemplateError("Ein Wahrheitswert kann nicht gedruckt werden.", "Zwischen Sätzen wählt b.wenn(…) oder if.")
    if isinstance(value, int):
        return numbers.number(value)
    if isinstance(value, float):
        raise TemplateError(
            f"Die Zahl {value} hat keine Nachkommastellen-Vorgabe.",
            "numbers.number(x, 1) übergeben (from sozialbericht import numbers) oder einen Wert von b.wert(…).",
        )
    if isinstance(value, (list, tuple)):
        return enumeration(printed(item) for item in value)
    return value if isinstance(value, str) else str(value)

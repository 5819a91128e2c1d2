"""Fields of templates: names without a value, properties that a value does not have, choices that are missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sozialbericht.checking.code.bindings import Type
from sozialbericht.checking.code.inference import Inference
from sozialbericht.data.decided.ebene import Ebene
from sozialbericht.faults import listed, nearest
from sozialbericht.wording.placeholders import BAR, FIELD, LEVELS

#: Stands in a template for what an f-string puts in.
UNKNOWN = "\ue000"
_OPEN = re.compile(r"\{(?![#.=]|lang=)[^{}]{0,40}")
#: The type of what stands under the names of the levels.
LEVEL: Type = ("object", Ebene.__module__, Ebene.__name__)
#: What the words of a template say about a wrong field, and what to do: (what, remedy).
Said = tuple[str, str]


def spoken(template: str, instead: str = UNKNOWN) -> str:
    """The words of a template: the choices of its fields one after the other, ``instead`` for values."""

    def words(match: re.Match[str]) -> str:
        choices = match[3] if match[3] is not None else match[4]
        if choices is None:
            return instead
        return f" {' | '.join(FIELD.sub(words, choice) for choice in BAR.split(choices))} "

    return FIELD.sub(words, template)


def check(
    template: str, values: Mapping[str, Any] | None, type_of: Callable[[Any], Type], inference: Inference
) -> Iterator[Said]:
    """What is wrong with the fields of a template; ``values`` are those given by name, None where that is not known."""
    left = FIELD.sub("", template)
    if UNKNOWN not in template and (broken := _OPEN.search(left)):
        remedy = "Ein Feld hat die Form {r}, {r.raum}, {d?gestiegen|gesunken|gleich}, {n#Raum|Räume} oder {n:wort}."
        yield f"Das Feld „{broken[0]}“ ist nicht vollständig.", remedy
    for match in _matches(template):
        name, path, choices, plural, _ = match.groups()
        for given, number, form in ((choices, 3, "gestiegen|gesunken|gleich"), (plural, 2, "Einzahl|Mehrzahl")):
            if given is not None and UNKNOWN not in given and len(BAR.split(given)) != number:
                what = f"Das Feld „{{{name}{path}…“ hat {len(BAR.split(given))} statt {number} Möglichkeiten."
                yield what, f"Gebraucht wird {{{name}{path}{'?' if number == 3 else '#'}{form}}}."
        if values is None:
            continue
        if name in LEVELS and name not in values:
            yield from _properties(name, path, LEVEL, inference)
            continue
        if name not in values:
            remedy = nearest(name, values) or (
                f"Vorhanden: {listed(values)}." if values else f"Den Wert übergeben: {name}=…."
            )
            yield f"In der Vorlage steht {{{name}{path}}}, aber der Aufruf übergibt keinen Wert „{name}“.", remedy
            continue
        yield from _properties(name, path, type_of(values[name]), inference)


def _matches(template: str) -> Iterator[re.Match[str]]:
    for match in FIELD.finditer(template):
        yield match
        for choices in match.groups()[2:4]:
            yield from _matches(choices or "")


def _properties(name: str, path: str, found: Type, inference: Inference) -> Iterator[Said]:
    for part in path.split(".")[1:]:
        known = part[:1].lower() + part[1:]
        if found is None or found[0] != "object":
            return
        place = (found[1], found[2])
        if inference.interface.member(place, known) is None and not inference.interface.is_open(place):
            names = inference.interface.members(place)
            yield (
                f"{{{name}{path}}}: „{part}“ gibt es bei {found[2]} nicht.",
                nearest(part, names) or f"Vorhanden: {listed(names, 20)}.",
            )
            return
        found = inference.attribute(found, known)

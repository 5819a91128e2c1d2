"""Settingreaders: how each setting of ``bericht.yml`` is read, and the rules and texts that it may say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import yaml

from sozialbericht.data.decided.ebene import NEEDED, OPTIONAL, Ebene, of_words
from sozialbericht.data.decided.pflichtangaben import Pflichtangaben
from sozialbericht.data.decided.pronouns import GENDERS
from sozialbericht.data.decided.settingnodes import finding, line, pairs, paragraphs
from sozialbericht.data.decided.typen import NAMES, Typen, of_number
from sozialbericht.data.faultlist import Finding, quoted, similar


class Regel(StrEnum):
    """By which rule an area is an Aktionsraum: below the city's average, or by its type."""

    UNTER_DURCHSCHNITT = "unter_durchschnitt"
    TYP = "typ"


@dataclass(frozen=True)
class Statusindex:
    """Which areas the index of status leaves out: those with fewer inhabitants, and exceptions (raum_id → reason); and
    over how many years (``jahre``) its dynamics look.
    """

    mindestbevoelkerung: int = 300
    ausnahmen: Mapping[str, str] = field(default_factory=dict)
    jahre: int = 2


@dataclass(frozen=True)
class Vorfuehrung:
    """What a report says while its data are Modelldaten, and never with official ones.

    ``deckblatt``: a line on the cover; ``impressum``: a paragraph of the Impressum; ``impressum_karten``: a sentence on
    the maps there; ``unter_karten``: what stands below every map.
    """

    deckblatt: str = ""
    impressum: str = ""
    impressum_karten: str = ""
    unter_karten: str = ""


def _rule(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    given, fault = line(value)
    if given in list(Regel):
        chosen[name] = Regel(given)
    elif fault:
        yield finding(value, f"{quoted(name)} {fault}.", f"Möglich sind: {', '.join(Regel)}.")
    else:
        yield finding(value, f"{quoted(name)} hat den Wert {quoted(given[:60])}.", similar(given, list(Regel)))


def _levels(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``ebenen``: for each level a mapping of words."""
    found: dict[str, Ebene] = {}
    if not isinstance(value, yaml.MappingNode):
        yield finding(value, f"{quoted(name)} enthält keine Ebenen.", _LEVEL)
        return
    entries, faults = pairs(value)
    yield from faults
    for level, key, words in entries:
        if not isinstance(words, yaml.MappingNode):
            yield finding(key, f"Für die Ebene {quoted(level)} fehlen die Wörter.", _LEVEL)
            continue
        told, wrong = _words(words)
        yield from wrong
        if wrong:
            continue
        nameless = next((w for w in ("wo", "wessen") if "{name}" not in told.get(w, "{name}")), "")
        if missing := [word for word in NEEDED if word not in told]:
            yield finding(key, f"Bei der Ebene {quoted(level)} fehlen: {', '.join(missing)}.", _LEVEL)
        elif told["geschlecht"] not in GENDERS:
            what = f"„geschlecht“ hat den Wert {quoted(told['geschlecht'][:20])}."
            yield finding(key, what, f"Möglich sind: {', '.join(GENDERS)}.")
        elif nameless:
            yield finding(key, f"In „{nameless}“ fehlt {{name}}.", f"Zum Beispiel: {nameless}: {_NAMED[nameless]}.")
        else:
            found[level] = of_words(level, told)
    chosen[name] = found


def _words(node: yaml.MappingNode) -> tuple[dict[str, str], list[Finding]]:
    """The words of one level and their faults."""
    entries, faults = pairs(node)
    told = {}
    for word, key, value in entries:
        text, fault = line(value)
        if word not in _WORDS:
            faults.append(finding(key, f"Ein Wort {quoted(word[:60])} gibt es nicht.", similar(word, _WORDS)))
        elif fault:
            faults.append(finding(value, f"{quoted(word)} {fault}.", _LEVEL))
        told[word] = text
    return told, faults


def _types(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``typen``: anzahl, or namen from the least to the most burdened, and belastet, how many of the last are that."""
    if not isinstance(value, yaml.MappingNode):
        yield finding(value, f"{quoted(name)} enthält keine Angaben.", _TYPES)
        return
    entries, faults = pairs(value)
    yield from faults
    known = ("anzahl", "namen", "belastet")
    if unknown := [(key, place) for key, place, _ in entries if key not in known]:
        for key, place in unknown:
            yield finding(place, f"Eine Angabe {quoted(key[:60])} gibt es nicht.", similar(key, known))
        return
    nodes = {key: node for key, _, node in entries}
    number, most = _whole(nodes["anzahl"]) if "anzahl" in nodes else None, max(NAMES)
    names: dict[str, Any] = {}
    if "namen" in nodes:
        yield from _names("namen", nodes["namen"], names)
    told = tuple(names.get("namen", ()))
    count = len(told) if told else number
    if "anzahl" in nodes and (number not in NAMES or (told and number != len(told))):
        differ = f"„anzahl“ ist {number}, Namen sind es {len(told)}."
        what = differ if number in NAMES else f"„anzahl“ ist keine Zahl von {min(NAMES)} bis {most}."
        yield finding(nodes["anzahl"], what, _TYPES)
    elif count not in NAMES:
        yield finding(value, f"Typen gibt es {min(NAMES)} bis {most}, hier {count or 'keinen'}.", _TYPES)
    elif long := [word for word in told if len(word) > LONGEST_TYPE]:
        yield finding(nodes["namen"], f"Der Name {quoted(long[0])} hat mehr als {LONGEST_TYPE} Zeichen.", _TYPES)
    else:
        usual = of_number(count)
        burdened = _whole(nodes["belastet"]) if "belastet" in nodes else usual.belastet
        if burdened is None or not 0 < burdened < count:
            yield finding(nodes["belastet"], f"„belastet“ ist keine Zahl von 1 bis {count - 1}.", _TYPES)
        else:
            chosen[name] = Typen(told or usual.namen, burdened)


def _text(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """A line of text."""
    chosen[name], fault = line(value)
    if fault:
        yield finding(value, f"{quoted(name)} {fault}.", f"Zum Beispiel: {name}: …")


def _paragraphs(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """A paragraph or a list of them."""
    chosen[name], fault = paragraphs(value)
    if fault:
        yield finding(value, f"{quoted(name)} {fault}.", f"Zum Beispiel: {name}: [Ein Absatz., Ein zweiter.]")


def _names(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """A list of names, each once."""
    found = [line(one) for one in value.value] if isinstance(value, yaml.SequenceNode) else []
    names = tuple(text for text, _ in found)
    if not found or any(fault for _, fault in found) or len(set(names)) < len(names):
        yield finding(value, f"{quoted(name)} ist keine Liste verschiedener Namen.", f"Zum Beispiel: {name}: [A, B]")
    chosen[name] = names


def _example(name: str) -> str:
    return _EXAMPLES.get(name, f"Zum Beispiel: {name}: {{Begriff: was er bedeutet}}.")


def _texts(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``texte``, ``synonyme``, ``gruppen``: for each name a paragraph or a list of them."""
    if not isinstance(value, yaml.MappingNode):
        yield finding(value, f"{quoted(name)} enthält keine Texte.", _example(name))
        return
    entries, faults = pairs(value)
    yield from faults
    found: dict[str, tuple[str, ...]] = {}
    for key, _, node in entries:
        found[key], fault = paragraphs(node)
        if fault:
            yield finding(node, f"Der Text {quoted(key)} {fault}.", _example(name))
    chosen[name] = found


def _terms(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``glossar`` and ``abkuerzungen``: what a term means."""
    found: dict[str, Any] = {}
    yield from _texts(name, value, found)
    several = [term for term, told in found.get(name, {}).items() if len(told) > 1]
    if several:
        yield finding(value, f"{quoted(several[0])} hat mehr als einen Absatz.", f"Zum Beispiel: {name}: {{BA: …}}.")
    chosen[name] = {term: " ".join(told) for term, told in found.get(name, {}).items()}


def _places(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``vorfuehrung``, ``pflichtangaben``: for each of its places a text."""
    kind: type[Vorfuehrung | Pflichtangaben] = Vorfuehrung if name == "vorfuehrung" else Pflichtangaben
    known = tuple(kind.__dataclass_fields__)
    if not isinstance(value, yaml.MappingNode):
        yield finding(value, f"{quoted(name)} enthält keine Texte.", f"Möglich sind: {', '.join(known)}.")
        return
    entries, faults = pairs(value)
    yield from faults
    found: dict[str, str] = {}
    for key, place, node in entries:
        told, fault = paragraphs(node)
        if key not in known:
            yield finding(place, f"Eine Angabe {quoted(key[:60])} gibt es nicht.", similar(key, known))
        elif fault or len(told) > 1:
            yield finding(node, f"{quoted(key)} {fault or 'hat mehr als einen Absatz'}.", f"Zum Beispiel: {key}: …")
        else:
            found[key] = told[0]
    chosen[name] = kind(**found)


def _system(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``koordinatensystem``: the number of a system, „25833“ or „EPSG:25833“."""
    text, fault = line(value)
    number = text.upper().removeprefix("EPSG:").strip()
    if fault or not (number.isascii() and number.isdecimal() and 4 <= len(number) <= 6):
        yield finding(value, f"{quoted(name)} ist keine EPSG-Nummer.", f"Zum Beispiel: {name}: 25833.")
    else:
        chosen[name] = int(number)


def _number(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``mindestnenner``, ``archiv``: a whole number, 0 for none."""
    number = _whole(value)
    if number is None:
        remedy = f"Zum Beispiel: {name}: {_NUMBERS[name]}; 0 schaltet ab."
        yield finding(value, f"{quoted(name)} ist keine ganze Zahl.", remedy)
    else:
        chosen[name] = number


def _whole(node: yaml.Node) -> int | None:
    """A whole number from 0 on; None where there is none."""
    text, fault = line(node)
    return None if fault or not (text.isascii() and text.isdecimal() and len(text) <= 9) else int(text)


def _status_index(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``statusindex``: mindestbevoelkerung and jahre, whole numbers, and ausnahmen, raum_id: reason."""
    if not isinstance(value, yaml.MappingNode):
        yield finding(value, f"{quoted(name)} enthält keine Angaben.", _STATUS)
        return
    found: dict[str, Any] = {}
    entries, faults = pairs(value)
    yield from faults
    for key, place, node in entries:
        if key in ("mindestbevoelkerung", "jahre"):
            number = _whole(node)
            if number is None or (key == "jahre" and not 0 < number <= MOST_YEARS):
                which = f"Zahl von 1 bis {MOST_YEARS}" if key == "jahre" else "ganze Zahl"
                yield finding(node, f"{quoted(key)} ist keine {which}.", _STATUS)
            else:
                found[key] = number
        elif key == "ausnahmen" and isinstance(node, yaml.MappingNode):
            reasons, wrong = pairs(node)
            yield from wrong
            found[key] = {area: line(reason)[0] for area, _, reason in reasons}
            if not all(found[key].values()):
                yield finding(node, "Zu einer Ausnahme fehlt der Grund.", _STATUS)
        elif key == "ausnahmen":
            yield finding(node, "„ausnahmen“ nennt keine Gebiete mit Gründen.", _STATUS)
        else:
            what = f"Eine Angabe {quoted(key[:60])} gibt es nicht."
            yield finding(place, what, similar(key, ("mindestbevoelkerung", "ausnahmen", "jahre")))
    chosen[name] = Statusindex(**found)


_WORDS = (*NEEDED, *OPTIONAL)
_LEVEL = "Zum Beispiel: quartier: {einzahl: Quartier, mehrzahl: Quartiere, geschlecht: n}."
_NAMED = {"wo": "im Landkreis {name}", "wessen": "des Landkreises {name}"}
_TYPES = "Zum Beispiel: typen: {anzahl: 4} oder typen: {namen: [günstig, mittel, belastet], belastet: 1}."
#: So many characters the name of a type may have: it stands in the keys of maps.
LONGEST_TYPE = 30
_STATUS = "Zum Beispiel: statusindex: {mindestbevoelkerung: 300, jahre: 2, ausnahmen: {raum_id: Grund}}."
#: So many years the dynamics of the index may look back.
MOST_YEARS = 10
_EXAMPLES = {
    "texte": "Zum Beispiel: texte: {dank: Wir danken allen, die Daten geliefert haben.}",
    "synonyme": "Zum Beispiel: synonyme: {Kita: [Tageseinrichtung]}.",
    "gruppen": "Zum Beispiel: gruppen: {Erwerbsbeteiligung: [Beschäftigung, Arbeitslosigkeit]}.",
}
#: What is a whole number, with an example.
_NUMBERS = {"mindestnenner": 300, "archiv": 3}
READERS: dict[str, Callable[[str, yaml.Node, dict[str, Any]], Iterator[Finding]]] = {
    **dict.fromkeys(("titel", "deckblatt_hinweis", "verantwortlich", "leitindikator", "herausgeber", "kontakt"), _text),
    **dict.fromkeys(("impressum", "auftrag"), _paragraphs), "dimensionen": _names,
    **dict.fromkeys(("texte", "synonyme", "gruppen"), _texts), **dict.fromkeys(("glossar", "abkuerzungen"), _terms),
    **dict.fromkeys(("vorfuehrung", "pflichtangaben"), _places), "regel": _rule, "ebenen": _levels,
    "statusindex": _status_index, "typen": _types, "koordinatensystem": _system,
    **dict.fromkeys(_NUMBERS, _number),
}  # fmt: skip

"""Settings: ``bericht.yml`` of the data folder, the one file for what those responsible for a report decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from sozialbericht.data.files import read_bytes
from sozialbericht.data.findings import Finding, Findings, quoted, similar
from sozialbericht.data.levels import GENDERS, Ebene
from sozialbericht.data.reading.encodings import decode

NAME = "bericht.yml"
_HELP = "docs/handbuch.md nennt die Einstellungen und ihre Werte."


class Regel(StrEnum):
    """By which rule an area is an Aktionsraum: below the city's average, or by its type."""

    UNTER_DURCHSCHNITT = "unter_durchschnitt"
    TYP = "typ"


@dataclass(frozen=True)
class Statusindex:
    """Which areas the index of status leaves out: those with fewer inhabitants, and exceptions (raum_id → reason)."""

    mindestbevoelkerung: int = 300
    ausnahmen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What is decided for a report and not computed; the defaults hold where the file or a line is absent.

    ``titel`` and ``deckblatt_hinweis`` stand on the cover; ``leitindikator`` is the indicator of its picture; ``regel``
    says who is an Aktionsraum; ``ebenen`` are the words of the levels; ``statusindex`` says who is left out of the
    index.
    """

    titel: str = ""
    deckblatt_hinweis: str = ""
    leitindikator: str = ""
    regel: Regel = Regel.UNTER_DURCHSCHNITT
    ebenen: Mapping[str, Ebene] = field(default_factory=dict)
    statusindex: Statusindex = field(default_factory=Statusindex)


def read(folder: Path, findings: Findings) -> Settings:
    """The settings of a data folder; faults are noted with their line, and then the defaults hold."""
    path = folder / NAME
    if not path.exists():
        return Settings()
    content = read_bytes(path, NAME, findings)
    text = decode(content, "utf-8", NAME, findings) if content is not None else None
    if text is None:
        return Settings()
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        remedy = f"Je Zeile ein Name, ein Doppelpunkt und ein Wert, z. B. „regel: {Regel.UNTER_DURCHSCHNITT}“."
        what = "Die Datei ist kein gültiges YAML."
        findings.add("kaputtes YAML", NAME, what, remedy, row=None if mark is None else mark.line + 1)
        return Settings()
    chosen: dict[str, Any] = {}
    faults = list(_read(root, chosen))
    findings.extend(faults)
    return Settings() if faults else replace(Settings(), **chosen)


def _read(root: yaml.Node | None, chosen: dict[str, Any]) -> Iterator[Finding]:
    """Put the values of a file into ``chosen``; yields its faults."""
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        yield _finding(root, "Die Datei enthält keine Einstellungen der Form „Name: Wert“.")
        return
    for key, value in root.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if name not in _READERS:
            yield _finding(key, f"Eine Einstellung {quoted(name[:60])} gibt es nicht.", similar(name, _READERS))
        elif name in chosen:
            yield _finding(key, f"{quoted(name)} steht zweimal da.", "Lassen Sie nur eine der Zeilen stehen.")
        else:
            chosen[name] = getattr(Settings(), name)
            yield from _READERS[name](name, value, chosen)


def _rule(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    given = str(value.value) if isinstance(value, yaml.ScalarNode) else "…"
    known = [str(rule) for rule in Regel]
    if given in known:
        chosen[name] = Regel(given)
        return
    remedy = similar(given, known) or f"Möglich sind: {', '.join(known)}."
    yield _finding(value, f"{quoted(name)} hat den Wert {quoted(given[:60])}.", remedy)


def _levels(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``ebenen``: for each level a mapping of words."""
    found: dict[str, Ebene] = {}
    if not isinstance(value, yaml.MappingNode):
        yield _finding(value, f"{quoted(name)} enthält keine Ebenen.", _LEVEL)
        return
    for key, words in value.value:
        level, told = str(key.value), {}
        if not isinstance(words, yaml.MappingNode):
            yield _finding(key, f"Für die Ebene {quoted(level[:60])} fehlen die Worte.", _LEVEL)
            continue
        for word, text in words.value:
            if str(word.value) not in _WORDS:
                yield _finding(
                    word, f"Ein Wort {quoted(str(word.value)[:60])} gibt es nicht.", similar(word.value, _WORDS)
                )
            elif not isinstance(text, yaml.ScalarNode) or not str(text.value).strip():
                yield _finding(text, f"{quoted(word.value)} ist leer.", _LEVEL)
            else:
                told[str(word.value)] = str(text.value).strip()
        if missing := [word for word in _WORDS[:3] if word not in told]:
            yield _finding(key, f"Der Ebene {quoted(level[:60])} fehlt {', '.join(missing)}.", _LEVEL)
        elif told["geschlecht"] not in GENDERS:
            yield _finding(
                key, f"„geschlecht“ ist {quoted(told['geschlecht'][:20])}.", f"Möglich sind: {', '.join(GENDERS)}."
            )
        elif "{name}" not in told.get("wo", "{name}"):
            yield _finding(key, "In „wo“ fehlt {name}.", "Zum Beispiel: wo: im Landkreis {name}.")
        else:
            found[level] = Ebene(level, **told)
    chosen[name] = found


_WORDS = ("einzahl", "mehrzahl", "geschlecht", "dativ", "genitiv", "wo")
_LEVEL = "Zum Beispiel: quartier: {einzahl: Quartier, mehrzahl: Quartiere, geschlecht: n}."


def _text(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """A line of text."""
    given = str(value.value).strip() if isinstance(value, yaml.ScalarNode) else ""
    if not given or "\n" in given or len(given) > LONGEST:
        yield _finding(
            value,
            f"{quoted(name)} ist kein Text in einer Zeile (höchstens {LONGEST} Zeichen).",
            f"Zum Beispiel: {name}: …",
        )
    chosen[name] = given


def _status_index(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``statusindex``: mindestbevoelkerung, a whole number, and ausnahmen, raum_id: reason."""
    if not isinstance(value, yaml.MappingNode):
        yield _finding(value, f"{quoted(name)} enthält keine Angaben.", _STATUS)
        return
    found: dict[str, Any] = {}
    for key, node in value.value:
        if key.value == "mindestbevoelkerung":
            if not (isinstance(node, yaml.ScalarNode) and node.value.isdecimal() and len(node.value) <= 9):
                yield _finding(node, "„mindestbevoelkerung“ ist keine ganze Zahl.", _STATUS)
            else:
                found[key.value] = int(node.value)
        elif key.value == "ausnahmen":
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            given = {str(k.value): str(v.value).strip() for k, v in pairs if isinstance(v, yaml.ScalarNode)}
            if not given or len(given) < len(pairs) or not all(given.values()):
                yield _finding(node, "Zu einer Ausnahme fehlt der Grund.", _STATUS)
            found[key.value] = given
        else:
            what = f"Eine Angabe {quoted(str(key.value)[:60])} gibt es nicht."
            yield _finding(key, what, similar(key.value, ("mindestbevoelkerung", "ausnahmen")))
    chosen[name] = Statusindex(**found)


#: So many characters a line of text may have.
LONGEST = 200
_STATUS = "Zum Beispiel: statusindex: {mindestbevoelkerung: 300, ausnahmen: {sr_city: Geschäftszentrum}}."
_READERS: dict[str, Callable[[str, yaml.Node, dict[str, Any]], Iterator[Finding]]] = {
    "titel": _text, "deckblatt_hinweis": _text, "leitindikator": _text, "regel": _rule, "ebenen": _levels,
    "statusindex": _status_index,
}  # fmt: skip


def _finding(node: yaml.Node, what: str, remedy: str = "") -> Finding:
    return Finding("Einstellung", NAME, what, remedy or _HELP, row=node.start_mark.line + 1)

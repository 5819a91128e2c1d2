"""Settings: ``bericht.yml`` of the data folder, the one file for what those responsible for a report decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from sozialbericht.data.faultlist import Finding, Findings, quoted, similar
from sozialbericht.data.files import inside
from sozialbericht.data.levels import GENDERS, Ebene

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

    ``titel`` and ``deckblatt_hinweis`` stand on the cover; ``verantwortlich`` releases reports; ``leitindikator`` is
    the indicator of the picture on the cover; ``regel`` says who is an Aktionsraum; ``ebenen`` are the words of the
    levels; ``statusindex`` says whom the index leaves out; areas with fewer inhabitants than
    ``mindestnenner`` have their values in brackets.
    """

    titel: str = ""
    deckblatt_hinweis: str = ""
    verantwortlich: str = ""
    leitindikator: str = ""
    regel: Regel = Regel.UNTER_DURCHSCHNITT
    ebenen: Mapping[str, Ebene] = field(default_factory=dict)
    statusindex: Statusindex = field(default_factory=Statusindex)
    mindestnenner: int = 300


def read(folder: Path, findings: Findings) -> Settings:
    """The settings of a data folder; faults are noted with their line, and then the defaults hold."""
    path = folder / NAME
    for other in ("bericht.yaml", "Bericht.yml"):
        if not path.exists() and (folder / other).exists():
            findings.add("Einstellung", other, f"Die Datei heißt {other}.", f"Nennen Sie sie {NAME}.")
    if not path.exists() and not path.is_symlink():
        return Settings()
    if not inside(path, folder, NAME, findings):
        return Settings()
    try:
        text = path.read_bytes().decode("utf-8-sig")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        findings.add("Datei nicht lesbar", NAME, f"Die Datei lässt sich nicht lesen ({error.strerror}).", _HELP)
        return Settings()
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        what = "Die Datei ist nicht in UTF-8 gespeichert."
        findings.add("falsche Kodierung", NAME, what, "Speichern Sie sie in einem Texteditor als UTF-8.", row=row)
        return Settings()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        findings.extend([_invalid(error)])
        return Settings()
    chosen: dict[str, Any] = {}
    faults = [] if root is None else list(_read(root, chosen))
    findings.extend(faults)
    return Settings() if faults else replace(Settings(), **chosen)


def _invalid(error: Exception) -> Finding:
    """What YAML says about a file, in German."""
    mark, row = getattr(error, "problem_mark", None), 1
    if mark is not None:
        row = mark.line + 1
    elif isinstance(error, yaml.reader.ReaderError):
        what = "Die Datei enthält ein Zeichen, das sich nicht drucken lässt."
        return Finding("kaputtes YAML", NAME, what, "Löschen Sie das Zeichen.")
    if isinstance(error, RecursionError):
        return Finding("kaputtes YAML", NAME, "Die Datei ist zu tief verschachtelt.", _HELP, row)
    remedy = (
        f"Je Zeile ein Name, ein Doppelpunkt und ein Wert, z. B. „regel: {Regel.UNTER_DURCHSCHNITT}“. "
        "Enthält ein Text einen Doppelpunkt oder #, setzen Sie ihn in gerade Anführungszeichen."
    )
    return Finding("kaputtes YAML", NAME, "Die Datei ist kein gültiges YAML.", remedy, row)


def _read(root: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """Put the values of a file into ``chosen``; yields its faults."""
    if not isinstance(root, yaml.MappingNode):
        yield _finding(root, "Die Datei enthält keine Einstellungen der Form „Name: Wert“.")
        return
    pairs, faults = _pairs(root)
    yield from faults
    for name, key, value in pairs:
        if name not in _READERS:
            yield _finding(key, f"Eine Einstellung {quoted(name[:60])} gibt es nicht.", similar(name, _READERS))
        else:
            yield from _READERS[name](name, value, chosen)


def _pairs(node: yaml.MappingNode) -> tuple[list[tuple[str, yaml.Node, yaml.Node]], list[Finding]]:
    """Name, key and value of a mapping's entries, and what is wrong with the names: no text, empty, twice."""
    pairs: dict[str, tuple[str, yaml.Node, yaml.Node]] = {}
    faults = []
    for key, value in node.value:
        name, fault = _line(key)
        if fault:
            faults.append(_finding(key, "Der Name einer Einstellung ist kein Text.", _HELP))
        elif name in pairs:
            faults.append(_finding(key, f"{quoted(name)} steht zweimal da.", "Lassen Sie nur eine der Zeilen stehen."))
        else:
            pairs[name] = (name, key, value)
    return list(pairs.values()), faults


def _line(node: yaml.Node) -> tuple[str, str]:
    """A line of text, and what is wrong with it ("" if nothing is)."""
    if not isinstance(node, yaml.ScalarNode) or not str(node.tag).startswith("tag:yaml.org,2002:"):
        return "", "ist kein Text"
    text = "" if str(node.tag).endswith(":null") else str(node.value).strip()
    if not text:
        return "", "ist leer"
    if not text.isprintable() or len(text) > LONGEST:
        return "", f"ist kein Text in einer Zeile (höchstens {LONGEST} Zeichen)"
    return text, ""


def _rule(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    given, fault = _line(value)
    if given in list(Regel):
        chosen[name] = Regel(given)
    elif fault:
        yield _finding(value, f"{quoted(name)} {fault}.", f"Möglich sind: {', '.join(Regel)}.")
    else:
        yield _finding(value, f"{quoted(name)} hat den Wert {quoted(given[:60])}.", similar(given, list(Regel)))


def _levels(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``ebenen``: for each level a mapping of words."""
    found: dict[str, Ebene] = {}
    if not isinstance(value, yaml.MappingNode):
        yield _finding(value, f"{quoted(name)} enthält keine Ebenen.", _LEVEL)
        return
    pairs, faults = _pairs(value)
    yield from faults
    for level, key, words in pairs:
        if not isinstance(words, yaml.MappingNode):
            yield _finding(key, f"Für die Ebene {quoted(level)} fehlen die Wörter.", _LEVEL)
            continue
        told, wrong = _words(words)
        yield from wrong
        if wrong:
            continue
        if missing := [word for word in _WORDS[:3] if word not in told]:
            yield _finding(key, f"Bei der Ebene {quoted(level)} fehlen: {', '.join(missing)}.", _LEVEL)
        elif told["geschlecht"] not in GENDERS:
            what = f"„geschlecht“ hat den Wert {quoted(told['geschlecht'][:20])}."
            yield _finding(key, what, f"Möglich sind: {', '.join(GENDERS)}.")
        elif "{name}" not in told.get("wo", "{name}"):
            yield _finding(key, "In „wo“ fehlt {name}.", "Zum Beispiel: wo: im Landkreis {name}.")
        else:
            found[level] = Ebene(level, **told)
    chosen[name] = found


def _words(node: yaml.MappingNode) -> tuple[dict[str, str], list[Finding]]:
    """The words of one level and their faults."""
    pairs, faults = _pairs(node)
    told = {}
    for word, key, value in pairs:
        text, fault = _line(value)
        if word not in _WORDS:
            faults.append(_finding(key, f"Ein Wort {quoted(word[:60])} gibt es nicht.", similar(word, _WORDS)))
        elif fault:
            faults.append(_finding(value, f"{quoted(word)} {fault}.", _LEVEL))
        told[word] = text
    return told, faults


def _text(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """A line of text."""
    chosen[name], fault = _line(value)
    if fault:
        yield _finding(value, f"{quoted(name)} {fault}.", f"Zum Beispiel: {name}: …")


def _least(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``mindestnenner``: a whole number, 0 for no least one."""
    number = _whole(value)
    if number is None:
        yield _finding(value, f"{quoted(name)} ist keine ganze Zahl.", f"Zum Beispiel: {name}: 300; 0 schaltet ab.")
    else:
        chosen[name] = number


def _whole(node: yaml.Node) -> int | None:
    """A whole number from 0 on; None where there is none."""
    text, fault = _line(node)
    return None if fault or not (text.isascii() and text.isdecimal() and len(text) <= 9) else int(text)


def _status_index(name: str, value: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """``statusindex``: mindestbevoelkerung, a whole number, and ausnahmen, raum_id: reason."""
    if not isinstance(value, yaml.MappingNode):
        yield _finding(value, f"{quoted(name)} enthält keine Angaben.", _STATUS)
        return
    found: dict[str, Any] = {}
    pairs, faults = _pairs(value)
    yield from faults
    for key, place, node in pairs:
        if key == "mindestbevoelkerung":
            number = _whole(node)
            if number is None:
                yield _finding(node, "„mindestbevoelkerung“ ist keine ganze Zahl.", _STATUS)
            else:
                found[key] = number
        elif key == "ausnahmen" and isinstance(node, yaml.MappingNode):
            reasons, wrong = _pairs(node)
            yield from wrong
            found[key] = {area: _line(reason)[0] for area, _, reason in reasons}
            if not all(found[key].values()):
                yield _finding(node, "Zu einer Ausnahme fehlt der Grund.", _STATUS)
        elif key == "ausnahmen":
            yield _finding(node, "„ausnahmen“ nennt keine Gebiete mit Gründen.", _STATUS)
        else:
            what = f"Eine Angabe {quoted(key[:60])} gibt es nicht."
            yield _finding(place, what, similar(key, ("mindestbevoelkerung", "ausnahmen")))
    chosen[name] = Statusindex(**found)


#: So many characters a line of text may have.
LONGEST = 200
_WORDS = ("einzahl", "mehrzahl", "geschlecht", "dativ", "genitiv", "wo")
_LEVEL = "Zum Beispiel: quartier: {einzahl: Quartier, mehrzahl: Quartiere, geschlecht: n}."
_STATUS = "Zum Beispiel: statusindex: {mindestbevoelkerung: 300, ausnahmen: {raum_id: Grund}}."
_READERS: dict[str, Callable[[str, yaml.Node, dict[str, Any]], Iterator[Finding]]] = {
    "titel": _text, "deckblatt_hinweis": _text, "verantwortlich": _text, "leitindikator": _text, "regel": _rule,
    "ebenen": _levels, "statusindex": _status_index, "mindestnenner": _least,
}  # fmt: skip


def _finding(node: yaml.Node, what: str, remedy: str = "") -> Finding:
    return Finding("Einstellung", NAME, what, remedy or _HELP, row=node.start_mark.line + 1)

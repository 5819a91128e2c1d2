"""Settings: ``bericht.yml`` of the data folder, the one file for what those responsible for a report decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from sozialbericht.data.files import read_bytes
from sozialbericht.data.findings import Finding, Findings, quoted, similar
from sozialbericht.data.reading.encodings import decode

NAME = "bericht.yml"
_HELP = "docs/handbuch.md nennt die Einstellungen und ihre Werte."


class Regel(StrEnum):
    """By which rule an area is an Aktionsraum: below the city's average, or by its type."""

    UNTER_DURCHSCHNITT = "unter_durchschnitt"
    TYP = "typ"


@dataclass(frozen=True)
class Settings:
    """What is decided for a report and not computed; the defaults hold where the file or a line is absent."""

    regel: Regel = Regel.UNTER_DURCHSCHNITT


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


_READERS = {"regel": _rule}


def _finding(node: yaml.Node, what: str, remedy: str = "") -> Finding:
    return Finding("Einstellung", NAME, what, remedy or _HELP, row=node.start_mark.line + 1)

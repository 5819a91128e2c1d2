"""Officefile: how the deliveries of one source are read, as ``data/quellen/<name>.yml`` keeps it for the next time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from sozialbericht.faults import Fault, InputError

FOLDER = "quellen"
#: The roles of a column that is no value, and the word for what is not taken.
AREA, MOMENT, PARTS, WITHOUT = "gebiet", "stichtag", "gliederung", "ohne"
ROLES = (AREA, MOMENT, PARTS, WITHOUT)
NAME = re.compile(r"[a-z][a-z0-9_]*")
_HEAD = (
    "# Wie Lieferungen dieser Quelle gelesen werden; angelegt von „sozialbericht import“, darf geändert werden.\n"
    "# spalten: gebiet, stichtag, gliederung oder ohne. merkmale: Überschrift: Merkmal oder ohne.\n"
)


@dataclass(frozen=True)
class Officefile:
    """The assignment of a source: ``spalten`` heads of columns to roles, ``merkmale`` headings to merkmale or *ohne*,
    ``gebiete`` spellings to raum_ids or *ohne*, ``zeichen`` the source's signs to those of the contract, ``stichtage``
    names of files to the date that nothing in them says, ``dezimal`` the decimal sign where it is not told by the
    numbers, ``herkunft`` the source's name as it is printed."""

    name: str
    herkunft: str = ""
    spalten: dict[str, str] = field(default_factory=dict)
    merkmale: dict[str, str] = field(default_factory=dict)
    gebiete: dict[str, str] = field(default_factory=dict)
    zeichen: dict[str, str] = field(default_factory=dict)
    stichtage: dict[str, str] = field(default_factory=dict)
    dezimal: str = ""

    def written(self) -> str:
        """The file's text."""
        told = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "name" and getattr(self, f.name)}
        return f"{_HEAD}{yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)}"


def path(data: Path, name: str) -> Path:
    """Where the assignment of a source lies in a data folder."""
    return data / FOLDER / f"{name}.yml"


def known(data: Path) -> list[Officefile]:
    """All assignments of a data folder; raises :class:`InputError` with every fault."""
    found, faults = [], []
    for file in sorted((data / FOLDER).glob("*.yml")):
        try:
            found.append(read(file))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return found


def read(file: Path) -> Officefile:
    """One assignment; raises :class:`InputError` naming what is wrong in it."""
    place = f"{file.parent.parent.name}/{file.parent.name}/{file.name}"
    try:
        told: Any = yaml.safe_load(file.read_text(encoding="utf-8-sig")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        row = getattr(getattr(error, "problem_mark", None), "line", None)
        what = "Die Datei ist nicht zu lesen; erwartet wird YAML in UTF-8."
        raise InputError([Fault(place, what, _AGAIN, row=None if row is None else row + 1)]) from None
    names = {f.name for f in fields(Officefile)} - {"name"}
    if not isinstance(told, dict) or (strange := set(map(str, told)) - names):
        what = (
            "Erwartet werden Angaben wie „spalten:“." if not isinstance(told, dict) else f"Unbekannt: {min(strange)}."
        )
        raise InputError([Fault(place, what, f"Erlaubt sind {', '.join(sorted(names))}.")])
    faults = list(_faults(told, place))
    if faults:
        raise InputError(faults)
    mappings = {
        key: {str(a): str(b) for a, b in value.items()} if isinstance(value, dict) else str(value)
        for key, value in told.items()
    }
    return Officefile(file.stem, **mappings)  # type: ignore[arg-type]


_AGAIN = "Berichtigen oder löschen; dann legt „sozialbericht import“ sie neu an."


def _faults(told: dict[str, Any], place: str) -> list[Fault]:
    """What is wrong with the entries of an assignment."""
    faults = []
    for key, value in told.items():
        table = key in ("spalten", "merkmale", "gebiete", "zeichen", "stichtage")
        if table and not isinstance(value, dict):
            faults.append(Fault(place, f"Unter „{key}“ wird eine Liste „Überschrift: Angabe“ erwartet.", _AGAIN))
        elif table and (wrong := [k for k, v in value.items() if isinstance(v, dict | list) or v is None]):
            faults.append(Fault(place, f"Zu „{wrong[0]}“ unter „{key}“ fehlt die Angabe.", _AGAIN))
        elif not table and not isinstance(value, str):
            faults.append(Fault(place, f"„{key}“ braucht eine Angabe in einer Zeile.", _AGAIN))
        elif key == "spalten" and (wrong := [k for k, v in value.items() if v not in ROLES]):
            remedy = f"Erlaubt sind {', '.join(ROLES)}."
            faults.append(Fault(place, f"„{value[wrong[0]]}“ ist nicht vorgesehen.", remedy, column=str(wrong[0])))
        elif key == "dezimal" and value not in (",", "."):
            faults.append(Fault(place, "Das Dezimalzeichen ist weder Komma noch Punkt.", 'dezimal: "," oder "."'))
    return faults

"""Brief: what a new project is made from, as its maker has said it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sozialbericht.data.levels import GENDERS, KNOWN, Ebene
from sozialbericht.data.reading import parsing
from sozialbericht.faults import Fault, InputError
from sozialbericht.scaffold.given.slugs import slug

#: The endings of tables, and of files with polygons.
TABLES, POLYGONS = (".csv", ".txt", ".xlsx"), (".geojson", ".json", ".gpkg", ".shp")
#: What stands for the coordinate system of a drawing without a place on earth.
SCHEMATIC = "schematisch"
#: The level of the smallest areas where nobody names one, and the one of the whole city.
SMALLEST, CITY = "gebiet", "stadt"
_WORDS = {"gebiet": Ebene("gebiet", "Gebiet", "Gebiete", "n"), **KNOWN}
_EXAMPLE = "Zum Beispiel --level planungsraum:SCHLUESSEL bezirk:BEZ."


@dataclass(frozen=True)
class Level:
    """A level of areas and where its areas are found.

    ``column`` holds their keys in the list of areas, ``names`` their names there; or ``table`` lists keys and names:
    of the values of ``column``, or, without one, an area belongs to that whose key its own begins with.
    """

    words: Ebene
    column: str = ""
    names: str = ""
    table: Path | None = None

    @property
    def key(self) -> str:
        """The level's key in the data."""
        return self.words.schluessel


@dataclass(frozen=True)
class Brief:
    """What a new project is made from.

    ``areas`` is a file with polygons or a table of the areas without; ``key`` and ``name`` are columns of it,
    ``levels`` stand from the lowest up. ``values`` are tables, ``date`` holds for those that name none, ``population``
    is the column that shares are of, ``columns`` are those that are taken (all, where empty) and ``units`` those that
    are measured. ``corrected`` gives the nth area another key than its file; ``source`` is printed below the values.
    """

    folder: Path
    areas: Path
    city: str
    key: str = ""
    name: str = ""
    levels: tuple[Level, ...] = ()
    layer: str = ""
    crs: str = ""
    values: tuple[Path, ...] = ()
    date: dt.date | None = None
    population: str = ""
    dimension: str = "Bevölkerung"
    columns: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    corrected: Mapping[int, str] = field(default_factory=dict)
    source: str = ""

    @property
    def has_polygons(self) -> bool:
        """Whether the areas come with polygons."""
        return self.areas.suffix.lower() in POLYGONS


def level(text: str) -> Level:
    """A level as the command line names it: ``bezirk``, ``bezirk:BEZ``, ``bezirk:BEZ:BEZNAME``, ``bezirk:bezirke.csv``,
    ``bezirk:BEZ:bezirke.csv``; in place of a usual name ``Kiez/Kieze/m``.

    Raises :class:`InputError`.
    """
    word, _, rest = text.partition(":")
    words = _words(word.strip())
    if rest and Path(rest).suffix.lower() in TABLES and not rest.partition(":")[2].lower().endswith(TABLES):
        return Level(words, table=Path(rest))
    column, _, names = rest.partition(":")
    if Path(names).suffix.lower() in TABLES:
        return Level(words, column, table=Path(names))
    return Level(words, column, names)


def _words(text: str) -> Ebene:
    """The words of a level: of a usual one by its name, else as they are given."""
    single, *others = [part.strip() for part in text.split("/")]
    key = slug(single)
    if not others and key in _WORDS and key != CITY:
        return _WORDS[key]
    if len(others) == 2 and key and others[0] and others[1] in GENDERS and key != CITY:
        return Ebene(key, single, *others)
    what = f"Die Ebene „{text}“ kennt der Bericht nicht."
    known = ", ".join(key for key in _WORDS if key != CITY)
    remedy = f"Einzahl, Mehrzahl und Geschlecht nennen, z. B. --level Kiez/Kieze/m:SPALTE. Bekannt: {known}."
    raise InputError([Fault("--level", what if text else "Der Name der Ebene fehlt.", remedy)])


def date(text: str) -> dt.date:
    """A date as the command line names it; raises :class:`InputError`."""
    try:
        return parsing.date(text.strip())
    except parsing.CellError as error:
        raise InputError([Fault("--date", error.what, error.remedy or "Zum Beispiel --date 31.12.2018.")]) from error


def pairs(option: str, given: list[str]) -> dict[str, str]:
    """What an option names as ``NAME=WERT``; raises :class:`InputError`."""
    found = [text.partition("=") for text in given]
    wrong = ("".join(p) for p in found if not (p[0] and p[2]))
    faults = [Fault(option, f"„{p}“ hat nicht die Form NAME=WERT.", "Ohne Leerzeichen schreiben.") for p in wrong]
    if faults:
        raise InputError(faults)
    return {name.strip(): value.strip() for name, _, value in found}

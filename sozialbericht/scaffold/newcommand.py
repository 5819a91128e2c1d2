"""Newcommand: ``sozialbericht new``, its options, what they ask for, and the questions where a person sits there."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import default_root
from sozialbericht.scaffold import newdimension, newproject, newyear
from sozialbericht.scaffold.conversation import Conversation
from sozialbericht.scaffold.given import brief as briefs
from sozialbericht.scaffold.given.brief import SCHEMATIC, Brief

DESCRIPTION = (
    "Legt ein Projekt an (new ORDNER), in einem Projekt ein Jahr (new --year 2008) oder eine Dimension "
    "(new --dimension kinderbetreuung). Fehlt etwas, fragt der Befehl danach. Vorhandenes ersetzt er nie."
)
Say = Callable[[str], None]


def options(parser: argparse.ArgumentParser) -> None:
    """The options of ``sozialbericht new``."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="ORDNER", help="der Ordner des neuen Projekts")
    parser.add_argument("--demo", action="store_true", help="die Vorführung mit Modelldaten, vollständig")
    areas = parser.add_argument_group("Gebiete")
    areas.add_argument("--areas", type=Path, metavar="DATEI", help="Flächen: .geojson, .gpkg oder .shp")
    areas.add_argument("--list", type=Path, metavar="DATEI", help="statt der Flächen eine Liste: .csv oder .xlsx")
    areas.add_argument("--key", default="", metavar="SPALTE", help="Spalte mit den amtlichen Schlüsseln")
    areas.add_argument("--name", default="", metavar="SPALTE", help="Spalte mit den Namen")
    areas.add_argument(
        "--level", nargs="+", default=[], metavar="NAME:SPALTE",
        help="Ebenen von der untersten an, z. B. planungsraum:SCHLUESSEL bezirk:BEZ, auch bezirk:BEZ:BEZNAME; oder "
        "bezirk:bezirke.csv, eine Liste von Schlüsseln, mit denen die der Gebiete beginnen, und Namen",
    )  # fmt: skip
    areas.add_argument("--city", default="", metavar="NAME", help="Name der Stadt")
    areas.add_argument("--layer", default="", metavar="NAME", help="Ebene eines GeoPackage")
    areas.add_argument(
        "--crs", default="", metavar="SYSTEM", help=f"Koordinatensystem, wo die Datei keines nennt; oder {SCHEMATIC}"
    )
    areas.add_argument(
        "--correct",
        nargs="+",
        default=[],
        metavar="NR=SCHLÜSSEL",
        help="die wievielte Fläche welchen Schlüssel hat",
    )
    values = parser.add_argument_group("Werte")
    values.add_argument(
        "--values", nargs="+", type=Path, default=[], metavar="DATEI",
        help="Tabellen, lang (merkmal, stichtag, wert) oder je Stichtag eine mit einer Spalte je Merkmal",
    )  # fmt: skip
    values.add_argument("--date", default="", metavar="TT.MM.JJJJ", help="Stichtag, wo ihn der Dateiname nicht nennt")
    values.add_argument("--population", default="", metavar="SPALTE", help="Spalte mit der Bevölkerung")
    values.add_argument("--source", default="", metavar="TEXT", help="woher die Werte kommen, wie es gedruckt wird")
    values.add_argument("--columns", nargs="+", default=[], metavar="SPALTE", help="nur diese Spalten übernehmen")
    values.add_argument("--units", nargs="+", default=[], metavar="SPALTE=EINHEIT", help="was gemessen ist, z. B. m²")
    inside = parser.add_argument_group("In einem Projekt")
    inside.add_argument("--year", type=int, metavar="JAHR", help="eine Datei für dieses Jahr, noch ohne Werte")
    inside.add_argument("--dimension", default="", metavar="NAME", help="ein Kapitel mit Zeilen im Katalog")
    parser.add_argument("--yes", action="store_true", help="nichts fragen: Die Vorschläge gelten")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")


def carried_out(given: argparse.Namespace, say: Say) -> None:
    """Do what the command line asks for; raises :class:`InputError` with every fault."""
    if given.folder is None:
        _inside(given, say)
    elif given.demo:
        newproject.demonstration(given.folder, say)
    else:
        asked = Conversation(input, say) if not given.yes and sys.stdin is not None and sys.stdin.isatty() else None
        newproject.make(_brief(given, asked), say)


def _inside(given: argparse.Namespace, say: Say) -> None:
    """A year or a dimension of the project that the command works in."""
    if (given.year is None) == (not given.dimension) or given.demo:
        what = "Was angelegt werden soll, ist nicht gesagt."
        remedy = "sozialbericht new ORDNER, new --year JAHR oder new --dimension NAME; mehr sagt new --help."
        raise InputError([Fault("new", what, remedy)])
    root = default_root()
    if given.year is not None:
        newyear.make(root, given.year, say)
    else:
        newdimension.make(root, given.dimension, say)


def _brief(given: argparse.Namespace, asked: Conversation | None) -> Brief:
    """What the options say, and what a person answers to what they leave open."""
    faults: list[Fault] = []

    def read(reading: Callable[..., Any], *of: Any) -> Any:
        try:
            return reading(*of)
        except InputError as error:
            faults.extend(error.faults)
            return None

    if given.areas and given.list:
        faults.append(Fault("--list", "--areas und --list schließen einander aus.", "Eine der beiden weglassen."))
    places = given.areas or given.list or (asked.areas() if asked else None)
    if places is None:
        what = "Die Gebiete fehlen."
        remedy = "--areas DATEI mit Flächen oder --list DATEI; zum Ausprobieren: sozialbericht new ORDNER --demo."
        faults.append(Fault("--areas", what, remedy))
    if not given.city and asked is None:
        faults.append(Fault("--city", "Der Name der Stadt fehlt.", "Zum Beispiel --city Musterstadt."))
    levels = [read(briefs.level, text) for text in given.level]
    units = read(briefs.pairs, "--units", given.units)
    corrected = read(_numbered, given.correct)
    date = read(briefs.date, given.date) if given.date else None
    if faults or places is None:
        raise InputError(faults)
    brief = Brief(
        given.folder, places, given.city, given.key, given.name, tuple(levels),
        given.layer, given.crs, tuple(given.values), date, given.population,
        given.dimension or "Bevölkerung", tuple(given.columns), units, corrected,
        given.source,
    )  # fmt: skip
    return asked.completed(brief) if asked else brief


def _numbered(texts: list[str]) -> dict[int, str]:
    given = briefs.pairs("--correct", texts)
    if wrong := [number for number in given if not number.isdecimal()]:
        what = f"„{wrong[0]}“ ist keine Nummer einer Fläche oder Zeile."
        raise InputError([Fault("--correct", what, "Zum Beispiel --correct 124=04030417.")])
    return {int(number): key for number, key in given.items()}

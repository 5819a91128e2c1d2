"""Field dictionary: what each column of the exported tables means, said once for CSV, workbook and Data Package."""

from __future__ import annotations

from typing import NamedTuple

from sozialbericht.disclosure import opencounts
from sozialbericht.status import Status


class Field(NamedTuple):
    """A column: its name, its type in the words of a Data Package, what it means."""

    name: str
    type: str
    told: str


STATUS = {
    Status.OK: "Der Wert ist veröffentlicht.",
    Status.LIMITED: "Eingeschränkt aussagefähig, weil wenige Menschen dahinterstehen; im Bericht in Klammern.",
    Status.UNRELIABLE: "Nicht verlässlich.",
    Status.NOT_MEANINGFUL: "Nicht sinnvoll, etwa über einen Bruch der Zeitreihe hinweg.",
    Status.WITHHELD: "Geheim gehalten.",
    Status.MISSING: "Liegt nicht vor.",
}
"""What each status means; a withheld value has no number in any file."""

_AREA = Field("raum_id", "string", "Schlüssel des Gebiets, siehe raeume.csv")
_KIND = Field("datenart", "string", f"„{opencounts.MADE}“: erfundene Zahlen, keine amtliche Statistik; sonst "
                                    f"„{opencounts.REPORTED}“")  # fmt: skip
_STATUS = Field("status", "string", "Warum ein Wert da ist oder fehlt, siehe die Zeichen am Ende des Wörterbuchs")

VALUES = (
    Field("jahr", "integer", "Berichtsjahr, für das der Wert gilt"),
    _AREA,
    Field("raum", "string", "Name des Gebiets"),
    Field("ebene", "string", "Ebene des Gebiets in der Gliederung"),
    Field("dimension", "string", "Dimension, zu der der Indikator gehört"),
    Field("indikator", "string", "Schlüssel des Indikators, siehe indikatoren.csv"),
    Field("bezeichnung", "string", "Name des Indikators"),
    Field("einheit", "string", "Einheit des Werts"),
    Field("wert", "number", "Wert, gerundet wie im Bericht; leer, wo keiner veröffentlicht ist"),
    _STATUS,
    Field("zaehler", "number", "Zähler, aus dem der Wert berechnet ist"),
    Field("nenner", "number", "Nenner, aus dem der Wert berechnet ist"),
    Field("unten", "number", "Untere Grenze des 95-%-Bereichs"),
    Field("oben", "number", "Obere Grenze des 95-%-Bereichs"),
    Field("intervall", "string", "Verfahren des 95-%-Bereichs (siehe Methoden im Bericht) oder warum es keinen gibt"),
    Field("lage", "string", "Lage zum Wert der obersten Ebene: über, unter, im Bereich; sonst „kein Intervall“"),
    Field("stand_zaehler", "date", "Stichtag des Zählers"),
    Field("stand_nenner", "date", "Stichtag des Nenners"),
    _KIND,
)
COUNTS = (
    _AREA,
    Field("merkmal", "string", "Schlüssel des Merkmals, siehe merkmale.csv"),
    Field("stichtag", "date", "Tag, für den gezählt ist"),
    Field("wert", "number", "Zahl; leer, wo keine veröffentlicht ist"),
    _STATUS,
    _KIND,
)
AREAS = (
    _AREA,
    Field("nummer", "string", "Nummer auf den Karten"),
    Field("name", "string", "Name des Gebiets"),
    Field("ebene", "string", "Ebene in der Gliederung"),
    Field("teil_von", "string", "Gebiet, zu dem es gehört"),
)
INDICATORS = (
    Field("indikator", "string", "Schlüssel des Indikators"),
    Field("dimension", "string", "Dimension"),
    Field("bezeichnung", "string", "Name"),
    Field("art", "string", "Rate, Anteil, Index, Veränderung …"),
    Field("zaehler", "string", "Merkmale des Zählers"),
    Field("nenner", "string", "Merkmale des Nenners"),
    Field("faktor", "number", "Faktor, mit dem der Quotient malgenommen wird"),
    Field("einheit", "string", "Einheit"),
    Field("nachkommastellen", "integer", "Nachkommastellen im Bericht"),
    Field("definition", "string", "Definition"),
    Field("quelle", "string", "Quelle"),
)
FEATURES = (
    Field("merkmal", "string", "Schlüssel des Merkmals"),
    Field("bezeichnung", "string", "Name"),
    Field("einheit", "string", "Was gezählt ist"),
    Field("teil_von", "string", "Merkmal, von dem es ein Teil ist"),
    Field("quelle", "string", "Quelle"),
)
WORDS = (
    Field("datei", "string", "Datei"),
    Field("spalte", "string", "Spalte, oder ein Wert der Spalte status"),
    Field("typ", "string", "Art der Angaben"),
    Field("bedeutung", "string", "Was darin steht"),
)
DICTIONARY = "woerterbuch.csv"
FILES = {
    "werte.csv": ("Werte der Indikatoren mit Zähler, Nenner, 95-%-Bereich, Stand und Status", VALUES),
    opencounts.NAME: ("Zahlen der Merkmale, aus denen die Indikatoren berechnet sind", COUNTS),
    "raeume.csv": ("Gebiete", AREAS),
    "indikatoren.csv": ("Katalog der Indikatoren", INDICATORS),
    "merkmale.csv": ("Katalog der Merkmale", FEATURES),
    DICTIONARY: ("Wörterbuch: was die Spalten bedeuten", WORDS),
}
"""The exported tables: what each holds and its columns."""


def rows() -> list[list[str]]:
    """The dictionary as a table of its own."""
    columns = [[file, field.name, field.type, field.told] for file, (_, fields) in FILES.items() for field in fields]
    return columns + [["werte.csv, zahlen.csv", str(status), "Zeichen", told] for status, told in STATUS.items()]

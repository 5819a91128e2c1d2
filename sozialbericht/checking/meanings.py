"""What the parameters of the report's methods mean: the one place that says which take keys, which take words to print.

A method that names a parameter as the others do is understood at once; what means something else stands in
:data:`EXCEPTIONS`. ``tests/checking/test_interface.py`` fails for a parameter of words that is in no list.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """What a parameter means: the kind of its keys, and where in the argument they stand.

    ``shape`` is ``value``, ``items`` (of a list, or the keys of a dictionary), ``values`` (of a dictionary), ``first``
    (of a pair). ``part`` allows an ending like ``:anzahl``. The kinds ``vorlage`` (a template: Markdown with fields),
    ``worte`` (text), ``formel`` and ``marke`` (a label) are no keys.
    """

    kind: str
    shape: str = "value"
    part: bool = False


INDICATOR, INDICATORS = Meaning("indikator"), Meaning("indikator", "items")
COUNT, COUNTS = Meaning("merkmal"), Meaning("merkmal", "items")
BEGINNING = Meaning("anfang")
AREA, AREAS = Meaning("raum"), Meaning("raum", "items")
COLUMNS = Meaning("indikator", "items", part=True)
TEMPLATE, WORDS, LABEL, OTHER = Meaning("vorlage"), Meaning("worte"), Meaning("marke"), Meaning("")

PARAMETERS: dict[str, Meaning] = {
    # keys of the data folder
    "indikator": INDICATOR,
    "indikatoren": INDICATORS,
    "eins": INDICATOR,
    "zwei": INDICATOR,
    "waagerecht": INDICATOR,
    "senkrecht": INDICATOR,
    "erster": Meaning("indikator", "first"),
    "zweiter": Meaning("indikator", "first"),
    "ziele": INDICATORS,
    "ziel": OTHER,
    "spalten": COLUMNS,
    "koepfe": COLUMNS,
    "stand": INDICATOR,
    "merkmal": COUNT,
    "merkmale": COUNTS,
    "anteil_an": COUNT,
    "gesamt": COUNT,
    "frauen": BEGINNING,
    "maenner": BEGINNING,
    "bevoelkerung": COUNT,
    "reihen": Meaning("indikator|merkmal", "items"),
    "raum": AREA,
    "raeume": AREAS,
    "gebiete": AREAS,
    "ebene": Meaning("ebene"),
    "datei": Meaning("bild"),
    "dimension": Meaning("dimension"),
    # Markdown with fields
    "vorlage": TEMPLATE,
    "saetze": TEMPLATE,
    "absaetze": TEMPLATE,
    "sonst": TEMPLATE,
    # a formula in LaTeX
    "formel": Meaning("formel"),
    # text, printed as it stands
    "titel": WORDS,
    "einheit": WORDS,
    "alternativtext": WORDS,
    "gesamtname": WORDS,
    "gezaehlt": WORDS,
    "kopf": WORDS,
    # labels
    "id": LABEL,
    "marke": LABEL,
    # anything else
    **dict.fromkeys(
        "name namen gruppen quelle breite zeilen leitung ebenen stichtag daten lage status dynamik".split(), OTHER
    ),
}
#: Parameters that mean something else in one method.
EXCEPTIONS: dict[str, Meaning] = {
    "zahl.merkmale": COUNT,
    "tabelle_gruppen.gesamt": INDICATOR,
    "tabelle_gruppen.gruppen": Meaning("indikator", "values"),
    "tabelle_zahlen.zeilen": Meaning("merkmal", "values"),
    "tabelle.stellen": OTHER,
    "definition.zusatz": TEMPLATE,
    "quellenzeile.zusatz": OTHER,
    "linien.indikatoren": INDICATORS,
}
#: The labels that a method makes itself, with the parameter that stands in it; ``#`` is a number or nothing.
MADE: dict[str, tuple[str, ...]] = {
    "karte": ("fig-{indikator}-karte",),
    "rangfolge": ("fig-{indikator}-rang",),
    "verlauf": ("fig-{indikator}-verlauf",),
    "Anhang.tabellen": ("sec-tabellen-{dimension}", "tbl-{dimension}", "tbl-{dimension}-#"),
    "Anhang.blaetter": ("sec-blaetter-{dimension}",),
    "Anhang.zeitreihen": ("sec-zeitreihen-{dimension}", "tbl-jahre-{dimension}", "tbl-jahre-{indikator}"),
    "Aktionsplan.steckbrief": ("sec-aktionsraum-{raum}",),
    "Profil.kopf": ("sec-profil-{raum}",),
}


#: Methods that set a table and are not called after it.
TABLES = frozenset(
    f"Anhang.{name}" for name in ("katalog", "gebiete", "datenstand", "brueche", "hinweise", "lieferungen")
)


def label_kind(method: str) -> str:
    """What a label that a method is given begins with: ``sec``, ``tbl``, ``fig``; empty where any will do."""
    last = method.rpartition(".")[2]
    if last in ("abschnitt", "gebietsbeispiel"):
        return "sec"
    return "tbl" if last.startswith("tabelle") or method in TABLES else "fig" if method else ""


def meaning(method: str, parameter: str) -> Meaning:
    """What a parameter of a method means."""
    return EXCEPTIONS.get(f"{method}.{parameter}") or PARAMETERS.get(parameter, OTHER)

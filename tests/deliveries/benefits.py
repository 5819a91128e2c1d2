"""Benefits: the delivery of the Sozialamt."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.deliveries.areas import DISTRICTS
from tests.deliveries.delivery import Delivery, Made, small, total
from tests.deliveries.sheets import Book, Sheet

#: The merkmale with the names of their sheets and their titles.
_KINDS = {
    "gs_alter": ("GSiAE Alter", "Grundsicherung im Alter (4. Kapitel SGB XII)"),
    "gs_erwerb": ("GSiAE Erwerb", "Grundsicherung bei Erwerbsminderung (4. Kapitel SGB XII)"),
    "hlu": ("HLU", "Hilfe zum Lebensunterhalt (3. Kapitel SGB XII)"),
    "asyl": ("AsylbLG", "Leistungen nach dem Asylbewerberleistungsgesetz"),
}


def _benefits(year: int) -> Made:
    """A sheet for each benefit, the same head on each; days counted from 1904; hidden and missing values."""
    made, day, later = Made(), f"31.12.{year}", year == 2009
    sheets = []
    for merkmal, (name, title) in reversed(_KINDS.items()) if later else _KINDS.items():
        rows: list[list[Any]] = [
            [f"Personen mit {title}"],
            ["Auswertung vom", dt.date(year + 1, 2, 3), "Stichtag", dt.date(year, 12, 31)],
            ["erfundene Zahlen"],
            ["Sozialraum", *(["weiblich", "Personen"] if later else ["Personen", "weiblich"])],
        ]
        for district, areas in DISTRICTS:
            for area in areas:
                if merkmal == "asyl" and area.id == "sr_borsigplatz" and not later:
                    cell: Any = made.taken(area, merkmal, day, "…")
                else:
                    cell = made.counts(area, [merkmal], day, small(".", 9))[0]
                women = round(cell * 0.55) if isinstance(cell, int) else cell
                rows.append([area.name, *([women, cell] if later else [cell, women])])
            sums = [total(merkmal, day, areas), round(total(merkmal, day, areas) * 0.55)]
            rows.append([f"Summe {district}", *(reversed(sums) if later else sums)])
        rows += [[], [". = Zahlenwert kleiner als 10, geheim zu halten"], ["… = Angabe fällt später an"]]
        sheets.append(Sheet(name, rows))
    made.content = Book(sheets, mac=True)
    return made


DELIVERIES = [
    Delivery(
        "10_sozialhilfe_blaetter",
        "xlsx",
        _benefits,
        {
            "merkmale": {"HLU": "hlu", "AsylbLG": "asyl"},
            "hinweise": [
                "Je Leistung ein Blatt mit gleichem Kopf: Das Merkmal steht nur im Titel und im Namen des Blattes.",
                "Die Datei zählt Tage ab 1904. „Auswertung vom“ ist kein Stichtag.",
                "„Summe …“ sind Stadtbezirke; „weiblich“ ist kein Merkmal; . bleibt . (geheim), … bleibt … (fehlt).",
            ],
        },
        (2008, 2009),
    ),
]

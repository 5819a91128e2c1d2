"""Dwellings: deliveries of Wohnungsamt and Finanzverwaltung."""

from __future__ import annotations

import datetime as dt
from typing import Any

from openpyxl.utils import get_column_letter

from tests.deliveries import figures
from tests.deliveries.areas import AREAS, DISTRICTS
from tests.deliveries.delivery import Delivery, Made, grouped, total
from tests.deliveries.sheets import Book, Sheet

_STOCK = {
    "whg": "Wohnungen",
    "whg_efh": "in Ein- und Zweifamilienhäusern",
    "whg_sozial": "Sozialwohnungen",
    "wfl": "Wohnfläche in m²",
}
_CLASSES = {
    "stpfl_u10": "unter 10 000",
    "stpfl_10_20": "10 000 – 20 000",
    "stpfl_20_35": "20 000 – 35 000",
    "stpfl_35_50": "35 000 – 50 000",
    "stpfl_50plus": "50 000 und mehr",
}


def _stock(year: int) -> Made:
    """Areas in columns below their districts, merkmale in rows, days as dates of Excel; a year later areas reversed."""
    made, later = Made(), year == 2009
    groups = [(name, list(reversed(areas))) for name, areas in reversed(DISTRICTS)] if later else DISTRICTS
    flat = [area for _, areas in groups for area in areas]
    districts: list[Any] = [None, None, None]
    merged = []
    for name, areas in groups:
        if len(areas) > 1:
            first, end = len(districts) + 1, len(districts) + len(areas)
            merged.append(f"{get_column_letter(first)}3:{get_column_letter(end)}3")
        districts += [name, *[None] * (len(areas) - 1)]
    rows: list[list[Any]] = [
        ["Fortschreibung des Gebäude- und Wohnungsbestands – erfundene Zahlen"],
        [],
        districts,
        ["Stand", "Merkmal", "Stadt", *(area.short for area in flat)],
    ]
    for of in (year - 1, year):
        day = f"31.12.{of}"
        start = len(rows) + 1
        for merkmal, word in _STOCK.items():
            counts = []
            for area in flat:
                count = figures.value(area.id, merkmal, day)
                correction = {2007: "sr_brackel", 2008: "sr_asseln"}[of] if of < year else None
                if merkmal == "whg_sozial" and area.id == correction:
                    count -= 24
                counts.append(made.taken(area, merkmal, day, count))
            rows.append([dt.date(of, 12, 31) if merkmal == "whg" else None, word, sum(counts), *counts])
        per = [round(figures.value(a.id, "wfl", day) / figures.value(a.id, "whg", day), 1) for a in flat]
        rows.append([None, "Wohnfläche je Wohnung in m²", round(total("wfl", day) / total("whg", day), 1), *per])
        merged.append(f"A{start}:A{len(rows)}")
    made.content = Book([Sheet("Bestand", rows, merged)])
    return made


def _vacant(year: int) -> Made:
    """Years in columns, revised values with an r; a year later the newest year first."""
    made, later = Made(), year == 2009
    years = list(range(year - 4, year + 1))
    if later:
        years.reverse()
    lines = [
        f"Leer stehende Wohnungen nach Sozialräumen {min(years)} bis {max(years)} (jeweils am 31.12.)",
        "Stromzählerauswertung; erfundene Zahlen",
        ";".join(["Sozialraum", *map(str, years), "Veränderung in %"]),
    ]
    revised = ("sr_marten", 2008, 11) if later else ("sr_nette", 2007, -9)
    for area in AREAS:
        cells = []
        counts = {}
        for of in years:
            counts[of] = figures.value(area.id, "whg_leer", f"31.12.{of}")
            mark = ""
            if (area.id, of) == revised[:2]:
                counts[of] += revised[2]
                mark = " r"
            made.taken(area, "whg_leer", f"31.12.{of}", counts[of])
            cells.append(grouped(counts[of], ".") + mark)
        change = 100 * (counts[max(years)] / counts[min(years)] - 1)
        cells.append(f"{change:+.1f}".replace(".", ","))
        lines.append(";".join([area.name, *cells]))
    lines += ["", "r = berichtigte Zahl;" + ";" * len(years)]
    made.content = ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
    return made


def _incomes(year: int) -> Made:
    """Numbers as texts, with points, protected spaces and a decimal; classes below a merged head."""
    made, day = Made(), f"31.12.{year}"
    rows: list[list[Any]] = [
        [f"Lohn- und Einkommensteuerstatistik {year}"],
        ["unbeschränkt Steuerpflichtige nach der Höhe des Gesamtbetrags der Einkünfte (erfundene Zahlen)"],
        [
            "Sozialraum",
            "Steuerpflichtige",
            "davon mit einem Gesamtbetrag der Einkünfte von … bis unter … EUR",
            *[None] * 4,
            "Gesamtbetrag der Einkünfte",
            None,
        ],
        [None, None, *_CLASSES.values(), "1.000 EUR", "EUR je Steuerpfl."],
    ]
    for i, area in enumerate(AREAS):
        separator = "." if i % 2 else "\u00a0"
        cells: list[Any] = [area.short]
        for merkmal in ("stpfl", *_CLASSES):
            count = figures.value(area.id, merkmal, day)
            made.taken(area, merkmal, day, count)
            cells.append(grouped(count, separator))
        half = figures.value(area.id, "einkuenfte", day)
        made.taken(area, "einkuenfte", day, f"{half},5")
        mean = 1000 * (half + 0.5) / figures.value(area.id, "stpfl", day)
        rows.append([*cells, grouped(half + 0.5, ".", 1), grouped(mean, ".")])
    sums = [grouped(sum(figures.value(a.id, m, day) for a in AREAS), ".") for m in ("stpfl", *_CLASSES)]
    income = sum(figures.value(a.id, "einkuenfte", day) + 0.5 for a in AREAS)
    rows += [["Stadt insgesamt", *sums, grouped(income, ".", 1)], ["Stand der Daten: 30.09.2010"]]
    made.content = Book([Sheet("LuE", rows, ["A3:A4", "B3:B4", "C3:G3", "H3:I3"])])
    return made


DELIVERIES = [
    Delivery(
        "08_wohnungsbestand_quer",
        "xlsx",
        _stock,
        {
            "hinweise": [
                "Gebiete stehen in Spalten; die Spalte „Stadt“ und die Stadtbezirke darüber werden nicht übernommen.",
                "„Wohnfläche je Wohnung in m²“ ist kein Merkmal.",
                "31.12.2007: Sozialwohnungen in Brackel um 24 berichtigt, alle anderen Werte sind die vorhandenen; im "
                "Folgejahr ebenso Asseln am 31.12.2008.",
            ]
        },
        (2008, 2009),
    ),
    Delivery(
        "09_einkommen",
        "xls",
        _incomes,
        {
            "merkmale": {"1.000 EUR": "einkuenfte"},
            "hinweise": [
                "Das Jahr 2007 steht nur im Titel; „Stand der Daten: 30.09.2010“ ist kein Stichtag.",
                "„EUR je Steuerpfl.“ ist kein Merkmal, „Stadt insgesamt“ eine Summe. Alle Zahlen sind Texte.",
            ],
        },
        (2007,),
    ),
    Delivery(
        "16_leerstand_jahre",
        "csv",
        _vacant,
        {
            "merkmale": {"Leer stehende Wohnungen": "whg_leer"},
            "hinweise": [
                "Das Merkmal steht nur im Titel, die Jahre im Kopf. r ist keine Zahl, sondern heißt berichtigt.",
                "2007 ist Nette um 9 berichtigt, im Folgejahr Marten 2008 um 11; die übrigen sind gleich.",
                "„Veränderung in %“ wird nicht übernommen.",
            ],
        },
        (2008, 2009),
    ),
]

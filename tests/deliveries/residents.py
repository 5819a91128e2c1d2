"""Residents: further deliveries on the population, lists that people keep in Excel."""

from __future__ import annotations

from typing import Any

from tests.deliveries import figures
from tests.deliveries.areas import AREAS, CITY, DISTRICTS, loose
from tests.deliveries.delivery import Delivery, Made, grouped, total
from tests.deliveries.sheets import Book, Percent, Sheet

#: Spaces between thousands, as they come from keyboards, web pages and word processors.
_SPACES = (" ", "\u00a0", "\u202f")


def _migration(year: int) -> Made:
    """Names as they are typed, numbers as texts with three kinds of space between thousands."""
    made, day = Made(), f"31.12.{year}"
    rows: list[list[Any]] = [
        [f"Menschen mit Migrationshintergrund in den Sozialräumen am 31. Dezember {year}"],
        ["Quelle: Einwohnermelderegister, Auswertung des Integrationsbüros; erfundene Zahlen"],
        ["Stadtteil", "Bevölkerung mit Migrationshintergrund", "in %", "dar. nichtdeutsche Bevölkerung", "in %"],
    ]
    ordered = sorted(AREAS, key=lambda area: area.short)
    for i, area in enumerate(ordered):
        people, space = figures.value(area.id, "bev", day), _SPACES[i % 3]
        cells: list[Any] = [loose(area)]
        for merkmal in ("bev_mh", "bev_nd"):
            count = figures.value(area.id, merkmal, day)
            made.taken(area, merkmal, day, count)
            cells += [grouped(count, space), f"{100 * count / people:.1f} %".replace(".", ",")]
        rows.append(cells)
    whole = [[merkmal, total(merkmal, day)] for merkmal in ("bev_mh", "bev_nd")]
    rows += [[], ["GESAMTSTADT", *(cell for _, count in whole for cell in (grouped(count, " "), ""))]]
    made.content = Book([Sheet("Tabelle1", rows)])
    return made


def _minors(year: int) -> Made:
    """A sheet for each year, named after it; districts as merged cells beside their areas."""
    made = Made()
    merkmale = ["bev_u3", "bev_3_5", "bev_6_14", "bev_15_17", "bev_u18", "bev_u15"]
    sheets = []
    for of in (year - 1, year):
        day = f"31.12.{of}"
        rows: list[list[Any]] = [
            ["Kinder und Jugendliche nach Altersgruppen (erfundene Zahlen)"],
            ["Stadtbezirk", "Sozialraum", "Alter von … Jahren", *[None] * 3, "insgesamt", "darunter"],
            [None, None, "unter 3", "3 bis unter 6", "6 bis unter 15", "15 bis unter 18", "unter 18", "unter 15"],
        ]
        merged = ["A2:A3", "B2:B3", "C2:F2"]
        for district, areas in DISTRICTS:
            start = len(rows) + 1
            for i, area in enumerate(areas):
                cells = made.counts(area, merkmale, day)
                rows.append([district if i == 0 else None, area.short, *cells])
            if len(areas) > 1:
                merged.append(f"A{start}:A{len(rows)}")
            rows.append([None, "zusammen", *(total(merkmal, day, areas) for merkmal in merkmale)])
        sheets.append(Sheet(str(of), rows, merged))
    made.content = Book(sheets)
    return made


def _blocks(year: int) -> Made:
    """A table with its own head for each district, one below the other; the year in two digits; a hidden column."""
    made, day = Made(), f"31.12.{year}"
    heads = {
        "bev": "Einwohner insgesamt",
        "bev_u65": "unter 65 Jahre",
        "bev_65plus": "65 Jahre und älter",
        "bev_18_64": "18 bis unter 65 Jahre",
        "bev_18_64_m": "18 bis unter 65 Jahre, Männer",
        "bev_18_64_w": "18 bis unter 65 Jahre, Frauen",
    }
    rows: list[list[Any]] = [[f"Einwohner nach Stadtbezirken und Sozialräumen, Stand: 31.12.{year % 100:02}"], []]
    for district, areas in DISTRICTS:
        rows += [[f"Stadtbezirk {district}"], ["Lfd. Nr.", "Sozialraum", "Vorjahr", *heads.values(), "Anteil 65+"]]
        for i, area in enumerate(areas, 1):
            cells = made.counts(area, list(heads), day)
            before = figures.value(area.id, "bev", f"31.12.{year - 1}")
            rows.append([i, area.short, before, *cells, Percent(round(cells[2] / cells[0], 4))])
        sums = [total(merkmal, day, areas) for merkmal in heads]
        before = total("bev", f"31.12.{year - 1}", areas)
        rows += [[None, f"{district} insgesamt", before, *sums, Percent(round(sums[2] / sums[0], 4))], []]
    sums = [total(merkmal, day) for merkmal in heads]
    rows += [[None, CITY, total("bev", f"31.12.{year - 1}"), *sums, Percent(round(sums[2] / sums[0], 4))]]
    rows += [[], ["Erfundene Zahlen. Vorjahr: ausgeblendete Arbeitsspalte."]]
    made.content = Book([Sheet("Bezirke", rows, hidden_columns=[3])])
    return made


DELIVERIES = [
    Delivery(
        "17_migration_schreibweisen",
        "xlsx",
        _migration,
        {
            "gebiete": {
                "Eving I": "sr_eving_i_kemminghausen",
                "Eichlinghofen/Menglingh./Persebeck-K.-S.": "sr_eichlinghofen_menglinghausen_persebeck_kruckel_schnee",
                "Wellinghofen/Benningh./Hacheney/Wichlingh.": "sr_wellinghofen_benninghofen_hacheney_wichlinghofen",
            },
            "hinweise": [
                "Spalten „in %“ und die Zeile „GESAMTSTADT“ werden nicht übernommen.",
                "Zahlen sind Texte mit Leerzeichen, geschützten und schmalen Leerzeichen zwischen den Tausendern.",
            ],
        },
    ),
    Delivery(
        "18_minderjaehrige_jahresblaetter",
        "xlsx",
        _minors,
        {
            "stichtage": {"2007": "31.12.2007", "2008": "31.12.2008"},
            "hinweise": [
                "Das Jahr steht nur im Namen des Blattes. Zeilen „zusammen“ sind Summen der Stadtbezirke.",
                "2007 enthält nur, was schon vorhanden ist: Es ändert sich nichts.",
            ],
        },
    ),
    Delivery(
        "20_einwohner_bloecke",
        "xlsx",
        _blocks,
        {
            "hinweise": [
                "Je Stadtbezirk eine Tabelle mit eigenem Kopf; „… insgesamt“ und „Dortmund“ sind Summen.",
                "„Lfd. Nr.“ zählt je Block und ist nicht die Nummer des Sozialraums.",
                "Die ausgeblendete Spalte „Vorjahr“ und „Anteil 65+“ werden nicht übernommen.",
            ]
        },
    ),
]

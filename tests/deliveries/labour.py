"""Labour: deliveries of the Bundesagentur für Arbeit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.deliveries import figures
from tests.deliveries.areas import AREAS, CITY, DISTRICTS, Area
from tests.deliveries.delivery import Delivery, Made, grouped, small, total
from tests.deliveries.sheets import Book, Month, Percent, Sheet, zipped

#: What is shown of the unemployed, with the words of the head.
_GROUPS = {
    "al": "insgesamt",
    "al_w": "Frauen",
    "al_m": "Männer",
    "al_u25": "unter 25 Jahre",
    "al_50plus": "50 Jahre und älter",
    "al_nd": "Ausländer",
    "al_lang": "Langzeit-\narbeitslose",
}


def arranged(line: Any, whole: Any, words: str = "Stadtbezirk ") -> list[list[Any]]:
    """Rows of the city, then of each district and its areas, by functions for an area and for a total."""
    rows = [whole(CITY, AREAS)]
    for district, areas in DISTRICTS:
        rows += [whole(words + district, areas), *(line(area) for area in areas)]
    return rows


def _unemployed(year: int) -> Made:
    """Three rows of heads, city and districts among the areas, shares beside counts; a year later other columns."""
    made, day, later = Made(), f"31.12.{year}", year == 2009
    order = list(_GROUPS) if not later else ["al", "al_lang", "al_nd", "al_m", "al_w", "al_u25", "al_50plus"]

    def line(area: Area) -> list[Any]:
        cells: list[Any] = [area.short]
        whole = figures.value(area.id, "al", day)
        for merkmal in order:
            hidden = merkmal in ("al_u25", "al_50plus") and abs(figures.chance(area.id, year)) > 0.93
            cells += made.counts(area, [merkmal], day, lambda _, hidden=hidden: "*" if hidden else None)
            if merkmal in ("al_w", "al_nd"):
                cells.append(Percent(round(figures.value(area.id, merkmal, day) / whole, 4)))
        if later:
            former = figures.value(area.id, "al_nd", "31.12.2008") + (7 if area.id == "sr_hafen" else 0)
            cells += [round(whole * 0.05), made.taken(area, "al_nd", "31.12.2008", former)]
        return cells

    def summed(name: str, areas: list[Area]) -> list[Any]:
        cells: list[Any] = [name]
        for merkmal in order:
            cells.append(total(merkmal, day, areas))
            if merkmal in ("al_w", "al_nd"):
                cells.append(Percent(round(total(merkmal, day, areas) / total("al", day, areas), 4)))
        if later:
            more = 7 if any(area.id == "sr_hafen" for area in areas) else 0
            cells += [round(total("al", day, areas) * 0.05), total("al_nd", "31.12.2008", areas) + more]
        return cells

    third: list[Any] = [None, None]
    for merkmal in order[1:]:
        third += [_GROUPS[merkmal], *(["Anteil in %"] if merkmal in ("al_w", "al_nd") else [])]
    last = "J" if not later else "L"
    heads = [
        ["Gebiet", "Arbeitslose", *[None] * 8, *([None, "nachrichtlich"] if later else [])],
        [None, "insgesamt", "darunter", *[None] * 7, *([None, "Ausländer"] if later else [])],
        [*third, *(["Schwerbehinderte", "Dezember 2008 (berichtigt)"] if later else [])],
    ]
    title = f"{CITY} nach Sozialräumen (Wohnort), Dezember {year} – erfundene Zahlen"
    merged = ["A4:A6", f"B4:{'K' if later else 'J'}4", "B5:B6", f"C5:{'K' if later else last}5"]
    table = Sheet(
        "Tabelle 1",
        [
            *[["Arbeitslose nach ausgewählten Merkmalen"], [title], [], *heads, *arranged(line, summed), []],
            ["© Statistik der Bundesagentur für Arbeit (erfundene Zahlen)"],
        ],
        merged,
    )
    notes = Sheet(
        "Hinweise",
        [
            ["Hinweise"],
            ["* Zahlenwerte kleiner 3 und Werte, aus denen sie sich errechnen ließen, sind geheim zu halten."],
            ["Langzeitarbeitslose: ein Jahr und länger arbeitslos. Stand der Auswertung: 15.01." + str(year + 1)],
        ],
    )
    front = Sheet("Deckblatt", [["Statistik"], [], ["Kleinräumige Auswertung"], [f"Berichtsmonat: Dezember {year}"]])
    made.content = Book([front, table, notes])
    return made


def _employed(year: int) -> Made:
    """A workbook for macros; totals are formulas that nobody has computed (a year later numbers)."""
    made, day, later = Made(), f"30.06.{year}", year == 2009
    rows: list[list[Any]] = [
        [f"Sozialversicherungspflichtig Beschäftigte am Wohnort {CITY}"],
        [f"Stichtag: 30. Juni {year}", None, None, "erfundene Zahlen"],
        [],
        ["Nr.", "Sozialraum", "insgesamt", "davon", None, "darunter Teilzeit", "Teilzeitquote"],
        [None, None, None, "Frauen", "Männer", None, None],
    ]
    if later:
        rows[3] = ["Nr.", "Sozialraum", "davon", None, "insgesamt", "Auszubildende", "darunter Teilzeit"]
        rows[4] = [None, None, "Männer", "Frauen", None, None, None]
    for area in AREAS:
        number, part = len(rows) + 1, figures.value(area.id, "svb_teilzeit", day)
        if later:
            cells = made.counts(area, ["svb_m", "svb_w", "svb"], day)
            cells += [round(cells[2] * 0.05), made.taken(area, "svb_teilzeit", day, part)]
            rows.append([area.number, area.name, *cells])
        else:
            women, men = made.counts(area, ["svb_w", "svb_m"], day)
            made.taken(area, "svb_teilzeit", day, part)
            rows.append([area.number, area.name, f"=D{number}+E{number}", women, men, part, f"=F{number}/C{number}"])
    end = len(rows)
    rows.append([None, "Stadt insgesamt", *(f"=SUM({c}6:{c}{end})" for c in "CDEF")])
    merged = ["C4:D4" if later else "D4:E4", "A4:A5", "B4:B5"]
    made.content = Book([Sheet(f"SVB {year}", rows, merged)], macro=True)
    return made


def _young(year: int) -> Made:
    """Months as dates (their first day) over a word over sexes: three rows of heads; signs for 0, 1 and 2."""
    made = Made()
    days = [f"30.09.{year}", f"31.12.{year}"]
    merkmale = ["al_lang_u25", "al_lang_u25_m", "al_lang_u25_w"]
    rows: list[list[Any]] = [
        ["Langzeitarbeitslose unter 25 Jahren nach Geschlecht (erfundene Zahlen)"],
        ["Gebiet", Month(year, 9, 1), None, None, Month(year, 12, 1), None, None],
        [None, *["Langzeitarbeitslose unter 25 Jahren", None, None] * 2],
        [None, *["insgesamt", "männlich", "weiblich"] * 2],
    ]

    def sign(count: int) -> str | None:
        return "-" if count == 0 else small("*")(count)

    for area in AREAS:
        rows.append([area.name, *(cell for day in days for cell in made.counts(area, merkmale, day, sign))])
    rows += [
        ["Insgesamt", *(total(merkmal, day) for day in days for merkmal in merkmale)],
        [],
        ["Zeichenerklärung: * = Wert kleiner als 3, geheim zu halten; - = nichts vorhanden"],
        ["Quelle: Statistik der Bundesagentur für Arbeit. Erstellt am 14.01.2009"],
    ]
    merged = ["A2:A4", "B2:D2", "E2:G2", "B3:D3", "E3:G3"]
    made.content = Book([Sheet("Tab_3.2", rows, merged)])
    return made


def _basic_support(year: int) -> Made:
    """Two files of an archive; only their names say of which month they are."""
    made, later = Made(), year == 2009
    heads = {
        "sgb2": "Personen mit Leistungen nach dem SGB II",
        "alg2": "Arbeitslosengeld II",
        "alg2_w": "dar. Frauen mit ALG II",
        "alg2_m": "dar. Männer mit ALG II",
        "sozialgeld": "Sozialgeld",
        "sgb2_u15": "Kinder unter 15 Jahren",
        "bg": "Bedarfsgemeinschaften",
    }
    if later:
        heads = {key: heads[key] for key in ("bg", "sgb2", "sgb2_u15", "sozialgeld", "alg2", "alg2_m", "alg2_w")}
    files = []
    for day, number in ((f"30.09.{year}", "09"), (f"31.12.{year}", "12")):
        lines = ["Grundsicherung für Arbeitsuchende – kleinräumige Auswertung (erfundene Zahlen)", ""]
        lines.append(";".join(["Sozialraum", *heads.values(), *(["Hilfequote in %"] if later else [])]))
        for area in AREAS if later else AREAS[:-1]:
            cells = [grouped(cell, ".") for cell in made.counts(area, list(heads), day)]
            share = 100 * figures.value(area.id, "sgb2", day) / figures.value(area.id, "bev_u65", f"31.12.{year}")
            lines.append(";".join([area.short, *cells, *([f"{share:.1f}".replace(".", ",")] if later else [])]))
        lines.append(";".join(["Summe", *(grouped(total(merkmal, day), ".") for merkmal in heads)]))
        files.append((f"sgb2_{year}-{number}.csv", ("\r\n".join(lines) + "\r\n").encode("cp1252")))
    made.content = zipped(files)
    return made


def _months(year: int) -> Made:
    """One row for each observation, days as Excel counts them."""
    made = Made()
    words = {"al": "Arbeitslose", "al_w": "Arbeitslose Frauen", "al_m": "Arbeitslose Männer"}
    lines = ["Gebiet;Kennzahl;Stichtag;Wert;Bemerkung"]
    for end in ("30.09.", "31.12."):
        day = f"{end}{year}"
        serial = (dt.date(year, int(end[3:5]), int(end[:2])) - dt.date(1899, 12, 30)).days
        for merkmal, word in words.items():
            lines.append(f"Stadt {CITY};{word};{serial};{total(merkmal, day)};Summe")
            for area in AREAS:
                late = area.id == "sr_nette" and end == "31.12."
                cell = made.taken(area, merkmal, day, "…" if late else figures.value(area.id, merkmal, day))
                lines.append(f"{area.short};{word};{serial};{cell};")
    lines += ["", "… = Wert liegt noch nicht vor", "Erfundene Zahlen"]
    made.content = ("\n".join(lines) + "\n").encode()
    return made


DELIVERIES = [
    Delivery(
        "01_arbeitslose_ba",
        "xlsx",
        _unemployed,
        {
            "merkmale": {"Ausländer": "al_nd"},
            "hinweise": [
                "Zeilen „Dortmund“ und „Stadtbezirk …“ sind Summen und werden nicht übernommen.",
                "Spalten „Anteil in %“ werden nicht übernommen; „Deckblatt“ und „Hinweise“ sind keine Tabellen.",
                "* bleibt *: geheim.",
                "Folgejahr: „Schwerbehinderte“ ist kein Merkmal des Berichts.",
                "Folgejahr: al_nd im Dezember 2008 ist für Hafen um 7 berichtigt.",
            ],
        },
        (2008, 2009),
    ),
    Delivery(
        "13_beschaeftigte_ba",
        "xlsm",
        _employed,
        {
            "merkmale": {"darunter Teilzeit": "svb_teilzeit"},
            "hinweise": [
                "„insgesamt“ (svb) besteht 2008 aus Formeln ohne Ergebnis: Es kommt keine Zeile heraus, bis jemand die "
                "Datei in Excel öffnet und speichert.",
                "Teilzeitquote und Summenzeile werden nicht übernommen.",
                "Folgejahr: „Auszubildende“ ist kein Merkmal des Berichts.",
            ],
        },
        (2008, 2009),
    ),
    Delivery(
        "14_sgb2_archiv",
        "zip",
        _basic_support,
        {
            "stichtage": {"sgb2_2008-09.csv": "30.09.2008", "sgb2_2008-12.csv": "31.12.2008"},
            "hinweise": [
                "Die Zeile „Summe“ wird nicht übernommen.",
                "Nette fehlt 2008 und ist im Folgejahr dabei; „Hilfequote in %“ wird dort nicht übernommen.",
            ],
        },
        (2008, 2009),
    ),
    Delivery(
        "15_langzeitarbeitslose_jung",
        "xlsx",
        _young,
        {
            "hinweise": [
                "Monate stehen als Datum ihres ersten Tages im Kopf (01.09.2008) und gelten für den letzten Tag.",
                "* bleibt *: geheim; - bleibt -: nichts. Die Zeile „Insgesamt“ wird nicht übernommen.",
            ]
        },
    ),
    Delivery(
        "19_arbeitslose_lang",
        "csv",
        _months,
        {
            "hinweise": [
                "Stichtage sind die Tageszahlen von Excel (39721 = 30.09.2008).",
                "Zeilen „Stadt Dortmund“ sind Summen und werden nicht übernommen.",
                "Für Nette liegt der Dezember noch nicht vor: … (fehlt).",
            ]
        },
    ),
]

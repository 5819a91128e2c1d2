"""Children: deliveries of Schulamt, Gesundheitsamt and Jugendamt."""

from __future__ import annotations

from typing import Any

from tests.deliveries import figures
from tests.deliveries.areas import AREAS, CITY, DISTRICTS, Area
from tests.deliveries.delivery import Delivery, Made, small
from tests.deliveries.sheets import Book, Percent, Sheet

_SCHOOLS = {
    "anm_hauptschule": "Hauptschule",
    "anm_realschule": "Realschule",
    "anm_gesamtschule": "Gesamtschule",
    "anm_gymnasium": "Gymnasium",
}
_EXAMINED = {
    "gewicht_normal": "Normalgewicht",
    "gewicht_ueber": "Übergewicht/Adipositas",
    "sprache_auff": "Auffälligkeiten der Sprache",
    "masern2": "zwei Masernimpfungen",
    "u9": "U9 wahrgenommen",
}
_HELP = {
    "hze": "Hilfen insgesamt",
    "hze_ambulant": "ambulant",
    "hze_tagesgruppe": "Tagesgruppe",
    "hze_pflege": "Vollzeitpflege",
    "hze_heim": "Heim/betreutes Wohnen",
}


def _schools(year: int) -> Made:
    """Heads again on each page, shares beside counts, marks of footnotes on names and heads, signs."""
    made, day = Made(), f"01.08.{year}"
    head = ["Sozialraum 1)", *(h for word in _SCHOOLS.values() for h in (word, "%")), "Anmeldungen\ninsgesamt 2)"]
    marks = {"sr_nordmarkt": "Nordmarkt 3)", "sr_wickede": "Wickede³", "sr_hoerde": "Hörde ³⁾"}
    sums = dict.fromkeys([*_SCHOOLS, "anm"], 0)
    body: list[list[Any]] = []
    for area in AREAS:
        counts = {merkmal: figures.value(area.id, merkmal, day) for merkmal in _SCHOOLS}
        if area.id == "sr_holzen_hoechsten_syburg":  # nobody chose this school here
            counts["anm_hauptschule"] = 0
        whole = sum(counts.values())
        cells: list[Any] = [marks.get(area.id, area.short)]
        for merkmal, count in counts.items():
            sign = "-" if count == 0 else small(".", 3)(count)
            share = "x" if sign else Percent(round(count / whole, 4))
            cells += [made.taken(area, merkmal, day, sign or count), share]
            sums[merkmal] += count
        sums["anm"] += whole
        body.append([*cells, made.taken(area, "anm", day, whole)])
    shares = [(sums[m], Percent(round(sums[m] / sums["anm"], 4))) for m in _SCHOOLS]
    city = [CITY, *(cell for pair in shares for cell in pair), sums["anm"]]
    rows: list[list[Any]] = [
        ["Schulverwaltungsamt"],
        [f"Anmeldungen zu weiterführenden Schulen (Jahrgangsstufe 5), Schuljahr {year}/{(year + 1) % 100:02}"],
        ["erfundene Zahlen"],
        head,
        *body[:18],
        [],
        ["Fortsetzung: Seite 2"],
        head,
        *body[18:],
        city,
        [],
        ["1) Gebiet der Hauptwohnung   2) ohne Förderschulen   3) einschließlich nachträglicher Anmeldungen"],
        ["Zeichen: - nichts vorhanden   . Zahlenwert geheim zu halten   x Aussage nicht sinnvoll"],
    ]
    made.content = Book([Sheet("Anmeldungen", rows)])
    return made


def _health(year: int) -> Made:
    """A sheet for each school year, named after it; one hidden, one explaining; brackets and signs."""
    made, later = Made(), year == 2009
    merkmale = dict(reversed(_EXAMINED.items())) if later else _EXAMINED
    sheets = []
    for of in (year - 1, year):
        day = f"01.08.{of}"
        heads: list[Any] = [h for word in merkmale.values() for h in (word, None)]
        rows: list[list[Any]] = [
            ["Schuleingangsuntersuchung (erfundene Zahlen)"],
            ["Sozialraum", "untersuchte Kinder", *heads, *(["Zahngesundheit", None] if later else [])],
            [None, None, *["n", "%"] * (6 if later else 5)],
        ]
        for area in AREAS:
            whole = made.counts(area, ["untersucht"], day)[0]
            cells: list[Any] = [area.name, whole]
            for merkmal in merkmale:
                cells += _examined(made, area, merkmal, day, f"01.08.{year}" if not later else "")
            rows.append([*cells, *([round(whole * 0.7), Percent(0.7)] if later else [])])
        merged = ["A2:A3", "B2:B3", *(f"{a}2:{b}2" for a, b in ("CD", "EF", "GH", "IJ", "KL"))]
        sheets.append(Sheet(f"SJ {of}-{(of + 1) % 100:02}", rows, merged + (["M2:N2"] if later else [])))
    raw = [["lfd", "Sozialraum", "Gewicht kg", "Größe cm"]]
    raw += [[i, area.number, 19 + i % 5, 112 + i % 9] for i, area in enumerate(AREAS, 1)]
    notes = [
        ["Erläuterungen"],
        ["/ = Zahlenwert nicht sicher genug"],
        ["k. A. = keine Angabe"],
        ["( ) = Aussagewert eingeschränkt, da der Zahlenwert statistisch relativ unsicher ist"],
    ]
    made.content = Book([Sheet("Erläuterungen", notes), *sheets, Sheet("Rohdaten", raw, hidden=True)])
    return made


def _examined(made: Made, area: Area, merkmal: str, day: str, unsure: str) -> list[Any]:
    """Count and share of one finding; some bracketed, on the day ``unsure`` some without a number, one corrected."""
    count, whole = figures.value(area.id, merkmal, day), figures.value(area.id, "untersucht", day)
    if (area.id, merkmal, day) == ("sr_hafen", "sprache_auff", "01.08.2007"):
        count += 2
    if (merkmal, area.id, day) == ("u9", "sr_asseln", unsure):
        return [made.taken(area, merkmal, day, "k. A.", "…"), "k. A."]
    if (merkmal, area.id, day) == ("sprache_auff", "sr_city", unsure):
        return [made.taken(area, merkmal, day, "/"), "/"]
    if merkmal == "gewicht_ueber" and count < 6:
        made.taken(area, merkmal, day, count)
        return [f"({count})", f"({100 * count / whole:.1f})".replace(".", ",")]
    return [made.taken(area, merkmal, day, count), Percent(round(count / whole, 4))]


def _youth(year: int) -> Made:
    """Names in capitals, districts named as areas are, hidden rows and a hidden column, signs of its own."""
    made, day, later = Made(), f"31.12.{year}", year == 2009
    order = list(_HELP) if not later else ["hze_heim", "hze_pflege", "hze_tagesgruppe", "hze_ambulant", "hze"]
    if later:  # column „Kurzberatungen“ is new
        heads = [*(_HELP[m] for m in order), "Kurzberatungen"]
    else:
        heads = [*(_HELP[m] for m in order), "Vorjahr insgesamt"]
    rows: list[list[Any]] = [
        ["JUGENDAMT – HILFEN ZUR ERZIEHUNG (§§ 27 ff. SGB VIII)"],
        [f"Berichtsjahr {year}; erfundene Zahlen"],
        [],
        ["Nr.", "Gebiet", *heads],
    ]
    whole = dict.fromkeys([*_HELP, "last"], 0)
    for district, areas in DISTRICTS:
        at = len(rows)
        sums = dict.fromkeys([*_HELP, "last"], 0)
        for area in areas:
            counts = {m: figures.value(area.id, m, day) for m in order}
            if area.id == "sr_holzen_hoechsten_syburg":  # no day group here
                counts["hze"] -= counts["hze_tagesgruppe"]
                counts["hze_tagesgruppe"] = 0
            last = counts["hze"] * 2 if later else figures.value(area.id, "hze", f"31.12.{year - 1}")
            cells = []
            for merkmal, count in counts.items():
                shown: Any = "–" if count == 0 else small("x")(count) or count
                cells.append(made.taken(area, merkmal, day, shown, {"–": "-", "x": "*"}.get(shown)))
            rows.append([area.number, area.short.upper(), *cells, last])
            for key, count in [*counts.items(), ("last", last)]:
                sums[key] += count
                whole[key] += count
        rows.insert(at, [None, district.upper(), *(sums[m] for m in [*order, "last"])])
    start = len(rows) + 1
    rows += [[None, "TESTFALL", *[9] * len(heads)], [None, "TESTFALL 2", *[9] * len(heads)]]
    rows += [
        [None, "DORTMUND INSGESAMT", *(whole[m] for m in [*order, "last"])],
        [],
        ["x = weniger als 3 Hilfen, aus Gründen des Datenschutzes nicht ausgewiesen"],
        ["– = keine Hilfe"],
    ]
    hidden = [] if later else [len(order) + 3]
    made.content = Book([Sheet("HzE", rows, hidden_rows=[start, start + 1], hidden_columns=hidden)])
    return made


DELIVERIES = [
    Delivery(
        "04_schulanmeldungen",
        "xls",
        _schools,
        {
            "hinweise": [
                "„Schuljahr 2008/09“ gilt als 01.08.2008. Köpfe wiederholen sich.",
                "Fußnotenzeichen (Nordmarkt 3), Wickede³) gehören nicht zum Namen.",
                "Spalten „%“ und die Zeile „Dortmund“ werden nicht übernommen; . bleibt ., - bleibt -.",
            ]
        },
    ),
    Delivery(
        "05_schuleingang",
        "xlsx",
        _health,
        {
            "stichtage": {"SJ 2007-08": "01.08.2007", "SJ 2008-09": "01.08.2008"},
            "hinweise": [
                "Das Schuljahr steht nur im Namen des Blattes. Das ausgeblendete Blatt „Rohdaten“ bleibt unbeachtet.",
                "k. A. wird …; / bleibt /; eingeklammerte Zahlen werden ohne die Klammern übernommen.",
                "2007/08 ist Hafen, sprache_auff, um 2 berichtigt; alle anderen Werte sind die vorhandenen.",
                "Folgejahr: Statt / (City, sprache_auff) und k. A. (Asseln, u9) stehen für 2008/09 Zahlen.",
                "Folgejahr: „Zahngesundheit“ ist kein Merkmal des Berichts.",
            ],
        },
        (2008, 2009),
    ),
    Delivery(
        "06_hilfen_erziehung",
        "ods",
        _youth,
        {
            "zeichen": {"x": "*"},
            "hinweise": [
                "Zeilen ohne Nummer sind Stadtbezirke und die Stadt, auch wenn sie wie Gebiete heißen (APLERBECK).",
                "Ausgeblendet und nicht übernommen: die Zeilen TESTFALL, die Spalte „Vorjahr insgesamt“.",
                "x heißt hier geheim (*), nicht „nicht sinnvoll“; – wird -.",
                "Folgejahr: „Kurzberatungen“ ist kein Merkmal des Berichts.",
            ],
        },
        (2008, 2009),
    ),
]

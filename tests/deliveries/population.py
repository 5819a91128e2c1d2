"""Population: deliveries of the Einwohnermeldeamt: by age and sex, long, by Bezirk, movements."""

from __future__ import annotations

from typing import Any

from tests.deliveries import figures
from tests.deliveries.areas import AREAS, CITY, DISTRICTS, plain
from tests.deliveries.delivery import Delivery, Made, grouped, total

_AGES = {
    "0_2": "0 bis unter 3",
    "3_5": "3 bis unter 6",
    "6_14": "6 bis unter 15",
    "15_17": "15 bis unter 18",
    "18_20": "18 bis unter 21",
    "21_24": "21 bis unter 25",
    "25_34": "25 bis unter 35",
    "35_44": "35 bis unter 45",
    "45_54": "45 bis unter 55",
    "55_64": "55 bis unter 65",
    "65_74": "65 bis unter 75",
    "75plus": "75 und älter",
}
#: What is delivered long: nationality and age, and the merkmal that they mean.
_LONG = {
    ("insgesamt", "alle"): "bev",
    ("nichtdeutsch", "alle"): "bev_nd",
    ("insgesamt", "15 bis 64 Jahre"): "bev_15_64",
    ("nichtdeutsch", "15 bis 64 Jahre"): "bev_15_64_nd",
}


def _ages(year: int) -> Made:
    """Ages below sexes in two rows of heads, numbers before names, Latin-1; a year later the men first."""
    made, day, later = Made(), f"31.12.{year}", year == 2009
    sexes = {"m": "männlich", "w": "weiblich"} if later else {"w": "weiblich", "m": "männlich"}
    merkmale = [m for sex in sexes for m in (*(f"bev_{sex}_{age}" for age in _AGES), f"bev_{sex}")]
    blocks = [";".join([word, *[""] * len(_AGES)]) for word in sexes.values()]
    lines = [
        f"Bevölkerung am Ort der Hauptwohnung nach Alter und Geschlecht am {day}",
        "Einwohnermelderegister, erfundene Zahlen",
        "",
        ";".join(["Sozialraum", *blocks, "zusammen", *(["Durchschnittsalter"] if later else [])]),
        ";".join(["", *[*_AGES.values(), "insgesamt"] * 2, "", *([""] if later else [])]),
    ]
    for area in AREAS:
        mean = [f"{41 + 3 * figures.chance(area.id, 'age'):.1f}".replace(".", ",")] if later else []
        cells = [str(cell) for cell in made.counts(area, [*merkmale, "bev"], day)]
        lines.append(";".join([f"{area.number:02} {area.name}", *cells, *mean]))
    if later:
        lines.append(";".join(["99 ohne Zuordnung", *["0"] * 25, "1", "27"]))
    lines.append(";".join(["Stadt zusammen", *(str(total(merkmal, day)) for merkmal in [*merkmale, "bev"])]))
    made.content = ("\r\n".join(lines) + "\r\n").encode("latin-1")
    return made


def _long(year: int) -> Made:
    """One row for each observation, areas by number only, UTF-16, tabs; a year later with a corrected value before."""
    made, later = Made(), year == 2009
    head = ["Stichtag", "Gebiet-Nr.", "Staatsangehörigkeit", "Alter", "Anzahl"]
    body = []
    for day in (f"31.12.{year}", *(["31.12.2008"] if later else [])):
        for area in AREAS:
            for (nation, age), merkmal in _LONG.items():
                count = figures.value(area.id, merkmal, day)
                if later and (area.id, merkmal, day) == ("sr_nordmarkt", "bev_nd", "31.12.2008"):
                    count -= 12
                made.taken(area, merkmal, day, count)
                body.append([day, str(area.number), nation, age, str(count)])
            count = figures.value(area.id, "bev", day) - figures.value(area.id, "bev_nd", day)
            if later and (area.id, day) == ("sr_nordmarkt", "31.12.2008"):
                count += 12
            body.append([day, str(area.number), "deutsch", "alle", str(count)])
    note = ["erfundene Zahlen"]
    order = [1, 3, 2, 4, 0] if later else range(5)
    lines = ["\t".join([row[i] for i in order]) for row in [head, *body]]
    made.content = ("\ufeff" + "\r\n".join([*lines, *note]) + "\r\n").encode("utf-16-le")
    return made


def _households(year: int) -> Made:
    """By statistical Bezirk: what is not delivered of every Bezirk of an area is not there for the area."""
    made, day = Made(), f"31.12.{year}"
    merkmale = ["hh", "hh_1", "hh_kind", "hh_allein"]
    found: dict[str, tuple[str, list[int | str]]] = {
        "12": ("Eving", [7412, 2790, 1920, 455]),
        "14": ("Lindenhorst", [2240, 880, 560, 131]),
    }
    for area in AREAS:
        rest = [figures.value(area.id, merkmal, day) for merkmal in merkmale]
        whole = bool(area.parts) and area.id != "sr_kirchhoerde_loettringhausen_luecklemberg"
        for i, (number, name) in enumerate(area.parts):
            left = len(area.parts) - i
            share = (1 + 0.3 * figures.chance(number, name)) / left if left > 1 else 1
            cells: list[int | str] = [round(count * share) for count in rest]
            rest = [count - int(cell) for count, cell in zip(rest, cells, strict=True)]
            if name == "Wichlinghofen":
                cells[3] = "."
            found[number] = (name, cells)
        for merkmal in merkmale if whole else ():
            hidden = area.id == "sr_wellinghofen_benninghofen_hacheney_wichlinghofen" and merkmal == "hh_allein"
            made.taken(area, merkmal, day, "." if hidden else figures.value(area.id, merkmal, day))
    del found["62"]
    lines = [
        f"Private Haushalte nach statistischen Bezirken, {day};;;;;",
        "Haushaltegenerierung – erfundene Zahlen;;;;;",
        "Nr.;Statistischer Bezirk;Haushalte insgesamt;Einpersonenhaushalte;"
        '"Haushalte mit Kindern\nunter 18 Jahren";"darunter\nAlleinerziehende"',
    ]
    for number in sorted(found):
        name, cells = found[number]
        shown = (cell if isinstance(cell, str) else grouped(cell, ".") for cell in cells)
        lines.append(";".join([number, name, *shown]))
    lines += ["", "„.“ = Zahlenwert unbekannt oder geheim zu halten;;;;;", "62 Bittermark wird nachgeliefert;;;;;"]
    made.content = ("\r\n".join(lines) + "\r\n").encode("cp1252")
    return made


def _movements(year: int) -> Made:
    """A printed list: columns of fixed width, heads on each page, names cut off, minus behind the number."""
    made, day = Made(), f"31.12.{year}"
    merkmale = ["geburten", "sterbefaelle", "zuzuege", "fortzuege", "korrekturen"]
    widths = [4, 30, 10, 10, 10, 10, 10, 10]
    heads = ["NR", "SOZIALRAUM", "GEBURTEN", "STERBE-", "ZUZUEGE", "FORTZUEGE", "KORREK-", "SALDO"]
    under = ["", "", "", "FAELLE", "", "", "TUREN", ""]

    def line(cells: list[str]) -> str:
        first = [cell.ljust(width) for cell, width in zip(cells[:2], widths, strict=False)]
        return "".join([*first, *(cell.rjust(w) for cell, w in zip(cells[2:], widths[2:], strict=False))]).rstrip()

    def counted(counts: list[int]) -> list[str]:
        balance = counts[0] - counts[1] + counts[2] - counts[3] - counts[4]
        return [*(grouped(count, ".") for count in counts), grouped(abs(balance), ".") + ("-" if balance < 0 else " ")]

    lines: list[str] = []
    body: list[list[str]] = []
    for district, areas in DISTRICTS:
        for area in areas:
            cells = counted(made.counts(area, merkmale, day))
            body.append([str(area.number), plain(area.short).upper()[:29], *cells])
        sums = counted([total(merkmal, day, areas) for merkmal in merkmale])
        body.append(["", f"* STADTBEZ. {plain(district).upper()}"[:29], *sums])
    body.append(["", "** STADT INSGESAMT", *counted([total(merkmal, day) for merkmal in merkmale])])
    for page, start in enumerate(range(0, len(body), 20), 1):
        lines += [
            "\f" * (page > 1) + f"EINWOHNERMELDEAMT   LISTE EW-27   BERICHTSJAHR {year}".ljust(86) + f"SEITE {page}",
            "BEVOELKERUNGSBEWEGUNG NACH SOZIALRAEUMEN (ERFUNDENE ZAHLEN)",
            "",
            line(heads),
            line(under),
            "-" * sum(widths),
            *(line(row) for row in body[start : start + 20]),
            "-" * sum(widths),
        ]
    made.content = ("\r\n".join([*lines, "ENDE DER LISTE"]) + "\r\n").encode("ascii")
    return made


def _flat(year: int) -> Made:
    """A flat file as GENESIS gives it: keys with codes and labels, one column with values."""
    made, day = Made(), f"31.12.{year}"
    head = ["Statistik_Code", "Zeit_Code", "Zeit_Label", "Zeit"]
    for number in (1, 2, 3):
        head += [f"{number}_Merkmal_Code", f"{number}_Auspraegung_Code", f"{number}_Auspraegung_Label"]
    lines = [";".join([*head, "BEVSTD__Bevoelkerungsstand__Anzahl"])]
    sexes = {"": ("", "Insgesamt"), "_m": ("GESM", "maennlich"), "_w": ("GESW", "weiblich")}
    ages = {"bev": ("", "Insgesamt"), "bev_15_64": ("ALT015B065", "15 bis unter 65 Jahre")}
    first = ["12411", "STAG", "Stichtag", day]
    signs = {("sr_marten", "bev_15_64_w"): ".", ("sr_nette", "bev_15_64_m"): "/"}
    signs |= {("sr_wambel", "bev_15_64"): "..."}
    places: list[tuple[str, str, Any]] = [("05913", f"{CITY}, krfr. Stadt (erfundene Zahlen)", None)]
    places += [(f"0591300{area.number:02}", plain(area.name), area) for area in AREAS]
    for key, label, area in places:
        for sex, (sex_code, sex_label) in sexes.items():
            for age, (age_code, age_label) in ages.items():
                merkmal = age + sex
                if area is None:
                    cell: Any = total(merkmal, day)
                elif sign := signs.get((area.id, merkmal)):
                    cell = made.taken(area, merkmal, day, sign, {"...": "…"}.get(sign))
                else:
                    cell = made.taken(area, merkmal, day, figures.value(area.id, merkmal, day))
                keys = ["SOZRAUM", key, label, "GES", sex_code, sex_label, "ALTX", age_code, age_label]
                lines.append(";".join([*first, *keys, str(cell)]))
    made.content = ("\ufeff" + "\n".join(lines) + "\n").encode()
    return made


DELIVERIES = [
    Delivery(
        "02_einwohner_alter",
        "csv",
        _ages,
        {
            "hinweise": [
                "Die Zeile „Stadt zusammen“ ist eine Summe und wird nicht übernommen.",
                "Folgejahr: „Durchschnittsalter“ ist kein Merkmal, „99 ohne Zuordnung“ kein Gebiet des Berichts.",
            ]
        },
        (2008, 2009),
    ),
    Delivery(
        "03_einwohner_lang",
        "txt",
        _long,
        {
            "merkmale": {
                "insgesamt, alle": "bev",
                "nichtdeutsch, alle": "bev_nd",
                "nichtdeutsch, 15 bis 64 Jahre": "bev_15_64_nd",
            },
            "hinweise": [
                "Zeilen „deutsch“ gehören zu keinem Merkmal. „insgesamt, 15 bis 64 Jahre“ ist bev_15_64.",
                "Gebiete stehen nur mit ihrer Nummer (Spalte nummer in raeume.csv).",
                "Folgejahr: enthält auch den 31.12.2008; Nordmarkt, bev_nd, ist um 12 berichtigt.",
            ],
        },
        (2008, 2009),
    ),
    Delivery(
        "07_genesis",
        "csv",
        _flat,
        {
            "hinweise": [
                "Die Zeilen mit dem Schlüssel 05913 gelten für die Stadt und werden nicht übernommen.",
                "Zeichen gelten ohne Erklärung wie üblich: . geheim, / unsicher, ... fällt später an.",
            ]
        },
    ),
    Delivery(
        "11_haushalte_bezirke",
        "csv",
        _households,
        {
            "spalten": {"Statistischer Bezirk": "gebiet"},
            "hinweise": [
                "Werte gelten für statistische Bezirke (raeume.csv, Spalte umfasst) und werden zum Sozialraum addiert; "
                "ihre Nummern sind nicht die der Sozialräume.",
                "Eving I/Kemminghausen und Lindenhorst/Eving II bestehen aus Teilen eines Bezirks: keine Werte.",
                "Kirchhörde/Löttringhausen/Lücklemberg: Bezirk 62 Bittermark fehlt, keine Werte.",
                "Wellinghofen/Benninghofen/Hacheney/Wichlinghofen: ein Bezirk bei hh_allein geheim: Summe auch.",
            ],
        },
    ),
    Delivery(
        "12_bewegungen_liste",
        "txt",
        _movements,
        {
            "hinweise": [
                "Spalten fester Breite; Köpfe wiederholen sich je Seite.",
                "Namen sind nach 29 Zeichen abgeschnitten; die Nummer davor ist die des Sozialraums.",
                "„* STADTBEZ. …“ und „** STADT INSGESAMT“ sind Summen; „SALDO“ (Minus hinter der Zahl) bleibt weg.",
            ],
        },
    ),
]

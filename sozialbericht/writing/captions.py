"""Where a figure's numbers come from: title, unit line, source line and alternative text of an indicator's figure."""

from __future__ import annotations

from collections.abc import Sequence

from sozialbericht import numbers
from sozialbericht.data.sums import terms
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.numbers import NBSP
from sozialbericht.status import Status
from sozialbericht.wording import dates
from sozialbericht.wording.position import position
from sozialbericht.wording.values import Wert, enumeration

#: A feature's name longer than this is no use in a unit line.
NUMERATOR_WORDS = 40
CALIBRATION = "Die Zuordnung ist in den Modelldaten angelegt und belegt nichts über die wirklichen Gebiete."
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()


def calibration(bestand: Datenbestand) -> str:
    """The sentence that types and classes are laid out in the demonstration data; empty for official data."""
    return CALIBRATION if bestand.ist_modell else ""


def counted(bestand: Datenbestand, indikator: str) -> str:
    """What the numerator counts, „Arbeitslose“; for sums the indicator's own name."""
    row = bestand.indikator(indikator)
    parts = terms(row["zaehler"])
    name = str(bestand.merkmale().at[parts[0], "bezeichnung"]) if len(parts) == 1 else ""
    return name if 0 < len(name) <= NUMERATOR_WORDS else str(row["bezeichnung"])


def unit_line(bestand: Datenbestand, indikator: str) -> str:
    """The unit line of a caption: „Arbeitslose in % der 15- bis unter 65-Jährigen“."""
    row = bestand.indikator(indikator)
    unit = str(row["einheit"])
    if unit == "Index":
        return f"{row['bezeichnung']}, {bestand.stadtname} = 100"
    bezug = str(row["bezug"])
    if unit.startswith("je "):
        return f"{counted(bestand, indikator)} {bezug if bezug.startswith(unit) else f'{unit} {bezug}'}"
    return f"{counted(bestand, indikator)} in{NBSP}{unit} {bezug}"


def stand(bestand: Datenbestand, indikator: str) -> str:
    """The Stand of an indicator in a title: „September 2006“."""
    return bestand.wert(indikator).stand


def stands(bestand: Datenbestand, indikator: str) -> str:
    """The Stände of numerator and denominator for a source line; one where they are the same."""
    top, bottom = _dates(bestand, indikator)
    if bottom in ("", top):
        return f"Stand {top}"
    whole = terms(bestand.indikator(indikator)["nenner"])[0]
    return f"Stand {top} ({counted(bestand, indikator)}), {bottom} ({bestand.merkmale().at[whole, 'bezeichnung']!s})"


def _dates(bestand: Datenbestand, indikator: str) -> tuple[str, str]:
    """The printed Stände of numerator and denominator; the second is empty where there is none of its own."""
    value = bestand.wert(indikator).wert
    row = bestand.indikator(indikator)
    top = dates.in_source(value.numerator_date, value.period)
    if value.denominator_date in (None, value.numerator_date) or not row["nenner"]:
        return top, ""
    period = str(bestand.merkmale().at[terms(row["nenner"])[0], "zeitbezug"])
    return top, dates.in_source(value.denominator_date, period)


def all_stands(bestand: Datenbestand, indikatoren: list[str]) -> str:
    """The Stände of several indicators: said once where they agree, else by indicator."""
    if len(indikatoren) == 1:
        return stands(bestand, indikatoren[0])
    groups: dict[tuple[str, str], list[str]] = {}
    for indikator in indikatoren:
        groups.setdefault(_dates(bestand, indikator), []).append(indikator)
    if len({top for top, _ in groups}) == 1:
        top = next(iter(groups))[0]
        bottoms = dict.fromkeys(bottom for _, bottom in groups if bottom)
        return f"Stand {top}" + "".join(f", Bezugsbevölkerung {bottom}" for bottom in bottoms)
    most = max(groups, key=lambda pair: len(groups[pair]))
    parts = [f"Stand {_pair(most)}"]
    for pair, names in groups.items():
        if pair != most:
            listed = enumeration(str(bestand.indikator(name)["bezeichnung"]) for name in names)
            parts.append(f"{listed}: {_pair(pair)}")
    return "; ".join(parts)


def _pair(pair: tuple[str, str]) -> str:
    return f"{pair[0]} (Bezug {pair[1]})" if pair[1] else pair[0]


def source_line(bestand: Datenbestand, indikatoren: list[str], *, chart: str = "", extra: str = "") -> str:
    """Source, Stände, breaks, signs; ``chart`` is „karte“, „verlauf“ or empty."""
    rows = [bestand.indikator(i) for i in indikatoren]
    sources = dict.fromkeys(part.strip() for row in rows for part in str(row["quelle"]).split(","))
    if chart == "verlauf":
        month = MONTHS[int(rows[0]["bezug_monat"]) - 1]
        when = (
            f"Stand jeweils {month}" if bestand.zeitbezug(indikatoren[0]) in ("monat", "stichtag") else "Stand je Jahr"
        )
        if bestand.zeitbezug(indikatoren[0]) == "schuljahr":
            when = "Schuljahre, auf der Achse das Jahr ihres Beginns"
    else:
        when = all_stands(bestand, indikatoren)
    sentences = [f"{', '.join(sources)}; {when}."]
    if chart == "verlauf":
        for i in indikatoren:
            for _, cut in bestand.brueche(i).iterrows():
                sentences.append(f"Bruch {cut['ab'].year}: {cut['grund']} Über den Bruch hinweg nicht vergleichbar.")
    if chart == "karte":
        sentences.append(f"Zahlen in der Karte: Nummern der {bestand.ebenen.unten.mehrzahl}.")
    sentences += signs([s for i in indikatoren for s in bestand.daten(i)["status"]])
    if chart == "karte" and bestand.kartenhinweis:
        sentences.append(f"{bestand.kartenhinweis}.")
    if extra:
        sentences.append(extra)
    return " ".join(dict.fromkeys(sentences))


def signs(statuses: Sequence[str]) -> list[str]:
    """The explanation of the signs in use, „„.“ geheim gehalten“."""
    used = [s for s in dict.fromkeys(statuses) if s != Status.OK]
    return [f"„{numbers.status_sign(s)}“ {numbers.status_word(s)}." for s in used]


def _range(values: list[Wert]) -> str:
    return enumeration(f"{v.raum} ({v})" for v in values)


def hidden(bestand: Datenbestand, indikator: str) -> str:
    """A sentence on the areas whose value is not shown; empty where all are."""
    table = bestand.daten(indikator)
    parts = []
    for status, group in table[table["wert"].isna()].groupby("status", sort=False):
        names = list(group["kurzname"])
        listed = enumeration(names) if len(names) <= 4 else f"{len(names)} {bestand.ebenen.unten.mehrzahl}"
        parts.append(f"{listed}: {numbers.status_word(str(status))}.")
    return " ".join(parts)


def map_alternative(bestand: Datenbestand, indikator: str) -> str:
    """The alternative text of a choropleth: kind, highest, lowest, city, what is withheld, where all values stand."""
    row = bestand.indikator(indikator)
    city = bestand.wert(indikator)
    text = (
        f"Karte der {len(bestand.raeume())} {bestand.ebenen.unten.mehrzahl} in fünf Klassen: {row['bezeichnung']}, "
        f"{city.stand}. "
        f"Am höchsten {_range(bestand.hoechste(indikator, 3))}, am niedrigsten "
        f"{_range(bestand.niedrigste(indikator, 1))}"
    )
    text += f"; {city.raum} {city}." if city.ok else "."
    return " ".join(filter(None, [text, hidden(bestand, indikator), "Alle Werte stehen im Schlüssel unter der Karte."]))


def ranking_alternative(bestand: Datenbestand, indikator: str) -> str:
    """The alternative text of a ranked chart: how many above, below and not distinguishable from the city."""
    row = bestand.indikator(indikator)
    table = bestand.daten(indikator)
    shown = table[table["wert"].notna()]
    city = bestand.wert(indikator)
    text = f"Rangfolge von {len(shown)} {bestand.ebenen.unten.dativ}: {row['bezeichnung']}, {city.stand}"
    if shown["unten"].notna().any() and city.ok:
        found = position(table, city.wert.number)
        text += (
            f", mit 95-%-Bereich. {found.darueber} liegen erkennbar über, {found.darunter} erkennbar unter dem Wert "
            "der Stadt "
            f"({city}), {found.gleich} weichen nicht erkennbar ab."
        )
    else:
        text += "."
    ends = f"Am höchsten {_range(bestand.hoechste(indikator))}, am niedrigsten {_range(bestand.niedrigste(indikator))}."
    return " ".join(filter(None, [text, ends, hidden(bestand, indikator)]))


def series_alternative(bestand: Datenbestand, indikator: str, first: int) -> str:
    """The alternative text of the small multiples by Stadtbezirk."""
    row = bestand.indikator(indikator)
    level = bestand.ebenen.mitte
    newest = bestand.wert(indikator).wert.numerator_date
    last = bestand.jahr if newest is None else newest.year
    breaks = [cut.year for cut in bestand.brueche(indikator)["ab"]]
    text = (
        f"{len(bestand.raeume(level))} kleine Liniendiagramme, je {bestand.ebenen.mitte.einzahl}: "
        f"{row['bezeichnung']} {first} bis {last} "
        f"und die Linie der Stadt"
    )
    text += f", unterbrochen vor {enumeration(breaks)}. " if breaks else ". "
    high, low = bestand.hoechste(indikator, 1, level), bestand.niedrigste(indikator, 1, level)
    return text + f"{last} am höchsten {_range(high)}, am niedrigsten {_range(low)}."


def key_rows(bestand: Datenbestand, indikator: str) -> list[tuple[str, str, str]]:
    """Number, name and printed value of every area, for the key below a map."""
    decimals = int(bestand.indikator(indikator)["nachkommastellen"])
    return [
        (str(int(row["nummer"])), str(row["kurzname"]), cell(row["wert"], str(row["status"]), decimals))
        for _, row in bestand.daten(indikator).iterrows()
    ]


def cell(value: float, status: str, decimals: int) -> str:
    """A table cell: the printed number, or the sign of its status."""
    return numbers.shown(value, status, decimals)

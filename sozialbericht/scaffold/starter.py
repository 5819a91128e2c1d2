"""Starter: the catalogue that a new project begins with, made from its values: what is counted, shares of a whole.

Every merkmal gets an indicator: where it is no part of the population a ratio that says how much there is of it for
100 persons, or for one where it is measured. It is a draft, and its maker is told to look at it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sozialbericht.data.reading import parsing
from sozialbericht.faults import Fault, InputError
from sozialbericht.scaffold.given.brief import Brief
from sozialbericht.scaffold.given.hierarchy import Hierarchy
from sozialbericht.scaffold.given.tidyvalues import MISSING, Tidyvalues

#: Headings that mean the whole population.
WHOLE = (
    "bev", "bevoelkerung", "bevoelkerung_insgesamt", "einwohner", "einwohnerinnen", "einwohner_insgesamt", "insgesamt",
    "gesamt", "inhabitants", "population", "pop", "personen", "ew", "e_e",
)  # fmt: skip
#: What a project without values begins with: its merkmale and how they are called.
EXAMPLES = {
    "bev": "Bevölkerung am Ort der Hauptwohnung", "bev_u18": "unter 18-Jährige", "bev_65plus": "ab 65-Jährige",
}  # fmt: skip
#: The unit of a column for which none is said.
PERSONS = "Personen"
#: How many characters the head of a column of the report may have.
LONGEST = 40
Row = dict[str, str]


@dataclass(frozen=True)
class Starter:
    """Rows of ``merkmale.csv`` and ``indikatoren.csv``; ``told`` is what the maker should look at."""

    merkmale: list[Row]
    indikatoren: list[Row]
    told: list[str] = field(default_factory=list)


def examples(hierarchy: Hierarchy, date: dt.date) -> Tidyvalues:
    """Values of a project that has none yet: a few merkmale, missing everywhere."""
    cells = {(place.raum_id, name, date): MISSING for name in EXAMPLES for place in hierarchy.lowest}
    return Tidyvalues(cells, dict(EXAMPLES), {name: ["bitte ergänzen"] for name in EXAMPLES})


def of(values: Tidyvalues, brief: Brief) -> Starter:
    """The catalogue of values; raises :class:`InputError` where there is no whole that shares could be of."""
    whole = _whole(values, brief)
    numbers = {name: values.numbers(name) for name in values.titles}
    merkmale, shares, ratios, alone, faults = [], [], [], [], []
    for name, title in values.titles.items():
        unit = brief.units.get(title, PERSONS)
        if parsing.is_count(unit) and any(number % 1 for number in numbers[name].values()):
            what = f"„{title}“ hat Werte mit Nachkommastellen; gezählt werden ganze Personen oder Fälle."
            remedy = f"Einer Summe ihre Einheit geben (--units {title}=Euro), Raten und Mittel mit --columns weglassen."
            faults.append(Fault(", ".join(values.sources[name]), what, remedy))
        part = name != whole and unit == PERSONS and _is_part(numbers[name], numbers[whole])
        merkmale.append(_merkmal(name, title, unit, whole if part else "", values.sources[name]))
        merkmale[-1]["sensibel"] = "ja" if name != whole and unit == PERSONS else "nein"
        if part:
            shares.append(_share(name, title, whole, values, brief.dimension))
        elif name != whole and (when := _when(name, whole, values)):
            ratios.append(_ratio(_row(name, _words(title), values, brief.dimension), title, unit, whole, when))
        elif name != whole:
            alone.append(title)
    if faults:
        raise InputError(faults)
    if not shares and len(values.years) > 1:
        shares.append(_change(whole, values, brief.dimension))
    if not shares and not ratios:
        what = f"Aus „{values.titles[whole]}“ allein entsteht kein Indikator: "
        what += "Es fehlt ein Teil davon oder ein zweiter Stichtag."
        remedy = "Eine Tabelle mit Teilen der Bevölkerung dazunehmen oder zunächst ohne --values beginnen."
        raise InputError([Fault("--values", what, remedy)])
    return Starter(merkmale, [*shares, *ratios], list(_told(ratios, alone, values)))


def _told(ratios: list[Row], alone: list[str], values: Tidyvalues) -> Iterator[str]:
    """What the maker should look at."""
    if ratios:
        listed = ", ".join(values.titles[row["zaehler"]] for row in ratios)
        yield (
            f"Kein Teil der Bevölkerung, als Entwurf auf sie bezogen: {listed}. Bitte prüfen: Art, Nenner, Faktor, "
            "Einheit und Definition in data/indikatoren.csv."
        )
    if alone:
        yield f"Ohne Bevölkerung im selben Jahr und deshalb noch ohne Indikator: {', '.join(alone)}."


def _whole(values: Tidyvalues, brief: Brief) -> str:
    """The merkmal of the whole population."""
    names = {title: name for name, title in values.titles.items()}
    if brief.population in names:
        return names[brief.population]
    if not brief.population:
        found = [name for usual in WHOLE for name in values.titles if name == usual]
        if found:
            return found[0]
    what = "Welche Spalte die Bevölkerung enthält, ist nicht gesagt; aus ihr werden Anteile berechnet."
    if brief.population:
        what = f"Eine Spalte „{brief.population}“ haben die Werte nicht."
    raise InputError([Fault("--population", what, f"Gefunden wurden: {', '.join(names)}.")])


def _is_part(numbers: Mapping[tuple[str, dt.date], float], whole: Mapping[tuple[str, dt.date], float]) -> bool:
    """Whether a merkmal never exceeds the whole and has it at the same date somewhere."""
    both = [place for place in numbers if place in whole]
    return bool(both or not whole) and all(numbers[place] <= whole[place] for place in both)


def _when(name: str, whole: str, values: Tidyvalues) -> str:
    """At which Stand the whole is taken for a merkmal, in the words of ``nenner_stand``; "" where it has none."""
    newest, days = values.dates(name)[-1], values.dates(whole)
    if newest in days:
        return "gleich"
    return "jahresende" if any(day.year == newest.year for day in days) else ""


def _merkmal(name: str, title: str, unit: str, part_of: str, sources: list[str]) -> Row:
    return {
        "merkmal": name, "bezeichnung": _words(title), "einheit": unit, "zeitbezug": "stichtag",
        "teil_von": part_of, "quelle": ", ".join(sources),
    }  # fmt: skip


def _share(name: str, title: str, whole: str, values: Tidyvalues, dimension: str) -> Row:
    """The share of a merkmal in the whole, as a row of the catalogue."""
    words = _words(title)
    return _row(name, words, values, dimension) | {
        "indikator": f"{name}_anteil", "bezeichnung": f"Anteil: {words}", "kurzname": _short(words, " in %"),
        "art": "anteil", "nenner": whole, "einheit": "%", "bezug": "der Bevölkerung",
        "definition": f"{words} je 100 Menschen der Bevölkerung.",
    }  # fmt: skip


def _ratio(row: Row, title: str, unit: str, whole: str, when: str) -> Row:
    """A draft of how much of a merkmal there is for 100 persons, of what is measured for one."""
    counted = parsing.is_count(unit)
    words, persons = _words(title), "100 Personen" if counted else "Person"
    return row | {
        "indikator": f"{row['zaehler']}_je_{'100' if counted else 'kopf'}", "bezeichnung": f"{words} je {persons}",
        "kurzname": _short(words, " je 100" if counted else f" je Kopf in {unit}"), "art": "verhaeltnis",
        "nenner": whole, "faktor": "100" if counted else "1", "einheit": "je 100" if counted else unit,
        "bezug": f"je {persons} der Bevölkerung", "nenner_stand": when,
        "definition": f"{words} bezogen auf {'je ' if counted else 'eine '}{persons} der Bevölkerung.",
    }  # fmt: skip


def _change(whole: str, values: Tidyvalues, dimension: str) -> Row:
    """The change of the population since the first year."""
    words = _words(values.titles[whole])
    return _row(whole, words, values, dimension) | {
        "indikator": f"{whole}_entwicklung", "bezeichnung": f"Veränderung: {words}", "art": "veraenderung",
        "kurzname": _short(words, " in %"), "einheit": "%", "bezug": f"gegenüber {values.years[0]}",
        "basisjahr": str(values.years[0]), "nenner_stand": "",
        "definition": f"Veränderung von „{words}“ gegenüber {values.years[0]} in Prozent.",
    }  # fmt: skip


def _row(name: str, words: str, values: Tidyvalues, dimension: str) -> Row:
    """What all rows of indicators have in common."""
    return {
        "dimension": dimension, "zaehler": name, "nenner": "", "faktor": "100", "nachkommastellen": "1",
        "richtung": "neutral", "bezug_monat": str(values.dates(name)[-1].month), "verzug_jahre": "0",
        "nenner_stand": "gleich", "herkunft": "eigene", "quelle": ", ".join(values.sources[name]),
    }  # fmt: skip


def _words(title: str) -> str:
    """A heading as words: ``inhabitants_female`` → ``inhabitants female``."""
    return " ".join(title.replace("_", " ").split())


def _short(words: str, unit: str) -> str:
    return (words if len(words) + len(unit) <= LONGEST else words[: LONGEST - len(unit) - 1] + "…") + unit

"""Burdens and strengths of an area: where it differs from the city, as finished sentences.

An area differs where its position beside the city says so (:mod:`sozialbericht.statistics.intervals.comparison`).
Means, indices and ratios of stocks have no interval, so nothing is said of them here. Distances are those of unrounded
values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.data.sums import terms
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.status import Status
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import Betrag, Wert, with_unit

#: Shares that are said in words when they are near, in percent; „die Hälfte“ is singular like the others.
FRACTIONS = ((20.0, "ein Fünftel"), (25.0, "ein Viertel"), (100 / 3, "ein Drittel"), (50.0, "die Hälfte"))
#: How far a share may lie from the fraction: said plainly, said with „gut“ or „knapp“.
PLAIN, NEAR = 0.4, 1.5


@dataclass(frozen=True)
class Abweichung:
    """Ein Indikator, bei dem ein Gebiet erkennbar von der Stadt abweicht.

    ``abstand`` ist der Abstand zum Wert der Stadt in Standardabweichungen der Gebiete; über 0 heißt belasteter als die
    Stadt. ``haupt`` sagt, ob es ein Hauptindikator ist.
    """

    indikator: str
    dimension: str
    wert: Wert
    stadt: Wert
    abstand: float
    haupt: bool

    @property
    def belastung(self) -> bool:
        """Ob das Gebiet hier belasteter ist als die Stadt."""
        return self.abstand > 0


def belastungen(b: Datenbestand, raum: str, n: int = 3, *, ohne: Collection[str] = ()) -> list[str]:
    """Bis zu n Sätze: worin das Gebiet erkennbar belasteter ist als die Stadt, die größten Abstände zuerst.

    ``ohne``: Indikatoren, von denen schon gesprochen wird. Eine leere Liste heißt, dass sich das Gebiet bei keinem
    anderen Indikator erkennbar zum Schlechteren unterscheidet.
    """
    fitting = [d for d in tellable(b, raum, burden=True) if not any(same(b, d.indikator, name) for name in ohne)]
    return told(b, raum, most_telling(b, fitting, n))


def staerken(b: Datenbestand, raum: str, n: int = 3) -> list[str]:
    """Bis zu n Sätze: worin das Gebiet erkennbar besser dasteht als die Stadt, die größten Abstände zuerst.

    Eine leere Liste heißt, dass sich das Gebiet bei keinem Indikator erkennbar zum Besseren unterscheidet.
    """
    return told(b, raum, most_telling(b, tellable(b, raum, burden=False), n))


def abweichungen(b: Datenbestand, raum: str) -> list[Abweichung]:
    """Alle erkennbaren Abweichungen eines Gebiets von der Stadt bei den gewerteten Indikatoren, größte zuerst."""
    area = b._known_area(raum)
    level = str(b._tables.areas.at[area, "ebene"])
    if area == b.stadt:
        return []
    found: list[Abweichung] = b._store.entry(("abweichungen", area, b.jahr), lambda: _deviations_of(b, area, level))
    return list(found)


def _deviations_of(b: Datenbestand, area: str, level: str) -> list[Abweichung]:
    found = []
    catalogue = b.indikatoren()
    main = main_indicators(b)
    for name in catalogue.index[catalogue["richtung"] != "neutral"]:
        value, city = b.wert(str(name), area), b.wert(str(name))
        scale = spread(b, str(name), level)
        if value.wert.status != Status.OK or not value.wert.position.differs or not scale:
            continue
        gap, row = gap_between(value, city) / scale, catalogue.loc[name]
        sign = 1 if row["richtung"] == "belastung" else -1
        found.append(Abweichung(str(name), str(row["dimension"]), value, city, sign * gap, name in main))
    return sorted(found, key=lambda deviation: -abs(deviation.abstand))


def told(b: Datenbestand, area: str, chosen: Sequence[Abweichung]) -> list[str]:
    """A sentence for each deviation, in their order."""
    place = list(b._tables.areas.index).index(area)
    sentences, in_words = [], True
    for at, deviation in enumerate(chosen):
        words, fraction = _tell(b, deviation, style=place + at, in_words=in_words)
        sentences.append(words)
        in_words = in_words and not fraction
    return sentences


def tellable(b: Datenbestand, area: str, *, burden: bool) -> list[Abweichung]:
    """The burdens or strengths that a sentence can name: printed, the two values are not the same."""
    return [d for d in abweichungen(b, area) if d.belastung == burden and d.wert.zahl != d.stadt.zahl]


def most_telling(b: Datenbestand, deviations: list[Abweichung], n: int) -> list[Abweichung]:
    """The largest distances: first one per dimension, its main indicator if that differs,
    then seconds; no variants.
    """
    first: dict[str, Abweichung] = {}
    for deviation in sorted(deviations, key=lambda d: not d.haupt):
        first.setdefault(deviation.dimension, deviation)
    chosen = sorted(first.values(), key=lambda d: -abs(d.abstand))[:n]
    for deviation in deviations:
        if len(chosen) < n and not any(variants(b, deviation, other) for other in chosen):
            chosen.append(deviation)
    return sorted(chosen, key=lambda d: -abs(d.abstand))


def variants(b: Datenbestand, one: Abweichung, other: Abweichung) -> bool:
    """Whether two deviations are of indicators that count the same thing."""
    return same(b, one.indikator, other.indikator)


def same(b: Datenbestand, one: str, other: str) -> bool:
    """Whether two indicators count the same thing, for other groups,
    at another date or as each other's complement.
    """
    if one == other or _counted(b, one) & _counted(b, other):
        return True
    first, second = b.indikator(one), b.indikator(other)
    whole = first["nenner"] and first["nenner"] == second["nenner"]
    return bool(whole and first["richtung"] != second["richtung"])


def _counted(b: Datenbestand, indicator: str) -> set[tuple[bool, str]]:
    """What an indicator counts: the widest features above its numerator that are not above its denominator."""
    row, part_of = b.indikator(indicator), b.merkmale()["teil_von"]
    whole = {feature for term in terms(row["nenner"]) for feature in _upwards(term, part_of)}
    counted = set()
    for term in terms(row["zaehler"]):
        above = [feature for feature in _upwards(term, part_of) if feature not in whole]
        counted.add((row["art"] == "veraenderung", above[-1] if above else term))
    return counted


def main_indicators(b: Datenbestand) -> set[str]:
    """The first judged indicator of each dimension and those of the typology."""

    def chosen() -> set[str]:
        catalogue = b.indikatoren()
        judged = catalogue[catalogue["richtung"] != "neutral"]
        first = judged.groupby("dimension", sort=False).head(1).index
        return {str(i) for i in [*first, *judged.index[judged["typ_vorzeichen"].notna()]]}

    found: set[str] = b._store.entry(("hauptindikatoren", b.jahr), chosen)
    return found


def spread(b: Datenbestand, indicator: str, level: str) -> float:
    """Population standard deviation of the published values of a level's areas;
    0 where there are fewer than three.
    """

    def computed() -> float:
        values = b.daten(indicator, level)["wert"].dropna()
        return float(np.std(values)) if len(values) > 2 else 0.0

    found: float = b._store.entry(("streuung", indicator, level, b.jahr), computed)
    return found


def _tell(b: Datenbestand, deviation: Abweichung, style: int, *, in_words: bool) -> tuple[str, bool]:
    """The sentence, and whether it says the share in words."""
    own, city = deviation.wert, deviation.stadt
    if b.indikator(deviation.indikator)["art"] == "veraenderung":
        return _tell_change(b, deviation), False
    said, fraction = clause(b, own, city, in_words=in_words)
    if compares(b, deviation.indikator):
        return f"{said}.", fraction
    other = bare(city)
    endings = (
        f", {more_or_less(own, city)} als in {b.stadtname} insgesamt ({other}).",
        f" ({b.stadtname}: {other}).",
        f", in {b.stadtname} {'sind es ' if ':' not in said else ''}{other}.",
    )
    return said + endings[style % len(endings)], fraction


def compares(b: Datenbestand, indicator: str) -> bool:
    """Whether the catalogue's sentence compares with the city itself."""
    template = str(b.indikator(indicator).get("satz", "") or "")
    return "{d}" in template or "{s}" in template


def clause(b: Datenbestand, own: Wert, city: Wert, *, in_words: bool) -> tuple[str, bool]:
    """What the catalogue says of a value, without full stop, and whether the share is said in words."""
    row = b.indikator(own.wert.indicator)
    template = str(row.get("satz", "") or "")
    if not template:
        base = "" if own.wert.unit.startswith("je") else f" {row['bezug']}"
        return f"{row['bezeichnung']}: {own}{base}", False
    fraction = _fraction(own) if in_words and "{zahl}" in template else ""
    gap = gap_between(own, city)
    unit = "%" if own.wert.unit == "Index" else own.wert.unit
    values: dict[str, Any] = {
        "w": own,
        "s": city,
        "stadt": b.stadtname,
        "r": Betrag(gap, ""),
        "d": with_unit(numbers.number(abs(gap), own.wert.decimals), unit),
        "anteil": fraction or str(own),
        "zahl": f" ({own})" if fraction else "",
        "v": 1 if fraction else 2,
    }
    return worded(template, **values), bool(fraction)


def _tell_change(b: Datenbestand, deviation: Abweichung) -> str:
    own, city, row = deviation.wert, deviation.stadt, b.indikator(deviation.indikator)
    subject = str(row.get("satz", "") or "")
    signed = {name: Betrag(v.richtung, _signed(v)) for name, v in (("w", own), ("s", city))}
    values: dict[str, Any] = {**signed, "stadt": b.stadtname, "wo": city.wo, "bezug": str(row["bezug"])}
    if not subject:
        return f"{row['bezeichnung']}: " + worded("{w} {bezug} ({stadt}: {s}).", **values)
    start = f"{subject} ist {{bezug}} "
    if own.richtung and own.richtung == city.richtung:
        further = abs(own.wert.number) > abs(city.wert.number)
        template = (
            f"{'stärker' if further else 'weniger'} {{w?gestiegen|zurückgegangen|}} ({{w}}) als {{wo}} ({{s}})."
        )
    else:
        template = (
            "{w?gestiegen|zurückgegangen|nicht erkennbar verändert} ({w}); {wo} {s?stieg sie|ging sie "
            "zurück|hat sie sich nicht erkennbar verändert} ({s})."
        )
    return worded(start + template, **values)


def gap_between(own: Wert, other: Wert) -> float:
    """The difference of two values, from the unrounded ones: rounding is left to whoever prints it."""
    return own.wert.number - other.wert.number


def more_or_less(own: Wert, other: Wert) -> str:
    """„mehr“ or „weniger“."""
    return "mehr" if gap_between(own, other) > 0 else "weniger"


def bare(value: Wert) -> str:
    """A value as it stands in brackets: with its unit, unless the sentence has said „Auf 1.000 …“."""
    return value.zahl if value.wert.unit.startswith("je") else str(value)


def _signed(value: Wert) -> str:
    return f"+{value}" if value.richtung > 0 else str(value)


def _upwards(feature: str, part_of: pd.Series) -> Iterator[str]:
    """A feature and those it is part of, upwards."""
    while feature:
        yield feature
        feature = str(part_of.get(feature, "") or "")


@cache
def _near(share: float) -> str:
    for fraction, words in FRACTIONS:
        gap = share - fraction
        if abs(gap) <= PLAIN:
            return words[0].upper() + words[1:]
        if abs(gap) <= NEAR:
            return f"{'Gut' if gap > 0 else 'Knapp'} {words}"
    return ""


def _fraction(value: Wert) -> str:
    """„Ein Drittel“, „Gut ein Viertel“, where the share is near a simple fraction; else empty."""
    return _near(value.wert.number) if value.wert.unit == "%" else ""

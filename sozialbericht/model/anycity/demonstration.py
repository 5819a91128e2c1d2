"""Demonstration: the made data of a city, from its areas, its drafted catalogue and the totals that are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sozialbericht.model import noise, rates
from sozialbericht.model.anycity.cityplaces import Cityplaces
from sozialbericht.model.anycity.drafted import Drafted, Feature
from sozialbericht.model.anycity.pattern import Pattern
from sozialbericht.model.anycity.sharing import shared
from sozialbericht.model.assumptions import day_of, number, rows

Counts = NDArray[np.int64]
Array = NDArray[np.float64]
#: Inhabitants of an area on average where no total is known; growth of a year; one area of so many is nearly empty.
PEOPLE, GROWTH, EMPTY = 2400, 0.004, 60
#: The totals that are known: raum_id, merkmal, stichtag, wert.
TOTALS = "summen.csv"


@dataclass(frozen=True)
class Demonstration:
    """Makes the counts of all features; the same inputs and seed give the same."""

    places: Cityplaces
    drafted: Drafted
    pattern: Pattern
    totals: dict[tuple[str, date], dict[str, int]]

    def values(self) -> dict[tuple[str, date], Array]:
        """(feature, day) → its numbers in the leaves; raises ``ValueError`` where totals contradict one another."""
        made: dict[tuple[str, date], Array] = {}
        for feature in self.drafted.features:
            for year in self.drafted.years:
                for month, day in feature.moments:
                    when = date(year, month, day)
                    made[feature.key, when] = self._counted(feature, when, made)
        return made

    def _counted(self, feature: Feature, day: date, made: dict[tuple[str, date], Array]) -> Array:
        there = self.places.there(day)
        if not feature.whole:
            return self._stock(feature, day, there)
        whole = self._at(feature.whole, day, made)
        if not feature.counted:
            wave = 0.1 * self.pattern.field("betrag", feature.key) + feature.slope * self.pattern.field("belastung")
            return np.asarray(np.rint(whole * feature.share * np.exp(wave)))
        return self._part(feature, day, whole, made)

    def _stock(self, feature: Feature, day: date, there: NDArray[np.bool_]) -> Array:
        """A count of its own, such as all inhabitants: more on large areas and in the middle, one area nearly empty."""
        weight = np.sqrt(self.places.size / self.places.size.mean())
        weight = weight * np.exp(0.35 * self.pattern.scores("groesse") - 0.5 * self.pattern.rim())
        growth = 0.004 * self.pattern.scores("wachstum") * (day.year - self.drafted.years[-1])
        empty = np.arange(len(weight)) % EMPTY == EMPTY // 2
        weight = np.where(empty, weight * 0.02, weight * np.exp(growth)) * there
        given = self.totals.get((feature.key, day), {})
        back = day.year - self.drafted.years[-1]
        total = self._known(feature.key, day, PEOPLE * len(self.places.leaves) * (1 + GROWTH) ** back)
        limit = np.where(there, np.iinfo(np.int32).max, 0).astype(np.int64)
        hoped = self._led(feature.key, day, weight * (total / weight.sum()), total)
        return shared(self.places, total, hoped, limit, given).astype(float)

    def _part(self, feature: Feature, day: date, whole: Array, made: dict[tuple[str, date], Array]) -> Array:
        """A part of a whole: its share follows burden, a pattern of its own and chance; the total is met."""
        caps, share = self._room(feature, day, whole, made)
        slow = 0.25 * self.pattern.field("eigen", feature.key)
        drift = 0.02 * (day.year - self.drafted.years[-1]) * self.pattern.field("verlauf", feature.key)
        predictor = feature.slope * self.pattern.field("belastung") + slow + drift
        given = self.totals.get((feature.key, day), {})
        hoped = share * float(caps.sum())
        total = min(self._known(feature.key, day, hoped), int(caps.sum()))
        if self._last(feature) or not 0 < total < caps.sum():
            return shared(self.places, total, caps.astype(float), caps, given).astype(float)
        chance = rates.expit(predictor + rates.constant(predictor, caps.astype(float), total))
        drawn = noise.binomial(self.pattern.scores("zufall", feature.key, day), caps, chance)
        hoped_there = self._led(feature.key, day, drawn.astype(float), total)
        return shared(self.places, total, hoped_there, caps, given).astype(float)

    def _room(
        self, feature: Feature, day: date, whole: Array, made: dict[tuple[str, date], Array]
    ) -> tuple[Counts, float]:
        """What is left of the whole for a part, and its share of that: of parts that add up to it the next."""
        parts = self.drafted.partitions.get(feature.whole, [])
        if feature.key not in parts:
            return whole.astype(np.int64), feature.share
        share = {f.key: f.share for f in self.drafted.features if f.key in parts}
        before = [key for key in share if (key, day) in made and key != feature.key]
        left = whole - sum(made[key, day] for key in before)
        open_ = sum(s for key, s in share.items() if key not in before)
        return left.astype(np.int64), 1.0 if self._last(feature) else share[feature.key] / open_

    def _last(self, feature: Feature) -> bool:
        """Whether a feature is what the other parts of a whole leave."""
        parts = self.drafted.partitions.get(feature.whole, [])
        ordered = [f.key for f in self.drafted.features if f.key in parts]
        return bool(ordered) and ordered[-1] == feature.key

    def _led(self, key: str, day: date, hoped: Array, total: int) -> Array:
        """What is expected, led towards what is known of areas at the nearest other day: no jump from year to year."""
        led, bound = hoped.copy(), np.zeros(len(hoped), dtype=bool)
        for area in self.places.above:
            days = [when for (name, when), known in self.totals.items() if name == key and area in known]
            if area == self.places.city or not days:
                continue
            inside = self.places.inside(area)
            when = min(days, key=lambda known: abs((known - day).days))
            now = float(led[inside].sum())
            if now > 0:
                led[inside] *= self.totals[key, when][area] * (1 + GROWTH) ** (day.year - when.year) / now
                bound |= inside
        if bound.any() and (open_ := float(led[~bound].sum())) > 0:
            led[~bound] *= max(total - float(led[bound].sum()), 0.0) / open_
        return led

    def _known(self, key: str, day: date, otherwise: float) -> int:
        """The city's total on a day, else the nearest in time moved on by what is usual, else what is usual."""
        given = {when: known for (name, when), known in self.totals.items() if name == key}
        city = self.places.city
        if city in given.get(day, {}):
            return given[day][city]
        near = [when for when, known in given.items() if city in known]
        if near:
            when = min(near, key=lambda known: abs((known - day).days))
            return round(given[when][city] * (1 + GROWTH) ** (day.year - when.year))
        return max(round(otherwise), sum(given.get(day, {}).values()))

    def _at(self, key: str, day: date, made: dict[tuple[str, date], Array]) -> Array:
        """A whole on a day, else on the day nearest to it."""
        days = [when for name, when in made if name == key]
        return made[key, min(days, key=lambda when: abs((when - day).days))]


def totals(path: Path, places: Cityplaces, drafted: Drafted) -> dict[tuple[str, date], dict[str, int]]:
    """The known totals; raises ``ValueError`` that names the line of what is wrong with them, in German."""
    found: dict[tuple[str, date], dict[str, int]] = {}
    if not path.is_file():
        return found
    keys = {feature.key for feature in drafted.features if feature.counted}
    for line, row in enumerate(rows(path), start=2):
        try:
            area, key, day = row["raum_id"], row["merkmal"], day_of(row["stichtag"])
            value = number(row["wert"])
        except (KeyError, ValueError, AttributeError, TypeError) as error:
            what = "erwartet werden raum_id;merkmal;stichtag;wert, Datum TT.MM.JJJJ."
            raise ValueError(f"Zeile {line}: {what}") from error
        if area not in places.above or key not in keys:
            unknown = f"das Gebiet „{area}“" if area not in places.above else f"das Merkmal „{key}“"
            raise ValueError(f"Zeile {line}: {unknown} gibt es nicht (oder es wird nicht gezählt).")
        if value < 0 or value % 1:
            raise ValueError(f"Zeile {line}: „{row['wert']}“ ist keine ganze Zahl ab 0.")
        found.setdefault((key, day), {})[area] = int(value)
    return found

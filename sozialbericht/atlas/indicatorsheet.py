"""Indicatorsheet: what the atlas says of one indicator, year by year, as numbers and signs that may be printed."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.drawing.canvas.steps import Steps
from sozialbericht.drawing.maps.legend import class_entries
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.position import Position
from sozialbericht.statistics.intervals.movement import estimate, rows_of
from sozialbericht.statistics.intervals.rank_range import RankRange, rank_range
from sozialbericht.statistics.kind import Kind
from sozialbericht.status import Status
from sozialbericht.wording.lage import Lage
from sozialbericht.wording.sentences import WORDS, worded
from sozialbericht.wording.values import Wert
from sozialbericht.writing import captions, figures

#: One sign for each area's position beside the city; „.“ where no value is shown.
SIGNS = {Position.ABOVE: "+", Position.BELOW: "-", Position.WITHIN: "0", Position.UNKNOWN: "x"}
#: From so many values natural breaks are found, where an indicator's classes are not declared.
ENOUGH = 60
#: Columns of the values: numbers, and words.
NUMBERS = ("wert", "unten", "oben", "zaehler", "nenner", "haeufung")
STATES = ("status", "lage", "intervall")
#: Kinds of indicators whose numerator and denominator are no counts.
_NO_COUNTS = {Kind.MEAN, Kind.COUNT}


#: The columns :data:`NUMBERS` and :data:`STATES` of a year's values.
Table = dict[str, np.ndarray]


class Indicatorsheet:
    """An indicator of a report for the areas of all levels, in all Stände up to the report year; the classes are those
    of the smallest areas, so that the maps of all levels can be compared.
    """

    def __init__(self, b: Datenbestand, key: str) -> None:
        self._b, self._i = b, Indikator(b, key)
        self._levels = (b.ebenen.unten, *b.ebenen.dazwischen)
        self._areas = {level.schluessel: b.raeume(level).index for level in self._levels}
        self._own = rows_of(b._values, key).droplevel("indikator")
        self._decimals = self._i.mass.decimals
        self.classes = self._i.klassen_aus(ENOUGH)

    def content(self) -> dict[str, Any]:
        """The indicator as JSON: what it is, and its Stände with one entry for each area in the order of ``b.raeume``;
        in ``darueber`` the same for the levels above, the nearest first.

        Numbers are rounded as they are printed; in the place of one that is not shown stands the sign of its status.
        """
        i, row = self._i, self._i.zeile
        cuts = self._b.brueche(i.schluessel)
        return {
            "id": i.schluessel,
            "name": i.titel,
            "dimension": str(row["dimension"]),
            "einheit": i.mass.unit,
            "was": captions.unit_line(i),
            "fall": i.zaehler or "gezählt",
            "richtung": i.richtung,
            "stellen": i.mass.decimals,
            "grenzen": self.classes,
            "stufen": [entry.words for entry in self._entries()],
            "quelle": str(row["quelle"]),
            "definition": str(row["definition"]),
            "zeit": self._time(),
            "brueche": [{"ab": int(cut["ab"].year), "grund": str(cut["grund"])} for _, cut in cuts.iterrows()],
            "staende": list(self._stands()),
            "wandel": self._change(self._levels[0]),
            "darueberwandel": [self._change(level) for level in self._levels[1:]],
        }

    def _entries(self) -> list[Any]:
        """The classes from the lowest to the highest."""
        found = class_entries(self.classes, [0] * 5, self._i.mass.decimals, Steps(0))
        return sorted(found, key=lambda entry: entry.colour)

    def _time(self) -> str:
        """What the years are the years of."""
        period = self._b._zeitbezug(self._i.schluessel)
        if period == "schuljahr":
            return "Schuljahr, Beginn"
        month = captions.MONTHS[int(self._i.zeile["bezug_monat"]) - 1]
        return f"Jahr, Stand {month}" if period in ("monat", "stichtag") else "Jahr"

    def _stands(self) -> Iterator[dict[str, Any]]:
        """One entry for each Stand on which anything is shown; of report years with the same Stand the last."""
        series = self._b.reihe(self._i.schluessel, self._b.ebenen.stadt)
        breaks, years = figures.break_years(self._b, self._i.schluessel), series.dropna(subset=["stand_zaehler"])
        last = {row["stand_zaehler"]: int(row["jahr"]) for _, row in years.iterrows()}
        before: int | None = None
        tables = [self._tables(level) for level in self._levels]
        for stand, report_year in last.items():
            if (tables[0][report_year]["status"] == Status.MISSING).all():
                continue
            year, city = int(stand.year), self._b.wert(self._i.schluessel, jahr=report_year)
            cut = next((y for y in breaks if before is not None and before < y <= year), None)
            told = [
                self._level(table[report_year], level, city)
                for table, level in zip(tables, self._levels, strict=True)
            ]
            yield {
                "jahr": year, "bruch": cut, "stand": city.stand, "stadt": self._city(city), **told[0],
                "darueber": told[1:],
            }  # fmt: skip
            before = year

    def _change(self, level: Ebene) -> dict[str, Any] | None:
        """How the newest values have changed since the comparison year; None where no two may be compared."""
        found = self._b.aenderungen(self._i.schluessel, level).reindex(self._areas[level.schluessel])
        differences = found["differenz"].to_numpy(dtype=float).tolist()
        if not (compared := found.index[found["differenz"].notna()]).size:
            return None
        since = self._b.aenderung(self._i.schluessel, str(compared[0])).gegenueber
        pairs = zip(differences, found["lage"], strict=True)
        signs = "".join(SIGNS[Position(lage)] if math.isfinite(value) else "." for value, lage in pairs)
        return {"gegen": since, "differenz": [self._maybe(value) for value in differences], "lage": signs}

    def _tables(self, level: Ebene) -> dict[int, Table]:
        """The columns of a level's values by report year, in the order of ``b.raeume``."""
        own = self._own[(self._own["ebene"] == level.schluessel).to_numpy()]
        years, order = own.index.unique("jahr").sort_values(), self._areas[level.schluessel]
        every = pd.MultiIndex.from_product([years, order])
        own = own if own.index.equals(every) else own.reindex(every)
        columns = {name: own[name].to_numpy(dtype=float) for name in NUMBERS}
        columns |= {name: own[name].to_numpy(dtype=object) for name in STATES}
        wide = {name: column.reshape(len(years), len(order)) for name, column in columns.items()}
        return {int(year): {name: rows[place] for name, rows in wide.items()} for place, year in enumerate(years)}

    def _level(self, table: Table, level: Ebene, city: Wert) -> dict[str, Any]:
        """What a level's areas have at a Stand, in words and in columns."""
        ranks = rank_range(table["wert"], estimate(table, self._i.zeile))
        values = table["wert"].tolist()
        shown = [math.isfinite(value) for value in values]
        signs = "".join(SIGNS[Position(p)] if s else "." for s, p in zip(shown, table["lage"], strict=True))
        found = Lage(*map(signs.count, "+-0x"))

        entry: dict[str, Any] = {
            "befund": self._finding(found, len(values), city, level),
            "lesen": self._example(table["wert"], ranks, city, level),
            "lage": signs,
            "klasse": "".join(map(self._class, values)),
            "rang": ranks.rank.tolist(),
        }
        if (ranks.first > 0).any():
            entry |= {"von": ranks.first.tolist(), "bis": ranks.last.tolist()}
        return entry | self._cells(table)

    def _cells(self, table: Table) -> dict[str, list[Any]]:
        """Values or signs, bounds and counts of the areas of a table, where there are any."""
        values = table["wert"].tolist()

        def column(name: str, decimals: int | None = None) -> list[float | None]:
            pairs = zip(table[name].tolist(), map(math.isfinite, values), strict=True)
            return [self._maybe(number, decimals) if has else None for number, has in pairs]

        found: dict[str, list[Any]] = {
            "wert": [
                self._printed(value) if math.isfinite(value) else numbers.status_sign(str(status))
                for value, status in zip(values, table["status"], strict=True)
            ]
        }
        if not np.isnan(table["unten"]).all():
            found |= {name: column(name) for name in ("unten", "oben")}
        if not set(table["intervall"]) <= _NO_COUNTS:
            found |= {"fall": column("zaehler", 0), "bezug": column("nenner", 0)}
        return found

    def _city(self, city: Wert) -> list[float | str | None]:
        value = city.wert
        if not city.ok:
            return [numbers.status_sign(value.status), None, None, None, None]
        counts: list[float | None] = [None, None]
        if value.interval not in _NO_COUNTS:
            counts = [self._maybe(value.numerator, 0), self._maybe(value.denominator, 0)]
        return [self._printed(value.number), self._maybe(value.lower), self._maybe(value.upper), *counts]

    def _finding(self, found: Lage, areas: int, city: Wert, level: Ebene) -> str:
        """How many areas differ from the city: „13 der 39 Sozialräume liegen erkennbar über dem Stadtwert …“."""
        whole, told = self._b.ebenen.stadt, found.darueber + found.darunter + found.gleich
        plural = f"die {level.mehrzahl_bestimmt}"
        if not told + found.ohne:
            return f"Für {plural} liegt kein Wert vor, der gezeigt werden kann."
        if not city.ok:
            return f"Für {whole.akkusativ} liegt kein Wert vor, mit dem sich {plural} vergleichen lassen."
        if not told:
            return f"Ob {plural} erkennbar vom {whole.gesamtwert} ({city}) abweichen, lässt sich nicht sagen."
        if not found.darueber + found.darunter:
            none = "{keiner} der {n} {e.mehrzahl_bestimmt}{mit} ist erkennbar anders als {s.nominativ} ({v})."
            with_value = "" if told == areas else " mit Wert"
            words = worded(none, keiner=level.keiner, n=told, e=level, s=whole, mit=with_value, v=city)
            return words[:1].upper() + words[1:]
        of = f"{told} {level.mehrzahl_bestimmt}{'' if told == areas else ' mit Wert'}"
        above = "{n#{einer} der|{n} der} {of} {n#liegt|liegen}" if found.darueber else "{keiner} der {of} liegt"
        below = "{u#{einer}|{u}} darunter" if found.darunter else "{keiner} darunter"
        rest = "; {g#{einer} ist|{g} sind} nicht erkennbar anders als {s.nominativ}" if found.gleich else ""
        words = worded(
            f"{above} erkennbar über dem {{s.gesamtwert}} von {{v}}, {below}{rest}.",
            n=found.darueber, u=found.darunter, g=found.gleich, of=of, v=city, s=whole,
            einer=level.einer, keiner=level.keiner,
        )  # fmt: skip
        return words[:1].upper() + words[1:]

    def _example(self, values: np.ndarray, ranks: RankRange, city: Wert, level: Ebene) -> str:
        """How to read a value, with the highest one."""
        if not city.ok or np.isnan(values).all():
            return ""
        place = int(np.nanargmax(values))
        value = self._b.wert(self._i.schluessel, str(self._areas[level.schluessel][place]), city.wert.year)
        told = f"{value.raum} hat mit {value} den höchsten Wert."
        first, last = int(ranks.first[place]), int(ranks.last[place])
        if value.wert.interval.bounded:
            told += f" Der 95-%-Bereich reicht von {value.bereich}: So weit kann der Wert durch Zufall schwanken."
        if last > 1:
            ahead = f"einen der ersten {WORDS[last]} Ränge haben" if last < len(WORDS) else "weiter hinten liegen"
            told += f" Nach den Zahlen kann {value.raum} ebenso gut {ahead}."
        elif first:
            told += " Kein anderer Wert kommt ihm so nahe, dass der Rang offen wäre."
        return told

    def _printed(self, value: float, decimals: int | None = None) -> float:
        if value == int(value):
            return int(value)
        rounded = numbers.rounded(value, self._decimals if decimals is None else decimals)
        return int(rounded) if rounded == int(rounded) else rounded

    def _maybe(self, value: float, decimals: int | None = None) -> float | None:
        return self._printed(value, decimals) if math.isfinite(value) else None

    def _class(self, value: float) -> str:
        if not math.isfinite(value):
            return "."
        return str(bisect_right(self.classes, self._printed(value)))


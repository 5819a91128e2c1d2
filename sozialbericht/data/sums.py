"""Sums: parts and wholes, between areas of different levels and between merkmale."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sozialbericht.data.faultlist import Finding, quoted
from sozialbericht.data.reading.parsing import SHARE, german

if TYPE_CHECKING:
    from sozialbericht.data.tableset import Tables

_REMEDY = "Prüfen Sie beide Werte."
_TOO_LARGE = "Teil größer als das Ganze"


def terms(expression: str) -> list[str]:
    """The merkmale of a sum.

    >>> terms("alg2 + sozialgeld")
    ['alg2', 'sozialgeld']
    """
    return [term.strip() for term in expression.split("+")] if expression.strip() else []


def day(date: Any) -> str:
    """A date as TT.MM.JJJJ."""
    return f"{date:%d.%m.%Y}"


def inhabitants(tables: Tables) -> str:
    """The merkmal of all inhabitants: the whole that the typology's first share refers to; without a typology the one
    that most shares of persons refer to; "" without one.
    """
    catalogue, shares = tables.indicators, tables.indicators[tables.indicators["art"] == "anteil"]
    if "typ_vorzeichen" in catalogue.columns and len(typed := shares[shares["typ_vorzeichen"].notna()]):
        return _whole(tables, str(typed["nenner"].iloc[0]))
    wholes = pd.Series([_whole(tables, str(text)) for text in shares["nenner"]], dtype=object)
    persons = wholes[wholes.map(tables.features["einheit"]) == "Personen"]
    return str(persons.mode().iloc[0]) if len(persons) else ""


def _whole(tables: Tables, expression: str) -> str:
    """The largest whole that the first merkmal of a sum is part of."""
    whole, parents = terms(expression)[0], tables.features["teil_von"]
    while above := str(parents[whole] or ""):
        whole = above
    return whole


class Cube:
    """The known values of a data folder.

    ``wide`` has a row per merkmal and Stichtag and a column per area, NaN where there is no number (or a
    negative one).
    """

    def __init__(self, tables: Tables) -> None:
        values = tables.values
        known = values["raum_id"].isin(tables.areas.index) & values["merkmal"].isin(tables.features.index)
        rows = values[known & values["stichtag"].notna()]
        self._rows = rows.drop_duplicates(["raum_id", "merkmal", "stichtag"])
        wide = self._rows.pivot(index=["merkmal", "stichtag"], columns="raum_id", values="wert")
        self.wide: Any = wide.where(wide >= 0).reindex(columns=tables.areas.index)
        self._of: dict[str, Any] = {}

    def of(self, *features: str) -> Any:
        """The sum of merkmale, one row per Stichtag that all of them have; NaN where one has no number."""
        parts = [self._one(feature) for feature in features]
        days = parts[0].index
        if all(part.index.equals(days) for part in parts[1:]):
            return sum(parts)
        for part in parts[1:]:
            days = days.intersection(part.index)
        return sum(part.loc[days] for part in parts)

    def _one(self, feature: str) -> Any:
        if feature not in self._of:
            there = feature in self.wide.index.levels[0]
            self._of[feature] = self.wide.loc[feature] if there else self.wide.iloc[:0].droplevel("merkmal")
        return self._of[feature]

    @cached_property
    def _places(self) -> pd.MultiIndex:
        return pd.MultiIndex.from_frame(self._rows[["raum_id", "merkmal", "stichtag"]])

    def place(self, at: tuple[str, str, pd.Timestamp]) -> tuple[str, int]:
        """File and line of the value of one area, merkmal and Stichtag; raises ``KeyError`` where none was given."""
        row: Any = self._rows.iloc[self._places.get_loc(at)]
        return str(row["datei"]), int(row["zeile"])

    def finding(self, kind: str, at: tuple[str, str, pd.Timestamp], what: str, remedy: str) -> Finding:
        """A fault of the value of one area, merkmal and Stichtag."""
        file, row = self.place(at)
        return Finding(kind, file, what, remedy, row, "wert")


def remainder(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """A delivered value of a higher level is at least the sum of its parts (of those that are known)."""
    cube, areas = Cube(tables), tables.areas
    least = cube.wide.fillna(0.0)
    for level in reversed(tables.levels[:-1]):
        for name in areas.index[areas["ebene"] == level]:
            total = least[areas.index[areas["teil_von"] == name]].sum(axis=1)
            given = cube.wide[name]
            for feature, date in given.index[given < total - slack(total)]:
                if tables.features.at[feature, "einheit"] == SHARE:  # all are rounded
                    continue
                yield cube.finding(
                    "negativer Rest",
                    (name, feature, date),
                    f"{quoted(feature)} ist für {quoted(name)} {german(given[feature, date])}, die Summe der "
                    f"Teilgebiete aber {german(round(total[feature, date], 6))} (Stichtag {day(date)}); der "
                    "räumlich nicht zuordenbare Rest wäre negativ.",
                    "Prüfen Sie diesen Wert und die Werte der Teilgebiete.",
                )
            least[name] = given.fillna(total)


def parts(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """No part is larger than its whole: merkmale with ``teil_von``, and the numerators of shares."""
    cube = Cube(tables)
    wholes: Any = tables.features["teil_von"]
    for feature, whole in wholes[wholes != ""].items():
        part = cube.of(feature)
        limit = cube.of(whole).reindex(part.index)
        for date, area in _over(part, limit):
            yield cube.finding(
                _TOO_LARGE,
                (area, feature, date),
                f"{quoted(feature)} ist {german(part.at[date, area])}, das Ganze {quoted(whole)} aber nur "
                f"{german(limit.at[date, area])} ({quoted(area)}, Stichtag {day(date)}).",
                _REMEDY,
            )
    indicators: Any = tables.indicators
    for _, row in indicators[indicators["art"] == "anteil"].iterrows():
        yield from _share(cube, row, wholes)


def _share(cube: Cube, row: Any, wholes: Any) -> Iterator[Finding]:
    """The numerator of a share is not larger than its denominator at the Stand that the indicator uses."""
    above, below = terms(row["zaehler"]), terms(row["nenner"])
    same_day = row["nenner_stand"] in ("", "gleich")
    told = same_day and len(above) == 1 and [wholes.get(above[0])] == below
    if not above or not below or told or pd.isna(row["bezug_monat"]):
        return
    part = cube.of(*above)
    part = part[pd.DatetimeIndex(part.index).month == row["bezug_monat"]]
    days = part.index
    if not same_day:
        back = 1 if row["nenner_stand"] == "vorjahresende" else 0
        days = pd.DatetimeIndex([pd.Timestamp(date.year - back, 12, 31) for date in part.index])
    limit = cube.of(*below).reindex(days).set_axis(part.index)
    for date, area in _over(part, limit):
        yield cube.finding(
            _TOO_LARGE,
            (area, above[0], date),
            f"Der Zähler des Anteils {quoted(row.name)} ({row['zaehler']}) ist "
            f"{german(part.at[date, area])}, der Nenner "
            f"({row['nenner']}) aber nur {german(limit.at[date, area])} "
            f"({quoted(area)}, Stichtag {day(date)}).",
            f"{_REMEDY} Ist der Zähler kein Teil des Nenners, ist die Art „verhaeltnis“ richtig.",
        )


def _over(part: Any, limit: Any) -> Iterator[tuple[pd.Timestamp, str]]:
    """Stichtag and area of each part that is larger than its limit; unknown ones are not."""
    too_large = part.to_numpy() > (limit + slack(limit)).fillna(np.inf).to_numpy()
    for row, column in np.argwhere(too_large):
        yield part.index[row], str(part.columns[column])


def slack(numbers: Any) -> Any:
    """The rounding error of sums of decimals."""
    return 1e-6 * np.maximum(1.0, np.abs(numbers))

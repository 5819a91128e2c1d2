"""Counts of features for sentences: how many, which share, at which Stand."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from sozialbericht.data.sums import terms
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.value import Value
from sozialbericht.status import PRECEDENCE, Status
from sozialbericht.wording.values import Wert


def stichtag(b: Datenbestand, merkmale: str | Sequence[str], stand: str | None = None) -> pd.Timestamp:
    """Der neueste Stichtag bis zum Berichtsjahr, an dem alle Merkmale gezählt wurden.

    ``stand`` nennt einen Indikator, dessen Stand gelten soll (Bezugsmonat und Verzug aus dem Katalog).
    Gibt es keinen Stichtag, ist das Ergebnis NaT.
    """
    names = [merkmale] if isinstance(merkmale, str) else list(merkmale)
    wanted = {part for name in names for part in terms(name)}
    if stand is not None:
        newest = b.wert(stand).wert.numerator_date
        return pd.Timestamp("NaT" if newest is None else newest)
    dates: dict[str, frozenset[pd.Timestamp]] = b._store.entry(("stichtage", b.jahr), lambda: _dates(b))
    common = frozenset.intersection(*(dates.get(name, frozenset()) for name in wanted))
    return max(common) if common else pd.Timestamp("NaT")


def _dates(b: Datenbestand) -> dict[str, frozenset[pd.Timestamp]]:
    """The dates up to the report's year at which each feature was counted."""
    pairs = b._cube[["merkmal", "stichtag"]].drop_duplicates()
    pairs = pairs[pairs["stichtag"].dt.year <= b.jahr]
    return {str(name): frozenset(dates) for name, dates in pairs.groupby("merkmal")["stichtag"]}


def zahl(
    b: Datenbestand,
    merkmale: str,
    raum: str | None = None,
    *,
    anteil_an: str | None = None,
    stand: str | None = None,
) -> Wert:
    """Die geschützte Zahl eines Merkmals oder einer Summe („hlu + asyl“), ohne Angabe die der Stadt.

    Mit ``anteil_an`` (Merkmal oder Summe) ist der Wert der Anteil daran in %; ``{w.anzahl}`` ist immer
    die Zahl. Der Stand ist der des Indikators ``stand``, sonst der neueste gemeinsame.
    """
    area = b._known_area(raum or b.stadt)
    names = [merkmale] if anteil_an is None else [merkmale, anteil_an]
    date = stichtag(b, names, stand)
    count, status = counted(b, merkmale, area, date)
    whole, whole_status = (math.nan, Status.OK) if anteil_an is None else counted(b, anteil_an, area, date)
    status = max(status, whole_status, key=PRECEDENCE.index)
    value = count if anteil_an is None else count / whole * 100 if whole else math.nan
    first = b.merkmale().loc[terms(merkmale)[0]]
    day = as_day(date)
    found = Value(
        area=area,
        indicator=merkmale,
        year=b.jahr,
        number=value if status in (Status.OK, Status.UNRELIABLE) else math.nan,
        numerator=count,
        denominator=whole,
        numerator_date=day,
        denominator_date=day,
        status=status,
        unit="" if anteil_an is None else "%",
        decimals=0 if anteil_an is None else 1,
        area_name=b.name(area),
        period=str(first["zeitbezug"]),
    )
    if anteil_an is not None:
        share = replace(found, art="anteil", factor=100.0)
        found = Estimate.of([share]).bounding(share)
    return Wert(found, b.ebenen[b.ebene(area)])


def counted(b: Datenbestand, expression: str, area: str, date: pd.Timestamp) -> tuple[float, Status]:
    """The sum of features on a date and the status that decides; NaN where it must not be shown."""
    nothing = math.nan, PRECEDENCE[-1]
    found = [_counts(b, part).get((date, area), nothing) for part in terms(expression)]
    status = Status(max((status for _, status in found), key=PRECEDENCE.index))
    return (math.fsum(count for count, _ in found) if status in (Status.OK, Status.UNRELIABLE) else math.nan), status


def _counts(b: Datenbestand, feature: str) -> Mapping[tuple[pd.Timestamp, str], tuple[float, Status]]:
    """Count and status of a feature on each date and in each area."""

    def rows() -> dict[tuple[pd.Timestamp, str], tuple[float, Status]]:
        columns = (b.merkmal(feature)[name].tolist() for name in ("stichtag", "raum_id", "wert", "status"))
        return {(date, area): (float(count), Status(kind)) for date, area, count, kind in zip(*columns, strict=True)}

    found: Mapping[tuple[pd.Timestamp, str], tuple[float, Status]] = b._store.entry(("zahlen", feature, b.jahr), rows)
    return found


def as_day(date: pd.Timestamp) -> dt.date | None:
    """A Stichtag as a day; None for NaT."""
    return None if pd.isna(date) else date.date()

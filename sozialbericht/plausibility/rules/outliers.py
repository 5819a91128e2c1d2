"""Outliers: an area whose share or ratio is unlike that of all comparable areas at a Stand.

Compared are parts with their wholes (``teil_von``) and numerators with denominators of the indicators, over the
smallest areas, on the scale of log-odds (of logarithms, where it is no share); the bulk ends at the fences of the
adjusted boxplot (:mod:`sozialbericht.plausibility.whiskers`), further off by what chance makes of small numbers. What
an area always is (a hall of residence, a villa quarter) is no news: only what its other Stände do not show is told. So
the rule speaks above all of first deliveries, which have no past.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht.data.sums import terms
from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import Cell, Oddity
from sozialbericht.plausibility.whiskers import outlying
from sozialbericht.plausibility.yardstick import LIMIT

#: Fewer areas cannot be compared.
FEWEST = 8
#: An area that is usually as far out as this share of the limit is so by nature.
NATURE = 0.6


@dataclass(frozen=True)
class Ratio:
    """Two sums of Merkmale whose ratio is compared: ``month`` of the numerator (None: any), ``back`` tells the Stand of
    the denominator ("": the same day), ``share`` whether the numerator is a part of the denominator."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    share: bool
    month: int | None = None
    back: str = ""


@dataclass(frozen=True)
class Outlier:
    """An area that is far out: the ratio, where its numerator stands, the ratio's value and the usual one."""

    ratio: Ratio
    area: str
    date: dt.date
    below: dt.date
    value: float
    usual: float
    unusual: float


def find(material: Material) -> Iterator[Oddity]:
    """What is far out, by area and Stand: ratios with one Merkmal in common are one oddity."""
    events: dict[tuple[str, dt.date], list[Outlier]] = defaultdict(list)
    for ratio in _ratios(material):
        for outlier in _of(material, ratio):
            events[outlier.area, outlier.date].append(outlier)
    for event in events.values():
        yield _told(material, sorted(event, key=lambda outlier: -abs(outlier.unusual)))


def _ratios(material: Material) -> list[Ratio]:
    """The ratios of the catalogue, each once."""
    wholes: Any = material.tables.features["teil_von"]
    found = [Ratio((str(part),), (str(whole),), share=True) for part, whole in wholes[wholes != ""].items()]
    for _, row in material.tables.indicators.iterrows():
        above, below = tuple(terms(row["zaehler"])), tuple(terms(row["nenner"]))
        back = "" if row["nenner_stand"] in ("", "gleich") else str(row["nenner_stand"])
        if not above or not below or pd.isna(row["bezug_monat"]):
            continue
        if not back and any((one.above, one.below) == (above, below) for one in found):
            continue
        found.append(Ratio(above, below, row["art"] == "anteil", int(row["bezug_monat"]), back))
    return list(dict.fromkeys(found))


def _of(material: Material, ratio: Ratio) -> Iterator[Outlier]:
    """The outliers of one ratio."""
    if any(feature not in material.panels for feature in (*ratio.above, *ratio.below)):
        return
    stands = [
        (date, below, above_sum, below_sum)
        for date, above_sum in _sums(material, ratio.above).items()
        if ratio.month in (None, date.month)
        for below in [_denominator(date, ratio.back)]
        if (below_sum := _sums(material, ratio.below).get(below)) is not None
    ]
    if not stands:
        return
    counted = all(material.panels[feature].counted for feature in (*ratio.above, *ratio.below))
    measured = [_measure(above, below, share=ratio.share, counted=counted) for *_, above, below in stands]
    far = np.array([outlying(values, own) for values, own in measured])
    known = np.isfinite(far).sum(axis=1) >= FEWEST
    for stand, row in np.argwhere(np.abs(np.nan_to_num(far)) > LIMIT):
        others = np.sign(far[stand, row]) * np.delete(far[:, row], stand)
        others = others[np.isfinite(others)]
        if not known[stand] or (len(others) and np.median(others) > NATURE * LIMIT):
            continue
        date, below, above_sum, below_sum = stands[stand]
        with np.errstate(divide="ignore", invalid="ignore"):
            values = above_sum / below_sum
        yield Outlier(ratio, material.lowest[row], date, below, float(values[row]), float(np.nanmedian(values)),
                      float(far[stand, row]))  # fmt: skip


def _sums(material: Material, features: tuple[str, ...]) -> dict[dt.date, np.ndarray]:
    """The sum of Merkmale for the smallest areas, by Stichtag; only where all of them were counted."""
    columns = [dict(material.panels[feature].columns()) for feature in features]
    days = set(columns[0]).intersection(*columns)
    return {date: np.sum([column[date] for column in columns], axis=0) for date in sorted(days)}


def _denominator(date: dt.date, back: str) -> dt.date:
    """The Stand of the denominator: the same day, the end of the year or that of the year before."""
    return dt.date(date.year - (back == "vorjahresende"), 12, 31) if back else date


def _measure(above: np.ndarray, below: np.ndarray, *, share: bool, counted: bool) -> tuple[np.ndarray, Any]:
    """Log-odds (log-ratios) of two sums, and the standard deviation that chance gives them."""
    rest = below - above if share else below
    with np.errstate(invalid="ignore", divide="ignore"):
        if not counted:
            return np.where((above > 0) & (rest > 0), np.log(above / np.where(rest > 0, rest, 1)), np.nan), 0.0
        rest = np.where(rest >= 0, rest, np.nan)
        return np.log((above + 0.5) / (rest + 0.5)), np.sqrt(1 / (above + 0.5) + 1 / (rest + 0.5))


def _told(material: Material, event: list[Outlier]) -> Oddity:
    first = event[0]
    names = [set(one.ratio.above) | set(one.ratio.below) for one in event]
    common = set.intersection(*names) if len(event) > 1 else set()
    feature = next((name for name in (*first.ratio.above, *first.ratio.below) if name in common), first.ratio.above[0])
    date = first.date if feature in first.ratio.above else first.below
    above, below = (" + ".join(map(material.feature, part)) for part in (first.ratio.above, first.ratio.below))
    scale, unit = (100.0, " %") if first.ratio.share else (1.0, "")
    value, usual = (f"{material.about(scale * number)}{unit}" for number in (first.value, first.usual))
    what = (
        f"{material.area(first.area)}, {above} {material.stand(first.ratio.above[0], first.date)}: {value} bezogen auf "
        f"{below}, in der Mitte der Gebiete {usual}; so weit ab liegt sonst keines."
    )
    if len(event) > 1:
        more = len(event) - 1
        what += f" Ebenso {'eine weitere Quote' if more == 1 else f'{more} weitere Quoten'} dieses Gebiets."
    cells = [Cell(first.area, name, first.date) for one in event for name in one.ratio.above]
    cells += [Cell(first.area, name, one.below) for one in event for name in one.ratio.below]
    leading = Cell(first.area, feature, date)
    ordered = tuple(dict.fromkeys([leading, *cells]))
    file, rows = material.places(ordered)
    remedy = (
        f"Prüfen Sie {material.feature(feature)} und die anderen Zahlen der Quote; ist das Gebiet so, nehmen Sie den "
        "Hinweis mit dem Grund an."
    )
    panel = material.panels[feature]
    observed = panel.values[material.areas.index(first.area), panel.dates.index(date)]
    return Oddity(
        "ausreisser", abs(first.unusual), what, remedy, file, rows, first.area, feature, date, float(observed),
        cells=ordered,
    )  # fmt: skip

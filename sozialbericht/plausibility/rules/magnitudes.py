"""Magnitudes: a whole Merkmal in another unit (€ for T€, per mille for per cent), or a series that breaks as a whole.

A Stand is measured by the common change of all areas since the Stand before it; a Merkmal without a past, and an
indicator's factor, by the class bounds that the catalogue declares and by the indicator's unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht.data.sums import terms
from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import MOST_UNUSUAL, Cell, Oddity
from sozialbericht.plausibility.panel import Panel
from sozialbericht.plausibility.yardstick import LIMIT, spread

#: A common change by this factor is one of unit, or as good as one.
UNIT = 5.0
#: A common change by less is none that a break would explain; changes by this share are usual for each Merkmal.
LEAST, USUAL = 1.3, 0.05
#: So many times a usual change is reported: common changes are few, so that their spread is not well known.
CHANGE_LIMIT = 2 * LIMIT
#: Values by this factor beyond the outer class bounds are in another unit than they.
BEYOND = 5.0

_FACTORS = {r"%|prozent": 100.0, r"‰|promille": 1000.0}
_PER = re.compile(r"je ([1-9][0-9.]*)$", re.I)


def find(material: Material) -> Iterator[Oddity]:
    """Common changes of a factor of ten or out of all proportion; indicators off their class bounds or their unit."""
    told = set()
    for panel in material.panels.values():
        for oddity in _changes(material, panel):
            told.add(panel.feature)
            yield oddity
    for _, row in material.tables.indicators.iterrows():
        yield from _unit(row)
        if told.isdisjoint([*terms(row["zaehler"]), *terms(row["nenner"])]):
            yield from _bounds(material, row)


def power(ratio: float) -> int:
    """The power of ten that is nearest to a ratio: 1000 → 3, 0.1 → −1."""
    return round(float(np.log10(ratio)))


def _changes(material: Material, panel: Panel) -> Iterator[Oddity]:
    changes = [
        (first + at, float(np.log(course.level[at] / course.level[at - 1])))
        for first, course in panel.courses
        for at in range(1, course.values.shape[1])
    ]
    for place, (at, size) in enumerate(changes):
        if abs(size) >= np.log(UNIT):
            yield _other_unit(material, panel, at, float(np.exp(size)))
        elif abs(size) >= np.log(LEAST):
            others = [other for number, (_, other) in enumerate(changes) if number != place]
            unusual = abs(size) / spread(others, USUAL)
            if unusual > CHANGE_LIMIT:
                yield _broken(material, panel, at, float(np.exp(size)), unusual / 2)


def _other_unit(material: Material, panel: Panel, at: int, ratio: float) -> Oddity:
    feature, date = panel.feature, panel.dates[at]
    tens = power(ratio)
    what = (
        f"{material.feature(feature)} {material.stand(feature, date)}: In allen Gebieten zusammen das "
        f"{material.about(ratio)}-Fache der Zahl {material.stand(feature, panel.dates[at - 1])}."
        if ratio > 1
        else f"{material.feature(feature)} {material.stand(feature, date)}: In allen Gebieten zusammen nur ein "
        f"{material.about(1 / ratio)}-tel der Zahl {material.stand(feature, panel.dates[at - 1])}."
    )
    unit = str(material.tables.features.at[feature, "einheit"])
    remedy = (
        f"Die Größenordnung wechselt um den Faktor {10 ** abs(tens):,}".replace(",", ".")
        + f": Wird der Wert in einer anderen Einheit geliefert als „{unit}“ "
        "(€ statt T€, Promille statt Prozent)?"
    )
    return _of_stand(material, panel, at, ("groessenordnung", MOST_UNUSUAL, what, remedy), ratio)


def _broken(material: Material, panel: Panel, at: int, ratio: float, unusual: float) -> Oddity:
    feature, date = panel.feature, panel.dates[at]
    percent = material.about(100 * (ratio - 1)).replace("-", "−")
    what = (
        f"{material.feature(feature)} {material.stand(feature, date)}: In allen Gebieten ändert sich die Zahl um etwa "
        f"{'+' if ratio > 1 else ''}{percent} % gegenüber der Zahl {material.stand(feature, panel.dates[at - 1])}; "
        "so stark ist sie sonst nie verändert."
    )
    remedy = "Wurde anders gezählt, erklären Sie den Bruch in brueche.csv; sonst prüfen Sie die Lieferung."
    return _of_stand(material, panel, at, ("bruch", unusual, what, remedy), ratio)


def _of_stand(material: Material, panel: Panel, at: int, told: tuple[str, float, str, str], ratio: float) -> Oddity:
    known = np.flatnonzero(np.isfinite(panel.values[:, at]))
    cells = tuple(Cell(panel.areas[row], panel.feature, panel.dates[at]) for row in known)
    file, rows = material.places(cells)
    rule, unusual, what, remedy = told
    return Oddity(
        rule, unusual, what, remedy, file, rows, feature=panel.feature, date=panel.dates[at], observed=ratio,
        expected=1.0, cells=cells,
    )  # fmt: skip


def _unit(row: Any) -> Iterator[Oddity]:
    """The factor of an indicator fits its unit."""
    unit, factor = str(row["einheit"]).strip(), float(row["faktor"])
    wanted = next((number for words, number in _FACTORS.items() if re.fullmatch(words, unit, re.I)), None)
    if found := _PER.match(unit):
        wanted = float(found[1].replace(".", ""))
    if wanted is None or not np.isfinite(factor) or factor == wanted:
        return
    what = (
        f"Der Indikator „{row['bezeichnung']}“ hat die Einheit „{unit}“ und den Faktor {Material.number(factor)}; "
        f"dazu passt {Material.number(wanted)}."
    )
    yield Oddity(
        "groessenordnung", MOST_UNUSUAL, what, "Berichtigen Sie Faktor oder Einheit in indikatoren.csv.",
        "indikatoren.csv", feature=terms(row["zaehler"])[0], observed=factor, expected=wanted,
    )  # fmt: skip


def _bounds(material: Material, row: Any) -> Iterator[Oddity]:
    """The newest values of an indicator lie where the class bounds of its maps do."""
    above, below = terms(row["zaehler"]), terms(row["nenner"])
    bounds = [float(part.replace(",", ".")) for part in str(row["klassengrenzen"] or "").split()]
    panels = [material.panels.get(feature) for feature in (*above, *below)]
    if len(bounds) != 4 or row["art"] in ("veraenderung", "index") or not below or None in panels:
        return
    if pd.isna(row["bezug_monat"]) or bounds[0] <= 0:
        return
    newest = [_newest(panel, int(row["bezug_monat"]) if at < len(above) else None) for at, panel in enumerate(panels)
              if panel is not None]  # fmt: skip
    numerator, denominator = sum(newest[: len(above)]), sum(newest[len(above) :])
    if not denominator or not numerator:
        return
    value = float(numerator / denominator * row["faktor"])
    limit = bounds[-1] if value > bounds[-1] else bounds[0]
    ratio = value / limit
    if 1 / BEYOND < ratio < BEYOND:
        return
    what = (
        f"Der Indikator „{row['bezeichnung']}“ liegt in der Stadt bei rund {material.about(value)} {row['einheit']}, "
        f"die Klassengrenzen seiner Karte reichen von {material.number(bounds[0])} bis {material.number(bounds[-1])}."
    )
    remedy = (
        "Prüfen Sie die Einheit der Merkmale und den Faktor (€ statt T€, Promille statt Prozent) oder die "
        "Klassengrenzen in indikatoren.csv."
    )
    yield Oddity(
        "groessenordnung",
        MOST_UNUSUAL,
        what,
        remedy,
        "indikatoren.csv",
        feature=above[0],
        observed=value,
        expected=limit,
    )


def _newest(panel: Panel, month: int | None) -> float:
    """The sum of the smallest areas at the newest Stand (of a month)."""
    columns = [values for date, values in panel.columns() if month is None or date.month == month]
    return float(np.nansum(columns[-1])) if columns else 0.0

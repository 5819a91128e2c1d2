"""Preview: what a delivery would change, put together before anything is written, and said as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.data.tableset import Tables
from sozialbericht.delivery.assignment.assigning import Assigned
from sozialbericht.delivery.assignment.officefile import WITHOUT
from sozialbericht.delivery.intake.difference import Difference
from sozialbericht.delivery.intake.settlement import KEYS, Settled
from sozialbericht.plausibility import review
from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import Oddity

#: So many lines of one kind the text lists; the page lists them all.
MOST = 12


@dataclass(frozen=True)
class Part:
    """A part of the preview: heading, head of a table and its rows as text, what to say where there are none."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str = ""


@dataclass(frozen=True)
class Preview:
    """What a delivery would change; ``sentence`` says it in one, ``parts`` in tables, ``remarks`` the rest."""

    source: str
    files: tuple[str, ...]
    sentence: str
    parts: tuple[Part, ...]
    remarks: tuple[str, ...]

    def text(self) -> str:
        """The preview for a terminal."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"Lieferung von „{self.source}“: {', '.join(self.files)}"
        yield self.sentence
        for part in self.parts:
            yield f"\n{part.title}" + (f" ({numbers.number(len(part.rows))})" if len(part.rows) > 1 else "")
            widths = [
                min(48, max(map(len, column))) for column in zip(*((*row,) for row in part.rows[:MOST]), strict=True)
            ]
            for row in part.rows[:MOST]:
                yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            if len(part.rows) > MOST:
                yield f"  … und {numbers.number(len(part.rows) - MOST)} weitere, auf der Seite"
        if self.remarks:
            yield "\nZu wissen"
            yield from (f"  {remark}" for remark in self.remarks)


def preview(given: Assigned, found: Settled, change: Difference, filled: pd.DataFrame, trial: Tables) -> Preview:
    """The preview of a delivery; ``filled`` are rows that get the sign for „fehlt“, ``trial`` the data as they
    would be."""
    material = Material(trial)
    parts = [
        _assignment(given, trial),
        _changed(change, material, trial),
        _new(change, material),
        _filled(filled, material),
        _gone(change, material),
        _totals(found, material),
        _odd(change, trial),
        _signs(found, material),
        _unknown(given),
        _left(given),
    ]
    raw = given.raw
    remarks = [*dict.fromkeys(r for table in raw.tables for r in table.remarks), *found.remarks]
    brackets = int(found.values["bracketed"].sum())
    if brackets:
        remarks.append(
            f"{_many(brackets, 'Zahl stand', 'Zahlen standen')} in Klammern und werden ohne sie eingetragen."
        )
    files = tuple(dict.fromkeys(table.file for table in raw.tables))
    return Preview(given.known.name, files, _sentence(found, change), tuple(p for p in parts if p.rows), tuple(remarks))


def _many(count: int, one: str, several: str) -> str:
    return f"{numbers.number(count)} {one if count == 1 else several}"


def _sentence(found: Settled, change: Difference) -> str:
    values = found.values
    days = sorted(values["stichtag"].unique())
    span = f"{pd.Timestamp(days[0]):%d.%m.%Y}" + (f" bis {pd.Timestamp(days[-1]):%d.%m.%Y}" if len(days) > 1 else "")
    areas = values["raum_id"].nunique()
    return (
        f"{_many(len(values), 'Wert', 'Werte')} zu {_many(values['merkmal'].nunique(), 'Merkmal', 'Merkmalen')} in "
        f"{_many(areas, 'Gebiet', 'Gebieten')}, Stand {span}: {numbers.number(len(change.new))} neu, "
        f"{numbers.number(len(change.changed))} geändert, {numbers.number(change.same)} unverändert, "
        f"{numbers.number(len(change.gone))} nicht mehr geliefert."
    )


def _assignment(given: Assigned, data: Tables) -> Part:
    used = dict.fromkeys(str(label) for label in given.raw.frame["label"])
    rows = []
    for label in used:
        feature: str = given.known.merkmale.get(label, WITHOUT)
        guess = given.guesses.get(label)
        score = next((s for key, s in guess.options if key == feature), None) if guess else None
        how = f"erkannt, {round(score)} %" if score is not None else ("erkannt" if guess else "wie festgelegt")
        title = "" if feature == WITHOUT else str(data.features.at[feature, "bezeichnung"])
        name = f"{feature} – {title}" if title else "nicht übernommen"
        rows.append((label, name, how))
    return Part("Zuordnung", ("Überschrift", "Merkmal", "woher"), tuple(rows))


def _place(row: Any) -> str:
    return f"{row.place}, {row.column}{row.row}"


def _changed(change: Difference, material: Material, trial: Tables) -> Part:
    """Changed values, the most unusual first."""
    frame = change.changed
    if frame.empty:
        return Part("Geändert", (), ())
    odd = review.unusual(trial)
    frame = frame.assign(
        odd=[float(odd.get((a, m, d), np.nan)) for a, m, d in zip(*(frame[k] for k in KEYS), strict=True)],
        apart=(np.log1p(frame["value"].fillna(0)) - np.log1p(frame["before"].fillna(0))).abs(),
    ).sort_values(["odd", "apart"], ascending=False, na_position="last", kind="stable")
    lines: Iterable[Any] = frame.itertuples()
    rows = tuple(
        (
            material.area(row.raum_id), material.feature(row.merkmal), material.stand(row.merkmal, row.stichtag.date()),
            f"{_shown(material, row.before, row.before_sign)} → {_shown(material, row.value, row.sign)}",
            "" if np.isnan(row.odd) else f"{numbers.number(row.odd, 1)}-fach ungewöhnlich" if row.odd >= 3 else "",
            _place(row),
        )
        for row in lines
    )  # fmt: skip
    return Part("Geändert", ("Gebiet", "Merkmal", "Stand", "vorher → neu", "", "Zelle"), rows)


def _shown(material: Material, value: float, sign: str) -> str:
    return sign or material.number(value)


def _grouped(frame: pd.DataFrame, material: Material) -> tuple[tuple[str, ...], ...]:
    rows = []
    groups: Iterable[Any] = frame.groupby(["merkmal", "stichtag"], sort=False)
    for (feature, day), own in groups:
        names = [material.area(area) for area in own["raum_id"].unique()]
        told = ", ".join(names[:4]) + (f" und {len(names) - 4} weitere" if len(names) > 4 else "")
        rows.append(
            (
                material.feature(str(feature)),
                material.stand(str(feature), day.date()),
                _many(len(own), "Wert", "Werte"),
                told,
            )
        )
    return tuple(rows)


def _new(change: Difference, material: Material) -> Part:
    return Part("Neu", ("Merkmal", "Stand", "Werte", "Gebiete"), _grouped(change.new, material))


def _filled(filled: pd.DataFrame, material: Material) -> Part:
    title = "Nicht geliefert; eingetragen wird „…“ (fehlt)"
    return Part(title, ("Merkmal", "Stand", "Werte", "Gebiete"), _grouped(filled, material))


def _gone(change: Difference, material: Material) -> Part:
    title = "Nicht mehr geliefert; was die Daten haben, bleibt"
    return Part(title, ("Merkmal", "Stand", "Werte", "Gebiete"), _grouped(change.gone, material))


def _totals(found: Settled, material: Material) -> Part:
    """Totals that are not the sum of their parts."""
    rows = tuple(
        (
            material.area(total.area), material.feature(total.merkmal), material.stand(total.merkmal, total.day),
            f"genannt {material.number(total.said)}, Teile {material.number(total.added)}"
            + (f" ({_many(total.without, 'Teil', 'Teile')} ohne Zahl)" if total.without else ""),
            f"{total.place}, Zeile {total.row}",
        )
        for total in found.totals if not total.fits
    )  # fmt: skip
    title = "Summen, die nicht aufgehen"
    return Part(title, ("Gebiet", "Merkmal", "Stand", "Summe", "Zeile"), rows)


def _odd(change: Difference, trial: Tables) -> Part:
    """What the rules of plausibility find unusual in what is new or changed."""
    cells = {
        (str(a), str(m), d.date())
        for frame in (change.new, change.changed)
        for a, m, d in zip(*(frame[k] for k in KEYS), strict=True)
    }
    found: Iterable[Oddity] = review.review(trial).open if cells else ()
    rows = tuple(
        (f"{numbers.number(oddity.unusual, 1)}", oddity.what)
        for oddity in found if any((c.area, c.feature, c.date) in cells for c in oddity.cells)
    )  # fmt: skip
    return Part("Ungewöhnlich (Maß: übliche Abweichungen)", ("Maß", "Was"), rows)


def _signs(found: Settled, material: Material) -> Part:
    words = {".": "geheim", "*": "geheim", "/": "unzuverlässig", "…": "fehlt", "x": "nicht sinnvoll", "-": "nichts (0)"}
    rows = []
    values = found.values
    for (feature, sign), own in values[values["sign"] != ""].groupby(["merkmal", "sign"], sort=False):
        rows.append(
            (material.feature(str(feature)), f"{sign}  {words.get(str(sign), '')}", _many(len(own), "Wert", "Werte"))
        )
    return Part("Ohne Zahl", ("Merkmal", "Zeichen", "Werte"), tuple(rows))


def _unknown(given: Assigned) -> Part:
    rows = tuple(
        (name, f"am nächsten: {', '.join(near)}" if near else "Summe oder fremdes Gebiet")
        for name, near in given.unknown.items()
    )
    return Part("Keine Gebiete des Berichts; ihre Zeilen werden nicht übernommen", ("Name", "Nächste"), rows)


def _left(given: Assigned) -> Part:
    seen: dict[tuple[str, str], list[int]] = {}
    for place, row, why in given.raw.left:
        seen.setdefault((place, why), []).append(row)
    rows = tuple(
        (
            place,
            f"Zeile{'n' if len(lines) > 1 else ''} {', '.join(map(str, lines[:8]))}{' …' if len(lines) > 8 else ''}",
            why,
        )
        for (place, why), lines in seen.items()
    )
    return Part("Nicht gelesen", ("Ort", "Zeilen", "Grund"), rows)

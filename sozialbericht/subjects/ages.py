"""The structure of a population by age and sex: groups, pyramid, table."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.drawing.charts import pyramid
from sozialbericht.findings import tally
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.status import PRECEDENCE, Status
from sozialbericht.subjects import compositions
from sozialbericht.writing import captions, figures, tables
from sozialbericht.writing.blocks import Caption, Layout
from sozialbericht.writing.drawnvalues import Drawnvalues

SIDES = ("frauen", "maenner")


class Altersaufbau:
    """Der Altersaufbau mit Pyramide und Tabelle: ``alter = b.altersaufbau("bev_w", "bev_m")``.

    ``frauen``, ``maenner``: der gemeinsame Anfang der Merkmale („bev_w“ für bev_w_0_2 … bev_w_75plus).
    """

    def __init__(self, b: Datenbestand, frauen: str, maenner: str) -> None:
        self._b, self._women, self._men = b, frauen, maenner

    def gruppen(self, raum: str | None = None) -> pd.DataFrame:
        """Die geschützten Zahlen nach Altersgruppen, von jung nach alt, für ein Gebiet (ohne Angabe die Stadt).

        Index: Name der Gruppe; Spalten von, bis (NaN: offen), frauen, maenner, status_frauen, status_maenner.
        """
        return altersgruppen(self._b, self._women, self._men, raum)

    def pyramide(
        self, *, id: str, titel: str, raeume: Sequence[str] | None = None, alternativtext: str, quelle: str = ""
    ) -> None:
        """Setzt die Alterspyramide der Stadt oder, mit ``raeume``, kleine Pyramiden dieser Gebiete neben ihr.

        Jeder Balken ist so hoch, wie seine Gruppe Jahrgänge hat, und so lang, wie Personen auf einen Jahrgang kommen
        (bei ``raeume`` in % der Bevölkerung des Gebiets): seine Fläche ist die Größe der Gruppe.
        """
        b, frauen, maenner = self._b, self._women, self._men
        city = altersgruppen(b, frauen, maenner)
        tables = {area: altersgruppen(b, frauen, maenner, area) for area in raeume or [b.stadt]}
        reference = per_year(city, shares=True) if raeume else None
        panels: list[pyramid.Panel] = []
        shown: list[list[str]] = []
        for area, table in tables.items():
            women, men = per_year(table, shares=bool(raeume))
            labels = [
                [captions.cell(c, s, 0) for c, s in zip(table[k], table[f"status_{k}"], strict=True)] for k in SIDES
            ]
            shown += [[b.name(area), *map(str, cells)] for cells in zip(table.index, *labels, strict=True)]
            panels.append(pyramid.Panel(b.name(area), women, men, labels[0], labels[1], reference))
        ages = [
            (int(first), None if math.isnan(last) else int(last))
            for first, last in zip(city["von"], city["bis"], strict=True)
        ]
        unit = "Anteil eines Altersjahres an der Bevölkerung in %" if raeume else "Personen je Altersjahr"
        names = {f"{frauen}_{i}": "" for i in age_tails(b, frauen)}
        when = compositions.stand_words(b, names, None, None)
        opened = (
            f"Die offene Gruppe ist wie {pyramid.OPEN_YEARS} Altersjahre gezeichnet." if ages[-1][1] is None else ""
        )
        figures.put(
            b,
            lambda narrow: pyramid.pyramid(panels, ages, unit=unit, reference_name=b.stadtname, narrow=narrow),
            Caption(
                id,
                f"{titel}, {when}",
                f"{unit}" + (f"; Linie: {b.stadtname}" if raeume else "; an den Balken: Personen der Altersgruppe"),
                compositions.counts_source(b, names, None, None, [], " ".join(filter(None, [opened, quelle]))),
                alternativtext,
            ),
            values=Drawnvalues(["Gebiet", "Alter", "Frauen", "Männer"], shown),
        )

    def tabelle(self, *, id: str, titel: str) -> None:
        """Setzt die Tabelle der Altersgruppen der Stadt: Frauen, Männer, zusammen, Anteil, Frauenanteil."""
        b, frauen, maenner = self._b, self._women, self._men
        table = altersgruppen(b, frauen, maenner)
        both = table["frauen"] + table["maenner"]
        total = both.sum(skipna=False)
        rows = []
        for (name, row), whole in zip(table.iterrows(), both, strict=True):
            cells = [captions.cell(row[k], row[f"status_{k}"], 0) for k in SIDES]
            worst = max(row["status_frauen"], row["status_maenner"], key=PRECEDENCE.index)
            derived = [(whole, 0), (whole / total * 100, 1), (row["frauen"] / whole * 100, 1)]
            status = (
                worst if np.isfinite(total) or worst not in (Status.OK, Status.UNRELIABLE) else Status.NOT_MEANINGFUL
            )
            rows.append([str(name), *cells, *(captions.cell(v, status, d) for v, d in derived)])
        if np.isfinite(total):
            women = table["frauen"].sum()
            sums = [numbers.number(v) for v in (women, table["maenner"].sum(), total)]
            rows.append(["Insgesamt", *sums, "100", numbers.number(women / total * 100, 1)])
        names = {f"{k}_{i}": "" for k in (frauen, maenner) for i in age_tails(b, frauen)}
        tables.put(
            b,
            ["Altersgruppe", "Frauen", "Männer", "zusammen", "Anteil an allen in %", "Frauen in % der Gruppe"],
            rows,
            Caption(
                id,
                f"{titel}, {compositions.stand_words(b, names, None, None)}",
                f"{b.stadtname}; Personen und Anteile",
                compositions.counts_source(b, names, None, None, [*table["status_frauen"], *table["status_maenner"]]),
            ),
            Layout(columns="rand 1fr 1fr 1fr 1fr 1fr", groups=(len(rows) - 1,) if np.isfinite(total) else ()),
        )


def altersgruppen(b: Datenbestand, frauen: str, maenner: str, raum: str | None = None) -> pd.DataFrame:
    """The protected counts by age groups, as :meth:`Altersaufbau.gruppen` gives them."""
    area = b._known_area(raum or b.stadt)
    rows = []
    for feature in b.merkmale().index:
        found = re.fullmatch(rf"{re.escape(frauen)}_(\d+)(?:_(\d+)|plus)", str(feature))
        if not found:
            continue
        tail = str(feature).removeprefix(frauen)
        names = [f"{frauen}{tail}", f"{maenner}{tail}"]
        date = tally.stichtag(b, names)
        (women, women_status), (men, men_status) = (tally.counted(b, name, area, date) for name in names)
        first, end = int(found[1]), math.nan if found[2] is None else int(found[2]) + 1
        rows.append((first, end, women, men, women_status, men_status))
    columns = ["von", "bis", "frauen", "maenner", "status_frauen", "status_maenner"]
    table = pd.DataFrame(rows, columns=columns).sort_values("von", ignore_index=True)
    return table.set_axis([_age_name(first, last) for first, last in zip(table["von"], table["bis"], strict=True)])


def age_tails(b: Datenbestand, prefix: str) -> list[str]:
    """The endings of the features of age groups, „0_2“ … „75plus“."""
    found = (re.fullmatch(rf"{re.escape(prefix)}_(\d+_\d+|\d+plus)", str(f)) for f in b.merkmale().index)
    return [match[1] for match in found if match]


def per_year(table: pd.DataFrame, *, shares: bool) -> tuple[list[float], list[float]]:
    """Persons per year of age for women and men; as shares of all persons in %."""
    years = (table["bis"] - table["von"]).fillna(pyramid.OPEN_YEARS)
    whole = float(table[list(SIDES)].to_numpy().sum()) / 100 if shares else 1.0
    women, men = ([float(v) for v in table[side] / years / whole] for side in SIDES)
    return women, men


def _age_name(first: float, end: float) -> str:
    if math.isnan(end):
        return f"{int(first)} Jahre und älter"
    return f"unter {int(end)} Jahre" if first == 0 else f"{int(first)} bis unter {int(end)} Jahre"

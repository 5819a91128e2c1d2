"""The structure of a population by age and sex: groups, pyramid, table."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.drawing.charts import pyramid
from sozialbericht.status import PRECEDENCE, Status
from sozialbericht.subjects.compositions import Gliederungen
from sozialbericht.writing import captions
from sozialbericht.writing.blocks import Layout

SIDES = ("frauen", "maenner")


class Altersaufbau(Gliederungen):
    """Der Teil des Berichts, der die Bevölkerung nach Alter und Geschlecht zeigt."""

    def altersgruppen(self, frauen: str, maenner: str, raum: str | None = None) -> pd.DataFrame:
        """Die geschützten Zahlen nach Altersgruppen, von jung nach alt.

        ``frauen``, ``maenner``: der gemeinsame Anfang der Merkmale („bev_w“ für bev_w_0_2 … bev_w_75plus).
        Index: Name der Gruppe; Spalten von, bis (NaN: offen), frauen, maenner, status_frauen, status_maenner.
        """
        area = self._known_area(raum or self.stadt)
        rows = []
        for feature in self.merkmale().index:
            found = re.fullmatch(rf"{re.escape(frauen)}_(\d+)(?:_(\d+)|plus)", str(feature))
            if not found:
                continue
            tail = str(feature).removeprefix(frauen)
            names = [f"{frauen}{tail}", f"{maenner}{tail}"]
            date = self.stichtag(names)
            (women, women_status), (men, men_status) = (self._count(name, area, date) for name in names)
            first, end = int(found[1]), math.nan if found[2] is None else int(found[2]) + 1
            rows.append((first, end, women, men, women_status, men_status))
        columns = ["von", "bis", "frauen", "maenner", "status_frauen", "status_maenner"]
        table = pd.DataFrame(rows, columns=columns).sort_values("von", ignore_index=True)
        return table.set_axis([_age_name(a, b) for a, b in zip(table["von"], table["bis"], strict=True)])

    def alterspyramide(
        self,
        frauen: str,
        maenner: str,
        *,
        id: str,
        titel: str,
        raeume: Sequence[str] | None = None,
        alternativtext: str,
        quelle: str = "",
    ) -> None:
        """Setzt die Alterspyramide der Stadt oder, mit ``raeume``, kleine Pyramiden dieser Gebiete im Vergleich zu ihr.

        ``frauen``, ``maenner`` wie bei ``altersgruppen``. Jeder Balken ist so hoch, wie seine Gruppe Jahrgänge hat, und
        so lang, wie Personen auf einen Jahrgang kommen (bei ``raeume`` in % der Bevölkerung des Gebiets): seine Fläche
        ist die Größe der Gruppe. Beispiel::

            b.alterspyramide("bev_w", "bev_m", id="fig-bev-alter", titel="Bevölkerung nach Alter", alternativtext="…")
        """
        city = self.altersgruppen(frauen, maenner)
        tables = {area: self.altersgruppen(frauen, maenner, area) for area in raeume or [self.stadt]}
        reference = per_year(city, shares=True) if raeume else None
        panels = []
        for area, table in tables.items():
            women, men = per_year(table, shares=bool(raeume))
            labels = [
                [captions.cell(c, s, 0) for c, s in zip(table[k], table[f"status_{k}"], strict=True)] for k in SIDES
            ]
            panels.append(pyramid.Panel(self.name(area), women, men, labels[0], labels[1], reference))
        ages = [(int(a), None if math.isnan(b) else int(b)) for a, b in zip(city["von"], city["bis"], strict=True)]
        unit = "Anteil eines Altersjahres an der Bevölkerung in %" if raeume else "Personen je Altersjahr"
        names = {f"{frauen}_{i}": "" for i in self._age_tails(frauen)}
        when = self._stand_words(names, None, None)
        opened = (
            f"Die offene Gruppe ist wie {pyramid.OPEN_YEARS} Altersjahre gezeichnet." if ages[-1][1] is None else ""
        )
        self.abbildung(
            lambda narrow: pyramid.pyramid(panels, ages, unit=unit, reference_name=self.stadtname, narrow=narrow),
            id=id,
            titel=f"{titel}, {when}",
            einheit=f"{unit}"
            + (f"; Linie: {self.stadtname}" if raeume else "; an den Balken: Personen der Altersgruppe"),
            alternativtext=alternativtext,
            quelle=self._counts_source(names, None, None, [], " ".join(filter(None, [opened, quelle]))),
        )

    def tabelle_alter(self, frauen: str, maenner: str, *, id: str, titel: str) -> None:
        """Setzt die Tabelle der Altersgruppen der Stadt: Frauen, Männer, zusammen, Anteil, Frauenanteil."""
        table = self.altersgruppen(frauen, maenner)
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
        names = {f"{k}_{i}": "" for k in (frauen, maenner) for i in self._age_tails(frauen)}
        self.tabelle(
            ["Altersgruppe", "Frauen", "Männer", "zusammen", "Anteil an allen in %", "Frauen in % der Gruppe"],
            rows,
            id=id,
            titel=f"{titel}, {self._stand_words(names, None, None)}",
            einheit=f"{self.stadtname}; Personen und Anteile",
            quelle=self._counts_source(names, None, None, [*table["status_frauen"], *table["status_maenner"]]),
            satz=Layout(columns="rand 1fr 1fr 1fr 1fr 1fr", groups=(len(rows) - 1,) if np.isfinite(total) else ()),
        )

    def _age_tails(self, prefix: str) -> list[str]:
        """The endings of the features of age groups, „0_2“ … „75plus“."""
        found = (re.fullmatch(rf"{re.escape(prefix)}_(\d+_\d+|\d+plus)", str(f)) for f in self.merkmale().index)
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

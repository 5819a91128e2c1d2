"""Flows: from groups of areas to targets, as bands and as a table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from sozialbericht.drawing.charts.flow import flow
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.status import PRECEDENCE, Status
from sozialbericht.subjects import groups
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks, captions, figures, tables
from sozialbericht.writing.blocks import Caption, Layout
from sozialbericht.writing.drawnvalues import Drawnvalues

#: What lies to the right of the city's line, by the indicator's direction.
RIGHT = {"belastung": "rechts: ungünstiger", "chance": "rechts: günstiger"}


class Fluss:
    """Bänder von Gruppen von Sozialräumen zu Zielen: ``f = b.fluss(ziele, gruppen)``.

    ``gruppen``: Name → raum_id; ``ziele``: Indikator → Name. Die Indikatoren sind Anteile mit demselben Nenner,
    höchstens fünf.
    """

    def __init__(self, b: Datenbestand, ziele: Mapping[str, str], gruppen: Mapping[str, Sequence[str]]) -> None:
        self._b, self._targets, self._groups = b, ziele, gruppen

    def bild(
        self, *, gezaehlt: str, id: str, titel: str, einheit: str, alternativtext: str = "", quelle: str = ""
    ) -> None:
        """Setzt die Bänder, so breit wie die Zahl; ``gezaehlt`` sagt, was gezählt wird.

        Wo von keiner Gruppe eine Zahl gezeigt werden darf, entfällt das Bild.
        """
        b, ziele, gruppen = self._b, self._targets, self._groups
        values = {g: {z: groups.gruppenwert(b, z, areas, g) for z in ziele} for g, areas in gruppen.items()}
        counts = pd.DataFrame(
            {name: {g: values[g][z].wert.numerator for g in gruppen} for z, name in ziele.items()}, index=list(gruppen)
        )
        first = next(iter(ziele))
        wholes = pd.DataFrame(
            [(self._whole(areas), _worst(w.wert.status for w in values[g].values())) for g, areas in gruppen.items()],
            index=list(gruppen), columns=["anzahl", "status"],
        )  # fmt: skip
        if not wholes["anzahl"].sum() > 0:
            blocks.put(blocks.absent(blocks.checked_label(id, "fig"), "Von keiner Gruppe wird eine Zahl gezeigt."))
            return
        city = [b.wert(z).wert for z in ziele]
        targets = pd.DataFrame(
            [(v.numerator if math.isfinite(v.number) else math.nan, v.number, v.status) for v in city],
            index=list(ziele.values()), columns=["anzahl", "anteil", "status"],
        )  # fmt: skip
        last = list(gruppen)[-1]
        shown = [f"{g}: {values[g][first]}" for g in dict.fromkeys((next(iter(gruppen)), last)) if values[g][first].ok]
        shown += [f"{b.stadtname} {b.wert(first)}"] if b.wert(first).ok else []
        told = f" Anteil {ziele[first]} {'; '.join(shown)}." if shown else ""
        figures.put(
            b,
            lambda narrow: flow(counts, wholes, targets, counted=gezaehlt, narrow=narrow),
            Caption(
                id,
                titel,
                einheit,
                captions.source_line(b, list(ziele), extra=quelle),
                alternativtext
                or worded("Bänder von {n:wort} Gruppen ", n=len(gruppen))
                + f"von {b.ebenen.unten.dativ} zu {enumeration(ziele.values())}, "
                f"{b.wert(first).stand}.{told}",
            ),
            values=Drawnvalues(*self._table()),
        )

    def tabelle(self, *, id: str, titel: str, einheit: str, quelle: str = "") -> None:
        """Setzt die Zahlen dazu: je Gruppe und für die Stadt die Zähler und Anteile der Ziele."""
        heads, rows = self._table()
        tables.put(
            self._b, heads, rows,
            Caption(id, titel, einheit, captions.source_line(self._b, list(self._targets), extra=quelle)),
            Layout(columns="1fr 9mm 16mm" + " 10mm" * (len(heads) - 3), groups=(len(rows) - 1,)),
        )  # fmt: skip

    def _table(self) -> tuple[list[str], list[list[str]]]:
        b, ziele, gruppen = self._b, self._targets, self._groups
        first = next(iter(ziele))
        rows = []
        for name, areas in {**gruppen, b.stadtname: list(b.raeume().index)}.items():
            last = name == b.stadtname
            values = [(b.wert(z) if last else groups.gruppenwert(b, z, areas, name)).wert for z in ziele]
            whole = values[0].denominator if last else self._whole(areas)
            status = Status.OK if math.isfinite(whole) else values[0].status
            counts = [captions.cell(v.numerator, v.status, 0) for v in values]
            shares = [captions.cell(v.number, v.status, v.decimals) for v in values]
            rows.append([name, str(len(areas)), captions.cell(whole, status, 0), *counts, *shares])
        heads = [str(b.indikator(z)["kurzname"]) for z in ziele]
        counted = str(b.indikator(first)["bezug"]).removeprefix("der ").split(" ")[0]
        return ["Gruppe", b.ebenen.unten.kopf, counted, *[head.replace(" in %", "") for head in heads], *heads], rows

    def _whole(self, areas: Sequence[str]) -> float:
        """The denominator that all targets of a group share, NaN where that of an area is not shown."""
        parts = (self._b.daten(z).loc[list(areas), "nenner"].sum(skipna=False) for z in self._targets)
        return next((float(whole) for whole in parts if math.isfinite(whole)), math.nan)


def _worst(found: Iterable[str]) -> Status:
    return Status(max(found, key=PRECEDENCE.index))

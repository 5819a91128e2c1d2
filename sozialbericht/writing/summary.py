"""The summary in front: one finding per dimension, the areas that stand out, what changed most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from IPython.display import display

from sozialbericht import numbers
from sozialbericht.drawing import miniature
from sozialbericht.drawing.svg import to_svg
from sozialbericht.writing import blocks, provenance
from sozialbericht.writing.prose import Texte
from sozialbericht.writing.wording import Aenderung, Wert, with_unit

#: The share of areas that counts as the least (or most) favourable ones.
FIFTH = 0.2


@dataclass(frozen=True)
class Rangplatz:
    """Ein Gebiet und bei wie vielen Hauptindikatoren es im ungünstigsten (günstigsten) Fünftel liegt."""

    raum: str
    anzahl: int


@dataclass(frozen=True)
class Wandel:
    """Eine Veränderung eines Gebiets bei einem Hauptindikator."""

    alt: Wert
    neu: Wert
    aenderung: Aenderung
    indikator: str


class Kurzfassung(Texte):
    """Der Teil des Berichts, der die Ergebnisse der Kapitel zusammenfasst."""

    def hauptindikatoren(self, *, gewertet: bool = False) -> list[str]:
        """Der erste Indikator jeder Dimension; mit ``gewertet`` nur die, bei denen hoch Belastung oder Chance heißt."""
        first = self.indikatoren().groupby("dimension", sort=False).head(1)
        return [str(i) for i in first.index if not gewertet or first.at[i, "richtung"] != "neutral"]

    def befund(self, indikator: str, kopf: str, *saetze: str, sonst: str | None = None, **werte: Any) -> None:
        """Setzt einen Befund: Wert der Stadt, Überschrift, Text und die Reihe aller Sozialräume als kleines Bild."""
        row, value = self.indikator(indikator), self.wert(indikator)
        text = " ".join(filter(None, (self.satz(s, sonst, **werte) for s in saetze)))
        table, label = self.daten(indikator), f"kurz-{indikator.replace('_', '-')}"
        unit = value.wert.unit
        shown = value.zahl if value.ok else numbers.status_sign(value.wert.status)
        title = str(row["bezeichnung"])
        high, low = self.hoechste(indikator)[0], self.niedrigste(indikator)[0]
        alternative = (
            f"Punktreihe der {len(table)} Sozialräume, {title}, {value.stand}: von {low} ({low.raum}) bis {high} ({high.raum}); "
            f"{value.raum} {with_unit(shown, unit)}."
        )
        figure = miniature.strip(
            table, city_value=value.wert.number, city_name=self.stadtname, decimals=int(row["nachkommastellen"])
        )
        cuts = {
            f"{label}.svg": to_svg(figure, "print", title, label),
            f"{label}.web.svg": to_svg(figure, "web", title, label),
        }
        was = f"{provenance.unit_line(self, indikator)}, {value.stand}"
        attributes = " ".join(
            f"{name}={blocks.attribute(words)}"
            for name, words in {
                "kopf": self.satz(kopf, **werte),
                "wert": shown,
                "einheit": "" if unit == "Index" else unit,
                "was": was,
            }.items()
        )
        markdown = f"::: {{.befund {attributes}}}\n{text}\n\n![](bilder/{label}.svg){{fig-alt={blocks.attribute(alternative)}}}\n:::"
        display(
            blocks.Block(
                markdown,
                f"<h3>{self.satz(kopf, **werte)}</h3>{blocks.inline_html(text)}{cuts[f'{label}.web.svg']}",
                cuts,
            )
        )

    def auffaellige(self, *, belastet: bool, mindestens: int) -> list[Rangplatz]:
        """Die Sozialräume, die bei mindestens so vielen gewerteten Hauptindikatoren im ungünstigsten Fünftel liegen.

        Mit ``belastet=False`` im günstigsten. Die meisten Nennungen zuerst, bei gleicher Zahl in der Reihenfolge der Nummern.
        """
        names = self.raeume()["kurzname"]
        hits = pd.Series(0, index=names.index)
        for indikator in self.hauptindikatoren(gewertet=True):
            values = self.daten(indikator)["wert"].dropna()
            worst_is_high = self.indikator(indikator)["richtung"] == "belastung"
            ordered = values.sort_values(ascending=worst_is_high != belastet, kind="stable")
            hits[ordered.index[: round(len(names) * FIFTH)]] += 1
        chosen = hits[hits >= mindestens].sort_values(ascending=False, kind="stable")
        return [Rangplatz(self.name(str(area)), int(count)) for area, count in chosen.items()]

    def veraenderungen(self, n: int = 3) -> list[Wandel]:
        """Die größten Veränderungen der Sozialräume gegenüber dem Vergleichsjahr bei den Hauptindikatoren.

        Als Veränderung zählt, was über keinen Bruch geht und wessen 95-%-Bereiche sich nicht überschneiden; geordnet
        nach der Größe, gemessen an der Standardabweichung der Sozialräume. Je Hauptindikator höchstens eine.
        """
        found: list[tuple[float, Wandel]] = []
        for indikator in self.hauptindikatoren():
            spread = float(np.nanstd(self.daten(indikator)["wert"]))
            best: tuple[float, Wandel] | None = None
            for area in self.raeume().index:
                change = self.aenderung(indikator, str(area))
                new, old = change.neu, change.alt
                if not change.ok or not spread or not (new.lower > old.upper or new.upper < old.lower):
                    continue
                size = abs(new.number - old.number) / spread
                if best is None or size > best[0]:
                    best = (size, Wandel(Wert(old), Wert(new), change, str(self.indikator(indikator)["bezeichnung"])))
            if best:
                found.append(best)
        return [wandel for _, wandel in sorted(found, key=lambda item: -item[0])[:n]]

"""Patterns across areas: from groups of areas to targets, areas as dots in strips, pairs of rates, marked tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.drawing.charts import strips
from sozialbericht.drawing.charts.flow import flow
from sozialbericht.drawing.charts.pairs import paired
from sozialbericht.drawing.charts.strips import Strip
from sozialbericht.statistics.value import Value
from sozialbericht.status import PRECEDENCE, Status
from sozialbericht.wording.values import Wert, enumeration
from sozialbericht.writing import captions
from sozialbericht.writing.blocks import Layout
from sozialbericht.writing.figures import Abbildungen
from sozialbericht.writing.tables import Tabellen

#: What lies to the right of the city's line, by the indicator's direction.
RIGHT = {"belastung": "rechts: ungünstiger", "chance": "rechts: günstiger"}


class Muster(Abbildungen, Tabellen):
    """Der Teil des Berichts, der Muster zwischen den Gebieten zeigt."""

    def quellenzeile(self, *indikatoren: str, zusatz: str = "") -> str:
        """Quelle, Stände und Zeichen von Indikatoren, für eigene Tabellen und Abbildungen."""
        return captions.source_line(self, list(indikatoren), extra=zusatz)

    # -- groups of areas ---------------------------------------------------------------------------------

    def gruppieren(self, indikator: str, namen: Sequence[str]) -> dict[str, list[str]]:
        """Teilt die Sozialräume nach einem Indikator in gleich große Gruppen, die niedrigsten Werte zuerst.

        Ergebnis: Name der Gruppe → raum_id. Gebiete ohne veröffentlichten Wert gehören zu keiner Gruppe.
        """
        table = self.daten(indikator)
        order = table[table["wert"].notna()].sort_values("wert", kind="stable").index
        parts = np.array_split(np.arange(len(order)), len(namen))
        return {name: [str(order[k]) for k in part] for name, part in zip(namen, parts, strict=True)}

    def gruppenwert(self, indikator: str, raeume: Sequence[str], name: str) -> Wert:
        """Der Wert eines Anteils oder einer Rate für mehrere Gebiete zusammen, aus den Summen von Zähler und Nenner.

        Ist einer der Zähler oder Nenner nicht veröffentlicht, ist es auch der gemeinsame Wert nicht.
        """
        parts = self.daten(indikator).loc[list(raeume)]
        status = Status(max([Status.OK, *parts["status"]], key=PRECEDENCE.index))
        top, bottom = float(parts["zaehler"].sum(skipna=False)), float(parts["nenner"].sum(skipna=False))
        if status == Status.OK and not bottom > 0:
            status = Status.WITHHELD
        city, row = self.wert(indikator).wert, self.indikator(indikator)
        shown = status == Status.OK
        return Wert(
            Value(
                area=name, indicator=indikator, year=self.jahr,
                number=top / bottom * float(row["faktor"]) if shown else math.nan,
                numerator=top if shown else math.nan, denominator=bottom if shown else math.nan,
                numerator_date=city.numerator_date, denominator_date=city.denominator_date, status=status,
                unit=city.unit, decimals=city.decimals, area_name=name, period=city.period,
            )
        )  # fmt: skip

    def fluss(
        self, ziele: Mapping[str, str], gruppen: Mapping[str, Sequence[str]], *, gezaehlt: str, id: str, titel: str,
        einheit: str, alternativtext: str = "", quelle: str = "",
    ) -> None:  # fmt: skip
        """Setzt Bänder von Gruppen von Sozialräumen (Name → raum_id) zu Zielen (Indikator → Name).

        Die Bänder sind so breit wie die Zahl. Die Indikatoren sind Anteile mit demselben Nenner, höchstens fünf.
        ``gezaehlt`` sagt, was gezählt wird.
        """
        values = {g: {z: self.gruppenwert(z, areas, g) for z in ziele} for g, areas in gruppen.items()}
        counts = pd.DataFrame(
            {name: {g: values[g][z].wert.numerator for g in gruppen} for z, name in ziele.items()}, index=list(gruppen)
        )
        first = next(iter(ziele))
        sizes = pd.Series({g: self.daten(first).loc[list(areas), "nenner"].sum() for g, areas in gruppen.items()})
        city = {z: self.wert(z).wert for z in ziele}
        whole = pd.DataFrame(
            {name: {"anzahl": city[z].numerator, "anteil": city[z].number} for z, name in ziele.items()}
        ).T
        last = list(gruppen)[-1]
        told = "; ".join(f"{g}: {values[g][first]}" for g in (next(iter(gruppen)), last) if values[g][first].ok)
        self.abbildung(
            lambda narrow: flow(counts, sizes.astype(float), whole, counted=gezaehlt, narrow=narrow),
            id=id, titel=titel, einheit=einheit,
            alternativtext=alternativtext
            or f"Bänder von {len(gruppen)} Gruppen von {self.ebenen.unten.dativ} zu {enumeration(ziele.values())}, "
            f"{self.wert(first).stand}. Anteil {ziele[first]} {told}; {self.stadtname} {self.wert(first)}.",
            quelle=captions.source_line(self, list(ziele), extra=quelle),
        )  # fmt: skip

    def tabelle_fluss(
        self, ziele: Mapping[str, str], gruppen: Mapping[str, Sequence[str]], *, id: str, titel: str, einheit: str,
        quelle: str = "",
    ) -> None:  # fmt: skip
        """Setzt die Zahlen zu ``fluss``: je Gruppe und für die Stadt die Zähler und Anteile der Ziele."""
        first = next(iter(ziele))
        rows = []
        for name, areas in {**gruppen, self.stadtname: list(self.raeume().index)}.items():
            last = name == self.stadtname
            values = [(self.wert(z) if last else self.gruppenwert(z, areas, name)).wert for z in ziele]
            counts = [captions.cell(v.numerator, v.status, 0) for v in values]
            shares = [captions.cell(v.number, v.status, v.decimals) for v in values]
            rows.append(
                [name, str(len(areas)), captions.cell(values[0].denominator, values[0].status, 0), *counts, *shares]
            )
        heads = [str(self.indikator(z)["kurzname"]) for z in ziele]
        whole = str(self.indikator(first)["bezug"]).removeprefix("der ").split(" ")[0]
        self.tabelle(
            ["Gruppe", "Sozial|räume", whole, *[head.replace(" in %", "") for head in heads], *heads], rows,
            id=id, titel=titel, einheit=einheit, quelle=captions.source_line(self, list(ziele), extra=quelle),
            satz=Layout(columns="1fr 9mm 16mm" + " 10mm" * (2 * len(heads)), groups=(len(rows) - 1,)),
        )  # fmt: skip

    # -- dots --------------------------------------------------------------------------------------------

    def punktreihen(
        self, indikatoren: Mapping[str, str], *, id: str, titel: str, alternativtext: str = "", quelle: str = ""
    ) -> None:
        """Setzt je Indikator (Schlüssel → Name) eine Reihe, jeden Sozialraum als Punkt im Abstand vom Stadtwert."""
        rows = [
            self._strip(i, name, RIGHT.get(str(self.indikator(i)["richtung"]), "")) for i, name in indikatoren.items()
        ]
        spread = {s.name: s.shown["wert"].max() - s.shown["wert"].min() for s in rows}
        wide, close = max(spread, key=lambda k: spread[k]), min(spread, key=lambda k: spread[k])
        ends = {i: (self.niedrigste(i)[0], self.hoechste(i)[0]) for i in indikatoren}
        key = {name: i for i, name in indikatoren.items()}
        stand = self.wert(next(iter(indikatoren))).stand
        text = f"{len(rows)} Punktreihen mit einem Punkt je {self.ebenen.unten.einzahl}, {stand}."
        for lead, name in (("Am weitesten", wide), ("Am wenigsten", close)):
            low, high = ends[key[name]]
            text += f" {lead} streuen „{name}“: {low} ({low.raum}) bis {high} ({high.raum})."

        def draw(narrow: bool) -> Figure:
            return strips.by_indicator(
                rows, city_name=self.stadtname, narrow=narrow, area=self.ebenen.unten.einzahl
            )

        self.abbildung(
            draw, id=id, titel=titel,
            einheit=f"Abstand der {self.ebenen.unten.mehrzahl} vom Wert der Stadt in Prozentpunkten; Linie: "
                    f"{self.stadtname}",
            alternativtext=alternativtext or text,
            quelle=captions.source_line(self, list(indikatoren), extra=self._wilson(indikatoren, quelle)),
        )  # fmt: skip

    def streuung(
        self,
        indikatoren: Mapping[str, str],
        *,
        id: str,
        titel: str,
        einheit: str,
        alternativtext: str = "",
        quelle: str = "",
    ) -> None:
        """Setzt die Sozialräume als Punkte in einer Reihe je Stadtbezirk, ein Feld je Indikator (Schlüssel → Name)."""
        fields = [self._strip(i, name) for i, name in indikatoren.items()]
        rows = list(self.bezirke()["kurzname"])
        told = " ".join(
            f"{name}: {self.stadtname} {self.wert(i)}, am höchsten {self.hoechste(i)[0].raum} ({self.hoechste(i)[0]}), "
            f"am niedrigsten {self.niedrigste(i)[0].raum} ({self.niedrigste(i)[0]})."
            for i, name in indikatoren.items()
        )

        def draw(narrow: bool) -> Figure:
            return strips.by_district(
                fields, rows, city_name=self.stadtname, narrow=narrow, area=self.ebenen.unten.einzahl,
                district=self.ebenen.mitte.einzahl,
            )  # fmt: skip

        self.abbildung(
            draw, id=id, titel=titel, einheit=einheit,
            alternativtext=alternativtext or f"Punktreihen der {self.ebenen.unten.mehrzahl} in {len(rows)} "
                                             f"{self.ebenen.mitte.dativ}. {told}",
            quelle=captions.source_line(self, list(indikatoren), extra=self._wilson(indikatoren, quelle)),
        )  # fmt: skip

    def paare(
        self, erster: tuple[str, str], zweiter: tuple[str, str], *, id: str, titel: str, einheit: str, quelle: str = ""
    ) -> None:
        """Setzt zwei Indikatoren (Schlüssel, Name) gleicher Einheit als verbundene Punkte.

        Oben die Stadt. Die Stadtbezirke stehen nach der Summe der beiden Werte, der höchste zuerst.
        """
        frames = {
            name: pd.concat([self.daten(k, self.ebenen.stadt), self.daten(k, self.ebenen.mitte)])
            for k, name in (erster, zweiter)
        }
        names = next(iter(frames.values()))["kurzname"]
        values = pd.DataFrame({name: frame["wert"] for name, frame in frames.items()})
        status = pd.DataFrame({name: frame["status"] for name, frame in frames.items()})
        districts = values.index[1:]
        order = [
            self.stadt,
            *values.loc[districts].sum(axis=1, skipna=False).sort_values(ascending=False, kind="stable").index,
        ]
        row, stand, words = self.indikator(erster[0]), self.wert(erster[0]).stand, []
        for key, name in (erster, zweiter):
            high, low = self.hoechste(key, ebene=self.ebenen.mitte)[0], self.niedrigste(key, ebene=self.ebenen.mitte)[0]
            words.append(f"{name}: {self.stadtname} {self.wert(key)}, am höchsten {high.raum} ({high}),")
            words.append(f"am niedrigsten {low.raum} ({low}).")

        def draw(narrow: bool) -> Figure:
            return paired(
                values.loc[order].set_axis(list(names[order])), status=status.loc[order].set_axis(list(names[order])),
                decimals=int(row["nachkommastellen"]), unit=str(row["einheit"]), narrow=narrow,
            )  # fmt: skip

        self.abbildung(
            draw, id=id, titel=titel, einheit=einheit,
            alternativtext=" ".join([f"Punktepaare, {len(districts)} {self.ebenen.mitte.mehrzahl}, {stand}.", *words]),
            quelle=captions.source_line(self, [erster[0], zweiter[0]], extra=quelle),
        )  # fmt: skip

    # -- marked tables -----------------------------------------------------------------------------------

    def tabelle_abweichungen(
        self, indikatoren: Sequence[str], *, id: str, titel: str, einheit: str = "", quelle: str = ""
    ) -> None:
        """Setzt eine Tabelle der Stadtbezirke; ▲ und ▼ zeigen erkennbare Abweichungen von der Stadt.

        Die erste Zahlenspalte ist der gemeinsame Nenner des ersten Indikators.
        """
        whole = str(self.merkmale().at[str(self.indikator(indikatoren[0])["nenner"]), "bezeichnung"])
        rows = []
        for area in [*self.bezirke().index, self.stadt]:
            first = self.wert(indikatoren[0], str(area)).wert
            cells = [captions.cell(first.denominator, first.status, 0)]
            cells += [self._marked(i, str(area)) for i in indikatoren]
            rows.append([self.name(str(area)), *cells])
        note = "▲ erkennbar höher, ▼ erkennbar niedriger als in der Stadt (95-%-Bereich nach Wilson)."
        heads = [str(self.indikator(i)["kurzname"]) for i in indikatoren]
        extra = " ".join(filter(None, [note, quelle]))
        self.tabelle(
            [self.ebenen.mitte.einzahl, whole, *heads], rows, id=id, titel=titel, einheit=einheit,
            quelle=captions.source_line(self, list(indikatoren), extra=extra),
            satz=Layout(columns="rand " + " ".join(["1fr"] * (len(indikatoren) + 1)), groups=(len(rows) - 1,)),
        )  # fmt: skip

    # -- inside ------------------------------------------------------------------------------------------

    def _marked(self, indicator: str, area: str) -> str:
        value, city = self.wert(indicator, area).wert, self.wert(indicator).wert
        text = captions.cell(value.number, value.status, value.decimals)
        if not (value.shown and value.differs and city.shown) or area == self.stadt:
            return text
        return f"{'▲' if value.number > city.number else '▼'}{numbers.NBSP}{text}"

    def _strip(self, indicator: str, name: str, note: str = "") -> Strip:
        row = self.indikator(indicator)
        values = self.daten(indicator).rename(columns={"stadtbezirk": "bezirk"})
        own = self.daten(indicator, self.ebenen.mitte).set_index("kurzname")["wert"]
        return Strip(
            name, values, self.wert(indicator).wert.number, str(row["einheit"]), int(row["nachkommastellen"]),
            row["art"] == "anteil", own, note,
        )  # fmt: skip

    def _wilson(self, indicators: Mapping[str, str], extra: str) -> str:
        shares = any(self.indikator(i)["art"] == "anteil" for i in indicators)
        note = "Gefüllte Punkte: der 95-%-Bereich nach Wilson schließt den Stadtwert aus." if shares else ""
        return " ".join(filter(None, [note, extra]))

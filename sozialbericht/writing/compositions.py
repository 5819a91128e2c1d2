"""Compositions: counts of features with their Stand, what a whole consists of, the age pyramid."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing import shares
from sozialbericht.statistics.indicators import summands
from sozialbericht.statistics.value import OK, PRECEDENCE, UNRELIABLE, Value
from sozialbericht.writing import dates, numbers, provenance
from sozialbericht.writing.blocks import Layout
from sozialbericht.writing.figures import Abbildungen
from sozialbericht.writing.tables import Tabellen
from sozialbericht.writing.wording import Wert, enumeration

REST = "Übrige"


class Gliederungen(Abbildungen, Tabellen):
    """Der Teil des Berichts, der Merkmale auszählt und zeigt, woraus sich ein Ganzes zusammensetzt."""

    # -- counts ------------------------------------------------------------------------------------------

    def stichtag(self, merkmale: str | Sequence[str], stand: str | None = None) -> pd.Timestamp:
        """Der neueste Stichtag bis zum Berichtsjahr, an dem alle Merkmale gezählt wurden.

        ``stand`` nennt einen Indikator, dessen Stand gelten soll (Bezugsmonat und Verzug aus dem Katalog).
        Gibt es keinen Stichtag, ist das Ergebnis NaT.
        """
        names = [merkmale] if isinstance(merkmale, str) else list(merkmale)
        wanted = {part for name in names for part in summands(name)}
        if stand is not None:
            return pd.Timestamp(self.wert(stand).wert.numerator_date)
        cube = self._cube[self._cube["merkmal"].isin(wanted) & (self._cube["stichtag"].dt.year <= self.jahr)]
        counted = cube.groupby("stichtag")["merkmal"].nunique()
        return pd.Timestamp(counted.index[counted == len(wanted)].max())

    def zahl(
        self, merkmale: str, raum: str | None = None, *, anteil_an: str | None = None, stand: str | None = None,
        stichtag: pd.Timestamp | None = None,
    ) -> Wert:  # fmt: skip
        """Die geschützte Zahl eines Merkmals oder einer Summe („hlu + asyl“) für ein Gebiet (ohne Angabe die Stadt).

        Mit ``anteil_an`` (Merkmal oder Summe) ist der Wert der Anteil daran in %, ``{w.anzahl}`` bleibt die Zahl.
        Der Stand ist ``stichtag``, sonst der des Indikators ``stand``, sonst der neueste gemeinsame.
        """
        area = self._known_area(raum or self.stadt)
        names = [merkmale] if anteil_an is None else [merkmale, anteil_an]
        date = stichtag if stichtag is not None else self.stichtag(names, stand)
        count, status = self._count(merkmale, area, date)
        whole, whole_status = (math.nan, OK) if anteil_an is None else self._count(anteil_an, area, date)
        status = max(status, whole_status, key=PRECEDENCE.index)
        value = count if anteil_an is None else count / whole * 100 if whole else math.nan
        first = self.merkmale().loc[summands(merkmale)[0]]
        return Wert(
            Value(
                area=area, indicator=merkmale, year=self.jahr, number=value if status in (OK, UNRELIABLE) else math.nan,
                numerator=count, denominator=whole, numerator_date=date.date() if date == date else None,
                denominator_date=date.date() if date == date else None, status=status,
                unit="" if anteil_an is None else "%", decimals=0 if anteil_an is None else 1,
                area_name=self.name(area), period=str(first["zeitbezug"]),
            )
        )  # fmt: skip

    def _count(self, expression: str, area: str, date: pd.Timestamp) -> tuple[float, str]:
        """The sum of features on a date and the status that decides; NaN where it must not be shown."""
        keys = [(part, date, area) for part in summands(expression)]
        if not all(key in self._counts.index for key in keys):
            return math.nan, PRECEDENCE[-1]
        found = self._counts.loc[keys]
        status = str(max(found["status"], key=PRECEDENCE.index))
        return (float(found["wert"].sum()) if status in (OK, UNRELIABLE) else math.nan), status

    @cached_property
    def _counts(self) -> pd.DataFrame:
        return self._cube.set_index(["merkmal", "stichtag", "raum_id"])[["wert", "status"]].sort_index()

    # -- what a whole consists of ------------------------------------------------------------------------

    def anteile(
        self, merkmale: Mapping[str, str], *, gesamt: str | None = None, raeume: Sequence[str] | None = None,
        stand: str | None = None,
    ) -> pd.DataFrame:  # fmt: skip
        """Woraus sich ein Ganzes zusammensetzt: je Gebiet und Gruppe eine Zeile mit raum_id, gruppe, anzahl,

        anteil (in %), status. ``merkmale``: Merkmal oder Summe → Name. Ohne ``gesamt`` ist das Ganze die Summe der
        Gruppen, und ist eine geheim, gibt es keine Anteile; mit ``gesamt`` kommt ein Rest als „Übrige“ hinzu.
        ``raeume``: raum_id der Gebiete; ohne Angabe die Stadt und die Stadtbezirke.
        """
        areas = [self.stadt, *self.raeume("stadtbezirk").index] if raeume is None else list(raeume)
        date = self.stichtag([*merkmale, *([gesamt] if gesamt else [])], stand)
        rows = []
        for area in areas:
            counts = {name: self._count(expression, area, date) for expression, name in merkmale.items()}
            known = sum(count for count, _ in counts.values())
            worst = max((status for _, status in counts.values()), key=PRECEDENCE.index)
            whole, state = self._count(gesamt, area, date) if gesamt else (known, worst)
            if gesamt:
                counts[REST] = (whole - known, max(worst, state, key=PRECEDENCE.index))
            for name, (count, status) in counts.items():
                usable = status in (OK, UNRELIABLE) and state in (OK, UNRELIABLE) and whole > 0
                share = count / whole * 100 if usable else math.nan
                shown = status if usable or status not in (OK, UNRELIABLE) else state
                rows.append((area, name, count, share, shown, whole))
        table = pd.DataFrame(rows, columns=["raum_id", "gruppe", "anzahl", "anteil", "status", "gesamt"])
        rest = table["gruppe"] == REST
        # A rest that is nothing everywhere, or unknown only because a group is withheld, is no group of its own.
        return table[~rest].reset_index(drop=True) if table.loc[rest, "anzahl"].fillna(0).abs().max() == 0 else table

    def zusammensetzung(
        self, merkmale: Mapping[str, str], *, id: str, titel: str, einheit: str, gesamt: str | None = None,
        gesamtname: str = "insgesamt", raeume: Sequence[str] | None = None, stand: str | None = None,
        nachkommastellen: int = 0, alternativtext: str = "", quelle: str = "",
    ) -> None:  # fmt: skip
        """Setzt Balken von 100 %, die zeigen, woraus sich ein Ganzes zusammensetzt: die Stadt, darunter die Stadtbezirke.

        Beispiel::

            b.zusammensetzung(
                {"hze_ambulant": "ambulant", "hze_tagesgruppe": "Tagesgruppe", "hze_pflege": "Pflegefamilie", "hze_heim": "Heim"},
                gesamt="hze", gesamtname="Hilfen", stand="hze_rate",
                id="fig-hze-art", titel="Hilfen zur Erziehung nach ihrer Art", einheit="in % der Hilfen zur Erziehung",
            )

        ``merkmale``: Merkmal oder Summe von Merkmalen („hlu + asyl“) → Name in der Legende, höchstens sechs, in der
        Reihenfolge des Balkens. ``gesamt``: das Merkmal des Ganzen (ohne Angabe die Summe der Gruppen; was zum Ganzen
        fehlt, erscheint als „Übrige“). ``gesamtname``: Überschrift der Zahlen am Ende der Balken. ``raeume``: raum_id
        der Gebiete statt Stadt und Stadtbezirken, das erste steht abgesetzt. ``stand``: Indikator, dessen Stand gilt
        (sonst der neueste gemeinsame Stichtag). Der Stand wird an den Titel gehängt. Geheim gehaltene Teile bleiben
        schraffiert. Ohne ``alternativtext`` wird einer aus den Werten gebildet. Die Zahlen dazu setzt
        ``tabelle_zusammensetzung`` mit denselben Angaben.
        """
        table = self.anteile(merkmale, gesamt=gesamt, raeume=raeume, stand=stand)
        order = list(dict.fromkeys(table["raum_id"]))
        groups = list(dict.fromkeys(table["gruppe"]))
        wide = {c: table.pivot(index="raum_id", columns="gruppe", values=c).loc[order, groups] for c in ("anteil", "status")}
        names = [self.name(area) for area in order]
        total = table.groupby("raum_id")["gesamt"].first().reindex(order)
        when = self._stand_words(merkmale, gesamt, stand)

        def draw(narrow: bool) -> Figure:
            return shares.stacked(
                wide["anteil"].set_axis(names), status=wide["status"].set_axis(names), total=total.astype(float),
                total_name=gesamtname, first=1, decimals=nachkommastellen, narrow=narrow,
            )  # fmt: skip

        self.abbildung(
            draw, id=id, titel=f"{titel}, {when}", einheit=einheit,
            alternativtext=alternativtext or self._shares_alternative(table, titel, when),
            quelle=self._counts_source(merkmale, gesamt, stand, list(table["status"]), quelle),
        )  # fmt: skip

    def tabelle_zusammensetzung(
        self, merkmale: Mapping[str, str], *, id: str, titel: str, einheit: str, gesamt: str | None = None,
        gesamtname: str = "insgesamt", raeume: Sequence[str] | None = None, stand: str | None = None,
        anzahl: bool = False, quelle: str = "",
    ) -> None:  # fmt: skip
        """Setzt die Tabelle zu ``zusammensetzung``: das Ganze als Zahl, die Gruppen in % oder, mit ``anzahl``, als Zahlen."""
        table = self.anteile(merkmale, gesamt=gesamt, raeume=raeume, stand=stand)
        order = list(dict.fromkeys(table["raum_id"]))
        order = [*order[1:], order[0]] if raeume is None else order
        rows = []
        for area in order:
            part = table[table["raum_id"] == area]
            whole = part["gesamt"].iloc[0]
            cells = [
                provenance.cell(r["anzahl" if anzahl else "anteil"], r["status"], 0 if anzahl else 1)
                for r in part.to_dict("records")
            ]
            head = numbers.number(whole) if np.isfinite(whole) else numbers.status_sign(max(part["status"], key=PRECEDENCE.index))
            rows.append([self.name(area), head, *cells])
        groups = list(dict.fromkeys(table["gruppe"]))
        heads = groups if anzahl else [f"{name} in %" for name in groups]
        self.tabelle(
            ["Stadtbezirk" if raeume is None else "Gebiet", gesamtname, *heads], rows, id=id,
            titel=f"{titel}, {self._stand_words(merkmale, gesamt, stand)}", einheit=einheit,
            quelle=self._counts_source(merkmale, gesamt, stand, list(table["status"]), quelle),
            satz=Layout(columns="rand " + " ".join(["1fr"] * (len(groups) + 1)), groups=(len(rows) - 1,) if raeume is None else (0,)),
        )  # fmt: skip

    # -- inside ------------------------------------------------------------------------------------------

    def _parts(self, merkmale: Mapping[str, str], gesamt: str | None) -> list[str]:
        return [p for e in [*merkmale, *([gesamt] if gesamt else [])] for p in summands(e)]

    def _stand_words(self, merkmale: Mapping[str, str], gesamt: str | None, stand: str | None) -> str:
        parts = self._parts(merkmale, gesamt)
        date = self.stichtag(parts, stand)
        return dates.in_prose(date.date() if date == date else None, str(self.merkmale().at[parts[0], "zeitbezug"]))

    def _counts_source(
        self, merkmale: Mapping[str, str], gesamt: str | None, stand: str | None, status: list[str], extra: str = ""
    ) -> str:
        """Sources, Stand and signs of a figure that is made of features."""
        parts = self._parts(merkmale, gesamt)
        features = self.merkmale().loc[parts]
        date = self.stichtag(parts, stand)
        when = dates.in_source(date.date() if date == date else None, str(features["zeitbezug"].iloc[0]))
        sources = ", ".join(dict.fromkeys(str(s) for s in features["quelle"]))
        return " ".join([f"{sources}; Stand {when}.", *provenance.signs(status), *([extra] if extra else [])])

    def _shares_alternative(self, table: pd.DataFrame, title: str, when: str) -> str:
        """Kind, what, when; the first area's largest groups; where the largest group is highest and lowest."""
        first = table["raum_id"].iloc[0]
        known = table[table["anteil"].notna()]
        top = known[known["raum_id"] == first].sort_values("anteil", ascending=False, kind="stable")
        text = f"Balken von 100 %: {title}, {when}, {table['raum_id'].nunique()} Gebiete."
        if len(top):
            named = enumeration(f"{r.gruppe} {numbers.percent(r.anteil)}" for r in top.head(3).itertuples())
            text += f" {self.name(first)}: {named}."
            group = str(top["gruppe"].iloc[0])
            others = known[(known["gruppe"] == group) & (known["raum_id"] != first)].sort_values("anteil", kind="stable")
            if len(others) > 1:
                low, high = others.iloc[0], others.iloc[-1]
                text += (
                    f" „{group}“ am höchsten in {self.name(high['raum_id'])} ({numbers.percent(high['anteil'])}), "
                    f"am niedrigsten in {self.name(low['raum_id'])} ({numbers.percent(low['anteil'])})."
                )
        return text

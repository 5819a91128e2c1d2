"""Compositions: what a whole consists of, as bars of 100 % and as tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.data.sums import terms
from sozialbericht.drawing.charts import shares
from sozialbericht.findings.tally import Auszaehlungen, as_day
from sozialbericht.status import PRECEDENCE, Status
from sozialbericht.wording import dates
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import captions
from sozialbericht.writing.blocks import Layout
from sozialbericht.writing.figures import Abbildungen
from sozialbericht.writing.tables import Tabellen

REST = "Übrige"


class Gliederungen(Auszaehlungen, Abbildungen, Tabellen):
    """Der Teil des Berichts, der zeigt, woraus sich ein Ganzes zusammensetzt."""

    def anteile(
        self,
        merkmale: Mapping[str, str],
        *,
        gesamt: str | None = None,
        raeume: Sequence[str] | None = None,
        stand: str | None = None,
    ) -> pd.DataFrame:
        """Woraus sich ein Ganzes zusammensetzt, eine Zeile je Gebiet und Gruppe.

        Spalten: raum_id, gruppe, anzahl, anteil (in %), status, gesamt.
        ``merkmale``: Merkmal oder Summe → Name. Ohne ``gesamt`` ist das Ganze die Summe der
        Gruppen, und ist eine geheim, gibt es keine Anteile; mit ``gesamt`` kommt ein Rest als „Übrige“ hinzu.
        ``raeume``: raum_id der Gebiete; ohne Angabe die Stadt und die Stadtbezirke.
        """
        areas = [self.stadt, *self.bezirke().index] if raeume is None else list(raeume)
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
                usable = (
                    status in (Status.OK, Status.UNRELIABLE) and state in (Status.OK, Status.UNRELIABLE) and whole > 0
                )
                share = count / whole * 100 if usable else math.nan
                shown = status if usable or status not in (Status.OK, Status.UNRELIABLE) else state
                rows.append((area, name, count, share, shown, whole))
        table = pd.DataFrame(rows, columns=["raum_id", "gruppe", "anzahl", "anteil", "status", "gesamt"])
        rest = table["gruppe"] == REST
        # A rest that is nothing everywhere, or unknown only because a group is withheld, is no group of its own.
        return table[~rest].reset_index(drop=True) if table.loc[rest, "anzahl"].fillna(0).abs().max() == 0 else table

    def zusammensetzung(
        self,
        merkmale: Mapping[str, str],
        *,
        id: str,
        titel: str,
        einheit: str,
        gesamt: str | None = None,
        gesamtname: str = "insgesamt",
        raeume: Sequence[str] | None = None,
        stand: str | None = None,
        nachkommastellen: int = 0,
        alternativtext: str = "",
        quelle: str = "",
    ) -> None:
        """Setzt Balken von 100 %, die zeigen, woraus sich ein Ganzes zusammensetzt: die Stadt, dann ihre Bezirke.

        Beispiel::

            b.zusammensetzung(
                {"hze_ambulant": "ambulant", "hze_tagesgruppe": "Tagesgruppe", "hze_pflege + hze_heim": "außerhalb"},
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
        wide = {
            c: table.pivot(index="raum_id", columns="gruppe", values=c).loc[order, groups] for c in ("anteil", "status")
        }
        names = [self.name(area) for area in order]
        total = table.groupby("raum_id")["gesamt"].first().reindex(order)
        when = self._stand_words(merkmale, gesamt, stand)

        def draw(narrow: bool) -> Figure:
            return shares.stacked(
                wide["anteil"].set_axis(names),
                status=wide["status"].set_axis(names),
                total=total.astype(float),
                total_name=gesamtname,
                first=1,
                decimals=nachkommastellen,
                narrow=narrow,
            )

        self.abbildung(
            draw,
            id=id,
            titel=f"{titel}, {when}",
            einheit=einheit,
            alternativtext=alternativtext or self._shares_alternative(table, titel, when),
            quelle=self._counts_source(merkmale, gesamt, stand, list(table["status"]), quelle),
        )

    def tabelle_zusammensetzung(
        self,
        merkmale: Mapping[str, str],
        *,
        id: str,
        titel: str,
        einheit: str,
        gesamt: str | None = None,
        gesamtname: str = "insgesamt",
        raeume: Sequence[str] | None = None,
        stand: str | None = None,
        anzahl: bool = False,
        quelle: str = "",
    ) -> None:
        """Setzt die Tabelle zu ``zusammensetzung``: das Ganze, die Gruppen in % oder als Zahlen (``anzahl``)."""
        table = self.anteile(merkmale, gesamt=gesamt, raeume=raeume, stand=stand)
        order = list(dict.fromkeys(table["raum_id"]))
        order = [*order[1:], order[0]] if raeume is None else order
        rows = []
        for area in order:
            part = table[table["raum_id"] == area]
            whole = part["gesamt"].iloc[0]
            cells = [
                captions.cell(r["anzahl" if anzahl else "anteil"], r["status"], 0 if anzahl else 1)
                for r in part.to_dict("records")
            ]
            head = (
                numbers.number(whole)
                if np.isfinite(whole)
                else numbers.status_sign(max(part["status"], key=PRECEDENCE.index))
            )
            rows.append([self.name(area), head, *cells])
        groups = list(dict.fromkeys(table["gruppe"]))
        heads = groups if anzahl else [f"{name} in %" for name in groups]
        self.tabelle(
            [self.ebenen.mitte.einzahl if raeume is None else "Gebiet", gesamtname, *heads],
            rows,
            id=id,
            titel=f"{titel}, {self._stand_words(merkmale, gesamt, stand)}",
            einheit=einheit,
            quelle=self._counts_source(merkmale, gesamt, stand, list(table["status"]), quelle),
            satz=Layout(
                columns="rand " + " ".join(["1fr"] * (len(groups) + 1)),
                groups=(len(rows) - 1,) if raeume is None else (0,),
            ),
        )

    def tabelle_zahlen(
        self,
        zeilen: Mapping[str, str],
        *,
        id: str,
        titel: str,
        kopf: str,
        gesamt: str | None = None,
        gruppen: Sequence[str] = (),
        quelle: str = "",
    ) -> None:
        """Setzt Merkmale der Stadt als Zahlen mit ihrem Anteil an ``gesamt`` und der Veränderung zum Vergleichsjahr.

        ``zeilen``: Name → Merkmal oder Summe; ``kopf``: Kopf der ersten Spalte; ``gruppen``: Namen der hervorgehobenen
        Zeilen. Merkmale in einer anderen Einheit als ``gesamt`` haben keinen Anteil, ohne ``gesamt`` fehlt die Spalte.
        """
        first = gesamt or next(iter(zeilen.values()))
        date = self.stichtag(list(zeilen.values()))
        before = date - pd.DateOffset(years=self.jahr - self.vergleichsjahr)
        units, whole = self.merkmale()["einheit"], self._count(first, self.stadt, date)[0]
        dash = numbers.status_sign(Status.NOT_MEANINGFUL)
        rows, used = [], []
        for name, expression in zeilen.items():
            count, status = self._count(expression, self.stadt, date)
            earlier, old = self._count(expression, self.stadt, before)
            broken = self._tables.breaks["merkmal"].isin(terms(expression)) & self._tables.breaks["ab"].between(
                before, date
            )
            old = Status.NOT_MEANINGFUL if broken.any() else old
            alike = units[terms(expression)[0]] == units[terms(first)[0]]
            comparable = (
                status in (Status.OK, Status.UNRELIABLE) and old in (Status.OK, Status.UNRELIABLE) and earlier > 0
            )
            share = captions.cell(count / whole * 100, status, 1) if alike else dash
            change = numbers.number((count / earlier - 1) * 100, 1) if comparable else dash
            used += [status, old] + ([] if (alike or not gesamt) and comparable else [Status.NOT_MEANINGFUL])
            now_cells = [captions.cell(count, status, 0), *([share] if gesamt else [])]
            rows.append([name, *now_cells, captions.cell(earlier, old, 0), change])
        period = str(self.merkmale().at[terms(first)[0], "zeitbezug"])
        now, then = (dates.in_prose(as_day(d), period) for d in (date, before))
        self.tabelle(
            [kopf, now, *(["Anteil in %"] if gesamt else []), then, "Veränderung in %"],
            rows,
            id=id,
            titel=f"{titel}, {now}",
            einheit=self.stadtname,
            quelle=self._counts_source(dict.fromkeys(zeilen.values(), ""), None, None, used, quelle),
            satz=Layout(
                columns="1fr" + " 24mm" * (len(rows[0]) - 1),
                groups=tuple(k for k, r in enumerate(rows) if r[0] in gruppen),
            ),
        )

    # -- inside ------------------------------------------------------------------------------------------

    def _parts(self, merkmale: Mapping[str, str], gesamt: str | None) -> list[str]:
        return [p for e in [*merkmale, *([gesamt] if gesamt else [])] for p in terms(e)]

    def _stand_words(self, merkmale: Mapping[str, str], gesamt: str | None, stand: str | None) -> str:
        parts = self._parts(merkmale, gesamt)
        date = self.stichtag(parts, stand)
        return dates.in_prose(as_day(date), str(self.merkmale().at[parts[0], "zeitbezug"]))

    def _counts_source(
        self, merkmale: Mapping[str, str], gesamt: str | None, stand: str | None, status: Sequence[str], extra: str = ""
    ) -> str:
        """Sources, Stand and signs of a figure that is made of features."""
        parts = self._parts(merkmale, gesamt)
        features = self.merkmale().loc[parts]
        date = self.stichtag(parts, stand)
        when = dates.in_source(as_day(date), str(features["zeitbezug"].iloc[0]))
        sources = ", ".join(dict.fromkeys(str(s) for s in features["quelle"]))
        return " ".join([f"{sources}; Stand {when}.", *captions.signs(status), *([extra] if extra else [])])

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
            others = known[(known["gruppe"] == group) & (known["raum_id"] != first)].sort_values(
                "anteil", kind="stable"
            )
            if len(others) > 1:
                low, high = others.iloc[0], others.iloc[-1]
                text += (
                    f" „{group}“ am höchsten: {self.name(high['raum_id'])} ({numbers.percent(high['anteil'])}), "
                    f"am niedrigsten: {self.name(low['raum_id'])} ({numbers.percent(low['anteil'])})."
                )
        return text

"""Compositions: what a whole consists of, as bars of 100 %, as a table, as an age pyramid."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing import pyramid, shares
from sozialbericht.statistics.indicators import summands
from sozialbericht.statistics.value import NOT_MEANINGFUL, OK, PRECEDENCE, UNRELIABLE
from sozialbericht.writing import dates, numbers, provenance
from sozialbericht.writing.blocks import Layout
from sozialbericht.writing.counts import Auszaehlungen, as_day
from sozialbericht.writing.figures import Abbildungen
from sozialbericht.writing.tables import Tabellen
from sozialbericht.writing.wording import enumeration

REST = "Übrige"
SIDES = ("frauen", "maenner")


class Gliederungen(Auszaehlungen, Abbildungen, Tabellen):
    """Der Teil des Berichts, der zeigt, woraus sich ein Ganzes zusammensetzt."""

    def anteile(
        self, merkmale: Mapping[str, str], *, gesamt: str | None = None, raeume: Sequence[str] | None = None,
        stand: str | None = None,
    ) -> pd.DataFrame:  # fmt: skip
        """Woraus sich ein Ganzes zusammensetzt, eine Zeile je Gebiet und Gruppe.

        Spalten: raum_id, gruppe, anzahl, anteil (in %), status, gesamt. ``merkmale``: Merkmal oder Summe → Name. Ohne ``gesamt`` ist das Ganze die Summe der
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

    def tabelle_zahlen(
        self, zeilen: Mapping[str, str], *, id: str, titel: str, kopf: str, gesamt: str | None = None,
        gruppen: Sequence[str] = (), quelle: str = "",
    ) -> None:  # fmt: skip
        """Setzt Merkmale der Stadt als Zahlen mit ihrem Anteil an ``gesamt`` und der Veränderung zum Vergleichsjahr.

        ``zeilen``: Name → Merkmal oder Summe; ``kopf``: Kopf der ersten Spalte; ``gruppen``: Namen der hervorgehobenen
        Zeilen. Merkmale in einer anderen Einheit als ``gesamt`` haben keinen Anteil, ohne ``gesamt`` fehlt die Spalte.
        """
        first = gesamt or next(iter(zeilen.values()))
        date = self.stichtag(list(zeilen.values()))
        before = date - pd.DateOffset(years=self.jahr - self.vergleichsjahr)
        units, whole = self.merkmale()["einheit"], self._count(first, self.stadt, date)[0]
        dash = numbers.status_sign(NOT_MEANINGFUL)
        rows, used = [], []
        for name, expression in zeilen.items():
            count, status = self._count(expression, self.stadt, date)
            earlier, old = self._count(expression, self.stadt, before)
            broken = self._tables.breaks["merkmal"].isin(summands(expression)) & self._tables.breaks["ab"].between(before, date)
            old = NOT_MEANINGFUL if broken.any() else old
            alike = units[summands(expression)[0]] == units[summands(first)[0]]
            comparable = status in (OK, UNRELIABLE) and old in (OK, UNRELIABLE) and earlier > 0
            share = provenance.cell(count / whole * 100, status, 1) if alike else dash
            change = numbers.number((count / earlier - 1) * 100, 1) if comparable else dash
            used += [status, old] + ([] if (alike or not gesamt) and comparable else [NOT_MEANINGFUL])
            now_cells = [provenance.cell(count, status, 0), *([share] if gesamt else [])]
            rows.append([name, *now_cells, provenance.cell(earlier, old, 0), change])
        period = str(self.merkmale().at[summands(first)[0], "zeitbezug"])
        now, then = (dates.in_prose(as_day(d), period) for d in (date, before))
        self.tabelle(
            [kopf, now, *(["Anteil in %"] if gesamt else []), then, "Veränderung in %"], rows, id=id, titel=f"{titel}, {now}",
            einheit=self.stadtname, quelle=self._counts_source({e: "" for e in zeilen.values()}, None, None, used, quelle),
            satz=Layout(columns="1fr" + " 24mm" * (len(rows[0]) - 1), groups=tuple(k for k, r in enumerate(rows) if r[0] in gruppen)),
        )  # fmt: skip

    # -- age ---------------------------------------------------------------------------------------------

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
        self, frauen: str, maenner: str, *, id: str, titel: str, raeume: Sequence[str] | None = None,
        alternativtext: str, quelle: str = "",
    ) -> None:  # fmt: skip
        """Setzt die Alterspyramide der Stadt oder, mit ``raeume``, kleine Pyramiden dieser Gebiete im Vergleich zu ihr.

        ``frauen``, ``maenner`` wie bei ``altersgruppen``. Jeder Balken ist so hoch, wie seine Gruppe Jahrgänge hat, und
        so lang, wie Personen auf einen Jahrgang kommen (bei ``raeume`` in % der Bevölkerung des Gebiets): seine Fläche
        ist die Größe der Gruppe. Beispiel::

            b.alterspyramide("bev_w", "bev_m", id="fig-bev-alter", titel="Bevölkerung nach Alter", alternativtext="…")
        """
        city = self.altersgruppen(frauen, maenner)
        tables = {area: self.altersgruppen(frauen, maenner, area) for area in raeume or [self.stadt]}
        reference = _per_year(city, shares=True) if raeume else None
        panels = []
        for area, table in tables.items():
            women, men = _per_year(table, shares=bool(raeume))
            labels = [
                [provenance.cell(c, s, 0) for c, s in zip(table[k], table[f"status_{k}"], strict=True)] for k in SIDES
            ]
            panels.append(pyramid.Panel(self.name(area), women, men, labels[0], labels[1], reference))
        ages = [(int(a), None if math.isnan(b) else int(b)) for a, b in zip(city["von"], city["bis"], strict=True)]
        unit = "Anteil eines Altersjahres an der Bevölkerung in %" if raeume else "Personen je Altersjahr"
        names = {f"{frauen}_{i}": "" for i in self._age_tails(frauen)}
        when = self._stand_words(names, None, None)
        opened = f"Die offene Gruppe ist wie {pyramid.OPEN_YEARS} Altersjahre gezeichnet." if ages[-1][1] is None else ""
        self.abbildung(
            lambda narrow: pyramid.pyramid(panels, ages, unit=unit, reference_name=self.stadtname, narrow=narrow),
            id=id, titel=f"{titel}, {when}",
            einheit=f"{unit}" + (f"; Linie: {self.stadtname}" if raeume else "; an den Balken: Personen der Altersgruppe"),
            alternativtext=alternativtext,
            quelle=self._counts_source(names, None, None, [], " ".join(filter(None, [opened, quelle]))),
        )  # fmt: skip

    def tabelle_alter(self, frauen: str, maenner: str, *, id: str, titel: str) -> None:
        """Setzt die Tabelle der Altersgruppen der Stadt: Frauen, Männer, zusammen, Anteil, Frauenanteil."""
        table = self.altersgruppen(frauen, maenner)
        both = table["frauen"] + table["maenner"]
        total = both.sum(skipna=False)
        rows = []
        for (name, row), whole in zip(table.iterrows(), both, strict=True):
            cells = [provenance.cell(row[k], row[f"status_{k}"], 0) for k in SIDES]
            worst = max(row["status_frauen"], row["status_maenner"], key=PRECEDENCE.index)
            derived = [(whole, 0), (whole / total * 100, 1), (row["frauen"] / whole * 100, 1)]
            status = worst if np.isfinite(total) or worst not in (OK, UNRELIABLE) else NOT_MEANINGFUL
            rows.append([str(name), *cells, *(provenance.cell(v, status, d) for v, d in derived)])
        if np.isfinite(total):
            women = table["frauen"].sum()
            sums = [numbers.number(v) for v in (women, table["maenner"].sum(), total)]
            rows.append(["Insgesamt", *sums, "100", numbers.number(women / total * 100, 1)])
        names = {f"{k}_{i}": "" for k in (frauen, maenner) for i in self._age_tails(frauen)}
        self.tabelle(
            ["Altersgruppe", "Frauen", "Männer", "zusammen", "Anteil an allen in %", "Frauen in % der Gruppe"], rows,
            id=id, titel=f"{titel}, {self._stand_words(names, None, None)}", einheit=f"{self.stadtname}; Personen und Anteile",
            quelle=self._counts_source(names, None, None, [*table["status_frauen"], *table["status_maenner"]]),
            satz=Layout(columns="rand 1fr 1fr 1fr 1fr 1fr", groups=(len(rows) - 1,) if np.isfinite(total) else ()),
        )  # fmt: skip

    def _age_tails(self, prefix: str) -> list[str]:
        """The endings of the features of age groups, „0_2“ … „75plus“."""
        found = (re.fullmatch(rf"{re.escape(prefix)}_(\d+_\d+|\d+plus)", str(f)) for f in self.merkmale().index)
        return [match[1] for match in found if match]

    # -- inside ------------------------------------------------------------------------------------------

    def _parts(self, merkmale: Mapping[str, str], gesamt: str | None) -> list[str]:
        return [p for e in [*merkmale, *([gesamt] if gesamt else [])] for p in summands(e)]

    def _stand_words(self, merkmale: Mapping[str, str], gesamt: str | None, stand: str | None) -> str:
        parts = self._parts(merkmale, gesamt)
        date = self.stichtag(parts, stand)
        return dates.in_prose(as_day(date), str(self.merkmale().at[parts[0], "zeitbezug"]))

    def _counts_source(
        self, merkmale: Mapping[str, str], gesamt: str | None, stand: str | None, status: list[str], extra: str = ""
    ) -> str:
        """Sources, Stand and signs of a figure that is made of features."""
        parts = self._parts(merkmale, gesamt)
        features = self.merkmale().loc[parts]
        date = self.stichtag(parts, stand)
        when = dates.in_source(as_day(date), str(features["zeitbezug"].iloc[0]))
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


def _per_year(table: pd.DataFrame, *, shares: bool) -> tuple[list[float], list[float]]:
    """Persons per year of age for women and men; as shares of all persons in %."""
    years = (table["bis"] - table["von"]).fillna(pyramid.OPEN_YEARS)
    whole = float(table[list(SIDES)].to_numpy().sum()) / 100 if shares else 1.0
    women, men = ([float(v) for v in table[side] / years / whole] for side in SIDES)
    return women, men


def _age_name(first: float, end: float) -> str:
    if math.isnan(end):
        return f"{int(first)} Jahre und älter"
    return f"unter {int(end)} Jahre" if first == 0 else f"{int(first)} bis unter {int(end)} Jahre"

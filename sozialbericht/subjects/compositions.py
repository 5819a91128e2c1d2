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
from sozialbericht.findings import tally
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.tally import as_day
from sozialbericht.status import PRECEDENCE, Status
from sozialbericht.wording import dates
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import captions, figures, tables
from sozialbericht.writing.blocks import Caption, Layout
from sozialbericht.writing.drawnvalues import Drawnvalues

REST = "Übrige"


class Aufteilung:
    """Woraus sich ein Ganzes zusammensetzt, mit Balken und Tabelle: ``a = b.aufteilung({…}, gesamt="hze")``.

    Beispiel::

        arten = b.aufteilung(
            {"hze_ambulant": "ambulant", "hze_tagesgruppe": "Tagesgruppe", "hze_pflege + hze_heim": "außerhalb"},
            gesamt="hze", gesamtname="Hilfen", stand="hze_rate",
        )
        arten.bild(id="fig-hze-art", titel="Hilfen zur Erziehung nach ihrer Art", einheit="in % der Hilfen")

    ``merkmale``: Merkmal oder Summe von Merkmalen („hlu + asyl“) → Name, höchstens sechs, in der Reihenfolge des
    Balkens. ``gesamt``: das Merkmal des Ganzen (ohne Angabe die Summe der Gruppen; was zum Ganzen fehlt, erscheint als
    „Übrige“). ``gesamtname``: Überschrift der Zahlen am Ende der Balken. ``raeume``: raum_id der Gebiete statt Stadt
    und Stadtbezirken, das erste steht abgesetzt. ``stand``: Indikator, dessen Stand gilt (sonst der neueste gemeinsame
    Stichtag). Der Stand wird an den Titel gehängt.
    """

    def __init__(
        self, b: Datenbestand, merkmale: Mapping[str, str], *, gesamt: str | None = None,
        gesamtname: str = "insgesamt", raeume: Sequence[str] | None = None, stand: str | None = None,
    ) -> None:  # fmt: skip
        self._b, self._features, self._areas = b, merkmale, raeume
        self._whole, self._name, self._stand = gesamt, gesamtname, stand
        self._table = parts(b, merkmale, gesamt=gesamt, raeume=raeume, stand=stand)

    @property
    def anteile(self) -> pd.DataFrame:
        """Eine Zeile je Gebiet und Gruppe: raum_id, gruppe, anzahl, anteil (in %), status, gesamt."""
        return self._table.copy()

    def bild(
        self, *, id: str, titel: str, einheit: str, alternativtext: str = "", nachkommastellen: int = 0,
        quelle: str = "", geordnet: bool = False,
    ) -> None:  # fmt: skip
        """Setzt Balken von 100 %: die Stadt, dann ihre Bezirke. Geheim gehaltene Teile bleiben schraffiert.

        ``geordnet``: Die Gruppen haben eine Reihenfolge (Klassen des Einkommens) und werden heller; sonst hat jede ihre
        Farbe.

        Ohne ``alternativtext`` wird einer aus den Werten gebildet.
        """
        b, table = self._b, self._table
        order = list(dict.fromkeys(table["raum_id"]))
        groups = list(dict.fromkeys(table["gruppe"]))
        wide = {
            c: table.pivot(index="raum_id", columns="gruppe", values=c).loc[order, groups] for c in ("anteil", "status")
        }
        names = [b.name(area) for area in order]
        total = table.groupby("raum_id")["gesamt"].first().reindex(order)

        def draw(narrow: bool) -> Figure:
            return shares.stacked(
                wide["anteil"].set_axis(names),
                status=wide["status"].set_axis(names),
                total=total.astype(float),
                total_name=self._name,
                decimals=nachkommastellen,
                ordered=geordnet,
                narrow=narrow,
            )

        told = alternativtext or _shares_alternative(b, table, titel, self._when())
        printed = {(r["raum_id"], r["gruppe"]): captions.cell(r["anteil"], r["status"], nachkommastellen)
                   for r in table.to_dict("records")}  # fmt: skip
        rows = [[b.name(area), *(printed.get((area, group), "") for group in groups)] for area in order]
        caption = Caption(id, f"{titel}, {self._when()}", einheit, self._source(quelle), told)
        figures.put(b, draw, caption, values=Drawnvalues(["Gebiet", *(f"{group} in %" for group in groups)], rows))

    def tabelle(self, *, id: str, titel: str, einheit: str, anzahl: bool = False, quelle: str = "") -> None:
        """Setzt die Tabelle dazu: das Ganze, die Gruppen in % oder als Zahlen (``anzahl``)."""
        b, table, whole_city = self._b, self._table, self._areas is None
        order = list(dict.fromkeys(table["raum_id"]))
        order = [*order[1:], order[0]] if whole_city else order
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
            rows.append([b.name(area), head, *cells])
        groups = list(dict.fromkeys(table["gruppe"]))
        heads = groups if anzahl else [f"{name} in %" for name in groups]
        layout = Layout(
            columns="rand " + " ".join(["1fr"] * (len(groups) + 1)), groups=(len(rows) - 1,) if whole_city else (0,)
        )
        tables.put(
            b,
            [b.ebenen.mitte.einzahl if whole_city else "Gebiet", self._name, *heads],
            rows,
            Caption(id, f"{titel}, {self._when()}", einheit, self._source(quelle)),
            layout,
        )

    def _when(self) -> str:
        return stand_words(self._b, self._features, self._whole, self._stand)

    def _source(self, extra: str) -> str:
        states = list(self._table["status"])
        return counts_source(self._b, self._features, self._whole, self._stand, states, extra)


def parts(
    b: Datenbestand,
    merkmale: Mapping[str, str],
    *,
    gesamt: str | None = None,
    raeume: Sequence[str] | None = None,
    stand: str | None = None,
) -> pd.DataFrame:
    """What a whole consists of, one row per area and group: raum_id, gruppe, anzahl, anteil (in %), status, gesamt.

    Without ``gesamt`` the whole is the sum of the groups, and where one is withheld there are no shares; with it a rest
    is added as „Übrige“. ``raeume``: raum_id of the areas, else the city and its districts.
    """
    areas = [b.stadt, *b.raeume(b.ebenen.mitte).index] if raeume is None else list(raeume)
    date = tally.stichtag(b, [*merkmale, *([gesamt] if gesamt else [])], stand)
    rows = []
    for area in areas:
        counts = {name: tally.counted(b, expression, area, date) for expression, name in merkmale.items()}
        known = sum(count for count, _ in counts.values())
        worst = max((status for _, status in counts.values()), key=PRECEDENCE.index)
        whole, state = tally.counted(b, gesamt, area, date) if gesamt else (known, worst)
        if gesamt:
            counts[REST] = (whole - known, max(worst, state, key=PRECEDENCE.index))
        for name, (count, status) in counts.items():
            usable = status in (Status.OK, Status.UNRELIABLE) and state in (Status.OK, Status.UNRELIABLE) and whole > 0
            share = count / whole * 100 if usable else math.nan
            shown = status if usable or status not in (Status.OK, Status.UNRELIABLE) else state
            rows.append((area, name, count, share, shown, whole))
    table = pd.DataFrame(rows, columns=["raum_id", "gruppe", "anzahl", "anteil", "status", "gesamt"])
    rest = table["gruppe"] == REST
    # A rest that is nothing everywhere, or unknown only because a group is withheld, is no group of its own.
    return table[~rest].reset_index(drop=True) if table.loc[rest, "anzahl"].fillna(0).abs().max() == 0 else table


def tabelle_zahlen(
    b: Datenbestand,
    zeilen: Mapping[str, str],
    *,
    id: str,
    titel: str,
    kopf: str,
    gesamt: str | None = None,
    gruppen: Sequence[str] = (),
) -> None:
    """Setzt Merkmale der Stadt als Zahlen mit ihrem Anteil an ``gesamt`` und der Veränderung zum Vergleichsjahr.

    ``zeilen``: Name → Merkmal oder Summe; ``kopf``: Kopf der ersten Spalte; ``gruppen``: Namen der hervorgehobenen
    Zeilen. Merkmale in einer anderen Einheit als ``gesamt`` haben keinen Anteil, ohne ``gesamt`` fehlt die Spalte.
    """
    first = gesamt or next(iter(zeilen.values()))
    date = tally.stichtag(b, list(zeilen.values()))
    before = date - pd.DateOffset(years=b.jahr - b.vergleichsjahr)
    units, whole = b.merkmale()["einheit"], tally.counted(b, first, b.stadt, date)[0]
    dash = numbers.status_sign(Status.NOT_MEANINGFUL)
    rows, used, compared, known = [], [], [], False
    for name, expression in zeilen.items():
        count, status = tally.counted(b, expression, b.stadt, date)
        earlier, old = tally.counted(b, expression, b.stadt, before)
        broken = b._tables.breaks["merkmal"].isin(terms(expression)) & b._tables.breaks["ab"].between(before, date)
        old = Status.NOT_MEANINGFUL if broken.any() else old
        alike = units[terms(expression)[0]] == units[terms(first)[0]]
        comparable = status in (Status.OK, Status.UNRELIABLE) and old in (Status.OK, Status.UNRELIABLE) and earlier > 0
        share = captions.cell(count / whole * 100, status, 1) if alike else dash
        change = numbers.number((count / earlier - 1) * 100, 1) if comparable else dash
        used += [status] + ([] if alike or not gesamt else [Status.NOT_MEANINGFUL])
        compared += [old] + ([] if comparable else [Status.NOT_MEANINGFUL])
        known |= old not in (Status.NOT_MEANINGFUL, Status.MISSING)
        now_cells = [captions.cell(count, status, 0), *([share] if gesamt else [])]
        rows.append([name, *now_cells, captions.cell(earlier, old, 0), change])
    period = str(b.merkmale().at[terms(first)[0], "zeitbezug"])
    now, then = (dates.in_prose(as_day(d), period) for d in (date, before))
    flows = {str(b.merkmale().at[part, "zeitbezug"]) for e in zeilen.values() for part in terms(e)} - {period}
    unit = f"{b.stadtname}; Bestände: {now}, Bewegungen: im ganzen Jahr" if flows == {"jahr"} else b.stadtname
    if flows == {"jahr"}:
        now, then = str(date.year), str(before.year)
    heads = [then, "Veränderung in %"] if known else []  # nothing to compare with: no columns for it
    rows, used = [row if known else row[:-2] for row in rows], used + (compared if known else [])
    tables.put(
        b,
        [kopf, now, *(["Anteil in %"] if gesamt else []), *heads],
        rows,
        Caption(
            id,
            f"{titel}, {now}",
            unit,
            counts_source(b, dict.fromkeys(zeilen.values(), ""), None, None, used),
        ),
        Layout(
            columns="1fr" + " 24mm" * (len(rows[0]) - 1),
            groups=tuple(k for k, r in enumerate(rows) if r[0] in gruppen),
        ),
    )


# -- inside ------------------------------------------------------------------------------------------


def _parts(b: Datenbestand, merkmale: Mapping[str, str], gesamt: str | None) -> list[str]:
    return [p for e in [*merkmale, *([gesamt] if gesamt else [])] for p in terms(e)]


def stand_words(b: Datenbestand, merkmale: Mapping[str, str], gesamt: str | None, stand: str | None) -> str:
    """The Stand of several features in words, for a title."""
    parts = _parts(b, merkmale, gesamt)
    date = tally.stichtag(b, parts, stand)
    return dates.in_prose(as_day(date), str(b.merkmale().at[parts[0], "zeitbezug"]))


def counts_source(
    b: Datenbestand,
    merkmale: Mapping[str, str],
    gesamt: str | None,
    stand: str | None,
    status: Sequence[str],
    extra: str = "",
) -> str:
    """Sources, Stand and signs of a figure that is made of features."""
    parts = _parts(b, merkmale, gesamt)
    features = b.merkmale().loc[parts]
    date = tally.stichtag(b, parts, stand)
    when = dates.in_source(as_day(date), str(features["zeitbezug"].iloc[0]))
    sources = ", ".join(dict.fromkeys(str(s) for s in features["quelle"]))
    return " ".join([f"{sources}; Stand {when}.", *captions.signs(status), *([extra] if extra else [])])


def _shares_alternative(b: Datenbestand, table: pd.DataFrame, title: str, when: str) -> str:
    """Kind, what, when; the first area's largest groups; where the largest group is highest and lowest."""
    first = table["raum_id"].iloc[0]
    known = table[table["anteil"].notna()]
    top = known[known["raum_id"] == first].sort_values("anteil", ascending=False, kind="stable")
    text = f"Balken von 100 %: {title}, {when}, {table['raum_id'].nunique()} Gebiete."
    if len(top):
        named = enumeration(f"{r.gruppe} {numbers.percent(r.anteil)}" for r in top.head(3).itertuples())
        text += f" {b.name(first)}: {named}."
        group = str(top["gruppe"].iloc[0])
        others = known[(known["gruppe"] == group) & (known["raum_id"] != first)].sort_values("anteil", kind="stable")
        if len(others) > 1:
            low, high = others.iloc[0], others.iloc[-1]
            text += (
                f" „{group}“ am höchsten: {b.name(high['raum_id'])} ({numbers.percent(high['anteil'])}), "
                f"am niedrigsten: {b.name(low['raum_id'])} ({numbers.percent(low['anteil'])})."
            )
    return text

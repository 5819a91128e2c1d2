"""The comparison in a profile: the spine chart with its words, the reading example, what is not shown,
the parts of a district.
"""

from __future__ import annotations

import numpy as np

from sozialbericht import numbers
from sozialbericht.drawing.charts.spine import Spine, Words, spine
from sozialbericht.escaping import Markup, escape
from sozialbericht.findings.dynamics import Statusangaben
from sozialbericht.findings.typification import TYPNAMEN
from sozialbericht.numbers import NBSP
from sozialbericht.profile import panels
from sozialbericht.profile.development import Profilverlauf
from sozialbericht.profile.panels import Heading
from sozialbericht.profile.rows import among
from sozialbericht.status import Status
from sozialbericht.subjects.typefigures import Typenbilder
from sozialbericht.wording.values import enumeration, with_unit
from sozialbericht.writing import blocks, captions, links
from sozialbericht.writing.blocks import Layout


class Profilvergleich(Profilverlauf, Statusangaben, Typenbilder):
    """Der Teil eines Profils, der das Gebiet mit allen Sozialräumen und der Stadt vergleicht."""

    def profilvergleich(self, raum: str) -> None:
        """Setzt das Diagramm, das alle Profilindikatoren mit Stadt und allen Sozialräumen vergleicht,
        auf einer neuen Seite.
        """
        rows, district, count = self.spannen(raum), self.ebene(raum) != self.ebenen.unten.schluessel, len(self.raeume())
        words = Words(
            "Bezirk" if district else "Raum", "" if district else "Bezirk", self.stadtname,
            f"alle {count} {self.ebenen.unten.mehrzahl}",
            f"{self.ebenen.unten.mehrzahl} des Bezirks" if district else "",
        )  # fmt: skip
        drawn = {cut: spine(rows, words, narrow=cut == "narrow") for cut in ("web", "narrow")}
        others = among(len(self.bezirke()), self.ebenen.mitte) if district else among(count, self.ebenen.unten)
        hidden = any(row.rank == 0 for row in rows)
        source = (
            f"Stände in der Spalte „Stand“; Quellen und Definitionen in den Indikatorenblättern des Berichts. "
            f"Rang 1: höchster Wert unter {others}{' mit veröffentlichtem Wert' if hidden else ''}. "
            f"Bei Indikatoren ohne Wertung steht rechts der höchste Wert."
        )
        source = " ".join([source, *captions.signs([row.status for row in rows])])
        picture = self._picture(raum, "vergleich", drawn["web"], self._told_spine(raum, rows), drawn["narrow"])
        title = (
            f"{self.name(raum)} im Vergleich mit allen {self.ebenen.unten.dativ}"
            if district
            else f"{self.name(raum)} unter den {count} {self.ebenen.unten.dativ}"
        )
        heading = Heading(
            "Vergleich",
            title,
            f"Band: von den ungünstigsten bis zu den günstigsten {self.ebenen.unten.dativ}; rechts ist günstiger",
        )
        blocks.put(panels.figure(heading, picture, source=source, new_page=True))

    def _told_spine(self, area: str, rows: list[Spine]) -> str:
        """The alternative text of the comparison: every row's value, the city's,
        rank or the reason why there is none.
        """
        parts = []
        for row in rows:
            city = f"{self.stadtname} {numbers.number(row.city, row.decimals)}" if np.isfinite(row.city) else ""
            if row.status != Status.OK:
                parts.append(f"{row.name}: {numbers.status_word(row.status)}")
                continue
            place = {-1: "ungünstiger", 1: "günstiger", 0: "nicht erkennbar anders" if row.direction else ""}[
                row.side()
            ]
            words = ", ".join(filter(None, [city, f"Rang {row.rank}", place]))
            parts.append(f"{row.name}: {numbers.number(row.value, row.decimals)} ({words})")
        return (
            f"Spannendiagramm: {self.name(area)} im Vergleich mit der Stadt und allen {self.ebenen.unten.dativ}. "
            f"{'; '.join(parts)}."
        )

    def spannenbeispiel(self, raum: str) -> Markup:
        """Ein Lesebeispiel zum Vergleich: der Indikator, bei dem das Gebiet am weitesten von der Stadt entfernt
        liegt.
        """
        rows = [row for row in self.spannen(raum) if row.side() and row.drawable]
        if not rows:
            return Markup()
        row = max(rows, key=lambda r: (abs(r.place(r.value)) < 0.95, abs(r.place(r.value))))
        low, high = np.percentile(list(row.everyone), [25, 75])
        word, side = ("ungünstiger", "links") if row.side() < 0 else ("günstiger", "rechts")
        kind = self.ebenen[self.ebene(raum)]
        told = (
            f"{row.name.partition(f' in{NBSP}')[0]}: Der Punkt liegt {side} der Mittellinie. "
            f"{kind.der.capitalize()} {kind.einzahl} {self.name(raum)} steht mit "
            f"{self._printed(row, row.value)} {word} da als {self.stadtname} ({self._printed(row, row.city)})"
        )
        if row.value in (row.least, row.most):
            return escape(f"{told}. Es ist der {word.removesuffix('er')}ste Wert aller {self.ebenen.unten.mehrzahl}.")
        if low <= row.value <= high:
            return escape(
                f"{told} und liegt in der mittleren Hälfte der {self.ebenen.unten.mehrzahl}, "
                "dem dunklen Teil des Bandes."
            )
        return escape(
            f"{told}. Der Punkt liegt außerhalb des dunklen Teils: "
            f"Höchstens ein Viertel der {self.ebenen.unten.mehrzahl} hat noch {word}e Werte."
        )

    def _printed(self, row: Spine, value: float) -> str:
        """A value with its unit, where the row's name ends with one."""
        return with_unit(numbers.number(value, row.decimals), row.name.partition(f" in{NBSP}")[2])

    def profilhinweise(self, raum: str) -> None:
        """Setzt unter den Vergleich, was nicht ausgewiesen wird und warum,
        und den Hinweis zur Zuordnung in Modelldaten.
        """
        reasons: dict[str, list[str]] = {}
        for row in self.spannen(raum):
            if row.status != Status.OK:
                reasons.setdefault(numbers.status_word(row.status), []).append(row.name)
        pairs = {}
        if reasons:
            told = "; ".join(f"{enumeration(names)}: {why}" for why, names in reasons.items())
            pairs["Nicht ausgewiesen"] = f"{told}."
        if self.kalibrierungshinweis and not self.typisierung().grund:
            pairs["Zuordnung zum Typ"] = self.kalibrierungshinweis
        if pairs:
            blocks.put(panels.sheet(pairs))

    def tabelle_profil(self, raum: str) -> None:
        """Setzt die Tabelle der Sozialräume eines Stadtbezirks: die Hauptindikatoren, der Stadtbezirk und die Stadt."""
        names = [str(i) for i in self.indikatoren().groupby("dimension", sort=False).head(1).index]
        typed = not self.typisierung().grund
        rows = []
        for area in [*self.sozialraeume(raum), raum, self.stadt]:
            values = [self.wert(i, area).wert for i in names]
            kind = self.typ(area).nummer if typed and self.ebene(area) == self.ebenen.unten.schluessel else None
            cells = [captions.cell(v.number, v.status, v.decimals) for v in values]
            rows.append([links.mark(self.name(area), str(area)), *([str(kind or "")] if typed else []), *cells])
        rows[-2][0] = f"{self.ebenen.mitte.einzahl} " + rows[-2][0]
        heads = [str(self.indikator(i)["kurzname"]).replace(" in %", f" in{NBSP}%") for i in names]
        widths = " 7mm" * typed + " 10.6mm" * len(names)
        layout = Layout(columns=f"1fr{widths}", groups=(len(rows) - 2, len(rows) - 1), wide=True)
        statuses = [self.wert(i, area).wert.status for i in names for area in [*self.sozialraeume(raum), raum]]
        source = ["Stände und Quellen wie unter „Vergleich“."]
        if typed:
            source.append(f"Typ 1: {TYPNAMEN[1]}, bis Typ {max(TYPNAMEN)}: {TYPNAMEN[max(TYPNAMEN)]}.")
        heading = Heading(
            self.ebenen.unten.mehrzahl,
            f"Die {self.ebenen.unten.mehrzahl} {self.ebenen.mitte.des} {self.ebenen.mitte.genitiv} {self.name(raum)}",
            f"Typ und Hauptindikator jeder Dimension, {self.stadtname} zum Vergleich"
            if typed
            else "Hauptindikator jeder Dimension",
        )
        head = ["Gebiet", *(["Typ"] if typed else []), *heads]
        blocks.put(panels.table(heading, head, rows, layout, " ".join([*source, *captions.signs(statuses)])))

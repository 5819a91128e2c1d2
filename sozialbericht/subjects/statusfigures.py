"""Figures and tables of status and dynamics: bivariate map, groups, chance in the changes, types against status."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.drawing.maps import bivariate
from sozialbericht.drawing.maps.bivariate import Grid
from sozialbericht.escaping import Markup
from sozialbericht.findings.dynamics import Statusangaben, StatusDynamik
from sozialbericht.findings.typification import TYPNAMEN
from sozialbericht.statistics.status_index import DYNAMICS, STATUS
from sozialbericht.status import Status
from sozialbericht.subjects.typefigures import CALIBRATION
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import captions
from sozialbericht.writing.blocks import Layout
from sozialbericht.writing.figures import Abbildungen
from sozialbericht.writing.tables import Tabellen

TONES = {"sehr niedrig": "s5", "niedrig": "s4", "mittel": "s2", "hoch": "s1"}
ARROWS = dict(zip(DYNAMICS, "▲●▼", strict=True))


class Statusbilder(Statusangaben, Abbildungen, Tabellen):
    """Der Teil des Berichts, der Status und Dynamik in Karte und Tabellen setzt."""

    def karte_status(self, *, id: str, titel: str) -> None:
        """Setzt die Karte: Ton für den Status, Zeichen für die Dynamik; ohne Dynamik nur den Status."""
        found, frame = self.status_dynamik(), self.geodaten()
        columns = () if found.dynamik is None else DYNAMICS
        counts = enumeration(f"{word} {int((found.status == word).sum())}" for word in STATUS)
        lowest = [self.name(area) for area in found.raeume(STATUS[-1])]
        text = f"Karte der {len(frame)} {self.ebenen.unten.mehrzahl} nach dem Status: {counts}."
        text += f" Sehr niedrig: {enumeration(lowest)}." if lowest else ""
        if found.dynamik is not None:
            moved = enumeration(f"{word} {int((found.dynamik == word).sum())}" for word in DYNAMICS)
            text += f" Dynamik: {moved}."

        def draw(narrow: bool) -> Figure:
            return bivariate.status_dynamics(
                frame, frame["teil_von"], found.status, found.dynamik, Grid(TONES, columns), narrow=narrow
            )

        unit = "je dunkler, desto niedriger der Status" + (
            "; Zeichen: Dynamik gegenüber " + str(found.seit) if columns else ""
        )
        self.abbildung(
            draw, id=id, titel=titel, einheit=unit,
            alternativtext=f"{text} Alle Klassen stehen im Schlüssel unter der Karte.",
            quelle=" ".join([
                self._status_source(), *self._status_notes(),
                f"Zahlen in der Karte: Nummern der {self.ebenen.unten.mehrzahl}.",
                *self._map_note(), *([CALIBRATION] if self.ist_modell else []),
            ]),
            schluessel=[
                (str(int(row["nummer"])), str(row["kurzname"]), self._class_words(found, str(area)))
                for area, row in self.raeume().iterrows()
            ],
        )  # fmt: skip

    def tabelle_status(self, *, id: str, titel: str) -> None:
        """Setzt die Gruppen von Status und Dynamik mit den Namen der Sozialräume und dem Index,
        am höchsten belastete zuerst.
        """
        found = self.status_dynamik()
        rows: list[list[str]] = []
        groups: list[int] = []
        for status in STATUS[::-1]:
            members = found.raeume(status)
            if found.dynamik is None:
                rows.append([status, self._with_index(members), numbers.shown(len(members))])
                continue
            groups.append(len(rows))
            rows.append([f"Status {status}", "", numbers.shown(len(members))])
            for dynamics in DYNAMICS[::-1]:
                if part := found.raeume(status, dynamik=dynamics):
                    rows.append(
                        [
                            f"{ARROWS[dynamics]}{numbers.NBSP}{dynamics}",
                            self._with_index(part),
                            numbers.number(len(part)),
                        ]
                    )
        self.tabelle(
            ["Dynamik" if found.dynamik is not None else "Status", f"{self.ebenen.unten.mehrzahl} (Statusindex)",
                "Anzahl"], rows, id=id, titel=titel,
            einheit="in Klammern: Statusindex (hoch heißt belastet; Mittel 0, Standardabweichung 1)",
            quelle=" ".join(["Eigene Berechnung; Indikatoren und Stände wie in der Karte.", *self._status_notes()]),
            satz=Layout(columns="26mm 1fr 14mm", groups=tuple(groups), left=(0, 1)),
        )  # fmt: skip

    def tabelle_zufall(self, *, id: str, titel: str) -> None:
        """Setzt je Indikator der Dynamik, wie er sich in der Stadt verändert hat und wie
        viel der Unterschiede Zufall sein kann.
        """
        found = self.status_dynamik()
        chance = self._chance(found)
        rows = []
        for name in found.dynamik_merkmale:
            row, new, old = self.indikator(name), self.wert(name), self.wert(name, jahr=found.seit)
            share = chance.get(name, np.nan)
            decimals = int(row["nachkommastellen"])
            change = (
                numbers.signed(new.wert.number - old.wert.number, decimals)
                if new.ok and old.ok
                else numbers.status_sign(Status.MISSING)
            )
            words = numbers.status_sign(Status.NOT_MEANINGFUL) if np.isnan(share) else numbers.number(100 * share)
            rows.append([str(row["bezeichnung"]), old.stand, new.stand, change, words])
        self.tabelle(
            ["Indikator", "von", "bis", f"Verän|derung {self.stadtname}", "Zufall in %"], rows, id=id, titel=titel,
            einheit="Veränderung in Einheiten des Indikators; Zufall: zu erwartender Anteil an der Streuung",
            quelle="Eigene Berechnung. „Zufall“: erwartete Streuung bei unabhängigen Personen, geteilt durch die "
                   "beobachtete."
            + (" „x“ nicht berechnet." if chance.isna().any() else ""),
            satz=Layout(columns="1fr 30mm 30mm 24mm 24mm", left=(0, 1, 2)),
        )  # fmt: skip

    def tabelle_widersprueche(self, *, id: str, titel: str) -> None:
        """Setzt eine Tabelle der Typen gegen den Status: wie viele Sozialräume in jedem Feld stehen."""
        found, typed = self.status_dynamik(), self.typisierung().typ
        status = STATUS[::-1]
        rows = []
        for number in sorted(TYPNAMEN, reverse=True):
            members = found.status[typed.reindex(found.status.index) == number]
            counts = [int((members == word).sum()) for word in status]
            rows.append([f"Typ {number} – {TYPNAMEN[number]}", *map(numbers.shown, counts), numbers.shown(sum(counts))])
        self.tabelle(
            ["Typ", *(f"Status {word}" for word in status), "zusammen"], rows, id=id, titel=titel,
            quelle=Markup("Eigene Berechnung; Typen aus @sec-typisierung. „–“ keiner."),
            satz=Layout(columns="1fr" + " 23mm" * len(status) + " 16mm"),
        )  # fmt: skip

    def _class_words(self, found: StatusDynamik, area: str) -> str:
        status = found.status[area]
        if not isinstance(status, str):
            return numbers.status_sign(Status.NOT_MEANINGFUL)
        if found.dynamik is None or not isinstance(found.dynamik[area], str):
            return status
        return f"{status}{numbers.NBSP}{ARROWS[found.dynamik[area]]}"

    def _with_index(self, members: list[str]) -> str:
        return ", ".join(self.statusname(area) for area in members)

    def _status_source(self) -> str:
        names = self.status_dynamik().merkmale
        title = self._tables.indicators["bezeichnung"]
        used = f"{enumeration(title[n] for n in names)}; {captions.all_stands(self, names)}."
        return f"Eigene Berechnung aus {used} {self.summenhinweis}".strip()

    def _status_notes(self) -> list[str]:
        found, lines = self.status_dynamik(), []
        if found.ausgeschlossen:
            left = enumeration(f"{self.name(a)} ({why})" for a, why in found.ausgeschlossen.items())
            lines.append(f"„x“ nicht einbezogen: {left}.")
        if found.index[found.status.notna()].isna().any():
            lines.append("„.“ Index nicht veröffentlicht, weil ein Wert des Gebiets geheim gehalten wird.")
        return lines

    def _map_note(self) -> list[str]:
        return [f"{self.kartenhinweis}."] if self.kartenhinweis else []

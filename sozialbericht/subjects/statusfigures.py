"""Figures and tables of status and dynamics: bivariate map, groups, chance in the changes, types against status."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.drawing.charts import indexline
from sozialbericht.drawing.charts.indexline import Classes
from sozialbericht.drawing.maps import bivariate
from sozialbericht.drawing.maps.bivariate import Grid
from sozialbericht.escaping import Markup
from sozialbericht.findings import dynamics, typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.dynamics import StatusDynamik
from sozialbericht.findings.indicator import Indikator
from sozialbericht.statistics.status_index import DYNAMICS, STATUS, STATUS_BOUNDS
from sozialbericht.status import Status
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import alternatives, blocks, captions, figures, tables
from sozialbericht.writing.blocks import Caption, Layout

TONES = {"sehr niedrig": "s5", "niedrig": "s4", "mittel": "s2", "hoch": "s1"}
#: From this share of the areas on a class says little: then the index is shown as well.
UNIFORM = 0.6
#: So many of many areas stand in a row.
OF_A_ROW = 12
ARROWS = dict(zip(DYNAMICS, "▲●▼", strict=True))


class Statusbericht(StatusDynamik):
    """Status und Dynamik eines Jahres mit Karte, Tabellen und Namen: ``s = b.status_dynamik()``."""

    def __init__(self, b: Datenbestand, jahr: int | None = None) -> None:
        vars(self).update(vars(dynamics.status_dynamik(b, jahr)), _b=b)

    _b: Datenbestand

    def karte(self, *, id: str, titel: str) -> None:
        """Setzt die Karte: Ton für den Status, Zeichen für die Dynamik; ohne Dynamik nur den Status."""
        if self.fehlt or not figures.mappable(self._b, id):
            return
        frame = self._b.geodaten()
        columns = () if self.dynamik is None else DYNAMICS
        counts = enumeration(f"{word} {int((self.status == word).sum())}" for word in STATUS)
        lowest = self._b._told([self._b.name(area) for area in self.raeume(STATUS[-1])])
        text = f"Karte der {len(frame)} {self._b.ebenen.unten.mehrzahl_bestimmt} nach dem Status: {counts}."
        text += f" Sehr niedrig: {enumeration(lowest)}." if lowest else ""
        if self.dynamik is not None:
            moved = enumeration(f"{word} {int((self.dynamik == word).sum())}" for word in DYNAMICS)
            text += f" Dynamik: {moved}."

        def draw(narrow: bool) -> Figure:
            return bivariate.status_dynamics(
                frame, frame["teil_von"], self.status, self.dynamik, Grid(TONES, columns), narrow=narrow,
                counted=self._b.ebenen.unten.kurz,
            )

        unit = "je dunkler, desto niedriger der Status" + "; Zahl neben der Klasse: Statusindex" * self.einfoermig + (
            "; Zeichen: Dynamik gegenüber " + str(self.seit) if columns else ""
        )
        figures.put(
            self._b,
            draw,
            Caption(
                id,
                titel,
                unit,
                " ".join(
                    [
                        self._status_source(),
                        *self._status_notes(),
                        captions.map_numbers(self._b),
                        *filter(None, [captions.map_borders(self._b), captions.calibration(self._b)]),
                    ]
                ),
                f"{text} {alternatives.everything(self._b, 'Klassen', 'in der Tabelle der Gruppen')}",
            ),
            figures.keyed(self._b.raeume(), lambda area, _: self._class_words(area)),
        )

    @property
    def einfoermig(self) -> bool:
        """Ob eine Klasse des Status so viele Gebiete hat, dass die Karte wenig unterscheidet."""
        counts = self.status.value_counts()
        return bool(not self.fehlt and counts.max() > UNIFORM * counts.sum())

    def indexreihe(self, *, id: str, titel: str) -> None:
        """Setzt alle Gebiete auf der Linie des Index mit den Grenzen der Klassen, wo die meisten von einer sind."""
        if not self.einfoermig:
            blocks.put(blocks.absent(blocks.checked_label(id, "fig"), "Die Klassen unterscheiden die Gebiete."))
            return
        b, shown = self._b, self.index[self.nach_status()].dropna()
        known = list(zip(b.raeume()["nummer"][shown.index].astype(int), shown.astype(float), strict=True))
        classes = Classes(STATUS, [TONES[word] for word in STATUS], STATUS_BOUNDS)

        def draw(narrow: bool) -> Figure:
            return indexline.indexline(known, classes, narrow=narrow, bare=b._many)

        lowest, highest = (self.benannt(area) for area in (self.nach_status()[-1], self.nach_status()[0]))
        figures.put(
            b, draw,
            Caption(
                id, titel, "rechts: hohe Belastung; darunter die Klassen des Status und ihre Grenzen",
                "Eigene Berechnung; Indikatoren und Stände wie in der Karte. "
                + captions.map_numbers(b).replace("in der Karte", "in den Kreisen"),
                f"Punkte auf einer Linie: {len(known)} {b.ebenen.unten.mehrzahl} nach dem Statusindex, von {lowest} "
                f"bis {highest}. {alternatives.everything(b, 'Werte', 'im Schlüssel der Karte')}",
            ),
        )  # fmt: skip

    def tabelle(self, *, id: str, titel: str) -> None:
        """Setzt die Gruppen von Status und Dynamik mit den Namen der Sozialräume und dem Index.

        Am höchsten belastete zuerst.
        """
        if self.fehlt:
            return
        rows: list[list[str]] = []
        groups: list[int] = []
        for status in STATUS[::-1]:
            members = self.raeume(status)
            if self.dynamik is None:
                rows += self._rows(status, members, groups, len(rows))
                continue
            groups.append(len(rows))
            rows.append([f"Status {status}", "", numbers.shown(len(members))])
            for moved in DYNAMICS[::-1]:
                if part := self.raeume(status, dynamik=moved):
                    rows += self._rows(f"{ARROWS[moved]}{numbers.NBSP}{moved}", part, groups, len(rows))
        tables.put(
            self._b,
            [
                "Dynamik" if self.dynamik is not None else "Status",
                f"{self._b.ebenen.unten.mehrzahl} (Statusindex)",
                "Anzahl",
            ],
            rows,
            Caption(
                id,
                titel,
                "in Klammern: Statusindex (hoch heißt belastet; Mittel 0, Standardabweichung 1)",
                " ".join(["Eigene Berechnung; Indikatoren und Stände wie in der Karte.", *self._status_notes()]),
            ),
            Layout(columns="26mm 1fr 14mm", groups=tuple(groups), left=(0, 1)),
        )

    def tabelle_zufall(self, *, id: str, titel: str) -> None:
        """Setzt je Indikator der Dynamik seine Veränderung in der Stadt und was davon Zufall sein kann.

        Zufall: der Anteil an den Unterschieden zwischen den Gebieten.
        """
        if self.dynamik is None:
            return
        chance = dynamics.chance_shares(self._b, self)
        rows = []
        for name in self.dynamik_merkmale:
            row, new, old = self._b.indikator(name), self._b.wert(name), self._b.wert(name, jahr=self.seit)
            share = chance.get(name, np.nan)
            decimals = int(row["nachkommastellen"])
            change = (
                numbers.signed(new.wert.number - old.wert.number, decimals)
                if new.ok and old.ok
                else numbers.status_sign(Status.MISSING)
            )
            words = numbers.status_sign(Status.NOT_MEANINGFUL) if np.isnan(share) else numbers.number(100 * share)
            rows.append([str(row["bezeichnung"]), old.stand, new.stand, change, words])
        tables.put(
            self._b,
            ["Indikator", "von", "bis", f"Verän|derung {self._b.stadtname}", "Zufall in %"],
            rows,
            Caption(
                id,
                titel,
                "Veränderung in Einheiten des Indikators; Zufall: zu erwartender Anteil an der Streuung",
                "Eigene Berechnung. „Zufall“: erwartete Streuung bei unabhängigen Personen, geteilt durch die "
                "beobachtete." + (" „x“ nicht berechnet." if chance.isna().any() else ""),
            ),
            Layout(columns="1fr 30mm 30mm 24mm 24mm", left=(0, 1, 2)),
        )

    def tabelle_widersprueche(self, *, id: str, titel: str) -> None:
        """Setzt eine Tabelle der Typen gegen den Status: wie viele Sozialräume in jedem Feld stehen."""
        found = typification.typisierung(self._b)
        typed, kinds = found.typ, found.typen
        status = STATUS[::-1]
        rows = []
        for number in reversed(kinds.nummern):
            members = self.status[typed.reindex(self.status.index) == number]
            counts = [int((members == word).sum()) for word in status]
            rows.append([kinds.name(number), *map(numbers.shown, counts), numbers.shown(sum(counts))])
        tables.put(
            self._b,
            ["Typ", *(f"Status {word}" for word in status), "zusammen"],
            rows,
            Caption(id, titel, "", Markup("Eigene Berechnung; Typen aus @sec-typisierung. „–“ keiner.")),
            Layout(columns="1fr" + " 23mm" * len(status) + " 16mm"),
        )

    def _class_words(self, area: str) -> str:
        status = self.status[area]
        if not isinstance(status, str):
            return numbers.status_sign(Status.NOT_MEANINGFUL)
        if self.einfoermig and pd.notna(self.index[area]):
            status = f"{status}{numbers.NBSP}{numbers.number(self.index[area], 1)}"
        if self.dynamik is None or not isinstance(self.dynamik[area], str):
            return status
        return f"{status}{numbers.NBSP}{ARROWS[self.dynamik[area]]}"

    def _rows(self, name: str, members: list[str], groups: list[int], at: int) -> list[list[str]]:
        """The rows of a group that begins at row ``at``; of many areas a row that heads it and rows that a page can
        break between."""
        count = numbers.shown(len(members))
        if not self._b._many:
            return [[name, self._with_index(members), count]]
        if self.dynamik is None:
            groups.append(at)
        parts = [members[start : start + OF_A_ROW] for start in range(0, len(members), OF_A_ROW)]
        return [[name, "", count], *(["", self._with_index(part), ""] for part in parts)]

    def _with_index(self, members: list[str]) -> str:
        return ", ".join(self.benannt(area) for area in members)

    def _status_source(self) -> str:
        names = self.merkmale
        title = self._b._tables.indicators["bezeichnung"]
        used = f"{enumeration(title[n] for n in names)}; {captions.all_stands([Indikator(self._b, n) for n in names])}."
        return f"Eigene Berechnung aus {used} {typification.summenhinweis(self._b)}".strip()

    def _status_notes(self) -> list[str]:
        lines: list[str] = []
        if self.ausgeschlossen:
            left = enumeration(self._b._told([f"{self._b.name(a)} ({w})" for a, w in self.ausgeschlossen.items()]))
            lines.append(f"„x“ nicht einbezogen: {left}.")
        return lines

    # -- names and chance -------------------------------------------------------------------------------

    def nach_status(self) -> list[str]:
        """Alle einbezogenen Gebiete (raum_id) nach dem Statusindex, das am höchsten belastete zuerst."""
        return self.raeume(*STATUS)

    def benannt(self, raum: str) -> str:
        """„Name (Statusindex 0,9)“; ohne Index, wo er nicht veröffentlicht wird."""
        value = self.index.get(raum, np.nan)
        shown = numbers.status_sign(Status.WITHHELD) if pd.isna(value) else numbers.number(value, 1)
        return f"{self._b.name(raum)} ({shown})"

    def widersprueche(self) -> tuple[list[str], list[str]]:
        """Wo Auswahl und Statusindex auseinandergehen: (Aktionsraum, aber Status hoch oder mittel), (umgekehrt)."""
        return dynamics.widersprueche(self._b)

    def zufallsanteile(self) -> dict[str, int]:
        """Bezeichnung des Indikators → wie viel Prozent der Streuung seiner Veränderungen Zufall wäre."""
        return dynamics.zufallsanteile(self._b)

    @property
    def mindestbevoelkerung(self) -> int:
        """Wie viele Einwohnerinnen und Einwohner ein Gebiet mindestens hat, das der Statusindex bewertet."""
        return self._b._tables.settings.statusindex.mindestbevoelkerung

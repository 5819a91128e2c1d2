"""Tables of a chapter: by Stadtbezirk, for all Sozialräume, by group, and any table of printed cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sozialbericht import numbers
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.numbers import NBSP
from sozialbericht.status import Status
from sozialbericht.writing import blocks, captions, links
from sozialbericht.writing.blocks import Caption, Layout
from sozialbericht.writing.figures import checked_label
from sozialbericht.writing.links import Names

#: Room for the numbers beside the longest name of an area, gutter and widest column of a wide table, in mm.
NUMBERS, GUTTER, WIDEST = 95.2, 1.8, 22.0


class Tabellen(Datenbestand):
    """Der Teil des Berichts, der Tabellen setzt."""

    def tabelle(
        self, kopf: list[str], zeilen: Iterable[list[str]], *, id: str, titel: str, einheit: str = "", quelle: str,
        satz: Layout | None = None,
    ) -> None:  # fmt: skip
        """Setzt eine Tabelle aus fertig gedruckten Zellen. ``id`` beginnt mit „tbl-“."""
        caption = Caption(checked_label(id, "tbl"), titel, einheit, quelle)
        blocks.put(blocks.table(caption, list(kopf), self._with_links(list(kopf), zeilen, satz or Layout()), satz))

    def _with_links(self, heads: list[str], rows: Iterable[list[str]], layout: Layout) -> list[list[str]]:
        """The rows, in their columns of words the names of areas marked; under „Stadtbezirk“ one of these is meant."""
        names = {
            column: Names(
                self,
                (self.ebenen.mitte,)
                if heads[column] == self.ebenen.mitte.einzahl
                else (self.ebenen.unten, self.ebenen.mitte),
            )
            for column in layout.left
        }
        return [[names[c].marked(cell) if c in names else cell for c, cell in enumerate(row)] for row in rows]

    def tabelle_bezirke(
        self, spalten: list[str], *, id: str, titel: str, einheit: str = "", quelle: str = "",
        koepfe: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """Setzt eine Tabelle der Stadtbezirke und der Stadt; eine Spalte je Indikator, mit „:anzahl“ sein Zähler, mit
        „:nenner“ sein Nenner.

        ``koepfe`` gibt einzelnen Spalten einen anderen Kopf (Spalte → Text, „|“ erlaubt die Trennung).
        """
        heads = [(koepfe or {}).get(column) or head for column, head in zip(spalten, self._heads(spalten), strict=True)]
        rows = [
            [self.name(area), *self._cells(spalten, area)] for area in [*self.bezirke().index, self.stadt]
        ]
        self.tabelle(
            [self.ebenen.mitte.einzahl, *heads], rows, id=id, titel=titel, einheit=einheit,
            quelle=captions.source_line(self, _names(spalten), extra=quelle),
            satz=Layout(columns="rand " + " ".join(["1fr"] * len(spalten)), groups=(len(rows) - 1,)),
        )  # fmt: skip

    def tabelle_raeume(
        self, spalten: list[str], *, id: str, titel: str, einheit: str = "", quelle: str = "", neue_seite: bool = False
    ) -> None:
        """Setzt die Tabelle aller Sozialräume, nach Stadtbezirken gegliedert, die Stadt zuerst."""
        rows, groups = [[self.stadtname, *self._cells(spalten, self.stadt)]], [0]
        areas = self.raeume()
        for above in self.bezirke().index if self.ebenen.mitte else [self.stadt]:
            if above != self.stadt:
                groups.append(len(rows))
                rows.append([links.mark(self.name(above), str(above)), *self._cells(spalten, above)])
            for area in areas.index[areas["teil_von"] == above]:
                number = str(areas.at[area, "nummer"]).rjust(2, "\u2007")
                mark = "*" if areas.at[area, "erschlossen"] else ""
                rows.append([f"{number}\u00a0\u00a0{self.name(str(area))}{mark}", *self._cells(spalten, area)])
        width = f"{min(NUMBERS / len(spalten) - GUTTER, WIDEST):.1f}mm"
        note = "* Name aus der Gliederung erschlossen." if areas["erschlossen"].any() else ""
        first = ", ".join(level.einzahl for level in (self.ebenen.mitte, self.ebenen.unten) if level)
        columns = " ".join(["1fr"] + [width] * len(spalten))
        self.tabelle(
            [first, *self._heads(spalten)], rows,
            id=id, titel=titel, einheit=einheit,
            quelle=captions.source_line(self, _names(spalten), extra=" ".join(filter(None, [note, quelle]))),
            satz=Layout(columns=columns, groups=tuple(groups), wide=True, new_page=neue_seite),
        )  # fmt: skip

    def tabelle_gruppen(self, gesamt: str, gruppen: Mapping[str, str], *, id: str, titel: str) -> None:
        """Setzt eine Tabelle der Stadt: die Zähler von Gruppen (Name → Indikator, ein Anteil), Anteile, Veränderung.

        ``gesamt`` ist der Indikator, dessen Zähler die Summenzeile bildet.
        """
        rows = []
        for name, indicator in {"Insgesamt": gesamt, **gruppen}.items():
            value, change = self.wert(indicator), self.aenderung(indicator)
            share = (
                "100"
                if indicator == gesamt
                else captions.cell(value.wert.number, value.wert.status, value.wert.decimals)
            )
            before = [numbers.status_sign(Status.NOT_MEANINGFUL)] * 2
            if change.ok:
                before = [numbers.number(change.alt.numerator), numbers.number(change.prozent.differenz, 1)]
            rows.append([name, captions.cell(value.wert.numerator, value.wert.status, 0), share, *before])
        stand, earlier = self.wert(gesamt).stand, self.wert(gesamt, jahr=self.vergleichsjahr).stand
        uncertain = (
            [Status.NOT_MEANINGFUL]
            if any(row[-1] == numbers.status_sign(Status.NOT_MEANINGFUL) for row in rows)
            else []
        )
        self.tabelle(
            ["Gruppe", stand, "Anteil in %", earlier, "Veränderung in %"], rows, id=id, titel=f"{titel}, {stand}",
            einheit=f"{self.stadtname}; Personen, Anteile an allen in %",
            quelle=" ".join([captions.source_line(self, [gesamt]), *captions.signs(uncertain)]),
            satz=Layout(columns="1fr 26mm 26mm 26mm 26mm", groups=(0,)),
        )  # fmt: skip

    def _cells(self, columns: list[str], area: str) -> list[str]:
        cells = []
        for column in columns:
            name, _, part = column.partition(":")
            value = self.wert(name, area).wert
            if part == "anzahl":
                cells.append(captions.cell(value.numerator, value.status, 0))
            elif part == "nenner":
                cells.append(captions.cell(value.denominator, value.status, 0))
            else:
                cells.append(captions.cell(value.number, value.status, value.decimals))
        return cells

    def _heads(self, columns: list[str]) -> list[str]:
        heads = []
        for column in columns:
            name, _, part = column.partition(":")
            heads.append(
                captions.counted(self, name)
                if part == "anzahl"
                else str(self.indikator(name)["kurzname"]).replace(" in %", f" in{NBSP}%")
            )
        return heads


def _names(columns: list[str]) -> list[str]:
    return list(dict.fromkeys(column.partition(":")[0] for column in columns))

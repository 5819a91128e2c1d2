"""The ranked table: all areas of the lowest level from the burdened end, each beside its mark with the interval."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from sozialbericht import numbers
from sozialbericht.drawing.canvas.measure import as_printed
from sozialbericht.drawing.canvas.rowgrid import Rowgrid, fitting
from sozialbericht.drawing.canvas.style import FULL, GUTTER, LABEL, THIRD
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts import ranking
from sozialbericht.escaping import Markup, bold
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.status import Status
from sozialbericht.wording import intervalwords, judgement
from sozialbericht.writing import alternatives, blocks, captions, links
from sozialbericht.writing.blocks import Block, Caption, Picture
from sozialbericht.writing.rowtable import Rowtable

HEAD, ROW = 9.0, 4.2
"""Heights in mm: of the heads, of a row with a name of one line."""

#: So many rows a page has room for; of more areas so many from each end are shown.
MOST, ENDS = 46, 18
#: Height in mm of the row between the ends, in which the picture shows everybody.
BETWEEN = 15.0
#: Room in mm: between two columns, for the numbers of the areas, for the sign before a word.
SPACE, NUMBER, SIGN = 1.6, 5.0, 3.0
#: What the marks mean, with intervals and without; what is said where areas are left out.
MARKS = "Bild: Quadrat unter, gefüllter Kreis über, hohler Kreis im Bereich des {}s; Strich: 95-%-Bereich."
RINGS = "Bild: Kreis Wert ohne Intervall, Linie {}."
#: The same where the city has no value to compare with.
MARKS_ALONE, RINGS_ALONE = "Bild: Kreis Wert, Strich 95-%-Bereich.", "Bild: Kreis Wert ohne Intervall."
ENDS_ONLY = (
    "Gezeigt sind die beiden Enden der Reihe, dazwischen im Bild alle als Punkte; alle Werte stehen im Anhang."
)
#: At which end the rows begin.
_FIRST = {1: "oben das belastete Ende", -1: "oben das belastete Ende", 0: "oben die höchsten Werte"}


def rangfolge(
    b: Datenbestand, indikator: str, *, id: str | None = None, titel: str | None = None, quelle: str = ""
) -> None:
    """Setzt die Rangfolge der Sozialräume: Wert, 95-%-Bereich und Lage zum Stadtwert als Tabelle, daneben das Bild.

    Sortiert vom belasteten Ende. Hat der Indikator kein Intervall, stehen nur die Werte da; hat die Stadt keinen Wert,
    entfällt die Lage zu ihm. Gibt es mehr Gebiete, als
    auf eine Seite passen, stehen nur die beiden Enden da; alle Werte enthält der Anhang.
    """
    i = Indikator(b, indikator)
    label = blocks.checked_label(id or f"fig-{indikator.replace('_', '-')}-rang", "fig")
    title = titel or f"{i.titel}: Rangfolge der {b.ebenen.unten.mehrzahl_bestimmt}, {i.stadt.stand}"
    # in the order of the printed values: which of two alike is higher is not told
    values = i.werte.assign(wert=as_printed(i.werte["wert"].astype(float), i.mass.decimals))
    table = Rankedtable(i, rows_for_a_page(in_order(values, i.richtung)))
    interval = " mit 95-%-Bereich" if table.ranged else ""
    rule = intervalwords.rule(i.werte, i.stadt.wert.number, b.ebenen.stadt.gesamtwert)
    caption = Caption(
        label,
        title,
        f"{captions.unit_line(i)}{interval}; {_FIRST[i.richtung]}",
        captions.source_of([i], extra=" ".join(filter(None, [rule, quelle]))),
        alternatives.ranking(i),
    )
    blocks.put(table.block(caption))


def in_order(values: pd.DataFrame, upward: int) -> pd.DataFrame:
    """The areas from the burdened end, like values by their numbers; those without a value at the end."""
    shown = values["status"] == Status.OK
    good = values[shown].sort_values(["wert", "nummer"], ascending=[upward > 0, True])
    return pd.concat([good, values[~shown].sort_values("nummer")])


def rows_for_a_page(ordered: pd.DataFrame) -> pd.DataFrame:
    """All rows; or, if there are too many, both ends of those with a value, with a row between them (raum_id "") that
    counts the rest, in which the picture shows them all.
    """
    if len(ordered) <= MOST:
        return ordered
    good = ordered[ordered["status"] == Status.OK]
    first, last = good.iloc[:ENDS], good.iloc[ENDS:].iloc[-ENDS:]
    rest = len(ordered) - len(first) - len(last)
    gap = pd.DataFrame({"kurzname": f"… {numbers.number(rest)} weitere", "status": Status.MISSING}, index=[""])
    return pd.concat([first, gap, last])


@dataclass(frozen=True)
class Rankedtable:
    """The rows of an indicator in their order: as a table, and as the picture beside it."""

    indicator: Indikator
    values: pd.DataFrame

    @property
    def ranged(self) -> bool:
        """Whether the indicator has intervals at all."""
        return bool(self.indicator.werte["unten"].notna().any())

    @property
    def compared(self) -> bool:
        """Whether the areas are told to lie above or below the city's value: where there are intervals and a value."""
        return self.ranged and self.indicator.stadt.ok

    def block(self, caption: Caption) -> Block:
        """The table with its picture, and a line that explains the marks, under its caption."""
        i, city, width = self.indicator, self.indicator.bestand.ebenen.stadt, LABEL if self.ranged else THIRD
        rows = [(str(area), row) for area, row in self.values.iterrows()]
        printed = [self._printed(area, row) for area, row in rows]
        rooms = [fitting([words[1] for words in printed], 8.0, weight=600)]
        if self.ranged:
            rooms.append(fitting([words[2] for words in printed], 16.0))
        if self.compared:
            rooms.append(fitting([words[3] for words in printed], 13.0) + SIGN)
        name = FULL - GUTTER - width - sum(rooms) - SPACE * (len(rooms) + 1) - NUMBER
        grid = Rowgrid.of(HEAD, [words[0] for words in printed], width=name, row=ROW)
        grid = replace(
            grid, rows=tuple(h if area else BETWEEN for h, (area, _) in zip(grid.rows, rows, strict=True))
        )
        table = Rowtable(
            [i.bestand.ebenen.unten.einzahl, *["Wert", "95-%-Bereich", f"zum {city.gesamtwert}"][: len(rooms)]],
            [self._cells(area, row, words) for (area, row), words in zip(rows, printed, strict=True)],
            " ".join(["1fr", *(f"{room:.1f}mm" for room in rooms)]),
            grid,
            left=(0, 3),
            grey=(2,),
            lines=tuple(range(ranking.STEP, len(rows), ranking.STEP)),
        )
        everybody = i.werte if "" in self.values.index else None
        figure = ranking.ranked(
            self.values, i.mass, grid, everybody, city_value=i.stadt.wert.number, upward=i.richtung, width=width
        )
        caption = captions.with_axes(caption, figure)
        drawn = Picture(caption.label, caption.alternative, {"wide": to_svg(figure, caption.title, caption.label)})
        marks = (MARKS_ALONE, RINGS_ALONE) if not i.stadt.ok else (MARKS, RINGS)
        told = marks[0 if self.ranged else 1].format(city.gesamtwert)
        beside = table.beside(drawn, width, told, ENDS_ONLY if "" in self.values.index else "")
        return blocks.framed(caption, beside)

    def _printed(self, area: str, row: pd.Series) -> list[str]:
        """Name and value of a row as words; where the indicator has intervals also interval and position."""
        words = [str(row["kurzname"]), "", "", ""]
        if not area and self.indicator.stadt.ok:
            words[0] += f"; {self.indicator.stadt.raum} {self.indicator.stadt}"
        if area:
            status, decimals = str(row["status"]), self.indicator.mass.decimals
            words[1] = captions.cell_of(row, decimals)
            words[2] = intervalwords.span(row["unten"], row["oben"], decimals)
            words[3] = str(Position(row["lage"])) if status == Status.OK else numbers.status_word(status)
        return words[: 2 + self.ranged + self.compared]

    def _cells(self, area: str, row: pd.Series, words: list[str]) -> list[str]:
        """The words of a row as cells: the name leads to the profile, the value is bold, the position is judged."""
        if not area:
            return words
        name = Markup(f"[{int(row['nummer'])}]{{nummer=ja}}{NBSP}") + links.mark(words[0], area)
        cells: list[str] = [name, bold(words[1]), *words[2:]]
        if self.compared and row["status"] == Status.OK:
            cells[3] = judgement.cell(Position(row["lage"]), self.indicator.richtung)
        return cells

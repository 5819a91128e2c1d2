"""Tables of a chapter: by Stadtbezirk, for all Sozialräume, by group, and any table of printed cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from sozialbericht import numbers
from sozialbericht.drawing.canvas.rowgrid import fitting
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.dimension import gliederung
from sozialbericht.findings.indicator import Indikator
from sozialbericht.numbers import NBSP
from sozialbericht.statistics.kind import Kind
from sozialbericht.status import Status
from sozialbericht.wording import intervalwords
from sozialbericht.writing import blocks, captions, frametable, links
from sozialbericht.writing.blocks import Caption, Layout
from sozialbericht.writing.links import Names

#: Room for the numbers beside the longest name of an area, gutter and widest column of a wide table, in mm.
NUMBERS, GUTTER, WIDEST = 95.2, 1.8, 22.0
#: What marks a column of intervals; how much of their room names give up to these, in mm.
BOUNDED, NAMES = ":bereich", 24.0
#: So many rows of the smallest areas a table in a chapter has at most.
MOST_ROWS = 46


def tabelle(
    b: Datenbestand, /, *tafel: pd.DataFrame | Iterable[Any], id: str, titel: str, einheit: str = "", quelle: str,
    stellen: int | Mapping[str, int] | None = None,
) -> None:  # fmt: skip
    """Setzt eine eigene Tabelle: eine Tafel (DataFrame) oder Kopf und Zeilen aus fertig gedruckten Zellen.

    Aus einer Tafel druckt der Bericht Zahlen, Daten und Zeichen wie überall; ``stellen``: Nachkommastellen aller oder
    einzelner Spalten (Spalte → Stellen). ``id`` beginnt mit „tbl-“.
    """
    if len(tafel) == 1 and isinstance(tafel[0], pd.DataFrame | pd.Series):
        heads, rows, layout = frametable.printed(b, tafel[0], stellen)
        source = " ".join([quelle, *captions.signs_in(cell for row in rows for cell in row)])
        put(b, heads, rows, Caption(id, titel, einheit, source), layout)
        return
    heads, rows = frametable.checked(*tafel)
    put(b, heads, rows, Caption(id, titel, einheit, quelle))


def put(
    b: Datenbestand, heads: Sequence[str], rows: Iterable[list[str]], caption: Caption, layout: Layout | None = None
) -> None:
    """Put a table of printed cells into the report."""
    blocks.checked_label(caption.label, "tbl")
    linked = _with_links(b, list(heads), rows, layout or Layout())
    blocks.put(blocks.table(caption, list(heads), linked, layout))


def _with_links(b: Datenbestand, heads: list[str], rows: Iterable[list[str]], layout: Layout) -> list[list[str]]:
    """The rows, in their columns of words the names of areas marked; under „Stadtbezirk“ one of these is meant."""
    names = {
        column: Names(
            b,
            (b.ebenen.mitte,) if heads[column] == b.ebenen.mitte.einzahl else (b.ebenen.unten, b.ebenen.mitte),
        )
        for column in layout.left
    }
    return [[names[c].marked(cell) if c in names else cell for c, cell in enumerate(row)] for row in rows]


def tabelle_bezirke(
    b: Datenbestand, spalten: list[str], *, id: str, titel: str, einheit: str = "", quelle: str = "",
    koepfe: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Setzt eine Tabelle der Stadtbezirke und der Stadt, eine Spalte je Indikator.

    Mit „:anzahl“ hinter dem Indikator sein Zähler, mit „:nenner“ sein Nenner, mit „:bereich“ sein 95-%-Bereich.
    ``koepfe`` gibt einzelnen Spalten einen anderen Kopf (Spalte → Text, „|“ erlaubt die Trennung). Wo es keine Ebene
    zwischen der Stadt und den kleinsten Gebieten gibt, stehen diese da, wenn sie auf eine Seite passen.
    """
    level = gliederung(b) or b.ebenen.unten
    areas = b.raeume(level).index
    if len(areas) > MOST_ROWS:
        blocks.put(blocks.absent(id, f"Für {len(areas)} {level.mehrzahl} ist kein Platz; alle Werte stehen im Anhang."))
        return
    heads = [(koepfe or {}).get(column) or head for column, head in zip(spalten, heads_of(b, spalten), strict=True)]
    rows = [[b.name(area), *cells_of(b, spalten, area)] for area in [*areas, b.stadt]]
    put(
        b,
        [level.einzahl, *heads],
        rows,
        Caption(id, titel, einheit, _source(b, spalten, rows, quelle)),
        Layout(columns="rand " + " ".join(["1fr"] * len(spalten)), groups=(len(rows) - 1,)),
    )


def tabelle_raeume(
    b: Datenbestand,
    spalten: list[str],
    *,
    id: str,
    titel: str,
    einheit: str = "",
    quelle: str = "",
    neue_seite: bool = False,
) -> None:
    """Setzt die Tabelle aller Sozialräume, nach Stadtbezirken gegliedert, die Stadt zuerst."""
    rows, groups = [[b.stadtname, *cells_of(b, spalten, b.stadt)]], [0]
    areas = b.raeume()
    for above in b.raeume(b.ebenen.mitte).index if b.ebenen.mitte else [b.stadt]:
        if above != b.stadt:
            groups.append(len(rows))
            rows.append([links.mark(b.name(above), str(above)), *cells_of(b, spalten, above)])
        for area in areas.index[areas["teil_von"] == above]:
            number = str(areas.at[area, "nummer"]).rjust(2, "\u2007")
            mark = "*" if areas.at[area, "erschlossen"] else ""
            rows.append([f"{number}\u00a0\u00a0{b.name(str(area))}{mark}", *cells_of(b, spalten, area)])
    widths = _widths(spalten, [row[1:] for row in rows])
    note = "* Name aus der Gliederung erschlossen." if areas["erschlossen"].any() else ""
    first = ", ".join(level.einzahl for level in (b.ebenen.mitte, b.ebenen.unten) if level)
    columns = " ".join(["1fr", *(f"{one:.1f}mm" for one in widths)])
    put(
        b,
        [first, *heads_of(b, spalten)],
        rows,
        Caption(id, titel, einheit, _source(b, spalten, rows, " ".join(filter(None, [note, quelle])))),
        Layout(columns=columns, groups=tuple(groups), wide=True, new_page=neue_seite),
    )


def _source(b: Datenbestand, columns: list[str], rows: list[list[str]], extra: str) -> str:
    """The source line, in which every sign that a cell has is explained."""
    told = captions.source_line(b, _names(columns), extra=extra)
    stated = captions.signs_in(cell for row in rows for cell in row)
    return " ".join([told, *(words for words in stated if words not in told)])


def _widths(columns: list[str], cells: list[list[str]]) -> list[float]:
    """The widths of the columns of a wide table in mm: intervals as wide as the widest, values share the rest."""
    spans = {k: fitting([row[k] for row in cells], 12.0) for k, name in enumerate(columns) if name.endswith(BOUNDED)}
    room = NUMBERS + NAMES * bool(spans) - sum(spans.values()) - GUTTER * len(columns)
    width = min(room / max(len(columns) - len(spans), 1), WIDEST)
    return [spans.get(k, width) for k in range(len(columns))]


def tabelle_gruppen(b: Datenbestand, gesamt: str, gruppen: Mapping[str, str], *, id: str, titel: str) -> None:
    """Setzt eine Tabelle der Stadt: die Zähler von Gruppen (Name → Indikator, ein Anteil), Anteile, Veränderung.

    ``gesamt`` ist der Indikator, dessen Zähler die Summenzeile bildet.
    """
    rows, before_that = [], b._verglichen(gesamt)
    for name, indicator in {"Insgesamt": gesamt, **gruppen}.items():
        value, change = b.wert(indicator), b.aenderung(indicator, seit=before_that)
        share = (
            "100" if indicator == gesamt else captions.cell(value.wert.number, value.wert.status, value.wert.decimals)
        )
        before = [numbers.status_sign(Status.NOT_MEANINGFUL)] * 2
        if change.ok:
            before = [numbers.number(change.alt.numerator), numbers.number(change.prozent.differenz, 1)]
        rows.append([name, captions.cell(value.wert.numerator, value.wert.status, 0), share, *before])
    stand, heads = b.wert(gesamt).stand, [b.wert(gesamt, jahr=before_that).stand, "Veränderung in %"]
    if not any(row[-1] != numbers.status_sign(Status.NOT_MEANINGFUL) for row in rows):  # nothing to compare with
        rows, heads = [row[:3] for row in rows], []
    uncertain = (
        [Status.NOT_MEANINGFUL] if any(row[-1] == numbers.status_sign(Status.NOT_MEANINGFUL) for row in rows) else []
    )
    put(
        b,
        ["Gruppe", stand, "Anteil in %", *heads],
        rows,
        Caption(
            id,
            f"{titel}, {stand}",
            f"{b.stadtname}; Personen, Anteile an allen in %",
            " ".join([captions.source_line(b, [gesamt]), *captions.signs(uncertain)]),
        ),
        Layout(columns="1fr" + " 26mm" * (2 + len(heads)), groups=(0,)),
    )


def cells_of(b: Datenbestand, columns: list[str], area: str) -> list[str]:
    """The printed cells of an area, one per column of :func:`tabelle_bezirke`."""
    cells = []
    for column in columns:
        name, _, part = column.partition(":")
        value = b.wert(name, area).wert
        if part == "anzahl":
            status = Status.MISSING if value.interval == Kind.DELIVERED else value.status
            cells.append(captions.cell(value.numerator, status, 0))
        elif part == "nenner":
            cells.append(captions.cell(value.denominator, value.status, 0))
        elif part == "bereich":
            cells.append(intervalwords.span(value.lower, value.upper, value.decimals))
        else:
            cells.append(captions.cell(value.in_table, value.status, value.decimals))
    return cells


def heads_of(b: Datenbestand, columns: list[str]) -> list[str]:
    """The heads of the columns of :func:`tabelle_bezirke`."""
    heads = []
    for column in columns:
        name, _, part = column.partition(":")
        if part == "bereich":
            heads.append("95-%-|Bereich")
        elif part == "anzahl":
            heads.append(Indikator(b, name).gezaehlt)
        else:
            heads.append(str(b.indikator(name)["kurzname"]).replace(" in %", f" in{NBSP}%"))
    return heads


def _names(columns: list[str]) -> list[str]:
    return list(dict.fromkeys(column.partition(":")[0] for column in columns))

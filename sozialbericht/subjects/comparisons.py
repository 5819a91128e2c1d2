"""Comparisons: two indicators against each other, development against a base year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.drawing.canvas.measure import Measure, Span
from sozialbericht.drawing.charts import scatter, series
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.wording.values import Wert
from sozialbericht.writing import captions, figures
from sozialbericht.writing.blocks import Caption
from sozialbericht.writing.drawnvalues import Drawnvalues


def streudiagramm(b: Datenbestand, waagerecht: str, senkrecht: str, *, id: str, titel: str, quelle: str = "") -> None:
    """Setzt zwei Indikatoren der Sozialräume gegeneinander, mit den Werten der Stadt als Linien."""
    both = [waagerecht, senkrecht]
    rows = [b.indikator(i) for i in both]
    table = b.daten(waagerecht)
    points = pd.DataFrame(
        {
            "x": table["wert"],
            "y": b.daten(senkrecht)["wert"],
            "kurzname": table["kurzname"],
            "nummer": table["nummer"],
        }
    )
    city = [b.wert(i) for i in both]
    titles = [f"{row['bezeichnung']} ({_unit(b, i)})" for row, i in zip(rows, both, strict=True)]

    def draw(narrow: bool) -> Figure:
        return scatter.scatter(
            points,
            city=(city[0].wert.number, city[1].wert.number),
            city_name=b.stadtname,
            titles=(titles[0], titles[1]),
            decimals=(city[0].wert.decimals, city[1].wert.decimals),
            narrow=narrow,
        )

    shown = points[points["x"].notna() & points["y"].notna()]
    text = (
        f"Streudiagramm von {len(shown)} {b.ebenen.unten.dativ}: waagerecht {rows[0]['bezeichnung']}, {city[0].stand}; "
    )
    text += f"senkrecht {rows[1]['bezeichnung']}, {city[1].stand}."
    for place, word in ((shown["x"].idxmin(), "niedrigsten"), (shown["x"].idxmax(), "höchsten")):
        x, y = b.wert(waagerecht, str(place)), b.wert(senkrecht, str(place))
        text += f" Waagerecht am {word}: {x.raum} ({x}; senkrecht {y})."
    hidden = len(points) - len(shown)
    note = (
        f"{hidden} {b.ebenen.unten.mehrzahl} ohne veröffentlichten Wert."
        if hidden > 1
        else f"{b.ebenen.unten.ein.capitalize()} {b.ebenen.unten.einzahl} ohne veröffentlichten Wert."
    )
    figures.put(
        b,
        draw,
        Caption(
            id,
            titel,
            f"{b.ebenen.unten.mehrzahl}; Linien: {b.stadtname}",
            captions.source_line(b, both, extra=" ".join(filter(None, [note if hidden else "", quelle]))),
            text,
        ),
        values=Drawnvalues.of_areas(b, dict(zip(both, titles, strict=True)), b.ebenen.stadt, b.ebenen.unten),
    )


def indexverlauf(b: Datenbestand, indikator: str, *, id: str, titel: str, quelle: str = "") -> None:
    """Setzt einen Indikator der Veränderung als Entwicklung nach Stadtbezirken, Basisjahr = 100."""
    base, row = _base(b, indikator), b.indikator(indikator)
    table, city = _as_index(b, indikator, b.ebenen.mitte), _as_index(b, indikator, b.ebenen.stadt).iloc[0]
    years = [int(year) for year in table.columns]

    def draw(narrow: bool) -> Figure:
        return series.panels(
            table,
            city,
            Measure(1, "Index", b.stadtname),
            Span(years),
            names={str(a): b.name(str(a)) for a in b.raeume(b.ebenen.mitte).index},
            narrow=narrow,
            from_zero=False,
        )

    high, low = b.hoechste(indikator, 1, b.ebenen.mitte), b.niedrigste(indikator, 1, b.ebenen.mitte)
    text = (
        f"Kleine Liniendiagramme, je {b.ebenen.mitte.einzahl_akkusativ}: {row['bezeichnung']} {base} bis {years[-1]}, "
        f"{base} = 100."
    )
    if high and low:
        text += f" Veränderung am höchsten {high[0].wo} ({high[0]}), am niedrigsten {low[0].wo} ({low[0]})"
        text += f"; {b.stadtname} {b.wert(indikator)}."
    figures.put(
        b,
        draw,
        Caption(
            id,
            f"{titel} {base} bis {years[-1]}",
            f"{base} = 100; kräftig: {b.ebenen.mitte.einzahl}, dünn: {b.stadtname}",
            captions.source_line(b, [indikator], chart="verlauf", extra=quelle),
            text,
        ),
        values=_printed(pd.concat([_as_index(b, indikator, b.ebenen.stadt), table]).rename(index=b.name), "Gebiet"),
    )


def indexlinien(b: Datenbestand, indikatoren: Mapping[str, str], *, id: str, titel: str, quelle: str = "") -> None:
    """Setzt Indikatoren der Veränderung (→ Name) als Linien der Stadt, Basisjahr = 100."""
    base = _base(b, next(iter(indikatoren)))
    table = pd.concat([_as_index(b, i, b.ebenen.stadt).set_axis([name]) for i, name in indikatoren.items()])
    years = [int(year) for year in table.columns]
    values: dict[str, Wert] = {name: b.wert(i) for i, name in indikatoren.items()}
    told = "; ".join(f"{name} {value}" for name, value in values.items() if value.ok)
    figures.put(
        b,
        lambda narrow: series.lines(table, Measure(1, f"{base} = 100"), Span(years), narrow=narrow, from_zero=False),
        Caption(
            id,
            f"{titel} {base} bis {years[-1]}",
            f"{b.stadtname}, {base} = 100",
            captions.source_line(b, list(indikatoren), chart="verlauf", extra=quelle),
            f"Liniendiagramm: {titel} in {b.stadtname} {base} bis {years[-1]}, {base} = 100. "
            f"Veränderung bis {years[-1]}: {told}.",
        ),
        values=_printed(table, "Indikator"),
    )


def _base(b: Datenbestand, indicator: str) -> int:
    row = b.indikator(indicator)
    if row["art"] != "veraenderung":
        raise ValueError(f"Der Indikator „{indicator}“ hat kein Basisjahr.")
    return int(row["basisjahr"])


def _as_index(b: Datenbestand, indicator: str, level: Ebene) -> pd.DataFrame:
    """Areas in rows, years from the base year on in columns, base year = 100."""
    base = _base(b, indicator)
    table = figures.by_year(b, indicator, level)
    table = table[[year for year in table.columns if int(year) > base]] + 100
    table.insert(0, base, 100.0)
    return table


def _printed(table: pd.DataFrame, head: str) -> Drawnvalues:
    """The drawn index series as a table; an empty cell where nothing is drawn."""
    return Drawnvalues.of_cells(head, table, lambda number: "" if pd.isna(number) else numbers.number(number, 1))


def _unit(b: Datenbestand, indicator: str) -> str:
    row = b.indikator(indicator)
    return str(row["bezug"]) if row["einheit"] == "Index" else f"{row['einheit']} {row['bezug']}"

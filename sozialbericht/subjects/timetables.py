"""Tables over the years: all indicators of the city, and the main indicators by Stadtbezirk."""

from __future__ import annotations

import pandas as pd

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.escaping import Markup, bold, listed, slugged
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.status import Status
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks, captions, prose, tables
from sozialbericht.writing.blocks import Caption, Layout

#: Indicators that fit beside the names of the areas, each with its interval.
COLUMNS = 4
#: Up to so many years the columns stay narrow, beside the names.
FEW = 4


def wegweiser(b: Datenbestand) -> None:
    """Setzt je Dimension, in welchen Tabellen des Anhangs ihre Werte stehen."""
    lines = []
    for dimension in b.dimensionen():
        slug = slugged(dimension)
        parts = len(balanced(list(b.indikatoren(dimension).index), COLUMNS))
        tables = ["@tbl-" + slug + (f"-{n}" if n > 1 else "") for n in range(1, parts + 1)]
        over = f"; über die Jahre ab @tbl-jahre-{slug}" if len(_stands(b, dimension)) > 1 else ""
        lines.append(bold(f"{dimension}:") + Markup(f" {enumeration(tables)}{over}"))
    blocks.put(blocks.paragraph(listed(lines)))


def zeitreihen(b: Datenbestand, dimension: str) -> None:
    """Setzt die Zeitreihen einer Dimension: alle Indikatoren der Stadt, die Hauptindikatoren nach Stadtbezirken.

    Hauptindikatoren sind die mit festgelegten Klassengrenzen. Gibt es nur einen Stand, sagt das ein Satz.
    """
    slug = slugged(dimension)
    prose.abschnitt(b, dimension, f"sec-zeitreihen-{slug}")
    catalogue = b.indikatoren(dimension)
    stands = _stands(b, dimension)
    if len(stands) < 2:
        year = f" ({stands[0]})" if stands else ""
        blocks.put(blocks.paragraph(Markup(f"Es liegt nur ein Stand vor{year}; die Werte stehen in @tbl-{slug}.")))
        return
    _city_table(b, dimension, stands, f"tbl-jahre-{slug}")
    for name in catalogue.index[catalogue["klassengrenzen"].astype(bool)]:
        tabelle_jahre(b, str(name), id=f"tbl-jahre-{str(name).replace('_', '-')}")


def tabelle_jahre(b: Datenbestand, indikator: str, *, id: str) -> None:
    """Setzt einen Indikator für die Stadt und die Stadtbezirke, eine Spalte je Stand; Brüche stehen im Kopf."""
    row = b.indikator(indikator)
    series = pd.concat([_series(b, indikator, level) for level in (b.ebenen.stadt, b.ebenen.mitte)])
    districts = b.raeume(b.ebenen.mitte).index
    rows = [[b.name(str(area)), *series.loc[area]] for area in [*districts, b.stadt]]
    years = [int(year) for year in series.columns]
    heads = _heads_of_years(years, _cuts(b, [indikator], years), b._zeitbezug(indikator))
    when = _when(b, indikator)
    each = "je" if when in ("Jahr", "Schuljahr") else "jeweils"
    width = "1fr" if len(years) > FEW else "16mm"
    tables.put(
        b,
        [b.ebenen.mitte.einzahl, *heads],
        rows,
        Caption(
            id,
            f"{row['bezeichnung']} nach {b.ebenen.mitte.dativ}",
            captions.unit_line(Indikator(b, indikator)),
            _source(b, [indikator], rows, f"Stand {each} {when}"),
        ),
        Layout(columns=" ".join(["rand"] + [width] * len(years)), groups=(len(rows) - 1,), wide=True),
    )


def _city_table(b: Datenbestand, dimension: str, years: list[int], label: str) -> None:
    catalogue = b.indikatoren(dimension)
    rows = []
    for name, row in catalogue.iterrows():
        unit = str(row["einheit"])
        series = _series(b, str(name), b.ebenen.stadt)
        absent = numbers.status_sign(Status.MISSING)
        cells = [str(series.at[b.stadt, year]) if year in series.columns else absent for year in years]
        told = unit == "Index" or str(row["bezeichnung"]).startswith(unit)
        words = "" if told else f" {unit}" if unit.startswith("je ") else f" in{numbers.NBSP}{unit}"
        what = f"{row['bezeichnung']}{words}"
        rows.append([what, _when(b, str(name)), *cells])
    periods = {b._zeitbezug(str(i)) for i in catalogue.index}
    cuts = _cuts(b, [str(i) for i in catalogue.index], years)
    tables.put(
        b,
        ["Indikator", "Stand", *_heads_of_years(years, cuts, periods.pop() if len(periods) == 1 else "jahr")],
        rows,
        Caption(
            label,
            f"{dimension}: {b.stadtname} im Zeitverlauf",
            "Jahr des Standes; Einheit beim Indikator",
            _source(b, [str(i) for i in catalogue.index], rows),
        ),
        Layout(columns="1fr 15mm " + " ".join(["9.6mm"] * len(years)), left=(0, 1), wide=True),
    )


def _source(b: Datenbestand, indicators: list[str], rows: list[list[str]], when: str = "") -> str:
    """The source line: sources, Stand, reasons of the breaks, signs in use."""
    parts = (part.strip() for i in indicators for part in str(b.indikator(i)["quelle"]).split(","))
    reasons = [
        f"Bruch {cut['ab'].year}: {cut['grund']} Über den Bruch hinweg nicht vergleichbar."
        for i in indicators
        for _, cut in b.brueche(i).iterrows()
    ]
    first = "; ".join(filter(None, [", ".join(dict.fromkeys(parts)), when]))
    return " ".join(dict.fromkeys([f"{first}.", *reasons, *_signs(rows)]))


def _stands(b: Datenbestand, dimension: str) -> list[int]:
    """The years for which at least one indicator of a dimension has a Stand."""
    names = b.indikatoren(dimension).index
    return sorted({int(year) for i in names for year in _series(b, str(i), b.ebenen.stadt).columns})


def _series(b: Datenbestand, indikator: str, level: Ebene) -> pd.DataFrame:
    """Printed values of a level: one row per area, one column per year of a Stand."""
    decimals = int(b.indikator(indikator)["nachkommastellen"])
    table = b.reihe(indikator, level)
    table = table[table["stand_zaehler"].notna()]
    printed = table.assign(
        stand=table["stand_zaehler"].dt.year,
        zelle=[captions.cell_of(row, decimals) for _, row in table.iterrows()],
    )
    return printed.pivot(index="raum_id", columns="stand", values="zelle")


def _when(b: Datenbestand, indikator: str) -> str:
    period = b._zeitbezug(indikator)
    month = captions.MONTHS[int(b.indikator(indikator)["bezug_monat"]) - 1]
    return {"schuljahr": "Schuljahr", "jahr": "Jahr"}.get(period, month)


def _cuts(b: Datenbestand, indicators: list[str], years: list[int]) -> set[int]:
    """The first years after a break that have one before them."""
    return {cut.year for i in indicators for cut in b.brueche(i)["ab"] if years[0] < cut.year <= years[-1]}


def _heads_of_years(years: list[int], cuts: set[int], period: str) -> list[str]:
    names = [f"{year}/{(year + 1) % 100:02}" if period == "schuljahr" else str(year) for year in years]
    return [f"Bruch {name}" if year in cuts else name for year, name in zip(years, names, strict=True)]


def _signs(rows: list[list[str]]) -> list[str]:
    """The explanation of the signs that stand in printed rows."""
    among = ["nothing", Status.LIMITED, Status.WITHHELD, Status.UNRELIABLE, Status.MISSING, Status.NOT_MEANINGFUL]
    return captions.signs_in((cell for row in rows for cell in row), among)


def balanced(names: list[str], most: int) -> list[list[str]]:
    """The names in as few parts as hold ``most`` each, the parts as equal as can be: 10 by 8 → 5 and 5."""
    count = -(-len(names) // most)
    size = -(-len(names) // count) if count else 1
    return [names[i : i + size] for i in range(0, len(names), size)]

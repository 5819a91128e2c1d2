"""A small publication of the invented city, honest in every format, for the red team to plant leaks in."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import typst

from sozialbericht.audit.cells import Shown
from sozialbericht.findings import tablestore
from sozialbericht.numbers import rounded, shown
from sozialbericht.statistics import indicators
from sozialbericht.statistics.cube import aggregate
from sozialbericht.status import Status

CITY = Path(__file__).resolve().parents[1] / "stadt"
INDICATORS = ("alo_u25_anteil", "arbeitslosenquote", "hilfequote")
CLASSES = ((2.0, None), (1.0, 2.0), (None, 1.0))
SIGN = "."


def tables(year: int = 2006) -> Shown:
    """What the tables of the invented city would allow to be printed under the primary rule alone, which does not hold:
    counts of 1 and 2 and complements of 1 and 2 are withheld, nothing else."""
    held = tablestore.of(CITY).tables()
    cube = primary_alone(aggregate(held.values, held.areas), held.features)
    years = [one for one in held.years if one <= year]
    catalogue = held.indicators.assign(unsicher_ab=99.0)  # small numbers that are shown are what leaks are planted in
    values = indicators.compute(cube, held.areas, catalogue, held.breaks, years)
    shown_values = values.set_index(["indikator", "jahr", "raum_id"]).sort_index()
    return Shown(held, cube[cube["stichtag"].dt.year <= year], shown_values)


def primary_alone(cube: pd.DataFrame, features: pd.DataFrame) -> pd.DataFrame:
    """The cube without small counts and small complements of sensitive features."""
    out = cube.copy()
    sensitive = out["merkmal"].map(features["sensibel"]).astype(bool)
    whole = out["merkmal"].map(features["teil_von"]).fillna("")
    key = pd.MultiIndex.from_frame(out[["raum_id", "merkmal", "stichtag"]])
    wanted = pd.MultiIndex.from_arrays([out["raum_id"], whole, out["stichtag"]])
    total = pd.Series(out["wert"].to_numpy(), index=key).reindex(wanted).to_numpy()
    complement = np.isin(total - out["wert"].to_numpy(), (1, 2))
    hidden = sensitive & (out["status"] == Status.OK) & (out["wert"].isin((1, 2)) | complement)
    out.loc[hidden, ["wert", "rest"]] = np.nan
    out.loc[hidden, "status"] = Status.WITHHELD
    out.loc[out["status"] == Status.WITHHELD, ["wert", "rest"]] = np.nan
    out.loc[sensitive & out["rest"].isin((1, 2)), "rest"] = np.nan
    return out


def printed(data: Shown, indicator: str, area: str, year: int = 0) -> str:
    """A value as it is printed: the number, or the sign in its place."""
    row = data.rows[indicator, year or data.year, area]
    return shown(row.number, row.status, data.decimals[indicator])


def publish(folder: Path, data: Shown) -> Path:
    """Write the publication: a page with its pictures and data, a PDF, a notebook and a manifest."""
    (folder / "html" / "bilder").mkdir(parents=True)
    (folder / "projekt").mkdir()
    write(folder / "html" / "tabellen.html", page(data))
    write(folder / "html" / "bilder" / "fig-alo-u25-anteil-rang.web.svg", chart(data))
    write(folder / "html" / "bilder" / "fig-alo-u25-anteil-karte.web.svg", map_picture(data))
    write(folder / "html" / "daten.csv", table_file(data))
    index = [{"adresse": "tabellen.html", "titel": "Tabellen", "text": sentences(data)}]
    write(folder / "html" / "suchdaten.js", f"window.suchdaten = {json.dumps(index, ensure_ascii=False)};\n")
    (folder / "bericht.pdf").write_bytes(typst.compile(document(data).encode()))
    cells = [{"cell_type": "markdown", "metadata": {}, "source": f"# Arbeitslosigkeit\n\n{sentences(data)}"}]
    notebook = {"cells": cells, "metadata": {"kernelspec": {"name": "python3"}}, "nbformat": 4, "nbformat_minor": 5}
    write(folder / "projekt" / "arbeitslosigkeit.ipynb", json.dumps(notebook))
    write(folder / "manifest.json", json.dumps({"schema": 1, "files": [{"path": "bericht.pdf", "size": 4711}]}))
    return folder


def write(path: Path, text: str) -> None:
    """Write a text file."""
    path.write_text(text, encoding="utf-8")


def areas(data: Shown) -> list[tuple[str, str]]:
    """The smallest areas with their names."""
    table = data.tables.areas
    return [(str(area), str(name)) for area, name in table["kurzname"][table["ebene"] == "sozialraum"].items()]


def sentences(data: Shown) -> str:
    """What is said of every area, and of those without a value that there is none."""
    said = []
    for area, name in areas(data):
        value = printed(data, "alo_u25_anteil", area)
        words = "geheim gehalten" if value == SIGN else f"{value} %"
        said.append(f"Anteil der unter 25-Jährigen an den Arbeitslosen in {name}: {words}.")
    return " ".join(said)


def page(data: Shown) -> str:
    """The page with the table of all areas and two pictures."""
    heads = "".join(f"<th>{data.tables.indicators.at[name, 'bezeichnung']}</th>" for name in INDICATORS)
    rows = [
        f"<tr><th>{number} {name}</th>"
        + "".join(f"<td>{printed(data, indicator, area)}</td>" for indicator in INDICATORS)
        + "</tr>"
        for number, (area, name) in enumerate(areas(data), start=1)
    ]
    best = "Hafen (4,6 %), am niedrigsten Mühlenberg (0,0 %)"
    return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Tabellen</title>
<meta name="description" content="Alle Gebiete."></head><body><h1>Tabellen</h1>
<figure id="tbl-alle"><figcaption>Tabelle 1: Alle Sozialräume, 2006</figcaption>
<table><thead><tr><th>Sozialraum</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></figure>
<p>{sentences(data)}</p>
<figure id="fig-alo-u25-anteil-rang"><figcaption>Anteil der unter 25-Jährigen an den Arbeitslosen</figcaption>
<img src="bilder/fig-alo-u25-anteil-rang.web.svg" alt="Rangfolge: Am höchsten {best}."></figure>
<figure id="fig-alo-u25-anteil-karte"><figcaption>Anteil der unter 25-Jährigen an den Arbeitslosen</figcaption>
<img src="bilder/fig-alo-u25-anteil-karte.web.svg" alt="Karte: Am höchsten {best}."></figure>
</body></html>
"""


def place(data: Shown, area: str, *, exact: bool = False) -> float | None:
    """Where the mark of an area stands in the chart; None without a value."""
    row = data.rows["alo_u25_anteil", data.year, area]
    if row.status != "ok":
        return None
    return round(100 + 60 * (row.number if exact else rounded(row.number, 1)), 2)


def chart(data: Shown, *, exact: bool = False) -> str:
    """The ranked chart: a row for each area, a dot where there is a value."""
    parts = []
    for number, (area, name) in enumerate(areas(data)):
        top = 20.0 * number
        parts.append(
            f'<g class="raum {area}"><path d="M0 {top}L400 {top}L400 {top + 20}L0 {top + 20}z" style="fill:none"/></g>'
            f'<text x="4" y="{top + 12}">{name}</text>'
        )
        at = place(data, area, exact=exact)
        if at is not None:
            parts.append(f'<use href="#punkt" x="{at}" y="{top + 10}" style="fill:#07566a"/>')
    return svg("Anteil der unter 25-Jährigen an den Arbeitslosen: Rangfolge", "".join(parts))


def map_picture(data: Shown) -> str:
    """The map with its legend: areas in the colour of their class, without a value in none."""
    parts = []
    values = {area: data.rows["alo_u25_anteil", data.year, area] for area, _ in areas(data)}
    shown_values = [row.number for row in values.values() if row.status == "ok"]
    for number, (low, high) in enumerate(CLASSES):
        count = sum((low or -1) <= value < (high or 1e9) for value in shown_values)
        if high is None:
            words = f"{low:.1f} und mehr"
        else:
            words = f"unter {high:.1f}" if low is None else f"{low:.1f} bis unter {high:.1f}"
        at = 20 + 15 * number
        parts.append(f'<text x="4" y="{at}">{words.replace(".", ",")}</text><text x="90" y="{at}">{count}</text>')
    for number, (area, row) in enumerate(values.items()):
        x = 150 + 30 * number
        outline = ((0, 0), (9, -3), (20, 0), (22, 9), (20, 20), (9, 23), (0, 20))
        corners = " ".join(f"{x + right} {80 + down}" for right, down in outline)
        parts.append(f'<g class="raum {area}"><path d="M{corners}z" style="fill:{colour(row.number)}"/></g>')
    return svg("Anteil der unter 25-Jährigen an den Arbeitslosen: Karte", "".join(parts))


def colour(number: float) -> str:
    """The fill of an area's class."""
    return next(
        (fill for fill, (low, high) in zip(("#00415a", "#51a097", "#f3edd7"), CLASSES, strict=True)
         if (low or -1) <= number < (high or 1e9)),
        "#ffffff",
    )  # fmt: skip


def svg(title: str, inner: str) -> str:
    """A picture."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="140mm" height="50mm" viewBox="0 0 400 140">'
        f"<title>{title}</title>{inner}</svg>\n"
    )


def table_file(data: Shown) -> str:
    """All values as a file to download."""
    lines = ["raum_id;indikator;wert"]
    lines += [f"{area};{name};{printed(data, name, area)}" for area, _ in areas(data) for name in INDICATORS]
    return "\n".join(lines) + "\n"


def document(data: Shown, more: str = "", head: str = "") -> str:
    """The source of the PDF."""
    rows = "".join(
        f"[{name}], " + ", ".join(f"[{printed(data, indicator, area)}]" for indicator in INDICATORS) + ",\n"
        for area, name in areas(data)
    )
    heads = ", ".join(f"[{data.tables.indicators.at[name, 'bezeichnung']}]" for name in INDICATORS)
    return f"""#set document(title: "Bericht", date: none)
{head}
#set text(lang: "de")
= Tabellen
#figure(caption: [Alle Sozialräume, 2006], table(columns: 4, table.header([Sozialraum], {heads}),
{rows}))
{sentences(data)}

{more}
"""

"""A made city of any size: a chequerboard of areas with one indicator, for measuring how cost grows."""

from __future__ import annotations

import json
import math
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TABLES = ("raeume", "merkmale", "indikatoren", "werte", "brueche", "geometrie")
#: Areas of a district; width of a square in degrees.
DISTRICT, WIDTH = 13, 0.01


def write_city(folder: Path, areas: int, years: range) -> Path:
    """Write a data folder with so many areas and years; the numbers are made, the same each time."""
    (folder / "werte").mkdir(parents=True)
    descriptor = json.loads((PROJECT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] in TABLES]
    columns = {r["name"]: [f["name"] for f in r.get("schema", {}).get("fields", [])] for r in descriptor["resources"]}
    for resource in descriptor["resources"]:
        if resource["name"] == "werte":
            resource["path"] = [f"werte/{year}.csv" for year in years]
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")

    names = [f"sr_gebiet_{n}" for n in range(areas)]
    rows = [{"raum_id": "st_raster", "name": "Rasterstadt", "ebene": "stadt"}]
    rows += [
        {"raum_id": f"sb_{d}", "name": f"Bezirk {d + 1}", "ebene": "stadtbezirk", "teil_von": "st_raster"}
        for d in range(math.ceil(areas / DISTRICT))
    ]
    rows += [
        {"raum_id": name, "nummer": str(n + 1), "name": f"Gebiet {n + 1}", "ebene": "sozialraum",
         "teil_von": f"sb_{n // DISTRICT}"}
        for n, name in enumerate(names)
    ]  # fmt: skip
    for row in rows:
        row |= {"kurzname": row["name"], "namensherkunft": "belegt", "gueltig_von": "2000-01-01"}
    _table(folder / "raeume.csv", columns["raeume"], rows)
    _table(
        folder / "merkmale.csv",
        columns["merkmale"],
        [{"merkmal": "ew", "bezeichnung": "Bevölkerung", "einheit": "Personen", "zeitbezug": "stichtag",
          "sensibel": "nein", "quelle": "gemacht"},
         {"merkmal": "alo", "bezeichnung": "Arbeitslose", "einheit": "Personen", "zeitbezug": "stichtag",
          "sensibel": "ja", "teil_von": "ew", "quelle": "gemacht"}],
    )  # fmt: skip
    rate = {
        "indikator": "rate", "dimension": "Arbeit", "bezeichnung": "Arbeitslosenrate", "kurzname": "Rate",
        "art": "anteil",
        "zaehler": "alo", "nenner": "ew", "faktor": "100", "einheit": "%", "bezug": "der Bevölkerung",
        "nachkommastellen": "1", "richtung": "belastung", "bezug_monat": "12", "verzug_jahre": "0",
        "nenner_stand": "gleich",
        "herkunft": "eigene", "definition": "Arbeitslose an der Bevölkerung.", "quelle": "gemacht",
    }  # fmt: skip
    _table(folder / "indikatoren.csv", columns["indikatoren"], [rate])
    _table(folder / "brueche.csv", columns["brueche"], [])
    for year in years:
        rows = []
        for n, name in enumerate(names):
            people = 800 + n * 7919 % 4000
            unemployed = people * (4 + (n * 31 + year) % 17) // 100
            rows += [
                {"raum_id": name, "merkmal": m, "stichtag": f"{year}-12-31", "wert": str(value)}
                for m, value in (("ew", people), ("alo", unemployed))
            ]
        _table(folder / "werte" / f"{year}.csv", columns["werte"], rows)
    _polygons(folder / "raeume.geojson", names)
    return folder


def _table(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    lines = [";".join(columns), *(";".join(row.get(column, "") for column in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _polygons(path: Path, names: list[str]) -> None:
    across = math.ceil(math.sqrt(len(names)))
    features = []
    for n, name in enumerate(names):
        x, y = 7.3 + n % across * WIDTH, 51.0 + n // across * WIDTH
        ring = [[x, y], [x + WIDTH, y], [x + WIDTH, y + WIDTH], [x, y + WIDTH], [x, y]]
        ring = [[round(a, 6), round(b, 6)] for a, b in ring]
        features.append(
            {"type": "Feature", "properties": {"raum_id": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def write_notebooks(folder: Path, number: int) -> None:
    """Write so many notebooks, each with a map, a series and a table of the made indicator."""
    folder.mkdir(parents=True)
    code = [
        ["# Parameter\n", "jahr = 2006\n", "vergleichsjahr = 2005\n", 'daten = "data"'],
        [
            "from sozialbericht.bericht import Bericht\n",
            "\n",
            "b = Bericht(jahr, vergleichsjahr, daten)\n",
            'b.karte("rate")',
        ],
        ['b.verlauf("rate")'],
        ['b.tabelle_bezirke(["rate:anzahl", "rate"], id="tbl-rate", titel="Rate")'],
    ]
    for n in range(number):
        cells = [
            {"cell_type": "code", "id": f"zelle-{i}", "metadata": {"tags": ["parameters"]} if i == 0 else {},
             "source": source, "outputs": [], "execution_count": None}
            for i, source in enumerate(code)
        ]  # fmt: skip
        kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        text = json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})
        (folder / f"{n + 1:02}_kapitel.ipynb").write_text(text, encoding="utf-8")

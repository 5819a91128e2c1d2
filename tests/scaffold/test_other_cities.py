"""New projects of other kinds: columns that are no part of the population, a city of four levels."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import lookalike
import pytest
from lookalike import wished

from sozialbericht.bericht import Bericht
from sozialbericht.findings import dimension
from sozialbericht.order import project
from sozialbericht.rendering import production
from sozialbericht.scaffold import newproject
from sozialbericht.scaffold.given import brief


@pytest.fixture(autouse=True)
def _no_project_is_named():
    yield
    project.work_in(None)


def test_what_is_no_part_of_the_population_gets_a_draft(tmp_path):
    """Cars exceed the inhabitants somewhere, money is measured, pupils are counted on a day without inhabitants, and
    beds in a year without."""
    keys, said = lookalike.all_keys(), []
    table, pupils, beds = (tmp_path / f"{n}.csv" for n in ("x-2019-12-31", "x-2019-09-01", "x-2016-12-31"))
    cells = [f"{k},{3 * lookalike.counts(k, 2019)[0]},{1000 + int(k)}.5" for k in keys]
    table.write_text("\n".join(["id,cars,income", *cells, ""]), encoding="utf-8")
    pupils.write_text("\n".join(["id,pupils", *(f"{k},{int(k)}" for k in keys), ""]), encoding="utf-8")
    beds.write_text("\n".join(["id,beds", *(f"{k},{int(k)}" for k in keys), ""]), encoding="utf-8")
    wish = wished(tmp_path, tmp_path / "p", units={"income": "Euro", "cars": "Autos"})
    newproject.make(replace(wish, values=(*wish.values, table, pupils, beds)), said.append)
    with (tmp_path / "p" / "data" / "indikatoren.csv").open(encoding="utf-8", newline="") as file:
        found = {row["zaehler"]: row for row in csv.DictReader(file, delimiter=";")}
    assert set(found) == {"below_18", "foreigners", "cars", "income", "pupils"}
    assert [found[k]["art"] for k in ("cars", "income", "below_18")] == ["verhaeltnis", "verhaeltnis", "anteil"]
    assert (found["cars"]["faktor"], found["income"]["faktor"], found["income"]["einheit"]) == ("100", "1", "Euro")
    told = "\n".join(said)
    assert "als Entwurf auf sie bezogen: cars, income" in told and "Bitte prüfen" in told
    assert "noch ohne Indikator: beds" in told
    value = Bericht(2019, daten=tmp_path / "p" / "data").wert("income_je_kopf", "pr_0203").wert
    assert value.number == pytest.approx(1203.5 / lookalike.counts("0203", 2019)[0])


@pytest.mark.slow
def test_a_city_of_four_levels_renders(tmp_path):
    """Three districts of two parts of two quarters: a page has a ranking and small charts of few areas, and the audit
    takes no mark of one for a mark of the other."""
    keys = [f"{district}{part}{quarter}" for district in "123" for part in "12" for quarter in "12"]
    features = [lookalike.feature(key, at) for at, key in enumerate(keys)]
    for key, feature in zip(keys, features, strict=True):
        feature["properties"]["NAME"] = f"Quartier {key}"
    areas, parts, tables = tmp_path / "vier.geojson", tmp_path / "teile.csv", []
    areas.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    listed = [f"{key[:2]},Teil {key[:2]}" for key in keys[::2]]
    parts.write_text("\n".join(["id,name", *listed, ""]), encoding="utf-8")
    districts = tmp_path / "drei.csv"
    districts.write_text("id,name\n1,Nordstadt\n2,Südstadt\n3,Weststadt\n", encoding="utf-8")
    for year in (2018, 2019):
        tables.append(tmp_path / f"v-{year}-12-31.csv")
        more = year - 2017
        cells = [f"{k},{900 + 37 * int(k) % 1300 + 11 * more},{150 + 37 * int(k) % 97 + more}" for k in keys]
        tables[-1].write_text("\n".join(["id,inhabitants,below_18", *cells, ""]), encoding="utf-8")
    levels = tuple(map(brief.level, ("quartier", f"stadtteil:{parts}", f"bezirk:{districts}")))
    wish = wished(tmp_path, tmp_path / "p", areas=areas, levels=levels, values=tuple(tables))
    newproject.make(wish, lambda line: None)
    b = Bericht(2019, daten=tmp_path / "p" / "data")
    assert list(dimension.darueber(b, b.ebenen["bezirk"])) == ["Nordstadt"] * 4 + ["Südstadt"] * 4 + ["Weststadt"] * 4
    assert list(dimension.darueber(b, b.ebenen["stadtteil"])[:3]) == ["Teil 11", "Teil 11", "Teil 12"]
    assert set(dimension.darueber(b, b.ebenen.stadt)) == {"Zwanzigstadt"}
    request = production.Request(2019, engine="builtin", data=tmp_path / "p" / "data", formats=("pdf",))
    assert production.make(request, root=tmp_path / "p").pdf.is_file()

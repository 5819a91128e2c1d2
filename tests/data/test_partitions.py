"""Partitions: declared in the contract, checked for every area and Stichtag, used for the numerators."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from sozialbericht.data import partitions
from sozialbericht.data.contract import load
from sozialbericht.data.partitions import Partition, of, stored

DATA = Path(__file__).parents[2] / "data"
HEAD = "zerlegung;ganzes;teil;bemerkung"


@pytest.fixture
def split(city):
    """The small city with the unemployed under 25 and from 25, which add up."""
    content = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    entry = next(e for e in content["resources"] if e["name"] == partitions.NAME)
    city.describe(lambda d: d["resources"].append(entry))
    city.append("merkmale.csv", "alo_25plus;Arbeitslose ab 25 Jahren;Personen;monat;ja;alo;Arbeitsagentur")
    for file in sorted((city.folder / "werte").glob("*.csv")):
        cells = [line.split(";") for line in city.lines(f"werte/{file.name}")[1:]]
        values = {tuple(cell[:3]): cell[3] for cell in cells}
        for (area, feature, day), value in values.items():
            if feature == "alo" and value.isdigit() and values.get((area, "alo_u25", day), "x").isdigit():
                rest = int(value) - int(values[area, "alo_u25", day])
                city.append(f"werte/{file.name}", f"{area};alo_25plus;{day};{rest}")
            elif feature == "alo":
                city.append(f"werte/{file.name}", f"{area};alo_25plus;{day};…")
    declare(city, "alter;alo;alo_u25;", "alter;alo;alo_25plus;")
    return city


def declare(city, *rows):
    (city.folder / "zerlegungen.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")


def test_partitions_are_read(split):
    found = of(split.load().others[partitions.NAME])
    assert found == [Partition("alter", "alo", ("alo_u25", "alo_25plus"))]


def test_without_the_file_nothing_is_declared(split):
    (split.folder / "zerlegungen.csv").unlink()
    assert of(split.load().others.get(partitions.NAME)) == []
    declare(split)
    assert of(split.load().others[partitions.NAME]) == []


def test_a_part_may_be_missing_from_the_delivery(split):
    declare(split, "alter;alo;alo_u25;", "alter;alo;;ab 25 nicht geliefert")
    assert of(split.load().others[partitions.NAME]) == [Partition("alter", "alo", ("alo_u25",), complete=False)]


def test_a_partition_that_does_not_add_up(split):
    file = "werte/2006.csv"
    row = next(line for line in split.lines(file) if ";alo_25plus;" in line and line[-1].isdigit())
    area, _, day, value = row.split(";")
    split.edit(file, row, f"{area};alo_25plus;{day};{int(value) - 1}")
    fault = split.fault()
    assert "2006.csv" in fault.place
    assert split.lines(file)[fault.row - 1].startswith(f"{area};alo;{day};")
    date = ".".join(reversed(day.split("-")))
    assert f"1 weniger („{area}“, Stichtag {date}, Zerlegung „alter“)" in fault.what
    assert "alo_u25 + alo_25plus sind zusammen" in fault.what


def test_parts_that_are_more_than_an_incompletely_delivered_whole(split):
    declare(split, "alter;alo;alo_u25;", "alter;alo;alo_25plus;", "alter;alo;;ohne Angabe")
    split.load()
    file = "werte/2006.csv"
    row = next(line for line in split.lines(file) if ";alo_25plus;" in line and line[-1].isdigit())
    split.edit(file, row, row[: row.rindex(";") + 1] + str(int(row.split(";")[3]) + 2))
    assert "2 mehr" in split.fault().what


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["alter;alo;alo_u25;", "alter;alo;alo_25;"], "„alo_25“"),
        (["alter;arbeit;alo_u25;"], "„arbeit“"),
        (["alter;alo;alo;"], "„alo“ ist ein Teil von sich selbst"),
        (["alter;alo;alo_u25;", "alter;ew;alo_25plus;"], "hat hier das Ganze „ew“, weiter oben „alo“"),
        (["alter;alo;alo_u25;", "alter;alo;alo_u25;"], "„alo_u25“ steht in der Zerlegung „alter“ zweimal"),
        (["alter;alo;;"], "hat keine Teile"),
        (["a;alo;alo_u25;", "a;alo;;", "b;alo_u25;alo;", "b;alo_u25;;"], "ein Teil von sich selbst"),
        (["Alter;alo;alo_u25;", "Alter;alo;;"], "Alter"),
    ],
)
def test_faulty_partitions(split, rows, told):
    declare(split, *rows)
    faults = split.faults()
    assert all("zerlegungen.csv" in str(fault) for fault in faults)
    assert any(told in fault.what for fault in faults)


def test_columns_of_the_table_are_needed_where_it_is_described(split):
    split.describe(lambda d: d["resources"][-1]["schema"]["fields"].pop(2))
    split.describe(lambda d: d["resources"][-1]["schema"]["foreignKeys"].pop(1))
    assert "fehlt die Spalte „teil“" in split.fault().what


def test_a_numerator_given_by_its_parts_is_the_whole_that_is_stored(split):
    split.edit("indikatoren.csv", ";anteil;alo;ew_15_64;", ";anteil;alo_u25 + alo_25plus;ew_15_64;")
    assert split.load().indicators.at["arbeitslosenquote", "zaehler"] == "alo"
    declare(split, "alter;alo;alo_u25;", "alter;alo;alo_25plus;", "alter;alo;;ohne Angabe")
    assert split.load().indicators.at["arbeitslosenquote", "zaehler"] == "alo_u25 + alo_25plus"


def test_a_whole_with_other_breaks_is_not_used(split):
    split.append("brueche.csv", "alo_u25;01.01.2006;neue Zählung")
    split.edit("indikatoren.csv", ";anteil;alo;ew_15_64;", ";anteil;alo_u25 + alo_25plus;ew_15_64;")
    assert split.load().indicators.at["arbeitslosenquote", "zaehler"] == "alo_u25 + alo_25plus"


@pytest.mark.parametrize(
    ("expression", "found"),
    [("w + m", ["all"]), ("x + m + w", ["x", "all"]), ("w", ["w"]), ("w + m + w", ["w", "m", "w"]), ("", [])],
)
def test_stored_wholes(expression, found):
    declared = [Partition("sex", "all", ("w", "m")), Partition("z", "y", ("x",), complete=False)]
    assert stored(expression, declared) == found


def test_the_shipped_partitions_are_all_that_hold_for_sensitive_merkmale():
    tables = load(DATA)
    declared = {(p.whole, frozenset(p.parts)) for p in of(tables.others[partitions.NAME]) if p.complete}
    assert ("al", frozenset({"al_w", "al_m"})) in declared
    assert ("sgb2", frozenset({"alg2", "sozialgeld"})) in declared
    assert tables.indicators.at["al_lang_u25", "zaehler"] == "al_lang_u25"
    wide = tables.values.pivot(index=["raum_id", "stichtag"], columns="merkmal", values="wert")
    siblings = tables.features[tables.features["teil_von"] != ""].groupby("teil_von").groups
    for whole, parts in siblings.items():
        if not tables.features.loc[parts, "sensibel"].any():
            continue
        for count in range(2, 6):
            for some in combinations(parts, count):
                rows = wide[[whole, *some]].dropna()
                if len(rows) and (rows[whole] == rows[list(some)].sum(axis=1)).all():
                    assert (whole, frozenset(some)) in declared

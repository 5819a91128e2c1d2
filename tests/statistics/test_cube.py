"""Counts of all levels from the delivered ones."""

import math

import pandas as pd
import pytest

from sozialbericht.statistics.cube import aggregate

DAY = pd.Timestamp("2006-12-31")
AREAS = pd.DataFrame(
    {"teil_von": {"stadt": "", "nord": "stadt", "a": "nord", "b": "nord", "sued": "stadt", "c": "sued"}}
)


def cube(*rows, feature="alo", day=DAY, areas=AREAS):
    """The cube of rows (area, value or status) by area."""
    frame = pd.DataFrame(
        [
            {
                "raum_id": area, "merkmal": feature, "stichtag": day,
                "wert": math.nan if isinstance(given, str) else float(given),
                "status": given if isinstance(given, str) else "ok",
            }
            for area, given in rows
        ]
    )  # fmt: skip
    return aggregate(frame, areas).set_index("raum_id")


def test_higher_levels_are_sums_of_their_parts():
    made = cube(("a", 10), ("b", 20), ("c", 5))
    assert made["wert"].to_dict() == {"a": 10, "b": 20, "c": 5, "nord": 30, "sued": 5, "stadt": 35}
    assert set(made["status"]) == {"ok"}
    assert set(made["rest"]) == {0.0}


def test_a_delivered_row_holds_and_the_remainder_is_known():
    made = cube(("a", 10), ("b", 20), ("c", 5), ("stadt", 41), ("nord", 31))
    assert made.at["nord", "wert"] == 31
    assert made.at["nord", "rest"] == 1
    assert made.at["stadt", "wert"] == 41
    assert made.at["stadt", "rest"] == 41 - 31 - 5


def test_the_remainder_is_unknown_where_a_part_has_no_number():
    made = cube(("a", 10), ("b", "withheld"), ("c", 5), ("nord", 31))
    assert made.at["nord", "wert"] == 31
    assert made.at["nord", "status"] == "ok"
    assert math.isnan(made.at["nord", "rest"])
    assert made.at["stadt", "wert"] == 36


def test_a_level_can_be_delivered_alone():
    made = cube(("stadt", 41))
    assert made["wert"].to_dict() == {"stadt": 41}
    assert made.at["stadt", "rest"] == 0


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        (("ok", "unreliable"), "unreliable"),
        (("unreliable", "not_meaningful"), "not_meaningful"),
        (("not_meaningful", "withheld"), "withheld"),
        (("withheld", "missing"), "missing"),
        (("missing", "unreliable"), "missing"),
    ],
)
def test_the_last_status_of_the_parts_decides(parts, status):
    given = [7 if p == "ok" else p for p in parts]
    made = cube(("a", given[0]), ("b", given[1]), ("c", 5))
    assert made.at["nord", "status"] == status
    assert made.at["stadt", "status"] == status
    assert made.at["sued", "wert"] == 5
    assert math.isnan(made.at["nord", "wert"])
    assert math.isnan(made.at["stadt", "wert"])


def test_an_unreliable_number_is_added_with_its_status():
    rows = pd.DataFrame(
        {"raum_id": ["a", "b"], "merkmal": "alo", "stichtag": DAY, "wert": [10.0, 4.0], "status": ["ok", "unreliable"]}
    )
    made = aggregate(rows, AREAS).set_index("raum_id")
    assert (made.at["nord", "wert"], made.at["nord", "status"]) == (14, "unreliable")


def test_an_absent_part_counts_as_missing():
    made = cube(("a", 10), ("c", 5))
    assert made.at["nord", "status"] == "missing"
    assert math.isnan(made.at["nord", "wert"])
    assert made.at["stadt", "status"] == "missing"


def test_a_part_that_does_not_exist_on_the_day_is_no_part():
    areas = AREAS.assign(gueltig_von=pd.Timestamp("2000-01-01"), gueltig_bis=pd.NaT)
    areas.loc["b", "gueltig_von"] = pd.Timestamp("2007-01-01")
    made = cube(("a", 10), ("c", 5), areas=areas)
    assert made["wert"].to_dict() == {"a": 10, "c": 5, "nord": 10, "sued": 5, "stadt": 15}
    areas.loc["c", "gueltig_bis"] = pd.Timestamp("2006-06-30")
    made = cube(("a", 10), areas=areas)
    assert made["wert"].to_dict() == {"a": 10, "nord": 10, "stadt": 10}, "nothing of the south exists any more"
    late = cube(("a", 10), ("b", 4), day=pd.Timestamp("2007-12-31"), areas=areas)
    assert late.at["stadt", "wert"] == 14
    areas.loc["b", "gueltig_von"] = pd.Timestamp("2006-12-31")
    assert cube(("a", 10), ("c", 5), areas=areas).at["nord", "status"] == "missing"


def test_features_and_dates_stay_apart():
    rows = [("a", "alo", DAY, 1.0), ("b", "alo", DAY, 2.0), ("a", "ew", DAY, 30.0), ("b", "ew", DAY, 40.0)]
    rows += [("a", "alo", DAY - pd.DateOffset(years=1), 5.0)]
    frame = pd.DataFrame(rows, columns=["raum_id", "merkmal", "stichtag", "wert"]).assign(status="ok")
    made = aggregate(frame, AREAS).set_index(["raum_id", "merkmal", "stichtag"])
    assert made.at[("nord", "alo", DAY), "wert"] == 3
    assert made.at[("nord", "ew", DAY), "wert"] == 70
    assert made.at[("nord", "alo", DAY - pd.DateOffset(years=1)), "status"] == "missing"
    assert not made.index.duplicated().any()


def test_one_level_only():
    made = cube(("x", 3), areas=pd.DataFrame({"teil_von": {"x": ""}}))
    assert made["wert"].to_dict() == {"x": 3}

"""The primary rule of disclosure control, by example and by property."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.data.partitions import Partition
from sozialbericht.disclosure import rules
from sozialbericht.disclosure.primary import primary
from sozialbericht.disclosure.protection import protect
from sozialbericht.statistics.cube import aggregate

DAY = pd.Timestamp("2006-12-31")
FEATURES = pd.DataFrame(
    {"sensibel": {"alo": True, "alo_u25": True, "ew": False}, "teil_von": {"alo": "ew", "alo_u25": "alo", "ew": ""}}
)
AREAS = pd.DataFrame({"teil_von": {"stadt": "", "a": "stadt", "b": "stadt", "c": "stadt"}})
SMALL = (1, 2)


def rows(*given, status="ok"):
    """Rows (area, feature, value) of a cube."""
    frame = pd.DataFrame(given, columns=["raum_id", "merkmal", "wert"]).astype({"wert": float})
    return frame.assign(stichtag=DAY, status=status, rest=0.0)


def values(frame):
    return {(r.raum_id, r.merkmal): (r.wert, r.status) for r in frame.itertuples()}


def first(frame, features=FEATURES, partitions=()):
    """What the primary rule withholds."""
    hidden = primary(frame, rules.read(features, partitions))
    return {(row.raum_id, row.merkmal) for row in frame[hidden].itertuples()}


@pytest.mark.parametrize(("count", "status"), [(0, "ok"), (1, "withheld"), (2, "withheld"), (3, "ok"), (17, "ok")])
def test_counts_of_one_and_two(count, status):
    made = values(protect(rows(("a", "alo", count), ("a", "ew", 1000)), FEATURES))
    assert made["a", "alo"][1] == status
    assert math.isnan(made["a", "alo"][0]) == (status == "withheld")
    assert made["a", "ew"] == (1000, "ok")


def test_features_that_are_not_sensitive_are_shown():
    assert values(protect(rows(("a", "ew", 2)), FEATURES))["a", "ew"] == (2, "ok")


@pytest.mark.parametrize(("part", "hidden"), [(20, True), (19, True), (18, True), (17, False)])
def test_a_part_whose_rest_is_none_one_or_two(part, hidden):
    """12 of 12 says something of each of the twelve."""
    made = values(protect(rows(("a", "alo", 20), ("a", "alo_u25", part), ("a", "ew", 1000)), FEATURES))
    assert (made["a", "alo_u25"][1] == "withheld") == hidden
    assert made["a", "alo"] == (20, "ok")


def test_nobody_of_nobody_is_shown():
    made = values(protect(rows(("a", "alo", 0), ("a", "alo_u25", 0), ("a", "ew", 1000)), FEATURES))
    assert made["a", "alo_u25"] == (0, "ok")


def test_a_whole_below_the_minimum_is_not_broken_down():
    assert first(rows(("a", "alo", 2), ("a", "alo_u25", 0), ("a", "ew", 50))) == {("a", "alo"), ("a", "alo_u25")}


def test_the_whole_may_be_of_a_feature_that_is_not_sensitive():
    made = values(protect(rows(("a", "ew", 500), ("a", "alo", 499)), FEATURES))
    assert made["a", "alo"][1] == "withheld"


def test_a_share_has_its_denominator_as_whole():
    features = pd.DataFrame({"sensibel": {"alte": False, "gs": True}, "teil_von": {"alte": "", "gs": ""}})
    share = {"art": "anteil", "zaehler": "gs", "nenner": "alte"}
    frame = rows(("a", "alte", 12), ("a", "gs", 12))
    for day, hidden in (("gleich", True), ("", True), ("vorjahresende", False)):
        indicators = pd.DataFrame([{**share, "nenner_stand": day}])
        assert primary(frame, rules.read(features, (), indicators)).any() == hidden


def test_only_the_whole_of_the_same_area_and_date_counts():
    frame = rows(("a", "alo", 20), ("b", "alo_u25", 19))
    frame.loc[len(frame)] = ["a", "alo_u25", 19.0, DAY - pd.DateOffset(years=1), "ok", 0.0]
    assert set(protect(frame, FEATURES)["status"]) == {"ok"}


@pytest.mark.parametrize(
    ("columns", "count", "hidden"),
    [
        ({"mindestzahl": 5}, 4, True),
        ({"mindestzahl": 5}, 5, False),
        ({"mindestzahl": pd.NA}, 2, True),
        ({"mindestzahl": pd.NA}, 3, False),
        ({"null_geheim": True}, 0, True),
        ({"null_geheim": False}, 0, False),
        ({"einheit": "1.000 Euro"}, 2, False),
        ({"einheit": "Personen"}, 2, True),
    ],
)
def test_a_catalogue_may_say_otherwise(columns, count, hidden):
    frame = rows(("a", "alo", count), ("a", "ew", 1000))
    assert first(frame, FEATURES.assign(**columns)) == ({("a", "alo")} if hidden else set())


def test_the_width_of_a_catalogue():
    read = rules.read(FEATURES.assign(schutzbreite=[7, np.nan, np.nan], mindestzahl=[3, 5, pd.NA]), ())
    assert [read.of[name].width for name in ("alo", "alo_u25", "ew")] == [7, 5, 3]


def test_what_was_delivered_as_withheld_has_no_number():
    frame = rows(("a", "ew", 7), status="withheld")
    made = protect(frame, FEATURES)
    assert made["wert"].isna().all()
    assert made["rest"].isna().all()
    assert frame["wert"].notna().all(), "the input must not change"


def test_other_statuses_are_left():
    made = protect(rows(("a", "alo", math.nan), status="missing"), FEATURES)
    assert list(made["status"]) == ["missing"]


def test_a_remainder_of_one_or_two_is_not_told():
    frame = rows(("stadt", "alo", 50), ("stadt", "ew", 900)).assign(rest=[2.0, 2.0])
    made = protect(frame, FEATURES).set_index("merkmal")["rest"]
    assert math.isnan(made["alo"])
    assert made["ew"] == 2


def test_parts_of_several_partitions():
    features = pd.DataFrame(
        {"sensibel": dict.fromkeys(["n", "w", "m"], True), "teil_von": dict.fromkeys(["n", "w", "m"], "")}
    )
    frame = rows(("a", "n", 12), ("a", "w", 12), ("a", "m", 0))
    assert first(frame, features) == set()
    assert first(frame, features, [Partition("sex", "n", ("w", "m"))]) == {("a", "w")}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 30)), min_size=3, max_size=3))
def test_nothing_small_is_shown_and_nothing_else_changes(counts):
    """For any city: no shown 1 or 2 of a sensitive feature, no shown part whose rest is small, the rest as it was."""
    given_rows = []
    for area, (young, older, others) in zip("abc", counts, strict=True):
        given_rows += [(area, "alo_u25", young), (area, "alo", young + older), (area, "ew", young + older + others)]
    cube = aggregate(rows(*given_rows).drop(columns="rest"), AREAS)
    made = protect(cube, FEATURES, AREAS)
    keys = ["raum_id", "merkmal"]
    before = cube.set_index(keys)["wert"]
    after = made.set_index(keys)
    shown = after[after["status"] == "ok"]
    for (area, feature), row in shown.iterrows():
        assert row["wert"] == before[area, feature]
        if not FEATURES.at[feature, "sensibel"]:
            continue
        assert row["wert"] not in SMALL
        whole = FEATURES.at[feature, "teil_von"]
        assert row["wert"] == 0 or before[area, whole] - row["wert"] not in (0, *SMALL)
    hidden = after[after["status"] != "ok"]
    assert (hidden["status"] == "withheld").all()
    assert hidden["wert"].isna().all()
    ew = FEATURES.index[~FEATURES["sensibel"]]
    assert (after.loc[(slice(None), ew), "status"] == "ok").all()
    assert list(made.columns) == list(cube.columns)
    assert made[keys].equals(cube[keys])

"""Review: all rules together, what explains what, what was accepted, what can be written and read."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.plausibility import acceptance, review
from sozialbericht.plausibility.acceptance import Acceptance
from sozialbericht.plausibility.oddity import MOST_UNUSUAL, RULES, Cell, Oddity
from sozialbericht.plausibility.review import Review

DATES = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
CELLS = st.builds(Cell, WORDS, WORDS, DATES)
ODDITIES = st.builds(
    Oddity, rule=st.sampled_from(sorted(RULES)), unusual=st.floats(0, 1e6), what=WORDS, remedy=WORDS, file=WORDS,
    rows=st.lists(st.integers(1, 10**6), max_size=3).map(tuple), area=WORDS, feature=WORDS, date=st.none() | DATES,
    observed=st.none() | st.floats(-1e9, 1e9), expected=st.none() | st.floats(0, 1e9),
    cells=st.lists(CELLS, max_size=3).map(tuple),
)  # fmt: skip
ROWS = st.builds(
    Acceptance,
    st.sampled_from(sorted(RULES)),
    WORDS,
    WORDS,
    st.none() | DATES,
    st.none() | st.floats(0, 1e9),
    WORDS,
    WORDS,
)


def table(*rows):
    """A table of acceptances: rule, area, Merkmal, ISO date, value."""
    columns = list(acceptance.COLUMNS)
    frame = pd.DataFrame([[*row, "Geprüft.", "ab"] for row in rows], columns=columns)
    return frame.assign(stichtag=pd.to_datetime(frame["stichtag"]), wert=frame["wert"].astype(float))


def accepting(tables, *rows):
    return replace(tables, others={**tables.others, "hinweise": table(*rows)})


def test_the_most_unusual_comes_first(shipped):
    found = review.review(shipped)
    sizes = [oddity.unusual for oddity in found.open]
    assert sizes == sorted(sizes, reverse=True)
    assert (found.accepted, found.stale) == ((), ())


def test_what_a_swap_explains_is_no_jump(planted, value):
    old = [value(area, "hh", "2004-12-31") for area in ("sr_nordmarkt", "sr_borsigplatz")]
    tables = planted({("sr_nordmarkt", "hh", "2004-12-31"): old[1], ("sr_borsigplatz", "hh", "2004-12-31"): old[0]})
    found = [oddity for oddity in review.review(tables).open if oddity.area in ("sr_nordmarkt", "sr_borsigplatz")]
    assert [oddity.rule for oddity in found] == ["vertauscht"]


def test_a_wrong_unit_is_told_once(planted, of_stand):
    tables = planted({(a, "wfl", "2007-12-31"): v * 10 for a, v in of_stand("wfl", "2007-12-31").items()})
    found = [
        oddity for oddity in review.review(tables).open if oddity.feature == "wfl" or "wfl" in str(oddity.cells[:1])
    ]
    assert [oddity.rule for oddity in found] == ["groessenordnung"]


def test_a_repeated_stand_is_told_once(planted, of_stand):
    tables = planted({(a, "zuzuege", "2007-12-31"): v for a, v in of_stand("zuzuege", "2006-12-31").items()})
    found = [oddity for oddity in review.review(tables).open if oddity.feature == "zuzuege"]
    assert [oddity.rule for oddity in found] == ["wiederholung"]


def test_what_is_accepted_is_parted_from_what_is_open(shipped):
    key = ("sprung", "sr_wickede", "bev_nd", "2006-12-31", 3044.0)
    found = review.review(accepting(shipped, key))
    assert [(oddity.area, row.reason) for oddity, row in found.accepted] == [("sr_wickede", "Geprüft.")]
    assert {oddity.area for oddity in found.open} == {"sr_boevinghausen_westrich"}
    assert found.stale == ()


@pytest.mark.parametrize(("feature", "date", "value"), [("sgb2", "2006-09-30", None), ("bev_mh", "2006-12-31", 6051.0)])
def test_any_merkmal_of_an_event_accepts_it(shipped, feature, date, value):
    found = review.review(accepting(shipped, ("sprung", "sr_wickede", feature, date, value)))
    assert [oddity.area for oddity, _ in found.accepted] == ["sr_wickede"]


@pytest.mark.parametrize(
    "row",
    [
        ("sprung", "sr_wickede", "bev_nd", "2006-12-31", 3043.0),
        ("sprung", "sr_wickede", "bev_nd", "2005-12-31", None),
        ("sprung", "sr_nette", "bev_nd", "2006-12-31", None),
        ("ausreisser", "sr_wickede", "bev_nd", "2006-12-31", None),
    ],
)
def test_an_acceptance_of_something_else_is_stale(shipped, row):
    found = review.review(accepting(shipped, row))
    assert [oddity.area for oddity in found.open].count("sr_wickede") == 1
    assert [one.rule for one in found.stale] == [row[0]]


def test_an_accepted_event_does_not_hide_another_fault_of_the_same_place(shipped, planted, value):
    accepted = ("sprung", "sr_wickede", "bev_nd", "2006-12-31", 3044.0)
    number = value("sr_wickede", "geburten", "2006-12-31")
    tables = planted({("sr_wickede", "geburten", "2006-12-31"): number * 10})
    found = review.review(accepting(tables, accepted))
    assert [oddity.feature for oddity in found.open if oddity.area == "sr_wickede"] == ["geburten"]


def test_only_some_years(shipped):
    rows = [("sprung", "sr_wickede", "bev_nd", "2006-12-31", 1.0), ("flaeche", "sr_nette", "", None, None)]
    found = review.review(accepting(shipped, *rows))
    assert found.of([]) is found
    assert {oddity.area for oddity in found.of([2006]).open} == {"sr_wickede", "sr_boevinghausen_westrich"}
    assert {oddity.date.year for oddity in found.of([2007]).open} == {2007}
    assert [row.rule for row in found.of([2007]).stale] == ["flaeche"]
    assert found.of([2001]).open == ()


@given(st.lists(ODDITIES, max_size=3), st.lists(st.tuples(ODDITIES, ROWS), max_size=3), st.lists(ROWS, max_size=2))
def test_what_is_written_can_be_read(left, accepted, stale):
    made = Review(tuple(left), tuple(accepted), tuple(stale))
    assert Review.read(made.written()) == made


@given(ODDITIES)
def test_the_measure_is_rounded_and_ends(oddity):
    assert 0 <= oddity.unusual <= MOST_UNUSUAL
    assert oddity.unusual == round(oddity.unusual, 1)


def test_how_unusual_any_number_is(planted, value):
    number = value("sr_nette", "hh", "2004-12-31")
    tables = planted({("sr_nette", "hh", "2004-12-31"): number + 500})
    sizes = review.unusual(tables)
    assert sizes.index.names == ["raum_id", "merkmal", "stichtag"]
    assert sizes.xs("hh", level="merkmal").idxmax() == ("sr_nette", pd.Timestamp(2004, 12, 31))
    assert np.isfinite(sizes).all()
    assert "stpfl" not in sizes.index.get_level_values("merkmal")
    assert len(sizes) > 33_000


@pytest.mark.parametrize("number", [0.0, 1.0, 1e9, 1e15])
@pytest.mark.parametrize(("row", "year"), [(0, 0), (17, 3), (38, 7)])
def test_numbers_of_any_size_are_looked_at(shipped, number, row, year):
    chosen = shipped.values["merkmal"].isin(["bev", "wfl", "geburten", "hh", "einkuenfte"])
    values = shipped.values[chosen].reset_index(drop=True)
    area = shipped.areas.index[shipped.areas["ebene"] == "sozialraum"][row]
    values.loc[(values["raum_id"] == area) & (values["stichtag"].dt.year >= 2000 + year), "wert"] = number
    for oddity in review.review(replace(shipped, values=values)).open:
        assert 0 <= oddity.unusual <= MOST_UNUSUAL
        assert oddity.what and oddity.remedy


@pytest.mark.parametrize(
    ("row", "covered"),
    [
        (("gerundet", "", "zuzuege", "2005-12-31", None), True),
        (("gerundet", "", "geburten", "2005-12-31", None), True),
        (("gerundet", "", "", "2005-12-31", None), False),
        (("gerundet", "sr_nette", "zuzuege", "2005-12-31", None), False),
        (("gerundet", "", "zuzuege", "2006-12-31", None), False),
    ],
)
def test_an_acceptance_of_many_areas(planted, of_stand, row, covered):
    new = {(a, name, "2005-12-31"): 5 * round(v / 5) for name in ("zuzuege", "geburten")
           for a, v in of_stand(name, "2005-12-31").items()}  # fmt: skip
    found = review.review(accepting(planted(new), row))
    assert [oddity.rule for oddity, _ in found.accepted] == ["gerundet"] * covered
    assert len(found.stale) == 1 - covered


def test_nothing_is_unusual_where_there_are_no_numbers(shipped):
    empty = replace(shipped, values=shipped.values.iloc[:0], geometry=None)
    assert review.review(empty).open == ()
    assert review.unusual(empty).empty


def test_the_rules_of_the_contract_are_those_of_the_program(shipped):
    entry = next(entry for entry in shipped.descriptor["resources"] if entry["name"] == "hinweise")
    fields = {field["name"]: field for field in entry["schema"]["fields"]}
    assert fields["regel"]["constraints"]["enum"] == list(RULES)
    assert tuple(fields) == acceptance.COLUMNS

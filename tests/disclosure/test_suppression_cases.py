"""Complementary suppression by example: from the literature, the cases that a primary rule misses, and its limits."""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd
import pytest
from tables_that_fit import DAY, REST, WHOLE, City, computed, shown_of

from sozialbericht.data.partitions import Partition
from sozialbericht.disclosure import attacker, costs, integerprogram, rules, system
from sozialbericht.disclosure.attacker import Attacker
from sozialbericht.disclosure.protection import Protection
from sozialbericht.disclosure.suppression import Grund, Suppression
from sozialbericht.statistics.cube import aggregate

PARENTS = {"stadt": "", "nord": "stadt", "sued": "stadt", "n1": "nord", "n2": "nord", "n3": "nord", "s1": "sued"}
PARENTS["s2"] = "sued"
LEAVES = ["n1", "n2", "n3", "s1", "s2"]


def city(w, m, rest=None):
    """Five areas in two districts; counts of two parts and perhaps of what is not told."""
    parts = ("w", "m") if rest is None else ("w", "m", REST)
    columns = [w, m] if rest is None else [w, m, rest]
    counts = {(a, p): n for p, column in zip(parts, columns, strict=True) for a, n in zip(LEAVES, column, strict=True)}
    return City(PARENTS, parts, counts, complete=rest is None)


def hidden(protection):
    cube = protection.cube()
    return {(row.raum_id, row.merkmal) for row in cube[cube["status"] == "withheld"].itertuples()}


def counts(values, areas, status="ok"):
    """A cube of one Merkmal."""
    frame = pd.DataFrame({"raum_id": list(values), "wert": [float(v) for v in values.values()]})
    frame["status"] = np.where(frame["wert"].isna(), "withheld", status)
    return aggregate(frame.assign(merkmal="alo", stichtag=DAY), areas)


ONE = pd.DataFrame({"sensibel": {"alo": True}, "teil_von": {"alo": ""}})
AREAS = pd.DataFrame({"teil_von": PARENTS})


class TestFischettiSalazar:
    """The example of Fischetti and Salazar-González: investments by activity and region, one sensitive cell (22).

    With three further cells withheld the sensitive one lies between 5 and 30.
    """

    @pytest.fixture
    def table(self):
        regions = {"alle": "", "A": "alle", "B": "alle", "C": "alle"}
        numbers = {"I": (20, 50, 10), "II": (8, 19, 22), "III": (17, 32, 12)}
        parts = tuple(numbers)
        city = City(regions, parts, {(r, p): row[n] for p, row in numbers.items() for n, r in enumerate("ABC")})
        found = system.build(city.cube(), city.areas()["teil_von"], rules.read(city.features(), city.partitions()))
        cells = found.cells
        found.first[:] = False
        found.first[: len(cells)] = ((cells["raum_id"] == "C") & (cells["merkmal"] == "II")).to_numpy()
        return found

    def keys(self, table, chosen):
        cells = table.cells[chosen[: len(table.cells)]]
        return set(zip(cells["raum_id"], cells["merkmal"], strict=True))

    def test_three_more_cells_are_enough(self, table):
        cost = np.where(table.cells["raum_id"].isin(list("ABC")), table.value[: len(table.cells)], 1e4)
        cost = np.concatenate([cost, np.full(len(table.value) - len(cost), np.inf)])
        found = Suppression(table, cost)
        chosen = self.keys(table, found.hidden)
        assert chosen == {("C", "II"), ("A", "II"), ("C", "III"), ("A", "III")}, "8 + 12 + 17, the smallest sum"
        assert found.unprotected == []

    def test_the_interval_of_the_paper(self, table):
        cells = table.cells
        published = cells["raum_id"].isin(["A", "C"]) & cells["merkmal"].isin(["II", "III"])
        chosen = np.concatenate([published.to_numpy(), np.zeros(len(table.value) - len(cells), dtype=bool)])
        bounds = Attacker(table, reach=1000).intervals(chosen, chosen)
        assert bounds[np.flatnonzero(table.first)[0]] == pytest.approx([5, 30])

    def test_all_else_is_exact(self, table):
        cut = Attacker(table).cuts(table.first, np.ones(len(table.value), dtype=bool))
        assert {table.cells.iloc[c.cell]["raum_id"] for c in cut} == {"C"}


def test_an_area_and_its_sibling_do_not_give_each_other_away():
    """The only withheld area of a district follows from the district."""
    protection = Protection(counts(dict(zip(LEAVES, (2, 20, 30, 40, 50), strict=True)), AREAS), ONE, AREAS)
    assert hidden(protection) == {("n1", "alo"), ("n2", "alo")}, "the smaller sibling, no district"
    why = protection.why("n2", "alo", DAY)
    assert why.kind == Grund.COMPLEMENTARY
    assert why.exposed == (("n1", "alo", DAY),)
    assert [(s.kind, s.area) for s in why.sums] == [("area", "nord")]
    assert protection.why("n1", "alo", DAY).kind == Grund.PRIMARY
    assert protection.why("n3", "alo", DAY) is None
    assert protection.why("nirgends", "alo", DAY) is None


def test_a_sum_holds_without_the_parts_that_do_not_exist_on_the_day():
    """The third area of the north comes later: until then the second one would give the first away."""
    areas = AREAS.assign(gueltig_von=pd.Timestamp("2000-01-01"))
    areas.loc["n3", "gueltig_von"] = DAY + pd.DateOffset(years=1)
    protection = Protection(counts({"n1": 2, "n2": 30, "s1": 20, "s2": 40}, areas), ONE, areas)
    assert hidden(protection) == {("n1", "alo"), ("n2", "alo")}


def test_two_areas_of_one_together_are_too_certain():
    """1 + 1 are 2 whatever is which: the interval is too narrow."""
    protection = Protection(counts(dict(zip(LEAVES, (1, 1, 30, 40, 50), strict=True)), AREAS), ONE, AREAS)
    assert hidden(protection) == {("n1", "alo"), ("n2", "alo"), ("n3", "alo")}


def test_underweight_children_who_are_not_told():
    """49 examined, 41 of normal weight, 6 overweight: two are underweight."""
    protection = city((41, 60, 50, 40, 45), (6, 9, 8, 7, 9), (2, 8, 6, 5, 4)).protected()
    found = hidden(protection)
    assert any(area == "n1" for area, _ in found)
    assert len(found) == 2
    shown = shown_of(protection)
    told = city((41, 60, 50, 40, 45), (6, 9, 8, 7, 9), (2, 8, 6, 5, 4))
    least, most = computed(told, shown, ("n1", REST))
    assert most - least >= 3
    reason = next(protection.why(*cell, DAY) for cell in found if cell[0] == "n1")
    assert reason.kind == Grund.COMPLEMENTARY
    assert [(s.kind, s.area, s.whole) for s in reason.remainders] == [("partition", "n1", WHOLE)]


def test_twelve_of_twelve():
    protection = city((12, 20, 30, 25, 20), (0, 20, 30, 25, 20)).protected()
    assert {("n1", "w"), ("n1", "m")} <= hidden(protection)


def test_a_district_is_given_up_only_where_there_is_no_other_way():
    """The only area of a district is the district; another district must help."""
    areas = pd.DataFrame({"teil_von": {"stadt": "", "nord": "stadt", "sued": "stadt", "n1": "nord", "s1": "sued"}})
    areas.loc["s2"] = "sued"
    protection = Protection(counts({"n1": 2, "s1": 50, "s2": 60}, areas), ONE, areas)
    assert hidden(protection) == {("n1", "alo"), ("nord", "alo"), ("sued", "alo"), ("s1", "alo")}


def test_indicators_on_which_decisions_rest_are_spared():
    """Of the parts that can protect a small one the smaller is withheld, unless an indicator needs it."""
    numbers = {"a": (2, 30, 30, 30, 30), "b": (20, 30, 40, 50, 60), "c": (70, 80, 90, 90, 90)}
    told = City(PARENTS, ("a", "b", "c"), {(r, p): row[n] for p, row in numbers.items() for n, r in enumerate(LEAVES)})
    indicators = pd.DataFrame(
        {"art": "anteil", "zaehler": ["b"], "nenner": ["alle"], "nenner_stand": "gleich", "bezug_monat": 12},
        index=["b_anteil"],
    ).assign(typ_vorzeichen=[1])
    for chosen, part in ((None, "b"), (indicators, "c"), (indicators.assign(bezug_monat=9), "b")):
        protection = Protection(told.cube(), told.features(), AREAS, told.partitions(), chosen)
        found = hidden(protection)
        assert {feature for _, feature in found} == {"a", part}
        assert {area for area, _ in found} == {"n1", "n2"}
    assert costs.main_indicators(indicators) == {"b_anteil"}
    others = indicators.assign(typ_vorzeichen=pd.NA)
    assert costs.main_indicators(others) == costs.main_indicators(others.assign(leit=False)) == set()
    assert costs.main_indicators(others.assign(leit=True)) == {"b_anteil"}


def test_the_area_that_is_withheld_in_the_next_year_is_withheld_in_this_one():
    now = counts(dict(zip(LEAVES, (2, 20, 21, 40, 50), strict=True)), AREAS)
    then = counts(dict(zip(LEAVES, (20, 25, 2, 40, 50), strict=True)), AREAS)
    cube = pd.concat([now, then.assign(stichtag=DAY + pd.DateOffset(years=1))], ignore_index=True)
    table = Protection(cube, ONE, AREAS).withheld()
    assert set(table["raum_id"]) == {"n1", "n3"}
    assert len(table) == 4


class TestDeliveredAsWithheld:
    """Values that nobody here knows are protected, too."""

    def test_the_only_one_of_a_district_that_was_delivered(self):
        given = {**dict(zip(LEAVES, (np.nan, 20, 30, 40, 50), strict=True)), "nord": 70}
        protection = Protection(counts(given, AREAS), ONE, AREAS)
        assert hidden(protection) == {("n1", "alo"), ("n2", "alo")}
        assert protection.why("n1", "alo", DAY).kind == Grund.DELIVERED
        table = protection.withheld().set_index("raum_id")
        assert (table["oben"] - table["unten"] >= 3).all()

    def test_without_a_delivered_district_all_above_is_unknown(self):
        protection = Protection(counts(dict(zip(LEAVES, (np.nan, 20, 30, 40, 50), strict=True)), AREAS), ONE, AREAS)
        assert hidden(protection) == {("n1", "alo"), ("nord", "alo"), ("stadt", "alo")}

    def test_a_merkmal_that_is_not_sensitive(self):
        given = {**dict(zip(LEAVES, (np.nan, 2, 30, 40, 50), strict=True)), "nord": 70}
        protection = Protection(counts(given, AREAS), ONE.assign(sensibel=False), AREAS)
        assert hidden(protection) == {("n1", "alo"), ("n2", "alo")}

    def test_an_amount_stays_uncertain_by_a_share_of_what_is_usual(self):
        given = {**dict(zip(LEAVES, (np.nan, 1000.5, 4000, 5000, 6000), strict=True)), "nord": 9000}
        features = ONE.assign(sensibel=False, einheit="1.000 Euro")
        table = Protection(counts(given, AREAS), features, AREAS).withheld().set_index("raum_id")
        assert list(table.index) == ["n1", "n2"]
        assert table["breite"].tolist() == pytest.approx([600, 600]), "the median of all known is 6000"
        assert (table["oben"] - table["unten"] >= 600).all()

    def test_two_in_one_district(self):
        given = {**dict(zip(LEAVES, (np.nan, np.nan, 30, 40, 50), strict=True)), "nord": 70}
        assert hidden(Protection(counts(given, AREAS), ONE, AREAS)) == {("n1", "alo"), ("n2", "alo")}
        given["nord"] = 32
        found = hidden(Protection(counts(given, AREAS), ONE, AREAS))
        assert found == {("n1", "alo"), ("n2", "alo"), ("n3", "alo")}, "two of them are at most 2 together"

    def test_missing_values_are_no_secret(self):
        cube = counts(dict(zip(LEAVES, (5, 20, 30, 40, 50), strict=True)), AREAS)
        cube.loc[cube["raum_id"] == "n1", ["wert", "status"]] = [np.nan, "missing"]
        assert hidden(Protection(cube, ONE, AREAS)) == set()


def test_a_small_remainder_of_an_area_is_protected():
    given = {**dict(zip(LEAVES, (20, 25, 30, 40, 50), strict=True)), "nord": 77}
    protection = Protection(counts(given, AREAS), ONE, AREAS)
    cube = protection.cube().set_index("raum_id")
    assert np.isnan(cube.at["nord", "rest"])
    assert hidden(protection) == {("n1", "alo")} or len(hidden(protection)) == 2


def test_what_no_choice_protects_is_told(caplog):
    """A part of which nothing else may be withheld."""
    features = pd.DataFrame(
        {"sensibel": {"ew": False, "alo": True, "arb": False}, "teil_von": {"ew": "", "alo": "ew", "arb": ""}}
    )
    rows = [("a", "ew", 100), ("a", "alo", 2), ("a", "arb", 98)]
    frame = pd.DataFrame(rows, columns=["raum_id", "merkmal", "wert"]).astype({"wert": float})
    cube = frame.assign(stichtag=DAY, status="ok", rest=0.0)
    with caplog.at_level(logging.WARNING):
        protection = Protection(cube, features, None, [Partition("p", "ew", ("alo", "arb"))])
    assert hidden(protection) == {("a", "alo")}
    assert len(protection.suppression.unprotected) == 1
    assert "lassen sich durch keine weiteren schützen: alo, a, 31.12.2006" in caplog.text


def test_a_greedy_choice_protects_as_well(monkeypatch, caplog):
    class Nothing:
        x, status, message = None, 1, "Grenze"

    monkeypatch.setattr(integerprogram, "milp", lambda *a, **k: Nothing())
    told = city((1, 20, 30, 40, 20), (20, 22, 30, 25, 2))
    with caplog.at_level(logging.WARNING):
        protection = told.protected()
    assert protection.suppression.unprotected == []
    shown = shown_of(protection)
    for cell in hidden(protection):
        least, most = computed(told, shown, cell)
        assert most - least >= 3
    assert "gierige Auswahl" in caplog.text
    assert "Grenze der Suche erreicht" in caplog.text
    assert not all(protection.why(*cell, DAY).optimal for cell in hidden(protection))


def test_the_same_twice():
    told = city((1, 20, 30, 40, 20), (20, 22, 30, 25, 2))
    pd.testing.assert_frame_equal(told.protected().cube(), told.protected().cube())


def test_an_integer_program_answers_where_the_linear_one_has_halves():
    """Three cells of which each two add up to an odd number's even half: halves fit, whole numbers do not."""
    matrix = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], dtype=float)
    found = system.System(
        cells=pd.DataFrame(), value=np.array([1.0, 1.0, 1.0]), shown=np.ones(3, dtype=bool),
        first=np.zeros(3, dtype=bool), width=np.full(3, 1.0), released=np.zeros(3, dtype=bool), told=np.full(3, np.nan),
        matrix=system.csr_array(matrix), right=np.full(3, 2.0), sums=[],
    )  # fmt: skip
    hidden = np.ones(3, dtype=bool)
    assert Attacker(found).intervals(hidden, hidden).tolist() == [[1, 1]] * 3
    assert attacker._whole(np.array([1.0, 2.0])) and not attacker._whole(np.array([0.5]))


def test_those_whom_no_term_of_a_share_counts():
    """The share of *w* and *m* together at all: where one or two are left over, they cannot be computed."""
    made = city(w=[12, 20, 20, 20, 20], m=[10, 20, 20, 20, 20], rest=[1, 20, 20, 20, 20])
    share = {"zaehler": "w + m", "nenner": WHOLE, "art": "anteil", "nenner_stand": "gleich", "bezug_monat": 12}
    catalogue = pd.DataFrame([share], index=["anteil_wm"]).assign(typ_vorzeichen=pd.NA)
    alone = Protection(made.cube(), made.features(), made.areas())
    assert computed(made, shown_of(alone), ("n1", REST)) == (1, 1), "each of the two is large enough"
    found = Protection(made.cube(), made.features(), made.areas(), indicators=catalogue)
    least, most = computed(made, shown_of(found), ("n1", REST))
    assert most - least >= 3
    assert found.suppression.unprotected == []

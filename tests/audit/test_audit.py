"""The audit's intervals: what follows from the shown tables, by example and against brute force; its words."""

from __future__ import annotations

import itertools
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import small_publication as small
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sozialbericht.audit.account import summary
from sozialbericht.audit.bounds import Interval
from sozialbericht.audit.cells import Cell, Shown
from sozialbericht.audit.questions import Target
from sozialbericht.audit.verdict import Result, attack, audit

DAY = pd.Timestamp("2006-12-31")
PARENTS = {
    "stadt": "",
    "nord": "stadt",
    "sued": "stadt",
    "a": "nord",
    "b": "nord",
    "c": "nord",
    "d": "sued",
    "e": "sued",
}
LEAVES = [area for area in PARENTS if area not in PARENTS.values()]
PARTS = {"alle": "", "w": "alle", "m": "alle"}
EMPTY = pd.DataFrame(columns=["raum_id", "merkmal", "stichtag"])


def city(counts: dict[tuple[str, str], float], hidden: set[tuple[str, str]], *, complete: bool = True) -> Shown:
    """A city with these counts of the smallest areas, ``hidden`` ones (of any level) withheld."""
    full = dict(counts)
    for parent in ("nord", "sued", "stadt"):
        children = [area for area, above in PARENTS.items() if above == parent]
        for feature in {feature for _, feature in counts}:
            full[parent, feature] = sum(full[child, feature] for child in children)
    rows = [
        (area, feature, DAY, float("nan") if (area, feature) in hidden else count,
         "withheld" if (area, feature) in hidden else "ok", 0.0)
        for (area, feature), count in full.items()
    ]  # fmt: skip
    cube = pd.DataFrame(rows, columns=["raum_id", "merkmal", "stichtag", "wert", "status", "rest"])
    levels = {"stadt": "stadt", "nord": "bezirk", "sued": "bezirk"}
    parts = ["w", "m"] if complete else ["w", "m", ""]
    tables = SimpleNamespace(
        areas=pd.DataFrame(
            {"teil_von": PARENTS, "kurzname": {area: area.upper() for area in PARENTS},
             "ebene": {area: levels.get(area, "raum") for area in PARENTS}}
        ),
        features=pd.DataFrame({"teil_von": PARTS, "sensibel": dict.fromkeys(PARTS, True), "bezeichnung": PARTS}),
        indicators=pd.DataFrame({"zaehler": [], "nenner": [], "art": [], "nachkommastellen": []}),
        others={"zerlegungen": pd.DataFrame({"zerlegung": "sex", "ganzes": "alle", "teil": parts})},
        values=EMPTY, levels=["stadt", "bezirk", "raum"], city="stadt",
    )  # fmt: skip
    columns = ["wert", "zaehler", "nenner", "unten", "oben", "status", "stand_zaehler", "stand_nenner", "klammer"]
    values = pd.DataFrame(columns=columns, index=pd.MultiIndex.from_arrays([[], [], []]))
    return Shown(tables, cube, values)


def counts(**given: int) -> dict[tuple[str, str], float]:
    """Counts of one merkmal, 10 where nothing is given."""
    return {(area, "alle"): float(given.get(area, 10)) for area in LEAVES}


def intervals(data: Shown) -> dict[str, tuple[float, float, str]]:
    return {f"{t.area} {t.topic[1]}": (t.interval.low, t.interval.high, t.verdict) for t in attack(data, {})}


def test_a_single_withheld_area_follows_from_the_sum() -> None:
    assert intervals(city(counts(a=2), {("a", "alle")})) == {"a alle": (2, 2, "bestimmt")}


def test_two_withheld_areas_of_one_parent_protect_each_other() -> None:
    data = city(counts(a=2, b=7), {("a", "alle"), ("b", "alle")})
    assert intervals(data) == {"a alle": (0, 9, "geschützt"), "b alle": (0, 9, "geschützt")}


def test_too_few_values_are_too_narrow() -> None:
    data = city(counts(a=1, b=0), {("a", "alle"), ("b", "alle")})
    assert intervals(data)["a alle"] == (0, 1, "zu eng")


def test_a_parent_and_its_child() -> None:
    """Nord is withheld, but follows from the city; then A follows from Nord."""
    data = city(counts(a=2), {("a", "alle"), ("nord", "alle")})
    assert {verdict for *_, verdict in intervals(data).values()} == {"bestimmt"}


def sexes(hidden: set[tuple[str, str]], *, complete: bool = True) -> Shown:
    full = {(area, "alle"): 10.0 for area in LEAVES} | {(area, "w"): 4.0 for area in LEAVES}
    return city(full | {(area, "m"): 6.0 for area in LEAVES}, hidden, complete=complete)


def test_a_declared_sum_gives_away_its_part() -> None:
    """W is withheld in two areas of Nord: the areas protect each other, but the sum of the sexes does not."""
    assert intervals(sexes({("a", "w"), ("b", "w")})) == {"a w": (4, 4, "bestimmt"), "b w": (4, 4, "bestimmt")}
    hidden = {("a", "w"), ("b", "w"), ("a", "m"), ("b", "m")}
    assert {verdict for *_, verdict in intervals(sexes(hidden)).values()} == {"geschützt"}


def test_a_sum_with_a_remainder_gives_bounds_only() -> None:
    assert intervals(sexes({("a", "w"), ("b", "w")}, complete=False))["a w"] == (4, 4, "bestimmt"), "each at most 4"
    hidden = {("a", "w"), ("b", "w"), ("c", "w")}
    assert intervals(sexes(hidden, complete=False))["a w"] == (4, 4, "bestimmt")


def test_what_an_earlier_report_has_shown_stays_known() -> None:
    hidden = {("a", "alle"), ("b", "alle")}
    data = city(counts(a=2, b=7), hidden)
    released = Shown(data.tables, data.cube, data.values, {Cell("b", "alle", "2006-12-31"): 7.0})
    assert intervals(released)["a alle"] == (2, 2, "bestimmt")


def test_what_contradicts_itself_is_told() -> None:
    data = city(counts(a=2, b=7), {("a", "alle"), ("b", "alle")})
    released = Shown(data.tables, data.cube, data.values, {Cell("nord", "alle", "2006-12-31"): 3.0})
    assert {verdict for *_, verdict in intervals(released).values()} == {"widersprüchlich"}


def declared(data: Shown, **columns: object) -> Shown:
    """The same tables with columns of the catalogue that declare more protection."""
    features = data.tables.features.assign(**columns)
    return Shown(SimpleNamespace(**{**vars(data.tables), "features": features}), data.cube, data.values)


@pytest.mark.parametrize(
    ("columns", "verdict"),
    [
        ({}, "geschützt"), ({"mindestzahl": 10}, "geschützt"), ({"mindestzahl": 11}, "zu eng"),
        ({"mindestzahl": 20, "schutzbreite": 10.0}, "geschützt"), ({"schutzbreite": 12.5}, "zu eng"),
        ({"mindestzahl": float("nan"), "schutzbreite": float("nan")}, "geschützt"),
    ],
)  # fmt: skip
def test_protection_is_as_wide_as_the_catalogue_declares(columns: dict[str, object], verdict: str) -> None:
    """0 to 9 are ten values; ``schutzbreite`` goes before ``mindestzahl``, and what is not declared is 3."""
    data = declared(city(counts(a=2, b=7), {("a", "alle"), ("b", "alle")}), **columns)
    assert {found for *_, found in intervals(data).values()} == {verdict}


def test_a_merkmal_has_a_protection_of_its_own() -> None:
    hidden = {("a", "w"), ("b", "w"), ("a", "m"), ("b", "m")}
    found = intervals(declared(sexes(hidden), schutzbreite=[float("nan"), 9.0, 10.0]))
    assert found["a w"] == (0, 8, "geschützt") and found["a m"] == (2, 10, "zu eng")


def test_a_small_minimum_never_means_an_exact_value() -> None:
    one = declared(city(counts(a=2), {("a", "alle")}), schutzbreite=1.0)
    two = declared(city(counts(a=1, b=0), {("a", "alle"), ("b", "alle")}), mindestzahl=2)
    assert [intervals(data)["a alle"] for data in (one, two)] == [(2, 2, "bestimmt"), (0, 1, "geschützt")]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_intervals_are_those_of_all_tables_that_fit(data: st.DataObject) -> None:
    """Random counts of women and men, any of them and of the sums withheld, against every table that fits."""
    part = st.integers(0, 2)
    women = {area: data.draw(part) for area in LEAVES}
    men = {area: data.draw(part) for area in LEAVES}
    full = {(area, "w"): float(n) for area, n in women.items()} | {(area, "m"): float(n) for area, n in men.items()}
    full |= {(area, "alle"): float(women[area] + men[area]) for area in LEAVES}
    keys = [(area, feature) for feature in PARTS for area in PARENTS]
    hidden = set(data.draw(st.lists(st.sampled_from(keys), min_size=1, max_size=8, unique=True)))
    shown = city(full, hidden)

    def whole(table: dict[str, int]) -> dict[str, int]:
        nord, sued = table["a"] + table["b"] + table["c"], table["d"] + table["e"]
        return {**table, "nord": nord, "sued": sued, "stadt": nord + sued}

    known = {(cell.area, cell.feature): count for cell, count in shown.known.items()}
    most = int(sum(count for (area, _), count in full.items() if area in LEAVES))
    choices = {
        feature: [
            [int(full[area, feature])] if (area, feature) not in hidden else range(min(most, 9) + 1) for area in LEAVES
        ]
        for feature in ("w", "m")
    }
    assume(len(hidden & {(area, feature) for area in LEAVES for feature in ("w", "m")}) <= 4)
    tables: list[dict[tuple[str, str], int]] = []
    sides = {
        feature: [
            table
            for values in itertools.product(*choices[feature])
            for table in [whole(dict(zip(LEAVES, values, strict=True)))]
            if all(known.get((area, feature), count) == count for area, count in table.items())
        ]
        for feature in ("w", "m")
    }
    for one, other in itertools.product(sides["w"], sides["m"]):
        both = {area: one[area] + other[area] for area in PARENTS}
        if all(known.get((area, "alle"), count) == count for area, count in both.items()):
            tables.append(
                {(area, name): t[area] for name, t in (("w", one), ("m", other), ("alle", both)) for area in t}
            )
    for target in attack(shown, {}):
        values = {table[target.area, target.topic[1]] for table in tables}
        if max(values) < 9:
            assert (target.interval.low, target.interval.high) == (min(values), max(values)), target
            assert target.interval.values == min(3, len(values))


def test_the_small_city_of_today_gives_its_numbers_away() -> None:
    """Each is the only one withheld of its Stadtbezirk."""
    targets = {(target.area, target.date): target for target in attack(small.tables(), {})}
    lindenhof = targets["sr_lindenhof", "2006-09-30"]
    assert (lindenhof.interval.low, lindenhof.interval.high, lindenhof.verdict) == (1, 1, "bestimmt")


def test_the_summary_says_what_and_why(tmp_path: Path) -> None:
    data = small.tables()
    folder = small.publish(tmp_path / "2006", data)
    cell = next(cell for cell in data.withheld if cell.area == "sr_lindenhof")
    result = audit([folder], data, reasons={cell: "Fallzahl unter 3"})
    text = summary(result, data.tables)
    assert "Der Bericht darf so nicht erscheinen." in text
    row = next(line for line in text.splitlines() if "Lindenhof" in line)
    assert row.split()[-4:] == ["bestimmt", "Fallzahl", "unter", "3"]
    assert "30.09.2006" in row


def test_a_safe_publication_may_leave_the_house() -> None:
    target = Target(("merkmal", "alo_u25"), "sr_hafen", "2006-09-30", Interval(0, 7, 3), "ergänzend")
    result = Result((target,))
    tables = small.tables().tables
    assert result.safe
    assert "Der Bericht kann erscheinen." in summary(result, tables)
    assert "0 bis 7" not in summary(result, tables)
    assert "0 bis 7" in summary(result, tables, everything=True)


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [
        (Interval(2, 2, 1), "bestimmt"), (Interval(1, 2, 2), "zu eng"), (Interval(0, 9, 3), "geschützt"),
        (Interval(float("nan"), float("nan"), 0, consistent=False), "widersprüchlich"),
        (Interval(float("-inf"), float("inf"), 0, proven=False), "ungeprüft"),
    ],
)  # fmt: skip
def test_verdicts(interval: Interval, verdict: str) -> None:
    target = Target(("merkmal", "alo_u25"), "sr_hafen", "2006-09-30", interval)
    assert target.verdict == verdict
    assert target.safe == (verdict == "geschützt")

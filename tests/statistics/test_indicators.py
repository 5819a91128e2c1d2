"""Indicators: every kind, the rules of the Stand, breaks, protection, intervals."""

import math

import pandas as pd
import pytest

from sozialbericht.data.contract import load
from sozialbericht.data.sums import terms
from sozialbericht.disclosure.protection import protect
from sozialbericht.statistics import indicators
from sozialbericht.statistics.cube import aggregate
from sozialbericht.statistics.indicators import COLUMNS, compute
from sozialbericht.statistics.value import Value

AREAS = pd.DataFrame(
    {"ebene": ["stadt", "sozialraum", "sozialraum"], "teil_von": ["", "stadt", "stadt"]}, index=["stadt", "a", "b"]
)
NO_BREAKS = pd.DataFrame({"merkmal": [], "ab": pd.to_datetime([]), "grund": []})
DEFAULTS = {
    "art": "anteil", "zaehler": "alo", "nenner": "ew", "faktor": 100.0, "bezug_monat": 12, "verzug_jahre": 0,
    "nenner_stand": "gleich", "basisjahr": None,
}  # fmt: skip


def counted(*rows):
    """A protected cube of rows (area, feature, date, value or status)."""
    return pd.DataFrame(
        [
            {
                "raum_id": area, "merkmal": feature, "stichtag": pd.Timestamp(date),
                "wert": math.nan if isinstance(given, str) else float(given),
                "status": given if isinstance(given, str) else "ok", "rest": 0.0,
            }
            for area, feature, date, given in rows
        ]
    )  # fmt: skip


def city(feature, date, a, b):
    """One feature of the two areas and of the city, their sum."""
    return [("a", feature, date, a), ("b", feature, date, b), ("stadt", feature, date, a + b)]


def one(cube, year=2006, breaks=NO_BREAKS, **row):
    """The indicator of a catalogue row in one year, by area."""
    catalogue = pd.DataFrame([DEFAULTS | row], index=["i"])
    made = compute(cube, AREAS, catalogue, breaks, [year])
    assert list(made.columns) == COLUMNS
    return made.set_index("raum_id")


@pytest.fixture
def cube():
    return counted(*city("alo", "2006-12-31", 30, 70), *city("ew", "2006-12-31", 600, 400))


def test_a_share_is_computed_at_every_level(cube):
    made = one(cube)
    assert made["wert"].to_dict() == pytest.approx({"stadt": 10.0, "a": 5.0, "b": 17.5})
    assert made["zaehler"].to_dict() == {"stadt": 100, "a": 30, "b": 70}
    assert made["nenner"].to_dict() == {"stadt": 1000, "a": 600, "b": 400}
    assert set(made["status"]) == {"ok"}
    assert list(made["ebene"]) == ["stadt", "sozialraum", "sozialraum"]
    assert set(made["stand_zaehler"]) == {pd.Timestamp("2006-12-31")}
    assert made["lage"].to_dict() == {"stadt": "im Bereich", "a": "unter", "b": "über"}
    assert set(made["intervall"]) == {"wilson"} and set(made["haeufung"]) == {1.0}
    assert (made["unten"] < made["wert"]).all()
    assert (made["wert"] < made["oben"]).all()


@pytest.mark.parametrize(
    ("art", "faktor", "expected", "why"),
    [
        ("verhaeltnis", 1, 0.05, "keine Fälle gezählt"),
        ("mittel", 10, 0.5, "mittelwert"),
        ("index", 100, 50, "mittelwert"),
    ],
)
def test_quotients_without_interval(cube, art, faktor, expected, why):
    made = one(cube, art=art, faktor=faktor)
    assert made.at["a", "wert"] == pytest.approx(expected)
    assert made["unten"].isna().all() and made["oben"].isna().all()
    assert set(made["intervall"]) == {why} and set(made["lage"]) == {"kein Intervall"}


def test_a_rate_has_an_interval_too(cube):
    made = one(cube, art="rate", faktor=1000)
    assert made["intervall"].to_dict() == {"stadt": "byar", "a": "byar", "b": "byar"}
    assert made["lage"].to_dict() == {"stadt": "im Bereich", "a": "unter", "b": "über"}
    few = counted(*city("alo", "2006-12-31", 9, 70), *city("ew", "2006-12-31", 600, 400))
    assert one(few, art="rate").at["a", "intervall"] == "exakt"


def test_amounts_have_no_interval():
    cube = counted(*city("wfl", "2006-12-31", 600, 400), *city("wfl", "2000-12-31", 500, 400))
    catalogue = pd.DataFrame([DEFAULTS | {"art": "veraenderung", "zaehler": "wfl", "nenner": "", "basisjahr": 2000}])
    features = pd.DataFrame({"einheit": ["m²", "Personen"]}, index=["wfl", "ew"])
    made = compute(cube, AREAS, catalogue, NO_BREAKS, [2006], features=features)
    assert set(made["intervall"]) == {"keine Fälle gezählt"} and made["unten"].isna().all()
    assert set(compute(cube, AREAS, catalogue, NO_BREAKS, [2006])["intervall"]) == {"quotient"}


def test_clustering_widens_the_interval(cube):
    plain = one(cube)
    for given in ("2", "bg / hh"):
        counts = counted(*city("bg", "2006-12-31", 40, 60), *city("hh", "2006-12-31", 20, 30))
        wider = one(pd.concat([cube, counts], ignore_index=True), haeufung=given)
        assert set(wider["haeufung"]) == {2.0}
        assert (wider["unten"] < plain["unten"]).all() and (wider["oben"] > plain["oben"]).all()
        assert wider["wert"].to_dict() == plain["wert"].to_dict()


def test_a_withheld_unit_gives_way_to_the_city_s_mean(cube):
    """Its interval must not give away what is withheld."""
    rows = [("a", "hh", "2006-12-31", "withheld"), ("b", "hh", "2006-12-31", 40), ("stadt", "hh", "2006-12-31", 50)]
    counts = counted(*city("bg", "2006-12-31", 40, 60), *rows)
    made = one(pd.concat([cube, counts], ignore_index=True), haeufung="bg / hh")
    assert made["haeufung"].to_dict() == {"stadt": 2.0, "a": 2.0, "b": 1.5}


@pytest.mark.parametrize(("stichtag", "factor"), [("2006-09-30", 2.0), ("2004-12-31", 2.0), ("2007-12-31", None)])
def test_clustering_is_that_of_the_nearest_day_before_the_year_s_end(cube, stichtag, factor):
    counts = counted(*city("bg", stichtag, 40, 60), *city("hh", stichtag, 20, 30))
    made = one(pd.concat([cube, counts], ignore_index=True), haeufung="bg / hh")
    if factor is None:
        assert set(made["intervall"]) == {"Häufung nicht bekannt"} and set(made["lage"]) == {"kein Intervall"}
    else:
        assert set(made["haeufung"]) == {factor} and made["unten"].notna().all()


def test_an_index_compares_with_the_city(cube):
    made = one(cube, art="index")
    assert made["wert"].to_dict() == pytest.approx({"stadt": 100.0, "a": 50.0, "b": 175.0})


def test_a_change_against_the_base_year():
    counts = {"2006-06-30": (30, 70), "2000-06-30": (40, 60), "2003-06-30": (1, 1)}
    cube = counted(*(row for date, pair in counts.items() for row in city("alo", date, *pair)))
    made = one(cube, art="veraenderung", nenner="", bezug_monat=6, basisjahr=2000)
    assert made["wert"].to_dict() == pytest.approx({"stadt": 0.0, "a": -25.0, "b": 100 / 6})
    assert set(made["stand_nenner"]) == {pd.Timestamp("2000-06-30")}


@pytest.mark.parametrize("base", [2006, 2007, 1999])
def test_a_change_without_an_earlier_count_is_not_meaningful(base):
    cube = counted(*city("alo", "2006-06-30", 30, 70), *city("alo", "2000-06-30", 40, 60))
    made = one(cube, art="veraenderung", nenner="", bezug_monat=6, basisjahr=base)
    assert set(made["status"]) == {"not_meaningful"}
    assert made["wert"].isna().all()


@pytest.mark.parametrize(("base", "status"), [(2003, "not_meaningful"), (2005, "ok")])
def test_a_change_across_a_break_is_not_meaningful(base, status):
    cube = counted(*city("alo", "2006-09-30", 30, 70), *city("alo", f"{base}-09-30", 40, 60))
    breaks = pd.DataFrame({"merkmal": ["alo"], "ab": [pd.Timestamp("2005-01-01")], "grund": ["SGB II"]})
    made = one(cube, breaks=breaks, art="veraenderung", nenner="", bezug_monat=9, basisjahr=base)
    assert set(made["status"]) == {status}
    assert set(made["segment"]) == {1}


def test_a_withheld_part_of_a_change_stays_withheld():
    cube = counted(
        ("a", "alo", "2006-09-30", "withheld"), ("b", "alo", "2006-09-30", 70), ("stadt", "alo", "2006-09-30", 100),
        *city("alo", "2003-09-30", 40, 60),
    )  # fmt: skip
    breaks = pd.DataFrame({"merkmal": ["alo"], "ab": [pd.Timestamp("2005-01-01")], "grund": ["SGB II"]})
    made = one(cube, breaks=breaks, art="veraenderung", nenner="", bezug_monat=9, basisjahr=2003)
    assert made["status"].to_dict() == {"stadt": "not_meaningful", "a": "withheld", "b": "not_meaningful"}
    assert math.isnan(made.at["a", "nenner"])


def test_segments_count_the_breaks_before_the_stand():
    breaks = pd.DataFrame(
        {
            "merkmal": ["alo", "ew", "alo", "sonst"],
            "ab": pd.to_datetime(["2005-01-01", "2005-01-01", "2006-07-01", "2004-01-01"]),
            "grund": ["x", "x", "y", "z"],
        }
    )
    rows = [r for y in (2004, 2005, 2006) for f in ("alo", "ew") for r in city(f, f"{y}-12-31", 300, 700)]
    catalogue = pd.DataFrame([DEFAULTS], index=["i"])
    made = compute(counted(*rows), AREAS, catalogue, breaks, [2004, 2005, 2006])
    assert made.groupby("jahr")["segment"].first().to_dict() == {2004: 0, 2005: 1, 2006: 2}
    row = pd.Series(DEFAULTS)
    found = indicators.breaks_between(breaks, row)
    assert list(found["ab"].dt.year) == [2005, 2006]
    assert list(found["grund"]) == ["x", "y"]


def test_division_by_zero_is_not_meaningful():
    cube = counted(
        ("a", "alo", "2006-12-31", 0), ("b", "alo", "2006-12-31", 70), ("stadt", "alo", "2006-12-31", 70),
        ("a", "ew", "2006-12-31", 0), ("b", "ew", "2006-12-31", 400), ("stadt", "ew", "2006-12-31", 400),
    )  # fmt: skip
    made = one(cube)
    assert made.at["a", "status"] == "not_meaningful"
    assert math.isnan(made.at["a", "wert"])
    assert made.at["b", "status"] == "ok"


@pytest.mark.parametrize("status", ["withheld", "missing", "unreliable", "not_meaningful"])
def test_statuses_are_handed_on(status):
    cube = counted(
        ("a", "alo", "2006-12-31", status), ("b", "alo", "2006-12-31", 70), ("stadt", "alo", "2006-12-31", 100),
        *city("ew", "2006-12-31", 600, 400),
    )  # fmt: skip
    made = one(cube)
    assert made.at["a", "status"] == status
    assert math.isnan(made.at["a", "wert"])
    assert made.at["stadt", "wert"] == pytest.approx(10)


def test_a_share_whose_rest_is_small_is_withheld():
    cube = counted(*city("alo", "2006-12-31", 599, 70), *city("ew", "2006-12-31", 600, 400))
    made = one(cube)
    assert made.at["a", "status"] == "withheld"
    assert math.isnan(made.at["a", "zaehler"])
    assert made.at["stadt", "status"] == "ok"


def test_numerators_and_denominators_may_be_sums():
    cube = counted(
        *city("x", "2006-12-31", 10, 20), *city("y", "2006-12-31", 5, 7), *city("ew", "2006-12-31", 600, 400)
    )
    made = one(cube, zaehler="x + y")
    assert made.at["a", "wert"] == pytest.approx(2.5)
    assert terms(" x+y + z ") == ["x", "y", "z"]
    assert terms("") == []


def test_a_sum_needs_a_date_of_all_its_parts():
    cube = counted(
        *city("x", "2006-12-31", 10, 20), *city("y", "2005-12-31", 5, 7), *city("x", "2005-12-31", 8, 9),
        *city("ew", "2005-12-31", 600, 400),
    )  # fmt: skip
    made = one(cube, zaehler="x + y")
    assert set(made["stand_zaehler"]) == {pd.Timestamp("2005-12-31")}
    assert made.at["a", "zaehler"] == 13


@pytest.mark.parametrize(
    ("rule", "expected"), [("gleich", None), ("", None), ("jahresende", "2006-12-31"), ("vorjahresende", "2005-12-31")]
)
def test_rules_of_the_denominator(rule, expected):
    cube = counted(
        *city("alo", "2006-09-30", 30, 70), *city("ew", "2006-12-31", 600, 400), *city("ew", "2005-12-31", 500, 500),
        *city("ew", "2006-03-31", 1, 1),
    )  # fmt: skip
    made = one(cube, bezug_monat=9, nenner_stand=rule)
    if expected is None:
        assert set(made["status"]) == {"missing"}
    else:
        assert set(made["stand_nenner"]) == {pd.Timestamp(expected)}


def test_the_newest_stand_not_after_the_delay():
    rows = [r for y in (2001, 2004, 2006) for f in ("alo", "ew") for r in city(f, f"{y}-12-31", 300, 700)]
    made = one(counted(*rows), verzug_jahre=4)
    assert set(made["stand_zaehler"]) == {pd.Timestamp("2001-12-31")}
    made = one(counted(*rows), year=2000)
    assert made["stand_zaehler"].isna().all()
    assert set(made["status"]) == {"missing"}
    made = one(counted(*rows), year=2000, art="veraenderung", nenner="", basisjahr=1999)
    assert set(made["status"]) == {"missing"}


def test_an_empty_catalogue():
    made = compute(counted(*city("alo", "2006-12-31", 3, 4)), AREAS, pd.DataFrame(), NO_BREAKS, [2006])
    assert list(made.columns) == COLUMNS
    assert made.empty


# -- the shipped data ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped(pytestconfig):
    tables = load(pytestconfig.rootpath / "data")
    cube = protect(aggregate(tables.values, tables.areas), tables.features)
    made = compute(cube, tables.areas, tables.indicators, tables.breaks, [2006])
    city_id = tables.areas.index[tables.areas["ebene"] == "stadt"][0]
    return made[made["raum_id"] == city_id].set_index("indikator")


@pytest.mark.parametrize(
    ("indicator", "counted_at", "related_to"),
    [
        ("ek_index", "2001-12-31", "2001-12-31"),
        ("svb_entw", "2005-06-30", "2000-06-30"),
        ("al_rate", "2006-09-30", "2006-12-31"),
        ("sgb2_quote", "2006-09-30", "2006-12-31"),
        ("mindestsicherung", "2006-12-31", "2006-12-31"),
    ],
)
def test_the_first_report_s_dates_for_2006(shipped, indicator, counted_at, related_to):
    assert shipped.at[indicator, "stand_zaehler"] == pd.Timestamp(counted_at)
    assert shipped.at[indicator, "stand_nenner"] == pd.Timestamp(related_to)
    assert shipped.at[indicator, "status"] == "ok"


def test_school_entry_2005_2006(shipped):
    """A school year stands under the year in which it begins."""
    assert shipped.at["normalgewicht", "stand_zaehler"].year == 2005
    assert shipped.at["normalgewicht", "stand_nenner"].year == 2005


def test_a_value_knows_whether_it_can_be_compared():
    def value(number=1.0, status="ok", segment=0, year=2006):
        date = pd.Timestamp(f"{year}-12-31").date()
        return Value("a", "i", year, number, 1, 2, date, date, status, segment=segment)

    assert value().comparable(value(year=2005))
    assert not value().comparable(value())
    assert not value().comparable(value(year=2005, segment=1))
    assert not value().comparable(value(math.nan, "withheld", year=2005))
    assert not value(math.nan).shown
    assert value(status="unreliable").shown


@pytest.mark.parametrize(("cases", "shown"), [(0, True), (3, False), (4, False), (6, True), (30, True)])
def test_what_chance_leaves_too_open_is_not_shown(cases, shown):
    few = counted(*city("alo", "2006-12-31", cases, 70), *city("ew", "2006-12-31", 100, 400))
    made = one(few)
    assert made["status"].to_dict() == {"stadt": "ok", "a": "ok" if shown else "unreliable", "b": "ok"}
    for column in ("wert", "unten", "oben"):
        assert math.isnan(made.at["a", column]) != shown
    if not shown:
        assert (made.at["a", "lage"], made.at["a", "intervall"]) == ("kein Intervall", "kein Wert")
        assert made.at["a", "zaehler"] == cases, "the count stays for sums"


def test_the_limit_stands_in_the_catalogue():
    few = counted(*city("alo", "2006-12-31", 12, 70), *city("ew", "2006-12-31", 100, 400))
    assert one(few).at["a", "status"] == "ok"
    assert one(few, unsicher_ab=0.5).at["a", "status"] == "unreliable"
    assert one(few, unsicher_ab=0.5).at["b", "status"] == "ok"
    assert one(few, unsicher_ab=10.0).at["a", "status"] == "ok"


def test_a_change_near_nothing_is_no_uncertain_value():
    rows = [*city("alo", "2006-12-31", 100, 200), *city("alo", "2000-12-31", 99, 200)]
    made = one(counted(*rows), art="veraenderung", nenner="", basisjahr=2000)
    assert made.at["a", "status"] == "ok" and made.at["a", "unten"] < 0 < made.at["a", "wert"]


def test_a_withheld_value_stays_withheld(cube):
    secret = counted(
        ("a", "alo", "2006-12-31", "withheld"), ("b", "alo", "2006-12-31", 70.0), ("stadt", "alo", "2006-12-31", 73.0)
    )
    made = one(pd.concat([secret, cube[cube["merkmal"] == "ew"]], ignore_index=True))
    assert made.at["a", "status"] == "withheld"


def test_only_few_values_of_the_shipped_data_are_too_uncertain():
    """None of the indicators of typology and status, and only values of four cases or fewer."""
    from sozialbericht.bericht import Bericht

    for year in (2005, 2006, 2007):
        pen = Bericht(year)
        tables = {str(name): pen.daten(str(name)) for name in pen.indikatoren().index}
        unsure = {name: table[table["status"] == "unreliable"] for name, table in tables.items()}
        assert sum(map(len, unsure.values())) <= 12
        assert all((table["zaehler"] <= 4).all() for table in unsure.values())
        chosen = pen.indikatoren()["typ_vorzeichen"].notna()
        assert all(unsure[str(name)].empty for name in pen.indikatoren().index[chosen])

"""Shares that are delivered without counts: as good as counts where they come out whole, else shares and no more."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sozialbericht.bericht import Bericht
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.reading.parsing import SHARE
from sozialbericht.data.timeline import deliveredshares
from sozialbericht.disclosure.protection import Protection
from sozialbericht.faults import InputError
from sozialbericht.statistics.cube import aggregate
from sozialbericht.statistics.kind import Kind
from sozialbericht.wording.values import NotSayable

CITY = Path(__file__).resolve().parents[1] / "stadt"
DAY = pd.Timestamp("2006-12-31")
PAIR = st.integers(1, 20_000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
PAIRS = st.lists(PAIR, min_size=1, max_size=8)


def tables(pairs, decimals, *, sensitive=False):
    """Wholes and parts as a delivery: the parts as shares with some decimals."""
    rows = [(f"a{k}", "ew", DAY, float(n), "ok", "w.csv", k) for k, (n, _) in enumerate(pairs)]
    shares = [round(100 * p / n, decimals) for n, p in pairs]
    rows += [(f"a{k}", "alo", DAY, share, "ok", "w.csv", 99 + k) for k, share in enumerate(shares)]
    columns = ["raum_id", "merkmal", "stichtag", "wert", "status", "datei", "zeile"]
    features = pd.DataFrame(
        {"einheit": "Personen", "sensibel": sensitive, "anteil_an": ["", "ew"], "datei": "m.csv", "zeile": [2, 3]},
        index=["ew", "alo"],
    )
    return pd.DataFrame(rows, columns=columns), features


@settings(deadline=None)
@given(PAIRS)
def test_with_enough_decimals_the_persons_come_back(pairs):
    found = deliveredshares.counted(*tables(pairs, 6), Findings(CITY))
    made = found.values[found.values["merkmal"] == "alo"]["wert"]
    assert made.tolist() == [part for _, part in pairs]
    assert found.features.at["alo", "einheit"] == "Personen"


@settings(deadline=None)
@given(PAIRS, st.integers(0, 2))
def test_a_rounded_share_stays_the_share_it_was(pairs, decimals):
    given_, features = tables(pairs, decimals)
    found = deliveredshares.counted(given_, features, Findings(CITY))
    if found.features.at["alo", "einheit"] == SHARE:
        rows = found.values[found.values["merkmal"] == "alo"]
        shares = 100 * rows["wert"].to_numpy() / [n for n, _ in pairs]
        assert shares == pytest.approx([round(100 * p / n, decimals) for n, p in pairs])


def test_one_or_two_persons_are_withheld_though_the_share_is_rounded():
    given_, features = tables([(1000, 2), (3, 1), (700, 99), (800, 799)], 1, sensitive=True)
    found = deliveredshares.counted(given_, features, Findings(CITY))
    assert found.features.at["alo", "einheit"] == SHARE
    cube = Protection(found.values.assign(rest=0.0), found.features.assign(teil_von=["", "ew"])).cube()
    rows = cube[cube["merkmal"] == "alo"]
    assert rows["status"].tolist() == ["withheld", "withheld", "ok", "withheld"]
    assert rows["wert"].isna().tolist() == [True, True, False, True]


DISTRICT = st.lists(st.tuples(st.integers(50, 3000), st.integers(0, 12)), min_size=2, max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(DISTRICT, min_size=2, max_size=4), st.integers(1, 4), st.booleans())
def test_no_share_times_its_public_whole_gives_a_withheld_count_away(districts, decimals, delivered_above):
    """Kept shares, those of the districts and the city computed or delivered: who knows all wholes and all shown shares
    to the last digit (more than anyone knows) is left with a range as wide as the smallest count shown."""
    above, rows = {"city": ""}, []
    for d, places in enumerate(districts):
        above[f"d{d}"] = "city"
        for k, (whole, part) in enumerate(places):
            above[f"d{d}a{k}"] = f"d{d}"
            rows.append((f"d{d}a{k}", whole, part))
    if delivered_above:
        rows += [(f"d{d}", *np.sum(places, axis=0).tolist()) for d, places in enumerate(districts)]
        rows.append(("city", *np.sum([p for places in districts for p in places], axis=0).tolist()))
    made = [(area, "ew", DAY, float(n), "ok", "w.csv", 1) for area, n, _ in rows]
    made += [(area, "alo", DAY, round(100 * p / n, decimals), "ok", "w.csv", 2) for area, n, p in rows]
    features = tables([(1, 1)], 1, sensitive=True)[1].assign(teil_von=["", "ew"])
    columns = ["raum_id", "merkmal", "stichtag", "wert", "status", "datei", "zeile"]
    found = deliveredshares.counted(pd.DataFrame(made, columns=columns), features, Findings(CITY))
    areas = pd.DataFrame({"teil_von": above.values()}, index=list(above))
    areas[["gueltig_von", "gueltig_bis"]] = pd.Timestamp("2000-01-01"), pd.NaT
    open_ = aggregate(found.values, areas)
    cube = Protection(open_, found.features, areas).cube()
    true, seen = (c[c["merkmal"] == "alo"].set_index("raum_id")["wert"] for c in (open_, cube))
    hidden = list(seen.index[seen.isna()])
    assert set(true.index[(true > 0) & (true < 3)]) <= set(hidden)
    equations, right = [], []
    for whole in {up for up in above.values() if up}:
        parts = [area for area, up in above.items() if up == whole]
        factors = [(whole == area) - float(area in parts) for area in hidden]
        noise = true[whole] - true[parts].sum()
        known = [area for area in parts if area not in hidden]
        equations.append(factors)
        right.append(noise + seen[known].sum() - (0.0 if whole in hidden else seen[whole]))
    for at in range(len(hidden)):
        ends = [
            linprog(sign * np.eye(len(hidden))[at], A_eq=equations, b_eq=right, bounds=(0, None)) for sign in (1, -1)
        ]
        if any(end.status == 3 for end in ends):
            continue  # without an upper end
        low, high = ends[0].fun, -ends[1].fun
        assert high - low >= 3 - 1e-6, (hidden[at], low, high)


def delivered(target: Path, decimals: int, part: str = "ew_u18") -> Path:
    """The invented city with the young delivered as shares of the population."""
    folder = Path(shutil.copytree(CITY, target))
    path = folder / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    for entry in described["resources"]:
        if entry["name"] == "merkmale":
            entry["schema"]["fields"].append({"name": "anteil_an", "type": "string"})
    path.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    table = folder / "merkmale.csv"
    head, *lines = table.read_text(encoding="utf-8").splitlines()
    marked = [f"{line};{'ew' if line.startswith(f'{part};') else ''}" for line in lines]
    table.write_text("\n".join([f"{head};anteil_an", *marked]) + "\n", encoding="utf-8")
    for path in (folder / "werte").glob("*.csv"):
        lines = [line.split(";") for line in path.read_text(encoding="utf-8").splitlines()]
        whole = {(a, d): w for a, m, d, w in lines if m == "ew"}
        for cells in lines:
            if cells[1] == part:
                share = 100 * int(cells[3]) / int(whole[cells[0], cells[2]])
                cells[3] = f"{share:.{decimals}f}".replace(".", ",")
        path.write_text("\n".join(map(";".join, lines)) + "\n", encoding="utf-8")
    return folder


def test_whole_shares_are_a_report_like_any_other(tmp_path):
    one, other = Bericht(2006, daten=delivered(tmp_path / "d", 6)), Bericht(2006, daten=CITY)
    pd.testing.assert_frame_equal(one.daten("anteil_u18"), other.daten("anteil_u18"))


def test_a_kept_share_has_no_interval_and_says_why(tmp_path):
    b = Bericht(2006, daten=delivered(tmp_path / "d", 1))
    table, before = b.daten("anteil_u18"), Bericht(2006, daten=CITY).daten("anteil_u18")
    assert table["wert"].tolist() == pytest.approx(before["wert"].round(1).tolist())
    assert set(table["intervall"]) == {Kind.DELIVERED}
    assert table["unten"].isna().all()
    assert set(table["lage"]) == {"kein Intervall"}
    value = b.wert("anteil_u18", "sr_altstadt")
    with pytest.raises(NotSayable, match="als Anteil geliefert"):
        str(value.anzahl)
    city = Bericht(2006, daten=CITY).wert("anteil_u18").wert.number
    assert b.wert("anteil_u18").wert.number == pytest.approx(city, abs=0.1)


def test_a_share_needs_its_whole(tmp_path):
    folder = delivered(tmp_path / "d", 1)
    table = folder / "merkmale.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(";ew\n", ";ewig\n"), encoding="utf-8")
    with pytest.raises(InputError, match="kein Merkmal, das gezählt geliefert wird"):
        Bericht(2006, daten=folder)

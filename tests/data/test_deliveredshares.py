"""Shares that are delivered without counts: as good as counts where they come out whole, else shares and no more."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.bericht import Bericht
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.reading.parsing import SHARE
from sozialbericht.data.timeline import deliveredshares
from sozialbericht.faults import InputError
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
    found = deliveredshares.counted(*tables([(1000, 2), (3, 1), (700, 99)], 1, sensitive=True), Findings(CITY))
    rows = found.values[found.values["merkmal"] == "alo"]
    assert found.features.at["alo", "einheit"] == SHARE
    assert rows["status"].tolist() == ["withheld", "withheld", "ok"]
    assert rows["wert"].isna().tolist() == [True, True, False]


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

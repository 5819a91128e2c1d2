"""The stock of a data folder: computed once, new after a change, never shared with a caller."""

import os
import pickle
import shutil
from pathlib import Path

import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.data import contract
from sozialbericht.data.content import fingerprint
from sozialbericht.faults import InputError
from sozialbericht.findings import tablestore
from sozialbericht.position import Position
from sozialbericht.statistics.kind import Kind

STADT = Path(__file__).resolve().parents[1] / "stadt"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(STADT, tmp_path / "daten"))


def change(folder: Path) -> None:
    """One person more in one count."""
    path = folder / "werte" / "2006.csv"
    head, first, *rest = path.read_text(encoding="utf-8").splitlines()
    *start, number = first.split(";")
    path.write_text("\n".join([head, ";".join([*start, str(int(number) + 100)]), *rest]), encoding="utf-8")


def test_the_same_content_is_loaded_once(folder, monkeypatch):
    loads = []
    load = contract.load
    monkeypatch.setattr(contract, "load", lambda path, year: loads.append(path) or load(path, year))
    first = tablestore.of(folder)
    os.utime(folder / "werte" / "2006.csv", (1, 1))
    assert tablestore.of(folder) is first
    change(folder)
    assert tablestore.of(folder) is not first
    assert len(loads) == 2


def test_a_new_report_object_sees_changed_data(folder):
    raum, merkmal = (folder / "werte" / "2006.csv").read_text(encoding="utf-8").splitlines()[1].split(";")[:2]
    before = Bericht(2006, 2005, folder).merkmal(merkmal, raum)
    change(folder)
    after = Bericht(2006, 2005, folder).merkmal(merkmal, raum)
    assert not before.equals(after)


def test_no_caller_changes_what_another_gets(folder):
    first = Bericht(2006, 2005, folder)
    frames = {name: value for name, value in vars(first._tables).items() if isinstance(value, pd.DataFrame)}
    assert len(frames) >= 6, "areas, features, indicators, values, breaks, geometry"
    untouched = {name: frame.copy() for name, frame in frames.items()}
    values, cube = first._values.copy(), first._cube.copy()
    for frame in (*frames.values(), first._values, first._cube):
        frame.iloc[:, 0] = frame.iloc[::-1, 0].to_numpy()
        frame["neu"] = 1
    first._tables.descriptor.clear()
    first._tables.years.append(1900)
    second = Bericht(2006, 2005, folder)
    for name, frame in untouched.items():
        pd.testing.assert_frame_equal(pd.DataFrame(getattr(second._tables, name)), pd.DataFrame(frame))
    pd.testing.assert_frame_equal(second._values, values)
    pd.testing.assert_frame_equal(second._cube, cube)
    assert second._tables.descriptor
    assert 1900 not in second._tables.years


def test_faults_are_told_each_time(folder):
    (folder / "werte" / "2006.csv").write_text("kaputt", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError):
            tablestore.of(folder)
    with pytest.raises(InputError):
        tablestore.of(folder / "fehlt")


def test_what_is_derived_is_computed_once_per_content(folder):
    calls = []
    for _ in range(2):
        assert tablestore.of(folder).entry("summe", lambda: calls.append(1) or 7) == 7
    change(folder)
    tablestore.of(folder).entry("summe", lambda: calls.append(1) or 7)
    assert len(calls) == 2


def test_a_stock_joins_the_one_that_is_held(folder, monkeypatch):
    monkeypatch.setattr(tablestore, "_stores", {})
    first, second = (tablestore.TableStore(folder, fingerprint(folder)) for _ in range(2))
    for one, year in ((first, 2005), (second, 2006)):
        one.values(year)
        one.entry(year, lambda year=year: year)
        one.entry("beide", lambda year=year: year)
    assert tablestore.hold(first) is first
    assert tablestore.hold(second) is first
    assert tablestore.of(folder) is first
    assert sorted(first._values) == [2005, 2006]
    assert first._entries == {2005: 2005, 2006: 2006, "beide": 2005}
    pd.testing.assert_frame_equal(first.values(2006), second.values(2006))
    pd.testing.assert_frame_equal(first.values(2005), tablestore.TableStore(folder, "").values(2005))


def test_protected_counts_join_the_tables_that_are_held(folder, monkeypatch):
    monkeypatch.setattr(tablestore, "_stores", {})
    bare, done = (tablestore.TableStore(folder, fingerprint(folder)) for _ in range(2))
    cube = done.cube()
    tablestore.hold(bare)
    assert tablestore.hold(done) is bare
    monkeypatch.setattr(tablestore, "aggregate", None)
    pd.testing.assert_frame_equal(bare.cube(), cube)


def test_few_are_held(folder, monkeypatch):
    monkeypatch.setattr(tablestore, "_stores", {})
    made = []
    for _ in range(tablestore.MOST + 1):
        made.append(tablestore.of(folder))
        change(folder)
    assert list(tablestore._stores.values()) == made[1:]


def test_a_pickled_stock_is_equal_and_holds_no_rows(folder):
    first = tablestore.TableStore(folder, "")
    rows = first.rows(2006)
    first.entry("x", lambda: {"a": 1})
    second = pickle.loads(pickle.dumps(first))
    assert second.key == first.key
    assert second._rows == {}
    assert second.entry("x", lambda: 0) == {"a": 1}
    pd.testing.assert_frame_equal(second.values(2006), first.values(2006))
    pd.testing.assert_frame_equal(second.cube(), first.cube())
    pd.testing.assert_frame_equal(second.tables().values, first.tables().values)
    assert second.tables().years == first.tables().years
    assert repr(dict(second.rows(2006))) == repr(dict(rows))
    assert first.rows(2006) is rows, "the pickled one has lost nothing"


def test_rows_are_those_of_the_table(folder):
    one = tablestore.TableStore(folder, "")
    table, rows = one.values(2006), one.rows(2006)
    expected = [tuple(row) for row in table.reset_index().itertuples(index=False)]
    found = [(*key, *row) for key, row in rows.items()]
    assert list(table.columns) == list(tablestore.Row._fields)
    assert repr(found) == repr(expected), "nan is nan"
    dates = [date for row in rows.values() for date in (row.stand_zaehler, row.stand_nenner)]
    assert {type(date) for date in dates} == {pd.Timestamp, type(pd.NaT)}
    assert {(type(row.lage), type(row.intervall)) for row in rows.values()} == {(Position, Kind)}
    with pytest.raises(TypeError):
        rows["neu"] = 1


def test_fingerprints_see_names_and_contents_only(folder):
    before = fingerprint(folder)
    (folder / "~$2006.xlsx").write_text("offen in Excel", encoding="utf-8")
    (folder / ".DS_Store").write_text("", encoding="utf-8")
    os.utime(folder / "raeume.csv", (1, 1))
    assert fingerprint(folder) == before
    (folder / "raeume.csv").rename(folder / "raeume2.csv")
    assert fingerprint(folder) != before


@pytest.mark.parametrize(
    "handed",
    [
        lambda b: b.daten("anteil_u18"), lambda b: b.reihe("anteil_u18"), lambda b: b.aenderungen("anteil_u18"),
        lambda b: b.raeume(), lambda b: b.indikatoren(), lambda b: b.merkmale(), lambda b: b.brueche("anteil_u18"),
    ],
    ids=["daten", "reihe", "aenderungen", "raeume", "indikatoren", "merkmale", "brueche"],
)  # fmt: skip
def test_who_writes_into_an_array_of_a_table_changes_his_own_alone(folder, handed):
    b = Bericht(2006, 2005, folder)
    table, untouched = handed(b), handed(b).copy(deep=True)
    for column in table:
        array = table[column].to_numpy()
        if len(array) and array.flags.writeable:  # pandas guards numbers, not texts
            array[:] = array[::-1].copy()
    table["neu"] = 1
    pd.testing.assert_frame_equal(handed(b), untouched)

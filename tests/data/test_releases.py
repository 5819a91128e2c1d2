"""What is on record of releases: written and read, and every damage named with file, row and column."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from sozialbericht.data import content
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.releases import releaserecord, showncells
from sozialbericht.data.releases.releaserecord import Release, Stand

FIRST = Release(2005, Stand.RELEASED, dt.date(2006, 3, 1), "Dr. Erika Muster", "", "0123456789abcdef")
SECOND = Release(2005, Stand.CORRECTED, dt.date(2006, 4, 2), "Muster; Erika", "Alo „neu“ gezählt", "fedcba9876543210")
HEAD = "raum_id;merkmal;stichtag;wert;gedruckt"
ROW = "sr_hafen;alo;30.09.2005;120;ja"


def put(city, *releases, cells=(HEAD, ROW)):
    """A folder with these releases, each with these lines of counts."""
    (city.folder / releaserecord.NAME).write_text(releaserecord.written(releases), encoding="utf-8")
    for one in releases:
        path = showncells.path(city.folder, one.year)
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([*cells, ""]), encoding="utf-8")
    return city


def record(city, year=None):
    findings = Findings(city.folder)
    found = releaserecord.read(city.folder, findings, year)
    return found, [(f.place.rpartition("/")[2], f.row, f.column, f.what) for f in findings.faults()]


def shown(*rows):
    table = pd.DataFrame(rows, columns=HEAD.split(";"))
    return table.assign(stichtag=pd.to_datetime(table["stichtag"]))


class TestRecord:
    def test_without_files_all_reports_are_drafts(self, city):
        assert record(city) == ([], [])

    def test_what_is_written_is_read(self, city):
        put(city, FIRST, SECOND)
        assert record(city) == ([FIRST, SECOND], [])
        assert record(city, 2006) == ([], [])
        assert releaserecord.lines(city.folder, 2005).count(b"\n") == 2
        assert releaserecord.lines(city.folder, 2006) == b""

    @pytest.mark.parametrize(
        ("old", "new", "row", "column", "what"),
        [
            ("01.03.2006", "31.02.2006", 2, "datum", "gibt es im Kalender nicht"),
            (";freigegeben;", ";gedruckt;", 2, "status", "nicht vorgesehen"),
            (";freigegeben;", ";berichtigt;", 2, "status", "davor aber nie freigegeben"),
            (";berichtigt;", ";freigegeben;", 3, "status", "davor aber schon freigegeben"),
            (";Dr. Erika Muster;", ";;", 2, "verantwortlich", "Pflicht"),
            (";Alo „neu“ gezählt;", ";;", 3, "anlass", "fehlt der Anlass"),
            ("2005;berichtigt", "zwei;berichtigt", 3, "jahr", "keine ganze Zahl"),
            ("2005;berichtigt", "2004;freigegeben", 3, "jahr", "fehlt freigaben/2004.csv"),
            ("jahr;", "Jahr der;", 1, "jahr", "Die Spalte fehlt"),
        ],
    )
    def test_damage_is_named(self, city, old, new, row, column, what):
        put(city, FIRST, SECOND)
        city.edit(releaserecord.NAME, old, new)
        found, faults = record(city)
        assert found == []
        assert any(fault[:3] == (releaserecord.NAME, row, column) and what in fault[3] for fault in faults), faults

    def test_counts_without_a_record(self, city):
        put(city, FIRST)
        (city.folder / releaserecord.NAME).unlink()
        assert [fault[0] for fault in record(city)[1]] == ["2005.csv"]

    def test_no_number_depends_on_the_record(self, city):
        put(city, FIRST)
        before = content.fingerprint(city.folder)
        put(city, FIRST, SECOND)
        assert content.fingerprint(city.folder) == before
        city.append("freigaben/2005.csv", "sr_hafen;alo;30.09.2004;110;nein")
        assert content.fingerprint(city.folder) != before


class TestCells:
    def test_the_contract_reads_them(self, city):
        table = put(city, FIRST).load().others[showncells.NAME]
        assert table.to_dict("records") == [
            {"raum_id": "sr_hafen", "merkmal": "alo", "stichtag": pd.Timestamp("2005-09-30"), "wert": 120.0,
             "gedruckt": True}
        ]  # fmt: skip

    def test_years_are_those_of_the_values(self, city):
        before = city.load().years
        assert put(city, FIRST).load().years == before

    @pytest.mark.parametrize(
        ("row", "column", "what"),
        [
            ("sr_haven;alo;30.09.2005;120;ja", "raum_id", "„sr_haven“ gibt es in raeume.csv nicht"),
            ("sr_hafen;al;30.09.2005;120;ja", "merkmal", "„al“ gibt es in merkmale.csv nicht"),
            ("sr_hafen;alo;31.09.2005;120;ja", "stichtag", "Kalender"),
            ("sr_hafen;alo;30.09.2005;viele;ja", "wert", "keine Zahl"),
            ("sr_hafen;alo;30.09.2005;;ja", "wert", "Pflicht"),
            ("sr_hafen;alo;30.09.2005;120;vielleicht", "gedruckt", "nicht vorgesehen"),
        ],
    )
    def test_damage_is_named(self, city, row, column, what):
        fault = put(city, FIRST, cells=(HEAD, ROW, row)).fault()
        assert (fault.place, fault.row, fault.column) == ("stadt/freigaben/2005.csv", 3, column)
        assert what in fault.what

    @pytest.mark.parametrize("lines", [(HEAD,), (HEAD.replace("wert", "zahl"), ROW), (HEAD, ROW + ";1")])
    def test_a_damaged_table_is_named(self, city, lines):
        assert {fault.place for fault in put(city, FIRST, cells=lines).faults()} == {"stadt/freigaben/2005.csv"}

    def test_other_files_in_the_folder(self, city):
        put(city, FIRST)
        (city.folder / "freigaben" / "notiz.csv").write_text("x", encoding="utf-8")
        assert "2006.csv" in city.fault().what

    def test_the_same_counts_make_the_same_file(self, city):
        rows = [
            ("sr_hafen", "alo", "2005-09-30", 7.0, False), ("sr_altstadt", "alo", "2005-09-30", 1234.5, True),
            ("sr_hafen", "alo", "2004-09-30", 0.0, True),
        ]  # fmt: skip
        text = showncells.written(shown(*rows))
        assert text == showncells.written(shown(*reversed(rows)))
        assert text.splitlines()[1:] == [
            "sr_altstadt;alo;30.09.2005;1234,5;ja", "sr_hafen;alo;30.09.2004;0;ja", "sr_hafen;alo;30.09.2005;7;nein"
        ]  # fmt: skip

    def test_an_edition_before_stays_known(self):
        first = shown(("a", "alo", "2005-09-30", 7.0, True), ("b", "alo", "2005-09-30", 8.0, False))
        second = shown(("a", "alo", "2005-09-30", 9.0, False), ("b", "alo", "2005-09-30", 8.0, True))
        assert showncells.written(second, first).splitlines()[1:] == [
            "a;alo;30.09.2005;7;ja", "a;alo;30.09.2005;9;nein", "b;alo;30.09.2005;8;ja"
        ]  # fmt: skip

    def test_what_is_read_again_is_what_was_written(self, city):
        put(city, FIRST)
        text = showncells.written(showncells.read(city.folder, 2005))
        assert text == showncells.path(city.folder, 2005).read_text(encoding="utf-8")
        assert showncells.read(city.folder, 2006) is None

    def test_only_todays_numbers_are_known(self):
        day = pd.Timestamp("2005-09-30")
        cube = pd.DataFrame(
            {"raum_id": ["a", "b", "c"], "merkmal": "alo", "stichtag": day, "wert": [7.0, 9.0, np.nan]}
        )  # fmt: skip
        table = shown(*((area, "alo", "2005-09-30", 7.0, True) for area in "abcd"))
        held = showncells.holding(table, cube)
        assert held[["raum_id", "place", "unseen"]].to_dict("records") == [
            {"raum_id": "a", "place": 0, "unseen": False}, {"raum_id": "c", "place": 2, "unseen": True}
        ]  # fmt: skip

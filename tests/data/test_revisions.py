"""Values counted anew: each report takes those that held for it, and what was counted in the new way lies behind the
break."""

import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.bericht import Bericht
from sozialbericht.data import contract
from sozialbericht.data.timeline import revisions
from sozialbericht.faults import InputError

CITY = Path(__file__).resolve().parents[1] / "stadt"
NEW = "fassung"


@pytest.fixture
def folder(tmp_path):
    """The invented city, whose contract lets values have a version."""
    made = Path(shutil.copytree(CITY, tmp_path / "d"))
    path = made / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    for entry in described["resources"]:
        if entry["name"] == "werte":
            entry["schema"]["fields"].append({"name": "fassung", "type": "integer", "entbehrlich": True})
            entry["schema"]["primaryKey"].append("fassung")
    path.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    return made


def revise(folder: Path, year: int, change, version: int, areas=None) -> None:
    """Add to the file of a year what ``change`` makes of the counts of ``alo``, of all areas or some."""
    path = folder / "werte" / f"{year}.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    own = [line.split(";")[:4] for line in lines if ";alo;" in line]
    new = [f"{a};{m};{d};{change(int(w))};{version}" for a, m, d, w in own if areas is None or a in areas]
    text = [f"{head};{NEW}", *(f"{line};" for line in lines), *new]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")


def rate(folder: Path, year: int, of: int) -> float:
    return float(Bericht(year, daten=folder).wert("arbeitslosenquote", jahr=of).wert.number)


def test_an_earlier_report_stays_what_it_was(folder):
    before = {year: rate(folder, year, 2004) for year in (2004, 2005, 2006)}
    assert len(set(before.values())) == 1
    revise(folder, 2004, lambda n: 2 * n, 2006)
    assert rate(folder, 2004, 2004) == rate(folder, 2005, 2004) == before[2004]
    assert rate(folder, 2006, 2004) > before[2004]


def test_what_is_counted_in_the_new_way_is_compared(folder):
    assert not Bericht(2006, daten=folder).aenderung("arbeitslosenquote", seit=2004).ok, "SGB II since 2005"
    revise(folder, 2004, lambda n: 2 * n, 2005)
    b = Bericht(2006, daten=folder)
    assert b.aenderung("arbeitslosenquote", seit=2004).ok
    assert b.brueche("arbeitslosenquote")["ab"].iloc[0].year == 2004
    assert "in der neuen Weise berechnet" in b.brueche("arbeitslosenquote")["grund"].iloc[0]
    assert not Bericht(2004, daten=folder).brueche("arbeitslosenquote").size


def test_it_stands_beside_what_was_published(folder, monkeypatch):
    revise(folder, 2004, lambda n: 2 * n, 2006)
    shown = []
    monkeypatch.setattr("sozialbericht.subjects.annex.tables.put", lambda *given: shown.append(given))
    Bericht(2005, daten=folder).anhang().tabelle_revisionen(id="tbl-r", titel="Neu")
    assert not shown, "a report of 2005 knows nothing of it"
    Bericht(2006, daten=folder).anhang().tabelle_revisionen(id="tbl-r", titel="Neu")
    (_, _, rows, _, _), *more = shown
    assert not more
    first, now = (float(cell.replace(".", "")) for cell in rows[0][2:4])
    assert now == 2 * first
    assert rows[0][1].endswith("2004") and rows[0][5] == "2006"


def test_a_correction_of_some_areas_moves_no_break(folder):
    revise(folder, 2004, lambda n: n - 3, 2006, areas={"sr_altstadt"})
    assert not Bericht(2006, daten=folder).aenderung("arbeitslosenquote", seit=2004).ok


def test_a_correction_before_the_break_moves_it_not(folder):
    revise(folder, 2004, lambda n: 2 * n, 2004)
    assert not Bericht(2006, daten=folder).aenderung("arbeitslosenquote", seit=2004).ok


def test_the_same_version_twice_is_a_fault(folder):
    revise(folder, 2004, lambda n: 2 * n, 2006)
    path = folder / "werte" / "2004.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[-1]]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="steht schon in Zeile"):
        contract.load(folder)
    first = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*first[:-1], first[1]]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="steht schon in Zeile"):
        contract.load(folder)


ROWS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from([2001, 2002]), st.sampled_from([0, 2003, 2005, 2008])),
    st.integers(0, 99),
)


@settings(deadline=None)
@given(ROWS, st.integers(2000, 2010))
def test_of_each_value_the_newest_that_holds(rows, year):
    table = pd.DataFrame(
        [(area, "m", pd.Timestamp(day, 12, 31), w, v or pd.NA) for (area, day, v), w in rows.items()],
        columns=["raum_id", "merkmal", "stichtag", "wert", NEW],
    )
    breaks = pd.DataFrame({"merkmal": [], "ab": pd.to_datetime([]), "grund": []})
    found = revisions.resolve(table, breaks, year).values
    told = {(r.raum_id, r.stichtag.year): r.wert for r in found.itertuples()}
    expected = {}
    for (area, day, version), number in sorted(rows.items(), key=lambda item: item[0][2]):
        if version <= year:
            expected[area, day] = number
    assert told == expected


# -- Berlin ------------------------------------------------------------------------------------------------

CITIES = Path(os.environ.get("SOZIALBERICHT_STAEDTE", Path(__file__).resolve().parents[3] / "shared" / "staedte"))
BERLIN = CITIES / "berlin"


@pytest.mark.slow
@pytest.mark.skipif(not BERLIN.is_dir(), reason="ohne die öffentlichen Daten von Berlin")
def test_the_values_that_the_edition_of_2019_compares_with(tmp_path):
    """D1 of 2019 is no difference of two published shares: with the recounted values of 2016 the status and the
    dynamics of every rated area are the published ones."""
    folder = Path(shutil.copytree(BERLIN / "vertrag-447", tmp_path / "d"))
    path = folder / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    exceptions = described.pop("statusindex")["ausnahmen"]
    (folder / "bericht.yml").write_text(json.dumps({"statusindex": {"ausnahmen": exceptions}}), encoding="utf-8")
    for entry in described["resources"]:
        if entry["name"] == "werte":
            entry["schema"]["fields"].append({"name": "fassung", "type": "integer", "entbehrlich": True})
            entry["schema"]["primaryKey"].append("fassung")
        if entry["name"] == "indikatoren":
            entry["schema"]["fields"].append({"name": "unsicher_ab", "type": "number"})
    path.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    table = folder / "indikatoren.csv"
    head, *lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([f"{head};unsicher_ab", *(f"{line};10" for line in lines)]) + "\n", encoding="utf-8")

    secret = folder / "merkmale.csv"  # Berlin publishes shares of one and two persons, too
    secret.write_text(secret.read_text(encoding="utf-8").replace(";ja;", ";nein;"), encoding="utf-8")
    for path in sorted((folder / "werte").glob("*.csv")):  # not rated is no secret, either
        path.write_text(path.read_text(encoding="utf-8").replace(";.\n", ";…\n"), encoding="utf-8")
    revised = {f"sr_{key}": number for key, number in recounted("anteile").items()}
    revised |= {f"sb_{key}": number for key, number in recounted("anteile-bezirke").items()}
    path = folder / "werte" / "2016.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    cells = [line.split(";") for line in lines if ";al;" in line]
    new = [f"{area};al;{day};{revised.get(area, was)};2018" for area, _, day, was in cells]
    path.write_text("\n".join([f"{head};fassung", *(f"{line};" for line in lines), *new]) + "\n", encoding="utf-8")

    found = Bericht(2018, daten=folder).status_dynamik()
    classes = pd.read_csv(BERLIN / "mss" / "mss-2019-klassen.csv", dtype={"id": str}).set_index("id")
    rated = classes[classes["status_index"].between(1, 4)]
    assert found.grund == ""
    words = {"+": "positiv", "+/-": "stabil", "-": "negativ"}
    levels = dict(enumerate(("hoch", "mittel", "niedrig", "sehr niedrig"), start=1))
    expected = pd.DataFrame({"status": rated["status_index"].map(levels), "dynamik": rated["dynamic_index"].map(words)})
    made = pd.DataFrame({"status": found.status, "dynamik": found.dynamik}).dropna()
    made.index = made.index.str[3:]
    lacking = {area: why for area, why in found.ausgeschlossen.items() if area[3:] in expected.index}
    assert len(expected) == 436 and lacking == {}
    pd.testing.assert_frame_equal(made.sort_index(), expected.sort_index(), check_names=False, check_dtype=False)


def recounted(table: str) -> dict[str, int]:
    """The unemployed of 2016 as the edition of 2019 counts them: (S1 − D1) × inhabitants from 15 to 64, whole."""
    edition = pd.read_csv(BERLIN / "mss" / f"mss-2019-{table}.csv", dtype={"id": str}).set_index("id")
    people = pd.read_csv(BERLIN / "einwohner" / "ewr-2016-12-31.csv", dtype={"id": str}).set_index("id")
    working = people[[f"inhabitants_age_{part}" for part in ("15_18", "18_27", "27_45", "45_55", "55_65")]].sum(axis=1)
    if table != "anteile":
        working = working.groupby(working.index.str[:2]).sum()
    share = edition["s1_percentage_unemployed"] - edition["d1_percentage_unemployed"]
    rated = edition["s1_percentage_unemployed"] > 0
    counts = (share * working.reindex(edition.index) / 100)[rated & working.reindex(edition.index).notna()]
    assert (counts - counts.round()).abs().max() < (0.002 if table == "anteile" else 0.03), "five decimals of shares"
    return {str(key): round(number) for key, number in counts.items()}

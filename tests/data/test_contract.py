"""Reading: what a data folder gives, and what is said about files, columns and cells that are wrong."""

import datetime as dt
import json

import numpy as np
import openpyxl
import pandas as pd
import pytest

from sozialbericht.data import descriptor
from sozialbericht.data.contract import load
from sozialbericht.data.faultlist import LIMIT
from sozialbericht.faults import InputError

W06 = "werte/2006.csv"


def said(fault):
    return f"{fault.what} {fault.remedy}"


# what is read


def test_the_small_city(tables):
    assert tables.years == [2004, 2005, 2006]
    assert tables.levels == ["stadt", "stadtbezirk", "sozialraum"]
    assert tables.status_text == "Modelldaten – keine amtliche Statistik"
    assert list(tables.areas["kurzname"])[:3] == ["Musterstadt", "Nord", "Altstadt"]
    assert tables.areas["teil_von"]["st_musterstadt"] == ""
    assert tables.areas["gueltig_von"]["sb_sued"] == pd.Timestamp(2000, 1, 1)
    assert tables.areas["breite"]["sr_altstadt"] == 51.0325
    assert tables.features["sensibel"].tolist().count(True) == 3
    assert tables.indicators["klassengrenzen"]["arbeitslosenquote"] == "5 7,5 10 12,5"
    assert "zeile" not in tables.areas and "datei" not in tables.breaks
    assert tables.values.dtypes["stichtag"] == "datetime64[ns]"
    assert list(tables.values.columns) == [
        "raum_id",
        "merkmal",
        "stichtag",
        "wert",
        "status",
        "datei",
        "zeile",
    ]


def test_signs_become_a_status(tables):
    values = tables.values.set_index(["raum_id", "merkmal", "stichtag"])
    day = pd.Timestamp(2005, 12, 31)
    assert values.loc[("sr_gartenfeld", "hilfen", day), "status"] == "withheld"
    assert np.isnan(values.loc[("sr_gartenfeld", "hilfen", day), "wert"])
    assert values.loc[("sr_muehlenberg", "hilfen", day), "status"] == "unreliable"
    nothing = values.loc[("sr_muehlenberg", "alo_u25", pd.Timestamp(2006, 9, 30))]
    assert (nothing["wert"], nothing["status"]) == (0, "ok")


def test_all_signs(city):
    for sign, status in [("*", "withheld"), ("…", "missing"), ("...", "missing"), ("x", "not_meaningful")]:
        city.edit(W06, "hilfen;2006-12-31;.", f"hilfen;2006-12-31;{sign}")
        values = city.load().values
        assert values["status"][values["datei"] == W06].tolist().count(status) == 1
        city.edit(W06, f"hilfen;2006-12-31;{sign}", "hilfen;2006-12-31;.")


def test_official_data_carry_no_note(city):
    city.describe(lambda d: d.update(status="amtlich"))
    assert city.load().status_text == ""


def test_adding_a_year_is_one_file(city):
    lines = city.lines(W06)
    text = "\r\n".join(line.replace("2006", "2007") for line in lines) + "\r\n;;;\r\n\r\n"
    (city.folder / "werte/2007.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (city.folder / "werte/.~lock.2007.csv#").write_text("x")
    (city.folder / "werte/~$2007.xlsx").write_text("x")
    (city.folder / "werte/LIESMICH.md").write_text("x")
    tables = city.load()
    assert tables.years == [2004, 2005, 2006, 2007]
    assert (tables.values["datei"] == "werte/2007.csv").sum() == len(lines) - 1


def excel(city, file, change=None):
    """Replace a CSV by an Excel file with typed cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in city.lines(file):
        cells = line.split(";")
        for at, cell in enumerate(cells):
            if cell.replace(",", "", 1).isdigit():
                number = float(cell.replace(",", "."))
                cells[at] = int(number) if number.is_integer() else number
            elif cell.startswith("2006-"):
                cells[at] = dt.datetime.fromisoformat(cell)
        sheet.append(cells)
    if change:
        change(sheet)
    (city.folder / file).unlink()
    book.save((city.folder / file).with_suffix(".xlsx"))


def test_excel_instead_of_csv(city, tables):
    excel(city, W06)
    excel(city, "brueche.csv")
    again = city.load()
    assert again.values["wert"].equals(tables.values["wert"])
    assert again.values["stichtag"].equals(tables.values["stichtag"])
    assert again.values["zeile"].equals(tables.values["zeile"])
    assert again.breaks.equals(tables.breaks)


def test_excel_cells_keep_their_line_and_column(city):
    def change(sheet):
        sheet.insert_rows(5)
        sheet["D7"] = "viele"
        sheet["F9"] = True
        sheet["F9"] = None

    excel(city, W06, change)
    fault = city.fault()
    assert (fault.row, fault.column) == (7, "wert")
    assert fault.place.endswith("werte/2006.xlsx")


def test_excel_with_a_note_beside_the_table(city):
    excel(city, W06, lambda sheet: sheet.cell(3, 6, True))
    fault = city.faults()[0]
    assert "6 Felder" in fault.what and fault.row == 3


def test_broken_excel(city):
    (city.folder / W06).unlink()
    (city.folder / "werte/2006.xlsx").write_bytes(b"PK no workbook")
    assert "keine lesbare Excel-Mappe" in city.fault().what


def test_empty_excel(city):
    openpyxl.Workbook().save(city.folder / "werte/2006.xlsx")
    (city.folder / W06).unlink()
    assert "leer" in city.fault().what


def test_excel_without_openpyxl(city, monkeypatch):
    excel(city, W06)
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    assert "openpyxl" in city.fault().what


def test_a_declared_dialect(city):
    text = (city.folder / W06).read_text(encoding="utf-8").replace(",", ".").replace(";", "\t")
    (city.folder / W06).write_text(text.replace("5210\n", "5,210\n"), encoding="utf-16-le")
    for year in (2004, 2005):
        path = city.folder / f"werte/{year}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(",", ".").replace(";", "\t"), encoding="utf-16-le")
    city.resource("werte", dialect={"delimiter": "\t", "decimalChar": ".", "groupChar": ","}, encoding="utf-16-le")
    values = city.load().values
    assert values["wert"][values["datei"] == W06].iloc[0] == 5210


def test_no_breaks_at_all(city):
    (city.folder / "brueche.csv").write_text("merkmal;ab;grund\n", encoding="utf-8")
    breaks = city.load().breaks
    assert breaks.empty and breaks.dtypes["ab"] == "datetime64[ns]"


def test_another_table_is_read_too(city):
    (city.folder / "massnahmen.csv").write_text("massnahme;beginn\nTreff;1.2.2006\nHilfe;\n", encoding="utf-8")
    fields = [{"name": "massnahme"}, {"name": "beginn", "type": "date"}]
    entry = {"name": "massnahmen", "path": "massnahmen.csv", "schema": {"fields": fields}}
    city.describe(lambda d: d["resources"].append(entry))
    table = city.load().others["massnahmen"]
    assert table["beginn"].tolist() == [pd.Timestamp(2006, 2, 1), pd.NaT]


def test_loading_is_fast(city):
    """Eight years of 52 areas and 100 features, about 40,000 rows."""
    import time

    features = [f"m{i}" for i in range(130)]
    city.append("merkmale.csv", *(f"{name};Zahl;Personen;stichtag;nein;;erfunden" for name in features))
    areas = [line.split(";")[0] for line in city.lines("raeume.csv") if line.startswith("sr_")]
    more = [f"sr_gebiet{i}" for i in range(34)]
    city.append(
        "raeume.csv",
        *(f"{n};{i};{n};{n};sozialraum;sb_nord;;belegt;;;2000-01-01;" for i, n in enumerate(more, 7)),
    )
    city.describe(lambda d: d["resources"].pop())
    for year in range(2004, 2012):
        file = f"werte/{year}.csv"
        if year < 2007:
            known = [line.split(";") for line in city.lines(file)[1:]]
            city.append(
                file,
                *(f"{name};{f};{d};." for f, d in {(r[1], r[2]) for r in known if r[0] in areas} for name in more),
            )
        else:
            (city.folder / file).write_text("raum_id;merkmal;stichtag;wert\n", encoding="utf-8")
        city.append(file, *(f"{a};{f};{year}-12-31;{i}" for i, a in enumerate(areas + more) for f in features))
    city.load()
    start = time.process_time()
    assert len(city.load().values) > 40_000
    assert time.process_time() - start < 3  # processor time; about 0.5 s on an idle machine


# files


def test_missing_folder(tmp_path):
    with pytest.raises(InputError, match="Datenordner"):
        load(tmp_path / "nirgends")


@pytest.mark.parametrize(
    "file", ["raeume.csv", "merkmale.csv", "indikatoren.csv", "brueche.csv", W06, "raeume.geojson"]
)
def test_missing_file(city, file):
    (city.folder / file).unlink()
    fault = city.fault()
    assert fault.place == f"stadt/{file}" and "fehlt" in fault.what and fault.remedy


def test_a_misnamed_table_is_suggested(city):
    (city.folder / "brueche.csv").rename(city.folder / "bruche.csv")
    assert "bruche.csv" in city.fault().remedy


def test_no_values_at_all(city):
    for path in (city.folder / "werte").iterdir():
        path.unlink()
    (city.folder / "werte").rmdir()
    assert {f.place for f in city.faults()} == {f"stadt/werte/{y}.csv" for y in (2004, 2005, 2006)}


@pytest.mark.parametrize("name", ["2008 Kopie.csv", "2008.xls", "Werte2008.csv", "08.csv"])
def test_a_file_of_values_with_a_wrong_name(city, name):
    (city.folder / "werte" / name).write_text("raum_id;merkmal;stichtag;wert\n")
    fault = city.fault()
    assert fault.place == f"stadt/werte/{name}" and "2006.csv" in fault.what


def test_two_files_for_one_year(city):
    (city.folder / "werte/2006.xlsx").write_bytes(b"")
    assert "2006.csv und 2006.xlsx" in city.fault().what


def test_two_versions_of_a_table(city):
    (city.folder / "brueche.xlsx").write_bytes(b"")
    assert "zwei Fassungen" in city.fault().what


@pytest.mark.parametrize("content", [b"", b"\n  \n", b"\xef\xbb\xbf\n"])
def test_empty_file(city, content):
    (city.folder / "merkmale.csv").write_bytes(content)
    fault = city.fault()
    assert fault.place == "stadt/merkmale.csv" and "leer" in fault.what


def test_header_without_rows(city):
    (city.folder / W06).write_text("raum_id;merkmal;stichtag;wert\n", encoding="utf-8")
    assert "Kopfzeile" in city.fault().what


def test_wrong_delimiter(city):
    text = (city.folder / "brueche.csv").read_text(encoding="utf-8")
    (city.folder / "brueche.csv").write_text(text.replace(";", ","), encoding="utf-8")
    fault = city.fault()
    assert (fault.place, fault.row) == ("stadt/brueche.csv", 1)
    assert "Komma" in fault.what and "„;“" in fault.what and "CSV UTF-8" in fault.remedy


def test_wrong_encoding(city):
    text = (city.folder / "merkmale.csv").read_text(encoding="utf-8")
    (city.folder / "merkmale.csv").write_bytes(text.encode("cp1252"))
    fault = city.fault()
    assert (fault.place, fault.row) == ("stadt/merkmale.csv", 2)
    assert "Windows-1252" in fault.what and "Bevölkerung insgesamt" in fault.what
    assert "CSV UTF-8" in fault.remedy


def test_wrong_encoding_in_the_last_line_without_end(city):
    (city.folder / "brueche.csv").write_bytes("merkmal;ab;grund\nalo;2005-01-01;Zählung".encode("cp1252"))
    fault = city.fault()
    assert fault.row == 2 and "Zählung" in fault.what


def test_utf16(city):
    text = (city.folder / "brueche.csv").read_text(encoding="utf-8")
    (city.folder / "brueche.csv").write_bytes(text.encode("utf-16"))
    assert "UTF-16" in city.fault().what


def test_destroyed_umlauts(city):
    path = city.folder / "brueche.csv"
    path.write_text(path.read_bytes().decode("cp1252"), encoding="utf-8")
    fault = city.fault()
    assert "zerstört" in fault.what and fault.row == 2


def test_unknown_encoding(city):
    city.resource("brueche", encoding="utf-88")
    fault = city.fault()
    assert fault.place == "stadt/datapackage.json" and "utf-88" in fault.what


def test_excel_named_csv(city):
    (city.folder / "brueche.csv").write_bytes(b"PK\x03\x04...")
    assert "Excel-Mappe" in city.fault().what


def test_unreadable_file(city, monkeypatch):
    path = city.folder / "brueche.csv"
    path.unlink()
    path.mkdir()
    (city.folder / "datapackage.json").unlink()
    (city.folder / "datapackage.json").mkdir()
    assert "lässt sich nicht lesen" in city.fault().what


# columns and lines


def test_columns_in_another_order(city, tables):
    text = [";".join(reversed(line.split(";"))) for line in city.lines(W06)]
    (city.folder / W06).write_text("\n".join(text), encoding="utf-8")
    assert city.load().values.equals(tables.values)


def test_missing_and_unknown_columns(city):
    city.edit(W06, "stichtag", "stichtage")
    city.edit("brueche.csv", "grund", "grund;anlass;")
    faults = {(f.place, f.column): f for f in city.faults()}
    missing = faults[f"stadt/{W06}", "stichtag"]
    assert "anders geschrieben als „stichtag“" in missing.what and missing.row == 1
    assert "„stichtage“" in missing.what
    assert "datapackage.json" in faults["stadt/brueche.csv", "anlass"].remedy
    assert "keine Überschrift" in faults["stadt/brueche.csv", ""].what
    assert len(faults) == 3


def test_a_column_is_just_missing(city):
    text = [line.rsplit(";", 1)[0] for line in city.lines("brueche.csv")]
    (city.folder / "brueche.csv").write_text("\n".join(text), encoding="utf-8")
    fault = city.fault()
    assert fault.column == "grund" and fault.remedy == "Ergänzen Sie die Spalte."


def test_column_twice(city):
    text = [line + ";x" for line in city.lines(W06)]
    text[0] = "raum_id;merkmal;stichtag;wert;wert"
    (city.folder / W06).write_text("\n".join(text), encoding="utf-8")
    fault = city.fault()
    assert fault.column == "wert" and "2-mal" in fault.what


def test_rows_with_too_many_or_too_few_fields(city):
    city.edit(W06, "sr_hafen;ew;2006-12-31;", "sr_hafen;ew;2006-12-31;;")
    city.edit(W06, "sr_hafen;ew_u18;2006-12-31;", "sr_hafen;2006-12-31;")
    many, few = city.faults()
    assert "5 Felder, erwartet werden 4" in many.what and many.row == city.row(W06, "sr_hafen;ew;")
    assert "3 Felder" in few.what and few.row == many.row + 1


def test_open_quotation_mark(city):
    city.edit(W06, "sr_hafen;ew;", 'sr_hafen;"ew;')
    fault = city.fault()
    assert "Anführungszeichen" in fault.what and fault.row == city.row(W06, "sr_hafen;")


def test_lines_are_counted_as_an_editor_does(city):
    city.edit("brueche.csv", city.lines("brueche.csv")[1], '\nalo;2005-01-01;"Mit\nUmbruch"')
    city.edit("brueche.csv", "01.01.2005", "01.13.2005")
    fault = city.fault()
    assert (fault.row, fault.column) == (5, "ab")
    assert "Kalender" in fault.what


# cells


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("viele", ["„viele“", "keine Zahl", "geheim"]),
        ("1.234", ["1234", "1,234", "mehrdeutig"]),
        ("1,234.5", ["englisch", "1234,5"]),
        ("", ["leer", "… ... (fehlt)"]),
        ("-5", ["negativ"]),
        ("−5", ["negativ"]),
        ("6,5", ["keine ganze Zahl", "Personen"]),
        ("7,281", ["keine ganze Zahl", "7281"]),
    ],
)
def test_a_cell_that_is_no_count(city, cell, words):
    row = city.row(W06, "sr_hafen;geburten")
    city.edit(W06, city.lines(W06)[row - 1], f"sr_hafen;geburten;2006-12-31;{cell}")
    fault = city.fault()
    assert (fault.place, fault.row, fault.column) == (f"stadt/{W06}", row, "wert")
    for word in words:
        assert word in said(fault)


def test_measures_may_have_decimals(city):
    assert (city.load().values.query("merkmal == 'wohnflaeche'")["wert"] % 1 != 0).any()


@pytest.mark.parametrize(
    ("file", "change", "column", "words"),
    [
        ("raeume.csv", ("sr_hafen;2", "SR Hafen;2"), "raum_id", ["Form", "Kleinbuchstaben"]),
        ("raeume.csv", ("Hafen;Hafen;sozialraum", "Hafen;;sozialraum"), "kurzname", ["Pflicht", "Karten"]),
        (
            "raeume.csv",
            ("Hafen;sozialraum", "Hafen;Sozialräume"),
            "ebene",
            ["nicht vorgesehen", "stadtbezirk"],
        ),
        ("raeume.csv", ("sr_hafen;2;", "sr_hafen;2,0;"), "nummer", ["keine ganze Zahl"]),
        ("raeume.csv", ("sr_hafen;2;", "sr_hafen;0;"), "nummer", ["mindestens 1"]),
        ("raeume.csv", ("51,032;", "510,32;"), "breite", ["höchstens 90"]),
        ("merkmale.csv", ("jahr;nein", "jahr;Nein"), "sensibel", ["Nein", "ja oder nein"]),
        ("merkmale.csv", ("jahr;nein", "jahr;"), "sensibel", ["leer"]),
        ("indikatoren.csv", (";1000;", ";0;"), "faktor", ["über 0"]),
        ("indikatoren.csv", ("unter 18|-Jährige", "x" * 41), "kurzname", ["höchstens 40", "41"]),
        ("indikatoren.csv", ("2004;-1;;eigene", "2004;-2;;eigene"), "typ_vorzeichen", ["-1, 1"]),
        ("brueche.csv", ("2005-01-01", "Januar 2005"), "ab", ["kein Datum", "TT.MM.JJJJ"]),
    ],
)
def test_a_cell_against_the_contract(city, file, change, column, words):
    city.edit(file, *change)
    fault = city.faults()[0] if column in ("raum_id", "ebene") else city.fault()
    assert (fault.place, fault.column) == (f"stadt/{file}", column)
    assert fault.row and change[1] in city.lines(file)[fault.row - 1]
    for word in words:
        assert word in said(fault)


def test_other_limits(city):
    def change(content):
        fields = next(r for r in content["resources"] if r["name"] == "merkmale")["schema"]["fields"]
        fields[1]["constraints"]["minLength"] = 12
        fields = next(r for r in content["resources"] if r["name"] == "indikatoren")["schema"]["fields"]
        next(f for f in fields if f["name"] == "faktor")["constraints"] = {"exclusiveMaximum": 1000}

    city.describe(change)
    faults = city.faults()
    assert any("unter 1000" in f.what for f in faults)
    assert any("mindestens 12 Zeichen" in f.what for f in faults)


def test_spaces_around_cells_do_no_harm(city, tables):
    text = "\n".join(line.replace(";", " ; ") for line in city.lines(W06))
    (city.folder / W06).write_text(text, encoding="utf-8")
    assert city.load().values.equals(tables.values)


def test_duplicate_row(city):
    city.append(W06, "sr_hafen;ew;31.12.2006;7281")
    fault = city.fault()
    assert fault.row == len(city.lines(W06))
    assert f"Zeile {city.row(W06, 'sr_hafen;ew;')}" in fault.what and "31.12.2006" in fault.what


def test_duplicate_in_another_file(city):
    city.append(W06, "sr_hafen;ew;31.12.2005;7281")
    wrong_year, duplicate = sorted(city.faults(), key=lambda f: f.what)
    assert "gehört nicht in diese Datei" in wrong_year.what and "2005" in wrong_year.remedy
    assert "von werte/2005.csv" in duplicate.what


def test_a_broken_date_is_not_also_a_duplicate(city):
    city.append(W06, "sr_hafen;ew;Dezember;1", "sr_hafen;ew;Dezember;1")
    assert all("kein Datum" in f.what for f in city.faults())


def test_all_faults_at_once(city):
    city.edit(W06, "sr_hafen;ew;2006-12-31;7281", "sr_hafen;ew;2006-12-31;siebentausend")
    city.edit(W06, "sr_hafen;svb", "sr_haven;svb")
    city.edit("brueche.csv", "alo_u25", "alo_u52")
    city.edit("indikatoren.csv", "5 7,5 10 12,5", "5 7,5 10")
    (city.folder / "raeume.geojson").write_text("{")
    places = [f.place.removeprefix("stadt/") for f in city.faults()]
    assert places == ["brueche.csv", "indikatoren.csv", "raeume.geojson", W06, W06]


def test_many_faults_of_one_kind_are_counted(city):
    lines = (city.folder / W06).read_text(encoding="utf-8").replace("2006-", "06-").split("\n")
    (city.folder / W06).write_text("\n".join(lines), encoding="utf-8")
    first, *_ = city.faults()
    assert first.what == "„06-12-31“ ist kein Datum. Ebenso in Zeile 3, 4, 5 und 46 weiteren (zusammen 50 Stellen)."
    lines = [line.replace("06-12-31", f"06-{n}") for n, line in enumerate(lines)]
    (city.folder / W06).write_text("\n".join(lines), encoding="utf-8")
    faults = city.faults()
    assert len(faults) == LIMIT + 1
    assert "weitere Fehler dieser Art" in faults[-1].what


def test_places_are_relative_to_the_working_directory(city, monkeypatch):
    city.edit("brueche.csv", "2005-01-01", "?")
    monkeypatch.chdir(city.folder)
    assert city.fault().place == "brueche.csv"
    monkeypatch.chdir(city.folder.parent.parent)
    assert city.fault().place.endswith("/stadt/brueche.csv")


# the descriptor


def test_broken_descriptor(city):
    city.edit("datapackage.json", '"status": "modelldaten",', '"status": "modelldaten"')
    fault = city.fault()
    row = city.row("datapackage.json", '  "statustext"')
    assert fault.place == "stadt/datapackage.json" and fault.row == row
    assert "Position 3" in fault.what and "Komma" in fault.remedy


def test_missing_descriptor(city):
    (city.folder / "datapackage.json").unlink()
    assert city.fault().place == "stadt/datapackage.json"


@pytest.mark.parametrize("content", [[], {}, {"resources": [{"path": "x"}]}])
def test_a_descriptor_without_tables(city, content):
    (city.folder / "datapackage.json").write_text(json.dumps(content))
    assert "resources" in city.fault().what


def test_what_a_descriptor_must_say(city):
    def change(content):
        content["status"] = "vorläufig"
        by_name = {r["name"]: r for r in content["resources"]}
        by_name["brueche"]["name"] = "bruche"
        by_name["merkmale"]["schema"]["fields"][0]["type"] = "text"
        by_name["merkmale"]["path"] = ["a.csv", "b.csv"]
        by_name["indikatoren"]["schema"] = {}
        by_name["werte"]["schema"]["fields"][3]["missingValues"][0]["label"] = "heimlich"
        by_name["werte"]["jahresdateien"] = "werte.csv"
        del by_name["raeume"]["schema"]["fields"][2]
        next(f for f in by_name["raeume"]["schema"]["fields"] if f["name"] == "ebene").pop("constraints")

    city.describe(change)
    said_all = "\n".join(str(f) for f in city.faults())
    for word in ("vorläufig", "„brueche“", "„bruche“", "„text“", "nicht genau eine", "fehlen die Spalten"):
        assert word in said_all
    for word in ("„heimlich“", "{jahr}", "fehlt die Spalte „name“", "Ebenen"):
        assert word in said_all


def test_model_data_need_their_note(city):
    city.describe(lambda d: d.pop("statustext"))
    assert "statustext" in city.fault().what


def test_an_undeclared_resource(tables):
    with pytest.raises(KeyError):
        descriptor.resource(tables.descriptor, "nirgends")

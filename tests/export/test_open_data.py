"""The open data of the small city's report: the report's numbers in every format, nothing withheld in any."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import io
import json
import math
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import small_report
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sozialbericht import numbers
from sozialbericht.disclosure import opencounts
from sozialbericht.export import datarecord, exportbook, exportfolder, opendata, tidytable
from sozialbericht.export.exportdraft import ExportDraft
from sozialbericht.export.opendata import OpenData
from sozialbericht.findings import tablestore
from sozialbericht.status import Status

MOMENT = dt.datetime(2006, 12, 31, tzinfo=dt.UTC)
EDITION = "0123456789abcdef"


@pytest.fixture(scope="module")
def data() -> OpenData:
    return OpenData(tablestore.of(small_report.CITY, 2006), 2006, MOMENT)


@pytest.fixture(scope="module")
def files(data: OpenData) -> dict[str, bytes]:
    return exportfolder.files(ExportDraft.of(data), EDITION)


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("offen") / "daten"
    exportfolder.write(files, path)
    return path


def rows(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"))))


def test_the_files(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "datapackage.json", "daten-2006.xlsx", "dcat-ap.jsonld", "gebiete-2006.gpkg", "indikatoren.csv", "merkmale.csv",
        "raeume.csv", "werte.csv", "woerterbuch.csv", "zahlen.csv",
    ]  # fmt: skip


def test_every_value_is_the_one_that_a_notebook_writes(b, files: dict[str, bytes]) -> None:
    found = rows(files["werte.csv"])
    assert len(found) == len(b._values)
    for row in found:
        value = b.wert(row["indikator"], row["raum_id"], int(row["jahr"])).wert
        number = value.in_table
        printed = "" if math.isnan(number) else numbers.number(number, value.decimals)
        assert row["wert"].replace(".", ",").replace("-", numbers.MINUS) == printed.replace(".", ""), row
        assert row["status"] == value.status
        for name, count in (("zaehler", value.numerator), ("nenner", value.denominator)):
            assert row[name] == opencounts.plain(count), row
        assert (row["stand_zaehler"] or None) == (value.numerator_date and value.numerator_date.isoformat())


def test_every_count_is_the_protected_one(b, files: dict[str, bytes]) -> None:
    found = rows(files["zahlen.csv"])
    known = {(r.raum_id, r.merkmal, f"{r.stichtag:%Y-%m-%d}"): (r.wert, r.status) for r in b._cube.itertuples()}
    assert {(row["raum_id"], row["merkmal"], row["stichtag"]) for row in found} == {
        key for key in known if int(key[2][:4]) <= 2006
    }
    for row in found:
        count, status = known[row["raum_id"], row["merkmal"], row["stichtag"]]
        assert row["status"] == status
        assert row["wert"] == (opencounts.plain(count) if status in ("ok", "unreliable") else "")


def test_nothing_withheld_has_a_number(files: dict[str, bytes], folder: Path) -> None:
    values = [row for row in rows(files["werte.csv"]) if row["status"] == Status.WITHHELD]
    counts = [row for row in rows(files["zahlen.csv"]) if row["status"] == Status.WITHHELD]
    assert values and counts
    assert {row[name] for row in values for name in ("wert", "zaehler", "unten", "oben")} == {""}
    assert {row["wert"] for row in counts} == {""}
    shapes = gpd.read_file(folder / "gebiete-2006.gpkg").set_index("raum_id")
    for row in values:
        if row["jahr"] == "2006" and row["raum_id"] in shapes.index:
            assert math.isnan(shapes.at[row["raum_id"], row["indikator"]])


def test_pandas_and_geopandas_read_the_numbers(b, folder: Path) -> None:
    table = pd.read_csv(folder / "werte.csv", parse_dates=["stand_zaehler", "stand_nenner"])
    assert table["stand_zaehler"].dtype.kind == "M" and table["wert"].dtype == float
    shapes = gpd.read_file(folder / "gebiete-2006.gpkg")
    now = table[table["jahr"] == 2006].set_index(["indikator", "raum_id"])["wert"]
    assert shapes.crs == b.geodaten().crs and len(shapes) == len(b.raeume())
    for name in b.indikatoren().index:
        own = now.loc[name].reindex(shapes["raum_id"]).to_numpy()
        assert np.array_equal(shapes[name].to_numpy(dtype=float), own, equal_nan=True)


def test_the_workbook(data: OpenData, files: dict[str, bytes]) -> None:
    book = load_workbook(io.BytesIO(files["daten-2006.xlsx"]))
    dimensions = list(dict.fromkeys(data.tables.indicators["dimension"]))
    assert book.sheetnames == ["Deckblatt", *dimensions, "Wörterbuch"]
    for name in dimensions:
        sheet = book[name]
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == f"A1:N{sheet.max_row}"
    sheet = book["Arbeitslosigkeit"]
    heading = [cell.value for cell in sheet[1]]
    wert, zaehler, stand = (heading.index(name) for name in ("Wert", "Zähler", "Stand"))
    row = next(row for row in sheet.iter_rows(min_row=2) if row[wert].value is not None)
    assert isinstance(row[wert].value, float) and row[wert].number_format == "0.0"
    assert row[zaehler].number_format == "#,##0" and row[stand].is_date


def test_made_data_say_so_everywhere(data: OpenData, files: dict[str, bytes], folder: Path) -> None:
    for name in ("werte.csv", "zahlen.csv"):
        assert {row["datenart"] for row in rows(files[name])} == {"Modelldaten"}
    told = data.tables.status_text
    for name in (datarecord.PACKAGE, datarecord.CATALOGUE, exportfolder.PAGES):
        assert told in files[name].decode("utf-8")
    book = load_workbook(io.BytesIO(files["daten-2006.xlsx"]))
    assert told in [cell.value for row in book["Deckblatt"].iter_rows() for cell in row]
    assert all(sheet.oddFooter.left.text == told for sheet in book.worksheets[1:-1])
    assert set(gpd.read_file(folder / "gebiete-2006.gpkg")["datenart"]) == {"Modelldaten"}


def test_the_same_bytes_on_another_day(data: OpenData, files: dict[str, bytes], monkeypatch) -> None:
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 40_000_000)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        assert exportfolder.files(ExportDraft.of(data), EDITION) == files
    finally:
        monkeypatch.undo()
        time.tzset()
    with zipfile.ZipFile(io.BytesIO(files["daten-2006.xlsx"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2006, 12, 31, 0, 0, 0)}
        assert b"2006-12-31T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")


@given(st.text())
def test_no_cell_is_a_formula(words: str) -> None:
    (heading, (cell, last)) = csv.reader(io.StringIO(tidytable.text(["a", "b"], [[words, "z"]]), newline=""))
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n") or math.isfinite(float(cell))
    assert (heading, last) == (["a", "b"], "z")
    assert cell.removeprefix("'") == "\n".join(words.replace("\r\n", "\r").split("\r")).removeprefix("'")


@pytest.mark.parametrize(("words", "cell"), [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-3.5", "-3.5"), ("", "")])
def test_formulas_are_defused(words: str, cell: str) -> None:
    assert tidytable.defused(words) == cell


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_values_are_rounded_as_they_are_printed(number: float, decimals: int) -> None:
    assert opendata._rounded(np.array([number]), np.array([decimals]))[0] == numbers.rounded(number, decimals)


def test_the_package_describes_the_tables(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        if "schema" in resource:
            heading = content.decode("utf-8").partition("\n")[0].split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == heading


@pytest.mark.skipif(importlib.util.find_spec("frictionless") is None, reason="frictionless ist nicht installiert")
def test_frictionless_finds_no_fault(folder: Path) -> None:
    import frictionless

    assert frictionless.validate(str(folder / "datapackage.json")).valid


def test_the_record_has_what_dcat_ap_demands(files: dict[str, bytes]) -> None:
    """Mandatory: title and description of a data set, an address of each distribution; here all of them with a form."""
    record = json.loads(files[datarecord.CATALOGUE])
    assert record["@type"] == "dcat:Dataset"
    assert record["dct:title"]["@value"] and record["dct:description"]["@value"]
    assert record["dct:publisher"]["foaf:name"] and record["dcat:theme"]["@id"].endswith("/SOCI")
    names = {entry["dcat:accessURL"]["@id"] for entry in record["dcat:distribution"]}
    assert names == set(files) - {datarecord.PACKAGE, datarecord.CATALOGUE, exportfolder.PAGES}
    prefixes = {key.partition(":")[0] for key in _keys(record) if ":" in key and not key.startswith("@")}
    assert prefixes <= set(record["@context"])


def _keys(content: object) -> set[str]:
    if isinstance(content, dict):
        return set(content).union(*(_keys(entry) for key, entry in content.items() if key != "@context"))
    return set().union(*map(_keys, content)) if isinstance(content, list) else set()


def test_a_page_gets_the_record_once(files: dict[str, bytes], tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<html><head><title>a</title></head><body></body></html>", encoding="utf-8")
    exportfolder.put_into(page, files[exportfolder.PAGES])
    exportfolder.put_into(page, files[exportfolder.PAGES])
    text = page.read_text(encoding="utf-8")
    record = text.split('<script type="application/ld+json">')
    assert len(record) == 2
    assert json.loads(record[1].partition("</script>")[0])["@type"] == "Dataset"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice ist nicht installiert")
@pytest.mark.slow
def test_libreoffice_opens_the_workbook(files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(files["daten-2006.xlsx"])
    call = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to", "pdf", "a.xlsx"]
    subprocess.run(call, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "a.pdf").stat().st_size > 1000


def test_without_polygons_there_is_no_geopackage(data: OpenData, monkeypatch) -> None:
    monkeypatch.setattr(OpenData, "joined", lambda self: None)
    assert not [name for name in exportfolder.files(ExportDraft.of(data), EDITION) if name.endswith(".gpkg")]


def test_a_name_of_a_sheet_has_no_forbidden_sign() -> None:
    assert exportbook._FORBIDDEN.sub(" ", "Kinder/Jugend [a]") == "Kinder Jugend  a "

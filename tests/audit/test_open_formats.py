"""The formats of the open data as channels: a withheld value is found wherever it is planted, nothing else is."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import small_report
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from sozialbericht.audit import sources, verdict
from sozialbericht.audit.cells import Shown
from sozialbericht.export import exportfolder
from sozialbericht.export.exportdraft import ExportDraft
from sozialbericht.export.opendata import OpenData
from sozialbericht.findings import tablestore

BOOK, MAP = "daten-2006.xlsx", "gebiete-2006.gpkg"


@pytest.fixture(scope="module")
def allowed() -> Shown:
    return sources.shown(small_report.CITY, 2006)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    store = tablestore.of(small_report.CITY, 2006)
    draft = ExportDraft.of(OpenData(store, 2006, dt.datetime(2006, 12, 31, tzinfo=dt.UTC)))
    return exportfolder.files(draft, "0123456789abcdef")


@pytest.fixture
def found(files: dict[str, bytes], allowed: Shown, tmp_path: Path) -> Callable[..., verdict.Result]:
    """The audit of the export with some files changed."""

    def audit(**changed: bytes) -> verdict.Result:
        folder = tmp_path / "daten"
        exportfolder.write(files | {name.replace("__", "."): content for name, content in changed.items()}, folder)
        return verdict.audit([folder], allowed)

    return audit


@pytest.fixture(scope="module")
def secret(allowed: Shown) -> tuple[str, str]:
    """An indicator and a smallest area whose value of the report year is withheld."""
    lowest = allowed.tables.levels[-1]
    return next(
        (indicator, area)
        for (indicator, year, area), row in allowed.rows.items()
        if year == 2006 and row.status == "withheld" and allowed.tables.areas.at[area, "ebene"] == lowest
    )


def test_nothing_is_found_in_the_export(found, files) -> None:
    result = found()
    assert result.safe, (result.statements, result.unread)
    assert result.files == len(files) - 1


@pytest.mark.parametrize(
    ("name", "column"), [*(("werte.csv", c) for c in ("wert", "zaehler", "unten", "oben")), ("zahlen.csv", "wert")]
)
@pytest.mark.parametrize("number", ["3", "3.7", "<3", "höchstens 3"])
def test_a_number_in_a_withheld_cell_of_a_table(found, files, name: str, column: str, number: str) -> None:
    rows = list(csv.reader(io.StringIO(files[name].decode())))
    place = {key: at for at, key in enumerate(rows[0])}
    row = next(row for row in rows if row[place["status"]] == "withheld")
    row[place[column]] = number
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    result = found(**{name.replace(".", "__"): out.getvalue().encode()})
    assert not result.safe
    assert {*result.unread, *(f"daten/{leak.file}" for leak in result.leaks)} == {f"daten/{name}"}


def test_a_changed_number_is_found(found, files) -> None:
    text = files["werte.csv"].decode().splitlines(keepends=True)
    place = text[0].rstrip().split(",").index("zaehler")
    at = next(n for n, line in enumerate(text[1:], 1) if ",ok," in line)
    cells = next(csv.reader([text[at]]))
    cells[place] = str(int(cells[place]) + 1)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    text[at] = out.getvalue()
    assert found(werte__csv="".join(text).encode()).leaks


def words(allowed: Shown, secret: tuple[str, str]) -> str:
    indicator, area = secret
    name, where = allowed.tables.indicators.at[indicator, "bezeichnung"], allowed.tables.areas.at[area, "name"]
    return f"{name} in {where}: 7.777"


def in_a_cell(book: Workbook, told: str, secret: tuple[str, str]) -> None:
    for sheet in book.worksheets[1:-1]:
        heading = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            cells = dict(zip(heading, row, strict=True))
            if (cells["indikator"].value, cells["raum_id"].value) == secret:
                cells["Wert"].value = 3.3


def hidden_row(book: Workbook, told: str, secret: tuple[str, str]) -> None:
    in_a_cell(book, told, secret)
    for sheet in book.worksheets[1:-1]:
        for number in range(2, sheet.max_row + 1):
            sheet.row_dimensions[number].hidden = True


def hidden_sheet(book: Workbook, told: str, secret: tuple[str, str]) -> None:
    sheet = book.create_sheet("Notizen")
    sheet.append([told])
    sheet.sheet_state = "veryHidden"


def comment(book: Workbook, told: str, secret: tuple[str, str]) -> None:
    book.worksheets[0]["A1"].comment = Comment(told, "a")


def fact(book: Workbook, told: str, secret: tuple[str, str]) -> None:
    book.properties.keywords = told


def footer(book: Workbook, told: str, secret: tuple[str, str]) -> None:
    book.worksheets[1].oddHeader.center.text = told


def number_format(book: Workbook, told: str, secret: tuple[str, str]) -> None:
    book.worksheets[1]["F2"].number_format = f'"{told}"'


@pytest.mark.parametrize("plant", [in_a_cell, hidden_row, hidden_sheet, comment, fact, footer, number_format])
def test_a_number_planted_in_the_workbook(found, files, allowed, secret, plant) -> None:
    book = load_workbook(io.BytesIO(files[BOOK]))
    plant(book, words(allowed, secret), secret)
    out = io.BytesIO()
    book.save(out)
    result = found(**{BOOK.replace(".", "__"): out.getvalue()})
    assert not result.unread and (result.leaks or result.unassigned)
    assert {statement.file for statement in result.statements} == {BOOK}


def rewritten(content: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return out.getvalue()


def test_a_text_that_no_cell_shows(found, files, allowed, secret) -> None:
    shared = f'<sst><si><t xml:space="preserve">{words(allowed, secret)}</t></si></sst>'.encode()
    book = rewritten(files[BOOK], lambda name, text: text, {"xl/sharedStrings.xml": shared})
    assert found(**{BOOK.replace(".", "__"): book}).leaks


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/embeddings/oleObject1.bin", "xl/charts/chart1.xml"])
def test_parts_that_nobody_reads(found, files, part: str) -> None:
    result = found(**{BOOK.replace(".", "__"): rewritten(files[BOOK], lambda name, text: text, {part: b"<a/>"})})
    assert list(result.unread) == [f"daten/{BOOK}"] and not result.safe


def test_a_formula_is_not_read(found, files) -> None:
    book = load_workbook(io.BytesIO(files[BOOK]))
    book.worksheets[0]["Z1"] = "=1+2"
    out = io.BytesIO()
    book.save(out)
    assert not found(**{BOOK.replace(".", "__"): out.getvalue()}).safe


@pytest.fixture
def database(files, tmp_path: Path) -> Path:
    path = tmp_path / "a.gpkg"
    path.write_bytes(files[MAP])
    return path


@pytest.mark.parametrize("kind", ["Wert", "Spalte", "Tabelle", "Text"])
def test_a_number_planted_in_the_map(found, database: Path, allowed, secret, kind: str) -> None:
    indicator, area = secret
    told = words(allowed, secret)
    base = sqlite3.connect(database)
    base.execute("DROP TRIGGER IF EXISTS trigger_update_feature_count_gebiete")
    for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        base.execute(f'DROP TRIGGER "{name}"')  # they call functions that only GDAL has
    match kind:
        case "Wert":
            base.execute(f"UPDATE gebiete SET {indicator} = 3.3 WHERE raum_id = ?", [area])
        case "Spalte":
            base.execute("ALTER TABLE gebiete ADD COLUMN notiz REAL")
            base.execute("UPDATE gebiete SET notiz = 7777 WHERE raum_id = ?", [area])
        case "Tabelle":
            base.execute("CREATE TABLE notizen (a TEXT)")
            base.execute("INSERT INTO notizen VALUES (?)", [told])
        case "Text":
            base.execute("UPDATE gpkg_contents SET description = ?", [told])
    base.commit()
    base.execute("VACUUM")
    base.close()
    result = found(**{MAP.replace(".", "__"): database.read_bytes()})
    assert not result.unread and {statement.file for statement in result.leaks} == {MAP}


def test_deleted_rows_are_not_published(found, database: Path) -> None:
    base = sqlite3.connect(database)
    base.execute("CREATE TABLE notizen (a TEXT)")
    base.executemany("INSERT INTO notizen VALUES (?)", [("x" * 900,)] * 50)
    base.commit()
    base.execute("DROP TABLE notizen")
    base.commit()
    base.close()
    assert not found(**{MAP.replace(".", "__"): database.read_bytes()}).safe


@pytest.mark.parametrize("name", ["dcat-ap.jsonld", "datapackage.json"])
def test_a_number_planted_in_a_record(found, files, allowed, secret, name: str) -> None:
    record = json.loads(files[name])
    record["anmerkung"] = words(allowed, secret)
    folder_name = name.replace(".", "__")
    assert {s.file for s in found(**{folder_name: json.dumps(record).encode()}).leaks} == {name}


def test_a_manifest_is_read(found, allowed, secret, tmp_path: Path) -> None:
    assert found(manifest__json=json.dumps({"year": 2006, "notiz": words(allowed, secret)}).encode()).leaks

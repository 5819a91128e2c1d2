"""Workbooks: all of a sheet is read or it is said why not; each kind of trap is made here."""

import io
import time
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from sozialbericht.data.reading import kinds
from sozialbericht.data.reading.numberformats import falsified

W06 = "werte/2006.csv"


def workbook(city, change=None, file=W06):
    """Make a table a workbook; ``change`` gets the book and its sheet."""
    book = openpyxl.Workbook()
    for line in city.lines(file):
        book.active.append([int(c) if c.isdecimal() else c for c in line.split(";")])
    if change:
        change(book, book.active)
    path = (city.folder / file).with_suffix(".xlsx")
    book.save(path)
    (city.folder / file).unlink()
    return path


def parts(path, change):
    """Change the parts of a workbook by a function of name and content."""
    with zipfile.ZipFile(path) as archive:
        content = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)


@pytest.mark.parametrize("stale", [b"A1", b"A1:B3", b"A1:XFD1048576"])
def test_the_size_that_a_sheet_states_is_not_believed(city, tables, stale):
    path = workbook(city)
    rows = len(city.lines("werte/2005.csv"))
    real = f'ref="A1:D{len(openpyxl.load_workbook(path).active["A"])}"'.encode()
    parts(path, lambda name, text: text.replace(real, b'ref="' + stale + b'"') if "sheet1" in name else text)
    assert city.load().values["wert"].equals(tables.values["wert"]) and rows


def test_a_sheet_formatted_far_beyond_its_data(city, tables):
    def change(book, sheet):
        sheet.cell(1_048_576, 16_384).font = Font(bold=True)
        for row in range(200, 3000):
            sheet.cell(row, 2).font = Font(bold=True)

    workbook(city, change)
    start = time.process_time()
    assert city.load().values["wert"].equals(tables.values["wert"])
    assert time.process_time() - start < 5


def hide_rows(book, sheet):
    sheet.row_dimensions[5].hidden = True


def filter_rows(book, sheet):
    sheet.auto_filter.ref = "A1:D60"
    sheet.auto_filter.add_filter_column(0, ["sr_hafen"])
    sheet.row_dimensions[5].hidden = True


def hide_column(book, sheet):
    sheet.column_dimensions["D"].hidden = True


def hide_sheet(book, sheet):
    book.create_sheet("Alt", 0).append(["raum_id", "merkmal", "stichtag", "wert"])
    book.worksheets[0].sheet_state = "hidden"


def another_table(book, sheet):
    more = book.create_sheet("Nachtrag")
    more.append(["sr_hafen", "ew", "2006-12-31", 5])
    more.append(["sr_hafen", "alo", "2006-12-31", 6])


def table_behind(book, sheet):
    book.create_sheet("Deckblatt", 0).append(["Statistisches Amt"])


def merge(book, sheet):
    sheet.merge_cells("A5:A6")


def formula(book, sheet):
    sheet["D5"] = "=1+1"


def error(book, sheet):
    sheet["D5"] = "#REF!"


def percent(book, sheet):
    sheet["D5"].number_format = "0.0%"


def thousands(book, sheet):
    sheet["D5"].number_format = "#,##0,"


def suffix(book, sheet):
    sheet["D5"].number_format = '0" *"'


def raised(book, sheet):
    sheet["D5"] = CellRichText("12", TextBlock(InlineFont(vertAlign="superscript"), "1"))


def struck(book, sheet):
    sheet["D5"] = CellRichText("1", TextBlock(InlineFont(strike=True), "2"))


def mark(book, sheet):
    sheet["D5"] = "12 *"


def brackets(book, sheet):
    sheet["D5"] = "(12)"


def letter(book, sheet):
    sheet["D5"] = "12r"


def escape(book, sheet):
    sheet["A5"] = "sr_alt_x000D_stadt"


def title(book, sheet):
    sheet.insert_rows(1)
    sheet["A1"] = "Werte 2006"


def footnote(book, sheet):
    sheet.append(["Quelle: Amt"])


@pytest.mark.parametrize(
    ("change", "words", "row"),
    [
        (hide_rows, "Ausgeblendete Zeilen auf dem Blatt „Sheet“ enthalten Daten: 5", 5),
        (filter_rows, "Durch einen Filter ausgeblendete Zeilen", 5),
        (hide_column, "Ausgeblendete Spalten auf dem Blatt „Sheet“ enthalten Daten: D", None),
        (hide_sheet, "„Alt“ ist ausgeblendet", None),
        (another_table, "mehrere Blätter mit Daten: Sheet, Nachtrag", None),
        (table_behind, "Das erste Blatt „Deckblatt“ enthält die Tabelle nicht, wohl aber „Sheet“", None),
        (merge, "A5:A6", 5),
        (formula, "Formel in Zelle D5 hat kein Ergebnis", 5),
        (error, "Fehlerwert #REF!", 5),
        (percent, "als Prozent", 5),
        (thousands, "in Tausend", 5),
        (suffix, "mit dem Zusatz „*“", 5),
        (raised, "D5 enthält hoch-", 5),
        (struck, "D5 enthält hoch-", 5),
        (mark, "„12 *“ ist keine Zahl", 5),
        (brackets, "„(12)“ ist keine Zahl", 5),
        (letter, "„12r“ ist keine Zahl", 5),
        (escape, "U+000D", 5),
        (title, "Über der Kopfzeile (Zeile 2)", 1),
        (footnote, "Unter der Tabelle steht noch ein Text: „Quelle: Amt“", None),
    ],
)
def test_what_changes_the_meaning_of_a_sheet_is_refused(city, change, words, row):
    workbook(city, change)
    fault = city.fault()
    assert fault.place == "stadt/werte/2006.xlsx" and words in fault.what and fault.remedy
    assert row is None or fault.row == row


def test_notes_on_another_sheet_do_no_harm(city, tables):
    def change(book, sheet):
        more = book.create_sheet("Erläuterungen")
        for sign in (".", "*", "…"):
            more.append([sign, "geheim"])

    workbook(city, change)
    assert city.load().values["wert"].equals(tables.values["wert"])


def test_numbers_as_text_dates_and_another_calendar(city, tables):
    import datetime as dt

    def change(book, sheet):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        for row in sheet.iter_rows(min_row=2):
            row[2].value = dt.datetime.fromisoformat(row[2].value) if "-" in row[2].value else row[2].value
            row[3].value = str(row[3].value)

    workbook(city, change)
    again = city.load()
    assert again.values["wert"].equals(tables.values["wert"])
    assert again.values["stichtag"].equals(tables.values["stichtag"])


def truncated(content):
    return content[: len(content) // 2]


def encrypted(content):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def flagged(content):
    changed = bytearray(content)
    at = content.index(b"PK\x01\x02")
    changed[at + 8] |= 1
    return bytes(changed)


def other_archive(content):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (truncated, "beschädigt oder unvollständig"),
        (encrypted, "verschlüsselte Excel-Mappe"),
        (flagged, "verschlüsselt"),
        (lambda content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1alt", "alte Excel-Mappe"),
        (other_archive, "LibreOffice"),
        (lambda content: b"raum_id;merkmal;stichtag;wert\n", "sondern Text"),
        (lambda content: b"<html><table><tr><td>1", "Webseite"),
        (lambda content: b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_workbook_is_told_as_what_it_is(city, change, words):
    path = workbook(city)
    path.write_bytes(change(path.read_bytes()))
    fault = city.fault()
    assert fault.place == "stadt/werte/2006.xlsx" and words in fault.what and fault.remedy


@pytest.mark.parametrize("at", range(0, 100, 7))
def test_a_damaged_byte_is_no_traceback(city, at):
    path = workbook(city)
    content = bytearray(path.read_bytes())
    content[len(content) * at // 100] ^= 0x55
    path.write_bytes(bytes(content))
    try:
        city.load()
    except Exception as error:
        assert type(error).__name__ == "InputError"
        assert "2006.xlsx" in str(error)


BOMB = b'<!DOCTYPE a [<!ENTITY a "xxxxxxxx"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_entities_are_refused(city, part):
    path = workbook(city)
    parts(path, lambda name, text: (BOMB + text) if name == part else text)
    assert "Dokumenttyp" in city.fault().what


def test_a_bomb_is_not_unpacked(city, monkeypatch):
    from sozialbericht.data.reading import packedparts

    monkeypatch.setattr(packedparts, "LARGEST", 10_000)
    workbook(city)
    assert "entpackt" in city.fault().what


@pytest.mark.parametrize("old", [b"</row>", b"<sheetData>", b'r="5"'])
def test_broken_xml(city, old):
    path = workbook(city)
    parts(path, lambda name, text: text.replace(old, old[:-2], 1) if "sheet1" in name else text)
    assert "keine lesbare Excel-Mappe" in city.fault().what


def test_a_row_that_comes_twice(city):
    path = workbook(city)
    parts(path, lambda name, text: text.replace(b'<row r="6"', b'<row r="5"') if "sheet1" in name else text)
    assert "keine lesbare Excel-Mappe" in city.fault().what


def test_a_workbook_with_charts_only(city):
    def change(book, sheet):
        book.create_chartsheet("Bild").add_chart(openpyxl.chart.BarChart())
        book.remove(sheet)

    workbook(city, change)
    assert "kein Tabellenblatt" in city.fault().what


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("General", ""), ("#,##0", ""), ("0.00", ""), ("#,##0.00 €", ""), ('_-* #,##0.00\\ "€"_-', ""),
        ("[Red]0;(0)", ""), ("0.00E+00", ""),
        ("0%", "Prozent"), ("#,##0,", "Tausend"), ("0,,", "Tausend"), (";;;", "nicht zu sehen"), ('0" Tsd."', "Zusatz"),
        ('0"r"', "Zusatz"),
    ],
)  # fmt: skip
def test_number_formats(code, how):
    assert how in falsified(code) and bool(how) == bool(falsified(code))


def test_kinds_of_files():
    assert kinds.kind(b"raum_id;wert\n") == ""
    assert kinds.kind(b"SQLite format 3\x00") == "eine Datenbank"

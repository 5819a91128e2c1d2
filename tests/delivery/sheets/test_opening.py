"""Opening: every format gives the same cells, and what cannot be read is refused with a fault that says what to do."""

import datetime as dt
import io
import time

import openpyxl
import pytest
from odf.table import CoveredTableCell, TableRow
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sozialbericht.data.reading import packedparts
from sozialbericht.delivery.sheets.opening import grids, pasted
from sozialbericht.faults import InputError
from tests.delivery import books

TEXTS = [
    ["Bevölkerung am 31.12.2006"],
    [],
    ["Gebiet", "Personen", "Anteil"],
    ["Altstadt", "1234", "12,5"],
    ["Straße Süd", "900", "*"],
    ["Insgesamt", "2134", "100"],
    ["Quelle: Melderegister"],
]


@pytest.fixture
def opened(tmp_path):
    """Open bytes under a name."""

    def opened(content, name="lieferung.xlsx"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return grids(path)

    return opened


@pytest.fixture
def refused(opened):
    """The only fault of bytes that cannot be read."""

    def refused(content, name="lieferung.xlsx"):
        with pytest.raises(InputError) as error:
            opened(content, name)
        (fault,) = error.value.faults
        assert name in fault.place and fault.remedy, str(fault)
        return fault.what

    return refused


def texts(grid):
    return [[cell.text for cell in row] for row in grid.rows]


LATIN = books.CSV.encode("cp1252")
PADDED = "\n".join(" ".join(f"{cell:<24}" for cell in row).rstrip() if len(row) > 1 else "".join(row) for row in TEXTS)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", books.excel()),
        ("a.xlsm", books.excel()),
        ("a.ods", books.opendocument()),
        ("a.csv", books.CSV),
        ("utf8bom.csv", books.CSV.encode("utf-8-sig")),
        ("latin.csv", LATIN),
        ("dos.csv", books.CSV.encode("cp850")),
        ("mac.csv", books.CSV.replace("\n", "\r").encode("mac_roman")),
        ("utf16.txt", books.CSV.replace(";", "\t").encode("utf-16")),
        ("utf16bare.txt", books.CSV.replace(";", "\t").encode("utf-16-le")),
        ("tabs.txt", books.CSV.replace(";", "\t")),
        ("bars.txt", books.CSV.replace(";", "|")),
        ("comma.csv", '"Bevölkerung am 31.12.2006"\n\nGebiet,Personen,Anteil\nAltstadt,1234,"12,5"\nStraße Süd,900,*\n'
                      "Insgesamt,2134,100\nQuelle: Melderegister"),
        ("crlf.csv", books.CSV.replace("\n", "\r\n")),
        ("padded.txt", PADDED),
        ("twice.csv", books.CSV.encode().decode("cp1252").encode()),
        ("all.zip", books.packed({"Ordner/a.csv": books.CSV})),
        ("wrong_ending.xls", books.excel()),
    ],
)  # fmt: skip
def test_every_format_gives_the_same_cells(opened, name, content):
    (grid,) = opened(content, name)
    assert texts(grid) == TEXTS
    assert grid.file == name + "/Ordner/a.csv" * name.endswith("zip")


def test_what_was_guessed_or_mended_is_said(opened):
    assert "Windows-1252" in opened(LATIN, "a.csv")[0].remarks[0]
    assert "wiederhergestellt" in opened(books.CSV.encode().decode("cp1252"), "a.csv")[0].remarks[0]
    assert opened(books.CSV, "a.csv")[0].remarks == ()


def test_a_separator_line_of_excel_keeps_its_row_empty(opened):
    (grid,) = opened("sep=,\nA,B\n1,2", "a.csv")
    assert texts(grid) == [[], ["A", "B"], ["1", "2"]]


def test_a_cell_of_several_lines_keeps_the_numbers_of_lines(opened):
    (grid,) = opened('A;B\n"x\ny";1\nz;2\n', "a.csv")
    assert texts(grid)[:4] == [["A", "B"], ["x y", "1"], [], ["z", "2"]]


def test_an_open_quotation_mark_swallows_nothing(opened):
    (grid,) = opened('A;B\n"x;1\ny;2\n', "a.csv")
    assert texts(grid)[:3] == [["A", "B"], ['"x', "1"], ["y", "2"]]
    assert "Anführungszeichen" in grid.remarks[0]


def test_pasted_cells():
    (grid,) = pasted('Gebiet\tA\n"Alt\nstadt"\t12,5\n')
    assert texts(grid)[:2] == [["Gebiet", "A"], ["Alt stadt", "12,5"]]
    assert grid.file == "Zwischenablage"
    with pytest.raises(InputError, match="leer"):
        pasted(" \n\t\n")


def test_fixed_columns_whose_heads_do_not_stand_over_them():
    (grid,) = pasted(
        "LISTE 7 DER BEHÖRDE\n\nNR GEBIET               ZUZUEGE FORTZUEGE SALDO\n"
        "01 ALTSTADT               1.703     1.605    98\n02 NEUSTADT AM WALD         377       306    71\n"
        "03 SÜD                       67        35    20-\n"
    )
    assert texts(grid) == [
        ["LISTE 7 DER BEHÖRDE"], [],
        ["NR", "GEBIET", "ZUZUEGE", "FORTZUEGE", "SALDO"],
        ["01", "ALTSTADT", "1.703", "1.605", "98"],
        ["02", "NEUSTADT AM WALD", "377", "306", "71"],
        ["03", "SÜD", "67", "35", "20-"],
        [],
    ]  # fmt: skip


def test_what_only_the_parts_of_a_workbook_tell(opened):
    def change(book, sheet):
        sheet["B4"].number_format = "0.0%"
        sheet["C4"] = dt.date(2006, 12, 1)
        sheet["C4"].number_format = "mmm yy"
        sheet["D4"], sheet["E4"] = "=B4*2", "#REF!"
        sheet["E4"].data_type = "e"
        sheet["F4"] = 5999001
        sheet["F4"].number_format = "00000000"
        sheet["G4"] = 12000
        sheet["G4"].number_format = "#,##0,"
        sheet["H4"] = dt.date(2006, 12, 31)
        sheet["B5"].comment = Comment("nur\nHauptwohnung", "x")
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.merge_cells("A1:C1")
        book.create_chartsheet("Bild")
        other = book.create_sheet("Versteckt")
        other["A1"], other.sheet_state = "x", "veryHidden"
        book.create_sheet("Leer")

    grid, hidden = opened(books.excel(change=change))
    row = grid.rows[3]
    assert [cell.text for cell in row] == [
        "Altstadt", "123400 %", "Dezember 2006", "Formel ohne Ergebnis", "#REF!", "05999001", "12000", "31.12.2006",
    ]  # fmt: skip
    assert [cell.value for cell in row[1:3]] == [1234, dt.date(2006, 12, 1)]
    assert row[1].percent and row[3].formula and not row[4].formula
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({4}), frozenset({2}))
    assert grid.merged == ((1, 1, 1, 3),)
    assert any("B5: „nur Hauptwohnung“" in remark for remark in grid.remarks)
    assert any("Spalte G zeigt" in remark and "Tausend" in remark for remark in grid.remarks)
    assert (hidden.sheet, hidden.hidden, grid.hidden) == ("Versteckt", True, False)


def test_raised_digits_do_not_run_into_a_number(opened):
    raised = CellRichText("1234", TextBlock(InlineFont(vertAlign="superscript"), "1)"))
    content = books.excel([["Gebiet", "Wert"], ["Altstadt", raised]])
    assert texts(opened(content)[0])[1] == ["Altstadt", "1234¹⁾"]
    strings = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>1234</t></r><r><rPr>' \
        b'<vertAlign val="superscript"/></rPr><t>1)</t></r></si></sst>'  # fmt: skip

    def shared(name, text):
        if name == "xl/worksheets/sheet1.xml":
            start, end = text.index(b"<c ", text.index(b'"A2"')), text.index(b"</row>", text.index(b'"A2"'))
            return text[:start] + b'<c r="B2" t="s"><v>0</v></c>' + text[end:]
        return text

    part = {"xl/sharedStrings.xml": strings}
    assert texts(opened(books.changed(content, shared, part))[0])[1] == ["Altstadt", "1234¹⁾"]


def test_a_workbook_that_counts_from_1904(opened):
    def change(book, sheet):
        book.epoch = CALENDAR_MAC_1904
        sheet["D4"] = dt.date(2006, 12, 31)

    (grid,) = opened(books.excel(change=change))
    assert grid.rows[3][3].value == dt.date(2006, 12, 31)
    assert grid.since_1904 and "1904" in grid.remarks[-1]


def test_an_old_workbook(opened):
    values, hidden = opened(books.OLD.read_bytes(), "alt.xls")
    assert texts(values)[2] == ["Altstadt¹⁾", "1234", "12,5 %", "Dezember 2006", "05999003", "ja"]
    assert values.rows[2][2].percent and values.rows[4][3].value == dt.date(2006, 12, 1)
    assert (values.hidden_rows, values.hidden_columns) == (frozenset({4}), frozenset({3}))
    assert values.merged == ((6, 1, 7, 1),) and "Spalte F zeigt" in values.remarks[0]
    assert hidden.hidden and hidden.sheet == "Versteckt"


def test_an_open_document(opened):
    rows = [
        [books.cell("Kopf", numbercolumnsspanned=2, numberrowsspanned=1), CoveredTableCell(), books.cell("Ende"),
         books.cell(numbercolumnsrepeated=16_381)],
        [books.cell(0.125, "percentage", "12,5 %"), books.cell("2006-12-01", "date", "Dez 06"),
         books.cell("2006-12-31", "date", "31.12.06"), books.cell(7, text="007"), books.cell(formula="of:=1+1")],
        [books.cell("x", numbercolumnsrepeated=3)],
    ]  # fmt: skip

    def change(document, sheet):
        for _ in range(2):
            sheet.insertBefore(books.hidden_column(), sheet.firstChild)
        sheet.addElement(TableRow(numberrowsrepeated=1_000_000))
        row = TableRow(numberrowsrepeated=2, visibility="collapse")
        row.addElement(books.cell("unten"))
        sheet.insertBefore(row, sheet.lastChild)

    (grid,) = opened(books.opendocument(rows, change), "a.ods")
    assert texts(grid) == [
        ["Kopf", "", "Ende"],
        ["12,5 %", "Dez 06", "31.12.2006", "007", "Formel ohne Ergebnis"],
        ["x", "x", "x"], ["unten"], ["unten"],
    ]  # fmt: skip
    assert grid.rows[1][0].percent and grid.rows[1][1].value == dt.date(2006, 12, 1) and grid.rows[1][4].formula
    assert grid.merged == ((1, 1, 1, 2),)
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({4, 5}), frozenset({1, 2}))


def test_an_archive_names_what_it_does_not_read(opened):
    others = {"Brief.pdf": b"%PDF-1.4", "__MACOSX/a.csv": b"x", "Ordner/": ""}
    content = {"a.csv": books.CSV, "b.xlsx": books.excel(), **others}
    first, second = opened(books.packed(content), "alles.zip")
    assert (first.file, second.file) == ("alles.zip/a.csv", "alles.zip/b.xlsx")
    assert first.remarks == ("Im Archiv nicht gelesen: Brief.pdf (ein PDF).",) and second.remarks == ()


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


def with_cell(reference):
    def change(name, text):
        row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        cell = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'.encode()
        return text.replace(b"</sheetData>", cell) if "sheet1" in name else text

    return books.changed(books.excel(), change)


def encrypted():
    content = bytearray(books.excel())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(sign, at + 1)) >= 0:
            content[at + offset] |= 1
    return bytes(content)


def replaced(old, new, part="sheet1.xml"):
    return books.changed(books.excel(), lambda name, text: text.replace(old, new) if part in name else text)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "leer"),
        (books.excel([]), "a.xlsx", "leer"),
        (b"  \n\n", "a.csv", "leer"),
        (b"%PDF-1.7", "a.xlsx", "ein PDF"),
        (b"<html><table></table></html>", "a.xls", "Webseite"),
        (b"\x89PNG\0\0\0\r\n\x1a\n" + b"\0" * 50, "a.csv", "Nullbytes"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "alte Excel-Mappe"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "verschlüsselt"),
        (books.excel()[:-300], "a.xlsx", "beschädigt"),
        (encrypted(), "a.xlsx", "verschlüsselt"),
        (replaced(b"</row>", b""), "a.xlsx", "kaputt"),
        (replaced(b"<worksheet", BOMB + b"<worksheet"), "a.xlsx", "Dokumenttyp"),
        (replaced(b'r="5"', b'r="4"'), "a.xlsx", "Zeile 4"),
        (replaced(b'"B4"', b'"B9"'), "a.xlsx", "B9"),
        (replaced(b'"B4"', b'"XFE4"'), "a.xlsx", "XFE"),
        (replaced(b'Id="rId1"', b'Id="rId77"', "workbook.xml.rels"), "a.xlsx", "beschädigt"),
        (with_cell("XFD1048576"), "a.xlsx", "1048576 Zeilen"),
        (books.packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.ods", "LibreOffice"),
        (books.changed(books.opendocument(), lambda n, t: b"<x" if n == "content.xml" else t), "a.ods", "kaputt"),
        (books.changed(books.opendocument(), lambda n, t: BOMB + t if "meta" in n else t), "a.ods", "Dokumenttyp"),
        (books.changed(books.opendocument(), lambda n, t: t + b"encryption-data" if "manifest" in n else t), "a.ods",
         "verschlüsselt"),
        (books.opendocument([[books.cell("x", numbercolumnsrepeated=99_999_999)]]), "a.ods", "Spalten"),
        (books.packed({"b.zip": books.packed({"a.csv": books.CSV})}), "a.zip", "weiteres Archiv"),
        (books.packed({"../a.csv": books.CSV}), "a.zip", "hinausführt"),
        (books.packed({"C:/a.csv": books.CSV}), "a.zip", "hinausführt"),
        (books.packed({"a/../../b.csv": books.CSV}), "a.zip", "hinausführt"),
        (books.packed({"Brief.pdf": b"%PDF"}), "a.zip", "keine Tabelle, nur Brief.pdf"),
        (books.packed({f"{n}.csv": "a" for n in range(201)}), "a.zip", "201 Dateien"),
        (books.packed({"b.xlsx": b"PK\x03\x04kaputt"}), "a.zip", "beschädigt"),
        (books.packed({}), "a.zip", "leer"),
        ("Gebiet;Wert\nSchloÃŸ \ufffd;1", "a.csv", "lassen sich nicht lesen"),
        ("a;" * 6_000_000, "a.csv", "Spalten"),
        ('"' + "a" * 200_000 + ";1", "a.csv", "Zeichen"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(refused, content, name, words):
    assert words in refused(content, name)


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="Die Datei fehlt"):
        grids(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", books.excel()), ("a.ods", books.opendocument()), ("a.zip", books.packed({"a.csv": books.CSV}))],
)
def test_a_bomb_is_not_unpacked(refused, monkeypatch, name, content):
    monkeypatch.setattr(packedparts, "LARGEST", 100)
    assert "entpackt" in refused(content, name)


def test_the_declared_size_of_a_part_is_all_that_is_unpacked(refused):
    content = bytearray(books.packed({"a.csv": books.CSV * 1000}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert "beschädigt" in refused(bytes(content), "a.zip")


def test_a_large_sheet_is_read_quickly(opened):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Werte")
    for number in range(20_000):
        sheet.append([f"Gebiet {number % 60}", number, number / 7, "x"])
    stream = io.BytesIO()
    book.save(stream)
    start = time.process_time()
    (grid,) = opened(stream.getvalue())
    assert time.process_time() - start < 2 and len(grid.rows) == 20_000

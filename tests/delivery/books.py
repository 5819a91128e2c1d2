"""Books: small deliveries in every format, made for tests."""

import io
import zipfile
from pathlib import Path

import openpyxl
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P

OLD = Path(__file__).parent / "sheets" / "old.xls"
ROWS = [
    ["Bevölkerung am 31.12.2006"],
    [],
    ["Gebiet", "Personen", "Anteil"],
    ["Altstadt", 1234, 12.5],
    ["Straße Süd", 900, "*"],
    ["Insgesamt", 2134, 100],
    ["Quelle: Melderegister"],
]
CSV = "\n".join(";".join(str(cell).replace(".5", ",5") for cell in row) for row in ROWS)


def excel(rows=ROWS, change=None):
    """The bytes of a workbook; ``change`` gets the book and its sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book, book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell(value=None, kind="", text="", **attributes):
    """A cell of an open document."""
    if isinstance(value, int | float) and not kind:
        kind = "float"
    made = TableCell(**({"valuetype": kind} if kind else {"valuetype": "string"} if value else {}), **attributes)
    if kind == "date":
        made.setAttribute("datevalue", value)
    elif kind in ("float", "percentage"):
        made.setAttribute("value", value)
    if shown := text or (str(value) if value is not None else ""):
        made.addElement(P(text=shown))
    return made


def opendocument(rows=ROWS, change=None):
    """The bytes of an open document; ``change`` gets the document and its sheet."""
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Werte")
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(value if isinstance(value, Element) else cell(value))
        sheet.addElement(line)
    if change:
        change(document, sheet)
    document.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def packed(members, **how):
    """The bytes of an archive of these names and contents."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def changed(content, change, more=None):
    """An archive with its parts changed by a function of name and content, and more parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({name: change(name, archive.read(name)) for name in archive.namelist()} | (more or {}))


def hidden_column():
    """A column of an open document that nobody sees."""
    return TableColumn(visibility="collapse")

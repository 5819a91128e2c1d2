"""Workbooks as a channel: whatever stands anywhere in one is read, or the workbook is refused."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import NamedStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from sozialbericht.audit.readers import channels
from sozialbericht.audit.readers.readings import Reading, clean

SECRET = "Hafen 4711"
SHEET, STYLES, STRINGS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"
_M = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def archive_of(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, xml in parts.items():
            archive.writestr(part, xml)
    return out.getvalue()


def reading(content: bytes) -> Reading:
    return channels.reading_of(content, "a.xlsx")


def cells(content: bytes) -> list[str]:
    return [passage.text for passage in reading(content).passages if passage.kind in ("Tabelle", "verborgen")]


def seen(content: bytes, words: str = SECRET) -> bool:
    """Whether a text is read; a workbook that nobody can read is not published."""
    found = reading(content)
    return bool(found.unreadable) or any(words in passage.text for passage in found.passages)


def full() -> bytes:
    """A small workbook with something of everything that may stand in one."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Gebiet", "Zahl", "Tag", "wahr"])
    sheet.append(["Mitte", 12.5, dt.date(2006, 12, 31), True])
    sheet.append([CellRichText("Mi", TextBlock(InlineFont(b=True), "tte")), 3, None, None])
    sheet["A1"].comment = Comment("ein Kommentar", "wer")
    sheet["B1"].hyperlink = "https://example.org/ort"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "links", "rechts"
    sheet.row_dimensions[2].height = 20
    sheet.merge_cells("A5:B6")
    rule = DataValidation(type="list", formula1='"a,b"', prompt="eine Frage", error="ein Fehler")
    sheet.add_data_validation(rule)
    rule.add("D2")
    sheet.conditional_formatting.add("B2:B3", FormulaRule(formula=["B2>5"]))
    hidden = book.create_sheet("Notizen")
    hidden.append(["etwas"])
    hidden.sheet_state = "veryHidden"
    book.defined_names["ort"] = DefinedName("ort", attr_text="Sheet!$A$1", comment="ein Name")
    book.properties.title, book.properties.keywords = "Titel", "Wort"
    book.custom_doc_props.append(StringProperty(name="eigen", value="Wert"))
    book.add_named_style(NamedStyle(name="meiner", number_format='0.0 "Stück"'))
    return packed(book)


def with_strings(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of a workbook with a text of a cell in the table of strings, where Excel puts it."""
    cell = b'<c r="A2" t="inlineStr"><is><t>Mitte</t></is></c>'
    assert cell in parts[SHEET]
    table = f'<sst xmlns="{_M}" count="1"><si><t>Mitte</t></si></sst>'.encode()
    return {**parts, SHEET: parts[SHEET].replace(cell, b'<c r="A2" t="s"><v>0</v></c>'), STRINGS: table}


FULL = with_strings(parts_of(full()))


def planted(root: ET.Element) -> Iterator[None]:
    """The secret in each text and attribute of a part, one after the other."""
    for element in root.iter():
        for place in ("text", "tail") if element is not root else ("text",):
            before = getattr(element, place)
            setattr(element, place, SECRET)
            yield
            setattr(element, place, before)
        for name, value in element.items():
            element.set(name, SECRET)
            yield
            element.set(name, value)


@pytest.mark.parametrize("part", sorted(FULL))
def test_a_text_anywhere_in_a_part_is_seen(part: str) -> None:
    root, number = ET.fromstring(FULL[part]), 0
    for _ in planted(root):
        changed = ET.tostring(root, encoding="utf-8", xml_declaration=False)
        assert seen(archive_of({**FULL, part: changed})), changed.decode()
        number += 1
    assert number > 2 and not seen(archive_of(FULL))


def test_the_full_workbook_is_read() -> None:
    found = reading(archive_of(FULL))
    assert not found.unreadable
    for words in ("ein Kommentar", "https://example.org/ort", "links", "eine Frage", "B2>5", "etwas", "2006-12-31"):
        assert seen(archive_of(FULL), words), words
    about = next(passage.heads for passage in found.passages if "ein Kommentar" in passage.text and "Zahl" in
                 passage.heads)  # fmt: skip
    assert about == ("a.xlsx", "Sheet", "Gebiet", "Zahl", "Tag", "wahr")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet99.xml", "xl/comments/comment99.xml", "xl/theme/theme9.xml"])
def test_a_part_that_nothing_refers_to_is_read(part: str) -> None:
    data = f'<sheetData><row><c t="inlineStr"><is><t>{SECRET}</t></is></c></row></sheetData>'
    assert seen(archive_of({**FULL, part: f'<worksheet xmlns="{_M}">{data}</worksheet>'.encode()}))


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b"<sheetData>", b"<!-- 4711 --><sheetData>"),
        lambda xml: xml.replace(b"<sheetData>", b"<?wert 4711?><sheetData>"),
        lambda xml: b'<!DOCTYPE a [<!ENTITY b "4711">]>' + xml,
        lambda xml: xml.replace(b"<v>12.5</v>", b"<f>4711</f><v>12.5</v>"),
        lambda xml: xml.replace(b"<v>12.5</v>", b'<x:f xmlns:x="a">4711</x:f>'),
        lambda xml: xml.replace(b"<v>12.5</v>", b"<v>12.5</v><v>4711</v>"),
        lambda xml: xml.replace(b"<v>12.5</v>", b"<v><![CDATA[4711]]></v>"),
        lambda xml: xml.replace(b'r="C2"', b'r="B2"'),
        lambda xml: xml.replace(b'<row r="2"', b'<row wert="4711" r="2"'),
        lambda xml: xml.decode().encode("utf-16"),
    ],
)
def test_what_no_workbook_of_ours_has(change: Callable[[bytes], bytes]) -> None:
    changed = change(FULL[SHEET])
    assert changed != FULL[SHEET]
    assert reading(archive_of({**FULL, SHEET: changed})).unreadable


def test_a_string_that_no_cell_shows() -> None:
    more = FULL[STRINGS].replace(b"</sst>", f"<si><t>{SECRET}</t></si></sst>".encode())
    assert cells(archive_of({**FULL, STRINGS: more})).count(SECRET) == 1


def test_another_string_in_the_table_is_another_cell() -> None:
    assert "4711" in cells(archive_of({**FULL, STRINGS: FULL[STRINGS].replace(b">Mitte<", b">4711<")}))


def test_another_format_makes_a_day_a_number() -> None:
    assert "39082" not in cells(archive_of(FULL)) and "2006-12-31" in cells(archive_of(FULL))
    changed = FULL[STYLES].replace(b'formatCode="yyyy-mm-dd"', b'formatCode="0.0"')
    assert changed != FULL[STYLES] and "39082" in cells(archive_of({**FULL, STYLES: changed}))


def test_letters_written_by_their_numbers_are_read() -> None:
    changed = FULL[STRINGS].replace(b">Mitte<", b">Hafen _x0034_711<")
    assert SECRET in cells(archive_of({**FULL, STRINGS: changed}))


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20).filter(
    lambda text: not text.startswith("=") and "_x" not in text
)
_DAYS = st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1))
_CELLS = st.none() | _TEXTS | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9) | _DAYS


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_CELLS, max_size=5), max_size=5), st.booleans(), st.booleans())
def test_the_cells_are_those_that_openpyxl_reads(rows: list[list[object]], at_once: bool, hidden: bool) -> None:
    book = Workbook(write_only=at_once)
    sheet = book.create_sheet("Blatt")
    for row in rows:
        sheet.append(row)
    sheet.sheet_state = "hidden" if hidden else "visible"
    book.create_sheet("Ende")
    content = packed(book)
    expected = []
    for row in load_workbook(io.BytesIO(content))["Blatt"].iter_rows(values_only=True):
        for cell in row:
            number = isinstance(cell, float) and cell == int(cell)
            said = "" if cell is None else str(int(cell)) if number else str(cell).removesuffix(" 00:00:00")
            expected.append(clean(said))
    own = reading(content)
    kind = "verborgen" if hidden else "Tabelle"
    found = [p.text for p in own.passages if p.kind == kind and len(p.heads) == 3 and p.heads[1] == "Blatt"]
    assert not own.unreadable and found == [text for text in expected if text]

"""Spreadsheets (XLSX): every sheet, also hidden ones, comments, headers, names, properties, texts that no cell shows.

What such a file could hold beside these – formulas with their last result, charts, macros, other files – makes it
unreadable, and nothing unreadable is published.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Any

from sozialbericht.audit.readers import opentables
from sozialbericht.audit.readers.office import archives
from sozialbericht.audit.readers.readings import Passage, Reading, Record, clean

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core|custom)\.xml|xl/(?:workbook|styles|sharedStrings)\.xml|"
    r"xl/theme/theme\d+\.xml|xl/worksheets/sheet\d+\.xml|xl/_rels/workbook\.xml\.rels|"
    r"xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/comments/comment\d+\.xml|xl/drawings/commentsDrawing\d+\.vml"
)
_PLAIN_FORMAT = re.compile(r"[#0,.\-dmyhs:;@ %\[\]Eeh+GenralTJ_\"/\\]*|General", re.IGNORECASE)
_FACTS = ("title", "subject", "creator", "description", "keywords", "category", "lastModifiedBy", "identifier",
          "contentStatus", "version", "language")  # fmt: skip
_SHARED = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")


def read(content: bytes, name: str) -> Reading:
    """All that a workbook says. Raises ValueError for parts that nobody reads."""
    from openpyxl import load_workbook

    archive = archives.unpacked(content, name)
    if strange := [part for part in archive.parts if not _PARTS.fullmatch(part)]:
        raise ValueError(f"unbekannter Teil {strange[0]}")
    texts = {part: xml.decode("utf-8") for part, xml in archive.parts.items() if part.endswith(".xml")}
    if any("<f>" in text or "<f " in text or "<!--" in text for text in texts.values()):
        raise ValueError("Formel oder Kommentar im Quelltext")
    beside = any("/comment" in part or "<hyperlink" in text for part, text in texts.items())
    book = load_workbook(io.BytesIO(content))
    records: list[Record] = []
    passages = [*archive.comments, *_facts(book, name)]
    seen: set[str] = set()
    for sheet in book.worksheets:
        rows = [[_said(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        seen.update(cell for row in rows for cell in row)
        hidden = sheet.sheet_state != "visible"
        passages += _around(sheet, name)
        passages += _beside_cells(sheet, name) if beside else ()
        if rows and opentables.is_open(rows[0]):
            found, said = opentables.read(rows[0], rows[1:], name, sheet.title)
            records += found
            passages += said
        else:
            passages += opentables.loose(rows, name, (name, sheet.title), "verborgen" if hidden else "Tabelle")
    shared = _SHARED.findall(texts.get("xl/sharedStrings.xml", ""))
    unused = [text for text in map(html.unescape, shared) if text not in seen]
    passages += [Passage("verborgen", name, clean(text), (name,)) for text in unused if clean(text)]
    return Reading(tuple(passages), records=tuple(records))


def _facts(book: Any, name: str) -> Iterator[Passage]:
    """Properties, names of cells, formats with words of their own."""
    facts = [getattr(book.properties, fact, None) for fact in _FACTS]
    facts += [entry.value for entry in book.custom_doc_props.props]
    facts += [f"{key} {entry.attr_text}" for key, entry in book.defined_names.items()]
    facts += [code for code in book._number_formats if not _PLAIN_FORMAT.fullmatch(code)]
    yield from (Passage("Metadaten", name, clean(str(fact)), (name,)) for fact in facts if fact)


def _around(sheet: Any, name: str) -> Iterator[Passage]:
    """The title of a sheet, its headers and footers, and its rules that hold words."""
    heads = (name, sheet.title)
    for part in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
        for side in ("left", "center", "right"):
            if text := getattr(getattr(sheet, part), side).text:
                yield Passage("Text", name, clean(text), heads)
    for rule in sheet.data_validations.dataValidation:
        yield Passage("verborgen", name, clean(f"{rule.formula1} {rule.prompt or ''} {rule.error or ''}"), heads)
    yield Passage("Text", name, clean(sheet.title), (name,))


def _beside_cells(sheet: Any, name: str) -> Iterator[Passage]:
    """Comments and links of cells."""
    heads = (name, sheet.title)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment:
                about = (*heads, *(_said(other.value) for other in row if isinstance(other.value, str)))
                yield Passage("verborgen", name, clean(cell.comment.text), about)
            if cell.hyperlink:
                link = clean(f"{cell.hyperlink.target} {cell.hyperlink.tooltip or ''}")
                yield Passage("verborgen", name, link, heads)


def _said(value: object) -> str:
    """A cell as text, numbers with a decimal point."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)

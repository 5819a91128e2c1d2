"""Excel parts: what the parts of a workbook say about its sheets, beside the cells."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from sozialbericht.data.faultlist import listed
from sozialbericht.delivery.sheets.cellmaking import RAISED, Format

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BUILT_IN = {9: "0%", 10: "0.00%", 17: "mmm-yy"}


@dataclass
class Sheet:
    """A sheet of the workbook, as its table of contents names it."""

    name: str
    path: str
    hidden: bool
    comments: list[str] = field(default_factory=list)


@dataclass
class Book:
    """What the parts of a workbook say."""

    sheets: list[Sheet]
    since_1904: bool
    formats: dict[str, Format]
    """By the number of the style, those that change what a cell says."""
    codes: dict[str, str]
    """By the number of the style, the number format of all others that a workbook has of its own."""
    raised: dict[str, str]
    """By their number, the shared strings with raised text, its digits raised."""


def book(archive: zipfile.ZipFile) -> Book:
    """The parts of an opened workbook; raises what zipfile and lxml raise for a damaged one."""
    names = {name.lower().lstrip("/"): name for name in archive.namelist()}
    start = _related(archive, names, "").get("officeDocument", ["xl/workbook.xml"])[0]
    root = _parsed(archive.read(names[start.lower()]))
    targets = _targets(archive, names, start)
    sheets = []
    for sheet in _all(root, "sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT) or "", "")
        path = names.get(target.lower(), "")
        sheets.append(Sheet(sheet.get("name", ""), path, sheet.get("state", "visible") != "visible"))
        if path:
            sheets[-1].comments = _comments(archive, names, path)
    related = _related(archive, names, start)
    since = any(e.get("date1904") in ("1", "true") for e in _all(root, "workbookPr"))
    formats, codes = _styles(archive, names, related.get("styles", ["xl/styles.xml"])[0])
    strings = related.get("sharedStrings", ["xl/sharedStrings.xml"])[0]
    return Book(sheets, since, formats, codes, _raised(archive, names, strings))


def _parsed(xml: bytes) -> Any:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _all(root: Any, name: str) -> Any:
    return root.iter(f"{{*}}{name}")


def _relations(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> list[tuple[str, str, str]]:
    """Id, kind and path of what a part refers to."""
    folder, file = posixpath.split(part)
    path = names.get(posixpath.join(folder, "_rels", f"{file}.rels").lower())
    if path is None:
        return []
    found = []
    for relation in _all(_parsed(archive.read(path)), "Relationship"):
        target = relation.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if relation.get("TargetMode") != "External":
            found.append((relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], full))
    return found


def _targets(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> dict[str, str]:
    return {key: path for key, _, path in _relations(archive, names, part)}


def _related(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, kind, path in _relations(archive, names, part):
        found.setdefault(kind, []).append(path)
    return found


def _comments(archive: zipfile.ZipFile, names: dict[str, str], sheet: str) -> list[str]:
    """The comments on cells of a sheet, as remarks."""
    found = []
    for part in _related(archive, names, sheet).get("comments", []):
        if part.lower() in names:
            for comment in _all(_parsed(archive.read(names[part.lower()])), "comment"):
                text = " ".join("".join(e.text or "" for e in _all(comment, "t")).split())
                found.append(f"Kommentar zu Zelle {comment.get('ref', '?')}: „{text}“")
    return found if len(found) <= 20 else [*found[:20], f"und {len(found) - 20} weitere Kommentare"]


def _styles(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> tuple[dict[str, Format], dict[str, str]]:
    if part.lower() not in names:
        return {}, {}
    root = _parsed(archive.read(names[part.lower()]))
    own = {e.get("numFmtId", ""): e.get("formatCode", "") for e in _all(root, "numFmt")}
    formats: dict[str, Format] = {}
    codes: dict[str, str] = {}
    styles: Any = next(iter(_all(root, "cellXfs")), [])
    for number, style in enumerate(styles):
        key = style.get("numFmtId", "0")
        code = own.get(key) or (_BUILT_IN.get(int(key), "") if key.isdecimal() and len(key) < 9 else "")
        if form := Format(code):
            formats[str(number)] = form
        elif code:
            codes[str(number)] = code
    return formats, codes


def _raised(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> dict[str, str]:
    """The shared strings in which some text is raised."""
    xml = archive.read(names[part.lower()]) if part.lower() in names else b""
    if b"vertAlign" not in xml:
        return {}
    found = {}
    for number, string in enumerate(_all(_parsed(xml), "si")):
        runs = list(string.iterfind("{*}r"))
        texts = ["".join(e.text or "" for e in run.iterfind("{*}t")) for run in runs]
        up = [any(e.get("val") == "superscript" for e in _all(run, "vertAlign")) for run in runs]
        if any(up):
            pairs = zip(texts, up, strict=True)
            found[str(number)] = "".join(text.translate(RAISED) if high else text for text, high in pairs)
    return found


def _place(letters: object) -> tuple[int, str]:
    return len(str(letters)), str(letters)


def said_of_formats(columns: dict[str, set[str]]) -> list[str]:
    """Remarks on number formats that show other numbers than are stored, by how they do it."""
    found = []
    for how, letters in columns.items():
        names = listed(sorted(letters, key=_place), 10)
        who = f"Spalten {names} zeigen" if len(letters) > 1 else f"Spalte {names} zeigt"
        found.append(f"{who} ihre Zahlen {how}; gelesen sind die gespeicherten Werte.")
    return found

"""Kinds of files: what a content really is, whatever its name ends with."""

from __future__ import annotations

import io
import re
import zipfile

WORKBOOK = "eine Excel-Mappe"
OLD_WORKBOOK = "eine alte Excel-Mappe (.xls)"
OPENDOCUMENT = "eine Tabelle von LibreOffice (.ods)"
ARCHIVE = "ein Archiv (.zip)"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MIMETYPES = (
    (b"opendocument.spreadsheet", OPENDOCUMENT),
    (b"opendocument", "ein Dokument von LibreOffice"),
)
_PARTS = (
    ("xl/workbook.bin", "eine binäre Excel-Mappe (.xlsb)"),
    ("xl/", WORKBOOK),
    ("word/", "ein Word-Dokument"),
    ("ppt/", "eine PowerPoint-Datei"),
)


def kind(content: bytes) -> str:
    """What a content is in German with its article, "" for text and for what nobody knows."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(_OLD):
        return "eine verschlüsselte Excel-Mappe" if _LOCKED in content else OLD_WORKBOOK
    if content.startswith(b"PK"):
        return _archive(content)
    if re.match(rb"(<!--.*?-->\s*)?(<!doctype html|<html|<table|<head|<body|<meta)", start):
        return "eine Webseite (HTML)"
    if start.startswith((b"<?xml", b"<workbook")):
        return "eine XML-Datei"
    for sign, title in (
        (b"%PDF", "ein PDF"),
        (b"SQLite format 3", "eine Datenbank"),
        (b"\x1f\x8b", "ein Archiv (.gz)"),
    ):
        if content.startswith(sign):
            return title
    return ""


def _archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                mimetype = archive.read("mimetype")[:200]
                return next((title for sign, title in _MIMETYPES if sign in mimetype), "ein Archiv")
    except Exception:  # a damaged archive fails in many ways; what it is can still be said
        return WORKBOOK if b"xl/" in content or len(content) < 100 else "ein beschädigtes Archiv"
    return next((title for part, title in _PARTS if any(n.startswith(part) for n in names)), ARCHIVE)

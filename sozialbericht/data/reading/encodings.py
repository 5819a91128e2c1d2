"""Encodings: the text of a file in the declared encoding, or which one it is probably in."""

from __future__ import annotations

import codecs
import re
import unicodedata

from sozialbericht.data.faultlist import Findings, quoted

SAVE_CSV = "In Excel: Datei → Speichern unter → Dateityp „CSV UTF-8 (durch Trennzeichen getrennt)“."
"""What to do about a file in the wrong encoding or format."""

_KIND = "falsche Kodierung"
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16-be"),
    (codecs.BOM_UTF8, "UTF-8", "utf-8"),
)
_KNOWN = re.compile(r"utf-(8|8-sig|16|16-le|16-be|32|32-le|32-be)|iso8859-\d+|cp\d+|ascii|mac-roman|koi8-r")
_GUESSES = {"cp1252": "Windows-1252 (ANSI)", "mac_roman": "Mac Roman", "cp850": "DOS (Codepage 850)"}
_GERMAN = re.compile("[äöüÄÖÜß€„“–]")
_DESTROYED = re.compile("Ã[\u0080-\u00bf„“”‚†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ–—]|â€[œžš“”™¦]|â‚¬|Â[\u00a0-\u00bf]|√[§∂∫ºüÑñú]|\ufffd")


def decode(content: bytes, encoding: str, file: str, findings: Findings) -> str | None:
    """The text of a file in the declared encoding, its letters composed (NFC); or None and a fault that names the
    likely encoding."""
    name = _name(encoding)
    if name is None:
        what = f"Die Kodierung {quoted(encoding)} für {file} ist unbekannt."
        findings.add(_KIND, "datapackage.json", what, "Üblich ist „utf-8“.")
        return None
    mark, title, marked = next((m for m in _MARKS if content.startswith(m[0])), (b"", "", ""))
    if mark:
        if name not in (marked, marked[:6], f"{marked}-sig"):
            what = f"Die Datei ist in {title} gespeichert, nicht in {encoding}."
            findings.add(_KIND, file, what, SAVE_CSV)
            return None
        name, content = marked, content[len(mark) :]
    elif not name.startswith(("utf-16", "utf-32")) and b"\0" in content:
        _zeros(content, encoding, file, findings)
        return None
    try:
        text = content.decode(name.removesuffix("-sig"))
    except UnicodeDecodeError as error:
        _undecodable(content, error, encoding, file, findings)
        return None
    text = text.removeprefix("\ufeff")
    if found := _DESTROYED.search(text):
        findings.add(
            _KIND,
            file,
            f"Umlaute sind zerstört ({quoted(found[0])}): Die Datei wurde falsch gespeichert.",
            "Holen Sie die Fassung vor dem Fehler zurück und speichern Sie sie als CSV UTF-8.",
            row=_row(text, found.start()),
        )
        return None
    return _composed(text)


def guessed(content: bytes) -> tuple[str, str]:
    """The text of a file whose encoding nobody has declared, its letters composed (NFC), and the encoding in words:
    "" where it is beyond doubt (UTF-8 or told by a mark)."""
    for mark, _, name in _MARKS:
        if content.startswith(mark):
            return _composed(content[len(mark) :].decode(name, errors="replace")), ""
    if (wide := _utf_16(content)) is not None:
        return _composed(content.decode(wide, errors="replace")), "UTF-16"
    try:
        return _composed(content.decode("utf-8")), ""
    except UnicodeDecodeError:
        likely = _likely(content)
    return _composed(content.decode(likely, errors="replace")), _GUESSES[likely]


def mended(text: str) -> str:
    """A text that was read in Windows-1252 and saved in UTF-8, as it was before; unchanged where that fails."""
    try:
        before = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
    return text if destroyed(before) else before


def destroyed(text: str) -> bool:
    """Whether a text was read in a wrong encoding and saved: ``SchloÃŸ``."""
    return _DESTROYED.search(text) is not None


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _likely(content: bytes) -> str:
    """The encoding of eight bits in which a text has most German letters."""
    high = re.sub(rb"[\x00-\x7f]+", b"", content)[:20_000]
    return max(_GUESSES, key=lambda name: len(_GERMAN.findall(high.decode(name, errors="replace"))))


def _utf_16(content: bytes) -> str | None:
    """The kind of UTF-16 in which a file without a mark is, by where its zero bytes stand; None where it is none."""
    sample = content[:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if len(sample) >= 8 and max(even, odd) > 0.6 * half and min(even, odd) < 0.2 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _name(encoding: str) -> str | None:
    """Python's name of an encoding of texts, None if there is no such."""
    try:
        name = codecs.lookup(encoding).name.replace("_", "-")
    except (LookupError, ValueError, UnicodeError):
        return None
    return name if _KNOWN.fullmatch(name) else None


def _row(text: str, at: int) -> int:
    """The line in which a position stands, as an editor counts."""
    before = text[:at].replace("\r\n", "\n")
    return before.count("\n") + before.count("\r") + 1


def _zeros(content: bytes, encoding: str, file: str, findings: Findings) -> None:
    """Note what a file with zero bytes is."""
    if _utf_16(content):
        what = f"Die Datei ist vermutlich in UTF-16 gespeichert, nicht in {encoding}."
        findings.add(_KIND, file, what, SAVE_CSV)
        return
    at = content.index(b"\0")
    findings.add(
        "Steuerzeichen",
        file,
        "Die Datei enthält das Zeichen U+0000 (Nullbyte); sie ist beschädigt oder keine Textdatei.",
        "Holen Sie eine unbeschädigte Fassung oder speichern Sie die Tabelle neu.",
        row=_row(content[:at].decode("latin-1"), at),
    )


def _undecodable(content: bytes, error: UnicodeDecodeError, encoding: str, file: str, findings: Findings) -> None:
    """Note the line that is not in the declared encoding, as the likely one reads it."""
    row = _row(content[: error.start].decode("latin-1"), error.start)
    lines = re.split(rb"\r\n|\r|\n", content)
    line = lines[min(row, len(lines)) - 1]
    likely = _likely(content)
    guess = line.decode(likely, errors="replace").strip()
    findings.add(
        _KIND,
        file,
        f"Die Datei ist nicht in {encoding.upper()} gespeichert, vermutlich in {_GUESSES[likely]}; "
        f"die Zeile hieße dann {quoted(guess[:80] + '…' if len(guess) > 80 else guess)}.",
        SAVE_CSV,
        row=row,
    )

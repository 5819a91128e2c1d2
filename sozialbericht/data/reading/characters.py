"""Characters that no report can print, and how a message shows them."""

from __future__ import annotations

import re
import unicodedata

_LINE = "\t\n\r\u2028\u2029"
_KINDS = (
    ("\ud800-\udfff", "ein halbes Zeichen (Surrogat)"),
    ("\ufdd0-\ufdef" + "".join(chr(p * 0x10000 + e) for p in range(17) for e in (0xFFFE, 0xFFFF)), "kein Zeichen"),
    ("\u202a-\u202e\u2066-\u2069", "kehrt die Schreibrichtung um"),
    ("\u200b\u2060\ufeff\u180e\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f", "unsichtbares Zeichen"),
    ("\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f", "Steuerzeichen"),
    (_LINE, "Zeilenumbruch oder Tabulator"),
)
_UNPRINTABLE = re.compile(f"[{''.join(signs for signs, _ in _KINDS[:-1])}]")
_NOT_IN_A_NAME = re.compile(f"[{''.join(signs for signs, _ in _KINDS)}]")

_BROKEN = re.compile(f"[{''.join(signs for signs, kind in _KINDS[:-1] if kind != 'unsichtbares Zeichen')}]")

PROSE = frozenset({"grund", "definition", "description", "beschreibung"})
"""Columns and properties in which a text may have several lines."""


def unprintable(text: str, *, lines: bool = False) -> str:
    """The first character of ``text`` that cannot be printed, "" if there is none; ``lines`` says whether line ends
    and tabs are in order."""
    if text.isprintable():  # by Unicode, which knows more signs that are not; ten times as quick
        return ""
    found = (_UNPRINTABLE if lines else _NOT_IN_A_NAME).search(text)
    return found[0] if found else ""


def broken(text: str) -> str:
    """The first control character or half character of a longer text, "" if there is none; what joins and parts words
    unseen is in order there."""
    found = _BROKEN.search(text)
    return found[0] if found else ""


def printable(text: str, *, lines: bool = False) -> str:
    """The text without the characters that cannot be printed."""
    return (_UNPRINTABLE if lines else _NOT_IN_A_NAME).sub("", text)


def described(sign: str) -> str:
    """A character as a message names it: code point and what it is.

    >>> described("\\u202e")
    'U+202E (kehrt die Schreibrichtung um)'
    """
    kind = next((kind for signs, kind in _KINDS if re.match(f"[{signs}]", sign)), "")
    if sign in "\t\n\r":
        kind = {"\t": "Tabulator", "\n": "Zeilenumbruch", "\r": "Wagenrücklauf"}[sign]
    return f"U+{ord(sign):04X}" + (f" ({kind})" if kind else "")


def alike(text: str) -> str:
    """What is left of a name for the eye: no invisible characters, one space for several, no upper case."""
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split()).casefold()


def hidden(text: str) -> list[str]:
    """The characters of ``text`` that nobody sees, as a message names them."""
    found = [
        sign for sign in text if sign != " " and unicodedata.category(sign) in ("Cc", "Cf", "Zs", "Zl", "Zp", "Cs")
    ]
    return [described(sign) for sign in dict.fromkeys(found)]

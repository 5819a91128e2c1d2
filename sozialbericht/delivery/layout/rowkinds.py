"""Row kinds: what a row of a sheet looks like, by the kinds of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sozialbericht.delivery.sheets.grid import UNCOMPUTED, Cell

NUMBER, YEAR, SIGN, TEXT = "n", "y", "s", "t"

SIGNS = frozenset(
    "* ** . .. ... … - -- – — / x X · • ( ) (*) (.) (-) (–) (/) [*] ./. k.A. k. kA k.a. n.v. n.a. na n.a #".split()
) | {"k. A.", "k. a.", "n. v.", "n. a.", "keine Angabe", "keine Angaben"}
"""What stands in place of a number in the tables of offices."""

_YEAR = re.compile(r"(19|20)[0-9]{2}")
_BLANK = r"[ \u00a0\u2007\u2009\u202f]?"
_NUMBER = re.compile(
    rf"[(\[]?{_BLANK}[-–−+<≤>]?{_BLANK}[0-9][0-9.,'’ \u00a0\u2007\u2009\u202f]*[-–−]?{_BLANK}%?{_BLANK}[)\]]?"
    rf"({_BLANK}([0-9]\)|\*\)?|[¹²³⁴-⁹⁽⁾]+\)?|[rpsb]))?{_BLANK}%?"
)
_DATE = re.compile(r"[0-9]{1,2}\. ?[0-9]{1,2}\. ?([0-9]{2}|[0-9]{4})|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TOTAL = re.compile(
    r"(?i)\W*(\d+\W+)?(insgesamt|gesamt|gesamtstadt|gesamtsumme|gesamtergebnis|summe[n]?|zusammen|total|σ|∑|alle"
    r"|stadt|stadtgebiet|kreisfreie stadt|stadtbezirk|stadtbez|st\.?bez|bezirk|kreis|landkreis|durchschnitt)\b"
    r"|.*\b(insgesamt|gesamt|zusammen|summe)\W*$"
)
_NOTE = re.compile(
    r"(?i)\s*(\*+\)|\*|\d{1,2}\)|\(\d\)|[¹²³⁴-⁹⁽]|[_\-–—=]{3,}|quelle|datenquelle|anmerkung|hinweis|stand\b|datenstand"
    r"|erläuterung|zeichenerkl|legende|fußnote|©|\(?c\)|einschl|inkl|bearbeitung|herausgeber|rundungs|abweichung|erstellt"
    r"|[./x…*–-]\s*=)"
)
_PAGE = re.compile(
    r"(?i)\W*((seite|blatt|s\.)\s*\d+(\s*(von|/)\s*\d+)?|\d+|noch:?\b.*|fortsetzung.*|.*\(fortsetzung\))\W*"
)
_RULE = re.compile(r"([-–—_=*.~+|] ?){3,}")
_PAGE_NUMBER = re.compile(r"(?i)\b(seite|blatt|s\.)\s*\d+(\s*(von|/)\s*\d+)?")
_kinds: dict[str, str] = {"": ""}
_MOST_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class RowKind:
    """The look of a row: which columns are filled, and with what."""

    number: int
    filled: tuple[int, ...]
    """The filled columns, from 1."""
    kinds: str
    """The kind of each of them."""
    texts: tuple[str, ...]

    @property
    def valued(self) -> bool:
        """Whether numbers or signs stand behind the first filled cell."""
        return NUMBER in self.kinds[1:] or SIGN in self.kinds[1:]

    @property
    def yearly(self) -> bool:
        """Whether all its numbers are years."""
        return YEAR in self.kinds and not self.valued and NUMBER not in self.kinds

    @property
    def wordy(self) -> bool:
        """Whether it is filled in several cells, none of them a number or a sign."""
        return len(self.filled) > 1 and not self.valued and YEAR not in self.kinds

    @property
    def ruled(self) -> bool:
        """Whether it is a line drawn with signs."""
        return all(_RULE.fullmatch(text) for text in self.texts)

    @property
    def text(self) -> str:
        """All that stands in the row."""
        return " ".join(self.texts)


def row_kind(number: int, cells: Sequence[Cell]) -> RowKind | None:
    """The look of a row, None where it is empty."""
    pairs = [(at, cell.text) for at, cell in enumerate(cells, 1) if cell.text]
    if not pairs:
        return None
    columns, texts = zip(*pairs, strict=True)
    return RowKind(number, columns, "".join([_kinds.get(text) or kind(text) for text in texts]), texts)


def kind(text: str) -> str:
    """The kind of a cell by its text: number, year, sign or text."""
    if text.replace(",", "", 1).isdecimal() and text.isascii() and not (len(text) == 4 and _YEAR.fullmatch(text)):
        return NUMBER if text[0] != "," and text[-1] != "," else TEXT
    if text in SIGNS:
        found = SIGN
    elif _YEAR.fullmatch(text):
        found = YEAR
    elif _instead_of_a_number(text) or (len(text) < 40 and _NUMBER.fullmatch(text) and not _DATE.fullmatch(text)):
        found = NUMBER
    else:
        found = TEXT
    if len(_kinds) < _MOST_KEPT:
        _kinds[text] = found
    return found


def _instead_of_a_number(text: str) -> bool:
    """Whether a formula has no result or an error."""
    return text == UNCOMPUTED or re.match(r"#[A-ZÄÖÜ0-9/]{2,}[!?]?", text) is not None


def is_total(row: RowKind) -> bool:
    """Whether the first words of a row say that it adds up others."""
    return says_total(next((text for text, sort in zip(row.texts, row.kinds, strict=True) if sort == TEXT), ""))


@lru_cache(100_000)
def says_total(word: str) -> bool:
    """Whether a name is that of a sum over areas: „Insgesamt“, „Stadtbezirk …“."""
    return _TOTAL.match(word) is not None


def without_page(text: str) -> str:
    """A line without the number of its page."""
    return " ".join(_PAGE_NUMBER.sub("", text).split())


def is_note(row: RowKind) -> bool:
    """Whether a row begins like a footnote, a source or an explanation of signs."""
    return _NOTE.match(row.texts[0]) is not None or row.kinds[0] == SIGN


def is_page(row: RowKind) -> bool:
    """Whether a row is the number of a page or says that a table goes on."""
    return len(row.filled) == 1 and _PAGE.fullmatch(row.texts[0]) is not None

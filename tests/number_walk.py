"""Are the numbers of prose, captions and alternative texts found in the tables of the same report?

What counts as a table: cells of tables, keys of names and values below maps, sheets of indicators. Numbers are
compared as they are printed. Rules for what needs no table, all applied to the sentence that the number stands in:

* dates, years, school years; numbers of chapters, figures, tables; ages, laws and other numbers that are part of a
  name or definition: those that the sheets of the indicators or the glossary write the same way ("15- bis unter 65");
* counts of areas: whole numbers up to the number of areas;
* "11 von 100": a table value rounded to a whole number; "je 1.000", "100" and "95-%-Bereich" are units;
* a difference, a sum or a quotient of two values of the same chapter's tables or of its own sentence, where the
  sentence speaks of one (mehr, weniger, Prozentpunkte, zusammen, Veränderung, …);
* numerator and denominator of a printed rate that stands in a table ("213 von 283 Kindern (75,3 %)"), and a change
  that fits its printed percentage ("1.701 weniger (−4,3 %)");
* bounds of a method: fewest inhabitants; Moran's I and its probability, which test_spatial_written.py computes anew;
* the joint value of like areas in brackets ("Günstiger als in den anderen Gebieten des Typs 5 (43,9 %)"), which
  tests/writing/test_chances.py computes anew;
* what another sentence of the report has founded, which the summary repeats; the number of values of the report.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import combinations
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from sozialbericht.audit import attack
from sozialbericht.audit.cells import Shown
from sozialbericht.audit.mentions import Vocabulary
from sozialbericht.audit.readers import channels
from sozialbericht.statistics.status_index import LEAST_INHABITANTS

NUMBER = re.compile(r"(?<![\w.,§–-])[−+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|(?<![\w.,§])[−+]?\d+(?:,\d+)?")
WITHOUT_TABLE = [
    r"Moran-Index misst [^;]*; für die [\w-]+ beträgt er [−\d,]+ \(Irrtumswahrscheinlichkeit (?:unter )?0,\d+\)",
    r"\b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b",
    r"\b\d{1,2}\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b",
    r"\b(?:19|20)\d\d(?:/(?:19|20)?\d\d)?\b",
    r"\b(?:Abbildung|Tabelle|Kapitel|Abschnitt|Anhang|Abbildungen|Tabellen) [A-Z\d]+(?:\.\d+)*",
    r"\b[0-9a-f]{16}\b",
    r"\S+\.(?:de|com|org|net|html)\b\S*",
    r"(?:\b\d[\d.]* von|\bVon) \d[\d.]* Werten der Sozialräume",
    r"95-%-Bereich\w*|95 %",
    r"\bje (?:100|1\.000)\b|\bvon 100\b|= 100\b|\b100 Personen\b",
    r"\b\d+-(?:bis|jährig\w*|Jährig\w*)|\bunter \d+(?:-Jährig\w*| Jahren?)?|\b(?:ab|bis) \d+(?: Jahren?|-Jährig\w*)?",
    r"Günstiger als in den [^()]*\([^()]*\)",
    rf"\bweniger als {LEAST_INHABITANTS} Einwohner\w*",
    r"\b\d+ (?:Jahre|Jahren) und\b|\b\d+-\w+",
]
CALCULATED = re.compile(
    r"mehr|weniger|Unterschied|Prozentpunkt|Punkte|gestiegen|gesunken|gewachsen|zugenommen|abgenommen|"
    r"zurückgegangen|gegenüber|seit|zusammen|insgesamt|Veränderung|▲|▼|unverändert|höher|niedriger|verändert|mal "
    r"so|Abstand|als im|sank|stieg",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Piece:
    """A sentence, a caption or an alternative text of a page."""

    page: str
    words: str

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers that need a table, as printed and without sign."""
        rest = self.words
        for pattern in WITHOUT_TABLE:
            rest = re.sub(pattern, " ", rest)
        return [n.lstrip("−+") for n in NUMBER.findall(rest)]


class Report:
    """The web pages of a report, read once."""

    def __init__(self, folder: Path) -> None:
        self.soups = {
            p.name: BeautifulSoup(p.read_text(encoding="utf-8"), "lxml") for p in sorted(folder.glob("*.html"))
        }
        self.tables: dict[str, set[str]] = {}
        pieces: list[Piece] = []
        for page, soup in self.soups.items():
            main = soup.find("main")
            assert isinstance(main, Tag)
            self.tables[page] = set()
            for place in main.select("table, ul.schluessel, .datenblatt"):
                self.tables[page] |= {n.lstrip("−+") for n in NUMBER.findall(clean(place.get_text(" ")))}
                place.decompose()
            for source in main.select(".quelle"):
                source.decompose()
            texts = [str(image.get("alt", "")) for image in main.select("img")]
            texts += [
                clean(e.get_text(" " if e.name == "div" else ""))
                for e in main.select("p, figcaption, li, dl.kennzahlen > div")
            ]
            pieces += [Piece(page, sentence) for text in texts for sentence in sentences(clean(text))]
        self.pieces = list(dict.fromkeys(pieces))
        self.everywhere = set().union(*self.tables.values())
        self.areas = 39
        self.counts = {
            page: {n for p in self.pieces if p.page == page for n in p.numbers if "," not in n} for page in self.soups
        }
        self.founded = {n for p in self.pieces for n in p.numbers if self.known_here(n, p)}

    def known(self, number: str, piece: Piece) -> bool:
        """Whether a number is founded by a table, by a rule, or by another sentence."""
        return number in self.founded or self.known_here(number, piece)

    def known_here(self, number: str, piece: Piece) -> bool:
        """Whether a number is founded by a table or by a rule."""
        if number in self.everywhere:
            return True
        value = decimal(number)
        if "," not in number and "." not in number and value <= self.areas:
            return True
        if "von 100" in piece.words or "Von 100" in piece.words:
            return any(whole(decimal(n)) == value for n in self.everywhere)
        if "," not in number and self.part_of_rate(value, piece):
            return True
        return bool(CALCULATED.search(piece.words)) and self.calculated(number, piece)

    def part_of_rate(self, value: Decimal, piece: Piece) -> bool:
        """Whether a count and another of the page give a rate that the sentence prints and a table holds."""
        rates = [decimal(n) for n in piece.numbers if "," in n]
        held = {decimal(n) for n in self.everywhere if "," in n}
        others = [decimal(n) for n in self.counts[piece.page] if decimal(n) != value and decimal(n) > 0]
        half = Decimal("0.05")
        for rate in rates:
            for other in others:
                quotients = (value / other * factor for factor in (1, 100, 1000))
                inverse = (other / value * factor for factor in (1, 100, 1000))
                if rate in held and any(abs(q - rate) <= half for q in (*quotients, *inverse)):
                    return True
                if any(abs(value / (other + sign * value) * 100 - rate) <= half for sign in (1, -1) if other != value):
                    return True
        return False

    def calculated(self, number: str, piece: Piece) -> bool:
        """Whether a number is the difference, sum, quotient or change in % of two values at hand."""
        places = len(number.partition(",")[2])
        step, value = Decimal(1).scaleb(-places), decimal(number)
        own = [decimal(n) for n in {*piece.numbers, *self.tables[piece.page]} if n != number]
        slack = step  # both values are printed rounded
        for a, b in combinations(sorted(set(own)), 2):
            if abs(b - a - value) <= slack * (places > 0) or a + b == value:
                return True
            if (
                a > 0
                and places
                and (abs(abs(b / a - 1) * 100 - value) <= slack or abs(abs(a / b - 1) * 100 - value) <= slack)
            ):
                return True
            if a > 0 and places and abs(b / a - value) <= slack:
                return True
        return False


def unfounded(folder: Path) -> list[str]:
    """Numbers of the prose that neither a table nor a rule explains, with their sentence."""
    report = Report(folder)
    return [
        f"{piece.page}: {number} in „{piece.words}“"
        for piece in report.pieces
        for number in piece.numbers
        if not report.known(number, piece)
    ]


def not_exported(folder: Path, shown: Shown) -> tuple[list[str], int]:
    """Values and counts of indicators in the tables of a report's pages that its open data do not have, and how many
    values were looked for. ``shown`` are its protected tables, by which a cell is known."""
    pages = channels.read(folder / "html")
    read = attack.printed(pages, shown, Vocabulary(shown.tables))
    with (folder / "daten" / "werte.csv").open(encoding="utf-8", newline="") as file:
        rows = {(r["indikator"], int(r["jahr"]), r["raum_id"]): r for r in csv.DictReader(file)}
    with (folder / "daten" / "zahlen.csv").open(encoding="utf-8", newline="") as file:
        counts = {(r["raum_id"], r["merkmal"], r["stichtag"]): r["wert"] for r in csv.DictReader(file)}
    missing = []
    for key, (low, high) in read.values.items():
        found = rows.get(key, {}).get("wert", "")
        if not found or not low - 1e-9 <= float(found) <= high + 1e-9:
            missing.append(f"{key}: {low} bis {high}, in werte.csv: {found or 'nichts'}")
    for cell, count in read.counts.items():
        found = counts.get((cell.area, cell.feature, cell.date), "")
        if not found or float(found) != count:
            missing.append(f"{cell}: {count}, in zahlen.csv: {found or 'nichts'}")
    return missing, len(read.values)


def sensitivity(folder: Path) -> tuple[int, int]:
    """How many counts of the prose (four digits and more) would be noticed 7 % too high, and of how many."""
    report = Report(folder)
    counts = [(p, n) for p in report.pieces for n in p.numbers if "." in n and "," not in n]
    caught = 0
    for piece, number in counts:
        wrong = f"{whole(decimal(number) * Decimal('1.07')):,}".replace(",", ".")
        caught += not report.known(wrong, Piece(piece.page, piece.words.replace(number, wrong)))
    return caught, len(counts)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text."""
    yield from (s for s in re.split(r"(?<=[a-zäöüß)%“])[.!?]\s+(?=[A-ZÄÖÜ▲▼„])", text) if re.search(r"\d", s))


def clean(text: str) -> str:
    """A text on one line with ordinary spaces and without soft hyphens."""
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u200b]", "", text)).strip()


def decimal(number: str) -> Decimal:
    """A printed number, „1.234,5“."""
    return Decimal(number.replace(".", "").replace(",", "."))


def whole(value: Decimal) -> Decimal:
    """Rounded half up."""
    return value.quantize(Decimal(1), rounding=ROUND_HALF_UP)

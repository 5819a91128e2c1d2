"""Cells: one text of a table as number, date or yes/no, strictly as the contract declares it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

_DATE_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DATE_GERMAN = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_LARGEST = 10**15
"""Numbers from here on are not read exactly, and none of a city is so large."""
_GERMAN_READINGS = (
    (
        r"\d{1,3}\.\d{3}",
        "ist mehrdeutig: mit Tausenderpunkt gelesen {whole}, mit Dezimalpunkt gelesen {part}.",
        "Schreiben Sie {whole} oder {part}; Tausenderpunkte gelten nur, wenn datapackage.json sie vereinbart "
        "(„groupChar“: „.“).",
    ),
    (
        r"\d{1,3}(\.\d{3})+(,\d+)?",
        "enthält Tausenderpunkte, die nicht vereinbart sind.",
        "Schreiben Sie {whole} ohne Punkte.",
    ),
    (
        r"\d{1,3}(,\d{3})+\.\d+",
        "mischt Komma und Punkt: englisch gelesen {english}, mit Dezimalkomma und Tausenderpunkt {whole}.",
        "Schreiben Sie die Zahl mit Dezimalkomma und ohne Tausenderzeichen, wohl {english}.",
    ),
    (
        r"\d+\.\d+",
        "hat einen Dezimalpunkt, vereinbart ist das Dezimalkomma.",
        "Schreiben Sie {part} – oder prüfen Sie, ob Excel ein Datum daraus gemacht hat.",
    ),
)
"""How a text that is no number by the contract could be read where the comma is the decimal sign."""

_READINGS = (
    (
        r"^[0-9][0-9\s'’]*[0-9]([.,][0-9]+)?$",
        "enthält Leerzeichen oder Striche zwischen den Ziffern.",
        "Schreiben Sie die Zahl ohne Tausenderzeichen.",
    ),
    (
        r"^[\d.,]+[eE][+-]?\d+$",
        "ist eine von Excel verkürzte Zahl, Stellen können verloren sein.",
        "Stellen Sie das Zellenformat auf „Zahl“ und speichern Sie die Datei neu.",
    ),
    (
        r"(?i)^\d{1,2}\.\d{1,2}\.\d{4}$|\d.*\b(jan|feb|mrz|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)"
        r"|^(jan|feb|mrz|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?.*\d",
        "ist keine Zahl; vermutlich hat Excel eine Zahl in ein Datum verwandelt.",
        "Stellen Sie das Zellenformat auf „Zahl“ und tragen Sie den Wert neu ein.",
    ),
)

_TOO_LARGE = "Prüfen Sie, ob Ziffern doppelt stehen."
_MEASURES = re.compile(r"(?i)€|m²|%|\b(euro|eur|qm|m2|k?m|km²|ha|stunden|tage|jahre|lebensjahre|prozent|punkte)\b")


class CellError(ValueError):
    """A cell breaks the contract: ``kind`` sorts the fault, ``what`` and ``remedy`` say it in German."""

    def __init__(self, kind: str, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.kind, self.what, self.remedy = kind, what, remedy


def german(number: float) -> str:
    """The number as a German cell writes it: decimal comma, no thousands separator.

    >>> german(1234.5), german(7.0)
    ('1234,5', '7')
    """
    value = float(number)
    if value.is_integer():
        return str(int(value))
    return f"{Decimal(repr(value)):f}".replace(".", ",")


#: The unit of a Merkmal whose shares were delivered without the counts behind them: nothing is counted.
SHARE = "Anteil geliefert (%)"


def is_count(unit: str) -> bool:
    """Whether values of this unit are whole numbers (Personen, Fälle …) and not measured (Euro, m² …)."""
    return not _MEASURES.search(unit)


def number(text: str, decimal: str = ",", group: str = "") -> float:
    """The number that ``text`` writes with the declared decimal and thousands separator.

    Raises ``CellError`` for everything else and explains how the text could be read.
    """
    if _grammar(decimal, group).fullmatch(text):
        plain = text.replace("−", "-")
        if group:
            plain = plain.replace(group, "")
        value = float(plain.replace(decimal, "."))
        if abs(value) > _LARGEST:
            raise CellError("zu große Zahl", f"„{_short(text)}“ ist zu groß für eine Zahl dieses Berichts.", _TOO_LARGE)
        return value or 0.0
    raise CellError("keine lesbare Zahl", *_explain(text, decimal))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


@lru_cache
def _grammar(decimal: str, group: str) -> re.Pattern[str]:
    whole = r"[0-9]+"
    if group:
        whole = rf"(?:[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+|[0-9]+)"
    return re.compile(rf"[-−]?{whole}(?:{re.escape(decimal)}[0-9]+)?")


def _explain(text: str, decimal: str) -> tuple[str, str]:
    """What is wrong with a number, and the remedy."""
    bare = text.lstrip("-−")
    for pattern, what, remedy in _GERMAN_READINGS if decimal == "," else ():
        if re.fullmatch(pattern, bare):
            words = {
                "whole": bare.replace(".", ""),
                "part": bare.replace(".", ","),
                "english": bare.replace(",", "").replace(".", ","),
            }
            return f"„{text}“ {what.format(**words)}", remedy.format(**words)
    for pattern, what, remedy in _READINGS:
        if re.search(pattern, bare):
            return f"„{text}“ {what}", remedy
    if not text:
        return "Das Feld ist leer, erwartet wird eine Zahl.", "Tragen Sie die Zahl ein."
    return f"„{_short(text)}“ ist keine Zahl.", f"Erwartet wird eine Zahl wie 1234 oder 12{decimal}5."


def integer(text: str) -> int:
    """The whole number that ``text`` writes; raises ``CellError``."""
    if re.fullmatch(r"[-−]?[0-9]+", text):
        if len(text) > 10:
            raise CellError("zu große Zahl", f"„{_short(text)}“ ist zu groß für eine Zahl dieses Berichts.", _TOO_LARGE)
        return int(text.replace("−", "-"))
    raise CellError(
        "keine ganze Zahl", f"„{_short(text)}“ ist keine ganze Zahl.", "Schreiben Sie nur Ziffern, etwa 12."
    )


def date(text: str) -> dt.date:
    """The date that ``text`` writes as JJJJ-MM-TT or TT.MM.JJJJ; raises ``CellError``."""
    if found := _DATE_ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DATE_GERMAN.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        remedy = "Schreiben Sie JJJJ-MM-TT oder TT.MM.JJJJ."
        if re.fullmatch(r"[1-9][0-9]{4}", text):
            day_meant = dt.date(1899, 12, 30) + dt.timedelta(int(text))
            remedy += f" Als fortlaufende Nummer von Excel gelesen wäre es der {day_meant:%d.%m.%Y}."
        raise CellError("kein Datum", f"„{_short(text)}“ ist kein Datum.", remedy)
    try:
        value = dt.date(year, month, day)
    except ValueError:
        raise CellError("kein Datum", f"„{text}“ gibt es im Kalender nicht.", "Prüfen Sie Tag und Monat.") from None
    if not 1800 <= year <= 2200:
        raise CellError(
            "kein Datum",
            f"„{text}“ liegt außerhalb der Jahre 1800 bis 2200.",
            "Ein offenes Ende bleibt leer.",
        )
    return value


def boolean(text: str, words: Mapping[str, bool]) -> bool:
    """Yes or no as the contract words them; raises ``CellError``."""
    if text in words:
        return words[text]
    allowed = " oder ".join(words)
    raise CellError("weder ja noch nein", f"„{text}“ ist nicht vorgesehen.", f"Schreiben Sie {allowed}.")

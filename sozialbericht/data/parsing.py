"""Cells: one text of a table as number, date or yes/no, strictly as the contract declares it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache

_DATE_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATE_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MONTH = re.compile(r"(?i)\b(jan|feb|mrz|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\b")
_MEASURES = re.compile(
    r"(?i)€|\beuro\b|\beur\b|m²|\bqm\b|\bm2\b|km|\bha\b|\bstunden\b|\btage\b|\b(lebens)?jahre\b|%|\bprozent\b|\bpunkte\b"
)


class CellFault(ValueError):
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
    text = f"{value:.15f}".rstrip("0") if abs(value) < 1e-3 else repr(value)
    return text.replace(".", ",")


def is_count(unit: str) -> bool:
    """Whether values of this unit are whole numbers (Personen, Fälle …) and not measured (Euro, m² …)."""
    return not _MEASURES.search(unit)


def number(text: str, decimal: str = ",", group: str = "") -> float:
    """The number that ``text`` writes with the declared decimal and thousands separator.

    Raises ``CellFault`` for everything else and explains how the text could be read.
    """
    if _grammar(decimal, group).fullmatch(text):
        plain = text.replace("−", "-")
        if group:
            plain = plain.replace(group, "")
        return float(plain.replace(decimal, "."))
    raise CellFault("keine lesbare Zahl", *_explain(text, decimal))


@lru_cache
def _grammar(decimal: str, group: str) -> re.Pattern[str]:
    whole = r"[0-9]+"
    if group:
        whole = rf"(?:[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+|[0-9]+)"
    return re.compile(rf"[-−]?{whole}(?:{re.escape(decimal)}[0-9]+)?")


def _explain(text: str, decimal: str) -> tuple[str, str]:
    """What is wrong with a number, and the remedy."""
    shown = f"„{text}“"
    bare = text.lstrip("-−")
    if decimal == ",":
        if re.fullmatch(r"\d{1,3}(\.\d{3})+", bare):
            whole = bare.replace(".", "")
            if bare.count(".") > 1:
                return (
                    f"{shown} enthält Tausenderpunkte, die nicht vereinbart sind.",
                    f"Schreiben Sie {whole} ohne Punkte.",
                )
            part = bare.replace(".", ",")
            return (
                f"{shown} ist mehrdeutig: mit Tausenderpunkt gelesen {whole}, mit Dezimalpunkt gelesen {part}.",
                f"Schreiben Sie {whole} oder {part}; Tausenderpunkte gelten nur, wenn datapackage.json sie mit "
                "„groupChar“: „.“ vereinbart.",
            )
        if re.fullmatch(r"\d{1,3}(,\d{3})+\.\d+", bare):
            english = bare.replace(",", "").replace(".", ",")
            mixed = bare.replace(".", "")
            return (
                f"{shown} mischt Komma und Punkt: englisch gelesen {english}, mit Dezimalkomma gelesen {mixed}.",
                f"Schreiben Sie die Zahl mit Dezimalkomma und ohne Tausenderzeichen, wohl {english}.",
            )
        if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+", bare):
            return (
                f"{shown} enthält Tausenderpunkte, die nicht vereinbart sind.",
                f"Schreiben Sie {bare.replace('.', '')} ohne Punkte.",
            )
        if re.fullmatch(r"\d+\.\d+", bare):
            return (
                f"{shown} hat einen Dezimalpunkt, vereinbart ist das Dezimalkomma.",
                f"Schreiben Sie {bare.replace('.', ',')} – oder prüfen Sie, ob Excel ein Datum daraus gemacht hat.",
            )
    if re.fullmatch(r"\d[\d\s'’]*\d([.,]\d+)?", bare):
        return (
            f"{shown} enthält Leerzeichen oder Striche zwischen den Ziffern.",
            "Schreiben Sie die Zahl ohne Tausenderzeichen.",
        )
    if re.fullmatch(r"[\d.,]+[eE][+-]?\d+", bare):
        return (
            f"{shown} ist eine von Excel verkürzte Zahl, Stellen können verloren sein.",
            "Stellen Sie das Zellenformat auf „Zahl“ und speichern Sie die Datei neu.",
        )
    if re.search(r"\d", text) and (_MONTH.search(text) or _DATE_GERMAN.fullmatch(text)):
        return (
            f"{shown} ist keine Zahl; vermutlich hat Excel eine Zahl in ein Datum verwandelt.",
            "Stellen Sie das Zellenformat auf „Zahl“ und tragen Sie den Wert neu ein.",
        )
    if not text:
        return "Das Feld ist leer, erwartet wird eine Zahl.", "Tragen Sie die Zahl ein."
    example = f"12{decimal}5"
    return f"{shown} ist keine Zahl.", f"Erwartet wird eine Zahl wie 1234 oder {example}."


def integer(text: str) -> int:
    """The whole number that ``text`` writes; raises ``CellFault``."""
    if re.fullmatch(r"[-−]?[0-9]+", text):
        return int(text.replace("−", "-"))
    raise CellFault(
        "keine ganze Zahl", f"„{text}“ ist keine ganze Zahl.", "Schreiben Sie nur Ziffern, etwa 12."
    )


def date(text: str) -> dt.date:
    """The date that ``text`` writes as JJJJ-MM-TT or TT.MM.JJJJ; raises ``CellFault``."""
    if found := _DATE_ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DATE_GERMAN.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        raise CellFault(
            "kein Datum", f"„{text}“ ist kein Datum.", "Schreiben Sie JJJJ-MM-TT oder TT.MM.JJJJ."
        )
    try:
        value = dt.date(year, month, day)
    except ValueError:
        raise CellFault(
            "kein Datum", f"„{text}“ gibt es im Kalender nicht.", "Prüfen Sie Tag und Monat."
        ) from None
    if not 1800 <= year <= 2200:
        raise CellFault(
            "kein Datum",
            f"„{text}“ liegt außerhalb der Jahre 1800 bis 2200.",
            "Ein offenes Ende bleibt leer.",
        )
    return value


def boolean(text: str, words: Mapping[str, bool]) -> bool:
    """Yes or no as the contract words them; raises ``CellFault``."""
    if text in words:
        return words[text]
    allowed = " oder ".join(words)
    raise CellFault("weder ja noch nein", f"„{text}“ ist nicht vorgesehen.", f"Schreiben Sie {allowed}.")

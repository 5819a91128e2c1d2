"""Amounts: one cell as a number or as one of the signs that stand in place of a number."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sozialbericht.data.reading import parsing
from sozialbericht.data.reading.parsing import CellError
from sozialbericht.delivery.sheets.grid import Cell

SIGNS = (".", "*", "/", "…", "x", "-")
"""The signs of the contract: withheld (two), unreliable, missing, not meaningful, nothing."""

LEGEND: Mapping[str, str] = {
    "*": "*", ".": ".", "/": "/", "x": "x", "X": "x", "…": "…", "...": "…", "-": "-", "–": "-", "k. A.": "…",
}  # fmt: skip
"""What the signs mean in official statistics, for sources that do not explain theirs."""

_BLANKS = re.compile(r"[ \t\u00a0\u2007\u2009\u200a\u202f]+")
_DASHES = str.maketrans("‐‑‒–—―−", "-------")
_MARK = re.compile(r"(?<=[0-9%)\]])( [0-9]{1,2}\)| ?\*+\)?| ?[⁰¹²³⁴-⁹⁽⁾]+\)?| [rpsbe])$")
_BRACKETS = re.compile(r"\((.+)\)|\[(.+)\]")
_GROUPED = {
    ",": re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
    ".": re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
}
_SPACED = re.compile(r"(?<=[0-9])[ '’´](?=[0-9]{3}(?![0-9]))")
_WHOLE_GROUPS = re.compile(r"-?[0-9]{1,3}([ '’´])[0-9]{3}(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_ENGLISH = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3}){2,}|0\.\d+", re.ASCII)
_GERMAN = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3}){2,}|0,\d+", re.ASCII)
_ERROR = re.compile(r"#[A-ZÄÖÜ0-9/_]{1,}[!?]?")
_LARGEST = 1e15


@dataclass(frozen=True)
class Amount:
    """A number, or the sign of the contract that stands in its place (`.`, `*`, `/`, `…`, `x`, `-`).

    Per cent cells give the number that is seen: 12.5 for 12,5 %.
    """

    value: float | None
    sign: str
    bracketed: bool
    """Whether the number stands in brackets: of low reliability."""
    mark: str = ""
    """What stands behind the number: the mark of a footnote (`1)`), `r` for corrected, `p` for preliminary."""


def amount(cell: Cell, legend: Mapping[str, str], decimal: str = ",") -> Amount:
    """What a cell says, signs by the source's ``legend`` (sign -> sign of the contract); raises
    :class:`~sozialbericht.data.reading.parsing.CellError`. An empty cell is `…` unless the legend maps ""."""
    if cell.formula:
        raise CellError(
            "Formel ohne Ergebnis",
            "Die Formel hat kein Ergebnis; sie wurde nie berechnet.",
            "Öffnen Sie die Datei in Excel, lassen Sie sie berechnen und speichern Sie sie.",
        )
    value = cell.value
    if (value.__class__ is int or value.__class__ is float) and cell.text not in legend:
        return Amount(_stored(value, cell.text, percent=cell.percent), "", False)
    text = _BLANKS.sub(" ", cell.text).strip()
    if (sign := _sign(text, legend)) is not None:
        return Amount(None, sign, False)
    if isinstance(value, bool | dt.date):
        what = "ist ein Datum" if isinstance(value, dt.date) else "ist ein Wahrheitswert"
        remedy = "Stellen Sie das Zellenformat auf „Zahl“ und tragen Sie den Wert neu ein."
        raise CellError("keine lesbare Zahl", f"„{text}“ {what}, erwartet wird eine Zahl.", remedy)
    if _ERROR.fullmatch(text):
        remedy = "Berichtigen Sie die Formel oder tragen Sie den Wert ein."
        raise CellError("Fehlerwert", f"Die Zelle enthält den Fehlerwert {text}.", remedy)
    return _told(text, legend, decimal)


def decimal_of(cells: Iterable[Cell]) -> str:
    """The decimal sign of a column: "." only where its texts leave no other reading, else ","."""
    english = False
    for cell in cells:
        if not isinstance(cell.value, str):
            continue
        text = _bare(_BLANKS.sub(" ", cell.text).strip())[0].lstrip("-").replace(" ", "")
        if _GERMAN.fullmatch(text):
            return ","
        english = english or _ENGLISH.fullmatch(text) is not None
    return "." if english else ","


def _sign(text: str, legend: Mapping[str, str]) -> str | None:
    """The sign of the contract for a text that the legend explains; blanks, case and kinds of dashes do not matter
    where the legend does not tell them apart."""
    sign = legend.get(text)
    if sign is None and not text:
        return "…"
    if sign is None and len(text) < 20:
        sign = _folded(legend).get(_fold(text))
    if sign is not None and sign not in SIGNS:
        raise ValueError(f"the legend maps {text!r} to {sign!r}, which is no sign of the contract")
    return sign


_known: dict[int, tuple[Mapping[str, str], int, dict[str, str]]] = {}


def _folded(legend: Mapping[str, str]) -> dict[str, str]:
    """The legend by folded signs, without those that only then are alike and mean different things."""
    kept = _known.get(id(legend))
    if kept is not None and kept[0] is legend and kept[1] == len(legend):
        return kept[2]
    found: dict[str, set[str]] = {}
    for sign, meaning in legend.items():
        found.setdefault(_fold(sign), set()).add(meaning)
    folded = {sign: next(iter(meanings)) for sign, meanings in found.items() if len(meanings) == 1}
    if len(_known) > 100:
        _known.clear()
    _known[id(legend)] = (legend, len(legend), folded)
    return folded


def _fold(text: str) -> str:
    return text.translate(_DASHES).replace(" ", "").replace("...", "…").casefold()


def _stored(value: int | float, text: str, *, percent: bool) -> float:
    """A number of a workbook."""
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise CellError("zu große Zahl", f"„{text[:40]}“ ist zu groß für eine Zahl dieses Berichts.",
                        "Prüfen Sie, ob Ziffern doppelt stehen.")  # fmt: skip
    return float(Decimal(repr(value)) * 100) if percent else float(value)


def _bare(text: str) -> tuple[str, bool, str]:
    """The text without marks, brackets, per cent, with a minus at its front; whether it stood in brackets; the mark."""
    bare = text.translate(_DASHES)
    mark = found[0].strip() if (found := _MARK.search(bare)) else ""
    bare = bare[: found.start()] if found else bare
    found = _BRACKETS.fullmatch(bare)
    if found:
        bare = (found[1] or found[2]).strip()
    bare = bare.removesuffix("%").rstrip()
    if re.fullmatch(r"[0-9].*[0-9]-|[0-9]-", bare):
        bare = "-" + bare[:-1]
    elif re.match(r"[-+] ?[0-9]", bare):
        bare = bare[0].replace("+", "") + bare[1:].lstrip()
    return bare, found is not None, mark


def _told(text: str, legend: Mapping[str, str], decimal: str) -> Amount:
    """What a text says."""
    bare, bracketed, mark = _bare(text)
    if bracketed and (sign := _sign(bare, legend)) is not None:
        return Amount(None, sign, True)
    plain = bare
    if _WHOLE_GROUPS.fullmatch(plain):
        plain = _SPACED.sub("", plain)
    if _GROUPED[decimal].fullmatch(plain):
        plain = plain.replace("." if decimal == "," else ",", "")
    if not re.search(r"[0-9]", plain):
        what = f"„{text[:40]}“ ist keine Zahl, und die Zeichenerklärung der Quelle kennt es nicht."
        raise CellError("unbekanntes Zeichen", what, "Ergänzen Sie das Zeichen in der Zeichenerklärung der Quelle.")
    try:
        return Amount(parsing.number(plain, decimal), "", bracketed, mark)
    except CellError as error:
        raise CellError(error.kind, error.what.replace(f"„{plain}“", f"„{text[:40]}“"), error.remedy) from None

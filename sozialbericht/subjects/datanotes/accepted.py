"""Accepted: what was unusual in the data, was looked into and is right, as the report tells it.

Rule, area, Merkmal, Stand and reason; neither numbers nor initials. Where the number is withheld, neither area nor
reason stand there: that a withheld count is unusual says something of it.
"""

from __future__ import annotations

import pandas as pd

from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.plausibility import acceptance, review
from sozialbericht.plausibility.acceptance import Acceptance
from sozialbericht.plausibility.oddity import RULES, Cell, Oddity
from sozialbericht.status import Status
from sozialbericht.wording import dates
from sozialbericht.writing import tables
from sozialbericht.writing.blocks import Caption, Layout

HIDDEN = "geheim gehalten"
NOTE = "Bei geheim gehaltenen Zahlen stehen weder Gebiet noch Grund."
#: These rules speak of one number; the others of several at once.
OF_ONE = ("sprung", "ausreisser")


def put(b: Datenbestand, label: str) -> None:
    """Put the table of what was accepted up to the report's year; nothing where there is none."""
    rows = [_row(b, oddity, row) for oddity, row in _accepted(b)]
    if not rows:
        return
    tables.put(
        b,
        ["Hinweis", "Gebiet", "Merkmal", "Stand", "Grund"],
        rows,
        Caption(
            label,
            "Ungewöhnliche Angaben, die geprüft sind",
            f"bis zum Berichtsjahr {b.jahr}; die Angaben stimmen nach Prüfung",
            "Regeln der Prüfung im Programm; Gründe nach Angabe der Bearbeitung (data/hinweise.csv)."
            + (f" {NOTE}" if any(HIDDEN in row for row in rows) else ""),
        ),
        Layout(columns="16mm 36mm 1fr 19mm 2fr", left=(0, 1, 2, 3, 4), wide=True),
    )


def _accepted(b: Datenbestand) -> list[tuple[Oddity, Acceptance]]:
    """What was accepted, by Stand; nothing is computed where nothing is accepted."""
    if not acceptance.of(b._tables.others.get(acceptance.NAME)):
        return []
    found = b._store.entry(("hinweise",), lambda: review.review(b._tables))
    told = [(oddity, row) for oddity, row in found.accepted if row.date is None or row.date.year <= b.jahr]
    return sorted(told, key=lambda pair: (pair[1].date is not None, pair[1].date or 0, pair[1].key))


def _row(b: Datenbestand, oddity: Oddity, row: Acceptance) -> list[str]:
    """The cells of one row."""
    period = str(b.merkmale().at[row.feature, "zeitbezug"]) if row.feature else "stichtag"
    hidden = _hidden(b, oddity, row)
    return [
        RULES[row.rule],
        HIDDEN if hidden else b.name(row.area) if row.area else "alle Gebiete",
        str(b.merkmale().at[row.feature, "bezeichnung"]) if row.feature else "mehrere" if row.date else "keines",
        dates.in_source(row.date, period) if row.date else "alle",
        HIDDEN if hidden else row.reason,
    ]


def _hidden(b: Datenbestand, oddity: Oddity, row: Acceptance) -> bool:
    """Whether a number that the row is about is withheld."""
    cells = set(oddity.cells)
    if row.rule in OF_ONE and row.date:
        cells = {Cell(row.area, row.feature, row.date)}
    if not cells:
        return False
    cube = b._cube
    withheld = cube[(cube["status"] == Status.WITHHELD) & cube["merkmal"].isin({cell.feature for cell in cells})]
    keys = zip(withheld["raum_id"], withheld["merkmal"], pd.DatetimeIndex(withheld["stichtag"]).date, strict=True)
    return not cells.isdisjoint(keys)

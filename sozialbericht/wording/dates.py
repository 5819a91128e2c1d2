"""Stände: how the date of a count is printed."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date

from sozialbericht.numbers import LOCALE

#: Spans of time in words.
YEARS_BACK = {1: "ein Jahr", 2: "zwei Jahre", 3: "drei Jahre", 4: "vier Jahre", 5: "fünf Jahre"}


def in_prose(date: dt.date | None, period: str) -> str:
    """A Stand in running text: „September 2006“, „2006“, „Schuljahr 2005/2006“ (by the zeitbezug ``period``)."""
    if date is None:
        return "…"
    if period == "jahr":
        return str(date.year)
    if period == "schuljahr":
        return f"Schuljahr {date.year}/{date.year + 1}"
    return str(format_date(date, "LLLL yyyy", locale=LOCALE))


def at(date: dt.date | None, period: str) -> str:
    """When that was: „im September 2006“, „im Jahr 2006“, „im Schuljahr 2005/2006“."""
    return f"im Jahr {in_prose(date, period)}" if period == "jahr" else f"im {in_prose(date, period)}"


def against(date: dt.date | None, period: str) -> str:
    """A comparison with a Stand: „gegenüber September 2005“, „gegenüber dem Schuljahr 2004/2005“."""
    return f"gegenüber {'dem ' if period == 'schuljahr' else ''}{in_prose(date, period)}"


def before(new: dt.date | None, old: dt.date | None) -> str:
    """How long before one Stand another was: „ein Jahr zuvor“; "" where it is no matter of a few whole years."""
    if new is None or old is None or (new.month, new.day) != (old.month, old.day):
        return ""
    span = YEARS_BACK.get(new.year - old.year, "")
    return span and f"{span} zuvor"


def in_source(date: dt.date | None, period: str) -> str:
    """A Stand in a source line: like in prose, but the full date of a Stichtag, „31.12.2006“."""
    if date is not None and period == "stichtag":
        return date.strftime("%d.%m.%Y")
    return in_prose(date, period)

"""Moment: the point of time that the files of a report carry. The same inputs have the same, whatever the clock says.

It is what ``SOURCE_DATE_EPOCH`` names (https://reproducible-builds.org/specs/source-date-epoch/), else the day of the
newest that the report tells of: a count or its release. Dates of files would differ with every copy.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable

#: Before the first count.
BEGINNING = dt.date(1980, 1, 1)  # the first that a ZIP archive can carry


def of(days: Iterable[dt.date]) -> dt.datetime:
    """The moment of a report that tells of these days, in UTC."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return dt.datetime.combine(max([BEGINNING, *days]), dt.time(), dt.UTC)


def printed(moment: dt.datetime) -> str:
    """A moment in the form that the print template takes: fourteen digits from year to second."""
    return f"{moment:%Y%m%d%H%M%S}"


def epoch(printed_moment: str) -> str:
    """What :func:`printed` has made, as ``SOURCE_DATE_EPOCH`` says it to other programs: seconds since 1970."""
    return str(int(dt.datetime.strptime(printed_moment, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC).timestamp()))

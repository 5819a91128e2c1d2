"""Comparisonyear: which year a report is compared with – the one place that decides it.

It is the year that was asked for (``--compare-with``), else the newest earlier one that has values: the year before, or
of a monitoring that comes every second year the one before that. Where an indicator has no value of that year that may
be compared, :meth:`~sozialbericht.findings.dataset.Datenbestand._verglichen` takes the newest before it that has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sozialbericht.data.timeline import valueyears
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.request import Request


def newest_before(year: int, years: Iterable[int]) -> int:
    """The newest of ``years`` before ``year``; where there is none the year before, of which nothing is known."""
    return max((known for known in years if known < year), default=year - 1)


def of(request: Request, data: Path) -> int:
    """The year that a report is compared with; the values are not read for it."""
    if request.compare_with is not None:
        return request.compare_with
    return newest_before(request.year, valueyears.of(data))


def check(request: Request, years: Sequence[int]) -> None:
    """Refuse a year that was asked for and is no earlier year with values; raises :class:`InputError`."""
    wanted = request.compare_with
    if wanted is None or (wanted in years and wanted < request.year):
        return
    earlier = [str(year) for year in years if year < request.year]
    what = f"Mit {wanted} lässt sich der Bericht {request.year} nicht vergleichen: "
    what += "Das Jahr liegt nicht davor." if wanted >= request.year else "Für dieses Jahr gibt es keine Werte."
    remedy = f"Möglich sind: {', '.join(earlier)}." if earlier else "Ein früheres Jahr mit Werten gibt es nicht."
    raise InputError([Fault("--compare-with", what, remedy)])

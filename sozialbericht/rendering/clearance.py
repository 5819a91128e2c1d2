"""Clearance: no report is published whose tables give a withheld count away.

The attack of :mod:`sozialbericht.audit` on the protected tables, once for each content of a data folder and year. The
files of a finished report are attacked by ``sozialbericht audit``.
"""

from __future__ import annotations

from pathlib import Path

from sozialbericht.cache.runcache import RunCache
from sozialbericht.faults import ReportError

#: So many withheld counts are named; of the others only the number.
NAMED = 5


def clear(cache: RunCache, data: Path, year: int) -> None:
    """Let a report of this year pass; raises :class:`ReportError` where a withheld count can be computed or confined to
    fewer values than the minimum count."""
    key = cache.keys.cleared(data, year)
    if cache.store.get(key) is not None:
        return
    from sozialbericht.audit import sources, verdict

    shown = sources.shown(data, year)
    exposed = [target for target in verdict.attack(shown, {}) if target.interval.consistent and not target.safe]
    if exposed:
        areas, names = shown.tables.areas["kurzname"], shown.tables.features["bezeichnung"]
        titles = shown.tables.indicators["bezeichnung"]
        told = [
            f"{areas[t.area]}, {(names if t.topic[0] == 'merkmal' else titles)[t.topic[1]]} ({t.date}): {t.verdict}"
            for t in exposed[:NAMED]
        ]
        more = f"\n… und {len(exposed) - NAMED} weitere" if len(exposed) > NAMED else ""
        raise ReportError(
            f"Die Geheimhaltung hält nicht: {len(exposed)} geheim gehaltene Zahlen lassen sich berechnen oder zu eng "
            "eingrenzen.\n" + "\n".join(told) + more + "\nPrüfen Sie zerlegungen.csv und die gelieferten Zeichen; "
            f"„sozialbericht audit --year {year}“ nennt alle."
        )
    if cache.keys_now().cleared(data, year) == key:
        cache.store.put(key, b"frei")

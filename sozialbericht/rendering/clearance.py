"""Clearance: no report is published whose tables give a withheld count away.

The attack of :mod:`sozialbericht.audit` on the protected tables, once for each content of a data folder and year. The
files of a finished report are attacked by ``sozialbericht audit``.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from sozialbericht.cache.runcache import RunCache
from sozialbericht.faults import ReportError
from sozialbericht.order.tasks import compared_with

#: So many withheld counts are named; of the others only the number.
NAMED = 5


def clear(cache: RunCache, data: Path, year: int) -> None:
    """Let a report of this year pass; raises :class:`ReportError` where a withheld count can be computed or confined to
    fewer values than the minimum count."""
    key = cache.keys.cleared(data, year)
    if cache.store.get(key) is not None:
        return
    from sozialbericht.audit import account, sources, verdict
    from sozialbericht.cache import snapshots

    # the kernels' parent has loaded and protected the same tables
    snapshot = snapshots.of(cache, str(data), (year, compared_with(year)), shared=False)
    with nullcontext() if snapshot is None else snapshots.restored(snapshot, data):
        shown = sources.shown(data, year)
    exposed = [target for target in verdict.attack(shown, {}) if target.interval.consistent and not target.safe]
    if exposed:
        told = [account.named(target, shown.tables) for target in exposed[:NAMED]]
        more = f"\n… und {len(exposed) - NAMED} weitere" if len(exposed) > NAMED else ""
        raise ReportError(
            f"Die Geheimhaltung hält nicht: {len(exposed)} geheim gehaltene Zahlen lassen sich berechnen oder zu eng "
            "eingrenzen.\n" + "\n".join(told) + more + "\nPrüfen Sie zerlegungen.csv und die gelieferten Zeichen; "
            f"„sozialbericht audit --year {year}“ nennt alle."
        )
    if cache.keys_now().cleared(data, year) == key:
        cache.store.put(key, b"frei")

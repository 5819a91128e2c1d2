"""The same tables through the audit of τ-ARGUS (pytauargus): what it can conclude, and what it would withhold.

Its audit reads a table as cells and linear relations, which is how the suppression of this report sees the whole cube;
it shares no code with either attacker here.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables_that_fit import City

from sozialbericht.audit import bounds
from sozialbericht.data.contract import load
from sozialbericht.disclosure.attacker import Attacker
from sozialbericht.disclosure.protection import Protection
from sozialbericht.disclosure.system import System
from sozialbericht.statistics.cube import aggregate

tauargus = pytest.importorskip("pytauargus._tauargus", reason="pytauargus has no wheel for this platform")

DATA = Path(__file__).parents[2] / "data"
LIMITS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
FAR = 1_000_000.0


def as_told(system: System, hidden: np.ndarray, path: Path) -> dict[int, tuple[float, float]]:
    """Column → least and greatest value as τ-ARGUS concludes them, all of them at most ``FAR``."""
    unseen = hidden | ~system.shown
    near = np.unique(system.matrix.tocsc()[:, np.flatnonzero(unseen)].nonzero()[0])
    columns = np.unique(system.matrix[near].nonzero()[1])
    place = {int(column): n for n, column in enumerate(columns)}
    value = np.nan_to_num(system.value)
    lines = ["0", str(len(columns))]
    for column, n in place.items():
        sign = "u" if unseen[column] else "s"
        lines.append(f"{n} {value[column]:.1f} 1.0 {sign} 0.0 {FAR:.1f} 0.0 0.0 0.0")
    lines.append(str(len(near)))
    for row in near:
        entries = system.matrix[[row]].tocoo()
        terms = " ".join(f"{place[int(c)]} ({f:.0f})" for c, f in zip(entries.coords[1], entries.data, strict=True))
        lines.append(f"{system.right[row]:.1f} {entries.nnz} : {terms}")
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    at = dict(enumerate(columns.tolist()))
    return {at[row["cell"]]: (row["min"], row["max"]) for row in tauargus.audit_jj(str(path))}


def concluded_here(system: System, hidden: np.ndarray) -> dict[int, tuple[float, float]]:
    """The same by the audit of this report, which knows whole numbers."""
    unseen = np.flatnonzero(hidden | ~system.shown)
    asked = bounds.System()
    for column in unseen:
        asked.limit(int(column), 0, FAR)
    for row in range(system.matrix.shape[0]):
        entries = system.matrix[[row]].tocoo()
        pairs = list(zip(entries.coords[1].tolist(), entries.data.tolist(), strict=True))
        known = sum(factor * system.value[c] for c, factor in pairs if c not in set(unseen.tolist()))
        open_terms = {c: factor for c, factor in pairs if c in set(unseen.tolist())}
        asked.relate(open_terms, system.right[row] - known, system.right[row] - known)
    found = bounds.attainable(asked, [{int(column): 1.0} for column in unseen], enough=10**6)
    return {int(column): (one.low, one.high) for column, one in zip(unseen, found, strict=True)}


@st.composite
def cities(draw: st.DrawFn) -> City:
    """Three districts of two to four areas, with women and men."""
    parents = {"stadt": ""} | {f"b{k}": "stadt" for k in range(3)}
    for district in range(3):
        parents |= {f"r{district}{k}": f"b{district}" for k in range(draw(st.integers(2, 4)))}
    areas = [name for name in parents if name.startswith("r")]
    counts = {(area, part): draw(st.integers(0, 9)) for area in areas for part in ("w", "m")}
    return City(parents, ("w", "m"), counts)


@settings(max_examples=40, **LIMITS)
@given(cities())
def test_both_conclude_the_same(city: City) -> None:
    """Three opinions on every withheld cell, each of them written without the others."""
    suppression = city.protected().suppression
    system, hidden = suppression.system, suppression.hidden
    if not hidden.any():
        return
    with tempfile.TemporaryDirectory() as folder:
        theirs = as_told(system, hidden, Path(folder) / "table.jj")
    ours = Attacker(system, reach=FAR).intervals(hidden, hidden)
    audited = concluded_here(system, hidden)
    for column in np.flatnonzero(hidden):
        assert tuple(ours[column]) == pytest.approx(theirs[column], abs=1e-6)
        assert audited[column] == pytest.approx(theirs[column], abs=1e-6)
        if column not in suppression.unprotected:
            assert theirs[column][1] - theirs[column][0] >= system.width[column] - 1e-6


@pytest.mark.parametrize("year", [2005, 2006, 2007])
def test_the_shipped_counts(year: int, tmp_path: Path) -> None:
    """No withheld count of the shipped data can be confined to less than it must, in the words of τ-ARGUS."""
    tables = load(DATA)
    cube = aggregate(tables.values, tables.areas)
    suppression = Protection.of(cube[cube["stichtag"].dt.year == year], tables).suppression
    system, hidden = suppression.system, suppression.hidden
    theirs = as_told(system, hidden, tmp_path / "table.jj")
    assert set(np.flatnonzero(hidden)) <= set(theirs)
    assert len(theirs) > 50
    narrow = [c for c in np.flatnonzero(hidden) if theirs[c][1] - theirs[c][0] < system.width[c] - 1e-6]
    assert narrow == []
    alone = as_told(system, system.first, tmp_path / "primary.jj")
    assert sum(high == low for low, high in alone.values()) > 10, "by the primary rule alone many are exact"

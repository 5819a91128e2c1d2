"""Complementary suppression: what must be withheld, too, so that no withheld count can be computed from the others.

Programs choose the cheapest cells, attackers try to compute what is withheld, and what they find becomes a condition of
the next programs, until nothing is left to find. All that is withheld must stay uncertain, not only what the primary
rule names. Equations that no cell connects are solved apart. What readers of released reports know cannot be withheld
any more; where that leaves a cell too certain, all is withheld that still makes a difference.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from sozialbericht.disclosure.attacker import Attacker, Cut
from sozialbericht.disclosure.integerprogram import cheapest
from sozialbericht.disclosure.system import Sum, System
from sozialbericht.status import Status

#: So many times programs and attackers take turns at most.
ROUNDS = 200

_log = logging.getLogger(__name__)


class Grund(StrEnum):
    """Why a cell is withheld: too small by itself, needed by others, or withheld by those who delivered it."""

    PRIMARY = "primary"
    COMPLEMENTARY = "complementary"
    DELIVERED = "delivered"


@dataclass(frozen=True)
class Reason:
    """Why one cell is withheld: the kind, and the sums that it stands in together with other withheld cells.

    ``exposed`` are cells that would be too certain if it were shown (raum_id, merkmal, stichtag), ``remainders`` sums
    whose undelivered remainder would; of cells withheld by the rule or the delivery it is not asked. ``optimal`` is
    False where a limit was reached: then it may be one too many.
    """

    kind: Grund
    sums: tuple[Sum, ...] = ()
    exposed: tuple[tuple[str, str, pd.Timestamp], ...] = ()
    remainders: tuple[Sum, ...] = ()
    optimal: bool = True


class Suppression:
    """The cells of a system that are withheld, and why.

    ``hidden`` says so of every column; ``unprotected`` are cells that no choice of others protects, by number.
    """

    def __init__(self, system: System, cost: np.ndarray) -> None:
        self.system = system
        self._attacker = Attacker(system)
        self._told = np.isnan(system.value) & ~np.isnan(system.told)
        self._reader = Attacker(system, knowing=True) if self._told.any() else None
        self._cost = cost
        self._cuts: dict[int, list[Cut]] = {}
        self._efforts: dict[int, list[Cut]] = {}
        self._component = self._attacker.component
        self.hidden = system.first.copy()
        self.unprotected: list[int] = []
        self._limited: set[int] = set()
        self._run()

    def _run(self) -> None:
        asked = np.ones(len(self.hidden), dtype=bool)
        given_up = np.zeros(len(self.hidden), dtype=bool)
        for _ in range(ROUNDS):
            cuts = self._attack(self.hidden, asked & ~given_up)
            if not cuts:
                break
            for cut in cuts:
                self._cuts.setdefault(int(self._component[cut.cell]), []).append(cut)
            touched = sorted({int(self._component[cut.cell]) for cut in cuts})
            for component in touched:
                self._choose(component, [c.cell for c in cuts if self._component[c.cell] == component], given_up)
            asked = np.isin(self._component, touched)
        else:
            cuts = self._attack(self.hidden, asked & ~given_up)
            given_up[[cut.cell for cut in cuts]] = True
        given_up[sorted(self._attacker.contradictory)] = True
        self.unprotected = np.flatnonzero(given_up & (self.hidden | ~self.system.shown)).tolist()
        if self.unprotected:
            _log.warning(
                "Geheimhaltung: %d zurückgehaltene Werte lassen sich durch keine weiteren schützen: %s",
                len(self.unprotected), "; ".join(map(self._named, self.unprotected[:10])),
            )  # fmt: skip

    def _attack(self, hidden: np.ndarray, asked: np.ndarray) -> list[Cut]:
        """What the attackers find: one who knows what is shown, and one who has also read earlier reports."""
        cuts = self._attacker.cuts(hidden, asked)
        return cuts if self._reader is None else cuts + self._reader.cuts(hidden, asked & ~self._told)

    def _choose(self, component: int, narrow: list[int], given_up: np.ndarray) -> None:
        """Choose the cheapest cells of one component anew; ``narrow`` are those that were too certain before."""
        first = self.system.first
        before = self.hidden[self._component == component]
        lost = self._make_efforts(component, given_up)
        cuts = [cut for cut in self._cuts[component] if not given_up[cut.cell]] + self._efforts.get(component, [])
        self.hidden[(self._component == component) & ~first] = False
        if cuts:
            chosen, optimal = cheapest(cuts, self._cost, first)
            self.hidden[chosen] = True
            if not optimal and component not in self._limited:
                self._limited.add(component)
                _log.warning("Geheimhaltung: Grenze der Suche erreicht; es können einige Werte zu viel fehlen.")
        if not lost and np.array_equal(before, self.hidden[self._component == component]):
            given_up[narrow] = True
            kept = [cut for cut in self._cuts[component] if cut.cell in narrow]
            self._efforts.setdefault(component, []).extend(kept)

    def _make_efforts(self, component: int, given_up: np.ndarray) -> bool:
        """Where a cell that is withheld in any case can't be protected by any others, demand all that can be withheld.

        Says whether cells had to be given up of which nothing can.
        """
        lost, kept = False, []
        for cut in self._cuts[component]:
            usable = self.system.first[cut.columns] | np.isfinite(self._cost[cut.columns])
            most = cut.factors[usable].sum()
            always = self.system.first[cut.cell] or not self.system.shown[cut.cell]
            if not always or most >= cut.least - 1e-9:
                kept.append(cut)
            elif most > 0:
                effort = Cut(cut.cell, cut.columns[usable], cut.factors[usable], float(most))
                self._efforts.setdefault(component, []).append(effort)
            elif not given_up[cut.cell]:
                given_up[cut.cell] = lost = True
        self._cuts[component] = kept
        return lost

    def _named(self, column: int) -> str:
        if column >= len(self.system.cells):
            return "nicht gelieferter Rest"
        area, feature, date = self._key(column)
        return f"{feature}, {area}, {date:%d.%m.%Y}"

    def _key(self, column: int) -> tuple[str, str, pd.Timestamp]:
        row = self.system.cells.iloc[column]
        return str(row["raum_id"]), str(row["merkmal"]), row["stichtag"]

    def withheld(self) -> pd.Series:
        """Whether each cell of the system is withheld."""
        return pd.Series(self.hidden[: len(self.system.cells)], index=self.system.cells.index)

    def kinds(self) -> pd.Series:
        """Why each withheld cell is."""
        cells = self.system.cells
        count = len(cells)
        first, hidden = self.system.first[:count], self.hidden[:count]
        kind = np.where(first, Grund.PRIMARY.value, Grund.COMPLEMENTARY.value)
        kind = np.where(cells["status"] == Status.WITHHELD, Grund.DELIVERED.value, kind)
        return pd.Series(kind, index=cells.index)[hidden]

    def reason(self, column: int) -> Reason | None:
        """Why the cell in a column is withheld; None if it is shown."""
        if not self.hidden[column]:
            return None
        kind = Grund(self.kinds().loc[self.system.cells.index[column]])
        exposed: tuple[tuple[str, str, pd.Timestamp], ...] = ()
        remainders: tuple[Sum, ...] = ()
        if kind == Grund.COMPLEMENTARY:
            without = self.hidden.copy()
            without[column] = False
            cuts = self._attack(without, self._component == self._component[column])
            found = sorted({cut.cell for cut in cuts})
            exposed = tuple(self._key(cell) for cell in found if cell < len(self.system.cells))
            remainders = tuple(s for cell in found if cell >= len(self.system.cells) for s in self._sums(cell))
        optimal = int(self._component[column]) not in self._limited
        return Reason(kind, tuple(self._sums(column, least=2)), exposed, remainders, optimal)

    def _sums(self, column: int, least: int = 1) -> Iterable[Sum]:
        """The equations in which a cell stands, with at least so many that are withheld."""
        matrix = self.system.matrix
        unseen = self.hidden | ~self.system.shown
        for row in matrix.tocsc()[:, [column]].nonzero()[0]:
            inside = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            if unseen[inside].sum() >= least:
                yield self.system.sums[row]

    def intervals(self) -> np.ndarray:
        """What can be concluded about each column: its least and its greatest value (see :class:`Attacker`)."""
        bounds = self._attacker.intervals(self.hidden, self.hidden)
        if self._reader is None:
            return bounds
        others = self._reader.intervals(self.hidden, self.hidden & ~self._told)
        narrow = self.hidden & ~self._told
        bounds[narrow, 0] = np.maximum(bounds[narrow, 0], others[narrow, 0])
        bounds[narrow, 1] = np.minimum(bounds[narrow, 1], others[narrow, 1])
        return bounds

"""Attacker: what can be concluded about withheld cells from all that is shown, by linear and integer programming.

For every withheld cell the least and the greatest value over all tables of whole numbers that are nowhere negative
and agree with the shown cells and the sums (M. Fischetti and J. J. Salazar-González, Models and algorithms for
optimizing cell suppression in tabular data with linear constraints, JASA 95, 2000, 916–928). Where the interval between
them is too narrow, the duals of the two linear programs say which cells would have to be withheld, too: a cut. Tables
of sums nearly always have whole numbers at the ends of an interval; where they do not, an integer program follows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from sozialbericht.disclosure.system import System, blocks

#: What counts as nothing.
NOTHING = 1e-6
#: Branch-and-bound nodes of one question.
NODES = 2_000
#: So many random directions are tried before cells are asked one by one.
DIRECTIONS = 3


@dataclass(frozen=True)
class Cut:
    """Σ ``factors`` · withheld(``columns``) ≥ ``least``, if ``cell`` is withheld; else it demands nothing."""

    cell: int
    columns: np.ndarray
    factors: np.ndarray
    least: float


@dataclass
class _Part:
    """The equations that withheld cells stand in: rows and columns of the system, and what blocks they fall into."""

    rows: np.ndarray
    columns: np.ndarray
    matrix: csr_array
    column_block: np.ndarray
    row_block: np.ndarray


class Attacker:
    """Attacks a system of sums.

    ``reach`` is how far a known cell is let move from its value; by default as far as an interval must be wide, which
    is all that matters for whether it is. With ``knowing`` it is a reader who believes what earlier reports have told
    of counts that have no value here. ``contradictory`` collects cells of which what is shown contradicts itself, as a
    delivery with withheld values may do; of them nothing can be said.
    """

    def __init__(self, system: System, reach: float | None = None, *, knowing: bool = False) -> None:
        self._system = system
        self._by_column = system.matrix.tocsc()
        self.component = blocks(system.matrix)[0]
        known = ~np.isnan(system.value)
        widest = np.zeros(self.component.max(initial=0) + 1)
        np.maximum.at(widest, self.component, system.width)
        total = np.bincount(self.component, weights=np.nan_to_num(np.abs(system.value)), minlength=len(widest))
        far = widest[self.component] if reach is None else np.full(len(known), reach)
        told = ~known & ~np.isnan(system.told) & knowing
        self._base = np.where(known, system.value, np.where(told, system.told, 0.0))
        self._low = np.where(known, -np.minimum(self._base, far), 0.0)
        self._high = np.where(known, far, np.where(told, 0.0, 10 * total[self.component] + 1000))
        self._left = system.right - system.matrix @ self._base
        beside = abs(system.matrix) @ (~known & ~told) > 0
        self._left[(abs(system.matrix) @ told > 0) & ~beside] = 0.0  # whether it is still true is not known here
        self.contradictory: set[int] = set()

    def cuts(self, hidden: np.ndarray, asked: np.ndarray) -> list[Cut]:
        """Cuts for the cells among ``asked`` that are not uncertain enough; none if all are.

        ``hidden`` says which cells are withheld; columns that no cell holds always are.
        """
        hidden = hidden | ~self._system.shown
        targets = asked & hidden & (self._system.width > 0)
        part = self._part(hidden, targets)
        lone = self._lone(part, targets)
        told = np.unique(self.component[[cut.cell for cut in lone]]) if lone else np.zeros(0, dtype=int)
        return lone + self._narrow(part, targets & ~np.isin(self.component, told))

    def intervals(self, hidden: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """The least and the greatest value of the withheld cells among ``asked``, within reach of the true ones.

        Two columns of numbers; of cells that are not asked the value.
        """
        hidden = hidden | ~self._system.shown
        targets = asked & hidden
        part = self._part(hidden, targets)
        found = np.repeat(self._base[:, None], 2, axis=1)
        found[targets, 0] += self._low[targets]
        found[targets, 1] += self._high[targets]
        pending = targets[part.columns].copy()
        while pending.any():
            chosen = _one_of_each(part, pending)
            inside = np.isin(part.column_block, part.column_block[chosen])
            goal = np.zeros(len(part.columns))
            goal[chosen] = 1.0
            for side, sign in enumerate((1.0, -1.0)):
                moves, _ = self._solve(part, inside, sign * goal)
                known = chosen[~np.isnan(moves[chosen])]
                places = part.columns[known]
                found[places, side] = self._base[places] + moves[known]
            pending[chosen] = False
        return found

    def _part(self, hidden: np.ndarray, targets: np.ndarray) -> _Part:
        rows = np.unique(self._by_column[:, np.flatnonzero(targets)].nonzero()[0])
        while True:  # an equation with a target, and all that hangs together with it by withheld cells
            near = self._system.matrix[rows]
            columns = np.unique(near.nonzero()[1])
            columns = columns[hidden[columns]]
            wider = np.unique(self._by_column[:, columns].nonzero()[0])
            if len(wider) == len(rows):
                break
            rows = wider
        matrix = csr_array(self._system.matrix[rows][:, columns])
        return _Part(rows, columns, matrix, *blocks(matrix))

    def _lone(self, part: _Part, targets: np.ndarray) -> list[Cut]:
        """A cut for every equation with a single withheld cell."""
        found = []
        for place in np.flatnonzero(np.diff(part.matrix.indptr) == 1):
            cell = int(part.columns[part.matrix.indices[part.matrix.indptr[place]]])
            if not targets[cell]:
                continue
            row = part.rows[place]
            inside = self._system.matrix.indices[self._system.matrix.indptr[row] : self._system.matrix.indptr[row + 1]]
            others = inside[self._system.shown[inside] & (inside != cell)]
            found.append(Cut(cell, others, np.ones(len(others)), 1.0))
        return found

    def _narrow(self, part: _Part, targets: np.ndarray) -> list[Cut]:
        """Cuts for the cells whose interval is too narrow: one per block and round, all blocks at once."""
        width = self._system.width[part.columns]
        pending = targets[part.columns].copy()
        least = np.full(len(part.columns), np.inf)
        most = -least
        chance = np.random.default_rng(1)
        found = []
        for turn in range(DIRECTIONS + len(part.columns)):
            pending &= most - least < width - NOTHING
            if not pending.any():
                break
            inside = np.isin(part.column_block, part.column_block[pending])
            goal = np.zeros(len(part.columns))
            if turn < DIRECTIONS:
                goal[pending] = chance.choice([-1.0, 1.0], pending.sum())
                chosen = np.zeros(0, dtype=int)
            else:
                chosen = _one_of_each(part, pending)
                goal[chosen] = 1.0
            low, high = self._solve(part, inside, goal), self._solve(part, inside, -goal)
            for solved, _ in (low, high):
                least[inside] = np.fmin(least[inside], solved[inside])
                most[inside] = np.fmax(most[inside], solved[inside])
            lost = pending & inside & (np.isnan(low[0]) | np.isnan(high[0]))
            self.contradictory.update(part.columns[lost].tolist())
            pending &= ~lost
            for place in chosen[~lost[chosen]]:
                if most[place] - least[place] < width[place] - NOTHING:
                    cut = self._cut(part, place, low[1], high[1])
                    seen = np.isin(cut.columns, part.columns)
                    told = cut.factors[seen].sum() < cut.least - NOTHING
                    found.append(cut if told else self._more(part, place))
            pending[chosen] = False
        return found

    def _solve(self, part: _Part, inside: np.ndarray, goal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How the withheld cells of some blocks move where ``goal`` is least, and the duals of the equations.

        The moves are NaN in a block where what is shown contradicts itself.
        """
        rows = np.isin(part.row_block, part.column_block[inside])
        columns = np.flatnonzero(inside)
        places = part.columns[columns]
        solved = linprog(
            goal[columns],
            A_eq=part.matrix[rows][:, columns],
            b_eq=self._left[part.rows[rows]],
            bounds=np.column_stack([self._low[places], self._high[places]]),
            method="highs-ds",
        )
        moves, duals = np.zeros(len(part.columns)), np.zeros(len(part.rows))
        if solved.status != 0:
            numbers = np.unique(part.column_block[inside])
            for number in numbers if len(numbers) > 1 else ():
                block = part.column_block == number
                found = self._solve(part, block, goal)
                moves[block] = found[0][block]
                duals[part.row_block == number] = found[1][part.row_block == number]
            if len(numbers) == 1:
                moves[columns] = np.nan
            return moves, duals
        moves[columns], duals[rows] = solved.x, solved.eqlin.marginals
        if not _whole(solved.x) and _whole(self._base[places]) and _whole(self._left[part.rows[rows]]):
            left = self._left[part.rows[rows]]
            exact = milp(
                goal[columns],
                constraints=LinearConstraint(part.matrix[rows][:, columns], left, left),
                integrality=np.ones(len(columns)),
                bounds=Bounds(np.ceil(self._low[places] - NOTHING), np.floor(self._high[places] + NOTHING)),
                options={"node_limit": NODES, "mip_rel_gap": 0.0},
            )
            moves[columns] = np.nan if exact.x is None else np.round(exact.x)
        return moves, duals

    def _more(self, part: _Part, place: int) -> Cut:
        """Some cell that is shown now must be withheld, too; for the rare case in which the linear program is blind."""
        cell = int(part.columns[place])
        columns = np.flatnonzero(self._system.shown & (self.component == self.component[cell]))
        columns = columns[~np.isin(columns, part.columns)]
        return Cut(cell, columns, np.ones(len(columns)), 1.0)

    def _cut(self, part: _Part, place: int, low: np.ndarray, high: np.ndarray) -> Cut:
        """What must be withheld, too, for one cell to be uncertain enough; from the duals of its two programs."""
        system, cell = self._system, int(part.columns[place])
        own = part.row_block == part.column_block[place]
        gain = np.zeros(len(system.value))
        fixed = 0.0
        for duals, sign in ((low, 1.0), (high, -1.0)):
            rows = np.flatnonzero(own & (np.abs(duals) > NOTHING))
            chosen = part.rows[rows]
            cost = -(system.matrix[chosen].T @ duals[rows])
            cost[cell] += sign
            fixed -= float(duals[rows] @ self._left[chosen])
            gain -= np.where(cost > 0, cost * self._low, cost * self._high)
        always = ~system.shown
        fixed += float(gain[always].sum())
        least = float(system.width[cell]) - fixed - (gain[cell] if system.shown[cell] else 0.0)
        columns = np.flatnonzero((gain > NOTHING) & system.shown)
        columns = columns[columns != cell]
        return Cut(cell, columns, np.minimum(gain[columns], least), least)


def _one_of_each(part: _Part, pending: np.ndarray) -> np.ndarray:
    """The first of the pending columns in every block."""
    _, first = np.unique(part.column_block[pending], return_index=True)
    chosen: np.ndarray = np.flatnonzero(pending)[first]
    return chosen


def _whole(numbers: np.ndarray) -> bool:
    """Whether all numbers are whole."""
    return bool(np.all(np.abs(numbers - np.round(numbers)) < NOTHING))

"""Bounds: which values a withheld count can have, given everything that is known, by integer programming.

A system holds unknown whole numbers and linear relations between them. What a reader can conclude about one of them is
its attainable interval: the least and the greatest value over all tables of whole numbers that satisfy every relation
(M. Fischetti, J. J. Salazar-González, Models and algorithms for optimizing cell suppression in tabular data with
linear constraints, JASA 95, 2000, 916–928). HiGHS solves it, component by component, with a limit on nodes and not on
seconds, so that the answer is the same on every machine. A solution found is a table that fits: the values it holds
are attained for certain, whatever limit was reached.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

import numpy as np

#: Branch-and-bound nodes of one question.
NODES = 20_000
#: Nodes and unknowns of a question that is asked of many components at once, and in how many directions.
FEW_NODES, TOGETHER, DIRECTIONS = 200, 300, 3
_SLACK = 1e-6


@dataclass(frozen=True)
class Relation:
    """``low`` ≤ Σ coefficient · unknown ≤ ``high``, and the words for why that is known."""

    terms: tuple[tuple[Hashable, float], ...]
    low: float
    high: float
    why: str = ""


@dataclass
class System:
    """Unknown whole numbers with the limits that hold for each alone, and the relations between them."""

    limits: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def limit(self, unknown: Hashable, low: float = 0, high: float = math.inf) -> None:
        """An unknown and what holds for it alone; what was known of it stays."""
        before = self.limits.get(unknown, (-math.inf, math.inf))
        self.limits[unknown] = (max(low, before[0]), min(high, before[1]))

    def relate(self, terms: Mapping[Any, float], low: float, high: float, why: str = "") -> None:
        """Add a relation; one without unknowns is left out, one with a single unknown becomes its limit."""
        kept = tuple((unknown, float(factor)) for unknown, factor in terms.items() if factor)
        if not kept:
            return
        if len(kept) == 1:
            ((unknown, factor),) = kept
            ends = sorted((low / factor, high / factor))
            self.limit(unknown, math.ceil(ends[0] - _SLACK) if math.isfinite(ends[0]) else ends[0], ends[1] + _SLACK)
            return
        for unknown, _ in kept:
            self.limit(unknown)
        self.relations.append(Relation(kept, low, high, why))


@dataclass(frozen=True)
class Interval:
    """What can be concluded about one number: ``low`` and ``high``, and how many values between are known to fit.

    ``values`` counts attained values, and stops at the number asked for. ``consistent`` is false where no table fits
    at all: then something was read wrongly, or the publication contradicts itself. ``proven`` is false where the limit
    on nodes was reached: the ends are then those found, the true interval may be wider.
    """

    low: float
    high: float
    values: int
    consistent: bool = True
    proven: bool = True

    @property
    def exact(self) -> bool:
        """Whether only one value is left."""
        return self.consistent and self.values <= 1


def attainable(
    system: System,
    wanted: Iterable[Mapping[Any, float]],
    enough: int = 3,
    nodes: int = NODES,
    widths: Iterable[float] = (),
) -> list[Interval]:
    """The attainable interval of each wanted sum of unknowns, in their order.

    ``enough`` is the number of attained values at which counting stops. A sum without unknowns is 0 and exact. With
    ``widths``, one for each, nothing more is asked of a sum of which the tables found for others have so many values,
    so far apart that as many whole numbers lie from the first to the last: its interval is that of these, or wider.
    """
    parts, widths = _components(system), list(widths)
    if widths:
        _begin(parts)
    home = {unknown: part for part in parts for unknown in part.unknowns}
    solved: list[Interval] = []
    for terms, width in zip(wanted, chain(widths, repeat(math.inf)), strict=False):
        kept = {unknown: factor for unknown, factor in terms.items() if factor}
        if not kept:  # all that it is the sum of is known
            solved.append(Interval(0, 0, 1))
            continue
        mine: list[_Part] = []
        for unknown in kept:
            part = home.get(unknown) or _Part([unknown], system.limits.get(unknown, (0.0, math.inf)))
            home[unknown] = part
            if part not in mine:
                mine.append(part)
        merged = mine[0] if len(mine) == 1 else _merge(mine)
        question = _Question(merged, kept, enough, nodes)
        solved.append(question.attained(width) or question.answer())
    return solved


class _Part:
    """The unknowns and relations of one component, as matrices, and the tables found so far."""

    def __init__(self, unknowns: Sequence[Hashable], limits: Any, relations: Sequence[Relation] = ()) -> None:
        self.unknowns = list(unknowns)
        self.place = {unknown: i for i, unknown in enumerate(self.unknowns)}
        bounds = [limits] if isinstance(limits, tuple) else limits
        self.low = np.array([math.ceil(low - _SLACK) if math.isfinite(low) else low for low, _ in bounds], dtype=float)
        self.high = np.array([math.floor(up + _SLACK) if math.isfinite(up) else up for _, up in bounds], dtype=float)
        self.relations = list(relations)
        self.tables: list[np.ndarray] = []
        from scipy.sparse import csr_matrix

        rows, columns, factors = [], [], []
        for row, relation in enumerate(self.relations):
            for unknown, factor in relation.terms:
                rows.append(row)
                columns.append(self.place[unknown])
                factors.append(factor)
        shape = (len(self.relations), len(self.unknowns))
        self.matrix = csr_matrix((factors, (rows, columns)), shape=shape)
        self.least = np.array([relation.low for relation in self.relations], dtype=float)
        self.most = np.array([relation.high for relation in self.relations], dtype=float)
        everything = np.abs(np.concatenate([self.least, self.most, self.low, self.high]))
        self.ceiling = 1000 + 10 * float(np.max(everything[np.isfinite(everything)], initial=0))
        """What nothing bounds is looked for up to here: far beyond every number of the system."""

    def fits(self, table: np.ndarray) -> bool:
        """Whether a table of whole numbers satisfies everything."""
        sums = self.matrix @ table
        inside = np.all(table >= self.low) and np.all(table <= self.high)
        return bool(inside and np.all(sums >= self.least - _SLACK) and np.all(sums <= self.most + _SLACK))


class _Question:
    """One sum of unknowns of a component: its least and greatest value, and whether there are more between."""

    def __init__(self, part: _Part, terms: Mapping[Any, float], enough: int, nodes: int) -> None:
        self.part, self.enough, self.nodes = part, enough, nodes
        self.costs = np.zeros(len(part.unknowns))
        for unknown, factor in terms.items():
            self.costs[part.place[unknown]] = factor
        self.found: set[float] = set(np.round(np.array(part.tables) @ self.costs, 6).tolist()) if part.tables else set()
        self.proven = True

    def attained(self, width: float) -> Interval | None:
        """The interval of the values that are known to fit, if there are enough and they are as far apart."""
        if len(self.found) < self.enough or max(self.found) - min(self.found) + 1 < width:
            return None
        return Interval(min(self.found), max(self.found), self.enough)

    def answer(self) -> Interval:
        """The attainable interval."""
        ends = [self._solve(sign * self.costs) for sign in (1.0, -1.0)]
        if ends[0] is None and ends[1] is None and not self.found and self.proven:
            return Interval(math.nan, math.nan, 0, consistent=False)
        if not self.found and None in ends:
            return Interval(-math.inf, math.inf, 0, proven=False)
        low, high = (min(self.found, default=-math.inf), max(self.found, default=math.inf))
        low, high = (end if abs(end) < self.part.ceiling else math.copysign(math.inf, end) for end in (low, high))
        if math.isinf(low) or math.isinf(high):
            return Interval(low, high, self.enough, proven=self.proven)
        self._between()
        return Interval(low, high, min(len(self.found), self.enough), proven=self.proven)

    def _between(self) -> None:
        """Look for further values in the gaps between those found until there are enough."""
        gaps = [(a, b) for a, b in zip(sorted(self.found), sorted(self.found)[1:], strict=False) if b - a > 1.5]
        while gaps and len(self.found) < self.enough:
            low, high = gaps.pop(0)
            value = self._solve(self.costs, (low + 0.5, high - 0.5))
            if value is not None and math.isfinite(value):
                gaps += [pair for pair in ((low, value), (value, high)) if pair[1] - pair[0] > 1.5]

    def _value(self, table: np.ndarray) -> float:
        return float(np.round(self.costs @ table, 6))

    def _solve(self, costs: np.ndarray, within: tuple[float, float] | None = None) -> float | None:
        """The least value of ``costs``, noted with the table that has it; None where there is none.

        ``within`` are bounds for the sum that is asked for.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp  # takes half a second, and most audits ask nothing

        part = self.part
        if np.any(part.low > part.high):
            return None
        constraints = [] if within is None else [LinearConstraint(self.costs[None, :], *within)]
        if part.relations:
            constraints.append(LinearConstraint(part.matrix, part.least - _SLACK / 2, part.most + _SLACK / 2))
        result = milp(
            costs,
            integrality=np.ones(len(costs)),
            bounds=Bounds(np.maximum(part.low, -part.ceiling), np.minimum(part.high, part.ceiling)),
            constraints=constraints,
            options={"node_limit": self.nodes, "mip_rel_gap": 0.0},
        )
        if result.x is not None:
            table = np.round(result.x)
            if part.fits(table):
                part.tables.append(table)
                self.found.add(self._value(table))
                self.proven &= result.status == 0
                return self._value(table)
        self.proven &= result.status == 2
        return None


def _begin(parts: Sequence[_Part]) -> None:
    """Find tables of small components, many with one question: the outermost in some directions, and those halfway.

    They are a beginning: what nobody finds here is asked of each component by itself.
    """
    group: list[_Part] = []
    for part in (*parts, None):
        if group and (part is None or sum(len(p.unknowns) for p in (*group, part)) > TOGETHER):
            _begin_together(group)
            group = []
        if part is not None and len(part.unknowns) <= TOGETHER:
            group.append(part)


def _begin_together(parts: Sequence[_Part]) -> None:
    whole, chance = _merge(parts), np.random.default_rng(0)  # any directions do, but the same each time
    for _ in range(DIRECTIONS):
        costs = chance.integers(1, 100, len(whole.unknowns)).astype(float)
        question = _Question(whole, dict(zip(whole.unknowns, costs.tolist(), strict=True)), 0, FEW_NODES)
        question._solve(costs)
        question._solve(-costs)
    tables, start = np.array(whole.tables), 0
    if not len(tables):
        return
    first, second = np.triu_indices(len(tables), 1)
    for part in parts:
        own = tables[:, start : start + len(part.unknowns)]
        away = own[second] - own[first]
        steps = np.gcd.reduce(np.abs(away).astype(int), axis=1)
        halfway = own[first] + away // np.maximum(steps, 1)[:, None] * (steps // 2)[:, None]
        part.tables += [*own, *halfway[steps > 1]]  # what lies between two tables fits as they do
        start += len(part.unknowns)


def _components(system: System) -> list[_Part]:
    """The unknowns that relations tie together, each group apart."""
    root: dict[Hashable, Hashable] = {unknown: unknown for unknown in system.limits}

    def find(unknown: Hashable) -> Hashable:
        while root[unknown] != unknown:
            root[unknown] = root[root[unknown]]
            unknown = root[unknown]
        return unknown

    for relation in system.relations:
        first = find(relation.terms[0][0])
        for unknown, _ in relation.terms[1:]:
            root[find(unknown)] = first
    members: dict[Hashable, list[Hashable]] = {}
    for unknown in system.limits:
        members.setdefault(find(unknown), []).append(unknown)
    relations: dict[Hashable, list[Relation]] = {}
    for relation in system.relations:
        relations.setdefault(find(relation.terms[0][0]), []).append(relation)
    return [
        _Part(unknowns, [system.limits[unknown] for unknown in unknowns], relations.get(key, ()))
        for key, unknowns in members.items()
    ]


def _merge(parts: Sequence[_Part]) -> _Part:
    """Several components as one, for a sum that reaches over them."""
    unknowns = [unknown for part in parts for unknown in part.unknowns]
    limits = [pair for part in parts for pair in zip(part.low.tolist(), part.high.tolist(), strict=True)]
    return _Part(unknowns, limits, [relation for part in parts for relation in part.relations])


__all__ = ["NODES", "Interval", "Relation", "System", "attainable"]

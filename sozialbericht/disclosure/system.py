"""System of sums: all counts that hang together, as unknowns and equations.

An equation is an area with its parts (and what cannot be assigned to them), a whole with its parts (and what of it is
not delivered), or a part with its whole and the others. What no cell of the cube holds is an unknown of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from sozialbericht.disclosure.knowledge import Knowledge
from sozialbericht.disclosure.primary import primary, small
from sozialbericht.disclosure.rules import SHARE, Rules
from sozialbericht.status import Status


class Sum(NamedTuple):
    """One equation: an area and its parts (``area``), a partition, or a part and its whole (``pair``).

    ``whole`` and ``parts`` are Merkmale; of an area and its parts both are the one that is added up.
    """

    kind: str
    area: str
    date: pd.Timestamp
    whole: str
    parts: tuple[str, ...]


@dataclass
class System:
    """Columns are unknowns: first one per row of ``cells`` (rows of the cube), then those that no cell holds.

    ``value`` is NaN where a delivery has none; ``shown`` can be shown or withheld, all other columns never are;
    ``first`` are withheld by the primary rule or the delivery; ``width`` is how uncertain a column must stay when it is
    not shown (0: does not matter). ``released`` readers of earlier reports know, so that they cannot be withheld any
    more; ``told`` is what such readers have been told of a column without a value (NaN: nothing). ``matrix`` @ columns
    = ``right``.
    """

    cells: pd.DataFrame
    value: np.ndarray
    shown: np.ndarray
    first: np.ndarray
    width: np.ndarray
    released: np.ndarray
    told: np.ndarray
    matrix: csr_array
    right: np.ndarray
    sums: list[Sum]


def blocks(matrix: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Numbers per column and per row of the blocks that a matrix falls into."""
    rows, columns = matrix.nonzero()
    size = sum(matrix.shape)
    joined = csr_array((np.ones(len(rows)), (columns, rows + matrix.shape[1])), shape=(size, size))
    found = connected_components(joined, directed=False)[1]
    return found[: matrix.shape[1]], found[matrix.shape[1] :]


def build(
    cube: pd.DataFrame, parents: pd.Series, rules: Rules, knowledge: Knowledge | None = None,
    there: pd.DataFrame | None = None,
) -> System:  # fmt: skip
    """The system of a cube before disclosure control; ``parents`` is the area above each area, "" for the highest.

    ``there`` says which areas (rows) exist on which days (columns); without it all do.
    """
    return _Builder(cube, parents, rules, knowledge or Knowledge.of(cube, None), there).build()


class _Builder:
    """Puts a system together, area by area at once."""

    def __init__(
        self, cube: pd.DataFrame, parents: pd.Series, rules: Rules, knowledge: Knowledge, there: pd.DataFrame | None
    ) -> None:
        self._rules = rules
        self._cube = cube.reset_index(drop=True)
        self._features = pd.Index(cube["merkmal"].unique())
        self._dates = pd.Index(sorted(cube["stichtag"].unique()))
        self._days = list(self._dates)
        self._areas = pd.Index(dict.fromkeys([*parents.index, *cube["raum_id"]]))
        above = parents.reindex(self._areas).fillna("")
        self._children = {a: np.flatnonzero(above == a) for a in self._areas[self._areas.isin(above)]}
        self._there = np.ones((len(self._areas), len(self._dates)), dtype=bool)
        if there is not None:
            known = there.reindex(index=self._areas, columns=self._dates)
            self._there = known.isna().to_numpy() | known.eq(True).to_numpy()
        codes = [self._areas, self._features, self._dates]
        names = ["raum_id", "merkmal", "stichtag"]
        at = tuple(index.get_indexer(self._cube[name]) for index, name in zip(codes, names, strict=True))
        self._names = [str(area) for area in self._areas]
        self._row = np.full([len(index) for index in codes], -1)
        self._row[at] = np.arange(len(cube))
        self._wert = self._cube["wert"].to_numpy(dtype=float)
        self._rest = self._cube["rest"].to_numpy(dtype=float)

        delivered = (self._cube["status"] == Status.WITHHELD).to_numpy()
        sensitive = self._cube["merkmal"].map({n: r.sensitive for n, r in rules.of.items()}).to_numpy(dtype=bool)
        self._asked = np.zeros(self._row.shape[1:], dtype=bool)
        self._asked[at[1][sensitive | delivered], at[2][sensitive | delivered]] = True
        inside = self._asked[at[1], at[2]]
        self._cells = np.flatnonzero(inside)
        self._column = np.full(len(cube) + 1, -1)
        self._column[self._cells] = np.arange(len(self._cells))
        self._primary = primary(self._cube, rules).to_numpy() & ~knowledge.printed
        self._released = knowledge.known & ~self._primary
        self._told = knowledge.told
        self._unassigned = np.zeros(self._row.shape[1:], dtype=bool)
        self._unassigned[at[1][self._rest > 0], at[2][self._rest > 0]] = True
        self._delivered = delivered
        self._extra: list[tuple[float, float]] = []
        self._entries: list[tuple[int, int, float]] = []
        self._right: list[float] = []
        self._sums: list[Sum] = []

    def build(self) -> System:
        for feature, date in np.argwhere(self._asked):
            self._add_areas(int(feature), int(date))
        for partition in self._rules.partitions:
            self._add_partition(partition.whole, partition.parts, partition.complete)
        covered = {(p, q.whole) for q in self._rules.partitions if q.complete for p in q.parts}
        for part, whole in self._rules.pairs:
            self._add_pair(part, whole, covered=(part, whole) in covered)
        cells, extra = self._cells, np.array(self._extra, dtype=float).reshape(-1, 2)
        delivered = self._delivered[cells]
        value = np.where(delivered, np.nan, self._wert[cells])
        never = np.zeros(len(extra), dtype=bool)
        entries = np.array(self._entries, dtype=float).reshape(-1, 3)
        shape = (len(self._right), len(cells) + len(extra))
        return System(
            cells=self._cube.iloc[cells],
            value=np.concatenate([value, extra[:, 0]]),
            shown=np.concatenate([~np.isnan(value), never]),
            first=np.concatenate([self._primary[cells] | delivered, never]),
            width=np.concatenate([self._widths(value, delivered), extra[:, 1]]),
            released=np.concatenate([self._released[cells], never]),
            told=np.concatenate([self._told[cells], np.full(len(extra), np.nan)]),
            matrix=csr_array((entries[:, 2], (entries[:, 0].astype(int), entries[:, 1].astype(int))), shape=shape),
            right=np.array(self._right, dtype=float),
            sums=self._sums,
        )

    def _widths(self, value: np.ndarray, delivered: np.ndarray) -> np.ndarray:
        """How uncertain each cell must stay if it is withheld; of amounts a share of what is usual for them."""
        cells = self._cube.iloc[self._cells]
        width = cells["merkmal"].map({n: r.width for n, r in self._rules.of.items()}).to_numpy(dtype=float)
        if (unset := width == 0).any():
            keys = [cells["merkmal"].to_numpy(), cells["stichtag"].to_numpy()]
            usual = pd.Series(value).groupby(keys).transform("median").to_numpy()
            width = np.where(unset, SHARE * np.nan_to_num(usual), width)
        known = ~np.isnan(value) | delivered
        return np.where(known, width, 0.0)

    def _new(self, value: float, width: float) -> int:
        """A column for what no cell holds."""
        self._extra.append((value, width))
        return len(self._cells) + len(self._extra) - 1

    def _equation(self, told: Sum, cells: list[tuple[int, float]], column: int = -1) -> None:
        """Add one equation: rows of the cube with their factors, and the column of what no cell holds (-1: none).

        What no cell holds is no secret any more where readers of earlier reports can compute it.
        """
        right = 0.0
        inside = []
        for row, factor in cells:
            if self._column[row] >= 0:
                inside.append((int(self._column[row]), factor))
            else:
                right -= factor * self._wert[row]
        if column >= 0:
            if all(self._released[row] or self._column[row] < 0 for row, _ in cells):
                self._extra[-1] = (self._extra[-1][0], 0.0)
            inside.append((column, -1.0))
        if np.isnan(right) or not inside:
            return
        self._entries += [(len(self._right), place, factor) for place, factor in inside]
        self._right.append(right)
        self._sums.append(told)

    def _add_areas(self, feature: int, date: int) -> None:
        """An area is the sum of its parts and of what cannot be assigned to any.

        How much that is nobody knows where a part is withheld: nothing, unless there is something of the same merkmal
        on the same day elsewhere. Of rounded shares it is what rounding leaves over, which hides nobody.
        """
        name = self._features[feature]
        for area, children in self._children.items():
            whole = self._row[self._areas.get_loc(area), feature, date]
            parts = self._row[children[self._there[children, date]], feature, date]
            if whole < 0 or (parts < 0).any():
                continue
            rest = self._rest[whole]
            told = Sum("area", str(area), self._days[date], name, (name,))
            cells = [(int(whole), 1.0), *((int(part), -1.0) for part in parts)]
            rule = self._rules.of[name]
            unknown = self._unassigned[feature, date] and not rule.rounded
            if np.isnan(rest):
                self._equation(told, cells, self._new(np.nan, 0.0) if unknown else -1)
            elif rest and rule.sensitive and not rule.rounded and small(rest, rule.minimum):
                self._equation(told, cells, self._new(rest, rule.width))
            elif rest:
                self._known(told, cells, float(rest))
            else:
                self._equation(told, cells)

    def _known(self, told: Sum, cells: list[tuple[int, float]], rest: float) -> None:
        """An equation with a remainder that everyone knows."""
        before = len(self._right)
        self._equation(told, cells)
        if len(self._right) > before:
            self._right[-1] += rest

    def _found(self, whole: str, parts: tuple[str, ...]) -> list[tuple[int, int, np.ndarray]]:
        """Area, date and rows of the cube of a whole and its parts where all are counted and one may be withheld."""
        names = [whole, *parts]
        if not all(name in self._features for name in names):
            return []
        features = self._features.get_indexer(names)
        rows = self._row[:, features, :]
        there = (rows >= 0).all(axis=1) & self._asked[features].any(axis=0)
        return [(int(area), int(date), rows[area, :, date]) for area, date in np.argwhere(there)]

    def _add_partition(self, whole: str, parts: tuple[str, ...], complete: bool) -> None:
        """A whole is the sum of its parts and of what is not delivered of it."""
        rules = [self._rules.of[part] for part in parts if self._rules.of[part].sensitive]
        for area, date, rows in self._found(whole, parts):
            told = Sum("partition", self._names[area], self._days[date], whole, parts)
            cells = [(int(rows[0]), 1.0), *((int(row), -1.0) for row in rows[1:])]
            rest = self._wert[rows[0]] - self._wert[rows[1:]].sum()
            if not complete:
                few = [rule.width for rule in rules if small(rest, rule.minimum)]
                self._equation(told, cells, self._new(rest, max(few, default=0.0)))
            elif not abs(rest) > 1e-6 * max(1.0, abs(self._wert[rows[0]])):
                self._equation(told, cells)

    def _add_pair(self, part: str, whole: str, covered: bool) -> None:
        """A whole is a part and the others; in a complete partition only where the others are few or none."""
        rule = self._rules.of[part]
        for area, date, rows in self._found(whole, (part,)):
            others = self._wert[rows[0]] - self._wert[rows[1]]
            few = self._wert[rows[1]] > 0 and (others == 0 or small(others, rule.minimum))
            if others < 0 or (covered and not few):
                continue
            told = Sum("pair", self._names[area], self._days[date], whole, (part,))
            cells = [(int(rows[0]), 1.0), (int(rows[1]), -1.0)]
            self._equation(told, cells, self._new(others, rule.width if few else 0.0))

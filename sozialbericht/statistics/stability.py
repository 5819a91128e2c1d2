"""Stability: how sure a typology is, when counts vary by chance or one of its features is absent.

Parametric resampling: the numerator of a share is drawn from the binomial distribution with the share observed, the
one of a rate from the Poisson distribution with the count observed; features without counts (means, indices) stay as
they are. Every run gives clusters of its own; their labels are matched to the published ones by the Hungarian method
(H. W. Kuhn, Naval Research Logistics 2 (1955), 83–97), so that as many areas as possible keep their cluster.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sozialbericht.statistics.typology import DIGITS, Array, Labels, partition, typify

RUNS = 500
#: The kinds of indicators whose numerator is a count and varies by chance.
COUNTED = ("anteil", "rate")
SEED = 20070101


@dataclass(frozen=True)
class Stability:
    """``shares``: areas × clusters, the share of the runs in which the area belongs to the cluster; ``below``: in

    which it lies below the city's average; ``kept``: in how many leave-one-out typologies it keeps its cluster;
    ``rand``: mean adjusted Rand index of the runs; ``without``: the adjusted Rand index without each feature;
    ``sizes``: runs × clusters, the number of areas of a cluster; ``numbers_below``: by run, how many areas lie below.
    """

    shares: pd.DataFrame
    below: pd.Series
    kept: pd.Series
    rand: float
    without: pd.Series
    sizes: pd.DataFrame
    numbers_below: pd.Series


@dataclass(frozen=True)
class Sample:
    """What is typed: values (areas × features, complete), numerators, denominators, the city's values, and by feature

    the sign, the kind of indicator (``art``) and the factor. Areas and features beyond those of ``table`` do not count.
    """

    table: pd.DataFrame
    counts: pd.DataFrame
    totals: pd.DataFrame
    city: pd.Series
    catalogue: pd.DataFrame

    @property
    def signs(self) -> pd.Series:
        """+1 where high means burden, −1 where low does."""
        return self.catalogue["typ_vorzeichen"].loc[self.table.columns].astype(float)


def stability(sample: Sample, kind: pd.Series, runs: int = RUNS, seed: int = SEED) -> Stability:
    """How often each area keeps its cluster; ``kind`` are the published clusters 1 … k of the complete table."""
    k = int(kind.max())
    ordered = _ordered(sample)
    base = kind.loc[ordered.table.index].to_numpy(dtype=np.int64) - 1
    values = resample(ordered, runs, seed)
    mean, deviation = values.mean(axis=1, keepdims=True), values.std(axis=1, keepdims=True)
    deviation = np.where(deviation > 0, deviation, np.inf)
    sign = ordered.signs.to_numpy()
    scores = np.round((values - mean) / deviation * sign, DIGITS)
    city = (ordered.city.to_numpy(dtype=float) - mean) / deviation * sign
    found = np.array([_matched(base, partition(run, k), k) for run in scores])
    counted = contingency(np.broadcast_to(base, found.shape), found, k)
    index = ordered.table.index
    shares = pd.DataFrame({j + 1: (found == j).mean(axis=0) for j in range(k)}, index=index)
    sizes = pd.DataFrame({j + 1: (found == j).sum(axis=1) for j in range(k)})
    lies_below = (scores - city).mean(axis=2) > 0
    below = pd.Series(lies_below.mean(axis=0), index=index)
    without = {name: _without(ordered, str(name), k) for name in ordered.table.columns}
    labels = {name: _matched(base, other, k) for name, other in without.items()}
    rand = {name: float(rand_index(contingency(base, other, k))) for name, other in labels.items()}
    kept = pd.Series(np.sum([other == base for other in labels.values()], axis=0), index=index)
    back = sample.table.index
    return Stability(
        shares.loc[back], below.loc[back], kept.loc[back], float(rand_index(counted).mean()), pd.Series(rand),
        sizes, pd.Series(lies_below.sum(axis=1)),
    )  # fmt: skip


def resample(sample: Sample, runs: int, seed: int) -> Array:
    """Values as they might have come out: runs × areas × features."""
    generator = np.random.default_rng(seed)
    values = np.repeat(sample.table.to_numpy(dtype=float)[None], runs, axis=0)
    for column, name in enumerate(sample.table.columns):
        kind, factor = str(sample.catalogue["art"][name]), float(sample.catalogue["faktor"][name])
        if kind not in COUNTED:
            continue
        count = sample.counts[name].to_numpy(dtype=float)
        total = sample.totals[name].to_numpy(dtype=float)
        size = (runs, len(count))
        if kind == "anteil":
            drawn = generator.binomial(total.astype(np.int64), np.clip(count / total, 0, 1), size)
        else:
            drawn = generator.poisson(count, size)
        values[:, :, column] = drawn / total * factor
    return values


def contingency(one: Labels, other: Labels, k: int) -> NDArray[np.int64]:
    """How many areas have label i in ``one`` and j in ``other`` (0 … k − 1): … × k × k for labels … × areas."""
    rows = one[..., :, None, None] == np.arange(k)[:, None]
    columns = other[..., :, None, None] == np.arange(k)
    counted: NDArray[np.int64] = (rows & columns).sum(axis=-3)
    return counted


def rand_index(table: NDArray[np.int64]) -> Array:
    """Adjusted Rand index of contingency tables … × k × k: 1 for equal partitions, 0 on average for random ones.

    L. Hubert, P. Arabie, Comparing partitions, Journal of Classification 2 (1985), 193–218. Computed for all runs
    at once; two partitions that both are one single cluster agree (1).
    """
    pairs = _pairs(table).sum(axis=(-2, -1))
    rows, columns = _pairs(table.sum(axis=-1)).sum(axis=-1), _pairs(table.sum(axis=-2)).sum(axis=-1)
    expected = rows * columns / np.maximum(_pairs(table.sum(axis=(-2, -1))), 1)
    largest = (rows + columns) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        index = (pairs - expected) / (largest - expected)
    return np.where(largest == expected, 1.0, index)


def _pairs(count: NDArray[np.int64]) -> Array:
    return count * (count - 1) / 2


def _matched(base: Labels, labels: Labels, k: int) -> Labels:
    """``labels`` renamed so that as many areas as possible have their label of ``base``."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(contingency(base, labels, k), maximize=True)
    name = np.empty(k, dtype=np.int64)
    name[columns] = rows
    return name[labels]


def _without(sample: Sample, feature: str, k: int) -> Labels:
    """The clusters that come out without one feature, 0 … k − 1, in the order of the sample."""
    rest = sample.table.drop(columns=feature)
    return typify(rest, sample.city, sample.signs, k).kind.to_numpy(dtype=np.int64) - 1


def _ordered(sample: Sample) -> Sample:
    """The sample with columns by name and rows by value, so that draws do not depend on order or names of areas."""
    names = sorted(sample.table.columns)
    totals = sample.totals.loc[sample.table.index, names].set_axis([f"{n}:" for n in names], axis=1)
    keys = pd.concat([sample.table[names], totals], axis=1)
    rows = keys.sort_values(list(keys.columns), kind="stable").index
    return Sample(
        sample.table.loc[rows, names],
        sample.counts.loc[rows, names],
        sample.totals.loc[rows, names],
        sample.city.loc[names],
        sample.catalogue,
    )

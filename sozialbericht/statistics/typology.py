"""Typology: areas that are alike in all features form a cluster; the clusters are numbered by their burden.

The features are standardised over the areas (:mod:`sozialbericht.statistics.standard`) and signed so that high means
burden. Ward's method (J. H. Ward, Hierarchical grouping to optimize an objective function, JASA 58 (1963), 236–244)
gives k clusters, k-means (S. P. Lloyd, Least squares quantization in PCM, IEEE Trans. Inf. Theory 28 (1982),
129–137) from Ward's centroids refines them. Neither the order nor the names of rows and columns play a part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sozialbericht.statistics.standard import moments, standardise

Array = NDArray[np.float64]
Labels = NDArray[np.int64]

#: A feature that is missing for a larger share of the areas is left out.
MISSING = 0.1
#: Scores are rounded to this many digits, so that the last bits of a platform cannot decide between clusters.
DIGITS = 12
ROUNDS = 100


@dataclass(frozen=True)
class Selection:
    """The areas and features that can be typed, and why others cannot.

    ``table``: complete, areas × features; ``features``: a left-out feature and for how many areas it is missing;
    ``areas``: a left-out area and the features it lacks.
    """

    table: pd.DataFrame
    features: dict[str, int]
    areas: dict[str, list[str]]


@dataclass(frozen=True)
class Typology:
    """Clusters of the areas: ``kind`` 1 (least burden) to k; ``scores``: signed z-scores, areas × features;

    ``distance``: the same as distance to the city's value (+ burden) instead of to the mean of the areas.
    """

    kind: pd.Series
    scores: pd.DataFrame
    distance: pd.DataFrame

    @property
    def burden(self) -> pd.Series:
        """Mean standardised distance of each area to the city's value; above 0: below the city's average."""
        return self.distance.mean(axis=1)

    def profiles(self) -> pd.DataFrame:
        """Mean distance to the city's value, clusters × features; clusters with fewer than three areas are left out."""
        groups = self.distance.groupby(self.kind)
        return groups.mean()[(groups.count() >= 3).all(axis=1)]


def select(table: pd.DataFrame, city: pd.Series) -> Selection:
    """The complete part of a table areas × features.

    First the features go that are missing for more than a tenth of the areas or for the city, then the areas that
    lack one of the rest.
    """
    gaps = table.isna().sum()
    gone = (gaps > MISSING * len(table)) | city.reindex(table.columns).isna()
    kept = table.loc[:, ~gone]
    lacking = kept.isna()
    areas = {str(area): list(kept.columns[row]) for area, row in zip(kept.index, lacking.to_numpy(), strict=True)}
    return Selection(
        kept[~lacking.any(axis=1)],
        {str(name): int(gaps[name]) for name in table.columns[gone]},
        {area: names for area, names in areas.items() if names},
    )


def typify(table: pd.DataFrame, city: pd.Series, signs: pd.Series, k: int) -> Typology:
    """Clusters of a complete table areas × features.

    ``city`` holds the city's values and ``signs`` +1 where high means burden, −1 where low does, by feature.
    Raises ``ValueError`` where the areas do not differ enough for k clusters.
    """
    table = table[sorted(table.columns)]
    sign = signs.loc[table.columns].astype(float)
    scores = (standardise(table) * sign).round(DIGITS) + 0.0
    ordered = scores.sort_values(list(scores.columns), kind="stable")
    labels = partition(ordered.to_numpy(dtype=float), k)
    kind = pd.Series(by_burden(ordered.to_numpy(dtype=float), labels), index=ordered.index, dtype=float)
    mean, deviation = moments(table)
    of_city = ((city.loc[table.columns].astype(float) - mean) / deviation.where(deviation > 0)).fillna(0.0) * sign
    return Typology(kind.reindex(table.index), scores, scores - of_city)


def partition(scores: Array, k: int) -> Labels:
    """Ward's k clusters refined by k-means from their centroids; labels 0 … k − 1 in no particular order.

    ``scores``: areas × features. The same input gives the same labels; equal rows stay together. Raises
    ``ValueError`` where there are fewer than k clusters. Should k-means empty a cluster, Ward's clusters hold.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.cluster.vq import ClusterError, kmeans2

    labels: Labels = fcluster(linkage(scores, "ward"), k, "maxclust").astype(np.int64) - 1
    if labels.max() + 1 < k:
        raise ValueError(f"the areas do not differ enough for {k} clusters")
    centres = np.array([scores[labels == j].mean(axis=0) for j in range(k)])
    ward = labels
    for _ in range(ROUNDS):
        try:
            centres, found = kmeans2(scores, centres, iter=2, minit="matrix", missing="raise")
        except ClusterError:
            return ward
        if (found == labels).all():
            return labels
        labels = found.astype(np.int64)
    return labels


def by_burden(scores: Array, labels: Labels) -> Labels:
    """The labels renumbered from 1 by the mean of all scores of a cluster, lowest first."""
    means = [scores[labels == j].mean() for j in range(labels.max() + 1)]
    return np.argsort(np.argsort(means, kind="stable"))[labels] + 1


def quality(scores: pd.DataFrame, numbers: range = range(2, 9)) -> pd.DataFrame:
    """How well k clusters describe the areas, one row per k for which the areas differ enough.

    ``silhouette``: mean silhouette width (P. J. Rousseeuw, J. Comput. Appl. Math. 20 (1987), 53–65), from −1 to 1,
    high is good. ``within``: the share of the variance that lies within the clusters, always falling with k. ``worst``:
    the number of areas of the most burdened cluster.
    """
    from sklearn.metrics import silhouette_score

    points = scores.sort_values(list(scores.columns)).to_numpy(dtype=float)
    total = float(((points - points.mean(axis=0)) ** 2).sum())
    rows = {}
    for k in (k for k in numbers if k < len(points)):
        try:
            labels = partition(points, k)
        except ValueError:
            break
        within = sum(float(((own - own.mean(axis=0)) ** 2).sum()) for own in (points[labels == j] for j in range(k)))
        worst = int((by_burden(points, labels) == k).sum())
        rows[k] = {"silhouette": float(silhouette_score(points, labels)), "within": within / total, "worst": worst}
    return pd.DataFrame.from_dict(rows, orient="index")


def preferred(table: pd.DataFrame) -> tuple[int, int]:
    """The k with the widest silhouette, and the k at the bend of the variance within the clusters.

    The bend is where the gain of the step to k exceeds the gain of the next step most.
    """
    within = np.concatenate([[1.0], table["within"].to_numpy(dtype=float)])
    gain = -np.diff(within)
    numbers = table.index.to_numpy(dtype=np.int64)
    bend = int(np.argmax(gain[:-1] - gain[1:])) if len(gain) > 1 else 0
    return int(numbers[int(np.argmax(table["silhouette"].to_numpy()))]), int(numbers[bend])

"""The count cube: every feature for every area of every level and every Stichtag, before disclosure control."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sozialbericht.data.tableset import lives
from sozialbericht.status import PRECEDENCE, Status

KEYS = ["merkmal", "stichtag"]


def aggregate(values: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Counts of all levels from the delivered ones.

    ``values`` has the columns raum_id, merkmal, stichtag, wert, status; ``areas`` is indexed by raum_id with the
    column teil_von. A higher level is the sum of its parts that exist on the day (``gueltig_von``, ``gueltig_bis``),
    unless it was delivered itself: then that row holds.
    The status of a sum is the one of its parts that comes last in
    :data:`sozialbericht.status.PRECEDENCE`; a part that is absent counts as missing.
    Returns raum_id, merkmal, stichtag, wert, status, rest: ``rest`` is what a delivered row has beyond its
    parts (*räumlich nicht zuordenbar*), 0 elsewhere, NaN where a part has no number.
    """
    rank = {status: place for place, status in enumerate(PRECEDENCE)}
    cube = values.loc[:, ["raum_id", *KEYS, "wert", "status"]].copy()
    cube["rest"] = 0.0
    there = lives(areas, cube["stichtag"].unique())
    expected = there.groupby(areas["teil_von"]).sum().stack()
    for parents in _levels_upwards(areas):
        children = cube[cube["raum_id"].map(areas["teil_von"]).isin(parents)]
        children = children.assign(parent=children["raum_id"].map(areas["teil_von"]), rank=children["status"].map(rank))
        groups = children.groupby(["parent", *KEYS], observed=True)
        sums = groups.agg(
            wert=("wert", "sum"), rank=("rank", "max"), teile=("raum_id", "size"), zahlen=("wert", "count")
        )
        sums = sums.reset_index()
        wanted = expected.reindex(pd.MultiIndex.from_frame(sums[["parent", "stichtag"]])).to_numpy()
        incomplete = sums["teile"].to_numpy() < wanted
        sums.loc[incomplete, "rank"] = len(PRECEDENCE) - 1
        sums["status"] = np.asarray(PRECEDENCE, dtype=object)[sums["rank"].to_numpy(dtype=int)]
        sums.loc[(sums["rank"] > rank[Status.UNRELIABLE]) | (sums["zahlen"] < sums["teile"]), "wert"] = np.nan
        sums = sums.rename(columns={"parent": "raum_id"})

        delivered = cube[cube["raum_id"].isin(parents)]
        both = delivered.merge(sums, on=["raum_id", *KEYS], how="inner", suffixes=("", "_summe"))
        rest = both.set_index(["raum_id", *KEYS])["wert"] - both.set_index(["raum_id", *KEYS])["wert_summe"]
        index = pd.MultiIndex.from_frame(cube[["raum_id", *KEYS]])
        cube["rest"] = np.where(index.isin(rest.index), rest.reindex(index), cube["rest"])
        taken = pd.MultiIndex.from_frame(delivered[["raum_id", *KEYS]])
        new = sums[~pd.MultiIndex.from_frame(sums[["raum_id", *KEYS]]).isin(taken)]
        cube = pd.concat([cube, new[["raum_id", *KEYS, "wert", "status"]].assign(rest=0.0)], ignore_index=True)
    return cube


def _levels_upwards(areas: pd.DataFrame) -> list[list[str]]:
    """The areas that have parts, level by level from the lowest to the whole."""
    parent = areas["teil_von"].where(areas["teil_von"].astype(bool))
    depth = dict.fromkeys(areas.index, 0)
    for area in areas.index:
        above = parent[area]
        while isinstance(above, str) and above:
            depth[area] += 1
            above = parent.get(above)
    inner = set(parent.dropna())
    by_depth: dict[int, list[str]] = {}
    for area in inner:
        by_depth.setdefault(depth[area], []).append(area)
    return [sorted(by_depth[d]) for d in sorted(by_depth, reverse=True)]

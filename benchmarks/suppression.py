"""Disclosure control at size: made cubes of many areas and Merkmale, and one table beside τ-ARGUS.

``python -m benchmarks.suppression PART …`` measures one part in a process of its own and prints it as JSON.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht.data.partitions import Partition
from sozialbericht.disclosure.protection import Protection
from sozialbericht.statistics.cube import aggregate
from sozialbericht.status import Status

#: Areas of a district.
DISTRICT = 13
City = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, list[Partition]]


def city(areas: int, features: int, years: int, seed: int = 1) -> City:
    """A made cube with its catalogue, areas and partitions: a third of the Merkmale are wholes, the others women and
    men of each; from a few persons in the whole city to most of them."""
    chance = np.random.default_rng(seed)
    names = [f"r{n}" for n in range(areas)]
    parents = {"stadt": ""} | {f"b{d}": "stadt" for d in range(-(-areas // DISTRICT))}
    parents |= {name: f"b{n // DISTRICT}" for n, name in enumerate(names)}
    wholes = [f"m{n}" for n in range(features // 3)]
    people = chance.lognormal(7.5, 0.6, areas)
    rows = []
    for year in range(years):
        for place, whole in enumerate(wholes):
            share = min(0.002 * 700 ** (place / max(len(wholes) - 1, 1)), 1) / 2
            parts = {f"{whole}_{sex}": chance.poisson(people * share) for sex in "wm"}
            for name, count in {whole: sum(parts.values()), **parts}.items():
                row = {"raum_id": names, "merkmal": name, "wert": np.asarray(count, dtype=float)}
                rows.append(pd.DataFrame(row).assign(stichtag=pd.Timestamp(f"{2005 + year}-12-31"), status="ok"))
    catalogue = dict.fromkeys(wholes, "") | {f"{name}_{sex}": name for name in wholes for sex in "wm"}
    table = pd.DataFrame({"teil_von": parents})
    declared = [Partition(name, name, (f"{name}_w", f"{name}_m")) for name in wholes]
    features_table = pd.DataFrame({"sensibel": True, "teil_von": catalogue})
    return aggregate(pd.concat(rows, ignore_index=True), table), features_table, table, declared


def ours(made: City) -> dict[str, Any]:
    """Seconds and withheld cells of this report's suppression."""
    started = time.perf_counter()
    protection = Protection(*made)
    withheld = int((protection.cube()["status"] == Status.WITHHELD).sum())
    seconds = time.perf_counter() - started
    kinds = protection.suppression.kinds().value_counts().to_dict()
    unprotected = len(protection.suppression.unprotected)
    found = {"seconds": seconds, "cells": len(made[0]), "withheld": withheld, "unprotected": unprotected}
    return found | {str(kind): count for kind, count in kinds.items()}


def theirs(made: City) -> dict[str, Any]:
    """The same of τ-ARGUS for a table of one whole and its two parts: counts below 3, safety range of 100 %."""
    from pytauargus import protect

    cube, _, areas, declared = made
    lowest = areas.index[~areas.index.isin(areas["teil_von"])]
    leaves = cube[cube["raum_id"].isin(lowest) & cube["merkmal"].isin(declared[0].parts)]
    code = {name: f"R{n:05}" for n, name in enumerate(areas.index)}
    times = leaves["wert"].to_numpy(dtype=int)
    persons = {
        "Raum": np.repeat(leaves["raum_id"].map(code), times),
        "Teil": np.repeat(leaves["merkmal"].str[-1], times),
    }
    with tempfile.TemporaryDirectory() as folder:
        tree = []
        for district in areas.index[areas["teil_von"] == "stadt"]:
            tree += [code[district], *(f"@{code[name]}" for name in areas.index[areas["teil_von"] == district])]
        levels = Path(folder) / "raum.hrc"
        levels.write_text("\n".join(tree) + "\n", encoding="ascii")
        micro = {name: list(values) for name, values in persons.items()} | {"n": [1.0] * int(times.sum())}
        started = time.perf_counter()
        found = protect(
            micro, ["Raum", "Teil"], response="n", safety_rules="FREQ(3,100)", suppress="OPT(1)",
            hrc={"Raum": str(levels)}, hierleadstring="@", workdir=str(Path(folder) / "work"),
        )  # fmt: skip
        seconds = time.perf_counter() - started
        status = list(found.tables[0].status())
    return {"seconds": seconds, "cells": len(status), "withheld": status.count("U") + status.count("M")}


def main() -> None:
    """Measure one part."""
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=("ours", "theirs"))
    parser.add_argument("areas", type=int)
    parser.add_argument("features", type=int)
    parser.add_argument("years", type=int)
    given = parser.parse_args()
    made = city(given.areas, given.features, given.years)
    print(json.dumps({"ours": ours, "theirs": theirs}[given.way](made)))


if __name__ == "__main__":
    main()

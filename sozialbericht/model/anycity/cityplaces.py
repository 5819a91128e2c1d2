"""Cityplaces: the areas of a city, what lies above each of them and where they are."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import shape

from sozialbericht.model.assumptions import day_of, rows

#: Kilometres from one degree of latitude to the next.
DEGREE = 111.2


@dataclass(frozen=True)
class Cityplaces:
    """The areas in the order of their table.

    ``above``: raum_id → the area that it is part of ("" for the city); ``lives``: raum_id → first and last day;
    ``leaves``: those without parts; ``position``: a row each, in km or steps; ``size``: km², 1 where it is not known.
    """

    above: dict[str, str]
    lives: dict[str, tuple[date, date]]
    leaves: list[str]
    position: NDArray[np.float64]
    size: NDArray[np.float64]

    @property
    def city(self) -> str:
        """The whole."""
        return next(area for area, whole in self.above.items() if not whole)

    def parts(self, area: str) -> list[str]:
        """The areas one level below."""
        return [part for part, whole in self.above.items() if whole == area]

    def inside(self, area: str) -> NDArray[np.bool_]:
        """Which leaves belong to an area."""
        return np.array([area in self._line(leaf) for leaf in self.leaves])

    def there(self, day: date) -> NDArray[np.bool_]:
        """Which leaves exist on a day."""
        return np.array([self.lives[leaf][0] <= day <= self.lives[leaf][1] for leaf in self.leaves])

    def _line(self, area: str) -> list[str]:
        line = []
        while area:
            line.append(area)
            area = self.above[area]
        return line


def read(folder: Path) -> Cityplaces:
    """The areas of a data folder; raises ``OSError``, ``KeyError`` or ``ValueError`` where its tables are not whole."""
    table = rows(folder / "raeume.csv")
    above = {row["raum_id"]: row["teil_von"] for row in table}
    wholes = set(above.values())
    lives = {row["raum_id"]: (_day(row["gueltig_von"], date.min), _day(row["gueltig_bis"], date.max)) for row in table}
    leaves = [area for area in above if area not in wholes]
    shapes = _shapes(folder / "raeume.geojson")
    if set(leaves) <= set(shapes):
        points = np.array([shapes[leaf].representative_point().coords[0] for leaf in leaves])
        shrunk = math.cos(math.radians(float(points[:, 1].mean())))
        position = (points - points.mean(axis=0)) * [DEGREE * shrunk, DEGREE]
        size = np.array([shapes[leaf].area for leaf in leaves]) * shrunk * DEGREE**2
    else:  # side by side in the order of the table
        wide = math.ceil(math.sqrt(len(leaves)))
        position = np.array([[k % wide, k // wide] for k in range(len(leaves))], dtype=float)
        position, size = position - position.mean(axis=0), np.ones(len(leaves))
    return Cityplaces(above, lives, leaves, position, size)


def _day(text: str, otherwise: date) -> date:
    if not text:
        return otherwise
    return date.fromisoformat(text) if "-" in text else day_of(text)


def _shapes(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["raum_id"]: shape(feature["geometry"]) for feature in features}

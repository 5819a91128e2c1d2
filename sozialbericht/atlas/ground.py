"""Ground: the areas as a map for the web, projected, simplified with shared borders kept, in whole units."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

#: Width of a map in its units, the margin around the areas, and how far a border may be moved to become simpler.
WIDTH, MARGIN, TOLERANCE = 1000, 4, 0.7


@dataclass(frozen=True)
class Ground:
    """Outlines by raum_id as paths of SVG, in a sheet of ``width`` × ``height`` units of ``metres`` m.

    ``borders`` are the outlines of the areas above as one path; ``labels`` have a point of each area and the side of a
    square of its size. ``above`` has by raum_id path and label of every area of the levels above, made of the same
    corners, so that borders of all levels lie on one another; its size is the diameter of the largest circle in it.
    """

    width: int
    height: int
    metres: float
    paths: dict[str, str]
    borders: str
    labels: dict[str, tuple[int, int, int]]
    above: dict[str, tuple[str, tuple[int, int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: gpd.GeoDataFrame, *above: Sequence[str]) -> Ground:
        """The map of a GeoDataFrame with metric coordinates (index raum_id, columns geometry, label); ``above`` names
        the area that each is part of, for one level or several, the nearest first.
        """
        x0, y0, x1, y1 = frame.total_bounds
        scale = (WIDTH - 2 * MARGIN) / max(x1 - x0, (y1 - y0) / 1.3)
        left = (WIDTH - (x1 - x0) * scale) / 2

        def to_sheet(points: np.ndarray) -> np.ndarray:
            return np.column_stack([left + (points[:, 0] - x0) * scale, MARGIN + (y1 - points[:, 1]) * scale])

        ids = [str(area) for area in frame.index]
        shapes = shapely.coverage_simplify(shapely.transform(frame.geometry.to_numpy(), to_sheet), TOLERANCE)
        points = to_sheet(shapely.get_coordinates(np.asarray(frame["label"], dtype=object)))
        levels = [_merged(shapes, level) for level in above]
        return cls(
            WIDTH,
            math.ceil((y1 - y0) * scale) + 2 * MARGIN,
            round(float(1 / scale), 4),
            {area: path(shape) for area, shape in zip(ids, shapes, strict=True)},
            "".join(path(shape) for level in levels[:1] for shape in level.values()),
            {
                area: (round(x), round(y), round(math.sqrt(shape.area)))
                for area, (x, y), shape in zip(ids, points, shapes, strict=True)
            },
            {area: (path(shape), _middle(shape)) for level in levels for area, shape in level.items()},
        )


def _merged(shapes: Sequence[BaseGeometry], groups: Sequence[str]) -> dict[str, BaseGeometry]:
    """The areas of one level as polygons, by name."""
    return {
        group: shapely.union_all([shape for shape, own in zip(shapes, groups, strict=True) if own == group])
        for group in dict.fromkeys(groups)
    }


def _middle(shape: BaseGeometry) -> tuple[int, int, int]:
    """The place with the most room around it, and the diameter of that room."""
    radius = shapely.maximum_inscribed_circle(shape)
    x, y = shapely.get_coordinates(radius)[0]
    return round(x), round(y), round(2 * shapely.length(radius))


def path(shape: BaseGeometry) -> str:
    """A polygon or several as a path of SVG in whole units; what is smaller than a unit keeps a triangle."""
    return "".join(_ring(ring) for polygon in shapely.get_parts(shape) for ring in _rings(polygon))


def _rings(polygon: BaseGeometry) -> Iterable[np.ndarray]:
    return (shapely.get_coordinates(ring) for ring in shapely.get_rings(polygon))


def _ring(points: np.ndarray) -> str:
    whole = np.rint(points).astype(int)
    moved = np.r_[True, np.any(np.diff(whole, axis=0) != 0, axis=1)]
    corners = whole[moved][:-1] if moved.sum() > 3 else whole[:1]
    if len(corners) < 3:
        x, y = corners[0]
        return f"M{x} {y}h1l-1 1z"
    steps = np.diff(corners, axis=0)
    return f"M{corners[0][0]} {corners[0][1]}l{' '.join(f'{x} {y}' for x, y in steps).replace(' -', '-')}z"

"""An invented city of any number of square areas."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from sozialbericht.position import Position

City = tuple[gpd.GeoDataFrame, pd.Series]


@pytest.fixture
def city() -> Callable[..., City]:
    """A city of ``count`` squares of 2 km in rows of ``columns``; districts are pairs of columns."""

    def build(count: int = 6, columns: int = 3, names: tuple[str, ...] = ("Nord-Ost", "Süd")) -> City:
        corners = [(400_000 + 2000 * (i % columns), 5_700_000 - 2000 * (i // columns)) for i in range(count)]
        shapes = [shapely.box(x, y, x + 2000, y + 2000) for x, y in corners]
        ids = [f"sr_{i + 1}" for i in range(count)]
        frame = gpd.GeoDataFrame({"nummer": range(1, count + 1)}, index=ids, geometry=shapes, crs=25832)
        frame["label"] = frame.geometry.centroid
        return frame, pd.Series([names[(i // 2) % len(names)] for i in range(count)], index=ids)

    return build


@pytest.fixture
def ranks() -> Callable[..., pd.DataFrame]:
    """Rows of a ranked chart with values between two bounds."""

    def build(count: int = 6, low: float = 5.0, high: float = 25.0) -> pd.DataFrame:
        wert = np.linspace(low, high, count)
        width = (high - low) / 40
        return pd.DataFrame(
            {
                "nummer": range(1, count + 1),
                "kurzname": [f"Gebiet {i + 1}" for i in range(count)],
                "wert": wert,
                "unten": wert - width,
                "oben": wert + width,
                "lage": [Position.WITHIN if i % 2 else Position.ABOVE for i in range(count)],
                "status": "ok",
            }
        )

    return build

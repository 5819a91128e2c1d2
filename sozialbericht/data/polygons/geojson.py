"""GeoJSON: the features read one by one, so that each fault names its polygon."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sozialbericht.data.faultlist import Findings
from sozialbericht.data.polygons import systems
from sozialbericht.data.reading.jsontext import read_json

if TYPE_CHECKING:
    import geopandas as gpd


def read(path: Path, file: str, findings: Findings) -> gpd.GeoDataFrame | None:
    """The polygons of a GeoJSON by raum_id, as they stand there; None and faults where it is not in order."""
    import geopandas as gpd

    content = read_json(path, file, findings)
    if content is None:
        if not len(findings):
            _nothing(file, findings)
        return None
    features = content.get("features") if isinstance(content, dict) else None
    if (
        not isinstance(features, list)
        or not features
        or content.get("type", "FeatureCollection") != "FeatureCollection"
    ):
        _nothing(file, findings)
        return None
    crs = systems.of_geojson(content, file, findings)
    if crs is None:
        return None
    before = len(findings)
    names, shapes = [], []
    for number, feature in enumerate(features, start=1):
        if name := _name(number, feature, file, findings):
            names.append(name)
            shapes.append(_shape(feature))
    if len(findings) > before:
        return None
    return gpd.GeoDataFrame({"geometry": shapes}, index=pd.Index(names, name="raum_id", dtype=object), crs=crs)


def no_name(number: int, file: str, findings: Findings) -> None:
    """Note a polygon of no area."""
    findings.add(
        "Fläche ohne Gebiet",
        file,
        f"Die {number}. Fläche hat keine Eigenschaft raum_id.",
        "Tragen Sie den Schlüssel des Gebiets ein.",
        column="raum_id",
    )


def _nothing(file: str, findings: Findings) -> None:
    findings.add(
        "keine Flächen",
        file,
        "Die Datei enthält keine Flächen (FeatureCollection).",
        "Speichern Sie sie im GIS neu als GeoJSON.",
    )


def _name(number: int, feature: Any, file: str, findings: Findings) -> str:
    """The area of a feature; "" and a fault where there is none."""
    if not isinstance(feature, dict) or feature.get("type", "Feature") != "Feature":
        what = f"Die {number}. Fläche ist unvollständig: Sie ist kein Objekt vom Typ „Feature“."
        findings.add("unvollständige Fläche", file, what, "Speichern Sie die Flächen im GIS neu als GeoJSON.")
        return ""
    properties = feature.get("properties")
    name = properties.get("raum_id") if isinstance(properties, dict) else None
    if not isinstance(name, str) or not name.strip():
        no_name(number, file, findings)
        return ""
    return name.strip()


def _shape(feature: dict[str, Any]) -> Any:
    """The geometry of a feature, None where it is none."""
    from shapely.geometry import shape

    try:
        return shape(feature["geometry"])
    except Exception:  # shapely and numpy raise many kinds for odd coordinates
        return None

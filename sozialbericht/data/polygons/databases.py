"""GeoPackages and Shapefiles: the one layer with the areas, read by GDAL from nothing but what the name promises."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sozialbericht.data.faultlist import Findings, listed, quoted
from sozialbericht.data.files import inside, read_bytes
from sozialbericht.data.polygons import systems
from sozialbericht.data.polygons.geojson import no_name

if TYPE_CHECKING:
    import geopandas as gpd

_STARTS = {".gpkg": (b"SQLite format 3\x00", "kein GeoPackage"), ".shp": (b"\x00\x00\x27\x0a", "kein Shapefile")}
_BESIDE = (".shx", ".dbf", ".prj")
_KIND = "Geometrie nicht lesbar"
_SAVE = "Speichern Sie sie im GIS neu; zu einem Shapefile gehören auch .shx, .dbf und .prj."


def read(path: Path, file: str, layer: str, findings: Findings) -> gpd.GeoDataFrame | None:
    """The polygons of a GeoPackage or Shapefile by raum_id; ``layer`` is its declared layer, "" where none is."""
    import geopandas as gpd

    if not _whole(path, file, findings):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            chosen = _layer(path, file, layer, findings)
            if chosen is None:
                return None
            frame = gpd.read_file(path, layer=chosen)
    except Exception as error:  # GDAL's drivers raise many kinds
        what = f"Die Datei lässt sich nicht als Geometrie lesen ({str(error)[:120]})."
        findings.add(_KIND, file, what, _SAVE)
        return None
    if "raum_id" not in frame.columns or "geometry" not in frame.columns:
        columns = [name for name in frame.columns if name != "geometry"]
        findings.add(
            "Spalte fehlt",
            file,
            f"Die Spalte fehlt; gefunden wurden: {listed(columns, 12) or 'keine'}.",
            "Ergänzen Sie die Schlüssel der Gebiete.",
            column="raum_id",
        )
        return None
    if frame.empty:
        findings.add("keine Flächen", file, f"Die Ebene {quoted(chosen)} enthält keine Flächen.", _SAVE)
        return None
    return _named(frame, file, findings)


def _named(frame: Any, file: str, findings: Findings) -> gpd.GeoDataFrame | None:
    """The polygons by raum_id in a usable coordinate system."""
    import geopandas as gpd

    if frame.crs is None:
        findings.add(
            systems.KIND,
            file,
            "Das Koordinatensystem fehlt.",
            "Zu einem Shapefile gehört die Datei .prj; sonst im GIS das Koordinatensystem zuweisen.",
        )
        return None
    crs = systems.usable(frame.crs, file, findings)
    if crs is None:
        return None
    names = frame["raum_id"].fillna("").astype(str).str.strip()
    empty = np.flatnonzero(names == "") + 1
    for number in empty:
        no_name(int(number), file, findings)
    if len(empty):
        return None
    index = pd.Index(names, name="raum_id", dtype=object)
    return gpd.GeoDataFrame({"geometry": frame.geometry.array}, index=index, crs=frame.crs).set_crs(
        crs, allow_override=True
    )


def _whole(path: Path, file: str, findings: Findings) -> bool:
    """Whether the file is what its name says and all that belongs to it is there; notes what is not."""
    content = read_bytes(path, file, findings)
    if content is None:
        return False
    start, title = _STARTS[path.suffix.lower()]
    if not content.startswith(start):
        findings.add(_KIND, file, f"Die Datei lässt sich nicht als Geometrie lesen; sie ist {title}.", _SAVE)
        return False
    if path.suffix.lower() != ".shp":
        return True
    missing = [ending for ending in _BESIDE if not path.with_suffix(ending).is_file()]
    if missing:
        what = f"Zum Shapefile fehlt {' und '.join(path.with_suffix(ending).name for ending in missing)}."
        remedy = "Legen Sie alle Dateien des Shapefiles in den Datenordner: .shp, .shx, .dbf und .prj."
        findings.add("Shapefile unvollständig", file, what, remedy)
        return False
    return all(
        inside(path.with_suffix(e), path.parent, Path(file).with_suffix(e).as_posix(), findings) for e in _BESIDE
    )


def _layer(path: Path, file: str, declared: str, findings: Findings) -> str | None:
    """The layer with the areas: the declared one, or the only one that has geometries."""
    import pyogrio

    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if declared and declared in layers:
        return declared
    if declared or len(layers) != 1:
        found = listed(map(quoted, layers), 12) if layers else "keine"
        what = f"Die Datei enthält mehrere Ebenen mit Flächen: {found}."
        remedy = "Nennen Sie die gültige in datapackage.json bei der Geometrie („layer“) oder löschen Sie die anderen."
        if declared or not layers:
            what = f"Die Datei enthält die Ebene {quoted(declared)} nicht; gefunden wurden: {found}."
            what = what if declared else "Die Datei enthält keine Ebene mit Flächen."
        findings.add("Ebenen", file, what, remedy if layers else _SAVE)
        return None
    return layers[0]

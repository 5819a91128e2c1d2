"""Arealist: the areas as a file has them, polygons of any coordinate system or a table without polygons."""

from __future__ import annotations

import unicodedata
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sozialbericht.data.faultlist import Findings, listed, quoted
from sozialbericht.data.polygons import systems
from sozialbericht.data.reading.encodings import destroyed
from sozialbericht.faults import Fault, InputError
from sozialbericht.scaffold.given import officetable
from sozialbericht.scaffold.given.brief import POLYGONS, SCHEMATIC, TABLES

if TYPE_CHECKING:
    import geopandas as gpd

#: Where a drawing without a place on earth is laid (degrees), and how large its areas are then in the mean (m²).
PLACE, SIZE = (10.0, 51.0), 2e6
#: The columns by whose names the key and the name of an area are guessed.
KEYS = ("schluessel", "schlüssel", "key", "id", "raum_id", "raumid", "nummer", "nr", "code", "plr_id", "polyid")
NAMES = ("name", "bezeichnung", "gebiet", "raum_name", "plr_name", "stadtteil", "label")


@dataclass(frozen=True)
class Arealist:
    """The areas of a file: the cells of each column, one row per area, and the polygons in WGS 84 where it has any.

    ``place`` is the file in messages, ``lines`` what a message counts: the lines of a table, the number of a polygon.
    """

    place: str
    columns: dict[str, list[str]]
    lines: list[int]
    shapes: gpd.GeoSeries | None = None
    schematic: bool = False

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str, option: str) -> list[str]:
        """The cells of a column that ``option`` names; raises :class:`InputError` where there is none."""
        if name in self.columns:
            return self.columns[name]
        what = f"Die Spalte „{name}“ gibt es in {self.place} nicht."
        raise InputError([Fault(option, what, f"Gefunden wurden: {listed(self.columns, 25)}.")])

    def guess(self, usual: tuple[str, ...]) -> str:
        """The column with a usual name, unless half of it is empty or repeats; "" if there is none."""
        for name in sorted(self.columns, key=lambda c: usual.index(c.casefold()) if c.casefold() in usual else 99):
            cells = self.columns[name]
            if name.casefold() in usual and 2 * len(set(filter(None, cells))) >= len(cells):
                return name
        return ""

    def where(self, row: int) -> str:
        """The place of an area for messages: ``124. Fläche bei 13,3145° O, 52,4649° N`` or its line."""
        if self.shapes is None:
            return f"Zeile {self.lines[row]}"
        point = self.shapes.iloc[row].representative_point()
        east, north = (f"{v:.3f}".replace(".", ",") for v in (point.x, point.y))
        return f"{self.lines[row]}. Fläche bei {east}° O, {north}° N"

    def apart(self, first: int, second: int) -> float:
        """The kilometres between the polygons of two areas, 0 where they touch or have none."""
        if self.shapes is None:
            return 0.0
        both = self.shapes.iloc[[first, second]].to_crs(self.shapes.estimate_utm_crs())
        return float(both.iloc[0].distance(both.iloc[1])) / 1000

    def beside(self, row: int) -> list[int]:
        """The rows of the areas that touch one."""
        if self.shapes is None:
            return []
        touching = self.shapes.sindex.query(self.shapes.iloc[row], predicate="intersects")
        return sorted(int(at) for at in touching if at != row)


def read(path: Path, *, layer: str = "", crs: str = "") -> Arealist:
    """The areas of a file; raises :class:`InputError` with every fault."""
    if not path.is_file():
        raise InputError([Fault(str(path), "Die Datei fehlt.", "Den Pfad der Datei mit den Gebieten prüfen.")])
    ending = path.suffix.lower()
    if ending in TABLES:
        table = officetable.read(path)
        columns = {name: table.cells(name) for name in table.head}
        return Arealist(table.place, columns, [line for line, _ in table.rows])
    if ending in POLYGONS:
        return _polygons(path, layer, crs)
    what = f"Eine Datei der Art {ending or 'ohne Endung'} kann der Bericht nicht lesen."
    raise InputError([Fault(str(path), what, f"Flächen: {', '.join(POLYGONS)}; eine Liste: {', '.join(TABLES)}.")])


def _polygons(path: Path, layer: str, crs: str) -> Arealist:
    """The features of a GeoJSON, GeoPackage or Shapefile."""
    findings = Findings(path.parent)
    place = findings.place(path.name)
    frame = _frame(path, layer, place)
    empty = [n for n, g in enumerate(frame.geometry, start=1) if g is None or g.is_empty]
    others = [n for n, g in enumerate(frame.geometry, start=1) if n not in empty and "Polygon" not in g.geom_type]
    for numbers, what in ((empty, "leer"), (others, "keine Fläche, sondern ein Punkt oder eine Linie")):
        if numbers:
            which = f"{listed(f'{n}.' for n in numbers)} Fläche"
            findings.add("Fläche", path.name, f"Die {which} ist {what}.", "Im GIS löschen oder ergänzen.")
    if frame.empty:
        findings.add("Fläche", path.name, "Die Datei enthält keine Flächen.", "Die Gebiete im GIS neu speichern.")
    columns = {str(name): [_text(v) for v in frame[name]] for name in frame.columns if name != frame.geometry.name}
    if torn := next((cell for cells in columns.values() for cell in cells if destroyed(cell)), ""):
        what = f"Umlaute sind zerstört: {quoted(torn)}."
        findings.add("Kodierung", path.name, what, "Im GIS als GeoJSON oder GeoPackage neu speichern.")
    schematic = crs.casefold() == SCHEMATIC
    shapes = None if len(findings) else _in_degrees(frame, path.name, crs, findings)
    if shapes is None:
        raise InputError(findings.faults())
    return Arealist(place, columns, list(range(1, len(frame) + 1)), shapes, schematic)


def _frame(path: Path, layer: str, place: str) -> Any:
    """The file as GDAL reads it; texts in UTF-8 where the file does not say how they are kept and that fits."""
    import geopandas as gpd
    import pyogrio

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
            if layer not in layers and (layer or len(layers) != 1):
                what = f"Welche Ebene der Datei die Gebiete enthält, ist nicht gesagt: {listed(layers, 12) or 'keine'}."
                raise InputError([Fault(place, what, "Sie mit --layer nennen.")])
            frame = gpd.read_file(path, layer=layer or layers[0])
            if path.suffix.lower() == ".shp" and any(destroyed(str(v)) for v in frame.select_dtypes("object").stack()):
                frame = gpd.read_file(path, layer=layer or layers[0], encoding="utf-8")
    except InputError:
        raise
    except Exception as error:  # GDAL's drivers raise many kinds
        what = f"Die Datei lässt sich nicht als Geometrie lesen ({str(error)[:120]})."
        remedy = "Im GIS neu speichern; zu einem Shapefile gehören auch .shx, .dbf und .prj."
        raise InputError([Fault(place, what, remedy)]) from error
    if "geometry" not in frame.columns:
        raise InputError([Fault(place, "Die Datei enthält keine Flächen.", "Eine Datei mit den Gebieten nennen.")])
    return frame


def _text(value: object) -> str:
    """A property as text, as it stands there: ``01011101`` keeps its zero, a whole number has no decimals."""
    if value is None or (isinstance(value, float) and not np.isfinite(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFC", " ".join(str(value).split()))


def _in_degrees(frame: Any, file: str, crs: str, findings: Findings) -> gpd.GeoSeries | None:
    """The polygons in WGS 84, or None and a fault."""
    import shapely

    shapes = frame.geometry.force_2d()
    if crs.casefold() == SCHEMATIC:
        return _laid(shapes)
    if crs:
        declared = systems.usable(crs, "--crs", findings)
        shapes = None if declared is None else shapes.set_crs(declared, allow_override=True)
    elif shapes.crs is None:
        west, south, east, north = shapes.total_bounds
        metres = min(west, 1e6 - east) > 2e5 and min(south, 1.15e7 - north) > 5e6
        likely = "Vermutlich --crs EPSG:25832." if metres else f"Ohne Ort auf der Erde: --crs {SCHEMATIC}."
        reach = f"von {west:.6g}, {south:.6g} bis {east:.6g}, {north:.6g}"
        what = f"Das Koordinatensystem fehlt; die Koordinaten reichen {reach}."
        findings.add(systems.KIND, file, what, f"Mit --crs nennen, z. B. --crs EPSG:25832. {likely}")
        return None
    elif systems.usable(shapes.crs, file, findings) is None:
        return None
    if shapes is None:
        return None
    placed: Any = shapes.to_crs(4326)
    if not np.isfinite(shapely.get_coordinates(placed.to_numpy())).all():
        what = "Die Koordinaten liegen außerhalb des angegebenen Koordinatensystems."
        findings.add(systems.KIND, file, what, "Das richtige mit --crs nennen.")
        return None
    return placed


def _laid(shapes: Any) -> gpd.GeoSeries:
    """Polygons of a drawing, to the size of areas of a city and in a place where all maps are drawn in metres."""
    import geopandas as gpd
    import shapely

    west, south, east, north = shapes.total_bounds
    scale = float(np.sqrt(SIZE * len(shapes) / shapes.area.sum()))
    centre = gpd.GeoSeries(gpd.points_from_xy([PLACE[0]], [PLACE[1]]), crs=4326).to_crs(25832).iloc[0]
    middle = np.array([(west + east) / 2, (south + north) / 2])
    place = np.array([centre.x, centre.y])
    moved = shapely.transform(shapes.to_numpy(), lambda points: (points - middle) * scale + place)
    return gpd.GeoSeries(moved, crs=25832).to_crs(4326)

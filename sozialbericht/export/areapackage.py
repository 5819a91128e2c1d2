"""Area package: the smallest areas with their values as a GeoPackage, for geographic information systems.

https://www.geopackage.org/spec/ – a table ``gebiete``; the date in its contents is the report's.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyogrio

from sozialbericht.export.opendata import OpenData

LAYER = "gebiete"
#: By this option GDAL takes a given time for the current one.
_NOW = "OGR_CURRENT_DATE"


def content(data: OpenData) -> bytes | None:
    """The file but for its description; None where there are no polygons."""
    frame = data.joined()
    if frame is None:
        return None
    before = pyogrio.get_gdal_config_option(_NOW)
    pyogrio.set_gdal_config_options({_NOW: f"{data.moment:%Y-%m-%dT%H:%M:%S.000Z}"})
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "gebiete.gpkg")
            pyogrio.write_dataframe(
                frame, path, layer=LAYER, driver="GPKG",
                layer_options={"IDENTIFIER": data.title},
            )  # fmt: skip
            return path.read_bytes()
    finally:
        pyogrio.set_gdal_config_options({_NOW: before})

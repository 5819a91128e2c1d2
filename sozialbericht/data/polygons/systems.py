"""Coordinate systems: what a file declares, and whether it is one in which areas can be drawn."""

from __future__ import annotations

import warnings
from typing import Any

from sozialbericht.data.faultlist import Findings, quoted

KIND = "Koordinatensystem"
SAVE = "Speichern Sie die Flächen in WGS 84 (EPSG:4326)."

_TITLES = {
    "Vertical CRS": "ein Höhensystem",
    "Geocentric CRS": "ein geozentrisches System",
    "Engineering CRS": "ein örtliches System ohne Bezug zur Erde",
    "Other Coordinate System": "kein System für Karten",
}


def of_geojson(content: dict[str, Any], file: str, findings: Findings) -> Any:
    """The coordinate system of a GeoJSON: WGS 84 where it declares none; None and a fault for any odd one."""
    declared = content.get("crs")
    if declared is None:
        return usable("OGC:CRS84", file, findings)
    properties = declared.get("properties") if isinstance(declared, dict) else None
    name = None
    if isinstance(properties, dict):
        code = properties.get("code")
        name = properties.get("name", f"EPSG:{code}" if isinstance(code, int) else None)
    if not isinstance(name, str) or not name.strip():
        shown = declared if isinstance(declared, str) else str(declared)[:60]
        findings.add(
            KIND,
            file,
            f"Die Angabe „crs“ hat nicht die Form, in der GeoJSON ein Koordinatensystem nennt: {quoted(shown[:60])}.",
            f"{SAVE} Dann entfällt „crs“.",
            column="crs",
        )
        return None
    return usable(name, file, findings)


def usable(declared: Any, file: str, findings: Findings) -> Any:
    """A declared system in two dimensions, or None and a fault."""
    import pyproj

    shown = str(declared)[:80]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            crs = flat(pyproj.CRS.from_user_input(declared))
            title = _TITLES.get(crs.type_name, "")
            shown = crs.name if not isinstance(declared, str) else shown
            fits = (crs.is_geographic or crs.is_projected) and len(crs.axis_info) == 2
        except Exception:  # pyproj raises CRSError, and others for odd texts
            what = f"Das Koordinatensystem {quoted(shown)} ist unbekannt."
            findings.add(KIND, file, what, SAVE, column="crs")
            return None
    if not fits:
        what = (
            f"Das Koordinatensystem {quoted(shown)} taugt nicht für Flächen; es ist "
            f"{title or 'kein System für Karten'}."
        )
        findings.add(KIND, file, what, SAVE, column="crs")
        return None
    return crs


def flat(crs: Any) -> Any:
    """The part of a system that places points on a map, without heights."""
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    if crs.is_bound:
        crs = crs.source_crs
    return crs.to_2d() if len(crs.axis_info) > 2 else crs

"""Data folders: the small city with one to three things broken."""

import json
import shutil
import warnings
import zipfile
from pathlib import Path

import openpyxl
from hypothesis import strategies as st

from . import values
from .mutations import big, change_bytes, change_json, change_table, encode, lines_of

CITY = Path(__file__).parents[1] / "stadt"
TABLES = ("raeume.csv", "merkmale.csv", "indikatoren.csv", "brueche.csv", "werte/2005.csv", "werte/2006.csv")
JSON = ("datapackage.json", "raeume.geojson")


def break_city(folder: Path, draw):
    """Copy the small city and break it."""
    shutil.copytree(CITY, folder)
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
        kind = draw(
            st.sampled_from(
                ["table"] * 4
                + ["json"] * 4
                + ["bytes", "encode", "vertex", "vertex", "crs", "workbook", "workbook", "files", "database"]
            )
        )
        try:
            KINDS[kind](folder, draw)
        except Exception:
            continue  # an earlier change has left nothing to change


def _table(folder, draw):
    change_table(folder / draw(st.sampled_from(TABLES)), draw)


def _json(folder, draw):
    change_json(folder / draw(st.sampled_from(JSON)), draw)


def _bytes(folder, draw):
    change_bytes(folder / draw(st.sampled_from(TABLES + JSON)), draw)


def _encode(folder, draw):
    encode(folder / draw(st.sampled_from(TABLES + JSON)), draw)


def _vertex(folder, draw):
    path = folder / "raeume.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    features = content["features"]
    chosen = features if draw(st.booleans()) else [features[draw(big) % len(features)]]
    kind = draw(st.sampled_from(["move", "scale", "swap", "one", "height", "reverse", "flat"]))
    x, y = draw(values.numbers), draw(values.numbers)
    for feature in chosen:
        ring = feature["geometry"]["coordinates"][0]
        at = draw(big) % len(ring) if kind == "one" else 0
        for number, point in enumerate(ring):
            if kind == "move" or (kind == "one" and number == at):
                point[:2] = [point[0] + x, point[1] + y]
            elif kind == "scale":
                point[:2] = [point[0] * x, point[1] * y]
            elif kind == "swap":
                point[:2] = [point[1], point[0]]
            elif kind == "height":
                point.append(x)
            elif kind == "flat":
                point[1] = ring[0][1]
        if kind == "reverse":
            ring.reverse()
    path.write_text(json.dumps(content), encoding="utf-8")


def _crs(folder, draw):
    path = folder / "raeume.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    name = draw(
        st.sampled_from(
            [
                "EPSG:25832",
                "EPSG:4979",
                "EPSG:5555",
                "EPSG:4978",
                "EPSG:5783",
                "EPSG:999999",
                "EPSG:31467",
                'LOCAL_CS["x"]',
                "",
                "x",
                "+proj=utm +zone=32",
                4326,
                None,
            ]
        )
    )
    content["crs"] = draw(
        st.sampled_from(
            [
                {"type": "name", "properties": {"name": name}},
                {"properties": name},
                name,
                {"type": "EPSG", "properties": {"code": name}},
                [name],
            ]
        )
    )
    path.write_text(json.dumps(content), encoding="utf-8")


def _workbook(folder, draw):
    """Make a table a workbook and break this."""
    source = folder / draw(st.sampled_from(TABLES))
    book = openpyxl.Workbook()
    sheet = book.active
    for line in lines_of(source):
        if line:
            sheet.append([int(c) if c.isdecimal() and c.isascii() and len(c) < 15 else c for c in line.split(";")])
    kind = draw(st.sampled_from([*SHEETS, "dimension", "xml", "zip", "name"]))
    if kind in SHEETS:
        SHEETS[kind](book, sheet, sheet.cell(draw(big) % sheet.max_row + 1, draw(big) % sheet.max_column + 1), draw)
    path = source.with_suffix(".xlsx")
    book.save(path)
    source.unlink()
    if kind in ("dimension", "xml"):
        _change_part(path, draw, kind)
    elif kind == "zip":
        change_bytes(path, draw)
    elif kind == "name":
        path.rename(source)


def _format(book, sheet, cell, draw):
    cell.number_format = draw(st.sampled_from(["0%", "0,", '0" *"', ";;;", "dd.mm.yyyy", "[$-407]0", "@", "hh:mm"]))


def _value(book, sheet, cell, draw):
    cell.value = draw(st.sampled_from([True, 1.5, "#REF!", 0.1 + 0.2, 1e300, "12 *", "_x000D_", "'12", 10**17, "=1+1"]))


def _hide(book, sheet, cell, draw):
    holder, name = draw(
        st.sampled_from([(sheet.row_dimensions, cell.row), (sheet.column_dimensions, cell.column_letter)])
    )
    holder[name].hidden = True


def _merge(book, sheet, cell, draw):
    sheet.merge_cells(start_row=cell.row, end_row=cell.row + 1, start_column=cell.column, end_column=cell.column + 1)


def _sheet(book, sheet, cell, draw):
    more = book.create_sheet("Zweites", draw(st.sampled_from([0, 1])))
    more.append([c.value for c in sheet[1]] if draw(st.booleans()) else ["x"])
    more.sheet_state = draw(st.sampled_from(["visible", "hidden", "veryHidden"]))


def _far(book, sheet, cell, draw):
    sheet.cell(1_048_576, 3).font = openpyxl.styles.Font(bold=True)


SHEETS = {"value": _value, "format": _format, "hide": _hide, "merge": _merge, "sheet": _sheet, "far": _far}


def _change_part(path, draw, kind):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml" if kind == "dimension" else sorted(parts)[draw(big) % len(parts)]
    content = bytearray(parts[name])
    if kind == "dimension":
        start = content.index(b'ref="') + 5
        content[start : content.index(b'"', start)] = draw(st.sampled_from([b"A1", b"A1:B2", b"A1:XFD1048576", b"x"]))
    else:
        at = draw(big) % len(content)
        content[at : at + draw(st.integers(0, 6))] = draw(st.binary(max_size=6))
    parts[name] = bytes(content)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)


def _files(folder, draw):
    path = folder / draw(st.sampled_from(TABLES + JSON))
    kind = draw(st.sampled_from(["delete", "empty", "swap", "link", "folder", "rename", "more"]))
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "swap":
        shutil.copy(folder / draw(st.sampled_from(TABLES + JSON)), path)
    elif kind == "more":
        shutil.copy(
            path,
            path.with_name(draw(st.sampled_from(["2009.csv", "2006.xlsx", "x.csv", "2006 (2).csv", "nachbarn.csv"]))),
        )
    else:
        path.unlink()
        if kind == "link":
            path.symlink_to(CITY / "merkmale.csv")
        elif kind == "folder":
            path.mkdir()
        elif kind == "rename":
            shutil.copy(
                CITY / "merkmale.csv",
                path.with_suffix(draw(st.sampled_from([".xlsx", ".txt", ".gpkg", ".CSV", ".ods"]))),
            )


def _database(folder, draw):
    """Make the polygons a GeoPackage or Shapefile and break this."""
    import geopandas as gpd

    path = folder / "raeume.geojson"
    ending = draw(st.sampled_from([".gpkg", ".shp"]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gpd.read_file(path).to_crs(draw(st.sampled_from([25832, 4326, 3857]))).to_file(path.with_suffix(ending))
    path.unlink()
    beside = sorted(folder.glob("raeume.[!cg]*") if ending == ".shp" else folder.glob("raeume.gpkg"))
    chosen = beside[draw(big) % len(beside)]
    if draw(st.booleans()) or ending == ".gpkg":
        change_bytes(chosen, draw)
    else:
        chosen.unlink()


KINDS = {
    "table": _table, "json": _json, "bytes": _bytes, "encode": _encode, "vertex": _vertex, "crs": _crs,
    "workbook": _workbook,
    "files": _files, "database": _database,
}  # fmt: skip

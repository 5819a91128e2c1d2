"""Edition mark: the Kennung of a report put into a workbook and a map that were made before it was known."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
import zipfile
from collections.abc import Mapping


def workbook(parts: Mapping[str, bytes], mark: str, edition: str, moment: dt.datetime) -> bytes:
    """The workbook of these parts, with the Kennung wherever the ``mark`` stands; everything in its archive carries one
    date."""
    out = io.BytesIO()
    day = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, date_time=day)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(info, parts[name].replace(mark.encode(), edition.encode()))
    return out.getvalue()


def geopackage(content: bytes, description: str) -> bytes:
    """The map with what its contents say of it."""
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(content)
        with database:
            database.execute("UPDATE gpkg_contents SET description = ?", [description])
        return database.serialize()
    finally:
        database.close()

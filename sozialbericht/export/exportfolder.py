"""Export folder: all files of the open data of one report, made in one place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from sozialbericht.export.fielddictionary import Field
    from sozialbericht.export.opendata import OpenData

#: The folder in a publication.
NAME = "daten"
#: The record for the web pages; it goes into them and is no file of the folder.
PAGES = "schema.org"


def files(data: OpenData) -> dict[str, bytes]:
    """The content of all files by name, and under :data:`PAGES` the record for the web pages."""
    from sozialbericht.disclosure import opencounts
    from sozialbericht.export import areapackage, datarecord, exportbook, fielddictionary, tidytable

    tables = data.tables
    areas = tables.areas.rename_axis("raum_id").reset_index()
    found = {
        "werte.csv": tidytable.text(_names(fielddictionary.VALUES), data.rows()),
        opencounts.NAME: data.counts,
        "raeume.csv": _table(areas, fielddictionary.AREAS, data.kind),
        "indikatoren.csv": _table(tables.indicators.rename_axis("indikator").reset_index(), fielddictionary.INDICATORS),
        "merkmale.csv": _table(tables.features.rename_axis("merkmal").reset_index(), fielddictionary.FEATURES),
        fielddictionary.DICTIONARY: tidytable.text(_names(fielddictionary.WORDS), fielddictionary.rows()),
    }
    made = {name: text.encode("utf-8") for name, text in found.items()}
    made[workbook(data.year)] = exportbook.content(data)
    if (package := areapackage.content(data)) is not None:
        made[f"gebiete-{data.year}.gpkg"] = package
    described = {
        datarecord.PACKAGE: datarecord.package(data, made), datarecord.CATALOGUE: datarecord.catalogue(data, made),
        PAGES: datarecord.for_pages(data, made, f"../{NAME}"),
    }  # fmt: skip
    return made | {name: text.encode("utf-8") for name, text in described.items()}


def workbook(year: int) -> str:
    """The name of the workbook in the folder."""
    return f"daten-{year}.xlsx"


def write(content: dict[str, bytes], folder: Path) -> None:
    """Write the files into a new folder."""
    folder.mkdir(parents=True)
    for name, text in content.items():
        if name != PAGES:
            (folder / name).write_bytes(text)


def put_into(page: Path, record: bytes) -> None:
    """Put the record into a web page, for search engines: a script that is data and does nothing."""
    text, script = page.read_text(encoding="utf-8"), f'<script type="application/ld+json">{record.decode()}</script>'
    head, end, rest = text.partition("</head>")
    if end and script not in head:
        page.write_text(f"{head}{script}\n{end}{rest}", encoding="utf-8")


def _names(fields: Iterable[Field]) -> list[str]:
    return [field.name for field in fields]


def _table(frame: pd.DataFrame, fields: tuple[Field, ...], kind: str = "") -> str:
    """The columns of a table that are exported."""
    from sozialbericht.export import tidytable

    frame = frame.assign(datenart=kind)
    columns = [[_word(entry) for entry in frame[field.name].tolist()] for field in fields]
    return tidytable.text(_names(fields), map(list, zip(*columns, strict=True)))


def _word(entry: Any) -> str:
    import pandas as pd

    from sozialbericht.disclosure import opencounts

    if entry is None or pd.isna(entry):
        return ""
    return opencounts.plain(entry) if isinstance(entry, float) else str(entry)

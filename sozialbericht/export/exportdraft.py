"""Export draft: the open data of a report but for its Kennung, which alone changes with a word of a chapter.

Nothing large is imported here: a draft that is stored is taken as it is.
"""

from __future__ import annotations

import datetime as dt
import pickle
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozialbericht.cache import protecteddata
from sozialbericht.cache.runcache import RunCache
from sozialbericht.export.datafacts import DataFacts
from sozialbericht.order.request import Request

if TYPE_CHECKING:
    import pandas as pd

    from sozialbericht.export.fielddictionary import Field
    from sozialbericht.export.opendata import OpenData


@dataclass(frozen=True)
class ExportDraft:
    """The tables by name as they are, the parts of the workbook with ``mark`` in place of the Kennung, the map without
    it (None where there are no polygons)."""

    facts: DataFacts
    tables: dict[str, bytes]
    workbook: dict[str, bytes]
    mark: str
    geopackage: bytes | None

    @classmethod
    def of(cls, data: OpenData) -> ExportDraft:
        """That of the data of a report; the mark is one that no text of them can have foreseen."""
        from sozialbericht.export import areapackage, exportbook

        mark = secrets.token_hex(8)
        book = exportbook.parts(data, mark)
        return cls(DataFacts.of(data), _tables(data), book, mark, areapackage.content(data))


def of(cache: RunCache, folder: Path, request: Request, moment: dt.datetime) -> ExportDraft:
    """The draft of a report's open data, made once for each content of the data; its files carry ``moment``."""
    key = cache.keys.export(folder, request.year, moment)
    if (entry := cache.store.get(key)) is not None:
        stored: ExportDraft = pickle.loads(entry)
        return stored
    from sozialbericht.export.opendata import OpenData

    draft = ExportDraft.of(OpenData(protecteddata.store_of(cache, folder, request), request.year, moment))
    if cache.keys_now().export(folder, request.year, moment) == key:
        cache.store.put(key, pickle.dumps(draft, pickle.HIGHEST_PROTOCOL))
    return draft


def _tables(data: OpenData) -> dict[str, bytes]:
    from sozialbericht.disclosure import opencounts
    from sozialbericht.export import fielddictionary, tidytable

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
    return {name: text.encode("utf-8") for name, text in found.items()}


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

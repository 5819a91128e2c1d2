"""Data facts: what the records say of the open data of a report besides its edition and its files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sozialbericht.export.opendata import OpenData


@dataclass(frozen=True)
class DataFacts:
    """``kind`` and ``status_text`` say what kind of data it is, ``moment`` is the date that the files carry, ``first``
    the first year with values, ``keywords`` name its Dimensionen."""

    year: int
    moment: dt.datetime
    title: str
    kind: str
    status_text: str
    city: str
    publisher: str
    first: int
    keywords: list[str]
    licenses: list[dict[str, str]]

    @classmethod
    def of(cls, data: OpenData) -> DataFacts:
        """Those of the data of a report."""
        tables = data.tables
        return cls(
            data.year, data.moment, data.title, data.kind, tables.status_text, data.city, data.publisher,
            first=int(data.values["jahr"].min()),
            keywords=[data.city, "Sozialbericht", *map(str, tables.indicators["dimension"].drop_duplicates())],
            licenses=[dict(entry) for entry in tables.descriptor.get("licenses", [])],
        )  # fmt: skip

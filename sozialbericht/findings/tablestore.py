"""The store of tables: those of a data folder and their protected values, computed once per process and content.

Who asks again gets the same values without waiting; after a change in the folder the new ones. Everything handed out
belongs to the caller: changing it does not change the store.
"""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from sozialbericht.data import contract
from sozialbericht.data.content import fingerprint
from sozialbericht.data.tableset import Tables, lives
from sozialbericht.position import Position
from sozialbericht.statistics import indicators
from sozialbericht.statistics.cube import aggregate
from sozialbericht.statistics.kind import Kind
from sozialbericht.statistics.value import Value
from sozialbericht.status import Status

if TYPE_CHECKING:
    from sozialbericht.disclosure.protection import Protection

#: How many contents of data folders are held at a time.
MOST = 4


class Row(NamedTuple):
    """One value, with the names of :data:`sozialbericht.statistics.indicators.COLUMNS` without its keys."""

    ebene: str
    wert: float
    zaehler: float
    nenner: float
    stand_zaehler: pd.Timestamp
    stand_nenner: pd.Timestamp
    status: str
    klammer: float
    unten: float
    oben: float
    intervall: str
    lage: str
    haeufung: float
    segment: int

    def value(self, **meta: Any) -> Value:
        """The value with its name and what the catalogue says of it."""
        return Value(
            number=self.wert,
            numerator=self.zaehler,
            denominator=self.nenner,
            numerator_date=_date(self.stand_zaehler),
            denominator_date=_date(self.stand_nenner),
            status=Status(self.status),
            bracketed=self.klammer,
            lower=self.unten,
            upper=self.oben,
            interval=Kind(self.intervall),
            position=Position(self.lage),
            clustering=self.haeufung,
            segment=self.segment,
            **meta,
        )


class TableStore:
    """What one data folder holds at one time. ``key`` tells one content of a folder from another.

    A store can be pickled, with what has been computed of it; single rows and reasons of protection are made anew.
    """

    def __init__(self, folder: Path, content: str, year: int | None = None) -> None:
        self.key = (str(folder), content if year is None else f"{content} {year}")
        self._tables = _copied(contract.load(folder, year), deep=True)  # which also lays columns of a kind together
        self._values: dict[int, pd.DataFrame] = {}
        self._rows: dict[int, Mapping[Any, Row]] = {}
        self._entries: dict[Any, Any] = {}

    def __getstate__(self) -> dict[str, Any]:
        kept = {name: value for name, value in self.__dict__.items() if name != "_protection"}
        return {**kept, "_rows": {}}

    def tables(self) -> Tables:
        """The checked tables."""
        return _copied(self._tables, deep=False)

    @property
    def versions(self) -> list[int]:
        """The years in which values came that were counted anew, in order."""
        return self._tables.versions

    def cube(self) -> pd.DataFrame:
        """The protected counts: raum_id, merkmal, stichtag, wert, status, rest."""
        return self._cube.copy(deep=False)

    @cached_property
    def _cube(self) -> pd.DataFrame:
        return self._protection.cube()

    @cached_property
    def _protection(self) -> Protection:
        from sozialbericht.disclosure.protection import Protection  # takes long, and most find a snapshot

        return Protection.of(aggregate(self._tables.values, self._tables.areas), self._tables)

    def protection(self) -> Protection:
        """What is withheld and why; must not be changed by those who get it."""
        return self._protection

    def values(self, year: int) -> pd.DataFrame:
        """The protected values of all indicators up to ``year``: index indikator, jahr, raum_id, sorted; else the
        columns of :data:`sozialbericht.statistics.indicators.COLUMNS`."""
        if year not in self._values:
            found = self._tables
            years = [y for y in found.years if y <= year]
            table = indicators.compute(
                self._cube, found.areas, found.indicators, found.breaks, years, features=found.features,
                rules=indicators.Rules.of(found),
            )
            self._values[year] = table.set_index(["indikator", "jahr", "raum_id"]).sort_index().copy()
        return self._values[year].copy(deep=False)

    def rows(self, year: int) -> Mapping[Any, Row]:
        """The same values row by row, for look-ups of single ones: (indikator, jahr, raum_id) → :class:`Row`."""
        if year not in self._rows:
            table = self.values(year)
            columns = [_boxed(table[name]) for name in Row._fields]
            rows = map(Row._make, zip(*columns, strict=True))
            self._rows[year] = MappingProxyType(dict(zip(table.index, rows, strict=True)))
        return self._rows[year]

    def areas(self, level: str, year: int) -> pd.DataFrame:
        """The areas of a level that exist at the end of a year, with the columns of :meth:`Datenbestand.raeume`; must
        not be changed. Nothing of the others, which are those of another division of the city, is compared with them.
        """
        found: pd.DataFrame = self.entry(("raeume", level, year), lambda: self._areas_of(level, year))
        return found

    def _areas_of(self, level: str, year: int) -> pd.DataFrame:
        areas, day = self._tables.areas, pd.Timestamp(year, 12, 31)
        chosen = areas[(areas["ebene"] == level) & lives(areas, [day])[day]]
        return pd.DataFrame(
            {
                "nummer": chosen["nummer"],
                "name": chosen["name"],
                "kurzname": chosen["kurzname"],
                "teil_von": chosen["teil_von"],
                "stadtbezirk": chosen["teil_von"].map(areas["kurzname"]),
                "erschlossen": chosen["namensherkunft"] == "erschlossen",
                "umfasst": chosen["umfasst"].fillna(""),
            }
        )

    def entry(self, key: Any, compute: Callable[[], Any]) -> Any:
        """What ``compute`` makes of this folder, computed once per key; must not be changed by those who get it."""
        if key not in self._entries:
            self._entries[key] = compute()
        return self._entries[key]


def key_of(folder: Path) -> tuple[str, str]:
    """What tells the store of a folder as it is now from others."""
    path = Path(folder).resolve()
    return str(path), fingerprint(path)


def held(folder: Path) -> bool:
    """Whether the store of a folder as it is now is held already."""
    return key_of(folder) in _stores


def of(folder: Path, year: int | None = None) -> TableStore:
    """The store of a data folder as it is now; raises ``InputError`` with every fault found.

    With a ``year`` the values are those that a report of this year takes: without what was counted anew later.
    """
    path = Path(folder).resolve()
    key = key_of(path)
    newest = _stores.get(key) or hold(TableStore(path, key[1]))
    versions = newest.versions
    if year is None or not versions or year >= versions[-1]:
        return newest
    version = max((v for v in versions if v <= year), default=0)
    return _stores.get((key[0], f"{key[1]} {version}")) or hold(TableStore(path, key[1], version))


def hold(store: TableStore) -> TableStore:
    """Hold a store for all who ask for its folder while it has this content; what is held already stays."""
    if before := _stores.get(store.key):
        before._values = {**store._values, **before._values}
        before._entries = {**store._entries, **before._entries}
        if "_cube" in store.__dict__:
            before.__dict__.setdefault("_cube", store._cube)
        return before
    _stores[store.key] = store
    while len(_stores) > MOST:
        del _stores[next(iter(_stores))]
    return store


#: Of this process, because a notebook names its folder and nothing else: every ``Bericht`` of it asks here.
_stores: dict[tuple[str, str], TableStore] = {}


def _copied(tables: Tables, *, deep: bool) -> Tables:
    """The same tables for another owner: pandas copies on writing, so that only what it does not guard need be deep."""
    frames = ("areas", "features", "indicators", "values", "breaks", "revised")
    return replace(
        tables,
        descriptor=pickle.loads(pickle.dumps(tables.descriptor)),
        geometry=None if tables.geometry is None else tables.geometry.copy(),
        years=list(tables.years),
        others={name: table.copy(deep) for name, table in tables.others.items()},
        **{name: getattr(tables, name).copy(deep) for name in frames},
    )


def _date(stamp: Any) -> dt.date | None:
    return None if pd.isna(stamp) else stamp.date()


def _boxed(column: pd.Series) -> list[Any]:
    """The values of a column as Python objects; of dates, which are few and slow to make, each one once."""
    if column.dtype.kind != "M":
        return column.tolist()
    codes, dates = pd.factorize(column)
    made = [*pd.DatetimeIndex(dates), pd.NaT]
    return [made[code] for code in codes]

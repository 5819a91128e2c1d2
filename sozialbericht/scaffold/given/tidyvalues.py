"""Tidyvalues: tables of values, long or one wide one per date, as the contract's rows of area, merkmal, date, value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sozialbericht.data.faultlist import listed, quoted
from sozialbericht.data.reading import parsing
from sozialbericht.faults import Fault, InputError, nearest
from sozialbericht.scaffold.given import officetable, slugs
from sozialbericht.scaffold.given.brief import Brief
from sozialbericht.scaffold.given.hierarchy import Hierarchy
from sozialbericht.scaffold.given.officetable import Officetable

#: What stands in a cell instead of a number, as the contract has it.
SIGNS = (".", "*", "/", "…", "...", "x", "-", "–")
MISSING = "…"
#: The columns of a long table, and those that may hold the key of an area in any.
LONG = ("merkmal", "wert")
_IDS = ("raum_id", "schluessel", "schlüssel")
_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)")
#: So many faults of one file are listed, and such a share of the areas may be without any values.
MOST, FEW = 12, 0.2


@dataclass(frozen=True)
class Table:
    """A table of values with the column of its areas' keys and the date that holds for it (None: a column says it)."""

    sheet: Officetable
    file: str
    key: str
    date: dt.date | None


@dataclass
class Tidyvalues:
    """The values by raum_id, merkmal and date as German cells; the heading and the sources of each merkmal.

    ``lives`` are the first and the last year of areas that do not exist all the time.
    """

    cells: dict[tuple[str, str, dt.date], str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    lives: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def dates(self, merkmal: str) -> list[dt.date]:
        """The dates of a merkmal, in order."""
        return sorted({date for _, name, date in self.cells if name == merkmal})

    def numbers(self, merkmal: str) -> dict[tuple[str, dt.date], float]:
        """The numbers of a merkmal by area and date, without signs."""
        return {
            (area, date): float(cell.replace(",", "."))
            for (area, name, date), cell in self.cells.items()
            if name == merkmal and cell not in SIGNS
        }

    @property
    def years(self) -> list[int]:
        """The years of the dates."""
        return sorted({date.year for _, _, date in self.cells})

    def complete(self, lowest: Mapping[str, str]) -> None:
        """See to it that every smallest area (raum_id → name) has a row wherever others have a value.

        One that no table knows before some year, or after it, is taken to exist from or until then (``lives``); for the
        rest stands the sign of what is missing. Raises :class:`InputError` where too many areas have no values at all.
        """
        days = sorted({date for area, _, date in self.cells if area in lowest})
        own: dict[str, set[dt.date]] = {area: set() for area in lowest}
        for area, _, date in self.cells:
            own.get(area, set()).add(date)
        if len(without := [lowest[area] for area in lowest if not own[area]]) > FEW * len(lowest):
            what = f"Für {len(without)} von {len(lowest)} Gebieten gibt es keine Werte: {listed(without)}."
            raise InputError([Fault("--values", what, "Tabellen nennen, die alle Gebiete enthalten.")])
        for area, name in lowest.items():
            first = min(own[area], default=None)
            begins = days[-1].year + 1 if first is None else first.year if first.year > days[0].year else None
            last = max(own[area], default=None)
            ends = last.year if last is not None and last.year < days[-1].year else None
            if begins or ends:
                self.lives[area] = (begins, ends)
                until = f"gilt erst ab {begins}" if begins else f"gilt nur bis {ends}"
                self.told.append(
                    f"{name} ({area}) {until}, weil es sonst keine Werte hat; in data/raeume.csv prüfen und klären, "
                    "wozu es in den anderen Jahren gehörte."
                )
        lost: dict[str, int] = {}
        for feature, date in dict.fromkeys((name, date) for area, name, date in self.cells if area in lowest):
            for area in lowest:
                begins, ends = self.lives.get(area, (None, None))
                lives = (begins or date.year) <= date.year <= (ends or date.year)
                if lives and self.cells.setdefault((area, feature, date), "") == "":
                    self.cells[area, feature, date] = MISSING
                    lost[area] = lost.get(area, 0) + 1
        for area, number in lost.items():
            self.told.append(f"{lowest[area]} ({area}): {number} Werte fehlen, eingetragen ist „{MISSING}“.")


def tables(brief: Brief, keys: Iterable[str]) -> list[Table]:
    """The tables of a brief, each with the column that holds most of the keys.

    Raises :class:`InputError` with the faults of all of them.
    """
    known, found, faults = set(keys), [], []
    for path in brief.values:
        try:
            found.append(_table(path, brief, known))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return found


def spare(given: list[Table], keys: Iterable[str]) -> list[str]:
    """The keys that values have and no area; those of levels above are among them."""
    known = set(keys)
    return sorted({cell for table in given for cell in table.sheet.cells(table.key) if cell and cell not in known})


def _table(path: Path, brief: Brief, known: set[str]) -> Table:
    if not path.is_file():
        raise InputError([Fault(str(path), "Die Datei fehlt.", "Den Pfad der Werte prüfen.")])
    found = officetable.read(path)
    counts = {name: len(known.intersection(found.cells(name))) for name in found.head}
    usual = [name for name in found.head if name.casefold() in _IDS or name == brief.key]
    key = max([*usual, *found.head], key=lambda name: counts[name])
    if not counts[key]:
        what = "In keiner Spalte stehen die Schlüssel der Gebiete."
        examples = listed(sorted(known), 3)
        remedy = f"Sie lauten dort {examples}. Hat Excel führende Nullen gelöscht, die Spalte als Text speichern."
        raise InputError([Fault(found.place, what, remedy)])
    if "stichtag" in [name.casefold() for name in found.head]:
        return Table(found, path.name, key, None)
    told = _DATE.search(path.stem)
    if told is None and brief.date is None:
        what = "Der Stichtag der Werte ist nicht gesagt."
        remedy = (
            "Ihn mit --date nennen, in den Dateinamen schreiben (…-2018-12-31.csv) oder als Spalte „stichtag“ führen."
        )
        raise InputError([Fault(found.place, what, remedy)])
    try:
        return Table(found, path.name, key, parsing.date(told[1]) if told else brief.date)
    except parsing.CellError as error:
        raise InputError([Fault(found.place, error.what, error.remedy)]) from error


def read(given: list[Table], brief: Brief, hierarchy: Hierarchy) -> Tidyvalues:
    """The values of all tables; raises :class:`InputError` with every fault."""
    result, faults = Tidyvalues(), []
    ids = {place.raum_id: place.raum_id for place in hierarchy.places} | hierarchy.ids
    names = {place.name: place.raum_id for place in reversed(hierarchy.places)}
    unknown = set(brief.columns) - {name for table in given for name in table.sheet.head}
    for name in sorted(unknown):
        what = f"Eine Spalte „{name}“ hat keine der Tabellen."
        faults.append(Fault("--columns", what, _near(name, given)))
    for table in given:
        own = _Reader(table, brief, ids | {key: names[key] for key in names if key not in ids}, result)
        own.read()
        more = len(own.faults) - MOST
        faults += own.faults[:MOST]
        if more > 0:
            what = f"… und {more} weitere Fehler in dieser Datei."
            faults.append(Fault(table.sheet.place, what, "Erst die genannten beheben."))
    if faults:
        raise InputError(faults)
    return result


def _near(name: str, given: Iterable[Table]) -> str:
    heads = {column for table in given for column in table.sheet.head}
    return nearest(name, heads) or f"Vorhanden: {listed(sorted(heads), 20)}."


class _Reader:
    """Puts the cells of one table into the values; ``faults`` are what is wrong with it."""

    def __init__(self, table: Table, brief: Brief, ids: dict[str, str], into: Tidyvalues) -> None:
        self.table, self.brief, self.ids, self.into = table, brief, ids, into
        self.faults: list[Fault] = []
        self._lower = {name.casefold(): name for name in table.sheet.head}
        self._days = [] if table.date else table.sheet.cells(self._lower["stichtag"])

    def read(self) -> None:
        """Read the table, long or wide."""
        areas = self.table.sheet.cells(self.table.key)
        lost = dict.fromkeys(cell for cell in areas if cell not in self.ids)
        if lost:
            what = f"Diese Schlüssel hat kein Gebiet: {listed(map(quoted, lost), 8)}."
            self._fault(what, "Die Gebiete oder die Werte berichtigen; führende Nullen gehören dazu.", self.table.key)
        if all(name in self._lower for name in LONG):
            self._long(areas)
        else:
            self._wide(areas)

    def _long(self, areas: list[str]) -> None:
        names, values = (self.table.sheet.cells(self._lower[name]) for name in LONG)
        for row, (line, _) in enumerate(self.table.sheet.rows):
            if not self.brief.columns or names[row] in self.brief.columns:
                self._put(row, line, areas[row], names[row], values[row])

    def _wide(self, areas: list[str]) -> None:
        head = self.table.sheet.head
        skipped = {self.table.key, self.brief.name, self._lower.get("stichtag", "")}
        chosen = [name for name in head if name not in skipped and name in (self.brief.columns or head)]
        words = [name for name in chosen if self._are_words(self.table.sheet.cells(name))]
        for name in chosen:
            if name not in words:
                for row, cell in enumerate(self.table.sheet.cells(name)):
                    self._put(row, self.table.sheet.rows[row][0], areas[row], name, cell)
        if words:
            told = f"{self.table.file}: ohne Zahlen und deshalb kein Merkmal: {listed(words, 8)}."
            self.into.told.append(told)

    def _are_words(self, cells: list[str]) -> bool:
        """Whether a column holds no number but texts, such as names."""
        texts = [cell for cell in cells if cell and cell not in SIGNS]
        return not any(map(self._is_number, texts)) and any(sign.isalpha() for cell in texts for sign in cell)

    def _is_number(self, cell: str) -> bool:
        try:
            parsing.number(cell, self.table.sheet.decimal)
        except parsing.CellError:
            return False
        return True

    def _put(self, row: int, line: int, area: str, title: str, cell: str) -> None:
        merkmal = slugs.column(title)
        if not merkmal:
            self._fault("Das Merkmal hat keinen Namen.", "Ihn ergänzen.", row=line)
            return
        before = self.into.titles.setdefault(merkmal, title)
        if before != title:
            what = f"{quoted(title)} und {quoted(before)} ergeben denselben Schlüssel {merkmal}."
            self._fault(what, "Eine der Spalten umbenennen.")
            return
        try:
            date = self.table.date or parsing.date(self._days[row])
            value = cell or MISSING
            if value not in SIGNS:
                value = parsing.german(parsing.number(cell, self.table.sheet.decimal))
        except parsing.CellError as error:
            self._fault(error.what, error.remedy, title, line)
            return
        if area not in self.ids:
            return
        place = (self.ids[area], merkmal, date)
        if place in self.into.cells:
            self._fault(f"{quoted(area)} hat am {date:%d.%m.%Y} schon einen Wert.", "Eine Zeile löschen.", title, line)
        self.into.cells[place] = value
        source = self.brief.source or _DATE.sub("", Path(self.table.file).stem).strip(" -_.") or self.table.file
        sources = self.into.sources.setdefault(merkmal, [])
        if source not in sources:
            sources.append(source)

    def _fault(self, what: str, remedy: str, column: str = "", row: int | None = None) -> None:
        self.faults.append(Fault(self.table.sheet.place, what, remedy, row, column))

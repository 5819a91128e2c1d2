"""The areas of a report: which there are in its year, how they are called, on which level they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import pandas as pd

from sozialbericht.data import lookup
from sozialbericht.data.levels import Ebene, Ebenen
from sozialbericht.data.timeline import definitions
from sozialbericht.findings.tablestore import TableStore
from sozialbericht.multitude import many, told
from sozialbericht.order.project import check_year


class Gebiete:
    """Die Gebiete eines Berichtsjahres mit ihren Namen und Ebenen; ``jahr`` ist das Berichtsjahr."""

    def __init__(self, store: TableStore, jahr: int) -> None:
        self._store, tables = store, store.tables()
        then = definitions.in_force(tables.indicators, tables.others.get(definitions.NAME), jahr)
        self._tables = replace(tables, indicators=then)
        check_year(jahr, self._tables.years)
        self.jahr = jahr

    @cached_property
    def stadt(self) -> str:
        """Die raum_id der Stadt."""
        return self._tables.city

    @property
    def ebenen(self) -> Ebenen:
        """Die Ebenen der Gliederung mit ihren Worten.

        ``b.ebenen.unten``: die kleinsten Gebiete, ``b.ebenen.mitte``: die darüber.
        """
        return self._tables.ebenen

    @property
    def stadtname(self) -> str:
        """Der Name der Stadt."""
        return self.name(self.stadt)

    @property
    def ist_modell(self) -> bool:
        """Ob die Daten Modelldaten sind."""
        return bool(self._tables.status_text)

    def name(self, raum: str) -> str:
        """Der Kurzname eines Gebiets."""
        return self._told_of_areas[self._known_area(raum)][0]

    def ebene(self, raum: str) -> str:
        """Der Schlüssel der Ebene eines Gebiets.

        In den mitgelieferten Daten „sozialraum“, „stadtbezirk“ oder „stadt“.
        """
        return self._told_of_areas[self._known_area(raum)][1]

    @property
    def _told_of_areas(self) -> dict[str, tuple[str, str]]:
        def told() -> dict[str, tuple[str, str]]:
            return {str(row[0]): row[1:] for row in self._tables.areas[["kurzname", "ebene"]].astype(str).itertuples()}

        found: dict[str, tuple[str, str]] = self._store.entry(("gebiete",), told)
        return found

    @property
    def _many(self) -> bool:
        """Whether the lowest level has many areas (:mod:`sozialbericht.multitude`)."""
        return many(len(self.raeume()))

    def _told(self, names: Sequence[str]) -> list[str]:
        return told(names, len(self.raeume()))

    def raeume(self, ebene: str | Ebene | None = None) -> pd.DataFrame:
        """Die Gebiete einer Ebene als DataFrame, ohne Angabe die kleinsten.

        Index raum_id, Spalten nummer, name, kurzname, teil_von, stadtbezirk (der Kurzname des Gebiets darüber),
        erschlossen, umfasst. Die Gebiete über den kleinsten: ``b.raeume(b.ebenen.mitte)``.
        """
        level = self._level(ebene).schluessel
        table: pd.DataFrame = self._store.areas(level, self.jahr)
        return table.copy()

    # -- inside ---------------------------------------------------------------------------------------

    def _existing(self, level: str, year: int) -> pd.Index:
        """The areas of a level that exist at the end of a year."""
        return self._store.areas(level, year).index

    def _level(self, given: str | Ebene | None, default: Ebene | None = None) -> Ebene:
        """The level that is meant; without one the default, else the lowest."""
        if given is None:
            return self.ebenen.unten if default is None else default
        if isinstance(given, Ebene):
            return given
        return self.ebenen[lookup.key(given, self._tables.levels, "Eine Ebene", "datapackage.json")]

    def _known_area(self, area: str) -> str:
        return lookup.key(area, self._tables.areas.index, "Gebiet", "raeume.csv")

"""The protected data of one report: what a notebook may ask for, and nothing else."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import pandas as pd

from sozialbericht.data import lookup
from sozialbericht.data.decided import contributions
from sozialbericht.data.levels import Ebene
from sozialbericht.data.sums import terms
from sozialbericht.data.timeline import definitions
from sozialbericht.escaping import limited
from sozialbericht.faults import Fault, InputError
from sozialbericht.findings import tablestore
from sozialbericht.findings.areas import Gebiete
from sozialbericht.order.comparisonyear import newest_before
from sozialbericht.order.project import find_data
from sozialbericht.position import Position
from sozialbericht.statistics import indicators
from sozialbericht.statistics.intervals.movement import movements, newest_comparable, rows_of
from sozialbericht.statistics.value import Value
from sozialbericht.status import Status
from sozialbericht.wording.values import Aenderung, Wert


class Datenbestand(Gebiete):
    """Die geschützten Daten eines Berichtsjahres.

    ``jahr`` ist das Berichtsjahr, ``vergleichsjahr`` das Jahr, mit dem verglichen wird, ``daten`` der Ordner mit
    datapackage.json. Was geheim gehalten wird, ist hier schon entfernt.
    """

    def __init__(self, jahr: int, vergleichsjahr: int | None = None, daten: str | Path = "data") -> None:
        folder = find_data(daten)
        bestand = tablestore.of(folder, jahr)
        super().__init__(bestand, jahr)
        self.vergleichsjahr = newest_before(jahr, self._tables.years) if vergleichsjahr is None else vergleichsjahr
        self._cube = bestand.cube()
        self._years = [year for year in self._tables.years if year <= jahr]
        self._values = bestand.values(jahr)
        self._rows = bestand.rows(jahr)
        self._catalogue: dict[str, pd.Series] = {}

    # -- values ------------------------------------------------------------------------------------------

    def daten(self, indikator: str, ebene: str | Ebene | None = None, jahr: int | None = None) -> pd.DataFrame:
        """Die geschützten Werte eines Indikators für alle Gebiete einer Ebene als DataFrame.

        Index raum_id, Namen und Nummern der Gebiete und die Spalten wert, zaehler, nenner, status, unten, oben
        (95-%-Bereich), intervall (nach welchem Verfahren oder warum keiner), lage (über, unter, im Bereich des
        Stadtwerts, kein Intervall), haeufung, segment.
        """
        self._known_indicator(indikator)
        level, year = self._level(ebene).schluessel, jahr or self.jahr

        def table() -> pd.DataFrame:
            place: Any = self._values.index.get_loc((indikator, year))
            values = self._values.iloc[place].drop(columns="ebene")
            values.index = values.index.get_level_values("raum_id")
            areas = self._store.areas(level, self.jahr)
            joined: pd.DataFrame = pd.concat([areas, values.reindex(areas.index)], axis=1)
            return joined

        return self._table(("daten", indikator, level, year, self.jahr), table)

    def reihe(self, indikator: str, ebene: str | Ebene | None = None) -> pd.DataFrame:
        """Die geschützten Werte über die Jahre bis zum Berichtsjahr, ein Jahr je Stand, als DataFrame.

        Spalten raum_id, jahr, … Ohne Angabe der Ebene die der Gebiete über den kleinsten.
        """
        level = self._level(ebene, self.ebenen.mitte).schluessel
        self._known_indicator(indikator)

        def course() -> pd.DataFrame:
            values = rows_of(self._values, indikator)
            values = values[(values["ebene"] == level).to_numpy()].droplevel("indikator").reset_index()
            return values.drop_duplicates(["raum_id", "stand_zaehler"], ignore_index=True)

        return self._table(("reihe", indikator, level, self.jahr), course)

    def wert(self, indikator: str, raum: str | None = None, jahr: int | None = None) -> Wert:
        """Der Wert eines Indikators für ein Gebiet (raum_id; ohne Angabe die Stadt) und ein Jahr."""
        area = self._known_area(raum or self.stadt)
        return Wert(
            self._value(self._known_indicator(indikator), area, jahr or self.jahr), self.ebenen[self.ebene(area)]
        )

    def _verglichen(self, indikator: str) -> int:
        """Das Jahr, mit dem ein Indikator verglichen wird: das Vergleichsjahr; oder, wo er dafür keinen vergleichbaren
        Wert hat, das neueste frühere mit einem. Gibt es keines, das Vergleichsjahr.
        """
        self._known_indicator(indikator)
        key = ("verglichen", indikator, self.jahr, self.vergleichsjahr)
        years = [self.vergleichsjahr, *(y for y in reversed(self._years) if y < self.vergleichsjahr)]
        found: int | None = self._store.entry(
            key, lambda: newest_comparable(self._values, indikator, self.jahr, years)
        )
        return found or self.vergleichsjahr

    def aenderung(self, indikator: str, raum: str | None = None, seit: int | None = None) -> Aenderung:
        """Die Veränderung gegenüber dem Vergleichsjahr (oder dem Jahr ``seit``)."""
        area = self._known_area(raum or self.stadt)
        self._known_indicator(indikator)
        since = seit or self._verglichen(indikator)
        found: Any = self.aenderungen(indikator, self.ebene(area), since)
        place, lower, upper = (found.at[area, column] for column in ("lage", "unten", "oben"))
        new, old = (self._value(indikator, area, year) for year in (self.jahr, since))
        return Aenderung(new, old, Position(place), float(lower), float(upper))

    def aenderungen(self, indikator: str, ebene: str | Ebene | None = None, seit: int | None = None) -> pd.DataFrame:
        """Die Veränderungen der Gebiete einer Ebene gegenüber dem Vergleichsjahr (oder dem Jahr ``seit``).

        Ungerundet: Index raum_id, Spalten differenz, unten, oben (95-%-Bereich), lage (über: erkennbar gestiegen,
        unter: gesunken).
        """
        row, level = self.indikator(indikator), self._level(ebene).schluessel
        years = (self.jahr, seit or self._verglichen(indikator))
        return self._table(
            ("aenderungen", indikator, level, years), lambda: movements(self._values, row, level, years)
        )

    def hoechste(self, indikator: str, n: int = 1, ebene: str | Ebene | None = None) -> list[Wert]:
        """Die n Gebiete mit den höchsten veröffentlichten Werten, die höchsten zuerst."""
        return self._ordered(indikator, ebene, n, ascending=False)

    def niedrigste(self, indikator: str, n: int = 1, ebene: str | Ebene | None = None) -> list[Wert]:
        """Die n Gebiete mit den niedrigsten veröffentlichten Werten, die niedrigsten zuerst."""
        return self._ordered(indikator, ebene, n, ascending=True)

    def _ordered(self, indicator: str, level: str | Ebene | None, most: int, *, ascending: bool) -> list[Wert]:
        values = self.daten(indicator, level)["wert"].dropna().sort_values(ascending=ascending, kind="stable")
        return [self.wert(indicator, str(area)) for area in values.index[:most]]

    def merkmal(self, merkmal: str, raum: str | None = None, stichtag: str | dt.date | None = None) -> pd.DataFrame:
        """Die geschützten Zahlen eines Merkmals: Spalten raum_id, stichtag, wert, status, rest."""

        def counts() -> pd.DataFrame:
            rows = self._store.entry(("zeilen",), lambda: self._cube.groupby("merkmal", sort=False).indices)
            cube = self._cube.iloc[rows.get(merkmal, [])]
            cube = cube[cube["stichtag"].dt.year <= self.jahr].drop(columns="merkmal")
            cube = cube.sort_values(["raum_id", "stichtag"]).reset_index(drop=True)
            return cast(pd.DataFrame, cube)

        cube = self._table(("merkmal", merkmal, self.jahr), counts)
        if raum is not None:
            cube = cube[cube["raum_id"] == self._known_area(raum)]
        if stichtag is not None:
            cube = cube[cube["stichtag"] == pd.Timestamp(stichtag)]
        return cube.reset_index(drop=True)

    # -- maps --------------------------------------------------------------------------------------------

    def geodaten(self, indikator: str | None = None, jahr: int | None = None) -> Any:
        """Die Flächen der Sozialräume als GeoDataFrame (in Metern), auf Wunsch mit den Werten eines Indikators."""
        frame = self._tables.geometry
        if frame is None:
            what = f"Die Flächen der {self.ebenen.unten.mehrzahl_bestimmt} fehlen."
            raise InputError([Fault("data/raeume.geojson", what, "Flächen ablegen oder auf diese Karte verzichten.")])
        names = self.raeume()
        joined = frame.join(names if indikator is None else self.daten(indikator, jahr=jahr))
        return joined.loc[names.index]

    @property
    def _kartenhinweis(self) -> str:
        """Was unter jeder Karte über ihre Grenzen steht."""
        entries = self._tables.descriptor["resources"]
        notes = [str(entry.get("description", "")) for entry in entries if entry["name"] == "geometrie"]
        if self.ist_modell:
            notes.append(self._tables.settings.vorfuehrung.unter_karten)
        return ". ".join(filter(None, notes))

    @property
    def texte(self) -> Mapping[str, tuple[str, ...]]:
        """Die festen Texte aus ``bericht.yml``, je Name ihre Absätze.

        ``texte``, dazu „auftrag“, wo es einen gibt, und „vorwort“ und „stellungnahme“ aus dem Ordner ``texte``,
        gesetzt, wie sie geschrieben sind.
        """
        decided = self._tables.settings
        written = {name: tuple(map(limited, decided.texte.get(name, ()))) for name in contributions.NAMES}
        written = {name: texts for name, texts in written.items() if texts}
        return {**decided.texte, **written, **({"auftrag": decided.auftrag} if decided.auftrag else {})}

    def nachbarn(self) -> frozenset[tuple[str, str]]:
        """Die Paare benachbarter Gebiete (raum_id).

        Nach ``nachbarn.csv``, wo es die Datei gibt, sonst nach den Flächen.
        """
        there = set(self.raeume().index)
        return frozenset(pair for pair in self._tables.neighbours if there.issuperset(pair))

    # -- catalogue ---------------------------------------------------------------------------------------

    def indikator(self, indikator: str) -> pd.Series:
        """Die Zeile des Indikators im Katalog."""
        name = self._known_indicator(indikator)
        if name not in self._catalogue:
            self._catalogue[name] = cast(pd.Series, self._tables.indicators.loc[name])
        return self._catalogue[name].copy(deep=False)

    def indikatoren(self, dimension: str | None = None) -> pd.DataFrame:
        """Der Katalog der Indikatoren, auf Wunsch nur einer Dimension."""
        catalogue = self._tables.indicators.copy()
        return catalogue if dimension is None else catalogue[catalogue["dimension"] == dimension]

    def merkmale(self) -> pd.DataFrame:
        """Der Katalog der Merkmale."""
        return self._tables.features.copy()

    def brueche(self, indikator: str) -> pd.DataFrame:
        """Die Brüche in der Zeitreihe eines Indikators bis zum Berichtsjahr: Spalten ab, grund."""
        row, earlier = self.indikator(indikator), self._tables.others.get(definitions.NAME)

        def breaks() -> pd.DataFrame:
            found = indicators.breaks_between(definitions.with_breaks(self._tables.breaks, row, earlier), row)
            return cast(pd.DataFrame, found[found["ab"].dt.year <= self.jahr])

        return self._table(("brueche", indikator, self.jahr), breaks)

    def _zeitbezug(self, indikator: str) -> str:
        """Wie der Stand des Zählers gedruckt wird (stichtag, monat, jahr, schuljahr)."""
        first = terms(self.indikator(indikator)["zaehler"])[0]
        return str(self._tables.features.at[first, "zeitbezug"])

    def dimensionen(self) -> list[str]:
        """Die Dimensionen des Katalogs in ihrer Reihenfolge."""
        return [str(d) for d in self.indikatoren()["dimension"].drop_duplicates()]

    @property
    def leitindikator(self) -> str:
        """Der Indikator, der für den ganzen Bericht steht: nach data/bericht.yml, sonst der erste gewertete."""
        graded = self.indikatoren()["richtung"] != "neutral"
        return self._tables.settings.leitindikator or str(self.indikatoren().index[graded][0])

    def geheim_gehalten(self, ebene: str | Ebene | None = None) -> tuple[int, int]:
        """Wie viele Werte aller Indikatoren auf einer Ebene geheim gehalten werden und wie viele es insgesamt sind."""
        values = self._values.xs(self.jahr, level="jahr")
        values = values[values["ebene"] == self._level(ebene).schluessel]
        return int((values["status"] == Status.WITHHELD).sum()), len(values)

    # -- inside ------------------------------------------------------------------------------------------

    def _table(self, key: tuple[Any, ...], compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """What ``compute`` makes, made once. Who changes it changes nothing here."""
        found: pd.DataFrame = self._store.entry(key, compute)
        return found.copy()

    def _value(self, indicator: str, area: str, year: int) -> Value:
        meta: dict[str, Any] = {"area": area, "indicator": indicator, "year": year, "area_name": self.name(area)}
        meta |= self._store.entry(("angaben", indicator), lambda: self._described(indicator))
        found = self._rows.get((indicator, year, area))
        if found is None:
            return Value(
                number=math.nan, numerator=math.nan, denominator=math.nan, numerator_date=None,
                denominator_date=None, status=Status.MISSING, **meta,
            )  # fmt: skip
        return found.value(**meta)

    def _described(self, indicator: str) -> dict[str, Any]:
        row = self.indikator(indicator)
        described = {"unit": str(row["einheit"]), "decimals": int(row["nachkommastellen"]), "art": str(row["art"])}
        return {**described, "factor": float(row["faktor"]), "period": self._zeitbezug(indicator)}

    def _known_indicator(self, indicator: str) -> str:
        return lookup.key(indicator, self._tables.indicators.index, "Indikator", "indikatoren.csv")

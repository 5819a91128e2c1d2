"""What can be said of an order of areas and of a series: ranks with their range, trends of five and more values."""

from __future__ import annotations

import pandas as pd

from sozialbericht.data.levels import Ebene
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.statistics.intervals.movement import estimate
from sozialbericht.statistics.intervals.rank_range import rank_range
from sozialbericht.statistics.intervals.trend import trends


def rangspannen(b: Datenbestand, indikator: str, ebene: str | Ebene | None = None) -> pd.DataFrame:
    """Der Rang jedes Gebiets einer Ebene und sein 95-%-Bereich: Index raum_id, Spalten rang, von, bis.

    Rang 1 hat der höchste Wert, gleiche Werte teilen sich einen. 0 heißt: kein Rang (ohne veröffentlichten Wert) oder
    kein Bereich (kein Intervall).
    """
    level = b._level(ebene).schluessel

    def computed() -> pd.DataFrame:
        return raenge(b.daten(indikator, level), b.indikator(indikator))

    found: pd.DataFrame = b._store.entry(("rangspannen", indikator, level, b.jahr), computed)
    return found.copy()


def raenge(werte: pd.DataFrame, zeile: pd.Series) -> pd.DataFrame:
    """Dasselbe aus den Werten eines Jahres, wie ``b.daten`` sie gibt; ``zeile``: der Indikator im Katalog."""
    found = rank_range(werte["wert"].to_numpy(dtype=float), estimate(werte, zeile))
    return pd.DataFrame(found._asdict(), index=werte.index).set_axis(["rang", "von", "bis"], axis=1)


def guenstigste_zuerst(raenge: pd.DataFrame, richtung: int) -> pd.DataFrame:
    """Dieselben Ränge so gezählt, dass Rang 1 der günstigste Wert ist; ``richtung``: 1, wo ein hoher Wert günstig ist,
    −1, wo er ungünstig ist, 0 ohne Wertung (dann bleibt Rang 1 der höchste).
    """
    if richtung >= 0:
        return raenge.copy()
    placed = raenge["rang"] > 0
    turned = raenge.copy()
    turned["rang"] = raenge["rang"].where(placed).rank(ascending=False, method="min").fillna(0).astype(int)
    turned["von"], turned["bis"] = (
        (int(placed.sum()) + 1 - raenge[name]).where(raenge[name] > 0, 0) for name in ("bis", "von")
    )
    return turned


def verlaeufe(b: Datenbestand, indikator: str, ebene: str | Ebene | None = None) -> pd.Series:
    """Wohin sich ein Indikator in jedem Gebiet einer Ebene im Ganzen bewegt: raum_id → :class:`Position`.

    ``über``: steigt, ``unter``: fällt, ``im Bereich``: keine Richtung erkennbar, ``kein Intervall``: weniger als fünf
    vergleichbare Stände seit dem letzten Bruch.
    """
    level = b._level(ebene).schluessel

    def computed() -> pd.Series:
        table = b.reihe(indikator, level)
        table = table[table["stand_zaehler"].notna()]
        table = table[table["segment"] == table["segment"].max()]
        wide = table.pivot(index="raum_id", columns="stand_zaehler", values="wert").sort_index(axis=1)
        wide = wide.reindex(b.raeume(level).index)
        return pd.Series(trends(wide.to_numpy(dtype=float)), index=wide.index)

    found: pd.Series = b._store.entry(("verlaeufe", indikator, level, b.jahr), computed)
    return found.copy()

"""Spatial structure as notebooks see it: shipped data, a small city, withheld values."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.findings import neighbourhoods
from sozialbericht.findings.neighbourhoods import Gruppenrate, Raummuster, Segregation
from sozialbericht.statistics.spatial import ALONE, HIGH_HIGH, NONE
from sozialbericht.wording.values import NotSayable
from sozialbericht.writing.blocks import Block

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def shipped() -> Bericht:
    return Bericht(2007, daten=DATA)


def test_pattern_of_the_shipped_data(shipped: Bericht) -> None:
    found = neighbourhoods.raummuster(shipped, "sgb2_quote")
    assert found.richtung == 1
    assert len(found.lage) == 39 and set(found.haelt) <= set(found.lage.index[found.lage != NONE])
    assert neighbourhoods.raummuster(shipped, "sgb2_quote") is found
    assert "Nachbarschaftstabelle" in neighbourhoods.nachbarschaftshinweis(shipped)


def test_moran_s_i_of_the_shipped_data_computed_otherwise(shipped: Bericht) -> None:
    """I = Σ w z z' / Σ z², rows of w summing to one; nothing of this indicator is withheld."""
    values = shipped.daten("sgb2_quote")["wert"]
    z = values - values.mean()
    pairs = pd.read_csv(DATA / "nachbarn.csv", sep=";")[["raum_id_a", "raum_id_b"]].to_numpy()
    around: dict[str, list[str]] = {area: [] for area in values.index}
    for a, b in pairs:
        around[a].append(b)
        around[b].append(a)
    lag = sum(z[area] * z[beside].mean() for area, beside in around.items())
    assert neighbourhoods.raummuster(shipped, "sgb2_quote").wert == pytest.approx(lag / (z**2).sum(), abs=1e-6)


@pytest.mark.parametrize(("p", "direction", "words"), [(0.0002, 1, "unter 0,001"), (0.2, 0, "0,200")])
def test_pattern_in_words(p: float, direction: int, words: str) -> None:
    found = Raummuster(0.3456, p, pd.Series(dtype=object), [], [])
    assert (str(found), found.p, found.richtung) == ("0,35", words, direction)
    assert Raummuster(-0.3, 0.01, pd.Series(dtype=object), [], []).richtung == -1


def test_segregation_stops_at_breaks_and_missing_years(shipped: Bericht) -> None:
    assert list(neighbourhoods.segregationsindex(shipped, "sgb2_quote").index) == [2005, 2006, 2007]
    assert list(neighbourhoods.segregationsindex(shipped, "bev_mh").index) == list(range(2000, 2008))
    assert list(neighbourhoods.segregationsindex(shipped, "al_rate").index) == [
        2005,
        2006,
        2007,
    ]  # the count begins anew in 2005
    table = shipped.daten("bev_mh")
    rest = table["nenner"] - table["zaehler"]
    by_hand = (table["zaehler"] / table["zaehler"].sum() - rest / rest.sum()).abs().sum() / 2 * 100
    assert neighbourhoods.segregationsindex(shipped, "bev_mh")[2007] == pytest.approx(by_hand)


def test_segregation_in_words() -> None:
    found = Segregation(pd.Series({2005: 26.04, 2007: 25.66}))
    assert (str(found), found.ganz, found.seit, found.differenz, found.richtung) == (
        "25,7\u00a0%", "26", "2005", "0,4 Punkte", -1,
    )  # fmt: skip
    with pytest.raises(NotSayable):
        _ = Segregation(pd.Series({2005: 26.0})).differenz
    with pytest.raises(NotSayable):
        str(Segregation(pd.Series(dtype=float)))


def test_fifths(shipped: Bericht) -> None:
    table = shipped.daten("sgb2_quote").sort_values("wert")
    low, high = table.head(8), table.tail(8)
    rates = [100 * part["zaehler"].sum() / part["nenner"].sum() for part in (high, low)]
    assert neighbourhoods.fuenftel(shipped, "sgb2_quote") == pytest.approx((*rates, rates[0] / rates[1]))
    assert str(neighbourhoods.enden(shipped, "sgb2_quote")[1]) == f"{rates[1]:.1f}\u00a0%".replace(".", ",")
    with pytest.raises(NotSayable):
        str(Gruppenrate(np.nan))


def test_a_withheld_value_keeps_the_fifths_back(shipped: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Bericht.daten

    def hiding(self: Bericht, indicator: str, level: str = "sozialraum", jahr: int | None = None) -> pd.DataFrame:
        table = original(self, indicator, level, jahr)
        table.loc[table.index[0], ["wert", "zaehler", "status"]] = [np.nan, np.nan, "withheld"]
        return table

    monkeypatch.setattr(Bericht, "daten", hiding)
    assert np.isnan(neighbourhoods.fuenftel(shipped, "sgb2_quote")).all()


def test_small_city_says_why_there_is_no_pattern(b: Bericht) -> None:
    found = neighbourhoods.raummuster(b, "arbeitslosenquote")
    assert "mindestens 10 Gebiete" in found.grund
    with pytest.raises(NotSayable, match="mindestens 10"):
        str(found)
    assert "Grenzen der Karte" in neighbourhoods.nachbarschaftshinweis(b)
    assert np.isnan(neighbourhoods.fuenftel(b, "arbeitslosenquote")).all()
    assert list(neighbourhoods.segregationsindex(b, "arbeitslosenquote").index) == [2005, 2006]


def test_small_city_prints_its_tables(b: Bericht, shown: list[Block]) -> None:
    groups = {"arbeitslosenquote": "Arbeitslose", "anteil_u18": "Kinder"}
    b.raumstruktur().tabelle_segregation(groups, id="tbl-seg", titel="Segregation")
    assert "| Arbeitslose | x |" in shown[-1].markdown and "nicht vergleichbar" in shown[-1].markdown
    b.raumstruktur().tabelle_fuenftel(groups, id="tbl-fuenftel", titel="Fünftel")
    assert "| Kinder | . | . | . | x |" in shown[-1].markdown


def test_map_names_clusters_and_counts(shipped: Bericht, shown: list[Block]) -> None:
    shipped.raumstruktur().karte("sgb2_quote", id="fig-muster", titel="Muster")
    assert "Nummern der Sozialräume" in shown[0].markdown and "Moran-Index" in shown[0].markdown
    assert "erkennbar über" not in shown[0].markdown, "the signs say something else in this map"
    found = neighbourhoods.raummuster(shipped, "sgb2_quote")
    picture, words = shown[-1].pictures["fig-muster.svg"], shown[-1].markdown
    assert f">{HIGH_HIGH}<" in picture and ALONE not in picture
    assert all(shipped.name(a) in words for a in found.raeume(HIGH_HIGH))
    assert shipped.mit_nummern(["sr_city"]) == ["City (1)"]
    assert "erkennbar über" not in words, "▲ is a cluster of high values in this map, not a position"

"""Status and dynamics as notebooks see them: shipped data of three years, a small city, withheld values, exceptions."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.findings import dynamics
from sozialbericht.statistics.status_index import status_dynamics
from sozialbericht.writing.blocks import Block

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def years() -> dict[int, Bericht]:
    return {year: Bericht(year, daten=DATA) for year in (2005, 2006, 2007)}


def test_burdens_without_what_is_neutral(years: dict[int, Bericht]) -> None:
    used = dynamics.statusmerkmale(years[2006])
    assert {"sgb2_quote", "ek_index", "hze_rate"} <= set(used)
    assert not {"bev_u18", "bev_mh"} & set(used)


@pytest.mark.parametrize("year", [2005, 2006])
def test_status_only_while_there_are_no_two_years_of_sgb2(years: dict[int, Bericht], year: int) -> None:
    found = years[year].status_dynamik()
    assert found.dynamik is None
    assert "SGB-II-Quote" in found.grund and str(year - 2) in found.grund
    assert found.status.notna().all()


def test_dynamics_of_2007_leave_out_income_and_nothing_else(years: dict[int, Bericht]) -> None:
    found = years[2007].status_dynamik()
    assert found.grund == ""
    assert list(found.ohne) == ["ek_index"]
    assert set(found.dynamik_merkmale) == set(found.merkmale) - {"ek_index"}
    assert found.dynamik is not None and found.dynamik.isin(["positiv", "stabil", "negativ"]).all()
    assert found.gruppen.to_numpy().sum() == 39


def pooled(b: Bericht, name: str) -> pd.Series:
    """The value from the printed counts of as many years as the catalogue pools."""
    years = b.indikator(name)["jahre_gepoolt"]
    if pd.isna(years):
        return b.daten(name)["wert"]
    printed = [b.daten(name, jahr=b.jahr - back) for back in range(int(years))]
    top, bottom = (sum(table[column] for table in printed) for column in ("zaehler", "nenner"))
    return top / bottom * float(b.indikator(name)["faktor"])


def test_status_computed_anew_from_printed_values(years: dict[int, Bericht]) -> None:
    b = years[2006]
    sign = {"belastung": 1, "chance": -1}
    table = pd.DataFrame({n: pooled(b, n) * sign[b.indikator(n)["richtung"]] for n in dynamics.statusmerkmale(b)})
    z = (table - table.mean()) / table.std(ddof=0)
    total = z.sum(axis=1)
    index = (total - total.mean()) / total.std(ddof=0)
    found = b.status_dynamik()
    assert found.index.to_numpy() == pytest.approx(index.to_numpy(), abs=0.0501)
    assert found.status.to_dict() == status_dynamics(table).status.to_dict()


def test_index_is_rounded_to_one_place(years: dict[int, Bericht]) -> None:
    index = years[2007].status_dynamik().index
    assert (index * 10 - (index * 10).round()).abs().max() < 1e-9


def test_areas_where_types_and_status_differ(years: dict[int, Bericht]) -> None:
    b = years[2006]
    only_type, only_index = b.status_dynamik().widersprueche()
    found, typed = b.status_dynamik(), b.typisierung().typ
    assert set(only_type) == {a for a in typed.index if typed[a] >= 4 and found.status[a] in ("hoch", "mittel")}
    assert set(only_index) == {
        a for a in typed.index if typed[a] < 4 and found.status[a] in ("niedrig", "sehr niedrig")
    }
    values = [found.index[a] for a in only_type]
    assert values == sorted(values, reverse=True)
    assert b.status_dynamik().nach_status()[0] == found.index.idxmax()


def test_small_city_says_why_there_is_no_index(b: Bericht) -> None:
    found = b.status_dynamik()
    assert found.status.isna().all() and found.dynamik is None
    assert "mindestens 10 Gebiete" in found.fehlt == found.grund
    assert b.status_dynamik().widersprueche() == ([], [])
    assert b.status_dynamik().nach_status() == []


def test_declared_exception_is_out_and_named(tmp_path: Path, shown: list[Block]) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "bericht.yml").write_text("statusindex: {ausnahmen: {sr_city: Geschäftszentrum}}\n", encoding="utf-8")
    b = Bericht(2007, daten=folder)
    found = b.status_dynamik()
    assert found.ausgeschlossen == {"sr_city": "Geschäftszentrum"}
    assert not isinstance(found.status["sr_city"], str)
    assert np.isnan(found.index["sr_city"])
    b.status_dynamik().karte(id="fig-status", titel="Status")
    assert "City (Geschäftszentrum)" in shown[-1].markdown
    line = next(line for line in shown[-1].markdown.splitlines() if line.startswith("- [1]"))
    assert "City" in line and line.endswith("[x]{}")
    assert ">nicht einbezogen<" in shown[-1].pictures["fig-status.svg"]


def test_map_and_tables_say_every_group(years: dict[int, Bericht], shown: list[Block]) -> None:
    b = years[2007]
    b.status_dynamik().karte(id="fig-status", titel="Status")
    picture, words = shown[-1].pictures["fig-status.svg"], shown[-1].markdown
    assert all(f">{word}<" in picture for word in ("sehr niedrig", "hoch", "positiv", "stabil", "negativ"))
    assert words.count("●") + words.count("▲") + words.count("▼") == 39
    b.status_dynamik().tabelle(id="tbl-status", titel="Gruppen")
    assert all(b.name(str(a)).split("/")[0] in shown[-1].markdown for a in b.raeume().index)
    b.status_dynamik().tabelle_zufall(id="tbl-zufall", titel="Zufall")
    assert "SGB-II-Quote | September 2005 | September 2007" in shown[-1].markdown
    b.status_dynamik().tabelle_widersprueche(id="tbl-typ", titel="Typen")
    assert "Typ\u00a05\u00a0– stark belastet" in shown[-1].markdown
    assert max(b.status_dynamik().zufallsanteile().values()) <= 100


def test_an_area_with_a_withheld_value_takes_no_part(
    years: dict[int, Bericht], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were it only not printed, it would follow from the indices of the others, whose mean is 0."""
    b = years[2006]
    cube = b._cube.copy()
    place = (cube["raum_id"] == "sr_city") & (cube["merkmal"] == "hze") & (cube["stichtag"] == "2005-12-31")
    assert place.sum() == 1
    cube.loc[place, ["wert", "status"]] = np.nan, "withheld"
    monkeypatch.setattr(b, "_cube", cube)
    original = Bericht.daten

    def hiding(self: Bericht, indicator: str, level: str = "sozialraum", jahr: int | None = None) -> pd.DataFrame:
        table = original(self, indicator, level, jahr)
        if indicator == "hze_rate":
            table.loc["sr_city", ["wert", "status"]] = [np.nan, "withheld"]
        return table

    monkeypatch.setattr(Bericht, "daten", hiding)
    found = dynamics._status_dynamics(b, 2006)
    assert np.isnan(found.index["sr_city"])
    assert pd.isna(found.status["sr_city"])
    assert found.ausgeschlossen["sr_city"] == dynamics.WITHHELD
    assert found.index.dropna().mean() == pytest.approx(0, abs=0.05), "that of those who take part"
    monkeypatch.setattr(dynamics, "status_dynamik", lambda b, jahr=None: found)
    assert b.status_dynamik().benannt("sr_city") == f"{b.name('sr_city')} (.)"
    assert any("geheim gehalten" in line for line in b.status_dynamik()._status_notes())

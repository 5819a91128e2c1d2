"""Typology in the report: three years, a city too small for it, missing values, words, nothing betrayed."""

from __future__ import annotations

import copy
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.checking.lint import check_text
from sozialbericht.data.decided.typen import Typen
from sozialbericht.findings import decision, types, typification
from sozialbericht.findings.decision import Auswahlwechsel
from sozialbericht.statistics.cube import aggregate
from sozialbericht.wording.sentences import TemplateError
from sozialbericht.writing.blocks import Block

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def report(request: pytest.FixtureRequest) -> Bericht:
    """The reports of three years from the demonstration data."""
    return Bericht(request.param, request.param - 1, DATA)


@pytest.fixture(scope="module")
def of_2006() -> Bericht:
    return Bericht(2006, 2005, DATA)


def with_values(report: Bericht, values: pd.DataFrame) -> Bericht:
    """The report as it would be with other values; its stock is one of its own, so that nothing is remembered."""
    report._tables = replace(report._tables, values=values)
    report._cube = aggregate(values, report._tables.areas)
    report._store = copy.copy(report._store)
    report._store._entries = {}
    return report


# -- the result ----------------------------------------------------------------------------------------------


def test_every_area_has_a_type_in_all_three_years(report: Bericht) -> None:
    found = report.typisierung()
    assert found.grund == ""
    assert found.ohne == {}
    assert set(found.typ) == {1.0, 2.0, 3.0, 4.0, 5.0}
    assert list(found.typ.index) == list(report.raeume().index)
    assert len(found.merkmale) == 8
    assert found.stabilitaet.between(0, 1).all()
    np.testing.assert_allclose(found.anteile.sum(axis=1), 1)
    np.testing.assert_allclose(found.typenanteil, found.anteile[4] + found.anteile[5])
    assert found.typenzahl.mean() == pytest.approx(found.typenanteil.sum())
    assert found.unter_zahl.mean() == pytest.approx(found.unter_anteil.sum())
    assert (found.profile.loc[5] > 0).all()


def test_aktionsraeume_stand_by_type_the_most_burdened_first(report: Bericht) -> None:
    found = report.typisierung()
    chosen = report.auswahl().raeume
    assert [found.typ[area] for area in chosen] == sorted((found.typ[area] for area in chosen), reverse=True)
    for kind in (5, 4):
        distances = [found.abstand[area] for area in found.gebiete(kind)]
        assert distances == sorted(distances, reverse=True)
    assert set(chosen) == set(found.typ.index[found.unter_durchschnitt])


def test_the_other_type_is_another_one(report: Bericht) -> None:
    found = report.typisierung()
    known = found.ersatztyp.dropna()
    assert len(known)
    assert (known != found.typ[known.index]).all()
    for area in found.typ.index[found.ersatztyp.isna()]:
        assert found.stabilitaet[area] == 1


def test_border_cases_are_shown_not_hidden(of_2006: Bericht) -> None:
    cases = of_2006.typisierung().grenzfaelle()
    assert "sr_dorstfelder_bruecke" in cases
    kept = of_2006.typisierung().stabilitaet
    assert list(kept[cases]) == sorted(kept[cases])
    assert kept["sr_dorstfelder_bruecke"] == kept[of_2006.auswahl().raeume].min()
    assert all(decision.sure(kept[area]) for area in kept.index if area not in cases)


def test_nothing_from_which_a_value_could_be_computed_is_handed_out(of_2006: Bericht) -> None:
    found = of_2006.typisierung()
    assert (found.abstand * 10).round(6).apply(float.is_integer).all()
    assert (found.profile * 100).round(6).map(float.is_integer).all(axis=None)
    sizes = {k: len(found.gebiete(k)) for k in found.profile.index}
    assert min(sizes.values()) >= 3
    for name, value in vars(found).items():
        if isinstance(value, pd.DataFrame) and name not in ("anteile", "ohne_struktur"):
            assert len(value) <= 5, name


def test_nothing_depends_on_a_withheld_value(tmp_path: Path, shown: list[Block]) -> None:
    """Two folders that differ in withheld counts alone give the same typology, status and dynamics, in every part."""
    shutil.copytree(DATA, tmp_path / "data")
    file = tmp_path / "data" / "werte" / "2005.csv"
    counts = {"hze": 2, "hze_ambulant": 2, "hze_tagesgruppe": 0, "hze_pflege": 0, "hze_heim": 0}
    found = []
    protector = ""
    for move in (0, 1):
        lines = {line.rpartition(";")[0]: line for line in file.read_text(encoding="utf-8").splitlines()}
        for feature, number in counts.items():
            key = f"sr_hafen;{feature};31.12.2005"
            lines[key] = f"{key};{number - move * (number > 0)}"
        for feature in ("hze", "hze_ambulant") if move else ():  # what Hafen has lost, its protector has gained
            key = f"{protector};{feature};31.12.2005"
            lines[key] = f"{key};{int(lines[key].rpartition(';')[2]) + 1}"
        file.write_text("\n".join(lines.values()) + "\n", encoding="utf-8")
        b = Bericht(2006, 2005, tmp_path / "data")
        hidden = {area for area in b.raeume().index if b.wert("hze_rate", area).wert.status == "withheld"}
        (protector,) = hidden - {"sr_hafen"}
        types = b.typisierung()
        assert set(types.typ.index[types.typ.isna()]) == hidden
        found.append((types, b.status_dynamik()))
        assert {found[-1][1].ausgeschlossen[area] for area in hidden} == {"ein Wert ist geheim gehalten"}
    for one, two in zip(*found, strict=True):
        for name, value in vars(one).items():
            if name == "_b":
                continue
            if isinstance(value, pd.DataFrame):
                pd.testing.assert_frame_equal(value, getattr(two, name))
            elif isinstance(value, pd.Series):
                pd.testing.assert_series_equal(value, getattr(two, name))
            else:
                assert value == getattr(two, name), name
    b.typisierung().tabelle(id="tbl-a", titel="A")
    assert next(row for row in shown[0].markdown.splitlines() if "Hafen" in row).count(" . ") >= 1


# -- memory --------------------------------------------------------------------------------------------------


def test_computed_once_per_folder_and_year() -> None:
    report = Bericht(2006, 2005, DATA)
    found = typification.typisierung(report)
    assert typification.typisierung(report, 2006) is found
    assert typification.typisierung(Bericht(2007, 2006, DATA), 2006) is found
    assert typification.typisierung(report, 2005) is not found
    assert report.typisierung().typ is found.typ, "the typology with pictures holds what was computed"


def test_changed_files_are_computed_anew(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    first = typification.typisierung(Bericht(2006, 2005, tmp_path / "data"))
    file = tmp_path / "data" / "werte" / "2006.csv"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    again = typification.typisierung(Bericht(2006, 2005, tmp_path / "data"))
    assert again is not first
    pd.testing.assert_series_equal(again.typ, first.typ)


# -- two years -----------------------------------------------------------------------------------------------


def test_who_joined_and_who_left(of_2006: Bericht) -> None:
    change = typification.typwechsel(of_2006)
    before, after = set(of_2006.auswahl(2005).raeume), set(of_2006.auswahl().raeume)
    told = of_2006.auswahlwechsel()
    new, gone = ({of_2006.name(area) for area in areas} for areas in (after - before, before - after))
    assert (set(told.dazu), set(told.heraus)) == (new, gone) and told.unbekannt == []
    assert change.tabelle.to_numpy().sum() == 39
    assert np.trace(change.tabelle.to_numpy()) == 39 - len(change.gewechselt)
    assert change.rand < 1
    assert change.grund == ""


def test_rand_index_of_two_years_against_scikit_learn(of_2006: Bericht) -> None:
    from sklearn.metrics import adjusted_rand_score

    one, other = of_2006.typisierung().typ, of_2006.typisierung(2005).typ
    assert typification.typwechsel(of_2006).rand == pytest.approx(adjusted_rand_score(one, other))


def test_years_with_other_features_are_not_compared() -> None:
    change = typification.typwechsel(Bericht(2005, 2004, DATA))
    assert "SGB-II-Quote" in change.grund
    assert change.tabelle.empty
    assert Bericht(2005, 2004, DATA).auswahlwechsel() == Auswahlwechsel([], [], [], change.grund)
    assert "keine Werte" in typification.typwechsel(Bericht(2006, 1999, DATA)).grund


def test_years_with_a_break_between_them_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    b = Bericht(2006, 2005, DATA)
    new, old = typification.typisierung(b), typification.typisierung(b, 2005)
    before = replace(old, abschnitte={**old.abschnitte, "hze_rate": new.abschnitte["hze_rate"] - 1})
    monkeypatch.setattr(typification, "typisierung", lambda b, jahr=None: before if jahr == 2005 else new)
    change = typification.typwechsel(b)
    assert change.grund == "Vergleichbare Werte fehlen bei Hilfen zur Erziehung."
    assert change.tabelle.empty and b.auswahlwechsel() == Auswahlwechsel([], [], [], change.grund)


def test_a_year_with_few_features_has_no_typology() -> None:
    found = Bericht(2000, 1999, DATA).typisierung()
    assert "Merkmale" in found.grund
    assert found.typ.isna().all()
    assert found.ohne


# -- what is missing -----------------------------------------------------------------------------------------


def test_a_feature_without_the_citys_value_is_left_out_and_named() -> None:
    b = Bericht(2006, 2005, DATA)
    values = b._tables.values
    gone = (values["raum_id"] == "sr_asseln") & (values["merkmal"] == "hze")  # and so the sum of the city
    found = with_values(b, values[~gone]).typisierung()
    assert found.ohne == {"hze_rate": "Hilfen zur Erziehung: der Wert der Stadt fehlt"}
    assert len(found.merkmale) == 7
    assert found.typ.notna().all()
    assert found.grund == ""


def test_a_starred_value_leaves_its_area_without_a_type(shown: list[Block]) -> None:
    b = Bericht(2006, 2005, DATA)
    values = b._tables.values.copy()
    city = values[(values["merkmal"] == "hze") & (values["stichtag"] == "2005-12-31")]
    whole = city.iloc[[0]].assign(raum_id="st_dortmund", wert=city["wert"].sum())
    star = (values["raum_id"] == "sr_asseln") & (values["merkmal"] == "hze")
    values.loc[star, "wert"], values.loc[star, "status"] = np.nan, "withheld"
    found = with_values(b, pd.concat([values, whole], ignore_index=True)).typisierung()
    assert list(found.ohne) == ["sr_asseln"]
    assert found.typ.isna().sum() == 1
    assert np.isnan(found.typ["sr_asseln"])
    kind = b.typ("sr_asseln")
    assert kind.nummer is None
    assert "Hilfen zur Erziehung" in kind.grund
    assert b.satz("{t}", sonst="ohne Typ", t=kind) == "ohne Typ"
    with pytest.raises(TemplateError):
        b.satz("{t.stabilitaet_text}", t=kind)
    b.typisierung().tabelle(id="tbl-a", titel="A")
    b.typisierung().karte(id="fig-a", titel="A")
    assert "…" in shown[0].markdown
    assert len(shown) == 2


def test_a_small_city_has_none_and_says_why(b: Bericht) -> None:
    found = b.typisierung()
    assert found.grund.endswith(".")
    assert found.typ.isna().all()
    assert not found.unter_durchschnitt.any()
    assert b.auswahl().raeume == []
    area = str(b.raeume().index[0])
    assert b.typ(area).nummer is None
    assert b.typ(area).grund == found.grund
    assert typification.typguete(b).empty
    assert typification.typwechsel(b).grund
    assert b.typisierung().grenzfaelle() == []


# -- words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "in allen Berechnungen"), (0.999, "in 99 von 100 Berechnungen"), (0.674, "in 67 von 100 Berechnungen"),
        (0.0, "in keiner Berechnung"), (0.002, "in 1 von 100 Berechnungen"), (0.845, "in 85 von 100 Berechnungen"),
    ],
)  # fmt: skip
def test_runs_in_words(share: float, words: str) -> None:
    assert types.runs_in_words(share) == words


def test_a_type_in_a_sentence(of_2006: Bericht) -> None:
    kind = of_2006.typ("sr_dorstfelder_bruecke")
    assert str(kind) == kind.name == Typen().name(4) == "Typ\u00a04\u00a0– belastet"
    assert kind.kurz == "Typ\u00a04"
    assert kind.ersatz == Typen().name(2)
    assert kind.unter_durchschnitt
    assert "von 100" in kind.stabilitaet_text


def test_figures_and_tables(report: Bericht, shown: list[Block]) -> None:
    report.typisierung().karte(id="fig-k", titel="K")
    report.typisierung().profilbild(id="fig-p", titel="P")
    report.typisierung().grenzfallbild(id="fig-s", titel="S", quelle="Wie oben.")
    report.typisierung().tabelle(id="tbl-t", titel="T")
    report.typisierung().tabelle_gruppenzahl(id="tbl-g", titel="G")
    report.typisierung().tabelle_proben(id="tbl-v", titel="V")
    assert len(shown) == 6
    for block in shown[:4]:
        assert "Die Zuordnung ist in den Modelldaten angelegt und belegt nichts" in block.markdown
    assert all(check_text("x", block.markdown) == [] for block in shown)
    assert [len(block.pictures) for block in shown] == [2, 2, 2, 0, 0, 0]
    assert ("für das Jahr" in shown[5].markdown) == (report.jahr > 2005)  # 2005 and 2004 are not comparable
    assert "Wie oben." in shown[2].markdown
    lines = [line for line in shown[3].markdown.splitlines() if line.startswith("|")]
    assert len(lines) == 2 + 5 + 39


def test_transitions_in_a_table(of_2006: Bericht, shown: list[Block]) -> None:
    of_2006.typisierung().tabelle_wechsel(id="tbl-w", titel="W")
    last = [line for line in shown[0].markdown.splitlines() if line.startswith("|")][-1]
    assert last.strip("| ").endswith("39")


def test_the_published_number_below_the_average_is_compared(of_2006: Bericht) -> None:
    table = of_2006.veroeffentlichtes().angaben()
    row = table[table["ergebnis"] == "raeume_unter_durchschnitt"].iloc[0]
    assert row["eigener"] == row["vergleichswert"] == 13
    assert row["abgleich"] == "angelegt"


def test_areas_that_lack_the_same_are_told_together(report: Bericht) -> None:
    names = ["Hafen", "Eving: Mitte", "Nord"]
    without = {name: f"{name}: kein Wert für Quote" for name in names}
    without["x"] = "Merkmal: für 12 von 39 Gebieten fehlt der Wert"
    without["y"] = "Süd: kein Wert für Quote und Rate"
    assert typification.nicht_einbezogen(report, without) == [
        "Hafen, Eving: Mitte und Nord: kein Wert für Quote",
        "Merkmal: für 12 von 39 Gebieten fehlt der Wert",
        "Süd: kein Wert für Quote und Rate",
    ]

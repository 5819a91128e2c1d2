"""The typology on one object: without one nothing is put, probes of it in words."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sozialbericht import numbers
from sozialbericht.bericht import Bericht
from sozialbericht.data import levels
from sozialbericht.findings import typification
from sozialbericht.subjects.typologies import typeprobes
from sozialbericht.subjects.typologies.typeprobes import Auslassung, Gruppenwahl, Strukturprobe
from sozialbericht.writing.blocks import Block

DATA = Path(__file__).parents[2] / "data"
LEVELS = levels.of(["stadt", "sozialraum"], {})


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def report(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


@pytest.fixture(scope="module")
def of_2006() -> Bericht:
    return Bericht(2006, 2005, DATA)


# -- without a typology ----------------------------------------------------------------------------------------------


def test_without_a_typology_nothing_is_put(b: Bericht, shown: list[Block]) -> None:
    t = b.typisierung()
    assert t.grund
    t.karte(id="fig-k", titel="K")
    t.profilbild(id="fig-p", titel="P")
    t.grenzfallbild(id="fig-g", titel="G")
    t.tabelle(id="tbl-t", titel="T")
    t.tabelle_gruppenzahl(id="tbl-z", titel="Z")
    t.tabelle_wechsel(id="tbl-w", titel="W")
    t.tabelle_proben(id="tbl-p", titel="P")
    assert shown == []


def test_without_a_typology_it_says_nothing_that_is_not_so(b: Bericht) -> None:
    t = b.typisierung()
    assert (t.schwerster_typ, t.schwerster_abstand, t.typ_mit_niedrigster_last("anteil_u18")) == (0, 0.0, 0)
    assert (t.auslassung(), t.strukturprobe(), t.gruppenwahl()) == (None, None, None)
    assert t.gewechselt() == t.grenzfaelle() == t.merkmalnamen() == []
    assert t.wechsel().grund and t.rand_index == ""


def test_it_is_the_typology_that_was_computed(report: Bericht) -> None:
    found, t = typification.typisierung(report), report.typisierung()
    assert all(getattr(t, name) is value for name, value in vars(found).items())
    assert t.gewertet == found.gewertet and t.rand_index == found.rand_index
    assert report.typisierung(report.jahr - 1).jahr == report.jahr - 1


# -- what it says ----------------------------------------------------------------------------------------------------


def test_the_most_burdened_type(report: Bericht) -> None:
    t = report.typisierung()
    worst = t.profile.loc[5, t.gewertet]
    assert t.schwerster_typ == 5
    assert t.schwerster_abstand == pytest.approx(worst.mean())
    told = "alle sechs gewerteten Merkmale" if (worst > 0).all() else "gewerteten Merkmalen"
    assert told in t.profilsatz() and t.profilsatz().endswith("ungünstiger als in der Stadt")
    assert t.typ_mit_niedrigster_last("sgb2_quote") == t.profile["sgb2_quote"].idxmin()
    assert t.typ_mit_niedrigster_last("gibt_es_nicht") == 0


def test_who_has_moved_with_type_and_certainty(of_2006: Bericht) -> None:
    t = of_2006.typisierung()
    change = t.wechsel()
    told = t.gewechselt()
    assert len(told) == len(change.gewechselt) == 39 - sum(change.tabelle.to_numpy().diagonal())
    for area, words in zip(change.gewechselt, told, strict=True):
        before, kind = of_2006.typisierung(2005).typ[area], of_2006.typ(area)
        assert words == f"{of_2006.name(area)} (von Typ {before:.0f} zu {kind.kurz}, {kind.stabilitaet_text})"
    assert t.gewechselt(1999) == [], "a year without values"


# -- probes ----------------------------------------------------------------------------------------------------------


def test_the_feature_that_matters_most(report: Bericht) -> None:
    t = report.typisierung()
    values = t.rand_ohne.sort_values()
    title = report.indikator(str(values.index[0]))["bezeichnung"]
    assert t.auslassung() == Auslassung(title, numbers.number(values.iloc[0], 2), numbers.number(values.iloc[1], 2))


def test_the_only_feature_left_out_leaves_no_other(of_2006: Bericht) -> None:
    found = typification.typisierung(of_2006)
    one = replace(found, rand_ohne=found.rand_ohne.iloc[:1])
    probe = typeprobes.omission(of_2006, one)
    assert probe is not None and probe.rand_sonst == "1,00"


def test_the_probe_with_evaluated_features_alone(report: Bericht) -> None:
    t = report.typisierung()
    probe, only = t.strukturprobe(), t.ohne_struktur
    assert probe is not None
    assert probe.unter == int(only["unter_durchschnitt"].sum())
    differing = t.unter_durchschnitt.index[t.unter_durchschnitt != only["unter_durchschnitt"]]
    assert set(probe.anders) == {report.name(str(area)) for area in differing}
    moved = t.typ.isin(t.typen.belastete) != only["typ"].isin(t.typen.belastete)
    assert set(probe.typen) == {report.name(str(area)) for area in moved.index[moved]}
    assert probe.rand_index == numbers.number(t.rand_struktur, 2)


def test_where_all_features_are_evaluated_there_is_no_such_probe(of_2006: Bericht) -> None:
    found = typification.typisierung(of_2006)
    nothing = replace(found, struktur=[], ohne_struktur=pd.DataFrame(columns=["typ", "unter_durchschnitt"]))
    assert typeprobes.evaluated_only(of_2006, nothing) is None


@pytest.mark.parametrize(
    ("below", "other", "words"),
    [
        (13, [], "liegen dann dieselben 13 Sozialräume."),
        (1, [], "liegt dann derselbe Sozialraum."),
        (12, ["Hafen", "City"], "liegen dann 12 Sozialräume; gegenüber der Auswahl mit allen Merkmalen ändert"),
        (1, ["Hafen"], "allen Merkmalen ändert sich das bei Hafen."),
    ],
)
def test_who_lies_below_the_average_then(below: int, other: list[str], words: str) -> None:
    told = Strukturprobe(below, other, [], 0.5, LEVELS).unterschied
    assert told.startswith("Unter dem städtischen Durchschnitt ") and words in told


def test_of_two_features_that_change_as_much_none_lowers_the_index_further() -> None:
    assert Auslassung("Quote", "0,79", "0,79").andere == "kein anderes senkt ihn weiter"
    assert Auslassung("Quote", "0,58", "0,63").andere == "fehlt ein anderes, liegt er bei mindestens 0,63"


def test_the_number_of_groups(of_2006: Bericht) -> None:
    table, probe = typification.typguete(of_2006), of_2006.typisierung().gruppenwahl()
    assert probe is not None
    assert (probe.typen, probe.versuche) == (5, len(table)) == (5, 7)
    assert (probe.bevorzugt, probe.knick) == typification.typguete_bevorzugt(of_2006)
    assert probe.hoechste == numbers.number(table["silhouette"].max(), 2)
    assert probe.eigene == numbers.number(table.at[5, "silhouette"], 2)
    assert probe.rang == str(1 + int((table["silhouette"] > table.at[5, "silhouette"]).sum()))
    assert probe.abgetrennt == table.at[probe.bevorzugt, "worst"]


FEWER, TWO = "Nach beiden Maßen wären weniger Gruppen besser.", "Zwei Gruppen trennten aber nur 4 belastete Sozialräume"


@pytest.mark.parametrize(
    ("preferred", "bend", "said"),
    [(2, 3, [FEWER, TWO]), (3, 4, [FEWER]), (2, 5, [TWO]), (6, 3, []), (5, 5, [])],
)
def test_the_verdict_on_the_number_of_groups(preferred: int, bend: int, said: list[str]) -> None:
    told = Gruppenwahl(5, preferred, bend, "0,40", "0,30", "4", 7, 4, LEVELS.unten).urteil
    assert [words for words in (FEWER, TWO) if words in told] == said
    assert bool(told) == bool(said)


def test_a_probe_of_a_year_of_its_own_changes_nothing(of_2006: Bericht) -> None:
    """Results are read only: what one chapter does with them, another does not see."""
    t = of_2006.typisierung()
    kept = copy.copy(t.typ)
    with pytest.raises(AttributeError):
        t.grund = "anders"  # type: ignore[misc]
    pd.testing.assert_series_equal(of_2006.typisierung().typ, kept)

"""The decision: one rule in one file, and every place of the report follows it."""

from __future__ import annotations

import json
import shutil
import warnings
from html import escape, unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.data import levels
from sozialbericht.data.decided.typen import NAMES, Typen, of_number
from sozialbericht.data.settings import Regel
from sozialbericht.findings import decision
from sozialbericht.statistics import stability
from sozialbericht.wording.sentences import WORDS
from sozialbericht.writing.blocks import MEDIA_TYPE, Block

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
#: 2007: this area lies below the average, but its type is neither 4 nor 5.
DIFFERENT = "sr_boevinghausen_westrich"


def markdown(blocks: list[Block]) -> str:
    return "\n\n".join(str(block._repr_mimebundle_()[MEDIA_TYPE]["markdown"]) for block in blocks)


def written(notebook: str, data: Path, shown: list[Block], **parameters: Any) -> str:
    """What the cells of a notebook put into the report, run in this process."""
    shown.clear()
    names: dict[str, Any] = {}
    for cell in json.loads((ROOT / "notebooks" / notebook).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "vert: bool was deprecated", DeprecationWarning)  # seaborn's own call
                exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names |= {"jahr": 2007, "vergleichsjahr": 2006, "daten": str(data)} | parameters
    return markdown(shown)


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def report(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


def test_by_default_the_areas_below_the_average_are_chosen(report: Bericht) -> None:
    found, plan = report.typisierung(), report.auswahl()
    assert plan.regel is Regel.UNTER_DURCHSCHNITT
    assert set(plan.raeume) == set(found.typ.index[found.unter_durchschnitt]) == set(report.auswahl().raeume)
    pd.testing.assert_series_equal(plan.anteil, found.unter_anteil)
    assert [a for areas in plan.je_typ().values() for a in areas] == plan.raeume


def test_the_parts_of_a_decision_fit_together(report: Bericht) -> None:
    plan = report.auswahl()
    assert sorted(plan.fest + plan.knapp) == sorted(plan.raeume)
    assert not set(plan.weitere) & set(plan.raeume)
    assert plan.erwartet == pytest.approx(plan.anteil.sum())
    assert plan.spanne[0] <= plan.erwartet <= plan.spanne[1] + 1
    assert all(plan.anteil[a] >= 0.945 for a in plan.fest)
    assert all(plan.anteil[a] < 0.945 for a in plan.knapp)
    assert all(plan.anteil[a] > 0.055 for a in plan.weitere)
    typed = {a for kind in (4, 5) for a in report.typisierung().gebiete(kind)}
    below = set(report.typisierung().typ.index[report.typisierung().unter_durchschnitt])
    assert (set(plan.nur_typ), set(plan.nur_durchschnitt)) == (typed - below, below - typed)


def test_of_2006_the_published_thirteen_all_sure_and_two_more_to_look_at() -> None:
    plan = Bericht(2006, 2005, DATA).auswahl()
    assert len(plan.raeume) == len(plan.fest) == 13 and plan.abweichend == []
    assert plan.weitere == ["sr_husen_kurl_lanstrop", "sr_wambel"]
    assert 13 < plan.erwartet < 13.5


def test_the_rule_decides_in_every_place(by_type: Path, shown: list[Block]) -> None:
    """2007: by the average fourteen, by type thirteen. Every chapter, table and profile says the same."""
    count = {DATA: 14, by_type: 13}
    words = {DATA: "liegen 2007 unter dem städtischen Durchschnitt", by_type: "gehören 2007 zu Typ 4 oder 5"}
    who = {
        DATA: "die Sozialräume, die unter dem städtischen Durchschnitt liegen",
        by_type: "die Sozialräume der Typen 4 und 5",
    }
    for data, n in count.items():
        b = Bericht(2007, 2006, data)
        name = b.name(DIFFERENT)
        assert len(b.auswahl().raeume) == n and (DIFFERENT in b.auswahl().raeume) == (n == 14)
        assert b.typ(DIFFERENT).aktionsraum == (n == 14)
        summary = written("00_kurzfassung.ipynb", data, shown)
        assert f"{n} von 39 Sozialräumen {words[data]}" in summary
        assert f"## Die Entscheidung: {n} Aktionsräume" in summary and "Karte der 39 Sozialräume, " in summary
        assert (f"{name} (in 84 von 100 " in summary) == (n == 14), "by type it is in nine of a hundred runs"
        assert who[data] in summary
        types = written("10_typisierung.ipynb", data, shown)
        assert "Wie sicher die Auswahl ist, steht in @sec-aktionsraeume." in types
        assert f"ist Bövinghausen/Westrich {'' if n == 14 else 'kein '}Aktionsraum" in types
        index = written("11_status_dynamik.ipynb", data, shown)
        assert f"Aktionsräume sind {who[data]}" in index
        assert (
            f"Von den {n} Sozialräumen mit dem höchsten Index" in index
            or f"Die {n} Sozialräume mit dem höchsten" in index
        )
        chapter = written("13_aktionsraeume.ipynb", data, shown)
        assert f"{n} von 39 Sozialräumen sind 2007 Aktionsräume" in chapter
        assert chapter.count("{.raumblatt") == n
        assert (f"#sec-aktionsraum-{DIFFERENT.replace('_', '-')}" in chapter) == (n == 14)
        assert f"Aktionsräume heißen {who[data]}" in chapter
        plan = written("14_aktionsplan.ipynb", data, shown)
        assert f"In den {n} Aktionsräumen wohnen" in plan and who[data] in plan
        methods = written("84_methoden.ipynb", data, shown)
        assert f"regel: {b.auswahl().regel}" in unescape(methods) and who[data] in methods
        profile = written("profil/sozialraum.ipynb", data, shown, raum=DIFFERENT)
        assert ("· Aktionsraum ·" in profile) == (n == 14)
        assert ("**Ja**, in " if n == 14 else "**Nein**, in ") in profile
        assert set(b.massnahmen().uebrige()["raum_id"]) == set(b.massnahmen().eintraege()["raum_id"]) - set(
            b.auswahl().raeume
        ) - {b.stadt}


def test_the_map_rings_the_chosen_areas(by_type: Path, shown: list[Block]) -> None:
    for data in (DATA, by_type):
        b = Bericht(2007, 2006, data)
        shown.clear()
        b.typisierung().karte(id="fig-k", titel="K")
        told = markdown(shown)
        assert f"Aktionsräume: {', '.join(b.name(a) for a in b.auswahl().raeume[:2])}" in told
        drawn = next(text for name, text in shown[0].pictures.items() if "ring" in text)
        assert drawn.count("zeichen ring") == len(b.auswahl().raeume) + 1, "one more in the legend"


def test_children_and_migrants_are_more_or_less_never_worse(report: Bericht, shown: list[Block]) -> None:
    found = report.typisierung()
    assert found.struktur == ["bev_u18", "bev_mh"] and len(found.gewertet) == 6
    told = written("10_typisierung.ipynb", DATA, shown, jahr=report.jahr, vergleichsjahr=report.jahr - 1)
    assert "sechs gewerteten Merkmale ungünstiger" in told
    assert "acht Merkmale ungünstiger" not in told and "alle Merkmale ungünstiger" not in told
    svg = next(text for block in shown for name, text in block.pictures.items() if name == "fig-typen-profil.svg")
    assert "mehr als in der Stadt" in svg and "weniger als in der Stadt" in svg and "ungünstiger" in svg


def test_without_children_and_migrants_the_thirteen_of_2006_are_the_same() -> None:
    found = Bericht(2006, 2005, DATA).typisierung()
    assert (found.ohne_struktur["unter_durchschnitt"] == found.unter_durchschnitt).all()
    assert (found.ohne_struktur["typ"].isin([4, 5]) == found.typ.isin([4, 5])).all()


@pytest.mark.parametrize(("share", "sure"), [(1.0, True), (0.95, True), (0.9451, True), (0.944, False), (0.0, False)])
def test_what_is_sure_is_what_is_printed(share: float, sure: bool) -> None:
    assert decision.sure(share) is sure


def test_the_rules_have_words() -> None:
    for rule in Regel:
        words = decision.wortlaut(rule, levels.KNOWN["quartier"], levels.KNOWN["gemeinde"], Typen())
        assert words.wer.startswith("die Quartiere") and words.verb != words.verben
        assert words.durchschnitt == "unter dem Durchschnitt der Gemeinde"


def test_the_rule_of_types_has_words_for_every_number_of_them() -> None:
    told = {
        k: decision.wortlaut(Regel.TYP, levels.KNOWN["quartier"], levels.KNOWN["gemeinde"], of_number(k))
        for k in (3, 5, 7)
    }
    assert (told[3].wer, told[3].ergaenzung) == ("die Quartiere des Typs\u00a03", "zu Typ\u00a03")
    assert (told[5].wer, told[5].ergaenzung) == ("die Quartiere der Typen 4 und 5", "zu Typ 4 oder 5")
    assert (told[7].wer, told[7].ergaenzung) == ("die Quartiere der Typen 5, 6 und 7", "zu Typ 5, 6 oder 7")


@pytest.mark.parametrize("number", [3, 7])
def test_another_number_of_types_goes_through_everything(
    number: int, tmp_path: Path, shown: list[Block], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Map, profiles, tables and the chapter have the types that ``bericht.yml`` decides; names are text."""
    monkeypatch.setattr(stability.stability, "__defaults__", (20, stability.SEED))
    kinds = of_number(number)
    names = ("<b>gut*", *kinds.namen[1:])
    data = shutil.copytree(DATA, tmp_path / "data")
    setting = json.dumps({"namen": list(names), "belastet": kinds.belastet}, ensure_ascii=False)
    text = (data / "bericht.yml").read_text(encoding="utf-8")
    (data / "bericht.yml").write_text(f"{text}\ntypen: {setting}\n", encoding="utf-8")
    told = written("10_typisierung.ipynb", data, shown, jahr=2006, vergleichsjahr=2005)
    b = Bericht(2006, 2005, data)
    t = b.typisierung()
    assert set(t.typ.dropna()) == set(range(1, number + 1)) and t.typen.namen == names
    middle = t.abstand.groupby(t.typ).mean()
    assert middle.is_monotonic_increasing, "numbered by their burden"
    drawn = next(text for block in shown for name, text in block.pictures.items() if name == "fig-typen-karte.svg")
    for name in names:
        assert escape(name, quote=False) in drawn, name
    assert f"nach {WORDS[number]} Typen" in told and f"Warum {WORDS[number]} Typen" in told
    assert "<b>gut*" not in told
    other = {word for k in NAMES for word in NAMES[k]} - {*names}
    assert not any(f"– {word}" in told for word in other)
    assert t.typen.name(number) in told and t.typen.belastete_in in told

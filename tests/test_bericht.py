"""The vocabulary of a notebook: names that have changed, and writing only under a condition."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
import small_report

from sozialbericht import bericht
from sozialbericht.bericht import Bericht
from sozialbericht.checking import lint
from sozialbericht.checking.code.inference import Inference
from sozialbericht.checking.code.interface import Interface
from sozialbericht.checking.code.signatures import Member
from sozialbericht.order.project import open_project
from sozialbericht.renamed import RENAMED
from sozialbericht.writing.blocks import Block

DATA = Path(__file__).parents[1] / "data"
PLACE = ("sozialbericht.bericht", "Bericht")
REMOVED = ("hinweis", "bezirksflaechen", "raummuster_liste", "ist_sicher", "regel")


@pytest.fixture(scope="module")
def report() -> Bericht:
    return Bericht(2006, 2005, DATA)


# -- names that have changed -----------------------------------------------------------------------------------------


@cache
def inference() -> Inference:
    return Inference(Interface())


def member_at(path: str) -> Member | None:
    """What a path of calls leads to (``typisierung().karte``), by what the classes say that they give."""
    place = PLACE
    for step in re.split(r"\.(?![^(]*\))", path):
        found = inference().interface.member(place, step.partition("(")[0])
        if found is None:
            return None
        given = inference().resolved(found[1]["type"], found[1].get("module", found[0][0]))
        if given and given[0] == "object":
            place = (given[1], given[2])
    return found[1]


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_every_new_name_exists_and_no_old_one(old: str, new: str) -> None:
    assert re.fullmatch(r"\w+\((…|raum)?\)\.\w+|raeume\(b\.ebenen\.mitte\)", new)
    assert member_at(new) is not None
    first, _, last = new.partition(").")
    assert hasattr(Bericht, first.partition("(")[0])
    assert member_at(f"{first}).{last}_gibt_es_nicht") is None
    assert old not in dir(Bericht)


@pytest.mark.parametrize("old", RENAMED)
def test_an_old_name_is_told_the_new_one_when_it_runs(b: Bericht, old: str) -> None:
    with pytest.raises(AttributeError, match=re.escape(f"„b.{old}“ heißt jetzt „b.{RENAMED[old]}“.")):
        getattr(b, old)
    with pytest.raises(AttributeError, match=f"„b.{old}“ heißt jetzt"):
        getattr(b.wenn(False), old)


@pytest.mark.parametrize("name", REMOVED)
def test_a_name_that_has_gone_is_told_so(b: Bericht, name: str) -> None:
    assert name not in RENAMED
    with pytest.raises(AttributeError, match=re.escape(f"„b.{name}“ gibt es nicht.")):
        getattr(b, name)
    assert not hasattr(b, name), "hasattr and getattr with a default work as everywhere"


def test_the_check_tells_old_names_before_anything_runs(empty_project: Path) -> None:
    """Every name in one notebook, told at its place with the new name; those that have gone, too."""
    lines = [f"b.{name}" for name in (*RENAMED, *REMOVED)]
    code = small_report.START + "\n".join(f"x{n} = {line}" for n, line in enumerate(lines))
    small_report.notebook(empty_project / "notebooks" / "01_a.ipynb", ("# A {#sec-a}", code))
    told = [fault.what for fault in lint.check(open_project(empty_project))]
    assert told == [
        *(f"„b.{old}“ heißt jetzt „b.{new}“." for old, new in RENAMED.items()),
        *(f"„b.{name}“ gibt es nicht." for name in REMOVED),
    ]


def test_an_old_name_is_told_of_a_report_with_a_condition_too(empty_project: Path) -> None:
    code = small_report.START + "k = b.wenn(b.ist_modell)\nk.typenkarte(id='fig-x', titel='T')\nk.wenn(True).kartee()"
    small_report.notebook(empty_project / "notebooks" / "01_a.ipynb", ("# A {#sec-a}", code))
    told = [fault.what for fault in lint.check(open_project(empty_project))]
    assert told == ["„k.typenkarte“ heißt jetzt „b.typisierung().karte“.", "„kartee“ gibt es nicht."]


# -- only under a condition ------------------------------------------------------------------------------------------


def put_everything(b: Bericht) -> None:
    """Something of every kind: words, figures, tables, results with figures of their own."""
    b.abschnitt("Titel", "sec-probe")
    b.text("Die Rate betrug {r}.", r=b.wert("al_rate"))
    b.kennzahlen(b.kennzahl("al_rate"))
    b.karte("al_rate")
    b.tabelle_bezirke(["al_rate"], id="tbl-a", titel="A")
    b.typisierung().karte(id="fig-t", titel="T")
    b.status_dynamik().tabelle(id="tbl-s", titel="S")
    b.aufteilung({"alg2": "ALG II", "sozialgeld": "Sozialgeld"}).bild(id="fig-l", titel="L", einheit="in %")
    b.massnahmen().tabelle(id="tbl-m", titel="M")
    b.kurzfassung().entscheidung()
    b.profil("sr_hafen").einordnung()
    b.anhang().katalog(id="tbl-k", titel="K")


def test_nothing_is_put_where_the_condition_does_not_hold(report: Bericht, shown: list[Block]) -> None:
    put_everything(report.wenn(False))
    assert shown == []
    put_everything(report.wenn(True))
    assert len(shown) == 12
    assert report.wenn(["etwas"]) is report, "any value is a condition"


@pytest.mark.parametrize(
    "ask",
    [
        lambda b: b.jahr,
        lambda b: b.stadt,
        lambda b: str(b.wert("al_rate", "sr_hafen")),
        lambda b: b.satz("{r.Wo} betrug sie {r}.", r=b.wert("al_rate")),
        lambda b: b.kennzahl("al_rate"),
        lambda b: b.auswahl().raeume,
        lambda b: b.typisierung().gebiete(5),
        lambda b: b.typisierung().kennzahlen(),
        lambda b: b.status_dynamik().nach_status(),
        lambda b: b.profil("sr_hafen").belastungen(),
        lambda b: b.massnahmen().satz(),
        lambda b: len(b.massnahmen()),
        lambda b: b.kalibrierungshinweis,
    ],
)
def test_values_and_sentences_are_the_same(report: Bericht, shown: list[Block], ask: Callable[[Bericht], Any]) -> None:
    assert ask(report.wenn(False)) == ask(report)
    assert shown == []


@pytest.mark.parametrize(
    ("first", "second", "puts"), [(True, True, 1), (True, False, 0), (False, True, 0), (False, False, 0)]
)
def test_conditions_add_up(b: Bericht, shown: list[Block], first: bool, second: bool, puts: int) -> None:
    b.wenn(first).wenn(second).text("Ein Satz.")
    assert len(shown) == puts
    b.text("Ein anderer.")
    assert len(shown) == puts + 1, "the report itself goes on"


def test_a_silent_result_leaves_the_others_alone(report: Bericht, shown: list[Block]) -> None:
    """What a report without condition has given before, or gives later, still puts its figures."""
    before = report.massnahmen()
    report.wenn(False).massnahmen().tabelle(id="tbl-a", titel="A")
    before.tabelle(id="tbl-b", titel="B")
    report.massnahmen().tabelle(id="tbl-c", titel="C")
    assert ["tbl-b" in block.markdown or "tbl-c" in block.markdown for block in shown] == [True, True]


def test_every_result_that_puts_something_is_silenced() -> None:
    """A new class of results with figures has to be listed, or its figures would stand in the report all the same."""
    putting, waiting = set(), [Bericht]
    while waiting:
        for name, method in inspect.getmembers(waiting.pop(), inspect.isfunction):
            given = method.__annotations__.get("return")
            cls = vars(inspect.getmodule(method)).get(given, getattr(bericht, str(given), None))
            if name.startswith("_") or not inspect.isclass(cls) or not cls.__module__.startswith("sozialbericht."):
                continue
            members = inspect.getmembers(cls, inspect.isfunction)
            puts = any(not n.startswith("_") and f.__annotations__.get("return") == "None" for n, f in members)
            if puts and cls.__name__ not in putting:
                putting.add(cls.__name__)
                waiting.append(cls)
    assert putting - {"Bericht"} == bericht._RESULTS


# -- help in JupyterLab ----------------------------------------------------------------------------------------------


def helped(cls: type) -> list[tuple[str, str]]:
    """The public names of a class with the help that Tab and Shift+Tab show in JupyterLab."""
    found = []
    for name in (name for name in dir(cls) if not name.startswith("_")):
        member = inspect.getattr_static(cls, name)
        if inspect.isfunction(member) or isinstance(member, property | cached_property):
            found.append((name, inspect.getdoc(getattr(cls, name)) or ""))
    return found


@pytest.mark.parametrize("cls", [Bericht, *bericht._MADE], ids=lambda cls: cls.__name__)
def test_tab_shows_a_german_sentence(cls: type) -> None:
    """Its first line is a short sentence of its own: Jupyter shows it in a narrow panel."""
    english = re.compile(r"\b(the|of|with|which|returns?|and|for)\b")
    wrong = []
    for name, told in helped(cls):
        first, *more = told.split("\n")
        alone = not more or not more[0]
        if not (first.endswith((".", ".“")) and len(first) <= 110 and alone) or english.search(told):
            wrong.append(f"{name}: {told}")
    assert helped(cls)
    assert wrong == []


def test_the_help_of_a_method_is_its_own(b: Bericht) -> None:
    """What looks at arguments first hides neither the words nor the arguments of a method, also without a condition."""
    for report in (b, b.wenn(False)):
        assert str(inspect.getdoc(report.karte)).startswith("Setzt die Karte eines Indikators")
        assert "indikator" in inspect.signature(report.karte).parameters
        assert str(inspect.getdoc(report.typisierung)).startswith("Die Typisierung der Sozialräume")

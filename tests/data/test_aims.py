"""The fields of action of a plan: the file may be absent; fields, aims and indicators are checked."""

import json
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
REGISTER = "raum_id;ziel;handlungsfeld;massnahme;traeger;status;beginn;herkunft"
HEAD = "ziel;handlungsfeld;kurzname;indikatoren"


@pytest.fixture
def plan(city):
    """The small city with a measure and two fields, described as the shipped data are."""
    content = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    entries = [e for e in content["resources"] if e["name"] in ("massnahmen", "handlungsfelder")]
    city.describe(lambda d: d["resources"].extend(entries))
    measure = "st_musterstadt;Kinder stärken;Eltern unterstützen;Elterncafé;Jugendamt;läuft;2007;beispiel"
    fields = ["Kinder stärken;Eltern unterstützen;Eltern;arbeitslosenquote", "Kinder stärken;Sprache;Sprache;"]
    for name, rows in (("massnahmen", [REGISTER, measure]), ("handlungsfelder", [HEAD, *fields])):
        (city.folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return city


def test_the_fields_are_read(plan):
    assert list(plan.load().others["handlungsfelder"]["kurzname"]) == ["Eltern", "Sprache"]


def test_without_the_file_there_are_none(plan):
    (plan.folder / "handlungsfelder.csv").unlink()
    assert "handlungsfelder" not in plan.load().others


def test_an_empty_file_is_in_order_and_knows_no_field_better(plan):
    (plan.folder / "handlungsfelder.csv").write_text(HEAD + "\n", encoding="utf-8")
    assert plan.load().others["handlungsfelder"].empty


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "told"),
    [
        ("handlungsfelder.csv", "arbeitslosenquote", "arbeitslosenqote", "indikatoren", "„arbeitslosenquote“"),
        ("handlungsfelder.csv", "arbeitslosenquote", "arbeitslosenquote arbeitslosenquote", "indikatoren", "zweimal"),
        ("handlungsfelder.csv", ";Sprache;Sprache;", ";Eltern unterstützen;Sprache;", "handlungsfeld", ""),
        ("handlungsfelder.csv", ";Eltern;", ";;", "kurzname", ""),
        ("massnahmen.csv", "Eltern unterstützen", "Eltern unterstuetzen", "handlungsfeld", "„Eltern unterstützen“"),
        ("massnahmen.csv", "Kinder stärken", "Zusammenhalt", "ziel", "in handlungsfelder.csv"),
    ],
)
def test_a_fault_names_file_and_column(plan, file, old, new, column, told):
    plan.edit(file, old, new)
    fault = plan.fault()
    assert file in fault.place and fault.column == column and told in str(fault)


def test_an_indicator_must_be_judged(plan):
    assert "nicht gewertet" in str(_with_neutral(plan))


def _with_neutral(plan):
    from sozialbericht.data.contract import load

    catalogue = load(plan.folder).indicators
    neutral = catalogue.index[catalogue["richtung"] == "neutral"]
    assert len(neutral)
    plan.edit("handlungsfelder.csv", "arbeitslosenquote", str(neutral[0]))
    return plan.fault()


def test_more_fields_than_a_page_has_room_for_are_refused(plan):
    plan.append("handlungsfelder.csv", *(f"Kinder stärken;Feld {k};F{k};" for k in range(11)))
    assert "im Bericht haben 12 Platz" in plan.fault().what

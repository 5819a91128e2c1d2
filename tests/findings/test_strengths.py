"""Burdens and strengths: what counts as a difference, which are chosen, how they are said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.bericht import Bericht
from sozialbericht.findings import strengths
from sozialbericht.statistics.value import Value
from sozialbericht.status import Status
from sozialbericht.wording.values import Wert

DATA = Path(__file__).parents[2] / "data"
STADT = Path(__file__).parents[1] / "stadt"
NUMBER = re.compile(r"[−+]?\d[\d.]*(?:,\d+)?")
OTHER = re.compile(
    r"SGB II|\bU9\b|[Jj]e 1\.000|Auf 1\.000|(?:unter|von) [\d.]+ Euro|im (?:Jahr|Schuljahr) [\d/]+|gegenüber \w+ \d{4}"
)
AGES = re.compile(
    r"\d+- bis unter \d+-|unter \d+-Jährige\w*|(?:ab|unter|von) \d+ (?:bis unter \d+ )?Jahren|bis unter \d+ Jahren"
)


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


def areas(pen: Bericht) -> list[str]:
    return [*pen.raeume("stadtbezirk").index, *pen.raeume("sozialraum").index]


def test_burdens_are_worse_and_strengths_better_than_the_city(pen: Bericht) -> None:
    for area in areas(pen):
        for deviation in strengths.abweichungen(pen, area):
            own, city = deviation.wert.wert, pen.wert(deviation.indikator).wert
            higher = own.number > city.number
            high_is_bad = pen.indikator(deviation.indikator)["richtung"] == "belastung"
            assert deviation.belastung == (higher == high_is_bad)


def test_only_published_values_that_differ_recognisably(pen: Bericht) -> None:
    for area in areas(pen):
        for deviation in strengths.abweichungen(pen, area):
            own, city = deviation.wert.wert, deviation.stadt.wert
            assert own.status == city.status == Status.OK and deviation.wert.zahl != deviation.stadt.zahl
            if pen.indikator(deviation.indikator)["art"] == "anteil":
                assert own.lower > city.number or own.upper < city.number


def test_numbers_are_those_of_the_tables(pen: Bericht) -> None:
    printed = {
        name: {value.strip("+−") for area in [*areas(pen), pen.stadt] if (value := shown(pen, name, area))}
        for name in pen.indikatoren().index
    }
    everything = set().union(*printed.values())
    for area in areas(pen):
        own = {deviation.wert.zahl.strip("−") for deviation in strengths.abweichungen(pen, area)}
        gaps = {
            f"{abs(round(d.wert.wert.number) - 100)}"
            for d in strengths.abweichungen(pen, area)
            if d.wert.wert.unit == "Index"
        }
        for words in [*strengths.staerken(pen, area, 5), *strengths.belastungen(pen, area, 5)]:
            found = NUMBER.findall(AGES.sub("", OTHER.sub("", words)))
            assert found, words
            assert found[0].strip("+−") in own | gaps, words
            assert {number.strip("+−") for number in found} <= everything | gaps, words


def shown(pen: Bericht, indicator: str, area: str) -> str:
    value = pen.wert(indicator, area)
    return value.zahl if value.ok else ""


def test_sentences_are_whole_different_and_at_most_three(pen: Bericht) -> None:
    for area in areas(pen):
        for told in (strengths.staerken(pen, area), strengths.belastungen(pen, area)):
            assert len(told) <= 3 and len(set(told)) == len(told)
            for words in told:
                assert re.match(r"[A-ZÄÖÜ0-9].*[^.]\.$", words) and not re.search(r"[{}|]|\bnan\b|  ", words), words
            assert sum("(" in w and re.match(r"Ein|Die Hälfte|Gut|Knapp", w) is not None for w in told) <= 1


def test_dimensions_come_once_before_a_second_and_variants_never(pen: Bericht) -> None:
    for area in areas(pen):
        for burden in (True, False):
            fitting = [d for d in strengths.abweichungen(pen, area) if d.belastung == burden]
            chosen = strengths.most_telling(pen, fitting, 3)
            dimensions = {d.dimension for d in fitting}
            assert len({d.dimension for d in chosen}) == min(3, len(dimensions), len(chosen))
            assert len(chosen) == 3 or len(chosen) >= len(dimensions)
            distances = [abs(d.abstand) for d in chosen]
            assert distances == sorted(distances, reverse=True)
            for at, one in enumerate(chosen):
                assert not any(strengths.variants(pen, one, other) for other in chosen[:at])
                mains = [d for d in fitting if d.dimension == one.dimension and d.haupt]
                assert one.haupt or not mains or mains[0] in chosen


def test_variants_of_one_count_are_recognised() -> None:
    pen = Bericht(2006, 2005, DATA)

    def variants(one: str, other: str) -> bool:
        made = [
            strengths.Abweichung(name, "", pen.wert(name), pen.wert(name), 1.0, haupt=False) for name in (one, other)
        ]
        return strengths.variants(pen, *made)

    for one, other in [
        ("al_rate", "al_rate_w"), ("al_rate_w", "al_rate_m"), ("al_rate", "al_rate_u25"), ("al_lang", "al_lang_dez"),
        ("sgb2_quote", "sgb2_kinder"), ("sgb2_quote", "mindestsicherung"), ("normalgewicht", "uebergewicht"),
        ("ek_index", "ek_mittel"), ("ueb_gymnasium", "ueb_hauptschule"),
    ]:  # fmt: skip
        assert variants(one, other) and variants(other, one), (one, other)
    for one, other in [("al_rate", "al_lang"), ("normalgewicht", "masern"), ("svb_quote", "svb_entw")]:
        assert not variants(one, other), (one, other)


def test_the_city_differs_from_itself_in_nothing(b: Bericht) -> None:
    assert (
        strengths.abweichungen(b, b.stadt) == []
        and strengths.staerken(b, b.stadt) == []
        and strengths.belastungen(b, b.stadt) == []
    )


def test_without_a_sentence_in_the_catalogue_name_and_reference_are_said() -> None:
    pen = Bericht(2006, 2005, STADT)
    told = [
        words
        for area in pen.raeume().index
        for words in [*strengths.staerken(pen, area, 9), *strengths.belastungen(pen, area, 9)]
    ]
    assert told
    names = set(pen.indikatoren()["bezeichnung"])
    assert all(words.split(":")[0] in names and pen.stadtname in words for words in told)


@given(st.floats(0, 100))
def test_a_fraction_is_near_its_share(share: float) -> None:
    words = strengths._near(share)
    near = {text: value for value, text in strengths.FRACTIONS}
    if not words:
        assert all(abs(share - value) > strengths.NEAR for value in near.values())
        return
    value = near[re.sub("^(gut|knapp) ", "", words[0].lower() + words[1:])]
    assert abs(share - value) <= strengths.NEAR
    assert words.startswith("Gut") == (share - value > strengths.PLAIN)
    assert words.startswith("Knapp") == (value - share > strengths.PLAIN)


def test_a_change_is_told_by_its_direction(value: Callable[..., Value]) -> None:
    pen = Bericht(2006, 2005, DATA)

    def told(own: float, city: float) -> str:
        made: list[Any] = [
            Wert(replace(value(number, indicator="al_entw"), area_name="Dortmund"), pen.ebenen.stadt)
            for number in (own, city)
        ]
        return strengths._tell_change(pen, strengths.Abweichung("al_entw", "", *made, 1.0, haupt=False))

    nbsp = "\u00a0"
    start = "Die Zahl der Arbeitslosen ist gegenüber September 2005"
    assert told(-3, -1) == f"{start} stärker zurückgegangen (−3,0{nbsp}%) als in Dortmund (−1,0{nbsp}%)."
    assert told(1, 3) == f"{start} weniger gestiegen (+1,0{nbsp}%) als in Dortmund (+3,0{nbsp}%)."
    assert told(2, -1) == f"{start} gestiegen (+2,0{nbsp}%); in Dortmund ging sie zurück (−1,0{nbsp}%)."
    assert told(0, 1) == f"{start} nicht erkennbar verändert (0,0{nbsp}%); in Dortmund stieg sie (+1,0{nbsp}%)."

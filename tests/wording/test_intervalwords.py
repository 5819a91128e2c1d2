"""Intervals in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.position import Position
from sozialbericht.statistics.kind import Kind
from sozialbericht.wording import intervalwords
from sozialbericht.wording.lage import Lage, lage

MANY = "„erkennbar“ heißt: auch bei so vielen Vergleichen mehr als Zufall."


def table(*rows: tuple[float, float, float, Kind, Position]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["wert", "unten", "oben", "intervall", "lage"])


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_says_its_method_or_its_reason(kind: Kind) -> None:
    method = intervalwords.method(pd.Series([kind]))
    assert method.startswith("95-%-Bereich ") == kind.bounded and bool(method) == kind.bounded
    assert intervalwords.reason(kind).startswith("kein Intervall (") == (not kind.bounded)


def test_the_note_names_the_methods_and_how_many_miss_the_city_by_little() -> None:
    above, near = (5.0, 4.0, 6.0, Kind.BYAR, Position.ABOVE), (3.0, 2.1, 4.0, Kind.EXACT, Position.WITHIN)
    methods = "95-%-Bereich nach Byar und unter zehn Fällen exakt nach Poisson (zufällige Schwankung); "
    assert intervalwords.rule(table(above, near)) == methods + MANY
    assert intervalwords.rule(table(above, near), 2.5) == methods + MANY
    missed = " Bei einem Gebiet verfehlt der Bereich den Stadtwert dafür zu knapp."
    assert intervalwords.rule(table(above, near), 2.0, "Stadtwert") == methods + MANY + missed
    two = intervalwords.rule(table(above, near, near), 2.0)
    assert two.endswith(" Bei zwei Gebieten verfehlt der Bereich den Gesamtwert dafür zu knapp.")


def test_without_intervals_the_note_says_why_and_without_values_nothing() -> None:
    mean = (5.0, np.nan, np.nan, Kind.MEAN, Position.UNKNOWN)
    assert intervalwords.rule(table(mean)).startswith("Kein Intervall (Mittelwert; wie weit die einzelnen Werte")
    hidden = (np.nan, np.nan, np.nan, Kind.NO_VALUE, Position.UNKNOWN)
    assert intervalwords.rule(table(hidden)) == "" == intervalwords.rule(table())


def test_areas_are_counted_by_their_position() -> None:
    rows = [(1.0, 0.0, 2.0, Kind.WILSON, position) for position in Position]
    hidden = (np.nan, np.nan, np.nan, Kind.NO_VALUE, Position.UNKNOWN)
    assert lage(table(*rows, rows[0], hidden)) == Lage(2, 1, 1, 1)


def test_a_sentence_on_places_says_where_there_is_no_interval(b: Bericht) -> None:
    told = str(b.lagesatz("einkommensindex"))
    assert told.startswith("Ob Sozialräume erkennbar vom Wert der Stadt (100) abweichen, lässt sich nicht sagen:")
    assert not b.daten("geburtenrate")["lage"].isin(["über", "unter"]).any()
    assert str(b.lagesatz("geburtenrate")).startswith("Kein Sozialraum weicht erkennbar vom Wert der Stadt")

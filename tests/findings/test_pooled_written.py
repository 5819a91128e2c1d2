"""What the report says about pooled counts, and which values it prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.findings import typification

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("year", [2005, 2006, 2007])
def test_the_methods_name_what_is_pooled_and_the_chapter_keeps_the_year(year: int) -> None:
    b = Bericht(year, year - 1, DATA)
    assert b.typisierung().gepoolt == {"normalgewicht": 3, "ueb_gymnasium": 3}
    assert typification.gepoolte_merkmale(b) == [
        "„Kinder mit Normalgewicht“ (drei Jahre)",
        "„Übergänge zum Gymnasium“ (drei Jahre)",
    ]
    assert all(name in typification.summenhinweis(b) for name in typification.gepoolte_merkmale(b))
    single = b.daten("normalgewicht")["nenner"]
    assert single.max() < 400


def test_fewer_years_are_pooled_where_there_are_no_more() -> None:
    b = Bericht(2002, 2001, DATA)
    assert b.typisierung().gepoolt == {"normalgewicht": 2, "ueb_gymnasium": 3}

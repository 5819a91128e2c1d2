"""The audit of a report before which others were released: what they have shown is known."""

from __future__ import annotations

from dataclasses import replace

from test_audit import city, counts, intervals

from sozialbericht.audit.account import PUBLIC, summary
from sozialbericht.audit.cells import Cell, Shown
from sozialbericht.audit.verdict import Result, attack

DAY = "2006-12-31"
TWO = {("a", "alle"), ("b", "alle")}


def cell(area: str) -> Cell:
    return Cell(area, "alle", DAY)


def test_what_no_report_has_shown_stays_protected_without_releases() -> None:
    assert {verdict for *_, verdict in intervals(city(counts(a=2, b=7), TWO)).values()} == {"geschützt"}


def test_a_released_count_gives_away_its_sibling() -> None:
    data = replace(city(counts(a=2, b=7), TWO), released={cell("b"): 7.0}, listed=frozenset({cell("b")}))
    found = intervals(data)
    assert found["a alle"] == (2, 2, "bestimmt"), "only with the sum that this report shows"
    assert found["b alle"] == (7, 7, "bereits veröffentlicht")


def test_what_released_reports_alone_give_away_is_public() -> None:
    known = {cell(area): count for area, count in (("b", 7.0), ("c", 10.0), ("nord", 19.0))}
    data = replace(city(counts(a=2, b=7), TWO), released={cell("b"): 7.0}, listed=frozenset(known))
    assert intervals(data)["a alle"] == (2, 2, "bereits veröffentlicht")
    assert [target.safe for target in attack(data, {})] == [True, True]


def test_a_report_that_tells_more_than_the_released_ones_is_stopped() -> None:
    """Released reports leave A and C open; with C shown A follows."""
    known = frozenset({cell("b"), cell("nord")})
    data = replace(city(counts(a=2, b=7), TWO), released={cell("b"): 7.0}, listed=known)
    assert intervals(data)["a alle"] == (2, 2, "bestimmt")


def test_a_count_without_a_number_today_that_was_told_before() -> None:
    """B was told: for its readers A follows. It may be another number by now, so it is attacked as well."""
    data = replace(city(counts(a=2, b=7), TWO), told={cell("b"): 7.0})
    assert intervals(data) == {"a alle": (2, 2, "bestimmt"), "b alle": (0, 9, "geschützt")}


def test_a_told_number_that_is_not_true_any_more_says_nothing() -> None:
    data = replace(city(counts(a=2, b=7), TWO), told={cell("b"): 30.0})
    assert intervals(data) == {"a alle": (0, 9, "geschützt"), "b alle": (0, 9, "geschützt")}


def test_a_told_number_is_not_public_where_it_may_have_changed() -> None:
    """A alone is withheld: it follows from what this report shows, whatever it was."""
    data = replace(city(counts(a=2), {("a", "alle")}), told={cell("a"): 2.0})
    assert intervals(data)["a alle"] == (2, 2, "bestimmt")


def test_the_summary_names_what_is_public() -> None:
    data = city(counts(a=2, b=7), TWO)
    text = summary(Result((), public=(cell("b"),)), data.tables)
    assert f"{PUBLIC}\n  B, " in text and "(31.12.2006)" in text
    assert "Der Bericht kann erscheinen." in text
    assert PUBLIC not in summary(Result(()), data.tables)


def test_readers_know_what_is_no_secret_and_what_was_released() -> None:
    data: Shown = replace(city(counts(a=2, b=7), TWO), released={cell("b"): 7.0}, listed=frozenset({cell("c")}))
    assert set(data.before) == {cell("b"), cell("c")}, "all else of it is sensitive"

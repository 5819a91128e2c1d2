"""The date that a report's files carry is never the clock's."""

from __future__ import annotations

import datetime as dt

import pytest

from sozialbericht.order import moment

DAYS = [dt.date(2006, 12, 31), dt.date(2007, 5, 3), dt.date(2005, 1, 1)]


def test_it_is_the_newest_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert moment.of(DAYS) == dt.datetime(2007, 5, 3, tzinfo=dt.UTC)
    assert moment.of([]) == dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
    assert moment.printed(moment.of(DAYS)) == "20070503000000"


def test_source_date_epoch_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1167606000")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert moment.printed(moment.of(DAYS)) == "20061231230000"

"""No report is published whose tables give a withheld count away."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_publication as small
import small_report

from sozialbericht.audit import sources
from sozialbericht.cache.runcache import RunCache
from sozialbericht.faults import ReportError
from sozialbericht.rendering import clearance, production
from sozialbericht.rendering.production import Request


@pytest.fixture
def primary_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of the small city as the primary rule alone leaves them, which does not hold."""
    monkeypatch.setattr(sources, "shown", lambda data, year: small.tables(year))


def test_tables_that_hold_pass_and_are_not_attacked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = small_report.project(tmp_path / "projekt")
    clearance.clear(RunCache.of(project), project / "data", 2006)
    monkeypatch.setattr(sources, "shown", lambda data, year: pytest.fail("angegriffen"))
    clearance.clear(RunCache.of(project), project / "data", 2006)
    with pytest.raises(pytest.fail.Exception):
        clearance.clear(RunCache.of(project), project / "data", 2005)
    small_report.append(project / "data" / "merkmale.csv", "")
    with pytest.raises(pytest.fail.Exception):
        clearance.clear(RunCache.of(project), project / "data", 2006)


@pytest.mark.usefixtures("primary_alone")
def test_what_follows_from_the_tables_is_named(tmp_path: Path) -> None:
    project = small_report.project(tmp_path / "projekt")
    with pytest.raises(ReportError) as told:
        clearance.clear(RunCache.of(project), project / "data", 2006)
    words = str(told.value)
    assert "Die Geheimhaltung hält nicht" in words and "bestimmt" in words
    assert "Lindenhof" in words and "sozialbericht audit --year 2006" in words


@pytest.mark.usefixtures("primary_alone")
def test_such_a_report_is_not_published(tmp_path: Path) -> None:
    project = small_report.project(tmp_path / "projekt")
    with pytest.raises(ReportError, match="Die Geheimhaltung hält nicht"):
        production.make(Request(2006, ("html",), "builtin", data=project / "data"), root=project)
    assert not (project / "build" / "2006").exists()

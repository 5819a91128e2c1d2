"""The small city's report with start page, atlas and profiles, made once, and one Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import browser
import pytest
import small_report

from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made

if TYPE_CHECKING:
    from playwright.sync_api import Browser


SYNONYMS = "synonyme: {Hartz IV: [SGB II, arbeitslos], Nachwuchs: unter 18 Jahre}"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The report in both formats."""
    root = small_report.with_profiles(small_report.project(tmp_path_factory.mktemp("zugang")))
    small_report.add_line(root / "notebooks" / "80_tabellen.ipynb", "b.anhang().atlas()")
    small_report.append(root / "data" / "bericht.yml", SYNONYMS)
    request = production.Request(2006, engine="builtin", data=root / "data", profiles=["sr_hafen", "sb_nord"])
    return production.make(request, root=root)


@pytest.fixture(scope="session")
def pages(made: Made) -> list[Path]:
    """Its web pages."""
    return sorted((made.folder / "html").glob("*.html"))


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with browser.browser() as found:
        yield found

"""The profiles of the years before and after the one that the other tests look at."""

from __future__ import annotations

from pathlib import Path

import pdf_reading
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.rendering import production
from sozialbericht.rendering.production import Request


@pytest.mark.slow
@pytest.mark.parametrize("year", [2005, 2007])
def test_every_profile_has_two_pages(tmp_path: Path, year: int) -> None:
    request = Request(year, ("pdf",), "builtin", tmp_path / str(year), ["glossar"], profiles=[])
    folder = production.make(request).folder / "profile"
    bericht = Bericht(year, year - 1)
    areas = [*bericht.raeume("stadtbezirk").index, *bericht.raeume().index]
    assert {p.stem: len(pdf_reading.pages(p)) for p in folder.glob("*.pdf")} == dict.fromkeys(map(str, areas), 2)

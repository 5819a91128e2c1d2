"""What tests of several folders share: the small report, made once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import small_report

from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made
from sozialbericht.rendering.quarto import find as find_quarto
from sozialbericht.writing.blocks import Block


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that writes the snapshots anew."""
    parser.addoption("--snapshot-update", action="store_true", help="die Snapshots in tests/snapshots/ neu schreiben")


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project; tests must not change it."""
    return small_report.project(tmp_path_factory.mktemp("klein"))


@pytest.fixture(scope="session")
def small_made(small_project: Path) -> Made:
    """The small project's report of 2006 in all formats, made with the built-in stitcher."""
    request = production.Request(2006, engine="builtin", data=small_project / "data")
    return production.make(request, root=small_project)


@pytest.fixture
def empty_project(tmp_path: Path) -> Path:
    """A project with the frame only, to be filled by a test."""
    folder = tmp_path / "projekt"
    folder.mkdir()
    return small_report.project(folder, chapters=False)


@pytest.fixture(scope="session")
def quarto() -> str:
    """Path of a Quarto that is new enough; tests are skipped where there is none."""
    found = find_quarto()
    if found is None:
        pytest.skip("Quarto ist nicht installiert")
    return found


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Block]:
    """What a chapter puts out in this test, block by block."""
    blocks: list[Block] = []
    for name, module in list(sys.modules.items()):
        if name.startswith("sozialbericht.writing.") and hasattr(module, "display"):
            monkeypatch.setattr(module, "display", blocks.append)
    return blocks

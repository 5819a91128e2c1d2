"""The page on the architecture: its drawing is up to date, the rooms that it names exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "architektur.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def architecture() -> ModuleType:
    """The script that draws the rooms."""
    spec = importlib.util.spec_from_file_location("architektur", ROOT / "docs" / "architektur.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_drawing_shows_the_imports_as_they_are(architecture: ModuleType) -> None:
    shown = architecture.PICTURE.read_text(encoding="utf-8")
    assert shown == architecture.draw(), "python docs/architektur.py draws it anew"


def test_every_room_is_on_the_page(architecture: ModuleType) -> None:
    rooms = {path.parent.name for path in (ROOT / "sozialbericht").glob("*/__init__.py")}
    assert set(architecture.layers()) == rooms
    assert rooms - {"model"} <= set(re.findall(r"`(\w+)`", PAGE))


def test_a_way_round_makes_an_import_light(architecture: ModuleType) -> None:
    edges = {"a": {"b", "c"}, "b": {"c"}, "c": set()}
    assert architecture.needed(edges) == {("a", "b"), ("b", "c")}

"""The pictures of the handbook's walk: each is shown, described and small, and each step has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
HANDBOOK = ROOT / "docs" / "handbuch.md"
FOLDER = ROOT / "docs" / "bilder" / "schritte"
PICTURES = sorted(FOLDER.glob("*.png"))
#: What a picture may weigh, and all of them (bytes).
HEAVIEST, ALL = 100_000, 1_000_000
#: The steps of the walk.
STEPS = {
    "bericht-machen", "bericht", "webseite", "meldung", "status", "profil", "neues-projekt", "notebook", "hilfe",
    "vorschau",
}  # fmt: skip


def test_each_step_has_a_picture_that_the_handbook_shows() -> None:
    shown = re.findall(r"!?\[([^\]]+)\]\(bilder/schritte/([\w-]+)\.png\)", HANDBOOK.read_text(encoding="utf-8"))
    assert {path.stem for path in PICTURES} == STEPS == {name for _, name in shown}
    assert len(shown) == len(STEPS)
    assert [told for told, name in shown if name != "webseite" and not (len(told) > 40 and told.endswith("."))] == []


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_small_and_shows_something(path: Path) -> None:
    assert path.stat().st_size < HEAVIEST
    with Image.open(path) as picture:
        assert picture.mode == "P" and 500 < picture.width <= 1280
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 8


def test_all_pictures_together_are_light() -> None:
    assert sum(path.stat().st_size for path in PICTURES) < ALL

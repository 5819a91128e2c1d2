"""Tokens of the brand file, fonts, the ink on a class."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from sozialbericht.drawing.canvas import brand
from sozialbericht.faults import InputError
from sozialbericht.order import project

GOOD = 'color:\n  palette:\n    grund: "#ffffff"\n    grund-dunkel: "#000000"\n    tinte: "#111111"\n'


@pytest.fixture(autouse=True)
def _own_brand() -> Iterator[None]:
    yield
    brand.use(None)


def test_tokens_of_the_project() -> None:
    tokens = brand.tokens()
    fixed = {"auf-mittlerem-typ", "u1", "u2", "u3", "u4", "u5"}
    assert set(tokens.light) - set(tokens.dark) == fixed
    assert tokens["akzent"] == "#07566A"
    assert tokens.dark["akzent"] == "#6CC3D3"
    for family in "sdntk":
        assert {f"{family}{i}" for i in range(1, 6)} <= set(tokens.light)
        assert {brand.ink_on(f"{family}{i}") for i in range(1, 6)} <= set(tokens.light)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _lightness(colour: str) -> float:
    """L* of a colour: 0 black, 100 white."""
    return _luminance(colour) ** (1 / 3) * 116 - 16


def _contrast(a: str, b: str) -> float:
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_contrast(mode: str) -> None:
    tokens = brand.tokens()
    colours = {**tokens.light, **(tokens.dark if mode == "dark" else {})}
    for name in ("tinte", "grau", "akzent", "signal"):
        assert _contrast(colours[name], colours["grund"]) >= 4.5
        assert _contrast(colours[name], colours["sand"]) >= 4.5
    for name in (*(f"{p}{i}" for p in "sdntk" for i in range(1, 6)), "k6"):
        assert _contrast(colours[name], colours[brand.ink_on(name)]) >= 4.0, name
    for kinds in range(2, 8):
        of_types = [brand.type_colour(kind, kinds) for kind in range(1, kinds + 1)]
        assert len(set(of_types)) == kinds
        for name in of_types:
            assert _contrast(colours[name], colours[brand.ink_on(name)]) >= 4.0, name


def test_grey_print_keeps_the_order() -> None:
    tokens = brand.tokens()
    for series in "sn":
        steps = [_lightness(tokens[f"{series}{i}"]) for i in range(1, 6)]
        assert all(a - b >= 14.5 for a, b in pairwise(steps)), series
    for kinds in range(2, 8):
        types = [_lightness(tokens[brand.type_colour(kind, kinds)]) for kind in range(1, kinds + 1)]
        assert all(a - b >= (13 if kinds < 6 else 6) for a, b in pairwise(types)), kinds


def test_another_brand(tmp_path: Path) -> None:
    path = tmp_path / "_brand.yml"
    path.write_text(GOOD, encoding="utf-8")
    brand.use(path)
    assert brand.brand_file() == path
    assert brand.tokens()["tinte"] == "#111111"
    assert brand.tokens().dark == {"grund": "#000000"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('    a: "rot"\n', "keine Farbe"),
        ('    a: "#12345g"\n', "keine Farbe"),
        ('    a: "#FFFFFF"\n', "Dieselbe Farbe"),
        ('    a-dunkel: "#123456"\n', "fehlt die helle"),
    ],
)
def test_faulty_brand(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "_brand.yml"
    path.write_text(GOOD + line, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        brand.tokens(path)


def test_the_brand_is_that_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "PACKAGE", tmp_path / "lib" / "sozialbericht")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "report").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    with pytest.raises(InputError, match="Hier ist kein Projekt"):
        brand.brand_file()
    (tmp_path / "report" / "_quarto.yml").touch()
    with pytest.raises(InputError, match="Farben"):
        brand.brand_file()
    (tmp_path / "report" / "_brand.yml").write_text(GOOD, encoding="utf-8")
    assert brand.brand_file() == tmp_path / "report" / "_brand.yml"


def test_fonts_are_the_five_otf_files() -> None:
    files = brand.font_files()
    assert [f.suffix for f in files] == [".otf"] * 5
    assert all(f.is_file() for f in files)

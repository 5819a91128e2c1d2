"""Tokens of the brand file, fonts, the ink on a class."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
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


#: How linear red, green and blue are seen with deuteranopia, protanopia and tritanopia (Machado et al. 2009).
SEEN = (
    np.eye(3),
    np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]),
    np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]),
)
TO_CONES = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
TO_OKLAB = np.array(
    [[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.808675766]]
)  # fmt: skip

#: The smallest distance of two steps in OKLab that counts as told apart.
LEAST = 0.09


def _oklab(colour: str, seen: np.ndarray) -> np.ndarray:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(TO_OKLAB @ np.cbrt(TO_CONES @ np.clip(seen @ linear, 0, 1)))


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("series", ["s", "n", "t"])
def test_steps_are_told_apart_however_colours_are_seen(series: str, mode: str) -> None:
    tokens = brand.tokens()
    colours = {**tokens.light, **(tokens.dark if mode == "dark" else {})}
    names = [f"{series}{i}" for i in range(1, 6)]
    for seen in SEEN:
        places = [_oklab(colours[name], seen) for name in names]
        assert min(float(np.linalg.norm(a - b)) for a, b in combinations(places, 2)) >= LEAST
    for name in names:
        assert _contrast(colours[name], colours[brand.ink_on(name)]) >= 4.5, name


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

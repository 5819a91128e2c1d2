"""Age pyramids, pairs of dots and scatters: words, sizes, statuses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from figure_reading import size, texts

from sozialbericht.drawing.charts import pairs, pyramid, scatter

AGES: list[tuple[int, int | None]] = [(0, 3), (3, 15), (15, 65), (65, None)]


def _panel(**more: object) -> pyramid.Panel:
    labels = ("30", "120", "500", "90")
    return pyramid.Panel("Nord", (10, 10, 10, 6), (11, 10, 9, 4), labels, labels, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("narrow", "width"), [(False, 164), (True, 90)])
def test_one_pyramid(narrow: bool, width: int) -> None:
    fig = pyramid.pyramid([_panel()], AGES, unit="Personen je Altersjahr", narrow=narrow)
    assert size(fig)[0] == width
    words = texts(fig)
    assert {"Frauen", "Männer", "ab\u00a065", "15–64", "0–2", "Personen je Altersjahr"} <= set(words)
    assert words.count("500") == 2
    assert "Nord" not in words


def test_two_pyramids_with_reference() -> None:
    panel = _panel(reference=((9, 9, 9, 9), (9, np.nan, 9, 9)))
    words = texts(pyramid.pyramid([panel, panel], AGES, unit="in %", reference_name="Musterstadt"))
    assert words.count("Nord") == words.count("Musterstadt") == 2
    assert "500" not in words and "0–2" not in words, "no room in a small pyramid"


def test_a_group_without_number_has_its_sign() -> None:
    panel = pyramid.Panel("Nord", (np.nan, 10, 10, 6), (11, 10, 9, 4), (".", "120", "500", "90"), ("33", "1", "2", "3"))
    assert "." in texts(pyramid.pyramid([panel], AGES, unit="Personen"))


@pytest.mark.parametrize("narrow", [False, True])
def test_pairs(narrow: bool) -> None:
    names = ["Musterstadt", "Nord", "Süd"]
    values = pd.DataFrame({"Männer": [50.6, 43.0, np.nan], "Frauen": [40.4, 33.2, 41.0]}, index=names)
    status = pd.DataFrame({"Männer": ["ok", "ok", "withheld"], "Frauen": "ok"}, index=names)
    fig = pairs.paired(values, status=status, decimals=1, unit="%", narrow=narrow)
    assert size(fig)[0] == (90 if narrow else 164)
    words = texts(fig)
    assert {"Männer", "Frauen", *names} <= set(words)
    assert {"50,6\u00a0/\u00a040,4", ".\u00a0/\u00a041,0"} <= set(words) if narrow else {"50,6", "."} <= set(words)


@pytest.mark.parametrize(("narrow", "expected"), [(False, (164, 96)), (True, (90, 92))])
def test_scatter(narrow: bool, expected: tuple[float, float]) -> None:
    points = pd.DataFrame(
        {
            "x": [64.0, 158.0, 100.0, np.nan, 101.0],
            "y": [45.0, 5.0, 18.0, 20.0, np.nan],
            "kurzname": ["Hafen", "Ein Gebiet mit langem Namen", "Mitte", "Geheim", "Leer"],
            "nummer": range(1, 6),
        }
    )
    fig = scatter.scatter(
        points,
        city=(100, 18.5),
        city_name="Musterstadt",
        titles=("Index", "Quote"),
        decimals=(0, 1),
        narrow=narrow,
    )
    assert size(fig) == expected
    words = texts(fig)
    assert {"Musterstadt 100", "Musterstadt 18,5", "Index", "Quote"} <= set(words)
    assert ("1" if narrow else "Hafen") in words
    assert "Geheim" not in words and "Leer" not in words


def test_scatter_of_equal_values() -> None:
    points = pd.DataFrame({"x": [1.0, 1.0], "y": [2.0, 2.0], "kurzname": ["A", "B"], "nummer": [1, 2]})
    fig = scatter.scatter(points, city=(1, 2), city_name="Stadt", titles=("x", "y"), decimals=(0, 0))
    assert "Stadt 1" in texts(fig)


def test_the_pyramid_of_a_profile_is_half_as_wide_and_names_no_sizes() -> None:
    panel = _panel(reference=((9, 9, 9, 9), (9, 9, 9, 9)))
    fig = pyramid.pyramid([panel], AGES, unit="", reference_name="Musterstadt", tiny=True)
    assert size(fig)[0] == 80
    assert size(fig)[1] < 46
    words = texts(fig)
    assert {"Frauen", "Männer", "Musterstadt", "15–64"} <= set(words)
    assert not {"500", "Nord"} & set(words)

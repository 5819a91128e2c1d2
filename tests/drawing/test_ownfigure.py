"""Figures of an analyst: whatever gave them, in the report's face and colours; text at the edge is noticed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from sozialbericht.drawing.canvas import style
from sozialbericht.drawing.canvas.ownfigure import SMALLEST, taken
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.faults import InputError

TABLE = pd.DataFrame({"Rate": [5.0, 7.5, 12.0, 9.0], "Index": [90, 80, 60, 70], "Art": list("abab")})
SIZE = (style.TEXT / style.MM, 3.0)


@pytest.fixture(autouse=True)
def settings() -> Iterator[None]:
    """The report's settings, and those of before after the test."""
    with mpl.rc_context():
        style.apply()
        yield
    plt.close("all")


def drawn(**named: Any) -> tuple[Figure, Any]:
    return plt.subplots(figsize=SIZE, layout="constrained", **named)


def lines(axes: Any) -> list[str]:
    return [to_hex(line.get_color()) for line in axes.get_lines()]


@pytest.mark.parametrize(
    "other",
    [
        sns.set_theme, lambda: sns.set_theme(style="white", context="poster"),
        lambda: plt.style.use("ggplot"), lambda: plt.style.use("dark_background"), mpl.rcdefaults,
        lambda: plt.style.use("seaborn-v0_8-whitegrid"),
    ],
)  # fmt: skip
def test_other_settings_are_taken_back(other: Any) -> None:
    other()
    figure, axes = drawn()
    axes.plot([1, 2, 3])
    axes.plot([3, 2, 1])
    axes.plot([2, 2, 2], color="#123456")
    axes.bar([0, 1], [1, 2], color="#fedcba", label="x")
    axes.set(title="Titel", xlabel="Achse")
    axes.legend()
    made = taken(figure)
    assert made is figure
    cycle = style.settings()["axes.prop_cycle"].by_key()["color"]
    assert lines(axes)[:3] == [to_hex(cycle[0]), to_hex(cycle[1]), "#123456"]
    assert to_hex(axes.patches[0].get_facecolor()) == "#fedcba", "what an analyst has chosen stays"
    assert {tuple(text.get_fontfamily()) for text in figure.findobj(Text)} == {(style.SANS,)}
    assert {text.get_fontsize() for text in figure.findobj(Text) if text.get_text()} <= {SMALLEST, 7.5, 8, 8.5}
    tinted = {to_hex(text.get_color()) for text in figure.findobj(Text) if text.get_text()}
    assert tinted <= {to_hex(style.tokens()[name]) for name in ("tinte", "grau")}
    assert axes.patch.get_facecolor()[3] == figure.patch.get_facecolor()[3] == 0, "dark pages show through"
    assert to_hex(axes.spines["bottom"].get_edgecolor()) == to_hex(style.tokens()["linie"])
    assert mpl.rcParams["font.family"] == [style.SANS], "what comes next has the report's look, too"
    assert "Source Sans" in to_svg(figure, "T")


def test_surfaces_that_seaborn_makes_paler() -> None:
    sns.set_theme()
    figure, axes = drawn()
    sns.barplot(TABLE, x="Art", y="Rate", ax=axes, errorbar=None)
    blue = to_hex(axes.patches[0].get_facecolor())
    taken(figure)
    now = to_hex(axes.patches[0].get_facecolor())
    style.apply()
    figure, axes = drawn()
    sns.barplot(TABLE, x="Art", y="Rate", ax=axes, errorbar=None)
    assert now == to_hex(axes.patches[0].get_facecolor()) != blue


def test_points_keep_what_they_show() -> None:
    sns.set_theme()
    figure, axes = drawn()
    sns.scatterplot(TABLE, x="Rate", y="Index", hue="Art", ax=axes)
    axes.scatter([6, 7], [70, 75], c=[1, 2], cmap="Greens")
    figure.canvas.draw()
    before = axes.collections[1].get_facecolor().copy()
    taken(figure)
    cycle = [to_hex(colour) for colour in style.settings()["axes.prop_cycle"].by_key()["color"]]
    assert {to_hex(colour) for colour in axes.collections[0].get_facecolor()} == set(cycle[:2])
    assert np.allclose(axes.collections[1].get_facecolor(), before)


def test_with_the_report_s_settings_no_colour_changes() -> None:
    figure, axes = drawn()
    axes.plot([1, 2], color="#4c72b0")
    axes.bar([0], [1], color="white")
    figure.suptitle("Über allem")
    before = to_svg(figure, "T")
    taken(figure)
    assert to_svg(figure, "T") == before


@pytest.mark.parametrize(
    "make",
    [
        lambda: drawn()[1],
        lambda: drawn(ncols=2)[1],
        TABLE["Rate"].plot,
        lambda: sns.relplot(TABLE, x="Rate", y="Index", height=2),
        lambda: sns.jointplot(TABLE, x="Rate", y="Index", height=3),
        lambda: sns.pairplot(TABLE, height=1.5),
        lambda: Figure(figsize=SIZE),
    ],
)
def test_whatever_has_a_figure(make: Any) -> None:
    assert isinstance(taken(make()), Figure)


def test_functions_draw_twice() -> None:
    drawing = taken(lambda narrow: drawn()[1])
    assert not isinstance(drawing, Figure)
    assert isinstance(drawing(False), Figure) and isinstance(drawing(True), Figure)
    with pytest.raises(InputError, match="bekommt kein Bild"):
        taken(lambda narrow: None)(False)  # type: ignore[operator]


def foreign(module: str, name: str = "Chart") -> Any:
    """Something of a library that need not be installed."""
    return type(name, (), {"__module__": module})()


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (foreign("plotly.graph_objs._figure", "Figure"), "Ein Bild von plotly ist ein Programm für den Browser"),
        (foreign("altair.vegalite.v5.api"), "Ein Bild von altair ist ein Programm für den Browser"),
        (foreign("folium.folium", "Map"), "Ein Bild von folium"),
        (foreign("seaborn._core.plot", "Plot"), r"Plot von seaborn, noch kein Bild.*\.plot\(\)"),
        ("bild.png", "keine Dateien und keine Fotos.*b.bild"),
        (np.zeros((3, 3)), "keine Dateien und keine Fotos"),
        (Image.new("RGB", (3, 3)), "keine Dateien und keine Fotos"),
        (None, "bekommt kein Bild"),
        (5, r"etwas anderes \(int\)"),
        (SimpleNamespace(figure=3), "etwas anderes"),
    ],
)
def test_what_is_none_is_told(thing: Any, words: str) -> None:
    with pytest.raises(InputError) as error:
        taken(thing)
    assert re.search(words, str(error.value), re.S) and "→" in str(error.value)


@pytest.mark.parametrize(
    ("x", "y", "turn", "edge"),
    [(-0.05, 0.5, 0, "links"), (0.95, 0.5, 0, "rechts"), (0.5, 0.97, 90, "oben"), (0.5, -0.03, 90, "unten")],
)
def test_text_at_the_edge_is_noticed(x: float, y: float, turn: int, edge: str) -> None:
    figure = plt.figure(figsize=SIZE)
    figure.text(x, y, "Mühlenberg", rotation=turn)
    with pytest.raises(InputError) as error:
        taken(figure)
    assert f"„Mühlenberg“ ({edge})" in str(error.value) and "constrained" in str(error.value)


def test_labels_of_an_axis_at_the_edge() -> None:
    figure, axes = plt.subplots(figsize=(4, 2))
    axes.barh(["Ein sehr langer Name eines Gebiets", "B"], [1, 2])
    with pytest.raises(InputError, match=r"„Ein sehr langer Name eines Gebiets“ \(links\)"):
        taken(figure)
    figure, axes = plt.subplots(figsize=(4, 2), layout="constrained")
    axes.barh(["Ein sehr langer Name eines Gebiets", "B"], [1, 2])
    assert taken(figure) is figure


def test_text_that_is_never_drawn_is_none() -> None:
    figure, axes = drawn()
    axes.plot([0, 1], [0, 1])
    axes.set_xticks([0, 0.5, 40], ["a", "b", "weit draußen"])
    axes.set_xlim(0, 1)
    axes.text(30, 30, "nicht im Bild", clip_on=True)
    axes.text(0.5, 0.5, "unsichtbar", visible=False)
    assert taken(figure) is figure


def test_what_is_wider_than_the_page() -> None:
    with pytest.raises(InputError, match="254 mm breit; auf die Seite passen 164 mm"):
        taken(Figure(figsize=(10, 3)))
    assert isinstance(taken(Figure(figsize=(style.FULL / style.MM, 3))), Figure)

"""The backend for SVG writes what matplotlib's own writes."""

from __future__ import annotations

import io

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import style
from sozialbericht.drawing.canvas.vector import BACKEND


def written(figure: Figure, backend: str | None) -> str:
    stream = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "Salz"}):
        figure.savefig(stream, format="svg", backend=backend, metadata={"Date": None})
    return stream.getvalue().decode()


@pytest.mark.parametrize("layout", [None, "constrained"])
def test_a_figure_is_the_same_in_both_backends(layout: str | None) -> None:
    with style.applied():
        figure = Figure(figsize=(4, 3), layout=layout)
        ax = figure.add_subplot(title="Schifffahrt, Häfen und „Werften“")
        ax.plot([1, 2], [1234, 5678], label="Anteil in %\nzweite Zeile", rasterized=True)
        ax.set_ylabel("gedreht", weight="bold", style="italic")
        ax.text(1.5, 3000, "andere Schrift", family="DejaVu Sans", ha="right", va="center", rotation=30)
        ax.text(1.5, 2000, "$a^2$", parse_math=True, ha="right", va="top")
        ax.legend()
        assert written(figure, BACKEND) == written(figure, None)

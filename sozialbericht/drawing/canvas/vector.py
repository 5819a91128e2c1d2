"""matplotlib's backend for SVG, which takes the extent of texts in the report's font from :mod:`.style`."""

from __future__ import annotations

import codecs
from functools import lru_cache
from typing import Any, BinaryIO

from matplotlib.artist import Artist
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from sozialbericht.drawing.canvas.style import SANS, extent

#: How matplotlib is told of this backend.
BACKEND = f"module://{__name__}"
UPRIGHT = ("normal", "normal", "normal", None)


class Renderer(RendererSVG):
    """Draws as matplotlib's own, but measures texts by their pairs of letters."""

    def __init__(self, figure: Figure, stream: Any, dpi: float, metadata: Any) -> None:
        self.drawn = figure
        width, height = figure.get_size_inches()
        super().__init__(width * 72, height * 72, stream, image_dpi=dpi, metadata=metadata)  # type: ignore[no-untyped-call]

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """Width, height and descent in points; the same numbers."""
        if not ismath and _upright(prop):
            return extent(s, prop.get_size_in_points(), prop.get_weight())
        measured: tuple[float, float, float] = super().get_text_width_height_descent(s, prop, ismath)  # type: ignore[no-untyped-call]
        return measured

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, ...] | tuple[None, None, None]:
        """What matplotlib asks a renderer before it looks into the font itself: ascent, descent, gap between lines."""
        if not _upright(prop):
            return None, None, None
        units, *heights = _heights(prop.get_weight())
        scale = 1 / units * prop.get_size_in_points() * self.drawn.dpi / 72
        return tuple(height * scale for height in heights)


def _upright(prop: FontProperties) -> bool:
    """Whether a font is an upright face of the report's."""
    kind = (prop.get_style(), prop.get_variant(), prop.get_stretch(), prop.get_file())
    return kind == UPRIGHT and prop.get_family() == [SANS]


@lru_cache(maxsize=32)
def _heights(weight: int | str) -> tuple[int, ...]:
    """Units per em, ascent, descent and gap of the report's face, in its own units."""
    font = get_font(findfont(FontProperties(family=[SANS], weight=weight)))
    table: Any = font.get_sfnt_table("OS/2")
    head: Any = font.get_sfnt_table("head")
    return head["unitsPerEm"], table["sTypoAscender"], -table["sTypoDescender"], table["sTypoLineGap"]


class FigureCanvas(FigureCanvasSVG):
    """A figure's surface with that renderer."""

    def print_svg(
        self, filename: BinaryIO, *, bbox_inches_restore: Any = None, metadata: Any = None, **_: Any
    ) -> None:
        """Write the figure to a binary stream; matplotlib says more, which is no matter of this format."""
        figure, dpi = self.figure, self.figure.dpi
        figure.dpi = 72
        width, height = figure.get_size_inches()
        renderer: Any = Renderer(figure, codecs.getwriter("utf-8")(filename), dpi, metadata)
        if figure.findobj(Artist.get_rasterized):  # else the way through a renderer of both kinds is only longer
            renderer = MixedModeRenderer(  # type: ignore[no-untyped-call]
                figure, width, height, dpi, renderer, bbox_inches_restore=bbox_inches_restore
            )
        figure.draw(renderer)
        renderer.finalize()

"""matplotlib's backend for SVG, which takes the extent of texts in the report's font from :mod:`.style`."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any, BinaryIO

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


class Mixed(MixedModeRenderer):
    """matplotlib's renderer of vectors and, where a mark asks for it, of pixels, but asks each method of that renderer
    of vectors only once."""

    def __getattr__(self, name: str) -> Any:
        """What is asked of the renderer in use."""
        found = super().__getattr__(name)  # type: ignore[no-untyped-call]
        if self._renderer is self._vector_renderer and callable(found):
            self.__dict__[name] = found
        return found

    def start_rasterizing(self) -> None:
        """Ask the renderer of pixels from now on."""
        for name in [name for name, own in self.__dict__.items() if getattr(own, "__self__", 0) is self._renderer]:
            del self.__dict__[name]
        super().start_rasterizing()  # type: ignore[no-untyped-call]


class FigureCanvas(FigureCanvasSVG):
    """A figure's surface with that renderer."""

    def print_svg(
        self, filename: BinaryIO, *, bbox_inches_restore: Any = None, metadata: Any = None, **_: Any
    ) -> None:
        """Write the figure to a binary stream; matplotlib says more, which is no matter of this format."""
        figure, dpi = self.figure, self.figure.dpi
        figure.dpi = 72
        width, height = figure.get_size_inches()
        stream = io.StringIO()
        inner = Renderer(figure, stream, dpi, metadata)
        renderer: Any = Mixed(figure, width, height, dpi, inner, bbox_inches_restore=bbox_inches_restore)  # type: ignore[no-untyped-call]
        figure.draw(renderer)
        renderer.finalize()
        filename.write(stream.getvalue().encode())

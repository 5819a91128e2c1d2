"""matplotlib's backend for SVG, which takes the extent of texts in the report's font from :mod:`.style`."""

from __future__ import annotations

import codecs
from typing import Any, BinaryIO

from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.font_manager import FontProperties

from sozialbericht.drawing.canvas.style import SANS, extent

#: How matplotlib is told of this backend.
BACKEND = f"module://{__name__}"
UPRIGHT = ("normal", "normal", "normal", None)


class Renderer(RendererSVG):
    """Draws as matplotlib's own, but measures texts by their pairs of letters."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """Width, height and descent in points; the same numbers."""
        kind = (prop.get_style(), prop.get_variant(), prop.get_stretch(), prop.get_file())
        if not ismath and kind == UPRIGHT and prop.get_family() == [SANS]:
            return extent(s, prop.get_size_in_points(), prop.get_weight())
        measured: tuple[float, float, float] = super().get_text_width_height_descent(s, prop, ismath)  # type: ignore[no-untyped-call]
        return measured


class FigureCanvas(FigureCanvasSVG):
    """A figure's surface with that renderer."""

    def print_svg(
        self, filename: BinaryIO, *, bbox_inches_restore: Any = None, metadata: Any = None, **_: Any
    ) -> None:
        """Write the figure to a binary stream; matplotlib says more, which is no matter of this format."""
        figure, dpi = self.figure, self.figure.dpi
        figure.dpi = 72
        width, height = figure.get_size_inches()
        stream = codecs.getwriter("utf-8")(filename)
        inner = Renderer(width * 72, height * 72, stream, image_dpi=dpi, metadata=metadata)  # type: ignore[no-untyped-call]
        renderer: Any = MixedModeRenderer(  # type: ignore[no-untyped-call]
            figure, width, height, dpi, inner, bbox_inches_restore=bbox_inches_restore
        )
        figure.draw(renderer)
        renderer.finalize()

"""Ownfigure: a figure that an analyst has drawn, whatever gave it: in the report's face and colours, with all its text.

Settings work where an artist is made: what ``sns.set_theme()`` or ``plt.style.use(…)`` has changed since is taken back
artist by artist. Colours are changed where they are the ones of the other settings: of their cycle, axes, grid and
text; whatever colour an analyst has chosen stays.
"""

from __future__ import annotations

import colorsys
import math
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import Collection
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from sozialbericht.drawing.canvas import style
from sozialbericht.faults import Fault, InputError

#: No text is smaller, in points; so far text may reach over the edge, in points: less is not seen.
SMALLEST, OVER = 7.0, 1.0
#: Libraries whose pictures are programs for a browser.
BROWSERS = ("plotly", "altair", "bokeh", "folium", "pyecharts", "holoviews", "hvplot", "pydeck", "ipyleaflet")
#: How seaborn makes the colours of surfaces paler.
PALER = 0.75
#: Settings of the sizes and of the colours of text; of several that are the same the last one tells.
_SIZES = ("figure.titlesize", "font.size", "axes.titlesize", "legend.title_fontsize", "legend.fontsize",
          "axes.labelsize", "xtick.labelsize", "ytick.labelsize")  # fmt: skip
_TEXT = ("xtick.color", "ytick.color", "xtick.labelcolor", "ytick.labelcolor", "axes.labelcolor", "text.color")


def taken(given: Any) -> Figure | Callable[[bool], Figure]:
    """The figure of whatever an analyst has drawn, or the function that draws it; raises :class:`InputError`."""
    if callable(given) and not _drawn(given):
        return lambda narrow: _ready(given(narrow))
    return _ready(given)


def _ready(given: Any) -> Figure:
    figure = _figure(given)
    width = figure.get_size_inches()[0] * style.MM
    if width > style.FULL + style.POINT:
        what = f"Das Bild ist {width:.0f} mm breit; auf die Seite passen {style.FULL:.0f} mm."
        remedy = "Kleiner zeichnen: figsize=(style.FULL / style.MM, …), bei seaborn mit height=… und aspect=…."
        raise InputError([Fault("Notebook", what, remedy)])
    _restyle(figure)
    style.apply()
    if cut := list(dict.fromkeys(_cut(figure))):
        told = ", ".join(f"„{words}“ ({edge})" for words, edge in cut[:4]) + (" …" if len(cut) > 4 else "")
        remedy = "plt.subplots(…, layout='constrained') gibt jeder Beschriftung Platz; sonst kürzen oder umbrechen."
        raise InputError([Fault("Notebook", f"Am Rand des Bildes ist Text abgeschnitten: {told}.", remedy)])
    return figure


def _drawn(given: Any) -> bool:
    return isinstance(given, Figure | Axes | np.ndarray) or isinstance(getattr(given, "figure", None), Figure)


def _figure(given: Any) -> Figure:
    """The figure that something is, has or stands in."""
    if isinstance(given, np.ndarray) and given.size and all(isinstance(one, Axes) for one in given.flat):
        given = given.flat[0]
    found = given if isinstance(given, Figure) else getattr(given, "figure", None)
    if isinstance(given, Axes):
        found = given.get_figure(root=True)
    if isinstance(found, Figure):
        return found
    kind = type(given)
    library = kind.__module__.partition(".")[0]
    remedy = "Mit matplotlib, seaborn oder geopandas zeichnen und das Bild übergeben: bild, achse = plt.subplots(…)."
    if library in BROWSERS:
        what = f"Ein Bild von {library} ist ein Programm für den Browser; Druck und Prüfung können es nicht lesen."
    elif kind.__module__.startswith("seaborn"):
        what = f"b.abbildung(…) bekommt {kind.__name__} von seaborn, noch kein Bild."
        remedy = "Auf eine Achse zeichnen: bild, achse = plt.subplots(…), dann ….on(achse).plot(); das Bild übergeben."
    elif isinstance(given, str | np.ndarray) or library in ("PIL", "pathlib"):
        what = "b.abbildung(…) nimmt gezeichnete Bilder, keine Dateien und keine Fotos."
        remedy = "Die Datei nach notebooks/bilder legen und mit b.bild(„name.jpg“, …) setzen."
    elif given is None:
        what = "b.abbildung(…) bekommt kein Bild."
        remedy = "Das Bild übergeben: bild, achse = plt.subplots(…); eine Funktion gibt es zurück: return bild."
    else:
        what = f"b.abbildung(…) nimmt ein Bild von matplotlib; übergeben ist etwas anderes ({kind.__name__})."
    raise InputError([Fault("Notebook", what, remedy)])


def _restyle(figure: Figure) -> None:
    """Let a figure look as if it had been drawn with the report's settings."""
    now, own = mpl.rcParams, style.settings()
    sizes = _sizes(now, own)
    for text in figure.findobj(Text):
        text.set_fontfamily(style.SANS)
        size = float(text.get_fontsize())
        text.set_fontsize(max(sizes.get(size, size), SMALLEST))
        _recolour(text, _changed(now, own, _TEXT), "color")
    cycle = _cycle(now["axes.prop_cycle"], own["axes.prop_cycle"])
    for artist in figure.findobj(lambda one: isinstance(one, Line2D | Patch | Collection)):
        for part in ("color",) if isinstance(artist, Line2D) else ("facecolor", "edgecolor"):
            _recolour(artist, cycle, part)
    grounds = {to_hex(now[name]) for name in ("axes.facecolor", "figure.facecolor", "savefig.facecolor")
               if str(now[name]) not in ("none", "auto")}  # fmt: skip
    edges, grid = _changed(now, own, ("axes.edgecolor",)), _changed(now, own, ("grid.color",))
    for ground in (figure.patch, *(axes.patch for axes in figure.axes)):
        if to_hex(ground.get_facecolor()) in grounds:
            ground.set_facecolor("none")
    for axes in figure.axes:
        for spine in axes.spines.values():
            _recolour(spine, edges, "edgecolor")
        for line in (*axes.get_xgridlines(), *axes.get_ygridlines()):
            _recolour(line, grid, "color")


def _sizes(now: Any, own: dict[Any, Any]) -> dict[float, float]:
    """The sizes of other settings in points and what the report has in their place."""
    names = [name for name in _SIZES if now[name] is not None and now[name] != own.get(name)]
    if now["font.size"] == own["font.size"]:
        names = [name for name in names if name in own]  # the others follow from it
    return {FontProperties(size=now[name]).get_size_in_points(): own.get(name, own["font.size"]) for name in names}


def _changed(now: Any, own: dict[Any, Any], names: tuple[str, ...]) -> dict[str, str]:
    """The colours of other settings and what the report has in their place."""
    pairs = ((now[name], own.get(name, own["axes.labelcolor"])) for name in names if now[name] != "inherit")
    return {to_hex(old): new for old, new in pairs if to_hex(old) != to_hex(new)}


def _cycle(now: Any, own: Any) -> dict[str, str]:
    """The colours of another cycle, as they are and paler, and those of the report in their order."""
    pairs = list(zip(now.by_key().get("color", []), own.by_key()["color"], strict=False))
    if all(to_hex(old) == to_hex(new) for old, new in pairs):
        return {}
    return {to_hex(form(old)): to_hex(form(new)) for old, new in pairs for form in (_pale, to_rgb)}


def _pale(colour: Any) -> tuple[float, float, float]:
    hue, light, saturation = colorsys.rgb_to_hls(*to_rgb(colour))
    return colorsys.hls_to_rgb(hue, light, saturation * PALER)


def _recolour(artist: Any, colours: dict[str, str], part: str) -> None:
    """Change a colour of an artist, or each of several."""
    given = getattr(artist, f"get_{part}")()
    several = isinstance(given, np.ndarray) and given.ndim == 2
    old = list(given) if several else [given]
    new = [colours.get(to_hex(one)) if to_rgba(one)[3] else None for one in old]
    if any(new):
        changed = [(*to_rgb(n), to_rgba(o)[3]) if n else o for o, n in zip(old, new, strict=True)]
        getattr(artist, f"set_{part}")(changed if several else changed[0])


class _Listener(RendererAgg):
    """Draws, and notes what text it draws where: a tick outside its axis has a text, too, that is never drawn."""

    def __init__(self, *size: float) -> None:
        super().__init__(*size)  # type: ignore[no-untyped-call]
        self.heard: list[tuple[str, np.ndarray[Any, Any]]] = []

    def draw_text(self, gc: Any, x: float, y: float, s: str, *more: Any, ismath: Any = False, **_: Any) -> None:
        """Note a line of text and its corners, from the top left one of the picture."""
        if gc.get_clip_rectangle() is None:
            prop, angle = more[:2]
            size = self.get_text_width_height_descent(s, prop, ismath)  # type: ignore[no-untyped-call]
            width, height, descent = size
            corners = np.array([(0, descent), (width, descent), (width, descent - height), (0, descent - height)])
            turn = math.radians(-angle)
            turned = corners @ np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
            self.heard.append((s, turned + np.array([x, y])))


def _cut(figure: Figure) -> Iterator[tuple[str, str]]:
    """The lines of text that reach over an edge of the figure, each with that edge."""
    width, height = figure.get_size_inches() * figure.dpi
    listener, over = _Listener(width, height, figure.dpi), OVER * figure.dpi / 72
    with style.applied():
        figure.draw(listener)
    for words, corners in listener.heard:
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        edges = {"links": -left, "rechts": right - width, "oben": -top, "unten": bottom - height}
        edge = max(edges, key=lambda name: edges[name])
        if words.strip() and edges[edge] > over:
            yield words.strip(), edge

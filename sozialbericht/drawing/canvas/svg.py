"""A figure as SVG text, written once for print and web: small, without dates, the same bytes each time.

Text stays text in the report's fonts, no element has a style of its own, and the colours of the look are custom
properties with their light value behind: a page of the web report that holds the drawing gives it its own colours.
:func:`sozialbericht.web.drawings.printed` puts the light values in their place.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

import matplotlib as mpl
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import compaction
from sozialbericht.drawing.canvas.brand import tokens
from sozialbericht.drawing.canvas.style import SANS, applied
from sozialbericht.drawing.canvas.vector import BACKEND

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_GENERATED = re.compile(
    r"(figure|axes|patch|text|line2d|PathCollection|LineCollection|PolyCollection|QuadMesh|FillBetweenPolyCollection"
    r"|matplotlib\.axis|xtick|ytick|legend)_\d+"
)
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
#: What the root says for all.
_DEFAULT = {
    "stroke-linejoin": "round", "stroke-linecap": "butt", "stroke-miterlimit": "100000", "font-family": f"'{SANS}'",
    "text-anchor": "start", "font-weight": "400",
}  # fmt: skip
_FONT = re.compile(r"(?:(?P<style>italic|oblique) )?(?:(?P<weight>\d{3}|bold) )?(?P<size>[\d.]+)px (?P<family>.+)")


def to_svg(fig: Figure, title: str = "", ident: str = "") -> str:
    """The figure as one SVG document.

    ``title`` is the document's title, ``ident`` the figure's id (default: the title): internal ids are built from it,
    so that figures on one page never share them.
    """
    salt = hashlib.sha256((ident or title).encode()).hexdigest()[:6]
    stream = io.BytesIO()
    with applied():
        mpl.rcParams["svg.hashsalt"] = salt
        fig.savefig(stream, format="svg", backend=BACKEND, metadata={"Date": None, "Creator": None})
    root = ET.fromstring(stream.getvalue())
    _tidy(root, f"f{salt}")
    head = f"<title>{escape(title)}</title>" if title else ""
    inner = "".join(_write(child) for child in root if child.tag != f"{_SVG}metadata")
    width, height = (f"{float(root.attrib[k][:-2]) / 72 * 25.4:.6g}mm" for k in ("width", "height"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="'
        f'{_short(root.attrib["viewBox"], 3)}" font-family="{SANS}" stroke-linejoin="round">{head}{inner}</svg>\n'
    )


def _tidy(root: ET.Element, prefix: str) -> None:
    """Shorten ids, coordinates and styles in place."""
    ids = _rename(root, prefix)
    colours = tokens()
    names = {value.lower(): name for name, value in colours.light.items() if name in colours.dark}
    for element in root.iter():
        _unstyle(element)
        for key, value in list(element.attrib.items()):
            match key:
                case "d":
                    element.set(key, _path(value))
                case "x" | "y" | "points":
                    element.set(key, _short(value, 2))
                case "transform" if value.startswith("rotate(-0 "):
                    del element.attrib[key]
                case "transform":
                    element.set(key, _transform(value))
                case "fill" | "stroke" if _COLOUR.fullmatch(value):
                    name = names.get(value.lower())
                    element.set(key, f"var(--{name},{value.lower()})" if name else value.lower())
                case _ if key == _HREF:
                    del element.attrib[key]
                    element.set("href", "#" + ids.get(value[1:], value[1:]) if value.startswith("#") else value)
                case _ if "url(#" in value:
                    element.set(key, _pointers(value, ids))
    _prune(root)
    compaction.share(root)


def _unstyle(element: ET.Element) -> None:
    """Write a style as attributes, without what the root says anyway."""
    if style := element.attrib.pop("style", ""):
        element.attrib.update(_told(style))


@lru_cache(maxsize=1024)
def _told(style: str) -> Mapping[str, str]:
    """The attributes that a style says; most elements of a drawing share theirs with others."""
    told: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = part.partition(":")
        value = value.strip()
        if name == "font" and (font := _FONT.fullmatch(value)):
            told |= _face(font)
        elif _DEFAULT.get(name) != value:
            told[name] = _short(value.removesuffix("px"), 3)
    return MappingProxyType(told)


def _face(font: re.Match[str]) -> dict[str, str]:
    """Size, and what differs from the root's upright regular face."""
    told = {"font-size": _short(font["size"], 3)}
    if font["weight"] and font["weight"] != "400":
        told["font-weight"] = font["weight"]
    if font["style"]:
        told["font-style"] = font["style"]
    if font["family"].strip("'\"") != SANS:
        told["font-family"] = font["family"]
    return told


def _rename(root: ET.Element, prefix: str) -> dict[str, str]:
    """Drop matplotlib's generated group ids, turn own ones into classes, shorten the rest."""
    ids: dict[str, str] = {}
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name is None or _GENERATED.fullmatch(name):
            continue
        if element.tag == f"{_SVG}g":
            if called := compaction.settle(element, name):
                element.set("class", called)
        else:
            ids[name] = f"{prefix}-{len(ids)}"
            element.set("id", ids[name])
    return ids


def _prune(root: ET.Element) -> None:
    """Remove paths that paint nothing but fields of areas, matplotlib's style rules (they are on the root) and empty
    groups.
    """
    for parent in list(root.iter()):
        if parent.attrib.get("class", "").startswith("raum "):
            continue
        keep: list[ET.Element] = []
        for child in parent:
            keep += _kept(child)
        parent[:] = keep
    for parent in list(root.iter()):
        parent[:] = [c for c in parent if not (c.tag in {f"{_SVG}g", f"{_SVG}defs"} and len(c) == 0)]


def _kept(child: ET.Element) -> list[ET.Element]:
    unpainted = child.tag == f"{_SVG}path" and child.get("fill") == "none" and "stroke" not in child.attrib
    if child.tag == f"{_SVG}style" or unpainted:
        return []
    if child.tag == f"{_SVG}g" and not child.attrib:
        return [kept for inner in child for kept in _kept(inner)]
    return [child]


def _pointers(value: str, ids: dict[str, str]) -> str:
    return re.sub(r"url\(#([^)]+)\)", lambda m: f"url(#{ids.get(m[1], m[1])})", value)


def _short(value: str, places: int) -> str:
    """All numbers rounded, without trailing zeros, white space squeezed."""
    text = _NUMBER.sub(lambda m: _plain(float(m[0]), places), value)
    return " ".join(text.split())


@lru_cache(maxsize=8192)
def _path(value: str) -> str:
    """A path to a hundredth of a point, a tenth where it is long; repeated commands left out."""
    text = _short(value, 2 if len(value) < 400 else 1)
    if not set("QCAHV") & set(text):
        text = text.replace(" L ", " ")
    return compaction.steps(re.sub(r"\s?([A-Za-z])\s?", r"\1", text))


def _transform(value: str) -> str:
    """Positions to a hundredth of a point; factors of a scale keep five places."""
    return re.sub(
        r"(\w+)\(([^)]*)\)",
        lambda m: f"{m[1]}({_short(m[2], 5 if m[1] in {'scale', 'matrix'} else 2)})",
        value,
    )


def _plain(x: float, places: int) -> str:
    text = f"{x:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _write(element: ET.Element) -> str:
    """One element as text, without namespaces' prefixes and without white space between elements."""
    tag = element.tag.removeprefix(_SVG)
    attributes = "".join(f" {k}={quoteattr(v)}" for k, v in element.attrib.items())
    words = escape((element.text or "").strip(), {'"': "&quot;"}) if tag in {"text", "tspan", "style", "title"} else ""
    inner = words + "".join(_write(child) for child in element)
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"

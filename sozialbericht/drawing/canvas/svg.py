"""A figure as SVG text: small, without dates, the same bytes each time.

The print cut keeps text as text (Typst sets it in the report's fonts). The web cut has outlines and the
colour tokens as CSS custom properties with the dark palette inside, so an ``<img>`` follows the page.
"""

from __future__ import annotations

import hashlib
import io
import re
from functools import lru_cache
from typing import Literal
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

import matplotlib as mpl
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas.brand import tokens
from sozialbericht.drawing.canvas.style import SANS, applied

Cut = Literal["print", "web"]

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_GENERATED = re.compile(
    r"(figure|axes|patch|text|line2d|PathCollection|LineCollection|PolyCollection|QuadMesh|FillBetweenPolyCollection"
    r"|matplotlib\.axis|xtick|ytick|legend)_\d+"
)
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
_FAMILY = f"font-family:'{SANS}'"


def to_svg(fig: Figure, cut: Cut, title: str = "", ident: str = "") -> str:
    """The figure as one SVG document.

    ``cut`` is ``print`` or ``web``, ``title`` the document's title, ``ident`` the figure's id (default: the
    title): internal ids are built from it, so that figures on one page never share them.
    """
    salt = hashlib.sha256(f"{ident or title}:{cut}".encode()).hexdigest()[:6]
    stream = io.BytesIO()
    fonttype = "none" if cut == "print" else "path"
    with applied(), mpl.rc_context({"svg.fonttype": fonttype, "svg.hashsalt": salt}):
        fig.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    root = ET.fromstring(stream.getvalue())
    used = _tidy(root, f"f{salt}", cut)
    style = _dark(used) if cut == "web" else ""
    head = f"<title>{escape(title)}</title>" if title else ""
    inner = "".join(_write(child) for child in root if child.tag != f"{_SVG}metadata")
    width, height = (f"{float(root.attrib[k][:-2]) / 72 * 25.4:.6g}mm" for k in ("width", "height"))
    family = f' font-family="{SANS}"' if cut == "print" else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="{_short(root.attrib["viewBox"], 3)}"{family} '
        f'stroke-linejoin="round">{head}{style}{inner}</svg>\n'
    )


def _tidy(root: ET.Element, prefix: str, cut: Cut) -> set[str]:
    """Shorten ids, coordinates and styles in place; returns the tokens in use (web cut)."""
    ids = _rename(root, prefix)
    names = {v.lower(): k for k, v in tokens().light.items() if k in tokens().dark}
    used: set[str] = set()

    def token(match: re.Match[str]) -> str:
        name = names.get(match[0].lower())
        if name is None:
            return match[0]
        used.add(name)
        return f"var(--{name},{match[0].lower()})"

    for element in root.iter():
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
                case "style":
                    element.set(key, _style(value, ids))
                case _ if key == _HREF and value.startswith("#"):
                    element.set(key, "#" + ids.get(value[1:], value[1:]))
                case "clip-path":
                    element.set(key, _pointers(value, ids))
        if cut == "web":
            _custom_properties(element, token)
    _prune(root, cut)
    return used


def _rename(root: ET.Element, prefix: str) -> dict[str, str]:
    """Drop matplotlib's generated group ids, turn own ones into classes, shorten the rest."""
    ids: dict[str, str] = {}
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name is None or _GENERATED.fullmatch(name):
            continue
        if element.tag == f"{_SVG}g":
            element.set("class", name)
        else:
            ids[name] = f"{prefix}-{len(ids)}"
            element.set("id", ids[name])
    return ids


def _custom_properties(element: ET.Element, token: object) -> None:
    """Write the tokens' custom properties into the style; presentation attributes cannot hold them."""
    style = element.attrib.get("style", "")
    for key in ("fill", "stroke"):
        if element.attrib.get(key, "").startswith("#"):
            style = f"{style};{key}:{element.attrib.pop(key)}".lstrip(";")
    if element.tag in {f"{_SVG}path", f"{_SVG}use", f"{_SVG}rect"} or style:
        style = _COLOUR.sub(token, style)  # type: ignore[call-overload]
    if style:
        element.set("style", style)


def _prune(root: ET.Element, cut: Cut) -> None:
    """Remove paths that paint nothing, matplotlib's style rules (they are on the root), empty groups.

    The web cut keeps the unpainted fields of areas.
    """
    for parent in list(root.iter()):
        if cut == "web" and parent.attrib.get("class", "").startswith("raum "):
            continue
        keep: list[ET.Element] = []
        for child in parent:
            keep += _kept(child)
        parent[:] = keep
    for parent in list(root.iter()):
        parent[:] = [c for c in parent if not (c.tag in {f"{_SVG}g", f"{_SVG}defs"} and len(c) == 0)]


def _kept(child: ET.Element) -> list[ET.Element]:
    style = child.attrib.get("style", "")
    if child.tag == f"{_SVG}style" or (child.tag == f"{_SVG}path" and style in {"fill:none", "fill:none;opacity:0"}):
        return []
    if child.tag == f"{_SVG}g" and not child.attrib:
        return [kept for inner in child for kept in _kept(inner)]
    return [child]


def _style(value: str, ids: dict[str, str]) -> str:
    """A style without spaces and without what the root says anyway."""
    parts = [p.strip() for p in value.split(";") if p.strip()]
    parts = [p.replace(": ", ":") for p in parts]
    default = {"stroke-linejoin:round", "stroke-linecap:butt", "stroke-miterlimit:100000", _FAMILY}
    parts = [_short(p, 3) for p in parts if p not in default]
    return _pointers(";".join(parts), ids)


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
    return re.sub(r"\s?([A-Za-z])\s?", r"\1", text)


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


def _dark(used: set[str]) -> str:
    dark = tokens().dark
    pairs = ";".join(f"--{name}:{dark[name].lower()}" for name in sorted(used))
    return f"<style>@media (prefers-color-scheme:dark){{:root{{{pairs}}}}}</style>" if pairs else ""


def _write(element: ET.Element) -> str:
    """One element as text, without namespaces' prefixes and without white space between elements."""
    tag = element.tag.removeprefix(_SVG)
    pairs = ((("xlink:href" if k == _HREF else k), v) for k, v in element.attrib.items())
    attributes = "".join(f" {k}={quoteattr(v)}" for k, v in pairs)
    words = escape((element.text or "").strip()) if tag in {"text", "tspan", "style", "title"} else ""
    inner = words + "".join(_write(child) for child in element)
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"

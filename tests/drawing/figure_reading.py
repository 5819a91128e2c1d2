"""Reading figures: their words, sizes and classes as the SVG has them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.web.drawings import printed

SVG = "{http://www.w3.org/2000/svg}"


def texts(fig: Figure) -> list[str]:
    """All words of a figure."""
    root = ET.fromstring(to_svg(fig, "Titel"))
    return [e.text or "" for e in root.iter(f"{SVG}text")]


def size(fig: Figure) -> tuple[float, float]:
    """Width and height in mm; fails where they and the view box disagree."""
    root = ET.fromstring(to_svg(fig, "Titel"))
    width, height = (float(root.attrib[k].removesuffix("mm")) for k in ("width", "height"))
    box = [float(v) for v in root.attrib["viewBox"].split()]
    assert box[:2] == [0, 0]
    assert box[2] == pytest.approx(width / 25.4 * 72, abs=0.01)
    assert box[3] == pytest.approx(height / 25.4 * 72, abs=0.01)
    return width, height


def drawn(fig: Figure, tag: str) -> list[tuple[ET.Element, dict[str, str]]]:
    """All elements of a kind, in the colours of print, each with all that it says and takes from its groups."""

    def below(element: ET.Element, told: dict[str, str]) -> Iterator[tuple[ET.Element, dict[str, str]]]:
        told = {**told, **element.attrib}
        if element.tag == f"{SVG}{tag}":
            yield element, told
        for child in element:
            yield from below(child, told)

    return list(below(ET.fromstring(printed(to_svg(fig, "Titel"))), {}))


def classes(fig: Figure) -> list[str]:
    """The classes of all groups: areas and hatches."""
    root = ET.fromstring(to_svg(fig, "Titel"))
    return [e.attrib["class"] for e in root.iter(f"{SVG}g") if "class" in e.attrib]

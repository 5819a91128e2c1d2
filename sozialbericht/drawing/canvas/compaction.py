"""Compaction of drawings: what several elements have in common is said once, outlines are written in steps."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
#: What an element takes from the group it stands in.
INHERITED = frozenset({
    "fill", "fill-opacity", "fill-rule", "font-family", "font-size", "font-style", "font-weight", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-width",
    "text-anchor",
})  # fmt: skip
#: Straight lines only, with absolute coordinates of up to two places.
_POINT = r"-?[\d.]+ -?[\d.]+"
_STRAIGHT = re.compile(rf"M{_POINT}(?: {_POINT}){{4,}}(?:z|M{_POINT}(?: {_POINT})*)*")
_FEW = re.compile(rf"M{_POINT}(?: {_POINT}){{1,3}}z?")
_RING = re.compile(r"M([^Mz]+)(z?)")
#: What parts the name of an outline from where it lies, and how fine the units of such outlines are, in mm.
_AT, UNIT = "@", 0.1 / 72 * 25.4
_FIGURE, _WIDTH = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?"), re.compile(r"stroke-width: ([\d.]+)")


def placed(name: str, x: float, y: float, times: float) -> str:
    """The name of an outline that is written in units of its own, :data:`UNIT` mm of a map as large as the largest.

    ``x`` and ``y`` say in mm where its origin lies, ``times`` how much smaller than that map it is drawn. Outlines of
    the same areas are then the same text in drawings of any size.
    """
    return f"{name}{_AT}{x!r} {y!r} {times!r}"


def settle(element: ET.Element, name: str) -> str:
    """Write the outlines in a group of a name with a place in their own units, in place; returns the name alone."""
    called, _, place = name.partition(_AT)
    if not place:
        return called
    x, y, times = map(float, place.split())
    x, y, unit = x / UNIT / 10, y / UNIT / 10, times / 10
    element.set("transform", f"translate({x:.3f} {y:.3f})scale({unit:.6f})")
    for path in element.iter(f"{_SVG}path"):
        path.set("d", _in_units(path.get("d", ""), (x, y), unit))
        path.set("style", _WIDTH.sub(lambda m: f"stroke-width: {float(m[1]) / unit:.3f}", path.get("style", "")))
    return called


def _in_units(path: str, origin: tuple[float, float], unit: float) -> str:
    starts = itertools.cycle(origin)
    return _FIGURE.sub(lambda m: f"{(float(m[0]) - next(starts)) / unit:.0f}", path)


def share(root: ET.Element) -> None:
    """Give neighbours that look alike a group that says how, but for their fill where it differs; in place."""
    for child in list(root):
        share(child)
    if root.tag == f"{_SVG}defs":
        return
    if len(root) == 1 and root.tag == f"{_SVG}g" and _own(root[0]).keys().isdisjoint(root.attrib):
        _raise(root[0], root, _own(root[0]))
    runs: list[list[ET.Element]] = []
    for child in root:
        if runs and _look(child) and _look(child) == _look(runs[-1][0]):
            runs[-1].append(child)
        else:
            runs.append([child])
    if len(runs) == len(root):
        return
    root[:] = [run[0] if len(run) == 1 else _group(run) for run in runs]


def steps(path: str) -> str:
    """A path of straight lines with each point told from the one before where that is shorter, lines across or down by
    one number; others as they are.

    Points stay where they are, each once: steps are differences of the rounded places.
    """
    if _FEW.fullmatch(path):
        return min(_upright(path), path, key=len)
    if not _STRAIGHT.fullmatch(path):
        return path
    written = []
    for ring in _RING.finditer(path):
        points = [round(float(entry) * 100) for entry in ring[1].split()]
        corners = list(zip(points[::2], points[1::2], strict=True))
        told = f"M{_plain(points[0])} {_plain(points[1])}l"
        for before, corner in itertools.pairwise(corners):
            if corner != before:
                for part in (corner[0] - before[0], corner[1] - before[1]):
                    told += _next(told, _plain(part))
        if told.endswith("l"):  # a ring of one point
            return path
        written.append(told + ring[2])
    return min("".join(written), path, key=len)


def _upright(path: str) -> str:
    """A path of few lines, those across and down as such."""
    numbers = path.strip("Mz").split(" ")
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    told, last = f"M{' '.join(points[0])}", "L"
    for (x, y), (u, v) in itertools.pairwise(points):
        command, place = ("H", u) if v == y else ("V", v) if u == x else ("L", f"{u} {v}")
        told += f" {place}" if command == last else f"{command}{place}"
        last = command
    return told + "z" * path.endswith("z")


def _own(element: ET.Element) -> dict[str, str]:
    """What an element says that it could have taken from a group."""
    if "clip-path" in element.attrib or element.tag == f"{_SVG}defs":
        return {}
    return {name: value for name, value in element.attrib.items() if name in INHERITED or "scale(" in value}


def _look(element: ET.Element) -> dict[str, str]:
    """What neighbours must have in common: all but the fill."""
    return {name: value for name, value in _own(element).items() if name != "fill"}


def _group(run: list[ET.Element]) -> ET.Element:
    group = ET.Element(f"{_SVG}g")
    fills = {element.get("fill") for element in run}
    shared = _own(run[0]) if len(fills) == 1 else _look(run[0])
    group.attrib.update(shared)
    for element in run:
        for name in shared:
            del element.attrib[name]
    group[:] = run
    return group


def _raise(child: ET.Element, parent: ET.Element, told: dict[str, str]) -> None:
    for name, value in told.items():
        del child.attrib[name]
        parent.set(name, value)


def _next(told: str, number: str) -> str:
    """A number with a blank in front where it would run into the one before."""
    return number if number.startswith("-") or told.endswith("l") else f" {number}"


def _plain(hundredths: int) -> str:
    """Hundredths as a number, without a zero in front."""
    text = f"{abs(hundredths) / 100:.2f}".rstrip("0").rstrip(".").lstrip("0") or "0"
    return f"-{text}" if hundredths < 0 else text

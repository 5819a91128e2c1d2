"""Pictures: the words of an SVG, line by line as they stand, and the places of what it draws."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as ET

from sozialbericht.audit.readers.readings import Mark, Passage, Picture, Reading, Word, clean

_SVG = "{http://www.w3.org/2000/svg}"
_FIGURE = re.compile(r"-?\d*\.?\d+(?:e[-+]?\d+)?")
_PAINT = r"(?:var\([^,)]*,\s*)?(#[0-9a-fA-F]{3,8}|none|[a-z]+|var\(--[\w-]+)"
_FILL, _STYLED = re.compile(_PAINT), re.compile(rf"fill\s*:\s*{_PAINT}")
_STEP = re.compile(r"([A-Za-z]+)\s*\(([^)]*)\)")
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href")
#: What may be drawn once more.
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
#: Words on one line of a picture: their base lines are no further apart.
_LINE = 1.6
#: How far letters reach above and below their base line, about.
_ABOVE, _BELOW = 6.5, 2.0
#: Shapes with more corners are outlines of areas and letters, not values.
_CORNERS = 400
#: What follows the name of a picture's cut for phones.
NARROW = " schmal"


def read(content: bytes, name: str) -> Reading:
    """What a picture in a file of its own says."""
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True, insert_pis=True))
    root = ET.fromstring(content, parser)
    called = Path(name).name.split(".")[0]
    passages, picture = said(root, name, (called,), called + NARROW * (".schmal." in Path(name).name))
    return Reading(tuple(passages), (picture,))


#: The elements that have an id, and whether they are stored to be drawn as marks; of several the first.
Stored = Mapping[str, tuple[ET.Element, bool]]


def said(
    root: ET.Element, place: str, heads: tuple[str, ...], name: str, stored: Stored | None = None
) -> tuple[list[Passage], Picture]:
    """What a picture says under some headings, and what it draws; ``name`` tells it from others.

    ``stored`` has the elements of its page that it may draw once more, without it those of the picture.
    Raises ValueError where it draws what is no shape once more: the audit would not see it.
    """
    stored = dict(reversed(list(_stored(root)))) if stored is None else stored
    passages: list[Passage] = []
    words: list[tuple[float, float, str]] = []
    marks: list[Mark] = []
    title = ""
    for element, under in _walk(root, _Under()):
        tag = _tag(element)
        text = clean("".join(element.itertext())) if tag in ("text", "title", "desc", "metadata", "style") else ""
        if tag == "title" and not title:
            title = text
        if tag == "text":
            x, y = _pair(element, "x", "y")
            across, down = under.moved([(x, y)])[0]
            words.append((down, across, text))
        elif tag in ("title", "desc", "metadata") and text:
            passages.append(Passage("Alternativtext", place, text, heads))
        elif tag == "#comment" and element.text:
            passages.append(Passage("verborgen", place, clean(element.text), heads))
        elif tag == "use":
            marks += _used(element, under, stored)
        else:
            marks += _marks(element, tag, under)
        passages += _attributes(element, place, (*heads, under.area))
    found = lines(words)
    passages += [Passage("Bild", place, line, (*heads, title) if title else heads) for line in found]
    drawn = tuple(Word(text, y - _ABOVE, y + _BELOW) for y, _, text in words)
    return passages, Picture(name, tuple(marks), drawn)


@dataclass(frozen=True)
class _Under:
    """What an element takes from those it stands in: how it is moved and stretched, whose it is, its fill."""

    matrix: tuple[float, ...] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    area: str = ""
    fill: str = ""

    def moved(self, points: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
        """Places in the element as places in the picture."""
        a, b, c, d, e, f = self.matrix
        return tuple((a * x + c * y + e, b * x + d * y + f) for x, y in points)

    def within(self, a: float, b: float, c: float, d: float, e: float, f: float) -> _Under:
        """What stands in a transformation."""
        p, q, r, s, _, _ = self.matrix
        ((x, y),) = self.moved([(e, f)])
        return replace(self, matrix=(p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, x, y))


def _walk(element: ET.Element, under: _Under) -> list[tuple[ET.Element, _Under]]:
    """All elements but stored shapes, with what they stand under."""
    for kind, given in _STEP.findall(element.get("transform", "")):
        under = under.within(*_transformed(kind, [float(entry) for entry in _FIGURE.findall(given)]))
    names = element.get("class", "").split()
    if names[:1] == ["raum"] and len(names) > 1:
        under = replace(under, area=names[1])
    if (fill := _FILL.match(element.get("fill", ""))) or (fill := _STYLED.search(element.get("style", ""))):
        under = replace(under, fill=fill[1])
    out = [(element, under)]
    for child in element:
        if child.tag not in (f"{_SVG}defs", "defs"):
            out += _walk(child, under)
    return out


def _transformed(kind: str, given: list[float]) -> tuple[float, ...]:
    """A transformation as a matrix; raises ValueError for one that pictures do not have."""
    match kind, given:
        case "translate", [across, *down]:
            return 1, 0, 0, 1, across, down[0] if down else 0
        case "scale", [wide, *high]:
            return wide, 0, 0, high[0] if high else wide, 0, 0
        case "matrix", [_, _, _, _, _, _]:
            return tuple(given)
        case "rotate", [angle, *around]:
            x, y = around or (0.0, 0.0)
            cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
    raise ValueError(f"eine Zeichnung mit der Umformung „{kind}“")


def _stored(element: ET.Element, in_store: bool = False) -> Iterator[tuple[str, tuple[ET.Element, bool]]]:
    for child in element:
        within = in_store or _tag(child) == "defs"
        if child.get("id"):
            yield str(child.get("id")), (child, within)
        yield from _stored(child, within)


def _used(element: ET.Element, under: _Under, stored: Stored) -> list[Mark]:
    """The mark of a shape that is drawn once more: a dot where it is stored as a marker, else its outline."""
    address = next(filter(None, map(element.get, _LINKS)), "#")
    shape, marker = stored.get(address.removeprefix("#"), (None, False))
    if not address.startswith("#") or (shape is not None and _tag(shape) not in _SHAPES):
        raise ValueError("eine Zeichnung, die etwas anderes als eine Form noch einmal zeichnet")
    if shape is None or marker:
        return _marks(element, "use", under)
    x, y = _pair(element, "x", "y")
    return _marks(shape, _tag(shape), under.within(1, 0, 0, 1, x, y))


def _tag(element: ET.Element) -> str:
    return element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else "#comment"


def _marks(element: ET.Element, tag: str, under: _Under) -> list[Mark]:
    points: list[tuple[float, float]] = []
    kind = "shape"
    match tag:
        case "use" | "circle" | "ellipse":
            keys = ("x", "y") if tag == "use" else ("cx", "cy")
            kind, points = "dot", [_pair(element, *keys)]
        case "rect":
            (x, y), (width, height) = _pair(element, "x", "y"), _pair(element, "width", "height")
            points = [(x, y), (x + width, y + height)]
        case "line":
            points = [_pair(element, "x1", "y1"), _pair(element, "x2", "y2")]
        case "path":
            points = _corners(element.get("d", ""))
        case "polyline" | "polygon":
            numbers = [float(entry) for entry in _FIGURE.findall(element.get("points", ""))]
            points = list(zip(numbers[::2], numbers[1::2], strict=False))
    if not points:
        return []
    return [Mark(kind, under.moved(points), under.area, under.fill)]


def _corners(path: str) -> list[tuple[float, float]]:
    """The corners of a path of straight lines; of curves with absolute coordinates their end points."""
    found: list[tuple[float, float]] = []
    if len(path) > 20 * _CORNERS:
        return []
    for command, given in _COMMAND.findall(path):
        numbers = [float(entry) for entry in _FIGURE.findall(given)]
        step = {"C": 6, "Q": 4, "S": 4}.get(command, 2)
        if command == "H" and found:
            found += [(x, found[-1][1]) for x in numbers]
        elif command == "V" and found:
            found += [(found[-1][0], y) for y in numbers]
        elif command == "l" and found:
            for i in range(0, len(numbers) - 1, 2):
                found.append((found[-1][0] + numbers[i], found[-1][1] + numbers[i + 1]))
        elif command.isupper() and command != "A":
            found += [(numbers[i + step - 2], numbers[i + step - 1]) for i in range(0, len(numbers) - step + 1, step)]
    return found[:_CORNERS]


def lines(words: list[tuple[float, float, str]]) -> list[str]:
    """Words, each with its place from above and from the left, joined where they stand on one line."""
    found: list[list[tuple[float, float, str]]] = []
    for word in sorted(words):
        if found and word[0] - found[-1][0][0] <= _LINE:
            found[-1].append(word)
        else:
            found.append([word])
    return [" ".join(text for _, _, text in sorted(line, key=lambda word: word[1])) for line in found]


def _attributes(element: ET.Element, name: str, heads: tuple[str, ...]) -> list[Passage]:
    """What stands in attributes that draw nothing."""
    found = []
    for key, value in element.attrib.items():
        if key.startswith(("data-", "aria-")) or key in ("desc", "title", "alt"):
            found.append(Passage("Attribut", name, clean(value), (*heads, key.replace("-", " "))))
    return found


def _pair(element: ET.Element, first: str, second: str) -> tuple[float, float]:
    return _number(element.get(first, "0")), _number(element.get(second, "0"))


def _number(text: str) -> float:
    found = _FIGURE.search(text)
    return float(found[0]) if found else 0.0

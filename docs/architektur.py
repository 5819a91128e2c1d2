"""Draws the rooms of the code and what imports what, from the imports themselves: ``python docs/architektur.py``.

The rooms stand in the order of the layers in pyproject.toml, the command on top. An arc leads from a room to one that
imports: dark where no way round through another room does, light else. Writes docs/bilder/architektur.svg.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

import grimp
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sozialbericht.drawing.canvas import marks, style  # noqa: E402
from sozialbericht.drawing.canvas.svg import to_svg  # noqa: E402
from sozialbericht.web.drawings import printed  # noqa: E402

PACKAGE = "sozialbericht"
PICTURE = ROOT / "docs" / "bilder" / "architektur.svg"
#: Height of a row and left edge of the names, in mm.
ROW, LEFT = 7.4, 62.0


def layers() -> list[str]:
    """The rooms from top to bottom: folders of the package in the order of the layers; single modules are left out."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    rows = next(c["layers"] for c in contracts["contracts"] if c["type"] == "layers")
    names = [name.strip() for row in rows for name in row.split("|")]
    return [name for name in names if (ROOT / PACKAGE / name / "__init__.py").is_file()]


def imports(rooms: list[str]) -> dict[str, set[str]]:
    """Which rooms a room imports."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    for room in rooms:
        graph.squash_module(f"{PACKAGE}.{room}")
    return {
        room: {
            other for other in rooms
            if graph.direct_import_exists(importer=f"{PACKAGE}.{room}", imported=f"{PACKAGE}.{other}")
        }
        for room in rooms
    }  # fmt: skip


def needed(edges: dict[str, set[str]]) -> set[tuple[str, str]]:
    """The imports that no way through other rooms replaces (the transitive reduction)."""
    reached: dict[str, set[str]] = {}

    def below(room: str) -> set[str]:
        if room not in reached:
            reached[room] = edges[room].union(*(below(other) for other in edges[room]))
        return reached[room]

    return {
        (room, other)
        for room, others in edges.items()
        for other in others
        if not any(other in below(third) for third in others - {other})
    }


def sentence(room: str) -> str:
    """What a room is for: the docstring of its folder, without its name."""
    told = ast.get_docstring(ast.parse((ROOT / PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    first = told.split("\n\n")[0].replace("\n", " ").replace("*", "")
    head, _, rest = first.partition(": ")
    return rest[:1].upper() + rest[1:] if rest and head.lower() == room else first


def modules(room: str) -> int:
    """How many modules a room holds, its folders included."""
    return sum(path.name != "__init__.py" for path in (ROOT / PACKAGE / room).rglob("*.py"))


def draw() -> str:
    """The drawing as SVG."""
    rooms = layers()
    edges = imports(rooms)
    dark = needed(edges)
    place = {room: 5 + ROW * k for k, room in enumerate(rooms)}
    with style.applied():
        figure, axes = style.canvas(style.FULL, 5 + ROW * len(rooms))
        for strong in (False, True):
            for room, others in edges.items():
                for other in sorted(others):
                    if ((room, other) in dark) == strong:
                        _arc(axes, place[room], place[other], "akzent" if strong else "gitter", 1.1 if strong else 0.7)
        for room, y in place.items():
            count = f"{modules(room)} modules"
            marks.text(axes, LEFT, y, room, size=9, weight=600)
            marks.text(axes, LEFT + 1.8 + style.text_width(room, 9, 600), y, count, size=7, colour="grau")
            for k, line in enumerate(style.wrap(sentence(room), style.FULL - LEFT, 7)[:1]):
                marks.text(axes, LEFT, y + 3 + 3 * k, line, size=7, colour="grau")
        return printed(to_svg(figure, "The rooms of the code", "architektur"))


def _arc(axes: object, start: float, end: float, colour: str, width: float) -> None:
    """Half an ellipse to the left of the names, with a dot where it ends."""
    turn = np.linspace(-np.pi / 2, np.pi / 2, 40)
    middle, half = (start + end) / 2, abs(end - start) / 2
    depth = min(LEFT - 4, 3 + half * 0.95)
    marks.line(axes, LEFT - 2 - depth * np.cos(turn), middle + half * np.sin(turn), colour, width)  # type: ignore[arg-type]
    marks.dot(axes, LEFT - 2, end, fill=colour, edge=colour, size=2.2, width=0)  # type: ignore[arg-type]


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8", newline="\n")

"""The map of the city in a page: one shape an area, for the start page as links, for the atlas as choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sozialbericht.drawing.canvas.steps import Steps
from sozialbericht.web.tree import Element, new

#: Kilometres that a scale bar may have, and the most that it is wide, in units of the map.
_KILOMETRES, _WIDEST = (1, 2, 5, 10, 20, 50), 250
#: Room below the areas for it.
BELOW = 22


def step(number: str, direction: int) -> str:
    """The colour of a class („0“ to „4“, „.“ for none) as a name of the palette."""
    if number == ".":
        return "ohne"
    return Steps(direction).token(int(number))


class Citymap:
    """A map from ``flaechen`` of the pages' data: width, height, metres, paths, borders, labels."""

    def __init__(self, ground: dict[str, Any], names: Iterable[tuple[str, int, str]]) -> None:
        self._ground, self._names = ground, list(names)

    def leading(self, told: Callable[[int], tuple[str, str, str]], label: str) -> Element:
        """A map whose areas are links: address, class and name of the area at each place."""
        shapes, numbers = [], self._numbers()
        for place, (area, _, _) in enumerate(self._names):
            address, kind, name = told(place)
            numbers[place].set("class", f"auf{kind.removeprefix('art').removeprefix('s')}")
            path = new.path({"class": f"flaeche {kind}", "d": self._ground["paths"][area]})
            given = {"href": address, "aria-label": name, "data-raum": str(place)}
            shapes.append(new.a(given, new.title(name), path))
        return self._svg("stadtkarte", new.g(*shapes), numbers, {"role": "group", "aria-label": label})

    def choices(self, label: str) -> Element:
        """A map whose areas are the options of a list."""
        shapes = [
            new.path({"class": "flaeche", "id": f"f-{place}", "data-n": str(place), "role": "option",
                      "aria-selected": "false", "aria-label": name, "tabindex": "-1" if place else "0",
                      "d": self._ground["paths"][area]})
            for place, (area, _, name) in enumerate(self._names)
        ]  # fmt: skip
        given = {"role": "listbox", "aria-multiselectable": "true", "aria-label": label, "id": "flaechen"}
        numbers = self._numbers()
        numbers.set("id", "nummern")
        return self._svg("karte", new.g(given, *shapes), numbers, {}, new.g({"id": "oben", "aria-hidden": "true"}))

    def _svg(self, name: str, shapes: Element, numbers: Element, given: dict[str, str], *above: Element) -> Element:
        line = {"width": "14", "height": "14", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
        ground = new.rect({"width": "14", "height": "14", "class": "sandgrund"})
        hatch = new.pattern({"id": "schraffur", **line}, ground, new.path({"d": "M0 0V14", "class": "schraffe"}))
        dots = new.pattern({"id": "punkte", "width": "20", "height": "20", "patternUnits": "userSpaceOnUse"},
                           new.rect({"width": "20", "height": "20", "class": "bandgrund"}),
                           new.circle({"cx": "5", "cy": "5", "r": "4.4", "class": "akzentpunkt"}),
                           new.circle({"cx": "15", "cy": "15", "r": "4.4", "class": "akzentpunkt"}))  # fmt: skip
        scale = self._scale()
        box = f"0 0 {self._ground['width']} {self._ground['height'] + (BELOW if scale else 0)}"
        borders = new.path({"id": "grenzen", "class": "grenzen", "d": self._ground["borders"], "aria-hidden": "true"})
        parts = [new.defs(hatch, dots), shapes, borders, numbers, *scale, *above]
        return new.svg({"id": name, "class": "stadtplan", "viewBox": box, **given}, *parts)

    def _numbers(self) -> Element:
        texts = []
        for area, number, _ in self._names:
            x, y, _ = self._ground["labels"][area]
            texts.append(new.text({"x": str(x), "y": str(y), "dy": ".36em"}, str(number)))
        return new.g({"class": "nummern", "aria-hidden": "true"}, *texts)

    def _scale(self) -> list[Element]:
        """A bar of a round number of kilometres below on the right."""
        metres = float(self._ground["metres"])
        fitting = [km for km in _KILOMETRES if km * 1000 / metres <= _WIDEST]
        if not fitting:
            return []
        right, y = self._ground["width"] - 4, self._ground["height"] + BELOW - 4
        width = round(fitting[-1] * 1000 / metres)
        bar = new.path({"class": "massstab", "d": f"M{right - width} {y}H{right}", "aria-hidden": "true"})
        given = {"class": "massstab", "x": str(right), "y": str(y - 8), "text-anchor": "end", "aria-hidden": "true"}
        return [bar, new.text(given, f"{fitting[-1]} km")]

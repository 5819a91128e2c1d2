"""The locator map: every area and district, the chosen ones in the accent colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from figure_reading import classes, drawn, size

from sozialbericht.drawing.canvas.brand import tokens
from sozialbericht.drawing.maps.locator import HEIGHT, locator


def test_chosen_areas_stand_out(city: Callable[..., Any]) -> None:
    frame, districts = city(6)
    for chosen in (["sr_2"], ["sr_2", "sr_5"], []):
        fig = locator(frame, districts, chosen)
        fills = [told.get("fill") for _, told in drawn(fig, "path")]
        assert fills.count(tokens()["akzent"].lower()) == len(chosen)
        assert fills.count(tokens()["band"].lower()) == 6 - len(chosen)
        assert sorted(classes(fig)) == [f"raum sr_{n}" for n in range(1, 7)]
        assert size(fig) == pytest.approx((38, HEIGHT), abs=0.01)


def test_unknown_area_is_refused(city: Callable[..., Any]) -> None:
    with pytest.raises(KeyError, match="sr_99"):
        locator(*city(6), ["sr_99"])

"""The colours of a map: dark is the burdened end, in every map of the report."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sozialbericht.drawing.canvas import brand
from sozialbericht.drawing.canvas.steps import STEPS, Steps
from sozialbericht.drawing.maps.legend import class_entries
from sozialbericht.web.drawings import printed
from sozialbericht.wording import judgement

DATA = Path(__file__).resolve().parents[2] / "data"


def _grey(colour: str) -> float:
    return sum(w * int(colour[i : i + 2], 16) for w, i in ((0.2126, 1), (0.7152, 3), (0.0722, 5)))


def test_every_map_of_the_catalogue_is_dark_at_its_burdened_end() -> None:
    catalogue = pd.read_csv(DATA / "indikatoren.csv", sep=";", dtype=str, keep_default_na=False)
    tokens = brand.tokens()
    assert set(catalogue["richtung"]) == {"belastung", "chance", "neutral"}
    for meaning in catalogue["richtung"]:
        steps = Steps(judgement.direction(str(meaning)))
        grey = [_grey(tokens[steps.token(place)]) for place in range(STEPS)]  # from the lowest class
        burdened_first = sorted(grey) == (grey if meaning == "chance" else grey[::-1])
        assert burdened_first, meaning
        assert steps.token(0)[0] == ("n" if meaning == "neutral" else "s")


@pytest.mark.parametrize(
    ("direction", "first", "told"),
    [
        (-1, "8 und mehr", "oben: belastetes Ende, hohe Werte"),
        (1, "unter 2", "oben: belastetes Ende, niedrige Werte"),
        (0, "8 und mehr", "ohne Wertung; oben: mehr"),
    ],
)
def test_a_legend_begins_at_the_dark_end_and_says_what_it_is(direction: int, first: str, told: str) -> None:
    steps = Steps(direction)
    entries = class_entries([2, 4, 6, 8], [1, 2, 3, 4, 5], 0, steps)
    assert entries[0].words == first
    assert [entry.colour[1] for entry in entries] == ["5", "4", "3", "2", "1"]
    assert {entry.words: entry.count for entry in entries}["2 bis unter 4"] == 2
    assert steps.told == told
    drawing = f'<text x="0" font-size="7" fill="var(--grau,#575f63)">{told}</text>'
    assert told.replace("oben:", "dunkel:") in printed(drawing), "in print, where dark stays dark"
    assert printed("<text x='0'>Sie steht oben: dort</text>") == "<text x='0'>Sie steht oben: dort</text>"

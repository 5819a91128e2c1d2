"""An assembled report without references to what it does not have, with the names of what is left out."""

from __future__ import annotations

import json
from pathlib import Path

from sozialbericht.fitting import absence
from sozialbericht.order.project import LeftOut, Project
from sozialbericht.writing.blocks import MEDIA_TYPE


def staged(folder: Path, name: str, *markdown: str) -> Path:
    """A notebook of an assembled project: a heading, then outputs."""
    outputs = [{"output_type": "display_data", "data": {"text/markdown": [m]}, "metadata": {}} for m in markdown[1:]]
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": [markdown[0]]},
        {"cell_type": "code", "metadata": {}, "source": ["x = '@fig-weg'"], "outputs": outputs},
    ]
    path = folder / name
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}), "utf-8")
    return path


def executed(folder: Path, *absent: str) -> Path:
    data = {MEDIA_TYPE: {"markdown": "", "bilder": {}, "entfallen": list(absent)}}
    outputs = [{"output_type": "display_data", "data": data}]
    cell = {"cell_type": "code", "metadata": {}, "source": "", "outputs": outputs}
    path = folder / "ausgefuehrt.ipynb"
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}), "utf-8")
    return path


def shown(path: Path) -> list[str]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"] + [
        "".join(o["data"]["text/markdown"]) for c in cells for o in c.get("outputs", [])
    ]


def test_nothing_refers_to_figures_and_chapters_that_are_not_there(tmp_path):
    stage = tmp_path / "projekt"
    stage.mkdir()
    path = staged(stage, "a.ipynb", "# A {#sec-a}", "Fünf sind es (@fig-weg). Mehr in @sec-plan.", "Wie @fig-da.")
    text = stage / "glossar.qmd"
    text.write_text("# G {#sec-g}\n\nPlan\n:   Er steht fest (@sec-plan).\n", "utf-8")
    staged(stage, "b.ipynb", "# B {#sec-b}", "::: {#fig-da}\n:::")
    left = (LeftOut("plan", "Plan", "", ("sec-plan", "fig-da")),)
    absence.settle(stage, Project(tmp_path, {}, (), left), {"a": executed(tmp_path, "fig-weg")}, str)
    assert shown(path) == ["# A {#sec-a}", "Fünf sind es.", "Wie @fig-da."], "what another chapter sets, is there"
    assert text.read_text("utf-8") == "# G {#sec-g}\n\nPlan\n:   Er steht fest.\n"


def test_chapters_that_are_left_out_are_named_with_the_status_of_the_data(tmp_path):
    stage = tmp_path / "projekt"
    stage.mkdir()
    path = staged(stage, "stand.ipynb", "# Datenstand {#sec-datenstand}", "Tabelle.")
    left = (
        LeftOut("typen", "Typen der {unten}", "braucht mindestens 20 Gebiete, hier sind es 5"),
        LeftOut("plan", "Plan", "gehört zum Bericht für Anderswo", foreign=True),
        LeftOut("einleitung", "Einleitung", ""),
    )
    absence.settle(stage, Project(tmp_path, {}, (), left), {}, lambda text: text.replace("{unten}", "Kieze"))
    told = "**Nicht enthalten** ist dieses Kapitel:\n\n"
    told += "- Typen der Kieze: braucht mindestens 20 Gebiete, hier sind es 5."
    assert shown(path) == ["# Datenstand {#sec-datenstand}", told, "Tabelle."]
    assert json.loads(path.read_text("utf-8"))["cells"][-1]["source"] == told.splitlines(keepends=True)


def test_a_report_that_lacks_nothing_is_not_touched(tmp_path):
    stage = tmp_path / "projekt"
    stage.mkdir()
    path = staged(stage, "a.ipynb", "# A {#sec-datenstand}", "Mehr in @sec-nirgends.")
    before = path.read_bytes()
    absence.settle(stage, Project(tmp_path, {}, ()), {"a": executed(tmp_path)}, str)
    assert path.read_bytes() == before

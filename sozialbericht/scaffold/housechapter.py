"""Housechapter: a chapter of one's own from the template of the house."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from string import Template as Text
from typing import Any

from sozialbericht.escaping import escape, slugged
from sozialbericht.order.comparisonyear import newest_before
from sozialbericht.scaffold.template import OWN


def write(folder: Path, file: str, indicator: str, title: str, years: Sequence[int]) -> None:
    """Write a chapter on an indicator into a folder of notebooks, for the newest of the years with values."""
    year = max(years, default=2000)
    notebook = json.loads((OWN / "kapitel.ipynb").read_text(encoding="utf-8"))
    columns = [f"{indicator}:anzahl", indicator]
    words = {
        "titel": str(escape(title)), "marke": slugged(title), "indikator": indicator,
        "spalten": json.dumps(columns), "jahr": str(year), "vorjahr": str(newest_before(year, years)),
    }  # fmt: skip
    notebook["cells"] = [_filled(cell, words) for cell in notebook["cells"]]
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / file).write_text(text, encoding="utf-8")


def _filled(cell: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """The cell with its words put in."""
    lines = Text("".join(cell["source"])).substitute(words).splitlines(keepends=True)
    return {**cell, "source": lines}

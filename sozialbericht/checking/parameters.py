"""The cell of parameters, by which a report tells a notebook its year and its data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sozialbericht.execution import notebookform
from sozialbericht.execution.chapters import source
from sozialbericht.faults import Fault

PARAMETERS = ("jahr", "vergleichsjahr", "daten")
#: What the notebook of a profile needs besides.
PROFILE_PARAMETERS = ("raum", *PARAMETERS)
#: What the general notebook of dimensions needs besides.
DIMENSION_PARAMETERS = ("dimension", *PARAMETERS)


def check(place: str, notebook: dict[str, Any], needed: Sequence[str] = PARAMETERS) -> list[Fault]:
    """A notebook needs one cell tagged ``parameters`` that sets jahr, vergleichsjahr, daten (a profile: raum, too)."""
    tagged = [
        source(cell)
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and "parameters" in cell.get("metadata", {}).get("tags", [])
    ]
    if len(tagged) != 1:
        what = "Dem Notebook fehlt die Parameterzelle" if not tagged else "Das Notebook hat mehrere Parameterzellen"
        remedy = f"Genau eine Codezelle trägt das Schlagwort „parameters“ und setzt {', '.join(needed)}."
        return [Fault(place, f"{what}.", remedy)]
    missing = notebookform.missing_parameters(tagged[0], needed)
    return [
        Fault(place, f"Die Parameterzelle setzt „{name}“ nicht.", f"Eine Zeile „{name} = …“ ergänzen.")
        for name in missing
    ]

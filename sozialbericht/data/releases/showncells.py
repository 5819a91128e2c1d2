"""Shown cells: the counts that readers of a released report know, ``freigaben/<Jahr>.csv`` of the data folder.

Only ``sozialbericht release`` writes these files. A row is a count with the value that was shown: where the data have
another value now, what readers know is not today's number. ``gedruckt`` says that the count stands in the report or
follows from a rate beside it; the others the report was allowed to show, and who attacks a later one may know them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozialbericht.data.reading.parsing import german

if TYPE_CHECKING:
    import pandas as pd

#: The name of the table, and of the folder with its files.
NAME = "freigaben"
KEYS = ["raum_id", "merkmal", "stichtag"]
_COLUMNS = {"raum_id": "string", "merkmal": "string", "stichtag": "date", "wert": "number", "gedruckt": "boolean"}
ENTRY: dict[str, Any] = {
    "name": NAME,
    "jahresdateien": f"{NAME}/{{jahr}}.csv",
    "schema": {
        "fields": [{"name": name, "type": kind, "constraints": {"required": True}} for name, kind in _COLUMNS.items()],
        "foreignKeys": [
            {"fields": ["raum_id"], "reference": {"resource": "raeume", "fields": ["raum_id"]}},
            {"fields": ["merkmal"], "reference": {"resource": "merkmale", "fields": ["merkmal"]}},
        ],
    },
}
"""How the files are read: no data folder has to declare them."""


def path(folder: Path, year: int) -> Path:
    """The file of a year's report in a data folder."""
    return folder / NAME / f"{year}.csv"


def read(folder: Path, year: int) -> pd.DataFrame | None:
    """The file of a year in a data folder that was found without fault; None if there is none."""
    from sozialbericht.data.columns import typed
    from sozialbericht.data.faultlist import Findings
    from sozialbericht.data.reading.tablefile import Source
    from sozialbericht.data.reading.tabular import read_table

    if not (file := path(folder, year)).is_file():
        return None
    findings = Findings(folder)
    text = read_table(Source(file, f"{NAME}/{file.name}", ENTRY, findings))
    return None if text is None else typed(text, ENTRY, findings)


def written(shown: pd.DataFrame, before: pd.DataFrame | None = None) -> str:
    """The text of a file: the counts that a report has ``shown``, and those that its editions ``before`` have.

    Both have the columns of the file; a count that has been shown with two values has two rows.
    """
    import pandas as pd

    parts = [shown] if before is None else [before, shown]
    rows = pd.concat([part[list(_COLUMNS)] for part in parts])
    key = [*KEYS, "wert"]
    rows = rows.sort_values([*key, "gedruckt"]).drop_duplicates(key, keep="last")
    cells = zip(rows["raum_id"], rows["merkmal"], rows["stichtag"], rows["wert"], rows["gedruckt"], strict=True)
    lines = [
        f"{area};{feature};{date:%d.%m.%Y};{german(value)};{'ja' if printed else 'nein'}"
        for area, feature, date, value, printed in cells
    ]
    return "\n".join([";".join(_COLUMNS), *lines, ""])


def holding(table: pd.DataFrame, cube: pd.DataFrame) -> pd.DataFrame:
    """The rows of the shown counts that say something of today's: with the same value, or with no value now.

    ``cube`` has the columns raum_id, merkmal, stichtag, wert, before disclosure control. Adds ``place``, the row of the
    cube by number, and ``unseen``, whether it has no number now.
    """
    import numpy as np

    today = cube[[*KEYS, "wert"]].rename(columns={"wert": "today"}).assign(place=np.arange(len(cube)))
    found = table.merge(today, on=KEYS)
    found = found.assign(unseen=found["today"].isna())
    return found[found["unseen"] | np.isclose(found["wert"], found["today"], rtol=1e-9)]

"""Madefolder: a data folder without numbers filled with made ones, and said to be that."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from sozialbericht.model.anycity import cityplaces, demonstration, drafted
from sozialbericht.model.anycity.demonstration import TOTALS, Demonstration
from sozialbericht.model.anycity.pattern import Pattern
from sozialbericht.model.assumptions import rows
from sozialbericht.model.chance import Chance

STATUS = "Modelldaten – keine amtliche Statistik"
SOURCE = "Modelldaten"
#: How the log of a data folder says what happened.
LOG = """
## Modelldaten

Die Werte in `werte/` sind erfunden (`python -m sozialbericht.model`): Sie zeigen, wie der Bericht aussieht, und sagen
nichts über die Gebiete. Bekannte Summen aus `modell/summen.csv` sind genau getroffen. Kommen die eigenen Zahlen:
Dateien in `werte/` ersetzen, in `datapackage.json` „status“ auf „amtlich“ setzen, Quellen in `merkmale.csv` und
`indikatoren.csv` eintragen.
"""


def fill(folder: Path, *, years: int, seed: int) -> list[str]:
    """Fill a data folder; returns what was written, a line each.

    Raises ``ValueError`` in German: values that are there already are replaced only if they were made here.
    """
    contract = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    if contract.get("status") != "modelldaten" and drafted.has_numbers(folder):
        raise ValueError("In werte/ stehen schon Zahlen; Modelldaten ersetzen keine. → Die Dateien vorher wegsichern.")
    areas, catalogue = cityplaces.read(folder), drafted.read(folder, years)
    try:
        known = demonstration.totals(folder / "modell" / TOTALS, areas, catalogue)
    except ValueError as error:
        raise ValueError(f"modell/{TOTALS}, {error}") from error
    try:
        made = Demonstration(areas, catalogue, Pattern(areas, Chance(seed)), known).values()
    except ValueError as error:
        raise ValueError(f"modell/{TOTALS}: Die Summen widersprechen sich: {error}.") from error
    told = []
    for year in catalogue.years:
        cells = [
            [leaf, key, f"{day:%d.%m.%Y}", str(int(number))]
            for (key, day), numbers in made.items()
            if day.year == year
            for leaf, number, there in zip(areas.leaves, numbers, areas.there(day), strict=True)
            if there
        ]
        _write(folder / "werte" / f"{year}.csv", [["raum_id", "merkmal", "stichtag", "wert"], *cells])
        told.append(f"werte/{year}.csv: {len(cells)} Werte")
    contract |= {"status": "modelldaten", "statustext": STATUS}
    for entry in contract["resources"]:
        if entry["name"] == "werte":
            entry["path"] = [f"werte/{year}.csv" for year in catalogue.years]
    (folder / "datapackage.json").write_text(
        json.dumps(contract, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    for name in ("merkmale.csv", "indikatoren.csv"):
        table = rows(folder / name)
        for row in table:
            row["quelle"] = SOURCE
        _write(folder / name, [list(table[0]), *(list(row.values()) for row in table)])
    log = folder / "LIESMICH.md"
    text = log.read_text(encoding="utf-8") if log.is_file() else ""
    if LOG.strip() not in text:
        log.write_text(text.rstrip() + "\n" + LOG, encoding="utf-8")
    return told


def _write(path: Path, table: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(table)
    path.write_text(text.getvalue(), encoding="utf-8")

"""Command: ``python -m sozialbericht.model DIR`` fills a project, or a data folder, with made data.

A folder with ``modell/raten.csv`` has a model of its own, that of the demonstration; any other city's catalogue is
filled as it stands.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sozialbericht.model import generator, outline
from sozialbericht.model.anycity import madefolder
from sozialbericht.model.assumptions import load
from sozialbericht.parser import Parser


def main(arguments: list[str]) -> int:
    """Rewrite the values of the folder that is named; returns the exit code."""
    about = "Erzeugt Modelldaten."
    parser = Parser("python -m sozialbericht.model", description=about, add_help=False)
    parser.add_argument("folder", type=Path, metavar="ORDNER", help="ein Projekt oder sein Datenordner")
    parser.add_argument("--years", type=int, default=5, metavar="ZAHL", help="wie viele Jahre (Vorgabe: 5)")
    parser.add_argument("--seed", type=int, default=1, metavar="ZAHL", help="Startwert des Zufalls (Vorgabe: 1)")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")
    given = parser.parse_args(arguments)
    folder = given.folder / "data" if (given.folder / "data" / "datapackage.json").is_file() else given.folder
    if (folder / "modell" / "raten.csv").is_file():
        return _own(folder)
    if not (folder / "raeume.csv").is_file() or not (folder / "datapackage.json").is_file():
        print(f"In {folder} liegen keine Gebiete (raeume.csv).", file=sys.stderr)
        print("→ Erst ein Projekt anlegen: sozialbericht new ORDNER --areas DATEI --city NAME", file=sys.stderr)
        return 2
    if given.years < 1 or given.years > 50:
        print("--years: erwartet wird eine Zahl von 1 bis 50.", file=sys.stderr)
        return 2
    try:
        told = madefolder.fill(folder, years=given.years, seed=given.seed)
    except (OSError, KeyError, ValueError, IndexError) as error:
        print(f"{folder}: {error}", file=sys.stderr)
        return 2
    for line in told:
        print(line)
    print("Alles ist als Modelldaten gekennzeichnet.")
    print("Bekannte Summen gehören nach modell/summen.csv (raum_id;merkmal;stichtag;wert); danach neu aufrufen.")
    return 0


def _own(folder: Path) -> int:
    """The demonstration by its own model."""
    for year, text in generator.values(folder).items():
        path = folder / "werte" / f"{year}.csv"
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path}: {text.count(chr(10)) - 1} Werte")
    area = load(folder).parameters["flaeche_km2"] * 1e6
    outline.write(folder / "raeume.geojson", outline.polygons(folder / "modell", area))
    print(folder / "raeume.geojson")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

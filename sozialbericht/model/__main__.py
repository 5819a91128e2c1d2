"""Command: ``python -m sozialbericht.model data`` rewrites the demonstration data of a data folder."""

from __future__ import annotations

import sys
from pathlib import Path

from sozialbericht.model import generator, outline
from sozialbericht.model.assumptions import load


def main(arguments: list[str]) -> int:
    """Rewrite the yearly values and the geometry of the folder named by the only argument."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "modell").is_dir():
        print("Aufruf: python -m sozialbericht.model DATENORDNER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
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

"""An invented city of 20 areas in 4 districts with the traps of real ones: keys with leading zeros, one key at two
areas far apart, a name twice, an area that the values know only later, tables of a foreign dialect.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sozialbericht.scaffold.given import brief
from sozialbericht.scaffold.given.brief import Brief

#: The area that the values know from 2018 on, and the one whose polygon carries the key of another.
LATE, WRONG, RIGHT = "0405", "0102", "0401"
DISTRICTS = {"01": "Nord", "02": "Ost", "03": "Süd", "04": "West"}


def all_keys() -> list[str]:
    """The keys of all areas: two digits of the district and two more."""
    return [f"{district}{number:02d}" for district in DISTRICTS for number in range(1, 6)]


def name(key: str) -> str:
    """The name of an area; the first of Nord and of West are called alike."""
    return "Schloßstraße" if key in ("0101", RIGHT) else f"Viertel {int(key)}"


def feature(key: str, at: int, shown: str | None = None) -> dict[str, Any]:
    """A square of a kilometre; districts lie 10 km apart."""
    west, south = 10.0 + 0.15 * (at // 5), 51.0 + 0.01 * (at % 5)
    ring = [[west, south], [west + 0.014, south], [west + 0.014, south + 0.01], [west, south + 0.01], [west, south]]
    properties = {"SCHLUESSEL": shown or key, "NAME": name(key), "BEZ": key[:2], "EW": 1.0}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def polygons(folder: Path, *, wrong: bool = False) -> Path:
    """The areas as GeoJSON; ``wrong``: the first area of West carries the key of one of Nord."""
    features = [feature(k, at, WRONG if wrong and k == RIGHT else None) for at, k in enumerate(all_keys())]
    path = folder / "gebiete.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def districts(folder: Path) -> Path:
    """The list of districts, with commas."""
    path = folder / "bezirke.csv"
    path.write_text("id,name\n" + "".join(f"{k},{n}\n" for k, n in DISTRICTS.items()), encoding="utf-8")
    return path


def listed(folder: Path) -> Path:
    """The areas without polygons, as Excel writes them."""
    rows = [f"{k};{name(k)};{k[:2]};{DISTRICTS[k[:2]]}" for k in all_keys()]
    path = folder / "gebiete.csv"
    path.write_text("\ufeffSchlüssel;Name;BEZ;Bezirk\r\n" + "\r\n".join(rows) + "\r\n", encoding="utf-8")
    return path


def counts(key: str, year: int) -> tuple[int, int, int]:
    """Population, under 18 and foreign of an area, no two alike."""
    people = 900 + 37 * int(key) + 11 * (year - 2017)
    return people, people // 6 + int(key[2:]), people // 9


def values(folder: Path) -> list[Path]:
    """A wide table for each of three years, with commas; LATE stands in those from 2018 on."""
    paths = []
    for year in (2017, 2018, 2019):
        chosen = [k for k in all_keys() if k != LATE or year >= 2018]
        rows = [",".join([k, *map(str, counts(k, year))]) for k in chosen]
        paths.append(folder / f"ewr-{year}-12-31.csv")
        paths[-1].write_text("id,inhabitants,below_18,foreigners\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return paths


def wished(folder: Path, target: Path, **changes: object) -> Brief:
    """What is wished of the look-alike, with polygons and values."""
    areas = changes.get("areas") or polygons(folder)
    given = {
        "folder": target, "areas": areas, "city": "Zwanzigstadt", "key": "SCHLUESSEL",
        "levels": (brief.level("planungsraum"), brief.level(f"bezirk:{districts(folder)}")),
        "values": tuple(values(folder)), "source": "Erfundene Zahlen",
    }  # fmt: skip
    return Brief(**(given | changes))  # type: ignore[arg-type]

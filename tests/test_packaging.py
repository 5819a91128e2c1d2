"""The package as such: versions, no place names, nothing that stands outside its data."""

import re
import tomllib
from pathlib import Path

import pandas as pd

from sozialbericht import __version__

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "sozialbericht").rglob("*.py"))


def test_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert project["scripts"] == {"sozialbericht": "sozialbericht.command:main"}


def test_no_place_name_stands_in_the_package():
    """Another city is another data folder: no name of an area may be known to the code."""
    areas = pd.read_csv(ROOT / "data" / "raeume.csv", sep=";", encoding="utf-8")
    columns = pd.concat([areas["name"], areas["kurzname"]]).dropna().astype(str)
    names = {part for name in columns for part in name.split("/")}
    words = {n.replace("|", "").strip() for n in names} - {"Nord", "Ost", "West", "Süd", "Mitte", "Hafen"}
    pattern = re.compile(r"\b(" + "|".join(re.escape(w) for w in sorted(words) if len(w) > 3) + r")\b")
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in MODULES
        if "model" not in path.parts
        for match in [pattern.search(path.read_text(encoding="utf-8"))]
        if match
    }
    assert not found


def test_only_data_is_read_by_the_data_folder():
    """What notebooks use never reads the tables itself: everything comes through the contract."""
    for path in MODULES:
        if path.parent.name in {"statistics", "drawing"}:
            text = path.read_text(encoding="utf-8")
            assert "read_csv" not in text, path
            assert "contract.load" not in text, path

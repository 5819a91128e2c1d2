"""Valueyears: for which years a data folder has files of values, told by their names."""

from __future__ import annotations

import json
import re
from pathlib import Path

USUAL = "werte/{jahr}.csv"
ENDINGS = (".csv", ".xlsx")


def of(folder: Path) -> list[int]:
    """The years in ascending order; nothing is read but the descriptor, and what is wrong with it is told elsewhere."""
    try:
        entries = json.loads((folder / "datapackage.json").read_text(encoding="utf-8-sig"))["resources"]
        pattern = Path(next(str(entry["jahresdateien"]) for entry in entries if "jahresdateien" in entry))
    except (OSError, ValueError, KeyError, TypeError, StopIteration, RecursionError):
        pattern = Path(USUAL)
    parent = folder / pattern.parent
    found = names(pattern)
    years = {
        int(match[1])
        for path in (parent.iterdir() if parent.is_dir() else ())
        if path.suffix.lower() in ENDINGS and (match := found.fullmatch(path.stem))
    }
    return sorted(years)


def names(pattern: Path) -> re.Pattern[str]:
    """The names of the files that fit a pattern such as ``werte/{jahr}.csv``, without their ending; group 1: the
    year."""
    return re.compile(re.escape(pattern.stem).replace(re.escape("{jahr}"), r"([0-9]{4})"))

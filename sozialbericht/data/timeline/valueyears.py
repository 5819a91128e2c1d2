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


def with_year(text: str, pattern: str, year: int) -> str:
    """The descriptor's text with the file of a year behind that of the one before; the rest stays as it is written.

    Where the contract lists no year's file the pattern alone finds it, and the text stays.
    """
    name = re.escape(pattern).replace(re.escape("{jahr}"), r"(\d{4})").replace(r"\.csv", r"\.(?:csv|xlsx)")
    found = list(re.finditer(rf'"{name}"', text))
    place = [match for match in found if int(match[1]) < year] or found[:1]
    if not place:
        return text
    match, new = place[-1], f'"{pattern.replace("{jahr}", str(year))}"'
    later = int(match[1]) < year
    gap = re.match(r",(\s*)", text[match.end() :])
    found_space = re.search(r"\s*$", text[: match.start()])
    between = gap[1] if gap else (found_space[0] if found_space else "") or " "
    put = f"{match[0]},{between}{new}" if later else f"{new},{between}{match[0]}"
    return text[: match.start()] + put + text[match.end() :]

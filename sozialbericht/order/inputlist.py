"""Input list: SHA-256 of every file that a report was made from, beside its folder and never in it.

It is not published: a digest of raw tables would confirm a guess of what is withheld. ``sozialbericht verify`` names by
it what has changed since.
"""

from __future__ import annotations

import json
from pathlib import Path

from sozialbericht import surroundings
from sozialbericht.digests import file_digest, files
from sozialbericht.order.project import Project


def path_of(output: Path) -> Path:
    """Where the list of a report's folder lies."""
    return output.with_name(f"{output.name}.eingaben.json")


def of(project: Project, data: Path) -> dict[str, str]:
    """The digests of all files of data, notebooks and texts as they are now, by their place in the project."""
    places = {"data": data, "notebooks": project.notebooks, "report": project.report}
    return {
        f"{name}/{path.relative_to(folder).as_posix()}": file_digest(path)
        for name, folder in places.items()
        for path in files(folder)
    }


def write(output: Path, listed: dict[str, str]) -> None:
    """Put the list beside a report's folder, for the user alone: who knows the digest of a table can try out what a
    withheld count in it may be."""
    path = path_of(output)
    path.unlink(missing_ok=True)
    with open(path, "x", encoding="utf-8", opener=surroundings.private) as file:
        file.write(json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def changed(output: Path, now: dict[str, str]) -> list[str] | None:
    """The files that are others ``now`` than when the report was made, in order; None where there is no list."""
    try:
        before: dict[str, str] = json.loads(path_of(output).read_bytes())
        return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    except (OSError, ValueError, AttributeError):
        return None

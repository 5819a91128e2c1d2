"""Input list: SHA-256 of every file that a report was made from, beside its folder and never in it.

It is not published: a digest of raw tables would confirm a guess of what is withheld. ``sozialbericht verify`` names by
it what has changed since.
"""

from __future__ import annotations

import json
from pathlib import Path

from sozialbericht.data.files import put
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


def write(output: Path, listed: dict[str, str]) -> str:
    """Put the list beside a report's folder, for the user alone: who knows the digest of a table can try out what a
    withheld count in it may be. Returns what the user has to know where it cannot be written, else nothing."""
    path = path_of(output)
    text = json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        put(path, text.encode(), private=True)
    except OSError as error:
        return (
            f"Die Liste der Eingaben {path} lässt sich nicht schreiben ({error.strerror}); „sozialbericht verify“ "
            "vergleicht mit denen des vorigen Laufs.\n  → Die Datei in anderen Programmen schließen und erneut rendern."
        )
    return ""


def changed(output: Path, now: dict[str, str]) -> list[str] | None:
    """The files that are others ``now`` than when the report was made, in order; None where there is no list."""
    try:
        before: dict[str, str] = json.loads(path_of(output).read_bytes())
        return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    except (OSError, ValueError, AttributeError):
        return None

"""The manifest of a report's folder: which files a run has made, with their digests.

What a run may replace is what the manifest lists, as long as it is what the run has written; everything else in the
folder belongs to the user. Later versions add to the file; ``schema`` changes when its present parts do.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

NAME, SCHEMA = "manifest.json", 1
REPORT, EXCERPT, DRAFT = "bericht", "auszug", "entwurf"
"""What a folder can hold. Of these only the report has been audited."""
_TOLD = ("edition", "engine", "command", "protected")


@dataclass(frozen=True)
class Entry:
    """A file that a run has made; ``earlier`` where a later run has made other files anew, but not this one."""

    sha256: str
    size: int
    earlier: bool = False


@dataclass(frozen=True)
class Manifest:
    """What a folder holds: whole report, excerpt or draft, the year, a digest of data, texts and program, the files.

    ``edition`` is by what its content is known, ``engine`` how it was stitched, ``command`` what makes it again;
    ``protected`` is SHA-256 of the protected counts, ``versions`` are those of the tools by name. No digest of a raw
    table stands here: the file is published.
    """

    kind: str = REPORT
    year: int | None = None
    state: str = ""
    files: Mapping[str, Entry] = field(default_factory=dict)
    edition: str = ""
    engine: str = ""
    command: str = ""
    protected: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)

    def same_report(self, other: Manifest) -> bool:
        """Whether both are of the same report and nothing that it is made from has changed between them."""
        return bool(self.state) and (self.kind, self.year, self.state) == (other.kind, other.year, other.state)


def leaves(folder: Path) -> Iterator[str]:
    """What lies below a folder, links not followed: files, links and folders that are empty or cannot be looked into.

    By path with slashes, in order.
    """
    for place, folders, names in os.walk(folder):
        folders.sort()
        links = [name for name in folders if (Path(place) / name).is_symlink() or not readable(Path(place) / name)]
        folders[:] = [name for name in folders if name not in links]
        found = sorted([*names, *links])
        if not found and not folders and Path(place) != folder:
            yield Path(place).relative_to(folder).as_posix()
        yield from ((Path(place) / name).relative_to(folder).as_posix() for name in found)


def readable(folder: Path) -> bool:
    """Whether a folder can be looked into."""
    return os.access(folder, os.R_OK | os.X_OK)


def of(folder: Path, about: Manifest | None = None) -> Manifest:
    """The manifest of all files that lie in a folder now."""
    listed = {path: entry for path in leaves(folder) if path != NAME and (entry := _entry(folder / path))}
    return replace(about or Manifest(), files=listed)


def read(folder: Path, name: str = NAME) -> Manifest | None:
    """The manifest of a folder, None where there is none or it is not one of ours."""
    try:
        content = json.loads((folder / name).read_bytes())
        if content["schema"] != SCHEMA:
            return None
        listed = {
            str(f["path"]): Entry(str(f["sha256"]), int(f["size"]), bool(f.get("earlier"))) for f in content["files"]
        }
        if any(PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts for path in listed):
            return None
        edition, engine, command, protected = (str(content.get(name, "")) for name in _TOLD)
        versions = {str(name): str(version) for name, version in content.get("versions", {}).items()}
        return Manifest(
            str(content["kind"]), content["year"], str(content["state"]), listed, edition, engine, command,
            protected, versions,
        )  # fmt: skip
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def write(folder: Path, manifest: Manifest, name: str = NAME) -> None:
    """Write the manifest into its folder."""
    listed = [
        {"path": path, "sha256": entry.sha256, "size": entry.size, **({"earlier": True} if entry.earlier else {})}
        for path, entry in sorted(manifest.files.items())
    ]
    content = {
        "schema": SCHEMA, "kind": manifest.kind, "year": manifest.year, "state": manifest.state,
        **{name: getattr(manifest, name) for name in _TOLD}, "versions": dict(sorted(manifest.versions.items())),
        "files": listed,
    }  # fmt: skip
    (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def unchanged(path: Path, entry: Entry) -> bool:
    """Whether a file is still what the run has written."""
    try:
        state = path.lstat()
    except OSError:
        return False
    return state.st_size == entry.size and _entry(path) == replace(entry, earlier=False)


def _entry(path: Path) -> Entry | None:
    """The entry of a file, None for links, folders and what cannot be read."""
    if path.is_symlink() or not path.is_file():
        return None
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return Entry(hashlib.sha256(content).hexdigest(), len(content))

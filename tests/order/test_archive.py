"""The last reports of a year stay in the archive, no more of them than are wanted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sozialbericht.order import archive, manifest
from sozialbericht.order.manifest import Manifest


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "build" / "2006"


def published(output: Path, word: str, kind: str = manifest.REPORT) -> None:
    """A report in the place of the one before, as a publication leaves it."""
    new = output.with_name("neu")
    (new / "html").mkdir(parents=True)
    (new / "html" / "a.html").write_text(word, encoding="utf-8")
    manifest.write(new, manifest.of(new, Manifest(kind, 2006, edition=word)))
    if output.exists():
        for path in [*output.rglob("*")][::-1]:
            path.rmdir() if path.is_dir() else path.unlink()
        output.rmdir()
    new.rename(output)


def texts(output: Path) -> list[str]:
    return [(folder / "html" / "a.html").read_text(encoding="utf-8") for folder in archive.of(output)]


def test_the_last_three_stay(output: Path) -> None:
    for number, word in enumerate("abcde"):
        if output.exists():
            archive.keep(output, 3)
            for place, folder in enumerate(archive.of(output)):
                os.utime(folder, (1000 + 10 * number - place, 1000 + 10 * number - place))
        published(output, word)
    assert texts(output) == ["d", "c", "b"]
    assert archive.of(output)[0].parent == output.parent / "archiv" / "2006"


def test_with_none_wanted_none_stays(output: Path) -> None:
    published(output, "a")
    archive.keep(output, 3)
    published(output, "b")
    archive.keep(output, 0)
    assert texts(output) == []


@pytest.mark.parametrize("kind", [manifest.DRAFT, manifest.EXCERPT])
def test_only_reports_are_kept(output: Path, kind: str) -> None:
    published(output, "a", kind)
    archive.keep(output, 3)
    assert texts(output) == []


def test_what_is_kept_is_a_report_with_its_manifest(output: Path) -> None:
    published(output, "a")
    (output / "eigenes.txt").write_text("x", encoding="utf-8")
    archive.keep(output, 3)
    published(output, "b")
    (kept,) = archive.of(output)
    assert sorted(manifest.leaves(kept)) == ["html/a.html", "manifest.json"]
    found = manifest.read(kept)
    assert found is not None and all(manifest.unchanged(kept / path, entry) for path, entry in found.files.items())

"""What runs leave on the disk: who can look into it, and how it is deleted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import small_report

from sozialbericht.cache.store import Store, folder_of
from sozialbericht.faults import ReportError
from sozialbericht.order import manifest
from sozialbericht.order.request import Made, Request
from sozialbericht.rendering import leftovers, production, publication


def open_to_others(folder: Path) -> list[Path]:
    """The files of a folder that others can read: neither they nor a folder on the way is closed to them."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if (Path(place) / name).stat().st_mode & 0o077]
        open_files = [Path(place) / name for name in names if (Path(place) / name).stat().st_mode & 0o077]
        found += [path.relative_to(folder) for path in open_files]
    return found


@pytest.mark.skipif(os.name != "posix", reason="Rechte gibt es so nur unter POSIX")
def test_only_reports_can_be_read_by_others(small_made: Made, tmp_path: Path) -> None:
    root = shutil.copytree(small_made.folder.parents[1], tmp_path / "projekt")
    small_report.add_line(root / "notebooks" / "01_bevoelkerung.ipynb", "1 / 0")
    with pytest.raises(ReportError):
        production.make(Request(2006, ("html",), "builtin", data=root / "data"), root=root)
    assert (root / "build" / "2006.fehler" / "notebooks" / "bevoelkerung.ipynb").is_file()
    assert Store(folder_of(root)).size()[0] > 20
    reached = open_to_others(root / "build")
    assert {path.parts[0] for path in reached} == {small_made.folder.name}


def test_no_executed_notebook_is_published(small_made: Made) -> None:
    """Of notebooks the assembled project has what is printed: no parameters, no outputs but text, nothing pickled."""
    for path in small_made.folder.rglob("*"):
        assert path.suffix not in {".pickle", ".pkl", ".parquet"} and path.name != "notebooks"
    for path in small_made.folder.rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert "papermill" not in text and "injected-parameters" not in text and "text/plain" not in text


def test_all_is_deleted_that_is_not_in_use(tmp_path: Path) -> None:
    build = tmp_path / "build"
    Store(folder_of(tmp_path)).put("ab" * 32, b"Inhalt")
    report = build / "2006"
    report.mkdir()
    (report / "bericht-2006.pdf").write_text("%", encoding="utf-8")
    for name in ("2006.fehler", ".2005-abcd1234", ".2007-abcd1234", ".2007.alt"):
        (build / name / "notebooks").mkdir(parents=True)
        (build / name / "notebooks" / "a.ipynb").write_text("{}", encoding="utf-8")
    manifest.write(build / "2006.fehler", manifest.of(build / "2006.fehler"), publication.LEFT)
    (build / "fehlerprotokoll-20061231-1.txt").write_text("x", encoding="utf-8")
    with publication._alone(build / "2007"):
        said = leftovers.cleared(tmp_path)
    assert said == f"Gelöschte Einträge: 1 in {folder_of(tmp_path)}; außerdem 3 Reste gescheiterter Läufe in {build}"
    assert sorted(path.name for path in build.iterdir()) == [".2007-abcd1234", ".2007.alt", "2006"]
    assert leftovers.told(tmp_path).startswith("Einträge: 0, 0,0 MB")
    leftovers.cleared(tmp_path)
    assert sorted(path.name for path in build.iterdir()) == ["2006", "2007"], "a report that was being replaced"


def test_without_a_build_there_is_nothing_to_delete(tmp_path: Path) -> None:
    assert leftovers.cleared(tmp_path) == f"Gelöschte Einträge: 0 in {folder_of(tmp_path)}"

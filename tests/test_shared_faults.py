"""The collected failing inputs, where they are at hand: laid over the small city or project and checked."""

import os
import shutil
from pathlib import Path

import pytest
import small_report

from sozialbericht import border, command
from sozialbericht.order import project

ROOT = Path(__file__).resolve().parents[1]
FAULTS = Path(os.environ.get("SOZIALBERICHT_FAULTS") or ROOT.parent / "shared" / "faults")
OTHERS = {"notebooks", "env"}
FOLDERS = sorted(p.name for p in FAULTS.iterdir() if p.is_dir() and p.name not in OTHERS) if FAULTS.is_dir() else []
CHAPTERS = sorted(p.name for p in (FAULTS / "notebooks").glob("*.*")) if FAULTS.is_dir() else []
REASON = "Die gesammelten Fehlerfälle liegen hier nicht (SOZIALBERICHT_FAULTS)."
#: What is in order as data: its text is the writing's business.
IN_ORDER = {"texts_math_in_quelle", "texts_star_in_bezeichnung"}


def check(root, data, monkeypatch, capsys):
    monkeypatch.setattr(project, "default_root", lambda: root)
    code = command.render(["--check", "--data", str(data)])
    said = capsys.readouterr()
    words = said.out + said.err
    assert border.UNFORESEEN not in words and "Traceback" not in words
    return code, words


@pytest.mark.skipif(not FOLDERS, reason=REASON)
@pytest.mark.parametrize("name", FOLDERS)
def test_a_data_folder(name, empty_project, monkeypatch, capsys):
    data = empty_project / "data"
    for path in (FAULTS / name).iterdir():
        target = data / "werte" / path.name if path.stem.isdecimal() else data / path.name
        if path.suffix == ".xlsx":
            target.with_suffix(".csv").unlink(missing_ok=True)
        if path.suffix in (".gpkg", ".shp"):
            (data / "raeume.geojson").unlink()
        shutil.copyfile(path, target)
    code, words = check(empty_project, data, monkeypatch, capsys)
    assert code == (0 if name in IN_ORDER else 2), words
    files = [path.name for path in (FAULTS / name).iterdir()]
    assert code == 0 or any(file in words for file in files), words


@pytest.mark.skipif(not CHAPTERS, reason=REASON)
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_notebook_or_text(name, tmp_path, monkeypatch, capsys):
    root = small_report.project(tmp_path)
    place = "notebooks/03_arbeitslosigkeit.ipynb" if name.endswith(".ipynb") else "report/glossar.qmd"
    shutil.copyfile(FAULTS / "notebooks" / name, root / place)
    code, words = check(root, root / "data", monkeypatch, capsys)
    assert code == 2 and place in words

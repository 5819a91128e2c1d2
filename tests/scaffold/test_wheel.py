"""The wheel: what it holds, and that a report can be made from it where nothing else of the project is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from sozialbericht.scaffold.template import PARTS

ROOT = Path(__file__).resolve().parents[2]


def run(command: list[object], folder: Path, code: int = 0) -> str:
    """What a command says in a folder, where neither the checkout nor the settings of the tests reach it."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST", "COV_", "SOZIALBERICHT"))}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=own, capture_output=True, text=True, encoding="utf-8", check=False,
        timeout=540,
    )  # fmt: skip
    assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as pip builds it from a copy of the repository's files."""
    folder = tmp_path_factory.mktemp("rad")
    for name in shipped(""):
        (folder / "quelle" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / "quelle" / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", folder / "quelle", "-w", folder / "rad"]
    run(command, folder)
    (path,) = (folder / "rad").glob("*.whl")
    return path


def shipped(part: str) -> list[str]:
    """The files of the repository in a folder that are there; new ones that git does not ignore count, too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", part or "."]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file())


@pytest.mark.slow
def test_the_wheel_holds_what_a_project_begins_with_and_nothing_else_of_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {n.removeprefix("sozialbericht/vorlage/") for n in archive.namelist() if "/vorlage/" in n}
        assert inside == {name for part in PARTS for name in shipped(part)}
        for name in inside:
            assert archive.read(f"sozialbericht/vorlage/{name}") == (ROOT / name).read_bytes(), name
        others = {n for n in archive.namelist() if "/vorlage/" not in n and ".dist-info/" not in n}
        assert others == set(shipped("sozialbericht"))


@pytest.mark.slow
def test_an_installed_package_makes_a_report(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own; the libraries are those of the tests, so that no network is needed."""
    place = tmp_path / "umgebung"
    venv.create(place, with_pip=False, symlinks=os.name == "posix")
    python = place / ("Scripts" if os.name == "nt" else "bin") / Path(sys.executable).name
    libraries = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], tmp_path).strip()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(libraries)
    Path(libraries, "bibliotheken.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    where = run([python, "-P", "-c", "import sozialbericht; print(sozialbericht.__file__)"], tmp_path)
    assert where.startswith(libraries), where
    run([python, "-m", "sozialbericht", "new", "beispiel", "--demo"], tmp_path)
    project = tmp_path / "beispiel"
    told = run([python, "render.py", "--year", "2006", "--only", "arbeitslosigkeit", "--format", "pdf"], project)
    assert "bericht-2006-auszug.pdf" in told
    assert (project / "build" / "2006-auszug" / "bericht-2006-auszug.pdf").read_bytes().startswith(b"%PDF")
    assert "Einträge:" in run([python, "-m", "sozialbericht", "cache"], project / "notebooks")
    told = run([python, "-m", "sozialbericht", "render", "--check"], tmp_path, code=2)
    assert "Hier ist kein Projekt" in told and "sozialbericht new ORDNER" in told

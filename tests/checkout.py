"""A clone of the project for tests, with the small city in it, in which commands may be run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import small_report

ROOT = Path(__file__).resolve().parents[1]
FILES = ["render.py", "pyproject.toml", ".gitconfig", ".gitattributes", ".gitignore", ".pre-commit-config.yaml"]
#: Of the environment of the tests, what must not reach a command.
OWN = {"PYTEST_ADDOPTS", "PYTHONPATH", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"}


def clone(folder: Path) -> Path:
    """A repository in an empty folder with the code, the small city and its profiles, all committed, filter set up."""
    root = small_report.with_profiles(small_report.project(folder))
    for part in ("sozialbericht", "benchmarks", "tests"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__", "stadt"))
    for name in FILES:
        shutil.copy(ROOT / name, root)
    who = ["-c", "user.name=Probe", "-c", "user.email=probe@example.org", "-c", "commit.gpgsign=false"]
    run(["git", "init", "--quiet"], root)
    run(["git", "config", "--local", "include.path", "../.gitconfig"], root)
    for path in root.rglob("*.ipynb"):  # as the filter leaves them, for which git would start a process for each
        nbformat.write(nbformat.read(path, nbformat.NO_CONVERT), path)
        os.utime(path, (0, 0))  # files as young as the index git reads once more, through the filter
    run(["git", "-c", "filter.nbstripout.clean=cat", "add", "--all"], root)
    run(["git", *who, "commit", "--quiet", "--message", "Probe"], root)
    run(["git", "checkout", "--quiet", "."], root)
    return root


def program(name: str) -> str:
    """A program of this environment, which need not be activated, else of the system."""
    if name == "python":
        return sys.executable
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else name


def run(command: list[str], root: Path, code: int = 0, package: Path | None = None) -> str:
    """What a command says; it must end with this exit code. Settings of the user's git do not count. The ``package`` is
    found in this folder, as if it were installed.
    """
    own = {k: v for k, v in os.environ.items() if k not in OWN and not k.startswith("COV_CORE")}
    own |= {"PYTHONPATH": str(package)} if package else {}
    path = os.pathsep.join([str(Path(sys.executable).parent), own.get("PATH", "")])
    own |= {"PATH": path, "GIT_CONFIG_GLOBAL": os.devnull, "PRE_COMMIT_HOME": str(root / ".git" / "pre-commit")}
    done = subprocess.run(
        [program(command[0]), *command[1:]], cwd=root, env=own | {"LC_ALL": "C.UTF-8"}, capture_output=True, text=True,
        encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr

"""An earlier state of the project beside today's: the same commands in clones of both, in turns, in one run."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Cost, compile_all, environment, measure
from benchmarks.parts import YEAR, tasks
from benchmarks.ways import CHECKOUT, PARTS, Setting, edit_one

RENDER = [sys.executable, "render.py", "--year", str(YEAR)]


def table(place: Path, revision: str, runs: int) -> list[str]:
    """The costs of an earlier ``revision`` and of the last commit, each the median of ``runs``, and their ratios."""
    roots = {"earlier": clone(place / "earlier", revision), "now": clone(place / "now", "HEAD")}
    names = [{task.name for task in tasks(root, [YEAR], [], False)} for root in roots.values()]
    both = sorted(names[0] & names[1])
    ways: dict[str, Callable[[Path], Cost]] = {
        f"execution of the {len(both)} notebooks that both have": lambda root: _executed(root, both),
        "execution of all notebooks": lambda root: _executed(root, []),
        "whole report, cold": _cold,
        "one notebook changed → PDF": _changed,
    }
    web: dict[str, float] = {}
    lines = [
        f"### Before and after: `{revision}` and today, in turns, median of {runs}",
        "",
        "| what | wall before (s) | now | × | CPU before (s) | now | × |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, once in ways.items():
        found: dict[str, list[Cost]] = {side: [] for side in roots}
        for _ in range(runs):
            for side, root in roots.items():
                found[side].append(once(root))
                if once is _cold:
                    web[side] = size(root / "build" / str(YEAR) / "html")
        cells = []
        for figure in ("wall", "cpu"):
            before, now = (statistics.median(getattr(c, figure) for c in found[side]) for side in roots)
            cells += [f"{before:.1f}", f"{now:.1f}", f"{now / before:.2f}"]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return [*lines, "", f"The web folder: {web['earlier']:.2f} MiB before, {web['now']:.2f} MiB now."]


def clone(root: Path, revision: str) -> Path:
    """A clone of the checkout at a revision, with bytecode."""
    subprocess.run(["git", "clone", "--quiet", str(CHECKOUT), str(root)], check=True)
    subprocess.run(["git", "checkout", "--quiet", "--detach", revision], cwd=root, check=True)
    compile_all(root)
    return root


def size(folder: Path) -> float:
    """MiB of the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def _executed(root: Path, only: list[str]) -> Cost:
    out = root / "build" / "executed"
    shutil.rmtree(out, ignore_errors=True)
    chosen = ["--only", *only] if only else []
    return measure([[*PARTS, "execute", str(root), "--out", str(out), "--jobs", "2", *chosen]], root, environment(root))


def _cold(root: Path) -> Cost:
    """The whole command in an empty clone."""
    shutil.rmtree(root / "build", ignore_errors=True)
    return measure([RENDER], root, environment(root))


def _changed(root: Path) -> Cost:
    """The PDF after a change in one notebook; the change is not in the figure."""
    edit_one(Setting(root, root / "build"))
    return measure([[*RENDER, "--format", "pdf"]], root, environment(root))

"""The ways that are compared: the same notebooks, the same stitching, other means of execution."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from benchmarks.measure import Cost, environment, measure
from benchmarks.parts import YEAR, tasks
from sozialbericht.cache.store import folder_of
from sozialbericht.order.project import open_project
from sozialbericht.stitching import quarto

CHECKOUT = Path(__file__).resolve().parents[1]
PARTS = [sys.executable, "-m", "benchmarks.parts"]
#: What a copy of the project consists of.
CONTENT = ("notebooks", "report", "data")


@dataclass
class Setting:
    """What all ways share: the copy of the project, a folder to work in, jobs, chapters (none: all), formats."""

    root: Path
    work: Path
    jobs: int = 2
    only: list[str] = field(default_factory=list)
    format: str = "all"
    engine: str = "builtin"
    profiles: bool = False

    def part(self, name: str, *more: str) -> list[str]:
        """The command of a part."""
        chosen = ["--only", *self.only] if self.only else []
        profiles = ["--profiles"] if self.profiles else []
        return [*PARTS, name, str(self.root), "--jobs", str(self.jobs), *chosen, *profiles, *more]

    def cost(self, *commands: list[str], cwd: Path | None = None) -> Cost:
        """What the commands cost, one after the other."""
        return measure(commands, cwd or self.root, environment(CHECKOUT))

    def fresh(self, name: str) -> Path:
        """An empty folder to work in."""
        folder = self.work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def notebooks(self) -> list[tuple[str, Path, dict[str, str | int]]]:
        """Name, file and parameters of the notebooks that are executed."""
        return [(t.name, t.source, dict(t.parameters)) for t in tasks(self.root, [YEAR], self.only, self.profiles)]


def copy_of_project(folder: Path) -> Path:
    """A copy of the checkout's notebooks, texts and data."""
    for name in CONTENT:
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


# -- execution alone -------------------------------------------------------------------------------------------


def floor(s: Setting) -> Cost:
    """The figures drawn by plain code in as many processes."""
    return s.cost(s.part("floor"))


def ours(s: Setting) -> Cost:
    """Warm kernels."""
    return s.cost(s.part("execute", "--out", str(s.fresh("ours"))))


def papermill_loop(s: Setting) -> Cost:
    """The command ``papermill`` once per notebook; the executed notebooks stay in the folder ``papermill``."""
    out = s.fresh("papermill")
    commands = []
    for name, path, parameters in s.notebooks():
        given = [word for key, value in parameters.items() for word in ("-p", key, str(value))]
        target = out / f"{name}.ipynb"
        commands.append(
            [sys.executable, "-m", "papermill", str(path), str(target), *given, "--cwd", str(path.parent),
             "--no-progress-bar", "-k", "python3"]
        )  # fmt: skip
    return s.cost(*commands)


def nbconvert_loop(s: Setting) -> Cost:
    """``jupyter nbconvert --execute`` once per notebook, with the parameters that stand in it."""
    out = s.fresh("nbconvert")
    return s.cost(
        *(
            [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--log-level=ERROR",
             "--ExecutePreprocessor.kernel_name=python3", "--output-dir", str(out), "--output", name, str(path)]
            for name, path, _ in s.notebooks()
        )
    )  # fmt: skip


# -- the whole report ------------------------------------------------------------------------------------------


def stitched(s: Setting, execution: Cost) -> Cost:
    """The papermill loop's notebooks assembled and stitched, added to what their execution cost."""
    out = s.fresh("gesetzt")
    executed = s.work / "papermill"
    return execution + s.cost(s.part("stitch", "--executed", str(executed), "--out", str(out), *_kind(s)))


def render(s: Setting, *more: str) -> Cost:
    """The whole command; results of earlier runs are used."""
    return s.cost(s.part("render", "--out", str(s.work / "bericht"), *_kind(s), *more))


def cold(s: Setting, *more: str) -> Cost:
    """The whole command as in an empty clone: without results of earlier runs, but with those that its own processes
    hand to each other."""
    shutil.rmtree(folder_of(s.root), ignore_errors=True)
    return render(s, *more)


def render_changed(s: Setting, *more: str) -> Cost:
    """The whole command after a change in one notebook; the change is not in the figure."""
    edit_one(s)
    return render(s, *more)


def edit_one(s: Setting) -> None:
    """Add a sentence to the chapter on unemployment, or to the first one that there is."""
    paths = [path for _, path, _ in s.notebooks()]
    path = next((p for p in paths if "arbeitslosigkeit" in p.name), paths[0])
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(c for c in notebook["cells"] if c["cell_type"] == "code" and "Bericht(" in "".join(c["source"]))
    cell["source"] = "".join(cell["source"]) + '\nb.text("Ein Satz mehr.")\n'
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), encoding="utf-8")


def quarto_executes(s: Setting) -> Cost | None:
    """Quarto executes the same notebooks itself, for each format anew; None where there is no Quarto.

    The pictures that the pages refer to are those of a finished report.
    """
    executable = quarto.find()
    if executable is None:
        return None
    book = s.fresh("quarto")
    shutil.copytree(s.work / "bericht" / str(YEAR) / "projekt", book, dirs_exist_ok=True)
    chapters = {c.name: c for c in open_project(s.root).select(s.only) if c.is_notebook}
    settings = yaml.safe_load((book / "_quarto.yml").read_text(encoding="utf-8"))
    for part in ("chapters", "appendices"):
        names = [Path(name).stem for name in settings["book"].get(part, [])]
        old = settings["book"].get(part, [])
        settings["book"][part] = [f"{n}.ipynb" if n in chapters else o for n, o in zip(names, old, strict=True)]
    settings["execute"] = {"enabled": True, "cache": False, "daemon": False}
    (book / "_quarto.yml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for name, chapter in chapters.items():
        (book / f"{name}.qmd").unlink(missing_ok=True)
        text = chapter.source.read_text(encoding="utf-8").replace(
            'daten = \\"data\\"', f'daten = \\"{s.root / "data"}\\"'
        )
        (book / f"{name}.ipynb").write_text(text, encoding="utf-8")
    env = {**environment(CHECKOUT), "QUARTO_PYTHON": sys.executable}
    formats = {"pdf": ["typst"], "html": ["html"]}.get(s.format, ["html", "typst"])
    commands = [[executable, "render", str(book), "--execute", "--to", f] for f in formats]
    return measure(commands, book, env)


def _kind(s: Setting) -> list[str]:
    return ["--format", s.format, "--engine", s.engine]


Way = Callable[[Setting], "Cost | None"]

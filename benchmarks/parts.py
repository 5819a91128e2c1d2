"""The parts that are measured, each a process of its own: ``python -m benchmarks.parts PART ROOT …``.

``ROOT`` is a copy of the project, so that the checkout stays as it is.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import os
import sys
import time
from pathlib import Path
from typing import Any

from sozialbericht.execution.chapters import read_notebook, source
from sozialbericht.order.project import open_project
from sozialbericht.order.tasks import Task, task

YEAR = 2006


def tasks(root: Path, years: list[int], only: list[str], profiles: bool) -> list[Task]:
    """The notebooks to execute, as the command would: chapters, or with ``profiles`` one notebook per area.

    Where ``root`` has no report, all its notebooks.
    """
    found: list[Task] = []
    project = open_project(root) if (root / "report").is_dir() else None
    for year in years:
        parameters: dict[str, str | int] = {"jahr": year, "vergleichsjahr": year - 1, "daten": str(root / "data")}
        if project is None:
            found += [task(str(year), p.stem, p, parameters) for p in sorted((root / "notebooks").glob("*.ipynb"))]
            continue
        if profiles:
            found += [
                task(str(year), area, project.profiles[level], {**parameters, "raum": area})
                for area, level in areas(root)
                if level in project.profiles
            ]
        else:
            chapters = [c for c in project.select(only) if c.is_notebook]
            found += [task(str(year), c.name, c.source, parameters) for c in chapters]
    return found


def areas(root: Path) -> list[tuple[str, str]]:
    """The areas of the data with their level."""
    lines = (root / "data" / "raeume.csv").read_text(encoding="utf-8-sig").splitlines()
    head = lines[0].split(";")
    rows = [dict(zip(head, line.split(";"), strict=False)) for line in lines[1:]]
    return [(row["raum_id"], row["ebene"]) for row in rows]


def execute(options: argparse.Namespace) -> None:
    """Execute the notebooks with warm kernels, nothing else."""
    from sozialbericht.execution.runs import execute

    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    wanted = tasks(options.root, options.years, options.only, options.profiles)
    for result in execute(wanted, jobs=options.jobs, root=options.root):
        if result.failure:
            sys.exit(result.failure.told(out))
        (out / f"{result.task.report}-{result.task.file}").write_text(result.notebook, encoding="utf-8")


def floor(options: argparse.Namespace) -> None:
    """Draw the same figures without notebooks: the cells as plain code in as many processes, each importing once."""
    wanted = tasks(options.root, options.years, options.only, options.profiles)
    with multiprocessing.get_context("spawn").Pool(options.jobs or os.cpu_count() or 1) as pool:
        pictures = sum(pool.imap_unordered(_plain, wanted, chunksize=1))
    print(pictures)


def _shown() -> list[Any]:
    """The blocks that this process will put into a report from now on, in place of a notebook's output."""
    shown: list[Any] = []
    importlib.import_module("sozialbericht.bericht")
    for name, module in list(sys.modules.items()):
        if name.startswith("sozialbericht.writing.") and hasattr(module, "display"):
            module.display = shown.append  # type: ignore[attr-defined]
    return shown


def _plain(given: Task) -> int:
    """Run a notebook's cells in this process; returns the number of pictures."""
    shown = _shown()
    os.chdir(given.source.parent)
    space: dict[str, Any] = {"__name__": "__main__"}
    for cell in read_notebook(given.source)["cells"]:
        if cell["cell_type"] == "code":
            exec(compile(source(cell), str(given.source), "exec"), space)
            if "parameters" in cell["metadata"].get("tags", []):
                space |= dict(given.parameters)
    return sum(len(block._repr_mimebundle_()) and len(block.pictures) for block in shown)


def render(options: argparse.Namespace) -> None:
    """The whole command on the copy."""
    from sozialbericht.rendering import production

    formats = ("pdf", "html") if options.format == "all" else (options.format,)
    requests = [
        production.Request(
            year, formats, options.engine, options.out / f"{year}{'-draft' * options.draft}", options.only,
            options.root / "data", options.jobs, [] if options.profiles else None, True, draft=options.draft,
        )
        for year in options.years
    ]  # fmt: skip
    for made in production.make_all(requests, root=options.root):
        if isinstance(made, Exception):
            sys.exit(str(made))


def stitch(options: argparse.Namespace) -> None:
    """Assemble and stitch notebooks that another way has executed into ``--executed``."""
    from sozialbericht.data.contract import load
    from sozialbericht.fitting import absence, chapterset
    from sozialbericht.order.offer import Offer
    from sozialbericht.stitching import assembly, engine
    from sozialbericht.stitching.stitch import Stitcher

    data = options.root / "data"
    project = chapterset.of(open_project(options.root), Offer.of(load(data)), data).project
    chapters = project.select(options.only)
    executed = {c.name: options.executed / f"{c.name}.ipynb" for c in chapters if c.is_notebook}
    stage = options.out / "projekt"
    status = json.loads((options.root / "data" / "datapackage.json").read_text(encoding="utf-8"))["statustext"]
    assembly.assemble(project, chapters, executed, stage, assembly.Cover(YEAR, status))
    if options.only:
        absence.soften_references(stage)
    formats = ("pdf", "html") if options.format == "all" else (options.format,)
    Stitcher(engine.choose(options.engine).quarto, formats, status).stitch(stage, options.out)


def scale(options: argparse.Namespace) -> None:
    """Read a made city and draw its map; prints seconds of reading and drawing and the largest picture's bytes."""
    report = importlib.import_module("sozialbericht.bericht")
    shown = _shown()
    started = time.perf_counter()
    last = max(options.years)
    b = report.Bericht(last, last - 1, str(options.root))
    read = time.perf_counter()
    b.karte("rate")
    drawn = time.perf_counter()
    sizes = [len(svg.encode()) for block in shown for svg in block.pictures.values()]
    print(json.dumps({"read": read - started, "drawn": drawn - read, "bytes": max(sizes)}))


def main() -> None:
    """Run one part."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=("execute", "floor", "render", "stitch", "scale"))
    parser.add_argument("root", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--executed", type=Path)
    parser.add_argument("--years", type=int, nargs="+", default=[YEAR])
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--format", default="all")
    parser.add_argument("--engine", default="builtin")
    parser.add_argument("--profiles", action="store_true")
    parser.add_argument("--draft", action="store_true")
    options = parser.parse_args()
    {"execute": execute, "floor": floor, "render": render, "stitch": stitch, "scale": scale}[options.part](options)


if __name__ == "__main__":
    main()

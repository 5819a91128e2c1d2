"""Compare ways to make the report, in one run: ``python -m benchmarks`` (see README.md for the options)."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from benchmarks import earlier, grid, portal, sprawl, ways
from benchmarks.measure import Cost, compile_all, environment
from benchmarks.parts import YEAR
from benchmarks.ways import CHECKOUT, Setting
from sozialbericht.stitching import quarto

README = Path(__file__).with_name("README.md")
ORDER = ("ways", "earlier", "audit", "profiles", "scale", "many", "years", "jobs", "suppression", "portal")
MARKS = ("<!-- results -->", "<!-- end of results -->")


def main() -> None:
    """Measure what is asked for, print the tables, write them into README.md if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="CHAPTER", help="a few chapters: a quick partial run")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--runs", type=int, default=1, help="median of so many runs of floor and ours (default: 1)")
    parser.add_argument("--format", choices=("pdf", "html", "all"), default="all")
    parser.add_argument("--parts", nargs="+", default=[part for part in ORDER if part != "earlier"])
    parser.add_argument("--revision", default="HEAD~1", help="what the part earlier compares with")
    parser.add_argument("--no-slow", action="store_true", help="without nbconvert and Quarto")
    parser.add_argument("--largest", type=int, default=3900, help="areas of the largest made city")
    parser.add_argument("--write", action="store_true", help="write the tables into benchmarks/README.md")
    options = parser.parse_args()
    compile_all(CHECKOUT)
    command = f"    {shlex.join(['python', '-m', 'benchmarks', *sys.argv[1:]])}"
    made: dict[str, list[str]] = {}
    makers: dict[str, Callable[[argparse.Namespace, Path], list[str]]] = {
        "ways": _ways, "audit": _audit, "profiles": _profiles, "scale": _scale, "many": _many, "years": _years,
        "jobs": _jobs, "suppression": _suppression, "portal": _portal, "earlier": _earlier,
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        for part in options.parts:
            place = Path(folder) / part
            place.mkdir()
            measured = [f"{dt.date.today().isoformat()}, {_machine()}", "", command]
            made[part] = [*measured, "", *makers[part](options, place)]
            print("\n".join(made[part]), flush=True)
    if options.write:
        README.write_text(renewed(README.read_text(encoding="utf-8"), made, ORDER), encoding="utf-8")


def renewed(text: str, made: dict[str, list[str]], order: Sequence[str]) -> str:
    """A text with the tables of the parts that were measured, in ``order``; those of the others stay, with their dates.

    Each part stands under a mark ``<!-- part: NAME -->`` between the two of the results.
    """
    before, results, after = re.split("|".join(map(re.escape, MARKS)), text)
    _, *kept = re.split(r"^<!-- part: (\w+) -->$", results, flags=re.MULTILINE)
    found = dict(zip(kept[::2], (part.strip("\n") for part in kept[1::2]), strict=True))
    found |= {name: "\n".join(lines) for name, lines in made.items()}
    told = [f"<!-- part: {name} -->\n{found[name]}" for name in order if name in found]
    return f"{before}{MARKS[0]}\n" + "\n\n".join(told) + f"\n{MARKS[1]}{after}"


def _setting(options: argparse.Namespace, place: Path, jobs: int | None = None) -> Setting:
    root = place / "project"
    root.mkdir()
    (place / "work").mkdir()
    return Setting(ways.copy_of_project(root), place / "work", jobs or options.jobs, options.only, options.format)


def _ways(options: argparse.Namespace, place: Path) -> list[str]:
    """The main table."""
    s = _setting(options, place)
    notebooks = len(s.notebooks())
    execution: dict[str, Cost] = {}
    print("floor, ours …", flush=True)
    execution["floor: plain code, no notebooks"] = _median(options.runs, lambda: ways.floor(s))
    execution["ours"] = _median(options.runs, lambda: ways.ours(s))
    print("papermill in a loop …", flush=True)
    execution["papermill in a loop"] = ways.papermill_loop(s)
    if not options.no_slow:
        print("nbconvert in a loop …", flush=True)
        execution["nbconvert --execute in a loop"] = ways.nbconvert_loop(s)
    print("whole reports …", flush=True)
    whole: dict[str, Cost] = {}
    whole["ours, cold"] = _median(options.runs, lambda: ways.cold(s))
    if not options.no_slow and quarto.find() and (found := ways.quarto_executes(s)):
        execution[f"Quarto executes the notebooks ({options.format})"] = found
    whole["ours, nothing changed"] = _median(3, lambda: ways.render(s))
    whole["ours, one notebook changed"] = _median(3, lambda: ways.render_changed(s))
    whole["papermill in a loop, then the same stitching"] = ways.stitched(s, execution["papermill in a loop"])
    pdf = Setting(s.root, s.fresh("pdf"), s.jobs, s.only, "pdf")
    cold = whole["ours, cold, PDF alone"] = _median(3, lambda: ways.cold(pdf))
    one = whole["ours, one notebook changed, PDF alone"] = _median(3, lambda: ways.render_changed(pdf))
    svg = len(list((s.work / "bericht" / str(YEAR) / "projekt" / "bilder").glob("*.svg")))
    share = f"One notebook changed → new PDF: {one.wall / cold.wall:.0%} of cold."
    return [
        f"### The report of {YEAR}: {notebooks} notebooks, {svg} pictures, {s.jobs} jobs",
        "", *_table("Execution", execution, "floor: plain code, no notebooks", "ours"),
        "", *_table(f"Whole report ({options.format}; built-in stitcher)", whole, "ours, cold"),
        "", share,
    ]  # fmt: skip


def _earlier(options: argparse.Namespace, place: Path) -> list[str]:
    """What an earlier state cost."""
    return earlier.table(place, options.revision, options.runs)


def _audit(options: argparse.Namespace, place: Path) -> list[str]:
    """What the audit of the finished files adds: the same reports with it and as drafts."""
    s = _setting(options, place)
    s.only = []  # an excerpt is a draft
    costs: dict[str, Cost] = {}
    added: dict[str, float] = {}

    def both(what: str, once: Callable[..., Cost], runs: int) -> None:
        for name, more in (("draft", ("--draft",)), ("audited", ())):
            costs[f"{what}, {name}"] = _median(runs, partial(once, s, *more))
        added[what] = costs[f"{what}, audited"].wall - costs[f"{what}, draft"].wall

    both("cold", ways.cold, options.runs)
    s.profiles = True
    both("cold, with profiles", ways.cold, options.runs)
    s.profiles = False
    ways.render(s, "--draft")
    ways.render(s)
    both("nothing changed", ways.render, 3)
    both("one sentence changed", ways.render_changed, 3)
    words = "; ".join(f"{what}: {seconds:+.1f} s" for what, seconds in added.items())
    return [
        f"### The audit of the finished files: {s.jobs} jobs",
        "", *_table(f"Whole report ({options.format}; built-in stitcher)", costs), "", f"The audit adds: {words}.",
    ]  # fmt: skip


def _profiles(options: argparse.Namespace, place: Path) -> list[str]:
    """Execution of all profiles."""
    s = _setting(options, place)
    s.only, s.profiles = [], True
    costs = {"floor: plain code, no notebooks": ways.floor(s), "ours": ways.ours(s)}
    costs["papermill in a loop"] = ways.papermill_loop(s)
    return [
        f"### Profiles: {len(s.notebooks())} notebooks, {s.jobs} jobs",
        "", *_table("Execution", costs, "floor: plain code, no notebooks", "ours"),
    ]  # fmt: skip


def _scale(options: argparse.Namespace, place: Path) -> list[str]:
    """How cost grows with the number of areas."""
    lines = ["### Made cities of growing size: one indicator, two years", "",
             "| areas | read, protect, compute (s) | map in three cuts (s) | largest SVG (KiB) |",
             "|--:|--:|--:|--:|"]  # fmt: skip
    for areas in (39, 390, 3900):
        if areas > options.largest:
            break
        city = grid.write_city(place / str(areas), areas, range(2005, 2007))
        command = [*ways.PARTS, "scale", str(city), "--years", "2006"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=place, env=environment(CHECKOUT)
        ).stdout
        found = json.loads(done.splitlines()[-1])
        lines.append(f"| {areas} | {found['read']:.1f} | {found['drawn']:.1f} | {found['bytes'] / 1024:.0f} |")
        shutil.rmtree(city)
    return lines


def _many(options: argparse.Namespace, place: Path) -> list[str]:
    """How the whole report grows with the areas: the city itself, and what grows from its data with rough outlines."""
    s = _setting(options, place)
    own, costs, pages = s.root / "data", {}, {}
    for areas in (39, 100, 447, 1000):
        if areas > options.largest:
            break
        if areas > 39:
            shutil.rmtree(own)
            sprawl.grow(CHECKOUT / "data", own, areas)
        out = s.fresh("out")
        costs[f"{areas} areas"] = s.cost(s.part("render", "--out", str(out), "--format", s.format))
        pdf = next(out.rglob("bericht-*.pdf"), None)
        pages[areas] = "" if pdf is None else f"{areas} areas: {pdf.stat().st_size / 2**20:.1f} MiB"
    return ["### The whole report of growing cities", "", *_table("areas", costs, "39 areas"), "",
            f"The PDFs: {'; '.join(filter(None, pages.values()))}."]  # fmt: skip


def _portal(options: argparse.Namespace, place: Path) -> list[str]:
    """What the atlas of growing cities costs in a browser."""
    return portal.table(_setting(options, place), options.largest)


def _years(options: argparse.Namespace, place: Path) -> list[str]:
    """How cost grows with the number of years: a made city of 39 areas, three notebooks for each year."""
    root = place / "project"
    grid.write_city(root / "data", 39, range(2000, 2008))
    grid.write_notebooks(root / "notebooks", 3)
    s = Setting(root, place, options.jobs)
    costs = {}
    for number in (1, 3, 8):
        years = [str(year) for year in range(2008 - number, 2008)]
        costs[f"{number} ({3 * number} notebooks)"] = s.cost(
            s.part("execute", "--out", str(s.fresh("out")), "--years", *years)
        )
    return ["### Several years in one run: three notebooks each, made city of 39 areas", "",
            *_table("years", costs, "1 (3 notebooks)")]  # fmt: skip


def _jobs(options: argparse.Namespace, place: Path) -> list[str]:
    """How cost changes with the number of notebooks at a time."""
    s = _setting(options, place)
    costs = {}
    for jobs in (1, 2, 4):
        s.jobs = jobs
        costs[str(jobs)] = ways.ours(s)
    return ["### Notebooks at a time", "", *_table("jobs", costs, "1")]


def _suppression(options: argparse.Namespace, place: Path) -> list[str]:
    """What disclosure control costs: whole cubes, and one table beside τ-ARGUS."""

    def measured(way: str, *size: int) -> dict[str, float]:
        command = [sys.executable, "-m", "benchmarks.suppression", way, *map(str, size)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=place, env=environment(CHECKOUT)
        )
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found

    lines = ["### Disclosure control: made cubes of all areas, Merkmale and years together", "",
             "| areas × Merkmale × years | cells | too small | withheld | unprotected | seconds |",
             "|---|--:|--:|--:|--:|--:|"]  # fmt: skip
    for size in ((39, 60, 3), (100, 60, 3), (400, 60, 3)):
        found = measured("ours", *size)
        cells = (found[name] for name in ("cells", "primary", "withheld", "unprotected"))
        lines.append(_row([" × ".join(map(str, size)), *(f"{n:.0f}" for n in cells), f"{found['seconds']:.1f}"]))
    lines += ["", "### One table of a whole and two parts, beside τ-ARGUS (pytauargus, optimal suppression)", "",
              "| areas | withheld here | withheld there | seconds here | seconds there | × there |",
              "|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
    for areas in (100, 200, 400):
        here, there = (measured(way, areas, 3, 1) for way in ("ours", "theirs"))
        row = [f"{areas}", f"{here['withheld']:.0f}", f"{there['withheld']:.0f}"]
        seconds = [here["seconds"], there["seconds"]]
        lines.append(_row([*row, *(f"{n:.2f}" for n in seconds), f"{seconds[0] / seconds[1]:.2f}"]))
    return lines


def _median(runs: int, once: Callable[[], Cost]) -> Cost:
    """The run whose wall time is the median."""
    found = [once() for _ in range(runs)]
    middle = statistics.median_low([c.wall for c in found])
    return next(c for c in found if c.wall == middle)


def _table(title: str, costs: dict[str, Cost], *ratios: str) -> list[str]:
    """A Markdown table: seconds, memory, and wall time in relation to some of the rows."""
    head = [
        title,
        "wall (s)",
        "CPU (s)",
        "peak memory (MiB)",
        *(f"× {name.split(':')[0].split(' (')[0]}" for name in ratios),
    ]
    rows = [_row(head), _row(["---", *["--:"] * (len(head) - 1)])]
    for name, cost in costs.items():
        against = [f"{cost.wall / costs[other].wall:.2f}" for other in ratios]
        rows.append(_row([name, f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.memory:.0f}", *against]))
    return rows


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _machine() -> str:
    """What was measured on, without names: system, Python, cores, memory, load at the start."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = f", {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores{memory}, Python {platform.python_version()}, bytecode compiled{load}"


if __name__ == "__main__":
    main()

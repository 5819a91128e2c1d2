"""The pages of start page and atlas of growing cities: bytes, opening, a change of indicator in Chromium."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import sprawl
from benchmarks.measure import environment
from benchmarks.ways import CHECKOUT, Setting

#: How many areas the cities have, and the chapter that makes the atlas.
AREAS, CHAPTER = (39, 447, 1000), "datenstand"
_HEAD = [
    "areas", "data (KiB)", "largest part (KiB)", "scripts (KiB)", "page with map (KiB)", "open (ms)",
    "change, median (ms)", "longest", "thread, median (ms)", "longest", "rows after it (ms)",
]  # fmt: skip

#: The same in :func:`measured`.
_SHOWN = "data part scripts page open median longest own own_longest rows".split()

#: How often the indicator is changed, and how long the page then has for the rows that nobody sees yet.
CHANGES, REST = 24, 1000
#: Changes the indicator, until its part is loaded and the next frame painted.
_CHANGE = """async (key) => {
  const field = document.getElementById("indikator"), title = document.getElementById("titel");
  const drawn = new Promise((done) => new MutationObserver(done).observe(title, { childList: true }));
  const began = performance.now();
  field.value = key;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await drawn;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""


def measured(folder: Path) -> dict[str, Any]:
    """What the atlas in the folder of a web report costs: KiB of what is loaded first, of the largest part that is
    loaded when it is asked for, of scripts and page; ms of opening and of a change of indicator (median and longest),
    by the clock and on the page's main thread, whose time other programs do not lengthen, and there what comes after.
    """
    from playwright.sync_api import sync_playwright

    page_file, web = folder / "atlas.html", folder / "web"
    parts = [path.stat().st_size for path in web.glob("atlas-teil-*.js")]
    found: dict[str, Any] = {
        "data": (web / "atlas.js").stat().st_size / 1024,
        "part": max(parts, default=0) / 1024,
        "scripts": (sum(path.stat().st_size for path in web.glob("atlas-*.js")) - sum(parts)) / 1024,
        "page": page_file.stat().st_size / 1024,
    }
    system = Path("/usr/bin/chromium")
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=system if system.exists() else None, args=["--no-sandbox"])
        page = running.new_page(viewport={"width": 1440, "height": 1000})
        tools = page.context.new_cdp_session(page)
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})

        def busy() -> float:
            told = tools.send("Performance.getMetrics")["metrics"]
            return 1000 * float(next(entry["value"] for entry in told if entry["name"] == "TaskDuration"))

        page.goto(page_file.resolve().as_uri(), wait_until="load")
        page.wait_for_function("document.documentElement.dataset.atlas")
        found["open"] = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        page.wait_for_timeout(REST)
        keys = page.evaluate("window.atlas.indikatoren.map((i) => i.id)")
        times, own, rows = [], [], []
        for key in keys[1 : 1 + CHANGES]:
            before = busy()
            times.append(page.evaluate(_CHANGE, key))
            own.append(busy() - before)
            page.wait_for_timeout(REST)
            rows.append(busy() - before - own[-1])
        running.close()
    return found | {
        "median": statistics.median(times), "longest": max(times), "own": statistics.median(own),
        "own_longest": max(own), "rows": statistics.median(rows),
    }  # fmt: skip


def table(s: Setting, largest: int) -> list[str]:
    """The table of the cities with at most ``largest`` areas; of their reports only the atlas."""
    s.only, s.format = [CHAPTER], "html"
    own, lines = s.root / "data", []
    for areas in (number for number in AREAS if number <= largest):
        if areas > AREAS[0]:
            shutil.rmtree(own)
            sprawl.grow(CHECKOUT / "data", own, areas)
        out = s.fresh("out")
        s.cost(s.part("render", "--out", str(out), "--draft", "--format", s.format))
        command = [sys.executable, "-m", "benchmarks.portal", str(next(out.rglob("atlas.html")).parent)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=CHECKOUT, env=environment(CHECKOUT)
        )
        found = json.loads(done.stdout.splitlines()[-1])
        cells = (f"{found[name]:.0f}" for name in _SHOWN)
        lines.append(f"| {areas} | {' | '.join(cells)} |")
    head = [f"| {' | '.join(_HEAD)} |", "|--:" * len(_HEAD) + "|"]
    return ["### The atlas of growing cities, in Chromium", "", *head, *lines]


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))

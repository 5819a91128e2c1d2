"""Makes the pictures of the handbook's walk, one a step, from what really happens: ``python docs/handbuchbilder.py``.

The commands are run on a copy of the shipped data; terminals, JupyterLab and web pages are photographed in Chromium,
PDF pages as they are printed. Writes docs/bilder/schritte/*.png, each with few colours, so that the handbook stays
small. ``tests/test_handbook_pictures.py`` fails when a picture is missing, too large or nowhere shown.
"""

from __future__ import annotations

import html
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import labserver  # noqa: E402
from browser import browser, served  # noqa: E402

from tests.scaffold import lookalike  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = ROOT / "docs" / "bilder" / "schritte"
COPIED = ("notebooks", "report", "data", "sozialbericht", "render.py", "requirements.lock")
CHAPTER = "03_arbeitslosigkeit.ipynb"
#: How many colours a picture has, and how wide that of a terminal is (pixels).
COLOURS, WIDE = 96, 1100
TERMINAL = """<meta charset="utf-8"><style>
body{margin:0;background:#fff} pre{margin:0;padding:18px 22px;background:#1a2024;color:#e8e6e0;width:fit-content;
max-width:1056px;white-space:pre-wrap;font:15px/1.5 "DejaVu Sans Mono",monospace} b{color:#7fd0c0;font-weight:400}
</style><pre>"""


class Walk:
    """The walk through a project in ``root``, photographed by the browser ``running``."""

    def __init__(self, root: Path, running: Browser) -> None:
        self.root, self.running = root, running

    def command(self, command: str, place: Path | None = None) -> str:
        """Run a command; returns what it says, without this machine's folders."""
        env = {**os.environ, "PYTHONPATH": str(self.root) if place else "", "NO_COLOR": "1"}
        words = [sys.executable if word == "python" else word for word in shlex.split(command)]
        done = subprocess.run(words, cwd=place or self.root, env=env, capture_output=True, text=True, check=False)
        said = (done.stdout + done.stderr).strip()
        return said.replace(str(self.root), "bericht").replace(f"{self.root.parent}/", "")

    def terminal(self, name: str, *told: tuple[str, str]) -> None:
        """Photograph a terminal with commands and what they say."""
        lines = "\n\n".join(f"<b>$ {html.escape(command)}</b>\n{html.escape(said)}" for command, said in told)
        page = self.running.new_page(viewport={"width": WIDE, "height": 300})
        page.set_content(TERMINAL + lines)
        keep(name, page.locator("pre").screenshot())
        page.close()

    def pages(self, name: str, pdf: Path, numbers: tuple[int, ...]) -> None:
        """Photograph pages of a PDF side by side."""
        document = pypdfium2.PdfDocument(pdf)
        shots = [document[number].render(scale=0.9).to_pil() for number in numbers]
        document.close()
        wide, high = shots[0].size
        sheet = Image.new("RGB", (len(shots) * (wide + 16) - 16, high), "#c9c4b8")
        for place, shot in enumerate(shots):
            sheet.paste(shot, (place * (wide + 16), 0))
        keep(name, sheet)

    def web(self, name: str, folder: Path, file: str) -> None:
        """Photograph the beginning of a web page."""
        page = self.running.new_page(viewport={"width": 1280, "height": 800})
        with served(folder) as address:
            page.goto(address + file)
            page.wait_for_timeout(800)
            keep(name, page.screenshot())
        page.close()


def keep(name: str, picture: bytes | Image.Image) -> None:
    """Write a picture with few colours."""
    shot = picture if isinstance(picture, Image.Image) else Image.open(io.BytesIO(picture))
    small = shot.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{name}.png", optimize=True)
    print(f"{name}.png: {(FOLDER / f'{name}.png').stat().st_size / 1000:.0f} kB")


def mistyped(path: Path, right: str, wrong: str) -> Callable[[], None]:
    """Put a mistake into a notebook; returns what takes it out again."""
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return lambda: path.write_text(text, encoding="utf-8") and None


def in_the_terminal(walk: Walk) -> None:
    """The report, its pages, a message, what is stale, a profile, a project of one's own."""
    make = "python render.py --year 2006"
    walk.terminal("bericht-machen", (make, walk.command(make)))
    built = walk.root / "build" / "2006"
    walk.pages("bericht", built / "bericht-2006.pdf", (0, _page_of(built / "bericht-2006.pdf", "Arbeitslosigkeit")))
    walk.web("webseite", built / "html", "arbeitslosigkeit.html")
    check = "python render.py --check"
    mend = mistyped(walk.root / "notebooks" / CHAPTER, 'b.karte(\\"al_rate\\"', 'b.karte(\\"al_rat\\"')
    walk.terminal("meldung", (check, walk.command(check)))
    mend()
    changed = json.loads((walk.root / "notebooks" / CHAPTER).read_text(encoding="utf-8"))
    changed["cells"][-1]["source"] = [*changed["cells"][-1]["source"], "\n# geändert"]
    (walk.root / "notebooks" / CHAPTER).write_text(json.dumps(changed), encoding="utf-8")
    status = "python -m sozialbericht status"
    walk.terminal("status", (status, walk.command(status)))
    walk.command("python render.py --year 2006 --only glossar --profiles nordmarkt --format pdf")
    walk.pages("profil", next((walk.root / "build" / "2006-auszug" / "profile").glob("*.pdf")), (0, 1))
    new, model = (
        "python -m sozialbericht new meinestadt --areas flaechen.geojson --city Musterstadt --yes",
        "python -m sozialbericht.model meinestadt",
    )
    lookalike.polygons(walk.root.parent).rename(walk.root.parent / "flaechen.geojson")
    walk.terminal("neues-projekt", *((told, walk.command(told, walk.root.parent)) for told in (new, model)))


def _page_of(pdf: Path, title: str) -> int:
    """The page (from 0) on which a chapter begins, by the bookmarks of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        marks = {mark.get_title(): mark.get_dest().get_index() for mark in document.get_toc()}
        return int(next(page for name, page in marks.items() if name.endswith(title)))
    finally:
        document.close()


def in_jupyterlab(walk: Walk, settings: Path) -> None:
    """A chapter that has been run, the help, the preview."""
    with (
        labserver.opened(walk.root, settings) as (_, base, token),
        labserver.notebook(walk.running, base, token, CHAPTER) as page,
    ):
        labserver.run_all(page)
        page.locator(".jp-OutputArea-output svg").first.scroll_into_view_if_needed()
        page.wait_for_timeout(1500)
        keep("notebook", page.screenshot())
        _help(page)
        labserver.add_cell(page, "b.vorschau()")
        page.keyboard.press("Shift+Enter")
        page.locator("img[alt^='Seite 1 von']").wait_for()
        labserver.wait_until_idle(page)
        page.get_by_text("Vorschau von notebooks").first.evaluate("e => e.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(1500)
        keep("vorschau", page.screenshot())


def _help(page: Page) -> None:
    labserver.add_cell(page, "b.")
    page.keyboard.press("Tab")
    page.locator(".jp-Completer:visible").wait_for()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.locator(".jp-Completer-docpanel:visible").wait_for()
    page.wait_for_timeout(2000)
    keep("hilfe", page.screenshot())
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    page.keyboard.press("d")


def main() -> None:
    """Walk, and keep a picture of each step."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="handbuch-") as folder:
        root = Path(folder) / "bericht"
        root.mkdir()
        for name in COPIED:
            given = ROOT / name
            copy = shutil.copytree if given.is_dir() else shutil.copy
            copy(given, root / name)
        with browser() as running:
            walk = Walk(root, running)
            in_the_terminal(walk)
            in_jupyterlab(walk, Path(folder) / "einstellungen")


if __name__ == "__main__":
    main()

"""A real JupyterLab on the notebooks of a project, as ``render.py --lab`` opens it, and a page of it in Chromium."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
START = """
import sys
from pathlib import Path
from sozialbericht.answering import workbench
sys.exit(workbench.opened(Path(sys.argv[1]), ("--no-browser", "--port=0", "--allow-root")))
"""
#: Settings and workspaces of the user stay outside.
PRIVATE = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR")
PATIENCE = 90
BUSY = ".jp-InputPrompt:text-is('[*]:')"


@contextmanager
def opened(root: Path, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, str]]:
    """JupyterLab with its settings in ``folder``: the command's process, the address, the token; ended at last."""
    folder.mkdir(exist_ok=True)
    own = {name: str(folder / name.lower()) for name in PRIVATE}
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "", **own}
    told = folder / "gesagt"
    with told.open("wb") as out:
        done = subprocess.Popen([sys.executable, "-c", START, str(root)], env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        base, _, token = _address(told, done).partition("/lab?token=")
        yield done, base, token
    finally:
        if done.poll() is None:
            done.send_signal(signal.SIGTERM)
        try:
            done.wait(PATIENCE)
        finally:
            done.kill()
            done.wait()


def _address(told: Path, done: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + PATIENCE
    words = ""
    while time.monotonic() < until:
        words = told.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"http://(?:localhost|127\.0\.0\.1):\d+/lab\S*token=\w+", words):
            return re.sub(r"/lab\S*\?token", "/lab?token", found[0])
        assert done.poll() is None, words
        time.sleep(0.2)
    raise AssertionError(words)


@contextmanager
def notebook(running: Browser, base: str, token: str, name: str) -> Iterator[Page]:
    """A notebook of a JupyterLab that runs, its kernel ready."""
    context = running.new_context(viewport={"width": 1280, "height": 800}, locale="de-DE")
    page = context.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    page.goto(f"{base}/lab/tree/{name}?token={token}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.get_by_text("| Idle").wait_for()
    try:
        yield page
    finally:
        context.close()


def run_all(page: Page) -> None:
    """Run all cells, as the menu does, and wait until they are done."""
    page.get_by_role("menuitem", name="Run").first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(".jp-OutputArea-output").first.wait_for()
    wait_until_idle(page)


def wait_until_idle(page: Page) -> None:
    """Wait until no cell of the page runs any more."""
    page.wait_for_timeout(300)
    page.locator(BUSY).first.wait_for(state="detached")
    page.get_by_text("| Idle").wait_for()


def add_cell(page: Page, code: str) -> None:
    """Begin a new cell below the last one and type into it."""
    page.locator(".jp-Notebook .jp-Cell").last.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type(code)

"""Watching the small report for real: an edit, a fault and its end, seen in a browser."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
import small_report

ROOT = Path(__file__).resolve().parents[1]
COMMAND = """
import sys
from pathlib import Path
from sozialbericht.order import project
root = Path(sys.argv[1])
project.default_root = lambda: root
from sozialbericht.command import render
sys.exit(render(["--year", "2006", "--watch", "--engine", "builtin", "--data", str(root / "data")]))
"""


def until(process: subprocess.Popen[str], words: str) -> str:
    """The next line of the command that contains these words."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return line
    raise AssertionError("".join(said))


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    root = small_report.project(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(root)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8", cwd=ROOT,
    ) as process:  # fmt: skip
        yield root, process
        if process.poll() is None:
            process.kill()


@pytest.mark.slow
@pytest.mark.browser
def test_a_page_follows_what_is_saved(watched: tuple[Path, subprocess.Popen[str]]) -> None:
    root, process = watched
    address = until(process, "Vorschau:").split()[1]
    until(process, "Aktuell")
    notebook = root / "notebooks" / "03_arbeitslosigkeit.ipynb"
    before = notebook.read_text(encoding="utf-8")
    with browser.browser() as running:
        page = running.new_page()
        page.goto(f"{address}2006/arbeitslosigkeit.html")
        notebook.write_text(before.replace("Was Zahlen sagen", "Was neue Zahlen sagen"), encoding="utf-8")
        assert "1 Notebook aus, 2 unverändert" in until(process, "Führe")
        page.wait_for_selector("text=Was neue Zahlen sagen", timeout=120_000)
        notebook.write_text(before.replace("b.verlauf(", "b.verlauff("), encoding="utf-8")
        page.wait_for_selector("#vorschau-meldung", timeout=120_000)
        assert "Zelle 3, Zeile 12: „b.verlauff“ gibt es nicht." in page.inner_text("#vorschau-meldung")
        assert page.query_selector("text=Was neue Zahlen sagen"), "the last good page stays"
        notebook.write_text(before, encoding="utf-8")
        page.wait_for_selector("text=Was Zahlen sagen", timeout=120_000)
        assert page.query_selector("#vorschau-meldung") is None
    process.send_signal(signal.SIGINT)
    until(process, "Vorschau beendet.")
    assert process.wait(30) == 0
    assert subprocess.run(["pgrep", "-f", str(root)], capture_output=True, check=False).stdout == b""

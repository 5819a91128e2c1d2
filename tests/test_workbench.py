"""JupyterLab: it knows the project, asks for no news, ends with the command; a message where it is missing."""

import importlib.util
import json
import signal
import time
import urllib.request
from pathlib import Path

import browser
import labserver
import psutil
import pytest
import small_report

from sozialbericht.answering import workbench
from sozialbericht.faults import ReportError

PATIENCE = labserver.PATIENCE


def test_the_command_ends_jupyterlab(tmp_path: Path) -> None:
    root = small_report.project(tmp_path / "projekt")
    with labserver.opened(root, tmp_path / "einstellungen") as (done, base, token):
        asked = f"{base}/lab/api/settings/@jupyterlab/apputils-extension:notification?token={token}"
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            setting = json.loads(answer.read())["settings"]
            schema = json.loads(urllib.request.urlopen(asked, timeout=PATIENCE).read())["schema"]["properties"]
        assert setting.get("fetchNews", schema["fetchNews"]["default"]) == "false"
        children = psutil.Process(done.pid).children(recursive=True)
        assert children
        done.send_signal(signal.SIGTERM)
        assert done.wait(PATIENCE) == 128 + signal.SIGTERM
        assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.browser
@pytest.mark.slow
def test_a_chapter_is_written_in_jupyterlab(tmp_path: Path) -> None:
    """Run all, complete with help, look at help, see the page: as an analyst does, in the kernel that is chosen."""
    root = small_report.project(tmp_path / "projekt")
    name = "03_arbeitslosigkeit.ipynb"
    with (
        labserver.opened(root, tmp_path / "einstellungen") as (_, base, token),
        browser.browser() as running,
        labserver.notebook(running, base, token, name) as page,
    ):
        labserver.run_all(page)
        assert page.locator(".jp-OutputArea-output svg").count() >= 3
        assert page.locator(".jp-OutputArea-output[data-mime-type$='stderr']").count() == 0

        labserver.add_cell(page, "b.")
        page.keyboard.press("Tab")
        page.locator(".jp-Completer:visible", has_text="abschnitt").wait_for()
        page.keyboard.press("ArrowDown")
        page.locator(".jp-Completer-docpanel:visible", has_text="Setzt eine Überschrift zweiter Ebene").wait_for()
        page.keyboard.press("Escape")
        labserver.add_cell(page, "b.karte(")
        page.keyboard.press("Shift+Tab")
        page.locator(".jp-Tooltip:visible", has_text="Setzt die Karte eines Indikators").wait_for()
        page.keyboard.press("Escape")

        labserver.add_cell(page, "b.vorschau()")
        begun = time.monotonic()
        page.keyboard.press("Shift+Enter")
        page.locator("img[alt^='Seite 1 von']").wait_for()
        assert time.monotonic() - begun < 30, "a machine that has nothing else to do takes two seconds"
        assert page.get_by_text(f"Vorschau von notebooks/{name} – Entwurf, nicht geprüft").is_visible()
        sizes = page.locator("img[alt^='Seite']").evaluate_all("all => all.map(i => i.naturalWidth / i.naturalHeight)")
        assert len(sizes) >= 3 and all(abs(size - 210 / 297) < 0.01 for size in sizes)


def test_without_jupyterlab_there_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(workbench, "find_spec", lambda name: None if name == "jupyterlab" else find(name))
    with pytest.raises(ReportError, match=r"JupyterLab ist nicht installiert(.|\n)*pip install"):
        workbench.opened(tmp_path)

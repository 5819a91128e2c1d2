"""JupyterLab: it knows the project, asks for no news, ends with the command; a message where it is missing."""

import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
import small_report

from sozialbericht.answering import workbench
from sozialbericht.faults import ReportError

START = """
import sys
from pathlib import Path
from sozialbericht.answering import workbench
sys.exit(workbench.opened(Path(sys.argv[1]), ("--no-browser", "--port=0", "--allow-root")))
"""
PATIENCE = 90


def test_the_command_ends_jupyterlab(tmp_path: Path) -> None:
    root = small_report.project(tmp_path / "projekt")
    told = tmp_path / "gesagt"
    env = {**os.environ, "PYTHONPATH": str(small_report.ROOT), "JUPYTER_CONFIG_DIR": str(tmp_path / "einstellungen")}
    with told.open("wb") as out:
        done = subprocess.Popen([sys.executable, "-c", START, str(root)], env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        address = _address(told, done)
        base, _, token = address.partition("/lab?token=")
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
    finally:
        done.kill()
        done.wait()


def _address(told: Path, done: "subprocess.Popen[bytes]") -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        words = told.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"http://(?:localhost|127\.0\.0\.1):\d+/lab\S*token=\w+", words):
            return re.sub(r"/lab\S*\?token", "/lab?token", found[0])
        assert done.poll() is None, words
        time.sleep(0.2)
    raise AssertionError(words)


def test_without_jupyterlab_there_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(workbench, "find_spec", lambda name: None if name == "jupyterlab" else find(name))
    with pytest.raises(ReportError, match=r"JupyterLab ist nicht installiert(.|\n)*pip install"):
        workbench.opened(tmp_path)

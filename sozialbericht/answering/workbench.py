"""Workbench: JupyterLab on the notebooks of a project, for as long as the command runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

from sozialbericht import surroundings
from sozialbericht.faults import ReportError
from sozialbericht.order.project import TOLD, package_path

#: JupyterLab asks nobody for news and looks for no updates: nothing leaves the house. What it completes it explains,
#: and it waits for that (ms), also where a machine is slow.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/completer-extension:manager": {"showDocumentationPanel": True, "providerTimeout": 10_000},
}
#: So many seconds JupyterLab has to end by itself.
PATIENCE = 10.0


def opened(root: Path, more: tuple[str, ...] = ()) -> int:
    """Open the notebooks in JupyterLab, its kernels with the project's own modules on their path; the exit code.

    It ends with the command, however that is ended. Raises :class:`ReportError` where JupyterLab is not installed.
    """
    if find_spec("jupyterlab") is None:
        remedy = "python -m pip install -r requirements.lock, oder die Notebooks in einem anderen Editor öffnen."
        raise ReportError("JupyterLab ist nicht installiert.", remedy)
    path = os.pathsep.join(filter(None, [str(root), *package_path(), os.environ.get("PYTHONPATH", "")]))
    told = {**os.environ, "PYTHONPATH": path, TOLD: str(root)}
    with tempfile.TemporaryDirectory(prefix="sozialbericht-lab-") as settings:
        (Path(settings) / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "jupyterlab",
            f"--LabApp.app_settings_dir={settings}",
            *more,
            str(root / "notebooks"),
        ]
        with subprocess.Popen(command, env=told) as lab:
            return _awaited(lab)


def _awaited(lab: subprocess.Popen[bytes]) -> int:
    """Wait for JupyterLab; whatever ends this command ends it, too."""

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, end) for number in surroundings.ending()}
    try:
        return lab.wait()
    except KeyboardInterrupt:  # the terminal has told JupyterLab, too, which may ask back
        return _ended(lab)
    finally:
        _ended(lab)
        for number, handler in before.items():
            signal.signal(number, handler)


def _ended(lab: subprocess.Popen[bytes]) -> int:
    """End JupyterLab: kindly, then not; returns its exit code."""
    if lab.poll() is None:
        lab.terminate()
        with suppress(subprocess.TimeoutExpired):
            return lab.wait(PATIENCE)
        lab.kill()
    return lab.wait()

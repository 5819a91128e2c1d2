"""The preview of a chapter in a notebook's kernel, as JupyterLab asks for it; silent in a run of the report."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import small_report
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from PIL import Image

from sozialbericht.bericht import Bericht
from sozialbericht.execution import kernelsource, notebookrun
from sozialbericht.faults import InputError, ReportError
from sozialbericht.order.project import RUN, work_in
from sozialbericht.order.request import Request
from sozialbericht.order.tasks import parameters, task
from sozialbericht.writing import pageview
from sozialbericht.writing.blocks import MEDIA_TYPE

NOTEBOOK = "03_arbeitslosigkeit.ipynb"
PATIENCE = 120


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_report.project(tmp_path_factory.mktemp("vorschau"))


class Kernel:
    """A notebook in the kernel that JupyterLab would start for it: cells are run by their ids."""

    def __init__(self, client: BlockingKernelClient, path: Path) -> None:
        self.client, self.path = client, path

    def run(self, code: str, cell: str, deleted: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        """Run a cell; returns its outputs."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        message = self.client.session.msg("execute_request", content)
        message["metadata"] = {"cellId": cell, "deletedCells": list(deleted)}
        self.client.shell_channel.send(message)
        outputs = []
        while True:
            got = self.client.get_iopub_msg(timeout=PATIENCE)
            if got["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if got["msg_type"] in ("display_data", "error", "stream", "execute_result"):
                outputs.append(got["content"])
            if got["msg_type"] == "status" and got["content"]["execution_state"] == "idle":
                self.client.get_shell_msg(timeout=PATIENCE)
                return outputs

    def cells(self) -> list[tuple[str, str]]:
        """The code cells of the file: id and text."""
        content = json.loads(self.path.read_text(encoding="utf-8"))["cells"]
        return [(cell["id"], cell["source"]) for cell in content if cell["cell_type"] == "code"]

    def look(self, deleted: tuple[str, ...] = ()) -> tuple[str, list[Image.Image]]:
        """What the preview says, and its pages."""
        (shown,) = self.run("b.vorschau()", "neu", deleted)
        html = shown["data"]["text/html"]
        pages = re.findall(r'src="data:image/png;base64,([^"]+)" alt="Seite (\d+) von', html)
        assert [int(number) for _, number in pages] == list(range(1, len(pages) + 1))
        words = re.sub(r"<[^>]+>", "\n", html[: html.index("<img")])
        return words, [Image.open(io.BytesIO(base64.b64decode(page))) for page, _ in pages]


@pytest.fixture(scope="module")
def kernel(root: Path) -> Iterator[Kernel]:
    path = root / "notebooks" / NOTEBOOK
    manager = KernelManager()
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    manager._kernel_spec = KernelSpec(argv=argv, display_name="Python 3", language="python")
    env = {**os.environ, "PYTHONPATH": str(small_report.ROOT), "JPY_SESSION_NAME": str(path), "PYTHONWARNINGS": ""}
    manager.start_kernel(cwd=str(path.parent), env=env)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=PATIENCE)
        yield Kernel(client, path)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_the_chapter_as_it_will_be_printed(kernel: Kernel) -> None:
    """All that was run stands on pages of paper that say that nobody has checked them, soon."""
    for name, code in kernel.cells():
        assert all(MEDIA_TYPE in output.get("data", {}) for output in kernel.run(code, name)), code
    before = sorted(kernel.path.parents[1].rglob("*"))
    begun = time.monotonic()
    words, pages = kernel.look()
    assert time.monotonic() - begun < 30, "a machine that has nothing else to do takes two seconds"
    assert f"notebooks/{NOTEBOOK} – Entwurf, nicht geprüft" in words and "Daten für 2006" in words
    assert "Noch nicht ausgeführt" not in words and "gespeichert ist etwas anderes" not in words
    assert len(pages) >= 3 and all(page.width / page.height == pytest.approx(210 / 297, abs=0.01) for page in pages)
    assert all(any(red > 150 and green < 90 for _, (red, green, *_) in _colours(page)) for page in pages), "the mark"
    assert sorted(kernel.path.parents[1].rglob("*")) == before, "it writes nothing"


def _colours(page: Image.Image) -> list[tuple[int, Any]]:
    return page.convert("RGB").getcolors(1 << 24) or []


def test_it_says_what_it_does_not_show(kernel: Kernel) -> None:
    """Cells whose saved text is another, cells that are not saved, and cells that were deleted."""
    for name, code in kernel.cells():
        kernel.run(code, name)
    content = json.loads(kernel.path.read_text(encoding="utf-8"))
    content["cells"][2]["source"] += "\n# gespeichert, aber nicht ausgeführt"
    content["cells"].append({**content["cells"][2], "id": "frisch", "source": "b.text('Nie ausgeführt.')"})
    kernel.path.write_text(json.dumps(content), encoding="utf-8")
    kernel.run("b.text('Ein Satz am Ende.')", "ungespeichert")
    words, _ = kernel.look()
    assert "gespeichert ist etwas anderes: Zelle 3." in words
    assert "Noch nicht ausgeführt und darum nicht dabei: Zelle 7." in words
    assert "noch nicht gespeicherten Zellen kommt, steht am Ende" in words
    words, _ = kernel.look(deleted=("ungespeichert",))
    assert "noch nicht gespeicherten" not in words


def test_what_cannot_be_set_is_told_in_german(kernel: Kernel) -> None:
    kernel.run("b.text('::: {.kasten}')", "kaputt")
    *_, error = kernel.run("b.vorschau()", "neu")
    assert error["ename"] == "ReportError"
    assert re.search(r"lässt sich nicht setzen\.\n.*Block ::: .*\n  → .*\n  → Was genannt ist", error["evalue"])
    kernel.run("pass", "kaputt")
    assert len(kernel.look()[1]) > 1


def test_a_run_of_the_report_sees_nothing_of_it(root: Path, tmp_path: Path) -> None:
    path = small_report.notebook(tmp_path / "09_x.ipynb", ("# X {#sec-x}", f"{small_report.START}\nb.vorschau()"))
    work_in(root)
    try:
        with kernelsource.opened(forked=False) as kernels:
            done = notebookrun.run(task("2006", "x", path, parameters(Request(2006), root / "data")), kernels)
    finally:
        work_in(None)
    assert done.failure is None
    cells = json.loads(done.notebook)["cells"]
    assert "b.vorschau()" in "".join(cells[-1]["source"]) and cells[-1]["outputs"] == []


# -- faults ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def b(monkeypatch: pytest.MonkeyPatch) -> Bericht:
    monkeypatch.delenv(pageview.SESSION, raising=False)
    monkeypatch.delenv(RUN, raising=False)
    return Bericht(2006, 2005, small_report.CITY)


def test_outside_of_jupyterlab_there_is_a_message(b: Bericht) -> None:
    with pytest.raises(InputError, match=r"zu welcher Datei(.|\n)*→ Das Notebook in JupyterLab öffnen"):
        b.vorschau()
    b.wenn(False).vorschau()


def test_a_notebook_that_was_renamed(b: Bericht, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(pageview.SESSION, str(tmp_path / "03_weg.ipynb"))
    with pytest.raises(InputError, match=r"03_weg\.ipynb: Die Datei(.|\n)*→ Wurde es umbenannt"):
        b.vorschau()


def test_a_setter_that_fails(b: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pageview, "SETTER", "sozialbericht.gibt_es_nicht")
    with pytest.raises(ReportError, match=r"abgebrochen: .*No module named(.|\n)*→"):
        pageview._set(b"")


def test_a_setter_that_hangs(b: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pageview, "LONGEST", 0.01)
    with pytest.raises(ReportError, match=r"nicht fertig geworden(.|\n)*→"):
        pageview._set(b"")


SLOW = """import subprocess, sys, tempfile, time
from pathlib import Path
sleeper = subprocess.Popen(["sleep", "1000"])
(Path(tempfile.mkdtemp(dir=sys.argv[1])) / "x").write_text("x")
Path({file!r}).write_text(f"{{sleeper.pid}} {{sys.argv[1]}}")
time.sleep(1000)
"""
ASKING = """import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from sozialbericht.writing import pageview
pageview.SETTER, pageview.LONGEST = "langsam", {longest}
pageview._set(b"")
"""


@pytest.mark.skipif(os.name != "posix", reason="unter Windows wird nichts bewacht")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL, None])
def test_nothing_is_left_of_a_setter_that_is_interrupted(how: signal.Signals | None, tmp_path: Path) -> None:
    """„Interrupt Kernel“ reaches all processes of the kernel, „Restart Kernel“ ends them; None: it takes too long."""
    file = tmp_path / "nummer"
    (tmp_path / "langsam.py").write_text(SLOW.format(file=str(file)), encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": f"{small_report.ROOT}{os.pathsep}{tmp_path}", "TMPDIR": str(tmp_path)}
    asking = subprocess.Popen(
        [sys.executable, "-c", ASKING.format(longest=PATIENCE if how else 3)], env=env, start_new_session=True,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + PATIENCE
    while not (file.is_file() and file.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    number, folder = file.read_text().split(" ", 1)
    if how:
        os.killpg(asking.pid, how)
    asking.wait(10)
    while psutil.pid_exists(int(number)) and psutil.Process(int(number)).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the setter's own program still runs"
        time.sleep(0.02)
    if how in (signal.SIGINT, None):
        assert not Path(folder).exists()

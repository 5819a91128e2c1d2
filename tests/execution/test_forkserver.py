"""Kernels forked from a parent: the same as ordinary ones, with a state of their own, and none left over."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import small_report

from sozialbericht.audit.finished.staff import Desk, Staff
from sozialbericht.cache import snapshots
from sozialbericht.execution import forkclient, forkserver, kernelsource, needs, notebookrun
from sozialbericht.execution.runs import execute
from sozialbericht.findings import tablestore
from sozialbericht.order.tasks import task

pytestmark = pytest.mark.skipif(not forkclient.possible(), reason="hier werden keine Kernel abgezweigt")
PARAMETERS = {"jahr": 2006, "vergleichsjahr": 2005, "daten": str(small_report.CITY)}


def make(folder, **cells):
    return [
        task("2006", n, small_report.notebook(folder / "quelle" / f"01_{n}.ipynb", ("# Titel", *c)), PARAMETERS)
        for n, c in cells.items()
    ]


@pytest.fixture
def run(tmp_path):
    def go(*, forked=True, jobs=None, **cells):
        return {r.task.name: r for r in execute(make(tmp_path, **cells), jobs=jobs, forked=forked)}

    return go


def outputs(result):
    return [o for c in json.loads(result.notebook)["cells"] for o in c.get("outputs", [])]


def printed(result):
    assert result.failure is None, result.failure
    return "".join("".join(o["text"]) for o in outputs(result) if o["output_type"] == "stream")


def family(pid):
    """A process and all that it has started, also in sessions of their own."""
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def all_gone(members, seconds=3.0):
    _, alive = psutil.wait_procs(members, timeout=seconds)
    return not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]


STATE = """
from sozialbericht.execution.preload import prepare
prepare(daten, jahr, vergleichsjahr)
import matplotlib.pyplot as plt
plt.close(plt.figure())  # loads the back end
import os, random, sys, time, warnings, threading, signal
import numpy as np, matplotlib as mpl, pandas as pd
print(os.getcwd(), sys.argv[0].endswith('.py'), __name__)
changing = ('JPY_PARENT_PID', 'PYTEST_CURRENT_TEST')
print('\\n'.join(sorted(f'{k}={v}' for k, v in os.environ.items() if k not in changing)))
print('\\n'.join(f'{k}: {v}' for k, v in mpl.rcParams.items() if k != 'backend'))
print('\\n'.join(map(str, warnings.filters)))
known = [k for k in pd._config.config._registered_options if k.startswith('display') and k != 'display.encoding']
print('\\n'.join(f'{k}: {pd.get_option(k)}' for k in known))
print(signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT))
print(sys.stdin is not None, os.umask(0o22), sys.path[0] == '')
"""


def test_a_forked_kernel_has_the_state_of_an_ordinary_one(run):
    forked, ordinary = printed(run(a=(STATE,))["a"]), printed(run(forked=False, a=(STATE,))["a"])
    assert set(forked.splitlines()) ^ set(ordinary.splitlines()) == set()


def test_every_kernel_is_its_own(run):
    change = """
import random, numpy as np, matplotlib as mpl, pandas as pd, os, warnings
print(np.random.random(), random.random(), np.random.default_rng().random(), os.getpid())
print(mpl.rcParams['font.size'], pd.get_option('display.max_rows'), os.environ.get('EIGENES'), len(warnings.filters))
mpl.rcParams['font.size'] = 99; pd.set_option('display.max_rows', 7); os.environ['EIGENES'] = '1'
warnings.simplefilter('error'); os.chdir('/')
import sozialbericht.findings.tablestore as s; s.MARKE = getattr(s, 'MARKE', 0) + 1; print(s.MARKE)
"""
    results = run(jobs=1, a=(change,), b=(change,), c=(change,))
    lines = [printed(r).splitlines() for r in results.values()]
    for position in range(4):
        assert len({line[0].split()[position] for line in lines}) == 3, "random numbers and processes differ"
    assert len({tuple(line[1:]) for line in lines}) == 1


@pytest.mark.filterwarnings("default")
def test_figures_of_forked_and_ordinary_kernels_are_the_same(run):
    start = f"from sozialbericht.bericht import Bericht\nb = Bericht({2006}, 2005, daten)\n"
    cells = (
        start + "b.karte('anteil_u18')\nb.rangfolge('anteil_u18')",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "import matplotlib.pyplot as plt\nplt.plot([2, 1]); plt.show();",
        "b.daten('anteil_u18')",
    )
    forked, ordinary = run(a=cells)["a"], run(forked=False, a=cells)["a"]
    assert forked.failure is None
    assert ordinary.failure is None
    ours, theirs = ([(o["output_type"], o.get("data")) for o in outputs(r)] for r in (forked, ordinary))
    assert sum("image/png" in (data or {}) for _, data in ours) == 2, "figures without plt.show() too"
    assert ours == theirs


def test_an_interruption_and_subprocesses_in_a_cell(run):
    code = (
        "import subprocess, sys; print(subprocess.run([sys.executable, '-c', 'print(5)'], capture_output=True, "
        "text=True).stdout)"
    )
    pools = (
        "from concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor(2) as p: print(list(p.map(abs, "
        "[-1])))",
        "import os, signal\ntry:\n    os.kill(os.getpid(), signal.SIGINT)\nexcept KeyboardInterrupt:\n    "
        "print('unterbrochen')",
    )
    out = printed(run(a=(code, *pools))["a"])
    assert "5" in out
    assert "[1]" in out
    assert "unterbrochen" in out


def test_what_a_notebook_has_started_ends_with_its_kernel(run):
    code = "import subprocess; print(subprocess.Popen(['sleep', '1000']).pid)"
    pid = int(printed(run(a=(code,))["a"]))
    assert not psutil.pid_exists(pid) or all_gone([psutil.Process(pid)])


def test_a_parent_that_runs_threads_forks_nothing(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    environment = {
        **kernelsource.environment(),
        "PYTHONPATH": f"{kernelsource.environment()['PYTHONPATH']}{os.pathsep}{tmp_path}",
    }
    parent = forkclient.Parent(tmp_path / "ordner", environment)
    try:
        with pytest.raises(forkclient.NotForked, match="2 Threads"):
            parent.launch([], str(tmp_path), environment)
    finally:
        parent.close()
    assert parent.process.poll() is not None


def test_notebooks_run_in_ordinary_kernels_after_the_parent_was_killed(tmp_path):
    tasks = make(tmp_path, a=("print(1)",), b=("print(2)",))
    with kernelsource.opened() as kernels:
        assert printed(notebookrun.run(tasks[0], kernels)) == "1\n"
        assert not kernels.started
        kernels.parent.process.kill()
        kernels.parent.process.wait()
        assert printed(notebookrun.run(tasks[1], kernels)) == "2\n"
        assert len(kernels.started) == 1


def test_a_forked_kernel_that_does_not_start_is_replaced_by_an_ordinary_one(tmp_path, monkeypatch):
    [one] = make(tmp_path, a=("print(1)",))
    with kernelsource.opened() as kernels:
        launch = kernels.parent.launch
        monkeypatch.setattr(
            kernels.parent, "launch", lambda argv, *rest: launch(["--unsinn=1", "-f", "/gibt/es/nicht"], *rest)
        )
        assert printed(notebookrun.run(one, kernels)) == "1\n"
        assert len(kernels.started) == 1


def test_a_kernel_killed_in_a_cell(run):
    result = run(a=("x = 1", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"))["a"]
    assert result.failure.cause == "Der Kernel ist während der Ausführung abgestürzt (Speicher voll?)."
    assert (result.failure.cell, result.failure.line) == (4, "import os, signal")


def test_a_cell_that_never_ends(run, monkeypatch):
    monkeypatch.setattr(notebookrun, "CELL_TIMEOUT", 1)
    started = time.monotonic()
    results = run(a=("while True: pass",), b=("print(1)",))
    assert results["a"].failure.cause == "Eine Zelle lief länger als 1 Sekunden."
    assert printed(results["b"]) == "1\n"
    assert time.monotonic() - started < 20


def test_a_cell_that_eats_memory(run, monkeypatch):
    monkeypatch.setattr(kernelsource, "LEAST_MEMORY", 1 << 30)
    monkeypatch.setattr(kernelsource, "_installed_memory", lambda: 0)
    results = run(a=("x = []\nwhile True: x.append(bytearray(1 << 26))",), b=("print(1)",))
    assert results["a"].failure.cause.startswith("Die Zelle braucht mehr Speicher, als ein Kernel bekommt")
    assert results["a"].failure.cell == 3
    assert printed(results["b"]) == "1\n"


MAIN = """
import sys, pathlib
from sozialbericht.execution import runs
from sozialbericht.order import tasks
source = pathlib.Path(sys.argv[1])
given = [tasks.task("2006", n, source, {"daten": sys.argv[2], "jahr": 2006}) for n in "abcd"]
for result in runs.execute(given, jobs=2):
    print(result.failure)
"""


@pytest.fixture
def busy(tmp_path):
    """A main process whose kernels are in the middle of a cell, with what it has started and its run's folder."""
    source = small_report.notebook(
        tmp_path / "01_a.ipynb", ("# A", "open(f'da-{__import__(\"os\").getpid()}', 'w')\nwhile True: pass")
    )
    command = [sys.executable, "-c", MAIN, str(source), str(small_report.CITY)]
    temporary = tmp_path / "t"
    temporary.mkdir()
    environment = {**kernelsource.environment(), "TMPDIR": str(temporary)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("da-*"))) < 2:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    members = family(process.pid)
    assert len(members) >= 4, "main process, parent, two kernels"
    yield process, members, temporary
    for member in members:
        if member.is_running():
            member.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_the_main_process_ends(busy, number):
    process, members, temporary = busy
    process.send_signal(number)
    process.wait(10)
    assert all_gone(members), [p for p in members if p.is_running()]
    deadline = time.monotonic() + 3
    while list(temporary.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(temporary.iterdir()) == []


def test_kernels_end_when_the_parent_is_killed(busy):
    process, members, _ = busy
    parent = next(
        p for p in members if "sozialbericht.execution.forkserver" in " ".join(p.cmdline()) and p.ppid() == process.pid
    )
    children = parent.children(recursive=True)
    assert len(children) >= 2
    parent.kill()
    assert all_gone([parent, *children], 1.0)


# -- tables handed over -----------------------------------------------------------------------------------------------

HELD = """
from sozialbericht.findings import tablestore
print([store._entries.get("marke") for store in tablestore._stores.values()])
"""


def held_in_a_kernel(folder, *given):
    """What a kernel says of the tables that its parent holds when these contents are handed to it."""
    data = needs.Data(str(small_report.CITY), 2006, 2005, shared=False)
    with kernelsource.opened(data=[data], waiting=True) as kernels:
        for content in given:
            kernels.hand(content)
        said = printed(notebookrun.run(make(folder, a=(HELD,))[0], kernels))
        assert not kernels.started, "forked"
    return said


def test_the_parent_holds_the_tables_that_are_handed_over(tmp_path):
    folder, content = tablestore.key_of(small_report.CITY)
    store = tablestore.TableStore(Path(folder), content)
    store.entry("marke", lambda: "von uns")
    assert held_in_a_kernel(tmp_path, snapshots.packed(store), b"") == "['von uns']\n"


@pytest.mark.parametrize("content", [b"", b"abgeschnitten"])
def test_the_parent_loads_what_is_not_handed_over(tmp_path, content):
    assert held_in_a_kernel(tmp_path, content) == "[None]\n"


def test_tables_of_another_content_are_not_held(tmp_path):
    folder, _ = tablestore.key_of(small_report.CITY)
    store = tablestore.TableStore(Path(folder), "von gestern")
    store.entry("marke", lambda: "von gestern")
    assert held_in_a_kernel(tmp_path, snapshots.packed(store)) == "[None]\n"


def test_a_parent_that_waits_for_tables_ends_with_its_source():
    with kernelsource.opened(waiting=True) as kernels:
        pass
    assert kernels.parent.process.poll() == 0
    assert not kernels.folder.exists()


# -- assistants of the audit ------------------------------------------------------------------------------------------

FILE = "file", 2006, "a.html", b"<p>17</p><table><tr><td>3,2 %</td></tr></table>", ""


def desk():
    return Desk(small_report.CITY, None, {}, {2006: "unbekannt"})


def answers(staff):
    try:
        return [staff.ask(*FILE).result(), staff.ask("questions", 2006).result(), staff.ask("exposed", 2006).result()]
    finally:
        staff.close()


def test_forked_and_ordinary_assistants_give_the_same_answers(tmp_path):
    data = needs.Data(str(small_report.CITY), 2006, 2005, shared=True)
    forked = []
    with kernelsource.opened(data=[data]) as kernels:
        notebookrun.run(make(tmp_path, a=("import pandas as pd; pd.DataFrame = None",))[0], kernels)
        given = answers(Staff(desk(), 1, lambda env: forked.append(kernels.assistant(env)) or forked[-1]))
        kernels.parent.process.kill()
        kernels.parent.process.wait()
        assert given == answers(Staff(desk(), 1, kernels.assistant)), "where the parent has ended, too"
    assert given == answers(Staff(desk(), 1))
    assert forked[0].poll() == 0, "it has ended by itself"
    assert forked[0].stdout.closed


STATED = """
import os, sys
from sozialbericht.audit.finished import assistant
def state(self):
    places = [f"/proc/self/fd/{n}" for n in os.listdir("/proc/self/fd")]
    sockets = sum(os.readlink(place).startswith("socket") for place in places if os.path.lexists(place))
    variables = {n: os.environ.get(n) for n in ("MPLBACKEND", "OMP_NUM_THREADS", "JPY_PARENT_PID")}
    said = os.readlink("/proc/self/fd/2")
    return os.getpid() == os.getsid(0), os.getcwd(), variables, said, sockets, "ipykernel.kernelapp" in sys.modules
assistant.Assistant.state = state
"""


@pytest.mark.skipif(sys.platform != "linux", reason="liest /proc")
def test_an_assistant_has_a_state_of_its_own(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(STATED)
    environment = {**kernelsource.environment(), "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}"}
    parent = forkclient.Parent(tmp_path / "ordner", environment)
    staff = Staff(desk(), 1, lambda env: parent.assist(env, 1 << 31))
    try:
        leader, folder, variables, said, sockets, kernel = staff.ask("state").result()
    finally:
        staff.close()
        parent.close()
    assert (leader, folder, said, kernel) == (True, str(Path.cwd()), "/dev/null", True)
    assert variables == {"MPLBACKEND": None, "OMP_NUM_THREADS": "1", "JPY_PARENT_PID": None}
    assert sockets == 1, "only its own line"


def test_an_assistant_ends_with_the_parent_and_an_ordinary_one_takes_its_place():
    with kernelsource.opened() as kernels:
        forked = []
        staff = Staff(desk(), 1, lambda env: forked.append(kernels.assistant(env)) or forked[-1])
        assert staff.ask(*FILE).result().harmless
        kernels.parent.process.kill()
        kernels.parent.process.wait()
        assert staff.ask(*FILE).result().harmless
        staff.close()
    assert forked[1] is None
    assert forked[0].poll() == -9


def test_modules_of_the_user_are_not_imported_in_the_parent(tmp_path, monkeypatch):
    (tmp_path / "eigenes.py").write_text("")
    (tmp_path / "paket").mkdir()
    (tmp_path / "paket" / "__init__.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{Path.cwd()}")
    monkeypatch.syspath_prepend(str(tmp_path))
    own = ["eigenes", "paket", "paket.teil"]
    others = ["pandas", "matplotlib.pyplot", "json", "sys", "sozialbericht.bericht", "gibt_es_nicht.x"]
    assert [name for name in own + others if forkserver.of_user(name)] == own
    forkserver.load(["eigenes", "colorsys"], [])
    assert "colorsys" in sys.modules
    assert "eigenes" not in sys.modules

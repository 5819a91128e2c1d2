"""The environment stays outside: the report is the same to the byte in every surroundings, or it is said why not."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import small_report

from sozialbericht import surroundings
from sozialbericht.execution import kernelsource, runs
from sozialbericht.faults import InputError, ReportError
from sozialbericht.order import manifest
from sozialbericht.stitching import pandoc

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """
import sys
sys.path.insert(0, {checkout!r})
from sozialbericht import surroundings
surroundings.settle()
import pathlib
from sozialbericht import command
from sozialbericht.order import project
project.default_root = lambda: pathlib.Path(__file__).resolve().parent
sys.exit(command.render())
"""
HOSTILE = """
text.usetex: True
font.size: 31
font.style: italic
axes.facecolor: ff00ff
figure.constrained_layout.use: True
lines.linestyle: :
path.sketch: 5, 10, 2
savefig.bbox: tight
svg.image_inline: False
unsinn.gibt.es.nicht: 7
"""
STARTUP = """
import pandas, matplotlib.pyplot, seaborn
pandas.set_option("display.precision", 1)
seaborn.set_theme(context="poster")
matplotlib.pyplot.style.use("dark_background")
print("vom Benutzer")
"""
SITE = """
import pandas, numpy, warnings, matplotlib.pyplot, seaborn
for name, value in {"display.precision": 1, "display.max_rows": 2, "mode.copy_on_write": True,
                    "mode.string_storage": "python", "future.infer_string": False,
                    "compute.use_numexpr": False}.items():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pandas.set_option(name, value)
seaborn.set_theme(context="poster")
matplotlib.pyplot.style.use("dark_background")
numpy.set_printoptions(precision=1)
"""
FIGURE = """import matplotlib.pyplot as plt
import seaborn

seaborn.kdeplot  # an analyst's library
werte = b.daten("arbeitslosenquote")
figur, achse = plt.subplots(figsize=(4, 2))
achse.plot(werte["wert"].to_numpy())
b.abbildung(figur, id="fig-eigene", titel="Eine eigene Abbildung", einheit="in %",
            alternativtext="Linie der Arbeitslosenquoten.", quelle="Eigene Auszählung.")"""


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two chapters in a folder with an umlaut, and a script that makes its report."""
    root = small_report.project(tmp_path_factory.mktemp("umgebung") / "bär projekt", chapters=False)
    small_report.notebook(root / "notebooks" / "01_bevoelkerung.ipynb", (
        "# Bevölkerung {#sec-bevoelkerung}", small_report.START + 'b.leitsatz("Ein Satz.")\nb.karte("anteil_u18")',
    ))  # fmt: skip
    small_report.notebook(root / "notebooks" / "02_arbeit.ipynb", (
        "# Arbeit {#sec-arbeit}", small_report.START + 'b.verlauf("arbeitslosenquote")', FIGURE,
    ))  # fmt: skip
    write(root / "bericht.py", SCRIPT.format(checkout=str(ROOT)))
    return root


def render(
    root: Path, output: Path, *more: str, cwd: Path | None = None, before: Callable[[], object] | None = None,
    shell: str = "", **variables: str,
) -> subprocess.CompletedProcess[bytes]:  # fmt: skip
    command = [
        sys.executable, str(root / "bericht.py"), "--year", "2006", "--engine", "builtin", "--no-cache", "--output",
        str(output), *more,
    ]  # fmt: skip
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONUTF8", "LC_ALL", "LANG")}
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {shell}', "sh", *command], cwd=cwd or root, preexec_fn=before, check=False,
        capture_output=True, env=kept | {"SOURCE_DATE_EPOCH": "1700000000"} | variables,
    )  # fmt: skip


def content(output: Path) -> dict[str, str]:
    listed = manifest.read(output)
    assert listed is not None
    return {path: entry.sha256 for path, entry in listed.files.items()}


@pytest.fixture(scope="module")
def plain(root: Path) -> dict[str, str]:
    output = root.parent / "aus" / "plain"
    done = render(root, output)
    assert done.returncode == 0, done.stderr.decode()
    return content(output)


def settings_of_the_user(place: Path) -> dict[str, str]:
    """Everything that a user may have set for other work."""
    home = place / "heim"
    rc = write(place / "rc", HOSTILE)
    for folder in (home / ".config" / "matplotlib", home / ".matplotlib", place / "mpl", place / "cwd"):
        write(folder / "matplotlibrc", b"\xff\xfe kaputt" if folder == place / "cwd" else HOSTILE)
    for folder in (home / ".ipython", place / "ipython"):
        write(folder / "profile_default" / "startup" / "00-eigenes.py", STARTUP)
        write(folder / "profile_default" / "ipython_config.py", "raise SystemExit('vom Benutzer')")
        write(folder / "profile_default" / "ipython_kernel_config.py", "c.InlineBackend.rc = {'font.size': 30}")
    write(place / "jupyter" / "jupyter_config.json", json.dumps({"KernelManager": {"transport": "unsinn"}}))
    write(place / "pfad" / "sitecustomize.py", SITE)
    write(place / "xdg" / "pandoc" / "init.lua", "error('vom Benutzer')")
    return {
        "HOME": str(home), "MATPLOTLIBRC": str(rc), "MPLCONFIGDIR": str(place / "mpl"), "MPLBACKEND": "unsinn",
        "IPYTHONDIR": str(place / "ipython"), "JUPYTER_CONFIG_DIR": str(place / "jupyter"),
        "JUPYTER_PLATFORM_DIRS": "1", "JPY_PARENT_PID": "1", "XDG_DATA_HOME": str(place / "xdg"),
        "SOZIALBERICHT_ZIEL": "html", "PYPANDOC_PANDOC": "/bin/false",
        "PYTHONPATH": str(place / "pfad"),
    }  # fmt: skip


def nothing_can_be_written(place: Path) -> dict[str, str]:
    names = ("HOME", "IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR",
             "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")  # fmt: skip
    return {name: f"{os.devnull}/{name}" for name in names}


def another_language(place: Path) -> dict[str, str]:
    return {
        "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Asia/Tokyo",
        "PYTHONIOENCODING": "ascii", "COLUMNS": "1", "NO_COLOR": "1", "FORCE_COLOR": "3",
    }  # fmt: skip


def another_interpreter(place: Path) -> dict[str, str]:
    for name in ("random", "json", "statistics"):
        write(place / "schatten" / f"{name}.py", "raise SystemExit('vom Benutzer')")
    write(place / "start.py", "raise SystemExit('vom Benutzer')")
    return {
        "PYTHONWARNINGS": "error", "PYTHONOPTIMIZE": "2", "PYTHONHASHSEED": "77", "PYTHONDEVMODE": "1",
        "PYTHONPATH": str(place / "schatten"), "PYTHONSTARTUP": str(place / "start.py"), "PYTHONSAFEPATH": "1",
        "PROJ_LIB": "/nirgends", "PROJ_DATA": "/nirgends", "GDAL_DATA": "/nirgends", "TYPST_FONT_PATHS": "/nirgends",
    }  # fmt: skip


def narrow_places(place: Path) -> dict[str, str]:
    folder = place / "vorläufig" / ("x" * 100)
    folder.mkdir(parents=True)
    write(place / "fonts.conf", "<fontconfig/>")
    return {"TMPDIR": str(folder), "FONTCONFIG_FILE": str(place / "fonts.conf"), "FONTCONFIG_PATH": "/nirgends"}


Given = Callable[[Path], dict[str, str]]
#: Every surrounding with forked kernels; with kernels of their own, which start and load one by one, several at once.
RUNS: list[tuple[str, tuple[Given, ...]]] = [
    ("warm", (settings_of_the_user,)),
    ("warm", (nothing_can_be_written,)),
    ("warm", (another_language,)),
    ("warm", (another_interpreter,)),
    ("warm", (narrow_places,)),
    ("einzeln", (settings_of_the_user, another_language, narrow_places)),
    ("einzeln", (nothing_can_be_written, another_interpreter)),
]


@pytest.mark.skipif(os.name != "posix", reason="Umgebung wie unter POSIX")
@pytest.mark.parametrize(("kernel", "given"), RUNS, ids=["-".join((k, *(f.__name__ for f in g))) for k, g in RUNS])
def test_the_report_is_the_same(
    root: Path, plain: dict[str, str], tmp_path: Path, kernel: str, given: tuple[Given, ...]
) -> None:
    def narrow() -> None:
        import resource

        os.umask(0o077)
        if narrow_places in given:
            _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))

    output = root.parent / "aus" / tmp_path.name
    parts = [make(tmp_path) for make in given]
    variables = {name: value for part in parts for name, value in part.items()}
    assert len(variables) == sum(map(len, parts)), "none takes the place of another"
    cwd = tmp_path / "cwd"
    cwd.mkdir(exist_ok=True)
    done = render(root, output, "--kernel", kernel, cwd=cwd, before=narrow, **variables)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert content(output) == plain
    assert b"Traceback" not in done.stderr
    assert b"vom Benutzer" not in done.stdout + done.stderr


@pytest.mark.skipif(os.name != "posix", reason="Umgebung wie unter POSIX")
@pytest.mark.parametrize(
    ("shell", "encoding"),
    [("> log.txt", "cp1252"), ("> log.txt", "ascii"), ("| head -1", ""), (">&- 2>&- <&-", ""), ("> /dev/full", "")],
)
def test_consoles_and_pipes(root: Path, plain: dict[str, str], tmp_path: Path, shell: str, encoding: str) -> None:
    output = tmp_path / "2006"
    shell = f"; echo $? > code) {shell}" if "|" in shell else shell
    done = subprocess.run(
        ["/bin/sh", "-c", f'{"(" if "|" in shell else ""}"$@" {shell}', "sh", sys.executable, str(root / "bericht.py"),
         "--year", "2006", "--engine", "builtin", "--output", str(output)],
        cwd=tmp_path, capture_output=True, check=False,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"} | ({"PYTHONIOENCODING": encoding} if encoding else {}),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    if (tmp_path / "code").is_file():
        assert (tmp_path / "code").read_text().strip() == "0"
    assert content(output) == plain
    assert b"Error" not in done.stderr and b"Exception" not in done.stderr
    if encoding:
        said = (tmp_path / "log.txt").read_bytes().decode(encoding)
        assert "Notebooks aus" in said and "Fertig: " in said
        assert ("Führe" if encoding == "cp1252" else "Fuehre") in said


# -- what is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["abc", "-1", "1e9", "99999999999999", "١٢", "12.5", " 7"])
def test_a_date_that_is_none(monkeypatch: pytest.MonkeyPatch, date: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", date)
    with pytest.raises(InputError, match=r"SOURCE_DATE_EPOCH: .*ist keine Zahl von Sekunden seit 1970"):
        surroundings.check()
    for good in ("", "0", "1700000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", good)
        surroundings.check()


def test_few_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, jobs in ((None, 7), (4096, 7), (100, 2), (82, 1)):
        monkeypatch.setattr(surroundings, "_limit", lambda limit=limit: limit)
        surroundings.check()
        assert runs.at_most(7, True) == jobs
    monkeypatch.setattr(surroundings, "_limit", lambda: 64)
    with pytest.raises(ReportError, match="nur 64 offene Dateien, gebraucht werden mindestens 82"):
        surroundings.check()


def test_no_place_for_temporary_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.gettempdir", none)
    with pytest.raises(ReportError, match="keinen Ordner für vorläufige Dateien"):
        surroundings.check()


def test_a_path_that_the_language_does_not_know() -> None:
    surroundings.check("/daten/bär")
    with pytest.raises(ReportError, match="kennt Zeichen in diesem Pfad nicht: /daten/bär"):
        surroundings.check("/daten/b\udcc3\udca4r")


# -- the parts ---------------------------------------------------------------------------------------------------


def test_what_programs_get(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    foreign = {
        "MPLBACKEND", "MATPLOTLIBRC", "IPYTHONDIR", "JUPYTER_PATH", "PYTHONSTARTUP", "PYTHONWARNINGS", "PYTHONOPTIMIZE",
        "LC_NUMERIC", "COLUMNS", "PROJ_LIB", "GDAL_DATA", "PYPANDOC_PANDOC", "QUARTO_PROFILE", "SOZIALBERICHT_ZIEL",
    }  # fmt: skip
    kept = {"PATH", "HOME", "PYTHONPATH", "QUARTO_PATH", "QUARTO_DENO", "SOURCE_DATE_EPOCH", "TMPDIR", "DASK_X"}
    given = surroundings.cleaned(dict.fromkeys(foreign | kept, "x"))
    assert set(given) == kept | set(surroundings.UTF8)
    monkeypatch.setenv("MPLBACKEND", "TkAgg")
    monkeypatch.setattr(kernelsource, "_lasting_folder", lambda: None)
    own = kernelsource.environment(tmp_path)
    assert "MPLBACKEND" not in own
    assert all(own[name].startswith(str(tmp_path)) for name in surroundings.PRIVATE)


def test_pandoc_is_the_one_of_the_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = write(tmp_path / "pandoc", "#!/bin/sh\necho pandoc 99.0\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("PYPANDOC_PANDOC", str(other))
    pandoc.executable.cache_clear()
    assert "pypandoc" in pandoc.executable()
    pandoc.executable.cache_clear()


def test_stray_modules(tmp_path: Path) -> None:
    write(tmp_path / "a" / "random.py", "")
    write(tmp_path / "b" / "json" / "__init__.py", "")
    write(tmp_path / "c" / "eigenes.py", "")
    write(tmp_path / "c" / "html" / "index.html", "a folder is no module")
    path = os.pathsep.join(str(tmp_path / name) for name in ("a", "b", "c", "fehlt"))
    assert surroundings.shadows(path) == {str(tmp_path / "a"): ["random"], str(tmp_path / "b"): ["json"]}


def test_lines_that_a_stream_does_not_know() -> None:
    for encoding, expected in (
        ("cp1252", "+ „Größe“ … ->\n"),
        ("ascii", '+ "Groesse" ... ->\n'),
        ("utf-8", "✓ „Größe“ … →\n"),
    ):
        raw = io.BytesIO()
        stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
        surroundings.write("✓ „Größe“ … →", stream)
        assert raw.getvalue().decode(encoding) == expected
    surroundings.write("niemand", None)
    stream.close()
    surroundings.write("geschlossen", stream)


def test_modules_beside_a_notebook_are_found_but_stand_in_for_none(tmp_path: Path) -> None:
    from sozialbericht.order.tasks import task

    write(tmp_path / "helfer.py", "x = 7")
    for name in ("random", "pathlib", "json", "ntpath", "fnmatch"):
        write(tmp_path / f"{name}.py", "raise SystemExit('Schatten')")
    path = small_report.notebook(
        tmp_path / "01_a.ipynb", ("# A", "import helfer, random, fnmatch\nprint(helfer.x, random.random() < 1)")
    )
    for forked in (True, False):
        (result,) = runs.execute([task("2006", "a", path, {})], forked=forked)
        assert result.failure is None, result.failure
        assert "7 True" in result.notebook


def test_why_a_kernel_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sozialbericht.order.tasks import task

    write(tmp_path / "ipykernel" / "__init__.py", "raise ImportError('libzmq fehlt')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = small_report.notebook(tmp_path / "01_a.ipynb", ("# A", "1"))
    (result,) = runs.execute([task("2006", "a", path, {})], forked=False)
    assert result.failure is not None
    assert "Der Kernel ist beim Start abgestürzt: ImportError: libzmq fehlt" in result.failure.cause

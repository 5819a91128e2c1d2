"""The surroundings: what of the user's environment reaches a run, which is as little as possible.

:func:`settle` prepares the process of the command, before anything large is imported; :func:`cleaned` is the
environment of all processes that a run starts. Nothing is imported here that a stray file could stand in for.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

#: What can change pictures, numbers or texts, or break a library, and is no matter of a report.
FOREIGN = re.compile(
    r"MPL\w*|MATPLOTLIBRC|IPYTHON\w*|IPY_\w+|JUPYTER_\w+|JPY_\w+|PYDEVD_\w+|"
    r"PYTHON(?!PATH$|HOME$|USERBASE$|NOUSERSITE$|DONTWRITEBYTECODE$|PYCACHEPREFIX$|PLATLIBDIR$)\w*|"
    r"LC_\w+|LANG|LANGUAGE|COLUMNS|LINES|NO_COLOR|FORCE_COLOR|CLICOLOR\w*|"
    r"PROJ_\w+|GDAL_\w+|OGR_\w+|CPL_\w+|TYPST_\w+|PANDOC\w*|PYPANDOC_\w+|"
    r"QUARTO_(?:PROFILE|LOG\w*|PROJECT_\w+|EXECUTE_INFO|DOCUMENT_\w+|FILTER_\w+)|SOZIALBERICHT_\w+"
)
#: What changes the interpreter itself, so that it has to be started anew without.
INTERPRETER = ("PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONINSPECT", "PYTHONDEVMODE", "PYTHONASYNCIODEBUG")
RESTARTED = "SOZIALBERICHT_NEU"
UTF8 = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
#: Set for every kernel before libraries are loaded, so that none of them starts a thread.
SINGLE_THREADED = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
#: Where programs in a kernel look for settings of the user and keep their own, in the private folder.
PRIVATE = {
    "MPLCONFIGDIR": "matplotlib",
    "IPYTHONDIR": "ipython",
    **dict.fromkeys(("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"), "jupyter"),
    **dict.fromkeys(("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), "xdg"),
}
#: How many open files a run asks for where the system allows it.
OPEN_FILES = 4096
#: New objects after which garbage is looked for (Python's own number is hundreds).
COLLECT_EVERY = 100_000
#: How many of them a run needs besides those of its kernels, and each of its kernels.
FILES_OF_A_RUN, FILES_OF_A_KERNEL = 64, 18
#: The last second of the year 9999.
LAST_SECOND = 253402300799
SIGNS = str.maketrans({"✓": "+", "✗": "x", "→": "->", "…": "...", "–": "-", "−": "-",
                       "„": '"', "“": '"', "‚": "'", "‘": "'",
                       "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})  # fmt: skip


def settle() -> None:
    """Prepare this process for a run of the command: streams, language, number of open files, variables.

    Where the user's settings have changed the interpreter itself, it is started anew without them; then this function
    does not return.
    """
    _open_streams()
    os.environ.pop("SOZIALBERICHT_WURZEL", None)  # only a kernel and JupyterLab are told which project it is
    _restart()
    for stream in (sys.stdout, sys.stderr):
        _soften(stream)
    end_cleanly()
    _raise_limit()
    prefix = os.path.realpath(sys.prefix)
    for name in [n for n in os.environ if n.startswith(("PROJ_", "GDAL_", "OGR_", "CPL_", "PYPANDOC_"))]:
        if not os.path.realpath(os.environ[name]).startswith(prefix):  # conda sets its own
            del os.environ[name]


def end_cleanly() -> None:
    """Let what asks this process to end (SIGTERM, SIGHUP) end it as Ctrl-C does, so that it leaves nothing; what is
    ignored, as after ``nohup``, stays so."""
    import signal

    for number in ending():
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def ending() -> list[int]:
    """The signals of this system that ask a process to end, but for Ctrl-C."""
    import signal

    return [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]


def collect_seldom() -> None:
    """Look for cycles seldom: nearly all that a run makes lives until its end, and to look through it takes long."""
    gc.set_threshold(COLLECT_EVERY)


def check(*paths: object) -> None:
    """Refuse what a report cannot be made with: a date that is none, too few open files, no place for temporary ones,
    and signs in one of the ``paths`` that the language of the system does not know.

    Raises :class:`InputError` and :class:`ReportError`.
    """
    from sozialbericht.faults import Fault, InputError, ReportError

    date = os.environ.get("SOURCE_DATE_EPOCH", "")
    if date and not (re.fullmatch(r"[0-9]{1,12}", date) and int(date) <= LAST_SECOND):
        raise InputError(
            [Fault("SOURCE_DATE_EPOCH", f"„{date[:40]}“ ist keine Zahl von Sekunden seit 1970.",
                   "Die Umgebungsvariable löschen oder berichtigen, z. B. 1167606000.")]
        )  # fmt: skip
    for path in map(str, paths):
        if any("\ud800" <= sign <= "\udfff" for sign in path):
            raise ReportError(
                "Die Spracheinstellung des Systems kennt Zeichen in diesem Pfad nicht: "
                f"{path.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')}.",
                "PYTHONUTF8=1 oder LC_ALL=C.UTF-8 setzen und erneut rendern.",
            )
    _raise_limit()
    if kernels_by_files() < 1:
        raise ReportError(
            f"Das System erlaubt diesem Programm nur {_limit()} offene Dateien, gebraucht werden mindestens "
            f"{FILES_OF_A_RUN + FILES_OF_A_KERNEL}.",
            "Die Grenze anheben (ulimit -n 1024) und erneut rendern.",
        )
    import tempfile

    try:
        tempfile.gettempdir()
    except OSError as error:
        raise ReportError(
            "Es gibt keinen Ordner für vorläufige Dateien, in den sich schreiben lässt.",
            "TMPDIR (unter Windows TEMP) auf einen solchen Ordner setzen und erneut rendern.",
        ) from error


def kernels_by_files() -> int:
    """How many kernels at a time the number of open files allows."""
    limit = _limit()
    return 1 << 20 if limit is None else (limit - FILES_OF_A_RUN) // FILES_OF_A_KERNEL


def _limit() -> int | None:
    """How many files this process may have open, None where there is no limit or nobody counts."""
    try:
        import resource
    except ImportError:
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft


def cleaned(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for a program that a run starts: the given one (default:
    this process's) without what is foreign.
    """
    given = os.environ if variables is None else variables
    return {name: value for name, value in given.items() if not FOREIGN.fullmatch(name)} | UTF8


def private(path: str, flags: int) -> int:
    """The ``opener`` of a new file that nobody but the user can read."""
    return os.open(path, flags, 0o600)


def write(text: str, stream: TextIO | None) -> None:
    """Print a line, with other signs where the stream does not know them; where nobody listens, nothing happens."""
    if stream is None:
        return
    try:
        try:
            print(text, file=stream, flush=True)
        except UnicodeEncodeError:
            print(plain(text, stream.encoding), file=stream, flush=True)
    except (OSError, ValueError):  # the pipe is closed or the disk is full: the report is made all the same
        mute(stream)


def plain(text: str, encoding: str) -> str:
    """A text in the signs of an encoding."""
    return (
        "".join(c if _known(c, encoding) else c.translate(SIGNS) for c in text)
        .encode(encoding, "replace")
        .decode(encoding)
    )


def mute(stream: TextIO) -> None:
    """Send to nowhere what is still said on a stream that nobody reads."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def shadows(path: str) -> dict[str, list[str]]:
    """The folders of a ``PYTHONPATH`` in which files stand in for modules of Python itself, and these modules."""
    found: dict[str, list[str]] = {}
    for folder in filter(None, path.split(os.pathsep)):
        with suppress(OSError):
            listed = os.listdir(folder)  # noqa: PTH208 pathlib could be such a file
            packages = {n for n in listed if os.path.isfile(os.path.join(folder, n, "__init__.py"))}  # noqa: PTH113, PTH118
            names = packages | {n.removesuffix(".py") for n in listed if n.endswith(".py")}
            if both := sorted(names & sys.stdlib_module_names):
                found[folder] = both
    return found


def _known(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _open_streams() -> None:
    """Open what is closed of the standard streams, so that no other file takes their place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _restart() -> None:
    """Start the interpreter anew where it was started in a way that does harm; at most once."""
    variables = dict(os.environ)
    if variables.pop(RESTARTED, None):
        del os.environ[RESTARTED]
        return
    shadowing = shadows(variables.get("PYTHONPATH", ""))
    narrow = sys.getfilesystemencoding().lower() not in ("utf-8", "utf8")
    if not (narrow or shadowing or sys.flags.optimize or any(variables.get(name) for name in INTERPRETER)):
        return
    for folder, names in shadowing.items():
        write(
            f"PYTHONPATH: {folder} bleibt außer Acht, denn dort verdeckt „{names[0]}“ ein Modul von Python.", sys.stderr
        )
    for name in INTERPRETER:
        variables.pop(name, None)
    path = variables.pop("PYTHONPATH", "").split(os.pathsep)
    if kept := [folder for folder in path if folder and folder not in shadowing]:
        variables["PYTHONPATH"] = os.pathsep.join(kept)
    variables |= {RESTARTED: "1", "PYTHONUTF8": "1"}
    if "PYTHONIOENCODING" not in variables and sys.stdout is not None:
        variables["PYTHONIOENCODING"] = sys.stdout.encoding  # what reads the output expects it
    command = [sys.executable, *sys.orig_argv[1:]]
    if os.name == "posix":
        with suppress(OSError):
            os.execve(sys.executable, command, variables)
    else:
        import subprocess

        sys.exit(subprocess.run(command, env=variables, check=False).returncode)


def _soften(stream: object) -> None:
    """Let a stream write other signs for those that it does not know, and end quietly."""
    import atexit
    import codecs
    import io

    def instead(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        text = error.object[error.start : error.end]
        return plain(text, error.encoding), error.end

    codecs.register_error("sozialbericht", instead)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="sozialbericht")

        def end() -> None:
            try:
                stream.flush()
            except (OSError, ValueError):
                mute(stream)

        atexit.register(end)


def _raise_limit() -> None:
    """Ask for more open files, where the system allows them."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
        if soft != resource.RLIM_INFINITY and soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))

"""The last border: what nobody foresaw becomes one German line, and a log in which the fault can be found."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import platform
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

from sozialbericht import __version__, surroundings
from sozialbericht.activity import done_at
from sozialbericht.faults import InputError

UNFORESEEN = "Ein unvorhergesehener Fehler des Programms"
"""So the line begins, by which it is known in tests."""


def noted(error: BaseException) -> str:
    """Write where an unforeseen exception was raised into a log file; returns the line for the user. A package that
    is not installed is no fault of the program: only said.

    The log names files of the program, lines and kinds of exceptions. Their words are left out: they may hold values
    of the data.
    """
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("sozialbericht"):
        return (
            f"Dieses Python kennt das Paket „{error.name.partition('.')[0]}“ nicht; es wurde nichts verändert.\n"
            "  → Die virtuelle Umgebung des Berichts aktivieren oder, was darin fehlt, nach der README installieren."
        )
    where = done_at(error) or "beim Machen des Berichts"
    text = "\n".join(_lines(error, where)) + "\n"
    path = _written(text)
    said = f"Das Protokoll ohne Daten liegt in {path}." if path else "Ein Protokoll ließ sich nicht schreiben."
    if isinstance(error, MemoryError):
        return f"{UNFORESEEN} {where}: Der Arbeitsspeicher reicht nicht. {said}"
    return f"{UNFORESEEN} {where} ({type(error).__name__}); es wurde nichts verändert. {said}"


def _lines(error: BaseException, where: str) -> Iterator[str]:
    yield f"{dt.datetime.now():%d.%m.%Y %H:%M:%S} sozialbericht {__version__}, Python {platform.python_version()}"
    yield f"{platform.system()} {platform.release()}; {where}"
    seen: set[int] = set()
    waiting: BaseException | None = error
    while waiting is not None and id(waiting) not in seen:
        seen.add(id(waiting))
        yield ""
        yield f"{type(waiting).__module__}.{type(waiting).__qualname__}"
        frames = traceback.extract_tb(waiting.__traceback__)
        shown = frames if len(frames) <= 60 else [*frames[:30], *frames[-30:]]
        for frame in shown:
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        waiting = waiting.__cause__ or waiting.__context__


def _written(text: str) -> Path | None:
    """The log file: in ``build/`` of the project, else in the folder for temporary files."""
    from sozialbericht.order.project import LOGS, default_root

    name = LOGS.replace("*", f"{dt.datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}")
    places = [Path(tempfile.gettempdir())]
    with contextlib.suppress(InputError):
        places.insert(0, default_root() / "build")
    for folder in places:
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            with open(folder / name, "x", encoding="utf-8", errors="replace", opener=surroundings.private) as log:
                log.write(text)
            return folder / name
    return None

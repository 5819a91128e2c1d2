"""Pageview: the chapter of a notebook as the pages that it will be, in the output of a cell in JupyterLab.

The pages are set by a process of its own (:mod:`sozialbericht.answering.chapterpreview`): it stands above all of this,
and what it needs is no matter of a notebook's kernel.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython
from IPython.display import HTML, display

from sozialbericht import surroundings
from sozialbericht.escaping import html_text
from sozialbericht.faults import Fault, InputError, ReportError
from sozialbericht.order.project import PACKAGE, RUN, default_root
from sozialbericht.writing import cellmemory

if TYPE_CHECKING:
    from sozialbericht.findings.dataset import Datenbestand

#: What sets the pages.
SETTER = "sozialbericht.answering.chapterpreview"
#: In its folder: what it is asked, what it answers.
ASKED, ANSWER = "auftrag", "antwort.json"
#: What ends it, with all that it has started, when this process interrupts it or ends itself.
GUARD = PACKAGE / "execution" / "guard.py"
#: Where editors tell a kernel the file of its notebook: JupyterLab in a variable, VS Code in a name of the notebook.
SESSION, VSCODE = "JPY_SESSION_NAME", "__vsc_ipynb_file__"
#: Seconds after which a preview is not waited for.
LONGEST = 120
OPEN = "Das Notebook in JupyterLab öffnen: python render.py --lab"


def vorschau(b: Datenbestand) -> None:
    """Zeigt das Kapitel als Seiten, wie sie gedruckt würden.

    Ein Entwurf aus dem, was in diesem Kernel bisher ausgeführt ist; feste Texte stehen darin, wie sie zuletzt
    gespeichert sind. Die Zelle kommt nicht in den Bericht.
    """
    if os.environ.get(RUN):
        return
    path = _notebook()
    tables = b._tables
    asked = {
        "root": str(default_root()), "notebook": str(path), "year": b.jahr, "status_text": tables.status_text,
        "decided": tables.settings, "levels": tables.ebenen, "texts": cellmemory.texts(),
        "cells": {key: asdict(cell) for key, cell in cellmemory.cells().items()},
    }  # fmt: skip
    made = _set(pickle.dumps(asked))
    pages = "".join(
        f'<img src="data:image/png;base64,{page}" alt="Seite {number} von {len(made["seiten"])} der Vorschau" '
        'style="width:100%;max-width:52em;border:1px solid #c9c4b8;margin:0 0 .8em">'
        for number, page in enumerate(made["seiten"], 1)
    )
    first, *more = (html_text(line) for line in made["zeilen"])
    told = "".join(f"<br>{line}" for line in more)
    style = "max-width:52em;margin:.4em 0;padding:.6em 1em;background:#f6f3ec;color:#1a2024"
    display(HTML(f'<p style="{style}"><b>{first}</b>{told}</p>{pages}'))


def _notebook() -> Path:
    """The file of the notebook that this kernel runs."""
    shell: Any = get_ipython()
    given = (shell.user_ns.get(VSCODE) if shell else None) or os.environ.get(SESSION)
    if not given:
        what = "„b.vorschau“ weiß hier nicht, zu welcher Datei dieses Notebook gehört."
        raise InputError([Fault("Notebook", what, OPEN)])
    path = Path(str(given)).absolute()
    if not path.is_file():
        remedy = "Wurde es umbenannt oder verschoben: speichern, dann „Kernel → Restart Kernel and Run All Cells“."
        raise InputError([Fault(path.name, "Die Datei dieses Notebooks ist dort nicht mehr.", remedy)])
    return path


def _set(asked: bytes) -> dict[str, Any]:
    """What the setter answers; raises :class:`ReportError` with its words.

    It works in a folder of this process: however it ends, and with it this call, nothing of it is left.
    """
    path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")]))
    with tempfile.TemporaryDirectory(prefix="sozialbericht-", ignore_cleanup_errors=True) as place:
        folder, said = Path(place), Path(place) / "gesagt"
        (folder / ASKED).write_bytes(asked)
        command = [sys.executable, "-P", "-m", SETTER, place]
        if os.name == "posix":
            command = [sys.executable, "-I", "-S", str(GUARD), *command]
        try:
            with said.open("wb") as out, subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=out, stderr=out, cwd=default_root(),
                env={**surroundings.cleaned(), "PYTHONPATH": path}, start_new_session=True,
            ) as process:  # fmt: skip
                try:
                    process.wait(LONGEST)
                except BaseException:
                    if os.name != "posix":  # elsewhere the guard ends it, as soon as its input is closed
                        process.kill()
                    raise
        except (subprocess.TimeoutExpired, OSError) as error:
            remedy = "Die Zelle noch einmal ausführen; sonst: python render.py --only KAPITEL --draft"
            raise ReportError(f"Die Vorschau ist nicht fertig geworden ({type(error).__name__}).", remedy) from error
        try:
            answer: dict[str, Any] = json.loads((folder / ANSWER).read_bytes())
        except (OSError, ValueError):
            last = (said.read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["ohne Meldung"])[-1]
            remedy = "Die Zelle noch einmal ausführen; bleibt es dabei, diese Zeile an die Entwicklung geben."
            raise ReportError(f"Die Vorschau ist abgebrochen: {last}", remedy) from None
    if "fehler" in answer:
        remedy = "Was genannt ist, berichtigen, speichern und die Zelle noch einmal ausführen."
        raise ReportError(f"Die Vorschau lässt sich nicht setzen.\n{answer['fehler']}", remedy)
    return answer

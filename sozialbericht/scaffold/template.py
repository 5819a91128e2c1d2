"""Template: what a project has from the beginning, in the installed package or in the checkout: one copy of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from sozialbericht.faults import ReportError
from sozialbericht.order.project import PACKAGE

#: What the build puts into the package (setup.py).
PARTS = ("notebooks", "report", "data", "render.py", *(HANDBOOK := ("docs/handbuch.md", "docs/bilder/schritte")))
#: Chapters and texts of no city in particular, with ``$name`` for what is put in.
OWN = Path(__file__).parent / "muster"
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.py[co]", ".ipynb_checkpoints", "_buch", "site_libs", "~$*")


class Template:
    """The folder with the demonstration's notebooks, texts and data."""

    def __init__(self) -> None:
        places = (PACKAGE / "vorlage", PACKAGE.parent)
        found = next((place for place in places if all((place / part).exists() for part in PARTS)), None)
        if found is None:
            raise ReportError("In dieser Installation fehlt die Vorlage für Projekte.", "Das Paket neu installieren.")
        self.root = found

    def copy(self, target: Path, *parts: str) -> None:
        """Copy some of :data:`PARTS`, or files and folders in them, into a project."""
        for part in parts:
            (target / part).parent.mkdir(parents=True, exist_ok=True)
            if (self.root / part).is_dir():
                shutil.copytree(self.root / part, target / part, ignore=_LEFT_OUT)
            else:
                shutil.copy(self.root / part, target / part)

"""The search index of a report as its page reads it."""

from __future__ import annotations

import json
from pathlib import Path

from sozialbericht.audit.readers.textfiles import search_entries


def entries(folder: Path) -> list[dict[str, str]]:
    """The entries of the index in the folder of a web report: address, title, text of each section."""
    script = (folder / "web" / "suchdaten.js").read_text(encoding="utf-8")
    return search_entries(json.loads(script.removeprefix("window.suchdaten = ").rstrip().removesuffix(";")))

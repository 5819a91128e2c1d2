"""The log of a run: what was done when, one file beside each report (``build/2006.log``), written when the run ends."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

from sozialbericht import __version__
from sozialbericht.data import files

#: How every log begins: a file that does not is the user's and stays.
MARK = "# Protokoll von sozialbericht"


class Runlog:
    """Lines with the time at which they were said; those of one report's ``year`` stand in its log only."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, str, str]] = []
        self._outputs: dict[str, Path] = {}

    def note(self, line: str, year: str = "") -> None:
        """Take up what is said."""
        self._lines.append((f"{dt.datetime.now():%H:%M:%S}", year, line.strip("\n")))

    def begun(self, year: str, output: Path) -> None:
        """A report is begun in this folder; before that nothing is written there."""
        self._outputs[year] = output

    def write(self) -> list[Path]:
        """Write the log of each report that was begun, all of it or nothing; returns the files. A file that no run has
        written stays, and where none can be written there is none."""
        written = []
        for year, output in self._outputs.items():
            path = output.with_name(f"{output.name}.log")
            with suppress(OSError, UnicodeDecodeError):
                own = not path.exists() or path.read_text(encoding="utf-8").startswith(MARK)
                if own and path.parent.is_dir():
                    files.put(path, self._text(year).encode("utf-8", "replace"), private=True)
                    written.append(path)
        return written

    def _text(self, year: str) -> str:
        head = f"{MARK} {__version__}, {dt.datetime.now():%d.%m.%Y}"
        lines = [f"{at}  {line}" for at, own, line in self._lines if own in ("", year)]
        return "\n".join([head, *lines]) + "\n"

"""A trial: a broken input through ``--check``, and what may come of it."""

import contextlib
import io
import re
import shutil
import tempfile
import time
from pathlib import Path

import small_report

from sozialbericht import border, command
from sozialbericht.order import project

from . import chapters, folders

SLOWEST = 60
PLACE = re.compile(
    r"^(\S.*?\.(csv|xlsx|xls|ods|txt|CSV|json|geojson|gpkg|shp|shx|dbf|prj|ipynb|qmd|yml)|stadt/.*?)\b", re.MULTILINE
)
KINDS = ("folder", "notebook", "text")


class Bench:
    """A small project and a place for broken inputs; ``codes`` counts the exit codes."""

    def __init__(self, kind):
        self.kind = kind
        self.codes = {}
        self.slowest = 0.0
        self.made = 0

    def __enter__(self):
        self._place = Path(tempfile.mkdtemp(prefix="fuzz-"))
        self.root = self._place / "projekt"
        self.root.mkdir()
        small_report.project(self.root, chapters=self.kind != "folder")
        self._before = project.default_root
        project.default_root = lambda: self.root
        return self

    def __exit__(self, *_):
        project.default_root = self._before
        shutil.rmtree(self._place)

    def attempt(self, draw):
        """Break something, check it, judge what is said; returns exit code and words."""
        data = self.root / "data"
        if self.kind in ("folder", "report"):
            data = self._place / "stadt"
            shutil.rmtree(data, ignore_errors=True)
            folders.break_city(data, draw)
            code, words = self.judge(data)
            return self.make(data) if self.kind == "report" and code == 0 else (code, words)
        path = self.root / ("notebooks/03_arbeitslosigkeit.ipynb" if self.kind == "notebook" else "report/index.qmd")
        before = path.read_bytes()
        try:
            (chapters.break_notebook if self.kind == "notebook" else chapters.break_text)(path, draw)
            return self.judge(data)
        finally:
            path.write_bytes(before)

    def make(self, data):
        """Make the report of a folder that the check has found in order, in both formats;
        a failure is one of the program.
        """
        said = io.StringIO()
        start = time.monotonic()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            arguments = [
                "--year",
                "2006",
                "--engine",
                "builtin",
                "--data",
                str(data),
                "--output",
                str(self._place / "bericht"),
            ]
            code = command.render(arguments)
        words = said.getvalue()
        self.made += 1
        self.slowest = max(self.slowest, time.monotonic() - start)
        assert border.UNFORESEEN not in words, words + _log(words)
        assert code == 0 or ("2006" in words.split("\n\n", 1)[-1] and code == 2), f"{code}: {words[-1500:]}"
        return code, words

    def judge(self, data):
        """Check a data folder with the project; fails where the program does."""
        said = io.StringIO()
        start = time.monotonic()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = command.render(["--check", "--data", str(data)])
        seconds, words = time.monotonic() - start, said.getvalue()
        self.codes[code] = self.codes.get(code, 0) + 1
        self.slowest = max(self.slowest, seconds)
        assert border.UNFORESEEN not in words, words + _log(words)
        assert code in (0, 2), f"{code}: {words}"
        assert "Traceback" not in words
        assert words.isprintable() or not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", words)
        if code == 2:
            faults = words.split("\n\n", 1)[1]
            assert faults and all(
                PLACE.match(part) for part in re.split(r"\n(?!  )", faults.strip()) if ": " in part[:200]
            ), words
            assert PLACE.search(faults), words
        assert seconds < SLOWEST, f"{seconds:.0f} s: {words}"
        return code, words


def _log(words):
    found = re.search(r"liegt in (.*\.txt)", words)
    return Path(found[1]).read_text(encoding="utf-8") if found else ""

"""How a run shows what it does: plain lines, or on a terminal one picture that moves; and its log."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozialbericht import surroundings
from sozialbericht.answering.runlog import Runlog
from sozialbericht.rendering.runcourse import Part, Telling

if TYPE_CHECKING:
    from rich.text import Text

#: Signs a bar is long, and names of running notebooks that are shown.
BAR, NAMED = 24, 4
_COLOURS = {"✓": "\x1b[32m✓\x1b[0m", "✗": "\x1b[31m✗\x1b[0m"}


def coloured() -> bool:
    """Whether lines may have colours: on a terminal, unless ``NO_COLOR`` is set; always with ``FORCE_COLOR``."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())


def moving() -> bool:
    """Whether standard output is a terminal that can show a picture which moves, and what draws it is installed."""
    stream, term = sys.stdout, os.environ.get("TERM", "")
    if importlib.util.find_spec("rich") is None:
        return False
    able = stream is not None and stream.isatty() and (os.name == "nt" or term not in ("", "dumb"))
    return able and (stream.encoding or "").lower().replace("-", "").startswith("utf")


class Lines(Telling):
    """Shows a run as lines and keeps its log; ``level`` −1: only what has to be read, 1: everything."""

    def __init__(self, level: int = 0) -> None:
        super().__init__(self._print)
        self.level, self.log = level, Runlog()

    def _print(self, line: str) -> None:
        for sign, colour in _COLOURS.items() if coloured() else ():
            line = line.replace(f"  {sign} ", f"  {colour} ", 1)
        surroundings.write(line, sys.stdout)

    def __call__(self, line: str) -> None:
        """A line that the user has to read."""
        self.log.note(line, line.partition(": ")[0] if line[:4].isdigit() else "")
        self._print(line)

    def doing(self, line: str, year: str = "") -> None:
        """A step begins."""
        self.log.note(line, year)
        if self.level >= 0:
            self._print(f"{year}: {line}" if year else line)

    def detail(self, line: str, year: str = "") -> None:
        """Said with ``--verbose`` only; in the log always."""
        self.log.note(line, year)
        if self.level > 0:
            self._print(f"  {year}: {line}" if year else f"  {line}")

    def begun(self, year: str, output: Path) -> None:
        """A report is begun."""
        self.log.begun(year, output)

    def done(self, part: Part, seconds: float, *, failed: bool, line: str) -> None:
        """A notebook has ended."""
        self.log.note(line, part.year)
        if self.course:
            self.course.take(part, seconds, failed=failed)
        if self.level >= 0:
            self._print(line)


class Live(Lines):
    """Shows a run on a terminal: a bar a report, what runs, what comes next, how long it will take."""

    def __init__(self, level: int = 0) -> None:
        super().__init__(level)
        self._steps: dict[str, str] = {}
        self.live: Any = None

    def _print(self, line: str) -> None:
        if self.live is None:
            super()._print(line)
        else:
            from rich.text import Text

            self.live.console.print(Text.from_ansi(line), soft_wrap=True)

    def doing(self, line: str, year: str = "") -> None:
        """A step begins: said in the picture."""
        self.log.note(line, year)
        self._steps[year] = line
        self._refresh()

    def phase(self, line: str, year: str = "") -> None:
        """One of the last steps begins."""
        self.doing(line, year)

    def planned(self, parts: Sequence[Part], most: int) -> None:
        """The notebooks are known: what was said before is over."""
        super().planned(parts, most)
        self._steps.clear()

    def done(self, part: Part, seconds: float, *, failed: bool, line: str) -> None:
        """A notebook has ended: a line of its own where it failed or everything is wanted."""
        self.log.note(line, part.year)
        if self.course:
            self.course.take(part, seconds, failed=failed)
        if failed or self.level > 0:
            self._print(line)
        self._refresh()

    def _refresh(self) -> None:
        if self.live is not None:
            self.live.refresh()

    def __rich__(self) -> Text:
        """The picture as it is now."""
        from rich.text import Text

        text = Text()
        for number, line in enumerate(self.lines()):
            text.append("\n" if number else "").append(line, style="red" if "gescheitert" in line else "")
        return text

    def lines(self) -> list[str]:
        """The lines of the picture: one a report with its bar, then what runs and how long the rest takes."""
        course = self.course
        step = self._steps.get("", "")
        if course is None or not course.parts:
            return [f"{step} …{_left(course.remaining() if course else None)}"]
        lines = []
        for year, profile in dict.fromkeys((part.year, part.profile) for part in course.parts):
            own = [part for part in course.parts if (part.year, part.profile) == (year, profile)]
            ready = sum(part.stored or part in course.done for part in own)
            failed = sum(part in own for part in course.failed)
            filled = BAR * ready // len(own)
            words = f"{ready}/{len(own)} {'Profile' if profile else 'Notebooks'}"
            words += f", {failed} gescheitert" if failed else ""
            over = ready == len(own) and not course.waiting and not profile
            now = self._steps.get(year, step) if over else ""
            told = f" · {now}" if now else ""
            lines.append(f"{year} {'━' * filled}{'─' * (BAR - filled)} {words}{told}")
        running = [part.name for part in course.running()]
        more = f" und {len(running) - NAMED} weitere" if len(running) > NAMED else ""
        what = f"läuft: {', '.join(running[:NAMED])}{more}" if running else ""
        lines.append(f"{what}{_left(course.remaining())}".strip(" ·") or "…")
        return lines


def _left(seconds: float | None) -> str:
    """How long the rest takes, in words; "" where nobody knows."""
    if seconds is None:
        return ""
    return f" · noch etwa {seconds / 60:.0f} min" if seconds >= 90 else f" · noch etwa {max(1, round(seconds))} s"


@contextmanager
def opened(level: int) -> Generator[Lines]:
    """One who is told what a run does; the log is written at the end, however that comes."""
    telling = Live(level) if level >= 0 and moving() else Lines(level)
    try:
        if isinstance(telling, Live):
            with _living(telling):
                yield telling
        else:
            yield telling
    except BaseException as error:
        telling.log.note(f"{type(error).__name__}: {error}")
        raise
    finally:
        telling.log.write()


@contextmanager
def _living(telling: Live) -> Generator[None]:
    from rich.console import Console
    from rich.live import Live as Picture

    console = Console(highlight=False, no_color=not coloured() or None)
    with Picture(telling, console=console, transient=True, refresh_per_second=4, redirect_stderr=False) as picture:
        telling.live = picture
        try:
            yield
        finally:
            telling.live = None

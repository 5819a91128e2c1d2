"""A cell's error in the kernel: where in which cell it happened, and what it means; put beside Python's own words."""

from __future__ import annotations

import contextlib
import itertools
import linecache
from collections.abc import Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any, NamedTuple

#: The output in which an executed notebook says where and why a cell failed.
MEDIA_TYPE = "application/vnd.sozialbericht.fehler+json"


class Spot(NamedTuple):
    """A place in the code of a cell: its execution count, line (from 1) and columns (from 0; None where unknown)."""

    run: int | None
    row: int
    start: int | None = None
    end: int | None = None


def attach(shell: Any) -> None:
    """Let a kernel's shell say in German what an error means, in an output before Python's own."""
    shown = shell._showtraceback

    def show(kind: type[BaseException], error: BaseException, lines: list[str]) -> None:
        with contextlib.suppress(Exception):  # whatever an error of a notebook is like, Python's words are shown
            counts = getattr(shell.compile, "_filename_map", {})
            shell.display_pub.publish(told(error, counts))
        shown(kind, error, lines)

    shell._showtraceback = show


def told(error: BaseException, counts: Mapping[str, int]) -> dict[str, Any]:
    """The output of an error; ``counts`` are the execution counts of the cells by the file names of their code."""
    from sozialbericht.execution.mishaps import germancause  # where nothing fails a kernel starts without it

    frames = list(_frames(error.__traceback__, counts))
    spot = _of_syntax(error, counts) or (frames[-1][1] if frames else None)
    names: dict[str, Any] = {}
    for frame, _ in frames:
        names |= frame.f_globals | frame.f_locals
    said = germancause.explained(error, names)
    record = {"was": said.what, "rat": said.remedy, **(spot._asdict() if spot else {})}
    return {MEDIA_TYPE: record, "text/plain": f"{said.what}\n→ {said.remedy}"}


def _frames(trace: TracebackType | None, counts: Mapping[str, int]) -> Iterator[tuple[FrameType, Spot]]:
    """The frames of cells, from the one that was run inwards."""
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename in counts:
            places = next(itertools.islice(code.co_positions(), trace.tb_lasti // 2, None), (None,) * 4)
            row, last, start, end = places
            if row is None or start is None or row != trace.tb_lineno:
                yield trace.tb_frame, Spot(counts[code.co_filename], trace.tb_lineno)
            else:
                line = linecache.getline(code.co_filename, row).rstrip("\n")
                end = end if last == row else None
                yield trace.tb_frame, Spot(counts[code.co_filename], row, _signs(line, start), _signs(line, end))
        trace = trace.tb_next


def _signs(line: str, octets: int | None) -> int:
    """How many characters so many bytes of a line are; all of it without a number."""
    return len(line) if octets is None else len(line.encode()[:octets].decode("utf-8", "replace"))


def _of_syntax(error: BaseException, counts: Mapping[str, int]) -> Spot | None:
    """The place that a syntax error names, where it is in a cell."""
    if not isinstance(error, SyntaxError) or not error.filename or not error.lineno or error.filename not in counts:
        return None
    start = max(0, (error.offset or 1) - 1)
    end = error.end_offset - 1 if error.end_offset and error.end_lineno == error.lineno else start + 1
    return Spot(counts[error.filename], error.lineno, start, max(end, start + 1))

"""Halves: of many pieces that are read each by itself, a process that is forked for it reads the second half.

The audit of a finished PDF is what a run waits for last, while the other processor has nothing to do.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable
from typing import NoReturn, TypeVar

Piece = TypeVar("Piece")
#: Fewer pieces are read by the process alone.
LEAST = 40


def read(pieces: Callable[[range], list[Piece]], count: int) -> list[Piece]:
    """The pieces 0 to ``count`` in order; ``pieces`` reads some of them, and says the same in whichever process.

    Nothing is forked where there is no fork, only one processor, or a second thread: whose locks would stay closed.
    What the second process could not read, because it was ended, is read here.
    """
    alone = not hasattr(os, "fork") or (os.cpu_count() or 1) < 2 or threading.active_count() > 1
    if count < LEAST or alone:
        return pieces(range(count))
    first, second = range(count // 2), range(count // 2, count)
    source, sink = os.pipe()
    child = os.fork()
    if not child:
        os.close(source)
        _send(pieces, second, sink)
    os.close(sink)
    content, status = b"", 1
    try:
        with os.fdopen(source, "rb") as answer:
            found = pieces(first)
            content = answer.read()
    finally:
        _, status = os.waitpid(child, 0)
    return found + (pickle.loads(content) if status == 0 else pieces(second))


def _send(pieces: Callable[[range], list[Piece]], some: range, sink: int) -> NoReturn:
    """Read, tell and end: nothing of the process that was forked may run here a second time."""
    try:
        with os.fdopen(sink, "wb") as answer:
            pickle.dump(pieces(some), answer, pickle.HIGHEST_PROTOCOL)
        os._exit(0)
    finally:
        os._exit(1)

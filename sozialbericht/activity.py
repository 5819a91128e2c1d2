"""What is being read or done, so that a message can say it where something unforeseen happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_MARK = "_sozialbericht_dabei"


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Within this context ``what`` is done, German for the end of a sentence: „beim Lesen von data/raeume.csv“.

    An exception that leaves it carries the words; the innermost ones stay.
    """
    try:
        yield
    except Exception as error:
        if not hasattr(error, _MARK):
            setattr(error, _MARK, what)
        raise


def done_at(error: BaseException) -> str:
    """What was being done when an exception was raised, "" if nobody knows."""
    return str(getattr(error, _MARK, ""))

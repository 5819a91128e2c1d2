"""What every chapter of a report needs, loaded once before kernels are forked; runs in their parent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import matplotlib as mpl

from sozialbericht.bericht import Bericht
from sozialbericht.cache import snapshots
from sozialbericht.cache.snapshots import Snapshot
from sozialbericht.drawing.canvas import style
from sozialbericht.findings import typification
from sozialbericht.findings.footing import foothold, surplus
from sozialbericht.findings.footing.surplus import Erwartung
from sozialbericht.wording import dates

#: The weights of the texts in drawings.
WEIGHTS = 400, 600


def _footings(b: Bericht) -> list[Erwartung]:
    """What the areas of the plan can build on."""
    return foothold.aufbauend(b, b.auswahl().raeume)


#: What several chapters and every profile ask for and what takes long.
SHARED: tuple[Callable[[Bericht], Any], ...] = (
    Bericht.auswahl, Bericht.status_dynamik, typification.typwechsel, surplus.erwartungen, _footings,
)  # fmt: skip


def prepare(
    daten: str,
    jahr: int,
    vergleichsjahr: int | None = None,
    shared: bool = False,
    snapshot: Sequence[Any] | None = None,
) -> None:
    """Load and protect the data of a folder up to a year, register the fonts.

    matplotlib's settings are left alone. With ``shared`` also compute what several chapters ask for and measure names
    and numbers. With a ``snapshot`` (:class:`sozialbericht.cache.snapshots.Snapshot`) what is loaded and computed comes
    from the store if it is there.
    """
    with nullcontext() if snapshot is None else snapshots.restored(Snapshot(*snapshot), Path(daten)):
        with mpl.rc_context():
            b = Bericht(jahr, vergleichsjahr, daten)
        dates.in_prose(dt.date(jahr, 12, 31), "stichtag")  # reads the locale
        for words in _drawn(b) if shared else "0":  # the first registers the fonts
            for weight in WEIGHTS:
                style.text_width(words, 8, weight)
        for ask in SHARED if shared else ():
            with suppress(Exception):  # a chapter that asks for it says why
                ask(b)


def _drawn(b: Bericht) -> Iterator[str]:
    """Words that hold most pairs of letters that stand in drawings: names of areas and indicators, numbers."""
    for level in b.ebenen:
        yield from b.raeume(level)["kurzname"]
        yield from (level.einzahl, level.mehrzahl)
    for column in ("bezeichnung", "einheit", "dimension"):
        yield from b.indikatoren()[column].dropna().drop_duplicates()
    for number in range(100):
        yield f"{number:02},{number:02}"
    for digit in range(10):
        yield f"{digit} {digit}–{digit}\xa0{digit}: +{digit} −{digit}, {digit}\xa0%"

"""Preparation: what every chapter of a report needs, loaded once before kernels are forked."""

from __future__ import annotations

from contextlib import suppress

import matplotlib as mpl

from sozialbericht.bericht import Bericht
from sozialbericht.drawing.canvas import style

#: What several chapters and every profile ask for and what takes long: methods of ``Bericht``.
SHARED = ("auswahl", "status_dynamik")


def prepare(daten: str, jahr: int, vergleichsjahr: int | None = None, shared: bool = False) -> None:
    """Load and protect the data of a folder up to a year and register the fonts; leaves matplotlib's settings alone.

    With ``shared`` also compute what several chapters ask for.
    """
    with mpl.rc_context():
        b = Bericht(jahr, vergleichsjahr, daten)
    style.text_width("Sozialraum", 8)
    for name in SHARED if shared else ():
        with suppress(Exception):  # a chapter that asks for it says why
            getattr(b, name)()

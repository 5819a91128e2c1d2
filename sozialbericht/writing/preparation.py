"""Preparation: what every chapter of a report needs, loaded once before kernels are forked."""

from __future__ import annotations

import matplotlib as mpl

from sozialbericht.drawing import style
from sozialbericht.writing.report import Bericht


def prepare(daten: str, jahr: int, vergleichsjahr: int | None = None) -> None:
    """Load and protect the data of a folder up to a year and register the fonts; leaves matplotlib's settings alone."""
    with mpl.rc_context():
        Bericht(jahr, vergleichsjahr, daten)
    style.text_width("Sozialraum", 8)

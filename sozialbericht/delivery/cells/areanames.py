"""Area names: which area is meant by a name as an office spells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Match:
    """The area that a name means: ``certain`` after folding of spellings only; else a suggestion or None."""

    raum_id: str | None
    certain: bool
    nearest: tuple[tuple[str, float], ...]
    """The areas whose names are nearest, with their likeness from 0 to 100, the nearest first."""


class AreaNames:
    """The names, numbers and keys of the areas in ``raeume`` (columns of raeume.csv), and spellings of the source."""

    def __init__(self, raeume: pd.DataFrame, aliases: Mapping[str, str] = {}) -> None:  # noqa: B006
        self._raeume, self._aliases = raeume, aliases

    def found(self, name: str) -> Match:
        """The area that ``name`` means."""
        raise NotImplementedError(name)

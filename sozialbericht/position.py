"""Where a value lies beside another that it is compared with, as far as chance lets one say."""

from __future__ import annotations

from enum import StrEnum


class Position(StrEnum):
    """The one answer to *does it differ?*: of an area beside the city, of a value beside an earlier one.

    A member is the string that stands in tables and in :meth:`Bericht.daten`, so the two may be compared.
    """

    ABOVE = "über"
    BELOW = "unter"
    WITHIN = "im Bereich"
    UNKNOWN = "kein Intervall"

    @property
    def sign(self) -> int:
        """1 above, −1 below, 0 where no difference can be told."""
        return {Position.ABOVE: 1, Position.BELOW: -1}.get(self, 0)

    @property
    def differs(self) -> bool:
        """Whether a difference can be told."""
        return self.sign != 0

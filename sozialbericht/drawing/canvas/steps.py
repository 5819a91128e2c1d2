"""Steps: the five colours of a map by what high values mean. Dark is the burdened end, in every map of the report.

An indicator whose high values are good is turned over, so that two maps beside one another can be compared by eye; one
without judgement has a series of its own, in which dark is more. Legends begin at the dark end and say in print that it
is the dark one; on a dark ground of the web lightness turns round, so there they name it by its place.
"""

from __future__ import annotations

from dataclasses import dataclass

#: How many classes a map has.
STEPS = 5
#: What a legend calls the end that it begins with: on the web, and in print.
ON_THE_WEB, IN_PRINT = "oben:", "dunkel:"


@dataclass(frozen=True)
class Steps:
    """The colours of an indicator: ``direction`` is 1 where a high value is good, −1 where it is bad, 0 without
    judgement.
    """

    direction: int = -1

    def token(self, place: int) -> str:
        """The colour of a class by its place from the lowest (0) to the highest (4), as a token."""
        series = "s" if self.direction else "n"
        return f"{series}{STEPS - place if self.direction > 0 else place + 1}"

    @property
    def places(self) -> tuple[int, ...]:
        """The places of the classes in the order of a legend, the burdened end (without judgement: more) first."""
        return tuple(range(STEPS)) if self.direction > 0 else tuple(range(STEPS))[::-1]

    @property
    def told(self) -> str:
        """What a legend says of its order."""
        if not self.direction:
            return f"ohne Wertung; {ON_THE_WEB} mehr"
        return f"{ON_THE_WEB} belastetes Ende, {'niedrige' if self.direction > 0 else 'hohe'} Werte"


#: Of an indicator whose high values are bad.
BURDEN = Steps()

"""Which interval a value has, or why it has none."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The statistic behind the bounds of a value; for values without bounds the reason.

    A member is the string that stands in tables. What a reader is told of it is in ``wording/intervalwords.py``.
    """

    WILSON = "wilson"
    BYAR = "byar"
    EXACT = "exakt"
    RATIO = "quotient"
    #: A mean or an index of it: how much single values spread is not delivered.
    MEAN = "mittelwert"
    #: A ratio of two stocks, or a change of an area in m² or an amount in Euro: no cases are counted.
    AMOUNT = "keine Fälle gezählt"
    #: A share that was delivered without the counts behind it.
    DELIVERED = "Anteil geliefert"
    #: A change from or to nothing; a share above one.
    NO_CASES = "Zahlen ohne Verfahren"
    #: The clustering of the indicator cannot be computed at this Stand.
    CLUSTERING = "Häufung nicht bekannt"
    #: A count by itself, no share, rate or change.
    COUNT = "Anzahl"
    #: The value is not shown.
    NO_VALUE = "kein Wert"

    @property
    def counts_cases(self) -> bool:
        """Whether the number above the line is one of cases that are known."""
        return self not in (Kind.AMOUNT, Kind.DELIVERED)

    @property
    def bounded(self) -> bool:
        """Whether a value of this kind has an interval."""
        return self in (Kind.WILSON, Kind.BYAR, Kind.EXACT, Kind.RATIO)

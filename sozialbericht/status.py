"""Why a number may be printed, or what stands in its place."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """The status of a value.

    *limited* has a number, in brackets: too few people stand behind it to rank it, to colour a map or to lead with it.
    A member is the string that stands in tables and in :meth:`Bericht.daten`, so the two may be compared.
    """

    OK = "ok"
    LIMITED = "limited"
    UNRELIABLE = "unreliable"
    NOT_MEANINGFUL = "not_meaningful"
    WITHHELD = "withheld"
    MISSING = "missing"


#: From the status that decides last to the one that decides first when several values are combined.
PRECEDENCE = tuple(Status)

"""Pflichtangaben: what a public body must publish beside a report, from ``bericht.yml``."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Pflichtangaben:
    """What a city says of a report with official data; each a text, "" where it is not said.

    ``barrierefreiheit``: what is accessible, what is not, how that was found out (BITVNRW, EN 301 549); ``melden``:
    where barriers are reported; ``durchsetzung``: the body to turn to then; ``lizenz_daten`` and ``lizenz_text``: on
    what terms both may be used; ``zitat``: how to cite, "" for publisher, title, year; ``datenschutz``: more on data
    protection; ``leichte_sprache``: the report in short, in Leichte Sprache.
    """

    barrierefreiheit: str = ""
    melden: str = ""
    durchsetzung: str = ""
    lizenz_daten: str = ""
    lizenz_text: str = ""
    zitat: str = ""
    datenschutz: str = ""
    leichte_sprache: str = ""

    def missing(self) -> list[str]:
        """The names of those without which no official report is released."""
        needed = ("barrierefreiheit", "melden", "durchsetzung", "lizenz_daten", "lizenz_text")
        return [one.name for one in fields(self) if one.name in needed and not getattr(self, one.name)]

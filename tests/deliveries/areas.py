"""Areas: the Sozialräume of the shipped city, their districts and Bezirke, and the ways in which offices spell them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from tests.deliveries.figures import DATA, rows


@dataclass(frozen=True)
class Area:
    """A Sozialraum: its id, number, printed and short name, its Stadtbezirk and the statistical Bezirke it covers."""

    id: str
    number: int
    name: str
    short: str
    district: str
    covers: str

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Number and name of each Bezirk of which the area is made; empty where it has but a part of one."""
        found = [tuple(part.split(" ", 1)) for part in re.split(r", (?=\d)", self.covers)]
        return [] if "(Teil" in self.covers else [(number, name) for number, name in found]


_ROWS = rows(DATA / "raeume.csv")
_DISTRICTS = {row["raum_id"]: row["kurzname"] for row in _ROWS if row["ebene"] == "stadtbezirk"}
AREAS = [
    Area(r["raum_id"], int(r["nummer"]), r["name"], r["kurzname"], _DISTRICTS[r["teil_von"]], r["umfasst"])
    for r in _ROWS
    if r["ebene"] == "sozialraum"
]
CITY = next(row["name"] for row in _ROWS if row["ebene"] == "stadt")
#: The districts with their areas, in the order of the city.
DISTRICTS = [(name, list(found)) for name, found in groupby(AREAS, key=lambda area: area.district)]
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def plain(text: str) -> str:
    """Without umlauts, as machines print them that have none."""
    return text.translate(_PLAIN)


def loose(area: Area) -> str:
    """A name as somebody writes it who types lists by hand: shortened, spaces at slashes, other hyphens."""
    own = {
        "sr_eving_i_kemminghausen": "Eving I",
        "sr_lindenhorst_eving_ii": "Lindenhorst / Eving II",
        "sr_derne_hostedde_grevel_kirchderne": "Derne, Hostedde, Grevel, Kirchderne",
        "sr_alt_scharnhorst": "Alt Scharnhorst",
        "sr_scharnhorst_ost": "Scharnhorst Ost",
        "sr_wellinghofen_benninghofen_hacheney_wichlinghofen": "Wellinghofen/Benningh./Hacheney/Wichlingh.",
        "sr_eichlinghofen_menglinghausen_persebeck_kruckel_schnee": "Eichlinghofen/Menglingh./Persebeck-K.-S.",
        "sr_dorstfelder_bruecke": "Dorstfelder Bruecke",
        "sr_hoerde": "HÖRDE ",
        "sr_soelde_soelderholz": "Soelde/Soelderholz",
        "sr_kirchhoerde_loettringhausen_luecklemberg": "Kirchhörde/ Löttringhausen/ Lücklemberg",
        "sr_boevinghausen_westrich": "Boevinghausen-Westrich",
    }
    return own.get(area.id, area.short)

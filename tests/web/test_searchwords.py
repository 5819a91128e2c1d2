"""What people type who do not know the report's words: areas with their pages, other words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sozialbericht.order.profiles import Profile
from sozialbericht.web import searchwords
from sozialbericht.web.entry.entrydata import Entrydata
from sozialbericht.web.frame import Around

HAFEN = Profile("sr_hafen", "Hafen", Path("x"), "sb_nord", "Nord")
NORD = Profile("sb_nord", "Nord", Path("x"), "sb_nord", "Nord")
START: dict[str, Any] = {
    "umfasstes": "statistischer Bezirk",
    "namen": [[f"sr_{k}", k, f"Raum {k}"] for k in range(5)] + [["sr_hafen", 6, "Hafen"]],
    "orte": [
        ["Hafen", "Sozialraum", "Nord", [5]],
        ["Raum 1", "Sozialraum", "", [1]],
        ["Nord", "Stadtbezirk", "", [0, 5]],
        ["Süd", "Stadtbezirk", "", [1, 2]],
        ["Alle", "Stadtbezirk", "", [0, 1, 2, 3, 4]],
        ["Kanal", "statistischer Bezirk", "07", [5]],
    ],
}


def portal(*profiles: Profile) -> Entrydata:
    return Entrydata({"leit": "quote"}, START, Around("Titel"), profiles)


def test_areas_lead_to_their_profile_without_one_to_the_atlas() -> None:
    assert searchwords.places(portal(HAFEN, NORD), (HAFEN, NORD)) == [
        ["Hafen", "Sozialraum, Nord", "profil-sr_hafen.html"],
        ["Raum 1", "Sozialraum", "atlas.html#indikator=quote&raum=sr_1"],
        ["Nord", "Stadtbezirk", "profil-sb_nord.html"],
        ["Süd", "Stadtbezirk", "atlas.html#indikator=quote&raum=sr_1,sr_2"],
        ["Alle", "Stadtbezirk", "atlas.html#indikator=quote"],
        ["Kanal", "statistischer Bezirk 07, gehört zu Hafen", "profil-sr_hafen.html"],
    ]


def test_without_start_page_there_are_the_profiles(tmp_path: Path) -> None:
    searchwords.keep(tmp_path, {"Hartz IV": ("SGB II",)})
    searchwords.write(tmp_path, tmp_path, None, (HAFEN,))
    script = (tmp_path / searchwords.SCRIPT).read_text(encoding="utf-8")
    assert json.loads(script.removeprefix("window.suchworte = ").rstrip(";\n")) == {
        "orte": [["Hafen", "Profil", "profil-sr_hafen.html"]],
        "synonyme": {"Hartz IV": ["SGB II"]},
    }


def test_without_either_it_is_empty(tmp_path: Path) -> None:
    searchwords.write(tmp_path, tmp_path, None, ())
    assert (tmp_path / searchwords.SCRIPT).read_text(encoding="utf-8") == (
        'window.suchworte = {"orte":[],"synonyme":{}};\n'
    )

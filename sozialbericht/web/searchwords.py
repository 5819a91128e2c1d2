"""Searchwords: what people type who do not know the report's words: names of areas and other words for its subjects.

The search script loads them beside the texts. Areas lead to their profile, without one to the atlas.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sozialbericht.order.profiles import Profile
from sozialbericht.web.entry.entrydata import ATLAS, Entrydata

#: The other words in the assembled project's folder ``web``, and the script of the web report.
SYNONYMS, SCRIPT = "synonyme.json", "suchworte.js"
#: So many areas the atlas compares.
COMPARED = 4


def keep(web: Path, synonyms: Mapping[str, Sequence[str]]) -> None:
    """Keep the other words for the search in the assembled project's folder ``web``."""
    (web / SYNONYMS).write_text(json.dumps(dict(synonyms), ensure_ascii=False), encoding="utf-8")


def write(web: Path, folder: Path, portal: Entrydata | None, profiles: Sequence[Profile]) -> None:
    """Write ``suchworte.js`` into the folder ``web`` of the report: ``window.suchworte`` with the areas (name, what it
    is, address) and the other words (word → what the report says instead).
    """
    given = web / SYNONYMS
    other: Mapping[str, Any] = json.loads(given.read_text(encoding="utf-8")) if given.is_file() else {}
    content = {"orte": places(portal, profiles), "synonyme": other}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / SCRIPT).write_text(f"window.suchworte = {text};\n", encoding="utf-8")


def places(portal: Entrydata | None, profiles: Sequence[Profile]) -> list[list[str]]:
    """Name, kind and address of every area that has a page: as the start page knows them, else those with a profile."""
    if portal is None:
        return [[profile.name, "Profil", profile.page] for profile in profiles]
    areas = [str(named[0]) for named in portal.start["namen"]]
    named = {profile.name: profile.page for profile in profiles}
    found = []
    for name, kind, extra, inside in portal.start["orte"]:
        told = kind if not extra else f"{kind} {extra}" if kind == portal.start["umfasstes"] else f"{kind}, {extra}"
        own = [areas[place] for place in inside]
        if len(own) == 1 and kind == portal.start["umfasstes"]:
            told += f", gehört zu {portal.start['namen'][inside[0]][2]}"
        page = portal.known.get(own[0]) if len(own) == 1 else named.get(name)
        found.append([name, told, page or _in_atlas(portal, own)])
    return found


def _in_atlas(portal: Entrydata, areas: Sequence[str]) -> str:
    chosen = ",".join(areas) if len(areas) <= COMPARED else ""
    return f"{ATLAS}#indikator={portal.atlas['leit']}" + (f"&raum={chosen}" if chosen else "")

"""Portal: start page and atlas of a report as data, put into a notebook's output for the web's last step."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from sozialbericht import numbers
from sozialbericht.atlas.entrance import Entrance
from sozialbericht.atlas.ground import WIDTH, Ground
from sozialbericht.atlas.indicatorsheet import Indicatorsheet
from sozialbericht.data.levels import Ebene
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.status import Status
from sozialbericht.writing import blocks
from sozialbericht.writing.blocks import Block

#: Names of the files among the pictures: what the atlas draws, and what the two pages are built from.
ATLAS, PAGES = "atlas.json", "start.json"


def atlas(b: Datenbestand) -> None:
    """Legt Startseite und Atlas des Webberichts an: alle Indikatoren der kleinsten Gebiete in allen Jahren bis zum
    Berichtsjahr, mit Bereichen, Rängen und Lage zur Stadt. In Kapitel und PDF steht davon nichts.
    """
    sheets = [Indicatorsheet(b, str(key)) for key in b.indikatoren().index]
    made = [content for sheet in sheets if (content := sheet.content())["staende"]]
    if not made:
        return
    ground = _ground(b)
    files = {ATLAS: _json(_atlas(b, made, ground)), PAGES: _json(_pages(b, made, ground))}
    told = f"Startseite und Atlas: {len(made)} Indikatoren, {len(b.raeume())} {b.ebenen.unten.mehrzahl}."
    blocks.put(Block("", f"<p>{told}</p>", files))


def _atlas(b: Datenbestand, made: list[dict[str, Any]], ground: Ground | None) -> dict[str, Any]:
    """What the atlas' script reads."""
    leading = b.leitindikator if any(sheet["id"] == b.leitindikator for sheet in made) else made[0]["id"]
    return {
        "format": "atlas",
        "breite": WIDTH,
        "zeichen": {numbers.status_sign(state): numbers.status_word(state) for state in Status if state != Status.OK},
        "stadt": b.stadtname,
        "jahr": b.jahr,
        "leit": leading,
        "ganz": _words(b.ebenen.stadt),
        "ebene": _words(b.ebenen.unten),
        "raeume": _areas(b, b.ebenen.unten, ground),
        "darueber": [{**_words(level), "raeume": _areas(b, level, ground)} for level in b.ebenen.dazwischen],
        "indikatoren": made,
    }


def _areas(b: Datenbestand, level: Ebene, ground: Ground | None) -> list[dict[str, Any]]:
    """The areas of a level in the order of ``b.raeume``, each with the place of the one above that it is part of (−1:
    the city) and, of those above, with its outline; number 0 where they have none.
    """
    levels = list(b.ebenen)
    above = levels[levels.index(level) - 1]
    places = {} if above is b.ebenen.stadt else {str(a): place for place, a in enumerate(b.raeume(above).index)}
    found = []
    for area, row in b.raeume(level).iterrows():
        found.append({
            "id": str(area),
            "nr": 0 if pd.isna(row["nummer"]) else int(row["nummer"]),
            "name": str(row["name"]),
            "kurz": str(row["kurzname"]),
            "gruppe": places.get(str(row["teil_von"]), -1),
            "umfasst": str(row["umfasst"]),
            **(_drawn(ground, str(area)) if ground else {}),
        })  # fmt: skip
    return found


def _drawn(ground: Ground, area: str) -> dict[str, Any]:
    """Where an area lies; the outline of one above the smallest, whose outlines stand in the page."""
    outline, label = ground.above[area] if area in ground.above else ("", ground.labels[area])
    return dict(zip("xyg", label, strict=True)) | ({"d": outline} if outline else {})


def _words(level: Ebene) -> dict[str, str]:
    """The words of a level that pages and scripts use."""
    accusative, this = {"m": ("einen", "diesem"), "f": ("eine", "dieser")}.get(level.geschlecht, ("ein", "diesem"))
    names = "schluessel einzahl mehrzahl mehrzahl_bestimmt dativ nominativ dazu gesamtwert von"
    words = {name: getattr(level, name) for name in names.split()}
    whom = f"{accusative} {level.einzahl_akkusativ}"
    return {**words, "einen": accusative, "wen": whom, "diesem": f"{this} {level.einzahl_gebeugt}"}


def _pages(b: Datenbestand, made: list[dict[str, Any]], ground: Ground | None) -> dict[str, Any]:
    """What the pages are built from: texts of the start page, the map, the choices of the atlas."""
    return {
        "format": "start",
        "stadt": b.stadtname,
        "jahr": b.jahr,
        "hinweis": b._kartenhinweis,
        "ganz": _words(b.ebenen.stadt),
        "ebene": _words(b.ebenen.unten),
        "oben": _words(b.ebenen.mitte) if b.ebenen.mitte else None,
        "namen": [[str(area), int(row["nummer"]), str(row["kurzname"])] for area, row in b.raeume().iterrows()],
        "ab": min(stand["jahr"] for sheet in made for stand in sheet["staende"]),
        "flaechen": {name: part for name, part in vars(ground).items() if name != "above"} if ground else None,
        **Entrance(b).content(),
    }


def _ground(b: Datenbestand) -> Ground | None:
    """The map; None where the city has no polygons."""
    if b._tables.geometry is None:
        return None
    frame = b.geodaten()
    above, parents = [[str(area) for area in frame["teil_von"]]], b._tables.areas["teil_von"]
    for _ in b.ebenen.dazwischen[1:]:
        above.append([str(parents[area]) for area in above[-1]])
    return Ground.of(frame, *above)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

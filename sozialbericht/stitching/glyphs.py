"""Characters that the report's fonts cannot print, found in the texts of the data before anything is made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from sozialbericht.data import settings
from sozialbericht.data.decided import contributions
from sozialbericht.data.tableset import Tables
from sozialbericht.faults import Fault

#: They print nothing and only guide breaks and spaces, so that no font needs a sign for them.
GUIDES = frozenset("\u00ad\u200b\u2007\u202f\u2060")
REMEDY = "Ein Zeichen der lateinischen, griechischen oder kyrillischen Schrift schreiben."


@cache
def printable() -> frozenset[str]:
    """The characters that at least one of the report's fonts has."""
    from fontTools.ttLib import TTFont

    from sozialbericht.drawing.canvas.brand import font_files

    known: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            known |= set(font.getBestCmap())
    return frozenset(map(chr, known)) | GUIDES


def missing(text: str) -> str:
    """The characters of a text that would be missing in print, in German words; "" if there are none."""
    found = sorted({sign for sign in text if not sign.isascii() and sign not in printable()})
    return _named(found) if found else ""


def check(tables: Tables) -> list[Fault]:
    """A fault for each text of the data with a character that would be missing in print: file,
    row's key, column, sign.
    """
    return [
        Fault(f"{tables.folder.name}/{file}", f"{signs} in „{text}“ ({key}) gibt es in den Schriften des "
                                              "Berichts nicht.",
              REMEDY, column=column)
        for file, key, column, text in _texts(tables)
        if (signs := missing(text))
    ]  # fmt: skip


def _texts(tables: Tables) -> Iterator[tuple[str, str, str, str]]:
    """File, key, column and text of every text cell of the catalogues and of the descriptor's printed lines."""
    frames = {
        "raeume": tables.areas,
        "merkmale": tables.features,
        "indikatoren": tables.indicators,
        "brueche": tables.breaks,
    }
    files = {resource["name"]: resource.get("path", resource["name"]) for resource in tables.descriptor["resources"]}
    yield "datapackage.json", "statustext", "", tables.status_text
    for resource in tables.descriptor["resources"]:
        if resource["name"] == "geometrie":
            yield "datapackage.json", "geometrie", "description", str(resource.get("description", ""))
    written = {name: text for name, text in tables.settings.texte.items() if name in contributions.NAMES}
    others = {name: text for name, text in tables.settings.texte.items() if name not in written}
    for name, text in _decided(replace(tables.settings, texte=others)):
        yield settings.NAME, name, "", text
    for name, text in _decided(written):
        yield f"{contributions.FOLDER}/{name}.md", "", "", text
    for name, frame in (frames | tables.others).items():
        for column in frame.columns:
            if frame[column].dtype == object or str(frame[column].dtype).startswith("str"):
                for key, text in frame[column].items():
                    if isinstance(text, str):
                        yield str(files.get(name, name)), str(key), str(column), text


def _decided(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The name and the words of every text that ``bericht.yml`` says, however deep it stands."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _decided(part, name or str(key))
    elif isinstance(value, tuple):
        for part in value:
            yield from _decided(part, name)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _decided(getattr(value, part.name), name or part.name)


def _named(signs: Iterable[str]) -> str:
    """„Das Zeichen „🙂“ (U+1F642)“."""
    told = [f"„{sign}“ (U+{ord(sign):04X} {unicodedata.name(sign, 'ohne Namen')})" for sign in signs]
    return f"Das Zeichen {told[0]}" if len(told) == 1 else f"Die Zeichen {', '.join(told)}"

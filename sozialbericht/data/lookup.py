"""Areas by what people call them: raum_id with or without its prefix, name, short name, part of a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sozialbericht.faults import Fault, InputError, nearest

if TYPE_CHECKING:
    import pandas as pd

_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
#: What joins the parts of an area's name, „Neustadt I/Seeviertel“, „Altdorf (mit Neudorf)“.
_JOINTS = re.compile(r"[/,()]|\bmit\b")
_NUMBER = re.compile(r"^\d+\s+")


def find(names: Iterable[str], areas: pd.DataFrame, levels: Iterable[str], place: str) -> list[str]:
    """The raum_ids that ``names`` mean, each once, in the order of the names.

    ``areas`` is indexed by raum_id and has name, kurzname, ebene, umfasst; ``levels`` are the levels that may be
    meant, the one that goes first at equal names first. Upper and lower case, umlauts (ä as ae or a), hyphens and
    spaces make no difference. A whole name goes before a part of a name or a statistischer Bezirk.
    Raises :class:`InputError` at ``place`` for every name that is unknown (with the nearest ones) or ambiguous.
    """
    order = list(levels)
    known = areas[areas["ebene"].isin(order)]
    found: list[str] = []
    faults: list[Fault] = []
    for name in names:
        matches = _matches(name, known, order)
        if len(matches) == 1:
            found.append(matches[0])
        elif matches:
            listed = ", ".join(f"{known['kurzname'].astype(str)[m]} ({m})" for m in matches)
            faults.append(Fault(place, f"„{name}“ ist nicht eindeutig.", f"Gemeint sein kann: {listed}."))
        else:
            faults.append(Fault(place, f"Ein Gebiet „{name}“ gibt es nicht.", _nearest(name, known)))
    if faults:
        raise InputError(faults)
    return list(dict.fromkeys(found))


def districts(covers: str) -> list[str]:
    """The statistische Bezirke of an area as listed in its column umfasst, „05 Neustadt“."""
    return [part.strip() for part in re.split(r",\s*(?=\d)", covers) if part.strip()]


def numbered(covers: str) -> list[str]:
    """Those statistische Bezirke of an area whose names have numbers in them, „Ost 1 - Seestraße“, without the number
    before a name."""
    names = (_NUMBER.sub("", part) for part in districts(covers))
    return [name for name in names if any(map(str.isdigit, name))]


def key(name: str, index: pd.Index | Sequence[str], what: str, file: str) -> str:
    """The key ``name``, if it is one of ``index``; raises :class:`InputError` that says „``what`` … gibt es nicht“ and
    which ones are like it, or in which ``file`` they stand.
    """
    if name not in index:
        hint = nearest(str(name), map(str, index)) or f"Die Schlüssel stehen in data/{file}."
        raise InputError([Fault("Notebook", f"{what} „{name}“ gibt es nicht.", hint)])
    return name


def _matches(name: str, areas: pd.DataFrame, order: list[str]) -> list[str]:
    """The areas of the first level and the closest kind of name that fit."""
    wanted = _foldings(name)
    ids = [str(area) for area in areas.index if _foldings(str(area)) & wanted]
    if ids:
        return ids
    for kind in (_whole, _parts):
        for level in order:
            rows = areas[areas["ebene"] == level]
            fitting = [str(area) for area, row in rows.iterrows() if wanted & kind(str(area), row)]
            if fitting:
                return fitting
    return []


def _whole(area: str, row: pd.Series) -> set[str]:
    """The full names of an area, folded."""
    short = area.partition("_")[2]
    return {f for words in (short, str(row["name"]), str(row["kurzname"])) for f in _foldings(words)}


def _parts(area: str, row: pd.Series) -> set[str]:
    """The parts of an area's names and the statistische Bezirke in it, folded."""
    names = [str(row["name"]), str(row["kurzname"])]
    if isinstance(row["umfasst"], str):
        names += [_NUMBER.sub("", part) for part in districts(row["umfasst"])]
        names = [re.sub(r"\(Teil,?", "(", name) for name in names]
    return {f for name in names for part in _JOINTS.split(name) for f in _foldings(part)}


def _foldings(words: str) -> set[str]:
    """A name without case and punctuation, umlauts spelt out and dropped."""
    lower = unicodedata.normalize("NFC", words).casefold().replace("ß", "ss")
    bare = unicodedata.normalize("NFD", lower)
    plain = "".join(c for c in bare if not unicodedata.combining(c))
    both = {lower.translate(_SPELT), plain}
    return {squeezed for form in both if (squeezed := re.sub(r"[\W_]+", " ", form).strip())}


def _nearest(name: str, areas: pd.DataFrame) -> str:
    """A hint with the areas whose names are most alike; all names where none is."""
    labels: dict[str, str] = {}
    for area, row in areas.iterrows():
        for words in _whole(str(area), row) | _parts(str(area), row):
            labels.setdefault(words, str(row["kurzname"]))
    near = [hit for words in sorted(_foldings(name)) for hit in get_close_matches(words, labels, 3, 0.55)]
    if near:
        return f"Meinten Sie {' oder '.join(f'„{name}“' for name in dict.fromkeys(labels[hit] for hit in near))}?"
    return f"Vorhanden sind: {', '.join(dict.fromkeys(areas['kurzname']))}."

"""Likeness: which merkmal a label of a delivery may be, by its words and by the numbers that stand under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from sozialbericht.data.tableset import Tables

#: From here a guess is taken without asking, with such a lead over the next; below the lowest it is none.
SURE, LEAD, LEAST = 78.0, 6.0, 60.0
#: Numbers of many areas that are as good as those known, and so much nearer than all others', need no words.
ALIKE, AHEAD = 92.0, 12.0
#: Numbers no nearer than this contradict a name: the same words may stand for a part of what they say elsewhere.
CONTRARY, ASKED = 60.0, 65.0
#: What is no more like anything than this is nothing of the report's, and nobody needs to be asked.
UNLIKE = 50.0
#: Words that say that nothing is left out.
_WHOLE = frozenset("insgesamt gesamt alle zusammen".split())
SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SHORT = (
    (r"\b[a-z]+\d*__(\w+?)__anzahl\b", r" \1 "), (r"\bweiblich\w*", "frauen"), (r"\bmaennlich\w*", "maenner"),
    (r"\b(?:auslaender\w*|nichtdeutsch)\b", "nichtdeutsche"), (r"bevoelkerungsstand", "bevoelkerung"),
    (r"\bu\.?\s?(?=\d)", "unter "), (r"(?<=\d)\s?\+", " und mehr "), (r"\bj\.?\b", "jahre"),
    (r"\binsg\.?(?=\s|$)", "insgesamt"), (r"\bm\.(?=\s|$)", "maenner"), (r"\bw\.(?=\s|$)", "frauen"),
    (r"(?<=\d)\s?(?:-|–|bis(?: unter)?)\s?(?=\d)", " bis "), (r"\b(?:ew|einwohner\w*)\b", "bevoelkerung"),
)  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """What a label may be: merkmale with how sure it is (0 to 100), the likeliest first; ``taken`` the one that the
    labels together let expect, "" for none; ``sure`` whether nobody needs to be asked."""

    label: str
    options: tuple[tuple[str, float], ...]
    taken: str
    sure: bool


def guesses(
    contexts: Mapping[str, str], numbers: Mapping[str, pd.Series], tables: Tables, when: pd.Timestamp | None
) -> dict[str, Guess]:
    """A guess for each label (with the words around it), no merkmal for two labels; ``numbers`` by raum_id are compared
    with the newest known ones up to a year after ``when``."""
    known = newest(tables, when)
    features = list(map(str, tables.features.index))
    names = [_folded(str(name)) for name in tables.features["bezeichnung"]]
    order = list(contexts)
    scores = np.zeros((len(order), len(features)))
    for at, label in enumerate(order):
        words = _wording(label, contexts[label], features, names)
        near = _nearness(numbers.get(label), known, features)
        mixed = np.where(np.isnan(near), words, 0.45 * words + 0.55 * near)
        if (own := _alone(near)) is not None:
            mixed[own] = max(mixed[own], 90.0)
        named = (words >= 100) & ~(near < CONTRARY)  # its very name, and the numbers say nothing against it
        scores[at] = np.where(named, 99.0, np.where(words >= 100, np.maximum(mixed, ASKED), mixed))
    rows, columns = linear_sum_assignment(-scores) if order and features else ([], [])
    chosen = {int(at): int(column) for at, column in zip(rows, columns, strict=True) if scores[at][column] >= LEAST}
    taken = set(chosen.values())
    return {label: _guess(label, scores[at], features, (chosen.get(at), taken)) for at, label in enumerate(order)}


def newest(tables: Tables, when: pd.Timestamp | None) -> pd.DataFrame:
    """The numbers of the smallest areas by raum_id (rows) and merkmal, each of the date nearest to ``when``."""
    values = tables.values[tables.values["wert"].notna()]
    lowest = tables.areas.index[tables.areas["ebene"] == tables.levels[-1]]
    values = values[values["raum_id"].isin(lowest)]
    if values.empty:
        return pd.DataFrame(index=lowest)
    wanted = values["stichtag"].max() if when is None else when
    values = values.assign(distance=(values["stichtag"] - wanted).abs())
    nearest = values.groupby("merkmal")["distance"].transform("min")
    return (
        values[values["distance"] == nearest]
        .drop_duplicates(["raum_id", "merkmal"])
        .pivot(index="raum_id", columns="merkmal", values="wert")
    )


def _folded(text: str) -> str:
    text = text.casefold().translate(SPELT)
    for pattern, words in _SHORT:
        text = re.sub(pattern, words, text)
    told = re.sub(r"[^\w]+", " ", text).split()
    return " ".join([word for word in told if word not in _WHOLE] or told)


def _wording(label: str, context: str, features: Sequence[str], names: Sequence[str]) -> np.ndarray:
    """How alike words are, 0 to 100, for each merkmal; its key or its very name (``names``, folded) is 100."""
    bare, full = _folded(label), _folded(f"{context} {label}")
    found = []
    for key, name in zip(features, names, strict=True):
        if label.strip() == key or bare == name:
            found.append(100.0)
            continue
        found.append(
            max(
                fuzz.token_sort_ratio(bare, name),
                0.9 * fuzz.token_sort_ratio(full, name),
                0.9 * fuzz.token_set_ratio(full, name),
            )
        )
    return np.array(found)


def _nearness(own: pd.Series | None, known: pd.DataFrame, features: Sequence[str]) -> np.ndarray:
    """How near numbers are to the known ones, 0 to 100, from the median ratio; NaN where nothing can be compared."""
    result = np.full(len(features), np.nan)
    if own is None or known.empty:
        return result
    common = own.dropna().index.intersection(known.index)
    if len(common) < 3:
        return result
    ours = own[common].to_numpy(dtype=float)[:, None]
    theirs = known.loc[common].reindex(columns=list(features)).to_numpy(dtype=float)
    with np.errstate(all="ignore"):
        apart = np.abs(np.log((np.maximum(ours, 0) + 1) / (np.maximum(theirs, 0) + 1)))
    enough = np.isfinite(apart).sum(axis=0) >= 3
    result[enough] = 100 * np.exp(-3 * np.nanmedian(apart[:, enough], axis=0))
    return result


def _alone(near: np.ndarray) -> int | None:
    """The merkmal whose numbers are the only ones that are as good as the same, None where there is none."""
    ranked = np.sort(np.nan_to_num(near))[::-1]
    if len(ranked) < 2 or ranked[0] < ALIKE or ranked[0] - ranked[1] < AHEAD:
        return None
    return int(np.nanargmax(near))


def _guess(label: str, scores: np.ndarray, features: Sequence[str], known: tuple[int | None, set[int]]) -> Guess:
    """The guess for one label; ``known``: what it takes if anything, and what the labels together take."""
    chosen, taken = known
    best: Iterable[int] = np.argsort(-scores, kind="stable")[:3]
    options = tuple((features[at], round(float(scores[at]), 1)) for at in map(int, best) if scores[at] >= 1)
    if chosen is None:
        free = max((float(score) for at, score in enumerate(scores) if at not in taken), default=0.0)
        return Guess(label, options, "", free < UNLIKE)
    other = max((float(score) for at, score in enumerate(scores) if at != chosen), default=0.0)
    own = float(scores[chosen])
    return Guess(label, options, features[chosen], own >= 99 or (own >= SURE and own - other >= LEAD))

"""Assigning: a delivery's labels, names and dates become merkmale, areas and days, by what is known of its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from sozialbericht.data.reading.parsing import german
from sozialbericht.data.tableset import Tables
from sozialbericht.delivery.assignment import areaplaces, likeness, rawvalues
from sozialbericht.delivery.assignment.dialogue import Dialogue
from sozialbericht.delivery.assignment.likeness import Guess
from sozialbericht.delivery.assignment.officefile import AREA, MOMENT, PARTS, WITHOUT, Officefile
from sozialbericht.delivery.assignment.rawvalues import Rawvalues
from sozialbericht.delivery.assignment.shape import head
from sozialbericht.delivery.cells.areanames import AreaNames
from sozialbericht.delivery.cells.moments import DAY, MONTH, YEAR, Moment, as_kind
from sozialbericht.delivery.layout.foundtable import FoundTable
from sozialbericht.faults import Fault, InputError


@dataclass(frozen=True)
class Assigned:
    """A delivery read: ``values`` with raum_id, merkmal, stichtag, value, sign, bracketed, total, name, place, table,
    row, column; the assignment as it is to be kept; what was left out, with the reason; what was guessed."""

    values: pd.DataFrame
    known: Officefile
    raw: Rawvalues
    guesses: dict[str, Guess]
    unknown: dict[str, tuple[str, ...]]
    """Names of areas that are not taken, with the nearest ones of the report."""


def assigned(tables: Sequence[FoundTable], data: Tables, known: Officefile, dialogue: Dialogue) -> Assigned:
    """Assign what stands in the tables; raises :class:`InputError` for cells that cannot be read, for what nobody
    answers, and where nothing of the delivery belongs to the report."""
    names = AreaNames(data.areas.reset_index(), {k: v for k, v in known.gebiete.items() if v != WITHOUT})
    raw = rawvalues.of(tables, names, known, dialogue.date())
    if raw.frame.empty:
        raise InputError([_nothing(tables)])
    found = areaplaces.places(raw, names, known, dialogue, data)
    frame = raw.frame.assign(raum_id=found.ids, part=found.parts)
    guesses = _guesses(frame, raw, data, known)
    features = _features(frame, raw, guesses, known, dialogue)
    frame = frame.assign(merkmal=frame["label"].map(features))
    kept = frame[(frame["raum_id"] != "") & (frame["merkmal"] != WITHOUT)].copy()
    if len(faulty := kept["fault"].dropna()):
        raise InputError(list(faulty))
    days, answered = _days(kept, raw, data, known, dialogue)
    dialogue.settled()
    if kept.empty:
        raise InputError([_nothing(tables)])
    kept["stichtag"] = days
    kept = kept.rename(columns={"area": "name"}).drop(columns=["moment", "label", "derived", "fault", "hidden"])
    kept["place"] = [raw.place(number) for number in kept["table"]]
    known = replace(known, stichtage={file: f"{day:%d.%m.%Y}" for file, day in answered.items() if day})
    return Assigned(kept, _kept(known, raw, features, found.answered), raw, guesses, found.unknown)


def _nothing(tables: Sequence[FoundTable]) -> Fault:
    heads = [head(column) for table in tables for column in table.columns]
    what = "In keiner Tabelle stehen Werte von Gebieten des Berichts."
    remedy = (
        f"Gefunden wurden die Spalten {', '.join(heads[:12]) or '(keine)'}. Eine Spalte braucht Namen, Nummern oder "
        "Schlüssel der Gebiete wie in data/raeume.csv; ihr Platz lässt sich in data/quellen/NAME.yml angeben."
    )
    return Fault(rawvalues.place(tables[0]), what, remedy)


def _guesses(frame: pd.DataFrame, raw: Rawvalues, data: Tables, known: Officefile) -> dict[str, Guess]:
    """A guess for each label that the assignment does not know; shares are not taken unless somebody says so."""
    new = frame[~frame["label"].isin(known.merkmale)]
    shares = new.groupby("label", sort=False)["derived"].all()
    counts = new[~new["label"].isin(shares.index[shares])]
    lowest = set(map(str, data.areas.index[data.areas["ebene"] == data.levels[-1]]))
    contexts, numbers = {}, {}
    for label, own in counts.groupby("label", sort=False):
        contexts[str(label)] = raw.context(int(own["table"].iloc[0]))
        whole = own[own["raum_id"].isin(lowest) & (own["part"] == "")]
        latest = whole.drop_duplicates("raum_id", keep="last").set_index("raum_id")["value"]
        numbers[str(label)] = latest
    told = [when.date for when in counts["moment"] if when is not None]
    result = likeness.guesses(contexts, numbers, data, pd.Timestamp(max(told)) if told else None)
    return result | {str(label): Guess(str(label), (), "", True) for label in shares.index[shares]}


def _features(
    frame: pd.DataFrame, raw: Rawvalues, guesses: Mapping[str, Guess], known: Officefile, dialogue: Dialogue
) -> dict[str, str]:
    found: dict[str, str] = {}
    for label, own in frame.groupby("label", sort=False):
        text = str(label)
        if text in known.merkmale and text not in dialogue.answers:
            found[text] = known.merkmale[text]
            continue
        first = own.iloc[0]
        samples = [german(value) for value in own["value"].dropna().head(3)] or ["keine Zahl"]
        place = f"{raw.place(int(first['table']))}, Spalte {first['column']}"
        guess = guesses.get(text) or Guess(text, (), "", False)
        found[text] = dialogue.label(guess, place, samples)
    return found


def _days(
    kept: pd.DataFrame, raw: Rawvalues, data: Tables, known: Officefile, dialogue: Dialogue
) -> tuple[list[pd.Timestamp | None], dict[str, dt.date | None]]:
    """The day of each value, and of each file that does not say one what was answered, now or before."""
    usual = _usual(data)
    zeit = {str(name): str(row) for name, row in data.features["zeitbezug"].items()}
    answered: dict[str, dt.date | None] = {file: _date(text) for file, text in known.stichtage.items()}
    cache: dict[tuple[Any, ...], dt.date | None] = {}
    days: list[pd.Timestamp | None] = []
    for when, name, number in zip(kept["moment"], kept["merkmal"], kept["table"], strict=True):
        file = raw.tables[number].file
        key = (when, name, file)
        if key not in cache:
            day = completed(when, zeit[name], usual.get(name, ())) if when else None
            if day is None:
                if file not in answered:
                    year = f" (genannt ist nur {when.date.year})" if when else ""
                    answered[file] = dialogue.moment(file, raw.place(number), year)
                told = answered[file]
                day = completed(Moment("stichtag", told), zeit[name], ()) if told else None
            cache[key] = day
        found = cache[key]
        days.append(pd.Timestamp(found) if found else None)
    return days, answered


def _date(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%d.%m.%Y").date()
    except ValueError:
        return None


def _usual(data: Tables) -> dict[str, tuple[tuple[int, int], ...]]:
    """Month and day of the dates that each merkmal had in its newest year."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for name, days in data.values[["merkmal", "stichtag"]].drop_duplicates().groupby("merkmal")["stichtag"]:
        newest = days[days.dt.year == days.dt.year.max()]
        found[str(name)] = tuple(sorted({(day.month, day.day) for day in newest}))
    return found


def completed(when: Moment, zeitbezug: str, usual: Sequence[tuple[int, int]]) -> dt.date | None:
    """The day under which the contract keeps a value: of a Stichtag itself, of a month its last, of a year the 31st of
    December, of a school year the 1st of August; a bare year takes the usual day of its merkmal. None where open."""
    found = as_kind(when, zeitbezug)
    if found.kind == zeitbezug or (zeitbezug, found.kind) == (DAY, MONTH):
        return found.date
    if found.kind == YEAR and zeitbezug in (DAY, MONTH) and len(usual) == 1:
        return dt.date(found.date.year, *usual[0])
    return None


def _kept(known: Officefile, raw: Rawvalues, features: Mapping[str, str], answered: Mapping[str, str]) -> Officefile:
    """The assignment with what this delivery has added: nothing that a name tells by itself."""
    columns = dict(known.spalten)
    for table, form in zip(raw.tables, raw.shapes, strict=True):
        if not form.readable:
            continue
        told = [
            (form.area, AREA),
            (form.moment, MOMENT),
            *((at, PARTS) for at in form.parts),
            *((at, WITHOUT) for at in form.other),
        ]
        columns |= {head(table.columns[at]): role for at, role in told if at is not None}
    areas = {**known.gebiete, **answered}
    return replace(known, spalten=columns, merkmale={**known.merkmale, **features}, gebiete=areas)

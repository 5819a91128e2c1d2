"""Hintpage: what is unusual in the data as one HTML page of its own, for the analyst alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sozialbericht.cache.store import Store
from sozialbericht.data.tableset import Tables
from sozialbericht.escaping import html_text
from sozialbericht.numbers import number
from sozialbericht.plausibility import acceptance, ledger, listing
from sozialbericht.plausibility.oddity import RULES, Oddity
from sozialbericht.plausibility.review import Review
from sozialbericht.web.desk import deskpage

NAME = "hinweise.html"
#: Width, height and margin of a picture in pixels.
WIDTH, HEIGHT, MARGIN = 264, 92, 10


def write(
    review: Review, tables: Tables, folder: Path, place: Callable[[str], str], cache: Store | None = None
) -> Path:
    """Write the page into a folder, with rights for its owner alone; returns its path."""
    return deskpage.write(folder / NAME, page(review, tables, place, cache))


def page(review: Review, tables: Tables, place: Callable[[str], str], cache: Store | None = None) -> str:
    """The page as text. ``place`` names a file of the data folder."""
    groups: dict[str, list[Oddity]] = {}
    for oddity in review.open:
        groups.setdefault(oddity.rule, []).append(oddity)
    counted = len(review.open)
    told = {0: "Nichts ist ungewöhnlich.", 1: "Eine Angabe ist ungewöhnlich."}.get(
        counted, f"{number(counted)} Angaben sind ungewöhnlich."
    )
    parts = [f"<p>{told} {html_text(listing.SCALE) if counted else ''}</p>"]
    for rule, oddities in groups.items():
        parts.append(f"<h2>{html_text(RULES[rule])}</h2>")
        parts += [_entry(oddity, tables, place) for oddity in oddities]
    if review.accepted:
        parts.append("<h2>Geprüft und angenommen</h2>")
        parts += [
            _block(
                oddity, place,
                f"<p class='grau'>Angenommen ({html_text(row.initials)}): {html_text(row.reason)}</p>",
                _picture(oddity, tables),
            )
            for oddity, row in review.accepted
        ]  # fmt: skip
    if review.stale:
        parts.append("<h2>Angenommen, aber nicht mehr da</h2>")
        parts += [f"<p>{html_text(listing.stale(row, place))}</p>" for row in review.stale]
    city = str(tables.areas.at[tables.city, "kurzname"])
    return deskpage.page("Hinweise zu den Daten", city, parts, cache)


def _entry(oddity: Oddity, tables: Tables, place: Callable[[str], str]) -> str:
    """An oddity with the ways to accept it."""
    command = f'{listing.COMMAND} --accept {oddity.key} --reason "…" --initials …'
    row = ledger.line(acceptance.fields(oddity, "…", "…"))
    more = (
        f"<p>→ {html_text(oddity.remedy)}</p><details><summary>Annehmen</summary><code>{html_text(command)}</code>"
        f"oder als Zeile in {html_text(place(ledger.FILE))}:<code>{html_text(row)}</code></details>"
    )
    return _block(oddity, place, more, _picture(oddity, tables))


def _block(oddity: Oddity, place: Callable[[str], str], more: str, picture: str) -> str:
    head, _, told = oddity.what.partition(": ")
    return (
        f"<section class='eintrag'><div class='mass'><b>{number(oddity.unusual, 1)}</b> Auffälligkeit</div>"
        f"<div><p>{f'<strong>{html_text(head)}:</strong> ' if told else ''}{html_text(told or head)}</p>{more}"
        f"<p class='ort'>{html_text(listing.where(oddity, place))}</p></div>{picture}</section>"
    )


def _picture(oddity: Oddity, tables: Tables) -> str:
    """The series of the leading value: all Stände as points, the odd one filled, what is expected as a ring."""
    if not (oddity.area and oddity.feature and oddity.date):
        return ""
    values: Any = tables.values
    own = values[(values["raum_id"] == oddity.area) & (values["merkmal"] == oddity.feature) & values["wert"].notna()]
    own = own.sort_values("stichtag", kind="stable")
    odd = pd.Timestamp(oddity.date)
    if len(own) < 2 or odd not in set(own["stichtag"]):
        return ""
    numbers = [float(value) for value in own["wert"]]
    wanted = oddity.expected if oddity.rule == "sprung" else None
    top = max([*numbers, wanted or 0.0]) or 1.0
    first, last = own["stichtag"].iloc[0], own["stichtag"].iloc[-1]

    def at(date: Any, value: float) -> tuple[str, str]:
        x = MARGIN + (WIDTH - 2 * MARGIN) * ((date - first) / (last - first))
        return f"{x:.1f}", f"{HEIGHT - 22 - (HEIGHT - 36) * value / top:.1f}"

    points = [at(date, value) for date, value in zip(own["stichtag"], numbers, strict=True)]
    line = " ".join(f"{x},{y}" for x, y in points)
    looks = [("4.5", "signal") if date == odd else ("2.5", "grau") for date in own["stichtag"]]
    dots = [
        f"<circle cx='{x}' cy='{y}' r='{radius}' fill='var(--{colour})'/>"
        for (x, y), (radius, colour) in zip(points, looks, strict=True)
    ]
    if wanted is not None:
        x, y = at(odd, wanted)
        dots.append(f"<circle cx='{x}' cy='{y}' r='4.5' fill='none' stroke='var(--akzent)' stroke-width='2'/>")
    base = HEIGHT - 22
    return (
        f"<figure><svg width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}' role='img' "
        f"aria-label='{html_text(_spoken(own['stichtag'], numbers))}'>"
        f"<line x1='{MARGIN}' x2='{WIDTH - MARGIN}' y1='{base}' y2='{base}' stroke='var(--linie)'/>"
        f"<polyline points='{line}' fill='none' stroke='var(--grau)'/>{''.join(dots)}"
        f"<text x='{MARGIN}' y='{HEIGHT - 5}'>{first.year}</text>"
        f"<text x='{WIDTH - MARGIN}' y='{HEIGHT - 5}' text-anchor='end'>{last.year}</text></svg>"
        f"<figcaption>alle Stände ab null{'; Ring: erwartet' if wanted is not None else ''}</figcaption></figure>"
    )


def _spoken(dates: pd.Series, values: Sequence[float]) -> str:
    pairs = zip(dates, values, strict=True)
    return "; ".join(f"{date:%d.%m.%Y}: {number(value)}" for date, value in pairs)

"""Where a figure's numbers come from: unit line, Stände, source line, signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.data.sums import terms
from sozialbericht.drawing.canvas.scale import noted
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.status import Status
from sozialbericht.wording import judgement
from sozialbericht.wording.values import enumeration
from sozialbericht.writing.blocks import Caption

CALIBRATION = "Die Zuordnung ist in den Modelldaten angelegt und belegt nichts über die wirklichen Gebiete."
_BRACKETED = re.compile(r"\([^()]*\d\)|\( \)|\(–\)")
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()


def calibration(bestand: Datenbestand) -> str:
    """The sentence that types and classes are laid out in the demonstration data; empty for official data."""
    return CALIBRATION if bestand.ist_modell else ""


def unit_line(i: Indikator) -> str:
    """The unit line of a caption: „Arbeitslose in % der 15- bis unter 65-Jährigen“."""
    unit, whole = i.mass.unit, str(i.zeile["bezug"])
    if unit == "Index":
        return f"{i.titel}, {i.bestand.stadtname} = 100"
    if unit.startswith("je "):
        return f"{i.gezaehlt} {whole if whole.startswith(unit) else f'{unit} {whole}'}"
    return f"{i.gezaehlt} in{NBSP}{unit} {whole}"


def stands(i: Indikator) -> str:
    """The Stände of numerator and denominator for a source line; one where they are the same."""
    top, bottom = i.staende
    if bottom in ("", top):
        return f"Stand {top}"
    whole = terms(i.zeile["nenner"])[0]
    return f"Stand {top} ({i.gezaehlt}), {bottom} ({i.bestand.merkmale().at[whole, 'bezeichnung']!s})"


def all_stands(used: Sequence[Indikator]) -> str:
    """The Stände of several indicators: said once where they agree, else by indicator."""
    if len(used) == 1:
        return stands(used[0])
    groups: dict[tuple[str, str], list[Indikator]] = {}
    for i in used:
        groups.setdefault(i.staende, []).append(i)
    if len({top for top, _ in groups}) == 1:
        top = next(iter(groups))[0]
        bottoms = dict.fromkeys(bottom for _, bottom in groups if bottom)
        return f"Stand {top}" + "".join(f", Bezugsbevölkerung {bottom}" for bottom in bottoms)
    most = max(groups, key=lambda pair: len(groups[pair]))
    parts = [f"Stand {_pair(most)}"]
    for pair, others in groups.items():
        if pair != most:
            parts.append(f"{enumeration(i.titel for i in others)}: {_pair(pair)}")
    return "; ".join(parts)


def _pair(pair: tuple[str, str]) -> str:
    return f"{pair[0]} (Bezug {pair[1]})" if pair[1] else pair[0]


def source_line(b: Datenbestand, indicators: Sequence[str], *, chart: str = "", extra: str = "") -> str:
    """The source line of a figure or table of these indicators, as :func:`source_of`."""
    return source_of([Indikator(b, key) for key in indicators], chart=chart, extra=extra)


def source_of(used: Sequence[Indikator], *, chart: str = "", extra: str = "") -> str:
    """Source, Stände, breaks, signs; ``chart`` is „karte“, „muster“ (a map without positions), „verlauf“ or empty."""
    b = used[0].bestand
    sources = dict.fromkeys(part.strip() for i in used for part in str(i.zeile["quelle"]).split(","))
    when = _each_year(used[0]) if chart == "verlauf" else all_stands(used)
    sentences = [f"{', '.join(sources)}; {when}."]
    if chart == "verlauf":
        for i in used:
            for _, cut in b.brueche(i.schluessel).iterrows():
                sentences.append(f"Bruch {cut['ab'].year}: {cut['grund']} Über den Bruch hinweg nicht vergleichbar.")
    if chart in ("karte", "muster"):
        judged = chart == "karte" and any((i.werte["lage"] != Position.UNKNOWN).any() for i in used) and not b._many
        signed = f"{map_numbers(b).removesuffix('.')}; {judgement.key(b.ebenen.stadt.gesamtwert)}"
        sentences.append(signed if judged else map_numbers(b))
    sentences += signs([s for i in used for s in i.werte["status"]])
    if chart in ("karte", "muster"):
        sentences.append(map_borders(b))
    if extra:
        sentences.append(extra)
    return " ".join(dict.fromkeys(filter(None, sentences)))


def _each_year(i: Indikator) -> str:
    """Which Stand each year of a series has."""
    period = i.bestand._zeitbezug(i.schluessel)
    if period == "schuljahr":
        return "Schuljahre, auf der Achse das Jahr ihres Beginns"
    month = MONTHS[int(i.zeile["bezug_monat"]) - 1]
    return f"Stand jeweils {month}" if period in ("monat", "stichtag") else "Stand je Jahr"


def map_numbers(b: Datenbestand) -> str:
    """What the numbers in a map are; where many areas have none, where to look."""
    areas = b.ebenen.unten.mehrzahl_bestimmt
    if b._many:
        return f"Nummern, Namen und Werte der {areas} stehen im Anhang."
    return f"Zahlen in der Karte: Nummern der {areas}."


def map_borders(b: Datenbestand) -> str:
    """What is to be said of the borders in a map; empty where nothing is."""
    return f"{b._kartenhinweis}." if b._kartenhinweis else ""


def signs(statuses: Sequence[str]) -> list[str]:
    """The explanation of the signs in use, „„.“ geheim gehalten“."""
    used = [s for s in dict.fromkeys(statuses) if s != Status.OK]
    return [f"„{numbers.status_sign(s)}“ {numbers.status_word(s)}." for s in used]


def cell_of(row: pd.Series, decimals: int) -> str:
    """The same of a row with the columns wert, klammer and status."""
    limited = row["status"] == Status.LIMITED
    return cell(row["klammer" if limited else "wert"], str(row["status"]), decimals)


def signs_in(cells: Iterable[str], among: Iterable[str] = Status) -> list[str]:
    """The explanation of the signs that stand in printed cells, in the order of ``among``."""
    used = {numbers.status_sign(Status.LIMITED) if _BRACKETED.fullmatch(words) else words for words in cells}
    return signs([s for s in among if s != Status.OK and numbers.status_sign(s) in used])


def cell(value: float, status: str, decimals: int) -> str:
    """A table cell: the printed number, or the sign of its status."""
    return numbers.shown(value, status, decimals)


def with_axes(caption: Caption, figure: Figure) -> Caption:
    """A caption that says, too, where the axes of its figure leave 0 out."""
    return replace(caption, unit="; ".join(filter(None, [caption.unit, noted(figure)])))

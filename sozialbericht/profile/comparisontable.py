"""The comparison in a profile: a table of all its indicators with interval, rank and trend, and beside it the bands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.drawing.canvas.rowgrid import Rowgrid, fitting, height
from sozialbericht.drawing.canvas.style import FULL, GUTTER, LABEL
from sozialbericht.drawing.charts.spine import Spine, spine
from sozialbericht.escaping import bold
from sozialbericht.findings import ranges
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.position import Position
from sozialbericht.profile import development, panels
from sozialbericht.profile.panels import Heading
from sozialbericht.profile.rows import among, profilindikatoren, rankspan, spannen
from sozialbericht.status import Status
from sozialbericht.wording import intervalwords, judgement
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks, captions
from sozialbericht.writing.rowtable import Rowtable

HEAD, ROW, GROUP = 9.0, 5.0, 5.1
"""Heights in mm: of the heads, of a row with a name of one line, of a group's name."""

SPACE, SIGN = 1.8, 3.0
"""Between two columns, for the sign before a word, mm."""

#: Least widths of the columns after the first, mm.
WIDTHS = (9.0, 16.5, 9.5, 7.0, 9.5, 13.0, 6.4)
#: Which of them holds the position beside the city.
JUDGED = 5


@dataclass(frozen=True)
class Line:
    """One indicator of the comparison: what is drawn of it, its rank (1 is the most favourable, without judgement the
    highest value) with the first and the last that agree with the numbers (0: none), its trend.
    """

    spine: Spine
    indicator: str
    rank: int
    first: int
    last: int
    trend: Position

    def cells(self) -> list[str]:
        """The printed cells after the name."""
        row, none = self.spine, numbers.status_sign(Status.NOT_MEANINGFUL)
        city = numbers.number(row.city, row.decimals) if np.isfinite(row.city) else numbers.status_sign(Status.MISSING)
        if row.status != Status.OK:
            shown = captions.cell(row.value, row.status, row.decimals)
            return [shown, "", city, "", "", numbers.status_word(row.status), ""]
        interval = intervalwords.span(row.lower, row.upper, row.decimals) or none
        ranks = rankspan(self.first, self.last) or none
        value = captions.cell(row.value, row.status, row.decimals)
        return [value, interval, city, str(self.rank), ranks, str(row.position), judgement.TRENDS[self.trend]]


def lines(b: Datenbestand, raum: str) -> list[Line]:
    """Die Zeilen des Vergleichs, eine je Profilindikator."""
    return [_line(b, name, raum, row) for name, row in zip(profilindikatoren(b), spannen(b, raum), strict=True)]


def _line(b: Datenbestand, indicator: str, area: str, row: Spine) -> Line:
    level = b.ebene(area)
    found = ranges.guenstigste_zuerst(ranges.rangspannen(b, indicator, level), row.direction)
    trend = ranges.verlaeufe(b, indicator, level)[area]
    rank, first, last = (int(found[name][area]) for name in ("rang", "von", "bis"))
    return Line(row, indicator, rank, first, last, trend)


def profilvergleich(b: Datenbestand, raum: str) -> None:
    """Setzt auf einer neuen Seite die Tabelle aller Profilindikatoren mit Wert, 95-%-Bereich, Stadtwert, Rang und
    Rangbereich, Lage zum Stadtwert und Verlauf; daneben, wo das Gebiet zwischen allen Gebieten liegt.
    """
    found, level, lowest = lines(b, raum), b.ebenen[b.ebene(raum)], b.ebenen.unten
    table, drawn = _table(found, b.ebenen.stadt)
    figure = spine(drawn, table.grid, b.stadtname, LABEL)
    picture = development.picture(b, raum, "vergleich", figure, _alternative(b, raum, found))
    content = table.beside(picture, LABEL, _marks(b, level, found), _signs(b, level))
    title = (
        f"{b.name(raum)} unter den {len(b.raeume())} {lowest.dativ}"
        if level == lowest
        else f"{b.name(raum)} im Vergleich mit allen {lowest.dativ}"
    )
    heading = Heading("Vergleich", title, "Werte, 95-%-Bereiche und Ränge; rechts ist günstiger")
    blocks.put(panels.framed(heading, content, source=_source(b, level, raum, found), new_page=True))


#: What stands for the arrows of trends where text is measured.
ARROWS = str.maketrans("↗↘", "→→")


def _table(found: list[Line], city: Ebene) -> tuple[Rowtable, list[Spine | None]]:
    """The table, and for each of its rows what is drawn there."""
    printed = [line.cells() for line in found]
    # the arrows of trends come from another face, in which they are as wide as the one that both have
    plain = ([word.translate(ARROWS) for word in words] for words in zip(*printed, strict=True))
    rooms = [fitting(words, least, weight=600) for words, least in zip(plain, WIDTHS, strict=True)]
    rooms[JUDGED] += SIGN
    name = FULL - GUTTER - LABEL - sum(rooms) - SPACE * len(rooms)
    rows: list[list[str]] = []
    drawn: list[Spine | None] = []
    heights: list[float] = []
    for line, cells in zip(found, printed, strict=True):
        row = line.spine
        if [row.group] not in rows:
            rows.append([row.group])
            drawn.append(None)
            heights.append(GROUP)
        cells[0] = bold(cells[0])
        if row.status == Status.OK:
            cells[JUDGED] = judgement.cell(row.position, row.direction)
        rows.append([row.name, *cells])
        drawn.append(row)
        heights.append(height(row.name, name, ROW))
    compared = f"zum {city.gesamtwert.removesuffix('wert')}|wert"
    heads = ["Merkmal", "Wert", "95-%-Bereich", city.einzahl, "Rang", "Rang|bereich", compared, "Trend"]
    table = Rowtable(
        heads,
        rows,
        " ".join(["1fr", *(f"{room:.1f}mm" for room in rooms)]),
        Rowgrid(HEAD, tuple(heights)),
        left=(0, 1 + JUDGED),
        grey=(2, 5),
        lines=tuple(k for k, row in enumerate(drawn) if k and row is None),
    )
    return table, drawn


def _signs(b: Datenbestand, level: Ebene) -> str:
    """What the signs in the table mean."""
    compared = f"{len(b.raeume(level))} {level.mehrzahl_bestimmt}"
    return (
        f"▲ über, ▼ unter, ≈ im Bereich des {b.ebenen.stadt.gesamtwert}s, nach Prüfung aller {compared} eines "
        "Merkmals. ↗ steigend, → ohne erkennbaren Trend, ↘ sinkend. x kein Intervall, Reihe zu kurz."
    )


def _marks(b: Datenbestand, level: Ebene, found: list[Line]) -> str:
    """What bands and marks mean."""
    lowest = b.ebenen.unten
    told = (
        f"Bild: heller Balken alle {len(b.raeume())} {lowest.mehrzahl_bestimmt}, dunkler die mittlere Hälfte; "
        "gefüllt: weicht ab, hohl: weicht nicht erkennbar ab oder kein Intervall; Raute: ohne Wertung, rechts mehr"
    )
    members = any(line.spine.members for line in found)
    return f"{told}; kleine Ringe: {lowest.mehrzahl} {level.von}." if members else f"{told}."


def _source(b: Datenbestand, level: Ebene, area: str, found: list[Line]) -> str:
    """Stände, what a rank counts, signs."""
    hidden = " mit veröffentlichtem Wert" if any(line.spine.status != Status.OK for line in found) else ""
    told = [
        _stands(b, area, found),
        f"Rang 1: günstigster, ohne Wertung höchster Wert unter {among(len(b.raeume(level)), level)}{hidden}.",
        "Rangbereich (95 %): Ränge, die mit den Zahlen vereinbar sind.",
        "Quellen: Indikatorenblätter des Berichts.",
        *captions.signs([line.spine.status for line in found]),
    ]
    return " ".join(told)


def _stands(b: Datenbestand, area: str, found: list[Line]) -> str:
    """The Stände: of whole dimensions where their rows agree, else of indicators; the most common one at the end."""
    named: dict[str, list[str]] = {}
    for group, members in groupby(found, key=lambda line: line.spine.group):
        stands = {line.indicator: b.wert(line.indicator, area).stand for line in members}
        for indicator, stand in stands.items():
            whole = len(set(stands.values())) == 1
            name = group if whole else str(b.indikator(indicator)["bezeichnung"])
            named.setdefault(stand, []).append(name)
    named = {stand: list(dict.fromkeys(names)) for stand, names in named.items()}
    most = max(named, key=lambda stand: len(named[stand]))
    others = [f"{enumeration(names)} {stand}" for stand, names in named.items() if stand != most]
    return f"Stände: {', '.join([*others, f'übrige {most}'])}." if others else f"Stand: {most}."


def _alternative(b: Datenbestand, area: str, found: list[Line]) -> str:
    """The alternative text of the bands: what they show and how many marks lie on each side; the table has the rest."""
    sides = [line.spine.side() for line in found]
    judged = sum(bool(line.spine.direction) for line in found)
    return (
        f"Spannendiagramm zur Tabelle links: je Zeile {b.name(area)} mit 95-%-Bereich zwischen dem ungünstigsten und "
        f"dem günstigsten der {b.ebenen.unten.mehrzahl_bestimmt}, Mittellinie {b.stadtname}. Von {judged} "
        f"bewerteten Merkmalen liegen {sides.count(-1)} erkennbar auf der ungünstigen, {sides.count(1)} auf der "
        "günstigen Seite. "
        "Alle Werte, Ränge und Lagen stehen in der Tabelle links."
    )

"""Summary: what an audit has found, in German, as a plain text for the statistician and for nobody else."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from sozialbericht.audit.bounds import Interval
from sozialbericht.audit.cells import Cell
from sozialbericht.audit.evidence import Statement
from sozialbericht.audit.pictured.coordinates import Drawn
from sozialbericht.audit.questions import Target
from sozialbericht.audit.verdict import Result
from sozialbericht.data.tableset import Tables

#: Over the counts that cannot be protected any more.
PUBLIC = "Bereits veröffentlicht, nach den heutigen Regeln geheim zu halten"
#: How many findings of one kind are listed; the rest is counted.
MOST = 40


def summary(result: Result, tables: Tables, *, everything: bool = False) -> str:
    """The audit as a text. ``everything`` lists the protected numbers, too."""
    names = _Names(tables)
    shown = list(result.targets) if everything else result.exposed
    parts = [
        _heading(result),
        _block("Geheim gehaltene Zahlen und was über sie herauszufinden ist", _targets(shown, names)),
        _block(PUBLIC, [names.cell(cell) for cell in result.public]),
        _block("Stellen, die Geheimgehaltenes nennen", [_statement(one, names) for one in result.leaks]),
        _block("Nicht zugeordnete Zahlen", [_statement(one, names) for one in result.unassigned]),
        _block(
            "Bilder, die Geheimgehaltenes zeigen",
            [f"{one.file}: {_drawn(one, names)}" for one in result.traitors],
        ),
        _block("Bilder, die mehr Stellen zeigen als ihre Tabellen", _unrounded(result.pictures, names)),
        _block("Dateien, die niemand gelesen hat", [f"{name}: {why}" for name, why in result.unread.items()]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def named(target: Target, tables: Tables) -> str:
    """A withheld number and what is wrong with it, without saying which values are left: „Gebiet, Merkmal (Stand):
    bestimmt“."""
    names = _Names(tables)
    return f"{names.area(target.area)}, {names.topic(target.topic)} ({_day(target.date)}): {target.verdict}"


def faults(statements: Iterable[Statement], pictures: Iterable[Drawn], tables: Tables) -> dict[str, str]:
    """What a file gives away, with the words that do: „Gebiet, Zahl: „0,2““ → „in „…““."""
    names = _Names(tables)
    told = {f"{_about(one, names)}: „{one.number}“": f"in „{one.words}“" for one in reversed(list(statements))}
    drawn = (one for one in pictures if one.kind != "ungerundet")
    return {**told, **{_drawn(one, names): "" for one in drawn}}


class _Names:
    """The German names of what is withheld."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def area(self, area: str) -> str:
        return str(self._tables.areas.at[area, "kurzname"]) if area else "alle Gebiete"

    def cell(self, cell: Cell) -> str:
        """A count: „Gebiet, Merkmal (Stand)“."""
        return f"{self.area(cell.area)}, {self.topic(('merkmal', cell.feature))} ({_day(cell.date)})"

    def topic(self, topic: tuple[str, str]) -> str:
        table = self._tables.indicators if topic[0] == "indikator" else self._tables.features
        name = str(table.at[topic[1], "bezeichnung"])
        return f"{name} (Zähler)" if topic[0] == "indikator" else name


def _heading(result: Result) -> str:
    counts = Counter(target.verdict for target in result.targets)
    verdicts = ", ".join(f"{number} {verdict}" for verdict, number in sorted(counts.items())) or "keine"
    lines = [
        "Prüfung der Geheimhaltung",
        f"  gelesen: {result.files} Dateien, {result.passages} Textstellen",
        f"  geheim gehalten: {len(result.targets)} Zahlen ({verdicts})",
        f"  Stellen, die Geheimgehaltenes nennen: {len(result.leaks)}; nicht zugeordnet: {len(result.unassigned)}; "
        f"Bilder: {len(result.traitors)}; ungelesene Dateien: {len(result.unread)}",
        "  Ergebnis: " + ("Der Bericht kann erscheinen." if result.safe else "Der Bericht darf so nicht erscheinen."),
    ]
    return "\n".join(lines)


def _targets(targets: Sequence[Target], names: _Names) -> list[str]:
    rows = [("Gebiet", "Zahl", "Stand", "möglich", "Urteil", "Grund")]
    for target in targets:
        rows.append(
            (
                names.area(target.area), names.topic(target.topic), _day(target.date), _interval(target.interval),
                target.verdict, target.why or "–",
            )
        )  # fmt: skip
    return _columns(rows) if targets else []


def _interval(interval: Interval) -> str:
    if not interval.consistent:
        return "nichts"
    low, high = (f"{end:.0f}" if math.isfinite(end) else "unbegrenzt" for end in (interval.low, interval.high))
    return low if low == high else f"{low} bis {high}"


def _statement(statement: Statement, names: _Names) -> str:
    number = f"„{statement.number}“ in „{statement.words}“"
    return f"{statement.file} ({statement.kind}): {_about(statement, names)}: {number}"


def _about(statement: Statement, names: _Names) -> str:
    topics = ", ".join(sorted(names.topic(topic) for topic in statement.topics))
    return f"{names.area(statement.area)}, {topics}"


def _drawn(picture: Drawn, names: _Names) -> str:
    what = {
        "geheim": "zeichnet einen geheim gehaltenen Wert",
        "unerklärt": "hat eine Marke, die kein gedruckter Wert erklärt",
        "Klasse": "färbt ein Gebiet ohne Wert wie eine Klasse",
    }
    topic = names.topic(("indikator", picture.indicator)).removesuffix(" (Zähler)")
    return f"ein Bild {what[picture.kind]} ({names.area(picture.area)}, {topic})"


def _unrounded(pictures: Iterable[Drawn], names: _Names) -> list[str]:
    found = Counter(picture.indicator for picture in pictures if picture.kind == "ungerundet")
    topics = ((names.topic(("indikator", name)).removesuffix(" (Zähler)"), number) for name, number in found.items())
    return [f"{topic}: {number} Bilder" for topic, number in topics]


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _block(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    more = [f"… und {len(lines) - MOST} weitere"] if len(lines) > MOST and not title.startswith("Geheim") else []
    kept = list(lines) if not more else list(lines[:MOST])
    return "\n".join([title, *(f"  {line}" for line in [*kept, *more])])


def _day(date: str) -> str:
    year, month, day = date.split("-")
    return f"{day}.{month}.{year}"

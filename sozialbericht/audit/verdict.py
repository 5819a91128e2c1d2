"""Audit: a finished publication attacked before it leaves the house.

Two questions, asked without the suppression: *What follows from the tables?* Everything that they show is taken as
known; every withheld count gets the interval of values that still fit the contract's sums. *Do the files say more than
the tables?* Every file is read; a number where nothing may stand, a class, a rank or a mark of a withheld value, and a
format that nobody reads are faults. What holds against somebody who knows all shown counts exactly holds against every
reader of rounded rates and intervals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sozialbericht.audit.bounds import Interval, System, attainable
from sozialbericht.audit.cells import LEAST, Cell, Shown
from sozialbericht.audit.coordinates import Drawn
from sozialbericht.audit.evidence import Statement
from sozialbericht.audit.inspector import Inspector
from sozialbericht.audit.readers import channels
from sozialbericht.audit.readers.channels import Publication
from sozialbericht.audit.relations import Contract
from sozialbericht.cache.runcache import RunCache
from sozialbericht.faults import ReportError
from sozialbericht.status import Status

_Wanted = tuple[tuple[str, str], str, str]
"""The topic, the area and the Stand of a target."""


@dataclass(frozen=True)
class Target:
    """A withheld number and what can be concluded about it.

    ``topic`` is a merkmal, or an indicator whose numerator is meant; ``date`` the Stand, ``why`` the reason for
    withholding it where the suppression has told one, ``width`` how many whole values must remain. ``before`` says
    that released reports tell as much already.
    """

    topic: tuple[str, str]
    area: str
    date: str
    interval: Interval
    why: str = ""
    width: int = LEAST
    before: bool = False

    @property
    def safe(self) -> bool:
        """Whether enough values remain possible, or this report adds nothing to what is public."""
        return self.interval.consistent and (self.before or _room(self.interval) >= self.width)

    @property
    def verdict(self) -> str:
        """What the interval means, in German."""
        if not self.interval.consistent:
            return "widersprüchlich"
        if self.before:
            return "bereits veröffentlicht"
        if self.safe:
            return "geschützt"
        if not self.interval.values:
            return "ungeprüft"
        return "bestimmt" if self.interval.exact else "zu eng"


@dataclass(frozen=True)
class Result:
    """What an audit has found. ``files`` and ``passages`` say how much was read.

    ``public`` are counts that today's rules would withhold and that released reports have shown.
    """

    targets: tuple[Target, ...]
    statements: tuple[Statement, ...] = ()
    pictures: tuple[Drawn, ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)
    files: int = 0
    passages: int = 0
    public: tuple[Cell, ...] = ()

    @property
    def exposed(self) -> list[Target]:
        """The withheld numbers that are not protected."""
        return [target for target in self.targets if not target.safe]

    @property
    def leaks(self) -> list[Statement]:
        """The places of the publication that say what they may not: those whose subject is certain."""
        return [statement for statement in self.statements if statement.certain]

    @property
    def unassigned(self) -> list[Statement]:
        """Numbers near a withheld area's name that belong to it perhaps („nicht zugeordnet“)."""
        return [statement for statement in self.statements if not statement.certain]

    @property
    def traitors(self) -> list[Drawn]:
        """The pictures that draw what is withheld, or marks that no printed value explains."""
        return [picture for picture in self.pictures if picture.kind != "ungerundet"]

    @property
    def safe(self) -> bool:
        """Whether the publication may leave the house."""
        return not (self.exposed or self.leaks or self.unassigned or self.traitors or self.unread)


def audit(
    folders: Sequence[Path],
    shown: Shown,
    *,
    reasons: Mapping[Cell, str] | None = None,
    cache: RunCache | None = None,
) -> Result:
    """Attack what lies in these folders: the finished publication, and earlier ones that are public already.

    ``reasons`` are the suppression's words for each withheld count, only printed; ``cache`` may have kept
    readings of files with the same content.
    """
    publications = [channels.read(folder, cache) for folder in folders]
    targets = attack(shown, reasons or {})
    statements, pictures = scan(publications, shown)
    return Result(
        tuple(targets),
        tuple(statements),
        tuple(pictures),
        {str(Path(one.folder.name) / name): why for one in publications for name, why in one.unread.items()},
        sum(len(one.readings) for one in publications),
        sum(len(reading.passages) for one in publications for reading in one.different().values()),
    )


def attack(shown: Shown, reasons: Mapping[Cell, str]) -> list[Target]:
    """The attainable interval of every withheld count, and of every withheld indicator's numerator.

    A reader of earlier reports knows more: what they have told of counts that have no number today. That may be true
    still or not; both are tried. What released reports alone confine as much is public, not given away.
    """
    wanted = _wanted(shown)
    solved = _solved(shown, shown.known, wanted.values())
    if shown.told:
        told = _solved(shown, {**shown.known, **shown.told}, wanted.values())
        solved = [
            other if other.consistent and _room(other) < _room(one) and not shown.told.keys() & terms else one
            for one, other, terms in zip(solved, told, wanted.values(), strict=True)
        ]
    narrow = {
        key: terms
        for (key, terms), one in zip(wanted.items(), solved, strict=True)
        if one.consistent and _room(one) < _width(shown, terms)
    }
    before = _before(shown, narrow) if shown.listed or shown.told else {}
    return [
        Target(
            *key, one, _reason(reasons, terms), _width(shown, terms), key in before and before[key] <= _room(one)
        )
        for (key, terms), one in zip(wanted.items(), solved, strict=True)
    ]  # fmt: skip


def questions(shown: Shown) -> str:
    """Everything that the answer of :func:`attack` depends on, as a text: the same as long as no number of a sensitive
    Merkmal is new, nor what released reports have told of them."""
    wanted = _wanted(shown)
    every = [shown.known] if not (shown.listed or shown.told) else [
        shown.known, {**shown.known, **shown.told}, shown.before, {**shown.before, **shown.told},
    ]  # fmt: skip
    numbers = [{cell: known[cell] for terms in wanted.values() for cell in terms if cell in known} for known in every]
    widths = [_width(shown, terms) for terms in wanted.values()]
    return repr((wanted, widths, numbers, sorted(shown.told), [_system(shown, known) for known in every]))


def _before(shown: Shown, wanted: Mapping[_Wanted, list[Cell]]) -> dict[_Wanted, float]:
    """How many values released reports alone leave for each target.

    Of a count that has no number today the number told before is no answer: it may be another one now.
    """
    found: dict[_Wanted, float] = {}
    for known, own in ((shown.before, True), ({**shown.before, **shown.told}, False)):
        asked = {key: terms for key, terms in wanted.items() if bool(shown.told.keys() & terms) == own}
        solved = _solved(shown, known, asked.values()) if asked else []
        found |= {key: _room(one) for key, one in zip(asked, solved, strict=True) if one.consistent}
    return found


def _wanted(shown: Shown) -> dict[_Wanted, list[Cell]]:
    """What is asked for: each withheld count, and each withheld indicator's numerator as the counts that it sums up."""
    wanted: dict[_Wanted, list[Cell]] = {
        (("merkmal", cell.feature), cell.area, cell.date): [cell] for cell in shown.withheld
    }
    for (indicator, year, area), row in shown.rows.items():
        cells, wholes = shown.summands(indicator, year, area)
        open_ones = [cell in shown.known for cell in cells]
        # a numerator that is shown is no secret where only the denominator is one
        kept = all(cell in shown.known for cell in wholes) if all(open_ones) else len(cells) > 1
        if row.status == Status.WITHHELD and cells and kept:
            wanted[("indikator", indicator), area, row.numerator_date] = cells
    return wanted


def _system(shown: Shown, known: Mapping[Cell, float]) -> System:
    """What is left to find out for somebody who knows these counts."""
    return Contract(shown, known).over((cell.feature, cell.date) for cell in shown.withheld)


def _solved(shown: Shown, known: Mapping[Cell, float], wanted: Collection[Sequence[Cell]]) -> list[Interval]:
    """The attainable intervals of sums of counts for somebody who knows these counts."""
    terms = [{cell: 1.0 for cell in cells if cell not in known} for cells in wanted]
    shown_part = [sum(known.get(cell, 0.0) for cell in cells) for cells in wanted]
    return [
        replace(one, low=one.low + part, high=one.high + part)
        for one, part in zip(attainable(_system(shown, known), terms, enough=LEAST), shown_part, strict=True)
    ]


def _width(shown: Shown, terms: Iterable[Cell]) -> int:
    """How many values must remain for a sum: as many as for the least protected of those in it that are not shown."""
    return min((shown.widths[cell.feature] for cell in terms if cell not in shown.known), default=LEAST)


def _room(interval: Interval) -> float:
    """How many values an interval leaves: those attained while they are few, else all whole numbers in it."""
    return interval.values if interval.values < LEAST else max(interval.values, interval.high - interval.low + 1)


def scan(publications: Iterable[Publication], shown: Shown) -> tuple[list[Statement], list[Drawn]]:
    """What the files say beyond the tables."""
    statements: list[Statement] = []
    pictures: list[Drawn] = []
    for publication in publications:
        inspector = Inspector(shown.at(publication.year))
        found = [inspector.judge(file, reading) for file, reading in publication.different().items()]
        statements += [statement for one in found for statement in one.statements]
        pictures += [drawn for one in found for drawn in one.pictures]
        pictures += inspector.together(dot for one in found for dot in one.dots)
    return list(dict.fromkeys(statements)), list(dict.fromkeys(pictures))


def require(result: Result, text: str) -> None:
    """Stop a release where the audit has found anything; ``text`` says what."""
    if not result.safe:
        raise ReportError(text)


def _reason(reasons: Mapping[Cell, str], terms: Iterable[Cell]) -> str:
    return "; ".join(dict.fromkeys(reasons[cell] for cell in terms if cell in reasons))

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

from sozialbericht.audit.bounds import Interval, attainable
from sozialbericht.audit.cells import Cell, Shown
from sozialbericht.audit.coordinates import Drawn, drawn
from sozialbericht.audit.evidence import Evidence, Statement
from sozialbericht.audit.mentions import Vocabulary
from sozialbericht.audit.orders import Orders
from sozialbericht.audit.permitted import Permitted
from sozialbericht.audit.readers import channels
from sozialbericht.audit.readers.channels import Publication
from sozialbericht.audit.relations import Contract
from sozialbericht.faults import ReportError
from sozialbericht.status import Status

#: How many values must remain possible for a withheld count: the minimum count.
WIDTH = 3


_Wanted = tuple[tuple[str, str], str, str]
"""The topic, the area and the Stand of a target."""


@dataclass(frozen=True)
class Target:
    """A withheld number and what can be concluded about it.

    ``topic`` is a merkmal, or an indicator whose numerator is meant; ``date`` the Stand, ``why`` the reason for
    withholding it where the suppression has told one. ``before`` says that released reports tell as much already.
    """

    topic: tuple[str, str]
    area: str
    date: str
    interval: Interval
    why: str = ""
    width: int = WIDTH
    before: bool = False

    @property
    def safe(self) -> bool:
        """Whether enough values remain possible, or this report adds nothing to what is public."""
        return self.interval.consistent and (self.before or self.interval.values >= self.width)

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
    width: int = WIDTH,
    keep: Path | None = None,
) -> Result:
    """Attack what lies in these folders: the finished publication, and earlier ones that are public already.

    ``reasons`` are the suppression's words for each withheld count, only printed; ``keep`` is a folder in which
    readings are kept by the content of the files.
    """
    publications = [channels.read(folder, keep) for folder in folders]
    targets = attack(shown, reasons or {}, width)
    statements, pictures = scan(publications, shown)
    return Result(
        tuple(targets),
        tuple(statements),
        tuple(pictures),
        {str(Path(one.folder.name) / name): why for one in publications for name, why in one.unread.items()},
        sum(len(one.readings) for one in publications),
        sum(len(reading.passages) for one in publications for reading in one.different().values()),
    )


def attack(shown: Shown, reasons: Mapping[Cell, str], width: int = WIDTH) -> list[Target]:
    """The attainable interval of every withheld count, and of every withheld indicator's numerator.

    A reader of earlier reports knows more: what they have told of counts that have no number today. That may be true
    still or not; both are tried. What released reports alone confine as much is public, not given away.
    """
    wanted = _wanted(shown)
    solved = _solved(shown, shown.known, wanted.values(), width)
    if shown.told:
        told = _solved(shown, {**shown.known, **shown.told}, wanted.values(), width)
        solved = [
            other if other.consistent and other.values < one.values and not shown.told.keys() & terms else one
            for one, other, terms in zip(solved, told, wanted.values(), strict=True)
        ]
    narrow = {
        key: terms
        for (key, terms), one in zip(wanted.items(), solved, strict=True)
        if one.consistent and one.values < width
    }
    before = _before(shown, narrow, width) if shown.listed or shown.told else {}
    return [
        Target(*key, one, _reason(reasons, terms), width, before.get(key, width + 1) <= one.values)
        for (key, terms), one in zip(wanted.items(), solved, strict=True)
    ]


def _before(shown: Shown, wanted: Mapping[_Wanted, list[Cell]], width: int) -> dict[_Wanted, int]:
    """How many values released reports alone leave for each target, up to ``width``.

    Of a count that has no number today the number told before is no answer: it may be another one now.
    """
    found: dict[_Wanted, int] = {}
    for known, own in ((shown.before, True), ({**shown.before, **shown.told}, False)):
        asked = {key: terms for key, terms in wanted.items() if bool(shown.told.keys() & terms) == own}
        solved = _solved(shown, known, asked.values(), width) if asked else []
        found |= {key: one.values for key, one in zip(asked, solved, strict=True) if one.consistent}
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


def _solved(
    shown: Shown, known: Mapping[Cell, float], wanted: Collection[Sequence[Cell]], width: int
) -> list[Interval]:
    """The attainable intervals of sums of counts for somebody who knows these counts."""
    system = Contract(shown, known).over((cell.feature, cell.date) for cell in shown.withheld)
    terms = [{cell: 1.0 for cell in cells if cell not in known} for cells in wanted]
    shown_part = [sum(known.get(cell, 0.0) for cell in cells) for cells in wanted]
    return [
        replace(one, low=one.low + part, high=one.high + part)
        for one, part in zip(attainable(system, terms, enough=width), shown_part, strict=True)
    ]


def scan(publications: Iterable[Publication], shown: Shown) -> tuple[list[Statement], list[Drawn]]:
    """What the files say beyond the tables."""
    vocabulary = Vocabulary(shown.tables)
    statements: list[Statement] = []
    pictures: list[Drawn] = []
    for publication in publications:
        own, different = shown.at(publication.year), publication.different()
        evidence, orders = Evidence(vocabulary, Permitted(own)), Orders(vocabulary, own)
        for file, reading in different.items():
            statements += evidence.statements(file, reading.passages)
            statements += orders.statements(file, reading.passages)
        pictures += drawn(different, own, vocabulary)
    return list(dict.fromkeys(statements)), pictures


def require(result: Result, text: str) -> None:
    """Stop the publication where the audit has found anything; ``text`` says what."""
    if not result.safe:
        raise ReportError(text)


def _reason(reasons: Mapping[Cell, str], terms: Iterable[Cell]) -> str:
    return "; ".join(dict.fromkeys(reasons[cell] for cell in terms if cell in reasons))

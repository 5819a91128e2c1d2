"""Audit: a finished publication attacked before it leaves the house.

Two questions, asked without the suppression: *What follows from the tables?* Everything that they show is taken as
known; every withheld count gets the interval of values that still fit the contract's sums. *Do the files say more than
the tables?* Every file is read; a number where nothing may stand, a class, a rank or a mark of a withheld value, and a
format that nobody reads are faults. What holds against somebody who knows all shown counts exactly holds against every
reader of rounded rates and intervals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Target:
    """A withheld number and what can be concluded about it.

    ``topic`` is a merkmal, or an indicator whose numerator is meant; ``date`` the Stand, ``why`` the reason for
    withholding it where the suppression has told one.
    """

    topic: tuple[str, str]
    area: str
    date: str
    interval: Interval
    why: str = ""
    width: int = WIDTH

    @property
    def safe(self) -> bool:
        """Whether enough values remain possible."""
        return self.interval.consistent and self.interval.values >= self.width

    @property
    def verdict(self) -> str:
        """What the interval means, in German."""
        if not self.interval.consistent:
            return "widersprüchlich"
        if self.safe:
            return "geschützt"
        if not self.interval.values:
            return "ungeprüft"
        return "bestimmt" if self.interval.exact else "zu eng"


@dataclass(frozen=True)
class Result:
    """What an audit has found. ``files`` and ``passages`` say how much was read."""

    targets: tuple[Target, ...]
    statements: tuple[Statement, ...] = ()
    pictures: tuple[Drawn, ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)
    files: int = 0
    passages: int = 0

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
    """The attainable interval of every withheld count, and of every withheld indicator's numerator."""
    system = Contract(shown, shown.known).over((cell.feature, cell.date) for cell in shown.withheld)
    wanted: dict[tuple[tuple[str, str], str, str], Mapping[Cell, float]] = {
        (("merkmal", cell.feature), cell.area, cell.date): {cell: 1.0} for cell in shown.withheld
    }
    for (indicator, year, area), row in shown.rows.items():
        cells, wholes = shown.summands(indicator, year, area)
        terms = {cell: 1.0 for cell in cells if cell not in shown.known}
        # a numerator that is shown is no secret where only the denominator is one
        kept = (bool(terms) and len(cells) > 1) or (not terms and all(cell in shown.known for cell in wholes))
        if row.status == Status.WITHHELD and cells and kept:
            wanted[("indikator", indicator), area, row.numerator_date] = terms
    solved = attainable(system, wanted.values(), enough=width)
    return [
        Target(*key, interval, _reason(reasons, terms), width)
        for (key, terms), interval in zip(wanted.items(), solved, strict=True)
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

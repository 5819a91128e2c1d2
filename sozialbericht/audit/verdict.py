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

from sozialbericht.audit.bounds import Interval, System, attainable
from sozialbericht.audit.cells import LEAST, Cell, Shown
from sozialbericht.audit.coordinates import Drawn
from sozialbericht.audit.evidence import Statement
from sozialbericht.audit.inspector import Inspector
from sozialbericht.audit.readers import channels
from sozialbericht.audit.readers.channels import Publication
from sozialbericht.audit.relations import Contract
from sozialbericht.cache.runcache import RunCache
from sozialbericht.status import Status


@dataclass(frozen=True)
class Target:
    """A withheld number and what can be concluded about it.

    ``topic`` is a merkmal, or an indicator whose numerator is meant; ``date`` the Stand, ``why`` the reason for
    withholding it where the suppression has told one, ``width`` how many whole values must remain between the ends of
    the interval. As many as are counted must be attained, not only lie between.
    """

    topic: tuple[str, str]
    area: str
    date: str
    interval: Interval
    why: str = ""
    width: int = LEAST

    @property
    def safe(self) -> bool:
        """Whether enough values remain possible."""
        found = self.interval
        attained = found.values >= min(self.width, LEAST)
        return found.consistent and attained and found.high - found.low + 1 >= self.width

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


@dataclass(frozen=True)
class Questions:
    """What is asked of the tables: the relations between all counts, and of which sums the interval is wanted.

    By the same questions, with the same widths, the same answers are given.
    """

    system: System
    wanted: Mapping[tuple[tuple[str, str], str, str], Mapping[Cell, float]]
    widths: tuple[int, ...]

    @classmethod
    def of(cls, shown: Shown) -> Questions:
        """Every withheld count, and the numerator of every withheld indicator."""
        system = Contract(shown, shown.known).over((cell.feature, cell.date) for cell in shown.withheld)
        wanted: dict[tuple[tuple[str, str], str, str], Mapping[Cell, float]] = {
            (("merkmal", cell.feature), cell.area, cell.date): {cell: 1.0} for cell in shown.withheld
        }
        for (indicator, year, area), row in shown.rows.items():
            cells, _ = shown.summands(indicator, year, area)
            alone = len(cells) == 1 and cells[0] in shown.known
            if row.status == Status.WITHHELD and cells and (len(cells) > 1 or alone):
                terms = {cell: 1.0 for cell in cells if cell not in shown.known}
                wanted[("indikator", indicator), area, row.numerator_date] = terms
        widths = (min((shown.widths[cell.feature] for cell in terms), default=LEAST) for terms in wanted.values())
        return cls(system, wanted, tuple(widths))

    def answered(self, reasons: Mapping[Cell, str]) -> list[Target]:
        """The attainable interval of everything that is asked for."""
        solved = attainable(self.system, self.wanted.values(), enough=LEAST)
        return [
            Target(*key, interval, _reason(reasons, terms), width)
            for (key, terms), interval, width in zip(self.wanted.items(), solved, self.widths, strict=True)
        ]


def attack(shown: Shown, reasons: Mapping[Cell, str]) -> list[Target]:
    """The attainable interval of every withheld count, and of every withheld indicator's numerator."""
    return Questions.of(shown).answered(reasons)


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


def _reason(reasons: Mapping[Cell, str], terms: Iterable[Cell]) -> str:
    return "; ".join(dict.fromkeys(reasons[cell] for cell in terms if cell in reasons))

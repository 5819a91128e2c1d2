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

from sozialbericht.audit.cells import Cell, Shown
from sozialbericht.audit.evidence import Statement
from sozialbericht.audit.inspector import Inspector
from sozialbericht.audit.pictured.coordinates import Drawn
from sozialbericht.audit.questions import Questions, Target
from sozialbericht.audit.readers import channels
from sozialbericht.audit.readers.channels import Publication
from sozialbericht.cache.runcache import RunCache


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

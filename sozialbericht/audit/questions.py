"""Questions: what is asked of the tables, and the interval of values that answers each.

Every withheld count is asked for, and the numerator of every withheld indicator. Who asks knows what the tables show; a
reader of earlier reports knows more: what they have told of counts that have no number today.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sozialbericht.audit.bounds import Interval, System, attainable
from sozialbericht.audit.cells import LEAST, Cell, Shown
from sozialbericht.audit.relations import Contract
from sozialbericht.status import Status

_Key = tuple[tuple[str, str], str, str]
"""The topic, the area and the Stand of a target."""


@dataclass(frozen=True)
class Target:
    """A withheld number and what can be concluded about it.

    ``topic`` is a merkmal, or an indicator whose numerator is meant; ``date`` the Stand, ``why`` the reason for
    withholding it where the suppression has told one, ``width`` how many whole values must remain between the ends of
    the interval. As many as are counted must be attained, not only lie between. ``before`` says that released reports
    tell as much already.
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
        return self.interval.consistent and (self.before or _wide(self.interval, self.width))

    @property
    def verdict(self) -> str:
        """What the interval means, in German."""
        if self.before:
            return "bereits veröffentlicht"
        if not self.interval.consistent:
            return "widersprüchlich"
        if self.safe:
            return "geschützt"
        if not self.interval.values:
            return "ungeprüft"
        return "bestimmt" if self.interval.exact else "zu eng"


@dataclass(frozen=True)
class Questions:
    """What is asked of the tables, with the relations between all counts and what is known of them besides.

    By questions of the same ``repr`` the same answers are given.
    """

    shown: Shown = field(repr=False, compare=False)
    system: System
    wanted: Mapping[_Key, tuple[Cell, ...]]
    widths: tuple[int, ...]
    told: tuple[tuple[Cell, float], ...] = ()
    before: tuple[tuple[Cell, float], ...] = ()

    @classmethod
    def of(cls, shown: Shown) -> Questions:
        """Every withheld count, and the numerator of every withheld indicator as the counts that it sums up."""
        wanted: dict[_Key, tuple[Cell, ...]] = {
            (("merkmal", cell.feature), cell.area, cell.date): (cell,) for cell in shown.withheld
        }
        for (indicator, year, area), row in shown.rows.items():
            cells, wholes = shown.summands(indicator, year, area)
            # a numerator that is shown is no secret where only the denominator is one
            open_ones = all(cell in shown.known for cell in cells)
            kept = all(cell in shown.known for cell in wholes) if open_ones else len(cells) > 1
            if row.status == Status.WITHHELD and cells and kept:
                wanted[("indikator", indicator), area, row.numerator_date] = tuple(cells)
        widths = tuple(
            min((shown.widths[cell.feature] for cell in cells if cell not in shown.known), default=LEAST)
            for cells in wanted.values()
        )
        more = bool(shown.told or shown.listed)
        return cls(
            shown, _system(shown, shown.known), wanted, widths,
            tuple(sorted(shown.told.items())), tuple(sorted(shown.before.items())) if more else (),
        )  # fmt: skip

    def answered(self, reasons: Mapping[Cell, str], *, briefly: bool = False) -> list[Target]:
        """The attainable interval of everything that is asked for; ``briefly`` only as much of it as makes it safe.

        What earlier reports told of a count may be true still or not; both are tried. What released reports alone
        confine as much is public, not given away.
        """
        shown = self.shown
        widths = self.widths if briefly and not (shown.told or shown.listed) else ()  # else all of it is compared
        solved = _solved(self.system, shown.known, self.wanted.values(), widths)
        if shown.told:
            known = {**shown.known, **shown.told}
            told = _solved(_system(shown, known), known, self.wanted.values())
            solved = [
                other if other.consistent and _as_narrow(other, one) and not shown.told.keys() & terms else one
                for one, other, terms in zip(solved, told, self.wanted.values(), strict=True)
            ]
        rows = list(zip(self.wanted.items(), solved, self.widths, strict=True))
        narrow = {key: terms for (key, terms), one, width in rows if one.consistent and not _wide(one, width)}
        public = self._public(narrow) if narrow and (shown.told or shown.listed) else {}
        return [
            Target(*key, one, _reason(reasons, terms), width, key in public and _as_narrow(public[key], one))
            for (key, terms), one, width in rows
        ]

    def _public(self, wanted: Mapping[_Key, tuple[Cell, ...]]) -> dict[_Key, Interval]:
        """What released reports alone leave for each target.

        Of a count that has no number today the number told before is no answer: it may be another one now.
        """
        shown = self.shown
        found: dict[_Key, Interval] = {}
        for known, own in ((shown.before, True), ({**shown.before, **shown.told}, False)):
            asked = {key: terms for key, terms in wanted.items() if bool(shown.told.keys() & terms) == own}
            solved = _solved(_system(shown, known), known, asked.values()) if asked else []
            found |= {key: one for key, one in zip(asked, solved, strict=True) if one.consistent}
        return found


def _system(shown: Shown, known: Mapping[Cell, float]) -> System:
    """The relations between counts for somebody who knows these."""
    return Contract(shown, known).over((cell.feature, cell.date) for cell in shown.withheld)


def _solved(
    system: System, known: Mapping[Cell, float], wanted: Collection[Sequence[Cell]], widths: Collection[int] = ()
) -> list[Interval]:
    """The attainable intervals of sums of counts for somebody who knows these."""
    terms = [{cell: 1.0 for cell in cells if cell not in known} for cells in wanted]
    parts = [sum(known.get(cell, 0.0) for cell in cells) for cells in wanted]
    return [
        replace(one, low=one.low + part, high=one.high + part)
        for one, part in zip(attainable(system, terms, enough=LEAST, widths=widths), parts, strict=True)
    ]


def _wide(interval: Interval, width: int) -> bool:
    """Whether enough values are attained, and the ends far enough apart."""
    return interval.values >= min(width, LEAST) and interval.high - interval.low + 1 >= width


def _as_narrow(one: Interval, other: Interval) -> bool:
    """Whether one interval leaves no more than the other."""
    return one.values <= other.values and one.high - one.low <= other.high - other.low


def _reason(reasons: Mapping[Cell, str], terms: Iterable[Cell]) -> str:
    return "; ".join(dict.fromkeys(reasons[cell] for cell in terms if cell in reasons))

"""Checked data: what every report has to know of a data folder in which no fault was found.

Nothing is loaded for it, so that a run in which nothing has changed ends at once.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sozialbericht.cache.runcache import RunCache
from sozialbericht.order.offer import Offer

if TYPE_CHECKING:
    from sozialbericht.data.levels import Ebenen
    from sozialbericht.data.releases.releaserecord import Release
    from sozialbericht.data.settings import Settings
    from sozialbericht.data.tableset import Tables


@dataclass(frozen=True)
class CheckedData:
    """A data folder without fault: its years, the status of its data, what it has for chapters, and by year the newest
    Stichtag (ISO) that a report of it can tell of.
    """

    folder: Path
    years: list[int]
    status_text: str
    offer: Offer = field(default_factory=Offer)
    newest: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Tables) -> CheckedData:
        """The facts of checked tables, which are held."""
        facts = cls(tables.folder, tables.years, tables.status_text, Offer.of(tables), _newest(tables))
        facts.__dict__["tables"] = tables
        return facts

    @cached_property
    def settings(self) -> Settings:
        """What ``bericht.yml`` decides, read without the tables."""
        from sozialbericht.data import settings
        from sozialbericht.data.faultlist import Findings

        return settings.read(self.folder, Findings(self.folder))

    @cached_property
    def levels(self) -> Ebenen:
        """The levels with their words, read without the tables."""
        from sozialbericht.data import descriptor, levels

        described = json.loads((self.folder / descriptor.NAME).read_text(encoding="utf-8-sig"))
        return levels.of(descriptor.levels(described), self.settings.ebenen)

    def releases(self, year: int) -> list[Release]:
        """The editions of a year's report that were released, read without the tables."""
        from sozialbericht.data.faultlist import Findings
        from sozialbericht.data.releases import releaserecord

        return releaserecord.read(self.folder, Findings(self.folder), year)

    @cached_property
    def tables(self) -> Tables:
        """The checked tables, loaded when they are asked for; raises :class:`InputError`."""
        from sozialbericht.data import contract

        return contract.load(self.folder)


def get(cache: RunCache, folder: Path) -> CheckedData | None:
    """The facts of a data folder if this very content was found without fault before."""
    entry = cache.store.get(cache.keys.checked_data(folder))
    if entry is None:
        return None
    facts = json.loads(entry)
    newest = {int(year): day for year, day in facts["newest"].items()}
    return CheckedData(folder, facts["years"], facts["status_text"], Offer(**facts["offer"]), newest)


def put(cache: RunCache, data: CheckedData) -> None:
    """Store that a data folder is without fault, unless it has changed meanwhile."""
    key = cache.keys.checked_data(data.folder)
    if cache.keys_now().checked_data(data.folder) == key:
        facts = {"years": data.years, "status_text": data.status_text, "offer": asdict(data.offer)}
        facts["newest"] = data.newest
        cache.store.put(key, json.dumps(facts).encode())


def _newest(tables: Tables) -> dict[int, str]:
    """By year the newest Stichtag of the counts up to its end."""
    days = tables.values["stichtag"]
    return {year: f"{days[days.dt.year <= year].max():%Y-%m-%d}" for year in tables.years}

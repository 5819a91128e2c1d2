"""Offer: what the data of a project have for its chapters, in a few words that can be stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sozialbericht.data.decided import contributions

if TYPE_CHECKING:
    from sozialbericht.data.tableset import Tables


@dataclass(frozen=True)
class Offer:
    """What chapters may ask of data: the city's name, the areas of each level, from the city down, the dimensions.

    ``typed`` is the number of indicators that the typology counts, ``graded`` that of those in the status index,
    ``kinds`` that of the types; ``polygons`` whether areas can be drawn, ``neighbours`` whether it is known who adjoins
    whom; ``tables`` names the tables that not all data have, ``texts`` the texts that somebody has
    written for the report (``texte/vorwort.md``).
    """

    city: str = ""
    levels: dict[str, int] = field(default_factory=dict)
    dimensions: list[str] = field(default_factory=list)
    typed: int = 0
    graded: int = 0
    polygons: bool = False
    neighbours: bool = False
    tables: list[str] = field(default_factory=list)
    kinds: int = 5
    texts: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Tables) -> Offer:
        """What checked tables have."""
        catalogue, areas = tables.indicators, tables.areas
        typed = catalogue["typ_vorzeichen"].isin([1, -1])
        counted = areas["ebene"].value_counts()
        return cls(
            city=str(areas.at[tables.city, "kurzname"]),
            levels={level: int(counted.get(level, 0)) for level in tables.levels},
            dimensions=[str(d) for d in catalogue["dimension"].drop_duplicates()],
            typed=int(typed.sum()),
            graded=int((typed & catalogue["richtung"].isin(["belastung", "chance"])).sum()),
            polygons=tables.geometry is not None,
            neighbours=tables.geometry is not None or "nachbarn" in tables.others,
            tables=sorted(tables.others),
            kinds=tables.settings.typen.zahl,
            texts=[name for name in contributions.NAMES if name in tables.settings.texte],
        )

    @property
    def areas(self) -> int:
        """How many areas there are on the lowest level."""
        return list(self.levels.values())[-1] if self.levels else 0

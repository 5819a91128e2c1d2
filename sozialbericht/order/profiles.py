"""Profiles of areas: which ones are asked for, their notebooks and tasks, their list.

A profile is a chapter that is executed once per area with the parameter ``raum``. Its heading carries the label
``sec-profil-<raum_id>`` (with hyphens), its page in the web report is ``profil-<raum_id>.html``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sozialbericht.data import lookup
from sozialbericht.escaping import escape
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import Chapter, Project, profile_label

if TYPE_CHECKING:
    import pandas as pd

#: Name of the notebook for the areas of all levels that have none of their own: ``notebooks/profil/allgemein.ipynb``.
GENERAL = "allgemein"
#: Name of the page that lists the profiles; its text is ``report/sozialraumprofile.qmd``.
OVERVIEW = "sozialraumprofile"


@dataclass(frozen=True)
class Profile:
    """The profile of one area: raum_id, names, the notebook, the group that it stands in.

    ``group`` is the raum_id of the area of the next level (where there is none between, the city), for a profile of
    that level its own; ``heading`` its name. ``covers`` are the statistische Bezirke, „05 Neustadt“.
    """

    area: str
    name: str
    source: Path
    group: str
    heading: str
    covers: tuple[str, ...] = ()

    @property
    def chapter(self) -> Chapter:
        """The profile as a chapter of a report."""
        return Chapter(f"profil-{self.area}", self.source, False)

    @property
    def page(self) -> str:
        """Name of the profile's page in the web report."""
        return self.chapter.page

    @property
    def label(self) -> str:
        """The label of the profile's heading."""
        return profile_label(self.area)

    @property
    def heads_group(self) -> bool:
        """Whether this is the profile of the group itself, a Stadtbezirk."""
        return self.area == self.group

    @property
    def place(self) -> str:
        """The notebook and the area for messages."""
        return f"notebooks/profil/{self.source.name} ({self.area})"


def choose(project: Project, areas: pd.DataFrame, levels: Sequence[str], names: Iterable[str]) -> list[Profile]:
    """The profiles that are asked for by ``names`` (all if there are none), in the order of the areas by group.

    ``areas`` and ``levels`` are those of the data. Raises :class:`InputError` for names that mean no area or
    several, and where there is no notebook.
    """
    general = project.profiles.get(GENERAL)
    notebooks = {level: path for level in levels[1:][-2:] if (path := project.profiles.get(level, general))}
    known = [level for level in reversed(levels) if level in notebooks]
    if not known and project.unfit_profiles:
        told = (f"notebooks/profil/{one.name}.ipynb {one.reason}." for one in project.unfit_profiles)
        what = f"Kein Notebook für Profile passt zu diesen Daten: {' '.join(told)}"
        raise InputError([Fault("--profiles", what, "--profiles weglassen oder ein Notebook für diese Daten anlegen.")])
    if not known:
        raise InputError(
            [Fault("--profiles", "Es gibt kein Notebook für Profile.",
                   f"Erwartet wird notebooks/profil/{levels[-1]}.ipynb.")]
        )  # fmt: skip
    listed = [str(area) for area in areas.index[areas["ebene"].isin(known)]]
    wanted = set(lookup.find(names, areas, known, "--profiles") or listed)
    position = {str(area): place for place, area in enumerate(areas.index)}

    def group(area: str) -> str:
        return str(areas.at[area, "teil_von"]) if areas.at[area, "ebene"] == levels[-1] else area

    ordered = sorted(
        (area for area in listed if area in wanted), key=lambda a: (position[group(a)], a != group(a), position[a])
    )
    return [
        Profile(
            area,
            str(areas.at[area, "kurzname"]),
            notebooks[str(areas.at[area, "ebene"])],
            group(area),
            str(areas.at[group(area), "name"]),
            tuple(lookup.districts(covers) if isinstance(covers := areas.at[area, "umfasst"], str) else ()),
        )
        for area in ordered
    ]


def grouped(profiles: Iterable[Profile]) -> dict[str, list[Profile]]:
    """The profiles by the raum_id of their group, in their order."""
    groups: dict[str, list[Profile]] = {}
    for profile in profiles:
        groups.setdefault(profile.group, []).append(profile)
    return groups


def overview(project: Project, profiles: Sequence[Profile]) -> str:
    """The text of the overview: that of the project and the list of the profiles by group.

    Raises :class:`InputError` where the project has no such text.
    """
    path = project.report / f"{OVERVIEW}.qmd"
    if not path.is_file():
        what = "Die Datei fehlt; sie leitet die Profile ein."
        raise InputError([Fault(f"report/{OVERVIEW}.qmd", what, "Die letzte Fassung zurückholen.")])
    lines = [path.read_text(encoding="utf-8").rstrip(), "", "::: {.profilverzeichnis}"]
    for members in grouped(profiles).values():
        head = next((p for p in members if p.heads_group), None)
        title = escape(head.heading if head else members[0].heading)
        lines.append(f"- {f'[{title}](#{head.label})' if head else title}\n")
        for profile in members:
            if not profile.heads_group:
                covers = f" [{escape(', '.join(profile.covers))}]{{.bezirke}}" if profile.covers else ""
                lines.append(f"    - [{escape(profile.name)}](#{profile.label}){covers}")
        lines.append("")
    return "\n".join([*lines, ":::", ""])

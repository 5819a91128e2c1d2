"""From groups to targets: bands whose width is a count, named at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.brand import ink_on, tokens
from sozialbericht.drawing.canvas.style import FULL, GUTTER, LABEL, NARROW, applied, canvas, text_width, wrap
from sozialbericht.numbers import number, percent, status_word

TARGETS = ("k1", "k2", "k3", "k4", "k5")
"""The tokens of the targets: a colour each, none of them more than another; in grey print the words tell them apart."""

HEIGHT, NODE, LINE = 76.0, 2.4, 3.2
SIDE = 22.0
"""Width of the groups' names in the narrow cut, mm."""

READABLE = 3.1
"""A band must be this wide, in mm, to carry its share."""

THIN = 0.05
"""What is thinner, in mm, is nothing but the rounding of sums."""

UNNAMED = "nicht gezeigt"
"""What stands beside the part of a group whose targets are withheld or unreliable."""


def flow(
    counts: pd.DataFrame, groups: pd.DataFrame, targets: pd.DataFrame, *, counted: str, narrow: bool = False
) -> Figure:
    """Bands from groups (left) to targets (right), as wide as their counts.

    ``counts``: one row per group, one column per target, in the order to be drawn; at most five targets. What is NaN
    has no band: both of its nodes are hatched for what no band leaves or reaches. ``groups``: rows named as those of
    ``counts``, columns anzahl (the whole of the group; NaN where it is not shown: then the group has no width) and
    status (why something of it is not shown). ``targets``: rows named as the columns of ``counts``, columns anzahl,
    anteil (percent; NaN where not shown) and status of the whole city. ``counted`` names what is counted
    (“Anmeldungen”). Each band wide enough carries its share of the group. 164 × 76 mm, or 90 mm wide (``narrow``).
    Raises ValueError for negative counts, more than five targets, or nothing to draw.
    """
    if counts.shape[1] > len(TARGETS):
        raise ValueError(f"at most {len(TARGETS)} targets can be told apart")
    if (counts < 0).any(axis=None) or float(groups["anzahl"].sum()) <= 0:
        raise ValueError("counts must not be negative and not all nothing")
    with applied():
        chart = _Chart.build(counts, groups.loc[counts.index], targets["anzahl"].reindex(counts.columns), narrow)
        for target in counts.sum().sort_values(ascending=False, kind="stable").index:
            chart.bands(target)
        for group in counts.index:
            chart.group(group, counted)
        for target in counts.columns:
            chart.target(target, targets.T[target], counted)
        return chart.figure


@dataclass(frozen=True)
class _Chart:
    """The places of all nodes in mm."""

    figure: Figure
    ax: Axes
    counts: pd.DataFrame
    groups: pd.DataFrame
    scale: float
    left: pd.Series
    right: pd.Series
    totals: pd.Series
    ends: tuple[float, float]
    narrow: bool

    @classmethod
    def build(cls, counts: pd.DataFrame, groups: pd.DataFrame, whole: pd.Series, narrow: bool) -> _Chart:
        """Place the nodes: the groups fill the height with gaps, or the targets where these are more."""
        width, names = (NARROW, SIDE) if narrow else (FULL, LABEL)
        top, gap, height = 0.5, 5.0, HEIGHT
        sizes, known = _sizes(groups), counts.sum()
        totals = known.where(counts.notna().all(), whole.astype(float)).fillna(known)
        room = height - top - 1 - gap * (len(counts) - 1)
        scale = room / max(float(sizes.sum()), float(totals.sum()))
        spare = height - top - 1 - scale * float(totals.sum())
        apart = max(spare / max(len(totals) - 1, 1), 0.0)
        apart = min(apart, 12.0)
        start = top + (spare - apart * (len(totals) - 1)) / 2
        fig, ax = canvas(width, height)
        ends = (names + (1.5 if narrow else GUTTER) + NODE, width - (24.0 if narrow else 34.0))
        return cls(
            fig, ax, counts, groups, scale, _stack(sizes, scale, gap, top), _stack(totals, scale, apart, start),
            totals, ends, narrow,
        )  # fmt: skip

    @property
    def sizes(self) -> pd.Series:
        """The whole of each group; one that is not shown has no width."""
        return _sizes(self.groups)

    def bands(self, target: str) -> None:
        """The bands of all groups to one target."""
        token = TARGETS[list(self.counts.columns).index(target)]
        landing = float(self.right[target])
        for group in self.counts.index:
            row = self.counts.loc[group]
            if np.isnan(row[target]):
                continue
            wide = float(row[target]) * self.scale
            start = float(self.left[group]) + float(row.loc[:target].iloc[:-1].sum()) * self.scale
            if wide > 0:
                self._band(start, landing, wide, token)
            if wide >= READABLE:
                share = percent(float(row[target]) / float(self.sizes[group]) * 100, 1)
                marks.text(
                    self.ax,
                    self.ends[0] + (1 if self.narrow else 2),
                    start + wide / 2,
                    share,
                    colour=ink_on(token),
                    zorder=4,
                )
            landing += wide

    def _band(self, start: float, landing: float, wide: float, token: str) -> None:
        x0, x1 = self.ends
        bend = (x1 - x0) * 0.5
        points = [
            (x0, start), (x0 + bend, start), (x1 - bend, landing), (x1, landing), (x1, landing + wide),
            (x1 - bend, landing + wide), (x0 + bend, start + wide), (x0, start + wide), (x0, start),
        ]  # fmt: skip
        codes = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, *[Outline.CURVE4] * 3, Outline.CLOSEPOLY]
        c = tokens()
        band = PathPatch(
            Outline(np.array(points), codes), facecolor=c[token], edgecolor=c["fleck"], linewidth=0.5,
            zorder=2, clip_on=False,
        )  # fmt: skip
        self.ax.add_artist(band)

    def group(self, group: str, counted: str) -> None:
        """A group's node with its name and its whole."""
        top, wide = float(self.left[group]), float(self.sizes[group]) * self.scale
        row, status = self.counts.loc[group], str(self.groups["status"][group])
        known = float(row.fillna(0.0).to_numpy().sum()) * self.scale
        x, rest = self.ends[0] - NODE, max(wide - known, 0.0) if row.isna().any() else 0.0
        marks.box(self.ax, (x, top, NODE - 0.5, wide - rest), "grau")
        self._hatched(x, top + wide - rest, NODE - 0.5, rest)
        if rest >= READABLE:
            told = status_word(status) if row.isna().all() else UNNAMED
            marks.text(self.ax, self.ends[0] + 1, top + wide - rest / 2, told, colour="grau")
        whole = float(self.groups["anzahl"][group])
        words = f"{number(whole)} {counted}" if np.isfinite(whole) else status_word(status)
        room = SIDE if self.narrow else LABEL
        lines = [(name, 600, "tinte") for name in wrap(group, room, 8, 600)]
        lines += [(part, 400, "grau") for part in wrap(words, room, 7.5)]
        self._lines(0, top + wide / 2 - LINE * (len(lines) - 1) / 2, lines)

    def target(self, target: str, whole: pd.Series, counted: str) -> None:
        """A target's node with its name, its count and its share in the city."""
        token = TARGETS[list(self.counts.columns).index(target)]
        top, wide = float(self.right[target]), float(self.totals[target]) * self.scale
        known = float(self.counts[target].sum()) * self.scale
        x = self.ends[1]
        marks.box(self.ax, (x, top, NODE, max(known, 0.3)), token, "linie")
        self._hatched(x, top + known, NODE, wide - known)
        lines = [(part, 600, "tinte") for part in wrap(target, NARROW, 8, 600)]
        if np.isfinite(float(whole["anzahl"])):
            shown = number(float(whole["anzahl"]))
            lines += [(shown if self.narrow else f"{shown} {counted}", 400, "grau")]
            lines += [(percent(float(whole["anteil"]), 1), 400, "grau")]
        else:
            lines += [(status_word(whole["status"]), 400, "grau")]
        self._lines(x + NODE + 1.6, top + wide / 2 - LINE * (len(lines) - 1) / 2, lines)

    def _hatched(self, x: float, top: float, width: float, wide: float) -> None:
        """The part of a node that no band leaves or reaches."""
        if wide > THIN:
            marks.box(self.ax, (x, top, width, wide), "sand", "schraff")
            marks.hatch(self.ax, shapely.box(x, top, x + width, top + wide))

    def _lines(self, x: float, y: float, lines: Sequence[tuple[str, int, str]]) -> None:
        for k, (words, weight, colour) in enumerate(lines):
            size = 8.0 if weight == 600 else 7.5
            if x + text_width(words, size, weight) > (NARROW if self.narrow else FULL):
                size = 7.0
            marks.text(self.ax, x, y + LINE * k, words, size=size, weight=weight, colour=colour, zorder=4)


def _sizes(groups: pd.DataFrame) -> pd.Series:
    return groups["anzahl"].astype(float).fillna(0.0)


def _stack(values: pd.Series, scale: float, gap: float, start: float) -> pd.Series:
    """The upper edges in mm of nodes one below the other."""
    heights = values.to_numpy(dtype=float) * scale
    tops = start + np.concatenate([[0.0], np.cumsum(heights + gap)[:-1]])
    return pd.Series(tops, index=values.index)

"""A table and beside it a picture whose rows are as high as the table's: the eye follows the row, a screen reader
misses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sozialbericht.blocklanguage import fence
from sozialbericht.drawing.canvas.rowgrid import Rowgrid
from sozialbericht.escaping import Markup, html_of, html_text
from sozialbericht.writing import blocks
from sozialbericht.writing.blocks import Block, Picture


@dataclass(frozen=True)
class Rowtable:
    """The table: a row of one cell heads a group.

    ``columns``: the widths as Typst has them; ``grid``: the heights; ``left``: the columns that are set left, ``grey``
    those in grey; ``lines``: the rows (from 0) with a hairline above them.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    columns: str
    grid: Rowgrid
    left: tuple[int, ...] = (0,)
    grey: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()

    def beside(self, picture: Picture, width: float, marks: str, note: str = "", *, wide: bool = False) -> Block:
        """The table with the picture at its right, ``width`` mm wide; ``wide``: over the label column, too, and on
        phones the picture below the table.

        Below both a note on the table, if there is one, and in a paragraph of its own what the picture's marks mean,
        which goes where the picture is left out.
        """
        count = len(self.head)
        groups = [k for k, row in enumerate(self.rows) if len(row) == 1]
        rows = [[*row, *[""] * (count - len(row))] for row in self.rows]
        given = {
            "spalten": self.columns,
            "gruppen": _listed(groups),
            "links": _listed(self.left),
            "grau": _listed(self.grey),
            "linien": _listed(self.lines),
            "hoehen": _listed([self.grid.head, *self.grid.rows]),
            "breite": f"{width:g}",
            "voll": "ja" * wide,
        }
        parts = [blocks.pipe_table(list(self.head), rows), picture.markdown(), *[note] * bool(note), marks]
        markdown = fence("bildtafel", *parts, **{name: words for name, words in given.items() if words})
        return Block(markdown, self._preview(picture, f"{note} {marks}"), picture.files())

    def _preview(self, picture: Picture, note: str) -> str:
        heights = [self.grid.head, *self.grid.rows]
        lines = []
        for height, cells in zip(heights, [self.head, *self.rows], strict=True):
            tag, span = ("th" if cells is self.head else "td"), len(self.head) - len(cells) + 1
            inner = "".join(
                f'<{tag} colspan="{span}" style="padding:0 .4em;text-align:{"left" if k in self.left else "right"}">'
                f"{blocks.unmarked(blocks.soft_hyphens(words) if tag == 'th' else words)}</{tag}>"
                for k, words in enumerate(cells)
            )
            lines.append(f'<tr style="height:{height}mm;font-size:7.6pt">{inner}</tr>')
        return (
            '<div style="display:flex;gap:4mm;align-items:flex-start"><table style="border-collapse:collapse">'
            f"{''.join(lines)}</table><div>{picture.cuts['wide']}</div></div>{html_of(Markup(html_text(note)))}"
        )


def _listed(numbers: Sequence[float]) -> str:
    return " ".join(f"{number:g}" for number in numbers)

"""Fixed columns: the cells of lines whose columns are padded with blanks."""

from __future__ import annotations

import re
from itertools import pairwise

from sozialbericht.delivery.sheets.cellmaking import check_size

_PIECE = re.compile(r"\S+(?: \S+)*")
_WIDEST = 4000
_SAMPLE = 2000


def rows(lines: list[str]) -> list[list[str]]:
    """The cells of each line; a line without gaps is one cell. Raises :class:`Refused` for what is too large."""
    lines = [line.expandtabs().rstrip() for line in lines]
    parts = gutters([line for line in lines[:_SAMPLE] if line.strip()])
    check_size(len(lines), len(parts) + 1, "")
    return [_cells(line, parts) if line.strip() else [] for line in lines]


def gutters(lines: list[str]) -> list[tuple[int, int]]:
    """Where one column ends and where the next begins: positions that are blank in (nearly) all lines with gaps."""
    table = [line for line in lines if "  " in line.strip() and len(line) <= _WIDEST]
    if len(table) < 2:
        return []
    width = max(map(len, table))
    allowed = max(len(table) // 10, int(len(table) > 3))
    blank = [sum(line[at : at + 1].strip() == "" for line in table) >= len(table) - allowed for at in range(width)]
    found, at = [], 0
    while at < width:
        if not blank[at]:
            at += 1
            continue
        end = next((end for end in range(at, width) if not blank[end]), width)
        if at > 0 and end < width and (_is_wide(table, at, end) or _behind_numbers(table, at, end)):
            found.append((at, end))
        at = end
    return found


def _is_wide(table: list[str], start: int, end: int) -> bool:
    """Whether a gap is wider than a blank between words in most of the lines that have something on both sides."""
    around = [line[:start].rstrip() + "\n" + line[start:] for line in table if line[end:].strip()]
    told = [line for line in around if not line.startswith("\n")]
    wide = sum(end - start > 1 or re.search(r"  ", _gap(line, start)) is not None for line in told)
    return 2 * wide >= max(1, len(told))


def _behind_numbers(table: list[str], start: int, end: int) -> bool:
    """Whether a gap parts numbers from words in nearly all lines: „01 Altstadt“."""
    pairs = [(line[:start].rstrip()[-1:], line[end:].lstrip()[:1]) for line in table]
    both = [left.isdecimal() and right.isalpha() for left, right in pairs if left and right]
    return len(both) > 1 and 10 * sum(both) >= 7 * len(both)


def _gap(line: str, start: int) -> str:
    """The blanks around a position of a line whose left part was cut at its last sign."""
    left, _, right = line.partition("\n")
    return " " * (start - len(left)) + right[: len(right) - len(right.lstrip())]


def _cells(line: str, parts: list[tuple[int, int]]) -> list[str]:
    """The pieces of a line in their columns; what runs over a gap stays in one piece."""
    edges = [0, *((start + end) // 2 for start, end in parts), len(line) + 1]
    cells = [""] * (len(parts) + 1)
    for piece in _PIECE.finditer(line):
        for start, end in _split(line, piece.start(), piece.end(), parts):
            overlaps = [min(end, b) - max(start, a) for a, b in pairwise(edges)]
            whole = line.strip() == line[start:end]
            at = next(place for place, over in enumerate(overlaps) if over > 0 and (whole or over == max(overlaps)))
            cells[at] = f"{cells[at]} {line[start:end].strip()}".strip()
    return cells


def _split(line: str, start: int, end: int, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A piece, parted at a blank in or beside a gap between columns, unless the whole line is one sentence."""
    if line.strip() == line[start:end]:
        return [(start, end)]
    blanks = (line.find(" ", max(left - 1, start), min(right, end)) for left, right in parts)
    cuts = [start, *sorted({at for at in blanks if at >= 0}), end]
    return list(pairwise(cuts))

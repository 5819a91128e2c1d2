"""A trial: the shipped data with one damaged number, read and reviewed as ``--check`` does."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from sozialbericht.data import contract
from sozialbericht.data.reading.tablefile import Source
from sozialbericht.data.reading.tabular import read_table
from sozialbericht.faults import InputError
from sozialbericht.plausibility import review

from .slipping import CHANGES, Change, Place, swapped

DATA = Path(__file__).parents[2] / "data"
OUTCOMES = ("contract", "hint", "unseen")


class Trial:
    """A copy of the shipped data in which one number after the other is damaged; ``counted`` says what came of it by
    kind of damage, ``unseen`` lists what nobody saw."""

    def __init__(self, seed: int = 0) -> None:
        self._draw = random.Random(seed)
        self.counted: dict[str, Counter[str]] = defaultdict(Counter)
        self.unseen: list[str] = []
        self._patch = pytest.MonkeyPatch()
        self._whole: dict[str, tuple[bytes, pd.DataFrame]] = {}

    def __enter__(self) -> Trial:
        self._patch.setattr(contract, "read_table", self._read_once)
        self._place = Path(tempfile.mkdtemp(prefix="damage-"))
        self._folder = self._place / "data"
        shutil.copytree(DATA, self._folder, ignore=shutil.ignore_patterns("modell"))
        self._files = {
            path: [line.split(";") for line in path.read_text(encoding="utf-8").splitlines()]
            for path in sorted((self._folder / "werte").glob("*.csv"))
        }
        self._known = {(oddity.key, oddity.observed) for oddity in self._oddities()}
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.undo()
        shutil.rmtree(self._place)

    def _read_once(self, source: Source) -> pd.DataFrame | None:
        """A file that is not damaged is read once."""
        content = source.path.read_bytes()
        whole, frame = self._whole.get(source.file, (b"", None))
        if frame is None or content != whole:
            frame = read_table(source)
            if frame is None:
                return None
            self._whole.setdefault(source.file, (content, frame))
        return frame.copy()

    def run(self, count: int) -> None:
        """Damage so many numbers, each kind as often as the others."""
        for number in range(count):
            change = CHANGES[number % len(CHANGES)]
            self.attempt(change)

    def attempt(self, change: Change) -> str:
        """Damage one number and say who sees it."""
        path, at, new = self._chosen(change)
        rows = self._files[path]
        old = rows[at][3]
        lines = {at: new} | ({at + 1: old} if change is swapped else {})
        text = [";".join([*row[:3], lines.get(line, row[3])]) for line, row in enumerate(rows)]
        before = path.read_bytes()
        path.write_text("\n".join(text) + "\n", encoding="utf-8")
        try:
            outcome = self._seen([rows[line] for line in lines])
        finally:
            path.write_bytes(before)
        self.counted[change.__name__][outcome] += 1
        if outcome == "unseen":
            self.unseen.append(f"{change.__name__}: {' '.join(rows[at][:3])}: {old} → {new}")
        return outcome

    def _chosen(self, change: Change) -> tuple[Path, int, str]:
        """A number that this kind of damage changes: file, row, what stands there then."""
        while True:
            path = self._draw.choice(list(self._files))
            rows = self._files[path]
            at = self._draw.randrange(1, len(rows) - 1)
            area, feature, date, digits = rows[at]
            if rows[at + 1][1:3] != [feature, date] or not digits.isdecimal():
                continue
            others = [row[3] for row in rows if row[0] == area and row[2] == date and row[1] != feature]
            if not others:
                continue
            new = change(self._draw, Place(digits, rows[at + 1][3], self._draw.choice(others)))
            if new is not None and new != digits:
                return path, at, new

    def _seen(self, rows: list[list[str]]) -> str:
        try:
            found = self._oddities()
        except InputError:
            return "contract"
        wanted = {(area, feature, "-".join(reversed(date.split(".")))) for area, feature, date, _ in rows}
        for oddity in found:
            cells = {(cell.area, cell.feature, cell.date.isoformat()) for cell in oddity.cells}
            if cells & wanted and (oddity.key, oddity.observed) not in self._known:
                return "hint"
        return "unseen"

    def _oddities(self) -> list[review.Oddity]:
        found = review.review(contract.load(self._folder))
        return [*found.open, *(oddity for oddity, _ in found.accepted)]

    def table(self) -> Iterator[str]:
        """What came of it, a line for each kind of damage and one for all."""
        yield f"{'':14}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES)
        total: Counter[str] = Counter()
        for name, counts in self.counted.items():
            total += counts
            yield f"{name:14}" + "".join(f"{counts[outcome]:10}" for outcome in OUTCOMES)
        yield f"{'all':14}" + "".join(f"{total[outcome]:10}" for outcome in OUTCOMES)
        seen = sum(total.values()) - total["unseen"]
        told = total["hint"] + total["unseen"]
        yield f"seen: {seen} of {sum(total.values())}; of those that the contract lets pass {total['hint']} of {told}"

"""Chance: reproducible bounded noise, addressed by words instead of by the order of calls.

Every draw is a hash of the seed and of words such as feature, area and year. So a new feature or area
changes no other draw, and neither library versions nor the number of threads play a part.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Chance:
    """Source of noise for one seed."""

    seed: int

    def uniform(self, *words: object) -> float:
        """Draw from the uniform distribution on (−1, 1) that belongs to these words."""
        text = "\x1f".join([str(self.seed), *map(str, words)])
        number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        return (number + 0.5) / 2**63 - 1.0

    def path(self, words: tuple[object, ...], times: list[int], memory: float) -> list[float]:
        """Stationary AR(1) path over ``times`` with bounded innovations, every value within (−1, 1).

        x_t = memory · x_{t−1} + (1 − memory) · u_t, begun with a draw from the uniform distribution.
        """
        values: list[float] = []
        for time in times:
            draw = self.uniform(*words, time)
            values.append(draw if not values else memory * values[-1] + (1 - memory) * draw)
        return values

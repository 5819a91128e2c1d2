"""Pattern: what neighbours have in common – smooth fields over the city, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sozialbericht.model.anycity.cityplaces import Cityplaces
from sozialbericht.model.chance import Chance

Array = NDArray[np.float64]
#: Over which part of the city's radius neighbours are alike, and how much of a field is an area's own.
REACH, OWN = 0.3, 0.45


@dataclass(frozen=True)
class Pattern:
    """Fields over the leaves of a city."""

    places: Cityplaces
    chance: Chance

    def field(self, *words: str) -> Array:
        """A smooth field with something of each area's own, mean 0 and standard deviation 1 over the leaves.

        Gaussian weights of distance on independent scores (moving average over a spatial kernel).
        """
        if len(self.places.leaves) == 1:
            return np.zeros(1)
        scores, own = self.scores(*words, "gemeinsam"), self.scores(*words, "eigen")
        position = self.places.position
        distance = np.linalg.norm(position[:, None] - position[None, :], axis=2)
        reach = max(REACH * float(np.median(distance.max(axis=1))) / 2, 1e-9)
        weights = np.exp(-((distance / reach) ** 2) / 2)
        return standard(standard(weights @ scores / np.sqrt((weights**2).sum(axis=1))) + OWN * own)

    def scores(self, *words: object) -> Array:
        """Independent standard normal scores, one a leaf; those of an area do not depend on what other areas there
        are."""
        draws = [(self.chance.uniform(*words, leaf) + 1) / 2 for leaf in self.places.leaves]
        return np.asarray(ndtri(draws), dtype=np.float64)

    def rim(self) -> Array:
        """How far out each leaf lies: 0 in the middle, about 1 at the edge."""
        distance = np.linalg.norm(self.places.position, axis=1)
        return np.asarray(distance / max(float(distance.max()), 1e-9), dtype=np.float64)


def standard(values: Array) -> Array:
    """The values with mean 0 and standard deviation 1; zeros where all are alike."""
    spread = float(values.std())
    return np.asarray((values - values.mean()) / spread if spread > 0 else values * 0, dtype=np.float64)

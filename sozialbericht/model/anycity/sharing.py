"""Sharing: a total divided among areas of several levels in whole numbers, so that every given sum is met exactly."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sozialbericht.model import rounding
from sozialbericht.model.anycity.cityplaces import Cityplaces

Counts = NDArray[np.int64]


def shared(
    places: Cityplaces, total: int, expected: NDArray[np.float64], caps: Counts, given: Mapping[str, int]
) -> Counts:
    """One number per leaf: their sum is ``total``, in each area of ``given`` the number given there, none above its
    cap, and otherwise as near to what is ``expected`` as whole numbers come.

    Raises ``ValueError`` where the given numbers contradict one another or the caps.
    """
    result = np.zeros(len(places.leaves), dtype=np.int64)
    _share(places, places.city, total, (expected, caps, given), result)
    return result


def _share(
    places: Cityplaces, area: str, total: int, wanted: tuple[NDArray[np.float64], Counts, Mapping[str, int]],
    result: Counts,

) -> None:  # fmt: skip
    expected, caps, given = wanted
    parts = places.parts(area)
    if not parts:
        if total > caps[places.leaves.index(area)]:
            raise ValueError(f"{area}: {total} sind mehr als das Ganze ({caps[places.leaves.index(area)]})")
        result[places.leaves.index(area)] = total
        return
    inside = [places.inside(part) for part in parts]
    fixed = {part: given[part] for part in parts if part in given}
    free = [k for k, part in enumerate(parts) if part not in fixed]
    rest = total - sum(fixed.values())
    if rest < 0 or (not free and rest):
        raise ValueError(f"{area}: die Summe ist {total}, die Teile ergeben {sum(fixed.values())}")
    numbers = dict(fixed)
    if free:
        hoped = np.array([float(expected[inside[k]].sum()) for k in free])
        most = np.array([_most(places, parts[k], inside[k], caps, given) for k in free], dtype=np.int64)
        if rest > int(most.sum()):
            raise ValueError(f"{area}: {total} sind mehr als das Ganze")
        scaled = hoped * (rest / hoped.sum()) if hoped.sum() > 0 else np.full(len(free), rest / len(free))
        least = np.array([_least(places, parts[k], given) for k in free], dtype=np.int64)
        if rest < int(least.sum()):
            raise ValueError(f"{area}: die Summe ist {total}, gegebene Teile ergeben mehr")
        room = most - least
        extra = rounding.largest_remainder(np.clip(scaled - least, 0, room), rest - int(least.sum()), room)
        numbers |= {parts[k]: int(n) for k, n in zip(free, least + extra, strict=True)}
    for part in parts:
        _share(places, part, numbers[part], wanted, result)


def _least(places: Cityplaces, area: str, given: Mapping[str, int]) -> int:
    """What the numbers given inside an area already come to."""
    return sum(given[part] if part in given else _least(places, part, given) for part in places.parts(area))


def _most(
    places: Cityplaces, area: str, inside: NDArray[np.bool_], caps: Counts, given: Mapping[str, int]
) -> int:
    """What an area can hold: the caps of its leaves, or what is given for them."""
    if area in given:
        return given[area]
    parts = places.parts(area)
    if not parts:
        return int(caps[inside].sum())
    return sum(_most(places, part, places.inside(part), caps, given) for part in parts)

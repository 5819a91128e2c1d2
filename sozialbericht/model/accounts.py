"""Accounts: births − deaths − corrections + arrivals − departures are the change of the population, to the person.

What the entries lack is borne by the last two of the formula in equal halves: more arrive and fewer leave, or the
other way about. The same is done with what is expected and with what is drawn.
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sozialbericht.model.assumptions import Rate
from sozialbericht.model.expectation import Expectation, Expectations

Series = dict[date, NDArray[np.int64]]


def entries(rate: Rate) -> list[tuple[int, str]]:
    """The entries of an account with their sign, in the order of the formula."""
    found = re.findall(r"([+-]?)\s*([a-z]\w*)", " + ".join(rate.terms))
    return [(-1 if sign == "-" else 1, name) for sign, name in found]


def settle(rate: Rate, counts: dict[str, Series], expected: Expectations) -> None:
    """Let the flows balance the stock ``rate.whole`` on every day that has a day a year before.

    Raises ``ValueError`` if a flow would become negative.
    """
    signed, stock = entries(rate), counts[rate.whole]
    for day in stock:
        before = day.replace(year=day.year - 1)
        if before not in stock:
            continue
        lacking = stock[day] - stock[before] - sum(sign * counts[name][day] for sign, name in signed)
        hoped = expected[rate.whole][day].mean - expected[rate.whole][before].mean
        hoped = hoped - np.sum([sign * expected[name][day].mean for sign, name in signed], axis=0)
        halves = (lacking // 2, lacking - lacking // 2)
        for half, (sign, name) in zip(halves, signed[-2:], strict=True):
            counts[name][day] = counts[name][day] + sign * half
            if (counts[name][day] < 0).any():
                raise ValueError(f"{name} would be negative on {day}")
            old = expected[name][day]
            share = (old.mean + sign * hoped / 2) / old.whole
            expected[name][day] = Expectation(old.family, old.whole, share, old.free, old.tied)

"""Standardisation: how far each area lies from the others, in standard deviations.

z = (x − x̄) / s over the areas, every area counting the same (unweighted), with the population standard deviation
(divisor n): the areas are all there are and no sample of others.
"""

from __future__ import annotations

import pandas as pd

#: A column whose spread is smaller than this share of its largest value is constant up to the computer's rounding.
CONSTANT = 1e-12


def moments(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Mean and population standard deviation of every column; the deviation of a constant column is 0.

    Missing values are left out. Both do not depend on the order of the rows: sums are taken in the order of size.
    """
    ordered = pd.DataFrame({name: column.sort_values(ignore_index=True) for name, column in table.items()}, dtype=float)
    mean, deviation = ordered.mean(), ordered.std(ddof=0)
    return mean, deviation.where(deviation > CONSTANT * ordered.abs().max(), 0.0)


def standardise(table: pd.DataFrame) -> pd.DataFrame:
    """z-scores column by column: the areas' unweighted mean is 0, their population standard deviation is 1.

    ``table`` has one row per area and one column of numbers per indicator. Missing values stay missing; a column
    that is the same everywhere becomes 0.
    """
    mean, deviation = moments(table)
    scores = (table.astype(float) - mean) / deviation.where(deviation > 0)
    return scores.fillna(0.0).where(table.notna())

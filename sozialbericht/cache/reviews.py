"""Reviews: what is unusual in the content of a data folder, computed once.

An entry names counts that may have to be withheld, as snapshots do; like them it never leaves the store of the project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozialbericht.cache.checkeddata import CheckedData
from sozialbericht.cache.runcache import RunCache

if TYPE_CHECKING:
    from sozialbericht.plausibility.review import Review


def of(cache: RunCache, data: CheckedData) -> Review:
    """What is unusual in a data folder without fault: from the store, else computed and stored."""
    from sozialbericht.plausibility import review

    key = cache.keys.review(data.folder)
    if (stored := cache.store.get(key)) is not None:
        return review.Review.read(stored.decode())
    found = review.review(data.tables)
    if cache.keys_now().review(data.folder) == key:
        cache.store.put(key, found.written().encode())
    return found

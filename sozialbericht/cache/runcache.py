"""The cache of one run: the store of its project, the keys of its inputs, its texts."""

from __future__ import annotations

from pathlib import Path

from sozialbericht.cache.inputs import Inputs
from sozialbericht.cache.keys import Keys
from sozialbericht.cache.store import Store, folder_of
from sozialbericht.cache.textstore import TextStore


class RunCache:
    """What a run takes from earlier ones and stores for later ones."""

    def __init__(self, store: Store, inputs: Inputs) -> None:
        self.store, self.inputs = store, inputs
        self.keys = Keys(inputs)
        self.texts = TextStore(store, self.keys)

    @classmethod
    def of(cls, root: Path, *, used: bool = True) -> RunCache:
        """That of the project in ``root``; with ``used`` False it takes and stores nothing."""
        return cls(Store(folder_of(root) if used else None), Inputs(root))

    def keys_now(self) -> Keys:
        """The keys of the same inputs as they are by now: whoever stores looks whether they have changed meanwhile."""
        return Keys(self.inputs.again())

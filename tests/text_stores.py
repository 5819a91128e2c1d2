"""Stores of texts whose keys are made from given words, in place of the digests of a real run."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sozialbericht.cache.inputs import Inputs
from sozialbericht.cache.keys import Keys
from sozialbericht.cache.store import Store
from sozialbericht.cache.textstore import TextStore
from sozialbericht.stitching import pandoc


class Words(Inputs):
    """Inputs with given digests."""

    def __init__(self, libraries: str = "1", program: str = "1", code: str = "1") -> None:
        super().__init__(Path(), {})
        self.__dict__.update(libraries=libraries, surroundings="", program=program, code=code)

    def again(self) -> Words:
        """The same: nothing has changed meanwhile."""
        return self


def texts(folder: Path | None, libraries: str = "1", program: str = "1") -> TextStore:
    """The texts of a run over the entries in a folder; without one nothing is stored."""
    return TextStore(Store(folder), Keys(Words(libraries, program)))


def storing(folder: Path | None, libraries: str = "1", program: str = "1") -> AbstractContextManager[Any]:
    """Within this context pandoc uses such a store."""
    return pandoc.storing(texts(folder, libraries, program))

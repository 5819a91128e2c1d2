"""Texts of a run by key: in memory while it lasts, so that nothing is asked twice, and in the store for later runs."""

from __future__ import annotations

from dataclasses import dataclass

from sozialbericht.cache.keys import Keys
from sozialbericht.cache.store import Store


class TextStore:
    """The texts of one run, over the entries of earlier ones."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self.keys = keys
        self._store = store
        self._texts: dict[str, str] = {}
        self._own: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The text of an entry, None if there is none."""
        if key not in self._texts and (stored := self._store.get(key)) is not None:
            self._texts[key] = stored.decode()
        return self._texts.get(key)

    def put(self, key: str, text: str) -> None:
        """Store what another program has said: it is right whatever becomes of this one."""
        self._texts[key] = text
        self._store.put(key, text.encode())

    def put_own(self, key: str, text: str) -> None:
        """Hold what this program has made; it is stored by :meth:`close`."""
        self._texts[key] = self._own[key] = text

    def close(self) -> None:
        """Store what this program has made, if it is still the one on disk whose digest its keys hold."""
        own, self._own = self._own, {}
        if self._store.folder is None or not own or self.keys.inputs.again().code != self.keys.inputs.code:
            return
        for key, text in own.items():
            self._store.put(key, text.encode())


@dataclass(frozen=True)
class Entry:
    """One text that this program makes, under its key; without a store it is never there."""

    store: TextStore | None
    key: str = ""

    def get(self) -> str | None:
        """The text, None if it is not stored."""
        return self.store.get(self.key) if self.store else None

    def put(self, text: str) -> None:
        """Store the text."""
        if self.store:
            self.store.put_own(self.key, text)

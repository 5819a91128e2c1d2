"""Executed notebooks: entries of earlier runs stand in for those of which nothing has changed that they depend on."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import replace

from sozialbericht.cache import provenance
from sozialbericht.cache.runcache import RunCache
from sozialbericht.order.tasks import Result, Task

Execute = Callable[[list[Task]], Generator[Result]]


def stored(task: Task, cache: RunCache) -> bytes | None:
    """The notebook as an earlier run has executed it; one with cuts for phones does for print, too."""
    for web in sorted({task.web, True}):
        if (entry := cache.store.get(cache.keys.notebook(replace(task, web=web)))) is not None:
            return entry
    return None


class Notebooks:
    """The results that are stored for the given tasks, and the tasks that are to be executed; those with the same key
    once."""

    def __init__(self, tasks: Iterable[Task], cache: RunCache) -> None:
        self.stored: list[Result] = []
        self._missing: dict[str, list[Task]] = {}
        self._cache = cache
        for task in tasks:
            entry = stored(task, cache)
            if entry is None:
                self._missing.setdefault(cache.keys.notebook(task), []).append(task)
            else:
                self.stored.append(Result(task, entry.decode(), 0.0, stored=True))

    @property
    def missing(self) -> list[Task]:
        """The tasks that are to be executed."""
        return [same[0] for same in self._missing.values()]

    def results(self, execute: Execute) -> Generator[Result]:
        """The results of all tasks: first those that are stored, then the others as ``execute`` yields them.

        A failure is not stored, nor is a result whose inputs have changed while it was made; what is finished is stored
        also when the run is broken off.
        """
        yield from self.stored
        keys = {same[0]: key for key, same in self._missing.items()}
        made: dict[str, Result] = {}
        try:
            for result in execute(self.missing):
                key = keys[result.task]
                if result.failure is None:
                    made[key] = result
                for task in self._missing[key]:
                    yield replace(result, task=task)
        finally:
            now = self._cache.keys_now()
            for key, result in made.items():
                if now.notebook(result.task) == key:
                    self._cache.store.put(key, result.notebook.encode())
                    for task in self._missing[key]:
                        origin = provenance.of_notebook(task, now.inputs)
                        provenance.put(self._cache, provenance.name_of(task), origin)

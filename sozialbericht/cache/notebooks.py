"""Reuse: results of earlier runs stand in for notebooks of which nothing has changed that they depend on."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import replace

from sozialbericht.cache.keys import Inputs
from sozialbericht.cache.store import Cache
from sozialbericht.order.tasks import Result, Task

Execute = Callable[[list[Task]], Generator[Result]]


class Plan:
    """What of the given tasks is known and what is to be executed; tasks with the same key are executed once."""

    def __init__(self, tasks: Iterable[Task], cache: Cache, inputs: Inputs) -> None:
        self.known: list[Result] = []
        self._waiting: dict[str, list[Task]] = {}
        self._cache, self._inputs = cache, inputs
        for task in tasks:
            key = inputs.task(task)
            found = cache.get(key)
            if found is None:
                self._waiting.setdefault(key, []).append(task)
            else:
                self.known.append(Result(task, found.decode(), 0.0, reused=True))

    @property
    def waiting(self) -> list[Task]:
        """The tasks that are to be executed."""
        return [same[0] for same in self._waiting.values()]

    @property
    def total(self) -> int:
        """How many results there will be."""
        return len(self.known) + sum(map(len, self._waiting.values()))

    def results(self, execute: Execute) -> Generator[Result]:
        """The results of all tasks: first those that are known, then the others as ``execute`` yields them.

        A failure is not kept, nor is a result whose inputs have changed while it was made; what is finished is kept
        also when the run is broken off.
        """
        yield from self.known
        keys = {same[0]: key for key, same in self._waiting.items()}
        made: dict[str, Result] = {}
        try:
            for result in execute(self.waiting):
                key = keys[result.task]
                if result.failure is None:
                    made[key] = result
                for task in self._waiting[key]:
                    yield replace(result, task=task)
        finally:
            now = Inputs(self._inputs.root, self._inputs.variables)
            for key, result in made.items():
                if now.task(result.task) == key:
                    self._cache.put(key, result.notebook.encode())

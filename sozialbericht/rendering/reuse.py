"""Reuse: results of earlier runs stand in for notebooks of which nothing has changed that they depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sozialbericht.rendering.cache import Cache
from sozialbericht.rendering.fingerprint import Inputs
from sozialbericht.rendering.tasks import Result, Task

Execute = Callable[[list[Task]], Iterator[Result]]


def results(tasks: Iterable[Task], cache: Cache, inputs: Inputs, execute: Execute) -> Iterator[Result]:
    """The results of all tasks: first those that are known, then the others as ``execute`` yields them.

    Tasks with the same key are executed once. A failure is not kept, nor is a result whose inputs have changed
    while it was made; what is finished is kept also when the run is broken off.
    """
    waiting: dict[str, list[Task]] = {}
    for task in tasks:
        key = inputs.task(task)
        known = cache.get(key)
        if known is None:
            waiting.setdefault(key, []).append(task)
        else:
            yield Result(task, known.decode(), 0.0, reused=True)
    if not waiting:
        return
    keys = {same[0]: key for key, same in waiting.items()}
    made: dict[str, Result] = {}
    try:
        for result in execute([same[0] for same in waiting.values()]):
            key = keys[result.task]
            if result.failure is None:
                made[key] = result
            for task in waiting[key]:
                yield replace(result, task=task)
    finally:
        now = Inputs(inputs.root, inputs.variables)
        for key, result in made.items():
            if now.task(result.task) == key:
                cache.put(key, result.notebook.encode())

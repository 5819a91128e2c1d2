"""Pandoc: reading Markdown into its document tree, walking the tree, writing it out.

The tree is pandoc's JSON: an element is ``{"t": type, "c": content}``; see the ``pandoc-types`` documentation.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sozialbericht.faults import ReportError
from sozialbericht.rendering.cache import Cache
from sozialbericht.rendering.fingerprint import digest, tree_digest

Element = dict[str, Any]
Rewrite = Callable[[Element], "list[Element] | None"]

#: What Quarto reads, too; figures are divs with an identifier, never a picture alone in its paragraph.
MARKDOWN = "markdown-implicit_figures"


@functools.cache
def executable() -> str:
    """Path of the pandoc that comes with the ``pypandoc_binary`` wheel."""
    import pypandoc

    return str(pypandoc.get_pandoc_path())


@functools.cache
def version() -> str:
    """Version of that pandoc as the wheel's name states it, e.g. ``1.17``."""
    from importlib.metadata import version as installed

    return installed("pypandoc_binary")


class Memory:
    """Answers of pandoc by what was asked: text, arguments, the folders of filter and template, ``base``.

    ``base`` is the digest of what else can change an answer: pandoc itself and the environment.
    """

    def __init__(self, cache: Cache, base: str) -> None:
        self.cache, self.base = cache, base
        self._held: dict[str, str] = {}

    def answer(self, arguments: list[str], text: str, target: str) -> str:
        """The answer known or asked for now; raises :class:`ReportError` as :func:`run` does."""
        key = digest("pandoc", self.base, target, *self._content(arguments), text)
        if key not in self._held:
            known = self.cache.get(key)
            self._held[key] = _ask(arguments, text, target) if known is None else known.decode()
            if known is None:
                self.cache.put(key, self._held[key].encode())
        return self._held[key]

    @staticmethod
    def _content(arguments: list[str]) -> Iterator[str]:
        """The arguments; content in the place of the paths of filter and template, with the files beside them."""
        for before, argument in zip(["", *arguments], arguments, strict=False):
            file = argument.removeprefix("--template=")
            if before == "--lua-filter" or file != argument:
                yield f"{Path(file).name} {tree_digest(Path(file).parent)}"
            else:
                yield argument


_memories: list[Memory] = []


@contextmanager
def remembering(cache: Cache, base: str) -> Iterator[None]:
    """Until the end of this context nothing is asked twice, nor what an earlier run has kept in the cache."""
    _memories.append(Memory(cache, base))
    try:
        yield
    finally:
        _memories.pop()


def run(arguments: list[str], text: str, target: str = "") -> str:
    """Run pandoc on a text; a failure or a warning raises :class:`ReportError` with pandoc's words."""
    return _memories[-1].answer(arguments, text, target) if _memories else _ask(arguments, text, target)


def _ask(arguments: list[str], text: str, target: str) -> str:
    done = subprocess.run(
        [executable(), *arguments],
        input=text.encode(),
        capture_output=True,
        env={**os.environ, "SOZIALBERICHT_ZIEL": target},
        check=False,
    )
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode or said:
        raise ReportError(f"pandoc meldet: {said or done.returncode}")
    return done.stdout.decode()


def parse(markdown: str, *, target: str = "", lua_filter: Path | None = None) -> list[Element]:
    """Blocks of a Markdown text; with ``lua_filter`` run for the format ``target`` (``typst`` or ``html``)."""
    extra = ["--lua-filter", str(lua_filter)] if lua_filter else []
    tree = json.loads(run(["-f", MARKDOWN, "-t", "json", *extra], markdown, target))
    blocks: list[Element] = tree["blocks"]
    return blocks


@functools.cache
def api_version() -> list[int]:
    """The ``pandoc-api-version`` that this pandoc writes into its JSON."""
    number: list[int] = json.loads(run(["-f", "markdown", "-t", "json"], ""))["pandoc-api-version"]
    return number


def write(blocks: list[Element], arguments: list[str]) -> str:
    """Blocks written by pandoc with the given arguments (``-t typst`` …)."""
    tree = {"pandoc-api-version": api_version(), "meta": {}, "blocks": blocks}
    return run(["-f", "json", *arguments], json.dumps(tree))


def walk(node: Any, rewrite: Rewrite) -> Any:
    """The tree with every element replaced by what ``rewrite`` returns, from the leaves up.

    ``rewrite`` returns ``None`` to keep an element or the list of elements to put in its place.
    """
    if isinstance(node, list):
        out: list[Any] = []
        for item in node:
            new = walk(item, rewrite)
            if isinstance(new, dict) and "t" in new:
                replaced = rewrite(new)
                out.extend([new] if replaced is None else replaced)
            else:
                out.append(new)
        return out
    if isinstance(node, dict):
        return {key: walk(value, rewrite) for key, value in node.items()}
    return node


def elements(node: Any) -> Iterator[Element]:
    """All elements of a tree, outer before inner, in reading order."""
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if "t" in item:
                yield item
            item = list(item.values())
        if isinstance(item, list):
            waiting.extend(part for part in reversed(item) if isinstance(part, (dict, list)))


def plain_text(node: Any) -> str:
    """The text of inlines or blocks without any formatting."""
    words = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
    parts = []
    for element in elements(node):
        if element["t"] == "Str":
            parts.append(element["c"])
        elif element["t"] in words:
            parts.append(words[element["t"]])
        elif element["t"] in {"Code", "Math"}:
            parts.append(element["c"][1])
    return "".join(parts)


def attributes(element: Element) -> tuple[str, list[str], dict[str, str]]:
    """Identifier, classes and key-value pairs of a Div, Span, Header, Link or Image."""
    place = {"Header": 1}.get(element["t"], 0)
    identifier, classes, pairs = element["c"][place]
    return identifier, classes, dict(pairs)

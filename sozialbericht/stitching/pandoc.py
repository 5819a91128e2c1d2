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

from sozialbericht import surroundings
from sozialbericht.cache.store import Cache
from sozialbericht.digests import digest, tree_digest
from sozialbericht.faults import ReportError

Element = dict[str, Any]
Rewrite = Callable[[Element], "list[Element] | None"]

#: What Quarto reads, too; figures are divs with an identifier, never a picture alone in its paragraph.
MARKDOWN = "markdown-implicit_figures"
#: Seconds after which pandoc is not waited for: it takes less than one for a chapter, and for ever for some texts.
LONGEST = 40


@functools.cache
def executable() -> str:
    """Path of the pandoc that comes with the ``pypandoc_binary`` wheel, whatever else is installed."""
    import pypandoc

    for name in ("pandoc.exe", "pandoc") if os.name == "nt" else ("pandoc",):
        if (own := Path(pypandoc.__file__).parent / "files" / name).is_file():
            return str(own)
    return str(pypandoc.get_pandoc_path())


@functools.cache
def version() -> str:
    """Version of that pandoc as the wheel's name states it, e.g. ``1.17``."""
    from importlib.metadata import version as installed

    return installed("pypandoc_binary")


class Memory:
    """Answers of pandoc by what was asked: text, arguments, the folders of filter and template, ``base``.

    ``base`` is the digest of what else can change an answer: pandoc itself and the environment; ``program`` that of
    what makes more of an answer.
    """

    def __init__(self, cache: Cache, base: str, program: str = "") -> None:
        self.cache, self.base, self.program = cache, base, program
        self._held: dict[str, str] = {}
        self._derived: dict[str, str] = {}

    def answer(self, arguments: list[str], text: str, target: str) -> str:
        """The answer known or asked for now; raises :class:`ReportError` as :func:`run` does."""
        key = self._key(arguments, text, target)
        known = self.get(key)
        if known is None:
            known = _ask(arguments, text, target)
            self.put(key, known)
        return known

    def key_of(self, name: str, arguments: list[str], text: str, target: str) -> str:
        """The key under which ``name``, made of the answer, is kept."""
        return digest(name, self.program, self._key(arguments, text, target))

    def get(self, key: str) -> str | None:
        """What is kept under a key."""
        if key not in self._held and (known := self.cache.get(key)) is not None:
            self._held[key] = known.decode()
        return self._held.get(key)

    def put(self, key: str, text: str) -> None:
        """Keep an answer under a key."""
        self._held[key] = text
        self.cache.put(key, text.encode())

    def put_derived(self, key: str, text: str) -> None:
        """Keep what was made of an answer for this run, and after it by :meth:`keep_derived`."""
        self._held[key] = self._derived[key] = text

    def keep_derived(self, same_program: Callable[[], bool]) -> None:
        """Keep what was made in this run for later ones, if the program is still the ``same_program``."""
        if self.cache.folder is None or not self._derived or not same_program():
            return
        for key, text in self._derived.items():
            self.cache.put(key, text.encode())

    def _key(self, arguments: list[str], text: str, target: str) -> str:
        return digest("pandoc", self.base, target, *self._content(arguments), text)

    def _content(self, arguments: list[str]) -> Iterator[str]:
        """The arguments; content in the place of the paths of filter and template, with the files beside them."""
        for before, argument in zip(["", *arguments], arguments, strict=False):
            file = argument.removeprefix("--template=")
            if before == "--lua-filter" or file != argument:
                yield f"{Path(file).name} {tree_digest(Path(file).parent)}"
            else:
                yield argument


_memories: list[Memory] = []


@contextmanager
def remembering(
    cache: Cache, base: str, program: str = "", same_program: Callable[[], bool] = lambda: True
) -> Iterator[None]:
    """Until the end of this context nothing is asked twice, nor what an earlier run has kept in the cache.

    What is made of answers is kept only if the program is then still the ``same_program``.
    """
    memory = Memory(cache, base, program)
    _memories.append(memory)
    try:
        yield
    finally:
        _memories.pop()
        memory.keep_derived(same_program)


def run(arguments: list[str], text: str, target: str = "") -> str:
    """Run pandoc on a text; a failure or a warning raises :class:`ReportError` with pandoc's words."""
    return _memories[-1].answer(arguments, text, target) if _memories else _ask(arguments, text, target)


def _ask(arguments: list[str], text: str, target: str) -> str:
    try:
        done = subprocess.run(
            [executable(), f"--data-dir={os.devnull}", *arguments],
            input=text.encode(),
            capture_output=True,
            env={**surroundings.cleaned(), "SOZIALBERICHT_ZIEL": target},
            check=False,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired as error:
        raise ReportError(f"pandoc meldet: Der Text ist nach {LONGEST} Sekunden nicht gelesen.") from error
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode or said:
        raise ReportError(f"pandoc meldet: {said or done.returncode}")
    return done.stdout.decode()


def parse(markdown: str, *, target: str = "", lua_filter: Path | None = None) -> list[Element]:
    """Blocks of a Markdown text; with ``lua_filter`` run for the format ``target`` (``typst`` or ``html``)."""
    tree = json.loads(run(_parsing(lua_filter), markdown, target))
    blocks: list[Element] = tree["blocks"]
    return blocks


class Derived:
    """What is made of parsed texts, remembered like the answers: ``name`` tells one kind from another."""

    def __init__(self, name: str, *, target: str, lua_filter: Path) -> None:
        self.name, self.target, self._arguments = name, target, _parsing(lua_filter)

    def get(self, text: str, given: str = "") -> str | None:
        """What was made of a text and whatever else was ``given``, None if it is not known."""
        return _memories[-1].get(self._key(text, given)) if _memories else None

    def put(self, text: str, made: str, given: str = "") -> None:
        """Remember what was made."""
        if _memories:
            _memories[-1].put_derived(self._key(text, given), made)

    def _key(self, text: str, given: str) -> str:
        return _memories[-1].key_of(f"{self.name} {given}", self._arguments, text, self.target)


def _parsing(lua_filter: Path | None) -> list[str]:
    return ["-f", MARKDOWN, "-t", "json", *(["--lua-filter", str(lua_filter)] if lua_filter else [])]


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

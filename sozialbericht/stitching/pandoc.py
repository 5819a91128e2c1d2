"""Pandoc: reading Markdown into its document tree, walking the tree, writing it out.

The tree is pandoc's JSON: an element is ``{"t": type, "c": content}``; see the ``pandoc-types`` documentation.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sozialbericht import surroundings
from sozialbericht.cache.textstore import Entry, TextStore
from sozialbericht.digests import tree_digest
from sozialbericht.faults import ReportError

Element = dict[str, Any]
Rewrite = Callable[[Element], "list[Element] | None"]

#: What Quarto reads, too; figures are divs with an identifier, never a picture alone in its paragraph.
MARKDOWN = "markdown-implicit_figures"
#: The variable by which the filters know what a chapter is read for.
TARGET = "SOZIALBERICHT_ZIEL"
REMEDY = "Die genannte Stelle in Notebook oder Text vereinfachen; „render.py --check“ sieht die meisten vorher."
#: Seconds after which pandoc is not waited for, and seconds more for each letter: it takes less than one for a chapter,
#: a minute for an annex with tables of hundreds of areas, and for ever for some texts.
LONGEST, LETTER = 40, 0.0004
#: How pandoc's memory is managed: a small nursery stays in the processor's cache and costs fewer pages, and most texts
#: are done before there is so much to look through. What follows is no option of that kind.
MEMORY = ("+RTS", "-A4m", "-H4m", "-O64m", "--RTS")
#: The filter that reads or writes many texts in one call.
SEVERAL = Path(__file__).with_name("several.lua")
_SEVERAL = ["-f", "json", "-t", "json", "--lua-filter", str(SEVERAL)]
#: What it does not treat as pandoc does when it reads a file.
_ALONE = frozenset("\t\r\ufeff")


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


#: The stores of texts in use, the last one first; parts of a report are read in threads, which all ask here.
_stores: list[TextStore] = []


@contextmanager
def storing(texts: TextStore) -> Iterator[None]:
    """Until the end of this context nothing is asked twice, nor what an earlier run has stored; then the store is
    closed."""
    _stores.append(texts)
    try:
        yield
    finally:
        _stores.pop()
        texts.close()


def run(arguments: list[str], text: str, target: str = "") -> str:
    """Run pandoc on a text; a failure or a warning raises :class:`ReportError` with pandoc's words."""
    if not _stores:
        return _ask(arguments, text, target)
    store = _stores[-1]
    key = store.keys.answer(_content(arguments), text, target)
    answer = store.get(key)
    if answer is None:
        answer = _ask(arguments, text, target)
        store.put(key, answer)
    return answer


def _content(arguments: list[str]) -> Iterator[str]:
    """The arguments; content in the place of the paths of filter and template, with the files beside them."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        file = argument.removeprefix("--template=")
        if before == "--lua-filter" or file != argument:
            yield f"{Path(file).name} {tree_digest(Path(file).parent)}"
        else:
            yield argument


def _ask(arguments: list[str], text: str, target: str) -> str:
    return made(arguments, text, {TARGET: target}).decode()


def made(arguments: list[str], text: str = "", variables: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """What pandoc makes of a text, never stored: a document in any format (with ``-o -``), a file of its own. A failure
    or a warning raises :class:`ReportError` with pandoc's words.
    """
    longest = LONGEST + round(LETTER * len(text))
    try:
        done = subprocess.run(
            [executable(), *MEMORY, f"--data-dir={os.devnull}", *arguments],
            input=text.encode(),
            capture_output=True,
            env={**surroundings.cleaned(), **variables},
            check=False,
            timeout=longest,
        )
    except subprocess.TimeoutExpired as error:
        raise ReportError(f"pandoc hat den Text nach {longest} Sekunden nicht gelesen.", REMEDY) from error
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode or said:
        raise ReportError(f"pandoc meldet: {said or done.returncode}", REMEDY)
    return done.stdout


def parse(markdown: str, *, target: str = "", lua_filter: Path | None = None) -> list[Element]:
    """Blocks of a Markdown text; with ``lua_filter`` run for the format ``target`` (``typst`` or ``html``)."""
    tree = json.loads(run(_parsing(lua_filter), markdown, target))
    blocks: list[Element] = tree["blocks"]
    return blocks


def read_ahead(texts: Iterable[str], targets: Sequence[str] = ("",), lua_filter: Path | None = None) -> None:
    """Have texts read for formats, in few calls of pandoc, so that :func:`parse` finds what it asks for.

    Outside of :func:`storing` nothing happens, and where a call fails nothing is kept: :func:`parse` then says what is
    wrong with which text.
    """
    if not _stores:
        return
    store, arguments = _stores[-1], [*_content(_parsing(lua_filter))]
    common = [["format", MARKDOWN], ["variable", TARGET], *([["filter", str(lua_filter)]] if lua_filter else [])]
    keys: list[list[str]] = []
    groups: list[list[str]] = []
    for text in dict.fromkeys(text for text in texts if _ALONE.isdisjoint(text)):
        asked = [(store.keys.answer(arguments, text, target), target) for target in targets]
        missing = [(key, target) for key, target in asked if store.get(key) is None]
        if missing:
            keys.append([key for key, _ in missing])
            groups.append([_element("CodeBlock", [*common, ["ziel", target]], text) for _, target in missing])
    with suppress(ReportError):
        for known, answers in zip(keys, _in_few_calls(groups), strict=True):
            for key, answer in zip(known, answers, strict=True):
                store.put(key, answer + "\n")


def web_bodies(pages: Sequence[list[Element]]) -> list[str]:
    """What stands on web pages, of the blocks of each; in few calls of pandoc."""
    asked = [json.dumps(blocks) for blocks in pages]
    store = _stores[-1] if _stores else None
    keys = [store.keys.answer(["web page", *_content(_SEVERAL)], text, "html") if store else "" for text in asked]
    found = [store.get(key) if store else None for key in keys]
    missing = [number for number, text in enumerate(found) if text is None]
    made = _in_few_calls([[f'{{"t":"Div","c":[["",[],[]],{asked[number]}]}}'] for number in missing])
    for number, (text,) in zip(missing, made, strict=True):
        found[number] = text
        if store:
            store.put(keys[number], text)
    return [text or "" for text in found]


def _in_few_calls(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """What the filter :data:`SEVERAL` makes of groups of elements in JSON; those of a group stay together."""
    calls = min(os.cpu_count() or 1, len(groups))
    heavy_first = sorted(range(len(groups)), key=lambda place: -len(groups[place][-1]))
    made: dict[int, list[str]] = {}
    head = f'{{"pandoc-api-version":{api_version() if groups else []},"meta":{{}},"blocks":'

    def ask(places: list[int]) -> None:
        blocks = ",".join(element for place in places for element in groups[place])
        answer = _ask(_SEVERAL, f"{head}[{blocks}]}}", "")
        texts = (block["c"][1] for block in json.loads(answer)["blocks"])
        made.update({place: [next(texts) for _ in groups[place]] for place in places})

    with ThreadPoolExecutor(calls or 1) as pool:
        list(pool.map(ask, [heavy_first[number::calls] for number in range(calls)]))
    return [made[place] for place in range(len(groups))]


def _element(kind: str, pairs: list[list[str]], content: str) -> str:
    return json.dumps({"t": kind, "c": [["", [], pairs], content]})


def entry(name: str, markdown: str, given: str = "", *, target: str, lua_filter: Path) -> Entry:
    """The entry of what the program makes of a parsed text and whatever else is ``given``; ``name`` tells one kind from
    another. It is never there outside of :func:`storing`."""
    if not _stores:
        return Entry(None)
    keys = _stores[-1].keys
    answer = keys.answer(_content(_parsing(lua_filter)), markdown, target)
    return Entry(_stores[-1], keys.derived(f"{name} {given}", answer))


def _parsing(lua_filter: Path | None) -> list[str]:
    return ["-f", MARKDOWN, "-t", "json", *(["--lua-filter", str(lua_filter)] if lua_filter else [])]


@functools.cache
def api_version() -> list[int]:
    """The ``pandoc-api-version`` that this pandoc writes into its JSON."""
    number: list[int] = json.loads(run(["-f", "markdown", "-t", "json"], ""))["pandoc-api-version"]
    return number


def tree(blocks: list[Element], **meta: str) -> str:
    """Blocks as a document in pandoc's JSON, with texts as metadata."""
    told = {name: {"t": "MetaString", "c": words} for name, words in meta.items()}
    return json.dumps({"pandoc-api-version": api_version(), "meta": told, "blocks": blocks})


def write(blocks: list[Element], arguments: list[str]) -> str:
    """Blocks written by pandoc with the given arguments (``-t typst`` …)."""
    return run(["-f", "json", *arguments], tree(blocks))


def walk(node: Any, rewrite: Rewrite) -> Any:
    """The tree with every element replaced by what ``rewrite`` returns, from the leaves up.

    ``rewrite`` returns ``None`` to keep an element or the list of elements to put in its place.
    """
    if isinstance(node, list):
        out: list[Any] = []
        for item in node:
            if isinstance(item, str):  # most of a tree
                out.append(item)
                continue
            new = walk(item, rewrite)
            if isinstance(new, dict) and "t" in new:
                replaced = rewrite(new)
                out.extend([new] if replaced is None else replaced)
            else:
                out.append(new)
        return out
    if isinstance(node, dict):
        return {k: value if isinstance(value, str) else walk(value, rewrite) for k, value in node.items()}
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

"""The one border between text and markup: text is escaped here, once, for the target that it is written to.

Names, titles, definitions, sources and whatever else comes from the data are text and stay ordinary strings until they
are written. Markdown that the report has written itself is :class:`Markup`; put together with a string, it escapes that
string. So text prints as it stands, and what is forgotten shows too many signs instead of running as code.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import SupportsIndex
from urllib.parse import quote

_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
#: Characters that mean something to Markdown wherever they stand, and others only beside their like.
_ALWAYS = r"[\\`*_{}\[\]<>#$~^@&\"'|]"
_BESIDE = r":(?=\S)|(?<=:):|-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\.|=(?==)|(?<==)=|\+(?=\+)|(?<=\+)\+|!(?=!)|(?<=!)!"
#: What opens a list, a heading, a definition or a line of its own where a text begins: its sign is escaped.
_BEGINNING = re.compile(r"(?:(\s*)([-+=:%])|(\s*\(?(?:\d{1,9}|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+))([.)]))(?=\s|$)")
_MARKDOWN = re.compile(f"{_ALWAYS}|{_BESIDE}")
_SPACE = re.compile(r"[\t\n\r\f\v\x85\u2028\u2029 ]+")
#: Addresses that a link may have.
ADDRESS = re.compile(r"https?://[^\s]+\Z", re.I)


class Markup(str):
    """Markdown that the report has written; a string put together with it is text and gets escaped."""

    __slots__ = ()

    def __add__(self, other: str) -> Markup:
        """The markup with another behind it, which is escaped if it is text."""
        return Markup(str.__add__(self, escape(other)))

    def __radd__(self, other: str) -> Markup:
        """The markup with another in front, which is escaped if it is text."""
        return Markup(str.__add__(escape(other), self))

    def join(self, parts: Iterable[str], /) -> Markup:
        """The parts, escaped where they are text, with this markup between them."""
        return Markup(str.join(self, map(escape, parts)))

    def strip(self, chars: str | None = None, /) -> Markup:
        """The markup without white space around it."""
        return Markup(str.strip(self, chars))

    def removesuffix(self, suffix: str, /) -> Markup:
        """The markup without an ending."""
        return Markup(str.removesuffix(self, suffix))

    def __getitem__(self, key: SupportsIndex | slice, /) -> Markup:
        """A piece of the markup."""
        return Markup(str.__getitem__(self, key))


def escape(text: str) -> Markup:
    """Text as Markdown, each sign that could mean something as a character reference; markup as it is.

    References, not backslashes: they hold in attributes, in cells of tables, in settings, and for what looks for marks
    in the text before pandoc reads it. White space is folded to single spaces.
    """
    if isinstance(text, Markup):
        return text
    line = _inline(text)
    found = _BEGINNING.match(line)
    if found:
        front, sign = (found[1], found[2]) if found[2] else (found[3], found[4])
        line = f"{front}&#{ord(sign)};{line[found.end() :]}"
    return Markup(line)


def _inline(text: str) -> str:
    return _MARKDOWN.sub(_reference, _SPACE.sub(" ", text))


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def text_of(markup: str) -> str:
    """The text of escaped text; other marks of Markdown stay."""
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), markup) if isinstance(markup, Markup) else markup


def attribute(text: str) -> Markup:
    """Text as the value of a Markdown attribute."""
    return Markup(f'"{_inline(text_of(text).strip())}"')


def bold(text: str) -> Markup:
    """Text in bold; nothing for an empty one."""
    words = escape(text.strip())
    return Markup(f"**{words}**") if words else words


def lines(*texts: str) -> Markup:
    """Texts below each other in one paragraph."""
    return Markup("\\\n").join(texts)


def paragraphs(*texts: str) -> Markup:
    """Texts as paragraphs."""
    return Markup("\n\n").join(texts)


def listed(texts: Iterable[str], *, numbered: bool = False) -> Markup:
    """Texts as a list."""
    return Markup("\n".join(f"{f'{n}.' if numbered else '-'} {escape(text)}" for n, text in enumerate(texts, start=1)))


def terms(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Terms with what they mean, as a definition list."""
    return Markup("\n\n".join(f"{escape(term)}\n:   {escape(words)}" for term, words in pairs))


def link(text: str, address: str) -> Markup:
    """Text that leads to an address of the web; the text alone where the address is none."""
    if not ADDRESS.match(address):
        return escape(text)
    safe = quote(address, safe=":/?#@!$&'*+,;=%-._~[]")
    return Markup(f"[{escape(text)}](<{escape(safe)}>)")


def limited(text: str) -> Markup:
    """A paragraph that somebody has written, with what of Markdown such texts may have: a heading of the second level
    („## …“), a list („- …“ on every line), **bold** and *italics*, a line break after two spaces or a backslash. All
    else is text.
    """
    rows = [row.strip("\n") for row in text.strip().splitlines()]
    if len(rows) == 1 and (found := re.match(r"##\s+(\S.*)", rows[0])):
        return Markup(f"## {_emphasised(found[1])} {{.unnumbered}}")
    if rows and all(re.match(r"[-*]\s+\S", row) for row in rows):
        return Markup("\n".join(f"- {_emphasised(row[1:].strip())}" for row in rows))
    broken = [(row.removesuffix("\\").rstrip(), row.endswith(("\\", "  "))) for row in rows]
    parts = [_emphasised(row) + Markup("\\\n" if cut else " ") for row, cut in broken[:-1]]
    return Markup("").join([*parts, *(_emphasised(row) for row, _ in broken[-1:])])


def _emphasised(text: str) -> Markup:
    """Text in which pairs of stars mark bold and italics."""
    parts = re.split(r"(\*\*(?=\S)[^*]+(?<=\S)\*\*|(?<!\*)\*(?=\S)[^*]+(?<=\S)\*(?!\*))", text)
    marked: list[str] = []
    for k, part in enumerate(parts):
        stars = "**" if part.startswith("**") else "*"
        inner = Markup(f"{stars}{escape(part.strip('*'))}{stars}")
        marked.append(inner if k % 2 else part)
    return Markup("").join(part for part in marked if part)


def html_text(text: str) -> str:
    """Text as HTML, in an element or in a quoted attribute."""
    return html.escape(text_of(text))


def html_of(markup: str) -> str:
    """A piece of Markdown as HTML for a preview: bold, italics, links and paragraphs; all else as text."""
    words = re.sub(r"&(?!#\d+;)", "&amp;", markup).replace("<", "&lt;").replace(">", "&gt;")
    words = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", words)
    words = re.sub(r"(?<!\*)\*([^*]+)\*(?!\*)", r"<em>\1</em>", words)
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", words.strip()))


def typst(text: str) -> str:
    """Text as Typst content: a string, in which nothing means anything."""
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '";'


def slugged(words: str) -> str:
    """Words as part of a label: lower case ASCII, „Räume, weit“ → „raeume-weit“."""
    plain = unicodedata.normalize("NFKD", words.lower().translate(_SPELT)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")

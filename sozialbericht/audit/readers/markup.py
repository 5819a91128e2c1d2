"""Web pages: everything a page says, shown or not, as a tree of elements."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from sozialbericht.audit.readers.documents import reading
from sozialbericht.audit.readers.readings import Node, Reading

_EMPTY = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip
#: What ends an element that was left open.
_ENDS = {
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"},
    "th": {"td", "th"}, "p": {"p"}, "option": {"option"},
    "tbody": {"thead", "tbody", "tr", "td", "th"}, "tfoot": {"thead", "tbody", "tr", "td", "th"},
}  # fmt: skip


#: The numbers and names of a formula: one above the other is no longer number.
_SIGNS = {"mn", "mi", "mtext"}


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#document")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        while self.open[-1].tag in _ENDS.get(tag, ()):
            self.open.pop()
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _EMPTY:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest open element of this name."""
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        """Text."""
        self.open[-1].children.append(f" {data} " if self.open[-1].tag in _SIGNS else data)

    def handle_comment(self, data: str) -> None:
        """A comment is read as well."""
        self.open[-1].children.append(Node("#comment", {}, [data]))


def tree(text: str) -> Node:
    """The elements of a page."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root


def read(content: bytes, name: str) -> Reading:
    """What a page says."""
    return reading(tree(content.decode("utf-8")), name, Path(name).stem)

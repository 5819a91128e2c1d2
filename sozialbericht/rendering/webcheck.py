"""Checks of the finished web report: nothing is loaded from another host, everything loaded is there."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

#: Attributes that make a browser load something, by element. Ordinary links are free to lead elsewhere.
_LOADING = {
    "link": ("href",), "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"),
    "iframe": ("src",), "video": ("src", "poster"), "audio": ("src",), "object": ("data",), "embed": ("src",),
    "image": ("href", "xlink:href"), "use": ("href", "xlink:href"),
}  # fmt: skip
_STYLE_ADDRESS = re.compile(r"""(?:@import\s+|url\(\s*)["']?([^"')\s;]+)""")
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.I)


class _Addresses(HTMLParser):
    """Collects what a page or a drawing loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses that an element loads."""
        self._style = tag == "style"
        for name, value in attrs:
            if value and name in _LOADING.get(tag, ()):
                many = [part.split()[0] for part in value.split(",") if part.strip()]
                self.found += many if name == "srcset" else [value.strip()]
            elif value and name == "style":
                self.found += _STYLE_ADDRESS.findall(value)

    def handle_endtag(self, tag: str) -> None:
        """Leave a style."""
        self._style = False

    def handle_data(self, data: str) -> None:
        """Note the addresses in a style."""
        if self._style:
            self.found += _STYLE_ADDRESS.findall(data)


def addresses_at_fault(folder: Path) -> list[str]:
    """One German line per address that another host would answer, or whose file is not there."""
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".html", ".css", ".svg"}:
            continue
        place = path.relative_to(folder).as_posix()
        for address in dict.fromkeys(_loaded(path)):
            if address.startswith(("data:", "#")):
                continue
            if _ELSEWHERE.match(address):
                lines.append(f"{place}: „{address}“ würde von einem fremden Server geladen.")
            elif not (path.parent / unquote(re.split(r"[?#]", address)[0])).is_file():
                lines.append(f"{place}: Die Datei „{address}“ fehlt.")
    return lines


def _loaded(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        return _STYLE_ADDRESS.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    parser = _Addresses()
    parser.feed(text)
    parser.close()
    return parser.found

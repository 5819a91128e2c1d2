"""Checks of the finished web report: nothing is loaded from another host, no address leads into nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

#: Attributes that make a browser load something, by element. Ordinary links are free to lead elsewhere.
_LOADING = {
    "link": ("href",), "script": ("src", "href", "xlink:href"), "img": ("src", "srcset"), "source": ("src", "srcset"),
    "iframe": ("src",), "video": ("src", "poster"), "audio": ("src",), "object": ("data",), "embed": ("src",),
    **dict.fromkeys(("image", "use", "feimage"), ("href", "xlink:href")),
}  # fmt: skip
_STYLE_ADDRESS = re.compile(r"""(?:@import\s*(?:url\()?|url\(|image-set\()\s*["']?([^"')\s;]+)""", re.I)
_SHEET = re.compile(r"""xml-stylesheet\b.*?\bhref\s*=\s*["']([^"']+)""", re.S)
#: A drawing without any of these, which lead out of it, loads nothing.
_LOADS = re.compile(r"""(?:href|src|srcset|poster|data)\s*=(?!\s*["']#)|url\((?!\s*["']?#)|image-set|@import""", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.I)


class _Addresses(HTMLParser):
    """Collects what a page or a drawing loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses that an element loads."""
        self._style = tag == "style"
        for name, value in attrs:
            if value and name == "id":
                self.anchors.add(value)
            elif value and tag == "a" and name == "href":
                self.links.append(value)
            elif value and name in _LOADING.get(tag, ()):
                many = [part.split()[0] for part in value.split(",") if part.strip()]
                self.found += many if name == "srcset" else [value.strip()]
            elif value and (name == "style" or "(" in value):
                self.found += _STYLE_ADDRESS.findall(value)

    def handle_pi(self, data: str) -> None:
        """Note the style sheet that an XML file names."""
        self.found += _SHEET.findall(data)

    def handle_endtag(self, tag: str) -> None:
        """Leave a style."""
        self._style = False

    def handle_data(self, data: str) -> None:
        """Note the addresses in a style."""
        if self._style:
            self.found += _STYLE_ADDRESS.findall(data)


def addresses_at_fault(folder: Path) -> list[str]:
    """One German line per address that another host would answer or that leads into nothing."""
    lines = []
    pages: dict[Path, _Addresses] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".html", ".css", ".svg"}:
            continue
        seen = _read(path)
        if path.suffix == ".html":
            pages[path.resolve()] = seen
        place = path.relative_to(folder).as_posix()
        for address in dict.fromkeys(seen.found):
            if address.startswith(("data:", "#")):
                continue
            if _ELSEWHERE.match(address):
                lines.append(f"{place}: „{address}“ würde von einem fremden Server geladen.")
            elif not (path.parent / unquote(re.split(r"[?#]", address)[0])).is_file():
                lines.append(f"{place}: Die Datei „{address}“ fehlt.")
    return lines + _dead_links(folder, pages)


def _dead_links(folder: Path, pages: dict[Path, _Addresses]) -> list[str]:
    """Links within the report to a page or a place that does not exist."""
    lines = []
    for path, page in pages.items():
        for link in dict.fromkeys(page.links):
            if _SCHEME.match(link) or _ELSEWHERE.match(link):
                continue
            name, _, anchor = unquote(link).partition("#")
            target = (path.parent / name).resolve() if name else path
            there = pages[target].anchors if target in pages else None
            if not target.is_file() or (anchor and there is not None and anchor not in there):
                lines.append(f"{path.relative_to(folder.resolve()).as_posix()}: Der Verweis „{link}“ führt ins Leere.")
    return lines


def _read(path: Path) -> _Addresses:
    parser = _Addresses()
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        parser.found = _STYLE_ADDRESS.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    elif path.suffix == ".html" or _LOADS.search(text):
        parser.feed(text)
        parser.close()
    return parser

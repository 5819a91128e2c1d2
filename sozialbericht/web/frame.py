"""Pages that Quarto made, put into the report's own page template: its content stays, its frame goes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from sozialbericht.escaping import html_text
from sozialbericht.faults import ReportError

_MAIN = re.compile(r'<main\b[^>]*\bid="quarto-document-content"[^>]*>(.*)</main>', re.S)
_ITEM = re.compile(
    r'<a (?:href="\./(?P<page>[^"]+)" )?class="sidebar-item-text sidebar-link(?P<active>[^"]*)"[^>]*>'
    r'\s*<span class="menu-text">(?P<words>.*?)</span>\s*</a>',
    re.S,
)
#: How Quarto writes the heading of an annex chapter.
_ANNEX = re.compile(r"Anhang(?:&nbsp;|\u00a0|\s)+([A-Z])(?:&nbsp;|\u00a0|\s)*[—–:](?:&nbsp;|\u00a0|\s)*(.*)", re.S)


@dataclass(frozen=True)
class Entry:
    """A line of the list of chapters: page ("" for a heading such as „Anhang“), number, title as HTML."""

    page: str
    number: str
    title: str

    @property
    def link(self) -> str:
        """The entry as a link, written as the built-in stitcher writes it."""
        return self.marked(False)

    def marked(self, current: bool) -> str:
        """The entry as a link; the current page's one says so."""
        here = ' aria-current="page"' if current else ""
        return f'<a href="{self.page}"{here}>{_numbered(self.number, self.title)}</a>'


#: A reference to a chapter that Quarto writes with the chapter's title, on pages that are no notebook.
_REFERENCE = re.compile(r'(<a [^>]*class="quarto-xref">)<span>(\d+|[A-Z])(?:&nbsp;|\u00a0) [^<]*</span></a>')


def _referred(found: re.Match[str]) -> str:
    """The reference as everywhere else: „Kapitel 11“, „Anhang C“."""
    word = "Kapitel" if found[2].isdigit() else "Anhang"
    return f"{found[1]}{word}&nbsp;<span>{found[2]}</span></a>"


def reframe(page: str, name: str, template: str, *, title: str, status_text: str) -> str:
    """Put the content of a page that Quarto made into the report's page template."""
    main = _MAIN.search(page)
    entries = [
        _entry(m["page"] or "", m["words"]) for m in _ITEM.finditer(part(page, '<nav id="quarto-sidebar"', "</nav>"))
    ]
    chapters = [e for e in entries if e.page]
    here = next((i for i, e in enumerate(chapters) if e.page == name), None)
    if main is None or here is None:
        raise ReportError(
            f"Die Seite {name} hat nicht den Aufbau, den Quarto ab 1.9 schreibt: Inhalt oder Kapitelliste fehlt."
        )
    previous = chapters[here - 1].link if here else ""
    following = chapters[here + 1].link if here + 1 < len(chapters) else ""
    values = {
        "pagetitle": f"{chapters[here].title} – {html_text(title)}",
        "titel": html_text(title),
        "status-text": html_text(status_text),
        "body": _REFERENCE.sub(_referred, _content(main[1], here == 0)),
        "navigation": _navigation(entries, chapters[here]),
        "zurueck": previous,
        "weiter": following,
    }
    return re.sub(r"\$([a-z-]+)\$", lambda m: values.get(m[1], ""), template)


def _entry(page: str, words: str) -> Entry:
    numbered = re.fullmatch(r'(?:<span class="chapter-number">(.*?)</span>)?(.*)', words.strip(), re.S)
    number, title = numbered.groups("") if numbered else ("", words)
    return Entry(page, plain(number), html_text(plain(title)))


def _numbered(number: str, title: str) -> str:
    front = f'<span class="chapter-number">{number}</span>&nbsp; ' if number else ""
    return f'{front}<span class="chapter-title">{title}</span>'


def _navigation(entries: list[Entry], current: Entry) -> str:
    """The list of chapters; what follows a heading without a page stands under it."""
    top: list[str] = []
    under: list[str] | None = None
    head = ""
    for entry in entries:
        if not entry.page:
            head, under = entry.title, []
            continue
        (top if under is None else under).append(f"<li>{entry.marked(entry is current)}</li>")
    if under:
        top.append(f'<li><span class="anhang">{head}</span><ul>{"".join(under)}</ul></li>')
    return f"<ul>{''.join(top)}</ul>"


def _content(main: str, first: bool) -> str:
    """The content of a page of Quarto's, its title block reduced to the heading.

    The book's ``first`` page has the book's title there, which is dropped if the page has its own heading.
    """
    main = re.sub(r"<!--.*?-->", "", main, flags=re.S)
    block = re.search(r'<header id="title-block-header".*?</header>', main, re.S)
    if block:
        heading = re.search(
            r'<h1 class="title">(?:<span id="([^"]+)" class="quarto-section-identifier">)?(.*?)</h1>',
            block[0],
            re.S,
        )
        rest = main[: block.start()] + main[block.end() :]
        if heading is None or (first and "<h1" in rest):
            return rest.strip()
        words = heading[2].removesuffix("</span>") if heading[1] else heading[2]
        if annex := _ANNEX.fullmatch(words.strip()):
            words = _numbered(annex[1], annex[2])
        label = f' id="{heading[1]}"' if heading[1] else ""
        main = f'<section{label} class="level1">\n<h1>{words}</h1>\n{rest.strip()}\n</section>'
    return main.strip()


def plain(markup: str) -> str:
    """The text of a piece of HTML on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def part(page: str, start: str, end: str) -> str:
    """What stands between two marks, or nothing."""
    _, _, rest = page.partition(start)
    return rest.partition(end)[0]

"""The web report's last step, the same for both stitchers: one frame, tidy mark-up, search, fonts, checks.

A stitched page keeps its content. Everything around it (header, chapters, next and previous, footer) comes from
``web/seite.html``: the built-in stitcher fills that template itself, a page of Quarto's is put into it here, so
that both look alike and no script of Quarto's is needed.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sozialbericht.faults import ReportError
from sozialbericht.rendering.webcheck import addresses_at_fault
from sozialbericht.rendering.webfonts import write_fonts
from sozialbericht.rendering.websearch import Section, sections, write_index

#: What the pages need besides themselves; copied from the project's folder ``web``.
ASSETS = ("bericht.css", "farben.css", "suche.js")

_MAIN = re.compile(r'<main\b[^>]*\bid="quarto-document-content"[^>]*>(.*)</main>', re.S)
_ITEM = re.compile(
    r'<a (?:href="\./(?P<page>[^"]+)" )?class="sidebar-item-text sidebar-link(?P<active>[^"]*)"[^>]*>'
    r'\s*<span class="menu-text">(?P<words>.*?)</span>\s*</a>',
    re.S,
)
_NUMBERED = re.compile(
    r'<span class="chapter-number">(.*?)</span>(?:&nbsp;|&#160;|\u00a0|\s)*<span class="chapter-title">', re.S
)
_CAPTION = re.compile(
    r"(<figcaption\b[^>]*>)\s*((?:Abbildung|Tabelle)(?:&nbsp;|&#160;|\u00a0| )[A-Z\d.]+):\s*(.*?)\s*</figcaption>", re.S
)


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
        number = f'<span class="chapter-number">{self.number}</span>&nbsp; ' if self.number else ""
        here = ' aria-current="page"' if current else ""
        return f'<a href="{self.page}"{here}>{number}<span class="chapter-title">{self.title}</span></a>'


def finish(folder: Path, web: Path, *, title: str, status_text: str) -> None:
    """Finish the web pages in ``folder`` in place.

    ``web`` is the assembled project's folder with the page template, style, colours and search script, ``title``
    the report's title with its year, ``status_text`` the line about the data ("" for official ones).
    Raises :class:`ReportError` if a page is not understood, reaches out to another host, or refers to a file that
    is not there; all addresses at fault are named.
    """
    template = (web / "seite.html").read_text(encoding="utf-8")
    pages = sorted(folder.glob("*.html"))
    index: dict[str, list[Section]] = {}
    order: list[str] = []
    for path in pages:
        page = path.read_text(encoding="utf-8")
        if 'id="quarto-document-content"' in page:
            page = reframe(page, path.name, template, title=title, status_text=status_text)
        page = tidy(page)
        order = order or re.findall(r'href="([^"#]+\.html)"', _part(page, '<nav id="kapitel"', "</nav>"))
        index[path.name] = sections(page, path.name)
        path.write_text(page, encoding="utf-8")
    for leftover in ("site_libs", "search.json", "sitemap.xml"):
        _remove(folder / leftover)
    (folder / "web").mkdir(exist_ok=True)
    for name in ASSETS:
        shutil.copyfile(web / name, folder / "web" / name)
    write_index(
        [s for name in dict.fromkeys([*order, *index]) for s in index.get(name, [])],
        folder / "web" / "suchdaten.js",
    )
    write_fonts(folder / "schriften")
    if faults := addresses_at_fault(folder):
        raise ReportError("Die Webseiten sind nicht in Ordnung:\n" + "\n".join(faults))


def tidy(page: str) -> str:
    """A framed page with plain mark-up: labels of captions, scopes of table heads, sections of the chapter."""
    page = _NUMBERED.sub(r'<span class="nummer">\1</span> <span class="titel">', page)
    page = page.replace('<span class="chapter-title">', '<span class="titel">')
    page = page.replace('<span class="header-section-number">', '<span class="nummer">')
    page = re.sub(r' (?:data-anchor-id|data-number|loading)="[^"]*"', "", page)
    page = re.sub(r' class="([^"]*?) ?\banchored\b"', lambda m: f' class="{m[1]}"' if m[1] else "", page)
    page = _CAPTION.sub(r'\1<span class="nummer">\2</span> <span class="text">\3</span></figcaption>', page)
    page = re.sub(r"<table\b.*?</table>", lambda m: _scopes(m[0]), page, flags=re.S)
    page = re.sub(r"<figure\b.*?</figure>", lambda m: _name_region(m[0]), page, flags=re.S)
    return _list_sections(page)


def _scopes(table: str) -> str:
    """Column heads in the head and row heads in the body say which they are."""

    def scoped(scope: str) -> Callable[[re.Match[str]], str]:
        return lambda m: re.sub(r"<th\b(?![^>]*\bscope=)", f'<th scope="{scope}"', m[0])

    table = re.sub(r"<thead\b.*?</thead>", scoped("col"), table, flags=re.S)
    return re.sub(r"<tbody\b.*?</tbody>", scoped("row"), table, flags=re.S)


def _name_region(figure: str) -> str:
    """Give the scrolling region of a table the number and title of the table."""
    number = re.search(r'<figcaption\b[^>]*><span class="nummer">(.*?)</span>', figure, re.S)
    title = re.search(r"<figcaption\b.*?<strong>(.*?)</strong>", figure, re.S)
    if number and title:
        name = html.escape(f"{plain(number[1])}: {plain(title[1])}")
        figure = re.sub(
            r'(<div class="tafel[^>]*?) aria-label="[^"]*"', lambda m: f'{m[1]} aria-label="{name}"', figure
        )
    return figure


def _list_sections(page: str) -> str:
    """Name the chapter's sections under its line in the list of chapters."""
    current = re.search(r'<a href="[^"]*" aria-current="page">.*?</a>', page, re.S)
    heads = re.findall(
        r'<section id="([^"]+)"[^>]*\blevel2\b[^>]*>\s*<h2[^>]*>(.*?)</h2>', _part(page, "<main", "</main>"), re.S
    )
    if not current or not heads:
        return page
    lines = []
    for label, words in heads:
        number, name = re.match(r'\s*(<span class="nummer">.*?</span> ?)?(.*)', words, re.S).groups("")  # type: ignore[union-attr]
        lines.append(f'<li><a href="#{label}">{number}<span class="titel">{plain(name)}</span></a></li>')
    listed = f'<ul class="abschnitte">{"".join(lines)}</ul>'
    return page[: current.end()] + listed + page[current.end() :]


# -- pages of Quarto's -----------------------------------------------------------------------------------------------


def reframe(page: str, name: str, template: str, *, title: str, status_text: str) -> str:
    """Put the content of a page that Quarto made into the report's page template."""
    main = _MAIN.search(page)
    entries = [
        _entry(m["page"] or "", m["words"])
        for m in _ITEM.finditer(_part(page, '<nav id="quarto-sidebar"', "</nav>"))
    ]
    chapters = [e for e in entries if e.page]
    here = next((i for i, e in enumerate(chapters) if e.page == name), None)
    if main is None or here is None:
        raise ReportError(f"Die Seite {name} hat nicht den Aufbau, den Quarto ab 1.9 schreibt (Inhalt oder Kapitelliste fehlt).")
    previous = chapters[here - 1].link if here else ""
    following = chapters[here + 1].link if here + 1 < len(chapters) else ""
    values = {
        "pagetitle": f"{plain(chapters[here].title)} – {html.escape(title)}",
        "titel": html.escape(title),
        "status-text": html.escape(status_text),
        "body": _content(main[1]),
        "navigation": _navigation(entries, chapters[here]),
        "zurueck": previous,
        "weiter": following,
    }
    return re.sub(r"\$([a-z-]+)\$", lambda m: values.get(m[1], ""), template)


def _entry(page: str, words: str) -> Entry:
    numbered = re.fullmatch(r'(?:<span class="chapter-number">(.*?)</span>)?(.*)', words.strip(), re.S)
    number, title = numbered.groups("") if numbered else ("", words)
    return Entry(page, plain(number), html.escape(plain(title), quote=False))


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


def _content(main: str) -> str:
    """The content of a page of Quarto's: its title block reduced to the heading, notes and comments kept out."""
    main = re.sub(r"<!--.*?-->", "", main, flags=re.S)
    block = re.search(r'<header id="title-block-header".*?</header>', main, re.S)
    if block:
        heading = re.search(r'<h1 class="title">(?:<span id="([^"]+)" class="quarto-section-identifier">)?(.*?)</h1>', block[0], re.S)
        rest = main[: block.start()] + main[block.end() :]
        if heading is None or "<h1" in rest:  # the first page repeats the book's title, which the header has
            return rest.strip()
        words = heading[2].removesuffix("</span>") if heading[1] else heading[2]
        label = f' id="{heading[1]}"' if heading[1] else ""
        main = f"<section{label} class=\"level1\">\n<h1>{words}</h1>\n{rest.strip()}\n</section>"
    return main.strip()


# -- small things -------------------------------------------------------------------------------------------------


def plain(markup: str) -> str:
    """The text of a piece of HTML on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def _part(page: str, start: str, end: str) -> str:
    """What stands between two marks, or nothing."""
    _, _, rest = page.partition(start)
    return rest.partition(end)[0]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

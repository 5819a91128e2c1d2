"""The web report's last step, the same for both stitchers: one frame, tidy mark-up, search, fonts, checks.

A stitched page keeps its content. Everything around it (header, chapters, next and previous, footer) comes
from ``web/seite.html``: the built-in stitcher fills that template itself, a page of Quarto's is put into it
by :mod:`sozialbericht.web.frame`, so that both look alike and no script of Quarto's is needed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from sozialbericht.cache.store import Cache
from sozialbericht.escaping import html_text
from sozialbericht.faults import ReportError
from sozialbericht.order.profiles import Profile
from sozialbericht.web import anchors, profilelinks
from sozialbericht.web.fonts import write_fonts
from sozialbericht.web.frame import part, plain, reframe
from sozialbericht.web.search import Section, sections, write_index
from sozialbericht.web.webcheck import addresses_at_fault

#: What the pages need besides themselves; copied from the project's folder ``web``.
ASSETS = ("bericht.css", "farben.css", "suche.js")

#: The cover's picture among the pages.
COVER = "bilder/titel.svg"

_NUMBERED = re.compile(
    r'<span class="chapter-number">(.*?)</span>(?:&nbsp;|&#160;|\u00a0|\s)*<span class="chapter-title">', re.S
)
_CAPTION = re.compile(
    r"(<figcaption\b[^>]*>)\s*((?:Abbildung|Tabelle)(?:&nbsp;|&#160;|\u00a0| )[A-Z\d.]+):"
    r"\s*(.*?)\s*</figcaption>",
    re.S,
)


def finish(
    folder: Path,
    web: Path,
    *,
    title: str,
    status_text: str,
    cover: Path | None = None,
    profiles: Sequence[Profile] = (),
    cache: Cache | None = None,
) -> None:
    """Finish the web pages in ``folder`` in place.

    ``web`` is the assembled project's folder with the page template, style, colours and search script,
    ``title`` the report's title with its year, ``status_text`` the line about the data ("" for official
    ones), ``cover`` the picture of the printed cover, which opens ``index.html``, ``profiles`` those of the areas
    that have a page: maps, charts and tables lead there. ``cache`` may hold the fonts of an earlier run.
    Raises :class:`ReportError` if a page is not understood, loads something from another host, or refers to
    what is not there; all addresses at fault are named.
    """
    template = (web / "seite.html").read_text(encoding="utf-8")
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}
    for path, page in pages.items():
        if 'id="quarto-document-content"' in page:
            pages[path] = reframe(page, path.name, template, title=title, status_text=status_text)
    headings = {path.name: anchors.heading(page) for path, page in pages.items()}
    index: dict[str, list[Section]] = {}
    order: list[str] = []
    for path, stitched in pages.items():
        page = anchors.settle(tidy(stitched), path.name, headings)
        order = order or re.findall(r'href="([^"#]+\.html)"', part(page, '<nav id="kapitel"', "</nav>"))
        page = profilelinks.link(page, path.name, folder / "bilder", profiles)
        index[path.name] = sections(page, path.name)
        if path.name == "index.html" and cover:
            page = _with_cover(page, title)
        path.write_text(page, encoding="utf-8")
    for leftover in ("site_libs", "search.json", "sitemap.xml"):
        _remove(folder / leftover)
    (folder / "web").mkdir(exist_ok=True)
    for name in (*ASSETS, profilelinks.SCRIPT) if profiles else ASSETS:
        shutil.copyfile(web / name, folder / "web" / name)
    if cover:
        (folder / "bilder").mkdir(exist_ok=True)
        shutil.copyfile(cover, folder / COVER)
    write_index(
        [s for name in dict.fromkeys([*order, *index]) for s in index.get(name, [])],
        folder / "web" / "suchdaten.js",
    )
    write_fonts(folder / "schriften", cache)
    if faults := addresses_at_fault(folder):
        raise ReportError("Die Webseiten sind nicht in Ordnung:\n" + "\n".join(faults))


def tidy(page: str) -> str:
    """A framed page with plain mark-up: caption labels, scopes of table heads, sections of the chapter."""
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
        name = html_text(f"{plain(number[1])}: {plain(title[1])}")
        figure = re.sub(
            r'(<div class="tafel[^>]*?) aria-label="[^"]*"', lambda m: f'{m[1]} aria-label="{name}"', figure
        )
    return figure


def _list_sections(page: str) -> str:
    """Name the chapter's sections under its line in the list of chapters."""
    current = re.search(r'<a href="[^"]*" aria-current="page">.*?</a>', page, re.S)
    heads = re.findall(
        r'<section id="([^"]+)"[^>]*\blevel2\b[^>]*>\s*<h2[^>]*>(.*?)</h2>',
        part(page, "<main", "</main>"),
        re.S,
    )
    if not current or not heads:
        return page
    lines = []
    for label, words in heads:
        number = re.match(r'\s*<span class="nummer">.*?</span> ?', words, re.S)
        name = html_text(plain(words[number.end() :] if number else words))
        front = number[0].strip() + " " if number else ""
        lines.append(f'<li><a href="#{label}">{front}<span class="titel">{name}</span></a></li>')
    listed = f'<ul class="abschnitte">{"".join(lines)}</ul>'
    return page[: current.end()] + listed + page[current.end() :]


def _with_cover(page: str, title: str) -> str:
    """Open a page with the report's title, its year set light as in print, and the cover's picture."""
    words = re.sub(r" (\d{4}(?: – Auszug)?)$", r' <span class="jahr">\1</span>', html_text(title))
    cover = (
        f'<div class="deckblatt"><p>{words}</p>'
        f'<img src="{COVER}" alt="Schmuckbild: die Sozialräume der Stadt als Flächen"></div>'
    )
    return re.sub(r"(<main\b[^>]*>)", lambda m: m[1] + "\n" + cover, page, count=1)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

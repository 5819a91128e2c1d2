"""The web report's last step, the same for both stitchers: one frame, tidy mark-up, search, fonts, checks.

A stitched page keeps its content. Everything around it (header, chapters, next and previous, footer) comes
from ``web/seite.html``: the built-in stitcher fills that template itself, a page of Quarto's is put into it
by :mod:`sozialbericht.web.frame`, so that both look alike and no script of Quarto's is needed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from sozialbericht.cache.store import Store
from sozialbericht.escaping import text_of
from sozialbericht.faults import ReportError
from sozialbericht.order.profiles import Profile
from sozialbericht.web import anchors, chapterlist, drawings, profilelinks, searchwords
from sozialbericht.web.entry.entrydata import ABOUT, START
from sozialbericht.web.entry.portalpages import Portalpages
from sozialbericht.web.fonts import write_fonts
from sozialbericht.web.frame import Around, add_duties, reframe
from sozialbericht.web.menus import takeaway
from sozialbericht.web.search import Section, sections, write_index
from sozialbericht.web.styles import Styles
from sozialbericht.web.tidying import tidy
from sozialbericht.web.tree import Element, new, read, write
from sozialbericht.web.webcheck import addresses_at_fault

#: What the pages need besides themselves; copied from the project's folder ``web``.
ASSETS = ("bericht.css", "farben.css", "seite.js", "suche.js")

#: The year at the end of the report's title, with the mark of an excerpt or a draft.
_YEAR = re.compile(r" (\d{4}(?: – \w+)?)$")


def finish(
    folder: Path,
    web: Path,
    around: Around,
    *,
    cover: str = "",
    profiles: Sequence[Profile] = (),
    cache: Store | None = None,
) -> None:
    """Finish the web pages in ``folder`` in place.

    ``web`` is the assembled project's folder with the page template, style, colours and search script,
    ``around`` what every page says, ``cover`` the picture of the cover among those of the pages, which opens
    the first page of the text, ``profiles`` those of the areas that have a page: maps, charts and tables lead there.
    ``cache`` may hold the fonts of an earlier run.
    Raises :class:`ReportError` if a page is not understood, loads something from another host, or refers to
    what is not there; all addresses at fault are named.
    """
    template = (web / "seite.html").read_text(encoding="utf-8")
    pages = {path: read(path.read_bytes(), path.name) for path in sorted(folder.glob("*.html"))}
    for path, page in pages.items():
        if page.find(".//*[@id='quarto-document-content']") is not None:
            pages[path] = reframe(page, path.name, template, around)
    portal = Portalpages.of(web.parent / "bilder", web, around, profiles)
    if portal is not None:
        pages = portal.arranged(pages)
    add_duties({path.name: page for path, page in pages.items()})
    headings = {path.name: anchors.heading(page) for path, page in pages.items()}
    places = anchors.places({path.name: page for path, page in pages.items()})
    index: dict[str, list[Section]] = {}
    order: list[str] = []
    embedded: set[Path] = set()
    styles, cited, offered = Styles(), takeaway.Cited.of(text_of(around.title), pages), takeaway.offered(web)
    for path, page in pages.items():
        tidy(page)
        chapterlist.group(page, web)
        chapterlist.add_sections(page)
        anchors.settle(page, path.name, headings)
        anchors.lead(page, path.name, places)
        order = order or chapterlist.order(page)
        index[path.name] = sections(page, path.name)
        if path.name == (START if portal is None else ABOUT) and cover:
            _add_cover(page, around, cover)
        styles.take(page)
        embedded |= drawings.embed(page, path.name, folder)
        if offered:
            takeaway.add(page, web.parent / "bilder", cited)
        profilelinks.link(page, path.name, profiles)
        drawings.dress(page, styles)
        path.write_text(write(page, brief=True), encoding="utf-8")
    for leftover in ("site_libs", "search.json", "sitemap.xml"):
        _remove(folder / leftover)
    (folder / "web").mkdir(exist_ok=True)
    for name in (*ASSETS, *offered, *([profilelinks.SCRIPT] if profiles else [])):
        shutil.copyfile(web / name, folder / "web" / name)
    if portal is not None:
        portal.write(folder, pages)
    styles.add_to(folder / "web" / "bericht.css")
    for picture in embedded:
        picture.unlink()
    if (folder / drawings.PICTURES).is_dir() and not any((folder / drawings.PICTURES).iterdir()):
        (folder / drawings.PICTURES).rmdir()
    write_index(
        [s for name in dict.fromkeys([*order, *index]) for s in index.get(name, [])],
        folder / "web" / "suchdaten.js",
    )
    searchwords.write(web, folder / "web", portal.data if portal else None, profiles)
    write_fonts(folder / "schriften", cache, ("".join(page.itertext()) for page in pages.values()))
    if faults := addresses_at_fault(folder, pages, around.beside):
        raise ReportError("\n".join(["Die Webseiten sind nicht in Ordnung:", *faults]), "Die Verweise berichtigen.")


def _add_cover(page: Element, around: Around, picture: str) -> None:
    """Open a page with the report's title, its year set light as in print, and the cover's picture."""
    main = next(page.iter("main"), page.find("body"))
    words = text_of(around.title)
    year = _YEAR.search(words)
    name = [words[: year.start()], " ", new.span({"class": "jahr"}, year[1])] if year else [words]
    drawn = new.img({"src": picture, "alt": text_of(around.picture)})
    cover = new.div({"class": "deckblatt"}, new.p(*name), drawn)
    cover.tail, main.text = main.text, "\n"
    main.insert(0, cover)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

"""Pages that Quarto made, put into the report's own page template: its content stays, its frame goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import ascii_uppercase
from typing import Any, NamedTuple

from lxml import etree

from sozialbericht.escaping import html_text
from sozialbericht.faults import ReportError
from sozialbericht.web.chapterlist import Entry, listed, numbered
from sozialbericht.web.tree import Element, new, put_in_place, read, strip, words
from sozialbericht.wording.references import section_word

#: How Quarto writes the heading of an annex chapter, up to its title.
_ANNEX = re.compile(r"\s*Anhang\s+([A-Z])\s*[—–:]\s*")
#: How the labels of what a public body must publish begin.
DUTY = "pflicht-"
#: Tables of the open data to which the start page leads beside the workbook: all years, and what their columns mean.
VALUES, DICTIONARY = "werte.csv", "woerterbuch.csv"
#: A place in the template, written as for pandoc.
PLACE = re.compile(r"\$([a-z-]+)\$")


class Around(NamedTuple):
    """What stands around the content of every page: the report's title with its year, the line about the data ("" for
    official ones), and what is said of a report that nobody has audited ("" for one that was),
    what the picture on its first page shows, and the addresses of its PDF and of its open data beside the pages (""
    without them)."""

    title: str
    status_text: str = ""
    draft: str = ""
    picture: str = ""
    pdf: str = ""
    data: str = ""

    def table(self, name: str) -> str:
        """The address of a table of the open data, which lies beside the workbook."""
        return f"{self.data.rpartition('/')[0]}/{name}"

    @property
    def beside(self) -> tuple[str, ...]:
        """The addresses of what will lie beside the pages."""
        return (self.pdf, self.data, self.table(VALUES), self.table(DICTIONARY))


def reframe(page: Element, name: str, template: str, around: Around) -> Element:
    """The content of a page that Quarto made, in the report's page template."""
    main = page.find(".//main[@id='quarto-document-content']")
    entries = [_entry(link) for link in page.iterfind(".//nav[@id='quarto-sidebar']//a") if _of_list(link)]
    chapters = [e for e in entries if e.page]
    here = next((i for i, e in enumerate(chapters) if e.page == name), None)
    if main is None or here is None:
        raise ReportError(
            f"Die Seite {name} hat nicht den Aufbau, den Quarto ab 1.9 schreibt: Inhalt oder Kapitelliste fehlt.",
            "Quarto erneuern oder mit --engine builtin rendern.",
        )
    texts = {
        "pagetitle": f"{chapters[here].title} – {around.title}",
        "titel": around.title,
        "status-text": around.status_text,
        "entwurf": around.draft,
    }
    parts = {
        "body": _content(main, here == 0),
        "navigation": [listed(entries, chapters[here])],
        "zurueck": [chapters[here - 1].link()] if here else [],
        "weiter": [entry.link() for entry in chapters[here + 1 : here + 2]],
    }
    return filled(template, texts, parts)


def filled(template: str, texts: dict[str, str], parts: dict[str, list[Any]]) -> Element:
    """A template with texts and parts of a page in its places (``$name$``); places of other names stay empty."""

    def put(place: re.Match[str]) -> str:
        name = place[1]
        return f'<slot name="{name}"></slot>' if name in parts else html_text(texts.get(name, ""))

    page = read(PLACE.sub(put, template))
    for slot in list(page.iterfind(".//slot[@name]")):
        held = new.slot(*parts.get(slot.get("name"), []))
        put_in_place(slot, held)
        held.drop_tag()
    return page


def add_duties(pages: Mapping[str, Element]) -> None:
    """Links to what a public body must publish, at the foot of every page; ``pages`` by name."""
    places = [
        (f"{name}#{section.get('id')}", words(section[0]))
        for name, page in pages.items()
        for section in page.iterfind(".//main//section[@id]")
        if len(section) and (section.get("id").startswith(DUTY) or words(section[0]) == "Impressum")
    ]
    for name, page in pages.items():
        foot = page.find(".//footer")
        if foot is not None and places:
            links = (new.li(new.a({"href": address.removeprefix(name)}, title)) for address, title in places)
            foot.append(new.nav({"aria-label": "Rechtliches"}, new.ul(*links)))


def _of_list(link: Element) -> bool:
    """Whether a link of Quarto's stands for a line of the list of chapters."""
    line = {"sidebar-item-text", "sidebar-link"} <= set(link.classes)
    return line and link.find("span[@class='menu-text']") is not None


def _entry(link: Element) -> Entry:
    shown = link.find("span[@class='menu-text']")
    number = shown.find("span[@class='chapter-number']")
    address = link.get("href", "")
    return Entry(
        address[2:] if address.startswith("./") else "",
        "" if number is None else words(number),
        words(shown, number),
    )


def _content(main: Element, first: bool) -> list[str | Element]:
    """The content of a page of Quarto's, its title block reduced to the heading.

    The book's ``first`` page has the book's title there, which is dropped if the page has its own heading.
    """
    etree.strip_tags(main, etree.Comment)
    _settle_references(main)
    block = main.find(".//header[@id='title-block-header']")
    heading = None
    if block is not None:
        heading = block.find(".//h1[@class='title']")
        block.drop_tree()
    strip(main)
    if heading is None or (first and main.find(".//h1") is not None):
        return [main.text or "", *main]
    head, label = _heading(heading)
    section = new.section({**label, "class": "level1"}, "\n", head, f"\n{main.text or ''}", *main, "\n")
    return [section]


def _heading(block: Element) -> tuple[Element, dict[str, str]]:
    """The heading of a chapter and the id of its section, from Quarto's title block."""
    inner = block.find("span[@class='quarto-section-identifier']")
    label = {} if inner is None else {"id": inner.get("id")}
    source = block if inner is None else inner
    parts: Iterable[str | Element] = [source.text or "", *source]
    if annex := _ANNEX.match(source.text or ""):
        parts = numbered(annex[1], source.text[annex.end() :], *source)
    return new.h1(*parts), label


def _settle_references(main: Element) -> None:
    """Write references to chapters as everywhere else, „Kapitel 11“, „Anhang C“.

    On pages that are no notebook Quarto writes the chapter's title.
    """
    for link in main.iterfind(".//a[@class='quarto-xref']"):
        shown = link.find("span")
        if shown is None or len(link) != 1 or len(shown):
            continue
        number, space, _ = (shown.text or "").partition("\u00a0 ")
        if space and (number.isdecimal() or number in set(ascii_uppercase)):
            shown.text = number
            link.text = f"{section_word(number)}\u00a0"

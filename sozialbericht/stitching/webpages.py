"""The web pages of the built-in stitcher: every chapter in the project's page template, references as links."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from sozialbericht.escaping import html_text
from sozialbericht.stitching import assembly, crossref, pandoc, quartosettings
from sozialbericht.stitching.crossref import Document, Target
from sozialbericht.stitching.manuscript import Manuscript
from sozialbericht.stitching.pandoc import Element, attributes
from sozialbericht.web.chapterlist import Entry, listed
from sozialbericht.web.frame import PLACE
from sozialbericht.web.tree import markup


def html_pages(project: Path, own: dict[str, Any]) -> dict[str, str]:
    """The web pages of the report by name, made with the project's page template."""
    manuscript = Manuscript(project, own, "html")
    documents, known = manuscript.documents, manuscript.known
    book = own["book"]
    entries = [_entry(d) for d in documents if not d.annex]
    if annex := [_entry(d) for d in documents if d.annex]:
        entries += [Entry("", "", "Anhang"), *annex]
    report = html_text(quartosettings.words(f"{book['title']} {book['subtitle']}"))

    def body(place: int) -> list[Element]:
        document = documents[place]
        blocks: list[Element] = pandoc.walk(
            manuscript.blocks(manuscript.texts[place]), partial(_to_html, known=known, document=document)
        )
        for position, heading in enumerate(crossref.headings(blocks)):
            _number_heading(heading, document.sections.get(position, ""), document)
        return blocks

    template = (project / "web" / "seite.html").read_text(encoding="utf-8")
    same = {
        "titel": report,
        "status-text": html_text(quartosettings.words(own.get("status-text", ""))),
        "entwurf": html_text(quartosettings.words(own.get(assembly.DRAFT, ""))),
    }
    bodies = pandoc.web_bodies([body(place) for place in range(len(documents))])
    pages = {}
    for place, (document, shown) in enumerate(zip(documents, bodies, strict=True)):
        before, after = documents[max(place - 1, 0) : place], documents[place + 1 : place + 2]
        parts = {
            "body": shown,
            "pagetitle": f"{html_text(document.title)} – {report}",
            "navigation": markup(listed(entries, _entry(document))),
            "zurueck": "".join(markup(_entry(other).link()) for other in before),
            "weiter": "".join(markup(_entry(other).link()) for other in after),
        }
        pages[document.page] = _filled(template, same | parts)
    return pages


def _filled(template: str, parts: dict[str, str]) -> str:
    """A template with mark-up in its places; places of other names stay empty."""
    return PLACE.sub(lambda place: parts.get(place[1], ""), template)


def _entry(document: Document) -> Entry:
    """A chapter's line in the list of chapters."""
    return Entry(document.page, document.number, document.title)


def _html(text: str, block: bool = False) -> Element:
    return {"t": "RawBlock" if block else "RawInline", "c": ["html", text]}


def _to_html(element: Element, known: dict[str, Target], document: Document) -> list[Element] | None:
    """Floats as figures and references as links, in the form that Quarto writes."""
    if element["t"] == "Cite":
        return [
            _html(f'<a href="{"" if t.page == document.page else t.page}#{t.label}" class="quarto-xref">'
                  f"{t.word}&nbsp;<span>{t.number}</span></a>")
            for t in crossref.cited(element, known)
        ]  # fmt: skip
    if element["t"] == "Link":
        label = element["c"][2][0].rpartition("#")[2]
        if "://" not in element["c"][2][0] and label in known:
            page = known[label].page
            element["c"][2][0] = ("" if page == document.page else page) + "#" + label
    if element["t"] == "Div" and attributes(element)[0] in known:
        target = known[attributes(element)[0]]
        return [
            _html(f'<div id="{target.label}" class="quarto-float"><figure class="quarto-float '
                  f'quarto-float-{target.kind} figure">'
                  f'<figcaption id="{target.label}-caption" '
                  f'class="quarto-float-caption">{target.word}&nbsp;{target.number}: ', True),
            {"t": "Plain", "c": crossref.caption(element)},
            _html(f'</figcaption><div aria-describedby="{target.label}-caption">', True),
            *element["c"][1][:-1],
            _html("</div></figure></div>", True),
        ]  # fmt: skip
    return None


def _number_heading(heading: Element, number: str, document: Document) -> None:
    """Put the section number in front of a heading, as Quarto does."""
    if not number:
        return
    level, _, inlines = heading["c"]
    if level == 1:
        inlines[:] = [
            _html(f'<span class="chapter-number">{number}</span>&nbsp; <span class="chapter-title">'),
            *inlines,
            _html("</span>"),
        ]
    else:
        inlines[:] = [_html(f'<span class="header-section-number">{number}</span> '), *inlines]

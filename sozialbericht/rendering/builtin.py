"""The built-in stitcher: pandoc and Typst from Python wheels, for machines without Quarto.

It reads an assembled Quarto project (the same files, filter, templates and settings as Quarto) and supports the
constructs of :data:`sozialbericht.rendering.lint.CONSTRUCTS`, no more.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Literal

from sozialbericht.faults import Fault, InputError, ReportError
from sozialbericht.rendering import crossref, pandoc, settings
from sozialbericht.rendering.chapters import StagedChapter, markdown
from sozialbericht.rendering.crossref import Document, Target
from sozialbericht.rendering.pandoc import Element, attributes

#: The Typst document that is compiled, in the project's folder.
SOURCE = "bericht.typ"
PDF_STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]


def stitch(project: Path, formats: tuple[str, ...], output: Path) -> None:
    """Make the report of an assembled project: ``bericht-<year>.pdf`` and/or ``*.html`` in ``output``.

    Raises :class:`InputError` for unresolved references and labels used twice, :class:`ReportError` for what
    pandoc or Typst refuse.
    """
    output.mkdir(parents=True, exist_ok=True)
    if "pdf" in formats:
        book = settings.read(project)
        pdf = compile_typst(project, typst_source(project, book))
        (output / f"{book['book']['output-file']}.pdf").write_bytes(pdf)
    if "html" in formats:
        for name, page in html_pages(project, settings.read(project, web=True)).items():
            (output / name).write_text(page, encoding="utf-8")


def verify(project: Path) -> None:
    """Refuse what both stitchers would pass in silence: dead references, labels used twice, empty chapters.

    Raises :class:`InputError`; both engines run it before they stitch.
    """
    documents, _ = read(project, settings.read(project, web=True), "html")
    empty = [d.page for d in documents if not any(b["t"] != "Header" for b in d.blocks)]
    if empty:
        raise InputError([Fault(page, "Das Kapitel ist leer.", "Text oder Ausgaben ergänzen.") for page in empty])
    if settings.has_web(project):  # the printed report must not refer to what is on the web only
        printed = {c.page for c in staged_chapters(project, settings.read(project))}
        refuse_unresolved([d for d in documents if d.page in printed])


def staged_chapters(project: Path, own: dict[str, Any]) -> list[StagedChapter]:
    """The chapters of an assembled project with the settings ``own``, in order."""
    book = own["book"]
    return [StagedChapter(project / name, False) for name in book["chapters"]] + [
        StagedChapter(project / name, True) for name in book.get("appendices") or []
    ]


def read(project: Path, own: dict[str, Any], target: str) -> tuple[list[Document], dict[str, Target]]:
    """Parse and number all chapters for a format, ``typst`` or ``html``; refuse what cannot be resolved."""

    def parsed(chapter: StagedChapter) -> Document:
        blocks = pandoc.parse(markdown(chapter.path), target=target, lua_filter=project / "filter" / "bericht.lua")
        return Document(chapter.page, chapter.annex, visible(blocks, target))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        documents = list(pool.map(parsed, staged_chapters(project, own)))
    crossref.number_chapters(documents)
    return documents, refuse_unresolved(documents)


def refuse_unresolved(documents: list[Document]) -> dict[str, Target]:
    """Everything in numbered chapters that can be referred to; raises :class:`InputError` for references into nothing."""
    known, faults = crossref.targets(documents)
    faults += crossref.unresolved(documents, known)
    if faults:
        raise InputError(faults)
    return known


def visible(blocks: list[Element], target: str) -> list[Element]:
    """The blocks without what is meant for the other format (``content-visible``, ``content-hidden``)."""

    def rewrite(element: Element) -> list[Element] | None:
        if element["t"] != "Div":
            return None
        _, classes, pairs = attributes(element)
        if "content-visible" in classes:
            return list(element["c"][1]) if pairs.get("when-format") == target else []
        if "content-hidden" in classes:
            return [] if pairs.get("when-format") == target else list(element["c"][1])
        return None

    shown: list[Element] = pandoc.walk(blocks, rewrite)
    return shown


# -- print -----------------------------------------------------------------------------------------------------


def typst_source(project: Path, own: dict[str, Any]) -> str:
    """The report as one Typst document, made with the project's print template."""
    documents, known = read(project, own, "typst")
    blocks: list[Element] = []
    annex = False
    for document in documents:
        if document.annex and not annex:
            annex = True
            blocks.append(
                _raw('#show: appendices.with("Anhang", hide-parent: true)\n#heading(level: 1, numbering: none)[Anhang]')
            )
        blocks += pandoc.walk(document.blocks, lambda e: _to_typst(e, known))
    book = own["book"]
    values = {
        "title": book["title"],
        "subtitle": str(book["subtitle"]),
        **{k: v for k, v in own.items() if isinstance(v, str) and k != "lang"},
    }
    variables = [f"--variable={key}:{escape(value)}" for key, value in values.items()]
    template = project / "druck" / "builtin.typ"
    return pandoc.write(blocks, ["-t", "typst", "--wrap=none", f"--template={template}", *variables])


def escape(text: str) -> str:
    """Text as Typst content."""
    return "".join("\\" + c if c in "\\#*_`$<>@[]~=" else c for c in text)


def _raw(text: str) -> Element:
    return {"t": "RawBlock", "c": ["typst", text]}


def _to_typst(element: Element, known: dict[str, Target]) -> list[Element] | None:
    """Floats as Typst figures and references as Typst references, in the form that Quarto writes."""
    if element["t"] == "Cite":
        return [
            {"t": "RawInline", "c": ["typst", f"#ref(<{t.label}>, supplement: [{t.word}])"]}
            for t in _cited(element, known)
        ]
    if element["t"] == "Link":
        address = element["c"][2][0]
        if "#" in address and "://" not in address:
            element["c"][2][0] = "#" + address.split("#")[1]
    if element["t"] == "Div":
        label = attributes(element)[0]
        if label in known:
            target = known[label]
            return [
                _raw("#figure(["),
                *element["c"][1][:-1],
                _raw("], caption: figure.caption(\nposition: top,\n["),
                {"t": "Plain", "c": crossref.caption(element)},
                _raw(f']),\nkind: "quarto-float-{target.kind}",\nsupplement: "{target.word}",\n)\n<{label}>'),
            ]
        return list(element["c"][1])
    return None


def _cited(element: Element, known: dict[str, Target]) -> list[Target]:
    return [known[c["citationId"]] for c in element["c"][0] if c["citationId"] in known]


def compile_typst(project: Path, source: str, name: str = SOURCE) -> bytes:
    """The PDF of a Typst document, PDF/UA-1 and PDF/A-2a; every warning is an error (a missing font, say).

    The document stays in the project as ``name``.
    """
    import typst

    path = project / name
    path.write_text(source, encoding="utf-8")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(path),
            root=str(project),
            font_paths=[str(project / "schriften")],
            ignore_system_fonts=True,
            pdf_standards=[*PDF_STANDARDS],
            timestamp=int(epoch) if epoch else None,
        )
    except typst.TypstError as error:
        raise ReportError(f"Typst kann das PDF nicht setzen: {name}: {error}") from error
    if warnings:
        words = "\n".join(str(w.message) for w in warnings)
        raise ReportError(f"Typst warnt, das PDF wäre nicht in Ordnung ({name}):\n{words}")
    return bytes(pdf)


# -- web -------------------------------------------------------------------------------------------------------


def html_pages(project: Path, own: dict[str, Any]) -> dict[str, str]:
    """The web pages of the report by name, made with the project's page template."""
    documents, known = read(project, own, "html")
    book = own["book"]
    report = f"{book['title']} {book['subtitle']}"
    pages = {}
    for place, document in enumerate(documents):
        body = pandoc.walk(document.blocks, partial(_to_html, known=known, document=document))
        for position, heading in enumerate(crossref.headings(body)):
            _number_heading(heading, document.sections.get(position, ""), document)
        neighbours = {
            "zurueck": documents[place - 1] if place else None,
            "weiter": documents[place + 1] if place + 1 < len(documents) else None,
        }
        variables = {
            "pagetitle": f"{document.title} – {report}",
            "titel": report,
            "status-text": own.get("status-text", ""),
            "navigation": _navigation(documents, document),
            **{k: _chapter_link(d) for k, d in neighbours.items() if d},
        }
        pages[document.page] = pandoc.write(
            body,
            ["-t", "html5", "--wrap=none", "--mathml", "--section-divs", "--standalone", "--metadata=lang:de-DE",
             f"--template={project / 'web' / 'seite.html'}", f"--metadata=title:{document.title}",
             *(f"--variable={key}:{value}" for key, value in variables.items())],
        )  # fmt: skip
    return pages


def _chapter_link(document: Document, current: bool = False) -> str:
    number = f'<span class="chapter-number">{document.number}</span>&nbsp; ' if document.number else ""
    here = ' aria-current="page"' if current else ""
    return f'<a href="{document.page}"{here}>{number}<span class="chapter-title">{document.title}</span></a>'


def _navigation(documents: list[Document], current: Document) -> str:
    items = [f"<li>{_chapter_link(d, d is current)}</li>" for d in documents if not d.annex]
    annex = [f"<li>{_chapter_link(d, d is current)}</li>" for d in documents if d.annex]
    if annex:
        items.append(f'<li><span class="anhang">Anhang</span><ul>{"".join(annex)}</ul></li>')
    return f"<ul>{''.join(items)}</ul>"


def _html(text: str, block: bool = False) -> Element:
    return {"t": "RawBlock" if block else "RawInline", "c": ["html", text]}


def _to_html(element: Element, known: dict[str, Target], document: Document) -> list[Element] | None:
    """Floats as figures and references as links, in the form that Quarto writes."""
    if element["t"] == "Cite":
        return [
            _html(f'<a href="{"" if t.page == document.page else t.page}#{t.label}" class="quarto-xref">'
                  f"{t.word}&nbsp;<span>{t.number}</span></a>")
            for t in _cited(element, known)
        ]  # fmt: skip
    if element["t"] == "Link":
        label = element["c"][2][0].rpartition("#")[2]
        if "://" not in element["c"][2][0] and label in known:
            page = known[label].page
            element["c"][2][0] = ("" if page == document.page else page) + "#" + label
    if element["t"] == "Div" and attributes(element)[0] in known:
        target = known[attributes(element)[0]]
        return [
            _html(f'<div id="{target.label}" class="quarto-float"><figure class="quarto-float quarto-float-{target.kind} figure">'
                  f'<figcaption class="quarto-float-caption">{target.word}&nbsp;{target.number}: ', True),
            {"t": "Plain", "c": crossref.caption(element)},
            _html("</figcaption><div>", True),
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

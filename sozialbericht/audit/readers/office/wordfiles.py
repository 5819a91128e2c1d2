"""Word files: all that a document for Word says: its text, headers, notes, comments and properties, what is hidden or
deleted in it, and the drawings that its pictures were made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from lxml import etree

from sozialbericht.audit.readers import documents, pictures
from sozialbericht.audit.readers.office import archives
from sozialbericht.audit.readers.readings import Node, Passage, Picture, Reading, clean
from sozialbericht.drawing.canvas import bitmaps

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_HEADING = re.compile(r"Heading([1-6])")
#: Parts that say how a document looks and what belongs to it.
_STRUCTURE = re.compile(
    r"\[Content_Types\]\.xml|word/(styles|numbering|settings|fontTable|webSettings|theme/theme\d*)\.xml"
)
_MEDIA = "word/media/"
_CAPTIONS, _TERMS = {"ImageCaption", "TableCaption"}, {"DefinitionTerm", "Kennzahlname"}
_SAID_OF_TERMS = {"Definition", "Kennzahl", "Kennzahlwandel"}


def read(content: bytes, name: str) -> Reading:
    """What a document says; raises ValueError for a part that nobody knows or a picture that is no drawing of ours."""
    archive = archives.unpacked(content, name)
    parts, passages = archive.parts, list(archive.comments)
    media = {part: content for part, content in parts.items() if part.startswith(_MEDIA)}
    drawings: list[Picture] = []
    for part, xml in parts.items():
        if part in media or _STRUCTURE.fullmatch(part):
            continue
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
        if part.endswith(".rels"):
            outside = [one.get("Target", "") for one in root if one.get("TargetMode") == "External"]
            passages += [Passage("Attribut", name, clean(target)) for target in outside]
        elif part.startswith("word/"):
            found = documents.reading(Node("body", {}, list(_blocks(list(root)))), name, PurePosixPath(name).stem)
            passages += found.passages
        elif part.startswith("docProps/"):
            texts = (clean(text) for text in root.itertext())
            passages += [Passage("Metadaten", name, text) for text in texts if text]
        else:
            raise ValueError(part)
    for called, svg in _drawings(parts, media):
        found = pictures.read(svg, f"{called}.svg")
        passages += found.passages
        drawings += found.pictures
    return Reading(tuple(passages), tuple(drawings))


def _drawings(parts: dict[str, bytes], media: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The name and the drawing of each picture."""
    names = list(media)
    sources = dict(zip(names, bitmaps.sources([media[part] for part in names]), strict=True))
    called: dict[str, str] = {}
    for part in (part for part in parts if part.endswith(".xml.rels")):
        owner = part.replace("_rels/", "").removesuffix(".rels")
        target = {one.get("Id"): f"word/{one.get('Target')}" for one in etree.fromstring(parts[part])}
        for drawing in etree.fromstring(parts[owner]).iter("{*}pic") if owner in parts else ():
            (blip,), (about,) = drawing.iter("{*}blip"), drawing.iter("{*}cNvPr")
            called[target[blip.get(f"{_R}embed")]] = PurePosixPath(about.get("descr", "")).stem
    for part, svg in sources.items():
        if svg is None:
            raise ValueError(f"{part}: keine Zeichnung des Berichts")
        yield called.get(part, ""), svg


def _blocks(elements: list[etree._Element]) -> Iterator[Node]:
    """Paragraphs and tables as elements of a page: terms with what is said of them, captions with what is below."""
    place = 0
    while place < len(elements):
        element, style = elements[place], _style(elements[place])
        if style in _TERMS | _SAID_OF_TERMS:
            end = _while(elements, place, lambda one: _style(one) in _TERMS | _SAID_OF_TERMS)
            tags = ["dt" if _style(one) in _TERMS else "dd" for one in elements[place:end]]
            yield Node("dl", {}, [_paragraph(*pair) for pair in zip(elements[place:end], tags, strict=True)])
        elif style in _CAPTIONS:
            end = _while(elements, place + 1, _belongs)
            inside = list(_blocks(elements[place + 1 : end]))
            yield Node("figure", {}, [_paragraph(element, "figcaption"), *inside])
        else:
            end = place + 1
            yield from _block(element, style)
        place = end


def _block(element: etree._Element, style: str) -> Iterator[Node]:
    if element.tag == f"{_W}p":
        heading = _HEADING.fullmatch(style)
        yield _paragraph(element, f"h{heading[1]}" if heading else "p")
    elif element.tag == f"{_W}tbl":
        yield Node("table", {}, [_row(row) for row in element.iter(f"{_W}tr")])
    else:
        yield from _blocks(list(element))


def _while(elements: list[etree._Element], place: int, holds: Callable[[etree._Element], bool]) -> int:
    while place < len(elements) and holds(elements[place]):
        place += 1
    return place


def _row(row: etree._Element) -> Node:
    tag = "th" if row.find(f"{_W}trPr/{_W}tblHeader") is not None else "td"
    cells = []
    for cell in row.iter(f"{_W}tc"):
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        attributes = {} if span is None else {"colspan": span.get(f"{_W}val", "1")}
        cells.append(Node(tag, attributes, list(_blocks([part for part in cell if part.tag != f"{_W}tcPr"]))))
    return Node("tr", {}, list(cells))


def _paragraph(paragraph: etree._Element, tag: str) -> Node:
    """A paragraph with its pictures; what is hidden in it or is a field's instruction is hidden."""
    children: list[Node | str] = []
    for part in paragraph.iter():
        if part.tag in (f"{_W}t", f"{_W}delText", f"{_W}instrText"):
            run = part.getparent()
            hidden = part.tag != f"{_W}t" or (run is not None and run.find(f"{_W}rPr/{_W}vanish") is not None)
            words = part.text or ""
            children.append(Node("span", {"hidden": ""}, [words]) if hidden else words)
        elif part.tag == f"{_M}t":
            children.append(f" {part.text or ''} ")
        elif part.tag in (f"{_W}tab", f"{_W}br"):
            children.append(" ")
        elif part.tag.endswith("}docPr"):
            children.append(Node("img", {"alt": part.get("descr", ""), "title": part.get("title", "")}))
    return Node(tag, {}, children)


def _belongs(element: etree._Element) -> bool:
    """Whether an element stands below a caption: table, picture, source."""
    return element.tag == f"{_W}tbl" or _style(element) == "Quelle" or next(element.iter("{*}pic"), None) is not None


def _style(element: etree._Element) -> str:
    found = element.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else str(found.get(f"{_W}val"))

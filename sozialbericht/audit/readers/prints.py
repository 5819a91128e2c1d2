"""PDF: the tagged structure of its pages with texts and alternative texts, links, attachments and metadata."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from sozialbericht.audit.readers import halves, vectors
from sozialbericht.audit.readers.documents import passages
from sozialbericht.audit.readers.pageobjects import PageObject, painted, string
from sozialbericht.audit.readers.pdfstrings import strings
from sozialbericht.audit.readers.readings import Node, Passage, Picture, Reading, clean

#: What an element of the structure says beside its content.
_SAID = (
    ("alt", raw.FPDF_StructElement_GetAltText),
    ("actualtext", raw.FPDF_StructElement_GetActualText),
    ("title", raw.FPDF_StructElement_GetTitle),
)
#: Neither a letter nor a digit, nor a sign of numbers.
_NEITHER = re.compile(r"[^\w,./]|_")


def read(content: bytes, name: str) -> Reading:
    """What a PDF says."""
    document = pypdfium2.PdfDocument(content)
    try:
        found = list(_metadata(document, content, name))
        found += _attachments(document, name)
        pages = halves.read(lambda some: [_page(document[number], number + 1, name) for number in some], len(document))
    finally:
        document.close()
    found += [passage for page in pages for passage in page.loose]
    found += passages(Node("#document", children=[n for p in pages for n in p.structure]), name, Path(name).stem)
    pictures = tuple(picture for page in pages for picture in page.pictures)
    return Reading(tuple(passage for passage in found if passage.text), pictures)


class _Page(NamedTuple):
    """What a page says: its part of the structure, the lines that it does not hold, the pictures."""

    structure: list[Node | str]
    loose: list[Passage]
    pictures: list[Picture]


def _page(page: Any, number: int, name: str) -> _Page:
    """Read a page, and close it."""
    text_page, objects = page.get_textpage(), painted(page.raw)
    structure = _structure(page, _Texts(text_page, objects))
    captions = _captions(structure)
    heads = (Path(name).stem, " ".join(captions))
    pictures = list(vectors.pictures(page, text_page, objects, captions))
    lines = _lines(text_page)
    text_page.close()
    page.close()
    known = _squeezed("".join(node if isinstance(node, str) else node.words() for node in structure))
    loose = [line for line in lines if _squeezed(line) not in known]  # the words in pictures
    return _Page(structure, [Passage("Bild", f"{name}, Seite {number}", line, heads) for line in loose], pictures)


def _metadata(document: Any, content: bytes, name: str) -> Iterator[Passage]:
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        yield Passage("Metadaten", name, clean(f"{key}: {value}"))
    start = content.find(b"<x:xmpmeta")
    while start >= 0:
        end = content.find(b"</x:xmpmeta>", start)
        text = content[start:end].decode("utf-8", "replace")
        yield from (Passage("Metadaten", name, clean(line)) for line in text.replace("<", "\n<").splitlines())
        start = content.find(b"<x:xmpmeta", end) if end > 0 else -1
    for key, text in dict.fromkeys(strings(content)):
        kind = "Alternativtext" if key in ("Alt", "ActualText") else "Metadaten"
        yield Passage(kind, name, clean(text), (Path(name).stem,))


def _attachments(document: Any, name: str) -> Iterator[Passage]:
    for place in range(document.count_attachments()):
        attachment = document.get_attachment(place)
        inner = f"{name}/{attachment.get_name()}"
        yield Passage("Anhang", inner, attachment.get_name())
        text = bytes(attachment.get_data()).decode("utf-8", "replace")
        yield from (Passage("Anhang", inner, clean(line), (inner,)) for line in text.splitlines())


def _structure(page: Any, texts: _Texts) -> list[Node | str]:
    """A page's part of the structure."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    children = [raw.FPDF_StructTree_GetChildAtIndex(tree, k) for k in range(raw.FPDF_StructTree_CountChildren(tree))]
    found: list[Node | str] = [_element(child, texts) for child in children if child]
    raw.FPDF_StructTree_Close(tree)
    return found


def _lines(text_page: Any) -> list[str]:
    """A page's lines as they stand, those of pictures among them."""
    found: list[str] = []
    for line in map(clean, text_page.get_text_range().replace("\ufffe", "").splitlines()):
        if found and found[-1].endswith("/"):  # a name that needs two lines
            found[-1] += line
        else:
            found.append(line)
    return found


class _Texts:
    """The texts of a page by their marked content; only those that are asked for are read."""

    def __init__(self, text_page: Any, objects: Sequence[PageObject]) -> None:
        self._page, self._read = text_page.raw, raw.FPDFTextObj_GetText
        self._marked: dict[int, list[Any]] = defaultdict(list)
        for entry in objects:
            if entry.kind == raw.FPDF_PAGEOBJ_TEXT:
                self._marked[raw.FPDFPageObj_GetMarkedContentID(entry.handle)].append(entry.handle)

    def of(self, marked: int) -> str:
        return "".join(string(self._read, handle, self._page, wide=True) for handle in self._marked.get(marked, ()))


def _squeezed(text: str) -> str:
    return _NEITHER.sub("", text)


def _captions(nodes: list[Node | str]) -> list[str]:
    """The captions among these elements."""
    found = []
    for node in nodes:
        if isinstance(node, Node):
            found += [clean(node.words())] if node.tag == "caption" else _captions(node.children)
    return found


def _element(element: Any, texts: _Texts) -> Node:
    node = Node((string(raw.FPDF_StructElement_GetType, element) or "span").lower())
    for name, ask in _SAID:
        if text := string(ask, element):
            node.attributes[name] = text
    for place in range(raw.FPDF_StructElement_CountChildren(element)):
        marked = raw.FPDF_StructElement_GetChildMarkedContentID(element, place)
        if marked >= 0:
            if node.tag != "figure":  # the letters of a picture stand apart; its lines are read from the page
                node.children.append(texts.of(marked) + " ")
        elif child := raw.FPDF_StructElement_GetChildAtIndex(element, place):
            node.children.append(_element(child, texts))
    return node

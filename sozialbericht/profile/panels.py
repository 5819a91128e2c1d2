"""Blocks of a profile: its head, two columns, a list of burdens or strengths, a figure or table without a number."""

from __future__ import annotations

from dataclasses import dataclass

from sozialbericht.blocklanguage import fence
from sozialbericht.escaping import Markup, attribute, escape, html_of, html_text, paragraphs, terms
from sozialbericht.order.project import profile_label
from sozialbericht.writing import blocks
from sozialbericht.writing.blocks import Block, Layout, Picture


@dataclass(frozen=True)
class Title:
    """What stands at the head of a profile: raum_id, name, number, kind of area, line below, words of the locator."""

    area: str
    name: str
    number: str
    kind: str
    line: str
    place: str


def head(title: Title, picture: Picture | None, lead: str) -> Block:
    """The heading of a profile with its number, the line below, the locator (if any) with its words, the lead."""
    t = title
    heading = blocks.heading(1, t.name, f"#{profile_label(t.area)} .unnumbered nummer={attribute(t.number)}")
    parts = [lead] if picture is None else [picture.markdown(), lead]
    block = fence("profilkopf", *parts, art=t.kind, nummer=t.number, zeile=t.line, lage=t.place)
    markdown = paragraphs(heading, block)
    told = f"<h1>{html_text(f'{t.number} {t.name}')}</h1><p>{html_text(t.line)}</p>"
    preview = f"{told}{picture.cuts['wide'] if picture else ''}{html_of(escape(lead))}"
    return Block(markdown, preview, picture.files() if picture else {})


def columns(*parts: Block, source: str = "") -> Block:
    """Two blocks beside each other, below both their source line."""
    inner = [Markup(part.markdown) for part in parts] + [blocks.source(source)] * bool(source)
    cells = "".join(f'<td style="vertical-align:top;width:50%">{part.preview}</td>' for part in parts)
    pictures = {name: svg for part in parts for name, svg in part.pictures.items()}
    return Block(fence("zweispalten", *inner), f"<table><tr>{cells}</tr></table>", pictures)


@dataclass(frozen=True)
class Heading:
    """What stands over a figure or table without a number: word in the label column, bold title, unit line."""

    label: str
    title: str
    unit: str = ""

    def attributes(self) -> dict[str, str]:
        """The heading as attributes of the block."""
        pairs = {"marke": self.label, "titel": self.title, "einheit": self.unit}
        return {name: words for name, words in pairs.items() if words}


def figure(heading: Heading, picture: Picture, *, source: str = "") -> Block:
    """A picture without a number (profiles are unnumbered chapters)."""
    return framed(heading, Block(picture.markdown(), picture.cuts["wide"], picture.files()), source=source)


def framed(heading: Heading, content: Block, *, source: str = "", new_page: bool = False) -> Block:
    """A figure without a number around what it shows; it may begin a page."""
    page = {"seite": "neu"} if new_page else {}
    below = [blocks.source(source)] * bool(source)
    markdown = fence("profilbild", Markup(content.markdown), *below, **heading.attributes(), **page)
    told = f"<h3>{html_text(heading.title)}</h3><p>{html_text(heading.unit)}</p>"
    return Block(markdown, told + content.preview, content.pictures)


def table(heading: Heading, head: list[str], rows: list[list[str]], layout: Layout, source: str) -> Block:
    """A table of printed cells without a number. ``|`` in a head cell marks a soft hyphen."""
    pipes = blocks.pipe_table([blocks.soft_hyphens(words).replace("/", "/\u200b") for words in head], rows)
    markdown = fence("profilbild", pipes, blocks.source(source), **heading.attributes(), **layout.attributes())
    return Block(markdown, f"<h3>{html_text(heading.title)}</h3>{blocks.table_preview(head, rows)}")


def sheet(pairs: dict[str, str]) -> Block:
    """Terms in the label column, what they mean beside them."""
    preview = "".join(f"<b>{html_text(term)}</b>{html_of(escape(words))}" for term, words in pairs.items())
    return Block(fence("datenblatt", terms(pairs.items()), dicht="ja"), preview)

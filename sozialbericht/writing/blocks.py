"""Blocks: what a notebook puts into the report, each shown in JupyterLab and carried to the stitchers.

Every block has one form for the report (Markdown of a written list of constructs, plus pictures) under the media
type :data:`MEDIA_TYPE`, and a preview for JupyterLab. Assembly takes only outputs of this type.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

MEDIA_TYPE = "application/vnd.sozialbericht.block+json"
#: A name that carries the raum_id of its area.
AREA_MARK = re.compile(r"\[([^\[\]]*)\]\{raum=[\w-]+\}")


@dataclass(frozen=True)
class Block:
    """A piece of the report: its Markdown, its pictures by file name, its preview as HTML."""

    markdown: str
    preview: str
    pictures: dict[str, str] = field(default_factory=dict)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            MEDIA_TYPE: {"markdown": self.markdown, "bilder": self.pictures},
            "text/html": self.preview,
            "text/plain": self.markdown,
        }


def attribute(text: str) -> str:
    """Text as the value of a Markdown attribute."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def inline_html(markdown: str) -> str:
    """A line of Markdown as HTML for the preview: bold, italics and line ends only."""
    text = html.escape(markdown, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"(?<!\*)\*([^*]+)\*(?!\*)", r"<em>\1</em>", text)
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", text.strip()))


def paragraph(markdown: str) -> Block:
    """Running text."""
    return Block(markdown, inline_html(markdown))


def box(kind: str, markdown: str, title: str = "") -> Block:
    """A div of the report: leitsatz, kasten, lesebeispiel."""
    attributes = f" titel={attribute(title)}" if title else ""
    label = title or {"lesebeispiel": "Lesebeispiel"}.get(kind, "")
    preview = (
        f'<div style="max-width:44em;margin:1em 0;padding:.6em 1em;background:#f6f3ec;color:#1a2024"><b>{label}</b>'
    )
    return Block(f"::: {{.{kind}{attributes}}}\n{markdown}\n:::", f"{preview}{inline_html(markdown)}</div>")


@dataclass(frozen=True)
class KeyFigure:
    """A key figure: name, printed value, unit, change in words."""

    name: str
    value: str
    unit: str
    change: str


def key_figures(figures: list[KeyFigure]) -> Block:
    """The row of key figures at the head of a chapter."""
    inner = "\n".join(
        f"::: {{.kennzahl name={attribute(f.name)} wert={attribute(f.value)} einheit={attribute(f.unit)}}}\n{f.change}\n:::"
        for f in figures
    )
    cells = "".join(
        f'<td style="text-align:left;padding-right:2em"><b>{f.name}</b><br><span style="font-size:2em">{f.value} {f.unit}</span><br>{f.change}</td>'
        for f in figures
    )
    return Block(f"::: {{.kennzahlen}}\n{inner}\n:::", f"<table><tr>{cells}</tr></table>")


@dataclass(frozen=True)
class Caption:
    """What stands around a figure or a table: its label, bold title, unit line, source line."""

    label: str
    title: str
    unit: str
    source: str

    @property
    def last_paragraph(self) -> str:
        """The caption as both stitchers read it."""
        return f"**{self.title}** {self.unit}".strip()

    def source_div(self) -> str:
        """The source line below."""
        return f"::: {{.quelle}}\n{self.source}\n:::\n"


def figure(
    caption: Caption, cuts: dict[str, str], alternative: str, key: list[tuple[str, str, str]] | None = None
) -> Block:
    """A figure from its cuts: ``print``, ``web`` and, where drawn, ``narrow`` (each an SVG text).

    ``key`` lists number, name and value of each area for the key below a map.
    """
    names = {
        "print": f"{caption.label}.svg",
        "web": f"{caption.label}.web.svg",
        "narrow": f"{caption.label}.schmal.svg",
    }
    narrow = ' schmal="ja"' if "narrow" in cuts else ""
    parts = [
        f"::: {{#{caption.label}}}",
        f"![](bilder/{caption.label}.svg){{fig-alt={attribute(alternative)}{narrow}}}\n",
    ]
    if key:
        lines = "\n".join(f"- [{n}]{{}} [{_breakable(name)}]{{}} [{value}]{{}}" for n, name, value in key)
        parts.append(f"::: {{.schluessel}}\n{lines}\n:::\n")
    parts += [caption.source_div(), caption.last_paragraph, ":::"]
    preview = (
        f'<figure style="max-width:62em;margin:1em 0"><figcaption>{inline_html(caption.last_paragraph)}</figcaption>'
        f'{cuts["web"]}<p style="color:#575f63">{html.escape(caption.source)}</p></figure>'
    )
    return Block("\n".join(parts), preview, {names[cut]: svg for cut, svg in cuts.items()})


def _breakable(name: str) -> str:
    """An area's name that may break after its slashes only."""
    return name.replace("/", "/\u200b")


@dataclass(frozen=True)
class Layout:
    """How a table is set: Typst column widths, rows that head a group (from 0), left columns, wide or not, new page or not."""

    columns: str = ""
    groups: tuple[int, ...] = ()
    left: tuple[int, ...] = (0,)
    wide: bool = False
    new_page: bool = False

    def attributes(self) -> str:
        """The layout as attributes of the table's div."""
        parts = []
        if self.columns:
            parts.append(f'spalten="{self.columns}"')
        if self.groups:
            parts.append(f'gruppen="{" ".join(map(str, self.groups))}"')
        if self.left != (0,):
            parts.append(f'links="{" ".join(map(str, self.left))}"')
        if self.wide:
            parts.append('stil="breit"')
        if self.new_page:
            parts.append('seite="neu"')
        return (" " + " ".join(parts)) if parts else ""


def soft_hyphens(name: str) -> str:
    """A short name with its marks ``|`` as soft hyphens; after a hyphen a break without one, beside digits a space."""
    text = re.sub(r"(?<=[-/])\|", "\u200b", name)
    text = re.sub(r"(?<=\w)(?<!\d)\|(?=[^\W\d])", "\u00ad", text)
    return text.replace("|", " ")


def unmarked(cell: str) -> str:
    """A cell without the marks of areas, for the preview."""
    return AREA_MARK.sub(r"\1", cell)


def table(caption: Caption, head: list[str], rows: list[list[str]], layout: Layout | None = None) -> Block:
    """A table of printed cells. ``|`` in a head cell marks a soft hyphen."""
    layout = layout or Layout()
    heads = [soft_hyphens(cell) for cell in head]
    body = [[_breakable(cell).replace("|", "\\|") for cell in row] for row in rows]
    lines = [heads, ["---"] * len(head), *body]
    pipes = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    markdown = "\n".join(
        [
            f"::: {{#{caption.label}{layout.attributes()}}}",
            pipes,
            "",
            caption.source_div(),
            caption.last_paragraph,
            ":::",
        ]
    )
    cells = [
        "<tr>" + "".join(f"<{tag}>{html.escape(unmarked(cell))}</{tag}>" for cell in line) + "</tr>"
        for tag, line in [("th", heads), *[("td", row) for row in rows]]
    ]
    preview = f"{inline_html(caption.last_paragraph)}<table>{''.join(cells)}</table>"
    return Block(markdown, preview)

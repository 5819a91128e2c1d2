"""Blocks: what a notebook puts into the report, each shown in JupyterLab and carried to the stitchers.

Every block has one form for the report (Markdown of a written list of constructs, plus pictures) under the media
type :data:`MEDIA_TYPE`, and a preview for JupyterLab. Assembly takes only outputs of this type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from IPython.display import display

from sozialbericht.blocklanguage import NARROW_CUT, fence
from sozialbericht.escaping import Markup, attribute, bold, escape, html_of, html_text, listed
from sozialbericht.writing import cellmemory

MEDIA_TYPE = "application/vnd.sozialbericht.block+json"
#: The attribute of a picture that has a cut for phones.
HAS_NARROW = ' schmal="ja"'
#: A name that carries the raum_id of its area.
AREA_MARK = re.compile(r"\[([^\[\]]*)\]\{raum=[\w-]+\}")


@dataclass(frozen=True)
class Block:
    """A piece of the report: its Markdown, its pictures by file name, its preview as HTML; ``absent`` are labels that
    it would set if the data allowed it.
    """

    markdown: str
    preview: str
    pictures: dict[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            MEDIA_TYPE: {
                "markdown": self.markdown, "bilder": self.pictures,
                **({"entfallen": list(self.absent)} if self.absent else {}),
            },
            "text/html": self.preview,
            "text/plain": self.markdown,
        }  # fmt: skip


def printed(block: Mapping[str, Any]) -> dict[str, Any]:
    """What a block, as a notebook holds it, puts into print: all but the cuts of its pictures for phones."""
    pictures = {name: svg for name, svg in block["bilder"].items() if not name.endswith(NARROW_CUT)}
    return {**block, "markdown": block["markdown"].replace(HAS_NARROW + "}", "}"), "bilder": pictures}


def put(block: Block) -> None:
    """Put a block into the report, at the place of the cell that runs."""
    display(block)
    cellmemory.keep(block._repr_mimebundle_()[MEDIA_TYPE])


def absent(label: str, why: str) -> Block:
    """In the place of a figure or table that these data do not allow: nothing in the report, a remark in JupyterLab."""
    return Block("", f"<p><i>{html_text(label)} entfällt: {html_text(why)}</i></p>", absent=(label,))


def paragraph(words: str) -> Block:
    """Running text."""
    markdown = escape(words)
    return Block(markdown, html_of(markdown))


def heading(level: int, title: str, attributes: str = "") -> Markup:
    """A heading in a line of its own; ``attributes`` are written by the report: ``#sec-name .unnumbered``."""
    return Markup(f"{'#' * level} {escape(title)}" + (f" {{{attributes}}}" if attributes else ""))


def picture(name: str, alternative: str, *, narrow: bool = False) -> Markup:
    """A picture in a line of its own: the file name of its print cut without ending, its alternative text."""
    return Markup(f"![](bilder/{name}.svg){{fig-alt={attribute(alternative)}{HAS_NARROW if narrow else ''}}}")


@dataclass(frozen=True)
class Picture:
    """A drawn picture: file name without ending, alternative text, its cuts ``wide`` and, where drawn, ``narrow`` (SVG
    texts).
    """

    name: str
    alternative: str
    cuts: dict[str, str]

    def markdown(self) -> Markup:
        """The picture in a line of its own."""
        return picture(self.name, self.alternative, narrow="narrow" in self.cuts)

    def files(self) -> dict[str, str]:
        """The cuts by file name."""
        ends = {"wide": ".svg", "narrow": NARROW_CUT}
        return {f"{self.name}{ends[cut]}": svg for cut, svg in self.cuts.items()}


def source(words: str) -> Markup:
    """The source line below a figure or a table."""
    return fence("quelle", words)


def box(kind: str, words: str, title: str = "") -> Block:
    """A div of the report: leitsatz, kasten, lesebeispiel."""
    markdown = escape(words)
    label = title or {"lesebeispiel": "Lesebeispiel"}.get(kind, "")
    preview = (
        '<div style="max-width:44em;margin:1em 0;padding:.6em '
        f'1em;background:#f6f3ec;color:#1a2024"><b>{html_text(label)}</b>'
    )
    attributes = {"titel": title} if title else {}
    return Block(fence(kind, markdown, **attributes), f"{preview}{html_of(markdown)}</div>")


@dataclass(frozen=True)
class KeyFigure:
    """A key figure: name, printed value, unit, change in words."""

    name: str
    value: str
    unit: str
    change: str


def key_figures(figures: list[KeyFigure]) -> Block:
    """The row of key figures at the head of a chapter."""
    inner = Markup("\n").join(fence("kennzahl", f.change, name=f.name, wert=f.value, einheit=f.unit) for f in figures)
    cells = "".join(
        f'<td style="text-align:left;padding-right:2em"><b>{html_text(f.name)}</b><br><span '
        f'style="font-size:2em">{html_text(f"{f.value} {f.unit}")}</span>{html_of(escape(f.change))}</td>'
        for f in figures
    )
    return Block(fence("kennzahlen", inner), f"<table><tr>{cells}</tr></table>")


@dataclass(frozen=True)
class Caption:
    """What stands around a figure or a table: its label, bold title, unit line, source line; of a figure also the
    alternative text."""

    label: str
    title: str
    unit: str
    source: str
    alternative: str = ""

    @property
    def last_paragraph(self) -> Markup:
        """The caption as both stitchers read it."""
        return Markup(" ").join(filter(None, [bold(self.title), self.unit]))


def figure(caption: Caption, cuts: dict[str, str], key: list[tuple[str, str, str]] | None = None) -> Block:
    """A figure from its cuts: ``wide`` and, where drawn, ``narrow`` (each an SVG text).

    ``key`` lists number, name and value of each area for the key below a map.
    """
    drawn = Picture(caption.label, caption.alternative, cuts)
    parts = [drawn.markdown()]
    if key:
        fields = (Markup(" ").join(Markup(f"[{cell(part)}]{{}}") for part in row) for row in key)
        parts.append(fence("schluessel", listed(fields)))
    return framed(caption, Block(Markup("\n\n").join(parts), cuts["wide"], drawn.files()))


def framed(caption: Caption, content: Block) -> Block:
    """A figure around what it shows: number and title above, the source line below."""
    inner = "\n\n".join([content.markdown, source(caption.source), caption.last_paragraph])
    preview = (
        f'<figure style="max-width:62em;margin:1em 0"><figcaption>{html_of(caption.last_paragraph)}</figcaption>'
        f'{content.preview}<p style="color:#575f63">{html_text(caption.source)}</p></figure>'
    )
    return Block(f"::: {{#{caption.label}}}\n{inner}\n:::", preview, content.pictures)


def cell(words: str) -> Markup:
    """A cell or a name, escaped, that may break after its slashes."""
    return words if isinstance(words, Markup) else escape(words.replace("/", "/\u200b"))


@dataclass(frozen=True)
class Layout:
    """How a table is set: Typst column widths, rows that head a group (from 0), left columns,
    wide or not, new page or not.

    ``upper``: the first row is a head above the head, whose cells span these columns (first and last, from 0); groups
    are counted without it.
    """

    columns: str = ""
    groups: tuple[int, ...] = ()
    left: tuple[int, ...] = (0,)
    wide: bool = False
    new_page: bool = False
    upper: tuple[tuple[int, int], ...] = ()

    def attributes(self) -> dict[str, str]:
        """The layout as attributes of the table's div."""
        pairs = {
            "spalten": self.columns,
            "gruppen": " ".join(map(str, self.groups)),
            "links": "" if self.left == (0,) else " ".join(map(str, self.left)),
            "stil": "breit" * self.wide,
            "seite": "neu" * self.new_page,
            "ueber": " ".join(f"{first}-{last}" for first, last in self.upper),
        }
        return {name: words for name, words in pairs.items() if words}


def soft_hyphens(name: str) -> str:
    """A short name with its marks ``|`` as soft hyphens; after a hyphen a break without one, beside digits a space."""
    text = re.sub(r"(?<=[-/])\|", "\u200b", name)
    text = re.sub(r"(?<=\w)(?<!\d)\|(?=[^\W\d])", "\u00ad", text)
    return text.replace("|", " ")


def short_name(name: str) -> str:
    """A short name with its marks ``|`` as words in a line: without hyphens that would not show."""
    return re.sub("[\u00ad\u200b]", "", soft_hyphens(name))


def unmarked(words: str) -> str:
    """A cell as HTML for the preview, without the marks of areas."""
    return html_text(Markup(AREA_MARK.sub(r"\1", words)) if isinstance(words, Markup) else words)


def pipe_table(head: list[str], rows: list[list[str]]) -> Markup:
    """A table of printed cells in Markdown. ``|`` in a head cell marks a soft hyphen."""
    cells = [[escape(soft_hyphens(words)) for words in head], [Markup("---")] * len(head)]
    cells += [[cell(words) for words in row] for row in rows]
    return Markup("\n".join(f"| {' | '.join(line)} |" for line in cells))


def table_preview(head: list[str], rows: list[list[str]]) -> str:
    """A table of printed cells as HTML."""
    lines = [("th", [soft_hyphens(words) for words in head]), *(("td", row) for row in rows)]
    cells = ("".join(f"<{tag}>{unmarked(words)}</{tag}>" for words in line) for tag, line in lines)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in cells)}</table>"


def table(caption: Caption, head: list[str], rows: list[list[str]], layout: Layout | None = None) -> Block:
    """A table of printed cells. ``|`` in a head cell marks a soft hyphen."""
    attributes = "".join(f' {name}="{words}"' for name, words in (layout or Layout()).attributes().items())
    parts = [f"::: {{#{caption.label}{attributes}}}", pipe_table(head, rows), "", source(caption.source), ""]
    preview = html_of(caption.last_paragraph) + table_preview(head, rows)
    return Block("\n".join([*parts, caption.last_paragraph, ":::"]), preview)


def checked_label(label: str, kind: str) -> str:
    """The label of a figure (``fig``) or table (``tbl``), refused where it does not begin with its kind."""
    if not label.startswith(f"{kind}-"):
        raise ValueError(f"Die Marke „{label}“ muss mit „{kind}-“ beginnen.")
    return label

"""Findingblock: a finding of the summary as a block, its picture, and two of them beside each other."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure

from sozialbericht.blocklanguage import fence
from sozialbericht.escaping import Markup, html_of, html_text
from sozialbericht.writing import blocks
from sozialbericht.writing.figures import drawn, written


def picture(
    label: str, title: str, alternative: str, draw: Callable[[bool], Figure], *, narrow: bool = False
) -> blocks.Picture:
    """A picture of the summary, with a cut for phones where asked."""
    return blocks.Picture(label, alternative, written(drawn(draw if narrow else draw(False)), title, label))


def finding(head: str, drawn: blocks.Picture | None, words: Markup) -> blocks.Block:
    """A finding: heading, picture, words."""
    parts = [drawn.markdown()] if drawn else []
    shown = drawn.cuts["wide"] if drawn else ""
    markdown = fence("befund", *parts, words, kopf=head)
    return blocks.Block(markdown, f"<h3>{html_text(head)}</h3>{shown}{html_of(words)}", drawn.files() if drawn else {})


def beside(*found: blocks.Block) -> None:
    """Put findings beside each other, nothing where there are none."""
    if not found:
        return
    pictures = {name: svg for block in found for name, svg in block.pictures.items()}
    markdown = fence("zweispalten", Markup("\n\n").join(Markup(block.markdown) for block in found))
    blocks.put(blocks.Block(markdown, "".join(block.preview for block in found), pictures))

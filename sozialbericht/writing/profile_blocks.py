"""Blocks of a profile: its head, two columns, a list of burdens or strengths, a figure or table without a number."""

from __future__ import annotations

from dataclasses import dataclass

from sozialbericht.writing.blocks import Block, Layout, attribute, inline_html, soft_hyphens, unmarked

#: What the headings of profiles carry as their identifier, before the raum_id.
LABEL = "sec-profil-"


def heading_label(area: str) -> str:
    """The identifier of a profile's heading: ``sr_altstadt`` → ``sec-profil-sr-altstadt``."""
    return LABEL + area.replace("_", "-")


@dataclass(frozen=True)
class Picture:
    """A drawn picture: file name without ending, alternative text, its cuts ``print``, ``web``, ``narrow`` (SVG texts)."""

    name: str
    alternative: str
    cuts: dict[str, str]

    def markdown(self) -> str:
        """The picture in a line of its own."""
        narrow = ' schmal="ja"' if "narrow" in self.cuts else ""
        return f"![](bilder/{self.name}.svg){{fig-alt={attribute(self.alternative)}{narrow}}}"

    def files(self) -> dict[str, str]:
        """The cuts by file name."""
        ends = {"print": "svg", "web": "web.svg", "narrow": "schmal.svg"}
        return {f"{self.name}.{ends[cut]}": svg for cut, svg in self.cuts.items()}


def head(area: str, name: str, number: str, kind: str, line: str, place: str, picture: Picture, lead: str) -> Block:
    """The heading of a profile with its number, the line below, the locator with its words, the lead paragraph."""
    markdown = "\n".join(
        [
            f"# {name} {{#{heading_label(area)} .unnumbered nummer={attribute(number)}}}",
            "",
            f"::: {{.profilkopf art={attribute(kind)} nummer={attribute(number)} zeile={attribute(line)} lage={attribute(place)}}}",
            picture.markdown(),
            "",
            lead,
            ":::",
        ]
    )
    preview = f"<h1>{number} {name}</h1><p>{line}</p>{picture.cuts['web']}{inline_html(lead)}"
    return Block(markdown, preview, picture.files())


def columns(*parts: Block, source: str = "") -> Block:
    """Two blocks beside each other, below both their source line."""
    inner = "\n\n".join(part.markdown for part in parts)
    below = f"\n\n::: {{.quelle}}\n{source}\n:::" if source else ""
    cells = "".join(f'<td style="vertical-align:top;width:50%">{part.preview}</td>' for part in parts)
    pictures = {name: svg for part in parts for name, svg in part.pictures.items()}
    return Block(f":::: {{.zweispalten}}\n{inner}{below}\n::::", f"<table><tr>{cells}</tr></table>", pictures)


def verdict(title: str, burden: bool, sentences: list[str], before: str = "") -> Block:
    """Burdens or strengths of an area as a list, with the words ``before`` it, if any."""
    words = "\n\n".join(filter(None, [before, "\n".join(f"- {sentence}" for sentence in sentences)]))
    kind = "belastung" if burden else "staerke"
    listed = "".join(f"<li>{s}</li>" for s in sentences)
    return Block(
        f"::: {{.urteil art={attribute(kind)} titel={attribute(title)}}}\n{words}\n:::",
        f"<h3>{title}</h3>{inline_html(before)}<ul>{listed}</ul>",
    )


@dataclass(frozen=True)
class Heading:
    """What stands over a figure or table without a number: word in the label column, bold title, unit line."""

    label: str
    title: str
    unit: str = ""

    def attributes(self) -> str:
        """The heading as attributes of the block."""
        pairs = {"marke": self.label, "titel": self.title, "einheit": self.unit}
        return " ".join(f"{name}={attribute(words)}" for name, words in pairs.items() if words)


def figure(heading: Heading, picture: Picture, *, source: str = "", new_page: bool = False) -> Block:
    """A picture without a number (profiles are unnumbered chapters)."""
    page = ' seite="neu"' if new_page else ""
    below = f"\n\n::: {{.quelle}}\n{source}\n:::" if source else ""
    markdown = f"::: {{.profilbild {heading.attributes()}{page}}}\n{picture.markdown()}{below}\n:::"
    return Block(markdown, f"<h3>{heading.title}</h3><p>{heading.unit}</p>{picture.cuts['web']}", picture.files())


def table(heading: Heading, head: list[str], rows: list[list[str]], layout: Layout, source: str) -> Block:
    """A table of printed cells without a number. ``|`` in a head cell marks a soft hyphen."""
    body = [[cell.replace("/", "/\u200b").replace("|", "\\|") for cell in row] for row in rows]
    heads = [soft_hyphens(cell).replace("/", "/\u200b") for cell in head]
    pipes = "\n".join("| " + " | ".join(line) + " |" for line in [heads, ["---"] * len(head), *body])
    markdown = f"::: {{.profilbild {heading.attributes()}{layout.attributes()}}}\n{pipes}\n\n::: {{.quelle}}\n{source}\n:::\n:::"
    cells = "".join(
        "<tr>" + "".join(f"<td>{unmarked(cell)}</td>" for cell in line) + "</tr>" for line in [heads, *body]
    )
    return Block(markdown, f"<h3>{heading.title}</h3><table>{cells}</table>")


def sheet(pairs: dict[str, str]) -> Block:
    """Terms in the label column, what they mean beside them."""
    markdown = "\n\n".join(f"{term}\n:   {words}" for term, words in pairs.items())
    preview = "".join(f"<p><b>{term}</b> {words}</p>" for term, words in pairs.items())
    return Block(f'::: {{.datenblatt dicht="ja"}}\n{markdown}\n:::', preview)

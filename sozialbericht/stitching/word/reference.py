"""Reference: the document that gives a draft for Word its styles, its page, its header and its footer.

It is pandoc's own, with the report's colours, fonts and paragraph styles put into it.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from sozialbericht.drawing.canvas.brand import tokens
from sozialbericht.escaping import html_text
from sozialbericht.stitching import pandoc

SANS, SERIF = "Source Sans 3", "Source Serif 4"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: What a program puts in the place of a font that the reader's machine lacks.
_INSTEAD = {SANS: "Calibri", SERIF: "Cambria"}
#: A4 with its margins, in twentieths of a point.
_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
)


@dataclass(frozen=True)
class Style:
    """A paragraph style: font, size in half points, colour (a token), and what else it has, as WordprocessingML."""

    font: str
    size: int
    colour: str = "tinte"
    bold: bool = False
    before: int = 0
    after: int = 80
    more: str = ""


def _bar(colour: str) -> str:
    return f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{_hex(colour)}"/></w:pBdr>'


def _hex(token: str) -> str:
    return tokens()[token].lstrip("#")


def _styles() -> dict[str, Style]:
    """The styles by name: those of pandoc that are changed, and our own."""
    together, new_page = "<w:keepNext/>", "<w:pageBreakBefore/>"
    sand = f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex("sand")}"/>'
    return {
        "Normal": Style(SERIF, 21),
        "Body Text": Style(SERIF, 21, after=120),
        "First Paragraph": Style(SERIF, 21, after=120),
        "Compact": Style(SANS, 17, after=0),
        "Title": Style(SANS, 60, "akzent", bold=True, before=2400),
        "Subtitle": Style(SANS, 40, "akzent"),
        "Heading 1": Style(SANS, 44, "akzent", bold=True, after=240, more=together + new_page),
        "Heading 2": Style(SANS, 30, "akzent", bold=True, before=320, more=together),
        "Heading 3": Style(SANS, 25, bold=True, before=240, more=together),
        "Heading 4": Style(SANS, 22, bold=True, before=200, more=together),
        "TOC Heading": Style(SANS, 44, "akzent", bold=True, after=240, more=new_page),
        "Image Caption": Style(SANS, 19, before=240, more=together),
        "Table Caption": Style(SANS, 19, before=240, more=together),
        "Date": Style(SANS, 28, "signal", bold=True, before=240),
        "Leitsatz": Style(SERIF, 26, after=200, more=_bar("akzent")),
        "Kastentitel": Style(SANS, 21, "akzent", bold=True, before=200, after=0, more=together + sand),
        "Kasten": Style(SANS, 20, after=0, more=sand),
        "Lesebeispiel": Style(SANS, 19, before=80, after=200, more=_bar("linie")),
        "Quelle": Style(SANS, 16, "grau", before=60, after=200),
        "Kennzahlname": Style(SANS, 19, "grau", before=160, after=0, more=together),
        "Kennzahl": Style(SANS, 44, "akzent", bold=True, after=0, more=together),
        "Kennzahlwandel": Style(SANS, 19, after=120),
        "Befundtitel": Style(SANS, 25, bold=True, before=280, more=together),
        "Header": Style(SANS, 16, "grau", after=0),
        "Footer": Style(SANS, 16, "grau", after=0),
    }  # fmt: skip


def made(title: str, status: str) -> bytes:
    """The reference document; every page says title and status, and its number."""
    parts = _pandocs_own()
    parts["word/styles.xml"] = _styled(parts["word/styles.xml"])
    parts["word/fontTable.xml"] = _fonts(parts["word/fontTable.xml"])
    parts["word/header9.xml"] = _line("hdr", "Header", _run(" · ".join(filter(None, [title, status]))))
    parts["word/footer9.xml"] = _line("ftr", "Footer", _field("PAGE"))
    parts["word/document.xml"] = _paged(parts["word/document.xml"])
    for name, kind in (("header9", "header"), ("footer9", "footer")):
        parts["[Content_Types].xml"] = _with(
            parts["[Content_Types].xml"], _TYPES, "Override", PartName=f"/word/{name}.xml",
            ContentType=f"{_PART}.{kind}+xml",
        )  # fmt: skip
        parts["word/_rels/document.xml.rels"] = _with(
            parts["word/_rels/document.xml.rels"], _RELATIONS, "Relationship", Id=name, Type=f"{_R}/{kind}",
            Target=f"{name}.xml",
        )  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _pandocs_own() -> dict[str, bytes]:
    own = pandoc.made(["--print-default-data-file", "reference.docx"])
    with zipfile.ZipFile(io.BytesIO(own)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _styled(content: bytes) -> bytes:
    root = etree.fromstring(content)
    named = {style.find(f"{{{_W}}}name").get(f"{{{_W}}}val").lower(): style for style in root.iter(f"{{{_W}}}style")}
    for name, look in _styles().items():
        style = named.get(name.lower())
        if style is None:
            identifier = name.replace(" ", "")
            kind = {f"{{{_W}}}type": "paragraph", f"{{{_W}}}styleId": identifier}
            style = etree.SubElement(root, f"{{{_W}}}style", kind)
            style.append(_parsed(f'<w:name w:val="{name}"/>'))
            style.append(_parsed('<w:basedOn w:val="BodyText"/>'))
            style.append(_parsed("<w:qFormat/>"))
        for part in ("pPr", "rPr"):
            for old in style.findall(f"{{{_W}}}{part}"):
                style.remove(old)
        level = f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if name.startswith("Heading") else ""
        spacing = f'<w:spacing w:before="{look.before}" w:after="{look.after}"/><w:jc w:val="left"/>'
        style.append(_parsed(f"<w:pPr>{look.more}{spacing}{level}</w:pPr>"))
        bold = "<w:b/>" if look.bold else '<w:b w:val="0"/>'
        font = f'<w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}" w:cs="{look.font}"/>'
        style.append(_parsed(
            f'<w:rPr>{font}{bold}<w:i w:val="0"/><w:color w:val="{_hex(look.colour)}"/><w:sz w:val="{look.size}"/>'
            '<w:lang w:val="de-DE"/></w:rPr>'
        ))  # fmt: skip
    return _xml(root)


def _fonts(content: bytes) -> bytes:
    root = etree.fromstring(content)
    for font, instead in _INSTEAD.items():
        root.append(_parsed(f'<w:font w:name="{font}"><w:altName w:val="{instead}"/></w:font>'))
    return _xml(root)


def _paged(content: bytes) -> bytes:
    root = etree.fromstring(content)
    body = root.find(f"{{{_W}}}body")
    for old in body.findall(f"{{{_W}}}sectPr"):
        body.remove(old)
    head = '<w:headerReference w:type="default" r:id="header9"/><w:footerReference w:type="default" r:id="footer9"/>'
    body.append(_parsed(f"<w:sectPr>{head}{_PAGE}</w:sectPr>"))
    return _xml(root)


def _with(content: bytes, space: str, tag: str, **attributes: str) -> bytes:
    root = etree.fromstring(content)
    etree.SubElement(root, f"{{{space}}}{tag}", attributes)
    return _xml(root)


def _line(kind: str, style: str, runs: str) -> bytes:
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'
    return _xml(_parsed(f"<w:{kind}>{paragraph}</w:{kind}>"))


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{html_text(words)}</w:t></w:r>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} ">{_run("1")}</w:fldSimple>'


def _xml(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _parsed(xml: str) -> etree._Element:
    begin, _, rest = xml.partition(">")
    closed = begin.endswith("/")
    begin = begin.removesuffix("/")
    return etree.fromstring(f'{begin} xmlns:w="{_W}" xmlns:r="{_R}"{"/" if closed else ""}>{rest}')

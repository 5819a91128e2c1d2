"""The draft for Word: what the print says stands in it, with styles, header rows, alternative texts and status."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from sozialbericht.audit.readers import channels, markup
from sozialbericht.audit.readers.office import wordfiles
from sozialbericht.drawing.canvas import bitmaps
from sozialbericht.order.request import Made
from sozialbericht.rendering import production
from sozialbericht.stitching.stitch import Stitcher
from sozialbericht.stitching.word import reference

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STATUS = "Modelldaten – keine amtliche Statistik"
NOTE_OF_WORD = '<w:comment w:id="0"><w:p><w:r><w:t>Anm. 4711</w:t></w:r></w:p></w:comment>'
COMMENT = f'<w:comments xmlns:w="{W[1:-1]}">{NOTE_OF_WORD}</w:comments>'.encode()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="9" height="9"/></svg>'


@pytest.fixture(scope="module")
def made(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    output = tmp_path_factory.mktemp("word") / "2006"
    request = production.Request(2006, ("docx",), "builtin", output, data=small_project / "data")
    return production.make(request, root=small_project)


@pytest.fixture(scope="module")
def draft(made: Made) -> bytes:
    assert made.word is not None and made.pdf is None and made.page is None
    return made.word.read_bytes()


def part(draft: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(draft)) as file:
        return etree.fromstring(file.read(name))


def test_another_run_makes_the_same_bytes(draft: bytes, small_project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "anderswo"
    shutil.copytree(small_project, folder, ignore=shutil.ignore_patterns("build"))
    again = production.make(production.Request(2006, ("docx",), "builtin", data=folder / "data", jobs=1), root=folder)
    assert again.word is not None
    assert again.word.read_bytes() == draft


def cells(passages: object) -> set[tuple[str, str]]:
    """Row and number of all cells of tables with a number."""
    return {
        (p.heads[-1], p.text)
        for p in passages
        if p.kind == "Tabelle" and any(head.startswith("Tabelle") for head in p.heads)
        and re.fullmatch(r"[−(]?[\d.,]+\)?", p.text)
    }


def same_as_web(draft: bytes, html: Path) -> None:
    pages = [page for page in sorted(html.glob("*.html")) if page.name not in ("atlas.html", "start.html")]
    web = [p for page in pages for p in markup.read(page.read_bytes(), page.name).passages]
    word = wordfiles.read(draft, "bericht-2006.docx").passages
    expected = cells(web)
    assert len(expected) > 20
    assert expected <= cells(word)


def test_it_has_the_numbers_of_the_web_pages(draft: bytes, small_made: Made) -> None:
    same_as_web(draft, small_made.folder / "html")


def check_form(draft: bytes, pictures: int) -> None:
    body = part(draft, "word/document.xml")
    with zipfile.ZipFile(io.BytesIO(draft)) as file:
        headers = " ".join(
            "".join(etree.fromstring(file.read(name)).itertext()) for name in file.namelist() if "/header" in name
        )
    assert STATUS in headers, "on every page"
    told = [drawing.get("descr") for drawing in body.iter("{*}docPr")]
    assert len(told) == pictures and all(len(words) > 20 for words in told), told
    tables = list(body.iter(f"{W}tbl"))
    assert any(table.find(f".//{W}tblHeader") is not None for table in tables)
    defined = {style.get(f"{W}styleId") for style in part(draft, "word/styles.xml").iter(f"{W}style")}
    used = {style.get(f"{W}val") for style in body.iter(f"{W}pStyle")}
    assert used <= defined
    assert {"Leitsatz", "Quelle", "Lesebeispiel", "Kasten", "ImageCaption"} <= used
    text = "".join(body.itertext())
    assert "TOC" in text, "the field of the contents"
    assert "Abbildung\u00a01.1" in text
    assert ":::" not in text


def test_its_form(draft: bytes, small_made: Made) -> None:
    chapters = (small_made.folder / "projekt").glob("*.ipynb")
    texts = [path.read_text(encoding="utf-8") for path in chapters]
    check_form(draft, len({name for text in texts for name in re.findall(r"bilder/([\w-]+)\.svg", text)}))
    text = "".join(part(draft, "word/document.xml").itertext())
    assert "Abbildung\u00a01.1: " in text and re.search("Kapitel\u00a0\\d", text)


def test_the_stitchers_own_files_are_not_published(made: Made) -> None:
    names = {path.name for path in made.folder.rglob("*") if path.is_file()}
    assert "bericht-2006.docx" in names
    assert not [name for name in names if name.endswith(".png")] and "vorlage.docx" not in names


def test_libreoffice_reads_it(draft: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice ist nicht installiert")
    (tmp_path / "a.docx").write_bytes(draft)
    command = [office, f"-env:UserInstallation=file://{tmp_path}/own", "--headless", "--convert-to", "txt:Text"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "a.docx")], check=True, capture_output=True)
    text = (tmp_path / "a.txt").read_text(encoding="utf-8-sig")
    assert "Arbeitslosigkeit" in text and "Quelle und Stand:" in text


@pytest.mark.quarto
def test_quarto_makes_the_same(draft: bytes, made: Made, small_made: Made, tmp_path: Path, quarto: str) -> None:
    project = tmp_path / "bericht" / "projekt"
    shutil.copytree(made.folder / "projekt", project)
    *_, name = Stitcher(quarto, ("docx",), STATUS).stitch(project, tmp_path)
    own = (tmp_path / str(name)).read_bytes()
    same_as_web(own, small_made.folder / "html")
    check_form(own, len(list(part(draft, "word/document.xml").iter("{*}docPr"))))


# -- what the audit reads --------------------------------------------------------------------------------------


def changed(draft: bytes, name: str, change: object) -> bytes:
    """The document with one part replaced by what ``change`` makes of it (None where it is not there)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draft)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, change(old.read(name) if name in old.namelist() else None))  # type: ignore[operator]
    return packed.getvalue()


def hidden(xml: bytes) -> bytes:
    run = b'<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Verborgen 4711</w:t></w:r></w:p>'
    return xml.replace(b"<w:sectPr", run + b"<w:sectPr", 1)


@pytest.mark.parametrize(
    ("name", "change", "kind"),
    [
        ("word/document.xml", hidden, "verborgen"),
        ("word/comments.xml", lambda _: COMMENT, "Text"),
        ("docProps/core.xml", lambda xml: xml.replace(b"<cp:keywords>", b"<cp:keywords>4711"), "Metadaten"),
        ("word/header9.xml", lambda xml: xml.replace(b"</w:t>", b" 4711</w:t>", 1), "Text"),
    ],
)  # fmt: skip
def test_no_place_is_overlooked(draft: bytes, name: str, change: object, kind: str) -> None:
    packed = changed(draft, name, change)
    assert packed != draft
    found = [p for p in wordfiles.read(packed, "a.docx").passages if "4711" in p.text]
    assert {p.kind for p in found} == {kind}


def test_pictures_are_read_by_what_they_were_made_of(draft: bytes, small_made: Made) -> None:
    drawn = wordfiles.read(draft, "bericht-2006.docx").pictures
    assert {picture.name for picture in drawn} >= {"fig-anteil-u18-karte", "fig-anteil-u18-rang"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/media/foto.png", bitmaps.drawn([SVG])[0][:-30] + b"\0" * 30),
        ("word/media/foto.jpg", b"\xff\xd8\xff"),
        ("word/embeddings/tabelle.xlsx", b"PK"),
        ("customXml/item1.xml", b"<a>12</a>"),
    ],
)
def test_what_nobody_can_read_is_refused(draft: bytes, name: str, content: bytes) -> None:
    packed = changed(draft, name, lambda _: content)
    assert channels.reading_of(packed, "a.docx").unreadable


def test_a_bitmap_holds_its_drawing() -> None:
    (png,) = bitmaps.drawn([SVG])
    assert bitmaps.sources([png, png[:-1], b"", png.replace(b"IDAT", b"IDAX")]) == [SVG, None, None, None]


def test_text_in_the_header_is_text() -> None:
    with zipfile.ZipFile(io.BytesIO(reference.made("A & B <c>", '"Status"'))) as file:
        assert "".join(etree.fromstring(file.read("word/header9.xml")).itertext()) == 'A & B <c> · "Status"'

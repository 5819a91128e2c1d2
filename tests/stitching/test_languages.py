"""Words of another language: marked once in the text, they are told as such in print, on the web and in Word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from pikepdf import Dictionary

from sozialbericht.checking import constructs
from sozialbericht.stitching import pandoc, quartosettings, typesetting, webpages
from sozialbericht.stitching.word import draft
from sozialbericht.tagging.finishedprint import finished
from sozialbericht.web import tidying, tree
from tests.access import tags

TEXT = """# Eins {#sec-eins}

Das Verfahren [k-Means]{lang=en}, mit Betonung [*k-Means*]{lang=en}, verbessert die Gruppen von Langzeitarbeitslosen.

[k-Means]{lang=en}
:   Ein Verfahren.
"""


@pytest.fixture
def project(stage: Callable[..., Path]) -> Path:
    folder = stage(index=TEXT)
    draft.prepare(folder)
    return folder


def told_languages(pdf: bytes) -> list[str]:
    """The languages of the marked words of a PDF: of content inside the tree of the tags, of whole elements of it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        marks = [
            operands[1]
            for page in document.pages
            for operands, _ in pikepdf.parse_content_stream(page, "BDC")
            if len(operands) > 1 and "/Lang" in operands[1]
        ]
        assert all("/MCID" in mark for mark in marks) and str(document.Root.Lang).startswith("de")
        elements = [o for o in document.objects if isinstance(o, Dictionary) and "/S" in o and "/Lang" in o]
        return [str(told.Lang) for told in (*marks, *elements)]


def test_on_paper(project: Path) -> None:
    """The language stands at the words, inside the tree of the tags; around them the report's own holds."""
    text = typesetting.book(project, quartosettings.read(project)).whole()
    assert text.count('#text(lang: "en", region: none)[') == 3
    made = finished(typesetting.compile_typst(project, text))
    assert told_languages(made) == ["en", "en", "en"]
    assert tags.faults(made) == []


def test_on_the_web(project: Path) -> None:
    page = tree.read(webpages.html_pages(project, quartosettings.read(project, web=True))["index.html"])
    tidying.tidy(page)
    assert [tree.words(span) for span in page.iterfind(".//span[@lang='en']")] == ["k-Means"] * 3


def test_in_word(project: Path) -> None:
    document = draft.document(project, quartosettings.read(project))
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        body = etree.fromstring(file.read("word/document.xml"))
    marked = [run for run in body.iter("{*}r") if run.find("{*}rPr/{*}lang") is not None]
    assert ["".join(run.itertext()) for run in marked] == ["k-Means"] * 3


@pytest.mark.parametrize(("text", "told"), [
    ("[k-Means]{lang=en}", ""), ("[Sağlık]{lang=tr}", ""), ("[k-Means]{lang=Englisch}", "ist keine Sprache"),
    ("[k-Means]{lang=}", "ist keine Sprache"), ("[k-Means]{sprache=en}", "Auszeichnung"),
])  # fmt: skip
def test_what_marks_a_language(text: str, told: str) -> None:
    faults = list(constructs.check("a.qmd", pandoc.parse(text), text, own=True))
    assert [told in fault.what for fault in faults] == ([True] if told else [])

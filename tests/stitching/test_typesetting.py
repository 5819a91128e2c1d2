"""The print of the built-in stitcher on a handful of small chapters."""

import io
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pdf_reading
import pikepdf
import pytest
from chapter_texts import FIGURE, TABLE, books, written
from hypothesis import given
from hypothesis import settings as trials
from text_stores import storing

from sozialbericht.execution import kernelsource
from sozialbericht.faults import InputError, ReportError
from sozialbericht.proof.printedpage import pages
from sozialbericht.stitching import quartosettings, typesetting
from sozialbericht.tagging.finishedprint import finished

CHAPTERS = {
    "index": "# Vorwort {.unnumbered}\n\nEin Text.",
    "b": f"# Eins {{#sec-b}}\n\nSiehe @fig-a[^1], @tbl-a und @sec-z.\n\n[^1]: Erste.\n\n{FIGURE}",
    "c": "# Zwei {#sec-c}\n\n## Unter {#sec-u}\n\nText[^1], auch zu @sec-u.\n\n[^1]: Zweite.",
    "z": f"# Tafeln {{#sec-z}}\n\nZurück zu @sec-b.\n\n{TABLE}",
}


def book(folder):
    return typesetting.book(folder, quartosettings.read(folder))


def test_figures_tables_and_references_in_print(stage):
    folder = stage(
        index=f"# Eins {{#sec-eins}}\n\nSiehe @fig-a und @tbl-a, @sec-z.\n\n{FIGURE}\n\n{TABLE}",
        z="# Anhang {#sec-z}\n\nText",
    )
    text = book(folder).whole()
    assert 'kind: "quarto-float-fig"' in text
    assert 'kind: "quarto-float-tbl"' in text
    assert "#ref(<fig-a>, supplement: [Abbildung])" in text
    assert "#ref(<tbl-a>, supplement: [Tabelle])" in text
    assert "#ref(<sec-z>, supplement: [Anhang])" in text
    assert '#bild("bilder/fig-a.svg", "Ein Bild")' in text
    assert text.count("appendices.with") == 1
    assert typesetting.compile_typst(folder, text).startswith(b"%PDF")


def test_footnotes_of_two_chapters(stage):
    folder = stage(index="# A\n\nText[^1].\n\n[^1]: Erste.", b="# B\n\nText[^1].\n\n[^1]: Zweite.")
    text = book(folder).whole()
    assert text.count("#footnote[Erste.]") == 1
    assert text.count("#footnote[Zweite.]") == 1


def test_a_missing_font_is_an_error(stage):
    folder = stage(index="# A\n\nText.")
    with pytest.raises(ReportError, match=r"Typst warnt(.|\n)*gibt es nicht"):
        typesetting.compile_typst(folder, '#set text(font: "Gibt es nicht")\n#set document(title: "T")\nText')


def test_typst_s_own_error_is_told(stage):
    folder = stage(index="# A\n\nText.")
    with pytest.raises(ReportError, match=r"Typst kann das PDF nicht setzen: (.|\n)*unbekannt"):
        typesetting.compile_typst(folder, "#unbekannt()")


def test_the_same_time_gives_the_same_pdf(stage, monkeypatch):
    folder = stage(index="# A\n\nText.")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1167600000")
    text = book(folder).whole()
    first, second = (typesetting.compile_typst(folder, text) for _ in range(2))
    assert first == second


def set_pages(folder, pdf):
    (folder / "probe.pdf").write_bytes(pdf)
    return pdf_reading.pages(folder / "probe.pdf")


def test_one_text_and_many_files_give_the_same_pages(stage):
    folder = stage(**CHAPTERS)
    made = book(folder)
    whole = set_pages(folder, typesetting.compile_typst(folder, made.whole()))
    many = set_pages(folder, typesetting.set_book(folder, made))
    assert many == whole
    words = pdf_reading.squeezed(" ".join(many))
    for part in (
        "Siehe Abbildung 1.1",
        "Tabelle A.1 und Anhang A",
        "Unter",
        "Zurück zu Kapitel 1",
        "Erste.",
        "Zweite.",
    ):
        assert part in words
    names = ["bericht-b.typ", "bericht-c.typ", "bericht-index.typ", "bericht-z.typ", "bericht.typ", "vorlage.typ"]
    assert sorted(p.name for p in folder.glob("*.typ")) == sorted(made.files()) == names
    assert "Ein Text." in (folder / "bericht-index.typ").read_text(encoding="utf-8")
    assert "Ein Text." not in (folder / "bericht.typ").read_text(encoding="utf-8")


def test_without_an_annex_none_begins(stage):
    made = book(stage(index="# A\n\nText."))
    assert made.annex == {}
    for text in (made.whole(), made.files()[typesetting.SOURCE]):
        assert "appendices.with" not in text


def chapters_written(asked):
    """The places of the chapters that pandoc was asked to write as Typst since the last time."""
    places = [int(place) for text in asked for place in re.findall(r"// kapitel (\d+)", text)]
    asked.clear()
    return places


def test_only_a_changed_chapter_is_written_again(stage, asked, tmp_path):
    store = tmp_path / "store"

    def from_store(**changes):
        with storing(store):
            return book(stage(**{**CHAPTERS, **changes}))

    first = from_store()
    assert chapters_written(asked) == [0, 1, 2, 3]
    assert from_store() == first
    assert asked == []
    changed = from_store(b=CHAPTERS["b"] + "\n\nMehr.")
    assert chapters_written(asked) == [1]
    assert changed == book(stage(**{**CHAPTERS, "b": CHAPTERS["b"] + "\n\nMehr."}))
    assert "Mehr." in changed.main["b"]
    assert {**changed.main, "b": first.main["b"]} == first.main
    asked.clear()
    assert from_store() == first
    assert asked == []


def test_another_word_for_a_reference_is_seen(stage, asked, tmp_path):
    """A chapter that moves into the annex is referred to as „Anhang“ by chapters that have not changed."""
    store = tmp_path / "store"
    common = {"index": "# Eins\n\nSiehe @sec-x.", "b": "# Zwei\n\nText."}
    with storing(store):
        before = book(stage(**common, c="# X {#sec-x}\n\nText"))
    assert chapters_written(asked) == [0, 1, 2]
    with storing(store):
        after = book(stage(**common, z="# X {#sec-x}\n\nText"))
    assert chapters_written(asked) == [0], "the others are known, whatever their name"
    assert "#ref(<sec-x>, supplement: [Kapitel])" in before.main["index"]
    assert "#ref(<sec-x>, supplement: [Anhang])" in after.main["index"]
    assert after == book(stage(**common, z="# X {#sec-x}\n\nText"))
    asked.clear()
    with storing(store):
        book(stage(**common, c="# Neu\n\nText.", d="# X {#sec-x}\n\nText"))
    assert chapters_written(asked) == [2], "another number and page change nothing in who refers to it"


@pytest.mark.slow
@trials(max_examples=15, deadline=None)
@given(first=books(), second=books())
def test_with_and_without_a_store_books_are_equal(frame, first, second):
    """Of two books after each other, and then of one with the chapters of both."""
    with tempfile.TemporaryDirectory() as folder:
        for given_chapters in (first, second, {**first, **dict(list(second.items())[1:])}):
            own = written(frame, given_chapters)
            with storing(Path(folder)):
                stored = outcome(frame, own)
            assert stored == outcome(frame, own)


def outcome(folder, own):
    """The book or the faults that there are instead."""
    try:
        return typesetting.book(folder, own)
    except InputError as error:
        return str(error)


@pytest.fixture
def lay_out_ahead():
    """Lay out ahead in a thread of its own, whose priority is lowered for good."""

    def go(folder, after=lambda: None):
        before = priority()
        with ThreadPoolExecutor(1) as thread:
            thread.submit(typesetting.lay_out_ahead, folder).result()
            found = thread.submit(after).result()
        assert priority() == before
        return found

    return go


def priority():
    """The priority of this thread; under Linux alone each has its own."""
    return os.getpriority(os.PRIO_PROCESS, 0) if sys.platform == "linux" else None


def contents(folder):
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "broken",
    [
        None,
        b"",
        b"#unbekannt()",
        b'#include "bericht-fehlt.typ"',
        b'#import "vorlage.typ": *\n#set document(title: ',
        b"\xff\xfe\x00",
        b'#panic("nein")',
    ],
)
def test_laying_out_ahead_what_cannot_be_set_does_nothing(lay_out_ahead, tmp_path, broken):
    if broken is not None:
        (tmp_path / typesetting.SOURCE).write_bytes(broken)
    before = contents(tmp_path)
    lay_out_ahead(tmp_path)
    lay_out_ahead(tmp_path / "gibt-es-nicht")
    assert contents(tmp_path) == before


def test_who_reads_the_pages_before_they_are_finished_reads_what_is_published(stage):
    """Heads of rows and bookmarks come later; what is painted, and where, stays to the byte."""
    folder = stage(**CHAPTERS)
    before = typesetting.set_book(folder, book(folder))
    after = finished(before)
    assert after != before
    painted = []
    for pdf in (before, after):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            streams = [page.Contents.read_bytes() for page in document.pages]
        read = [(page.boxes.tolist(), page.sizes.tolist(), *map(page.words, range(len(page)))) for page in pages(pdf)]
        painted.append((streams, read))
    assert painted[0] == painted[1]
    assert len(painted[0][0]) > 4 and "Zurück" in str(painted[0][1])


def test_an_area_in_a_key_is_number_name_and_value_however_long_each_is(stage, tmp_path):
    """Numbers have up to four digits (the contract of the data), values may be words, names may take lines."""
    rows = [
        ("7", "Nord", "3,1"), ("118", "Am Alten Hafen und um den Neuen Markt", "12,4"), ("1000", "Süd", "–"),
        ("9999", "Hinterobertiefenbach", "sehr günstig 1,8"), ("12", r"Haus \*b\* \#let \$x\$ \[c\]", ""),
    ]  # fmt: skip
    key = "\n".join(f"- [{nr}]{{}} [{name}]{{}} [{value}]{{}}" for nr, name, value in rows)
    folder = stage(index=f"# Eins\n\n::: {{.schluessel}}\n{key}\n:::\n\nDanach.")
    pdf = typesetting.set_book(folder, book(folder))
    (tmp_path / "a.pdf").write_bytes(pdf)
    copied = re.sub(r"\s+", " ", pdf_reading.in_order(tmp_path / "a.pdf"))
    found = [{page.words(place): page.boxes[place, 1] for place in range(len(page))} for page in pages(pdf)]
    heights = next(page for page in found if "1000" in page)
    for nr, markup, value in rows:
        name = markup.replace("\\", "")
        assert f"{nr} {name} {value}".strip() in copied
        beside = next(height for words, height in heights.items() if words and name.startswith(words))
        assert heights[nr] == pytest.approx(beside, abs=2), "on one line"


SET = """
import sys, pathlib
from sozialbericht.stitching import quartosettings, typesetting
folder = pathlib.Path(sys.argv[1])
sys.stdout.buffer.write(typesetting.set_book(folder, typesetting.book(folder, quartosettings.read(folder))))
"""


def test_after_it_was_laid_out_ahead_the_report_is_the_same_to_the_byte(stage, lay_out_ahead):
    old, new = stage(**CHAPTERS), stage(**{**CHAPTERS, "c": "# Anders {#sec-c}\n\nEin neuer Text."})
    before = typesetting.set_book(old, book(old))
    untouched = contents(old)
    lay_out_ahead(old)
    after = typesetting.set_book(new, book(new))
    assert contents(old) == untouched
    assert after != before
    alone = subprocess.run(
        [sys.executable, "-c", SET, str(new)], env=kernelsource.environment(), capture_output=True, check=True
    )
    assert alone.stdout == after
    lay_out_ahead(old)
    assert typesetting.set_book(new, book(new)) == after
    assert typesetting.set_book(old, book(old)) == before


@pytest.mark.skipif(sys.platform != "linux", reason="nur unter Linux hat ein Thread eine eigene Priorität")
def test_who_lays_out_ahead_steps_back_alone(stage, lay_out_ahead):
    folder = stage(index="# A\n\nText.")
    typesetting.set_book(folder, book(folder))
    assert lay_out_ahead(folder, after=priority) == max(priority(), typesetting.PRIORITY_AHEAD)

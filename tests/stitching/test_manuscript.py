"""The manuscript: outlines stored before, and what is refused before stitching."""

import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from chapter_texts import FIGURE, ONLY, TABLE, books, written
from hypothesis import given
from hypothesis import settings as trials
from text_stores import storing

from sozialbericht.faults import InputError
from sozialbericht.stitching import crossref, manuscript, pandoc, quartosettings
from sozialbericht.stitching.crossref import Float, Heading
from sozialbericht.stitching.manuscript import Manuscript

CHAPTER = (
    f"# *Eins* {{#sec-eins}}\n\n## Zwei {{.unnumbered}}\n\nSiehe @tbl-a, @fig-a, @fig-a.\n\n{FIGURE}\n\n{TABLE}\n\n"
    + ONLY.format("visible", "typst", "## Auf Papier {#sec-papier}\n\nSiehe @sec-papier.")
)


def read(folder, target):
    return Manuscript(folder, quartosettings.read(folder), target)


@pytest.mark.parametrize("target", ["typst", "html"])
def test_outlines_are_asked_for_once(stage, asked, tmp_path, target):
    folder, store = stage(index=CHAPTER, b="# B"), tmp_path / "store"
    for calls in (2, 0):
        with storing(store), patch.object(crossref, "outline", wraps=crossref.outline) as computed:
            found, empty = (document.outline for document in read(folder, target).documents)
        assert computed.call_count == calls
        assert found.headings[:2] == (Heading(1, "sec-eins", True, "Eins"), Heading(2, "zwei", False, "Zwei"))
        assert found.floats == (Float("fig-a", "Ein Bild"), Float("tbl-a", "Eine Tafel"))
        assert found.references[:3] == ("tbl-a", "fig-a", "fig-a")
        assert (len(found.headings), len(found.references)) == ((3, 4) if target == "typst" else (2, 3))
        assert (found.empty, empty.empty) == (False, True)
    assert len(asked) == 2, "once per chapter"
    with storing(store):
        read(stage(index=CHAPTER, b="# B\n\nText."), target)
        assert len(asked) == 3, "one chapter has changed"
        read(folder, "html" if target == "typst" else "typst")
    assert len(asked) == 5


def test_another_filter_or_program_finds_no_outline(stage, asked, tmp_path):
    folder, store = stage(index=CHAPTER), tmp_path / "store"
    with storing(store):
        read(folder, "typst")
    with storing(store, program="2"), patch.object(crossref, "outline") as computed:
        computed.side_effect = KeyError
        with pytest.raises(KeyError):
            read(folder, "typst")
    assert len(asked) == 1, "the answer itself is the same"
    filter_ = folder / "filter" / "bericht.lua"
    filter_.write_text(filter_.read_text(encoding="utf-8") + "\n-- anders\n", encoding="utf-8")
    with storing(store):
        read(folder, "typst")
    assert len(asked) == 2


@pytest.mark.slow
@trials(max_examples=15, deadline=None)
@given(book=books())
def test_outlines_stored_are_those_computed(frame, book):
    own = written(frame, book)
    with tempfile.TemporaryDirectory() as folder:
        for target in ("typst", "html"):
            computed = Manuscript(frame, own, target)
            for _ in range(2):
                with storing(Path(folder)):
                    known = Manuscript(frame, own, target)
                assert known.documents == computed.documents
                assert known.known == computed.known
            with (
                storing(Path(folder)),
                patch.object(pandoc, "_ask", side_effect=AssertionError("asked again")),
                patch.object(crossref, "outline", side_effect=AssertionError("computed again")),
            ):
                assert Manuscript(frame, own, target).documents == computed.documents


FAULTS = [
    ("# A\n\nSiehe @fig-nichts.", "@fig-nichts führt ins Leere"),
    (f"# A\n\n{FIGURE}\n\n{FIGURE}", "„fig-a“ kommt zweimal vor"),
    (f"# A {{.unnumbered}}\n\n{FIGURE}", "„fig-a“ steht in einem Kapitel ohne Nummer"),
    ("# A {.unnumbered #sec-a}\n\nSiehe @sec-a.", "@sec-a verweist auf ein Kapitel ohne Nummer"),
    ("# A\n\n::: {#fig-a}\n![](bilder/fig-a.svg)\n\nOhne fetten Titel\n:::", "„fig-a“ hat keine Beschriftung"),
    ("# A {#sec-a}", "Das Kapitel ist leer"),
    ("# A\n\nText.\n\n" + ONLY.format("visible", "html", "Siehe @fig-web."), "@fig-web führt ins Leere"),
]


@pytest.mark.parametrize("typst", [False, True])
@pytest.mark.parametrize(("text", "words"), FAULTS)
def test_what_is_refused_before_stitching(stage, text, words, typst):
    with pytest.raises(InputError, match=words):
        manuscript.verify(stage(index=text), typst=typst)


def test_what_is_refused_is_refused_from_the_store_too(stage, asked, tmp_path):
    folder, store = stage(index=FAULTS[0][0], b=FAULTS[5][0]), tmp_path / "store"
    said, calls = set(), []
    for typst in (False, True, False, True):
        with storing(store), pytest.raises(InputError) as refused:
            manuscript.verify(folder, typst=typst)
        said.add(str(refused.value))
        calls.append(len(asked))
    assert len(said) == 1
    assert 0 < calls[0] < calls[1] == calls[2] == calls[3], "nothing is asked for the same format again"


def test_what_is_wrong_in_print_alone_is_refused_with_it(stage):
    folder = stage(index="# A\n\nText.\n\n" + ONLY.format("visible", "typst", "Siehe @fig-druck."))
    manuscript.verify(folder)
    with pytest.raises(InputError, match="@fig-druck führt ins Leere"):
        manuscript.verify(folder, typst=True)


@pytest.mark.parametrize("typst", [False, True])
def test_what_is_in_order_passes(stage, typst):
    manuscript.verify(stage(index="# A\n\nText."), typst=typst)


def test_print_must_not_refer_to_what_is_on_the_web_only(stage):
    folder = stage(index="# A\n\nSiehe @sec-profil.")
    (folder / "profil.qmd").write_text("# Profil {#sec-profil}\n\nText.\n", encoding="utf-8")
    quartosettings.write(folder, {"book": {"chapters": ["profil.qmd"]}}, quartosettings.WEB)
    for typst in (False, True):
        with pytest.raises(InputError, match="@sec-profil führt ins Leere"):
            manuscript.verify(folder, typst=typst)


def test_blocks_that_outputs_leave_open_are_refused(stage):
    folder = stage(index="# A\n\n::: {.kasten}\nText")
    with pytest.raises(InputError, match=r"index\.html.*Ein Block ::: ist nicht geschlossen"):
        manuscript.verify(folder)

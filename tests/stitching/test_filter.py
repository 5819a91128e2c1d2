"""The filter: formats that the project cannot make are refused; errors in it are heard."""

import json
import os
import subprocess

import pytest

from sozialbericht.faults import ReportError
from sozialbericht.stitching import manuscript, pandoc
from sozialbericht.stitching.word import draft

TEXT = "# A {#sec-a}\n\n::: {.leitsatz}\nEin Satz.\n:::\n"
OTHERS = ["docx", "epub", "odt", "latex", "beamer", "plain", "markdown", "gfm", "rst", "native", "json", "html4"]


def run(frame, to, **variables):
    """Plain pandoc with the project's filter."""
    return subprocess.run(
        [pandoc.executable(), "-t", to, "-o", "-", "--lua-filter", str(frame / manuscript.FILTER)],
        input=TEXT.encode(), capture_output=True, check=False,
        env={k: v for k, v in os.environ.items() if k != "SOZIALBERICHT_ZIEL"} | variables,
    )  # fmt: skip


@pytest.mark.parametrize("to", [*OTHERS, "revealjs", "slidy", "chunkedhtml", "pptx"])
def test_other_formats_are_refused(frame, to):
    done = run(frame, to)
    assert done.returncode != 0
    assert done.stdout == b""
    said = done.stderr.decode()
    assert f'bericht.lua: Das Format "{to}" kann dieser Bericht nicht.' in said
    assert "mit render.py machen (--format pdf, html oder docx)" in said
    assert "traceback" not in said


@pytest.mark.parametrize("to", ["docx", "latex", "plain", "html4"])
def test_a_variable_lets_no_other_format_pass(frame, to):
    assert run(frame, to, SOZIALBERICHT_ZIEL="html").returncode != 0


@pytest.mark.parametrize("to", ["typst", "html", "html5"])
def test_its_own_formats(frame, to):
    done = run(frame, to)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"leitsatz" in done.stdout
    assert run(frame, to, SOZIALBERICHT_ZIEL="unsinn").stdout == done.stdout, "only the reading step is told"


@pytest.mark.parametrize("target", ["typst", "html"])
def test_reading_for_one_of_them(frame, target):
    done = run(frame, "json", SOZIALBERICHT_ZIEL=target)
    assert done.returncode == 0
    assert ("RawBlock" in {b["t"] for b in json.loads(done.stdout)["blocks"]}) == (target == "typst")
    assert pandoc.parse(TEXT, target=target, lua_filter=frame / manuscript.FILTER)


@pytest.mark.parametrize("target", ["", "epub", "xhtml"])
def test_reading_for_another_one(frame, target):
    with pytest.raises(ReportError, match="kann dieser Bericht nicht"):
        pandoc.parse(TEXT, target=target, lua_filter=frame / manuscript.FILTER)


@pytest.mark.quarto
@pytest.mark.parametrize("to", ["docx", "epub", "latex", "pdf"])
def test_quarto_ends_with_it(stage, quarto, to):
    folder = stage(index=TEXT, b="# B {#sec-b}\n\nText.")
    done = subprocess.run(
        [quarto, "render", str(folder), "--to", to], capture_output=True, text=True, check=False, cwd=folder
    )
    assert done.returncode != 0
    assert "kann dieser Bericht nicht" in done.stdout + done.stderr
    assert not [p for p in folder.rglob("*") if p.suffix in (".docx", ".epub", ".tex", ".pdf")]


KEY = "::: {.schluessel}\n- [5]{} [[Hafen]{raum=sr_hafen}]{} [4,6 [▲]{wertung=minus}]{}\n:::\n"


def test_a_sign_alone_is_spoken(frame):
    html = pandoc.write(pandoc.parse(KEY, target="html", lua_filter=frame / manuscript.FILTER), ["-t", "html5"])
    sign = '<span class="wertung minus" role="img" aria-label="über dem Stadtwert" title="über dem Stadtwert">▲</span>'
    assert f'<span><span data-raum="sr_hafen">Hafen</span></span> <span>4,6 {sign}</span>' in html
    typst = pandoc.write(pandoc.parse(KEY, target="typst", lua_filter=frame / manuscript.FILTER), ["-t", "typst"])
    assert '[4,6 #lagewort("▲", [], "minus")]' in typst


def test_arrows_are_set_in_a_face_that_has_them(frame):
    typst = pandoc.write(
        pandoc.parse("Er ↗ steigt.", target="typst", lua_filter=frame / manuscript.FILTER), ["-t", "typst"]
    )
    assert typst.strip() == 'Er #pfeil("↗") steigt.'


def test_a_list_of_pages_says_on_the_web_nothing_of_pages(frame):
    entry = '- [Hafen]{raum=sr_hafen} `x`{seite="profil-hafen"}'
    text = f'::: {{.seitenliste titel="Profile im Band: Seite …"}}\n{entry}\n:::\n'
    html = pandoc.write(pandoc.parse(text, target="html", lua_filter=frame / manuscript.FILTER), ["-t", "html5"])
    assert "<h2>Profile im Band</h2>" in html


def read(frame, text, target):
    to = ["-t", "typst" if target == "typst" else "html5", "--wrap=none"]
    return pandoc.write(pandoc.parse(text, target=target, lua_filter=frame / manuscript.FILTER), to)


def test_a_book_of_the_law_is_not_parted_from_its_number_nor_from_the_hyphen_behind_it(frame):
    text = "Die SGB-II-Quote, (SGB-XII-Leistungen).\n\n::: {.kasten titel=\"SGB-II-Leistungen\"}\nText.\n:::\n"
    typst = read(frame, text, "typst")
    assert "#box[SGB-II-];Quote" in typst and "(#box[SGB-XII-];Leistungen)." in typst
    assert "#kasten([#box[SGB-II-];Leistungen])" in typst
    assert "Typ~4 oder 5" in read(frame, "Zu Typ 4 oder 5.", "typst")
    assert '<span class="fest">SGB-II-</span>Quote' in read(frame, text, "html")


@pytest.mark.parametrize("text", ["**Typ 4 – gut:** Dazu", "- *Typ 4 – gut*", "Wort\n:   Typ 4 – gut"])
@pytest.mark.parametrize("target", ["typst", "html", "docx"])
def test_a_dash_within_a_sentence_begins_no_line(frame, text, target):
    path = frame / (draft.FILTER if target == "docx" else manuscript.FILTER)
    told = pandoc.write(pandoc.parse(text, target=target, lua_filter=path), ["-t", "plain", "--wrap=none"])
    assert "Typ\u00a04\u00a0– gut" in told


def test_a_sign_that_is_explained_is_no_dash(frame):
    assert "keine. -- kein" in read(frame, "Lücke: keine. – kein Merkmal.", "typst")


FIGURE = "::: {#fig-a}\n![](bilder/fig-a.svg){fig-alt=\"Bild.\"}\n\n**Titel** Einheit.\n:::\n"
EXAMPLE = "::: {.lesebeispiel}\nSo liest man.\n:::\n"


def test_a_figure_moves_with_its_reading_example_where_text_follows(frame):
    moving = read(frame, f"{FIGURE}\n{EXAMPLE}\nText danach.\n", "typst")
    assert moving.index("#schwebend[") < moving.index("#lesebeispiel[") < moving.index("Text danach")
    assert moving[moving.index("So liest man.") :].split("Text danach")[0].count("]") == 2, "the example is inside"
    staying = read(frame, f"Text davor.\n\n{FIGURE}\n{EXAMPLE}\n", "typst")
    assert "#folgend[" in staying, "nothing follows"
    assert "schwebend" not in read(frame, f"{FIGURE}\nText danach.\n", "html")


def test_pages_of_a_kind_of_figure_are_asked_for_in_print_alone(frame):
    text = "Karten stehen [in den Kapiteln]{reihe=karte}.\n"
    assert '#seitenreihe("-karte")[in den Kapiteln]' in read(frame, text, "typst")
    assert "<p>Karten stehen in den Kapiteln.</p>" in read(frame, text, "html")


def test_words_of_a_list_may_refer_to_a_chapter(frame):
    typst = read(frame, "::: {.datenblatt}\nOrt\n:   Siehe @sec-a.\n\nWert\n:   12\n:::\n", "typst")
    assert typst.index("([Ort], [") < typst.index("sec-a") < typst.index("([Wert], [12]),")

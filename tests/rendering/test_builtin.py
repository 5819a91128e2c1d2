"""The built-in stitcher on a handful of small chapters."""

import re

import pytest
import yaml

from sozialbericht.faults import InputError, ReportError
from sozialbericht.project import Chapter, open_project
from sozialbericht.rendering import assembly, builtin, manuscript, typesetting, webpages

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="10mm" viewBox="0 0 20 10">'
    '<rect width="20" height="10"/></svg>'
)
ONLY = '::: {{.content-{} when-format="{}"}}\n{}\n:::\n\n'
FIGURE = """::: {#fig-a}
![](bilder/fig-a.svg){fig-alt="Ein Bild"}

::: {.quelle}
Eine Quelle.
:::

**Ein Bild** in %
:::"""
TABLE = """::: {#tbl-a}
| Raum | Wert |
| --- | --- |
| Hafen | 12,1 |

**Eine Tafel** in %
:::"""


@pytest.fixture
def stage(empty_project, tmp_path):
    """Assemble chapters of (name, text); names that begin with z go into the annex."""

    def make(**texts):
        project = open_project(empty_project)
        chapters = []
        for name, text in texts.items():
            path = project.report / f"{name}.qmd"
            path.write_text(text + "\n", encoding="utf-8")
            chapters.append(Chapter(name, path, name.startswith("z")))
        folder = tmp_path / "stage"
        assembly.assemble(project, tuple(chapters), {}, folder, year=2006, status_text="Modelldaten")
        for cut in ("", ".web"):
            (folder / "bilder" / f"fig-a{cut}.svg").write_text(SVG, encoding="utf-8")
        return folder

    return make


def source(folder):
    return typesetting.book(folder, settings(folder)).whole()


def pages(folder):
    return webpages.html_pages(folder, settings(folder))


def settings(folder):
    return yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))


def test_figures_tables_and_references_in_print(stage):
    folder = stage(
        index=f"# Eins {{#sec-eins}}\n\nSiehe @fig-a und @tbl-a, @sec-z.\n\n{FIGURE}\n\n{TABLE}",
        z="# Anhang {#sec-z}\n\nText",
    )
    text = source(folder)
    assert 'kind: "quarto-float-fig"' in text
    assert 'kind: "quarto-float-tbl"' in text
    assert "#ref(<fig-a>, supplement: [Abbildung])" in text
    assert "#ref(<tbl-a>, supplement: [Tabelle])" in text
    assert "#ref(<sec-z>, supplement: [Anhang])" in text
    assert '#bild("bilder/fig-a.svg", "Ein Bild")' in text
    assert text.count("appendices.with") == 1
    assert typesetting.compile_typst(folder, text).startswith(b"%PDF")


def test_figures_tables_and_references_on_the_web(stage):
    folder = stage(
        index=f"# Eins {{#sec-eins}}\n\n## Unter {{#sec-unter}}\n\nSiehe @fig-a, @sec-zwei.\n\n{FIGURE}",
        b=f"# Zwei {{#sec-zwei}}\n\nZurück zu @fig-a, [dorthin](#sec-unter) und [hinaus](https://example.org/#x).\n\n{TABLE}",
    )  # fmt: skip
    made = pages(folder)
    assert list(made) == ["index.html", "b.html"]
    assert '<a href="#fig-a" class="quarto-xref">Abbildung&nbsp;<span>1.1</span></a>' in made["index.html"]
    assert '<a href="b.html#sec-zwei" class="quarto-xref">Kapitel&nbsp;<span>2</span></a>' in made["index.html"]
    assert '<a href="index.html#fig-a"' in made["b.html"]
    assert 'href="index.html#sec-unter"' in made["b.html"]
    assert 'href="https://example.org/#x"' in made["b.html"]
    assert "Abbildung&nbsp;1.1: " in made["index.html"]
    assert '<span class="header-section-number">1.1</span> Unter' in made["index.html"]
    assert re.search(r"<title>Zwei – Bericht zur sozialen Lage in Musterstadt 2006</title>", made["b.html"])
    assert "Modelldaten" in made["index.html"]
    assert 'alt="Ein Bild"' in made["index.html"]


def test_navigation(stage):
    made = pages(stage(index="# Vorwort {.unnumbered}\n\nText", a="# Eins\n\nText", z="# Tafeln\n\nText"))
    page = made["a.html"]
    assert '<a href="a.html" aria-current="page">' in page
    assert "Anhang" in page
    assert 'href="z.html"' in page
    assert page.count("aria-current") == 1


def test_navigation_without_annex(stage):
    assert "Anhang" not in pages(stage(index="# Eins\n\nText"))["index.html"]


@pytest.mark.parametrize(
    ("target", "kept"), [("html", ["Web.", "Nicht auf Papier."]), ("typst", ["Papier.", "Nicht im Web."])]
)
def test_content_for_one_format(stage, target, kept):
    folder = stage(
        index="# A\n\n"
        + ONLY.format("visible", "html", "Web.")
        + ONLY.format("visible", "typst", "Papier.")
        + ONLY.format("hidden", "html", "Nicht im Web.")
        + ONLY.format("hidden", "typst", "Nicht auf Papier.")
    )
    words = source(folder) if target == "typst" else pages(folder)["index.html"]
    possible = ("Web.", "Papier.", "Nicht im Web.", "Nicht auf Papier.")
    assert [w for w in possible if re.search(rf"(^|>){w}", words, re.M)] == kept


def test_footnotes_of_two_chapters(stage):
    folder = stage(index="# A\n\nText[^1].\n\n[^1]: Erste.", b="# B\n\nText[^1].\n\n[^1]: Zweite.")
    text = source(folder)
    assert text.count("#footnote[Erste.]") == 1
    assert text.count("#footnote[Zweite.]") == 1


def test_special_characters_of_titles():
    assert typesetting.escape("a_b #1 [x] $") == "a\\_b \\#1 \\[x\\] \\$"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# A\n\nSiehe @fig-nichts.", "@fig-nichts führt ins Leere"),
        (f"# A\n\n{FIGURE}\n\n{FIGURE}", "„fig-a“ kommt zweimal vor"),
        ("# A {#sec-a}", "Das Kapitel ist leer"),
    ],
)
def test_what_is_refused_before_stitching(stage, text, words):
    with pytest.raises(InputError, match=words):
        manuscript.verify(stage(index=text))


def test_what_is_in_order_passes(stage):
    manuscript.verify(stage(index="# A\n\nText."))


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
    text = source(folder)
    first, second = (typesetting.compile_typst(folder, text) for _ in range(2))
    assert first == second


def test_formats(stage, tmp_path):
    folder = stage(index="# A\n\nText.")
    builtin.stitch(folder, ("pdf",), tmp_path / "p")
    builtin.stitch(folder, ("html",), tmp_path / "h")
    assert [p.name for p in (tmp_path / "p").iterdir()] == ["bericht-2006.pdf"]
    assert [p.name for p in (tmp_path / "h").iterdir()] == ["index.html"]

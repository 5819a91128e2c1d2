"""The web pages of the built-in stitcher on a handful of small chapters."""

import re

from chapter_texts import FIGURE, TABLE

from sozialbericht.stitching import quartosettings, webpages


def pages(folder):
    return webpages.html_pages(folder, quartosettings.read(folder))


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

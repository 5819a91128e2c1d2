"""Numbers of chapters, sections, figures and tables."""

from sozialbericht.stitching import crossref, pandoc
from sozialbericht.stitching.crossref import Document

FIGURE = "::: {{#fig-{0}}}\n![](bilder/{0}.svg)\n\n**Bild {0}** in %\n:::\n\n"
TABLE = "::: {{#tbl-{0}}}\n| A |\n| --- |\n| 1 |\n\n**Tafel {0}** in %\n:::\n\n"


def documents(*texts):
    """Documents of (page, text); pages that begin with z belong to the annex."""
    made = [Document(page, page.startswith("z"), crossref.outline(pandoc.parse(text))) for page, text in texts]
    crossref.number_chapters(made)
    return made


def test_chapters_sections_and_the_annex():
    made = documents(
        ("i.html", "# Vorwort {.unnumbered}\n\n## Ohne Nummer"),
        ("a.html", "# Eins {#sec-eins}\n\n## A {#sec-a}\n\n### B\n\n### C\n\n## D {.unnumbered}\n\n## E\n\n### F"),
        ("b.html", "# Zwei"),
        ("z1.html", "# Tabellen {#sec-t}\n\n## T"),
        ("z2.html", "# Glossar"),
    )
    assert [d.number for d in made] == ["", "1", "2", "A", "B"]
    assert [d.title for d in made] == ["Vorwort", "Eins", "Zwei", "Tabellen", "Glossar"]
    assert made[0].sections == {}
    assert made[1].sections == {0: "1", 1: "1.1", 2: "1.1.1", 3: "1.1.2", 5: "1.2", 6: "1.2.1"}
    assert made[3].sections == {0: "A", 1: "A.1"}


def test_figures_and_tables_count_by_chapter():
    made = documents(
        ("a.html", "# Eins\n\n" + FIGURE.format("a") + TABLE.format("a") + FIGURE.format("b")),
        ("b.html", "# Zwei {#sec-b}\n\n## Drei {#sec-c}\n\n" + FIGURE.format("c")),
        ("z.html", "# Anhang {#sec-z}\n\n## Teil {#sec-y}\n\n" + TABLE.format("d")),
    )
    known, faults = crossref.targets(made)
    assert faults == []
    numbers = {label: (target.word, target.number, target.page) for label, target in known.items()}
    assert numbers == {
        "fig-a": ("Abbildung", "1.1", "a.html"),
        "fig-b": ("Abbildung", "1.2", "a.html"),
        "tbl-a": ("Tabelle", "1.1", "a.html"),
        "fig-c": ("Abbildung", "2.1", "b.html"),
        "sec-b": ("Kapitel", "2", "b.html"),
        "sec-c": ("Abschnitt", "2.1", "b.html"),
        "sec-z": ("Anhang", "A", "z.html"),
        "sec-y": ("Abschnitt", "A.1", "z.html"),
        "tbl-d": ("Tabelle", "A.1", "z.html"),
    }
    assert known["fig-a"].title == "Bild a"


def test_faults_of_labels_and_captions():
    made = documents(
        ("i.html", "# Vorwort {.unnumbered}\n\n" + FIGURE.format("x")),
        ("a.html", "# Eins {#sec-a}\n\n" + FIGURE.format("a") + FIGURE.format("a")),
        (
            "b.html",
            "# Zwei {#sec-a}\n\n::: {#fig-ohne}\n![](b.svg)\n\nKein fetter Titel\n:::\n\n::: {#fig-leer}\n:::\n",
        ),
    )
    _, faults = crossref.targets(made)
    words = [str(f) for f in faults]
    assert any("„fig-x“ steht in einem Kapitel ohne Nummer" in w for w in words)
    assert any("„fig-a“ kommt zweimal vor (auch in a.html)" in w for w in words)
    assert any("„sec-a“ kommt zweimal vor" in w for w in words)
    assert any("„fig-ohne“ hat keine Beschriftung" in w for w in words)
    assert any("„fig-leer“ hat keine Beschriftung" in w for w in words)
    assert len(faults) == 5


def test_references_into_nothing_and_to_unnumbered_chapters():
    made = documents(
        ("i.html", "# Vorwort {.unnumbered #sec-v}\n\nText"),
        ("a.html", "# Eins {#sec-a}\n\nSiehe @fig-fehlt, @sec-v, @sec-a und @meier."),
    )
    known, _ = crossref.targets(made)
    faults = crossref.unresolved(made, known)
    assert [f.what for f in faults] == [
        "Der Verweis @fig-fehlt führt ins Leere.",
        "@sec-v verweist auf ein Kapitel ohne Nummer.",
    ]
    assert "[Text](#sec-v)" in faults[1].remedy
    assert made[1].outline.references == ("fig-fehlt", "sec-v", "sec-a")

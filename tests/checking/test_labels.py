"""Labels and references: what methods make, what templates say, which branches exclude each other."""

from pathlib import Path

import pytest
import small_report

from sozialbericht.checking import lint
from sozialbericht.faults import InputError
from sozialbericht.order.project import open_project
from sozialbericht.rendering import production

HEAD = "# A {#sec-a}"


def faults(root: Path, *cells: str, other: tuple[str, ...] = ("# B {#sec-b}", "x = 1")) -> list[str]:
    small_report.notebook(
        root / "notebooks" / "01_a.ipynb", (HEAD, small_report.START + (cells[0] if cells else ""), *cells[1:])
    )
    small_report.notebook(root / "notebooks" / "02_b.ipynb", other)
    return [f"{fault.place}: {fault.what}" for fault in lint.check(open_project(root))]


@pytest.mark.parametrize(
    "code",
    [
        'b.karte("anteil_u18")\nb.text("@fig-anteil-u18-karte")',
        'for i in ("anteil_u18", "hilfequote"):\n    b.rangfolge(i)\nb.text("@fig-hilfequote-rang")',
        'for i in b.indikatoren().index:\n    b.verlauf(i)\nb.text("@fig-hilfequote-verlauf")',
        'for d in b.dimensionen():\n    b.anhang().tabellen(d)\n'
        'b.text("@tbl-bevoelkerung und @sec-tabellen-bevoelkerung")',
        'for n in (1, 2):\n    b.abschnitt("Teil", f"sec-teil-{n}")\nb.text("@sec-teil-2")',
        'marke = "fig-" + b.stadtname\nb.karte("anteil_u18", id=marke)\nb.text("@fig-irgendwas")',
        'if b.ist_modell:\n    b.karte("anteil_u18", id="fig-x")\nelse:\n    b.karte("hilfequote", id="fig-x")',
        'b.text("Mehr unter [Titel](#sec-b), in der @sec-b.")',
        'b.text("Eine Anschrift: rat@sec-dienst.example.org")',
        'b.text("## Neu {#sec-neu}")\nb.text("@sec-neu")',
        'for i in ("anteil_u18",):\n    b.text(f"@fig-{i}-karte")',
    ],
)
def test_in_order(empty_project, code):
    assert faults(empty_project, code) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('b.karte("anteil_u18")\nb.text("@fig-anteil-u18-rang")', "@fig-anteil-u18-rang führt ins Leere"),
        ('b.text("Mehr unter [Titel](#sec-c).")', "#sec-c führt ins Leere"),
        ('b.text("x", sonst="@tbl-nie")', "@tbl-nie führt ins Leere"),
        ('t = b.satz("{d#eins|@tbl-nie}", d=2)', "@tbl-nie führt ins Leere"),
        ('b.karte("anteil_u18")\nb.karte("anteil_u18")', "„fig-anteil-u18-karte“ kommt zweimal vor"),
        ('b.karte("anteil_u18", id="fig-x")\nif b.ist_modell:\n    b.karte("hilfequote", id="fig-x")',
         "„fig-x“ kommt zweimal vor"),
        ('b.abschnitt("B", "sec-b")', "„sec-b“ kommt zweimal vor"),
        ('b.text("::: {#tbl-x}\\nx\\n:::")\nb.tabelle(["A"], [["b"]], id="tbl-x", titel="T", quelle="Q")',
         "„tbl-x“ kommt zweimal vor"),
    ],
)
def test_out_of_order(empty_project, code, words):
    assert any(words in fault for fault in faults(empty_project, code))


def test_a_misspelt_method_is_one_fault(empty_project):
    """Also where a text refers to the figure that it would have made."""
    told = faults(empty_project, 'b.kartte("anteil_u18")\nb.text("@fig-anteil-u18-karte")')
    assert told == ["notebooks/01_a.ipynb, Zelle 3: „b.kartte“ gibt es nicht."]
    told = faults(empty_project, 'b.kartte("anteil_u18")\nb.karte("anteil_u18")')
    assert told == ["notebooks/01_a.ipynb, Zelle 3: „b.kartte“ gibt es nicht."]
    told = faults(empty_project, 'b.kartte("anteil_u18")\nb.text("@fig-hilfequote-karte")')
    assert [line.partition(": ")[2] for line in told] == [
        "„b.kartte“ gibt es nicht.",
        "Der Verweis @fig-hilfequote-karte führt ins Leere.",
    ]


def test_sections_without_a_number(empty_project):
    other = ("# B {#sec-b .unnumbered}\n\n## C {#sec-c}", "x = 1")
    (first, second) = faults(empty_project, 'b.text("@sec-b, @sec-c, [Titel](#sec-c)")', other=other)
    assert "@sec-b verweist auf ein Kapitel ohne Nummer" in first
    assert "@sec-c verweist auf ein Kapitel ohne Nummer" in second


def test_the_references_of_some_chapters_against_the_labels_of_all(empty_project):
    assert faults(empty_project, 'b.text("@sec-b")') == []
    project = open_project(empty_project)
    assert lint.check(project, tuple(c for c in project.chapters if c.name == "a")) == []


def test_an_excerpt_refuses_what_no_chapter_has(empty_project):
    """A reference to a chapter that is left out is softened; one to nothing is a fault, as in the whole report."""
    folder = empty_project / "notebooks"
    small_report.notebook(folder / "01_a.ipynb", (HEAD, small_report.START + 'b.text("@sec-b, @sec-c")'))
    small_report.notebook(folder / "02_b.ipynb", ("# B {#sec-b}", "x = 1"))
    request = production.Request(2006, ("html",), "builtin", only=["a"], data=empty_project / "data")
    with pytest.raises(InputError) as error:
        production.make(request, root=empty_project)
    (fault,) = error.value.faults
    assert fault.what == "Der Verweis @sec-c führt ins Leere."
    assert fault.remedy.startswith("Meinten Sie „sec-")

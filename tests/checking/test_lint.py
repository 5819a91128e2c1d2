"""What is refused before anything runs."""

import json

import pytest
import small_report

from sozialbericht.checking import lint, readers
from sozialbericht.checking.code.program import program
from sozialbericht.checking.lint import check_text
from sozialbericht.checking.parameters import check as check_parameters
from sozialbericht.faults import InputError
from sozialbericht.order.project import open_project


def check_code(place, number, code):
    """What is said about a code cell that stands by itself."""
    made = program(place, [(number, code)])
    return [*made.faults, *readers.check(made)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>fett</b>", "roher HTML-"),
        ("<div>\nText\n</div>", "ein Block ohne Klasse und Marke"),
        ("```{=typst}\n#pagebreak()\n```", "roher HTML-"),
        ("```python\nx = 1\n```", "ein Codeblock"),
        ("Die Formel $a^{2$.", "lässt sich nicht lesen"),
        ("> Zitat", "ein Zitatblock"),
        ("| Zeile\n| Zeile", "ein Zeilenblock"),
        ("Text\n\n---\n\nText", "eine Trennlinie"),
        ("{{< include x.qmd >}}", "ein Shortcode"),
        ("::: {.callout-note}\nText\n:::", "der Block ::: {.callout-note}"),
        ("Siehe @meier2006.", "der Verweis @meier2006"),
        ("#### Tief", "eine Überschrift unter der dritten Ebene"),
        ('Ein "Wort" hier.', "Gerade Anführungszeichen bei"),
        ("Ein 'Wort' hier.", "Gerade Anführungszeichen bei"),
    ],
)
def test_constructs_that_the_report_cannot_set(text, words):
    faults = check_text("report/x.qmd", text)
    assert faults
    assert any(words in fault.what for fault in faults), [str(f) for f in faults]
    assert all(fault.place == "report/x.qmd" and fault.remedy for fault in faults)


@pytest.mark.parametrize(
    "text",
    [
        "# Titel {#sec-a}\n\n## Unter {.unnumbered}\n\nText mit *kursiv*, **fett**, `Code`, [Link](https://example.org).",
        "- eins\n- zwei\n\n1. eins\n2. zwei\n\nBegriff\n:   Erklärung",
        "Fußnote[^1] und eine zweite^[gleich hier].\n\n[^1]: Text",
        "Siehe @fig-a, @tbl-b und @sec-c.",
        "::: {#fig-a}\n![](bilder/a.svg){fig-alt=\"Alt\"}\n\n::: {.quelle}\nQ\n:::\n\n**Titel** Einheit\n:::",
        "::: {#tbl-a}\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n**Titel** Einheit\n:::",
        "::: {.leitsatz}\nText\n:::\n\n::: {.kasten titel=\"T\"}\nText\n:::",
        "::: {.content-visible when-format=\"html\"}\nText\n:::",
        "„Deutsch“ und ‚einfach‘, Michaels’ Haus, 5–7 % …",
    ],
)  # fmt: skip
def test_constructs_of_the_list_are_fine(text):
    assert check_text("x", text) == []


@pytest.mark.parametrize(
    "code",
    [
        'pd.read_csv("data/werte/2006.csv")',
        'open("x").read()',
        'Path("x").read_text()',
        "import csv",
        "import urllib.request",
        "from sozialbericht.data import contract",
        "from sozialbericht.data.contract import load",
        "import sozialbericht.data.files",
        'gpd.read_file("x.geojson")',
        'np.loadtxt("x")',
    ],
)
def test_notebooks_do_not_read_files(code):
    (fault,) = check_code("notebooks/a.ipynb", 3, code)
    assert fault.place == "notebooks/a.ipynb, Zelle 3"
    assert "liest Dateien oder das Netz" in fault.what


@pytest.mark.parametrize(
    "code",
    [
        'b.daten("al_rate")',
        "import pandas as pd\nimport seaborn as sns",
        "x = (a\n  % b)",
        "text = '''\n%matplotlib\n!ls\n'''",
        "from sozialbericht.bericht import Bericht",
        "bericht_offen = 1\nf()()",
    ],
)
def test_what_notebooks_may_do(code):
    assert check_code("x", 1, code) == []


def test_code_that_is_no_python():
    (fault,) = check_code("notebooks/a.ipynb", 2, "x = 1\nwenn x:")
    assert fault.row == 2
    assert "SyntaxError" in fault.what


def notebook(*cells):
    return {
        "cells": [
            {"cell_type": "code", "source": s, "metadata": {"tags": ["parameters"]} if tagged else {}}
            for s, tagged in cells
        ]
    }


def test_parameters():
    whole = "jahr = 2006\nvergleichsjahr = 2005\ndaten = 'data'"
    assert check_parameters("x", notebook((whole, True), ("y = 1", False))) == []
    assert "fehlt die Parameterzelle" in check_parameters("x", notebook((whole, False)))[0].what
    assert "mehrere Parameterzellen" in check_parameters("x", notebook((whole, True), (whole, True)))[0].what
    faults = check_parameters("x", notebook(("jahr = 2006\njahrzehnt = 1", True)))
    assert [f.what for f in faults] == [
        "Die Parameterzelle setzt „vergleichsjahr“ nicht.",
        "Die Parameterzelle setzt „daten“ nicht.",
    ]


def test_labels_used_twice_over_all_chapters(empty_project):
    folder, code = empty_project / "notebooks", small_report.START + 'b.karte("anteil_u18", id="fig-doppelt")'
    small_report.notebook(folder / "01_a.ipynb", ("# A {#sec-doppelt}", code))
    small_report.notebook(folder / "02_b.ipynb", ("# B {#sec-doppelt}", code))
    faults = lint.check(open_project(empty_project))
    assert [(f.place, f.what) for f in faults] == [
        (
            "notebooks/02_b.ipynb, Zelle 1",
            "Die Marke „sec-doppelt“ kommt zweimal vor, zuerst in notebooks/01_a.ipynb, Zelle 1.",
        ),
        (
            "notebooks/02_b.ipynb, Zelle 3",
            "Die Marke „fig-doppelt“ kommt zweimal vor, zuerst in notebooks/01_a.ipynb, Zelle 3.",
        ),
    ]


def test_all_faults_of_all_chapters_at_once(empty_project):
    folder = empty_project / "notebooks"
    small_report.notebook(folder / "01_a.ipynb", ("# A", 'open("x")'), parameters="jahr = 1")
    (folder / "02_b.ipynb").write_text('{"cells": [', encoding="utf-8")
    (folder / "03_c.ipynb").write_text('{"nichts": 1}', encoding="utf-8")
    (empty_project / "report" / "index.qmd").write_bytes("# Ü".encode("latin-1"))
    faults = lint.check(open_project(empty_project))
    words = "\n".join(map(str, faults))
    assert "report/index.qmd, Zeile 1: Die Datei ist nicht in UTF-8 gespeichert." in words
    assert "notebooks/01_a.ipynb: Die Parameterzelle setzt „vergleichsjahr“ nicht." in words
    assert "notebooks/01_a.ipynb, Zelle 3, Zeile 1: Die Zelle liest Dateien" in words
    assert "notebooks/02_b.ipynb, Zeile 1: Das Notebook ist kein gültiges JSON" in words
    assert "notebooks/03_c.ipynb: Die Datei ist kein Notebook (Zellen fehlen)." in words
    assert len(faults) == 6


def test_only_the_chosen_chapters(empty_project):
    project = open_project(empty_project)
    (empty_project / "report" / "index.qmd").write_text("> Zitat\n", encoding="utf-8")
    assert len(lint.check(project, project.chapters[:1])) == 1


def test_the_shipped_report_is_in_order(pytestconfig):
    assert lint.check(open_project(pytestconfig.rootpath)) == []


def test_shipped_notebooks_are_thin_and_without_outputs(pytestconfig):
    for path in sorted((pytestconfig.rootpath / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert len(cells) <= 12, path.name
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells), path.name


def test_broken_json_names_the_line(tmp_path):
    from sozialbericht.execution.chapters import read_notebook

    path = tmp_path / "a.ipynb"
    path.write_text('{\n"cells": [}\n', encoding="utf-8")
    with pytest.raises(InputError, match="Zeile 2"):
        read_notebook(path)


# inputs that nobody meant to be read


def chapter(folder, change, name="01_a.ipynb", cells=("# A {#sec-a}", "y = 1")):
    """A notebook changed as JSON; returns what is said about it."""
    path = small_report.notebook(folder / "notebooks" / name, cells)
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    return lint.check(open_project(folder))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda n: n["cells"][0].pop("cell_type"), "Die Art der Zelle"),
        (lambda n: n["cells"][0].update(cell_type="heading"), "Die Art der Zelle"),
        (lambda n: n["cells"][0].update(source=5), "kein Text"),
        (lambda n: n["cells"][0].update(source=["a", None]), "kein Text"),
        (lambda n: n["cells"].__setitem__(0, []), "kein Objekt"),
        (lambda n: n["cells"][1]["metadata"].update(tags=None), "keine Liste"),
        (lambda n: n["cells"][1]["metadata"].update(tags="parameters"), "keine Liste"),
        (lambda n: n["cells"][1].update(metadata=None), "Metadaten der Zelle fehlen"),
        (lambda n: n["cells"][1].update(outputs=None), "Ausgaben"),
        (lambda n: n.update(cells={}), "kein Notebook"),
        (lambda n: n.pop("cells"), "kein Notebook"),
        (lambda n: n.update(nbformat=3), "nbformat"),
        (lambda n: n.pop("nbformat"), "nbformat"),
        (lambda n: n.update(metadata=None), "Sprache Python"),
        (lambda n: n.update(metadata={}), "Sprache Python"),
        (lambda n: n.update(metadata={"kernelspec": {"name": "ir", "language": "R"}}), "Sprache Python"),
        (lambda n: n["cells"][0].update(source="# A \ud800"), "U+D800"),
        (lambda n: n["cells"][0].update(source="# A \x00"), "U+0000"),
        (lambda n: n["cells"][2].update(source="x = '\u202e'"), "U+202E"),
        (lambda n: n["cells"][2].update(source="-" * 20_000 + "1"), "Python versteht"),
        (lambda n: n["cells"][2].update(source="(" * 300), "Python versteht"),
    ],
)
def test_odd_notebooks(empty_project, change, words):
    faults = chapter(empty_project, change)
    assert any(words in fault.what for fault in faults), faults
    assert all(fault.place.startswith("notebooks/01_a.ipynb") for fault in faults)


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b"9" * 6000, b"\xef\xbb\xbf{}", b"\xff\xfe{\x00}\x00",
        '{"cells": "Ü"}'.encode("latin-1"), b"", b"null", b'{"worksheets": []}']
)  # fmt: skip
def test_notebooks_that_are_none(empty_project, content):
    (empty_project / "notebooks" / "01_a.ipynb").write_bytes(content)
    (fault,) = lint.check(open_project(empty_project))
    assert fault.place == "notebooks/01_a.ipynb"


@pytest.mark.parametrize(
    "year",
    [
        "jahr: int = 2006",
        "jahr = 2006  # das Jahr",
        "jahr: 'int' = 2006",
        "jahr, x = 2006, 1",
        "(jahr) = 2006",
        "jahr = x = 2006",
    ],
)
def test_parameters_as_papermill_takes_them(year):
    assert check_parameters("x", notebook((f"{year}\nvergleichsjahr = 2005\ndaten = 'data'", True))) == []


@pytest.mark.parametrize("year", ["jahr: int", "jahr == 2006", "# jahr = 2006", "x.jahr = 2006", "'''\njahr = 2006'''"])
def test_what_sets_no_parameter(year):
    (fault,) = check_parameters("x", notebook((f"jahrgang = 1\n{year}\nvergleichsjahr = 2005\ndaten = 'data'", True)))
    assert "„jahr“" in fault.what


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("Text\n\n::: {.kasten}\noffen\n", 3, "nicht geschlossen"),
        ("::: {.kasten}\na\n\n::: {.quelle}\nb\n:::\n", 1, "nicht geschlossen"),
        ("Text\n\n:::\n\nmehr", 3, "ohne zugehörigen Block"),
        ("::: {.kasten}\na\n:::\n\n:::\n", 5, "ohne zugehörigen Block"),
        ("Text\n::: {.kasten}\nx\n:::\n", 2, "ohne zugehörigen Block"),
        ("a\n\nb[^x]", 3, "[^x] hat keinen Text"),
        ("a\n\n[^x]: t", 3, "verweist nichts"),
        ("a[^x]\n\n[^x]: t\n\n[^x]: u", 5, "zwei Texte"),
        ("a[^x]\n\n[^x]:\n\nb", 3, "[^x] hat keinen Text"),
        ("a\n\n{{< include x", 3, "der nicht endet"),
        ("---\na: [\n---\n\nText", 1, "YAML-Kopf"),
        ("a\n\n" + ">" * 3000 + " x", 3, "tief verschachtelt"),
        ("a\n\n" + "[" * 20_000, 3, "tief verschachtelt"),
        ("a\n\n" + "![](" * 3000, 3, "tief verschachtelt"),
        ("a\n\n" + "[a](b " * 3000, 3, "tief verschachtelt"),
        ("a\n\n" + "[@a;" * 3000, 3, "tief verschachtelt"),
        ("a\x0cb", 1, "U+000C"),
    ],
)
def test_texts_with_open_ends(empty_project, text, row, words):
    (empty_project / "report" / "index.qmd").write_text(text + "\n", encoding="utf-8", newline="")
    faults = lint.check(open_project(empty_project))
    assert [(f.place, f.row) for f in faults if words in f.what][:1] == [("report/index.qmd", row)], faults


@pytest.mark.parametrize(
    "text", ["`::: {.kasten}`", "```\n::: {.kasten}\n```", "Ein `[^x]` im Text", "a [^x]b\n\n[^x]: t\n    mehr", "> a"]
)
def test_marks_in_code_are_none(empty_project, text):
    (empty_project / "report" / "index.qmd").write_text(text + "\n", encoding="utf-8")
    faults = lint.check(open_project(empty_project))
    assert not any(word in f.what for f in faults for word in ("Block (", "zugehörigen", "Fußnote"))


def test_halves_of_a_footnote_in_two_cells(empty_project):
    code = small_report.START + "b.text('[^y]: hier')\nb.text('und[^z]')"
    cells = ("# A {#sec-a}\n\nText[^x] und[^y]", code, "## B\n\n[^x]: Text\n\n[^z]: Text")
    small_report.notebook(empty_project / "notebooks" / "01_a.ipynb", cells)
    assert lint.check(open_project(empty_project)) == []


@pytest.mark.parametrize(
    "content", ["color: [", "color: 5", "", "color:\n  palette: []", "color:\n  palette:\n    tinte: rot", "\x00"]
)
def test_colours_that_cannot_be_read(empty_project, content):
    (empty_project / "report" / "_brand.yml").write_text(content, encoding="utf-8")
    faults = lint.check(open_project(empty_project))
    assert faults and all("_brand.yml" in f.place for f in faults)


def test_a_misspelt_key_is_one_fault_not_two(tmp_path):
    """The label that the figure would have set is not missed where the chapter refers to it."""
    root = small_report.project(tmp_path)
    path = root / "notebooks" / "01_bevoelkerung.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('b.karte(\\"anteil_u18\\")', 'b.karte(\\"anteil_u81\\")'), encoding="utf-8")
    (fault,) = lint.check(open_project(root), data=root / "data")
    assert (fault.what, fault.remedy) == ("Den Indikator „anteil_u81“ gibt es nicht.", "Meinten Sie „anteil_u18“?")
    dead = text.replace("@fig-anteil-u18-karte", "@fig-anteil-u18-kart")
    path.write_text(dead, encoding="utf-8")
    assert [fault.what for fault in lint.check(open_project(root), data=root / "data")] == [
        "Der Verweis @fig-anteil-u18-kart führt ins Leere."
    ]

"""What is refused before anything runs."""

import json

import pytest
import small_report

from sozialbericht.faults import InputError
from sozialbericht.project import open_project
from sozialbericht.rendering import lint
from sozialbericht.rendering.lint import check_code, check_parameters, check_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>fett</b>", "roher HTML-"),
        ("<div>\nText\n</div>", "ein Block ohne Klasse und Marke"),
        ("```{=typst}\n#pagebreak()\n```", "roher HTML-"),
        ("```python\nx = 1\n```", "ein Codeblock"),
        ("Die Formel $a^2$.", "eine Formel"),
        ("$$a^2$$", "eine Formel"),
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
        "%matplotlib inline\n!ls\nx = 1",
        "from sozialbericht.writing.report import Bericht",
        "bericht_offen = 1\nf()()",
    ],
)
def test_what_notebooks_may_do(code):
    assert check_code("x", 1, code) == []


def test_code_that_is_no_python():
    (fault,) = check_code("notebooks/a.ipynb", 2, "x = 1\nwenn x:")
    assert "Python versteht Zeile 2 nicht" in fault.what


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
    folder = empty_project / "notebooks"
    small_report.notebook(folder / "01_a.ipynb", ("# A {#sec-doppelt}", 'b.karte("x", id="fig-doppelt")'))
    small_report.notebook(folder / "02_b.ipynb", ("# B {#sec-doppelt}", 'b.karte("x", id="fig-doppelt")'))
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
    assert "notebooks/01_a.ipynb, Zelle 3: Die Zelle liest Dateien" in words
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
    from sozialbericht.rendering.chapters import read_notebook

    path = tmp_path / "a.ipynb"
    path.write_text('{\n"cells": [}\n', encoding="utf-8")
    with pytest.raises(InputError, match="Zeile 2"):
        read_notebook(path)

"""Faults planted in a copy of the small report, one at a time: each is told, with its place and what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import small_report

from sozialbericht import command
from sozialbericht.checking import lint
from sozialbericht.order import project
from sozialbericht.order.project import PICTURES, open_project

NOTEBOOK, TEXT = "03_arbeitslosigkeit.ipynb", "glossar.qmd"
#: Cells of the notebook: heading, parameters, first sentences, heading, tables, own figure.
FIRST, HEADING, TABLES, OWN = 3, 4, 5, 6


@pytest.fixture
def root(small_project: Path, tmp_path: Path) -> Path:
    """A copy of the small project that may be changed."""
    copy = Path(shutil.copytree(small_project, tmp_path / "projekt", ignore=shutil.ignore_patterns("build")))
    (copy / PICTURES / "orte").mkdir(parents=True)
    (copy / PICTURES / "orte" / "platz.jpg").touch()
    return copy


def code(number: int, old: str, new: str) -> Callable[[Path], str]:
    """Replace words in a cell; returns its place."""

    def plant(root: Path) -> str:
        path = root / "notebooks" / NOTEBOOK
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cell = notebook["cells"][number - 1]
        assert old in cell["source"], cell["source"]
        cell["source"] = cell["source"].replace(old, new, 1)
        path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
        return f"notebooks/{NOTEBOOK}, Zelle {number}"

    return plant


def added(number: int, line: str) -> Callable[[Path], str]:
    """Add a line at the end of a cell; returns its place."""

    def plant(root: Path) -> str:
        path = root / "notebooks" / NOTEBOOK
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["cells"][number - 1]["source"] += f"\n\n{line}"
        path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
        return f"notebooks/{NOTEBOOK}, Zelle {number}"

    return plant


def text(line: str) -> Callable[[Path], str]:
    """Add a line to a text; returns its place."""

    def plant(root: Path) -> str:
        small_report.append(root / "report" / TEXT, f"\n{line}")
        return f"report/{TEXT}"

    return plant


def photograph(name: str) -> str:
    """A line that shows one."""
    return f"b.bild('{name}', id='fig-foto', titel='Platz', alternativtext='Ein Platz.', quelle='Foto: Stadt, CC0.')"


#: What is planted, the words by which it is told, and what is proposed.
PLANTED: dict[str, tuple[Callable[[Path], str], str, str]] = {
    "method misspelt": (
        code(FIRST, "b.verlauf(", "b.verlauff("), "„b.verlauff“ gibt es nicht", "Meinten Sie „verlauf“?",
    ),
    "property of a value misspelt": (added(FIRST, "x = d.frueherer"), "„d.frueherer“ gibt es nicht", "„frueher“"),
    "property of the first of a list": (
        added(FIRST, 'y = b.hoechste(q)[0].raumm'), "„raumm“ gibt es nicht", "Meinten Sie „raum“",
    ),
    "keyword misspelt": (
        code(TABLES, "einheit=", "einheiten="), "Die Angabe „einheiten“ kennt „b.tabelle_bezirke“ nicht", "„einheit“",
    ),
    "too many by position": (
        added(FIRST, 'b.karte(q, "fig-karte")'), "„b.karte“ bekommt 2 Angaben ohne Namen und nimmt höchstens 1", "id",
    ),
    "picture misspelt": (
        added(OWN, photograph("platz.jpeg")), "Das Bild „platz.jpeg“ gibt es nicht", "Meinten Sie „orte/platz.jpg“?",
    ),
    "picture nowhere": (added(OWN, photograph("x")), "Das Bild „x“ gibt es nicht", "in den Ordner notebooks/bilder"),
    "photograph without an alternative text": (
        added(OWN, photograph("orte/platz.jpg").replace(", alternativtext='Ein Platz.'", "")),
        "„b.bild“ braucht noch „alternativtext“", "alternativtext=…",
    ),
    "argument left out": (
        code(OWN, ', quelle="Eigene Auszählung."', ""), "„b.abbildung“ braucht noch „quelle“", "quelle=…",
    ),
    "indicator misspelt": (
        code(FIRST, 'b.verlauf("arbeitslosenquote")', 'b.verlauf("arbeitslosenqote")'),
        "Den Indikator „arbeitslosenqote“ gibt es nicht", "Meinten Sie „arbeitslosenquote“?",
    ),
    "indicator misspelt in a variable": (
        code(FIRST, 'q = "arbeitslosenquote"', 'q = "arbeitslosnquote"'),
        "Den Indikator „arbeitslosnquote“ gibt es nicht", "„arbeitslosenquote“",
    ),
    "indicator misspelt in a list": (
        code(TABLES, '"hilfequote"', '"hilfsquote"'), "Den Indikator „hilfsquote“ gibt es nicht", "„hilfequote“",
    ),
    "area misspelt": (added(FIRST, 'w = b.wert(q, "sb_nort")'), "Das Gebiet „sb_nort“ gibt es nicht", "„sb_nord“"),
    "level misspelt": (
        added(FIRST, 'w = b.hoechste(q, ebene="stadtbezirke")'),
        "Die Ebene „stadtbezirke“ gibt es nicht", "„stadtbezirk“",
    ),
    "count misspelt": (added(FIRST, 'w = b.zahl("alo_u52")'), "Das Merkmal „alo_u52“ gibt es nicht", "„alo_u25“"),
    "name never defined": (
        code(OWN, "achse.barh(werte[", "achse.barh(wert["), "„wert“ ist nirgends definiert", "„werte“",
    ),
    "name used too early": (
        code(FIRST, "b.kennzahlen(", "b.text(zusatz)\nzusatz = 'Ein Satz.'\nb.kennzahlen("),
        "„zusatz“ wird benutzt, bevor es einen Wert hat", "Zelle 3, Zeile 7",
    ),
    "reference in Markdown": (
        added(HEADING, "Siehe @tbl-alo-bezirk."), "Der Verweis @tbl-alo-bezirk führt ins Leere", "„tbl-alo-bezirke“",
    ),
    "reference in a template": (
        added(FIRST, 'b.text("Siehe @fig-eigenes.")'), "Der Verweis @fig-eigenes führt ins Leere", "„fig-eigene“",
    ),
    "label set twice": (
        code(OWN, 'id="fig-eigene"', 'id="fig-alo-linie"'),
        "Die Marke „fig-alo-linie“ kommt zweimal vor", "eigene Marke",
    ),
    "made label set twice": (
        added(OWN, 'b.karte("anteil_u18")'), "Die Marke „fig-anteil-u18-karte“ kommt zweimal vor", "eigene Marke",
    ),
    "magic": (
        code(OWN, "import matplotlib", "%matplotlib inline\nimport matplotlib"),
        "„%matplotlib inline“ ist ein Befehl", "löschen",
    ),
    "shell": (added(OWN, "!pip install seaborn"), "„!pip install seaborn“ ist ein Befehl", "requirements.lock"),
    "picture": (
        text("![Eine Karte](karte.png)"),
        "Ein Bild in einem Text (karte.png) kommt nicht in den Bericht", "b.abbildung",
    ),
    "pipe table": (text("| A | B |\n| --- | --- |\n| x | y |"), "eine Tabelle ohne ::: {#tbl-…}", "b.tabelle(…)"),
    "struck out": (added(HEADING, "Das ist ~~falsch~~ richtig."), "durchgestrichener Text (~~…~~)", "Bausteine"),
    "underlined": (added(HEADING, "Das ist [wichtig]{.underline}."), "unterstrichener Text", "Bausteine"),
    "number typed into Markdown": (
        added(HEADING, "Die Quote beträgt 12,1 %."),
        "Hier steht eine getippte Zahl: „Die Quote beträgt 12,1 %", "(Quelle: …)",
    ),
    "number typed into a template": (
        added(FIRST, 'b.text("In 13 Sozialräumen steigt sie.")'),
        "Hier steht eine getippte Zahl: „In 13 Sozialräumen", "b.wert(…)",
    ),
    "number typed into a title": (
        code(OWN, 'titel="Eine eigene Abbildung"', 'titel="Die 1.234 Kinder"'),
        "Hier steht eine getippte Zahl: „Die 1.234 Kinder“", "b.wert(…)",
    ),
    "number typed into a text": (
        text("Es gibt 13 Sozialräume."), "Hier steht eine getippte Zahl: „Es gibt 13 Sozialräume.“", "Quelle",
    ),
    "value of a template left out": (
        code(TABLES, ", s=b.stadtname", ""), "der Aufruf übergibt keinen Wert „s“", "s=…",
    ),
    "property in a template misspelt": (
        code(FIRST, "Seit {d.frueher}", "Seit {d.fruher}"), "„fruher“ gibt es bei Aenderung nicht", "„frueher“",
    ),
    "choices of a template": (
        code(FIRST, "|um {d} gesunken|gleich geblieben}", "|um {d} gesunken}"),
        "hat 2 statt 3 Möglichkeiten", "gestiegen|gesunken|gleich",
    ),
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_told(root: Path, planted: tuple[Callable[[Path], str], str, str]) -> None:
    plant, words, remedy = planted
    place = plant(root)
    faults = lint.check(open_project(root))
    assert any(
        words in fault.what and remedy in fault.remedy and fault.place == place and fault.row for fault in faults
    ), [str(fault) for fault in faults]
    assert len(faults) <= 2, "and nothing besides, but for what follows from it"


def test_the_small_report_is_in_order(root: Path) -> None:
    assert lint.check(open_project(small_report.with_profiles(root))) == []


def test_all_planted_faults_at_once(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command tells them together, twice: the second time from what it has kept."""
    monkeypatch.setattr(project, "default_root", lambda: root)
    told = []
    for name in ("indicator misspelt", "keyword misspelt", "picture", "struck out", "number typed into a text"):
        plant, words, _ = PLANTED[name]
        plant(root)
        told.append(words)
    said = []
    for _ in range(2):
        assert command.render(["--check", "--data", str(root / "data")]) == command.WRONG
        said.append(capsys.readouterr().err)
    assert said[0] == said[1]
    assert said[0].startswith("5 Fehler")
    assert all(words in said[0] for words in told)

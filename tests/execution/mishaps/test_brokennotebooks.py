"""Forty broken notebooks, run in one go on kernels of one parent: each message names notebook, cell and line in German
and says what to do next.
"""

import re
from pathlib import Path

import pytest
import small_report

from sozialbericht.execution.runs import execute
from sozialbericht.order import project
from sozialbericht.order.tasks import task

S = small_report.START
W = S + 'werte = b.daten("arbeitslosenquote")\n'
#: Name → last cell, the line that fails, what is said of the cause, what of the next step.
BROKEN = {
    "name": ("wertt = 1\nprint(wetrt)", 2, "„wetrt“ ist nirgends definiert", "Meinten Sie „wertt“?"),
    "name_fern": ("xyz", 1, "„xyz“ ist nirgends definiert", "einen Import weiter oben"),
    "lokal": ("def f():\n    z += 1\nf()", 2, "wird in der Funktion benutzt, bevor", "den Wert mitgeben"),
    "null": ("a = 3\n\nb = a / 0", 3, "Hier wird durch 0 geteilt", "Nenner"),
    "spalte": (W + 'x = werte["wrt"]', 5, "Die Spalte „wrt“ gibt es nicht", "Meinten Sie „wert“? Vorhanden: "),
    "spalten": (W + 'x = werte[["wert", "nam"]]', 5, "Die Spalte „nam“ gibt es nicht", "Meinten Sie „name“?"),
    "sortiert": (W + 'werte.sort_values("wertt")', 5, "Die Spalte „wertt“ gibt es nicht", "Meinten Sie „wert“?"),
    "schluessel": ('d = {"a": 1}\nd["b"]', 2, "Den Schlüssel „b“ gibt es nicht", "list(…)"),
    "eintrag": ("x = [1, 2]\nx[5]", 2, "So viele Einträge gibt es nicht", "len(…)"),
    "methode": (S + 'getattr(b, "krate")("x")', 4, "„b.krate“ gibt es nicht.", "Meinten Sie „karte“"),
    "attribut": ("x = [1]\nx.apend(2)", 2, "Eine Liste hat kein „apend“", "Meinten Sie „append“?"),
    "nichts": ("x = None\nx.wert", 2, "Vor „.wert“ steht nichts (None)", "woher der Wert kommt"),
    "modulname": ("import math\nmath.sqtr(2)", 2, "Das Modul „math“ hat kein „sqtr“", "Meinten Sie „sqrt“?"),
    "text_und_zahl": ('"Anteil " + 3', 1, "ein Text und eine Zahl lassen sich", "b.satz("),
    "zahl_und_text": ('3 + "Anteil"', 1, "Links von „+“ steht eine Zahl, rechts ein Text", "float(…)"),
    "vergleich": ('"3" < 4', 1, "Links von „<“ steht ein Text, rechts eine Zahl", "Zahlen oder zu Text"),
    "aufruf": ("x = 3\nx(1)", 2, "Vor den runden Klammern steht eine Zahl", "Die Klammern streichen"),
    "klammern": ("len[3]", 1, "Vor […] steht eine Funktion", "runde Klammern"),
    "schleife": ("for x in 3:\n    pass", 1, "Eine Zahl hat keine Einträge", "[ … ]"),
    "laenge": ("len(3)", 1, "Eine Zahl hat keine Länge", "display(…)"),
    "angabe": ("def f(a):\n    return a\nf(c=1)", 3, "„f“ kennt die Angabe „c“ nicht", "Namen der Angabe"),
    "angabe_fehlt": ("def f(a):\n    return a\nf()", 3, "„f“ fehlen Angaben: 'a'", "ergänzen"),
    "angaben": ("def f(a):\n    return a\nf(1, 2)", 3, "„f“ bekommt zu viele Angaben", "mit ihrem Namen"),
    "zahl": ('float("1.234,5")', 1, "„1.234,5“ ist keine Zahl", "einen Punkt"),
    "ganze_zahl": ('int("3,5")', 1, "„3,5“ ist keine ganze Zahl", "Ziffern"),
    "wahrheit": (W + 'if werte["wert"] > 3:\n    pass', 5, "weder wahr noch falsch", ".any()"),
    "auspacken": ("a, b, c = 1, 2", 1, "Links vom „=“ stehen 3 Namen, rechts nur 2", "So viele Namen"),
    "spaltenlaenge": (W + 'werte["neu"] = [1, 2]', 5, "Eine Spalte mit 2 Werten passt nicht", "Gleich viele"),
    "modul": ("import seabron", 1, "Das Modul „seabron“ gibt es nicht", "Umgebung"),
    "import": ("from math import sqtr", 1, "„sqtr“ gibt es im Modul „math“ nicht", "Meinten Sie „sqrt“?"),
    "datei": ('open("fehlt.csv")', 1, "Eine Datei gibt es nicht", "b.daten(…)"),
    "annahme": ("assert 1 == 2", 1, "Eine Annahme des Notebooks", "Die Annahme prüfen"),
    "rekursion": ("def f():\n    return f()\nf()", 2, "ruft sich ohne Ende selbst auf", "ein Ende"),
    "klammer_offen": ("x = 1\ny = (2", 2, "Die Zelle hört mitten in einem Ausdruck auf", "Klammer"),
    "doppelpunkt": ("for x in [1]\n    pass", 1, "Am Ende der Zeile fehlt ein Doppelpunkt", "„:“ ergänzen"),
    "eingerueckt": ("x = 1\n    y = 2", 2, "Die Zeile ist eingerückt", "Leerzeichen davor löschen"),
    "indikator": (S + 'b.wert("arbeitslosen" + "qote")', 4, "Indikator „arbeitslosenqote“", "Meinten Sie „arbeits"),
    "platzhalter": (S + 'b.satz("In {raun}", raum="x")', 4, "keinen Wert „raun“", "Meinten Sie „raum“?"),
    "eigenschaft": (S + 'b.satz("{w.rumm}", w=b.wert("anteil_u18"))', 4, "hat kein „rumm“", "Meinten Sie „raum“?"),
    "frage": ('input("Jahr?")', 1, "Im Bericht antwortet niemand", "Parameterzelle"),
    "ende": ("raise SystemExit", 1, "Die Zelle beendet das Notebook", "b.wenn(…)"),
}  # fmt: skip
NAMES = list(BROKEN)
ENGLISH = re.compile(r"\b(?:the|not|is|of|has|with|expected|Traceback|File)\b")


@pytest.fixture(scope="module")
def failures(tmp_path_factory):
    """What became of all notebooks, by name, in one run."""
    folder = tmp_path_factory.mktemp("kaputt")
    given = {"jahr": 2006, "vergleichsjahr": 2005, "daten": str(small_report.CITY)}
    tasks = []
    for name, (code, *_) in BROKEN.items():
        path = small_report.notebook(folder / "notebooks" / f"{name}.ipynb", ("# Titel", "x = 1", code))
        tasks.append(task("2006", name, path, given))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "default_root", lambda: Path(small_report.ROOT))
        return {result.task.name: result.failure for result in execute(tasks)}


def test_every_notebook_of_a_run_is_told(failures):
    assert len(NAMES) >= 40
    assert [name for name in NAMES if failures[name] is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_message(name, failures):
    code, row, what, remedy = BROKEN[name]
    told = failures[name].told(Path("/da/ausgeführt.ipynb"))
    head, *lines = told.split("\n")
    assert head.startswith(f"notebooks/{name}.ipynb, Zelle 4, Zeile {row}: "), told
    assert what.casefold() in head.casefold()
    assert not ENGLISH.search(re.sub(r" \(\w+: .*\)", "", head)), "Python's own words stand in brackets at the end"
    arrow = next(line for line in lines if line.startswith("  → "))
    assert remedy in arrow
    assert lines[0].strip() == code.split("\n")[row - 1].strip()
    assert set(lines[1].strip()) == {"^"}
    assert lines[1].index("^") <= len(lines[0]), "below the line, or just behind it"
    assert "Traceback" not in told and "\x1b" not in told

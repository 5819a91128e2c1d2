"""Code of notebooks against the package: what may be said of it, and what nobody can know."""

import pytest
import small_report

from sozialbericht.checking import lint
from sozialbericht.order.project import open_project


def told(root, code, **more):
    small_report.notebook(root / "notebooks" / "01_a.ipynb", ("# A {#sec-a}", small_report.START + code), **more)
    return [f"Zeile {f.row - 3}: {f.what} {f.remedy}" if f.row else str(f) for f in lint.check(open_project(root))]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("b.gibt_es_nicht()", "Zeile 1: „b.gibt_es_nicht“ gibt es nicht."),
        ("bericht = b\nbericht.kartee()", "Zeile 2: „bericht.kartee“ gibt es nicht."),
        ('w, v = b.wert("anteil_u18"), 1\nw.stant', "„w.stant“ gibt es nicht. Meinten Sie „stand“"),
        ('w = {i: b.wert(i) for i in ("anteil_u18",)}\nw["anteil_u18"].stant', "„stant“ gibt es nicht"),
        ('for w in b.hoechste("anteil_u18", 3):\n    w.stant', "„w.stant“ gibt es nicht"),
        ('x = [w.stant for w in b.hoechste("anteil_u18", 3)]', "„w.stant“ gibt es nicht"),
        ('oben, *rest = b.hoechste("anteil_u18", 3)\nb.text("{x.y}")', "keinen Wert „x“"),
        ('hoch, tief = b.raumstruktur().enden("anteil_u18")\ntief.gibt_es_nicht', "„tief.gibt_es_nicht“ gibt es nicht"),
        ("b.stadtname.uper()", "gibt es nicht: Das ist ein Text."),
        ("b.stadtname()", "„b.stadtname“ ist keine Methode"),
        ("b.typisierung.grund", "fehlen die Klammern"),
        ('b.text("x").strip()', "„b.text“ liefert nichts"),
        ("from sozialbericht.numbers import numbre",
         "„numbre“ gibt es in „sozialbericht.numbers“ nicht. Meinten Sie „number“"),
        ("from sozialbericht.zahlen import x", "Das Modul „sozialbericht.zahlen“ gibt es nicht"),
        ("from sozialbericht import numbers\nnumbers.number()", "„numbers.number“ braucht noch"),
        ("from sozialbericht.drawing.canvas import style\nstyle.TEXTT",
         "„style.TEXTT“ gibt es nicht. Meinten Sie „TEXT“"),
        ("b.name()", "„b.name“ braucht noch „raum“. raum=… ergänzen."),
        ('b.name("sb_nord", raum="sb_nord")', "bekommt die Angabe „raum“ zweimal"),
        ('b.dimensionen("x")', "„b.dimensionen“ bekommt 1 Angaben ohne Namen und nimmt keine"),
        ('b.tabelle_bezirke(["anteil_u18:anzal"], id="tbl-a", titel="T")',
         "„:anzal“ gibt es nicht. Meinten Sie „anzahl“"),
        ('b.tabelle_zahlen({"x": "bef"}, id="tbl-a", titel="T", kopf="")', "Das Merkmal „bef“ gibt es nicht"),
        ('b.paare(("anteil_u18", "a"), ("anteil_18", "b"), id="fig-a", titel="T", einheit="")',
         "„anteil_18“ gibt es nicht"),
        ('b.karte("anteil_u18", id="karte")', "Die Marke „karte“ beginnt nicht mit „fig-“"),
        ("print(unbekannt)", "„unbekannt“ ist nirgends definiert"),
        ("def f():\n    return unbekannt", "Zeile 2: „unbekannt“ ist nirgends definiert"),
        ("x = [y for z in range(3)]", "„y“ ist nirgends definiert"),
        ("return 1", "„return“ steht außerhalb einer Funktion"),
        ("%%bash\nls", "„%%bash“ ist ein Befehl"),
        ("dateien = !ls", "ist ein Befehl"),
        ("if b.ist_modell:\n    %time x = 1", "Zeile 2: „%time x = 1“ ist ein Befehl"),
        ("b.karte?", "„b.karte?“ ist ein Befehl"),
        ("%run andere.ipynb", "gehört in ein Modul"),
    ],
)  # fmt: skip
def test_told(empty_project, code, words):
    if code.startswith("%%"):  # of a whole cell
        small_report.notebook(empty_project / "notebooks" / "01_a.ipynb", ("# A {#sec-a}", code))
        assert any(words in fault.what for fault in lint.check(open_project(empty_project)))
        return
    faults = told(empty_project, code)
    assert any(words in fault for fault in faults), faults


@pytest.mark.parametrize(
    "code",
    [
        "b.wert(b.indikatoren().index[0]).raum",
        'i = "anteil_u18"\nb.wert(i)\ni = "ew"\nb.zahl(i)',
        'werte = b.daten("anteil_u18")\nwerte.irgendwas\nwerte["wert"].gibt_es()',
        'x = b.wert("anteil_u18") if b.ist_modell else None\nx.raum',
        "def f(w):\n    return w.gibt_es_nicht\nf(1)",
        'b.hoechste("anteil_u18")[0].wert.number',
        'b.satz("x").upper().strip()',
        'b.text("{w.Wo} {w?a|b|c} {n#Raum|Räume} {n:wort} {l}", w=b.wert("anteil_u18"), n=3, l=["a"])',
        'werte = {"w": 1}\nb.text("{w}", **werte)',
        'b.text("{x}", sonst="", **{"x": 1})',
        'k = b.zahl("korrekturen") if "korrekturen" in b.merkmale().index else None',
        'b.zahl("ew + alo")',
        'from sozialbericht.writing.blocks import Layout\nLayout("1fr", wide=True).attributes()',
        'import matplotlib.pyplot as plt\nbild, achse = plt.subplots()\nachse.irgendwas',
        "if x := b.stadtname:\n    print(x.upper())",
        "try:\n    import gibt_es_nicht\nexcept ImportError:\n    gibt_es_nicht = None",
        'titel = f"{b.stadtname}"\nb.karte("anteil_u18", titel=titel)',
        "with open as f:\n    f.irgendwas",
        "class A:\n    x = 1\nA().x",
        'b.text(*[b.satz("Ein Satz.") for _ in range(2)])',
        'g = {"a": ["sb_nord"]}\nfor n, r in g.items():\n    b.gruppenwert("anteil_u18", r, n)',
        "match b.stadtname:\n    case str() as name:\n        print(name)",
        "display(1)",
    ],
)
def test_nothing_is_told_of(empty_project, code):
    assert told(empty_project, code) == []


def test_options_that_a_type_lists(monkeypatch):
    import ast

    from sozialbericht.checking.code import calls
    from sozialbericht.checking.code.signatures import _function, written

    function = ast.parse("def f(art: Art | None = None, form: Literal['a', 'b'] = 'a', n: int = 1): ...").body[0]
    aliases = {"Art": written(ast.parse("Literal['hoch', 'tief']", mode="eval").body)}
    choices = [calls.choices(p, aliases) for p in _function(function, 0)["parameters"]]
    assert choices == [["hoch", "tief"], ["a", "b"], []]


def test_a_cell_that_is_no_python_tells_nothing_of_names(empty_project):
    small_report.notebook(empty_project / "notebooks" / "01_a.ipynb", ("# A {#sec-a}", "x = (1", "print(x)"))
    (fault,) = lint.check(open_project(empty_project))
    assert (fault.row, fault.line, fault.span) == (1, "x = (1", (4, 5))
    assert fault.what == "Die Klammer „(“ wird nicht geschlossen (SyntaxError: '(' was never closed)."


def test_a_folder_whose_tables_cannot_be_read_tells_nothing_of_keys(empty_project):
    (empty_project / "data" / "indikatoren.csv").unlink()
    assert told(empty_project, 'b.wert("gibt_es_nicht")') == []

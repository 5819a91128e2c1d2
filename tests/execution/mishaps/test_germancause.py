"""Python's errors in German, and what its parser says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.execution.mishaps import syntaxwords
from sozialbericht.execution.mishaps.germancause import explained, original
from sozialbericht.faults import Fault, InputError

KINDS = [k for k in Exception.__subclasses__() if k.__module__ == "builtins" and k is not ExceptionGroup]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("x = (1", "nicht geschlossen"), ("x = 1)", "ist zu viel"), ("x = (1]", "schließt keine"),
        ("x = 'a", "endet nicht in seiner Zeile"), ("x = '''a", "endet nicht"), ("if 1\n  pass", "Doppelpunkt"),
        ("for x in y:\npass", "Nach „for“ fehlt"), ("  x = 1\n y = 2", "eingerückt"),
        ("if 1:\n\tx=1\n        y=2", "gemischt"),
        ("f(1 2)", "Komma"), ("f(x) = 3", "keinen Wert"), ("x = 007", "falsch geschrieben"),
        ("x = „a“", "kennt Python hier nicht"), ("f(a=1, 2)", "ohne Namen"), ("f(a=1, a=2)", "„a“ steht zweimal"),
        ("return 1", "außerhalb einer Funktion"), ("break", "„break“ steht außerhalb"),
        ("print 3", "fehlen die Klammern"),
        ("x = 3 4", "Python versteht die Zeile nicht"),
    ],
)  # fmt: skip
def test_syntax(code, words):
    with pytest.raises(SyntaxError) as error:
        compile(code, "<zelle>", "exec")
    what, remedy = syntaxwords.said(error.value.msg)
    assert words in what
    assert remedy
    assert "{" not in what


@given(st.sampled_from(KINDS), st.text(max_size=300))
def test_any_error_has_a_cause_and_a_remedy(kind, words):
    error = kind.__new__(kind)
    error.args = (words,)
    said = explained(error, {})
    assert said.remedy
    assert "\n" not in said.what
    assert said.what.endswith(".")
    assert kind.__name__ in said.what or words.startswith("„")
    assert len(original(error)) < 220


def test_the_package_s_own_words():
    one = InputError([Fault("Notebook", "So nicht.", "Anders.")])
    assert explained(one, {}) == ("So nicht.", "Anders.")
    many = InputError([Fault("a.csv", "So nicht.", "Anders."), Fault("b.csv", "Auch nicht.", "Weg damit.", row=2)])
    assert explained(many, {}) == ("a.csv: So nicht.\n  → Anders.\nb.csv, Zeile 2: Auch nicht.", "Weg damit.")

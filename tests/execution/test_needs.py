"""What notebooks need, read from their source."""

import pytest
import small_report

from sozialbericht.execution import needs
from sozialbericht.order.tasks import task

PARAMETERS = {"jahr": 2007, "vergleichsjahr": 2006, "daten": "/nirgends"}


def test_what_the_parent_loads(tmp_path):
    notebooks = {
        "a": ("import os, sozialbericht.bericht as r\nfrom json import loads", "b.typisierung()"),
        "b": ("%matplotlib inline", "from json import dumps\nfrom seaborn import kdeplot\nb.aktionsraeume()"),
        "c": ("b.status_dynamik()",),
        "d": ("x = 1",),
    }
    sources = {n: small_report.notebook(tmp_path / f"01_{n}.ipynb", ("# T", *c)) for n, c in notebooks.items()}
    tasks = [task("2007", name, path, PARAMETERS) for name, path in sources.items()]
    assert needs.modules(tasks) == ["json", "sozialbericht.bericht"], "not what one alone imports"
    assert needs.data(tasks) == [("/nirgends", 2007, 2006, True, None)]
    assert needs.data(tasks[2:]) == [("/nirgends", 2007, 2006, False, None)]
    profiles = [task("2007", f"p{n}", sources["a"], {**PARAMETERS, "jahr": 2006}) for n in range(3)]
    assert [wanted[1:4] for wanted in needs.data([tasks[3], *profiles])] == [(2007, 2006, False), (2006, 2006, True)]
    missing = [task("2007", "x", tmp_path / "fehlt.ipynb", {})]
    assert needs.modules(missing) == []
    assert needs.data(missing) == []


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("b.typisierung()", True), ("bericht = Bericht(2006)\nbericht.aktionsplan().steckbrief('sr_a', [])", True),
        ("f = b.auswahl\nf()", True), ("b.profil('sr_a').kopf(bevoelkerung='bev')", True),
        ("b.karte('al_rate')", False),
        ("# b.typisierung()\ntext = 'b.typisierung()'", False), ("b.typisierung(", False),
    ],
)  # fmt: skip
def test_a_notebook_that_asks_for_the_typology_is_known_whatever_its_object_is_called(code: str, asks: bool) -> None:
    assert needs.asks(["x = 1", code]) is asks

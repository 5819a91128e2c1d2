"""What notebooks hand over is looked at before it is used."""

import matplotlib.pyplot as plt
import pytest
import small_report

from sozialbericht.bericht import Bericht
from sozialbericht.faults import InputError


def in_a_notebook(city, code):
    """What a cell raises."""
    with pytest.raises(InputError) as error:
        exec(code, {"__name__": "__main__", "b": city, "plt": plt})
    (fault,) = error.value.faults
    assert fault.place == "Notebook"
    return fault


@pytest.fixture(scope="module")
def city():
    return Bericht(2006, 2005, small_report.CITY)


@pytest.mark.parametrize(
    ("code", "what", "remedy"),
    [
        ("b.wert(3)", "„indikator“ von „b.wert“ kann nicht eine Zahl sein.", "Gebraucht wird ein Text"),
        ("b.karte(['a'])", "„indikator“ von „b.karte“ kann nicht eine Liste sein.", "Gebraucht wird ein Text"),
        ("b.karte('anteil_u18', tittel='x')", "Die Angabe „tittel“ kennt „b.karte“ nicht.", "Meinten Sie „titel“?"),
        ("b.karte()", "„b.karte“ braucht noch „indikator“.", "indikator=… ergänzen."),
        ("b.karte('anteil_u18', titel=3)", "„titel“ von „b.karte“ kann nicht eine Zahl sein.", "oder nichts (None)"),
        ("b.profil(3)", "„raum“ von „b.profil“ kann nicht eine Zahl sein.", "Gebraucht wird ein Text"),
        ("b.stadtname and b.karte('a', 'b')", "„b.karte“ bekommt zu viele Angaben", "Vorhanden: "),
    ],
)
def test_a_wrong_argument(city, code, what, remedy):
    fault = in_a_notebook(city, code)
    assert what in fault.what
    assert remedy in fault.remedy


def test_objects_of_the_report_look_too(city):
    fault = in_a_notebook(city, "b.anhang().tabellen(3)")
    assert "„Anhang.tabellen“" in fault.what


def test_right_arguments_pass(city):
    given = {"__name__": "__main__", "b": city}
    exec("w = b.wert('anteil_u18'); s = b.satz('{w}', w=w); k = b.wenn(False); k.text('{w}', w=w)", given)
    assert given["s"]


def test_the_package_itself_is_not_held_up(city):
    with pytest.raises(InputError, match="Indikator „3“ gibt es nicht"):
        city.wert(3)

"""Areas found by what people call them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.data import lookup
from sozialbericht.faults import InputError

LEVELS = ["sozialraum", "stadtbezirk"]
AREAS = pd.DataFrame(
    [
        ("st_x", "Xstadt", "Xstadt", "stadt", None),
        ("sb_hoerde", "Stadtbezirk Hörde", "Hörde", "stadtbezirk", None),
        ("sb_eving", "Stadtbezirk Eving", "Eving", "stadtbezirk", None),
        ("sr_hoerde", "Hörde", "Hörde", "sozialraum", "53 Hörde"),
        ("sr_eving_i_kemminghausen", "Eving I/Kemminghausen", "Eving I/Kemminghausen", "sozialraum",
         "12 Eving (Teil, mit Kemminghausen)"),
        ("sr_lindenhorst_eving_ii", "Lindenhorst/Eving II", "Lindenhorst/Eving II", "sozialraum",
         "12 Eving (Teil), 14 Lindenhorst"),
        ("sr_mengede", "Mengede (mit Oestrich)", "Mengede", "sozialraum", "92 Mengede, 94 Oestrich, 95 Alt-Au"),
        ("sr_nette", "Nette", "Nette", "sozialraum", "93 Nette, 96 Alt-Au"),
    ],
    columns=["raum_id", "name", "kurzname", "ebene", "umfasst"],
).set_index("raum_id")  # fmt: skip


def find(*names):
    return lookup.find(names, AREAS, LEVELS, "--profiles")


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("nette", "sr_nette"),
        ("sr_nette", "sr_nette"),
        ("Eving I", "sr_eving_i_kemminghausen"),
        ("eving-i/kemminghausen", "sr_eving_i_kemminghausen"),
        ("eving_i_kemminghausen", "sr_eving_i_kemminghausen"),
        ("Kemminghausen", "sr_eving_i_kemminghausen"),
        ("Eving", "sb_eving"),
        ("hörde", "sr_hoerde"),
        ("HOERDE", "sr_hoerde"),
        ("Horde", "sr_hoerde"),
        ("sb_hoerde", "sb_hoerde"),
        ("Stadtbezirk Hörde", "sb_hoerde"),
        ("stadtbezirk hoerde", "sb_hoerde"),
        ("Mengede", "sr_mengede"),
        ("Mengede (mit Oestrich)", "sr_mengede"),
        ("Oestrich", "sr_mengede"),
    ],
)
def test_names_that_mean_one_area(name, area):
    assert find(name) == [area]


def test_each_area_once_in_the_order_of_the_names():
    assert find("Nette", "Eving", "sr_nette") == ["sr_nette", "sb_eving"]
    assert find() == []


@pytest.mark.parametrize("name", ["Net", "Kreuzviertel", "Xstadt", "st_x", "", "/"])
def test_unknown_names(name):
    with pytest.raises(InputError, match=f"--profiles: Ein Gebiet „{name}“ gibt es nicht."):
        find(name)


def test_the_nearest_names_are_told():
    with pytest.raises(InputError, match=r"Meinten Sie .*„Nette“"):
        find("Netthe")
    with pytest.raises(InputError, match=r"Meinten Sie .*„Eving I/Kemminghausen“"):
        find("Keminghausen")
    with pytest.raises(InputError, match=r"Vorhanden sind: Hörde, Eving, "):
        find("qqqqqq")


def test_an_ambiguous_name_lists_what_it_may_mean():
    with pytest.raises(InputError) as error:
        find("Alt-Au", "Quark")
    assert len(error.value.faults) == 2
    assert "„Alt-Au“ ist nicht eindeutig." in str(error.value)
    assert "Mengede (sr_mengede), Nette (sr_nette)" in str(error.value)


@given(st.sampled_from(list(AREAS.index[1:])), st.booleans())
def test_every_key_and_full_name_finds_its_area(area, upper):
    assert find(area.upper() if upper else area) == [area]
    name = str(AREAS["name"][area])
    assert find(name.upper() if upper else name) == [area]


def test_districts_of_an_area():
    assert lookup.districts("12 Eving (Teil, mit Kemminghausen), 14 Lindenhorst") == [
        "12 Eving (Teil, mit Kemminghausen)", "14 Lindenhorst",
    ]  # fmt: skip
    assert lookup.districts("") == []

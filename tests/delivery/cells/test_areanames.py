"""Area names: spellings are certain, likenesses only suggested, doubts are none."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.delivery.cells.areanames import AreaNames, folded

ROWS = [
    # raum_id, nummer, name, kurzname, umfasst
    ("nord", "1", "Sankt-Georg-Straße", "St.-Georg-Str.", "01 Georg"),
    ("luetten", "2", "Lüttenhöfe/Großried (mit Au)", "Lüttenhöfe/Großried", "11 Lüttenhöfe, 12 Großried"),
    ("eins", "3", "Mühlau I/Kirchheide", "Mühlau I/Kirchheide", "21 Mühlau (Teil, mit Kirchheide)"),
    ("zwei", "4", "Lindenau/Mühlau II", "Lindenau/Mühlau II", "21 Mühlau (Teil), 22 Lindenau"),
    ("tal", "5", "Talwiesen", "Talwiesen", "31 Talwiesen"),
    ("berg", "12", "Bergfeld", "Bergfeld", ""),
]
FRAME = pd.DataFrame(ROWS, columns=["raum_id", "nummer", "name", "kurzname", "umfasst"])
NAMES = AreaNames(FRAME, {"05999012": "berg", "Alte Mitte": "tal"})


@pytest.mark.parametrize(
    ("name", "raum_id"),
    [
        ("Sankt-Georg-Straße", "nord"),
        ("ST. GEORG STRASSE", "nord"),
        ("St.Georg-Str.", "nord"),
        ("01 Georg", "nord"),  # the only district of the area
        ("Lüttenhöfe/Großried", "luetten"),
        ("LUETTENHOEFE / GROSSRIED", "luetten"),
        ("Lüttenhöfe-Großried", "luetten"),
        ("Lüttenhöfe und Großried 1)", "luetten"),
        ("02 Lüttenhöfe/Großried (mit Au)", "luetten"),
        ("Mühlau 1/Kirchheide", "eins"),
        ("Muehlau I, Kirchheide", "eins"),
        ("Talwiesen ³⁾", "tal"),
        ("Talwiesen *", "tal"),
        ("  5. Talwiesen", "tal"),
        ("99 Talwiesen", "tal"),  # the number of another numbering
        ("Talwiesen (31)", "tal"),
        ("5", "tal"),
        ("005", "tal"),
        ("12", "berg"),
        ("05999012", "berg"),
        ("5999012", "berg"),  # a leading zero lost
        ("alte mitte", "tal"),
        ("tal", "tal"),
    ],
)
def test_a_spelling_is_certain(name, raum_id):
    match = NAMES.found(name)
    assert (match.raum_id, match.certain) == (raum_id, True)


@pytest.mark.parametrize(
    ("name", "raum_id"),
    [
        ("Talwisen", "tal"),
        ("Taalwiesen", "tal"),
        ("Bergfelde", "berg"),
        ("Mühlau I", "eins"),
        ("Lüttenh./Großried", "luetten"),
        ("Lüttenhöfe/Großried/Au", "luetten"),
        ("Kirchheide/Mühlau I", "eins"),
        ("07777005", "tal"),  # the number at the end of a key
    ],
)
def test_a_likeness_is_a_suggestion(name, raum_id):
    match = NAMES.found(name)
    assert (match.raum_id, match.certain) == (raum_id, False)
    assert match.nearest[0][0] == raum_id and 0 < match.nearest[0][1] <= 100


@pytest.mark.parametrize("name", ["", "Insgesamt", "99", "Hafen", "-", "Mühlau III"])
def test_no_area_is_meant(name):
    assert NAMES.found(name).raum_id is None


def test_a_part_of_an_area_is_named_and_not_certain():
    match = NAMES.found("11 Lüttenhöfe")
    assert (match.raum_id, match.certain, match.part) == ("luetten", False, "Lüttenhöfe")
    both = NAMES.found("Mühlau")
    assert both.raum_id is None and {raum_id for raum_id, _ in both.nearest} == {"eins", "zwei"}


def test_one_name_of_several_areas_is_ambiguous():
    more = pd.concat([FRAME, FRAME[FRAME["raum_id"] == "tal"].assign(raum_id="bezirk_tal", nummer="")])
    match = AreaNames(more).found("Talwiesen")
    assert (match.raum_id, match.certain) == (None, False)
    assert match.nearest == (("bezirk_tal", 100.0), ("tal", 100.0))


def test_numerals_are_not_guessed_over():
    found = dict(NAMES.found("Mühlau II/Kirchheide").nearest)
    assert found.get("eins", 0) <= 70


def test_missing_columns_and_values_do_not_matter():
    few = pd.DataFrame({"raum_id": ["a"], "name": ["Altstadt"], "nummer": [None]})
    assert AreaNames(few).found("ALTSTADT").certain


@given(st.sampled_from(ROWS), st.sampled_from([str.upper, str.lower, str.title, lambda t: t.replace("/", " - ")]))
def test_every_name_is_found_in_any_case(row, change):
    assert NAMES.found(change(row[2])).raum_id == row[0]


@given(st.text(max_size=30))
def test_no_text_fails_and_certain_means_equal_after_folding(text):
    match = NAMES.found(text)
    assert not match.certain or match.raum_id is not None
    assert folded(folded(text)) == folded(text) or any(sign.isdigit() for sign in folded(text))
    assert all(0 <= score <= 100 for _, score in match.nearest)

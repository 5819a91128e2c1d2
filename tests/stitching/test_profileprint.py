"""Single profiles out of the combined document's source."""

import pytest

from sozialbericht.faults import ReportError
from sozialbericht.stitching import profileprint

SOURCE = """#let titel = 1
  umfang: "sammlung",

// profil: sec-profil
= Liste
// profil: sec-profil-sr-a
= A
// kein profil: x
// profil: sec-profil-sr-b
= B
"""


def test_the_source_is_cut_at_its_marks():
    head, parts = profileprint.split(SOURCE)
    assert head == '#let titel = 1\n  umfang: "sammlung",\n\n'
    assert list(parts) == ["sec-profil", "sec-profil-sr-a", "sec-profil-sr-b"]
    assert parts["sec-profil-sr-a"] == "\n= A\n// kein profil: x\n"


def test_a_single_profile_has_its_own_title():
    head, parts = profileprint.split(SOURCE)
    text = profileprint.single_source(head, parts["sec-profil-sr-b"], "B #1")
    assert 'umfang: "einzeln", gebiet: [#"B #1";],' in text
    assert "sammlung" not in text
    assert text.endswith("\n= B\n")
    assert "= A" not in text


def test_a_template_that_does_not_know_what_it_sets():
    with pytest.raises(ReportError, match="Die Druckvorlage sagt nicht"):
        profileprint.single_source("#let x = 1\n", "= A", "A")


def test_settings_of_the_combined_document():
    settings = profileprint.combined_settings("Musterstadt", 2006)
    assert settings["book"] == {"title": "Gebietsprofile Musterstadt", "output-file": "sozialraumprofile-2006"}

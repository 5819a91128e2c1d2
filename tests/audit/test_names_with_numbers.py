"""Names with numbers: what an area comprises may be called „Ost 1 - Seestraße“, and its 1 is no value."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_publication as small

from sozialbericht.audit.cells import Shown
from sozialbericht.audit.inspector import Inspector
from sozialbericht.audit.readers.readings import Passage, Reading
from sozialbericht.data import lookup

TITLE = "Anteil der unter 25-Jährigen an den Arbeitslosen"
#: The area whose value is withheld.
AREA, NAME = "sr_lindenhof", "Lindenhof"


@pytest.fixture(scope="module")
def data() -> Shown:
    """The invented city, in which the area with a secret comprises two parts, one with a number inside its name."""
    shown = small.tables()
    areas = shown.tables.areas.copy()
    areas["umfasst"] = areas["umfasst"].astype(object)
    areas.loc[AREA, "umfasst"] = "05 Ost 77 - Seestraße, 06 Feldmark"
    return replace(shown, tables=replace(shown.tables, areas=areas))


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        (f"Ost 77 - Seestraße gehört zu {NAME}", False),
        (f"Ost 78 - Seestraße gehört zu {NAME}", True),
        (f"Ost 77 - Seestraße gehört zu {NAME}: 0,2 %", True),
        ("Ost 77 - Seestraße: 0,2 %", True),
    ],
)
def test_the_number_of_a_name_is_no_value(data: Shown, text: str, leak: bool) -> None:
    reading = Reading((Passage("Text", "seite.html", text, (TITLE,)),))
    found = Inspector(data).judge("seite.html", reading).statements
    assert bool(found) is leak
    assert {one.area for one in found} <= {AREA}


def test_the_number_before_a_name_belongs_to_the_list() -> None:
    assert lookup.numbered("05 Ost 1 - Seestraße, 06 Feldmark") == ["Ost 1 - Seestraße"]
    assert lookup.numbered("Feldmark") == []

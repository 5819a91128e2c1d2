"""By what a report is known to say the same as another."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import small_report

from sozialbericht.data.settings import Settings
from sozialbericht.order.project import open_project
from sozialbericht.rendering import identity
from sozialbericht.stitching.assembly import Cover
from sozialbericht.writing.blocks import MEDIA_TYPE, Block, Picture

COVER = Cover(2006, "Modelldaten", Settings(titel="Bericht"))


def executed(path, markdown="# A", block="Ein Satz.", picture="<svg/>", code="b.karte()", narrow=""):
    """A notebook that has put a block with a picture into the report."""
    small_report.notebook(path, (markdown, code))
    notebook = json.loads(path.read_text(encoding="utf-8"))
    shown = Picture("fig-a", "Was zu sehen ist", {"wide": picture, **({"narrow": narrow} if narrow else {})})
    said = Block(f"{block}\n\n{shown.markdown()}", "", shown.files())
    data = {MEDIA_TYPE: said._repr_mimebundle_()[MEDIA_TYPE]}
    notebook["cells"][-1]["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


@pytest.fixture
def known(empty_project, tmp_path):
    """The identity of a small report, changed as wished."""
    small_report.notebook(empty_project / "notebooks" / "01_a.ipynb", ("# A", "x = 1"))

    def make(cover=COVER, text="# Zu diesem Bericht {.unnumbered}\n\nEin Text.\n", **said):
        (empty_project / "report" / "index.qmd").write_text(text, encoding="utf-8")
        project = open_project(empty_project)
        return identity.of(project, project.chapters, {"a": executed(tmp_path / "a.ipynb", **said)}, cover)

    return make


def test_the_same_report_is_known(known) -> None:
    assert known() == known() and len(known()) == identity.LENGTH
    assert known(code="b.karte()  # anders") == known(), "what a notebook says counts, not how"


@pytest.mark.parametrize(
    "change",
    [
        {"markdown": "# B"}, {"block": "Ein anderer Satz."}, {"picture": "<svg></svg>"}, {"text": "# Anders\n"},
        {"cover": replace(COVER, year=2007)}, {"cover": replace(COVER, status_text="")},
        {"cover": replace(COVER, decided=Settings(titel="Anders"))},
        {"cover": replace(COVER, decided=Settings(titel="Bericht", deckblatt_hinweis="neu"))},
    ],
)  # fmt: skip
def test_another_report_is_known_as_another(known, change) -> None:
    assert known(**change) != known()


def test_a_cut_for_phones_makes_no_other_report(known) -> None:
    assert known(narrow="<svg><title>schmal</title></svg>") == known(), "print alone draws none"


def test_who_releases_it_does_not_count(known) -> None:
    assert known(cover=replace(COVER, decided=Settings(titel="Bericht", verantwortlich="Erika Muster"))) == known()

"""What a report says of its own release, and where."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from sozialbericht.data.decided.pflichtangaben import Pflichtangaben
from sozialbericht.data.releases.releaserecord import Release, Stand
from sozialbericht.data.settings import Settings
from sozialbericht.stitching import imprint, quartosettings
from sozialbericht.stitching.assembly import Cover

FIRST = Release(2006, Stand.RELEASED, dt.date(2007, 5, 3), "Dr. Erika Muster", "", "eins")
SECOND = Release(2006, Stand.CORRECTED, dt.date(2007, 6, 9), "Otto Beispiel", "Nachmeldung.", "zwei")


@pytest.mark.parametrize(
    ("releases", "edition", "words"),
    [
        ([], "eins", "Entwurf, nicht freigegeben."),
        ([FIRST], "eins", "freigegeben am 3. Mai 2007 durch Dr. Erika Muster."),
        ([FIRST], "zwei", "Entwurf einer neuen Fassung; freigegeben ist die Fassung vom 3. Mai 2007."),
        (
            [FIRST, SECOND], "zwei",
            "berichtigt am 9. Juni 2007 durch Otto Beispiel (Anlass: Nachmeldung); zuerst freigegeben am 3. Mai 2007.",
        ),
        ([FIRST, SECOND], "eins", "Entwurf einer neuen Fassung; freigegeben ist die Fassung vom 9. Juni 2007."),
    ],
)  # fmt: skip
def test_words(releases, edition, words) -> None:
    assert imprint.words(releases, edition) == words


@pytest.fixture
def put(tmp_path):
    """The first page of a project after the status was written into it."""

    def make(text: str, status: str = "Entwurf.") -> str:
        quartosettings.write(tmp_path, {"book": {"chapters": ["index.qmd", "mehr.qmd"]}})
        (tmp_path / "index.qmd").write_text(text, encoding="utf-8")
        imprint.put(tmp_path, status)
        return (tmp_path / "index.qmd").read_text(encoding="utf-8")

    return make


LINE = "**Stand der Veröffentlichung:** Entwurf."


def test_it_stands_at_the_end_of_the_imprint(put) -> None:
    text = "# Zu diesem Bericht {.unnumbered}\n\nText.\n\n## Impressum {.unnumbered}\n\nWer.\n\n### Kontakt\n\nWo.\n"
    assert put(text) == f"{text}\n{LINE}\n"
    assert put(text + "\n## Danach\n\nMehr.\n") == f"{text}\n{LINE}\n\n## Danach\n\nMehr.\n"


def test_without_an_imprint_it_stands_at_the_end_of_the_page(put) -> None:
    assert put("# Zu diesem Bericht\n\nText.\n") == f"# Zu diesem Bericht\n\nText.\n\n{LINE}\n"


def test_a_name_is_text(put) -> None:
    said = put("# A\n", "freigegeben durch *Otto* <b>.")
    assert "*Otto*" not in said and "<b>" not in said and "&#42;Otto&#42;" in said


def test_a_first_page_that_is_a_notebook(tmp_path) -> None:
    quartosettings.write(tmp_path, {"book": {"chapters": ["index.ipynb"]}})
    (tmp_path / "index.ipynb").write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4}), encoding="utf-8")
    imprint.put(tmp_path, "Entwurf.")
    (cell,) = json.loads((tmp_path / "index.ipynb").read_text(encoding="utf-8"))["cells"]
    assert (cell["cell_type"], cell["source"]) == ("markdown", [LINE])


COMPLETE = Settings(
    titel="Bericht", herausgeber="Stadt Muster", kontakt="Amt",
    pflichtangaben=Pflichtangaben(
        barrierefreiheit="Alles ist zugänglich.", melden="amt@example.org", durchsetzung="Ombudsstelle",
        lizenz_daten="Datenlizenz", lizenz_text="CC BY", leichte_sprache="Der Bericht ist ein Buch.",
    ),
)  # fmt: skip


def test_what_a_public_body_must_publish() -> None:
    found = dict(imprint.sections(Cover(2006, "", COMPLETE)))
    assert list(found) == ["Barrierefreiheit", "Leichte Sprache", "Nutzung und Zitat", "Datenschutz"]
    assert found["Barrierefreiheit"][1:] == ["Barrieren melden: amt@example.org", "Durchsetzungsstelle: Ombudsstelle"]
    assert found["Nutzung und Zitat"][-1] == "Zitiervorschlag: Stadt Muster: Bericht 2006."
    assert imprint.reminders("", COMPLETE) == []


def test_a_demonstration_says_what_it_is_and_never_the_words_of_a_city() -> None:
    found = dict(imprint.sections(Cover(2006, "Modelldaten", COMPLETE)))
    assert list(found) == ["Barrierefreiheit", "Leichte Sprache", "Nutzung und Zitat", "Datenschutz"]
    assert "erst ein amtlicher Bericht" in found["Barrierefreiheit"][0] and "Stadt Muster" not in str(found)
    assert imprint.reminders("Modelldaten", Settings()) == []


def test_what_is_missing_is_said_before_the_release() -> None:
    missing, easy = imprint.reminders("", Settings())
    assert "herausgeber, kontakt, pflichtangaben: barrierefreiheit" in missing
    assert "Leichter Sprache" in easy


def test_sections_stand_below_the_status_and_are_text(tmp_path) -> None:
    quartosettings.write(tmp_path, {"book": {"chapters": ["index.qmd"]}})
    (tmp_path / "index.qmd").write_text("# A\n\n## Impressum\n\nWer.\n", encoding="utf-8")
    imprint.put(tmp_path, "Entwurf.", (), [("Nutzung und Zitat", ["Frei *nutzbar*."])])
    said = (tmp_path / "index.qmd").read_text(encoding="utf-8")
    assert said.endswith(
        f"{LINE}\n\n### Nutzung und Zitat {{#pflicht-nutzung-und-zitat .unnumbered}}\n\nFrei &#42;nutzbar&#42;.\n"
    )

"""Texts that others write for a report: files that may be absent; what they hold is text."""

import pytest

from sozialbericht.data.decided.contributions import LONGEST
from sozialbericht.order.offer import Offer


@pytest.fixture
def put(city):
    """Writes a text of the data folder."""
    (city.folder / "texte").mkdir()

    def written(name, text):
        (city.folder / "texte" / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return city

    return written


def test_paragraphs_are_parted_by_blank_lines_and_the_title_is_the_chapters(put):
    tables = put("vorwort.md", "\ufeff# Vorwort\r\n\r\nLiebe Leute,\r\nhallo.\n \n## Dank\n\n- an alle\n").load()
    assert tables.settings.texte["vorwort"] == ("Liebe Leute,\nhallo.", "## Dank", "- an alle")
    assert Offer.of(tables).texts == ["vorwort"]


@pytest.mark.parametrize("text", ["", " \n\n", "# Stellungnahme\n"])
def test_an_empty_text_is_none(put, text):
    tables = put("stellungnahme.md", text).load()
    assert "stellungnahme" not in tables.settings.texte and Offer.of(tables).texts == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("vorwrt.md", "Text", "Meinten Sie „vorwort.md“?"),
        ("vorwort.docx", "Text", "vorwort.md"),
        ("vorwort.md", "Ärger".encode("latin-1"), "nicht in UTF-8"),
        ("vorwort.md", "a\n\nb\x07", "lässt"),
        ("stellungnahme.md", "a" * (LONGEST + 1), f"mehr als {LONGEST} Zeichen"),
    ],
)
def test_a_fault_names_the_file(put, name, text, told):
    fault = put(name, text).fault()
    assert fault.place.endswith(f"texte/{name}") and told in str(fault)


def test_a_sign_that_cannot_be_printed_is_told_with_its_line(put):
    assert put("vorwort.md", "a\n\nb\x07").fault().row == 3


def test_a_link_out_of_the_folder_is_refused(put, tmp_path):
    (tmp_path / "fremd.md").write_text("geheim", encoding="utf-8")
    city = put("stellungnahme.md", "da")
    (city.folder / "texte" / "vorwort.md").symlink_to(tmp_path / "fremd.md")
    assert "führt" in city.fault().what or "hinaus" in str(city.fault())


def test_the_settings_must_not_say_it_again(put):
    city = put("vorwort.md", "da")
    path = city.folder / "bericht.yml"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    assert "\ntexte:" not in text
    path.write_text(f"{text}\ntexte: {{vorwort: Doppelt.}}\n", encoding="utf-8")
    assert "texte/vorwort.md" in str(city.fault())

"""The search in a browser: what people type, by keyboard, closed again; names of areas come first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import browser
import pytest

from tests.access import axe, seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(pages: list[Path], running: Browser) -> Iterator[Page]:
    """A chapter with the search at hand."""
    with seen.opened(running, (pages[0].parent / "bevoelkerung.html").as_uri()) as found:
        yield found


def asked(page: Page, words: str) -> list[str]:
    """The titles that the search offers."""
    page.fill("#suchwort", words)
    browser.wait_until(page, "window.suchworte && window.suchdaten")
    page.wait_for_timeout(80)
    return [str(e.text_content()) for e in page.query_selector_all(".treffer b")]


def test_areas_come_first_and_lead_to_their_profile(page: Page) -> None:
    assert asked(page, "hafen")[0] == "Hafen"
    links = page.query_selector_all(".treffer a")
    assert str(links[0].get_attribute("href")) == "profil-sr_hafen.html"
    assert len(links) > 1
    other = next(name for name in ("Kanal", "Markt", "Süd", "Park", "Dorf") if asked(page, name))
    assert asked(page, other)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("bevoelkerung", "Bevölkerung"),
        ("BEVÖLKERUNG", "bevölkerung"),
        ("Arbeitsloser", "Arbeitslose"),
        ("Arbeitslosigkeit", "arbeitslos"),
        ("Hartz IV", "hartz iv"),
        ("hartz iv", "HARTZ-IV"),
    ],
)
def test_the_same_is_found_however_it_is_written(page: Page, typed: str, same: str) -> None:
    found = asked(page, typed)
    assert found
    assert found == asked(page, same)


def test_other_words_find_what_the_report_says_instead(page: Page) -> None:
    assert any("Arbeitslosigkeit" in title for title in asked(page, "Hartz IV"))
    assert "Gesucht auch: SGB II, arbeitslos" in str(page.text_content(".treffer [role=status]"))
    assert any("Bevölkerung" in title for title in asked(page, "Nachwuchs"))
    assert page.query_selector(".treffer mark")
    assert asked(page, "Quastenflosser") == []
    assert "Keine Treffer" in str(page.text_content(".treffer [role=status]"))


def test_what_is_marked_is_what_was_typed(page: Page) -> None:
    asked(page, "boevinghausen jaehrige")
    asked(page, "bevoelkerungs")
    marked = {str(e.text_content()).lower() for e in page.query_selector_all(".treffer mark")}
    assert marked and all(word.startswith("bevölkerung") for word in marked)


def test_by_keyboard_alone(page: Page) -> None:
    titles = asked(page, "arbeitslos")
    assert page.get_attribute("#suchwort", "aria-expanded") == "true"
    assert page.get_attribute("#suchwort", "aria-activedescendant") is None
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", len(titles) - 1)):
        page.keyboard.press(key)
        active = page.get_attribute("#suchwort", "aria-activedescendant")
        assert page.text_content(f"#{active} b") == titles[place]
        assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    address = page.get_attribute(f"#{page.get_attribute('#suchwort', 'aria-activedescendant')}", "href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{address}")


def test_enter_alone_takes_the_first(page: Page) -> None:
    asked(page, "hafen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/profil-sr_hafen.html")


def test_it_closes_on_escape_and_on_leaving(page: Page) -> None:
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.keyboard.press("Tab")):
        asked(page, "arbeitslos")
        assert page.is_visible(".treffer")
        leave()
        assert not page.is_visible(".treffer")
        assert page.get_attribute("#suchwort", "aria-expanded") == "false"
        page.focus("#suchwort")
    assert page.evaluate("document.activeElement.id") == "suchwort"
    asked(page, "arbeitslos")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.input_value("#suchwort") == ""


def test_axe_finds_nothing_in_the_open_list(page: Page) -> None:
    asked(page, "arbeitslos")
    page.keyboard.press("ArrowDown")
    assert axe.violations(page) == []

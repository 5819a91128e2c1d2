"""axe-core on every page of a web report, in the Chromium that the tests use, and what axe does not ask.

``python -m tests.access build/2006/html`` asks the whole matrix: every page at all widths, light and dark.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import browser

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

#: The rules of axe-core that are asked, by tag: WCAG 2.0 to 2.2 on A and AA, and what is good practice.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDTHS = (320, 390, 768, 1440)
#: Numbers on the areas of a map are hidden from screen readers; what lies below them axe guesses from rectangles around
#: the areas, so it cannot judge their contrast: tests/drawing/test_brand.py does.
_RUN = """async (tags) => {
  const where = { include: document, exclude: [[".nummern"]] };
  const told = await axe.run(where, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return told.violations.map((v) => [v.id, v.help, v.nodes.map((n) => n.target.flat().join(" "))]);
}"""


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    width: int = 1440
    dark: bool = False

    def __str__(self) -> str:
        return f"{self.width} px, {'dark' if self.dark else 'light'}"


#: Every width, light and dark.
MATRIX = tuple(Look(width, dark) for dark in (False, True) for width in WIDTHS)


@cache
def source() -> str:
    """The script of axe-core, as the package carries it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe-core finds on an open page: rule, meaning, the first places."""
    page.evaluate(source())
    found = page.evaluate(_RUN, TAGS)
    return [f"{rule}: {words} ({len(places)}: {', '.join(places[:3])})" for rule, words, places in found]


#: Opens what a page keeps closed, and asks the field of the start page, else the search, for what many names have; says
#: whether it was the search.
_OPEN = """() => {
  for (const closed of document.querySelectorAll("details:not([open])")) closed.open = true;
  const field = document.querySelector("#ort") ?? document.querySelector("#suchwort");
  field.focus();
  field.value = "a";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return field.id === "suchwort";
}"""


def unfold(page: Page) -> None:
    """Open the menus, tables and lists of a page, the first entry of the list chosen by keyboard."""
    if page.evaluate(_OPEN):
        browser.wait_until(page, "window.suchworte && window.suchdaten")
    page.wait_for_timeout(80)
    page.keyboard.press("ArrowDown")
    page.evaluate(browser.LOADED)


def addresses(pages: Iterable[Path]) -> list[str]:
    """The addresses of pages, the atlas also in an early year, with areas to compare, with a second indicator, for
    the levels above."""
    found = []
    for path in pages:
        found.append(path.resolve().as_uri())
        if path.name == "atlas.html":
            script = (path.parent / "web" / "atlas.js").read_text(encoding="utf-8")
            data = json.loads(script.removeprefix("window.atlas = ").rstrip(";\n"))
            leading = next(sheet for sheet in data["indikatoren"] if sheet["id"] == data["leit"])
            other = next(sheet["id"] for sheet in data["indikatoren"] if sheet["id"] != data["leit"])
            areas = ",".join(area["id"] for area in data["raeume"][:3])
            views = [f"jahr={leading['staende'][0]['jahr']}", f"raum={areas}", f"zweit={other}"]
            views += [f"ebene={level['schluessel']}" for level in data["darueber"]]
            found += [f"{found[-1]}#indikator={data['leit']}&{view}" for view in views]
    return found


def judged(running: Browser, addresses: Iterable[str], looks: Sequence[Look] = (Look(),)) -> dict[str, list[str]]:
    """The violations of pages by address and look, closed and with all open that opens; pages without any are left
    out.
    """
    found: dict[str, list[str]] = {}
    for look in looks:
        page = running.new_page(
            viewport={"width": look.width, "height": 900}, color_scheme="dark" if look.dark else "light"
        )
        for address in addresses:
            page.goto("about:blank")  # the atlas' states differ in their fragment only
            page.goto(address, wait_until="load")
            page.evaluate(browser.LOADED)
            place = f"{address.rpartition('/')[2]} ({look}"
            if told := violations(page):
                found[f"{place})"] = told
            unfold(page)
            if more := [text for text in violations(page) if text not in told]:
                found[f"{place}, open)"] = more
        page.close()
    return found

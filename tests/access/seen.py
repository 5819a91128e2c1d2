"""Seen: what axe does not ask of a page – reflow, larger text, wider spacing, the order of the keyboard, what moves,
forced colours, the page on paper.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import browser
import pypdfium2

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: The text spacing that a reader may ask for (WCAG 1.4.12).
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }" + (
    "p { margin-bottom: 2em !important }"
)
#: What reaches over the edge of the page, and boxes that cut off their text; a box that scrolls takes the focus.
_OVER = """() => {
  const root = document.documentElement, found = [];
  const named = (e) => e.tagName.toLowerCase() + "." + (e.getAttribute("class") || "");
  const told = (e) => named(e) + " " + e.textContent.trim().slice(0, 40);
  const boxed = (e) => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== "visible") return true; return false; };
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((e) =>
      e.getBoundingClientRect().right > root.clientWidth + 1 && !boxed(e));
    found.push(`${root.scrollWidth} px wide: ` + wide.slice(0, 3).map(told).join("; "));
  }
  for (const e of document.querySelectorAll("body *:not(svg *)")) {
    const style = getComputedStyle(e);
    const over = e.scrollWidth > e.clientWidth + 2, under = e.scrollHeight > e.clientHeight + 2;
    if (!e.clientWidth || e.clientWidth <= 1 || style.position === "absolute" && style.clipPath !== "none") continue;
    if (over && ["auto", "scroll"].includes(style.overflowX) && e.tabIndex < 0)
      found.push("scrolls without focus: " + told(e));
    if ((over && style.overflowX === "hidden" || under && style.overflowY === "hidden") && e.textContent.trim())
      found.push("cut off: " + told(e));
  }
  return found;
}"""
#: The regions of the page that the keyboard reaches, in the order of the tab key.
_REGIONS = """() => {
  const where = (e) => e.closest("#kapitel") ? "chapters" : e.closest("main") ? "main" : "frame";
  return [...document.querySelectorAll("a[href], button, input, [tabindex='0']")].filter((e) =>
    e.tabIndex >= 0 && e.getClientRects().length).map(where).filter((w, i, all) => w !== all[i - 1] && w !== "frame");
}"""
#: What glides or moves for longer than the eye sees.
_MOVING = """() => [...document.querySelectorAll("body, body *")].filter((e) => {
  const s = getComputedStyle(e);
  return [...s.transitionDuration.split(","), ...s.animationDuration.split(",")].some((t) => parseFloat(t) > 0.01);
}).map((e) => e.tagName + "." + (e.getAttribute("class") || ""))"""
#: Drawings that would lose their colours, which are what they say.
_RECOLOURED = """() => [...document.querySelectorAll("main svg.zeichnung, main svg.stadtplan")].filter((e) =>
  getComputedStyle(e).forcedColorAdjust === "auto").length"""
#: Head and rows of every table with a head that can break.
_TABLES = """() => [...document.querySelectorAll("table:has(thead):has(tbody tr + tr)")].map((table) =>
  [table.tHead.textContent, ...[...table.tBodies].flatMap((body) => [...body.rows].map((row) => row.textContent))])"""
#: What leads through the report and is of no use on paper.
_WAYS = ("Suchen", "Zum Inhalt", "Mitnehmen")


@contextmanager
def opened(running: Browser, address: str, width: int = 1440, **look: Any) -> Iterator[Page]:
    """A page at a width, in the given colours and with the given wishes."""
    page = running.new_page(viewport={"width": width, "height": 900}, **look)
    try:
        page.goto(address, wait_until="load")
        page.evaluate(browser.LOADED)
        yield page
    finally:
        page.close()


def over(page: Page) -> list[str]:
    """What does not fit on an open page: too wide, scrolling without focus, text cut off."""
    return list(page.evaluate(_OVER))


def enlarged(page: Page, factor: float = 2) -> None:
    """Enlarge the text alone, as the setting of the browser does."""
    page.context.new_cdp_session(page).send(
        "Page.setFontSizes", {"fontSizes": {"standard": round(16 * factor), "fixed": round(13 * factor)}}
    )
    page.evaluate(browser.LOADED)


def resized(page: Page, width: int) -> None:
    """Make the page as wide, and wait until it has settled."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(browser.LOADED)


def spaced(page: Page) -> None:
    """Set the text as wide as WCAG 1.4.12 lets a reader ask for."""
    page.evaluate(
        "(css) => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets.push(s); }", SPACING
    )
    page.evaluate(browser.LOADED)


def regions(page: Page) -> list[str]:
    """The regions in the order in which the keyboard comes to them."""
    return list(page.evaluate(_REGIONS))


def faults(running: Browser, addresses: Iterable[str]) -> list[str]:
    """What is wrong with pages, each loaded once: at 320 px, with wider spacing, with text twice as large, to the
    keyboard on narrow and wide pages, to those who wish that nothing moves, on paper, in forced colours.
    """
    found = []
    for address in addresses:
        told: list[str] = []
        with opened(running, address, 320, reduced_motion="reduce") as page:
            told += over(page)
            told += [f"moves: {what}" for what in moving(page)]
            told += _order(page, ["main", "chapters"])
            resized(page, 1440)
            below = page.evaluate("document.body.classList.contains('weit')")  # start page and atlas begin with a map
            told += _order(page, ["main", "chapters"] if below else ["chapters", "main"])
            enlarged(page)
            told += [f"200 %: {what}" for what in over(page)]
            enlarged(page, 1)
            spaced(page)
            for width in (1440, 320):
                resized(page, width)
                told += [f"spaced: {what}" for what in over(page)]
        with opened(running, address) as page:
            told += unprintable(page)
            told += recoloured(page)
        found += [f"{address.rpartition('/')[2]}: {what}" for what in dict.fromkeys(told)]
    return found


def _order(page: Page, wanted: list[str]) -> list[str]:
    """The list of chapters comes before the text where it stands before it, and after it where it stands below."""
    reached = list(dict.fromkeys(regions(page)))
    return [] if reached == [part for part in wanted if part in reached] else [f"order of the keyboard: {reached}"]


def moving(page: Page) -> list[str]:
    """What still moves by itself or glides."""
    return list(page.evaluate(_MOVING))


def recoloured(page: Page) -> list[str]:
    """What is lost in forced colours: the colours of drawings, the ring around what has the focus."""
    page.emulate_media(forced_colors="active")
    lost = int(page.evaluate(_RECOLOURED))
    found = [f"forced colours: {lost} drawings recoloured"] if lost else []
    page.keyboard.press("Tab")
    if page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "none":
        found.append("forced colours: no ring around the focus")
    page.emulate_media(forced_colors="none")
    return found


def unprintable(page: Page) -> list[str]:
    """What is wrong on paper: captions at the end of a sheet, whose figure begins on the next one; tables that go on
    without their head; ways to other pages.
    """
    captions = page.evaluate("() => [...document.querySelectorAll('figcaption')].map((e) => e.textContent)")
    sheets = _sheets(page)
    found = _headless(page.evaluate(_TABLES), [_closed(sheet) for sheet, *_ in sheets])
    for sheet, *ends in sheets:
        two, one = map(_closed, ends)
        parted = [
            caption.strip()
            for caption in captions
            if one and (_closed(caption).endswith(two) or _closed(caption).startswith(one))
        ]
        found += [f"print: parted from its figure: {caption}" for caption in parted]
        found += [f"print: {way}" for way in _WAYS if re.search(rf"^{way}\b", sheet, re.MULTILINE)]
    return found


def _headless(tables: list[list[str]], sheets: list[str]) -> list[str]:
    """Which tables go on on a sheet without their head; each begins where its head and its first row are together."""
    found = []
    for table in tables:
        head, first, *_, last = map(_closed, table)
        begin = next((place for place, sheet in enumerate(sheets) if head + first in sheet), len(sheets))
        end = next((place for place in range(begin, len(sheets)) if last in sheets[place]), begin)
        if any(head not in sheet for sheet in sheets[begin + 1 : end + 1]):
            found.append(f"print: a table goes on without its head: {' '.join(table[0].split())[:60]}")
    return found


def _closed(text: str) -> str:
    """A text without spaces and hyphens, which a printed line may have more or fewer of."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\x02-]", "", text)


def printed(page: Page) -> list[str]:
    """The text of each page of paper, as the browser prints it."""
    return [text for text, *_ in _sheets(page)]


def _sheets(page: Page) -> list[tuple[str, str, str]]:
    """The text of each page of paper, its two lowest lines, its lowest; a PDF has its texts in an order of its own."""
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    try:
        texts = [sheet.get_textpage() for sheet in document]
        return [(text.get_text_bounded(), *_lowest(text)) for text in texts]
    finally:
        document.close()


def _lowest(text: pypdfium2.PdfTextPage) -> tuple[str, str]:
    """The two lowest lines of a sheet, and the lowest."""
    boxes = sorted((text.get_rect(place) for place in range(text.count_rects())), key=lambda box: box[1])
    if not boxes:
        return "", ""
    second = next((box for box in boxes if box[1] > boxes[0][3]), boxes[0])
    tops = (box[3] + 1 for box in (second, boxes[0]))
    two, one = (str(text.get_text_bounded(bottom=boxes[0][1] - 1, top=top)) for top in tops)
    return two, one

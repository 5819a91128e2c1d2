"""A real browser for tests: opens every page of a web report and says what is wrong with it."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: The widths at which a page is looked at; the narrow one has pictures of its own.
WIDTHS = (1280, 390)
#: Waits for fonts and for the pictures that the width asks for.
LOADED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await document.fonts.ready;
  await Promise.all([...document.images].map((image) => image.complete || new Promise((done) => {
    image.onload = image.onerror = done;
  })));
}"""
#: What a page is asked: too wide, pictures without alternative text or content, headings, links, ids.
QUESTIONS = """() => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((e) => {
      for (let p = e.parentElement; p; p = p.parentElement) {
        if (getComputedStyle(p).overflowX !== "visible") return false;
      }
      return e.getBoundingClientRect().right > root.clientWidth + 1;
    }).slice(0, 3).map((e) => e.tagName.toLowerCase() + (e.className ? "." + e.className : ""));
    found.push(`${root.scrollWidth} px wide: ${wide.join(", ")}`);
  }
  for (const image of document.images) {
    if (!image.getAttribute("alt")) found.push("no alternative text: " + image.getAttribute("src"));
    if (image.complete && image.naturalWidth === 0) found.push("empty picture: " + image.currentSrc);
  }
  for (const drawing of document.querySelectorAll("svg.zeichnung")) {
    if (!drawing.getAttribute("aria-label")) found.push("no name: " + drawing.dataset.bild);
    for (const text of drawing.querySelectorAll("text")) {
      if (!getComputedStyle(text).fontFamily.includes("Source Sans Pro")) found.push("other face: " + text.textContent);
    }
  }
  const styled = document.querySelectorAll("[style], body style").length;
  if (styled) found.push(styled + " styles in the page");
  const count = (selector) => document.querySelectorAll(selector).length;
  if (count("main") !== 1) found.push(count("main") + " main elements");
  if (count("h1") !== 1) found.push(count("h1") + " h1 elements");
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) found.push("id used twice: " + id);
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    const target = decodeURIComponent(link.getAttribute("href").slice(1));
    if (!document.getElementById(target)) found.push("link into nothing: #" + target);
  }
  let level = 0;
  for (const heading of document.querySelectorAll("main :is(h1,h2,h3,h4,h5,h6)")) {
    const here = Number(heading.tagName[1]);
    if (here > level + 1) found.push("heading level skipped: " + heading.textContent);
    level = here;
  }
  return found;
}"""


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        return


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder under an address of this machine."""
    handler = functools.partial(_Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


#: The Chromium that runs, if one does.
_running: list[Browser] = []

#: Elements with a style of their own.
STYLED = "() => [...document.querySelectorAll('[style]')].map((e) => e.outerHTML.slice(0, 99))"
#: Of each drawing that is shown its name, its words and what its figure says.
DRAWN = """() => [...document.querySelectorAll("main svg.zeichnung")].filter((e) => e.checkVisibility()).map((e) =>
  [e.dataset.bild, [...e.querySelectorAll("text")].map((t) => t.textContent),
   (e.closest("figure") ?? e.parentElement).innerText])"""
#: Widths of digits in the words of drawings, where they differ: in print all are as wide as a nought.
DIGITS = """() => [...document.querySelectorAll("main svg.zeichnung text")].filter((t) => t.checkVisibility())
  .slice(0, 40).map((t) => { const [was, ...wide] = [t.textContent, ..."0123456789"].map((d, k) => {
    if (!k) return d; t.textContent = d.repeat(20); return Math.round(t.getComputedTextLength() * 10); });
    t.textContent = was; return [was, new Set(wide).size]; }).filter(([, n]) => n > 1).map(([was]) => was)"""


@contextmanager
def browser() -> Iterator[Browser]:
    """A running Chromium: the system's one, else Playwright's own. Who asks while one runs shares it; it ends with the
    first who asked.

    Playwright allows one at a time in a thread, whose event loop runs as long: no notebook can be run in that thread
    meanwhile, so a fixture that asks may last for a module, not for the session.
    """
    if _running:
        yield _running[0]
        return
    from playwright.sync_api import sync_playwright

    path = CHROMIUM if Path(CHROMIUM).exists() else None
    with sync_playwright() as play:
        if path is None and not Path(play.chromium.executable_path).exists():
            pytest.skip("Chromium fehlt (Debian: Paket chromium)")
        _running.append(play.chromium.launch(executable_path=path, args=ARGUMENTS))
        try:
            yield _running[0]
        finally:
            _running.pop().close()


@contextmanager
def quiet_page(running: Browser) -> Iterator[Page]:
    """A wide page without a network; fails at its end if the browser has complained of anything."""
    noted: list[str] = []
    context = running.new_context(offline=True, viewport={"width": 1440, "height": 1000})
    found = context.new_page()
    found.on("console", lambda message: noted.append(message.text) if message.type in ("error", "warning") else None)
    found.on("pageerror", lambda error: noted.append(str(error)))
    yield found
    context.close()
    assert noted == []


def wait_until(page: Page, condition: str, seconds: float = 10) -> None:
    """Wait until an expression is true on a page; raises AssertionError.

    ``page.wait_for_function`` cannot be used: from its second look on the page itself evaluates the expression, which
    the pages' Content-Security-Policy forbids.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(f"Boolean({condition})"):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


def tab_to(page: Page, selector: str, most: int = 20) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached")


def visit(folder: Path, *, running: Browser | None = None) -> list[str]:
    """Open every page of a web report from disk and over http, wide and narrow; says what is wrong,
    nothing if all is well.
    """
    if running is None:
        with browser() as fresh:
            return visit(folder, running=fresh)
    problems = []
    with served(folder) as address:
        for base in (folder.resolve().as_uri() + "/", address):
            page = running.new_page()
            noted = _notes(page, base)
            for path in sorted(folder.glob("*.html")):
                found = [*_look_at(page, base + path.name), *noted]
                noted.clear()
                problems += [f"{base.split(':')[0]} {path.name} {p}" for p in dict.fromkeys(found)]
            page.close()
    return problems


def _notes(page: Page, base: str) -> list[str]:
    """What a page complains about and what it asks of others than the report, noted while it is used."""
    found: list[str] = []

    def note(text: str, when: bool = True) -> None:
        if when:
            found.append(text)

    def refuse(dialog: Dialog) -> None:
        note(f"dialog: {dialog.message}")
        dialog.dismiss()

    inside = (base, "data:", "blob:")
    page.on("console", lambda m: note(f"console: {m.text}", m.type in {"error", "warning"}))
    page.on("pageerror", lambda e: note(f"script: {e}"))
    page.on("requestfailed", lambda r: note(f"request failed: {r.url}"))
    page.on("response", lambda r: note(f"{r.status}: {r.url}", r.status >= 400))
    page.on("request", lambda r: note(f"request leaves the report: {r.url}", not r.url.startswith(inside)))
    page.on("dialog", refuse)
    return found


def _look_at(page: Page, address: str) -> list[str]:
    """What is wrong with one page at every width."""
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if width == WIDTHS[0]:
            page.goto(address, wait_until="load")
        page.evaluate(LOADED)
        found += [f"({width} px): {text}" for text in page.evaluate(QUESTIONS)]
    page.goto("about:blank")  # else the page would ask for other pictures when the next one sets the width
    return found


def labels(folder: Path) -> list[str]:
    """What is wrong with the words of the drawings on the pages of a web report: none at all, not what the figure says
    as text, not found by the reader's own search, digits of different widths; and elements with a style of their own,
    which a strict policy forbids, also after the scripts ran.
    """
    wrong, drawn = [], 0
    with browser() as running, quiet_page(running) as page:
        for path in sorted(folder.glob("*.html")):
            page.goto(path.resolve().as_uri())
            page.evaluate(LOADED)
            wrong += [f"{path.name}: style: {told}" for told in page.evaluate(STYLED)]
            for name, words, said in page.evaluate(DRAWN):
                drawn += 1
                if not words and name != "titel" and "lage" not in name and not name.startswith("kurz-"):
                    wrong.append(f"{path.name}: {name}: no words")
                wrong += [f"{path.name}: {name}: not in its text: {word}" for word in words if word not in said]
                page.evaluate("getSelection().removeAllRanges()")
                if words and not page.evaluate("(word) => window.find(word, true)", words[0]):
                    wrong.append(f"{path.name}: {name}: not found: {words[0]}")
            wrong += [f"{path.name}: digits: {told}" for told in page.evaluate(DIGITS)]
    return wrong or ([] if drawn else ["no drawings"])


def dead_links(folder: Path, running: Browser) -> list[str]:
    """Every link of every page that leads to a missing page or place of the report, as the browser resolves it."""
    links: dict[str, set[str]] = {}
    anchors: dict[str, set[str]] = {}
    page = running.new_page()
    for path in sorted(folder.glob("*.html")):
        address = path.resolve().as_uri()
        page.goto(address, wait_until="load")
        found = page.evaluate(
            """() => [[...document.querySelectorAll("a")].map((a) => new URL(
              typeof a.href === "string" ? a.href : a.href.baseVal, document.baseURI).href),
            [...document.querySelectorAll("[id]")].map((e) => e.id)]"""
        )
        links[address], anchors[address] = set(found[0]), set(found[1])
    page.close()
    dead = []
    for address, targets in links.items():
        for target in sorted(t for t in targets if t.startswith("file:")):
            place, _, anchor = target.partition("#")
            view = "=" in anchor  # of the atlas
            if not place.endswith(".html") and Path(unquote(place.removeprefix("file://"))).is_file():
                continue
            if place not in anchors or (anchor and not view and unquote(anchor) not in anchors[place]):
                dead.append(f"{address.rpartition('/')[2]}: {target}")
    return dead


def search(folder: Path, words: str, running: Browser | None = None) -> list[str]:
    """The addresses that the report's search finds, asked from the first page on disk."""
    if running is None:
        with browser() as fresh:
            return search(folder, words, fresh)
    page = running.new_page(viewport={"width": 1280, "height": 900})
    try:
        page.goto((folder / "index.html").resolve().as_uri())
        page.fill("#suchwort", words)
        wait_until(page, 'document.querySelector(".treffer p").textContent !== "" && window.suchdaten')
        page.wait_for_timeout(100)
        return [str(a.get_attribute("href")) for a in page.query_selector_all(".treffer a")]
    finally:
        page.close()


def screenshot(path: Path, width: int = 1280, dark: bool = False, running: Browser | None = None) -> bytes:
    """A picture (PNG) of a whole page from disk, on light or dark ground."""
    if running is None:
        with browser() as fresh:
            return screenshot(path, width, dark, fresh)
    page = running.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
    try:
        page.goto(path.resolve().as_uri(), wait_until="load")
        page.evaluate("document.fonts.ready.then(() => null)")
        return page.screenshot(full_page=True)
    finally:
        page.close()

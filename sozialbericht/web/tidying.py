"""Plain mark-up, the same from both stitchers: numbers and titles, captions, heads of tables, formulas, names of
regions."""

from __future__ import annotations

from collections import Counter

from sozialbericht import numbers
from sozialbericht.status import Status
from sozialbericht.web.tree import Element, new, put_first, put_in_place, strip, words

#: The classes of numbers and titles, as both stitchers write them and as the report's style names them.
_CLASSES = {"chapter-number": "nummer", "chapter-title": "titel", "header-section-number": "nummer"}
_LABELS = {"Abbildung", "Tabelle"}
#: What Quarto's scripts would need.
_NEEDLESS = ("data-anchor-id", "data-number", "loading")
_SCOPES = {"thead": "col", "tbody": "row"}
#: What the filter calls the region of a table that scrolls; headings below the page's own, which may name it.
_UNNAMED, _HEADINGS = "Tabelle, seitlich verschiebbar", ("h2", "h3", "h4", "h5", "h6")
#: What stands in a cell in place of a number, and how it is spoken.
_SPOKEN = {
    numbers.status_sign(status): numbers.status_word(status)
    for status in (*(state for state in Status if state != Status.OK), "nothing")
}


def tidy(page: Element) -> None:
    """Give a page plain mark-up."""
    for span in page.iterfind(".//span[@class]"):
        following = span.getnext()
        if span.get("class") == "chapter-number" and following is not None and not (span.tail or "").strip():
            span.tail = " "
        span.set("class", _CLASSES.get(span.get("class"), span.get("class")))
    for element in page.xpath(f"//*[{' or '.join(f'@{name}' for name in _NEEDLESS)}]"):
        for name in _NEEDLESS:
            element.attrib.pop(name, None)
    for element in page.xpath('//*[contains(@class, "anchored")]'):
        _drop_anchored(element)
    for note in page.xpath('//*[@role="note"][not(node())]'):  # the template has a place for more than there is to say
        note.tail = None
        note.drop_tree()
    for caption in page.iter("figcaption"):
        _label(caption)
    for part, scope in _SCOPES.items():
        for head in list(page.iterfind(f".//table//{part}//th")):
            _head(head, scope)
    for work, elements in (
        (_speak, page.iterfind(".//table//tbody//td")), (_read_formula, page.iter("math")),
        (_name_region, page.iter("figure")),
    ):  # fmt: skip
        for element in list(elements):
            work(element)
    _name_regions(page)


def number_of(element: Element) -> Element | None:
    """The number that opens a caption or a heading, if there is one."""
    first = element[0] if len(element) and not (element.text or "").strip() else None
    return first if first is not None and first.tag == "span" and first.get("class") == "nummer" else None


def _drop_anchored(element: Element) -> None:
    left = [name for name in element.get("class").split() if name != "anchored"]
    if left:
        element.set("class", " ".join(left))
    else:
        del element.attrib["class"]


def _label(caption: Element) -> None:
    """Part a caption's label from its text, in place of the colon."""
    label, colon, rest = (caption.text or "").partition(":")
    kind = label.split()[:1]
    if not colon or len(label.split()) != 2 or not _LABELS.issuperset(kind):
        return
    text = new.span({"class": "text"}, rest, *caption)
    strip(text)
    caption.text = None
    caption.extend([new.span({"class": "nummer"}, label.strip()), text])
    caption[0].tail = " "


def _read_formula(formula: Element) -> None:
    """A formula without its source; one in a line of its own can be moved where a screen is narrower."""
    for note in list(formula.iter("annotation")):
        note.drop_tree()
    if formula.get("display") == "block" and formula.getparent().get("class") != "formel":
        region = new.span({"class": "formel", "tabindex": "0", "role": "group", "aria-label": "Formel"})
        put_in_place(formula, region)
        region.append(formula)


def _speak(cell: Element) -> None:
    """Let the sign that stands in a cell in place of a number be spoken as what it means: a mere full stop is not."""
    sign = words(cell)
    if sign in _SPOKEN and not len(cell):
        word = _SPOKEN[sign]
        cell.text = None
        cell.append(new.span({"role": "img", "aria-label": word, "title": word}, sign))


def _head(cell: Element, scope: str) -> None:
    """Tell what a head is the head of; one that says nothing is an ordinary cell."""
    if not words(cell) and not len(cell):
        cell.tag = "td"
        cell.attrib.pop("scope", None)
    elif cell.get("scope") is None:
        put_first(cell, "scope", scope)


def _name_region(figure: Element) -> None:
    """Give the scrolling region of a table the number and title of the table."""
    caption = figure.find(".//figcaption")
    number = None if caption is None else number_of(caption)
    title = None if caption is None else caption.find(".//strong")
    if number is None or title is None:
        return
    for region in figure.iterfind(".//div[@aria-label]"):
        if region.get("class", "").startswith("tafel"):
            region.set("aria-label", f"{words(number)}: {words(title)}")


def _name_regions(page: Element) -> None:
    """Name the scrolling regions of tables without a title by the headings that they stand under, no two alike."""
    above: list[Element] = []
    times: Counter[str] = Counter()
    for element in page.iter(*_HEADINGS, "div"):
        if element.tag in _HEADINGS:
            above = [*(heading for heading in above if heading.tag < element.tag), element]
        elif element.get("aria-label") == _UNNAMED:
            titles = [words(heading, number_of(heading)) for heading in above[-2:]]
            label = f"Tabelle: {', '.join(titles)}" if titles else "Tabelle"
            times[label] += 1
            element.set("aria-label", label if times[label] == 1 else f"{label} ({times[label]})")

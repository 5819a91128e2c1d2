"""Takeaway: every figure and table of a page can be taken along and read off.

The menus are made by scripts; a page without scripts lacks them and nothing else. What a figure shows stands as a table
below it where the notebook has put its values among the pictures (``fig-….werte.csv``), so that whoever cannot see the
drawing, and the audit, reads the same as the file that a menu gives.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple

from sozialbericht.blocklanguage import VALUES
from sozialbericht.web.tree import Element, new, words

#: The words in front of the status of an edition and of its identity, in the first page of a report.
EDITION, IDENTITY = "Stand der Veröffentlichung:", "Kennung der Fassung:"
#: The section there that says on what terms the report may be used and how it is cited, its label, and what its last
#: words begin with.
TERMS, TERMS_LABEL, QUOTED = "Nutzung und Zitat", "pflicht-nutzung-und-zitat", "Zitiervorschlag"
#: What pages with figures load.
SCRIPTS, SHEET = ("mitnehmen.js", "bildausfuhr.js", "ablesen.js", "ordnen.js"), "mitnehmen.css"
_LABEL = re.compile(r"(fig|tbl)-")
_WORDS = re.compile(r"[^\W\d]{2,}")


def offered(web: Path) -> tuple[str, ...]:
    """The files that the menus need, in the project's folder ``web``; none where the project has none."""
    names = (*SCRIPTS, SHEET)
    return names if all((web / name).is_file() for name in names) else ()


class Cited(NamedTuple):
    """What a citation says of a report: title, status and identity of the edition, on what terms it may be used; "" of
    what the report does not say."""

    report: str
    release: str = ""
    identity: str = ""
    terms: str = ""

    @classmethod
    def of(cls, report: str, pages: dict[Path, Element]) -> Cited:
        """What the imprint says among the pages of a report with a title."""
        found = {EDITION: "", IDENTITY: ""}
        for page in pages.values():
            for bold in page.iterfind(".//p/strong"):
                if (kind := words(bold)) in found:
                    found[kind] = words(bold.getparent(), bold)
        sections = (page.find(f".//*[@id='{TERMS_LABEL}']") for page in pages.values())
        texts = [words(text) for section in sections if section is not None for text in section.iterfind("./p")]
        terms = " ".join(text if text.endswith(".") else f"{text}." for text in texts if not text.startswith(QUOTED))
        return cls(report, found[EDITION], found[IDENTITY], terms)

    def attributes(self) -> dict[str, str]:
        """The same for the scripts of a page."""
        told = {"data-fassung": self.release, "data-kennung": self.identity, "data-nutzung": self.terms}
        return {"data-bericht": self.report, **{name: text for name, text in told.items() if text}}


def add(page: Element, pictures: Path, cited: Cited) -> None:
    """Prepare the figures and tables of a page, and the atlas for citations; ``pictures`` holds the files of values."""
    for atlas in page.iterfind(".//div[@id='atlas']"):
        for name, text in cited.attributes().items():
            atlas.set(name, text)
    figures = [(label, figure) for figure in page.iter("figure") if (label := label_of(figure))]
    if not figures:
        return
    for label, figure in figures:
        values = pictures / f"{label}{VALUES}"
        if values.is_file() and figure.find(".//table") is None:
            _add_values(figure, values)
        _mark_areas(figure)
    head = page.find("head")
    head.append(new.link({"rel": "stylesheet", "href": f"web/{SHEET}"}))
    for name in SCRIPTS:
        own = cited.attributes() if name == SCRIPTS[0] else {}
        head.append(new.script({"src": f"web/{name}", "defer": "", **own}))


def label_of(figure: Element) -> str:
    """The label of a figure or table; "" for one that has none."""
    around = [figure, *figure.iterancestors()]
    return next((str(element.get("id")) for element in around if _LABEL.match(element.get("id", ""))), "")


def _add_values(figure: Element, file: Path) -> None:
    """The values of a figure as a table that opens, above its source."""
    heads, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines(), delimiter=";")
    areas = [row.pop() for row in rows] if heads[-1] == "raum_id" else []
    heads = heads[: len(heads) - bool(areas)]
    left = [all(_WORDS.search(row[column]) or not row[column] for row in rows) for column in range(len(heads))]
    head = new.tr(*(new.th({"scope": "col", "class": "li" if left[k] else "re"}, name) for k, name in enumerate(heads)))
    body = []
    for place, (first, *rest) in enumerate(rows):
        cells = (new.td({"class": "li"} if left[k] else {}, cell) for k, cell in enumerate(rest, start=1))
        own = {"class": f"raum {areas[place]}"} if areas else {}
        body.append(new.tr(own, new.th({"scope": "row"}, first), *cells))
    caption = figure.find(".//figcaption")
    title = None if caption is None else caption.find(".//strong")
    name = f"Werte: {words(title)}" if title is not None else "Werte der Abbildung"
    region = new.div(
        {"class": "tafel", "tabindex": "0", "role": "region", "aria-label": name},
        new.table(new.thead(head), new.tbody(*body)),
    )
    opened = new.details({"class": "werte"}, new.summary("Werte als Tabelle"), region)
    source = figure.find(".//div[@class='quelle']")
    if source is None:
        figure.append(opened)
    else:
        source.addprevious(opened)


def _mark_areas(figure: Element) -> None:
    """Tell lines of a key and rows of a table by the area that they name, as groups in drawings are told."""
    for name in figure.iterfind(".//span[@data-raum]"):
        line = next(name.iterancestors("li", "tr"), None)
        if line is not None and "raum" not in line.get("class", "").split():
            line.set("class", f"{line.get('class', '')} raum {name.get('data-raum')}".strip())

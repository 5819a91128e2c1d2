"""Takeaway: every figure and table of a page can be taken along and read off.

The menus are made by scripts; a page without scripts lacks them and nothing else. What a figure shows stands as a table
below it where the notebook has put its values among the pictures (``fig-….werte.csv``), so that whoever cannot see the
drawing, and the audit, reads the same as the file that a menu gives.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from sozialbericht.blocklanguage import VALUES
from sozialbericht.web.tree import Element, new, words

#: The words in front of the status of an edition, in the first page of a report.
EDITION = "Stand der Veröffentlichung:"
#: What pages with figures load.
SCRIPTS, SHEET = ("mitnehmen.js", "bildausfuhr.js", "ablesen.js", "ordnen.js"), "mitnehmen.css"
_LABEL = re.compile(r"(fig|tbl)-")
_WORDS = re.compile(r"[^\W\d]{2,}")


def offered(web: Path) -> tuple[str, ...]:
    """The files that the menus need, in the project's folder ``web``; none where the project has none."""
    names = (*SCRIPTS, SHEET)
    return names if all((web / name).is_file() for name in names) else ()


def edition(pages: dict[Path, Element]) -> str:
    """The status of the edition, as the imprint says it; "" where no page does."""
    for page in pages.values():
        for bold in page.iterfind(".//p/strong"):
            if words(bold) == EDITION:
                return words(bold.getparent(), bold)
    return ""


def add(page: Element, pictures: Path, report: str, release: str) -> None:
    """Prepare the figures and tables of a page; ``pictures`` holds the files of values, ``report`` and ``release`` are
    for citations: title and status of the edition.
    """
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
    told = {"data-bericht": report, **({"data-fassung": release} if release else {})}
    for name in SCRIPTS:
        own = told if name == SCRIPTS[0] else {}
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

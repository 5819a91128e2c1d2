"""Previewpage: the preview of a delivery as one HTML page, for the analyst alone."""

from __future__ import annotations

from pathlib import Path

from sozialbericht.cache.store import Store
from sozialbericht.data.tableset import Tables
from sozialbericht.delivery.intake.preview import Part, Preview
from sozialbericht.escaping import html_text
from sozialbericht.web.desk import deskpage

NAME = "lieferung.html"
#: So many rows of a table the page shows; a browser bears no more.
MOST = 2000


def write(told: Preview, data: Tables, folder: Path, cache: Store | None = None) -> Path:
    """Write the page into a folder, with rights for its owner alone; returns its path."""
    return deskpage.write(folder / NAME, page(told, data, cache))


def page(told: Preview, data: Tables, cache: Store | None = None) -> str:
    """The page as text."""
    parts = [f"<p><strong>{html_text(told.source)}</strong>: {html_text(', '.join(told.files))}</p>"]
    parts.append(f"<p>{html_text(told.sentence)}</p>")
    parts += [_part(part) for part in told.parts]
    if told.remarks:
        parts.append("<h2>Zu wissen</h2><ul>" + "".join(f"<li>{html_text(r)}</li>" for r in told.remarks) + "</ul>")
    return deskpage.page("Vorschau einer Lieferung", str(data.areas.at[data.city, "kurzname"]), parts, cache)


def _part(part: Part) -> str:
    """A heading and a table that scrolls by itself where it is wide."""
    head = "".join(f"<th scope='col'>{html_text(name)}</th>" for name in part.head)
    rows = "".join(
        "<tr>" + "".join(f"<td>{html_text(cell)}</td>" for cell in row) + "</tr>" for row in part.rows[:MOST]
    )
    more = f"<p class='grau'>… und {len(part.rows) - MOST} weitere.</p>" if len(part.rows) > MOST else ""
    return (
        f"<h2>{html_text(part.title)}</h2><div class='breit' tabindex='0' role='region' "
        f"aria-label='{html_text(part.title)}'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{more}"
    )

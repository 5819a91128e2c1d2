"""Imprint: who publishes a report, what its data are and what is said of its release, on its first page, under the
heading *Impressum*."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from pathlib import Path

from babel.dates import format_date

from sozialbericht.blocklanguage import fence
from sozialbericht.data.releases.releaserecord import Release, Stand
from sozialbericht.data.settings import NAME, Settings
from sozialbericht.escaping import Markup, bold, escape
from sozialbericht.numbers import LOCALE
from sozialbericht.stitching import quartosettings
from sozialbericht.stitching.assembly import Cover
from sozialbericht.web import frame
from sozialbericht.web.menus import takeaway

TITLE = takeaway.EDITION
#: How the identity of a report stands there; the digests of all files go by it in the manifest.
EDITION = takeaway.IDENTITY
#: What is said of the web pages alone, and not printed.
PRIVACY = "Datenschutz"
#: What is true of every report, and what is said of Modelldaten where ``bericht.yml`` has no words for it.
MADE = "Der Bericht wird aus Notebooks und Tabellen reproduzierbar erzeugt; dieselben Daten ergeben denselben Bericht."
DEMONSTRATION = "Dieser Bericht enthält Modelldaten und ist keine amtliche Veröffentlichung."
#: What is true of the pages of every report.
PRIVATE = "Die Webseiten setzen keine Cookies und rufen nichts von anderen Servern ab."
#: What stands in the place of a city's statements while the data are Modelldaten.
SHOWN_ACCESSIBLE = (
    "Webseiten und PDF sind ohne Maus, mit Vorleseprogrammen und vergrößert zu lesen. Eine Erklärung dazu gibt erst "
    "ein amtlicher Bericht ab."
)
SHOWN_LICENCE = "Die Modelldaten sind erfunden, gemeinfrei und keine Statistik."
_HEADING = re.compile(r"^(#+)\s+(.*)$", re.MULTILINE)


def words(releases: Sequence[Release], edition: str) -> str:
    """The status of an edition of a report of which these editions have been released: a sentence without its title."""
    if not releases:
        return "Entwurf, nicht freigegeben."
    first, last = releases[0], releases[-1]
    if last.edition != edition:
        return f"Entwurf einer neuen Fassung; freigegeben ist die Fassung vom {_day(last.date)}."
    if last.stand == Stand.RELEASED:
        return f"freigegeben am {_day(last.date)} durch {last.by}."
    reason = last.reason.rstrip(".")
    return (
        f"berichtigt am {_day(last.date)} durch {last.by} (Anlass: {reason}); zuerst freigegeben am {_day(first.date)}."
    )


def paragraphs(cover: Cover) -> list[str]:
    """What stands below the heading: publisher and contact, what ``bericht.yml`` adds, how the report is made; with
    Modelldaten first of all that it is a demonstration.
    """
    decided, shown = cover.decided, cover.decided.vorfuehrung if cover.status_text else None
    who = [f"{word}: {text.rstrip('.')}." for word, text in
           (("Herausgeber", decided.herausgeber), ("Kontakt", decided.kontakt)) if text]  # fmt: skip
    made = f"{MADE} {shown.impressum_karten}" if shown and shown.impressum_karten else MADE
    first = [shown.impressum or DEMONSTRATION] if shown else []
    return [*first, *([" ".join(who)] if who else []), *decided.impressum, made]


def sections(cover: Cover) -> list[tuple[str, list[str]]]:
    """What a public body must publish: titles and paragraphs, below the Impressum; of Modelldaten that they are."""
    decided, own = cover.decided, cover.decided.pflichtangaben
    if cover.status_text:
        accessible, licence = [SHOWN_ACCESSIBLE], [SHOWN_LICENCE]
    else:
        told = (("Barrieren melden", own.melden), ("Durchsetzungsstelle", own.durchsetzung))
        accessible = [own.barrierefreiheit, *(f"{word}: {text}" for word, text in told if text)]
        title = decided.titel or "Bericht zur sozialen Lage"
        quoted = own.zitat or (f"{decided.herausgeber}: {title} {cover.year}." if decided.herausgeber else "")
        terms = (("Daten", own.lizenz_daten), ("Texte und Bilder", own.lizenz_text), (takeaway.QUOTED, quoted))
        licence = [f"{word}: {text}" for word, text in terms if text]
    found = [
        ("Barrierefreiheit", accessible), ("Leichte Sprache", [own.leichte_sprache]),
        (takeaway.TERMS, licence), (PRIVACY, [PRIVATE, "" if cover.status_text else own.datenschutz]),
    ]  # fmt: skip
    kept = ((title, [text for text in texts if text]) for title, texts in found)
    return [(title, texts) for title, texts in kept if texts]


def reminders(status_text: str, decided: Settings) -> list[str]:
    """What the makers of a report with official data (``status_text`` is "") are told that it does not say yet."""
    if status_text:
        return []
    found = []
    if decided.undeclared:
        found.append(f"Hinweis: Vor der Freigabe fehlt in {NAME}: {', '.join(decided.undeclared)}")
    if not decided.pflichtangaben.leichte_sprache:
        found.append(f"Hinweis: In {NAME} fehlt der Bericht in Leichter Sprache (pflichtangaben: leichte_sprache)")
    return found


def put(
    stage: Path,
    status: str,
    told: Sequence[str] = (),
    more: Sequence[tuple[str, Sequence[str]]] = (),
    edition: str = "",
) -> None:
    """Write the paragraphs ``told``, the status, the identity of the ``edition`` and the sections ``more`` into the
    first page of a project.
    """
    page = stage / quartosettings.read(stage)["book"]["chapters"][0]
    line = bold(TITLE) + Markup(" ") + escape(status)
    if edition:
        line += Markup("\n\n") + bold(EDITION) + Markup(" ") + escape(edition)
    if page.suffix == ".ipynb":
        notebook = json.loads(page.read_text(encoding="utf-8"))
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": [f"{line}{_below(more, 1)}"]})
        page.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    else:
        page.write_text(_with(page.read_text(encoding="utf-8"), line, told, more), encoding="utf-8")


def _below(sections: Sequence[tuple[str, Sequence[str]]], level: int) -> str:
    """Sections below a heading of a level, as Markdown."""
    found = ""
    for title, texts in sections:
        label = frame.DUTY + re.sub(r"\W+", "-", title.lower())
        heading = f"{'#' * (level + 1)} {escape(title)} {{#{label} .unnumbered}}"
        section = Markup("\n\n").join([Markup(heading), *map(escape, texts)])
        shown = fence("content-visible", section, **{"when-format": "html"}) if title == PRIVACY else section
        found += f"\n\n{shown}"
    return found


def _with(text: str, line: str, told: Sequence[str], more: Sequence[tuple[str, Sequence[str]]]) -> str:
    """A text with a paragraph and sections at the end of its Impressum, or of all where there is none; ``told`` begin
    the first.
    """
    headings = list(_HEADING.finditer(text))
    at, level = len(text), 1
    for place, heading in enumerate(headings):
        if re.match(r"Impressum\b", heading[2]):
            level = len(heading[1])
            later = (other.start() for other in headings[place + 1 :] if len(other[1]) <= level)
            at = next(later, len(text))
            first = "".join(f"\n\n{escape(words)}" for words in told)
            text = f"{text[: heading.end()]}{first}{text[heading.end() :]}"
            at += len(first)
            break
    return f"{text[:at].rstrip()}\n\n{line}{_below(more, level)}\n\n{text[at:]}".rstrip() + "\n"


def _day(date: dt.date) -> str:
    return str(format_date(date, "d. MMMM yyyy", locale=LOCALE))

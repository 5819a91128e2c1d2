"""The profiles on paper: one combined PDF, and a PDF of each that is set from a part of the same document.

The combined document is stitched by either engine like a report. Its Typst source has a mark in front of every
profile's heading; the head of the source (the print template) and what stands between two marks make a single
profile, which Typst sets in a fraction of a second. So no stitcher runs once per profile.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from sozialbericht import escaping
from sozialbericht.data.levels import AREA, Ebene
from sozialbericht.faults import ReportError
from sozialbericht.order.profiles import Profile
from sozialbericht.order.project import PROFILE_LABEL
from sozialbericht.stitching import quarto, quartosettings, typesetting
from sozialbericht.stitching.contents import printedwords
from sozialbericht.tagging.finishedprint import finished

#: How the filter marks the heading of the overview and of each profile in the Typst source.
MARK = re.compile(rf"^// profil: ({PROFILE_LABEL[:-1]}[\w-]*)$", re.MULTILINE)
#: Quarto keeps the Typst source under this name.
QUARTO_SOURCE = "index.typ"
#: How the print template is told what kind of document it sets.
COMBINED = 'umfang: "sammlung"'
#: Before a single profile: links to other profiles are plain text there.
SINGLE = """
#let link(ziel, ..inhalt) = if type(ziel) == label {
  context if query(ziel).len() > 0 { std.link(ziel, ..inhalt) } else { inhalt.pos().first() }
} else { std.link(ziel, ..inhalt) }
"""


def combined_settings(city: str, year: int, mark: str = "", level: Ebene = AREA) -> dict[str, Any]:
    """What the combined document's settings have instead of the report's; ``mark`` ends the file's name, ``level`` is
    that of the smallest areas."""
    name = f"sozialraumprofile-{year}-{mark.lower()}" if mark else f"sozialraumprofile-{year}"
    return {
        "book": {"title": f"{level.profile} {city}", "output-file": name},
        "umfang": "sammlung",
        "format": {"typst": {"keep-typ": True}},
    }


def make(stage: Path, profiles: Sequence[Profile], output: Path, quarto_path: str | None, report: Path) -> str:
    """Set the assembled combined document and every single profile (``profile/<raum_id>.pdf``) into ``output``, and
    tell the assembled ``report``, which is set later, on which pages the profiles stand.

    Returns the combined PDF's name. Raises :class:`ReportError` where a stitcher refuses or the marks of the profiles
    are not found.
    """
    own = quartosettings.read(stage)
    name = f"{own['book']['output-file']}.pdf"
    if quarto_path:
        made = stage.parent / "profile-gesetzt"
        quarto.stitch(quarto_path, stage, ("pdf",), made)
        (made / name).rename(output / name)
        source = (stage / QUARTO_SOURCE).read_text(encoding="utf-8")
    else:
        source = typesetting.book(stage, own).whole()
        (output / name).write_bytes(finished(typesetting.compile_typst(stage, source)))
    printedwords.put(report, printedwords.NO_PAGES, pages((output / name).read_bytes(), [p.label for p in profiles]))
    head, parts = split(source)
    missing = [p.label for p in profiles if p.label not in parts]
    if missing:
        what = f"Profile ohne Überschrift mit der Marke #{missing[0]} (insgesamt {len(missing)})."
        raise ReportError(what, "Das Notebook in notebooks/profil beginnt mit dieser Überschrift.")
    folder = output / "profile"
    folder.mkdir()

    def single(profile: Profile) -> None:
        text = single_source(head, parts[profile.label], profile.name)
        pages = typesetting.compile_typst(stage, text, f"profil-{profile.area}.typ")
        (folder / f"{profile.area}.pdf").write_bytes(finished(pages))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(single, profiles))
    return name


def pages(pdf: bytes, labels: Sequence[str]) -> dict[str, int]:
    """The page of each heading of a PDF with one of these labels, as it is printed: the cover is the first."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        places = {label: raw.FPDF_GetNamedDestByName(document, label.encode()) for label in labels}
        return {label: raw.FPDFDest_GetDestPageIndex(document, at) + 1 for label, at in places.items() if at}
    finally:
        document.close()


def split(source: str) -> tuple[str, dict[str, str]]:
    """The head of a combined document's source and the part of each marked heading, by its label."""
    head, *rest = MARK.split(source)
    return head, dict(zip(rest[::2], rest[1::2], strict=True))


def single_source(head: str, part: str, name: str) -> str:
    """The Typst source of one profile: without cover and contents, titled with the area's name."""
    if COMBINED not in head:
        what = f"Die Druckvorlage sagt nicht, was sie setzt ({COMBINED})."
        raise ReportError(what, "Den Ordner report/druck zurückholen.")
    return head.replace(COMBINED, f'umfang: "einzeln", gebiet: [{escaping.typst(name)}]') + SINGLE + part

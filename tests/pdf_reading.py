"""Reading a made report: text and pages, fonts, alternative texts, and the same report from the other engine."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2

from sozialbericht.rendering.production import Made
from sozialbericht.stitching.stitch import Stitcher

#: The faces of the report's two families that may be embedded.
FACES = {
    "SourceSansPro-Light", "SourceSansPro-Regular", "SourceSansPro-Semibold",
    "SourceSerifPro-Regular", "SourceSerifPro-It",
}  # fmt: skip
#: Shown in place of words by the eye only.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))

#: Elements of a web page that part words.
BREAKING = r"p|div|li|ul|td|th|tr|dt|dd|h\d|figcaption|figure|section|nav|main|footer|header"


def pages(path: Path) -> list[str]:
    """The text of each page as it is laid out; runs of dots and spaces are squeezed."""
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return [re.sub(r"[ .]{2,}", " ", page).strip() for page in done.stdout.split("\f")][:-1]


def in_order(path: Path) -> str:
    """The text of a PDF in the order in which it is copied."""
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def filled(path: Path) -> list[float]:
    """How far down the ink of each page goes, as a share of the height between the margins."""
    document = pypdfium2.PdfDocument(path)
    shares = []
    for page in document:
        seen = np.asarray(page.render(scale=0.4, grayscale=True).to_numpy()).squeeze()
        top, bottom = (round(seen.shape[0] * mm / 297) for mm in (30, 271))
        inked = np.flatnonzero((seen[top:bottom] < 200).any(axis=1))
        shares.append(float(inked[-1] + 1) / (bottom - top) if len(inked) else 0.0)
    return shares


def squeezed(text: str) -> str:
    """A text on one line, with ordinary spaces and without soft hyphens."""
    return re.sub(r"\s+", " ", text.translate(INVISIBLE)).strip()


def page_text(path: Path) -> str:
    """What a web page says, without mark-up, on one line."""
    page = re.sub(r"<(script|style|svg|head)\b.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.S)
    page = re.sub(rf"</?({BREAKING})\b[^>]*>", " ", page)
    return squeezed(html.unescape(re.sub(r"<[^>]*>", "", page)))


def objects(pdf: pikepdf.Pdf) -> list[Any]:
    """All dictionaries of a document."""
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]


def fonts(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """The faces of a document and whether they are embedded."""
    found = {}
    for entry in objects(pdf):
        if entry.get("/Type") == "/FontDescriptor":
            name = re.sub(r"^[A-Z]{6}\+", "", str(entry.FontName)[1:]).removesuffix("-Identity-H")
            found[name] = any(key in entry for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def alternatives(pdf: pikepdf.Pdf) -> list[str]:
    """The alternative texts of all figures in the structure tree; a figure without one gives an empty text."""
    return [str(e.get("/Alt", "")) for e in objects(pdf) if e.get("/S") == "/Figure"]


def stitched_by_quarto(
    made: Made, folder: Path, quarto: str, status: str, formats: tuple[str, ...] = ("pdf", "html")
) -> Path:
    """The assembled project of a made report, stitched by Quarto into ``folder``."""
    project = folder / "bericht" / "projekt"
    shutil.copytree(made.folder / "projekt", project)
    Stitcher(quarto, formats, status).stitch(project, folder)
    return folder

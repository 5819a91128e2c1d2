"""The built-in stitcher: pandoc and Typst from Python wheels, for machines without Quarto.

It reads an assembled Quarto project (the same files, filter, templates and settings as Quarto) and supports the
constructs of :data:`sozialbericht.checking.constructs.CONSTRUCTS`, no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sozialbericht.stitching import quartosettings, typesetting, webpages
from sozialbericht.stitching.word import draft
from sozialbericht.tagging.finishedprint import finished


def _nothing(*_: object) -> None:
    pass


@dataclass(frozen=True)
class Occasions:
    """What is to be done while a report is being stitched.

    ``before_setting`` when the print has been read and is about to be set; with name and content of the PDF
    ``laid_out`` when all its pages are there but not yet finished, and ``printed`` when it is, before the web pages.
    """

    before_setting: Callable[[], object] = _nothing
    laid_out: Callable[[str, bytes], object] = _nothing
    printed: Callable[[str, bytes], object] = _nothing


NONE = Occasions()


def stitch(project: Path, formats: tuple[str, ...], output: Path, on: Occasions = NONE) -> None:
    """Make the report of an assembled project: ``bericht-<year>.pdf``, ``.docx`` and/or ``*.html`` in ``output``.

    Raises :class:`InputError` for unresolved references and labels used twice, :class:`ReportError` for what
    pandoc or Typst refuse.
    """
    output.mkdir(parents=True, exist_ok=True)
    if "pdf" in formats:
        own = quartosettings.read(project)
        book = typesetting.book(project, own)
        on.before_setting()
        name, pages = f"{own['book']['output-file']}.pdf", typesetting.set_book(project, book)
        on.laid_out(name, pages)
        pdf = finished(pages)
        (output / name).write_bytes(pdf)
        on.printed(name, pdf)
    if "docx" in formats:
        own = quartosettings.read(project)
        (output / f"{own['book']['output-file']}.docx").write_bytes(draft.document(project, own))
    if "html" in formats:
        for name, page in webpages.html_pages(project, quartosettings.read(project, web=True)).items():
            (output / name).write_text(page, encoding="utf-8")

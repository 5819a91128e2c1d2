"""The built-in stitcher: pandoc and Typst from Python wheels, for machines without Quarto.

It reads an assembled Quarto project (the same files, filter, templates and settings as Quarto) and supports the
constructs of :data:`sozialbericht.checking.constructs.CONSTRUCTS`, no more.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sozialbericht.stitching import quartosettings, typesetting, webpages
from sozialbericht.stitching.word import draft

Printed = Callable[[str, bytes], object]


def stitch(
    project: Path,
    formats: tuple[str, ...],
    output: Path,
    before_setting: Callable[[], object] = lambda: None,
    printed: Printed = lambda name, content: None,
) -> None:
    """Make the report of an assembled project: ``bericht-<year>.pdf``, ``.docx`` and/or ``*.html`` in ``output``.

    ``before_setting`` is called when the print has been read and is about to be set, ``printed`` with name and content
    of the PDF, before the web pages are made.

    Raises :class:`InputError` for unresolved references and labels used twice, :class:`ReportError` for what
    pandoc or Typst refuse.
    """
    output.mkdir(parents=True, exist_ok=True)
    if "pdf" in formats:
        own = quartosettings.read(project)
        book = typesetting.book(project, own)
        before_setting()
        name, pdf = f"{own['book']['output-file']}.pdf", typesetting.set_book(project, book)
        (output / name).write_bytes(pdf)
        printed(name, pdf)
    if "docx" in formats:
        own = quartosettings.read(project)
        (output / f"{own['book']['output-file']}.docx").write_bytes(draft.document(project, own))
    if "html" in formats:
        for name, page in webpages.html_pages(project, quartosettings.read(project, web=True)).items():
            (output / name).write_text(page, encoding="utf-8")

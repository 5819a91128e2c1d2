"""Stitching: an assembled Quarto project becomes the PDF and the finished web pages, by either engine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from sozialbericht.cache.store import Cache
from sozialbericht.order.profiles import Profile
from sozialbericht.stitching import assembly, builtin, manuscript, quarto, quartosettings
from sozialbericht.web import finishing


def stitch(
    stage: Path,
    formats: tuple[str, ...],
    output: Path,
    quarto_path: str | None,
    status_text: str,
    profiles: Sequence[Profile] = (),
    cache: Cache | None = None,
    before_setting: Callable[[], object] = lambda: None,
) -> tuple[str | None, str | None]:
    """Stitch the project in ``stage`` into ``output``; returns the names of the PDF and of the first web page.

    ``quarto_path`` is None for the built-in stitcher. ``profiles`` are those with pages on the web, to which areas
    in maps, charts and tables lead. ``cache`` may hold parts that an earlier run has made. ``before_setting`` is called
    when the built-in stitcher has read all and is about to set the PDF.
    """
    manuscript.verify(stage, typst=quarto_path is None and "pdf" in formats)
    made = stage.parent / "gesetzt"
    if quarto_path:
        quarto.stitch(quarto_path, stage, formats, made)
    else:
        builtin.stitch(stage, formats, made, before_setting)
    book = quartosettings.read(stage)["book"]
    pdf = page = None
    if "pdf" in formats:
        pdf = f"{book['output-file']}.pdf"
        (made / pdf).rename(output / pdf)
    if "html" in formats:
        page = "html/index.html"
        pictures = made / "bilder"
        shutil.rmtree(pictures, ignore_errors=True)
        pictures.mkdir()
        for picture in sorted((stage / "bilder").glob("*.*.svg")):
            shutil.copy(picture, pictures)
        cover = stage / assembly.COVER
        finishing.finish(
            made, stage / "web", title=quartosettings.words(f"{book['title']} {book['subtitle']}"),
            status_text=status_text,
            cover=cover if cover.is_file() else None, profiles=profiles, cache=cache,
        )  # fmt: skip
        made.rename(output / "html")
    shutil.rmtree(made, ignore_errors=True)
    return pdf, page

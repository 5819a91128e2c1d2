"""Stitching: an assembled Quarto project becomes the PDF and the finished web pages, by either engine."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sozialbericht.cache.store import Store
from sozialbericht.order.profiles import Profile
from sozialbericht.stitching import assembly, builtin, manuscript, quarto, quartosettings
from sozialbericht.stitching.builtin import Occasions
from sozialbericht.stitching.word import draft
from sozialbericht.web import drawings, finishing
from sozialbericht.web.frame import Around


@dataclass(frozen=True)
class Stitcher:
    """How a report is stitched.

    ``quarto`` is Quarto's path, None for the built-in stitcher. ``profiles`` are those with pages on the web, to which
    areas in maps, charts and tables lead. ``store`` may hold parts that an earlier run has made. ``data`` is the
    address of the open data that will lie beside the pages, "" where there are none.
    """

    quarto: str | None
    formats: tuple[str, ...]
    status_text: str
    profiles: Sequence[Profile] = ()
    store: Store | None = None
    data: str = ""

    def stitch(
        self, stage: Path, output: Path, on: Occasions = builtin.NONE
    ) -> tuple[str | None, str | None, str | None]:
        """Stitch the project in ``stage`` into ``output``; returns the names of the PDF, of the first web page and of
        the draft for Word.

        The built-in stitcher sees to the occasions ``on`` which something is to be done; Quarto does all in one.
        """
        manuscript.verify(stage, typst=self.quarto is None and "pdf" in self.formats)
        made = stage.parent / "gesetzt"
        if "docx" in self.formats:
            draft.prepare(stage)
        if self.quarto:
            quarto.stitch(self.quarto, stage, self.formats, made)
        else:
            builtin.stitch(stage, self.formats, made, on)
        own = quartosettings.read(stage)
        book = own["book"]
        page = None
        name = book["output-file"]
        pdf, word = (f"{name}.{ending}" if ending in self.formats else None for ending in ("pdf", "docx"))
        for name in filter(None, (pdf, word)):
            (made / name).rename(output / name)
        if "html" in self.formats:
            page = "html/index.html"
            title = quartosettings.words(f"{book['title']} {book['subtitle']}")
            more = (own.get(name, "") for name in (assembly.DRAFT, assembly.COVER_TOLD))
            around = Around(title, self.status_text, *more)
            self._finish(stage, made, around._replace(pdf=f"../{pdf}" if pdf else "", data=self.data))
            made.rename(output / "html")
        shutil.rmtree(made, ignore_errors=True)
        return pdf, page, word

    def _finish(self, stage: Path, made: Path, around: Around) -> None:
        """Make finished web pages of those that an engine has made."""
        pictures = made / "bilder"
        shutil.rmtree(pictures, ignore_errors=True)
        pictures.mkdir()
        for picture in sorted((stage / "bilder").glob("*.*.svg")):
            shutil.copy(picture, pictures)
        cover = str(Path(assembly.COVER).with_suffix(drawings.WIDE))
        finishing.finish(
            made, stage / "web", around,
            cover=cover if (stage / cover).is_file() else "", profiles=self.profiles, cache=self.store,
        )  # fmt: skip

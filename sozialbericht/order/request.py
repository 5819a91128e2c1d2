"""What is asked for and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sozialbericht.faults import Fault, InputError
from sozialbericht.order.manifest import DRAFT, EXCERPT, REPORT
from sozialbericht.order.project import DATA


@dataclass(frozen=True)
class Request:
    """What is asked for: year, formats (pdf, html, docx), engine, folders, chapters (empty: all), kernels at a time.

    ``profiles`` names the areas whose profiles are made (empty: all of them); None makes no profiles. ``cache`` says
    whether results of earlier runs may be used, ``executor`` which cluster executes the notebooks (None: this machine),
    ``forked`` whether kernels may be forked from a parent, ``draft`` whether the report may do without the audit,
    ``compare_with`` the earlier year that it is compared with (None: see ``comparisonyear``).
    """

    year: int
    formats: tuple[str, ...] = ("pdf", "html")
    engine: str = "auto"
    output: Path | None = None
    only: list[str] = field(default_factory=list)
    data: Path = DATA
    jobs: int | None = None
    profiles: list[str] | None = None
    cache: bool = True
    executor: str | None = None
    forked: bool = True
    draft: bool = False
    compare_with: int | None = None

    @property
    def kind(self) -> str:
        """Whether an audited report is asked for, or an excerpt of chosen chapters or a draft, which nobody audits."""
        if self.only:
            return EXCERPT
        return DRAFT if self.draft else REPORT

    @property
    def audited(self) -> bool:
        """Whether the finished files are audited before they are published; else their pages say that they are not."""
        return self.kind == REPORT

    @property
    def mark(self) -> str:
        """What follows the year in titles: nothing, „Auszug“, „Entwurf“."""
        return "" if self.audited else self.kind.capitalize()

    @property
    def name(self) -> str:
        """The name of the report's folder where no other one is given: excerpt and draft have one of their own."""
        return str(self.year) if self.audited else f"{self.year}-{self.kind}"

    def folder(self, root: Path) -> Path:
        """Where the report of the project in ``root`` goes;
        raises :class:`InputError` for a link that leads nowhere.
        """
        given = self.output or root / "build" / self.name
        try:
            return given.resolve()
        except (OSError, RuntimeError) as error:
            raise InputError(
                [
                    Fault(
                        "--output",
                        f"Der Verweis {given} führt im Kreis oder ist nicht lesbar.",
                        "Einen Ordner angeben.",
                    )
                ]
            ) from error


@dataclass(frozen=True)
class Made:
    """What was made: the folder, the PDF, the first page, the engine's name, the combined PDF of the profiles, the
    draft for Word.
    """

    folder: Path
    pdf: Path | None
    page: Path | None
    engine: str
    profiles: Path | None = None
    word: Path | None = None

"""What is asked for and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Request:
    """What is asked for: year, formats (pdf, html), engine, folders, chapters (empty: all), kernels at a time.

    ``profiles`` names the areas whose profiles are made (empty: all of them); None makes no profiles. ``cache`` says
    whether results of earlier runs may be used, ``executor`` which cluster executes the notebooks (None: this machine),
    ``forked`` whether kernels may be forked from a warm parent.
    """

    year: int
    formats: tuple[str, ...] = ("pdf", "html")
    engine: str = "auto"
    output: Path | None = None
    only: list[str] = field(default_factory=list)
    data: Path = Path("data")
    jobs: int | None = None
    profiles: list[str] | None = None
    cache: bool = True
    executor: str | None = None
    forked: bool = True

    def folder(self, root: Path) -> Path:
        """Where the report of the project in ``root`` goes."""
        return (self.output or root / "build" / str(self.year)).resolve()


@dataclass(frozen=True)
class Made:
    """What was made: the folder, the PDF, the first page, the engine's name, the combined PDF of the profiles."""

    folder: Path
    pdf: Path | None
    page: Path | None
    engine: str
    profiles: Path | None = None

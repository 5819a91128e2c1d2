"""A file that holds a declared table, and the faults found in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sozialbericht.data.faultlist import Findings

Rows = list[tuple[int, list[str]]]
"""Line number and cells of each line that is not empty."""


@dataclass(frozen=True)
class Source:
    """A file that holds (a part of) a declared table; ``file`` is its name in messages."""

    path: Path
    file: str
    resource: dict[str, Any]
    findings: Findings

    @property
    def delimiter(self) -> str:
        """The declared sign between two cells."""
        return str(self.resource.get("dialect", {}).get("delimiter", ";"))

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The declared columns."""
        found: list[dict[str, Any]] = self.resource["schema"]["fields"]
        return found

    @property
    def names(self) -> list[str]:
        """The names of the declared columns."""
        return [field["name"] for field in self.fields]

    @property
    def dispensable(self) -> set[str]:
        """The names of the declared columns that a file may do without (``entbehrlich``)."""
        return {field["name"] for field in self.fields if field.get("entbehrlich")}

    def fault(self, kind: str, what: str, remedy: str, row: int | None = None, column: str = "") -> None:
        """Note a fault of this file."""
        self.findings.add(kind, self.file, what, remedy, row=row, column=column)

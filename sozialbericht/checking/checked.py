"""What was found in a chapter before it is executed, as it is stored for later runs."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from typing import Any

from sozialbericht.checking.labels import Found, Label, Reference
from sozialbericht.faults import Fault


@dataclass
class Checked:
    """What was found in a chapter: its faults, its labels and references, the keys that the data do not have."""

    faults: list[Fault] = field(default_factory=list)
    found: Found = field(default_factory=Found)
    missing: list[Fault] = field(default_factory=list)

    def written(self) -> str:
        """All of it as text."""
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def read(cls, text: str) -> Checked:
        """What :meth:`written` has written."""
        given = json.loads(text)
        found = given["found"]
        marks = [Label(**{**label, "way": tuple(map(tuple, label["way"]))}) for label in found["labels"]]
        references = [Reference(**reference) for reference in found["references"]]
        faults, missing = ([_fault(fault) for fault in given[kind]] for kind in ("faults", "missing"))
        return cls(faults, Found(marks, references), missing)


def _fault(given: dict[str, Any]) -> Fault:
    span = given["span"]
    return Fault(**{**given, "span": tuple(span) if span else None})

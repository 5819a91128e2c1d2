"""Intakelog: ``protokoll.csv`` of the data folder, the office's own record of the deliveries that were taken in.

Only ``sozialbericht import`` writes it. The report prints source, day and number of values of a delivery; names of
files, sums, initials and remarks stay in the data folder.
"""

from __future__ import annotations

from typing import Any

NAME = "protokoll"
FILE = "protokoll.csv"
COLUMNS = (
    "eingang", "quelle", "datei", "pruefsumme", "blaetter", "zeilen", "werte", "neu", "geaendert", "stand", "kuerzel",
    "bemerkung",
)  # fmt: skip
_KINDS = {"eingang": "date", "zeilen": "integer", "werte": "integer", "neu": "integer", "geaendert": "integer"}
_REQUIRED = ("eingang", "quelle", "datei", "werte")

ENTRY: dict[str, Any] = {
    "name": NAME,
    "path": FILE,
    "schema": {
        "fields": [
            {
                "name": name,
                "type": _KINDS.get(name, "string"),
                "constraints": {"required": name in _REQUIRED},
                **({"format": "any"} if name == "eingang" else {}),
            }
            for name in COLUMNS
        ]
    },
}
"""How the contract reads the table; it need not be declared and may be absent."""

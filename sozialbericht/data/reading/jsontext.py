"""JSON: read strictly, so that nothing of it is taken for something else, with the place of each fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sozialbericht.data.faultlist import Findings, quoted
from sozialbericht.data.files import read_bytes
from sozialbericht.data.reading.encodings import decode

#: Why a text is no JSON, by the beginning of Python's words for it.
_WHY = {
    "Expecting ',' delimiter": "Ein Komma oder eine schließende Klammer fehlt",
    "Expecting ':' delimiter": "Ein Doppelpunkt fehlt",
    "Expecting value": "Ein Wert fehlt",
    "Expecting property name": "Ein Name in Anführungszeichen fehlt",
    "Illegal trailing comma": "Das Komma ist zu viel",
    "Invalid control character": "Mitten im Text steht ein Zeilenumbruch oder ein Steuerzeichen",
    "Invalid \\": "Nach „\\“ steht kein Zeichen, das hier etwas bedeutet",
    "Extra data": "Der Inhalt ist schon zu Ende",
}


class JsonError(ValueError):
    """A text is no JSON that a reader may rely on: German ``what`` and ``remedy``, and the line."""

    def __init__(self, what: str, remedy: str = "", row: int | None = None) -> None:
        super().__init__(what)
        self.what, self.remedy, self.row = what, remedy, row


def parse(text: str) -> Any:
    """The content of a JSON text; raises :class:`JsonError`.

    Refused are, besides what is no JSON: names that occur twice in an object, ``NaN`` and numbers beyond those of a
    computer, brackets in brackets without end.
    """

    def refused(literal: str) -> float:
        shown = literal if len(literal) <= 30 else literal[:30] + "…"
        at = text.find(literal)
        what = f"{quoted(shown)} ist keine Zahl, mit der sich rechnen lässt."
        raise JsonError(what, "Berichtigen Sie die Zahl.", text[:at].count("\n") + 1)

    def whole(literal: str) -> int:
        return int(literal) if len(literal) <= 18 else int(refused(literal))

    def decimal(literal: str) -> float:
        value = float(literal)
        return value if abs(value) <= 1e300 else refused(literal)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            name = next(n for n in names if names.count(n) > 1)
            what = f"Der Name {quoted(name[:60])} kommt in einem Objekt zweimal vor."
            raise JsonError(what, "Lassen Sie nur eine der Angaben stehen.", _second(text, name))
        return found

    try:
        return json.loads(text, parse_int=whole, parse_float=decimal, parse_constant=refused, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise _broken(error) from error
    except RecursionError as error:
        raise JsonError("Das JSON ist zu tief verschachtelt.", "Speichern Sie die Datei neu.") from error


def read_json(path: Path, file: str, findings: Findings) -> Any:
    """The content of a JSON file, or None and a fault with line and position."""
    content = read_bytes(path, file, findings)
    text = decode(content, "utf-8", file, findings) if content is not None else None
    if text is None:
        return None
    try:
        return parse(text)
    except JsonError as error:
        findings.add("kaputtes JSON", file, error.what, error.remedy, row=error.row)
    return None


def _broken(error: json.JSONDecodeError) -> JsonError:
    line = error.doc.split("\n")[error.lineno - 1].strip()
    found = f" (gefunden {quoted(line[:60])})" if line else ""
    if not error.doc[error.pos :].strip() or error.msg.startswith("Unterminated string"):
        what, remedy = "Hier bricht das JSON ab", "Die Datei ist wohl nicht ganz angekommen: Holen Sie sie noch einmal."
    else:
        why = next((words for start, words in _WHY.items() if error.msg.startswith(start)), error.msg)
        what = f"Das JSON ist ungültig, an Position {error.colno} der Zeile: {why}"
        remedy = "Häufig fehlt kurz davor ein Komma, Anführungszeichen oder eine Klammer, oder ein Komma ist zu viel."
    return JsonError(f"{what}{found}.", remedy, error.lineno)


def _second(text: str, name: str) -> int | None:
    """The line of the second occurrence of a name, where it is written as it is read."""
    written = json.dumps(name, ensure_ascii=False)
    at = text.find(written, text.find(written) + 1)
    return text[:at].count("\n") + 1 if at > 0 else None

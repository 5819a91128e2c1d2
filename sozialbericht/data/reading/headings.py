"""Headings: the line with the names of the columns, and what stands where it should be."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches

from sozialbericht.data.faultlist import listed, quoted, similar
from sozialbericht.data.reading.characters import alike, hidden
from sozialbericht.data.reading.tablefile import Rows, Source
from sozialbericht.faults import SURE

_DELIMITERS = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechter Strich"}
_YEAR = re.compile(r"(?:\D{0,12}\b)?(?:19|20)\d\d(?:\b.{0,12})?|\d{1,2}\.\d{1,2}\.\d{2,4}")
_SEARCHED = 30


def clean(cell: str) -> str:
    """A name of a column as it is compared."""
    return unicodedata.normalize("NFC", cell.strip())


def fits(rows: Rows, source: Source) -> bool:
    """Whether the first line has exactly the contract's columns, in any order; notes what is wrong."""
    line, cells = rows[0]
    head = [clean(cell) for cell in cells]
    if _wrong_delimiter(head, line, source) or _titles(rows, source) or _wide(head, line, source):
        return False
    before = len(source.findings)
    names = source.names
    missing = [name for name in names if name not in head and name not in source.dispensable]
    unknown = [name for name in dict.fromkeys(head) if name not in names]
    for name in [name for name in unknown if name]:
        near = get_close_matches(alike(name), [alike(n) for n in missing], 1, SURE)
        if same := next((n for n in missing if alike(n) in (alike(name), *near)), ""):
            _differs(name, same, line, source)
            missing.remove(same)
            unknown.remove(name)
    for name in missing:
        what = f"Die Spalte fehlt; gefunden wurden: {listed(head, 25)}."
        remedy = similar(name, unknown) if unknown else ""
        source.fault("Spalte fehlt", what, remedy or "Ergänzen Sie die Spalte.", line, name)
    for name in unknown:
        what = "Diese Spalte ist nicht vorgesehen." if name else "Eine Spalte hat keine Überschrift."
        remedy = similar(name, missing) if missing else ""
        remedy = remedy or "Löschen Sie die Spalte oder beschreiben Sie sie in datapackage.json."
        source.fault("unbekannte Spalte", what, remedy, line, name)
    for name in names:
        if head.count(name) > 1:
            what = f"Die Spalte kommt {head.count(name)}-mal vor."
            source.fault("Spalte doppelt", what, "Lassen Sie nur eine stehen.", line, name)
    return len(source.findings) == before


def is_head(cells: list[str], names: list[str]) -> bool:
    """Whether a line looks like the head of a table with these columns."""
    known = {alike(name) for name in names}
    found = {alike(cell) for cell in cells} & known
    return len(found) >= min(2, len(known)) and len(found) * 2 >= len(known)


def _differs(name: str, same: str, line: int, source: Source) -> None:
    """Note a name that looks like one of the contract's and is another."""
    signs = ", ".join(hidden(name))
    differs = f"{quoted(name)} ist anders geschrieben als {quoted(same)}"
    how = f"enthält ein unsichtbares Zeichen: {signs}" if signs else differs
    what = f"Der Name der Spalte {how}."
    source.fault("Spalte anders geschrieben", what, f"Schreiben Sie {quoted(same)}.", line, same)


def _wrong_delimiter(head: list[str], line: int, source: Source) -> bool:
    """Whether the header is cut into its columns by another sign than the declared one; notes it."""
    names = set(source.names)
    for sign, title in _DELIMITERS.items():
        parts = {part.strip(' "') for part in head[0].split(sign)}
        if len(head) == 1 and len(names & parts) > 1:
            source.fault(
                "falsches Trennzeichen",
                f"Die Spalten sind durch {title} getrennt, vereinbart ist {quoted(source.delimiter)}.",
                "Speichern Sie die Datei mit dem vereinbarten Trennzeichen (deutsches Excel: „CSV UTF-8“) "
                "oder vereinbaren Sie „delimiter“ in datapackage.json.",
                line,
            )
            return True
    return False


def _titles(rows: Rows, source: Source) -> bool:
    """Whether lines stand above the head; notes them."""
    if is_head(rows[0][1], source.names):
        return False
    for line, cells in rows[1:_SEARCHED]:
        if is_head(cells, source.names):
            first = next((cell.strip() for cell in rows[0][1] if cell.strip()), "")
            what = f"Über der Kopfzeile (Zeile {line}) steht noch etwas: {quoted(_short(first))}."
            remedy = f"Löschen Sie alles über Zeile {line}; die erste Zeile nennt die Spalten."
            source.fault("Titel über der Tabelle", what, remedy, rows[0][0])
            return True
    return False


def _wide(head: list[str], line: int, source: Source) -> bool:
    """Whether the values stand side by side, a column for each year or merkmal; notes it."""
    names = source.names
    unknown = [name for name in head if name not in names]
    years = [name for name in unknown if _YEAR.fullmatch(name)]
    values = (
        "wert" in names and "wert" not in head and len(unknown) > 1 and len(set(head) & set(names)) < len(names) - 1
    )
    if len(years) < 2 and not (values and len(head) > 2 and (set(head) & set(names) or len(unknown) > 3)):
        return False
    what = (
        f"Das ist eine breite Tabelle: je Zeile wird ein Wert erwartet, hier stehen mehrere Spalten mit Werten "
        f"nebeneinander ({listed(years or unknown)})."
    )
    remedy = f"Stellen Sie die Tabelle um; die Spalten heißen {', '.join(names)} (Excel: Daten → Entpivotieren)."
    source.fault("breite Tabelle", what, remedy, line)
    return True


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"

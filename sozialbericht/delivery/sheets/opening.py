"""Opening: the grids in a file or a pasted text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from sozialbericht.data.faultlist import Findings, listed
from sozialbericht.data.files import read_bytes
from sozialbericht.data.reading import kinds
from sozialbericht.data.reading.encodings import SAVE_CSV
from sozialbericht.data.reading.packedparts import SAVE_WORKBOOK, Refused
from sozialbericht.data.reading.sheetoutline import SheetError
from sozialbericht.delivery.sheets import excelbooks, oldbooks, opendocuments, packedfiles, plaintexts
from sozialbericht.delivery.sheets.collecting import paused
from sozialbericht.delivery.sheets.grid import Grid
from sozialbericht.faults import Fault, InputError

T = TypeVar("T")

CLIPBOARD = "Zwischenablage"
"""The name of what is pasted, in the place of a file's."""

_READERS: dict[str, Callable[[bytes, str], list[Grid]]] = {
    kinds.WORKBOOK: excelbooks.read,
    kinds.OLD_WORKBOOK: oldbooks.read,
    kinds.OPENDOCUMENT: opendocuments.read,
    "": plaintexts.read,
}
_ENDINGS = (".csv", ".txt", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods")


def grids(path: Path) -> list[Grid]:
    """The sheets of a workbook, a text table, or of all that an archive holds; raises :class:`InputError`."""
    findings = Findings(path.parent)
    content = read_bytes(path, path.name, findings)
    if content is None:
        raise InputError(findings.faults())
    packed = kinds.kind(content) == kinds.ARCHIVE
    with paused():
        found = list(_packed(content, path.name)) if packed else _opened(content, path.name)
    return _filled(found, path.name)


def pasted(text: str) -> list[Grid]:
    """The table in a text from the clipboard; raises :class:`InputError`."""
    return _filled(_guarded(lambda: [plaintexts.grid(text.replace("\0", ""), CLIPBOARD, [])], CLIPBOARD), CLIPBOARD)


def _filled(found: list[Grid], file: str) -> list[Grid]:
    filled = [grid for grid in found if any(grid.rows)]
    if not filled:
        remedy = "Prüfen Sie, ob es die richtige Datei ist; die Tabelle muss als Zellen darin stehen, nicht als Bild."
        raise InputError([Fault(file, "Darin steht keine Tabelle: Alle Blätter sind leer.", remedy)])
    return filled


def _packed(content: bytes, file: str) -> Iterator[Grid]:
    """The grids of all tables in an archive; what is no table is named in a remark of the first."""
    found: list[Grid] = []
    others: list[str] = []
    for name, inner in _guarded(lambda: list(packedfiles.members(content)), file):
        kind = kinds.kind(inner)
        if kind in (kinds.ARCHIVE, "ein Archiv", "ein Archiv (.gz)", "ein beschädigtes Archiv"):
            what = f"Im Archiv steckt ein weiteres Archiv: „{name}“."
            raise InputError([Fault(file, what, "Packen Sie es aus und schicken Sie die Tabellen selbst.")])
        if kind not in _READERS or (not kind and not name.lower().endswith(_ENDINGS)):
            others.append(f"{name} ({kind or 'keine Tabelle'})")
        elif inner.strip():
            found += _opened(inner, f"{file}/{name}")
    if others and not found:
        what = f"Das Archiv enthält keine Tabelle, nur {listed(others)}."
        raise InputError([Fault(file, what, "Gelesen werden .xlsx, .xlsm, .xls, .ods, .csv und .txt.")])
    for number, grid in enumerate(found):
        told = (f"Im Archiv nicht gelesen: {listed(others, 10)}.",) if others and number == 0 else ()
        yield replace(grid, remarks=(*told, *grid.remarks))


def _opened(content: bytes, file: str) -> list[Grid]:
    """The grids of one file that is no archive."""
    kind = kinds.kind(content)
    if kind not in _READERS:
        what = f"Die Datei ist {kind}; daraus lässt sich keine Tabelle lesen."
        if "verschlüsselte" in kind:
            raise InputError([Fault(file, "Die Excel-Mappe ist verschlüsselt.", "Speichern Sie sie ohne Kennwort.")])
        remedy = "Speichern Sie die Tabelle als Excel-Datei (.xlsx) oder " + SAVE_CSV.partition("Dateityp ")[2]
        raise InputError([Fault(file, what, remedy)])
    return _guarded(lambda: _READERS[kind](content, file), file)


def _guarded(read: Callable[[], list[T]], file: str) -> list[T]:
    """What ``read`` gives; whatever a damaged file makes fail is said as a fault of the file."""
    try:
        return read()
    except InputError:
        raise
    except Refused as refused:
        raise InputError([Fault(file, refused.what, refused.remedy, refused.row, refused.column)]) from refused
    except SheetError as error:
        raise InputError([Fault(file, f"Die Datei ist beschädigt: {error}.", SAVE_WORKBOOK)]) from error
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # the readers raise whatever a broken part makes fail, calamine even panics
        what = f"Die Datei lässt sich nicht lesen; ein Teil von ihr ist beschädigt ({type(error).__name__})."
        raise InputError([Fault(file, what, SAVE_WORKBOOK)]) from error

"""Page objects: what a page of a PDF paints, text and paths alike, those in forms too, asked for with few calls."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, NamedTuple

from pypdfium2 import raw

Matrix = tuple[float, float, float, float, float, float]
#: Forms in forms are followed so far.
DEEPEST = 15
#: Bytes of a text that are asked for at first: nearly all need fewer.
USUAL = 4096


class PageObject(NamedTuple):
    """An object of a page: its handle, its kind, the matrices of the forms around it, from the inside out."""

    handle: Any
    kind: int
    outer: tuple[Matrix, ...] = ()


def painted(page: Any) -> list[PageObject]:
    """The objects of a page (a handle), those in forms after the form."""
    return _painted(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page, ())


def _painted(
    count: Callable[[Any], int], get: Callable[[Any, int], Any], whole: Any, outer: tuple[Matrix, ...]
) -> list[PageObject]:
    found = []
    for place in range(count(whole)):
        handle = get(whole, place)
        kind = raw.FPDFPageObj_GetType(handle)
        found.append(PageObject(handle, kind, outer))
        if kind == raw.FPDF_PAGEOBJ_FORM and len(outer) < DEEPEST:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(handle, own)
            inside = ((own.a, own.b, own.c, own.d, own.e, own.f), *outer)
            found += _painted(raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, handle, inside)
    return found


def _room(size: int) -> tuple[Any, Any]:
    """Room for a text that pdfium writes as UTF-16, as bytes and as letters."""
    room = ctypes.create_string_buffer(size)
    return room, ctypes.cast(room, ctypes.POINTER(raw.FPDF_WCHAR))


_ROOM, _LETTERS = _room(USUAL)  # one for all, because pdfium serves one thread alone


def string(ask: Callable[..., int], *whom: Any, wide: bool = False) -> str:
    """A text that pdfium writes into a buffer: ``ask(*whom, buffer, bytes)`` returns how many bytes it needs.

    ``wide`` says that it wants a buffer of letters.
    """
    room, needed = _ROOM, ask(*whom, _LETTERS if wide else _ROOM, USUAL)
    if needed <= 2:
        return ""
    if needed > USUAL:
        room, letters = _room(needed)
        needed = ask(*whom, letters if wide else room, needed)
    return ctypes.string_at(room, needed - 2).decode("utf-16-le", "replace").split("\0")[0]

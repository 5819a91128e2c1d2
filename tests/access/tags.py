"""Tags: our own reader of a PDF's structure tree and of what the document says of itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree

HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def faults(pdf: bytes | Path) -> list[str]:
    """What is wrong with a PDF; nothing if all is well."""
    with pikepdf.open(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf) as document:
        root = document.Root
        told = list(_document(document))
        tree = root.get("/StructTreeRoot")
        if tree is None:
            return [*told, "no structure tree"]
        elements = list(_elements(tree))
        told += _headings(elements)
        told += _tables(elements, tree)
        told += _figures(elements)
        told += _connected(elements, tree)
        return told


def _document(document: pikepdf.Pdf) -> Iterator[str]:
    root, info = document.Root, document.docinfo
    wanted = {
        "not marked as tagged": bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        "no language": str(root.get("/Lang", "")).startswith("de"),
        "opens without bookmarks": root.get("/PageMode") == Name.UseOutlines and "/Outlines" in root,
        "title is not shown": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
        "no labels of pages": "/PageLabels" in root,
        **{f"no {key[1:]}": bool(str(info.get(key, "")).strip()) for key in ("/Title", "/Author", "/Subject")},
    }
    yield from (what for what, fine in wanted.items() if not fine)


def _elements(parent: Dictionary) -> Iterator[Dictionary]:
    """All elements of the tree in reading order."""
    kids = parent.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _headings(elements: list[Dictionary]) -> Iterator[str]:
    level = 0
    for element in elements:
        if str(element.S) not in HEADINGS:
            continue
        name, here = str(element.get("/T", "")), HEADINGS[str(element.S)]
        if not len(element.get("/K", Array())):
            yield f"heading without content: {name}"
        if here > level + 1:
            yield f"heading level skipped: {name}"
        level = here


def _tables(elements: list[Dictionary], tree: Dictionary) -> Iterator[str]:
    known = {str(name) for name in NameTree(tree.IDTree)} if "/IDTree" in tree else set()
    for number, table in enumerate((e for e in elements if Name.Table == e.S), start=1):
        for row in (e for e in _elements(table) if e.S == Name.TR):
            body = Name.THead != row.P.S
            first, *others = row.K
            if body and (first.S != Name.TH or _told(first, "/Scope") != "/Row") and len(first.get("/K", ())):
                yield f"table {number}: row without a head"
                break
            if not body and any(cell.S != Name.TH or _told(cell, "/Scope") != "/Column" for cell in row.K):
                yield f"table {number}: column without a head"
            if body and first.S == Name.TH and any(str(first.ID) not in _names(cell) for cell in others):
                yield f"table {number}: a cell does not name the head of its row"
                break
            if missing := {name for cell in row.K for name in _names(cell)} - known:
                yield f"table {number}: refers to a head that is not there: {min(missing)}"
                break


def _told(cell: Dictionary, key: str) -> Any:
    own = cell.get("/A", Array())
    found = [one.get(key) for one in (own if isinstance(own, Array) else [own]) if one.get("/O") == Name.Table]
    return str(found[0]) if found and found[0] is not None else None


def _names(cell: Dictionary) -> list[str]:
    own = cell.get("/A", Array())
    return [str(n) for one in (own if isinstance(own, Array) else [own]) for n in one.get("/Headers", ())]


def _figures(elements: list[Dictionary]) -> Iterator[str]:
    for number, figure in enumerate((e for e in elements if Name.Figure == e.S), start=1):
        if not str(figure.get("/Alt", "")).strip():
            yield f"figure {number}: no alternative text"


def _connected(elements: list[Dictionary], tree: Dictionary) -> Iterator[str]:
    """Every element names its parent, and what is marked on a page hangs in the tree."""
    reached = {element.objgen for element in elements if element.is_indirect}
    for element in elements:
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid and kid.P.objgen != element.objgen:
                yield f"an element {kid.S} names another parent"
    for _, marked in pikepdf.NumberTree(tree.ParentTree).items():
        for one in marked if isinstance(marked, Array) else [marked]:
            if isinstance(one, Dictionary) and one.objgen not in reached:
                yield f"marked content hangs outside the tree: {one.get('/S')}"
                return

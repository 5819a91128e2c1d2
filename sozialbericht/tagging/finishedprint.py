"""Finished print: the last step of every PDF, the same for both engines.

Typst tags all that it sets, but knows heads of columns only and keeps a heading that a template shows as nothing. Here
the first cell of each row of a table becomes its head, to which the row's other cells refer; headings without content
go; the document opens with its bookmarks. The same document gives the same bytes, PDF/UA-1 and PDF/A-2a as before.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, ObjectStreamMode, Pdf, String

_HEADINGS = frozenset(f"/H{level}" for level in range(1, 7))


def finished(pdf: bytes) -> bytes:
    """A PDF of Typst's with heads of rows, without empty headings, opening with its bookmarks."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        kinds: dict[str, list[Any]] = {"/Table": [], **{heading: [] for heading in _HEADINGS}}
        for entry in document.objects:
            if isinstance(entry, Dictionary) and (kind := str(entry.get("/S"))) in kinds:
                kinds[kind].append(entry)
        _head_rows(document, kinds["/Table"])
        for heading in (element for kind in sorted(_HEADINGS) for element in kinds[kind]):
            if "/P" in heading and not len(heading.get("/K", ())):
                _remove(heading)
        if "/Outlines" in document.Root:
            document.Root.PageMode = Name.UseOutlines
        written = io.BytesIO()
        document.save(written, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return written.getvalue()


def _head_rows(document: Pdf, tables: Iterable[Any]) -> None:
    """The first cell of each row is a head of that row (Scope Row), by whose ID the other cells name it."""
    heads: dict[str, Any] = {}
    for row in (row for table in tables for row in _rows(table)):
        first, *others = row.K
        if first.S != Name.TD or not len(first.get("/K", ())):
            continue
        label = String(f"zeile-{len(heads) + 1:06}")
        first.S, first.ID = Name.TH, label
        _table_attributes(first).Scope = Name.Row
        for cell in others:
            own = _table_attributes(cell)
            named = own.get("/Headers")
            if named is None or named.is_indirect:
                own.Headers = Array([*(named or ()), label])
            else:
                named.append(label)
        heads[str(label)] = first
    if heads:
        root = document.Root.StructTreeRoot
        tree = NameTree(root.IDTree) if "/IDTree" in root else NameTree.new(document)
        for name, head in heads.items():
            tree[name] = head
        root.IDTree = tree.obj


def _rows(table: Any) -> Iterator[Any]:
    """The rows below the head of a table."""
    for part in table.K:
        if part.S == Name.TR:
            yield part
        elif Name.TBody == part.S:
            yield from part.K


def _table_attributes(cell: Any) -> Any:
    """What a cell says of its place in the table, held in the cell itself: no other changes with it."""
    parts: Any = cell.get("/A")
    if not isinstance(parts, Array) or parts.is_indirect:
        cell.A = Array([] if parts is None else parts if isinstance(parts, Array) else [parts])
        parts = cell.A
    for place, part in enumerate(parts):
        if Name.Table == part.O:
            if part.is_indirect:
                parts[place] = Dictionary(part)
            return parts[place]
    parts.append(Dictionary(O=Name.Table))
    return parts[-1]


def _remove(element: Any) -> None:
    """Take an element without content out of the structure."""
    parent = element.P
    parent.K = Array([kid for kid in parent.K if not (isinstance(kid, Dictionary) and kid.objgen == element.objgen)])

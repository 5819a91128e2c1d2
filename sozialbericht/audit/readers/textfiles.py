"""Text files: tables, scripts, style sheets, JSON and notebooks, line by line or entry by entry."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sozialbericht.audit.readers import opentables, portals, unpacking
from sozialbericht.audit.readers.readings import Passage, Reading, clean, json_lines

_INDEX, _SEARCH = "Suchindex", "suche"
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*(?:\{.*\})?$")


def read_lines(content: bytes, name: str) -> Reading:
    """A text: each line under its name."""
    lines = (clean(line) for line in content.decode("utf-8").splitlines())
    heads = (Path(name).stem,)
    return Reading(tuple(Passage("Text", name, line, heads) for line in lines if line))


def read_manuscript(content: bytes, name: str) -> Reading:
    """A text in Markdown: each line under its headings."""
    return Reading(tuple(_manuscript(content.decode("utf-8"), name)))


def read_csv(content: bytes, name: str) -> Reading:
    """A table: each cell under the heading of its column and with the words of its row."""
    text = content.decode("utf-8-sig")
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(";,\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    heading = rows[0] if rows else []
    if opentables.is_open(heading):
        records, said = opentables.read(heading, rows[1:], name)
        return Reading(tuple(said), records=tuple(records))
    found = []
    for row in rows[1:]:
        words = clean(" ".join(entry for entry in row if not _numeric(entry)))
        for column, entry in enumerate(row):
            if clean(entry):
                title = clean(heading[column]) if column < len(heading) else ""
                found.append(Passage("Tabelle", name, clean(entry), (Path(name).stem, words, title)))
        joined = clean("; ".join(f"{a}: {b}" for a, b in zip(heading, row, strict=False) if b))
        found.append(Passage("Tabelle", name, joined, (Path(name).stem,)))
    return Reading(tuple(found))


def read_json(content: bytes, name: str) -> Reading:
    """JSON: each object as a line, under the keys above it."""
    data = json.loads(content.decode("utf-8"))
    return Reading(tuple(portals.passages(data, name) if portals.is_portal(data) else _entries(data, name)))


def read_script(content: bytes, name: str) -> Reading:
    """A script: where it assigns JSON to a name that is read, else its lines.

    Data of start page and atlas are read by ``portals``. Of the search index the texts are read line by line, and the
    rows of tables cell by cell.
    """
    text = content.decode("utf-8")
    start = text.find("= ")
    try:
        data = json.loads(text[start + 2 :].rstrip().rstrip(";")) if start > 0 else None
    except ValueError:
        data = None
    if data is None:
        return read_lines(content, name)
    if isinstance(data, dict) and data.get("format") == _SEARCH:
        return Reading(tuple(_sections(search_entries(data), name)))
    return Reading(tuple(portals.passages(data, name) if portals.is_portal(data) else _sections(data, name)))


def read_notebook(content: bytes, name: str) -> Reading:
    """A notebook: its texts, its sources, its outputs and everything in its metadata."""
    notebook: dict[str, Any] = json.loads(content.decode("utf-8"))
    found = list(_entries(notebook.get("metadata", {}), name, "Metadaten"))
    for cell in notebook.get("cells", []):
        found += _entries(cell.get("metadata", {}), name, "Metadaten")
        found += _manuscript(_joined(cell.get("source", "")), name)
        for output in cell.get("outputs", []):
            found += _entries(output.get("metadata", {}), name, "Metadaten")
            for kind, data in {"text": output.get("text", ""), **output.get("data", {})}.items():
                text = _joined(data)
                if kind.startswith("text") and text:
                    found += _manuscript(text, name)
                elif isinstance(data, dict):
                    found += _entries(data, name)
    return Reading(tuple(found))


def read_nothing(content: bytes, name: str) -> Reading:
    """A file that holds no text of the report, such as a font."""
    return Reading()


def _entries(content: object, name: str, kind: str = "Daten") -> list[Passage]:
    heads = (Path(name).stem,)
    return [Passage(kind, name, line, heads) for line in json_lines(content) if line]


def search_entries(data: dict[str, Any]) -> list[dict[str, str]]:
    """The entries of a search index whose texts are told by their words; raises ValueError for what is none."""
    if set(data) != {"format", "woerter", "texte"}:
        raise ValueError("ein Suchindex mit unbekanntem Eintrag")
    words, entries = unpacking.Words(data["woerter"]), []
    for address, title, text in data["texte"]:
        entries.append({"adresse": str(address), "titel": words.text(title), "text": words.text(text)})
    words.close()
    return entries


def _sections(data: object, name: str) -> Iterator[Passage]:
    """The entries of a search index; texts of several lines are no flow of words."""
    for entry in data if isinstance(data, list) else [data]:
        if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
            yield from _entries(entry, name, _INDEX)
            continue
        heads = (Path(name).stem, *(clean(value) for value in entry.values() if "\n" not in value))
        for key, value in entry.items():
            if "\n" in value or "\t" in value:
                yield from _flow(value, name, heads)
            else:
                yield Passage(_INDEX, name, clean(f"{key}: {value}"), heads[:1])


def _flow(text: str, name: str, heads: tuple[str, ...]) -> Iterator[Passage]:
    """Lines, and rows of tables cell by cell: under the line before the table, the headings and the first cell."""
    columns: dict[int, str] = {}
    above = group = ""
    heading = False
    for line in text.split("\n"):
        cells = [clean(cell) for cell in line.split("\t")]
        if len(cells) == 1:
            above, group, columns = cells[0], "", {}
            yield Passage(_INDEX, name, above, heads)
        elif not cells[0]:
            columns = columns if heading else {}
            for place, cell in enumerate(cells[1:]):
                columns[place] = clean(f"{columns.get(place, '')} {cell}")
                yield Passage("Tabelle", name, cell, (*heads, above))
        else:
            group = group if any(cells[1:]) else cells[0]
            for place, cell in enumerate(cells):
                about = (*heads, above, group, columns.get(place, ""), cells[0] if place else "")
                yield Passage("Tabelle", name, cell, about)
        heading = not cells[0]


def _manuscript(text: str, name: str) -> list[Passage]:
    heads: tuple[str, ...] = (Path(name).stem,)
    found = []
    columns: list[str] = []
    for raw in text.splitlines():
        line = clean(raw)
        if heading := _HEADING.match(line):
            heads = (Path(name).stem, heading[1])
        if line.startswith("|") and line.endswith("|"):
            cells = [clean(cell) for cell in line.strip("|").split("|")]
            if not columns:
                columns = cells
            elif set(line) - set("|-: "):
                for place, cell in enumerate(cells):
                    title = columns[place] if place < len(columns) else ""
                    found.append(Passage("Tabelle", name, cell, (*heads, title, cells[0] if place else "")))
            continue
        columns = []
        if line:
            found.append(Passage("Text", name, line, heads))
    return [passage for passage in found if passage.text]


def _joined(text: object) -> str:
    return "".join(map(str, text)) if isinstance(text, list) else text if isinstance(text, str) else ""


def _numeric(text: str) -> bool:
    return bool(re.fullmatch(r"\s*[-+−]?[\d.,]+\s*", text))

"""Differences: what differs between two reports, in German, for whoever signs or corrects one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sozialbericht.comparison.reportpair import Change, ReportPair

#: So many changes of a kind are listed; of the others only the number.
MOST = 40
#: So long may a sentence be.
LONGEST = 220


def told(pair: ReportPair, *, everything: bool = False) -> str:
    """All differences; ``everything`` lists them without end."""
    most = None if everything else MOST
    parts = [_head(pair)]
    if not pair.counted:
        parts.append(
            "Werte: nicht verglichen, denn nicht beide Berichte haben den Ordner „daten“.\n"
            "  → Den Bericht, dem er fehlt, ohne --only und --draft neu machen."
        )
    else:
        parts.append(_listed(f"Werte, die anders sind ({pair.counted} verglichen)", pair.values, most))
        parts.append(_listed("Klassen, die anders sind (Lage, Status)", pair.classes, most))
    parts.append(_listed("Sätze, Überschriften und Bildbeschreibungen", pair.sentences, most, sentences=True))
    parts.append(_listed("Seiten (Stellen, die nur dort stehen)", pair.pages, most))
    parts.append(f"Dateien, die anders sind: {len(pair.files)}")
    return "\n\n".join(parts)


def same(pair: ReportPair) -> bool:
    """Whether no value, class, sentence or page differs."""
    return not (pair.values or pair.classes or pair.sentences or pair.pages)


def of_file(pair: ReportPair, path: str) -> str:
    """The first place where a file of both reports differs."""
    one, other = (folder / path for folder in (pair.one, pair.other))
    if not one.is_file() or not other.is_file():
        return "nur im einen Ordner"
    before, after = one.read_bytes(), other.read_bytes()
    pairs = enumerate(zip(before, after, strict=False))
    at = next((place for place, (a, b) in pairs if a != b), min(len(before), len(after)))
    if b"\0" in before[:1000] or path.endswith((".pdf", ".xlsx", ".gpkg")):
        return f"ab Byte {at + 1} von {len(before)}"
    line = before.count(b"\n", 0, at) + 1
    was, now = (
        content[max(at - 30, 0) : at + 30].decode("utf-8", "replace").replace("\n", " ") for content in (before, after)
    )
    return f"Zeile {line}: „{was}“, neu gemacht „{now}“"


def _head(pair: ReportPair) -> str:
    names = [
        f"{folder} (Kennung {found.edition or 'unbekannt'})"
        for folder, found in zip((pair.one, pair.other), pair.manifests, strict=True)
    ]
    return f"Verglichen: {names[0]}\n      mit: {names[1]}"


def _listed(title: str, changes: Sequence[Change], most: int | None, *, sentences: bool = False) -> str:
    if not changes:
        return f"{title}: keine Unterschiede"
    lines = [line for change in changes[:most] for line in _lines(change, sentences=sentences)]
    more = [f"  … und {len(changes) - most} weitere (alle: --all)"] if most and len(changes) > most else []
    return "\n".join([f"{title}: {len(changes)}", *lines, *more])


def _lines(change: Change, *, sentences: bool) -> Iterator[str]:
    if not sentences:
        yield f"  {change.place}: {change.one or 'nichts'} → {change.other or 'nichts'}"
        return
    if change.one:
        yield f"  {change.place} − {change.one[:LONGEST]}"
    if change.other:
        yield f"  {change.place} + {change.other[:LONGEST]}"

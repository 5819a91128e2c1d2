"""Verifying: ``sozialbericht verify DIR`` makes a report again, from today's inputs and nothing stored, and says
whether it comes out to the byte."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sozialbericht.comparison import comparing, differences
from sozialbericht.comparison.reportpair import ReportPair
from sozialbericht.order import inputlist, manifest, recipe
from sozialbericht.order.manifest import Manifest
from sozialbericht.order.project import default_root, find_data, open_project
from sozialbericht.rendering import production

DESCRIPTION = "Macht einen Bericht noch einmal und sagt, ob Byte für Byte dasselbe herauskommt."
#: So many files are named.
NAMED = 12


def options(parser: argparse.ArgumentParser) -> None:
    """The options of ``sozialbericht verify``."""
    parser.add_argument("report", metavar="ORDNER", help="der Ordner eines Berichts, oder sein Jahr in build")
    parser.add_argument(
        "--data", type=Path, default=Path("data"), metavar="ORDNER", help="Ordner der Daten (Vorgabe: data)"
    )
    parser.add_argument("--jobs", type=int, metavar="N", help="wie viele Notebooks zugleich laufen")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")


def verified(given: argparse.Namespace, say: Callable[[str], None]) -> tuple[str, bool]:
    """What differs from the report made again, and whether nothing does; raises :class:`InputError` where there is no
    report, and what the production of a report raises."""
    folder, root, data = comparing.found(given.report), default_root().resolve(), find_data(given.data).resolve()
    before = manifest.read(folder) or Manifest()
    touched = _touched(folder, before)
    asked = recipe.request(before.command)
    with tempfile.TemporaryDirectory(prefix=".pruefung-", dir=folder.parent) as place:
        again = replace(asked, output=Path(place, folder.name), data=data, cache=False, jobs=given.jobs)
        say("Mache den Bericht noch einmal, ohne Ergebnisse früherer Läufe")
        made = production.make(again, say=say, root=root)
        pair = ReportPair(folder, made.folder)
        names = [change.place for change in pair.files]
        told = _retold(before, pair.manifests[1])
        if not names and not told:
            return f"Gleich: {len(before.files)} Dateien, Byte für Byte. Kennung {before.edition}.", True
        lines = [f"Anders: {len(names)} von {len(before.files)} Dateien.", *told]
        for name in names[:NAMED]:
            why = "seit dem Lauf von Hand verändert" if name in touched else "kommt heute anders heraus"
            lines.append(f"  {name}: {why}; {differences.of_file(pair, name)}")
        lines += [f"  … und {len(names) - NAMED} weitere"] if len(names) > NAMED else []
        lines += _reasons(folder, before, pair, inputlist.of(open_project(root), data))
        return "\n".join([*lines, "", differences.told(pair)]), False


def _touched(folder: Path, listed: Manifest) -> set[str]:
    """The files that are not what the run has written, and those that it has not."""
    now = set(manifest.leaves(folder)) - {manifest.NAME}
    changed = {path for path, entry in listed.files.items() if not manifest.unchanged(folder / path, entry)}
    return changed | (now - listed.files.keys())


def _retold(before: Manifest, now: Manifest) -> list[str]:
    """What the manifest says of the report and that of the one made again does not."""
    words = {"edition": "Kennung", "protected": "Prüfsumme der geschützten Zahlen", "kind": "Art", "year": "Jahr"}
    return [
        f"  {manifest.NAME}: {word} {getattr(before, name)}, neu gemacht {getattr(now, name)}"
        for name, word in words.items()
        if getattr(before, name) != getattr(now, name)
    ]


def _reasons(folder: Path, before: Manifest, pair: ReportPair, now: dict[str, str]) -> list[str]:
    """What may be why: other inputs, other versions."""
    lines = []
    changed = inputlist.changed(folder, now)
    if changed:
        more = f" und {len(changed) - NAMED} weitere" if len(changed) > NAMED else ""
        lines.append(f"Eingaben, die sich seitdem geändert haben: {', '.join(changed[:NAMED])}{more}")
    elif changed is not None:
        lines.append("Die Eingaben (Daten, Notebooks, Texte) sind dieselben.")
    other = pair.manifests[1].versions
    versions = [
        f"{name} {before.versions.get(name, 'fehlt')} → {other.get(name, 'fehlt')}"
        for name in sorted({*before.versions, *other})
        if before.versions.get(name) != other.get(name)
    ]
    return [*lines, *([f"Andere Versionen: {', '.join(versions)}"] if versions else [])]

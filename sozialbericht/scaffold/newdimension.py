"""Newdimension: a chapter from the template of the house, with rows of the catalogue to be filled, in its place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sozialbericht.data import contract
from sozialbericht.data.descriptor import resource
from sozialbericht.data.reading.characters import alike
from sozialbericht.data.sums import terms
from sozialbericht.data.tableset import Tables
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import ANNEX_FROM, DATA, NOTEBOOK, Project, open_project
from sozialbericht.rendering import production
from sozialbericht.scaffold import housechapter
from sozialbericht.scaffold.given import slugs

#: What stands where its maker has to say something.
OPEN = "bitte ergänzen"


def make(root: Path, name: str, say: Callable[[str], None]) -> None:
    """Add a dimension to a project; raises :class:`InputError`, and then nothing has changed."""
    project = open_project(root)
    tables = contract.load(root / DATA)
    title = " ".join(name.split())
    title = title if title != title.lower() else title[:1].upper() + title[1:]
    key = slugs.column(title)
    merkmal, indicator = _rows(tables, title, key)
    number = _number(project)
    if faults := list(_taken(project, tables, title, key)):
        raise InputError(faults)
    quarto = project.report / "_quarto.yml"
    with _undone_at_a_fault() as changed:
        for table, row in (("merkmale", merkmal), ("indikatoren", indicator)):
            path, text = _longer(root / DATA, tables, table, row)
            changed(path, text)
        notebook = project.notebooks / f"{number:02d}_{key}.ipynb"
        changed(notebook, b"")
        housechapter.write(project.notebooks, notebook.name, indicator["indikator"], title, tables.years)
        changed(quarto, _with_chapter(quarto, tables, project, key))
        production.check(open_project(root), root / DATA, cache=False)
    say(f"Angelegt: notebooks/{notebook.name}, dazu je eine Zeile in data/merkmale.csv und data/indikatoren.csv.")
    say(f"Dort ergänzen, wo „{OPEN}“ steht, und {key} in data/werte/<Jahr>.csv eintragen.")
    say(f"Dann: python render.py --check und python render.py --year JAHR --only {key}")


def _rows(tables: Tables, title: str, key: str) -> tuple[dict[str, str], dict[str, str]]:
    """A row of each catalogue: something that is counted, and its share in the population."""
    whole = _whole(tables)
    months: Any = tables.values.loc[tables.values["merkmal"] == whole, "stichtag"].dt.month
    month = int(months.mode().iloc[0]) if len(months) else 12
    merkmal = {
        "merkmal": key, "bezeichnung": f"{title} ({OPEN})", "einheit": "Personen", "zeitbezug": "stichtag",
        "sensibel": "ja", "teil_von": whole, "quelle": OPEN,
    }  # fmt: skip
    indicator = {
        "indikator": f"{key}_anteil", "dimension": title, "bezeichnung": f"Anteil {title} ({OPEN})",
        "kurzname": f"{title[:20]} in %", "art": "anteil", "zaehler": key, "nenner": whole, "faktor": "100",
        "einheit": "%", "bezug": "der Bevölkerung", "nachkommastellen": "1", "richtung": "neutral",
        "bezug_monat": str(month), "verzug_jahre": "0", "nenner_stand": "gleich", "herkunft": "eigene",
        "definition": f"Was gezählt wird je 100 Menschen der Bevölkerung ({OPEN}).", "quelle": OPEN,
    }  # fmt: skip
    return merkmal, indicator


def _whole(tables: Tables) -> str:
    """The merkmal that most shares are of."""
    shares = tables.indicators[tables.indicators["art"] == "anteil"]
    single = [parts[0] for parts in map(terms, shares["nenner"]) if len(parts) == 1]
    return str(max(single, key=single.count)) if single else str(tables.features.index[0])


def _taken(project: Project, tables: Tables, title: str, key: str) -> Iterator[Fault]:
    """A fault for everything of this name that is there already."""
    if not key:
        yield Fault("--dimension", f"Aus „{title}“ wird kein Name eines Kapitels.", "Buchstaben und Ziffern nehmen.")
    if any(alike(title) == alike(str(d)) for d in tables.indicators["dimension"]):
        yield Fault("data/indikatoren.csv", f"Die Dimension „{title}“ gibt es schon.", "Einen anderen Namen nennen.")
    if any(chapter.name == key for chapter in project.chapters):
        yield Fault("notebooks", f"Ein Kapitel „{key}“ gibt es schon.", "Einen anderen Namen nennen.")
    if key in tables.features.index or f"{key}_anteil" in tables.indicators.index:
        yield Fault("data/merkmale.csv", f"Den Schlüssel „{key}“ gibt es schon.", "Einen anderen Namen nennen.")


def _number(project: Project) -> int:
    """The first number of the main part that no chapter has."""
    taken = {int(match[1]) for p in project.notebooks.glob("*.ipynb") if (match := NOTEBOOK.fullmatch(p.name))}
    return next((number for number in range(1, ANNEX_FROM) if number not in taken), ANNEX_FROM - 1)


def _longer(data: Path, tables: Tables, table: str, row: Mapping[str, str]) -> tuple[Path, bytes]:
    """A table of the catalogue with a row more, otherwise byte by byte as it was."""
    entry = resource(tables.descriptor, table)
    path = data / entry["path"]
    dialect = {"delimiter": ";", **entry.get("dialect", {})}
    if not path.is_file():
        shown = dialect["delimiter"].join(row.values())
        what = "Der Katalog ist keine CSV-Datei; eine Zeile lässt sich nur von Hand ergänzen."
        raise InputError([Fault(f"data/{path.with_suffix('.xlsx').name}", what, f"Diese Zeile eintragen: {shown}")])
    encoding = entry.get("encoding", "utf-8")
    before = path.read_bytes()
    text = before.decode(encoding).removeprefix("\ufeff")
    rows = csv.reader(io.StringIO(text), delimiter=dialect["delimiter"])
    head = next(row for row in rows if row and not row[0].casefold().startswith("sep="))
    end = "\r\n" if b"\r\n" in before else "\n"
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=dialect["delimiter"], lineterminator=end)
    writer.writerow([row.get(name.strip(), "") for name in head])
    gap = b"" if before.endswith((b"\n", b"\r")) else end.encode(encoding)
    return path, before + gap + line.getvalue().encode(encoding)


def _with_chapter(quarto: Path, tables: Tables, project: Project, key: str) -> bytes:
    """The list of chapters with the new one behind the last dimension, else before the first numbered chapter; as it
    was where neither is listed.
    """
    text = quarto.read_text(encoding="utf-8")
    names = "|".join(re.escape(slugs.column(str(d))) for d in tables.indicators["dimension"].drop_duplicates())
    found = list(re.finditer(rf"^([ \t]*- )['\"]?(?:{names})\.ipynb['\"]?[ \t]*\n", text, re.MULTILINE))
    if found:
        at = found[-1].end()
        text = f"{text[:at]}{found[-1][1]}{key}.ipynb\n{text[at:]}"
    numbered = [c.name for c in project.chapters if not c.annex and re.match("0[1-9]|[1-7]", c.source.name)]
    first = numbered and re.search(rf"^([ \t]*- )['\"]?{numbered[0]}\.ipynb", text, re.MULTILINE)
    if first and not found:
        text = f"{text[: first.start()]}{first[1]}{key}.ipynb\n{text[first.start() :]}"
    return text.encode("utf-8")


@contextmanager
def _undone_at_a_fault() -> Iterator[Callable[[Path, bytes], None]]:
    """Files that are written inside are as before if anything goes wrong."""
    before: dict[Path, bytes | None] = {}

    def write(path: Path, content: bytes) -> None:
        before.setdefault(path, path.read_bytes() if path.is_file() else None)
        path.write_bytes(content)

    try:
        yield write
    except BaseException:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        raise

"""Newproject: a whole project, made beside its place and moved there when everything is in order."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from sozialbericht.data.timeline import valueyears
from sozialbericht.execution.chapters import read_notebook
from sozialbericht.faults import Fault, InputError
from sozialbericht.fitting import requirement, termlist
from sozialbericht.order import profiles
from sozialbericht.order.comparisonyear import newest_before
from sozialbericht.order.offer import Offer
from sozialbericht.order.project import DATA, GENERAL, PACKAGE, open_project
from sozialbericht.rendering import production
from sozialbericht.scaffold import starter
from sozialbericht.scaffold.datafolder import Datafolder
from sozialbericht.scaffold.given import arealist, hierarchy, tidyvalues
from sozialbericht.scaffold.given.brief import Brief
from sozialbericht.scaffold.template import HANDBOOK, OWN, PARTS, Template

Say = Callable[[str], None]
#: The years in the cell of parameters of a notebook.
_YEAR = re.compile(r'("jahr = )\d{4}(?=\\n",$)', re.MULTILINE)
_YEAR_BEFORE = re.compile(r'("vergleichsjahr = )\d{4}(?=\\n",$)', re.MULTILINE)
#: A chapter in the list of them.
_LISTED = re.compile(r"    - (\w+\.(?:ipynb|qmd))\n?$")


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """An empty folder that takes the place of ``target`` if all goes well; else nothing is left of it.

    Raises :class:`InputError` where ``target`` holds anything.
    """
    target = target.absolute()
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        what = f"{target} gibt es schon, und er ist nicht leer; ein neues Projekt ersetzt nichts."
        raise InputError([Fault("new", what, "Einen anderen Ordner nennen.")])
    there = target.parent
    while not there.is_dir():
        there = there.parent
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=there))
    try:
        yield made
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            target.rmdir()
        made.chmod(0o755)
        made.rename(target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def demonstration(target: Path, say: Say) -> None:
    """The demonstration with its city, its data and all its chapters."""
    with beside(target) as folder:
        Template().copy(folder, *PARTS)
        _ignored(folder)
    say(f"Angelegt: {target}, die Vorführung mit ihren Modelldaten.")
    _tell_next(target, 2006, say)


def make(brief: Brief, say: Say) -> None:
    """A project of one's own, checked; raises :class:`InputError` with every fault, and then nothing is made."""
    with beside(brief.folder) as folder:
        template = Template()
        template.copy(folder, "notebooks", "report", "render.py", *HANDBOOK)
        told, year = _data(brief, template, folder / "data")
        _chapters(brief.city, folder)
        _settle_years(folder, year)
        _ignored(folder)
        try:
            found = production.inspect(open_project(folder), folder / "data", year, cache=False)
        except InputError as error:
            raise _of_the_file(error, brief) from error
        shutil.rmtree(folder / "build", ignore_errors=True)
    say(f"Angelegt und geprüft: {brief.folder}")
    for line in told:
        say(f"  {line}")
    say(f"  Kapitel: {', '.join(found.chapters)}")
    for line in found.left_out:
        say(f"  {line}")
    _tell_next(brief.folder, year, say)
    say("Bezeichnungen, Quellen und Richtungen stehen in data/merkmale.csv und data/indikatoren.csv: dort ergänzen.")


def _tell_next(folder: Path, year: int, say: Say) -> None:
    """Say how the project is rendered: by a Python that finds the package from everywhere."""
    if not any(found.read_text("RECORD") for found in metadata.distributions(name=PACKAGE.name)):
        say(f"Zuvor einmal: python -m pip install --no-deps -e {PACKAGE.parent}")
    say(f"Weiter: cd {folder} && python render.py --year {year}")


def _data(brief: Brief, template: Template, folder: Path) -> tuple[list[str], int]:
    """Write the data folder; returns what its maker should know, and the newest year."""
    areas = arealist.read(brief.areas, layer=brief.layer, crs=brief.crs)
    keys = hierarchy.keys_of(areas, brief)
    faults: list[Fault] = []
    tables: list[tidyvalues.Table] = []
    try:
        tables = tidyvalues.tables(brief, keys)
    except InputError as error:
        faults += error.faults
    found = None
    try:
        found = hierarchy.of(areas, brief, tidyvalues.spare(tables, keys))
    except InputError as error:
        faults += error.faults
    if faults or found is None:
        raise InputError(faults)
    if brief.values:
        values = tidyvalues.read(tables, brief, found)
        values.complete({place.raum_id: place.name for place in found.lowest})
    else:
        values = starter.examples(found, brief.date or dt.date(dt.date.today().year - 1, 12, 31))
    catalogue = starter.of(values, brief)
    described = json.loads((template.root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    writer = Datafolder(folder, described, found, schematic=areas.schematic)
    writer.write(brief.city, values, catalogue, _log(brief))
    told = [f"{len(found.lowest)} {found.levels[-1].mehrzahl}, {len(catalogue.indikatoren)} Indikatoren"]
    told += [*found.told, *values.told, *catalogue.told]
    if not brief.values:
        told.append("Werte fehlen noch: data/werte enthält überall „…“ (fehlt); dort oder im Katalog ergänzen.")
    protected = sum(row["sensibel"] == "ja" for row in catalogue.merkmale)
    told.append(f"Geheimhaltung: bei {protected} Merkmalen ist sensibel = ja gesetzt; data/merkmale.csv prüfen.")
    return told, values.years[-1]


def _chapters(city: str, folder: Path) -> None:
    """Leave the chapters that are of no city in particular, or of this one, and list them; which of them run, the data
    decide each time.
    """
    offer = Offer(city=city)
    for path in sorted((folder / "notebooks").rglob("*.ipynb")):
        if requirement.foreign(read_notebook(path), offer):
            path.unlink()
    for text in (folder / "report").glob("*.qmd"):  # the words of the demonstration
        if text.stem not in (profiles.OVERVIEW, *termlist.OWN):
            text.unlink()
    shutil.copy(OWN / "index.qmd", folder / "report")
    quarto = folder / "report" / "_quarto.yml"
    settings = quarto.read_text(encoding="utf-8")
    there = {path.name for path in (folder / "report").glob("*.qmd")}
    there |= {path.name.partition("_")[2] for path in (folder / "notebooks").glob("*.ipynb")}
    there |= {path.name for path in (folder / "notebooks" / GENERAL).glob("*.ipynb")}
    listed = "".join(
        line for line in settings.splitlines(keepends=True) if not (entry := _LISTED.match(line)) or entry[1] in there
    )
    quarto.write_text(listed, encoding="utf-8")


def _settle_years(folder: Path, year: int) -> None:
    """Let the notebooks begin with a year that the data have, so that they run as they are opened in JupyterLab."""
    before = newest_before(year, valueyears.of(folder / DATA))
    for path in (folder / "notebooks").rglob("*.ipynb"):
        text = _YEAR.sub(rf"\g<1>{year}", path.read_text(encoding="utf-8"))
        path.write_text(_YEAR_BEFORE.sub(rf"\g<1>{before}", text), encoding="utf-8")


def _ignored(folder: Path) -> None:
    """What git should not keep of a project."""
    (folder / ".gitignore").write_text("build/\n.venv/\n.ipynb_checkpoints/\n~$*\n", encoding="utf-8")


def _of_the_file(error: InputError, brief: Brief) -> InputError:
    """The faults of what was made, at the file that it was made from."""
    place = brief.areas.name
    return InputError(
        replace(f, place=place) if f.place.endswith("raeume.geojson") else replace(f, place=_short(f.place))
        for f in error.faults
    )


def _short(place: str) -> str:
    """A place in the new project without the folder that it was made in."""
    return "data/" + place.partition("data/")[2] if "data/" in place else place


def _log(brief: Brief) -> str:
    """Where the data come from, as the first entry of their log."""
    files = "\n".join(f"| `{path.name}` | Werte |" for path in brief.values)
    return (
        f"# Datenbuch\n\nAngelegt am {dt.date.today():%d.%m.%Y} mit `sozialbericht new` aus:\n\n"
        f"| Datei | Inhalt |\n|---|---|\n| `{brief.areas.name}` | Gebiete |\n{files}\n\n"
        "`datapackage.json` beschreibt alle Tabellen. Urheber, Lizenz und Stand der Dateien hier ergänzen.\n"
    )

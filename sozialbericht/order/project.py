"""The project on disk: which notebooks and texts make up the report, and where everything lies."""

from __future__ import annotations

import os
import re
import site
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sozialbericht.faults import Fault, InputError

#: A notebook's file name: two digits for its place, an underscore, the name of its page.
NOTEBOOK = re.compile(r"(\d\d)_([a-z0-9_]+)\.ipynb")
#: An entry of the list of chapters.
ENTRY = re.compile(r"[^\x00-\x1f/\\:*?\"<>|]{1,200}\.(qmd|ipynb|md)")
#: Notebooks numbered from here on belong to the annex.
ANNEX_FROM = 80
#: The folder of the notebooks that stand in where a chapter of one's own is missing, below notebooks/.
GENERAL = "allgemein"
#: Where the photographs and drawings lie that notebooks show.
PICTURES = "notebooks/bilder"
#: The general notebook that runs for each dimension without a chapter of its own.
DIMENSION = "dimension"
#: The logs of unforeseen faults in the folder ``build``.
LOGS = "fehlerprotokoll-*.txt"


@dataclass(frozen=True)
class Chapter:
    """One chapter: a notebook (``source`` under notebooks/) or a text (under report/).

    ``dimension`` is what the general notebook of dimensions is about in this chapter.
    """

    name: str
    source: Path
    annex: bool
    dimension: str = ""

    @property
    def is_notebook(self) -> bool:
        """Whether the chapter has to be executed."""
        return self.source.suffix == ".ipynb"

    @property
    def place(self) -> str:
        """The notebook or text for messages: ``notebooks/03_wohnen.ipynb``."""
        folder = f"notebooks/{GENERAL}" if self.source.parent.name == GENERAL else self.source.parent.name
        return f"{folder}/{self.source.name}" + (f" ({self.dimension})" if self.dimension else "")

    @property
    def staged(self) -> str:
        """Name of the chapter's file in the assembled Quarto project."""
        return self.name + self.source.suffix

    @property
    def page(self) -> str:
        """Name of the chapter's page in the web report."""
        return self.name + ".html"


@dataclass(frozen=True)
class LeftOut:
    """A chapter that does not fit the data: its name, its heading, why („braucht …“; "" where another stands in), the
    labels that it would have set; ``foreign``: it is another city's, which no reader needs to know; ``quiet``: nobody
    does.
    """

    name: str
    title: str
    reason: str
    labels: tuple[str, ...] = ()
    foreign: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Project:
    """A project: the folders of the design, the settings of the Quarto project, the chapters in order.

    ``left_out`` are the chapters that do not fit the data, ``unfit_profiles`` the notebooks of profiles (by their
    level), as soon as somebody has looked.
    """

    root: Path
    settings: dict[str, Any]
    chapters: tuple[Chapter, ...]
    left_out: tuple[LeftOut, ...] = ()
    unfit_profiles: tuple[LeftOut, ...] = ()

    @property
    def notebooks(self) -> Path:
        """Folder of the notebooks."""
        return self.root / "notebooks"

    @property
    def report(self) -> Path:
        """Folder of the Quarto project: texts, print template, web theme."""
        return self.root / "report"

    @property
    def profiles(self) -> dict[str, Path]:
        """The notebooks of the profiles, ``notebooks/profil/<level>.ipynb``, by the level of their areas."""
        unfit = {one.name for one in self.unfit_profiles}
        found = sorted((self.notebooks / "profil").glob("*.ipynb"))
        return {path.stem: path for path in found if path.stem not in unfit}

    def general(self, name: str) -> Path | None:
        """The general notebook of this name, ``notebooks/allgemein/<name>.ipynb``, if there is one."""
        path = self.notebooks / GENERAL / f"{name}.ipynb"
        return path if path.is_file() else None

    def select(self, names: list[str]) -> tuple[Chapter, ...]:
        """The chapters of a short report: the frame's first page and the named chapters.

        Raises :class:`InputError` that lists the names there are, if one is unknown.
        """
        if not names:
            return self.chapters
        known = {c.name: c for c in self.chapters}
        reasons = {one.name: f"Das Kapitel „{one.name}“ entfällt: {one.reason}." for one in self.left_out}
        there = f"Vorhanden sind: {', '.join(known)}."
        faults = [
            Fault("--only", reasons.get(n, f"Das Kapitel „{n}“ gibt es nicht."), there) for n in names if n not in known
        ]
        if faults:
            raise InputError(faults)
        return tuple(c for c in self.chapters if c.name in names or c.name == "index")


#: What the headings of profiles carry as their identifier, before the raum_id; the print template looks for it, too.
PROFILE_LABEL = "sec-profil-"


def profile_label(area: str) -> str:
    """The identifier of a profile's heading: ``sr_altstadt`` → ``sec-profil-sr-altstadt``."""
    return PROFILE_LABEL + area.replace("_", "-")


def sheet_label(area: str) -> str:
    """The identifier of the heading of an area's Steckbrief: ``sr_altstadt`` → ``sec-aktionsraum-sr-altstadt``."""
    return f"sec-aktionsraum-{area.replace('_', '-')}"


#: The package's folder.
PACKAGE = Path(__file__).resolve().parents[1]
#: The variable that tells a kernel, and JupyterLab, which project they work for.
TOLD = "SOZIALBERICHT_WURZEL"
#: The variable by which a kernel knows that it runs a notebook for a report, and its value where no web page is made.
RUN, PRINT = "SOZIALBERICHT_LAUF", "druck"
#: Where a project keeps its data unless another folder is named.
DATA = Path("data")


def for_web() -> bool:
    """Whether what is drawn in this process may come to stand in a web page."""
    return os.environ.get(RUN) != PRINT


def package_path() -> list[str]:
    """What has to be on the path of another interpreter so that it finds the package: the folder that it stands in.

    Nothing where it is installed: every interpreter looks there by itself, and what else is installed must not come
    before Python's own modules.
    """
    installed = {os.path.realpath(place) for place in (*site.getsitepackages(), site.getusersitepackages())}
    return [] if str(PACKAGE.parent) in installed else [str(PACKAGE.parent)]


class _Named:
    """The project that the command was told to work in; None: nobody has said."""

    root: Path | None = None


def work_in(root: Path | None) -> None:
    """Take this folder as the project from now on, whatever the working directory; None: look for it again."""
    _Named.root = None if root is None else root.resolve()


def is_project(folder: Path) -> bool:
    """Whether a folder is a project: notebooks, and data with a contract or the texts of a report."""
    described = (folder / DATA / "datapackage.json").is_file()
    return (folder / "notebooks").is_dir() and (described or (folder / "report" / "_quarto.yml").is_file())


def default_root() -> Path:
    """The project: the one that was named, the one that the working directory lies in, or the checkout of the package.

    Raises :class:`InputError` where there is none of them.
    """
    if told := _Named.root or os.environ.get(TOLD):
        return Path(told)
    here = Path.cwd()
    for folder in (here, *here.parents, PACKAGE.parent):
        if is_project(folder):
            return folder
    what = "Hier ist kein Projekt: In diesem Ordner und über ihm liegen keine notebooks/ mit data/ und report/."
    remedy = (
        "In den Ordner eines Projekts wechseln, es mit --project ORDNER nennen oder mit „sozialbericht new ORDNER“ "
        "eines anlegen."
    )
    raise InputError([Fault(str(here), what, remedy)])


def find_data(given: str | Path, root: Path | None = None) -> Path:
    """The data folder: that of the project where nothing else is said, else as given from the working directory or,
    where it is not there, from the ``root`` of the project.
    """
    path = Path(given)
    if path.is_absolute() or (path != DATA and path.is_dir()):
        return path
    return (root or default_root()) / path


def open_project(root: Path | None = None) -> Project:
    """Read ``report/_quarto.yml`` and find the chapters.

    Chapters stand in the order of ``_quarto.yml``. A notebook that is not listed there joins by its number:
    below 80 at the end of the main part, from 80 on at the end of the annex.
    """
    import yaml

    root = (root or default_root()).resolve()
    path = root / "report" / "_quarto.yml"
    try:
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
        book = settings["book"]
        listed = [(n, False) for n in book["chapters"]] + [(n, True) for n in book.get("appendices") or []]
        if wrong := [n for n, _ in listed if not isinstance(n, str) or not ENTRY.fullmatch(n)]:
            what = f"Das Kapitel „{str(wrong[0])[:60]}“ ist kein Dateiname."
            raise InputError(
                [Fault("report/_quarto.yml", what, "Je Zeile ein Name wie wohnen.ipynb oder glossar.qmd.")]
            )
        if not isinstance(book.get("title", ""), str):
            raise InputError(
                [
                    Fault(
                        "report/_quarto.yml",
                        "Der Titel („book › title“) ist kein Text.",
                        "In Anführungszeichen setzen.",
                    )
                ]
            )
    except FileNotFoundError as error:
        remedy = "Den Ordner des Projekts mit --project angeben oder die Datei zurückholen."
        raise InputError([Fault("report/_quarto.yml", "Die Datei fehlt.", remedy)]) from error
    except (yaml.YAMLError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        row = getattr(getattr(error, "problem_mark", None), "line", None)
        what = f"Die Datei ist nicht lesbar: {str(error).splitlines()[0][:120] if str(error) else type(error).__name__}"
        remedy = "Die letzte Fassung zurückholen oder die Stelle berichtigen."
        fault = Fault("report/_quarto.yml", what, remedy, row=None if row is None else row + 1)
        raise InputError([fault]) from error

    found: dict[str, tuple[int, Path]] = {}
    faults = []
    for notebook in sorted((root / "notebooks").glob("*.ipynb")):
        match = NOTEBOOK.fullmatch(notebook.name)
        if match:
            found[match[2]] = (int(match[1]), notebook)
        else:
            faults.append(
                Fault(
                    f"notebooks/{notebook.name}",
                    "Der Dateiname hat nicht die Form „07_erziehungshilfe.ipynb“.",
                    "Zwei Ziffern, Unterstrich, Kleinbuchstaben ohne Umlaute; oder die Datei aus dem Ordner nehmen.",
                )
            )
    main: list[Chapter] = []
    annex: list[Chapter] = []
    for entry, is_annex in listed:
        name, suffix = Path(entry).stem, Path(entry).suffix
        source = root / "report" / entry
        if suffix == ".ipynb":
            general = root / "notebooks" / GENERAL / entry
            source = found.pop(name, (0, general if general.is_file() else root / "notebooks" / entry))[1]
        if not source.is_file():
            faults.append(Fault("report/_quarto.yml", f"Das Kapitel „{entry}“ fehlt.", f"Erwartet wird {source}."))
        (annex if is_annex else main).append(Chapter(name, source, is_annex))
    for name, (number, source) in sorted(found.items(), key=lambda item: item[1]):
        (annex if number >= ANNEX_FROM else main).append(Chapter(name, source, number >= ANNEX_FROM))
    if faults:
        raise InputError(faults)
    return Project(root, settings, (*main, *annex))


def check_year(year: int, years: Sequence[int]) -> None:
    """Refuse a year without data, naming the years there are."""
    if year not in years:
        there = ", ".join(map(str, years))
        raise InputError([Fault("--year", f"Für das Jahr {year} gibt es keine Werte.", f"Vorhanden sind: {there}.")])

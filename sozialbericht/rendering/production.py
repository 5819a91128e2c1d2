"""From the command to the published report: the steps in their order."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sozialbericht.faults import Fault, InputError, ReportError
from sozialbericht.project import Chapter, Project, open_project

REFERENCE = re.compile(r"@((?:fig|tbl|sec)-[\w-]*\w)")
LABEL = re.compile(r"\{[^{}\n]*#((?:fig|tbl|sec)-[\w-]*\w)")
LINK = re.compile(r"\[([^\[\]\n]*)\]\(#((?:fig|tbl|sec)-[\w-]*\w)\)")


@dataclass(frozen=True)
class Request:
    """What is asked for: year, formats (pdf, html), engine, folders, chapters (empty: all), kernels at a time."""

    year: int
    formats: tuple[str, ...] = ("pdf", "html")
    engine: str = "auto"
    output: Path | None = None
    only: list[str] = field(default_factory=list)
    data: Path = Path("data")
    jobs: int | None = None


@dataclass(frozen=True)
class Made:
    """What was made: the folder, the PDF, the first page, the engine's name."""

    folder: Path
    pdf: Path | None
    page: Path | None
    engine: str


def check(project: Project, data: Path, year: int | None = None) -> list[int]:
    """Validate data, notebooks and texts; returns the years with data, raises :class:`InputError` with every fault."""
    from sozialbericht.data import contract
    from sozialbericht.rendering import lint
    from sozialbericht.writing.source import check_year, find_data

    faults: list[Fault] = []
    years: list[int] = []
    try:
        years = contract.load(find_data(data)).years
        if year is not None:
            check_year(year, years)
    except InputError as error:
        faults += error.faults
    faults += lint.check(project)
    if faults:
        raise InputError(faults)
    return years


def make(request: Request, *, say: Callable[[str], None] = lambda line: None, root: Path | None = None) -> Made:
    """Make and publish the report.

    Raises :class:`InputError` for faults of the inputs and :class:`ReportError` when notebooks fail or a stitcher
    refuses; then the last good report is untouched and the workshop stays as ``<output>.fehler``.
    """
    from sozialbericht.rendering import assembly, publication
    from sozialbericht.writing.source import find_data

    project = open_project(root)
    chapters = project.select(request.only)
    output = (request.output or project.root / "build" / str(request.year)).resolve()
    publication.check_output(output)
    engine, quarto_path = choose_engine(request.engine)
    say(f"Prüfe Daten, Notebooks und Texte ({engine})")
    data = find_data(request.data).resolve()
    check(project, data, request.year)

    with publication.workshop(output) as workshop:
        executed = run_notebooks(chapters, workshop, output, request, data, say)
        stage = workshop / "bericht" / "projekt"
        status_text = _status_text(data)
        assembly.assemble(project, chapters, executed, stage, year=request.year, status_text=status_text)
        if request.only:
            soften_references(stage)
        say("Stelle den Bericht zusammen")
        pdf, page = stitch(stage, request.formats, stage.parent, quarto_path, status_text)
        publication.publish(stage.parent, output)
    return Made(output, output / pdf if pdf else None, output / page if page else None, engine)


def choose_engine(wanted: str) -> tuple[str, str | None]:
    """The engine's name for the user and Quarto's path, None for the built-in stitcher."""
    from sozialbericht.rendering import quarto

    found = quarto.find() if wanted in ("auto", "quarto") else None
    if found:
        return f"Quarto {quarto.version(found)}", found
    if wanted == "quarto":
        raise InputError(
            [Fault("--engine quarto", "Quarto ist nicht zu finden.",
                   "Quarto ab 1.9 installieren, QUARTO_PATH setzen oder mit --engine builtin rendern.")]
        )  # fmt: skip
    return "eingebauter Setzer (pandoc und Typst)", None


def run_notebooks(
    chapters: tuple[Chapter, ...],
    workshop: Path,
    output: Path,
    request: Request,
    data: Path,
    say: Callable[[str], None],
) -> dict[str, Path]:
    """Execute the notebooks; raises :class:`ReportError` with one summary per failure after all have run."""
    from sozialbericht.rendering import execution, publication
    from sozialbericht.rendering.tasks import Parameter, task

    parameters: dict[str, Parameter] = {"jahr": request.year, "vergleichsjahr": request.year - 1, "daten": str(data)}
    tasks = [task(str(request.year), c.name, c.source, parameters) for c in chapters if c.is_notebook]
    say(f"Führe {len(tasks)} Notebooks aus")
    folder = workshop / "notebooks"
    folder.mkdir()
    failures = []
    for result in execution.execute(tasks, jobs=request.jobs):
        saved = folder / result.task.file
        saved.write_text(result.notebook, encoding="utf-8")
        if result.failure:
            failures.append(result.failure.told(publication.failed_folder(output) / "notebooks" / saved.name))
        say(f"  {'✗' if result.failure else '✓'} {result.task.name} ({result.seconds:.1f} s)".replace(".", ","))
    if failures:
        count = "Ein Notebook ist" if len(failures) == 1 else f"{len(failures)} Notebooks sind"
        raise ReportError("\n".join([f"{count} fehlgeschlagen:", *failures]))
    return {t.name: folder / t.file for t in tasks}


def stitch(
    stage: Path, formats: tuple[str, ...], output: Path, quarto_path: str | None, status_text: str
) -> tuple[str | None, str | None]:
    """Stitch the assembled project into ``output``; returns the names of the PDF and of the first web page."""
    import yaml

    from sozialbericht.rendering import builtin, quarto, web

    builtin.verify(stage)
    made = stage.parent / "gesetzt"
    if quarto_path:
        quarto.stitch(quarto_path, stage, formats, made)
    else:
        builtin.stitch(stage, formats, made)
    book = yaml.safe_load((stage / "_quarto.yml").read_text(encoding="utf-8"))["book"]
    pdf = page = None
    if "pdf" in formats:
        pdf = f"{book['output-file']}.pdf"
        (made / pdf).rename(output / pdf)
    if "html" in formats:
        page = "html/index.html"
        pictures = made / "bilder"
        shutil.rmtree(pictures, ignore_errors=True)
        pictures.mkdir()
        for picture in sorted((stage / "bilder").glob("*.*.svg")):
            shutil.copy(picture, pictures)
        cover = stage / "bilder" / "titel.svg"
        web.finish(made, stage / "web", title=f"{book['title']} {book['subtitle']}", status_text=status_text,
                   cover=cover if cover.is_file() else None)  # fmt: skip
        made.rename(output / "html")
    shutil.rmtree(made, ignore_errors=True)
    return pdf, page


def soften_references(stage: Path) -> None:
    """In a short report, put „[vollständiger Bericht]“ in the place of references to chapters that are left out.

    Links to them become plain text.
    """
    paths = [p for p in stage.iterdir() if p.suffix in (".qmd", ".ipynb")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    present = {label for text in texts.values() for label in LABEL.findall(text)}
    for path, text in texts.items():
        unlinked = LINK.sub(lambda m: m[0] if m[2] in present else m[1], text)
        softened = REFERENCE.sub(lambda m: m[0] if m[1] in present else "[vollständiger Bericht]", unlinked)
        path.write_text(softened, encoding="utf-8")


def _status_text(data: Path) -> str:
    """The status line of the data package; empty for official data."""
    import json

    descriptor = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    return "" if descriptor.get("status") == "amtlich" else str(descriptor.get("statustext", ""))

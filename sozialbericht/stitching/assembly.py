"""Assembly: executed notebooks and the texts of report/ become one Quarto project in a folder of its own.

Both stitchers read that folder. From a notebook only the blocks that the package made are taken
(:data:`sozialbericht.writing.blocks.MEDIA_TYPE`); stray output is a fault, not a line in the report.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sozialbericht.blocklanguage import NARROW_CUT
from sozialbericht.data.levels import Ebenen
from sozialbericht.data.settings import Settings
from sozialbericht.drawing.canvas.brand import font_files, tokens
from sozialbericht.escaping import escape
from sozialbericht.execution.chapters import markdown, read_notebook, source
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import Chapter, Project
from sozialbericht.stitching import quartosettings
from sozialbericht.stitching.contents import printedwords
from sozialbericht.web import drawings, searchwords
from sozialbericht.wording import textwords
from sozialbericht.writing.blocks import MEDIA_TYPE

#: How a text gets the words that it leaves open.
Fill = Callable[[str], str]
#: A chapter's heading that carries no number.
UNNUMBERED = re.compile(r"# [^\n]*\{[^}\n]*\.unnumbered[^}\n]*\}")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
COVER, COVER_TOLD = "bilder/titel.svg", "titelbild-text"
#: The setting by which both templates know a report that nobody has audited, and what every page of it says.
DRAFT, DRAFT_WORDS = "entwurf", "Entwurf, ungeprüft"


@dataclass(frozen=True)
class Cover:
    """What a report says of itself: its year, the line about the status of the data, what ``bericht.yml`` decides.

    ``mark`` follows the year in title and file name („Auszug“, „Entwurf“); ``audited``: False where every page says
    that nobody has; ``levels`` have the words of the areas; ``moment``: the date of the PDF, fourteen digits;
    ``picture`` is that of another cover, which this one shares.
    """

    year: int
    status_text: str
    decided: Settings = field(default_factory=Settings)
    mark: str = ""
    audited: bool = True
    levels: Ebenen = textwords.ANY
    moment: str = ""
    picture: Path | None = None

    def fill(self, text: str) -> str:
        """A text with the words that it leaves open."""
        return textwords.filled(text, self.levels, model=bool(self.status_text))

    @property
    def picture_told(self) -> str:
        """The alternative text of the picture on the cover."""
        return f"Schmuckbild: die {self.levels.unten.mehrzahl_bestimmt} {self.levels.stadt.von} als Flächen"

    @property
    def about(self) -> dict[str, str]:
        """What the PDF says of itself: its author (with Modelldaten the demonstration) and what it describes."""
        areas = f"die {self.levels.unten.mehrzahl_bestimmt} {self.levels.stadt.von}"
        what = f"Kennzahlen, Karten und Tabellen zur sozialen Lage: {areas} {self.year}."
        author = self.decided.herausgeber or ("Vorführung mit Modelldaten" if self.status_text else "")
        return {"autor": author, "beschreibung": f"{what} {self.status_text}".strip()}


def assemble(
    project: Project,
    chapters: tuple[Chapter, ...],
    executed: dict[str, Path],
    stage: Path,
    cover: Cover,
    *,
    web: tuple[Chapter, ...] = (),
    more: dict[str, Any] | None = None,
) -> None:
    """Write the Quarto project of one report into the empty folder ``stage``.

    ``executed`` maps a chapter's name to its executed notebook. The chapters of ``web`` follow the main part on
    the web and are not printed. ``more`` are settings put over the project's own. Raises :class:`InputError` for
    outputs that do not belong into a report.
    """
    frame(project, stage, cover)
    texts = put_chapters((*chapters, *web), executed, stage, cover.fill)
    printedwords.put_groups((*(c for c in chapters if not c.annex), *web), texts, stage, cover.decided.gruppen)
    own = book_settings(project, chapters, cover, picture=(stage / COVER).is_file())
    for part in ("chapters", "appendices"):
        if part in own["book"]:
            own["book"][part] = [texts[name] for name in own["book"][part]]
    words = cover_words(project, cover.decided, model=bool(cover.status_text))
    quartosettings.write(stage, quartosettings.merged(quartosettings.merged(own, words), more or {}))
    if web:
        quartosettings.write(stage, {"book": {"chapters": [texts[c.staged] for c in web]}}, quartosettings.WEB)


def cover_words(project: Project, decided: Settings, *, model: bool = False) -> dict[str, Any]:
    """What stands on the cover as settings of the project, from ``bericht.yml``: title and note, which are text; with
    Modelldaten (``model``) the note of the demonstration, too.

    Raises :class:`InputError` where ``report/_quarto.yml`` says it, too.
    """
    given = {
        "titel": project.settings["book"].get("title"),
        "deckblatt_hinweis": project.settings.get("deckblatt-hinweis"),
    }
    twice = [name for name, other in given.items() if other and getattr(decided, name)]
    if twice:
        what = f"Steht auch in data/bericht.yml: {', '.join(twice)}."
        raise InputError([Fault("report/_quarto.yml", what, "Nur dort ändern und die Zeile hier löschen.")])
    words: dict[str, Any] = {"book": {"title": str(escape(decided.titel))}} if decided.titel else {}
    if not decided.titel and not given["titel"]:
        words = {"book": {"title": "Bericht zur sozialen Lage"}}
    notes = [decided.deckblatt_hinweis, decided.vorfuehrung.deckblatt if model else ""]
    note = " · ".join(filter(None, notes))
    return {**words, "deckblatt-hinweis": str(escape(note))} if note else words


def frame(project: Project, stage: Path, cover: Cover | None = None) -> None:
    """What every Quarto project of the report has: print template, filter, web theme, fonts, colours, all with the
    words of the ``cover``."""
    cover = cover or Cover(0, "")
    (stage / "bilder").mkdir(parents=True)
    for folder in ("druck", "filter", "web"):
        shutil.copytree(project.report / folder, stage / folder)
    (stage / "schriften").mkdir()
    for target, given in ((stage / COVER, cover.picture), *((stage / "schriften", font) for font in font_files())):
        if given and given.is_file():
            shutil.copy(given, target)
    lua = stage / "filter" / "bericht.lua"
    lua.write_text(cover.fill(lua.read_text(encoding="utf-8")), encoding="utf-8")
    told = {"titelbildtext": cover.picture_told, **cover.about}
    words = "".join(f"#let {name} = {json.dumps(text, ensure_ascii=False)}\n" for name, text in told.items())
    printedwords.begin(stage, typst_colours() + words)
    searchwords.keep(stage / "web", cover.decided.synonyme)
    (stage / "web" / "farben.css").write_text(css_colours(), encoding="utf-8")


def put_chapters(
    chapters: Iterable[Chapter], executed: dict[str, Path], stage: Path, fill: Fill = str
) -> dict[str, str]:
    """Write the chapters, their texts filled in with ``fill``; returns the file of each by its usual name.

    An unnumbered notebook becomes a text: Quarto would number it all the same on the web.
    """
    faults: list[Fault] = []
    texts: dict[str, str] = {}
    for chapter in chapters:
        texts[chapter.staged] = chapter.staged
        if chapter.is_notebook:
            notebook, found = convert(chapter, executed[chapter.name], stage / "bilder", fill)
            faults += found
            text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
        else:
            text = fill(scoped_footnotes(chapter.source.read_text(encoding="utf-8"), chapter.name))
        (stage / chapter.staged).write_text(text, encoding="utf-8")
        if chapter.is_notebook and UNNUMBERED.match(words := markdown(stage / chapter.staged).lstrip()):
            (stage / chapter.staged).unlink()
            texts[chapter.staged] = f"{chapter.name}.qmd"
            (stage / texts[chapter.staged]).write_text(words, encoding="utf-8")
    if faults:
        raise InputError(faults)
    return texts


def book_settings(project: Project, chapters: tuple[Chapter, ...], cover: Cover, *, picture: bool) -> dict[str, Any]:
    """The settings of ``report/_quarto.yml`` for this cover, with or without a ``picture``, and these chapters."""
    own: dict[str, Any] = json.loads(json.dumps(project.settings))
    book = own["book"]
    book["subtitle"] = f"{cover.year} – {cover.mark}" if cover.mark else str(cover.year)
    book["output-file"] = f"bericht-{cover.year}-{cover.mark.lower()}" if cover.mark else f"bericht-{cover.year}"
    book["chapters"] = [c.staged for c in chapters if not c.annex]
    book["appendices"] = [c.staged for c in chapters if c.annex]
    if not book["appendices"]:
        del book["appendices"]
    own["language"] = {**own.get("language", {}), **quartosettings.LANGUAGE}
    own["status-text"] = str(escape(cover.status_text))
    if cover.moment:
        own["zeitpunkt"] = cover.moment
    if not cover.audited:
        own[DRAFT] = DRAFT_WORDS
    if picture:
        own |= {"titelbild": COVER, COVER_TOLD: str(escape(cover.picture_told))}
    return own


def convert(
    chapter: Chapter, path: Path, pictures: Path, fill: Fill = str
) -> tuple[dict[str, Any], list[Fault]]:
    """An executed notebook as the stitchers read it: Markdown only, no metadata that changes from run to run."""
    place = chapter.place
    cells: list[dict[str, Any]] = []
    faults: list[Fault] = []
    number = 0
    for cell in read_notebook(path)["cells"]:
        if "injected-parameters" in cell.get("metadata", {}).get("tags", []):
            continue  # it names folders of the machine that made the report
        number += 1
        text = scoped_footnotes(source(cell), chapter.name)
        if cell["cell_type"] == "markdown":
            text = fill(text)
        if cell["cell_type"] == "markdown" and UNNUMBERED.match(text):
            text = "\n" + text  # a heading in a notebook's very first line would lose its attributes in Quarto
        new: dict[str, Any] = {"cell_type": cell["cell_type"], "metadata": {}, "source": text.splitlines(keepends=True)}
        if cell["cell_type"] == "code":
            outputs = []
            for output in cell.get("outputs", []):
                block = output.get("data", {}).get(MEDIA_TYPE)
                if block is None:
                    faults += stray(place, number, output)
                    continue
                for name, svg in block["bilder"].items():
                    faults += keep_picture(place, number, pictures / name, svg)
                if block["markdown"]:
                    markdown = scoped_footnotes(block["markdown"], chapter.name)
                    outputs.append(
                        {
                            "output_type": "display_data",
                            "metadata": {},
                            "data": {"text/markdown": markdown.splitlines(keepends=True)},
                        }
                    )
            new |= {"outputs": outputs, "execution_count": None}
        if cell["cell_type"] == "raw":
            what = f"Zelle {number} ist eine Rohzelle; die kann der Bericht nicht setzen."
            faults.append(Fault(place, what, "In Markdown umwandeln."))
        cells.append(new)
    if not any(c.get("outputs") for c in cells) and not any(c["cell_type"] == "markdown" for c in cells):
        remedy = "Mindestens eine Überschrift und einen Text ausgeben."
        faults.append(Fault(place, "Das ausgeführte Notebook hat keinen Inhalt.", remedy))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 4}, faults


def keep_picture(place: str, number: int, path: Path, svg: str) -> list[Fault]:
    """Write what a notebook has put, a picture but for its cut for phones for web and for print; a fault where another
    chapter has put something else under its name.
    """
    alone = path.suffix != ".svg" or path.name.endswith(NARROW_CUT)
    web = path if alone else path.with_suffix(drawings.WIDE)
    if web.is_file() and web.read_text(encoding="utf-8") != svg:
        return [Fault(place, f"Zelle {number}: Ein anderes Bild heißt schon „{path.name}“.", "Eine eigene id=… geben.")]
    web.write_text(svg, encoding="utf-8")
    if not alone:
        path.write_text(drawings.printed(svg), encoding="utf-8")
    return []


def stray(place: str, number: int, output: dict[str, Any]) -> list[Fault]:
    """A fault for an output that would slip into the report; none for warnings on the error stream."""
    if output["output_type"] == "stream":
        if output.get("name") == "stderr":
            return []
        text = "".join(output["text"]) if isinstance(output["text"], list) else str(output["text"])
        return [
            Fault(
                place,
                f"Zelle {number} druckt Text: „{text.strip()[:60]}“.",
                "print(…) entfernen oder b.text(…) benutzen.",
            )
        ]
    if output["output_type"] == "error":
        what = f"Zelle {number} ist fehlgeschlagen ({output.get('ename')}: {output.get('evalue')})."
        return [Fault(place, what, "Die Zelle in JupyterLab ausführen und berichtigen.")]
    plain = output.get("data", {}).get("text/plain", "")
    text = "".join(plain) if isinstance(plain, list) else str(plain)
    return [
        Fault(place, f"Zelle {number} gibt ein Ergebnis aus, das nicht in den Bericht gehört: „{text.strip()[:60]}“.",
              "Die letzte Zeile der Zelle einer Variablen zuweisen oder b.abbildung(…), b.tabelle(…) benutzen.")
    ]  # fmt: skip


def scoped_footnotes(text: str, chapter: str) -> str:
    """The text with footnote labels made unique to their chapter (Quarto's Typst book shares them otherwise)."""
    return FOOTNOTE.sub(rf"[^{chapter}-\1]", text)


def typst_colours() -> str:
    """The light colour tokens as Typst definitions."""
    light = tokens().light
    return "// made from report/_brand.yml\n" + "".join(
        f'#let {name} = rgb("{value}")\n' for name, value in light.items()
    )


def css_colours() -> str:
    """The colour tokens as custom properties, light and dark."""
    colours = tokens()
    light = "".join(f"--{name}:{value};" for name, value in colours.light.items())
    dark = "".join(f"--{name}:{value};" for name, value in colours.dark.items())
    return f":root,.hell{{{light}}}\n@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"

"""The print of the built-in stitcher: one Typst document of all chapters, set by Typst.

Every chapter is a file of its own: Typst remembers within a process what it has set, but only of files that are the
same.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sozialbericht.escaping import typst
from sozialbericht.faults import ReportError
from sozialbericht.stitching import crossref, pandoc, quartosettings
from sozialbericht.stitching.crossref import Outline, Target
from sozialbericht.stitching.manuscript import Manuscript
from sozialbericht.stitching.pandoc import Element, attributes

#: The document, and the definitions of the print template that every chapter uses, in the project's folder.
SOURCE, DEFINITIONS = "bericht.typ", "vorlage.typ"
PDF_STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
#: Where the print template's definitions end, and where the chapters stand.
END_OF_DEFINITIONS, BODY = "// Ende der Vorlage\n", "// Kapitel"
ANNEX = '#show: appendices.with("Anhang", hide-parent: true)\n#heading(level: 1, numbering: none)[Anhang]\n'
#: The priority of the threads that lay out ahead (19 is the lowest).
PRIORITY_AHEAD = 10
REMEDY = "Die genannte Stelle in Notebook, Text oder report/druck berichtigen; ohne PDF: --format html."
_CUT = re.compile(r"^// kapitel (\d+)$\n?", re.MULTILINE)


@dataclass(frozen=True)
class Book:
    """A document: the definitions, what stands around the chapters, the chapters by name, those of the annex."""

    definitions: str
    frame: str
    main: dict[str, str]
    annex: dict[str, str]

    def whole(self) -> str:
        """The document as one text."""
        return self.definitions + self._framed(lambda name, text: text)

    def files(self) -> dict[str, str]:
        """The document as files."""
        start = f'#import "{DEFINITIONS}": *\n'
        chapters = {f"bericht-{name}.typ": start + text for name, text in (self.main | self.annex).items()}
        frame = start + self._framed(lambda name, _: f'#include "bericht-{name}.typ"\n')
        return {DEFINITIONS: self.definitions, SOURCE: frame, **chapters}

    def _framed(self, put: Callable[[str, str], str]) -> str:
        main, annex = ("".join(put(*item) for item in part.items()) for part in (self.main, self.annex))
        return self.frame.replace(BODY, main + (ANNEX + annex if annex else ""))


def book(project: Path, own: dict[str, Any]) -> Book:
    """The report as a Typst document, made with the project's print template."""
    manuscript = Manuscript(project, own, "typst")
    texts = dict(zip((Path(d.page).stem for d in manuscript.documents), _chapters(manuscript), strict=True))
    annex = {Path(d.page).stem for d in manuscript.documents if d.annex}
    titles = {"title": own["book"]["title"], "subtitle": str(own["book"]["subtitle"])}
    values = titles | {k: v for k, v in own.items() if isinstance(v, str) and k != "lang"}
    plain = {"umfang", "titelbild", "zeitpunkt", "lang"}  # words of the print template, not text
    variables = [f"--variable={k}:{v if k in plain else typst(quartosettings.words(v))}" for k, v in values.items()]
    template = project / "druck" / "builtin.typ"
    frame = pandoc.write([_raw(BODY)], ["-t", "typst", "--wrap=none", f"--template={template}", *variables])
    definitions, end, rest = frame.partition(END_OF_DEFINITIONS)
    return Book(
        definitions + end, rest,
        {name: text for name, text in texts.items() if name not in annex},
        {name: text for name, text in texts.items() if name in annex},
    )  # fmt: skip


def _chapters(manuscript: Manuscript) -> list[str]:
    """Every chapter as Typst, stored before or written now, all that are missing in one call of pandoc."""
    entries = [
        manuscript.entry("typst", text, _referred(document.outline, manuscript.known))
        for text, document in zip(manuscript.texts, manuscript.documents, strict=True)
    ]
    made = [entry.get() for entry in entries]
    missing = [place for place, text in enumerate(made) if text is None]
    blocks: list[Element] = []
    for place in missing:
        own = pandoc.walk(manuscript.blocks(manuscript.texts[place]), lambda e: _to_typst(e, manuscript.known))
        blocks += [_raw(f"// kapitel {place}"), *own]
    written = _CUT.split(pandoc.write(blocks, ["-t", "typst", "--wrap=none"]))[1:] if missing else []
    for place, text in zip(map(int, written[::2]), written[1::2], strict=True):
        made[place] = ending = text.rstrip("\n") + "\n\n"  # the same wherever in pandoc's answer it has stood
        entries[place].put(ending)
    return [text or "" for text in made]


def _referred(outline: Outline, known: dict[str, Target]) -> str:
    """What a chapter's Typst takes from other chapters: the kinds and words of what it refers to."""
    labels = sorted({*outline.references, *(f.label for f in outline.floats)} & set(known))
    return json.dumps([(label, known[label].kind, known[label].word) for label in labels])


def _raw(text: str) -> Element:
    return {"t": "RawBlock", "c": ["typst", text]}


def _to_typst(element: Element, known: dict[str, Target]) -> list[Element] | None:
    """Floats as Typst figures and references as Typst references, in the form that Quarto writes."""
    if element["t"] == "Cite":
        return [
            {"t": "RawInline", "c": ["typst", f"#ref(<{t.label}>, supplement: [{t.word}])"]}
            for t in crossref.cited(element, known)
        ]
    if element["t"] == "Link":
        address = element["c"][2][0]
        if "#" in address and "://" not in address:
            element["c"][2][0] = "#" + address.split("#")[1]
    if element["t"] == "Div":
        label = attributes(element)[0]
        if label in known:
            target = known[label]
            return [
                _raw("#figure(["),
                *element["c"][1][:-1],
                _raw("], caption: figure.caption(\nposition: top,\n["),
                {"t": "Plain", "c": crossref.caption(element)},
                _raw(f']),\nkind: "quarto-float-{target.kind}",\nsupplement: "{target.word}",\n)\n<{label}>'),
            ]
        return list(element["c"][1])
    return None


def set_book(project: Path, book: Book) -> bytes:
    """The PDF, not finished yet, of a document whose chapters are files of their own; they stay in the project."""
    for name, text in book.files().items():
        (project / name).write_text(text, encoding="utf-8")
    return _compiled(project, SOURCE)


def pictures(project: Path, book: Book, dpi: int) -> list[bytes]:
    """The pages of a document as PNG, for the screen alone: nothing of a PDF is asked for, warnings are no errors."""
    import typst

    for name, text in book.files().items():
        (project / name).write_text(text, encoding="utf-8")
    try:
        pages = typst.compile(str(project / SOURCE), format="png", ppi=dpi, **_surroundings(project))
    except typst.TypstError as error:
        raise ReportError(f"Typst kann die Seiten nicht setzen: {error}", REMEDY) from error
    return [bytes(page) for page in pages] if isinstance(pages, list) else [bytes(pages)]


def sources(project: Path) -> dict[str, str]:
    """The files of the document that was set in a project, by name; none where none was."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(project.glob("*.typ"))}


def compile_typst(project: Path, source: str, name: str = SOURCE) -> bytes:
    """The PDF, not finished yet, of a Typst document in one text, which stays in the project as ``name``."""
    (project / name).write_text(source, encoding="utf-8")
    return _compiled(project, name)


def lay_out_ahead(project: Path) -> None:
    """Lay out the report of an earlier run, whose sources lie in ``project``, and make nothing of it.

    Typst then holds in memory what has not changed since, and sets the new one in a fraction of the time. On Linux its
    threads leave the processors to kernels that want them, from then on and for later documents, too. Where there is no
    earlier report, or it cannot be set, nothing happens.
    """
    import typst

    if (project / SOURCE).is_file():
        if sys.platform == "linux":  # elsewhere it is not this thread alone that steps back
            own = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, 0, max(own, PRIORITY_AHEAD))
        with suppress(RuntimeError):
            typst.query(str(project / SOURCE), "<gibt-es-nicht>", **_surroundings(project))


def _surroundings(project: Path) -> dict[str, Any]:
    return {"root": str(project), "font_paths": [str(project / "schriften")], "ignore_system_fonts": True}


def _compiled(project: Path, name: str) -> bytes:
    """The PDF, PDF/UA-1 and PDF/A-2a; every warning is an error (a missing font, say)."""
    import typst

    try:
        pdf, warnings = typst.compile_with_warnings(
            str(project / name), pdf_standards=[*PDF_STANDARDS], **_surroundings(project)
        )
    except typst.TypstError as error:
        raise ReportError(f"Typst kann das PDF nicht setzen: {name}: {error}", REMEDY) from error
    if warnings:
        words = "\n".join(str(w.message) for w in warnings)
        raise ReportError(f"Typst warnt, das PDF wäre nicht in Ordnung ({name}):\n{words}", REMEDY)
    return bytes(pdf)

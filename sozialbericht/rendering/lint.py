"""Checks before anything runs: notebooks and texts against the rules that both stitchers rely on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sozialbericht.faults import Fault, InputError
from sozialbericht.project import Chapter, Project
from sozialbericht.rendering import pandoc
from sozialbericht.rendering.chapters import read_notebook, source
from sozialbericht.rendering.crossref import REFERENCE
from sozialbericht.rendering.pandoc import Element, attributes, elements

#: What a text may contain; the built-in stitcher knows this and no more.
CONSTRUCTS = (
    "Absätze, Listen, Begriffslisten, *kursiv*, **fett**, `Code`, Links",
    "Überschriften mit # bis ###, Marken {#sec-…}, .unnumbered",
    "Fußnoten [^1] und ^[…]",
    "Abbildungen ::: {#fig-…} … :::",
    "Tabellen ::: {#tbl-…} … :::",
    "Verweise @fig-…, @tbl-…, @sec-…",
    "::: {.leitsatz} und ::: {.kasten titel=…}",
    "::: {.kennzahlen} mit ::: {.kennzahl …}",
    "::: {.lesebeispiel}, ::: {.quelle}",
    "::: {.schluessel}, ::: {.datenblatt}, ::: {.befund} und ::: {.steckbrief}",
    "::: {.profilkopf}, ::: {.zweispalten} mit ::: {.urteil}, ::: {.profilbild}: die Teile eines Profils",
    "::: {.content-visible when-format=…} und ::: {.content-hidden …}",
)
CLASSES = {
    "leitsatz", "kasten", "kennzahlen", "kennzahl", "lesebeispiel", "quelle", "schluessel", "datenblatt", "befund", "steckbrief",
    "profilkopf", "zweispalten", "urteil", "profilbild",
    "content-visible", "content-hidden",
}  # fmt: skip
BLOCKS = {
    "Plain", "Para", "LineBlock", "BulletList", "OrderedList", "DefinitionList", "Header", "Div", "Table", "Figure",
    "BlockQuote", "HorizontalRule", "Null",
}  # fmt: skip
REFUSED = {
    "RawBlock": "roher HTML- oder Typst-Text",
    "RawInline": "roher HTML- oder Typst-Text",
    "CodeBlock": "ein Codeblock",
    "Math": "eine Formel",
    "BlockQuote": "ein Zitatblock",
    "LineBlock": "ein Zeilenblock",
    "HorizontalRule": "eine Trennlinie",
    "Figure": "ein Bild ohne ::: {#fig-…}",
}
PARAMETERS = ("jahr", "vergleichsjahr", "daten")
#: What the notebook of a profile needs besides.
PROFILE_PARAMETERS = ("raum", *PARAMETERS)
#: Calls and modules by which a notebook would get round the protected tables.
READERS = re.compile(r"^(read_\w+|open|read_text|read_bytes|genfromtxt|loadtxt|load_workbook|urlopen|urlretrieve)$")
MODULES = {"csv", "sqlite3", "openpyxl", "pyogrio", "fiona", "requests", "urllib", "sozialbericht.data"}
LITERAL_LABEL = re.compile(r"""\bid\s*=\s*f?["']((?:fig|tbl)-[\w-]+)["']""")
HEADING_LABEL = re.compile(r"\{[^}]*#(sec-[\w-]+)")
SHORTCODE = re.compile(r"\{\{<.*?>\}\}")


def check(project: Project, chapters: tuple[Chapter, ...] | None = None) -> list[Fault]:
    """All faults of the notebooks and texts of a report, found without running anything."""
    faults: list[Fault] = []
    labels: dict[str, str] = {}
    profiles = {path: Chapter(f"profil-{level}", path, False) for level, path in project.profiles.items()}
    for chapter in chapters or (*project.chapters, *profiles.values()):
        place = f"{chapter.source.parent.name}/{chapter.source.name}"
        try:
            texts = list(_texts(chapter))
            if chapter.is_notebook:
                notebook = read_notebook(chapter.source)
                needed = PROFILE_PARAMETERS if chapter.source in profiles else PARAMETERS
                faults += check_parameters(place, notebook, needed)
                for number, cell in _code_cells(notebook):
                    faults += check_code(place, number, source(cell))
        except InputError as error:
            faults += error.faults
            continue
        for where, text, is_code in texts:
            if not is_code:
                faults += check_text(where, text)
            for label in (LITERAL_LABEL if is_code else HEADING_LABEL).findall(text):
                if label in labels:
                    faults.append(
                        Fault(where, f"Die Marke „{label}“ kommt zweimal vor, zuerst in {labels[label]}.",
                              "Einer der beiden Stellen eine eigene Marke geben.")
                    )  # fmt: skip
                labels.setdefault(label, where)
    return faults


def _texts(chapter: Chapter) -> Iterator[tuple[str, str, bool]]:
    """Place, text and kind (code or prose) of every piece of a chapter."""
    place = f"{chapter.source.parent.name}/{chapter.source.name}"
    if not chapter.is_notebook:
        yield place, _read(chapter.source), False
        return
    for number, cell in enumerate(read_notebook(chapter.source)["cells"], start=1):
        yield f"{place}, Zelle {number}", source(cell), cell["cell_type"] == "code"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            [
                Fault(
                    f"{path.parent.name}/{path.name}",
                    "Die Datei ist nicht in UTF-8 gespeichert.",
                    "Mit der Kodierung UTF-8 speichern.",
                )
            ]
        ) from error


def _code_cells(notebook: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] == "code":
            yield number, cell


def check_parameters(place: str, notebook: dict[str, Any], needed: Sequence[str] = PARAMETERS) -> list[Fault]:
    """A notebook needs one cell tagged ``parameters`` that sets jahr, vergleichsjahr and daten (a profile: raum, too)."""
    tagged = [
        source(cell) for _, cell in _code_cells(notebook) if "parameters" in cell.get("metadata", {}).get("tags", [])
    ]
    if len(tagged) != 1:
        what = "Dem Notebook fehlt die Parameterzelle" if not tagged else "Das Notebook hat mehrere Parameterzellen"
        return [
            Fault(
                place,
                f"{what}.",
                f"Genau eine Codezelle trägt das Schlagwort „parameters“ und setzt {', '.join(needed)}.",
            )
        ]
    missing = [name for name in needed if not re.search(rf"^{name}\s*=", tagged[0], re.MULTILINE)]
    return [
        Fault(place, f"Die Parameterzelle setzt „{name}“ nicht.", f"Eine Zeile „{name} = …“ ergänzen.")
        for name in missing
    ]


def check_code(place: str, number: int, code: str) -> list[Fault]:
    """A code cell must be Python and must not read files: the data come protected from the package."""
    plain = "\n".join("pass" if line.lstrip().startswith(("%", "!")) else line for line in code.splitlines())
    try:
        tree = ast.parse(plain)
    except SyntaxError as error:
        return [
            Fault(
                f"{place}, Zelle {number}",
                f"Python versteht Zeile {error.lineno} nicht: {error.msg}.",
                "Die Zelle in JupyterLab ausführen und berichtigen.",
            )
        ]
    faults = []
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            name = name if READERS.match(name) else ""
        elif isinstance(node, ast.Import):
            name = next((a.name for a in node.names if _forbidden(a.name)), "")
        elif isinstance(node, ast.ImportFrom) and _forbidden(node.module or ""):
            name = node.module or ""
        if name and isinstance(node, (ast.stmt, ast.expr)):
            faults.append(
                Fault(f"{place}, Zelle {number}", f"Die Zelle liest Dateien oder das Netz („{name}“, Zeile {node.lineno}).",
                      "Notebooks bekommen ihre Zahlen geschützt: b.daten(…), b.reihe(…), b.geodaten(…).")
            )  # fmt: skip
    return faults


def _forbidden(module: str) -> bool:
    return any(module == m or module.startswith(m + ".") for m in MODULES)


def check_text(place: str, text: str) -> list[Fault]:
    """A text must use only the constructs of :data:`CONSTRUCTS`, and German quotation marks."""
    faults = []
    for shortcode in SHORTCODE.findall(text):
        faults.append(_unknown(place, f"ein Shortcode {shortcode}"))
    for block in pandoc.parse(SHORTCODE.sub("", text)):
        for element in elements(block):
            faults += _check_element(place, element)
    return list(dict.fromkeys(faults))


def _check_element(place: str, element: Element) -> list[Fault]:
    kind = element["t"]
    if kind in REFUSED:
        return [_unknown(place, REFUSED[kind])]
    if kind == "Quoted" or (kind == "Str" and '"' in element["c"]):
        words = pandoc.plain_text(element)
        return [Fault(place, f"Gerade Anführungszeichen bei „{words}“.", "Deutsche Anführungszeichen schreiben: „…“.")]
    if kind == "Cite":
        wrong = [c["citationId"] for c in element["c"][0] if not REFERENCE.fullmatch(c["citationId"])]
        return [_unknown(place, f"der Verweis @{name}") for name in wrong]
    if kind == "Div":
        identifier, classes, _ = attributes(element)
        unknown = set(classes) - CLASSES
        if not (classes or identifier):
            return [_unknown(place, "ein Block ohne Klasse und Marke (::: oder <div>)")]
        if unknown:
            return [_unknown(place, f"der Block ::: {{{', '.join('.' + c for c in sorted(unknown))}}}")]
    if kind == "Header" and element["c"][0] > 3:
        return [_unknown(place, "eine Überschrift unter der dritten Ebene")]
    return []


def _unknown(place: str, what: str) -> Fault:
    return Fault(
        place, f"Das kann der Bericht nicht setzen: {what}.", "Erlaubt sind die Bausteine in docs/handbuch.md."
    )

"""Checks before anything runs: notebooks and texts against the rules that both stitchers rely on."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Any

from sozialbericht.activity import doing
from sozialbericht.data.reading import characters
from sozialbericht.faults import Fault, InputError, ReportError
from sozialbericht.project import Chapter, Project
from sozialbericht.rendering import fences, notebooks, pandoc
from sozialbericht.rendering.chapters import read_notebook, read_text, source
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


TOO_LONG = f"nach {pandoc.LONGEST} Sekunden"
UNFINISHED = re.compile(r"\{\{<(?!.*?>\}\})")


def check(project: Project, chapters: tuple[Chapter, ...] | None = None) -> list[Fault]:
    """All faults of the notebooks and texts of a report, found without running anything."""
    faults: list[Fault] = []
    labels: dict[str, str] = {}
    profiles = {path: Chapter(f"profil-{level}", path, False) for level, path in project.profiles.items()}
    for chapter in chapters or (*project.chapters, *profiles.values()):
        place = f"{chapter.source.parent.name}/{chapter.source.name}"
        try:
            with doing(f"beim Lesen von {place}"):
                needed = PROFILE_PARAMETERS if chapter.source in profiles else PARAMETERS
                found, texts = _chapter(chapter, place, needed)
        except InputError as error:
            faults += error.faults
            continue
        faults += found
        for where, text, is_code in texts:
            for label in (LITERAL_LABEL if is_code else HEADING_LABEL).findall(text):
                if label in labels:
                    faults.append(
                        Fault(where, f"Die Marke „{label}“ kommt zweimal vor, zuerst in {labels[label]}.",
                              "Einer der beiden Stellen eine eigene Marke geben.")
                    )  # fmt: skip
                labels.setdefault(label, where)
    return faults + _brand(project)


def _chapter(chapter: Chapter, place: str, needed: Sequence[str]) -> tuple[list[Fault], list[tuple[str, str, bool]]]:
    """The faults of one chapter, and its pieces: place, text, whether it is code."""
    if not chapter.is_notebook:
        texts = [(place, read_text(chapter.source), False)]
        return _text_faults(texts), texts
    notebook = read_notebook(chapter.source)
    faults = notebooks.check_metadata(place, notebook)
    cells = list(enumerate(notebook["cells"], start=1))
    texts = [(f"{place}, Zelle {n}", source(cell), cell["cell_type"] == "code") for n, cell in cells]
    if not faults:
        faults += check_parameters(place, notebook, needed)
    for number, cell in cells:
        if cell["cell_type"] == "code":
            faults += check_code(place, number, source(cell))
    return faults + _text_faults(texts), texts


def _text_faults(texts: Sequence[tuple[str, str, bool]]) -> list[Fault]:
    """The faults of the texts of a chapter, whose footnotes may refer to each other."""
    notes = fences.Notes()
    faults: list[Fault] = []
    for where, text, is_code in texts:
        if sign := characters.broken(text):
            what = f"Der Text enthält das Zeichen {characters.described(sign)}, das sich nicht drucken lässt."
            faults.append(Fault(where, what, "Das Zeichen löschen.", row=text[: text.index(sign)].count("\n") + 1))
        elif not is_code:
            notes.add(where, text)
    if faults:
        return faults
    code = "\n".join(text for _, text, is_code in texts if is_code)
    faults += [Fault(where, what, remedy, row=row) for where, row, what, remedy in notes.faults(code)]
    for where, text, is_code in texts:
        if not is_code:
            known = {fault.row for fault in faults if fault.place == where}
            faults += [f for f in check_text(where, text, notes) if f.row is None or f.row not in known]
            if faults and TOO_LONG in faults[-1].what:
                break  # the others may take as long
    return faults


def _brand(project: Project) -> list[Fault]:
    """What is wrong with the file of colours."""
    path = project.report / "_brand.yml"
    if not path.is_file():
        return []
    from sozialbericht.drawing import brand

    try:
        brand.tokens(path)
    except InputError as error:
        return error.faults
    except Exception as error:  # PyYAML raises its own kinds, and wrong types fail anywhere
        row = getattr(getattr(error, "problem_mark", None), "line", None)
        what = "Die Datei mit den Farben des Berichts ist nicht lesbar."
        remedy = "Unter color › palette steht je Zeile ein Name und eine Farbe: tinte: \"#1A2024\"."
        return [Fault("report/_brand.yml", what, remedy, row=None if row is None else row + 1)]
    return []


def check_parameters(place: str, notebook: dict[str, Any], needed: Sequence[str] = PARAMETERS) -> list[Fault]:
    """A notebook needs one cell tagged ``parameters`` that sets jahr, vergleichsjahr and daten (a profile: raum, too)."""
    tagged = [
        source(cell)
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and "parameters" in cell.get("metadata", {}).get("tags", [])
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
    missing = notebooks.missing_parameters(tagged[0], needed)
    return [
        Fault(place, f"Die Parameterzelle setzt „{name}“ nicht.", f"Eine Zeile „{name} = …“ ergänzen.")
        for name in missing
    ]


def check_code(place: str, number: int, code: str) -> list[Fault]:
    """A code cell must be Python and must not read files: the data come protected from the package."""
    tree = notebooks.parsed(code)
    if isinstance(tree, str):
        return [Fault(f"{place}, Zelle {number}", tree, "Die Zelle in JupyterLab ausführen und berichtigen.")]
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


def check_text(place: str, text: str, notes: fences.Notes | None = None) -> list[Fault]:
    """A text must use only the constructs of :data:`CONSTRUCTS`, and German quotation marks.

    ``notes`` are the footnotes of the chapter, whose halves may stand in other texts.
    """
    if row := fences.nested(text):
        what = "Der Text ist zu tief verschachtelt."
        return [Fault(place, what, "Klammern, Listen und Hervorhebungen vereinfachen.", row=row)]
    if re.match(r"---[ \t]*\r?\n", text) and re.search(r"(?m)^(---|\.\.\.)[ \t]*\r?$", text[4:]):
        return [_unknown(place, "ein YAML-Kopf (---)", 1)]
    faults = []
    for shortcode in SHORTCODE.findall(text):
        faults.append(_unknown(place, f"ein Shortcode {shortcode}"))
    for unfinished in UNFINISHED.finditer(text):
        faults.append(_unknown(place, "ein Shortcode {{<, der nicht endet", text[: unfinished.start()].count("\n") + 1))
    plain = SHORTCODE.sub("", text)
    try:
        parsed = pandoc.parse(notes.completed(plain) if notes else plain)
    except ReportError as error:
        return faults + _refused(place, text, str(error))
    except RecursionError:
        return [*faults, Fault(place, "Der Text ist zu tief verschachtelt.", "Den Text vereinfachen.")]
    first = next((n for n, line in enumerate(fences.text_lines(text), start=1) if line.lstrip().startswith(":::")), None)
    stray = iter(fences.blocks(text).stray)
    for block in parsed:
        for element in elements(block):
            if element["t"] == "Str" and element["c"].startswith(":::"):
                what = "Hier steht ::: ohne zugehörigen Block."
                remedy = "Die Zeile löschen; vor ::: {…} gehört eine leere Zeile, jeder Block endet mit einem :::."
                faults.append(Fault(place, what, remedy, row=next(stray, first)))
            faults += _check_element(place, element)
    return list(dict.fromkeys(faults))


def _refused(place: str, text: str, said: str) -> list[Fault]:
    """What pandoc says about a text, as faults with their lines."""
    if "unclosed" in said:
        remedy = "Den Block mit einer eigenen Zeile ::: schließen."
        found = re.search(r"Div at line (\d+)", said)
        rows: list[int | None] = [*fences.blocks(text).unclosed] or [int(found[1]) if found else None]
        return [Fault(place, "Ein Block (::: oder <div>) wird geöffnet, aber nicht geschlossen.", remedy, row=row) for row in rows]
    found = re.search(r"line (\d+)", said)
    short = said.removeprefix("pandoc meldet: ").split("\n")[0][:200]
    row = int(found[1]) if found and int(found[1]) <= text.count("\n") + 1 else None
    remedy = "Erlaubt sind die Bausteine in docs/handbuch.md."
    return [Fault(place, f"Der Text lässt sich nicht lesen; pandoc meldet: {short}", remedy, row=row)]


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


def _unknown(place: str, what: str, row: int | None = None) -> Fault:
    remedy = "Erlaubt sind die Bausteine in docs/handbuch.md."
    return Fault(place, f"Das kann der Bericht nicht setzen: {what}.", remedy, row=row)

"""Nothing of one city in package, templates and generic chapters: its names, and the words of its levels, come from the
settings. What may stand there all the same is listed with the reason.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
#: Names of one city, words for parts of cities and for the whole, in any form.
CITY = r"Dortmund|ZEFIR|Bochum|Ruhrgebiet|[Nn]ordmarkt|SGB|[Aa]ktionsplan"
LEVELS = (
    r"[Ss]ozial\|?r(?:a|ä)um|Stadt\|?[Bb]ezirk|[Ss]tatistische\w* Bezirk|Stadt\|?teil|Ortsteil|Quartier|"
    r"Planungs\|?r(?:a|ä)um|Bezirksregion|\bBezirke?n?s?\b|\bRäume?n?\b"
)
WHOLE = r"\bStadt\b|\bStädten?\b|städtisch|\bStadt(?:wert|gebiet)"
WORDS = re.compile(f"{LEVELS}|{WHOLE}|{CITY}")

#: Where such a word may stand, as a pattern, and why.
ALLOWED = {
    "data/decided/ebene.py": (r".*", "the one place that has the words"),
    "data/decided/settingreaders.py": (r"Quartiere?", "an example in a message"),
    "data/descriptor.py": (r"Stadt", "a message on the order of levels, to whoever delivers data"),
    "data/polygons/location.py": (r"Stadt", "messages on polygons, before any level is known"),
    "plausibility/rules/magnitudes.py": (r"in der Stadt", "a hint to whoever delivers data"),
    "checking/numerals.py": (r".*", "the words beside which a typed number is found or allowed"),
    "checking/fields.py": (r"Raum\|Räume", "the form of a field, in a message"),
    "scaffold/conversation.py": (r".*", "examples in questions, before any level is named"),
    "scaffold/newcommand.py": (r".*", "examples of options"),
    "scaffold/given/slugs.py": (r"sozialraum", "how the keys of usual levels are shortened"),
    "renamed.py": (r"aktionsplan", "names of verbs"),
    "order/profiles.py": (r"sozialraumprofile", "the name of a file, the same in every report"),
    "rendering/retention.py": (r"sozialraumprofile", "the name of a file, the same in every report"),
    "stitching/profileprint.py": (r"sozialraumprofile", "the name of a file, the same in every report"),
    "checking/meanings.py": (r"Aktionsplan", "the name of a class"),
    "report/_quarto.yml": (r"aktionsplan\.ipynb", "the demonstration's chapters; a new project gets its own list"),
    "report/_brand.yml": (r"Stadtwert", "a comment"),
    "notebooks/00_kurzfassung.ipynb": (r"sec-aktionsplan", "the label of a chapter that need not be there"),
    "notebooks/13_aktionsraeume.ipynb": (r"aktionsplan", "the label of a chapter that need not be there, and a verb"),
    "notebooks/15_folgerungen.ipynb": (r"aktionsplan", "a verb"),
    "notebooks/allgemein/einleitung.ipynb": (r"aktionsplan", "a verb"),
    "notebooks/84_methoden.ipynb": (r"SGB", "the laws on secrecy"),
    "report/glossar.qmd": (r"SGB", "benefits by law, listed where a report speaks of them"),
    "report/abkuerzungen.qmd": (r"SGB", "the laws, listed where a report speaks of them"),
}

def strings(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    owners = [n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)]
    bare = {id(part.value) for owner in owners for part in owner.body if isinstance(part, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


def of_notebook(path: Path) -> Iterator[tuple[int, str]]:
    """The cells of a notebook."""
    for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], start=1):
        yield number, "".join(cell["source"])


def own(path: Path) -> bool:
    """Whether a notebook says that it belongs to one city."""
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    return bool(metadata.get("sozialbericht", {}).get("eigen"))


def literal() -> Iterator[tuple[str, int, str]]:
    """Everything that the package, the templates and the generic chapters say: file, line or cell, text."""
    package = ROOT / "sozialbericht"
    for path in sorted(package.rglob("*.py")):
        if "model" not in path.relative_to(package).parts[:1]:  # the generator of the demonstration's data
            for line, text in strings(path):
                yield path.relative_to(package).as_posix(), line, text
    notebooks = [*sorted((ROOT / "notebooks").glob("*.ipynb")), *sorted((ROOT / "notebooks").glob("allgemein/*.ipynb"))]
    notebooks += sorted(package.rglob("muster/*.ipynb"))
    for path in notebooks:
        if not own(path):
            for cell, text in of_notebook(path):
                yield path.relative_to(ROOT).as_posix(), cell, text
    texts = [p for p in sorted((ROOT / "report").rglob("*")) if p.is_file()]
    for path in [*texts, *sorted(package.rglob("muster/*.qmd"))]:
        for row, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield path.relative_to(ROOT).as_posix(), row, text


def found(file: str, text: str) -> list[str]:
    """The words in a text that its file has no leave to say."""
    allowed = re.compile(ALLOWED[file][0]) if file in ALLOWED else None
    return [match[0] for match in WORDS.finditer(allowed.sub("", text) if allowed else text)]


def test_nothing_of_one_city_is_typed() -> None:
    typed = [f"{file}:{line}: {words}: {text[:80]}" for file, line, text in literal() if (words := found(file, text))]
    assert typed == []


def test_every_leave_is_needed() -> None:
    used = {file for file, _, text in literal() if file in ALLOWED and WORDS.search(text)}
    assert set(ALLOWED) - used == set()


@pytest.mark.parametrize(
    "text", ["Die Sozialräume", "Sozial|räume", "nach Stadtbezirken", "im Stadtgebiet", "Wert der Stadt", "in Dortmund",
             "Statistischer Bezirk", "Räume", "unter dem städtischen Durchschnitt", "nach dem SGB II"]
)  # fmt: skip
def test_such_words_are_found(text: str) -> None:
    assert found("writing/prose.py", text)


def test_the_city_s_own_chapters_say_so() -> None:
    marked = {path.name for path in (ROOT / "notebooks").glob("*.ipynb") if own(path)}
    assert {"00_einleitung.ipynb", "14_aktionsplan.ipynb", "83_veroeffentlichte_werte.ipynb"} <= marked
    speaking = [p.name for p in (ROOT / "notebooks").glob("*.ipynb") if "Dortmund" in p.read_text(encoding="utf-8")]
    assert set(speaking) <= marked

"""Every message of the package, collected from its source: it is German and says what to do next."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "sozialbericht"
#: What raises or notes a message: the positions of what is said and of what to do.
SAYING = {"Fault": (1, 2), "Finding": (2, 3), "ReportError": (0, 1), "TemplateError": (0, 1)}
#: Functions and names whose words end with what to do, and why a remedy may stand elsewhere.
ENDING = {
    "_told(", "account.summary(",  # they list and end with „→“
}  # fmt: skip
ENGLISH = re.compile(
    r"\b(?:the|not|is|are|of|has|with|expected|must|missing|invalid|found|no|cannot|error|and|or|wrong)\b"
)


def messages(path: Path) -> Iterator[tuple[int, ast.Call, ast.expr | None, ast.expr | None]]:
    """The calls that say something in a module: line, call, what is said, what to do."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        places = (2, 3) if name == "add" and owner.endswith("findings") else SAYING.get(name)
        if places is None or any(isinstance(a, ast.Starred) for a in node.args):
            continue
        if any(k.arg is None for k in node.keywords):
            continue
        named = {k.arg: k.value for k in node.keywords}
        what, remedy = (node.args[place] if place < len(node.args) else None for place in places)
        yield node.lineno, node, what or named.get("what"), remedy or named.get("remedy")


def words(node: ast.expr | None) -> str:
    """What of an expression is written out."""
    parts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant)) if node else ()
    return " ".join(part for part in parts if isinstance(part, str))


def found(folder: Path) -> list[tuple[str, str, str, bool]]:
    """Place, what is said, what to do, whether the call ends with a remedy of its own; of all messages."""
    return [
        (f"{path.relative_to(folder)}:{line}", words(what), words(remedy),
         (remedy is not None and not (isinstance(remedy, ast.Constant) and not remedy.value))
         or (what is not None and any(end in ast.unparse(what) for end in ENDING)))
        for path in sorted(folder.rglob("*.py"))
        for line, _, what, remedy in messages(path)
        if path.stem != "faults" or what is not None
    ]  # fmt: skip


FOUND = found(PACKAGE)


def test_all_kinds_of_messages_are_collected() -> None:
    assert len(FOUND) > 250
    assert len({place.partition(":")[0] for place, *_ in FOUND}) > 50


def test_every_message_says_what_to_do() -> None:
    assert [f"{place}: {what[:60]}" for place, what, _, told in FOUND if not told] == []


def test_no_message_is_english() -> None:
    foreign = [(place, text) for place, what, remedy, _ in FOUND for text in (what, remedy) if ENGLISH.search(text)]
    assert foreign == []


@pytest.mark.parametrize(
    ("line", "told", "english"),
    [
        ('Fault("a", "So nicht.")', False, False),
        ('Fault("a", "So nicht.", "")', False, False),
        ('raise ReportError("File not found", "Neu machen.")', True, True),
        ('Fault("a", f"So {x} nicht.", nearest(x, y))', True, False),
    ],
)
def test_the_guard_itself(tmp_path: Path, line: str, told: bool, english: bool) -> None:
    (tmp_path / "a.py").write_text(line, encoding="utf-8")
    ((_, what, _, has),) = found(tmp_path)
    assert (has, bool(ENGLISH.search(what))) == (told, english)

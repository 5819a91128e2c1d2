"""The structure of the code: what imports what, how long a module is, that everything public says what it is for.

Each guard is tried on a copy with a fault in it, so that it is known to fail.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
#: The longest that a module may be, in lines; tests with many cases may be longer.
LONGEST = {"sozialbericht": 300, "benchmarks": 300, "tests": 600}


def too_long(root: Path) -> list[str]:
    """The modules below ``root`` that are longer than allowed."""
    return [
        f"{path.relative_to(root)}: {lines} lines"
        for folder, longest in LONGEST.items()
        for path in sorted((root / folder).rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > longest
    ]


def undocumented(path: Path) -> list[str]:
    """What is public in a module and has no docstring: the module, its classes and functions, their methods."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    bare = [path.name] if not ast.get_docstring(module) else []
    return [*bare, *(f"{path.name}: {name}" for name in _bare(module, ""))]


def _bare(node: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
    for child in node.body:
        if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or child.name.startswith("_"):
            continue
        overload = any(isinstance(d, ast.Name) and d.id in {"overload", "override"} for d in child.decorator_list)
        if not ast.get_docstring(child) and not overload:
            yield prefix + child.name
        if isinstance(child, ast.ClassDef):
            yield from _bare(child, f"{prefix}{child.name}.")


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of pyproject.toml for the package in ``root``."""
    code = "from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", code, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)


def test_imports_keep_to_the_contracts() -> None:
    found = lint_imports(ROOT)
    assert found.returncode == 0, found.stdout + found.stderr


def test_no_module_is_too_long() -> None:
    assert too_long(ROOT) == []


@pytest.mark.parametrize("folder", ["sozialbericht", "benchmarks"])
def test_everything_public_says_what_it_is_for(folder: str) -> None:
    paths = sorted((ROOT / folder).rglob("*.py"))
    assert [line for path in paths for line in undocumented(path)] == []


# -- the guards themselves -------------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code that a test may spoil."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "sozialbericht", tmp_path / "sozialbericht", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "line", "broken"),
    [
        ("statistics/value.py", "import sozialbericht.wording.values", "Layers"),
        ("numbers.py", "from sozialbericht import escaping", "Layers"),
        ("statistics/value.py", "from sozialbericht.statistics import matrix", "No cycles"),
        ("data/files.py", "def read() -> None:\n    from sozialbericht.data import contract", "No cycles"),
        ("model/rates.py", "from sozialbericht.data import sums", "The model"),
        ("statistics/matrix.py", "import matplotlib", "Reading and computing"),
    ],
)
def test_an_import_against_a_contract_is_found(copy: Path, path: str, line: str, broken: str) -> None:
    with (copy / "sozialbericht" / path).open("a", encoding="utf-8") as module:
        module.write(f"\n\n{line}\n")
    found = lint_imports(copy)
    assert found.returncode == 1
    assert any(row.startswith(broken) and row.endswith("BROKEN") for row in found.stdout.splitlines()), found.stdout


def test_a_new_folder_needs_a_layer(copy: Path) -> None:
    (copy / "sozialbericht" / "helpers").mkdir()
    (copy / "sozialbericht" / "helpers" / "__init__.py").write_text('"""New."""\n', encoding="utf-8")
    assert lint_imports(copy).returncode == 1


def test_a_module_that_is_too_long_is_found(tmp_path: Path) -> None:
    (tmp_path / "sozialbericht").mkdir()
    for name, lines in (("long.py", 301), ("fitting.py", 300)):
        (tmp_path / "sozialbericht" / name).write_text("x = 1\n" * lines, encoding="utf-8")
    assert too_long(tmp_path) == [f"{Path('sozialbericht', 'long.py')}: 301 lines"]


def test_what_says_nothing_is_found(tmp_path: Path) -> None:
    path = tmp_path / "bare.py"
    path.write_text(
        "class A:\n    def told(self):\n        '''Told.'''\n    def bare(self): ...\n    def _own(self): ...\n"
        "def f(): ...\nasync def g(): ...\ndef _h(): ...\n",
        encoding="utf-8",
    )
    assert undocumented(path) == ["bare.py", "bare.py: A", "bare.py: A.bare", "bare.py: f", "bare.py: g"]

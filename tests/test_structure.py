"""The structure of the code: what imports what, how much stands in a module, a folder, a class, a signature; that
everything public says what it is for.

Each guard is tried on a copy with a fault in it, so that it is known to fail.
"""

from __future__ import annotations

import ast
import inspect
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sozialbericht.bericht import Bericht

ROOT = Path(__file__).resolve().parents[1]
#: The longest that a module may be, in lines; tests with many cases may be longer.
LONGEST = {"sozialbericht": 300, "benchmarks": 300, "tests": 600}
#: How many modules a folder may have, and how many public names the class that notebooks write with.
MOST_MODULES, MOST_NAMES = 15, 90


def too_long(root: Path) -> list[str]:
    """The modules below ``root`` that are longer than allowed."""
    return [
        f"{path.relative_to(root)}: {lines} lines"
        for folder, longest in LONGEST.items()
        for path in sorted((root / folder).rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > longest
    ]


def modules(root: Path) -> list[Path]:
    """The modules of the package in ``root``, without those whose names Python gives."""
    return [path for path in sorted((root / "sozialbericht").rglob("*.py")) if not path.stem.startswith("__")]


def crowded(root: Path) -> list[str]:
    """The folders of the package with more modules than one can take in at a glance."""
    counted = Counter(path.parent.relative_to(root).as_posix() for path in modules(root))
    return [f"{folder}: {count} modules" for folder, count in counted.items() if count > MOST_MODULES]


def namesakes(root: Path) -> list[str]:
    """Modules of the package that are called alike: a message or an open tab would not say which one it is."""
    counted = Counter(path.name for path in modules(root))
    alike = [path.relative_to(root) for path in modules(root) if counted[path.name] > 1]
    return [path.as_posix() for path in sorted(alike, key=lambda path: path.name)]


def public_names(cls: type) -> list[str]:
    """What a notebook finds after the dot: verbs, values, and what an object gets when it is made."""
    made = ast.parse(inspect.cleandoc("\n".join(inspect.getsource(c) for c in cls.__mro__[:-1])))
    given = {
        part.attr
        for node in ast.walk(made)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for part in ast.walk(target)
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "self"
    }
    return sorted(name for name in given | set(dir(cls)) if not name.startswith("_"))


def too_many_arguments(root: Path) -> subprocess.CompletedProcess[str]:
    """What ruff says, by the settings of ``root``, of functions that take more than seven arguments."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", "--quiet", "."]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)


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


def test_no_folder_is_crowded() -> None:
    assert crowded(ROOT) == []


def test_no_two_modules_are_called_alike() -> None:
    assert namesakes(ROOT) == []


def test_the_vocabulary_of_a_notebook_stays_small() -> None:
    assert len(public_names(Bericht)) <= MOST_NAMES


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
        ("statistics/standard.py", "from sozialbericht.statistics import typology", "No cycles"),
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


def test_a_crowded_folder_is_found(copy: Path) -> None:
    folder = copy / "sozialbericht" / "disclosure"
    for number in range(MOST_MODULES - len(list(folder.glob("*.py"))) + 1):
        (folder / f"part{number}.py").touch()
    assert "sozialbericht/disclosure: 15 modules" not in crowded(copy)
    (folder / "one_more.py").touch()
    (folder / "__main__.py").touch()
    assert "sozialbericht/disclosure: 16 modules" in crowded(copy)


def test_modules_of_one_name_are_found(copy: Path) -> None:
    (copy / "sozialbericht" / "web" / "protection.py").touch()
    assert namesakes(copy) == ["sozialbericht/disclosure/protection.py", "sozialbericht/web/protection.py"]


def test_a_name_more_is_counted() -> None:
    before = public_names(Bericht)
    assert {"wert", "karte", "typisierung", "stadt", "jahr"} <= set(before)
    assert public_names(Larger) == sorted([*before, "neu", "kennwert", "zahl_neu"])


class Larger(Bericht):
    """A report with a verb, an attribute of its objects and a property more."""

    neu = Bericht.text

    def __init__(self) -> None:
        self.kennwert, self._inner = 1, 2

    @property
    def zahl_neu(self) -> int:
        """A number."""
        return self._inner


@pytest.mark.parametrize(("arguments", "found"), [(7, 0), (8, 1)])
def test_a_signature_that_is_too_long_is_found(tmp_path: Path, arguments: int, found: int) -> None:
    """Which rule is on, and from which number, is read from the settings of the project."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "sozialbericht").mkdir()
    taken = ", ".join(f"a{n}: int" for n in range(arguments))
    (tmp_path / "sozialbericht" / "broad.py").write_text(
        f'"""Broad."""\n\n\ndef f({taken}) -> None:\n    """Take many."""\n', encoding="utf-8"
    )
    told = too_many_arguments(tmp_path)
    assert told.stdout.count("PLR0913") == told.returncode == found, told.stdout + told.stderr
    assert len(told.stdout.splitlines()) == found


def test_what_says_nothing_is_found(tmp_path: Path) -> None:
    path = tmp_path / "bare.py"
    path.write_text(
        "class A:\n    def told(self):\n        '''Told.'''\n    def bare(self): ...\n    def _own(self): ...\n"
        "def f(): ...\nasync def g(): ...\ndef _h(): ...\n",
        encoding="utf-8",
    )
    assert undocumented(path) == ["bare.py", "bare.py: A", "bare.py: A.bare", "bare.py: f", "bare.py: g"]

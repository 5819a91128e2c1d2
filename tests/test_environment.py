"""The lists of dependencies agree: pyproject.toml, environment.yml, the lock files and what is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BASE = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEV = [Requirement(line) for line in PROJECT["dependency-groups"]["dev"]]

#: What is called otherwise on conda-forge than on the Python package index.
CONDA_NAMES = {
    "jupyter-client": "jupyter_client",
    "jupyter-core": "jupyter_core",
    "matplotlib": "matplotlib-base",
    "pandera": "pandera-pandas",
    "seaborn": "seaborn-base",
}
#: What conda-forge does not have, or has without the files that the built-in stitcher needs.
FROM_PIP = {"font-source-sans-pro", "font-source-serif-pro", "pypandoc-binary", "pypdfium2", "typst"}
#: What the environment has beyond the dependencies of the package.
CONDA_ONLY = {"python", "pip", "quarto"}
#: Modules whose name is not that of their package.
MODULES = {
    "IPython": "ipython",
    "PIL": "pillow",
    "fontTools": "fonttools",
    "sklearn": "scikit-learn",
    "font_source_sans_pro": "font-source-sans-pro",
    "font_source_serif_pro": "font-source-serif-pro",
    "jupyter_client": "jupyter-client",
    "jupyter_core": "jupyter-core",
    "pypandoc": "pypandoc-binary",
    "python_calamine": "python-calamine",
    "yaml": "pyyaml",
}
#: What no module of the package imports, and why it is there all the same.
NOT_IMPORTED = {
    "jupyterlab": "started as a process of its own by --lab",
    "seaborn": "for the charts that analysts draw in notebooks",
}
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)
WANTED = [("requirements.lock", BASE), ("requirements-dev.lock", BASE + DEV)]


def conda() -> tuple[dict[str, str], dict[str, str]]:
    """Names and bounds of environment.yml: from conda-forge, from pip."""
    lines = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    inner = next(line["pip"] for line in lines if isinstance(line, dict))
    both = [[line.partition(" ") for line in part if isinstance(line, str)] for part in (lines, inner)]
    forge, pip = ({name: bound for name, _, bound in part} for part in both)
    return forge, pip


def pins(file: str) -> dict[str, list[Version]]:
    """The pinned versions of a lock file by package."""
    found: dict[str, list[Version]] = {}
    for name, _, version, _ in PIN.findall((ROOT / file).read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(name), []).append(Version(version))
    return found


def named_extras(text: str) -> dict[str, set[str]]:
    """The extras that a lock file names, by package."""
    found: dict[str, set[str]] = {}
    for name, extras, _, _ in PIN.findall(text):
        found.setdefault(canonicalize_name(name), set()).update(map(canonicalize_name, filter(None, extras.split(","))))
    return found


def asked_extras(text: str, wanted: list[Requirement]) -> dict[str, set[str]]:
    """The extras that the installed packages of a lock file and the project ask of other packages.

    Of a package whose installed version is not a pinned one nothing is known.
    """
    named = named_extras(text)
    pinned = {(canonicalize_name(name), Version(version)) for name, _, version, _ in PIN.findall(text)}
    asking = list(wanted)
    for distribution in distributions():
        name = canonicalize_name(distribution.name)
        if (name, Version(distribution.version)) in pinned:
            for requirement in map(Requirement, distribution.requires or []):
                marker = requirement.marker
                if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *named[name])):
                    asking.append(requirement)
    found: dict[str, set[str]] = {}
    for requirement in asking:
        found.setdefault(canonicalize_name(requirement.name), set()).update(map(canonicalize_name, requirement.extras))
    return {name: extras for name, extras in found.items() if extras}


def missing_extras(text: str, wanted: list[Requirement]) -> dict[str, set[str]]:
    """The extras that are asked for and that the lock file does not name: for them pip may take another version."""
    named = named_extras(text)
    asked = asked_extras(text, wanted).items()
    return {name: left for name, extras in asked if (left := extras - named.get(name, set()))}


def imported() -> set[str]:
    """The distributions that the package imports from, wherever the import stands."""
    modules: set[str] = set()
    for path in (ROOT / "sozialbericht").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                modules.add(str(node.module).partition(".")[0])
    third = modules - set(sys.stdlib_module_names) - {"sozialbericht"}
    return {MODULES.get(module, module) for module in third}


def test_conda_environment_has_every_dependency_with_the_same_bound() -> None:
    forge, pip = conda()
    for requirement in BASE:
        if requirement.name in FROM_PIP:
            assert pip[requirement.name] == str(requirement.specifier), requirement
        else:
            name = CONDA_NAMES.get(requirement.name, requirement.name)
            assert forge[name] == str(requirement.specifier), requirement


def test_conda_environment_has_nothing_else() -> None:
    forge, pip = conda()
    names = {CONDA_NAMES.get(r.name, r.name) for r in BASE}
    assert set(forge) == names - FROM_PIP | CONDA_ONLY
    assert set(pip) == FROM_PIP


def test_conda_environment_has_the_python_and_quarto_of_the_project() -> None:
    forge, _ = conda()
    assert forge["python"] == PROJECT["project"]["requires-python"]
    (quarto,) = (Requirement(r) for r in PROJECT["project"]["optional-dependencies"]["quarto"])
    assert forge["quarto"] == str(quarto.specifier)


@pytest.mark.parametrize(("file", "wanted"), WANTED)
def test_lock_pins_every_dependency_within_its_bound(file: str, wanted: list[Requirement]) -> None:
    pinned = pins(file)
    for requirement in wanted:
        versions = pinned[canonicalize_name(requirement.name)]
        assert all(version in SpecifierSet(str(requirement.specifier)) for version in versions), requirement


def test_development_lock_pins_the_same_versions() -> None:
    development = pins("requirements-dev.lock")
    assert {name: development.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")


@pytest.mark.parametrize(("file", "wanted"), WANTED)
def test_lock_names_the_extras_that_are_asked_for(file: str, wanted: list[Requirement]) -> None:
    assert missing_extras((ROOT / file).read_text(encoding="utf-8"), wanted) == {}


@pytest.mark.parametrize(("file", "wanted"), WANTED)
def test_a_lock_without_extras_is_found_out(file: str, wanted: list[Requirement]) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    bare = re.sub(r"^([A-Za-z0-9._-]+)\[[^\]]*\]==", r"\1==", text, flags=re.MULTILINE)
    assert named_extras(text) != named_extras(bare)
    missing = missing_extras(bare, wanted)
    assert missing["pandera"] == {"pandas"}


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_source_and_hashes_every_pin(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not re.search(r"https?:|://|^\s*-|\bindex-url\b| @ ", text.replace("    --hash=sha256:", ""), re.MULTILINE)
    lines = text.splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert PIN.match(line) or re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) or line.startswith("#"), (
            line
        )
        if PIN.match(line):
            assert following.startswith("    --hash="), line


def test_every_import_is_declared_and_every_declared_package_has_a_reason() -> None:
    declared = {requirement.name for requirement in BASE}
    optional = {Requirement(line).name for line in PROJECT["project"]["optional-dependencies"]["dask"]}
    assert imported() - declared == optional
    assert declared - imported() == set(NOT_IMPORTED)

"""Inputs: SHA-256 over the content of everything that a step reads. No dates, no sizes, no names of hosts.

A digest may change without need, but must never stay the same when a result could differ. What none sees: the clock,
the network, fonts of the operating system, files of installed libraries edited by hand, and code outside the project
that no installed package and no ``PYTHONPATH`` brings.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from sozialbericht import digests
from sozialbericht.cache.store import private_folder
from sozialbericht.data.content import fingerprint
from sozialbericht.data.releases import releaserecord
from sozialbericht.digests import digest, file_digest, files
from sozialbericht.order.project import PACKAGE, PICTURES, default_root
from sozialbericht.surroundings import PRIVATE, SINGLE_THREADED, cleaned

#: What a cell's metadata may say about a past run or about how the editor shows it.
VOLATILE = {"ExecuteTime", "collapsed", "execution", "jupyter", "papermill", "scrolled"}
#: The variables that can change a result, of those that a run hands on (:func:`surroundings.cleaned`).
VARIABLES = re.compile(
    r"PYTHON(?:PATH|HOME|USERBASE|NOUSERSITE|PLATLIBDIR)$|TZ$|SOURCE_DATE_EPOCH$|LD_(?:PRELOAD|LIBRARY_PATH)$|DYLD_|"
    r"(?:OMP|OPENBLAS|MKL|NUMEXPR|NUMBA|BLIS|VECLIB|NPY|NUMPY|SCIPY|SKLEARN|PANDAS|PYOGRIO|ARROW|QUARTO|DENO)_"
)
#: Those of them that only the process of the command sees, which reads polygons, too; no program that it starts. Where
#: certificates lie is set by the libraries themselves when they are imported, and concerns downloads alone.
OWN_VARIABLES = re.compile(r"(?:GDAL|OGR|PROJ|CPL)_(?!CURL_CA_BUNDLE$)")
#: Where IPython looks for settings that are none of a user's: in the environment and of the system.
SHARED_SETTINGS = (Path(sys.prefix, "etc", "ipython"), Path("/usr/local/etc/ipython"), Path("/etc/ipython"))


def tree_digest(folder: Path, chosen: Iterable[Path] | None = None) -> str:
    """Digest of names and content of the files below a folder, or of the chosen ones.

    Of notebooks counts what they say, not their outputs (byte by byte: :func:`sozialbericht.digests.tree_digest`).
    """
    return digests.tree_digest(folder, chosen, of=source_digest)


def source_digest(path: Path) -> str:
    """Digest of a file of the project: of a notebook what it says, of any other every byte."""
    return notebook_digest(path) if path.suffix == ".ipynb" else file_digest(path)


def notebook_digest(path: Path) -> str:
    """Digest of what a notebook says; outputs, numbers of executions and the kernel's name do not count.

    A file that is no notebook counts byte by byte.
    """
    try:
        content = path.read_bytes()
    except OSError:
        return ""
    try:
        return digest(json.dumps(_said(json.loads(content)), sort_keys=True))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return digest("unlesbar", content)


def _said(notebook: dict[str, Any]) -> list[Any]:
    metadata = dict(notebook["metadata"])
    kernel, language = metadata.pop("kernelspec", {}), metadata.pop("language_info", {})
    metadata.pop("papermill", None)
    cells = []
    for cell in notebook["cells"]:
        kept = {k: v for k, v in cell.items() if k not in {"outputs", "execution_count", "source", "metadata"}}
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        told = {k: v for k, v in cell["metadata"].items() if k not in VOLATILE}
        cells.append([kept, told, source])
    spoken = kernel.get("language") or language.get("name")
    return [notebook["nbformat"], notebook["nbformat_minor"], metadata, spoken, cells]


class Inputs:
    """The digests of one run's inputs; each is read once and then held.

    ``root`` is the project's folder, ``variables`` the environment (default: this process's own). A machine of a
    cluster has surroundings of its own, which no digest sees.
    """

    def __init__(self, root: Path, variables: dict[str, str] | None = None) -> None:
        self.root = root
        self.variables = dict(os.environ) if variables is None else variables
        self._data: dict[Path, str] = {}
        self._companions: dict[Path, str] = {}

    @cached_property
    def code(self) -> str:
        """The package with all its files, modules beside it, and the brand file."""
        brands = dict.fromkeys((PACKAGE.parent / "report" / "_brand.yml", self.root / "report" / "_brand.yml"))
        beside = dict.fromkeys(sorted([*PACKAGE.parent.glob("*.py"), *self.root.glob("*.py")]))
        return digest(tree_digest(PACKAGE), *(file_digest(path) for path in [*brands, *beside]))

    @cached_property
    def libraries(self) -> str:
        """Names and versions of the installed distributions, with the digests of their files that they list."""
        parts = []
        for place in sys.path:
            try:
                entries = sorted(os.scandir(place or "."), key=lambda e: e.name)
            except OSError:
                continue
            for entry in entries:
                if entry.name.endswith((".dist-info", ".egg-info", ".egg-link")):
                    parts += [entry.name, file_digest(Path(entry.path) / "RECORD"), file_digest(Path(entry.path))]
                elif entry.name.endswith(".pth") or entry.name in ("sitecustomize.py", "usercustomize.py"):
                    parts += [entry.name, file_digest(Path(entry.path))]
        return digest(*parts)

    @property
    def versions(self) -> str:
        """Names and versions alone, to compare two machines."""
        folders = [Path(place) for place in sys.path if Path(place).is_dir()]
        return digest(*sorted({p.name for folder in folders for p in folder.glob("*.dist-info")}))

    @cached_property
    def surroundings(self) -> str:
        """Python, platform, the variables and settings that reach a kernel or a stitcher, code on ``PYTHONPATH``.

        What the user has set elsewhere stays outside and does not count: variables that are not handed on, those that
        every kernel gets anew, profiles and settings in the home.
        """
        parts = [sys.version, sys.platform, os.uname().machine if hasattr(os, "uname") else ""]
        handed = {n: v for n, v in cleaned(self.variables).items() if VARIABLES.match(n) and n not in SINGLE_THREADED}
        handed |= {name: value for name, value in self.variables.items() if OWN_VARIABLES.match(name)}
        parts += [part for item in sorted(handed.items()) for part in item]
        private = private_folder(default_root())
        profile, drawing = private / PRIVATE["IPYTHONDIR"] / "profile_default", private / PRIVATE["MPLCONFIGDIR"]
        given = [path for folder in (profile, *SHARED_SETTINGS) for path in _settings(folder)]
        given += [drawing / "matplotlibrc", *files(drawing / "stylelib")]
        parts += [file_digest(path) for path in given]
        for place in filter(None, self.variables.get("PYTHONPATH", "").split(os.pathsep)):
            if Path(place).resolve() != PACKAGE.parent:
                parts.append(tree_digest(Path(place), [p for p in files(Path(place)) if p.suffix == ".py"]))
        return digest(*parts)

    @cached_property
    def program(self) -> str:
        """Code, libraries and surroundings together: part of every key."""
        return digest(self.code, self.libraries, self.surroundings)

    def data(self, folder: Path) -> str:
        """A data folder, read once."""
        if folder not in self._data:
            self._data[folder] = fingerprint(folder)
        return self._data[folder]

    def releases(self, folder: Path, year: int) -> str:
        """What is on record of releases of a year's report; it is printed, and no number depends on it."""
        return digest(releaserecord.lines(folder, year))

    def texts(self) -> str:
        """All notebooks and texts of the project, with templates, filters and styles."""
        return digest(tree_digest(self.root / "notebooks"), tree_digest(self.root / "report"))

    def beside(self, notebook: Path) -> str:
        """What stands in a notebook's folder, where it runs: modules, settings; other notebooks if it names one; and
        the pictures of the project, wherever it runs."""
        folder = notebook.parent
        if folder not in self._companions:
            self._companions[folder] = tree_digest(folder, [p for p in files(folder) if p.suffix != ".ipynb"])
        others = tree_digest(folder) if _names_notebooks(notebook) else ""
        return digest(self._companions[folder], others, self._pictures)

    @cached_property
    def _pictures(self) -> str:
        return tree_digest(self.root / PICTURES)

    def again(self) -> Inputs:
        """The same inputs as they are by now: everything is read again."""
        return Inputs(self.root, self.variables)


def _settings(folder: Path) -> Iterator[Path]:
    """The files that IPython reads in a folder of settings; others, such as its ``README``, do not count."""
    for name in ("ipython_config", "ipython_kernel_config"):
        yield from (folder / f"{name}{suffix}" for suffix in (".py", ".json"))
    yield from (path for path in files(folder / "startup") if path.suffix in (".py", ".ipy"))


def _names_notebooks(path: Path) -> bool:
    """Whether a notebook's cells name a notebook (``%run other.ipynb``)."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        return any(".ipynb" in "".join(cell["source"]) for cell in cells)
    except (OSError, ValueError, TypeError, KeyError):
        return True

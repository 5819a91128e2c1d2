"""Versions: those of the tools that a report was made with, for its manifest."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib import metadata

from sozialbericht import __version__

#: The libraries on which numbers, pictures and pages depend.
LIBRARIES = (
    "geopandas", "matplotlib", "numpy", "openpyxl", "pandas", "pypandoc-binary", "pyogrio", "scipy", "shapely", "typst",
)  # fmt: skip


def of(engine: str, libraries: Sequence[str] = LIBRARIES) -> dict[str, str]:
    """Names and versions; ``engine`` is the stitcher as a run names it."""
    found = {"sozialbericht": __version__, "python": platform.python_version(), "setzer": engine}
    for name in libraries:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found

"""The build puts what a new project begins with into the package: one copy in the repository, one in the wheel.

Everything else about the package stands in pyproject.toml.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
#: What a project has from the beginning; ``sozialbericht/scaffold/template.py`` finds it in the package or here.
TEMPLATE = ("notebooks", "report", "data", "render.py", "docs/handbuch.md", "docs/bilder/schritte")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.py[co]", ".ipynb_checkpoints", "_buch", "site_libs", "~$*")


class BuildWithTemplate(build_py):
    """Builds the package and puts the template into it; an installation for development finds it in the checkout."""

    def run(self) -> None:
        """Build into an empty folder: what an earlier build has left there is none of this version."""
        if self.editable_mode:
            super().run()
            return
        package = Path(self.build_lib) / "sozialbericht"
        shutil.rmtree(package, ignore_errors=True)
        super().run()
        for name in TEMPLATE:
            target = package / "vorlage" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, target, ignore=LEFT_OUT)
            else:
                shutil.copy(ROOT / name, target)


setup(cmdclass={"build_py": BuildWithTemplate})

"""``python -m sozialbericht`` is the console script ``sozialbericht``; a project's ``render.py`` asks for this."""

import sys
from pathlib import Path
from typing import NoReturn

from sozialbericht import surroundings


def report(file: str) -> NoReturn:
    """Make the report of the project that this ``render.py`` stands in, as its command line says."""
    surroundings.settle()
    from sozialbericht.command import render
    from sozialbericht.order import project

    if project.is_project(folder := Path(file).resolve().parent):
        project.work_in(folder)
    sys.exit(render())


if __name__ == "__main__":
    surroundings.settle()
    from sozialbericht.command import main

    sys.exit(main())

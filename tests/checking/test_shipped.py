"""The shipped notebooks and texts: no fault is told of what is in order, whatever the year and the order of checks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import small_report

from sozialbericht.cache.store import Cache
from sozialbericht.checking import lint
from sozialbericht.checking.numerals import SOURCE
from sozialbericht.order.project import open_project
from sozialbericht.rendering import production


@pytest.fixture(scope="module")
def root(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.rootpath


def test_every_shipped_year(root: Path) -> None:
    """Data, notebooks, profiles and texts; what is checked does not depend on the year."""
    years = production.check(open_project(root), root / "data", 2005, 2006, 2007, cache=False)
    assert {2005, 2006, 2007} <= set(years)


def test_what_is_kept_says_the_same(root: Path, tmp_path: Path) -> None:
    """A fault is told from the cache, too, and one that has gone is not."""
    for part in ("notebooks", "report", "data"):
        shutil.copytree(root / part, tmp_path / "p" / part)
    text = tmp_path / "p" / "report" / "glossar.qmd"
    before = text.read_text(encoding="utf-8")
    kept = (Cache(tmp_path / "cache"), "program")
    project = open_project(tmp_path / "p")
    for words in ("", "\nEs gibt 13 Sozialräume. Siehe @fig-nie.\n"):
        text.write_text(before + words, encoding="utf-8")
        first, second = (list(map(str, lint.check(project, kept=kept))) for _ in range(2))
        assert first == second == list(map(str, lint.check(project)))
        assert len(first) == (2 if words else 0)


def test_numbers_are_hardly_ever_quoted(root: Path) -> None:
    """A mark for numbers of others is the exception."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("notebooks", "report")
        for path in (root / folder).rglob("*.[iq]*")
    ]
    assert sum(len(SOURCE.findall(text)) for text in texts) == 0


def test_the_examples_of_the_handbook(root: Path, tmp_path: Path) -> None:
    """What the handbook shows as code passes the check; it uses labels of the chapters and an indicator to be added."""
    for part in ("notebooks", "report", "data"):
        shutil.copytree(root / part, tmp_path / part)
    for document in ("docs/handbuch.md", "README.md"):
        blocks = re.findall(r"```python\n(.*?)```", (root / document).read_text(encoding="utf-8"), re.DOTALL)
        assert blocks
        cells = ("# Neu {#sec-neu}", small_report.START, *blocks)
        small_report.notebook(tmp_path / "notebooks" / "16_neu.ipynb", cells)
        faults = [f.what for f in lint.check(open_project(tmp_path))]
        unexpected = [what for what in faults if "kommt zweimal vor" not in what and "„kita_quote“" not in what]
        assert unexpected == []

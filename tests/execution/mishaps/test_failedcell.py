"""The failed cell of an executed notebook."""

import json

import pytest
import small_report

from sozialbericht.execution.mishaps import failedcell
from sozialbericht.execution.mishaps.cellfault import MEDIA_TYPE

OTHERWISE = "Es ging nicht.", "Anders machen."


def executed(path, *cells):
    """An executed notebook; cells are (source, run, record of the error or None)."""
    small_report.notebook(path, ["# A", *(text for text, _, _ in cells)])
    content = json.loads(path.read_text(encoding="utf-8"))
    for cell, (_, run, record) in zip(content["cells"][2:], cells, strict=True):
        cell["execution_count"] = run
        if record is not None:
            error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
            told = {"output_type": "display_data", "metadata": {}, "data": {MEDIA_TYPE: record}}
            cell["outputs"] = [told, error] if record else [error]
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_without_a_saved_notebook_or_a_failed_cell(tmp_path):
    assert failedcell.found(tmp_path / "fehlt.ipynb") == (None, None)
    path = executed(tmp_path / "01_a.ipynb", ("x = 1", 2, None))
    assert failedcell.found(path) == (None, None)
    assert failedcell.failure("a", OTHERWISE, path).told(path).startswith("a: Es ging nicht.\n  → Anders machen.\n")


def test_the_line_counts_what_the_kernel_drops(tmp_path):
    record = {"was": "So nicht.", "rat": "Anders.", "run": 2, "row": 2, "start": 0, "end": 3}
    path = executed(tmp_path / "01_a.ipynb", ("\n\n  x = 1\n  y()", 2, record))
    failure = failedcell.failure("a", OTHERWISE, path)
    assert (failure.cell, failure.row, failure.line, failure.span) == (3, 4, "  y()", (2, 5))
    assert failure.told(path).startswith("a, Zelle 3, Zeile 4: So nicht.\n      y()\n      ^^^\n  → Anders.\n")


def test_a_function_of_another_cell(tmp_path):
    record = {"was": "So nicht.", "rat": "Anders.", "run": 2, "row": 2, "start": None, "end": None}
    path = executed(tmp_path / "01_a.ipynb", ("def f():\n    g()", 2, None), ("f()", 3, record))
    failure = failedcell.failure("a", OTHERWISE, path)
    assert (failure.cell, failure.row, failure.line) == (3, 2, "    g()")
    assert failure.cause == "So nicht. Aufgerufen in Zelle 4."


@pytest.mark.parametrize(("begun", "number"), [([], None), ([0, 1, 2], 3)])
def test_a_cell_that_has_only_begun(tmp_path, begun, number):
    path = executed(tmp_path / "01_a.ipynb", ("x = 1", 2, None), ("y = 1", 3, None))
    failure = failedcell.failure("a", OTHERWISE, path, begun)
    assert (failure.cell, failure.cause, failure.row) == (number, "Es ging nicht.", None)


def test_an_error_of_which_the_kernel_says_nothing(tmp_path):
    path = executed(tmp_path / "01_a.ipynb", ("x = 1", 2, {}))
    assert "erste Zeile: x = 1" in failedcell.failure("a", OTHERWISE, path).told(path)

"""The filter: formats that the project cannot make are refused; errors in it are heard."""

import json
import os
import subprocess

import pytest

from sozialbericht.faults import ReportError
from sozialbericht.stitching import manuscript, pandoc

TEXT = "# A {#sec-a}\n\n::: {.leitsatz}\nEin Satz.\n:::\n"
OTHERS = ["docx", "epub", "odt", "latex", "beamer", "plain", "markdown", "gfm", "rst", "native", "json", "html4"]


def run(frame, to, **variables):
    """Plain pandoc with the project's filter."""
    return subprocess.run(
        [pandoc.executable(), "-t", to, "-o", "-", "--lua-filter", str(frame / manuscript.FILTER)],
        input=TEXT.encode(), capture_output=True, check=False,
        env={k: v for k, v in os.environ.items() if k != "SOZIALBERICHT_ZIEL"} | variables,
    )  # fmt: skip


@pytest.mark.parametrize("to", [*OTHERS, "revealjs", "slidy", "chunkedhtml", "pptx"])
def test_other_formats_are_refused(frame, to):
    done = run(frame, to)
    assert done.returncode != 0
    assert done.stdout == b""
    said = done.stderr.decode()
    assert f'bericht.lua: Das Format "{to}" kann dieser Bericht nicht.' in said
    assert "PDF (--to typst) oder Webseiten (--to html)" in said
    assert "traceback" not in said


@pytest.mark.parametrize("to", ["docx", "latex", "plain", "html4"])
def test_a_variable_lets_no_other_format_pass(frame, to):
    assert run(frame, to, SOZIALBERICHT_ZIEL="html").returncode != 0


@pytest.mark.parametrize("to", ["typst", "html", "html5"])
def test_its_own_formats(frame, to):
    done = run(frame, to)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"leitsatz" in done.stdout
    assert run(frame, to, SOZIALBERICHT_ZIEL="unsinn").stdout == done.stdout, "only the reading step is told"


@pytest.mark.parametrize("target", ["typst", "html"])
def test_reading_for_one_of_them(frame, target):
    done = run(frame, "json", SOZIALBERICHT_ZIEL=target)
    assert done.returncode == 0
    assert ("RawBlock" in {b["t"] for b in json.loads(done.stdout)["blocks"]}) == (target == "typst")
    assert pandoc.parse(TEXT, target=target, lua_filter=frame / manuscript.FILTER)


@pytest.mark.parametrize("target", ["", "docx", "xhtml"])
def test_reading_for_another_one(frame, target):
    with pytest.raises(ReportError, match="kann dieser Bericht nicht"):
        pandoc.parse(TEXT, target=target, lua_filter=frame / manuscript.FILTER)


@pytest.mark.quarto
@pytest.mark.parametrize("to", ["docx", "epub", "latex", "pdf"])
def test_quarto_ends_with_it(stage, quarto, to):
    folder = stage(index=TEXT, b="# B {#sec-b}\n\nText.")
    done = subprocess.run(
        [quarto, "render", str(folder), "--to", to], capture_output=True, text=True, check=False, cwd=folder
    )
    assert done.returncode != 0
    assert "kann dieser Bericht nicht" in done.stdout + done.stderr
    assert not [p for p in folder.rglob("*") if p.suffix in (".docx", ".epub", ".tex", ".pdf")]

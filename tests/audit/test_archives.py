"""Archives: what stands beside the parts of a ZIP file is read, and what is too large is not unpacked."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from sozialbericht.audit.readers import channels
from sozialbericht.audit.readers.office import archives


def workbook() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


@pytest.mark.parametrize("where", ["archive", "part"])
def test_comments_that_no_program_shows_are_read(where: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            entry.comment = b"Hafen 4711" if where == "part" and entry.filename == "xl/workbook.xml" else b""
            new.writestr(entry, content)
        new.comment = b"Hafen 4711" if where == "archive" else b""
    reading = channels.reading_of(packed.getvalue(), "a.xlsx")
    assert reading.unreadable == ""
    assert [passage.kind for passage in reading.passages if "4711" in passage.text] == ["Metadaten"]


def test_what_is_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LIMIT", 100)
    with pytest.raises(ValueError, match="zu groß"):
        archives.unpacked(workbook(), "a.xlsx")
    assert channels.reading_of(workbook(), "a.xlsx").unreadable

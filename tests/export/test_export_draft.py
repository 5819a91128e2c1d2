"""Export drafts: what is taken from the store is, with any Kennung, what is made from nothing."""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import small_report
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sozialbericht.audit.readers import channels
from sozialbericht.cache.inputs import Inputs
from sozialbericht.cache.runcache import RunCache
from sozialbericht.cache.store import Store
from sozialbericht.export import editionmark, exportbook, exportdraft, exportfolder
from sozialbericht.export.exportdraft import ExportDraft
from sozialbericht.export.opendata import OpenData
from sozialbericht.findings import tablestore
from sozialbericht.order.project import PACKAGE
from sozialbericht.order.request import Request

MOMENT = dt.datetime(2006, 12, 31, tzinfo=dt.UTC)
EDITIONS = st.text("0123456789abcdef", min_size=16, max_size=16)
#: Texts as a workbook may hold them: no controls.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)


@pytest.fixture(scope="module")
def data() -> OpenData:
    return OpenData(tablestore.of(small_report.CITY, 2006), 2006, MOMENT)


@pytest.fixture(scope="module")
def draft(data: OpenData) -> ExportDraft:
    return ExportDraft.of(data)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> RunCache:
    root = tmp_path_factory.mktemp("projekt")
    return RunCache(Store(root / "speicher"), Inputs(root))


REQUEST = Request(2006, data=small_report.CITY)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITIONS, TEXTS, TEXTS)
@example("0" * 16, "&<>\"'= ]]> &amp; <v>", "=1+1 & </t><f>")
@example("1234567890123456", "0123456789abcdef", "_x0041_ \u2028 ﷽")
def test_a_workbook_with_the_kennung_put_in_is_the_one_made_with_it(
    data: OpenData, edition: str, title: str, kind: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpenData, "title", title)
        patch.setattr(OpenData, "kind", kind)
        own = OpenData(data.store, data.year, data.moment)
        made, draft = exportbook.parts(own, edition), ExportDraft.of(own)
    assert draft.mark != edition
    fresh = editionmark.workbook(made, edition, edition, MOMENT)
    stored = exportfolder.files(draft, edition)[exportfolder.workbook(2006)]
    assert stored == fresh
    cells = [cell for row in load_workbook(io.BytesIO(stored))["Deckblatt"].iter_rows(values_only=True) for cell in row]
    assert edition in cells and draft.mark.encode() not in b"".join(_unpacked(stored).values())


def test_the_kennung_stands_wherever_the_mark_did(draft: ExportDraft) -> None:
    count = sum(part.count(draft.mark.encode()) for part in draft.workbook.values())
    files = exportfolder.files(draft, "fedcba9876543210")
    parts = _unpacked(files[exportfolder.workbook(2006)])
    assert count > 2 and sum(part.count(b"fedcba9876543210") for part in parts.values()) == count
    with_it = {name for name, content in files.items() if b"fedcba9876543210" in content}
    assert with_it == {"gebiete-2006.gpkg", "datapackage.json", "dcat-ap.jsonld", exportfolder.PAGES}


def test_the_map_says_which_edition_it_is(draft: ExportDraft, tmp_path: Path) -> None:
    one, other = (exportfolder.files(draft, letter * 16)["gebiete-2006.gpkg"] for letter in "ab")
    path = tmp_path / "a.gpkg"
    path.write_bytes(one)
    before = tmp_path / "b.gpkg"
    before.write_bytes(draft.geopackage or b"")
    assert gpd.read_file(path).equals(gpd.read_file(before))
    said = [p.text for p in channels.reading_of(one, "a.gpkg").passages if "Kennung" in p.text]
    assert said == ["Modelldaten, Kennung aaaaaaaaaaaaaaaa"]
    assert one.replace(b"a" * 16, b"b" * 16) == other


def test_a_stored_draft_makes_the_same_files(cache: RunCache, draft: ExportDraft) -> None:
    made = exportdraft.of(cache, small_report.CITY, REQUEST, MOMENT)
    stored = exportdraft.of(cache, small_report.CITY, REQUEST, MOMENT)
    assert stored == made and stored is not made and made.mark != draft.mark
    for edition in ("0123456789abcdef", "f" * 16):
        files = exportfolder.files(stored, edition)
        assert files == exportfolder.files(made, edition) == exportfolder.files(draft, edition)


def test_another_moment_is_another_draft(cache: RunCache) -> None:
    later = exportdraft.of(cache, small_report.CITY, REQUEST, MOMENT + dt.timedelta(1))
    assert b"2007-01-01" in exportfolder.files(later, "0" * 16)["datapackage.json"]


def test_without_a_store_nothing_is_kept(tmp_path: Path, draft: ExportDraft) -> None:
    unused = RunCache.of(tmp_path, used=False)
    made = exportdraft.of(unused, small_report.CITY, REQUEST, MOMENT)
    assert exportfolder.files(made, "0" * 16) == exportfolder.files(draft, "0" * 16)
    assert list(tmp_path.iterdir()) == []


def test_nothing_large_is_loaded_for_a_stored_draft(cache: RunCache, tmp_path: Path) -> None:
    exportdraft.of(cache, small_report.CITY, REQUEST, MOMENT)
    code = (
        "import pickle, sys; from pathlib import Path; from sozialbericht.export import exportdraft, exportfolder;"
        "from sozialbericht.cache.store import Store;"
        "draft = pickle.loads(Store(Path(sys.argv[1])).get(sys.argv[2]));"
        "assert exportfolder.files(draft, '0' * 16);"
        "print(*{'pandas', 'numpy', 'openpyxl', 'geopandas', 'pyogrio', 'scipy'} & set(sys.modules))"
    )
    key = cache.keys.export(small_report.CITY, 2006, MOMENT)
    said = subprocess.run(
        [sys.executable, "-c", code, str(cache.store.folder), key], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
    )  # fmt: skip
    assert said.stdout.strip() == ""


def _unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}

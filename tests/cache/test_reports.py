"""Whole reports stored: the same as made anew, and only when nothing has changed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import small_report

from sozialbericht.cache import checkeddata, reports
from sozialbericht.cache.checkeddata import CheckedData
from sozialbericht.cache.runcache import RunCache
from sozialbericht.cache.store import Store, folder_of
from sozialbericht.order import manifest
from sozialbericht.order.request import Made, Request
from sozialbericht.rendering import production

ROOT = Path(__file__).resolve().parents[2]


REQUEST = Request(2006)


def keep(root):
    folder = root / "build" / "2006"
    made = Made(folder, folder / "bericht.pdf", folder / "html" / "index.html", "Setzer 1")
    cache = RunCache.of(root)
    reports.put(cache, cache.keys.report(REQUEST, root / "data", "Setzer 1"), made, REQUEST, root / "data")
    return made


def found(root, request=REQUEST, engine="Setzer 1"):
    cache = RunCache.of(root)
    return reports.get(cache, cache.keys.report(request, root / "data", engine), request.folder(root))


def test_an_unchanged_report_is_found(root):
    assert found(root) is None
    made = keep(root)
    assert found(root) == made
    assert found(root, Request(2006, jobs=7, executor="dask://a:1")) == made
    for path in root.rglob("*"):
        os.utime(path, (1, 1))
    assert found(root) == made


@pytest.mark.parametrize(
    "change",
    [
        lambda r: (r / "report" / "index.qmd").write_text("Anderer Text"),
        lambda r: (r / "report" / "neu.css").write_text(""),
        lambda r: (r / "data" / "werte.csv").write_text("2"),
        lambda r: (r / "notebooks" / "02_b.ipynb").write_text("{}"),
        lambda r: (r / "paket" / "a.py").write_text("x"),
        lambda r: (r / "build" / "2006" / "bericht.pdf").write_bytes(b"%PDF2"),
        lambda r: (r / "build" / "2006" / "html" / "index.html").unlink(),
        lambda r: (r / "build" / "2006").rename(r / "build" / "weg"),
        lambda r: Store(folder_of(r)).clear(),
        lambda r: [p.write_bytes(p.read_bytes()[:-1]) for p in (r / "build" / ".cache").rglob("*") if p.is_file()],
    ],
)
def test_a_changed_one_is_not(root, change):
    keep(root)
    change(root)
    assert found(root) is None


@pytest.mark.parametrize("with_manifest", [True, False])
def test_a_user_s_own_files_are_no_reason_to_make_it_again(root, with_manifest):
    folder = root / "build" / "2006"
    if with_manifest:
        manifest.write(folder, manifest.of(folder))
    made = keep(root)
    (folder / "html" / "mehr.html").write_text("")
    (folder / "brief.docx").write_text("Brief")
    assert found(root) == made
    if with_manifest:
        manifest.write(folder, manifest.of(folder))
        assert found(root) is None, "the manifest is one of the report's own files"


@pytest.mark.parametrize("other", [{"year": 2005}, {"formats": ("pdf",)}, {"only": ["a"]}, {"profiles": []}])
def test_what_is_asked_for_counts(root, other):
    keep(root)
    request = Request(**{"year": 2006, "output": root / "build" / "2006", **other})
    assert found(root, request) is None
    assert found(root, engine="Setzer 2") is None


def test_inputs_that_change_meanwhile_are_not_stored(root):
    cache = RunCache.of(root)
    key = cache.keys.report(REQUEST, root / "data", "x")
    facts = CheckedData(root / "data", [2006], "")
    checkeddata.get(cache, facts.folder)
    (root / "data" / "werte.csv").write_text("2")
    folder = root / "build" / "2006"
    reports.put(cache, key, Made(folder, None, None, "x"), REQUEST, root / "data")
    checkeddata.put(cache, facts)
    assert reports.get(cache, key, folder) is None
    assert checkeddata.get(cache, root / "data") is None


def contents(folder):
    """All files of a report; of PDFs only that they are there, since they carry their date."""
    return {
        p.relative_to(folder): b"" if p.suffix == ".pdf" else p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_real_report_with_and_without_a_cache(tmp_path):
    """After an edit only that notebook runs; the result is the one of a run without a cache."""
    root = small_report.project(tmp_path)
    said: list[str] = []

    def make(**options):
        said.clear()
        request = Request(2006, ("html",), "builtin", data=root / "data", **options)
        return contents(production.make(request, say=said.append, root=root).folder)

    make()
    assert "Führe 3 Notebooks aus" in said
    first = make()
    assert said == ["2006: Nichts hat sich geändert (eingebauter Setzer (pandoc und Typst))"]
    path = root / "notebooks" / "01_bevoelkerung.ipynb"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("waren {u} der Menschen", "sind {u} der Menschen"), encoding="utf-8")
    changed = make()
    assert "Führe 1 Notebook aus, 2 unverändert" in said
    assert [line.split()[1] for line in said if "✓" in line] == ["bevoelkerung"]
    assert {p.name for p in first if first[p] != changed[p]} >= {"bevoelkerung.html"}
    anew = make(cache=False)
    assert "Führe 3 Notebooks aus" in said
    assert changed == anew
    path.write_text(before, encoding="utf-8")
    assert make() == first
    assert "Führe 0 Notebooks aus, 3 unverändert" in said


WATCHED = """
import json, sys
opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" and isinstance(args[0], str) else None)
import sozialbericht.bericht
from sozialbericht.writing import blocks
shown = []
blocks.display = shown.append
for path in sys.argv[1].split("|"):
    space = {"__name__": "__main__"}
    for cell in json.load(open(path))["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"]), space)
            if "parameters" in cell["metadata"].get("tags", []):
                space["daten"] = sys.argv[2]
print(json.dumps([len(shown), sorted(opened)]))
"""


def test_all_that_a_notebook_reads_is_in_its_key(small_project):
    """The files opened while chapters run: data, package, brand, installed libraries and fonts, nothing else."""
    paths = sorted((small_project / "notebooks").glob("*.ipynb"))
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "|".join(map(str, paths)), str(small_project / "data")],
        capture_output=True, text=True, check=True, cwd=small_project / "notebooks",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    shown, opened = json.loads(done.stdout.splitlines()[-1])
    assert shown > 10
    installed = [sys.prefix, sys.base_prefix, *(p for p in sys.path if "python" in p)]
    seen = [*installed, str(ROOT / "sozialbericht"), str(small_project / "data"), str(small_project / "notebooks")]
    home = [
        str(Path.home() / ".cache"),
        str(Path.home() / ".config"),
        "/proc/",
        "/dev/",
        "/sys/",
        "/etc/",
        "/usr/",
        "/tmp/",
    ]
    brand = str(small_project / "report" / "_brand.yml")
    others = [p for p in opened if Path(p).is_absolute() and not p.startswith((*seen, *home)) and p != brand]
    assert others == []
    assert brand in opened
    assert any(p.startswith(str(small_project / "data")) for p in opened)

"""Keys attacked: what can change a result changes the key, what cannot leaves it alone."""

import json
import os
import shutil
from pathlib import Path

import pytest
import small_report

from sozialbericht.cache import inputs as digests_of
from sozialbericht.cache.inputs import Inputs, notebook_digest, tree_digest
from sozialbericht.cache.keys import Keys
from sozialbericht.digests import digest
from sozialbericht.execution import kernelsource
from sozialbericht.order.request import Request
from sozialbericht.order.tasks import task

VARIABLES = {"LANG": "de_DE.UTF-8", "TERM": "xterm"}
PRIVATE = "eigen"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project with its own small package, library and home."""
    package = tmp_path / "checkout" / "sozialbericht"
    (package / "drawing").mkdir(parents=True)
    (package / "drawing" / "maps.py").write_text("farbe = 1\n")
    (package / "__init__.py").write_text("")
    monkeypatch.setattr(digests_of, "PACKAGE", package)
    monkeypatch.setattr(digests_of, "SHARED_SETTINGS", (tmp_path / "system",))
    monkeypatch.setattr(digests_of, "private_folder", lambda root: tmp_path / PRIVATE)
    (tmp_path / "lib" / "pandas-3.0.dist-info").mkdir(parents=True)
    (tmp_path / "lib" / "pandas-3.0.dist-info" / "RECORD").write_text("pandas/core.py,sha256=abc,12\n")
    monkeypatch.setattr(digests_of.sys, "path", [str(tmp_path / "lib"), "/gibt/es/nicht"])
    root = tmp_path / "checkout"
    shutil.copytree(small_report.CITY, root / "data")
    small_report.notebook(root / "notebooks" / "01_a.ipynb", ("# A", "b = 1", "print(b)"))
    small_report.notebook(root / "notebooks" / "02_b.ipynb", ("# B", "c = 2"))
    (root / "report").mkdir()
    (root / "report" / "_brand.yml").write_text("color: {palette: {}}\n")
    (root / "report" / "index.qmd").write_text("Text\n")
    return root


def key(root, name="01_a", jahr=2006, variables=VARIABLES):
    parameters = {"jahr": jahr, "daten": str(root / "data")}
    keys = Keys(Inputs(root, {**variables, "HOME": str(root.parent / "heim")}))
    return keys.notebook(task("2006", "a", root / "notebooks" / f"{name}.ipynb", parameters))


def edit(path: Path, change):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook, indent=3), encoding="utf-8")


def write(path: Path, text: str):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def replace(path: Path, old: str, new: str):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


SEEN = {
    "source": lambda r: edit(r / "notebooks/01_a.ipynb", lambda n: n["cells"][2].update(source="b = 2")),
    "comment": lambda r: edit(r / "notebooks/01_a.ipynb", lambda n: n["cells"][2].update(source="b = 1  # eins")),
    "order of cells": lambda r: edit(r / "notebooks/01_a.ipynb", lambda n: n["cells"].reverse()),
    "kind of a cell": lambda r: edit(r / "notebooks/01_a.ipynb", lambda n: n["cells"][2].update(cell_type="markdown")),
    "tag": lambda r: edit(r / "notebooks/01_a.ipynb", lambda n: n["cells"][2]["metadata"].update(tags=["x"])),
    "cell moved": lambda r: edit(r / "notebooks/01_a.ipynb", lambda n: n["cells"].append(n["cells"].pop(2))),
    "notebook gone": lambda r: (r / "notebooks/01_a.ipynb").unlink(),
    "notebook broken": lambda r: write(r / "notebooks/01_a.ipynb", '{"cells": ['),
    "data value": lambda r: replace(r / "data/werte/2006.csv", ";1", ";2"),
    "new data file": lambda r: write(r / "data/werte/2008.csv", "raum_id;merkmal;stichtag;wert\n"),
    "data file renamed": lambda r: (r / "data/raeume.geojson").rename(r / "data/flaechen.geojson"),
    "data file gone": lambda r: (r / "data/werte/2005.csv").unlink(),
    "catalogue": lambda r: replace(r / "data/indikatoren.csv", "1", "2"),
    "package code": lambda r: write(r / "sozialbericht/drawing/maps.py", "farbe = 2\n"),
    "new module": lambda r: write(r / "sozialbericht/drawing/neu.py", ""),
    "module moved": lambda r: (r / "sozialbericht/drawing/maps.py").rename(r / "sozialbericht/maps.py"),
    "brand file": lambda r: write(r / "report/_brand.yml", "color: {}\n"),
    "module beside the notebook": lambda r: write(r / "notebooks/helfer.py", "x = 1\n"),
    "picture": lambda r: write(r / "notebooks/bilder/foto.jpg", "x"),
    "settings beside the notebook": lambda r: write(r / "notebooks/matplotlibrc", "lines.linewidth: 3\n"),
    "version of a library": lambda r: (r.parent / "lib/pandas-3.0.dist-info").rename(
        r.parent / "lib/pandas-3.1.dist-info"
    ),
    "build of a library": lambda r: write(
        r.parent / "lib/pandas-3.0.dist-info/RECORD", "pandas/core.py,sha256=xyz,12\n"
    ),
    "new library": lambda r: (r.parent / "lib/neu-1.dist-info").mkdir(),
    "start-up file": lambda r: write(r.parent / "lib/sitecustomize.py", "import os\n"),
    "start-up file where kernels look": lambda r: write(
        r.parent / PRIVATE / "ipython/profile_default/startup/a.py", "x = 1\n"
    ),
    "settings where kernels look": lambda r: write(
        r.parent / PRIVATE / "ipython/profile_default/ipython_config.json", "{}"
    ),
    "figures' settings where kernels look": lambda r: write(
        r.parent / PRIVATE / "matplotlib/matplotlibrc", "font.size: 20\n"
    ),
    "style where kernels look": lambda r: write(
        r.parent / PRIVATE / "matplotlib/stylelib/a.mplstyle", "font.size: 20\n"
    ),
    "start-up file of the system": lambda r: write(r.parent / "system/startup/a.ipy", "x = 1\n"),
}
HITS = {
    "dates": lambda r: [os.utime(p, (1, 1)) for p in r.rglob("*")],
    "output cells": lambda r: edit(
        r / "notebooks/01_a.ipynb",
        lambda n: n["cells"][2].update(outputs=[{"output_type": "stream", "name": "stdout", "text": "5"}]),
    ),
    "execution counts": lambda r: edit(r / "notebooks/01_a.ipynb", lambda n: n["cells"][2].update(execution_count=17)),
    "times of execution": lambda r: edit(
        r / "notebooks/01_a.ipynb", lambda n: n["cells"][2]["metadata"].update(execution={"iopub.execute_input": "1"})
    ),
    "source in lines": lambda r: edit(r / "notebooks/01_a.ipynb", lambda n: n["cells"][2].update(source=["b = ", "1"])),
    "kernel": lambda r: edit(
        r / "notebooks/01_a.ipynb",
        lambda n: n["metadata"].update(
            kernelspec={"name": "anderer", "display_name": "Anderer", "language": "python"},
            language_info={"name": "python", "version": "3.99"},
        ),
    ),
    "other notebook": lambda r: edit(r / "notebooks/02_b.ipynb", lambda n: n["cells"][2].update(source="c = 3")),
    "new notebook": lambda r: shutil.copy(r / "notebooks/02_b.ipynb", r / "notebooks/03_c.ipynb"),
    "checkpoint": lambda r: write(r / "notebooks/.ipynb_checkpoints/01_a-checkpoint.py", "x"),
    "bytecode": lambda r: write(r / "sozialbericht/__pycache__/maps.cpython-311.pyc", "x"),
    "lock of Excel": lambda r: write(r / "data/werte/~$2006.xlsx", "x"),
    "text of the report": lambda r: write(r / "report/index.qmd", "Anderer Text\n"),
    "earlier report": lambda r: write(r / "build/2006/bericht-2006.pdf", "x"),
    # kernels look in a private folder, see test_surroundings.py
    "start-up file of the user": lambda r: write(r.parent / "heim/.ipython/profile_default/startup/a.py", "x = 1\n"),
    "settings of the user": lambda r: write(r.parent / "heim/.ipython/profile_default/ipython_config.py", "x = 1\n"),
    "figures' settings of the user": lambda r: [
        write(r.parent / f"heim/{name}/matplotlibrc", "font.size: 20\n")
        for name in (".config/matplotlib", ".matplotlib")
    ],
    "style of the user": lambda r: write(r.parent / "heim/.config/matplotlib/stylelib/a.mplstyle", "font.size: 20\n"),
    "what IPython says in a new folder": lambda r: write(
        r.parent / PRIVATE / "ipython/profile_default/startup/README", "x"
    ),
    "what kernels keep": lambda r: write(r.parent / PRIVATE / "matplotlib/fontlist-v390.json", "{}"),
}


@pytest.mark.parametrize("change", SEEN.values(), ids=SEEN)
def test_what_can_change_a_result_is_seen(root, change):
    before = key(root)
    change(root)
    assert key(root) != before


@pytest.mark.parametrize("change", HITS.values(), ids=HITS)
def test_what_cannot_change_a_result_is_a_hit(root, change):
    before = key(root)
    change(root)
    assert key(root) == before


def test_a_release_is_seen_by_its_own_report_only(root):
    """No number depends on the record; the counts that a report has shown are known to all."""

    def keys():
        return Keys(Inputs(root, VARIABLES))

    def of_reports():
        data = root / "data"
        requests = {year: Request(year, data=data) for year in (2005, 2006)}
        return {
            year: (keys().report(one, data, "x"), keys().state(one, data, ["geschützt"]))
            for year, one in requests.items()
        }

    before = of_reports()
    notebook = key(root)
    write(root / "data/freigaben.csv", "jahr;status;datum\n2006;freigegeben;03.05.2007\n")
    after = of_reports()
    assert after[2005] == before[2005] and key(root) == notebook
    assert not set(after[2006]) & set(before[2006])
    write(root / "data/freigaben/2006.csv", "raum_id;merkmal;stichtag;wert;gedruckt\n")
    assert key(root) != notebook


def test_parameters_are_seen(root):
    assert len({key(root), key(root, jahr=2007), key(root, jahr="2006")}) == 3


REACHING = (
    "TZ", "SOURCE_DATE_EPOCH", "PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE",
    "MKL_CBWR", "NUMEXPR_NUM_THREADS", "NPY_DISABLE_CPU_FEATURES", "PANDAS_FUTURE_INFER_STRING", "QUARTO_TYPST",
    "OGR_GEOJSON_MAX_OBJ_SIZE", "GDAL_DATA",
)  # fmt: skip
HELD_BACK = (
    "LANG", "LC_ALL", "PYTHONHASHSEED", "PYTHONSTARTUP", "PYTHONOPTIMIZE", "PYTHONDONTWRITEBYTECODE", "MPLBACKEND",
    "MPLCONFIGDIR", "MATPLOTLIBRC", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS", "TYPST_FONT_PATHS", "PYPANDOC_PANDOC", "QUARTO_PROFILE", "SOZIALBERICHT_ZIEL", "COLUMNS",
    "TERM", "PWD", "WINDOWID", "XDG_DATA_HOME",
)  # fmt: skip


def test_the_surroundings_are_seen(root, monkeypatch):
    found = {key(root)} | {key(root, variables={**VARIABLES, name: "1"}) for name in REACHING}
    monkeypatch.setattr(digests_of.sys, "version", "3.99")
    assert len(found | {key(root)}) == len(REACHING) + 2


@pytest.mark.parametrize("name", HELD_BACK)
def test_variables_that_reach_nothing_are_no_matter(root, name):
    assert key(root) == key(root, variables={**VARIABLES, name: "1"})


def test_what_counts_is_what_a_kernel_gets(monkeypatch, tmp_path):
    """The lists above against the environment of a real kernel."""
    monkeypatch.setattr(kernelsource, "_lasting_folder", lambda: None)
    for name in (*REACHING, *HELD_BACK):
        monkeypatch.delenv(name, raising=False)
    plain = kernelsource.environment(tmp_path)
    for name in (*REACHING, *HELD_BACK):
        monkeypatch.setenv(name, "1")
    given = kernelsource.environment(tmp_path)
    ineffective = {"PYTHONDONTWRITEBYTECODE", "TERM", "PWD", "WINDOWID"}  # handed on, but no result depends on them
    of_the_command = {"OGR_GEOJSON_MAX_OBJ_SIZE", "GDAL_DATA"}  # it reads polygons, too
    assert {name for name in given if given[name] != plain.get(name)} - ineffective == set(REACHING) - of_the_command


def test_code_on_the_path_is_seen(root, tmp_path):
    variables = {**VARIABLES, "PYTHONPATH": str(tmp_path / "eigenes")}
    write(tmp_path / "eigenes" / "modul" / "a.py", "x = 1\n")
    before = key(root, variables=variables)
    write(tmp_path / "eigenes" / "modul" / "a.py", "x = 2\n")
    assert key(root, variables=variables) != before


def test_a_notebook_that_names_another_depends_on_it(root):
    edit(root / "notebooks/01_a.ipynb", lambda n: n["cells"][2].update(source="%run 02_b.ipynb"))
    before = key(root)
    edit(root / "notebooks/02_b.ipynb", lambda n: n["cells"][2].update(source="c = 4"))
    assert key(root) != before


def test_tables_outside_the_data_folder_are_seen(root):
    descriptor = root / "data" / "datapackage.json"
    content = json.loads(descriptor.read_text(encoding="utf-8"))
    content["resources"][0]["path"] = "../anderswo/raeume.csv"
    descriptor.write_text(json.dumps(content), encoding="utf-8")
    write(root / "anderswo" / "raeume.csv", "a")
    before = key(root)
    write(root / "anderswo" / "raeume.csv", "b")
    assert key(root) != before


def test_parts_do_not_run_into_each_other(tmp_path):
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
    write(tmp_path / "a", "1")
    write(tmp_path / "b", "")
    before = tree_digest(tmp_path)
    write(tmp_path / "a", "")
    write(tmp_path / "b", "1")
    assert tree_digest(tmp_path) != before


def test_links_are_followed_and_circles_end(tmp_path):
    write(tmp_path / "fern" / "a.csv", "1")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "werte").symlink_to(tmp_path / "fern")
    (tmp_path / "fern" / "zurueck").symlink_to(tmp_path / "data")
    before = tree_digest(tmp_path / "data")
    write(tmp_path / "fern" / "a.csv", "2")
    assert tree_digest(tmp_path / "data") != before


@pytest.mark.parametrize("content", ["", "[]", "null", '{"cells": 5}', '{"cells": [{}]}', "\ud800", "[" * 100_000])
def test_what_is_no_notebook_counts_byte_by_byte(tmp_path, content):
    path = tmp_path / "a.ipynb"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    before = notebook_digest(path)
    path.write_bytes(path.read_bytes() + b" ")
    assert notebook_digest(path) != before
    assert notebook_digest(tmp_path / "fehlt.ipynb") == ""

"""The order of a run: what is done aside while notebooks run, and that nobody waits for it in vain."""

import json
import shutil
import threading
import time

import pytest
import small_report

from sozialbericht.execution import forkclient, kernelsource
from sozialbericht.order.request import Made, Request
from sozialbericht.rendering import production
from sozialbericht.stitching import typesetting

#: All reports carry the same date, so that they can be compared.
MOMENT = ("SOURCE_DATE_EPOCH", "1167600000")


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The small project whose report was made once, and a copy of all that; there was none to be laid out ahead."""
    place = tmp_path_factory.mktemp("davor")
    root = small_report.project(place / "projekt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(*MOMENT)
        patch.setattr(typesetting, "lay_out_ahead", lambda place: pytest.fail("laid out ahead"))
        assert isinstance(make(root), Made)
    return root, shutil.copytree(root, place / "kopie")


@pytest.fixture
def root(before, monkeypatch):
    """That project as it was; what is stored counts for its own place and moment only."""
    root, copy = before
    monkeypatch.setenv(*MOMENT)
    shutil.rmtree(root)
    return shutil.copytree(copy, root)


@pytest.fixture
def ahead(monkeypatch):
    """The projects that were laid out ahead."""
    places = []
    real = typesetting.lay_out_ahead

    def lay_out_ahead(place):
        names = {path.name for path in place.glob("*.typ")}
        assert {typesetting.SOURCE, typesetting.DEFINITIONS, "bericht-bevoelkerung.typ"} < names
        assert not list((place.parents[1] / "2006" / "projekt").glob("*.typ")), "only the stitcher needs them"
        places.append(place)
        real(place)

    monkeypatch.setattr(typesetting, "lay_out_ahead", lay_out_ahead)
    return places


def make(root, *formats, **more):
    request = Request(2006, formats or ("pdf",), "builtin", data=root / "data", **more)
    (outcome,) = production.make_all([request], root=root)
    return outcome


def add_cell(root, code):
    """Add a cell to one of the notebooks."""
    path = root / "notebooks" / "01_bevoelkerung.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "id": f"neu-{len(notebook['cells'])}", "metadata": {}, "source": code}
    notebook["cells"].append(cell | {"outputs": [], "execution_count": None})
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def test_the_report_before_is_laid_out_where_one_notebook_of_several_has_changed(root, ahead):
    add_cell(root, "x = 1")
    second = make(root)
    assert [place.parent.parent for place in ahead] == [second.folder.parent]
    assert not ahead[0].exists(), "a copy to work with"
    add_cell(root, "x = 2")
    make(root, "html")
    assert len(ahead) == 1, "no PDF is wanted"
    make(root, cache=False)
    assert len(ahead) == 1, "all notebooks are executed"


def test_a_report_laid_out_ahead_is_the_same_as_one_made_anew(root, ahead):
    add_cell(root, "b.text('Ein Satz mehr.')")
    after = make(root).pdf.read_bytes()
    assert ahead
    shutil.rmtree(root / "build")
    assert make(root).pdf.read_bytes() == after


def test_a_report_does_not_hang_on_what_is_laid_out_ahead(root, monkeypatch):
    add_cell(root, "x = 1")

    def broken(place):
        raise TypeError("anders aufzurufen")

    monkeypatch.setattr(typesetting, "lay_out_ahead", broken)
    assert isinstance(make(root), Made)


def test_a_failing_notebook_does_not_wait_for_what_is_laid_out_ahead(root, monkeypatch):
    add_cell(root, "1 / 0")
    go_on = threading.Event()
    monkeypatch.setattr(typesetting, "lay_out_ahead", lambda place: go_on.wait(60))
    started = time.monotonic()
    try:
        outcome = make(root)
        assert time.monotonic() - started < 30
    finally:
        go_on.set()
    assert "ZeroDivisionError" in str(outcome)


@pytest.mark.skipif(not forkclient.possible(), reason="hier werden keine Kernel abgezweigt")
@pytest.mark.parametrize("profiles", [None, []])
def test_who_audits_comes_from_the_parent_of_the_kernels(root, monkeypatch, profiles):
    forked = []
    real = kernelsource.KernelSource.assistant
    monkeypatch.setattr(
        kernelsource.KernelSource, "assistant", lambda self, env: forked.append(real(self, env)) or forked[-1]
    )
    if profiles is not None:
        small_report.with_profiles(root)
    else:
        add_cell(root, "x = 1")
    assert isinstance(make(root, profiles=profiles), Made)
    assert forked, "asked for"
    assert all(process.poll() is not None for process in forked), "none is left"
    del forked[:]
    small_report.append(root / "report" / "index.qmd", "Ein Satz mehr.")
    assert isinstance(make(root, profiles=profiles), Made)
    assert not forked, "no notebook is executed, so there is no parent"

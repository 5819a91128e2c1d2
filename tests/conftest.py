"""What tests of several folders share: the small report, made once, its city, assembled projects of small chapters."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
import small_report
from chapter_texts import SVG

from sozialbericht.bericht import Bericht
from sozialbericht.data.settings import Settings
from sozialbericht.order.project import Chapter, open_project
from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made
from sozialbericht.statistics.value import Value
from sozialbericht.stitching import assembly, pandoc
from sozialbericht.stitching.quarto import find as find_quarto
from sozialbericht.web import fonts
from sozialbericht.writing import blocks as writing_blocks
from sozialbericht.writing.blocks import Block

STADT = Path(__file__).parent / "stadt"
DATA = Path(__file__).parents[1] / "data"
UNTRACED = ("slow", "hypothesis")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the tests: write the snapshots anew, end so many runs at random moments."""
    parser.addoption("--snapshot-update", action="store_true", help="die Snapshots in tests/snapshots/ neu schreiben")
    parser.addoption("--moments", type=int, default=6, help="so viele Läufe in einem zufälligen Augenblick beenden (6)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the tests, modules with slow ones come first, so that in the end none has to wait
    for another (with ``--no-loadscope-reorder``).
    """
    if hasattr(config, "workerinput"):
        modules = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: item.path not in modules)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    """Covered is what quick tests of given cases reach: slow ones and those of many examples, which take up to four
    times as long while they are traced, run untraced with their fixtures. (``no_cover`` of pytest-cov does the same
    for a single test without its fixtures.)
    """
    plugin = item.config.pluginmanager.get_plugin("_cov")
    controller = getattr(plugin, "cov_controller", None)
    if controller is None or not any(map(item.get_closest_marker, UNTRACED)):
        return (yield)
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()


@pytest.fixture(scope="session", autouse=True)
def _fonts_are_cut_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For the same characters the fonts of web pages are cut once: ``_cut`` itself (tests/web/test_web.py) takes most
    of the time of a small report.
    """
    cuts: dict[tuple[int, ...], Path] = {}

    @wraps(fonts._cut)
    def cut(folder: Path, characters: Sequence[int]) -> None:
        if (key := tuple(characters)) not in cuts:
            place = tmp_path_factory.mktemp("schriften")
            real(place, characters)
            cuts[key] = place
        shutil.copytree(cuts[key], folder, dirs_exist_ok=True)

    real = fonts._cut
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "_cut", cut)
        yield


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project; tests must not change it."""
    return small_report.project(tmp_path_factory.mktemp("klein"))


@pytest.fixture(scope="session")
def small_made(small_project: Path) -> Made:
    """The small project's report of 2006 in all formats, made with the built-in stitcher."""
    request = production.Request(2006, engine="builtin", data=small_project / "data")
    return production.make(request, root=small_project)


@pytest.fixture
def empty_project(tmp_path: Path) -> Path:
    """A project with the frame only, to be filled by a test."""
    folder = tmp_path / "projekt"
    folder.mkdir()
    return small_report.project(folder, chapters=False)


@pytest.fixture(scope="session")
def quarto() -> str:
    """Path of a Quarto that is new enough; tests are skipped where there is none."""
    found = find_quarto()
    if found is None:
        pytest.skip("Quarto ist nicht installiert")
    return found


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Block]:
    """What a chapter puts out in this test, block by block."""
    blocks: list[Block] = []
    monkeypatch.setattr(writing_blocks, "display", blocks.append)
    return blocks


# -- the small city's report as a notebook writes it ----------------------------------------


@pytest.fixture(scope="session")
def b() -> Bericht:
    """The pen of the small city's report of 2006."""
    return Bericht(2006, 2005, STADT)


@pytest.fixture(scope="session")
def early() -> Bericht:
    """The pen of the first year, which has nothing to compare with."""
    return Bericht(2004, daten=STADT)


@pytest.fixture(scope="session")
def by_type(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data with the other rule: areas of the types 4 and 5 are Aktionsräume."""
    folder = tmp_path_factory.mktemp("regel") / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("modell"))
    settings = folder / "bericht.yml"
    text = settings.read_text(encoding="utf-8")
    assert text.count("\nregel: unter_durchschnitt\n") == 1
    settings.write_text(text.replace("\nregel: unter_durchschnitt\n", "\nregel: typ\n"), encoding="utf-8")
    return folder


@pytest.fixture
def value() -> Callable[..., Value]:
    """A value of Musterstadt, changed as wished."""

    def make(number: float = 12.1, **changes: Any) -> Value:
        year = changes.get("year", 2006)
        given = {
            "area": "st_musterstadt", "indicator": "quote", "year": year, "number": number, "numerator": 3025.0,
            "denominator": 24898.0, "numerator_date": dt.date(year, 9, 30), "denominator_date": dt.date(year, 12, 31),
            "status": "ok", "unit": "%", "decimals": 1, "area_name": "Musterstadt", "period": "monat",
        }  # fmt: skip
        return Value(**(given | changes))

    return make


# -- assembled projects ------------------------------------------------------------


@pytest.fixture
def stage(empty_project: Path, tmp_path: Path) -> Callable[..., Path]:
    """Assemble chapters of (name, text) in a new folder; names that begin with z go into the annex."""

    def make(**texts):
        project = open_project(empty_project)
        chapters = []
        for name, text in texts.items():
            path = project.report / f"{name}.qmd"
            path.write_text(text + "\n", encoding="utf-8")
            chapters.append(Chapter(name, path, name.startswith("z")))
        folder = Path(tempfile.mkdtemp(prefix="stage-", dir=tmp_path))
        decided = Settings(titel=small_report.TITLE)
        cover = assembly.Cover(2006, "Modelldaten", decided, moment="20061231000000")
        assembly.assemble(project, tuple(chapters), {}, folder, cover)
        for cut in ("", ".web"):
            (folder / "bilder" / f"fig-a{cut}.svg").write_text(SVG, encoding="utf-8")
        return folder

    return make


@pytest.fixture(scope="session")
def frame(small_project, tmp_path_factory):
    """An assembled project without chapters, to which tests may write theirs."""
    folder = tmp_path_factory.mktemp("rahmen") / "projekt"
    assembly.frame(open_project(small_project), folder)
    return folder


@pytest.fixture
def asked(monkeypatch):
    """The texts that pandoc itself was asked about."""
    texts = []
    real = pandoc._ask

    def ask(arguments, text, target):
        texts.append(text)
        return real(arguments, text, target)

    monkeypatch.setattr(pandoc, "_ask", ask)
    return texts

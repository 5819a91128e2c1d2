"""What tests of several modules of rendering share: assembled projects of small chapters, what pandoc was asked."""

import tempfile
from pathlib import Path

import pytest
import small_report
from chapter_texts import SVG

from sozialbericht.data.settings import Settings
from sozialbericht.project import Chapter, open_project
from sozialbericht.rendering import assembly, pandoc


@pytest.fixture
def stage(empty_project, tmp_path):
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
        assembly.assemble(
            project, tuple(chapters), {}, folder, year=2006, status_text="Modelldaten", decided=decided
        )
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

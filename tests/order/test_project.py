"""Which notebooks and texts make up the report."""

import pytest
import small_report
import yaml

from sozialbericht.faults import Fault, InputError
from sozialbericht.order import project as module
from sozialbericht.order.project import Chapter, open_project


def listed(folder, **entries):
    path = folder / "report" / "_quarto.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["book"] |= entries
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")


def notebooks(folder, *names):
    for name in names:
        small_report.notebook(folder / "notebooks" / name, ("# A",))


def test_notebooks_join_by_their_number(empty_project):
    notebooks(empty_project, "03_c.ipynb", "01_a.ipynb", "90_z.ipynb", "80_y.ipynb", "02_b.ipynb")
    listed(empty_project, chapters=["index.qmd", "b.ipynb"], appendices=["z.ipynb"])
    chapters = open_project(empty_project).chapters
    assert [(c.name, c.annex) for c in chapters] == [
        ("index", False), ("b", False), ("a", False), ("c", False), ("z", True), ("y", True),
    ]  # fmt: skip
    assert chapters[1].source == empty_project.resolve() / "notebooks" / "02_b.ipynb"


def test_a_chapter(empty_project):
    chapter = Chapter("a", empty_project / "notebooks" / "01_a.ipynb", False)
    assert (chapter.staged, chapter.page, chapter.is_notebook) == ("a.ipynb", "a.html", True)
    assert not Chapter("i", empty_project / "report" / "i.qmd", False).is_notebook


def test_faults_of_the_list_come_together(empty_project):
    notebooks(empty_project, "Kapitel eins.ipynb")
    listed(empty_project, chapters=["index.qmd", "fehlt.ipynb", "auch.qmd"], appendices=None)
    with pytest.raises(InputError) as error:
        open_project(empty_project)
    words = str(error.value)
    assert "notebooks/Kapitel eins.ipynb: Der Dateiname hat nicht die Form" in words
    assert "Das Kapitel „fehlt.ipynb“ fehlt." in words
    assert "Das Kapitel „auch.qmd“ fehlt." in words
    assert len(error.value.faults) == 3


@pytest.mark.parametrize("content", ["book: [", "book: 5", "nichts: 1", ""])
def test_a_list_that_cannot_be_read(empty_project, content):
    (empty_project / "report" / "_quarto.yml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="Die Datei ist nicht lesbar"):
        open_project(empty_project)


def test_no_project(tmp_path):
    with pytest.raises(InputError, match="Die Datei fehlt"):
        open_project(tmp_path)


def test_short_reports(empty_project):
    notebooks(empty_project, "01_a.ipynb", "02_b.ipynb")
    project = open_project(empty_project)
    assert project.select([]) == project.chapters
    assert [c.name for c in project.select(["b"])] == ["index", "b"]
    with pytest.raises(InputError, match=r"Das Kapitel „x“ gibt es nicht\.\n.*Vorhanden sind: index, a, b\."):
        project.select(["b", "x"])


def test_the_root(monkeypatch, tmp_path, empty_project):
    checkout = module.default_root()
    assert (checkout / "notebooks").is_dir()
    monkeypatch.chdir(tmp_path)
    assert module.default_root() == checkout, "elsewhere it is the checkout of the package"
    monkeypatch.chdir(empty_project / "report" / "druck")
    assert module.default_root() == empty_project, "the project that the working directory lies in"
    monkeypatch.setenv(module.TOLD, str(tmp_path))
    assert module.default_root() == tmp_path, "a kernel is told"
    module.work_in(empty_project)
    try:
        assert module.default_root() == empty_project, "the command was told"
    finally:
        module.work_in(None)


def test_outside_of_projects_it_is_said_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "PACKAGE", tmp_path / "site-packages" / "sozialbericht")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"Hier ist kein Projekt(.|\n)*--project(.|\n)*sozialbericht new"):
        module.default_root()


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (("notebooks/", "data/datapackage.json"), True),
        (("notebooks/", "report/_quarto.yml"), True),
        (("notebooks/", "data/"), False),
        (("data/datapackage.json", "report/_quarto.yml"), False),
    ],
)
def test_what_a_project_is(tmp_path, files, found):
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).mkdir(exist_ok=True) if name.endswith("/") else (tmp_path / name).touch()
    assert module.is_project(tmp_path) is found


def test_what_another_interpreter_needs_to_find_the_package(monkeypatch):
    assert module.package_path() == [str(module.PACKAGE.parent)]
    monkeypatch.setattr(module.site, "getsitepackages", lambda: [str(module.PACKAGE.parent)])
    assert module.package_path() == []


def test_a_fault_reads_like_a_sentence():
    fault = Fault("data/x.csv", "So nicht.", "Anders.", 3, "wert")
    assert str(fault) == "data/x.csv, Zeile 3, Spalte „wert“: So nicht.\n  → Anders."
    assert str(Fault("x", "So nicht.")) == "x: So nicht."
    assert str(InputError([fault, Fault("x", "Y.")])).endswith("x: Y.")


@pytest.mark.parametrize(
    "entry",
    [5, None, ["a.qmd"], {"part": "x", "chapters": []}, "../fremd.qmd", "/etc/x.qmd", "a\x00.qmd", "kein_kapitel", ""],
)
def test_entries_that_are_no_chapters(empty_project, entry):
    listed(empty_project, chapters=["index.qmd", entry])
    with pytest.raises(InputError, match=r"report/_quarto\.yml"):
        open_project(empty_project)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"book: {title: 5, chapters: [index.qmd]}",
        b"[" * 5000,
        b"book: []",
        b"- 1",
        b"book:\n  chapters: 5",
    ],
)
def test_settings_of_other_kinds(empty_project, content):
    (empty_project / "report" / "_quarto.yml").write_bytes(content)
    with pytest.raises(InputError, match=r"report/_quarto\.yml"):
        open_project(empty_project)

"""From executed notebooks and texts to one Quarto project."""

import json
from pathlib import Path

import pytest
import yaml

from sozialbericht.data.settings import Settings
from sozialbericht.execution.chapters import StagedChapter, markdown
from sozialbericht.faults import InputError
from sozialbericht.order.project import Chapter, open_project
from sozialbericht.stitching import assembly, quartosettings
from sozialbericht.writing.blocks import MEDIA_TYPE


def block(text, **pictures):
    return {
        "output_type": "display_data",
        "metadata": {"x": 1},
        "data": {MEDIA_TYPE: {"markdown": text, "bilder": pictures}},
    }


def code(*outputs, source="b.text()"):
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {"papermill": {"duration": 1.5}},
        "execution_count": 7,
        "outputs": list(outputs),
    }


def executed(tmp_path, *cells):
    path = tmp_path / "03_a.ipynb"
    path.write_text(
        json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8"
    )
    return path, Chapter("a", path, False)


@pytest.fixture
def convert(tmp_path):
    pictures = tmp_path / "bilder"
    pictures.mkdir()

    def run(*cells):
        (tmp_path / "notebooks").mkdir(exist_ok=True)
        path, chapter = executed(tmp_path / "notebooks", *cells)
        return assembly.convert(chapter, path, pictures)

    run.pictures = pictures
    return run


def test_blocks_become_markdown_and_pictures(convert):
    title = {"cell_type": "markdown", "source": ["# A\n", "\n", "Note[^1].\n\n[^1]: X"], "metadata": {}}
    notebook, faults = convert(title, code(block("Text[^1]", **{"fig-a.svg": "<svg/>"}), block("")))
    assert faults == []
    assert "".join(notebook["cells"][0]["source"]) == "# A\n\nNote[^a-1].\n\n[^a-1]: X"
    assert [o["data"] for o in notebook["cells"][1]["outputs"]] == [{"text/markdown": ["Text[^a-1]"]}]
    assert (convert.pictures / "fig-a.svg").read_text(encoding="utf-8") == "<svg/>"


def test_an_unnumbered_heading_keeps_its_attributes_in_quarto(convert):
    heading = {"cell_type": "markdown", "source": "# Kürze {#sec-kurz .unnumbered}", "metadata": {}}
    notebook, _ = convert(heading, code(block("Text")))
    assert notebook["cells"][0]["source"] == ["\n", "# Kürze {#sec-kurz .unnumbered}"]


def test_nothing_that_changes_from_run_to_run_is_left(convert):
    notebook, _ = convert(code(block("Text")))
    assert notebook["cells"][0]["metadata"] == {}
    assert notebook["cells"][0]["execution_count"] is None
    assert "id" not in notebook["cells"][0]


def test_parameters_that_name_folders_of_a_machine_are_left_out(convert):
    injected = code(source='daten = "/srv/amt/data"')
    injected["metadata"]["tags"] = ["injected-parameters"]
    notebook, faults = convert(injected, code(block("Text")))
    assert faults == []
    assert "/srv/amt" not in json.dumps(notebook)
    assert len(notebook["cells"]) == 1


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (
            {"output_type": "stream", "name": "stdout", "text": ["Hallo\n", "Welt"]},
            "Zelle 2 druckt Text: „Hallo\nWelt“",
        ),
        ({"output_type": "stream", "name": "stdout", "text": "Hallo"}, "druckt Text: „Hallo“"),
        ({"output_type": "error", "ename": "KeyError", "evalue": "'x'"}, "ist fehlgeschlagen (KeyError: 'x')"),
        ({"output_type": "execute_result", "data": {"text/plain": ["<Axes: >"]}}, "gibt ein Ergebnis aus"),
        ({"output_type": "display_data", "data": {"text/plain": "Tabelle", "text/html": "<b>"}}, "„Tabelle“"),
    ],
)
def test_stray_outputs_are_faults(convert, output, words):
    _, faults = convert(code(block("Text")), code(output))
    assert len(faults) == 1
    assert words in str(faults[0])
    assert faults[0].place == "notebooks/03_a.ipynb"


def test_warnings_of_libraries_are_left_out(convert):
    notebook, faults = convert(code({"output_type": "stream", "name": "stderr", "text": "Warnung"}, block("Text")))
    assert faults == []
    assert len(notebook["cells"][0]["outputs"]) == 1


def test_raw_cells_and_empty_notebooks(convert):
    _, faults = convert(code(), {"cell_type": "raw", "source": "x", "metadata": {}})
    assert [f.what.split(";")[0] for f in faults] == [
        "Zelle 2 ist eine Rohzelle",
        "Das ausgeführte Notebook hat keinen Inhalt.",
    ]


def test_faults_of_all_chapters_stop_the_assembly(empty_project, tmp_path):
    path, chapter = executed(tmp_path, code({"output_type": "stream", "name": "stdout", "text": "x"}))
    project = open_project(empty_project)
    with pytest.raises(InputError) as error:
        assembly.assemble(project, (chapter,), {"a": path}, tmp_path / "stage", assembly.Cover(2006, ""))
    assert len(error.value.faults) == 2


def test_an_assembled_project(empty_project, tmp_path):
    path, chapter = executed(tmp_path, code(block("# A\n\nText", **{"titel.svg": "<svg/>"})))
    project, stage = open_project(empty_project), tmp_path / "stage"
    chapters = (*project.chapters, chapter, Chapter("z", project.report / "index.qmd", True))
    assembly.assemble(project, chapters, {"a": path}, stage, assembly.Cover(2006, "Modelldaten"))
    settings = yaml.safe_load((stage / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["book"]["chapters"] == ["index.qmd", "a.ipynb"]
    assert settings["book"]["appendices"] == ["z.qmd"]
    assert settings["book"]["output-file"] == "bericht-2006"
    assert settings["titelbild"] == "bilder/titel.svg"
    assert settings["status-text"] == "Modelldaten"
    assert len(list((stage / "schriften").iterdir())) == 5
    assert markdown(stage / "a.ipynb") == "# A\n\nText\n"
    assert "--akzent:" in (stage / "web" / "farben.css").read_text(encoding="utf-8")
    assert '#let akzent = rgb("' in (stage / "druck" / "farben.typ").read_text(encoding="utf-8")
    assert StagedChapter(stage / "a.ipynb", False).page == "a.html"
    assert "subtitle" not in project.settings["book"], "the project's own settings stay"


def test_without_annex_and_cover(empty_project):
    project = open_project(empty_project)
    settings = assembly.book_settings(project, project.chapters, assembly.Cover(2006, ""), picture=False)
    assert "appendices" not in settings["book"]
    assert "titelbild" not in settings
    assert settings["language"]["crossref-sec-prefix"] == "Abschnitt", "as the built-in stitcher"


def test_title_and_note_of_the_cover_come_from_one_file(small_project: Path) -> None:
    project = open_project(small_project)
    project.settings["book"]["title"] = "Steht hier"
    decided = Settings(titel="Lage *) in <b>", deckblatt_hinweis="Probe")
    with pytest.raises(InputError, match=r"Steht auch in data/bericht\.yml: titel"):
        assembly.cover_words(project, decided)
    del project.settings["book"]["title"]
    words = assembly.cover_words(project, decided)
    assert quartosettings.words(words["book"]["title"]) == "Lage *) in <b>"
    assert words["deckblatt-hinweis"] == "Probe"
    assert assembly.cover_words(project, Settings())["book"]["title"] == "Bericht zur sozialen Lage"

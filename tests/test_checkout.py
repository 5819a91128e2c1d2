"""Notebooks in git: without outputs, however they were executed and saved."""

from __future__ import annotations

import configparser
import json
import shlex
import shutil
from pathlib import Path

import pytest
import yaml
from checkout import ROOT, clone, run

NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
#: What ipykernel calls itself; JupyterLab writes it into every notebook that it saves.
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def hook() -> list[str]:
    """The command of the hook that strips notebooks."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    return shlex.split(next(h["entry"] for h in hooks if h["id"] == "nbstripout"))


def test_filter_and_hook_strip_the_same() -> None:
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(ROOT / ".gitconfig", encoding="utf-8")
    own = settings['filter "nbstripout"']
    command = hook()
    keys = command.pop(command.index("--extra-keys") + 1)
    command.remove("--extra-keys")
    assert keys.split() == own["extrakeys"].split()
    assert own["clean"].strip('"').endswith(" ".join(["$p", *command[1:]]))


def test_hooks_fetch_nothing() -> None:
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert {r["repo"] for r in repositories} == {"local"}
    assert {h["language"] for r in repositories for h in r["hooks"]} == {"system"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_shipped_notebooks_are_as_jupyter_saves_them_without_outputs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    content = json.loads(text)
    assert text == json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "pre-commit run nbstripout"
    known = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    own = content["metadata"].get("sozialbericht", {})  # what it is for, see sozialbericht/fitting/requirement.py
    assert content["metadata"] == known | ({"sozialbericht": own} if own else {})
    assert own.keys() <= {"eigen", "braucht", "wahlweise", "allgemein", "titel"}
    for cell in content["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None
        assert set(cell["metadata"]) <= {"tags"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clone(tmp_path_factory.mktemp("klon"))


@pytest.fixture
def executed(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook that was executed in place and saved as JupyterLab saves it."""
    monkeypatch.setattr("checkout.OWN", set())
    monkeypatch.setenv("PYTHONPATH", str(place))
    path = place / "notebooks" / "03_arbeitslosigkeit.ipynb"
    run(["jupyter", "nbconvert", "--to", "notebook", "--execute", "--inplace", str(path)], place)
    content = json.loads(path.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        cell["metadata"] |= {
            "editable": True,
            "slideshow": {"slide_type": ""},
            "execution": {"shell.execute_reply": "2026"},
        }
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return path


@pytest.mark.slow
def test_executing_and_saving_leaves_no_difference(place: Path, executed: Path) -> None:
    outputs = [
        cell["outputs"] for cell in json.loads(executed.read_text(encoding="utf-8"))["cells"] if "outputs" in cell
    ]
    assert any(outputs)
    assert run(["git", "diff"], place) == "" and run(["git", "diff", "--stat"], place) == ""
    run(["git", "add", "--all"], place)
    assert run(["git", "status", "--porcelain"], place) == ""
    shown = run(["git", "-c", "filter.nbstripout.clean=cat", "diff", "--no-textconv", "--stat"], place)
    run(["git", "config", "--local", "--unset", "include.path"], place)
    executed.touch()
    try:
        assert "03_arbeitslosigkeit.ipynb" in run(["git", "diff", "--stat"], place) + shown  # without the filter
    finally:
        run(["git", "config", "--local", "include.path", "../.gitconfig"], place)


@pytest.mark.slow
def test_the_hook_strips_what_the_filter_has_not(place: Path, executed: Path) -> None:
    expected = json.loads(run(["git", "show", f"HEAD:{executed.relative_to(place).as_posix()}"], place))
    run([*hook(), str(executed)], place)
    assert json.loads(executed.read_text(encoding="utf-8")) == expected


def test_a_notebook_with_outputs_is_stripped_on_the_way_into_git(place: Path, tmp_path: Path) -> None:
    path = place / "notebooks" / "01_bevoelkerung.ipynb"
    shutil.copy(path, tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    code = next(cell for cell in content["cells"] if cell["cell_type"] == "code")
    code |= {"execution_count": 7, "outputs": [{"output_type": "stream", "name": "stdout", "text": ["geheim"]}]}
    path.write_text(json.dumps(content), encoding="utf-8")
    run(["git", "add", str(path)], place)
    assert "geheim" not in run(["git", "show", f":{path.relative_to(place).as_posix()}"], place)
    run(["git", "checkout", "--quiet", "HEAD", "--", str(path)], place)

"""What the small city's report says, word for word.

Where a change is meant, write the snapshots anew and read the diff:  pytest tests/test_snapshots.py --snapshot-update
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pypandoc
import pytest
import small_report
import snapshots

from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made, Request

#: The pandoc whose Typst and HTML the snapshots are; another one words some of it otherwise.
PANDOC = "3.9"
MOST = 600_000


@pytest.fixture(scope="module")
def excerpt(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """An excerpt of one chapter with two profiles."""
    root = small_report.with_profiles(small_report.project(tmp_path_factory.mktemp("auszug")))
    wanted = ["sr_hafen", "sb_nord"]
    request = Request(2006, engine="builtin", data=root / "data", only=["bevoelkerung"], profiles=wanted)
    return production.make(request, root=root)


@pytest.mark.parametrize("case", ["bericht", "auszug"])
def test_the_report_says_what_it_said(case: str, request: pytest.FixtureRequest) -> None:
    made: Made = request.getfixturevalue({"bericht": "small_made", "auszug": "excerpt"}[case])
    found = snapshots.texts(made)
    other = pypandoc.get_pandoc_version() != PANDOC
    if request.config.getoption("--snapshot-update"):
        assert not other, f"Die Snapshots entstehen mit pandoc {PANDOC} (requirements-dev.lock)."
        snapshots.store(case, found)
    if other:
        found = {name: text for name, text in found.items() if name.startswith("projekt/")}
        found |= {name: text for name, text in snapshots.stored(case).items() if name not in found}
    told = snapshots.differences(case, found)
    if told:
        pytest.fail(f"{told}\n\nGewollt? Dann:  pytest tests/test_snapshots.py --snapshot-update", pytrace=False)


def test_snapshots_are_small_and_of_no_machine() -> None:
    whole = 0
    for path in snapshots.FOLDER.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            whole += len(text.encode())
            assert str(Path.home()) + "/" not in text and "/tmp/" not in text, path
    assert 0 < whole < MOST


def test_a_changed_sentence_is_seen_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(snapshots.FOLDER / "bericht", tmp_path / "bericht")
    monkeypatch.setattr(snapshots, "FOLDER", tmp_path)
    found = snapshots.stored("bericht")
    assert snapshots.differences("bericht", found) == ""
    name = "projekt/bevoelkerung.md"
    assert "waren 16,7" in found[name]
    changed = found | {name: found[name].replace("waren 16,7", "sind 16,7")}
    rows = snapshots.differences("bericht", changed).splitlines()
    marked = [row for row in rows if row[:1] in "+-" and row[:3] not in ("+++", "---")]
    assert [row[:1] for row in marked] == ["-", "+"] and "sind 16,7" in marked[1]
    assert f"--- snapshots/bericht/{name}" in rows


def test_a_missing_and_a_new_file_are_differences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "FOLDER", tmp_path)
    snapshots.store("fall", {"web/a.html": "alt\n", "web/b.html": "gleich\n"})
    assert snapshots.stored("fall") == {"web/a.html": "alt\n", "web/b.html": "gleich\n"}
    told = snapshots.differences("fall", {"web/b.html": "gleich\n", "web/c.html": "neu\n"})
    assert "-alt" in told and "+neu" in told and "gleich" not in told


def test_what_differs_between_machines_is_taken_out() -> None:
    digest = "0123456789abcdef" * 4
    assert snapshots.stable(f"a {digest} \r\nb\n\n") == "a <digest>\nb\n"
    assert (
        snapshots.stable('<meta name="generator" content="quarto-1.9">')
        == '<meta name="generator" content="<version>">\n'
    )

"""Quarto as a subprocess: found, asked for its version, and not believed."""

import os

import pikepdf
import pytest
import yaml

from sozialbericht.faults import InputError, ReportError
from sozialbericht.rendering import production
from sozialbericht.stitching import engine, quarto
from sozialbericht.stitching.engine import Engine

GOOD = 'if [ "$1" = --version ]; then echo 1.9.12; exit; fi\n'


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A program called quarto on PATH that does what a test says, in shell."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin:/bin")

    def write(script):
        program = folder / "quarto"
        program.write_text("#!/bin/sh\n" + script, encoding="utf-8")
        program.chmod(0o755)
        return str(program)

    return write


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "projekt"
    folder.mkdir()
    settings = {"project": {"output-dir": "_buch"}, "book": {"output-file": "bericht-2006"}}
    (folder / "_quarto.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return folder


def test_order_of_the_search(tmp_path, fake, monkeypatch):
    on_path = fake(GOOD)
    assert quarto.find() == on_path
    other = tmp_path / "eigenes"
    other.mkdir()
    (other / "quarto").touch()
    monkeypatch.setenv("QUARTO_PATH", str(other))
    assert quarto.find() == str(other / "quarto")
    monkeypatch.setenv("QUARTO_PATH", str(other / "quarto"))
    assert quarto.find() == str(other / "quarto")
    monkeypatch.setenv("QUARTO_PATH", str(other / "fehlt"))
    assert quarto.find() is None


@pytest.mark.parametrize(
    ("there", "given", "expected"),
    [
        (["bin/quarto.exe"], "bin", "bin/quarto.exe"),
        (["bin/quarto.cmd"], "bin", "bin/quarto.cmd"),
        (["bin/quarto", "bin/quarto.cmd"], "bin", "bin/quarto.cmd"),
        (["bin/quarto", "bin/quarto.cmd", "bin/quarto.exe"], "bin", "bin/quarto.exe"),
        (["bin/quarto.exe"], "", "bin/quarto.exe"),
        (["bin/quarto.exe"], "bin/quarto", "bin/quarto.exe"),
        (["bin/quarto.cmd"], "bin/quarto.cmd", "bin/quarto.cmd"),
        (["bin/quarto.js"], "bin", None),
        ([], "bin", None),
    ],
)
@pytest.mark.parametrize("quoted", [False, True])
def test_quarto_path_on_windows(tmp_path, monkeypatch, there, given, expected, quoted):
    (tmp_path / "bin").mkdir()
    for name in there:
        (tmp_path / name).touch()
    path = tmp_path / given
    monkeypatch.setattr(quarto.sys, "platform", "win32")
    monkeypatch.setenv("QUARTO_PATH", f'"{path}"' if quoted else str(path))
    assert quarto.find() == (None if expected is None else str(tmp_path / expected))
    assert bool(quarto.missing()) == (expected is None)


def test_a_quarto_path_that_leads_nowhere_is_said(tmp_path, fake, monkeypatch, empty_project):
    fake(GOOD)
    monkeypatch.setenv("QUARTO_PATH", str(tmp_path / "fehlt"))
    with pytest.raises(InputError, match=r"Quarto ist nicht zu finden. QUARTO_PATH ist gesetzt, aber unter .*fehlt"):
        engine.choose("quarto")
    for wanted, told in (("auto", True), ("builtin", False)):
        said = []
        request = production.Request(1999, ("html",), wanted, data=empty_project / "data")
        with pytest.raises(InputError, match="Für das Jahr 1999"):
            production.make(request, root=empty_project, say=said.append)
        assert any("aber unter „" in line and "liegt kein Quarto" in line for line in said) == told, said
    monkeypatch.delenv("QUARTO_PATH")
    assert quarto.missing() == ""


def test_the_package_quarto_cli_comes_last(tmp_path, monkeypatch):
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    package = tmp_path / "quarto_cli"
    (package / "bin").mkdir(parents=True)
    (package / "__init__.py").touch()
    assert quarto.find() is None
    for name in ("quarto.js", "quarto"):
        (package / "bin" / name).touch()
    assert quarto.find() == str(package / "bin" / "quarto")


def test_none_at_all(tmp_path, monkeypatch):
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(quarto.importlib.util, "find_spec", lambda name: None)
    assert quarto.find() is None
    assert engine.choose("auto").quarto is None
    with pytest.raises(InputError, match="Quarto ist nicht zu finden"):
        engine.choose("quarto")


def test_engines(fake):
    program = fake(GOOD)
    assert engine.choose("auto") == Engine("Quarto 1.9.12", program)
    assert engine.choose("quarto").quarto == program
    assert engine.choose("builtin").quarto is None


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 1.8.27", "Quarto 1.8.27 ist zu alt, gebraucht wird mindestens 1.9"),
        ("echo 0.9", "zu alt"),
        ("echo Unsinn", "antwortet nicht auf --version"),
        ("echo kaputt >&2; exit 3", "antwortet nicht auf --version: kaputt"),
        ("exit 0", "antwortet nicht auf --version"),
    ],
)
def test_old_and_broken_versions(fake, script, words):
    with pytest.raises(ReportError, match=words):
        quarto.version(fake(script))


@pytest.mark.parametrize("number", ["1.9.0", "1.10.3", "2.0", "1.9.38-dev"])
def test_new_versions(fake, number):
    assert quarto.version(fake(f"echo {number}")) == number


def test_failure_shows_quarto_s_own_words(fake, project, tmp_path):
    program = fake(GOOD + "echo eins; echo 'ERROR: Das Ende' >&2; exit 1")
    with pytest.raises(ReportError, match=r"Quarto kann den Bericht nicht zusammenstellen:\neins\nERROR: Das Ende"):
        quarto.stitch(program, project, ("pdf",), tmp_path / "ziel")
    assert not (tmp_path / "ziel").exists()


@pytest.mark.parametrize(
    "said",
    [
        "WARN: Unable to resolve crossref @fig-x",
        "warning: unknown font family: source sans",
        "[WARNING] Duplicate note reference 1 at line 4",
        "WARN: Unable to resolve link target: anhang.qmd",
        "ERROR ([C]:-1) attempt to index a nil value",
        "ERROR (filter/bericht.lua:120) attempt to index a nil value",
    ],
)
def test_what_quarto_passes_in_silence_is_refused(fake, project, tmp_path, said):
    program = fake(GOOD + f"mkdir -p {project}/_buch; echo '{said}' >&2")
    with pytest.raises(ReportError, match="meldet keinen Fehler, aber der Bericht wäre falsch"):
        quarto.stitch(program, project, ("html",), tmp_path / "ziel")


def test_an_unresolved_reference_in_a_page_is_refused(fake, project, tmp_path):
    page = '<span class="quarto-unresolved-ref">?fig-x</span>'
    program = fake(GOOD + f"mkdir -p {project}/_buch; echo '{page}' > {project}/_buch/a.html")
    with pytest.raises(ReportError, match=r"unaufgelöster Verweis in a\.html"):
        quarto.stitch(program, project, ("html",), tmp_path / "ziel")


@pytest.mark.parametrize(
    ("formats", "arguments", "names"),
    [
        (("pdf",), "--to typst", ["a.html", "bericht-2006.pdf"]),
        (("html",), "--to html", ["a.html"]),
        (("pdf", "html"), "", ["a.html", "bericht-2006.pdf"]),
    ],
)
def test_what_is_asked_and_taken(fake, project, tmp_path, formats, arguments, names):
    book = project / "_buch"
    with pikepdf.new() as plain:
        plain.save(tmp_path / "leer.pdf")
    program = fake(
        GOOD
        + f'mkdir -p {book}; echo "$3 $4" > {tmp_path}/gefragt; echo $NO_COLOR $XDG_CACHE_HOME >> {tmp_path}/gefragt\n'
        + f"touch {book}/a.html; cp {tmp_path}/leer.pdf {book}/bericht-2006.pdf; echo 'WARN: no verapdf' >&2"
    )
    quarto.stitch(program, project, formats, tmp_path / "ziel")
    asked, environment = (tmp_path / "gefragt").read_text(encoding="utf-8").splitlines()
    assert asked.strip() == arguments
    assert environment == f"1 {project}/.cache"
    assert sorted(p.name for p in (tmp_path / "ziel").iterdir()) == names
    assert not (project / ".cache").exists()

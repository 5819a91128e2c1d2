"""The command line: options, German messages, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sozialbericht import __version__, command
from sozialbericht.cache.store import Store, folder_of
from sozialbericht.faults import Fault, InputError, ReportError
from sozialbericht.order import project
from sozialbericht.rendering import production, productionrun, watch

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def at(empty_project, monkeypatch):
    """The small project's frame as the project of the command."""
    monkeypatch.setattr(project, "default_root", lambda: empty_project)
    return empty_project


@pytest.fixture
def made(monkeypatch, tmp_path):
    """Requests that reach production instead of being carried out."""
    requests = []

    def make(request, *, say):
        requests.append(request)
        say("So weit")
        return production.Made(tmp_path, tmp_path / "b.pdf", tmp_path / "html" / "index.html", "x")

    monkeypatch.setattr(production, "make", make)
    return requests


def test_help_is_german():
    done = subprocess.run([sys.executable, ROOT / "render.py", "--help"], capture_output=True, text=True, check=True)
    for word in ("Aufruf: render.py", "--year JAHR", "--format", "--engine", "--only", "--check", "--lab", "Vorgabe"):
        assert word in done.stdout


def test_help_loads_no_library():
    code = "import sys; from sozialbericht.command import render; render(['--help']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    modules = done.stdout.splitlines()[-1]
    for heavy in ("'pandas'", "'matplotlib'", "'yaml'", "'nbformat'", "'geopandas'"):
        assert heavy not in modules


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--jahr", "2006"], "unbekannt: --jahr 2006"),
        (["--year"], "--year braucht mindestens eine Angabe"),
        (["--output"], "--output braucht eine Angabe"),
        (["--year", "zwei"], "--year braucht eine ganze Zahl, nicht „zwei“"),
        (["--jobs", "0"], "--jobs braucht eine ganze Zahl, nicht „0“"),
        (["--only"], "--only braucht mindestens eine Angabe"),
        (["--format", "epub"], "--format: „epub“ gibt es nicht\n  → Es gibt nur: pdf, html, docx, all."),
        (["--yaer", "2006"], "unbekannt: --yaer 2006\n  → Meinten Sie „--year“?"),
        (["--o", "x"], "--o ist nicht eindeutig\n  → Den Namen ganz schreiben: --output, --only, --open."),
        (["--check=x"], "--check nimmt keine Angabe („x“)\n  → Sie streichen."),
    ],
)
def test_wrong_usage(arguments, words, capsys):
    assert command.render(arguments) == 2
    said = capsys.readouterr().err
    assert f"Falscher Aufruf: {words}" in said
    assert "Hilfe: render.py --help" in said


def test_version(capsys):
    assert command.render(["--version"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"sozialbericht {__version__}"
    words = ("Python 3.", "pandoc (pypandoc-binary) 1", "Typst 0.", "Quarto ", "Datenvertrag ")
    assert [line.startswith(word) for line, word in zip(told[1:], words, strict=True)] == [True] * 5
    assert command.main(["--version"]) == 0
    assert capsys.readouterr().out.splitlines() == told


def test_the_console_script(capsys, monkeypatch, made, at):
    assert command.main(["--help"]) == 0
    assert "Aufruf: sozialbericht" in capsys.readouterr().out
    assert command.main([]) == 2
    commands = "render, new, audit, verify, compare, export, release, hinweise, import, cache, status"
    assert capsys.readouterr().err.splitlines()[:2] == ["Falscher Aufruf: es fehlt BEFEHL", f"  → Es gibt: {commands}."]
    assert command.main(["drucke"]) == 2
    told = ["Falscher Aufruf: BEFEHL: „drucke“ gibt es nicht", f"  → Es gibt nur: {commands}."]
    assert capsys.readouterr().err.splitlines()[:2] == told
    monkeypatch.setattr(sys, "argv", ["sozialbericht", "render", "--year", "2006"])
    assert command.main() == 0
    assert made[0].year == 2006


@pytest.mark.parametrize("name", ["render", "new", "audit", "release", "import"])
def test_help_has_each_heading_once_and_the_rarely_wanted_last(name, capsys, at):
    assert command.main([name, "--help"]) == 0
    headings = [line for line in capsys.readouterr().out.splitlines() if line.endswith(":") and line[0] != " "]
    assert len(set(headings)) == len(headings)
    assert headings[-1] == "Weiteres:"


def test_options_reach_the_report(made, at, capsys, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(command.webbrowser, "open", opened.append)
    arguments = ["--year", "2006", "--format", "html", "--engine", "builtin", "--output", str(tmp_path), "--jobs", "3"]
    assert command.render([*arguments, "--only", "a", "b", "--data", "d", "--open", "--kernel", "einzeln"]) == 0
    assert made == [production.Request(2006, ("html",), "builtin", tmp_path, ["a", "b"], Path("d"), 3, forked=False)]
    said = capsys.readouterr().out
    assert "So weit" in said
    assert f"Fertig: {tmp_path / 'b.pdf'}" in said
    assert opened == [(tmp_path / "b.pdf").as_uri(), (tmp_path / "html" / "index.html").as_uri()]
    assert command.render(["--year", "2006"]) == 0
    assert made[1] == production.Request(2006)


def test_cache_and_executor_reach_the_report(made, at):
    assert command.render(["--year", "2006", "--no-cache", "--executor", "dask://a:1"]) == 0
    assert made == [production.Request(2006, cache=False, executor="dask://a:1")]


def test_watching(at, monkeypatch, capsys):
    def watching(requests, make, data, *, say, opened):
        assert [(r.year, r.formats) for r in requests] == [(2005, ("html",)), (2006, ("html",))]
        assert data == at / "data"
        say("Vorschau")
        opened("http://127.0.0.1:1/")
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "watch", watching)
    assert command.render(["--year", "2005", "2006", "--watch", "--data", str(at / "data")]) == 0
    assert capsys.readouterr().out == "Bericht zur sozialen Lage 2005, 2006\nVorschau\n\nVorschau beendet.\n"


def test_the_cache_is_cleared(at, capsys):
    cache = Store(folder_of(at))
    cache.put("ab12", b"x" * 1000)
    assert command.main(["cache"]) == 0
    assert capsys.readouterr().out.startswith("Einträge: 1, 0,0 MB in ")
    assert command.main(["cache", "--clear"]) == 0
    assert capsys.readouterr().out == f"Gelöschte Einträge: 1 in {cache.folder}\n"
    assert cache.get("ab12") is None
    assert command.main(["cache", "--alles"]) == 2
    assert command.main(["cache", "--help"]) == 0


def test_profiles_and_several_years(at, capsys, tmp_path, monkeypatch):
    seen = []

    def make_all(requests, *, say):
        seen.extend(requests)
        done = production.Made(tmp_path, tmp_path / "b.pdf", None, "x", tmp_path / "s.pdf")
        return [done, ReportError("Typst mag nicht."), InputError([Fault("a", "b")])]

    monkeypatch.setattr(production, "make_all", make_all)
    arguments = [
        "--year",
        "2005",
        "2006",
        "2005",
        "2007",
        "--output",
        str(tmp_path / "o"),
        "--profiles",
        "nordmarkt",
        "Eving I",
    ]
    assert command.render(arguments) == 2, "the worst of them"
    assert [r.year for r in seen] == [2005, 2006, 2007]
    assert [r.output for r in seen] == [tmp_path / "o" / str(year) for year in (2005, 2006, 2007)]
    assert all(r.profiles == ["nordmarkt", "Eving I"] for r in seen)
    said = capsys.readouterr()
    assert f"Fertig: {tmp_path / 's.pdf'}" in said.out
    assert "2006: Der Bericht konnte nicht gemacht werden" in said.err
    assert "2007: Ein Fehler in Daten" in said.err
    assert "2005:" not in said.err


def test_all_profiles(made, at):
    assert command.render(["--year", "2006", "--profiles"]) == 0
    assert made[0].profiles == []
    assert command.render(["--year", "2006"]) == 0
    assert made[1].profiles is None


def test_only_what_was_made_is_named(monkeypatch, at, capsys, tmp_path):
    monkeypatch.setattr(production, "make", lambda request, say: production.Made(tmp_path, None, tmp_path / "i", "x"))
    assert command.render(["--year", "2006", "--format", "html"]) == 0
    assert capsys.readouterr().out.count("Fertig") == 1


def test_check(at, capsys):
    assert command.render(["--check", "--data", str(at / "data")]) == 0
    assert capsys.readouterr().out == "Alles in Ordnung. Werte gibt es für 2004, 2005, 2006.\n"


def test_check_says_what_an_official_report_lacks(at, capsys):
    path = at / "data" / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"status": "amtlich"}), encoding="utf-8")
    assert command.render(["--check", "--data", str(at / "data")]) == 0
    said = capsys.readouterr().out
    assert "Vor der Freigabe fehlt in bericht.yml: herausgeber, kontakt, pflichtangaben: barrierefreiheit" in said


def test_check_names_all_faults_at_once(at, capsys):
    path = at / "data" / "werte" / "2006.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";7281", ";-7281"), encoding="utf-8")
    (at / "notebooks" / "01_a.ipynb").write_text("{", encoding="utf-8")
    (at / "report" / "index.qmd").write_text("> Zitat\n", encoding="utf-8")
    assert command.render(["--check", "--data", str(at / "data")]) == 2
    said = capsys.readouterr().err
    assert "3 Fehler in Daten, Notebooks oder Aufruf; es wurde nichts verändert." in said
    assert "Zeile 13" in said
    assert "01_a.ipynb" in said
    assert "report/index.qmd" in said


def test_without_a_year(at, capsys):
    assert command.render(["--data", str(at / "data")]) == 2
    assert capsys.readouterr().err == "Falscher Aufruf: --year fehlt. Werte gibt es für 2004, 2005, 2006.\n"


def test_a_year_without_data(at, capsys, monkeypatch):
    monkeypatch.setattr(productionrun, "default_root", lambda: at)
    assert command.render(["--year", "1998", "--engine", "builtin", "--data", str(at / "data")]) == 2
    said = capsys.readouterr().err
    assert "Ein Fehler in Daten" in said
    assert "Für das Jahr 1998 gibt es keine Werte." in said
    assert "Vorhanden sind: 2004, 2005, 2006." in said


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ReportError("Typst mag nicht."), 1, "konnte nicht gemacht werden; der letzte Bericht ist unverändert."),
        (InputError([Fault("a", "b"), Fault("c", "d")]), 2, "2 Fehler in Daten"),
        (KeyboardInterrupt(), 1, "Abgebrochen; der letzte fertige Bericht bleibt."),
    ],
)  # fmt: skip
def test_exit_codes(at, monkeypatch, capsys, error, code, words):
    def fail(request, say):
        raise error

    monkeypatch.setattr(production, "make", fail)
    assert command.render(["--year", "2006"]) == code
    said = capsys.readouterr()
    assert words in said.err
    assert "Traceback" not in said.err


def test_render_py_is_the_command(at):
    done = subprocess.run(
        [sys.executable, ROOT / "render.py", "--year", "1900", "--engine", "builtin"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Für das Jahr 1900 gibt es keine Werte." in done.stderr

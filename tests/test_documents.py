"""Every command in README, CONTRIBUTING, handbook and the other documents is run,
or stands in a list that says why not.
"""

from __future__ import annotations

import re
import shlex
import shutil
from functools import cache
from pathlib import Path

import document_commands
import pytest
from checkout import clone, run
from document_commands import DOCUMENTS, ROOT, all_lines, lines

from tests.scaffold import lookalike

#: What is run in a copy of the small project, in this order, and what its output says.
RUN = {
    "python render.py --check": "Alles in Ordnung",
    "python render.py --year 2006": r"Fertig: .*bericht-2006\.pdf",
    "python -m sozialbericht verify build/2006": "Byte für Byte",
    "python render.py --year 2006 --only arbeitslosigkeit": r"Fertig: .*bericht-2006-auszug\.pdf",
    "python render.py --year 2006 --draft": r"Fertig: .*bericht-2006-entwurf\.pdf",
    "python render.py --year 2006 --format docx": r"Fertig: .*bericht-2006\.docx",
    "python render.py --year 2006 --profiles": r"Fertig: .*sozialraumprofile-2006\.pdf",
    "python render.py --year 2005 2006 2007": r"2007.*keine Werte",
    "python -m sozialbericht export --year 2006": r"Fertig: .*2006-daten",
    "python -m sozialbericht hinweise": "Nichts Ungewöhnliches",
    "python -m sozialbericht status": "Bericht 2006",
    "sozialbericht render --year 2006": "Nichts hat sich geändert|Fertig",
    "sozialbericht hinweise": "Nichts Ungewöhnliches",
    "python -m sozialbericht audit --year 2006": "geheim",
    "sozialbericht audit --year 2006": "geheim",
    "python -m sozialbericht compare 2006 2005": "Werte, die anders sind",
    "python -m sozialbericht release --year 2006": "wer die Veröffentlichung verantwortet",
    'python -m sozialbericht hinweise --accept SCHLÜSSEL --reason "Neubaugebiet seit Mai" --initials KS': "SCHLÜSSEL",
    "sozialbericht new beispiel --demo": "beispiel",
    "sozialbericht new --year 2008": r"werte/2008\.csv",
    "python -m sozialbericht new meinestadt --areas flaechen.geojson --city Musterstadt --yes": "meinestadt",
    "python -m sozialbericht.model meinestadt": "als Modelldaten gekennzeichnet",
    "sozialbericht new bericht --areas gebiete.geojson --level planungsraum:SCHLUESSEL bezirk:BEZ --name NAME "
    "--city Musterstadt --values einwohner-2017-12-31.csv einwohner-2018-12-31.csv --population insgesamt "
    "--yes": "bericht",
    "python render.py --year 2018": r"Fertig: .*bericht-2018\.pdf",
    "sozialbericht new --year 2019": r"werte/2019\.csv",
    "sozialbericht new --dimension kinderbetreuung": "kinderbetreuung",
    "python -m sozialbericht cache": "Einträge: ",
    "python -m sozialbericht cache --clear": "Gelöschte Einträge: ",
    "ruff check .": "All checks passed",
    "lint-imports": "0 broken",
    "git config --local include.path ../.gitconfig": "",
    "git diff": "",
    "git status": "nothing to commit",
    "git diff tests/snapshots": "",
    "git add --renormalize notebooks": "",
    "git checkout -- notebooks": "",
    "pre-commit install": "pre-commit installed",
    "pre-commit run nbstripout --all-files": "Passed",
    "python -m pytest tests/statistics/intervals/test_wilson.py": "passed",
}
#: Those of :data:`RUN` that end with another exit code than 0: the small project lacks what they ask for.
EXIT = {
    "python render.py --year 2005 2006 2007": 2,
    "python -m sozialbericht compare 2006 2005": 1,
    "python -m sozialbericht release --year 2006": 2,
    'python -m sozialbericht hinweise --accept SCHLÜSSEL --reason "Neubaugebiet seit Mai" --initials KS': 2,
}
#: Those that make projects of their own, and are run beside or in them with the package of the checkout.
OWN_PROJECTS = {
    "sozialbericht new beispiel --demo": ".",
    "sozialbericht new --year 2008": "beispiel",
    "python -m sozialbericht new meinestadt --areas flaechen.geojson --city Musterstadt --yes": ".",
    "python -m sozialbericht.model meinestadt": ".",
    "sozialbericht new bericht --areas gebiete.geojson --level planungsraum:SCHLUESSEL bezirk:BEZ --name NAME "
    "--city Musterstadt --values einwohner-2017-12-31.csv einwohner-2018-12-31.csv --population insgesamt --yes": ".",
    "python render.py --year 2018": "bericht",
    "sozialbericht new --year 2019": "bericht",
    "sozialbericht new --dimension kinderbetreuung": "bericht",
}
INSTALLS = "richtet eine Umgebung ein; die CI tut es (.ci/run)"
LASTS = "endet nicht von selbst oder öffnet ein Programm"
SMALL_LACKS = "braucht die Gebiete der mitgelieferten Daten"
LONG = "dauert zu lange"
ELSEWHERE = "braucht ein Programm, das nicht zu den Abhängigkeiten gehört"
WORDS = "ist im Text nur genannt, nicht vollständig"
CHANGES = "ändert die Geschichte oder schreibt in ein anderes Repositorium"
#: What is not run, and why. Options and paths are looked up all the same.
NOT_RUN = {
    "python -m sozialbericht release": WORDS,
    "sozialbericht import": WORDS,
    "python -m sozialbericht import": WORDS,
    "python -m sozialbericht import LIEFERUNG.xlsx": "liest die Datei einer Stelle, siehe tests/delivery",
    "python -m tests.damage": LONG,
    "python -m tests.access build/2006/html": "liest einen fertigen Bericht, siehe tests/access",
    "sozialbericht new --dimension …": WORDS,
    "python -m venv .venv": INSTALLS,
    "py -3.11 -m venv .venv": INSTALLS,
    "py -3.13": INSTALLS,
    "source .venv/bin/activate": INSTALLS,
    r".venv\Scripts\activate": INSTALLS,
    "python -m pip install -r requirements.lock": INSTALLS,
    r".venv\Scripts\python -m pip install -r requirements.lock": INSTALLS,
    "python -m pip install -r requirements-dev.lock": INSTALLS,
    "python -m pip install --no-deps -e .": INSTALLS,
    'python -m pip install "quarto-cli>=1.9"': INSTALLS,
    "pip install distributed": INSTALLS,
    "pip install nbdime": INSTALLS,
    "python docs/handbuchbilder.py": f"{LONG}; tests/test_handbook_pictures.py sieht die Bilder an",
    r".venv\Scripts\python -m pip config --user set global.index-url ADRESSE": INSTALLS,
    "conda env create -f environment.yml": INSTALLS,
    "conda activate sozialbericht": INSTALLS,
    r".venv\Scripts\python render.py --year 2006": "ist dasselbe wie mit python, unter Windows",
    "sozialbericht new": WORDS,
    "sozialbericht new bericht": "fragt der Reihe nach; tests/scaffold/test_inside.py antwortet",
    "sozialbericht new --dimension NAME": WORDS,
    "sozialbericht new DIR": WORDS,
    "sozialbericht render …": WORDS,
    "python -m sozialbericht …": WORDS,
    "python render.py …": WORDS,
    "render.py … > log.txt": WORDS,
    "git add": WORDS,
    "mypy --strict": WORDS,
    "jupyter nbconvert --execute": WORDS,
    "git merge -X renormalize ZWEIG": WORDS,
    "python render.py --lab": f"{LASTS}; tests/test_workbench.py tut darin, was das Handbuch sagt",
    "python render.py --year 2006 --watch --open": f"{LASTS}; tests/test_watch_small.py",
    'python render.py --year 2006 --profiles nordmarkt "Eving I"': SMALL_LACKS,
    "python render.py --year 2006 --profiles eichlinghofen": SMALL_LACKS,
    "python render.py --year 2005 2006 2007 --profiles": SMALL_LACKS,
    "python -m sozialbericht.model data": "rechnet die mitgelieferten Daten neu; tests/model/test_generator.py "
    "vergleicht sie",
    "python -m benchmarks --write": LONG,
    "python -m benchmarks --parts scale --write": LONG,
    "python -m benchmarks --parts suppression": LONG,
    "python -m benchmarks --runs 3 --write": LONG,
    "python -m benchmarks --parts earlier --revision 329681a --runs 3 --write": LONG,
    "python -m benchmarks --only arbeitslosigkeit --parts ways --no-slow": LONG,
    "python -m benchmarks --parts scale --largest 390": LONG,
    "python -m tests.fuzz": LONG,
    "python -m pytest": LONG,
    "pytest": LONG,
    "python -m pytest -n 2 --dist loadfile": LONG,
    "python -m pytest tests/writing -k sentence": LONG,
    "python -m pytest tests/test_snapshots.py --snapshot-update": "schriebe die Snapshots neu; "
    "tests/test_snapshots.py vergleicht sie",
    "python -m pytest -m quarto": LONG,
    "mypy": f"{LONG}; die CI ruft es auf",
    "pre-commit run --all-files": f"{LONG}: mit mypy",
    ".ci/run": LONG,
    "quarto preview build/2006/projekt": ELSEWHERE,
    "quarto render --to docx": ELSEWHERE,
    "dask scheduler": LASTS,
    "dask worker HOST:PORT": LASTS,
    "ulimit -n 1024": "gilt nur für die Shell, in der es steht",
    "git commit --all --message": CHANGES,
    "git tag --annotate v0.2.0 --message": CHANGES,
    "git push --follow-tags": CHANGES,
    "uv pip compile": ELSEWHERE,
}
#: Lines of blocks that are no commands, by their beginning.
NO_COMMAND = {
    "kita_plaetze;": "Zeile des Katalogs",
    "kita_quote;": "Zeile des Katalogs",
    "b.bild(": "Zeile eines Notebooks, siehe tests/test_brought_small.py",
    '"marktplatz.jpg"': "Zeile eines Notebooks",
    'alternativtext="Ein Platz': "Zeile eines Notebooks",
    ")": "Zeile eines Notebooks",
    "Im Land waren 2004": "Satz eines Notebooks",
    "data/werte/2006.csv, Zeile 2": "Meldung",
    "→ Schreiben Sie": "Meldung",
}
#: Whose help lists the options of a command, by how the command begins.
HELP = {
    "python -m sozialbericht.model": ["python", "-m", "sozialbericht.model", "--help"],
    "sozialbericht new": ["python", "-m", "sozialbericht", "new", "--help"],
    "python render.py": ["python", "render.py", "--help"],
    r".venv\Scripts\python render.py": ["python", "render.py", "--help"],
    "sozialbericht render": ["python", "render.py", "--help"],
    "python -m sozialbericht release": ["python", "-m", "sozialbericht", "release", "--help"],
    "python -m sozialbericht hinweise": ["python", "-m", "sozialbericht", "hinweise", "--help"],
    "python -m sozialbericht import": ["python", "-m", "sozialbericht", "import", "--help"],
    "python -m tests.damage": ["python", "-m", "tests.damage", "--help"],
    "python -m benchmarks": ["python", "-m", "benchmarks", "--help"],
    "python -m tests.fuzz": ["python", "-m", "tests.fuzz", "--help"],
    "python -m pytest": ["python", "-m", "pytest", "--help"],
    "pre-commit run": ["pre-commit", "run", "--help"],
    "mypy": ["mypy", "--help"],
}
#: Beginnings that stand for all commands with other endings (titles and file names differ).
OPEN_ENDED = ("git commit", "git tag", "uv pip compile")
#: Words that look like paths, but are made by a command or only named.
NO_PATH = {"build/2006", "build/2006/html", "build/2006/projekt", ".venv/bin/activate", "../.gitconfig"}


def known(text: str) -> bool:
    """Whether a line is run, listed, or no command."""
    open_ended = text.startswith(OPEN_ENDED) and any(text.startswith(key) for key in NOT_RUN)
    return text in RUN or text in NOT_RUN or open_ended or any(text.startswith(start) for start in NO_COMMAND)


def test_every_command_is_run_or_listed() -> None:
    missing = [f"{line.document}, Zeile {line.row}: {line.text}" for line in all_lines() if not known(line.text)]
    assert not missing, "Weder in RUN noch in NOT_RUN (tests/test_documents.py):\n" + "\n".join(missing)


def test_nothing_is_listed_that_no_document_says() -> None:
    said = [line.text for line in all_lines()]
    assert [key for key in RUN | NOT_RUN | NO_COMMAND if not any(text.startswith(key) for text in said)] == []
    assert not set(RUN) & set(NOT_RUN)


@cache
def help_of(start: str) -> str:
    """The help of a program."""
    return run(HELP[start], ROOT)


def test_options_and_paths_of_all_commands_exist() -> None:
    faults = []
    for line in all_lines():
        if not line.is_command:
            continue
        start = next((start for start in HELP if re.match(rf"{re.escape(start)}(\s|$)", line.text)), None)
        words = shlex.split(line.text, posix=False)
        if start:
            unknown = [w for w in words if w.startswith("--") and w not in help_of(start)]
            faults += [f"{line.document}, Zeile {line.row}: {w} kennt {start} nicht" for w in unknown]
        paths = [w for w in words if re.search(r"/|\.(?:lock|toml|yml|py)$", w) and ":" not in w and w not in NO_PATH]
        faults += [f"{line.document}, Zeile {line.row}: {w} gibt es nicht" for w in paths if not (ROOT / w).exists()]
    assert not faults, "\n".join(faults)


def test_every_option_is_documented_and_every_documented_one_exists() -> None:
    options = set(re.findall(r"--[a-z]+(?:-[a-z]+)*", help_of("python render.py")))
    others = {word for start in HELP for word in re.findall(r"--[a-z]+(?:-[a-z]+)*", help_of(start))}
    for document in ("README.md", "docs/handbuch.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        said = {
            w for span in re.findall(r"`([^`\n]+)`", text) for w in re.findall(r"(?<!\S)--[a-z]+(?:-[a-z]+)*", span)
        }
        blocks = " ".join(line.text for line in lines(document, text))
        assert options - said - set(re.findall(r"--[a-z-]+", blocks)) - {"--version", "--help"} == set(), document
        own = {"--clear", "--upgrade", "--to", "--group", "--no-deps", "--user"}
        assert {w for w in said if w not in options | others | own} == set(), document


# -- the commands themselves -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with the small city in the place of data, notebooks and texts."""
    return clone(tmp_path_factory.mktemp("klon"))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a city brings in for a project of its own: areas and values."""
    folder = tmp_path_factory.mktemp("anderswo")
    for path in lookalike.values(folder)[:2]:
        table = path.read_text(encoding="utf-8").replace("id,inhabitants", "SCHLUESSEL,insgesamt")
        path.with_name(path.name.replace("ewr", "einwohner")).write_text(table, encoding="utf-8")
    shutil.copy(lookalike.polygons(folder), folder / "flaechen.geojson")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("command", RUN)
def test_the_command_does_what_it_says(command: str, place: Path, elsewhere: Path) -> None:
    words = shlex.split(command)
    if words[0] == "sozialbericht":  # as it is called where the package is installed
        words[:1] = ["python", "-m", "sozialbericht"]
    inside = OWN_PROJECTS.get(command)
    folder, package = (place, place) if inside is None else (elsewhere / inside, ROOT)
    told = run(words, folder, EXIT.get(command, 0), package)
    assert re.search(RUN[command], told), told


# -- the guard itself ------------------------------------------------------------------------------------------------


def test_commands_are_found_wherever_they_stand() -> None:
    text = (
        "Text `python render.py --neu 1` und `sozialbericht/command.py`.\n\n"
        "    python eins.py && ruff drei  was es tut\n\n"
        "```sh\ngit vier  # was es tut\n```\n\n```python\nimport fuenf\n```\n\n"
        "| `mypy` | über zwei `python -m\nsechs` Zeilen |\n\n    wert;zahl\n"
    )
    found = [line.text for line in lines("x.md", text)]
    assert sorted(found) == sorted(
        ["python eins.py", "ruff drei", "git vier", "python render.py --neu 1", "mypy", "python -m sechs", "wert;zahl"]
    )
    assert [line.row for line in lines("x.md", text) if line.text == "git vier"] == [6]


@pytest.mark.parametrize("text", ["`python neu.py --x`", "```sh\npip install x\n```", "    unbekannt tun"])
def test_a_new_command_is_missed(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in DOCUMENTS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    with (tmp_path / "docs" / "handbuch.md").open("a", encoding="utf-8") as handbook:
        handbook.write(f"\n\n{text}\n")
    monkeypatch.setattr(document_commands, "ROOT", tmp_path)
    with pytest.raises(AssertionError, match=r"docs/handbuch\.md, Zeile"):
        test_every_command_is_run_or_listed()

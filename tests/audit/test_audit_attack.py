"""What a reader can conclude from the finished publication alone; the command that audits one."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_publication as small

from sozialbericht import command
from sozialbericht.audit import attack
from sozialbericht.audit.bounds import attainable
from sozialbericht.audit.cells import Cell, Shown
from sozialbericht.audit.mentions import Vocabulary
from sozialbericht.audit.readers import channels
from sozialbericht.order import manifest
from sozialbericht.order.manifest import Manifest

TITLE = "Anteil der unter 25-Jährigen an den Arbeitslosen"


@pytest.fixture(scope="module")
def data() -> Shown:
    return small.tables()


def districts(data: Shown) -> str:
    """A table of the Stadtbezirke with shares and the counts that they are shares of."""
    rows = "".join(
        f"<tr><th>{name}</th><td>{small.printed(data, 'alo_u25_anteil', area)}</td>"
        f"<td>{data.rows['alo_u25_anteil', 2006, area].denominator:.0f}</td></tr>"
        for area, name in (("sb_nord", "Stadtbezirk Nord"), ("sb_sued", "Stadtbezirk Süd"))
    )
    return f"<table><thead><tr><th>Bezirk</th><th>{TITLE}</th><th>Arbeitslose</th></tr></thead>{rows}</table></body>"


def test_rates_of_the_whole_and_of_the_other_parts_give_a_count_away(tmp_path: Path, data: Shown) -> None:
    """Nothing but rates with one decimal and the number of unemployed of two Stadtbezirke: 1 in Lindenhof follows."""
    folder = small.publish(tmp_path / "2006", data)
    page = folder / "html" / "tabellen.html"
    small.write(page, page.read_text(encoding="utf-8").replace("</body>", districts(data)))
    publication = channels.read(folder)
    vocabulary = Vocabulary(data.tables)
    read = attack.printed(publication, data, vocabulary)
    assert ("alo_u25_anteil", 2006, "sb_sued") in read.values
    assert read.counts[Cell("sb_sued", "alo", "2006-09-30")] == 943
    cell = Cell("sr_lindenhof", "alo_u25", "2006-09-30")
    (found,) = attainable(attack.system(publication, data, vocabulary), [{cell: 1.0}])
    assert found.consistent
    assert found.low <= 1 <= found.high
    assert found.high <= 4


def test_what_is_not_printed_is_not_known(tmp_path: Path, data: Shown) -> None:
    folder = tmp_path / "leer"
    folder.mkdir()
    small.write(folder / "index.html", "<p>Noch nichts.</p>")
    publication, vocabulary = channels.read(folder), Vocabulary(data.tables)
    cell = Cell("sr_lindenhof", "alo_u25", "2006-09-30")
    (found,) = attainable(attack.system(publication, data, vocabulary), [{cell: 1.0}])
    assert found.values == 3 and found.high > 100


def test_the_command_says_what_it_found(
    tmp_path: Path, data: Shown, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sozialbericht.cache.runcache.folder_of", lambda root: tmp_path / "zwischen")
    folder = small.publish(tmp_path / "2006", data)
    call = ["audit", "--year", "2006", "--data", str(small.CITY), "--output", str(folder)]
    assert command.main(call) == command.FAILED
    said = capsys.readouterr().out
    assert "Der Bericht darf so nicht erscheinen." in said
    assert "Gartenfeld" in said, "what the tables withhold today stands in the files"
    assert len(list((tmp_path / "zwischen").glob("??/*"))) == 8, "what was read"


def test_the_command_says_that_a_draft_is_one(tmp_path: Path, data: Shown, capsys: pytest.CaptureFixture[str]) -> None:
    folder = small.publish(tmp_path / "2006", data)
    call = ["audit", "--year", "2006", "--data", str(small.CITY), "--output", str(folder)]
    for kind, word in (("entwurf", "Entwurf (--draft, --watch)"), ("auszug", "Auszug (--only)"), ("bericht", "")):
        manifest.write(folder, Manifest(kind, 2006, "x"))
        command.main(call)
        said = capsys.readouterr().out
        assert said.startswith(f"Hier liegt ein {word}. Beim Machen hat ihn niemand geprüft" if word else "Prüfung der")


def test_the_command_without_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["audit", "--year", "2006", "--data", str(small.CITY), "--output", str(tmp_path / "nichts")]
    assert command.main(call) == command.WRONG
    assert "Hier liegt kein fertiger Bericht." in capsys.readouterr().err
    assert command.main(["audit"]) == command.WRONG
    assert (
        command.main(["audit", "--year", "1999", "--data", str(small.CITY), "--output", str(tmp_path)]) == command.WRONG
    )

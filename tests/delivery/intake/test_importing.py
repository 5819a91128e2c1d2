"""The command: preview, writing as a whole, the record, taking back; nothing changes where anything is wrong."""

import csv
import json
import shutil
from pathlib import Path

import pytest
import small_report
import yaml

from sozialbericht.command import main
from sozialbericht.data import contract, files
from sozialbericht.delivery.intake import ledgerfiles, trial
from sozialbericht.faults import InputError
from sozialbericht.order import project

AREAS = {
    "Altstadt": 5190,
    "Hafen": 7200,
    "Bahnhofsviertel": 6190,
    "Gartenfeld": 4880,
    "Lindenhof": 8150,
    "Mühlenberg": 4010,
}
TITLE = "Einwohnermeldeamt – Bevölkerung am Ort der Hauptwohnung\nStand: 31.12.2007 (erfundene Zahlen)\n\n"


def delivery(folder: Path, values: dict[str, object], name: str = "Meldeamt 2007.csv") -> Path:
    path = folder / name
    rows = "".join(f"{area};{value}\n" for area, value in values.items())
    path.write_text(f"{TITLE}Sozialraum;Bevölkerung insgesamt\n{rows}", encoding="utf-8")
    return path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = small_report.project(tmp_path / "projekt")
    monkeypatch.chdir(made)
    project.work_in(None)
    return made


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_delivery_is_shown_written_recorded_and_taken_back(root, tmp_path, capsys):
    before = content(root / "data")
    file = delivery(tmp_path, AREAS)
    assert main(["import", str(file)]) == 0
    told = capsys.readouterr().out
    assert "6 Werte zu 1 Merkmal in 6 Gebieten, Stand 31.12.2007: 6 neu" in told and "Mit --yes übernehmen" in told
    assert content(root / "data") == before
    page = (root / "build" / "lieferung.html").read_text(encoding="utf-8")
    assert "Vorschau einer Lieferung" in page and "http" not in page.replace("http-equiv", "")

    assert main(["import", str(file), "--yes", "--initials", "ab", "--remark", "erste"]) == 0
    table = contract.load(root / "data").values
    own = table[(table["merkmal"] == "ew") & (table["stichtag"] == "2007-12-31")].set_index("raum_id")["wert"]
    assert own["sr_hafen"] == 7200 and len(own) == 6
    with (root / "data" / "protokoll.csv").open(encoding="utf-8", newline="") as log:
        [row] = csv.DictReader(log, delimiter=";")
    assert (row["quelle"], row["werte"], row["neu"], row["kuerzel"], row["bemerkung"]) == (
        "meldeamt",
        "6",
        "6",
        "ab",
        "erste",
    )
    assert len(row["pruefsumme"]) == 64
    kept = yaml.safe_load((root / "data" / "quellen" / "meldeamt.yml").read_text(encoding="utf-8"))
    assert kept["merkmale"] == {"Bevölkerung insgesamt": "ew"}

    assert main(["import", str(file), "--yes"]) == 0
    assert "Nichts Neues" in capsys.readouterr().out
    assert main(["import", "--undo"]) == 0
    assert content(root / "data") == before
    assert main(["import", "--undo"]) == 2


def test_a_changed_value_and_an_area_that_is_missing(root, tmp_path, capsys):
    main(["import", str(delivery(tmp_path, AREAS)), "--yes"])
    later = {**AREAS, "Hafen": 7207}
    del later["Gartenfeld"]
    assert main(["import", str(delivery(tmp_path, later)), "--preview"]) == 0
    told = capsys.readouterr().out.rpartition("Lieferung von")[2]
    assert "0 neu, 1 geändert, 4 unverändert, 1 nicht mehr geliefert" in told
    assert "7.200 → 7.207" in told and "B6" in told


def test_a_new_value_is_not_written_over_what_a_person_changed_since(root, tmp_path, capsys):
    main(["import", str(delivery(tmp_path, AREAS)), "--yes"])
    file = root / "data" / "werte" / "2007.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("7200", "7201"), encoding="utf-8")
    assert main(["import", "--undo"]) == 2
    assert "seit der Lieferung geändert" in capsys.readouterr().err
    assert "7201" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({**AREAS, "Hafen": "fünftausend"}, "Zeile 6"),
        ({**AREAS, "Hafen ": 7}, "verschiedene Zahlen"),
        ({**AREAS, "Hafen": -3}, "-3"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(root, tmp_path, capsys, values, what):
    before = content(root / "data")
    assert main(["import", str(delivery(tmp_path, values)), "--yes"]) == 2
    told = capsys.readouterr().err
    assert what in told and "→" in told
    assert content(root / "data") == before


def test_an_unknown_area_is_named_and_left_out(root, tmp_path, capsys):
    assert main(["import", str(delivery(tmp_path, {**AREAS, "Seeheim": 12})), "--yes"]) == 0
    assert "Seeheim" in capsys.readouterr().out
    assert main(["import", str(delivery(tmp_path, {**AREAS, "Gartenfeldt": 12, "Gartenfeld": 9})), "--preview"]) == 2
    assert "Welches Gebiet ist „Gartenfeldt“" in capsys.readouterr().err


def test_answers_are_checked(root, tmp_path, capsys):
    file = str(delivery(tmp_path, AREAS))
    assert main(["import", file, "--set", "Bevölkerung insgesamt=eww"]) == 2
    assert "Meinten Sie „ew“" in capsys.readouterr().err
    assert main(["import", file, "--set", "nichts"]) == 2
    assert main(["import", file, "--as", "Mein Amt"]) == 2
    assert main(["import", "gibtesnicht.xlsx"]) == 2
    assert main(["import"]) == 2


def test_a_name_that_the_numbers_contradict_is_asked(root, tmp_path, capsys):
    tenth = {area: value // 10 for area, value in AREAS.items()}
    assert main(["import", str(delivery(tmp_path, tenth)), "--preview"]) == 2
    assert "Was steht unter „Bevölkerung insgesamt“" in capsys.readouterr().err


def test_a_broken_assignment_is_named(root, tmp_path, capsys):
    folder = root / "data" / "quellen"
    folder.mkdir()
    (folder / "amt.yml").write_text("spalten:\n  A: gebit\n", encoding="utf-8")
    assert main(["import", str(delivery(tmp_path, AREAS)), "--preview"]) == 2
    assert "gebit" in capsys.readouterr().err
    (folder / "amt.yml").write_text("spalten: [", encoding="utf-8")
    assert main(["import", str(delivery(tmp_path, AREAS)), "--preview"]) == 2


def test_all_files_or_none(tmp_path, monkeypatch):
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.csv").write_bytes(b"alt")
    write, calls = files.put, []

    def failing(path: Path, new: bytes) -> None:
        calls.append(path)
        if len(calls) == 2:
            raise PermissionError(13, "Permission denied", str(path))
        write(path, new)

    monkeypatch.setattr(files, "put", failing)
    with pytest.raises(InputError, match="lässt sich nicht schreiben"):
        ledgerfiles.replaced(data, tmp_path / "build", {"a.csv": b"neu", "b.csv": b"neu"}, "x")
    assert content(data) == {"a.csv": b"alt"}


def test_an_intake_that_was_cut_off_is_taken_back(tmp_path):
    data, keep = tmp_path / "data", tmp_path / "build"
    data.mkdir()
    (data / "a.csv").write_bytes(b"alt")
    ledgerfiles.replaced(data, keep, {"a.csv": b"neu", "b/c.csv": b"neu"}, "Lieferung")
    state = keep / ledgerfiles.FOLDER / "stand.json"
    state.write_text(json.dumps({**json.loads(state.read_text()), "fertig": False}), encoding="utf-8")
    assert ledgerfiles.recovered(data, keep) == "Lieferung"
    assert content(data) == {"a.csv": b"alt"}
    assert ledgerfiles.recovered(data, keep) == ""


def test_a_trial_leaves_the_folder_alone(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(small_report.CITY, data)
    before = content(data)
    with pytest.raises(InputError, match=r"data/werte/2006.csv"):
        trial.tried(data, {"werte/2006.csv": b"raum_id;merkmal;stichtag;wert\nsr_hafen;ew;31.12.2006;viele\n"})
    assert content(data) == before
    assert [path.name for path in tmp_path.iterdir()] == ["data"]

"""Twenty deliveries of offices: at most three answers, none the second time, and the very values that must come out."""

import csv
import re
import shutil
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from sozialbericht.data import contract
from sozialbericht.data.tableset import Tables
from sozialbericht.delivery.assignment.dialogue import Dialogue
from sozialbericht.delivery.intake import ledgerfiles
from sozialbericht.delivery.intake.importing import Intake
from sozialbericht.delivery.intake.valuefiles import cell

ROOT = Path(__file__).resolve().parents[3]
DELIVERIES = sorted(path for path in (ROOT / "tests" / "deliveries").glob("[0-9]*") if path.is_dir())
MOST = 3
QUIET = Namespace(initials="ts", remark="")


class Person:
    """Somebody who answers as ``antworten.yml`` says, and takes the proposal to everything else."""

    def __init__(self, folder: Path) -> None:
        told = yaml.safe_load((folder / "antworten.yml").read_text(encoding="utf-8"))
        self.known = {
            str(k): str(v) for part in ("merkmale", "gebiete", "stichtage") for k, v in told.get(part, {}).items()
        }
        self.asked: list[str] = []
        self._said = ""

    def say(self, line: str) -> None:
        if not line.startswith("  "):
            self._said = line

    def answer(self, question: str) -> str:
        self.asked.append(f"{self._said} {question}")
        text = self._said if question.startswith("  ") else question
        names = [
            name.strip()
            for quoted in re.findall("(?:unter|ist) „([^“]*)“", text)
            for name in (quoted, quoted.rpartition("|")[2])
        ]
        return next((self.known[name] for name in names if name in self.known), "")


def dialogue(tables: Tables, ask: Callable[[str], str] | None, say: Callable[[str], None] = print) -> Dialogue:
    names = {str(k): str(v) for k, v in tables.features["bezeichnung"].items()}
    return Dialogue(names, {str(k): str(v) for k, v in tables.areas["name"].items()}, ask, say)


def expected(path: Path) -> dict[tuple[str, str, str], str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {(r["raum_id"], r["merkmal"], r["stichtag"]): r["wert"] for r in csv.DictReader(file, delimiter=";")}


def came_out(intake: Intake) -> dict[tuple[str, str, str], str]:
    values = intake.found.values
    keys = zip(values["raum_id"], values["merkmal"], values["stichtag"].dt.strftime("%d.%m.%Y"), strict=True)
    cells = (cell(value, sign) for value, sign in zip(values["value"], values["sign"], strict=True))
    return dict(zip(keys, cells, strict=True))


@pytest.fixture(scope="module")
def shipped() -> Tables:
    """What a first delivery finds, read once for all."""
    return contract.load(ROOT / "data")


@pytest.mark.parametrize("folder", DELIVERIES, ids=lambda path: path.name)
def test_first_delivery_again_and_next_year(folder: Path, tmp_path: Path, shipped: Tables) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    file = next(folder.glob("lieferung.*"))
    tables = replace(shipped, folder=data)
    person = Person(folder)
    intake = Intake(tables, dialogue(tables, person.answer, person.say))
    intake.read([str(file)], "stelle")
    assert len(person.asked) <= MOST, person.asked
    assert came_out(intake) == expected(folder / "erwartet.csv")
    ledgerfiles.replaced(data, tmp_path / "build", intake.files(QUIET), "Lieferung")

    tables = contract.load(data)
    again = Intake(tables, dialogue(tables, None))  # nobody is there: a question would be a fault
    again.read([str(file)])
    assert again.given.known.name == "stelle"
    assert again.change.empty and again.change.same == len(again.found.values)

    if later := next(folder.glob("folgejahr.*"), None):
        person = Person(folder)
        following = Intake(tables, dialogue(tables, person.answer, person.say))
        told = following.read([str(later)], "stelle")
        wanted = expected(folder / "folgejahr_erwartet.csv")
        assert came_out(following) == wanted
        before = {
            (a, m, f"{d:%d.%m.%Y}")
            for a, m, d in zip(*(tables.values[k] for k in ("raum_id", "merkmal", "stichtag")), strict=True)
        }
        assert len(following.change.new) == len(set(wanted) - before)
        assert f"{len(following.change.changed)} geändert" in told.sentence.replace(".", "")

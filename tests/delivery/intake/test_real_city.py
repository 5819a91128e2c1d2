"""Berlin's tables of inhabitants through the same command: keys of eight digits, English heads, no merkmal named."""

import shutil
from pathlib import Path

import pytest
import small_report
from test_twenty import dialogue

from sozialbericht.data import contract
from sozialbericht.delivery.assignment.dialogue import Dialogue
from sozialbericht.delivery.intake.importing import Intake

BERLIN = small_report.ROOT.parent / "shared" / "staedte" / "berlin"
TAKEN = {
    "inhabitants": "bev", "inhabitants_age_below_6": "bev_u6", "inhabitants_age_above_65": "bev_65plus",
    "inhabitants_female": "bev_w", "inhabitants_foreigners": "bev_nd", "inhabitants_with_migration_background": "bev_mh",  # noqa: E501
}  # fmt: skip


@pytest.mark.skipif(not BERLIN.is_dir(), reason="die öffentlichen Tabellen Berlins liegen nicht neben dem Projekt")
@pytest.mark.parametrize("year", [2015, 2019])
def test_inhabitants_are_recognised_by_their_numbers(tmp_path: Path, year: int) -> None:
    data = tmp_path / "data"
    shutil.copytree(BERLIN / "vertrag-447", data)
    tables = contract.load(data)
    asked: list[str] = []

    def nobody_knows(question: str) -> str:
        asked.append(question)
        return "0"

    person: Dialogue = dialogue(tables, nobody_knows)
    intake = Intake(tables, person)
    told = intake.read([str(BERLIN / "einwohner" / f"ewr-{year}-12-31.csv")], "ewr")
    assert len(asked) <= 1  # a key that the data do not have
    assert {k: v for k, v in intake.given.known.merkmale.items() if v != "ohne"} == TAKEN
    assert {f"{day:%d.%m.%Y}" for day in intake.found.values["stichtag"]} == {f"31.12.{year}"}
    assert intake.change.same >= 0.99 * len(intake.found.values) and intake.change.new.empty
    assert len(intake.change.changed) <= len(TAKEN)  # one area that the data have merged with its neighbour
    assert all(part.title != "Summen, die nicht aufgehen" for part in told.parts)

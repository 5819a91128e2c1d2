"""Damaged deliveries: each ends in values or in a message with its file; never in another exception."""

import random
from pathlib import Path

import pytest
from test_twenty import DELIVERIES, ROOT, dialogue

from sozialbericht.data import contract
from sozialbericht.delivery.assignment.assigning import assigned
from sozialbericht.delivery.assignment.officefile import Officefile
from sozialbericht.delivery.intake.difference import difference
from sozialbericht.delivery.intake.settlement import settled
from sozialbericht.delivery.layout.searching import tables
from sozialbericht.delivery.sheets import opening
from sozialbericht.faults import InputError


@pytest.fixture(scope="module")
def shipped():
    return contract.load(ROOT / "data")


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A file with a few bytes changed, a piece cut out, or a piece twice."""
    changed = bytearray(content)
    kind = chance.randrange(3)
    if kind == 0:
        for _ in range(chance.randrange(1, 12)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    start = chance.randrange(len(changed))
    stop = min(len(changed), start + chance.randrange(1, 400))
    if kind == 1:
        del changed[start:stop]
    if kind == 2:
        changed[start:start] = changed[start:stop]
    return bytes(changed)


def through(path: Path, data: contract.Tables) -> int:
    """How many values come out of a file; 0 where a message does."""
    try:
        given = assigned(tables(opening.grids(path)), data, Officefile("stelle"), taken(data))
        found = settled(given, data)
    except InputError as error:
        assert error.faults
        assert all(fault.what and fault.remedy for fault in error.faults), str(error)
        return 0
    change = difference(found.values, data)
    assert len(change.new) + len(change.changed) + change.same == len(found.values)
    assert not found.values.duplicated(["raum_id", "merkmal", "stichtag"]).any()
    return len(found.values)


def taken(data: contract.Tables):
    made = dialogue(data, None)
    made.taken = True
    return made


def tried(tmp_path, data, seeds):
    counted = []
    for seed in seeds:
        chance = random.Random(seed)
        source = next(DELIVERIES[seed % len(DELIVERIES)].glob("lieferung.*"))
        path = tmp_path / f"stelle{source.suffix}"
        path.write_bytes(mutated(source.read_bytes(), chance))
        counted.append(through(path, data))
    return counted


@pytest.mark.no_cover
def test_some_damaged_deliveries(tmp_path, shipped):
    counted = tried(tmp_path, shipped, range(60))
    assert any(counted) and not all(counted)


@pytest.mark.slow
def test_two_thousand_damaged_deliveries(tmp_path, shipped):
    counted = tried(tmp_path, shipped, range(1000, 3000))
    assert 200 < sum(map(bool, counted)) < 1900

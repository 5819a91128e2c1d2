"""Damaged files: whatever happened to its bytes, a file gives tables or a fault, quickly, and nothing else."""

import io
import random
import time
import zipfile

import pytest

from sozialbericht.delivery.layout.searching import tables
from sozialbericht.delivery.sheets.opening import grids, pasted
from sozialbericht.faults import InputError
from tests.delivery import books

SEEDS = {
    "a.xlsx": books.excel(),
    "a.ods": books.opendocument(),
    "a.xls": books.OLD.read_bytes(),
    "a.csv": books.CSV.encode(),
    "latin.csv": books.CSV.encode("cp1252"),
    "a.txt": books.CSV.replace(";", "\t").encode("utf-16"),
    "a.zip": books.packed({"a.csv": books.CSV, "b.xlsx": books.excel(), "c.xls": books.OLD.read_bytes()}),
}
PIECES = [
    *(b"\0", b"\xff", b'"', b";", b"\n", b"<", b">", b"&x;", b"1e999", b"nan", b"2147483648", b"9" * 30),
    *(b"</row>", b"<c/>", b"<!DOCTYPE a>", b'r="XFD1048576"', b'r="-1"', b' t="s"', b' t="e"'),
    b'number-rows-repeated="99999999"',
]
ROUNDS = 60


def changed(content, chance):
    """Some bytes flipped, put in, taken out, repeated or cut off."""
    content = bytearray(content)
    for _ in range(chance.choice([1, 1, 1, 2, 5, 20])):
        at = chance.randrange(len(content) + 1)
        kind = chance.choice("flip flip flip insert delete repeat truncate".split())
        if kind == "flip" and at < len(content):
            content[at] = chance.randrange(256)
        elif kind == "insert":
            content[at:at] = chance.choice(PIECES)
        elif kind == "delete":
            del content[at : at + chance.randrange(1, 60)]
        elif kind == "repeat":
            content[at:at] = content[at : at + chance.randrange(1, 400)]
        elif kind == "truncate" and chance.random() < 0.2:
            del content[at:]
    return bytes(content)


def damaged(content, chance):
    """A file changed as it is, or in one of the parts that it packs."""
    if not content.startswith(b"PK") or chance.random() < 0.3:
        return changed(content, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in parts if parts[name]])
    parts[name] = damaged(parts[name], chance)
    if chance.random() < 0.05:
        del parts[chance.choice(list(parts))]
    return books.packed(parts)


def survives(name, chance, folder):
    """Open a damaged file; how often it could be read all the same."""
    path = folder / name
    path.write_bytes(damaged(SEEDS[name], chance))
    start = time.process_time()
    try:
        found = tables(grids(path))
    except InputError as error:
        assert error.faults and all(fault.what and fault.remedy for fault in error.faults)
        return 0
    finally:
        assert time.process_time() - start < 20
    assert found and all(table.rows for table in found)
    return 1


@pytest.mark.parametrize("name", SEEDS)
def test_damage_gives_tables_or_a_fault(name, tmp_path):
    read = sum(survives(name, random.Random(f"{name} {seed}"), tmp_path) for seed in range(ROUNDS))
    assert 0 < read < ROUNDS or not name.endswith(".xlsx")


@pytest.mark.slow
@pytest.mark.parametrize("name", SEEDS)
def test_much_damage_gives_tables_or_a_fault(name, tmp_path):
    for seed in range(ROUNDS, ROUNDS + 300):
        survives(name, random.Random(f"{name} {seed}"), tmp_path)


def test_damaged_text_from_the_clipboard():
    for seed in range(100):
        text = changed(books.CSV.replace(";", "\t").encode(), random.Random(seed)).decode("latin-1")
        try:
            assert tables(pasted(text))
        except InputError as error:
            assert error.faults

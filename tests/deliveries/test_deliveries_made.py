"""The made deliveries: making again gives the same, and what must come out of them is sound.

Making again needs no LibreOffice: its files are read and compared cell by cell with what they were made of.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import shutil
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from tests.deliveries import figures, making, reading
from tests.deliveries.areas import AREAS
from tests.deliveries.delivery import Delivery, Made
from tests.deliveries.sheets import Book, Sheet

EACH = pytest.mark.parametrize("delivery", making.DELIVERIES, ids=lambda delivery: delivery.folder)
#: A value of the long table: a number with a decimal comma or a sign of the contract.
VALUE = re.compile(r"\d+(,\d+)?|[.*/…x-]")
DAYS = {"stichtag": ["31.12."], "jahr": ["31.12."], "schuljahr": ["01.08."], "monat": ["30.06.", "30.09.", "31.12."]}
MERKMALE = {row["merkmal"]: row for row in figures.rows(figures.DATA / "merkmale.csv")}
ANSWERS = {"spalten", "merkmale", "gebiete", "zeichen", "stichtage"}
LARGEST = 60_000
NEEDS_OFFICE = pytest.mark.skipif(making.converter() is None, reason="braucht LibreOffice (soffice)")


@cache
def files(delivery_folder: str) -> list[tuple[Path, Made]]:
    """The committed files of a delivery with what they are made of."""
    delivery = next(d for d in making.DELIVERIES if d.folder == delivery_folder)
    folder = making.FOLDER / delivery.folder
    return [(folder / f"{name}.{delivery.suffix}", made) for name, made in delivery.files()]


def said(file: Path) -> str:
    """All that a file says, as one text."""
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as packed:
            return "\n".join(packed.read(name).decode("cp1252") for name in packed.namelist())
    if file.suffix in (".csv", ".txt"):
        raw = file.read_bytes()
        if raw.startswith(b"\xff\xfe"):
            return raw.decode("utf-16")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return raw.decode("cp1252")
    cells = reading.workbook(file)[0]
    return "\n".join([*cells, *(str(cell) for rows in cells.values() for row in rows for cell in row)])


@EACH
def test_making_again_gives_the_same_content(delivery: Delivery) -> None:
    for file, made in files(delivery.folder):
        assert making.same(file, made), f"python -m tests.deliveries.making {delivery.folder}"
    for name, text in making.texts(delivery).items():
        assert (making.FOLDER / delivery.folder / name).read_text(encoding="utf-8") == text


def test_there_are_twenty_and_nothing_lies_beside_them() -> None:
    assert len(making.DELIVERIES) == 20
    made = {d.folder: {*making.texts(d), *(file.name for file, _ in files(d.folder))} for d in making.DELIVERIES}
    found = {f.name: {file.name for file in f.iterdir()} for f in making.FOLDER.glob("[0-9]*") if f.is_dir()}
    assert found == made
    assert sum("folgejahr_erwartet.csv" in names for names in made.values()) >= 6


@EACH
def test_files_are_small_and_say_that_figures_are_invented(delivery: Delivery) -> None:
    for file, _ in files(delivery.folder):
        assert file.stat().st_size <= LARGEST
        assert "erfundene zahlen" in said(file).lower()


@EACH
def test_what_must_come_out_keeps_to_the_contract(delivery: Delivery) -> None:
    areas = {area.id for area in AREAS}
    for _, made in files(delivery.folder):
        assert made.expected
        for (raum, merkmal, day), value in made.expected.items():
            assert raum in areas
            assert day[:6] in DAYS[MERKMALE[merkmal]["zeitbezug"]]
            assert VALUE.fullmatch(value), value


@EACH
def test_parts_sum_to_their_wholes(delivery: Delivery) -> None:
    for _, made in files(delivery.folder):
        for (raum, whole, day), value in made.expected.items():
            for parts in figures.partitions().get(whole, []):
                found = [made.expected.get((raum, part, day), "") for part in parts]
                if all(part.isdigit() for part in [value, *found]):
                    assert sum(map(int, found)) == int(value), (raum, whole, day)


@EACH
def test_years_that_are_shipped_differ_in_one_value_at_most(delivery: Delivery) -> None:
    for _, made in files(delivery.folder):
        known = {key: value for key, value in made.expected.items() if int(key[2][-4:]) <= 2007}
        shipped = {year: figures.year(year) for year in {int(key[2][-4:]) for key in known}}
        before = {key: str(shipped[int(key[2][-4:])].get(key, value)) for key, value in known.items()}
        assert sum(before[key] != value for key, value in known.items()) <= 1


@EACH
def test_a_person_answers_three_questions_at_most(delivery: Delivery) -> None:
    text = (making.FOLDER / delivery.folder / "antworten.yml").read_text(encoding="utf-8")
    answers: dict[str, Any] = yaml.safe_load(text)
    assert answers.pop("hinweise")
    assert answers.keys() <= ANSWERS
    assert sum(map(len, answers.values())) <= 3
    if delivery.suffix != "zip":
        content = said(files(delivery.folder)[0][0])
        words = [part for kind in answers.values() for heading in kind for part in heading.split(", ")]
        assert [word for word in words if word not in content] == []


def test_the_table_lists_every_delivery() -> None:
    text = (making.FOLDER / "LIESMICH.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\d\d_\w+)`", text, re.MULTILINE) == [d.folder for d in making.DELIVERIES]


def test_expected_tables_are_sorted_and_complete() -> None:
    for delivery in making.DELIVERIES:
        for file, made in files(delivery.folder):
            name = "erwartet.csv" if file.stem == "lieferung" else "folgejahr_erwartet.csv"
            read = list(csv.reader(io.StringIO((file.parent / name).read_text(encoding="utf-8")), delimiter=";"))
            assert read[0] == ["raum_id", "merkmal", "stichtag", "wert"]
            assert {tuple(row[:3]): row[3] for row in read[1:]} == made.expected
            assert [row[:2] for row in read[1:]] == sorted(row[:2] for row in read[1:])


# -- the guard itself ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["01_arbeitslose_ba", "04_schulanmeldungen", "06_hilfen_erziehung"])
def test_a_changed_cell_and_a_changed_layout_are_found(folder: str) -> None:
    file, made = files(folder)[0]
    assert isinstance(made.content, Book)
    sheet = made.content.sheets[-1]
    for changed in (
        Sheet(sheet.name, [[*sheet.rows[0], "mehr"], *sheet.rows[1:]], sheet.merged),
        dataclasses.replace(sheet, hidden_rows=[2]),
        dataclasses.replace(sheet, hidden_columns=[1]),
        dataclasses.replace(sheet, merged=["A1:B1"]),
    ):
        other = Book([*made.content.sheets[:-1], changed])
        assert not making.same(file, Made(other, made.expected))


def test_a_changed_text_is_found(tmp_path: Path) -> None:
    file, made = files("02_einwohner_alter")[0]
    copied = Path(shutil.copy(file, tmp_path))
    assert making.same(copied, made)
    copied.write_bytes(file.read_bytes().replace(b"\r\n", b"\n"))
    assert not making.same(copied, made)
    assert not making.same(tmp_path / "fehlt.csv", made)


def test_formulas_have_no_results_and_days_count_from_1904() -> None:
    book = openpyxl.load_workbook(files("13_beschaeftigte_ba")[0][0], data_only=True)
    shown = [book.worksheets[0].cell(6, column).value for column in (3, 4)]
    assert shown == [None, figures.value("sr_city", "svb_w", "30.06.2008")]
    assert openpyxl.load_workbook(files("10_sozialhilfe_blaetter")[0][0]).epoch.year == 1904


@NEEDS_OFFICE
@pytest.mark.parametrize("folder", ["06_hilfen_erziehung", "09_einkommen"])
def test_libreoffice_makes_the_same_content(tmp_path: Path, folder: str) -> None:
    delivery = next(d for d in making.DELIVERIES if d.folder == folder)
    making.write(delivery, tmp_path)
    for file, made in files(folder):
        assert making.same(tmp_path / folder / file.name, made)

"""Making: writes all deliveries (``python -m tests.deliveries.making``), the same each time.

Files are written only where what they hold has changed; those of Excel 97 and OpenDocument by LibreOffice.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import yaml

from tests.deliveries import (
    benefits,
    children,
    dwellings,
    labour,
    population,
    reading,
    residents,
)  # fmt: skip
from tests.deliveries.delivery import Delivery, Made
from tests.deliveries.sheets import Book, xlsx

FOLDER = Path(__file__).resolve().parent
#: Formats that LibreOffice makes from Excel's.
CONVERTED = ("xls", "ods")
DELIVERIES: list[Delivery] = sorted(
    (d for module in (benefits, children, dwellings, labour, population, residents) for d in module.DELIVERIES),
    key=lambda delivery: delivery.folder,
)


def converter() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice")


def content(made: Made) -> bytes:
    """The bytes of what is made; of what is converted those before."""
    return xlsx(made.content) if isinstance(made.content, Book) else made.content


def same(file: Path, made: Made) -> bool:
    """Whether a file holds what is made: the same cells and layout of a workbook, members of an archive, bytes."""
    if not file.exists():
        return False
    if isinstance(made.content, Book):
        return reading.workbook(file) == (made.content.grid(), made.content.layout())
    if file.suffix == ".zip":
        return _members(file.read_bytes()) == _members(made.content)
    return file.read_bytes() == made.content


def _members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def texts(delivery: Delivery) -> dict[str, str]:
    """What lies beside the files, by name: the tables that must come out, the answers."""
    names = {"lieferung": "erwartet.csv", "folgejahr": "folgejahr_erwartet.csv"}
    answers = yaml.safe_dump(delivery.answers, allow_unicode=True, sort_keys=False, width=110)
    return {names[name]: made.table() for name, made in delivery.files()} | {"antworten.yml": answers}


def write(delivery: Delivery, folder: Path = FOLDER) -> None:
    """Writes the folder of one delivery; raises FileNotFoundError where LibreOffice is needed and absent."""
    target = folder / delivery.folder
    target.mkdir(parents=True, exist_ok=True)
    for name, text in texts(delivery).items():
        (target / name).write_text(text, encoding="utf-8", newline="\n")
    for name, made in delivery.files():
        file = target / f"{name}.{delivery.suffix}"
        if same(file, made):
            continue
        if delivery.suffix not in CONVERTED:
            file.write_bytes(content(made))
            continue
        if not (program := converter()):
            raise FileNotFoundError(f"soffice, for {file}")
        with tempfile.TemporaryDirectory() as place:
            (source := Path(place, f"{name}.xlsx")).write_bytes(content(made))
            command = [program, f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to"]
            subprocess.run([*command, delivery.suffix, "--outdir", target, source], check=True, capture_output=True)


if __name__ == "__main__":
    for each in DELIVERIES:
        if not sys.argv[1:] or each.folder in sys.argv[1:]:
            write(each)
            print(each.folder)

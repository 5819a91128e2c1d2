"""A copy of the small city that a test may break."""

import json
import shutil
from pathlib import Path

import pytest

from sozialbericht.data.contract import load
from sozialbericht.data.tableset import Tables
from sozialbericht.faults import Fault, InputError

STADT = Path(__file__).parent.parent / "stadt"


class City:
    """A data folder with ways to break it and to read what is then said about it."""

    def __init__(self, folder):
        self.folder = folder

    def edit(self, file, old, new, count=1):
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    def append(self, file, *lines):
        with (self.folder / file).open("a", encoding="utf-8") as stream:
            stream.writelines(line + "\n" for line in lines)

    def lines(self, file):
        return (self.folder / file).read_text(encoding="utf-8").splitlines()

    def row(self, file, start):
        """The number of the first line that begins so, as an editor counts."""
        return next(n for n, line in enumerate(self.lines(file), start=1) if line.startswith(start))

    def describe(self, change):
        """Change the descriptor with a function of it."""
        path = self.folder / "datapackage.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def resource(self, name, **entries):
        self.describe(lambda d: next(r for r in d["resources"] if r["name"] == name).update(entries))

    def load(self) -> Tables:
        return load(self.folder)

    def faults(self) -> list[Fault]:
        with pytest.raises(InputError) as error:
            load(self.folder)
        for fault in error.value.faults:
            assert str(fault)
        return error.value.faults

    def fault(self) -> Fault:
        """The only fault, with its file relative to the folder."""
        faults = self.faults()
        assert len(faults) == 1, "\n".join(map(str, faults))
        return faults[0]


@pytest.fixture
def city(tmp_path):
    folder = tmp_path / "stadt"
    shutil.copytree(STADT, folder)
    return City(folder)


@pytest.fixture(scope="session")
def tables():
    return load(STADT)

"""A file has its old content or its new one, its rights, and nothing beside it."""

import os
import stat

import pytest

from sozialbericht.data import files


def test_a_new_content_keeps_the_rights(tmp_path):
    path = tmp_path / "neu" / "a.csv"
    files.put(path, b"eins")
    path.chmod(0o640)
    files.put(path, b"zwei")
    assert path.read_bytes() == b"zwei"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_private_file_is_its_owners_alone(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(b"offen")
    files.put(path, b"privat", private=True)
    assert path.read_bytes() == b"privat"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_whatever_goes_wrong_the_file_is_as_it_was(tmp_path, monkeypatch, failing):
    path = tmp_path / "a.csv"
    path.write_bytes(b"alt")

    def no(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if failing == "fsync" else files.Path, failing, no)
    with pytest.raises(OSError, match="No space"):
        files.put(path, b"neu")
    assert path.read_bytes() == b"alt"
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]

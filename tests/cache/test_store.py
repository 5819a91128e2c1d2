"""The store on disk: what is not exactly what was written is a miss."""

import hashlib
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.cache.store import DAYS, Store, folder_of
from sozialbericht.digests import digest

KEY, OTHER = digest("eins"), digest("zwei")


@pytest.fixture
def store(tmp_path):
    return Store(folder_of(tmp_path))


def entry(store, key=KEY):
    return store.folder / key[:2] / key[2:]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"Arbeit\0\xff", b"x" * 1_000_000])
def test_what_is_put_is_got(store, content):
    assert store.get(KEY) is None
    store.put(KEY, content)
    assert store.get(KEY) == content
    assert store.get(OTHER) is None
    assert Store(store.folder).get(KEY) == content


def test_a_second_content_replaces_the_first(store):
    store.put(KEY, b"alt")
    store.put(KEY, b"neu")
    assert store.get(KEY) == b"neu"
    assert len(list(store.folder.rglob("*"))) == 2, "nothing unfinished is left"


def test_a_damaged_file_of_a_folder_is_kept_anew(store, tmp_path):
    made = tmp_path / "gesetzt"
    made.mkdir()
    (made / "bericht.pdf").write_bytes(b"%PDF")
    store.put_folder(KEY, made)
    path = entry(store, hashlib.sha256(b"%PDF").hexdigest())
    path.write_bytes(path.read_bytes()[:-1])
    assert not store.get_folder(KEY, tmp_path / "neu")
    assert not path.exists()
    store.put_folder(KEY, made)
    assert store.get_folder(KEY, tmp_path / "neu")
    assert (tmp_path / "neu" / "bericht.pdf").read_bytes() == b"%PDF"


@given(cut=st.integers(0, 400), flipped=st.integers(0, 400), bit=st.integers(0, 7))
def test_no_damage_gets_through(tmp_path_factory, cut, flipped, bit):
    store = Store(tmp_path_factory.mktemp("cache"))
    store.put(KEY, bytes(range(256)))
    whole = entry(store).read_bytes()
    if cut < len(whole):
        entry(store).write_bytes(whole[:cut])
        assert store.get(KEY) is None
    if flipped < len(whole):
        entry(store).write_bytes(whole[:flipped] + bytes([whole[flipped] ^ 1 << bit]) + whole[flipped + 1 :])
        assert store.get(KEY) is None
    entry(store).write_bytes(whole + b"x")
    assert store.get(KEY) is None


@pytest.mark.parametrize("content", [b"", b"\n", b"\n\n\n", b"sozialbericht 1\n", b"PK\x03\x04", b"{}", b"\xff" * 500])
def test_foreign_files_are_misses(store, content):
    store.put(KEY, b"Inhalt")
    entry(store).write_bytes(content)
    assert store.get(KEY) is None
    store.put(KEY, b"wieder da")
    assert store.get(KEY) == b"wieder da"


def test_another_entry_s_content_under_this_name_is_a_miss(store):
    store.put(OTHER, b"das andere")
    entry(store).parent.mkdir(exist_ok=True)
    entry(store).write_bytes(entry(store, OTHER).read_bytes())
    assert store.get(KEY) is None


def test_an_entry_that_cannot_be_read_is_a_miss(store, monkeypatch):
    store.put(KEY, b"Inhalt")

    def refuse(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert store.get(KEY) is None


def test_a_folder_in_the_place_of_an_entry(store):
    entry(store).mkdir(parents=True)
    (entry(store) / "etwas").touch()
    assert store.get(KEY) is None
    store.put(KEY, b"Inhalt")
    assert store.get(KEY) is None
    assert [p.name for p in entry(store).parent.iterdir()] == [KEY[2:]]


def test_a_disk_that_is_full_leaves_nothing_behind(store, monkeypatch):
    store.put(KEY, b"alt")

    def full(self, content):
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    store.put(KEY, b"neu")
    assert store.get(KEY) == b"alt"
    assert len(list(store.folder.rglob("*"))) == 2


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "build").touch()
    store = Store(folder_of(tmp_path))
    store.put(KEY, b"Inhalt")
    assert store.get(KEY) is None
    assert store.clear() == 0


def test_without_a_folder_nothing_is_kept(tmp_path):
    store = Store(None)
    store.put(KEY, b"Inhalt")
    (tmp_path / "a").write_text("a")
    store.put_folder(OTHER, tmp_path)
    store.prune()
    assert store.get(KEY) is None
    assert not store.get_folder(OTHER, tmp_path / "neu")
    assert store.clear() == 0


def test_many_writers_of_one_entry(store):
    contents = [bytes([n]) * 200_000 for n in range(8)]
    seen = []

    def work(content):
        for _ in range(10):
            Store(store.folder).put(KEY, content)
            seen.append(Store(store.folder).get(KEY))

    threads = [threading.Thread(target=work, args=(c,)) for c in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 80
    assert set(seen) <= set(contents), "always one of them, whole"


def test_what_was_not_asked_for_longest_goes_first(store):
    keys = [digest(str(n)) for n in range(6)]
    for age, key in enumerate(keys, start=1):
        store.put(key, os.urandom(10_000))
        past = entry(store, key).stat().st_mtime - age * 100
        os.utime(entry(store, key), (past, past))
    assert store.get(keys[5]), "asked for: now the youngest"
    store.prune(limit=25_000)
    assert [key in (keys[0], keys[5]) for key in keys] == [store.get(key) is not None for key in keys]


def test_old_entries_and_unfinished_ones_go(store):
    store.put(KEY, b"alt")
    store.put(OTHER, b"neu")
    unfinished = entry(store, OTHER).with_name("abc.1234")
    unfinished.touch()
    old = entry(store).stat().st_mtime - (DAYS + 1) * 86400
    os.utime(entry(store), (old, old))
    os.utime(unfinished, (old, old))
    store.prune()
    assert (store.get(KEY), store.get(OTHER)) == (None, b"neu")
    assert not unfinished.exists()


def test_clearing_counts(store):
    store.put(KEY, b"1")
    store.put(OTHER, b"2")
    assert store.clear() == 2
    assert not store.folder.exists()
    assert store.clear() == 0


def test_folders(store, tmp_path):
    made = tmp_path / "gesetzt"
    (made / "html" / "bilder").mkdir(parents=True)
    (made / "bericht.pdf").write_bytes(b"%PDF")
    (made / "html" / "ein Name mit Ä.svg").write_text("<svg/>")
    (made / "html" / "bilder" / "b.svg").write_text("<svg/>")
    store.put_folder(KEY, made)
    assert store.get_folder(KEY, tmp_path / "neu")
    found = {p.relative_to(tmp_path / "neu"): p.read_bytes() for p in (tmp_path / "neu").rglob("*") if p.is_file()}
    assert found == {p.relative_to(made): p.read_bytes() for p in made.rglob("*") if p.is_file()}
    entry(store, hashlib.sha256(b"%PDF").hexdigest()).unlink()
    assert not store.get_folder(KEY, tmp_path / "wieder")
    assert not (tmp_path / "wieder").exists()


@pytest.mark.skipif(os.name != "posix", reason="Rechte gibt es so nur unter POSIX")
def test_nobody_else_can_look_into_a_store(tmp_path):
    """Neither into a new one nor into one that an earlier version has made."""
    old = tmp_path / "alt"
    old.mkdir(mode=0o755)
    for folder in (tmp_path / "build" / ".cache", old):
        Store(folder).put(KEY, b"Inhalt")
        assert folder.stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "build").stat().st_mode & 0o055, "reports are for everybody"

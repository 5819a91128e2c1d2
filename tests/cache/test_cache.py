"""The store of the cache: what is not exactly what was written is a miss."""

import hashlib
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.cache.store import DAYS, Cache, folder_of
from sozialbericht.digests import digest

KEY, OTHER = digest("eins"), digest("zwei")


@pytest.fixture
def cache(tmp_path):
    return Cache(folder_of(tmp_path))


def entry(cache, key=KEY):
    return cache.folder / key[:2] / key[2:]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"Arbeit\0\xff", b"x" * 1_000_000])
def test_what_is_put_is_got(cache, content):
    assert cache.get(KEY) is None
    cache.put(KEY, content)
    assert cache.get(KEY) == content
    assert cache.get(OTHER) is None
    assert Cache(cache.folder).get(KEY) == content


def test_a_second_content_replaces_the_first(cache):
    cache.put(KEY, b"alt")
    cache.put(KEY, b"neu")
    assert cache.get(KEY) == b"neu"
    assert len(list(cache.folder.rglob("*"))) == 2, "nothing unfinished is left"


def test_a_damaged_file_of_a_folder_is_kept_anew(cache, tmp_path):
    made = tmp_path / "gesetzt"
    made.mkdir()
    (made / "bericht.pdf").write_bytes(b"%PDF")
    cache.put_folder(KEY, made)
    path = entry(cache, hashlib.sha256(b"%PDF").hexdigest())
    path.write_bytes(path.read_bytes()[:-1])
    assert not cache.get_folder(KEY, tmp_path / "neu")
    assert not path.exists()
    cache.put_folder(KEY, made)
    assert cache.get_folder(KEY, tmp_path / "neu")
    assert (tmp_path / "neu" / "bericht.pdf").read_bytes() == b"%PDF"


@given(cut=st.integers(0, 400), flipped=st.integers(0, 400), bit=st.integers(0, 7))
def test_no_damage_gets_through(tmp_path_factory, cut, flipped, bit):
    cache = Cache(tmp_path_factory.mktemp("cache"))
    cache.put(KEY, bytes(range(256)))
    whole = entry(cache).read_bytes()
    if cut < len(whole):
        entry(cache).write_bytes(whole[:cut])
        assert cache.get(KEY) is None
    if flipped < len(whole):
        entry(cache).write_bytes(whole[:flipped] + bytes([whole[flipped] ^ 1 << bit]) + whole[flipped + 1 :])
        assert cache.get(KEY) is None
    entry(cache).write_bytes(whole + b"x")
    assert cache.get(KEY) is None


@pytest.mark.parametrize("content", [b"", b"\n", b"\n\n\n", b"sozialbericht 1\n", b"PK\x03\x04", b"{}", b"\xff" * 500])
def test_foreign_files_are_misses(cache, content):
    cache.put(KEY, b"Inhalt")
    entry(cache).write_bytes(content)
    assert cache.get(KEY) is None
    cache.put(KEY, b"wieder da")
    assert cache.get(KEY) == b"wieder da"


def test_another_entry_s_content_under_this_name_is_a_miss(cache):
    cache.put(OTHER, b"das andere")
    entry(cache).parent.mkdir(exist_ok=True)
    entry(cache).write_bytes(entry(cache, OTHER).read_bytes())
    assert cache.get(KEY) is None


def test_an_entry_that_cannot_be_read_is_a_miss(cache, monkeypatch):
    cache.put(KEY, b"Inhalt")

    def refuse(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert cache.get(KEY) is None


def test_a_folder_in_the_place_of_an_entry(cache):
    entry(cache).mkdir(parents=True)
    (entry(cache) / "etwas").touch()
    assert cache.get(KEY) is None
    cache.put(KEY, b"Inhalt")
    assert cache.get(KEY) is None
    assert [p.name for p in entry(cache).parent.iterdir()] == [KEY[2:]]


def test_a_disk_that_is_full_leaves_nothing_behind(cache, monkeypatch):
    cache.put(KEY, b"alt")

    def full(self, content):
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    cache.put(KEY, b"neu")
    assert cache.get(KEY) == b"alt"
    assert len(list(cache.folder.rglob("*"))) == 2


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "build").touch()
    cache = Cache(folder_of(tmp_path))
    cache.put(KEY, b"Inhalt")
    assert cache.get(KEY) is None
    assert cache.clear() == 0


def test_without_a_folder_nothing_is_kept(tmp_path):
    cache = Cache(None)
    cache.put(KEY, b"Inhalt")
    (tmp_path / "a").write_text("a")
    cache.put_folder(OTHER, tmp_path)
    cache.prune()
    assert cache.get(KEY) is None
    assert not cache.get_folder(OTHER, tmp_path / "neu")
    assert cache.clear() == 0


def test_many_writers_of_one_entry(cache):
    contents = [bytes([n]) * 200_000 for n in range(8)]
    seen = []

    def work(content):
        for _ in range(10):
            Cache(cache.folder).put(KEY, content)
            seen.append(Cache(cache.folder).get(KEY))

    threads = [threading.Thread(target=work, args=(c,)) for c in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 80
    assert set(seen) <= set(contents), "always one of them, whole"


def test_what_was_not_asked_for_longest_goes_first(cache):
    keys = [digest(str(n)) for n in range(6)]
    for age, key in enumerate(keys, start=1):
        cache.put(key, os.urandom(10_000))
        past = entry(cache, key).stat().st_mtime - age * 100
        os.utime(entry(cache, key), (past, past))
    assert cache.get(keys[5]), "asked for: now the youngest"
    cache.prune(limit=25_000)
    assert [key in (keys[0], keys[5]) for key in keys] == [cache.get(key) is not None for key in keys]


def test_old_entries_and_unfinished_ones_go(cache):
    cache.put(KEY, b"alt")
    cache.put(OTHER, b"neu")
    unfinished = entry(cache, OTHER).with_name("abc.1234")
    unfinished.touch()
    old = entry(cache).stat().st_mtime - (DAYS + 1) * 86400
    os.utime(entry(cache), (old, old))
    os.utime(unfinished, (old, old))
    cache.prune()
    assert (cache.get(KEY), cache.get(OTHER)) == (None, b"neu")
    assert not unfinished.exists()


def test_clearing_counts(cache):
    cache.put(KEY, b"1")
    cache.put(OTHER, b"2")
    assert cache.clear() == 2
    assert not cache.folder.exists()
    assert cache.clear() == 0


def test_folders(cache, tmp_path):
    made = tmp_path / "gesetzt"
    (made / "html" / "bilder").mkdir(parents=True)
    (made / "bericht.pdf").write_bytes(b"%PDF")
    (made / "html" / "ein Name mit Ä.svg").write_text("<svg/>")
    (made / "html" / "bilder" / "b.svg").write_text("<svg/>")
    cache.put_folder(KEY, made)
    assert cache.get_folder(KEY, tmp_path / "neu")
    found = {p.relative_to(tmp_path / "neu"): p.read_bytes() for p in (tmp_path / "neu").rglob("*") if p.is_file()}
    assert found == {p.relative_to(made): p.read_bytes() for p in made.rglob("*") if p.is_file()}
    entry(cache, hashlib.sha256(b"%PDF").hexdigest()).unlink()
    assert not cache.get_folder(KEY, tmp_path / "wieder")
    assert not (tmp_path / "wieder").exists()

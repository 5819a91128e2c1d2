"""Texts of a run: held while it lasts, stored for later ones, unless the program has changed meanwhile."""

import pytest
from text_stores import Words

from sozialbericht.cache.keys import Keys
from sozialbericht.cache.store import Store
from sozialbericht.cache.textstore import Entry, TextStore


@pytest.fixture
def opened(tmp_path):
    """A new run over the same entries; ``now`` is the code on disk when it ends."""

    def go(folder=tmp_path / "store", now="1"):
        inputs = Words()
        inputs.again = lambda: Words(code=now)
        return TextStore(Store(folder), Keys(inputs))

    return go


def test_what_others_have_said_is_stored_at_once(opened):
    opened().put("a" * 64, "Text")
    assert opened().get("a" * 64) == "Text"
    assert opened().get("b" * 64) is None


def test_what_the_program_makes_is_stored_at_the_end(opened):
    store = opened()
    entry = Entry(store, "a" * 64)
    assert entry.get() is None
    entry.put("Text")
    assert entry.get() == "Text"
    assert opened().get("a" * 64) is None, "not yet"
    store.close()
    assert opened().get("a" * 64) == "Text"


def test_not_if_the_program_has_changed_meanwhile(opened):
    store = opened(now="2")
    Entry(store, "a" * 64).put("Text")
    store.close()
    assert opened().get("a" * 64) is None


def test_without_a_folder_texts_last_as_long_as_the_run(opened):
    store = opened(folder=None)
    store.put("a" * 64, "Text")
    Entry(store, "b" * 64).put("Eigenes")
    store.close()
    assert (store.get("a" * 64), store.get("b" * 64)) == ("Text", "Eigenes")
    assert opened(folder=None).get("a" * 64) is None


def test_an_entry_without_a_store_is_never_there():
    entry = Entry(None)
    entry.put("Text")
    assert entry.get() is None

"""Texts that are told by their words: page and audit read what was written; what has something too much is refused."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import browser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.audit.readers import textfiles, unpacking
from sozialbericht.web.entry import wordlist
from sozialbericht.web.entry.wordlist import Wordlist

TEXTS = st.lists(st.text(st.sampled_from("abü \n\t\u00a0–12,.“"), max_size=40), max_size=6)


@given(TEXTS)
def test_texts_are_read_as_they_were_written(texts: list[str]) -> None:
    made = Wordlist(texts)
    told = [made.told(text) for text in texts]
    read = unpacking.Words(made.words)
    assert [read.text(one) for one in told] == texts
    read.close()
    assert json.dumps(told) == json.dumps(told).replace("\\", "")  # no letter needs two


def many() -> list[str]:
    """Texts of so many words that the rarest have four letters."""
    words = [f"w{n}" for n in range(45_000)]
    return [" ".join(words), "\n".join(words[:60] * 2), "", " x–1,0–2,0\u00a0%\t", "w44999 w3000 w54 w53"]


def test_words_of_one_to_four_letters() -> None:
    texts = many()
    made = Wordlist(texts)
    told = [made.told(text) for text in texts]
    read = unpacking.Words(made.words)
    assert [read.text(one) for one in told] == texts
    assert {len(code) for code in islice(wordlist.codes(), 45_000)} == {1, 2, 3, 4}


def test_the_page_reads_what_was_written() -> None:
    texts = many()
    made = Wordlist(texts)
    with browser.browser() as chromium:
        page = chromium.new_page()
        page.add_script_tag(path=Path("report/web/seite.js"))
        read = page.evaluate(
            "([words, told]) => told.map(Seite.entpackt(words))", [made.words, [made.told(text) for text in texts]]
        )
    assert read == texts


#: What an index must not have, and what is said of it.
TOO_MUCH = {
    "kein": lambda made: made | {"woerter": f"{made['woerter']} 0,2"},
    "zweimal": lambda made: made | {"woerter": f"{made['woerter']} Hafen"},
    "ohne Buchstaben": lambda made: made | {"woerter": f"{made['woerter']} "},
    "oder keines": lambda made: made | {"woerter": made["woerter"].replace("Hafen", "Ha\nfen")},
    "nicht in der Liste": lambda made: made | {"texte": [["a.html", "", "Z~"]]},
    "mitten in einem Wort": lambda made: made | {"texte": [["a.html", "", "Z"]]},
    "keine gepackte": lambda made: made | {"texte": [["a.html", "", "ä"]]},
    "unbekanntem Eintrag": lambda made: made | {"roh": ["0,2"]},
    "unpack": lambda made: made | {"texte": [[*made["texte"][0], "0,2"]]},
}


@pytest.mark.parametrize("plant", TOO_MUCH)
def test_an_index_with_something_too_much_is_not_published(plant: str) -> None:
    words = Wordlist(["Hafen", "Hafen 17"])
    index = [["a.html", words.told("Hafen"), words.told("Hafen 17")]]
    made = {"format": "suche", "woerter": words.words, "texte": index}

    def read(content: object) -> list[str]:
        script = f"window.suchdaten = {json.dumps(content)};\n".encode()
        return [passage.text for passage in textfiles.read_script(script, "suchdaten.js").passages]

    assert "text: Hafen 17" in read(made)
    with pytest.raises(ValueError, match=plant):
        read(TOO_MUCH[plant](made))

"""Glossary and abbreviations: of the general terms those that a report uses, and always the city's own."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.data import contract
from sozialbericht.fitting import termlist
from sozialbericht.fitting.termlist import Termlist, mentions
from sozialbericht.wording import textwords

ROOT = Path(__file__).resolve().parents[2]
LIST = """# Glossar {#sec-glossar .nur-vorkommende}

Aktionsraum
:   Ein Gebiet.

Bruch
:   Anders gezählt.

[k-Means]{lang=en}
:   Ein Verfahren.

95-%-Bereich
:   Ein Bereich.
"""


@pytest.mark.parametrize(
    ("term", "text", "used"),
    [
        ("Aktionsraum", "In den Aktionsräumen wohnen viele.", True), ("Aktionsraum", "Die Aktion im Raum.", False),
        ("Arbeitslose", "Langzeitarbeitslosigkeit", True), ("Erkennbar abweichen", "was erkennbar abweicht", True),
        ("Jugendquotient, Altenquotient", "der Altenquotient", True), ("SGB", "nach dem SGB II", True),
        ("SGB", "nach dem SGBX", False), ("BA", "Bahnhof, BALD", False), ("Alg, Alg II", "Algen", False),
        ("LDS NRW", "Quelle: LDS NRW", True), ("ZEFIR", "zefir", False), ("95-%-Bereich", "der 95-%-Bereich", True),
    ],
)  # fmt: skip
def test_what_a_text_uses(term: str, text: str, used: bool) -> None:
    assert mentions(text, term) is used


@given(st.text(alphabet="abcdefgäöüß -", max_size=30), st.sampled_from(["Sozialwohnung", "Stand", "Typ"]))
def test_a_term_is_found_wherever_it_stands(around: str, term: str) -> None:
    assert mentions(f"{around} {term} {around}", term)


def stage(folder: Path, told: str) -> Path:
    (folder / "glossar.qmd").write_text(LIST, encoding="utf-8")
    (folder / "index.qmd").write_text("# Vorn\n", encoding="utf-8")
    cell = {"cell_type": "code", "source": ["bruch = 1"], "outputs": [{"data": {"text/markdown": [told]}}]}
    (folder / "kapitel.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    return folder


def test_only_what_the_chapters_say_and_the_citys_own(tmp_path: Path) -> None:
    own = {"glossar": {"Bezirk*": "Ein <b>Teil</b> (@sec-teile).", "k-Means": "Anders."}}
    termlist.settle(stage(tmp_path, "Zwei Aktionsräume, mit k-Means."), own)
    text = (tmp_path / "glossar.qmd").read_text(encoding="utf-8")
    found = Termlist(text)
    assert text.startswith("# Glossar {#sec-glossar}\n")
    assert [*found.entries] == ["Aktionsraum", "Bezirk&#42;", "k-Means"]
    assert found.entries["k-Means"] == "Anders."
    assert found.entries["Bezirk&#42;"].endswith("(@sec-teile).") and "<b>" not in text


def test_a_term_of_another_language_is_found_by_its_words(tmp_path: Path) -> None:
    termlist.settle(stage(tmp_path, "Zum Schluss k-Means."), {})
    found = Termlist((tmp_path / "glossar.qmd").read_text(encoding="utf-8"))
    assert [*found.entries] == ["[k-Means]{lang=en}"]


def test_an_excerpt_keeps_all_terms(tmp_path: Path) -> None:
    termlist.settle(stage(tmp_path, ""), {}, whole=False)
    text = (tmp_path / "glossar.qmd").read_text(encoding="utf-8")
    assert Termlist(text).entries == Termlist(LIST).entries and ".nur-vorkommende" not in text


@pytest.mark.parametrize("name", termlist.OWN)
def test_the_shipped_lists_are_in_order_and_of_no_city(name: str) -> None:
    levels = contract.load(ROOT / "data").ebenen
    text = textwords.filled((ROOT / "report" / f"{name}.qmd").read_text(encoding="utf-8"), levels, model=True)
    own = getattr(contract.load(ROOT / "data").settings, name)
    assert str(Termlist(text)) == text and own
    assert not [word for word in ("Dortmund", "ZEFIR", "Aktionsplan", "ARGE", "NRW") if word in text]


SIGNS = st.text("aAbB1äß_.+*?([{|^$\\-# \n\u00a0&/\u0301", max_size=6)


@given(SIGNS.filter(lambda term: len(term) < 4 or any(sign in term for sign in "AB1")), st.lists(SIGNS, max_size=9))
def test_an_abbreviation_stands_as_it_is_between_what_is_no_letter(term: str, parts: list[str]) -> None:
    """Whatever signs it begins with, ends with or consists of; said here without a pattern."""

    def letter(sign: str) -> bool:
        return sign.isalnum() or sign == "_"

    text = term.join(parts)
    if not termlist._abbreviated(term):
        return
    ends = ((at, at + len(term)) for at in range(len(text) + 1) if text.startswith(term, at))
    alone = any(not letter(text[a - 1 : a]) and not letter(text[z : z + 1]) for a, z in ends)
    assert bool(termlist._pattern(term).search(text)) == alone

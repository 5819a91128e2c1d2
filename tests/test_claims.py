"""Every shipped notebook, run in this process for three years: its comparing sentences hold by their intervals, and it
can be read with other numbers, too; a planted false claim is found.
"""

from __future__ import annotations

import re

import pytest
from claims_walk import COMPARING, ROOT, TOLD, UNTOLD, Heard, deviation_of, listening, run

from sozialbericht.bericht import Bericht
from sozialbericht.checking.lint import check_text
from sozialbericht.position import Position
from sozialbericht.stitching import crossref
from sozialbericht.stitching.crossref import Document
from sozialbericht.stitching.pandoc import parse
from sozialbericht.wording.values import Aenderung
from sozialbericht.writing import prose
from sozialbericht.writing.blocks import Block

YEARS = (2005, 2006, 2007)
CHAPTERS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
QUICK = {"00_kurzfassung", "03_arbeitslosigkeit", "07_erziehungshilfe", "09_bildung"}
AREAS = ("sr_hafen", "sr_wickede", "sr_hoerde", "sr_kirchhoerde_loettringhausen_luecklemberg")
#: What must never be printed: a computer's words for no number, an unfilled field, doubled blanks or stops.
BROKEN = re.compile(
    r"\bnan\b|\bNone\b|\binf\b|\bTrue\b|\bFalse\b|\{\w+[.?#}]|(?<! )  (?! )\S|(?<!\.)\.\.(?!\.)| ,|\(\)"
)


def cases() -> list[object]:
    return [
        pytest.param(year, name, marks=() if year == 2006 and name in QUICK else pytest.mark.slow)
        for year in YEARS
        for name in CHAPTERS
    ]


def parameters(year: int) -> dict[str, object]:
    return {"jahr": year, "vergleichsjahr": year - 1}


@pytest.mark.parametrize(("year", "name"), cases())
def test_a_chapter_claims_what_holds_and_can_be_read(
    year: int, name: str, monkeypatch: pytest.MonkeyPatch, shown: list[Block]
) -> None:
    heard = listening(monkeypatch)
    run(heard, name, parameters(year), shown)
    assert heard.false() == []
    assert heard.unfounded() == []
    text = "\n\n".join(heard.texts)
    assert check_text(name, text) == []
    document = Document(f"{name}.html", False, crossref.outline(parse(text)))
    crossref.number_chapters([document])
    _, faults = crossref.targets([document])
    assert [f for f in faults if "ohne Nummer" not in f.what] == []
    text = re.sub(r"\{(?:stadt|mitte|unten)\.[^{}]*\}", "Wort", text)  # the words of levels come at assembly
    plain = re.sub(r"\{[^{}]*\}|^\|.*$", "", text, flags=re.M)
    found = [plain[max(0, m.start() - 40) : m.end() + 20] for m in BROKEN.finditer(plain)]
    assert found == []


@pytest.mark.parametrize(
    ("year", "area"),
    [pytest.param(y, a, marks=() if (y, a) == (2006, "sr_hafen") else pytest.mark.slow) for y in YEARS for a in AREAS],
)
def test_a_profile_claims_what_holds(year: int, area: str, monkeypatch: pytest.MonkeyPatch, shown: list[Block]) -> None:
    heard = listening(monkeypatch)
    run(heard, "profil/sozialraum", {**parameters(year), "raum": area}, shown)
    assert heard.false() == []
    assert heard.unfounded() == []


def test_a_planted_false_claim_is_found(monkeypatch: pytest.MonkeyPatch, shown: list[Block]) -> None:
    """If the printed difference alone chose the words, the walk would name Gymnasium and Hilfen zur Erziehung."""

    def printed(change: Aenderung) -> int:
        difference = change._difference()
        return (difference > 0) - (difference < 0)

    heard = listening(monkeypatch)
    monkeypatch.setattr(Aenderung, "richtung", property(printed))
    for name in ("07_erziehungshilfe", "09_bildung"):
        run(heard, name, parameters(2006), shown)
    assert len(heard.false()) >= 2
    assert any("Standardfehlern" in line for line in heard.false())


@pytest.mark.parametrize(
    "typed",
    [
        "Die Quote ist gegenüber dem Vorjahr gestiegen.",
        "Den höchsten Anteil hat der Stadtbezirk Hörde.",
        "Am niedrigsten ist er in den Sozialräumen Wambel und Husen.",
        "In allen zwölf Stadtbezirken nahm die Zahl der Hilfen zu.",
    ],
)
def test_a_typed_claim_is_found(typed: str) -> None:
    heard = Heard(texts=[f"Ein Satz davor. {typed}"])
    assert COMPARING.search(typed)
    assert heard.unfounded() == [typed]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("indicator", ["al_rate", "hze_rate", "ueb_gymnasium", "sgb2_quote", "normalgewicht"])
def test_in_how_many_areas_it_has_risen(year: int, indicator: str) -> None:
    b = Bericht(year, year - 1, ROOT / "data")
    for level in (b.ebenen.mitte, b.ebenen.unten):
        for area in b.raeume(level).index:
            change = b.aenderung(indicator, str(area))
            if not change.ok or change.lage == Position.UNKNOWN:
                continue
            deviation = deviation_of(change)
            assert deviation is not None
            if change.richtung:
                assert abs(deviation) >= TOLD
                assert (deviation > 0) == (change.richtung > 0)
            else:
                assert abs(deviation) < UNTOLD
        counted = [prose.gebiete_mit(b, indicator, sign, level) for sign in (1, -1, 0)]
        assert sum(counted) in (0, len(b.raeume(level)))

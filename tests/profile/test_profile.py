"""Profiles on the small city: head, key figures, judgement, series, comparison, what is not shown."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.checking import lint
from sozialbericht.findings import ranges, strengths
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.profile import comparisontable, development, pages, remarks, rows
from sozialbericht.wording import judgement
from sozialbericht.writing.blocks import Block

Shown = Callable[..., Block]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Call a method of the pen and return the block that it displays; fails where it displays none or several."""

    def call(method: Callable[..., None], *given: Any, **named: Any) -> Block:
        blocks: list[Block] = []
        monkeypatch.setattr("sozialbericht.writing.blocks.display", blocks.append)
        method(*given, **named)
        assert len(blocks) == 1
        assert lint.check_text("Ausgabe", blocks[0].markdown) == []
        return blocks[0]

    return call


def test_head_names_place_people_and_rank(b: Bericht, shown: Shown) -> None:
    block = shown(
        partial(pages.profilkopf, b),
        "sr_bahnhof",
        "Quote {p.wert}: {p}.",
        bevoelkerung="ew",
        p=rows.rangplatz(b, "arbeitslosenquote", "sr_bahnhof"),
    )
    text = block.markdown
    assert text.startswith('# Bahnhofsviertel {#sec-profil-sr-bahnhof .unnumbered nummer="3"}')
    assert f"Stadtbezirk Nord · {b.zahl('ew', 'sr_bahnhof').anzahl}{NBSP}Personen · Name erschlossen" in text
    assert "der zweithöchste Wert unter den sechs Sozialräumen" in text
    assert b.wert("arbeitslosenquote", "sr_bahnhof").zahl in text
    assert "Angrenzende Sozialräume: Hafen" in text
    assert set(block.pictures) == {"profil-sr-bahnhof-lage.svg"}


def test_head_of_a_district_has_no_number(b: Bericht, shown: Shown) -> None:
    text = shown(partial(pages.profilkopf, b), "sb_nord", "Kopf.", bevoelkerung="ew").markdown
    assert text.startswith('# Nord {#sec-profil-sb-nord .unnumbered nummer=""}')
    assert "Stadtbezirk mit drei Sozialräumen" in text


def test_key_figures_stand_beside_the_city(b: Bericht, shown: Shown) -> None:
    text = shown(
        partial(pages.profilzahlen, b), "sr_muehlenberg", "arbeitslosenquote", "hilfequote", "einkommensindex"
    ).markdown
    value, city = b.wert("arbeitslosenquote", "sr_muehlenberg"), b.wert("arbeitslosenquote")
    assert f'wert="{value.zahl}" einheit="%"' in text
    assert f"{value.anzahl} Personen\\\nSeptember 2006\\\nMusterstadt {city}" in text
    assert 'wert="." einheit=""' in text and "geheim gehalten\\\nMusterstadt" in text
    assert f"Musterstadt = {b.wert('einkommensindex').zahl}" in text


def test_no_type_and_no_status_in_a_city_of_few_areas(b: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sozialbericht.writing.blocks.display", lambda block: pytest.fail("nichts zu sagen"))
    pages.einordnung(b, "sr_hafen")


def test_judgement_says_when_there_is_nothing(b: Bericht, shown: Shown) -> None:
    text = shown(partial(pages.urteile, b), "sr_hafen").markdown
    assert all(f"- {sentence}" in text for sentence in strengths.belastungen(b, "sr_hafen"))
    assert strengths.staerken(b, "sr_hafen") == []
    assert "2006 ist kein Merkmal erkennbar günstiger als in der Stadt." in text and "Chancen" not in text
    plain = shown(partial(pages.urteile, b), "sr_altstadt").markdown
    assert "Kein Indikator ist erkennbar ungünstiger als in der Stadt." in plain


def test_series_end_at_the_values_of_the_report(b: Bericht, shown: Shown) -> None:
    rows = {"ew": "Bevölkerung", "arbeitslosenquote": "Quote in %", "hilfequote": "Hilfen"}
    text = shown(
        partial(development.entwicklung_und_alter, b), "sr_hafen", rows, frauen="ew_w", maenner="ew_m"
    ).markdown
    assert f"2006: {b.zahl('ew', 'sr_hafen').anzahl}" in text
    assert f"2006: {b.wert('arbeitslosenquote', 'sr_hafen').zahl}" in text
    breaks = [str(cut["ab"].year) for _, cut in b.brueche("arbeitslosenquote").iterrows()]
    assert breaks and all(f"Bruch {year}" in text for year in breaks)


def cells(block: Block) -> list[list[str]]:
    """The rows of the block's table, without the marks."""
    lines = [line for line in block.markdown.splitlines() if line.startswith("|")]
    plain = [re.sub(r"\[([^\]]*)\]\{[^}]*\}|\*\*|\u200b", r"\1", line) for line in lines]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in plain]


def test_comparison_tells_every_value_or_why_it_is_not_there(b: Bericht, shown: Shown) -> None:
    block = shown(partial(comparisontable.profilvergleich, b), "sr_muehlenberg")
    table = {row[0]: row[1:] for row in cells(block)}
    for indicator in rows.profilindikatoren(b):
        value, city = b.wert(indicator, "sr_muehlenberg"), b.wert(indicator)
        found = table[rows.mit_einheit(b, indicator)]
        assert found[0] == (value.zahl if value.ok else ".")
        assert found[2] == city.zahl
        assert found[5] == (judgement.told(value.wert.position) if value.ok else "geheim gehalten")
        if not value.ok:
            assert [found[k] for k in (1, 3, 4, 6)] == [""] * 4, "neither bounds nor rank nor trend"
    assert b.wert("hilfequote", "sr_muehlenberg").wert.status == "withheld"
    assert "mit veröffentlichtem Wert" in block.markdown and "„.“ geheim gehalten" in block.markdown
    assert 'seite="neu"' in block.markdown
    assert len(block.pictures) == 1


def test_ranks_count_from_the_most_favourable_value_with_their_range(b: Bericht) -> None:
    found = {}
    for area in b.raeume().index:
        for line in comparisontable.lines(b, str(area)):
            found.setdefault(line.indicator, {})[str(area)] = line
    for indicator, lines in found.items():
        table = b.daten(indicator)
        worse_is_higher = b.indikator(indicator)["richtung"] == "belastung"
        ranks = table["wert"].rank(ascending=worse_is_higher, method="min")
        for area, line in lines.items():
            assert line.rank == (0 if table["wert"].isna()[area] else int(ranks[area]))
            assert line.first <= line.rank <= line.last or (line.first, line.last) == (0, 0)
            assert (line.first > 0) == (line.rank > 0 and math.isfinite(line.spine.lower))


def test_a_rank_range_says_nothing_of_a_withheld_area(b: Bericht) -> None:
    """Ranks and ranges count the areas with a value, and no others."""
    table = b.daten("alo_u25_anteil")
    found = ranges.rangspannen(b, "alo_u25_anteil")
    hidden = table["wert"].isna()
    assert hidden.sum() == 2 and (found[hidden.to_numpy()] == 0).all(axis=None)
    assert found["bis"].max() <= (~hidden).sum() and found["rang"].max() <= (~hidden).sum()
    turned = ranges.guenstigste_zuerst(found, -1)
    assert (turned[hidden.to_numpy()] == 0).all(axis=None)
    assert ranges.guenstigste_zuerst(turned, -1)[["von", "bis"]].equals(found[["von", "bis"]])
    assert ranges.guenstigste_zuerst(found, 0).equals(found)


def test_trends_are_arrows(b: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {Position.ABOVE: "↗", Position.WITHIN: "→", Position.BELOW: "↘", Position.UNKNOWN: "x"}
    for position, arrow in told.items():
        monkeypatch.setattr("sozialbericht.findings.ranges.verlaeufe", lambda *_, given=position: {"sr_hafen": given})
        shown = [line for line in comparisontable.lines(b, "sr_hafen") if line.spine.status == "ok"]
        assert {line.cells()[-1] for line in shown} == {arrow}


def test_stands_are_told_once_where_they_agree(b: Bericht, shown: Shown) -> None:
    text = shown(partial(comparisontable.profilvergleich, b), "sr_hafen").markdown
    for indicator in rows.profilindikatoren(b):
        assert b.wert(indicator, "sr_hafen").stand in text
    assert text.count("Stände: ") == 1


def test_what_is_not_shown_has_its_reason(b: Bericht, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(partial(remarks.profilhinweise, b), "sr_muehlenberg").markdown
    assert f"{rows.mit_einheit(b, 'hilfequote')}: geheim gehalten." in text
    monkeypatch.setattr("sozialbericht.writing.blocks.display", lambda block: pytest.fail("nichts zu sagen"))
    remarks.profilhinweise(b, "sr_hafen")


def test_reading_example_is_true(b: Bericht) -> None:
    for area in map(str, b.raeume().index):
        told, lines = remarks.spannenbeispiel(b, area), comparisontable.lines(b, area)
        ranged = [line for line in lines if line.last > line.first]
        widest = max((line.last - line.first for line in ranged), default=0)
        rank = re.search(r": Rang\u00a0(\d+), doch .* zwischen (\d+) und (\d+) mit", told)
        assert bool(rank) == bool(ranged)
        if rank:
            assert int(rank[3]) - int(rank[2]) == widest
            assert any((line.rank, line.first, line.last) == tuple(map(int, rank.groups())) for line in ranged)
        sides = {line.spine.side() for line in lines} - {0}
        point = re.search(r"Der Punkt liegt (links|rechts) .* erkennbar (ungünstiger|günstiger)", told)
        assert bool(point) == bool(sides)
        if point:
            side = {"links": -1, "rechts": 1}[point[1]]
            assert side in sides and (point[2] == "günstiger") == (side > 0)


def test_table_of_a_district(b: Bericht, shown: Shown) -> None:
    text = shown(partial(remarks.tabelle_profil, b), "sb_nord").markdown
    rows = [line for line in text.splitlines() if line.startswith("|")]
    names = ["Altstadt", "Hafen", "Bahnhofsviertel", "Stadtbezirk Nord", "Musterstadt"]
    assert [re.sub(r"\[(.*?)\]\{raum=\w+\}", r"\1", row.split("|")[1].strip()) for row in rows[2:]] == names
    assert b.wert("arbeitslosenquote", "sr_hafen").zahl in rows[3]
    assert b.wert("arbeitslosenquote", "sb_nord").zahl in rows[5]


def test_rank_in_words(b: Bericht) -> None:
    order = [w.wert.area for w in b.hoechste("arbeitslosenquote", 6)]
    ranks = [rows.rangplatz(b, "arbeitslosenquote", area) for area in order]
    assert [r.platz for r in ranks] == [1, 2, 3, 4, 5, 6]
    spans = [f"(95-%-Bereich des Rangs: {rows.rankspan(r.erster, r.letzter)})" for r in ranks]
    assert str(ranks[0]) == f"der höchste Wert unter den sechs Sozialräumen {spans[0]}"
    assert str(ranks[5]) == f"der niedrigste Wert unter den sechs Sozialräumen {spans[5]}"
    assert str(ranks[4]) == f"der zweitniedrigste Wert unter den sechs Sozialräumen {spans[4]}"
    income = rows.rangplatz(b, "einkommensindex", order[0])
    assert str(income).endswith("(kein Intervall)")
    assert [rows.rankspan(*span) for span in ((0, 0), (3, 3), (3, 12))] == ["", "3", "3–12"]
    assert ranks[0].richtung == 1 and ranks[5].richtung == -1
    hidden = rows.rangplatz(b, "hilfequote", "sr_muehlenberg")
    assert hidden.platz == 0 and hidden.von == 5
    assert b.satz("{p}", "geheim", p=hidden) == "geheim"


def test_balance_counts_the_sides(b: Bericht) -> None:
    for area in b.raeume().index:
        judged = [r for r in rows.spannen(b, str(area)) if r.direction and r.status == "ok"]
        told = rows.bilanzsatz(b, str(area))
        assert f" {len(judged)} bewerteten Indikatoren" in told
        assert ("ist ein Unterschied" in told) == all(r.side() == 0 for r in judged)


def test_a_rank_has_its_range(b: Bericht) -> None:
    for area in b.raeume().index:
        place = rows.rangplatz(b, "arbeitslosenquote", str(area))
        assert 1 <= place.erster <= place.platz <= place.letzter <= place.von == 6
    income = rows.rangplatz(b, "einkommensindex", "sr_hafen")
    assert income.platz and (income.erster, income.letzter) == (0, 0)


def test_above_and_below_the_city_is_said_where_it_can_be_told(b: Bericht) -> None:
    for area in b.raeume().index:
        place = rows.rangplatz(b, "arbeitslosenquote", str(area))
        assert place.richtung == place.wert.wert.position.sign
    said = b.satz("{p?über|unter|im Bereich}", "nicht zu sagen", p=rows.rangplatz(b, "einkommensindex", "sr_hafen"))
    assert said == "nicht zu sagen"

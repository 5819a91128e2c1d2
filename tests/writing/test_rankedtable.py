"""The ranked table: order, cells, what is withheld, indicators without intervals, more areas than a page holds."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.checking.lint import check_text
from sozialbericht.findings.indicator import Indikator
from sozialbericht.position import Position
from sozialbericht.stitching import pandoc
from sozialbericht.wording import intervalwords, judgement
from sozialbericht.writing.blocks import Block
from sozialbericht.writing.rankedtable import ENDS, MOST, Rankedtable, in_order, rows_for_a_page

FILTER = Path(__file__).parents[2] / "report" / "filter" / "bericht.lua"


def rows(block: Block) -> list[list[str]]:
    """The cells of the table, without the marks."""
    lines = [line for line in block.markdown.splitlines() if line.startswith("|")]
    plain = [re.sub(r"\[([^\]]*)\]\{[^}]*\}|\*\*", r"\1", line) for line in lines]
    cells = [[cell.strip().replace("\u00a0", " ") for cell in line.strip("|").split("|")] for line in plain]
    return [cells[0], *cells[2:]]


def test_rows_begin_at_the_burdened_end(b: Bericht, shown: list[Block]) -> None:
    b.rangfolge("arbeitslosenquote")
    head, *table = rows(shown[0])
    assert head == ["Sozialraum", "Wert", "95-%-Bereich", "zum Stadtwert"]
    values = b.daten("arbeitslosenquote").sort_values("wert", ascending=False)
    assert [row[0].partition(" ")[2] for row in table] == list(values["kurzname"])
    for row, (area, found) in zip(table, values.iterrows(), strict=True):
        value = b.wert("arbeitslosenquote", str(area))
        assert row[0].startswith(f"{int(found['nummer'])} ")
        assert row[1:] == [
            value.zahl, intervalwords.span(found["unten"], found["oben"], 1), judgement.told(Position(found["lage"])),
        ]  # fmt: skip
    assert "oben das belastete Ende" in shown[0].markdown


def test_a_chance_begins_with_its_lowest_value(b: Bericht) -> None:
    values = Indikator(b, "arbeitslosenquote").werte
    assert list(in_order(values, 1)["wert"]) == sorted(values["wert"])
    assert list(in_order(values, 0)["wert"]) == sorted(values["wert"], reverse=True)


def test_what_is_withheld_stands_at_the_end_with_sign_and_word(b: Bericht, shown: list[Block]) -> None:
    b.rangfolge("alo_u25_anteil")
    table = rows(shown[0])
    assert [row[1:] for row in table[-2:]] == [[".", "", "geheim gehalten"]] * 2
    hidden = b.daten("alo_u25_anteil").query("status == 'withheld'").index
    assert all(f"{{raum={area}}}" in shown[0].markdown for area in hidden), "they are named all the same"


def test_without_intervals_there_are_values_only(b: Bericht, shown: list[Block]) -> None:
    b.rangfolge("einkommensindex")
    assert rows(shown[0])[0] == ["Sozialraum", "Wert"]
    assert "Kein Intervall (Mittelwert" in shown[0].markdown
    assert "Quadrat unter" not in shown[0].markdown and 'breite="52"' in shown[0].markdown


def test_table_and_picture_have_the_same_rows(b: Bericht, shown: list[Block]) -> None:
    b.rangfolge("arbeitslosenquote")
    heights = re.search(r'hoehen="([^"]*)"', shown[0].markdown)
    high = re.search(r'height="([\d.]+)mm"', shown[0].pictures["fig-arbeitslosenquote-rang.svg"])
    assert heights and high
    assert sum(map(float, heights[1].split())) + 6 == pytest.approx(float(high[1]), abs=0.01)
    assert len(heights[1].split()) == len(rows(shown[0]))
    assert set(shown[0].pictures) == {"fig-arbeitslosenquote-rang.svg"}


def test_both_stitchers_get_the_rows_and_the_judgement(b: Bericht, shown: list[Block]) -> None:
    b.rangfolge("arbeitslosenquote")
    assert check_text("x", shown[0].markdown) == []
    typst, html = (
        pandoc.write(pandoc.parse(shown[0].markdown, target=to, lua_filter=FILTER), ["-t", to, "--wrap=none"]).replace(
            "\n", ""
        )
        for to in ("typst", "html5")
    )
    assert "#bildtafel((1fr," in typst and "9mm, 4.2mm," in typst and "breite: 38mm" in typst
    assert "#nr[2]" in typst and '#lagewort("▲", [über], "minus")' in typst
    assert '<span class="wertung minus"><span class="zeichen">▲</span> über</span>' in html
    assert (
        '<tr style="height:1.428rem"><th' in html.replace("\n", "")
        and 'class="daneben" style="width:12.920rem"' in html
    )
    assert html.count("<table>") == html.count("</table>") == 1


@pytest.mark.parametrize(("count", "rows_"), [(MOST, MOST), (MOST + 1, 2 * ENDS + 1), (447, 2 * ENDS + 1)])
def test_more_areas_than_a_page_holds_show_both_ends(b: Bericht, count: int, rows_: int) -> None:
    one = Indikator(b, "arbeitslosenquote").werte.iloc[[0]]
    many = pd.concat([one] * count).assign(wert=range(count), kurzname=[f"Gebiet {n}" for n in range(count)])
    chosen = rows_for_a_page(in_order(many.set_axis([f"sr_{n}" for n in range(count)]), -1))
    assert len(chosen) == rows_
    if count > MOST:
        assert list(chosen["kurzname"])[ENDS] == f"… {count - 2 * ENDS} weitere"
        assert (chosen["kurzname"].iloc[0], chosen["kurzname"].iloc[-1]) == (f"Gebiet {count - 1}", "Gebiet 0")


def test_both_ends_become_a_table(b: Bericht, monkeypatch: pytest.MonkeyPatch, shown: list[Block]) -> None:
    monkeypatch.setattr("sozialbericht.writing.rankedtable.MOST", 5)
    monkeypatch.setattr("sozialbericht.writing.rankedtable.ENDS", 2)
    b.rangfolge("arbeitslosenquote")
    names = [row[0] for row in rows(shown[0])[1:]]
    assert names[2] == "… 2 weitere; Musterstadt 12,1 %" and len(names) == 5
    assert "dazwischen im Bild alle als Punkte; alle Werte stehen im Anhang." in shown[0].markdown
    assert Rankedtable(Indikator(b, "arbeitslosenquote"), b.daten("arbeitslosenquote")).ranged


def test_without_a_value_of_the_city_nothing_is_compared(tmp_path: Path, shown: list[Block]) -> None:
    data = Path(shutil.copytree(Path(__file__).parents[1] / "stadt", tmp_path / "data"))
    for path in (data / "werte").glob("*.csv"):
        with path.open("a", encoding="utf-8") as file:
            file.write(f"st_musterstadt;ew_u18;31.12.{path.stem};…\n")
    Bericht(2006, 2005, data).rangfolge("anteil_u18")
    head, *table = rows(shown[0])
    assert head == ["Sozialraum", "Wert", "95-%-Bereich"]
    assert len(table) == 6 and all(re.fullmatch(r"\d+,\d–\d+,\d", row[2]) for row in table)
    assert "Stadtwert" not in shown[0].markdown and "kein Intervall" not in shown[0].markdown

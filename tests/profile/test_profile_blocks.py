"""The blocks of a profile as both formats read them."""

from __future__ import annotations

from pathlib import Path

from sozialbericht.escaping import listed
from sozialbericht.order.project import profile_label
from sozialbericht.profile import panels
from sozialbericht.profile.panels import Heading, Title
from sozialbericht.stitching import pandoc
from sozialbericht.subjects.areasheets import areasheet
from sozialbericht.writing.blocks import Block, Layout, Picture

FILTER = Path(__file__).parents[2] / "report" / "filter" / "bericht.lua"
PICTURE = Picture("profil-sr-a-lage", "Lagekarte: „A“ liegt im Süden.", {"wide": "<svg/>"})


def raw(markdown: str, target: str) -> str:
    """The raw pieces that the filter makes of a text."""
    blocks = pandoc.parse(markdown, target=target, lua_filter=FILTER)
    return "\n".join(b["c"][1] for b in blocks if b["t"] == "RawBlock")


def test_head_carries_number_place_and_picture() -> None:
    block = panels.head(Title("sr_a_b", "A/B", "7", "Sozialraum", "Zeile · 5", "Lage"), PICTURE, "Absatz.")
    typst = raw(block.markdown, "typst")
    assert "#profilnummer.update([7])" in typst and "#profilkopf([Zeile · 5], [Lage], bild(" in typst
    html = raw(block.markdown, "html")
    assert "Sozialraum 7 · Zeile · 5" in html and 'alt="Lagekarte: „A“ liegt im Süden."' in html
    assert "profilnummer" not in html
    assert profile_label("sr_a_b") == "sec-profil-sr-a-b"
    assert "{#sec-profil-sr-a-b .unnumbered" in block.markdown


def test_a_profile_without_number_clears_that_of_the_one_before() -> None:
    block = panels.head(Title("sb_c", "C", "", "Stadtbezirk", "Zeile", "Lage"), PICTURE, "Absatz.")
    assert "#profilnummer.update([])" in raw(block.markdown, "typst")
    assert "Stadtbezirk  ·" not in raw(block.markdown, "html")


def test_columns_hold_their_parts_and_the_source_below() -> None:
    burdens = areasheet.verdict("Belastungen", "belastung", listed(["Eins.", "Zwei."]))
    strengths = areasheet.verdict("Chancen", "staerke", "Nichts.")
    block = panels.columns(burdens, strengths, source="Quelle.")
    typst = raw(block.markdown, "typst")
    assert typst.startswith("#zweispalten(\n[\n#urteil([Belastungen]")
    assert typst.count("#urteil(") == 2 and '"staerke"' in typst
    assert typst.index("#urteil([Chancen]") < typst.index("fuss: [") < typst.index("#quelle[")
    html = raw(block.markdown, "html")
    assert '<div class="urteil belastung"><h2>Belastungen</h2>' in html
    assert html.count("<div") == html.count("</div>") == 3
    assert "Nichts." in block.markdown and "- Zwei." in block.markdown


def test_figure_without_number_may_begin_a_page() -> None:
    content = Block(PICTURE.markdown(), "<svg/>", PICTURE.files())
    block = panels.framed(Heading("Vergleich", "A & B", "in %"), content, source="Quelle.", new_page=True)
    typst = raw(block.markdown, "typst")
    assert typst.startswith("#pagebreak(weak: true)") and "#profilbild([Vergleich], [A & B], [in %])[" in typst
    html = raw(block.markdown, "html")
    assert '<span class="nummer">Vergleich</span><span class="text"><strong>A &amp; B</strong> in %</span>' in html
    half = panels.figure(Heading("", "Alter"), PICTURE)
    assert 'class="profilbild halb"' in raw(half.markdown, "html")
    assert half.pictures == {"profil-sr-a-lage.svg": "<svg/>"}


def test_table_without_number() -> None:
    layout = Layout(columns="1fr 20mm", groups=(1,), wide=True)
    block = panels.table(
        Heading("Räume", "Titel"), ["Gebiet", "Ra|te"], [["A/B", "1,0"], ["Stadt", "."]], layout, "„.“ geheim."
    )
    typst = raw(block.markdown, "typst")
    assert "#tabelle((1fr, 20mm,)" in typst and "gruppen: (1,)" in typst
    assert "A/\u200bB" in block.markdown and "Ra\u00adte" in block.markdown
    assert 'class="tafel breit"' in raw(block.markdown, "html")


def test_sheet_of_terms() -> None:
    block = panels.sheet({"Typ": "**Typ 4**.", "Status": "Mittel."})
    assert "#datenblatt(unten: 4mm, \n([Typ], [" in raw(block.markdown, "typst")

"""A city whose levels have other names, and one without a level between:
everything asks the one place that knows them.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.cache.inputs import Inputs
from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.findings import tablestore
from sozialbericht.profile import comparisontable, pages, rows
from sozialbericht.writing.blocks import MEDIA_TYPE, Block

STADT = Path(__file__).parents[1] / "stadt"
WORD = re.compile("[Ss]ozialr(?:a|ä)um|[Ss]tadtbezirk")


def rename(folder: Path, names: dict[str, str]) -> None:
    """Give the levels other keys."""
    path = folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    areas = next(r for r in content["resources"] if r["name"] == "raeume")
    field = next(f for f in areas["schema"]["fields"] if f["name"] == "ebene")
    field["constraints"]["enum"] = [names[key] for key in field["constraints"]["enum"] if names[key]]
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    rows = (folder / "raeume.csv").read_text(encoding="utf-8").splitlines()
    head = rows[0].split(";")
    kind, above = head.index("ebene"), head.index("teil_von")
    kept = [rows[0]]
    for cells in (row.split(";") for row in rows[1:]):
        cells[kind] = names[cells[kind]]
        if cells[above] and not names["stadtbezirk"]:
            cells[above] = "st_musterstadt"
        cells[2] = cells[2].replace("Stadtbezirk ", "")
        if cells[kind]:
            kept.append(";".join(cells))
    (folder / "raeume.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    for file in [] if names["stadtbezirk"] else (folder / "werte").iterdir():
        rows = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join(row for row in rows if not row.startswith("sb_")) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Bericht:
    """Gemeinde, Bezirk, Quartier."""
    folder = tmp_path_factory.mktemp("gemeinde") / "data"
    shutil.copytree(STADT, folder)
    rename(folder, {"stadt": "gemeinde", "stadtbezirk": "bezirk", "sozialraum": "quartier"})
    return Bericht(2006, 2005, folder)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Bericht:
    """A city and its quarters, nothing between."""
    folder = tmp_path_factory.mktemp("zwei") / "data"
    shutil.copytree(STADT, folder)
    rename(folder, {"stadt": "stadt", "stadtbezirk": "", "sozialraum": "quartier"})
    return Bericht(2006, 2005, folder)


CALLS: dict[str, Callable[[Bericht], object]] = {
    "karte": lambda b: b.karte("arbeitslosenquote"),
    "rangfolge": lambda b: b.rangfolge("arbeitslosenquote"),
    "uebersichtskarte": lambda b: b.uebersichtskarte(id="fig-u", titel="Gliederung"),
    "tabelle_raeume": lambda b: b.tabelle_raeume(["arbeitslosenquote"], id="tbl-r", titel="R"),
    "tabelle_bezirke": lambda b: b.tabelle_bezirke(["arbeitslosenquote"], id="tbl-b", titel="B"),
    "indikatorenblatt": lambda b: b.anhang().blatt("arbeitslosenquote"),
    "profilkopf": lambda b: pages.profilkopf(b, 
        "sr_hafen", "{w}.", bevoelkerung="ew", w=b.wert("arbeitslosenquote", "sr_hafen")
    ),
    "profilvergleich": lambda b: comparisontable.profilvergleich(b, "sr_hafen"),
    "urteile": lambda b: pages.urteile(b, "sr_hafen"),
    "lagesatz": lambda b: b.text(b.lagesatz("arbeitslosenquote")),
    "rang": lambda b: b.text("{p}.", p=rows.rangplatz(b, "arbeitslosenquote", "sr_hafen")),
    "wo": lambda b: b.text("{w.Wo} sind es {w}.", w=b.wert("arbeitslosenquote", "sr_hafen")),
    "punkte": lambda b: b.streudiagramm("arbeitslosenquote", "anteil_u18", id="fig-s", titel="S"),
}


def told(blocks: list[Block]) -> str:
    """Markdown, pictures and previews of what was put out."""
    return "\n".join(
        "\n".join([str(b._repr_mimebundle_()[MEDIA_TYPE]["markdown"]), *b.pictures.values()]) for b in blocks
    )


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_other_names_are_used_everywhere(three: Bericht, call: Callable[[Bericht], object], shown: list[Block]) -> None:
    call(three)
    assert shown and not WORD.search(told(shown))


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_city_without_a_level_between(two: Bericht, call: Callable[[Bericht], object], shown: list[Block]) -> None:
    call(two)
    assert shown and not WORD.search(told(shown))


def test_without_a_level_between_the_table_lists_all_areas(two: Bericht, shown: list[Block]) -> None:
    CALLS["tabelle_raeume"](two)
    assert all(name in told(shown) for name in two.raeume()["kurzname"])


def test_the_numbers_are_those_of_the_city_with_the_usual_names(three: Bericht, two: Bericht, b: Bericht) -> None:
    for other in (three, two):
        assert other.stadt == b.stadt and other.stadtname == b.stadtname
        assert len(other.daten("arbeitslosenquote")) == len(b.raeume()) == 6
        for area in (None, *b.raeume().index):
            assert str(other.wert("arbeitslosenquote", area)) == str(b.wert("arbeitslosenquote", area))
    assert list(three.raeume(three.ebenen.mitte).index) == list(b.raeume(b.ebenen.mitte).index)
    assert two.raeume(two.ebenen.mitte).empty
    assert three.wert("arbeitslosenquote", "sr_hafen").wo == "im Quartier Hafen"
    assert three.wert("arbeitslosenquote", "sb_nord").wo == "im Bezirk Nord"
    assert three.wert("arbeitslosenquote").wo == "in Musterstadt"


def test_an_unknown_level_is_named_with_the_nearest(three: Bericht) -> None:
    with pytest.raises(InputError, match="Meinten Sie „quartier“"):
        three.daten("arbeitslosenquote", "quartiere")


def test_a_level_without_words_is_refused_with_the_line_to_add(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(STADT, folder)
    rename(folder, {"stadt": "stadt", "stadtbezirk": "bezirk", "sozialraum": "kiez"})
    with pytest.raises(InputError, match=r"kiez: \{einzahl: …") as caught:
        contract.load(folder)
    assert "bericht.yml" in str(caught.value)
    (folder / "bericht.yml").write_text(
        "ebenen:\n  kiez: {einzahl: Kiez, mehrzahl: Kieze, geschlecht: m}\n", encoding="utf-8"
    )
    assert contract.load(folder).ebenen.unten.dativ == "Kiezen"


def test_words_of_a_level_are_text(tmp_path: Path, shown: list[Block]) -> None:
    folder = tmp_path / "data"
    shutil.copytree(STADT, folder)
    words = "einzahl: '*S* [x](y) <b>', mehrzahl: '*S* <b>', geschlecht: m"
    (folder / "bericht.yml").write_text(f"ebenen:\n  sozialraum: {{{words}}}\n", encoding="utf-8")
    b = Bericht(2006, 2005, folder)
    b.text(b.lagesatz("arbeitslosenquote"), "{w.wo}", w=b.wert("arbeitslosenquote", "sr_hafen"))
    b.text(b.gebietssatz("arbeitslosenquote", b.ebenen.unten))
    assert "<b>" not in told(shown) and "[x](y)" not in told(shown) and "*S*" not in told(shown)


# -- one answer -------------------------------------------------------------------------------------------------


def test_neighbours_of_the_table_count_everywhere(tmp_path: Path, shown: list[Block]) -> None:
    folder = tmp_path / "data"
    shutil.copytree(STADT, folder)
    assert len(Bericht(2006, 2005, folder).nachbarn()) > 1
    (folder / "nachbarn.csv").write_text("raum_id_a;raum_id_b\nsr_hafen;sr_altstadt\n", encoding="utf-8")
    b = Bericht(2006, 2005, folder)
    assert b.nachbarn() == b._tables.neighbours == {("sr_altstadt", "sr_hafen")}
    pages.profilkopf(b, "sr_hafen", "A.", bevoelkerung="ew")
    assert "Angrenzende Sozialräume: Altstadt." in told(shown)


def test_one_digest_knows_a_folder_in_the_process_and_in_the_cache(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(STADT, folder)
    elsewhere = tmp_path / "werte"
    (folder / "werte").rename(elsewhere)
    (folder / "werte").symlink_to(elsewhere, target_is_directory=True)
    seen = set()
    for text in ("", "\n", "x"):
        path = elsewhere / "2006.csv"
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
        digest = tablestore.key_of(folder)[1]
        assert digest == Inputs(tmp_path).data(folder)
        seen.add(digest)
    assert len(seen) == 3, "what lies behind a link is content, too"

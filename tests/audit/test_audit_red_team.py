"""The red team: a leak planted in each channel, and each is named by the audit; the honest publication has none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import small_publication as small
import typst

from sozialbericht.audit.cells import Shown
from sozialbericht.audit.verdict import Result, audit
from sozialbericht.cache.inputs import Inputs
from sozialbericht.cache.runcache import RunCache
from sozialbericht.cache.store import Store

AREA, NAME = "sr_lindenhof", "Lindenhof"
TITLE = "Anteil der unter 25-Jährigen an den Arbeitslosen"
CHART = "html/bilder/fig-alo-u25-anteil-rang.web.svg"
MAP = "html/bilder/fig-alo-u25-anteil-karte.web.svg"


@pytest.fixture(scope="module")
def data() -> Shown:
    return small.tables()


@pytest.fixture
def folder(tmp_path: Path, data: Shown) -> Path:
    return small.publish(tmp_path / "2006", data)


def named(result: Result) -> set[str]:
    """The files in which something was found."""
    found = {statement.file for statement in (*result.leaks, *result.unassigned)}
    return found | {picture.file for picture in result.traitors} | set(result.unread)


def swap(file: str, old: str, new: str) -> Callable[[Path], None]:
    """A leak: one text in a file in place of another."""

    def plant(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        small.write(folder / file, text.replace(old, new, 1))

    return plant


def test_the_honest_publication_says_nothing(folder: Path, data: Shown) -> None:
    result = audit([folder], data)
    assert named(result) == set()
    assert result.files == 8
    assert not [picture for picture in result.pictures if picture.kind == "ungerundet"]


PLANTS = {
    "SVG coordinate": (
        CHART, swap(CHART, "</svg>", '<use href="#punkt" x="111.45" y="90" style="fill:#07566a"/></svg>'),
    ),
    "SVG coordinate of a bar": (
        CHART, swap(CHART, "</svg>", '<rect x="20" y="84" width="10" height="8" style="fill:#a24019"/></svg>'),
    ),
    "class on the map": (MAP, swap(MAP, "fill:#ffffff", "fill:#f3edd7")),
    "legend count": (MAP, swap(MAP, '<text x="90" y="50">1<', '<text x="90" y="50">2<')),
    "class bound": (MAP, swap(MAP, "1,0 bis unter 2,0", "0,2 bis unter 2,0")),
    "title of a picture": (CHART, swap(CHART, ": Rangfolge", f": Rangfolge. {NAME} 0,2")),
    "words in a picture": (CHART, swap(CHART, f">{NAME}<", f">{NAME} 0,2<")),
    "metadata of a picture": (
        CHART, swap(CHART, "</title>", f"</title><metadata>{AREA} alo_u25_anteil 0.1908</metadata>"),
    ),
    "comment in a picture": (CHART, swap(CHART, "</title>", f"</title><!-- {AREA} alo_u25: 1 -->")),
    "table cell": ("html/tabellen.html", swap("html/tabellen.html", "<td>.</td>", "<td>0,2</td>")),
    "data attribute": (
        "html/tabellen.html", swap("html/tabellen.html", "<td>.</td>", '<td data-wert="0.19083969">.</td>'),
    ),
    "hidden text": (
        "html/tabellen.html", swap("html/tabellen.html", "<td>.</td>", "<td>.<span hidden>0,19</span></td>"),
    ),
    "comment": (
        "html/tabellen.html", swap("html/tabellen.html", "</body>", f"<!-- {TITLE}: {NAME} 0,2 --></body>"),
    ),
    "alternative text": (
        "html/tabellen.html", swap("html/tabellen.html", "Karte: Am", f"Karte: {NAME} 0,2 %. Am"),
    ),
    "count in a sentence": (
        "html/tabellen.html",
        swap("html/tabellen.html", "</body>", f"<p>In {NAME} gab es 1 Arbeitslose unter 25 Jahren.</p></body>"),
    ),
    "rank": (
        "html/tabellen.html",
        swap("html/tabellen.html", "</body>", f"<p>Mühlenberg: {TITLE} 0,0 (Rang 6).</p></body>"),
    ),
    "rank of the withheld area": (
        "html/tabellen.html", swap("html/tabellen.html", "</body>", f"<p>{NAME}: {TITLE}, Rang 5.</p></body>"),
    ),
    "metadata of the page": (
        "html/tabellen.html", swap("html/tabellen.html", "Alle Gebiete.", f"{NAME}: alo_u25 1"),
    ),
    "CSV": ("html/daten.csv", swap("html/daten.csv", f"{AREA};alo_u25_anteil;.", f"{AREA};alo_u25_anteil;0,2")),
    "search index": (
        "html/suchdaten.js", swap("html/suchdaten.js", f"{NAME}: geheim gehalten", f"{NAME}: 0,2 %"),
    ),
    "manifest": ("manifest.json", swap("manifest.json", '"schema"', f'"{AREA} alo_u25": 1, "schema"')),
}  # fmt: skip


@pytest.mark.parametrize("channel", PLANTS)
def test_a_planted_leak_is_named(folder: Path, data: Shown, channel: str) -> None:
    file, plant = PLANTS[channel]
    plant(folder)
    assert file in named(audit([folder], data))


@pytest.mark.parametrize(
    ("told", "leak"),
    [
        ("und 1 weitere", False), ("(sehr klein) und 1 weitere", False), ("und 1 weitere haben keinen Wert", False),
        ("und 1 weitere Arbeitslose", True), ("1 weitere", True), ("und 999 weitere", True),
    ],
)  # fmt: skip
def test_a_list_of_areas_that_ends_with_how_many_others_is_none(
    folder: Path, data: Shown, told: str, leak: bool
) -> None:
    file = "html/tabellen.html"
    swap(file, "</body>", f"<p>Ohne Wert für {TITLE}: Mühlenberg, {NAME} {told}.</p></body>")(folder)
    assert (file in named(audit([folder], data))) is leak


DOCUMENTS = {
    "text": (f"In {NAME} lag der {TITLE} bei 0,2 %.", ""),
    "table": (f"#table(columns: 2, [Sozialraum], [{TITLE}], [{NAME}], [0,2])", ""),
    "alternative text": (f'#figure(rect(), alt: "{TITLE}: {NAME} 0,2 %", caption: [Bild])', ""),
    "hidden by its colour": (f"#text(fill: white)[{NAME}: {TITLE} 0,2]", ""),
    "metadata": ("", f'#set document(keywords: ("{AREA} alo_u25 1",))'),
    "attachment": (f'#pdf.attach("daten.csv", bytes("{AREA};alo_u25;1"))', ""),
}


@pytest.mark.parametrize("channel", DOCUMENTS)
def test_a_leak_in_the_pdf_is_named(folder: Path, data: Shown, channel: str) -> None:
    more, head = DOCUMENTS[channel]
    (folder / "bericht.pdf").write_bytes(typst.compile(small.document(data, more, head).encode()))
    assert named(audit([folder], data)) == {"bericht.pdf"}


CIRCLE = re.compile(r'<use href="#punkt" x="([0-9.]+)" y="([0-9.]+)"')


@pytest.mark.parametrize(
    ("planted", "kinds"),
    [("", []), ('<circle cx="112" cy="90" r="3" style="fill:#07566a"/>', ["geheim"])],
    ids=["honest", "a mark in the row of a withheld value"],
)
def test_a_path_in_the_pdf_is_read_back(folder: Path, data: Shown, planted: str, kinds: list[str]) -> None:
    chart = CIRCLE.sub(r'<circle cx="\1" cy="\2" r="3"', small.chart(data)).replace("</svg>", f"{planted}</svg>")
    figure = f"#figure(image(bytes({json.dumps(chart)}), width: 12cm), caption: [{TITLE}])"
    (folder / "bericht.pdf").write_bytes(typst.compile(small.document(data, figure).encode()))
    found = [(picture.file, picture.kind) for picture in audit([folder], data).traitors]
    assert found == [("bericht.pdf", kind) for kind in kinds]


def test_a_leak_in_a_notebook_is_named(folder: Path, data: Shown) -> None:
    file = folder / "projekt" / "arbeitslosigkeit.ipynb"
    notebook = json.loads(file.read_text())
    notebook["metadata"]["werte"] = {f"{AREA} alo_u25": 1}
    small.write(file, json.dumps(notebook))
    assert named(audit([folder], data)) == {"projekt/arbeitslosigkeit.ipynb"}


def test_a_mark_that_no_printed_value_explains_is_named(folder: Path, data: Shown) -> None:
    at = small.place(data, "sr_hafen")
    swap(CHART, f'x="{at}"', 'x="263.4"')(folder)
    result = audit([folder], data)
    assert [(picture.kind, picture.area) for picture in result.pictures] == [("unerklärt", "sr_hafen")]


def test_a_picture_that_knows_more_than_its_table_is_named(folder: Path, data: Shown) -> None:
    small.write(folder / CHART, small.chart(data, exact=True))
    kinds = {(picture.kind, picture.indicator) for picture in audit([folder], data).pictures}
    assert kinds == {("ungerundet", "alo_u25_anteil")}


def test_an_earlier_year_that_showed_what_is_withheld_now_is_named(tmp_path: Path, folder: Path, data: Shown) -> None:
    earlier = tmp_path / "2005"
    earlier.mkdir()
    small.write(
        earlier / "bericht.html",
        f"<h1>Bericht 2005</h1><table><thead><tr><th>Sozialraum</th><th>{TITLE}</th></tr></thead>"
        "<tbody><tr><th>Gartenfeld</th><td>0,7</td></tr></tbody></table>",
    )
    assert named(audit([folder, earlier], data)) == {"bericht.html"}


def test_an_honest_earlier_report_is_judged_by_its_own_year(tmp_path: Path, folder: Path, data: Shown) -> None:
    earlier = small.publish(tmp_path / "2005", small.tables(2005))
    small.write(earlier / "manifest.json", json.dumps({"year": 2005}))
    (earlier / "html" / "bilder" / "fig-alo-u25-anteil-karte.web.svg").unlink()
    swap("html/tabellen.html", "Am höchsten Hafen (4,6 %), am niedrigsten Mühlenberg (0,0 %)", "")(earlier)
    swap("html/tabellen.html", "Am höchsten Hafen (4,6 %), am niedrigsten Mühlenberg (0,0 %)", "")(earlier)
    swap("html/tabellen.html", "2006", "2005")(earlier)
    (earlier / "bericht.pdf").unlink()
    assert named(audit([folder, earlier], data)) == set()


def test_what_nobody_can_read_is_not_published(folder: Path, data: Shown) -> None:
    (folder / "daten.ods").write_bytes(b"PK")
    (folder / "html" / "kaputt.svg").write_text("<svg")
    result = audit([folder], data)
    assert set(result.unread) == {"2006/daten.ods", "2006/html/kaputt.svg"}
    assert not result.safe


def test_readings_are_kept_by_content(folder: Path, data: Shown, tmp_path: Path) -> None:
    def run() -> tuple[Result, set[Path]]:
        cache = RunCache(Store(tmp_path / "speicher"), Inputs(tmp_path))
        return audit([folder], data, cache=cache), set((tmp_path / "speicher").glob("??/*"))

    first, kept = run()
    assert len(kept) == 8
    assert run() == (first, kept)
    PLANTS["table cell"][1](folder)
    result, more = run()
    assert named(result) == {"html/tabellen.html"}
    assert len(more - kept) == 1

"""Pictures read back: which value each mark stands for, and how many decimals more than printed it tells."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_publication as small
import typst

from sozialbericht.audit.cells import Shown
from sozialbericht.audit.inspector import Inspector
from sozialbericht.audit.mentions import Vocabulary
from sozialbericht.audit.pictured.coordinates import Drawn, positions
from sozialbericht.audit.readers import channels
from sozialbericht.audit.readers.channels import Publication
from sozialbericht.drawing.canvas.measure import Measure
from sozialbericht.drawing.canvas.rowgrid import Rowgrid
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts.ranking import ranked
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.numbers import rounded

INDICATOR = "arbeitslosenquote"


@pytest.fixture(scope="module")
def data() -> Shown:
    return small.tables()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """The ranked chart as the report draws it."""
    stock = Datenbestand(2006, daten=small.CITY)
    values, city = stock.daten(INDICATOR), stock.wert(INDICATOR).wert.number
    grid = Rowgrid(9.0, (4.4,) * len(values))
    figure = ranked(values, Measure(1, "%", "Musterstadt"), grid, city_value=city, upward=-1, width=38)
    small.write(tmp_path / f"fig-{INDICATOR}-rang.web.svg", to_svg(figure, "Rangfolge"))
    return tmp_path


def drawn(publication: Publication, data: Shown) -> list[Drawn]:
    """What the pictures tell, each alone and all together."""
    inspector = Inspector(data)
    found = [inspector.judge(file, reading) for file, reading in publication.readings.items()]
    together = inspector.together(dot for one in found for dot in one.dots)
    return [*(picture for one in found for picture in one.pictures), *together]


def test_the_marks_of_a_real_chart_are_understood(picture: Path, data: Shown) -> None:
    """Whatever is drawn: the values read back hold the true ones."""
    found = positions(channels.read(picture).readings, data, Vocabulary(data.tables))
    assert {position.indicator for position in found} == {INDICATOR}
    assert {position.area for position in found} == {area for area, _ in small.areas(data)}
    for position in found:
        assert position.low <= data.rows[INDICATOR, 2006, position.area].number <= position.high


def test_no_picture_knows_more_than_its_table(picture: Path, data: Shown) -> None:
    found = drawn(channels.read(picture), data)
    assert [(one.kind, one.decimals) for one in found] == []


def test_rounded_marks_tell_nothing_more(tmp_path: Path, data: Shown) -> None:
    small.write(tmp_path / "fig-alo-u25-anteil-rang.web.svg", small.chart(data))
    publication = channels.read(tmp_path)
    assert drawn(publication, data) == []


def test_unrounded_marks_tell_about_a_decimal_more(tmp_path: Path, data: Shown) -> None:
    small.write(tmp_path / "fig-alo-u25-anteil-rang.web.svg", small.chart(data, exact=True))
    publication = channels.read(tmp_path)
    (found,) = drawn(publication, data)
    assert (found.kind, found.indicator) == ("ungerundet", "alo_u25_anteil")
    assert found.decimals > 1


def test_a_scale_that_bends_at_the_city_is_understood(tmp_path: Path, data: Shown) -> None:
    """As in a profile: one picture for each area, the city in the middle, both sides with a scale of their own."""
    indicator = "wohnflaeche_je_kopf"
    city = data.rows[indicator, 2006, data.tables.city].number
    for area in map(str, data.tables.areas.index):
        value = data.rows[indicator, 2006, area].number
        x = 200 + (value - city) * (21.7 if value > city else 13.3)
        dot = f'<use href="#punkt" x="{x:.2f}" y="40" style="fill:#07566a"/>'
        small.write(tmp_path / f"profil-{area.replace('_', '-')}-vergleich.web.svg", small.svg(f"{area}", dot))
    found = drawn(channels.read(tmp_path), data)
    assert [(one.kind, one.indicator) for one in found] in ([], [("ungerundet", indicator)])


def page(data: Shown, *, elsewhere: float = 0.0) -> bytes:
    """A page with a ranked chart of all areas and a row of the city without a mark, and below it another figure in
    which the city's name stands beside a dot; ``elsewhere`` is how far the mark of one area stands from its value."""
    values = [(name, data.rows[INDICATOR, 2006, area].number) for area, name in small.areas(data)]
    city = data.tables.areas.at[data.tables.city, "kurzname"]
    values.append((city, 0.0))
    dots = ""
    for row, (name, value) in enumerate(values):
        x = 150 + 10 * rounded(value, 1) + (elsewhere if row == 3 else 0)
        dots += f"#place(dx: 0pt, dy: {12 * row}pt)[{name}]\n"
        if name != city:
            dots += f"#place(dx: {x:.2f}pt, dy: {12 * row + 2}pt, circle(radius: 2pt, fill: blue))\n"
    title = data.tables.indicators.at[INDICATOR, "bezeichnung"]
    more = f"#place(dx: 0pt, dy: 20pt)[{city}]\n#place(dx: 41pt, dy: 22pt, circle(radius: 2pt, fill: blue))\n"
    figures = "".join(
        f"#figure(caption: [{title}: {words}], kind: image, block(height: {height}pt, width: 100%)[\n{drawn}])\n"
        for words, height, drawn in (("Rangfolge", 12 * len(values), dots), ("Entwicklung", 60, more))
    )
    return typst.compile(f"#set figure.caption(position: top)\n#set text(size: 9pt)\n{figures}".encode())


def test_a_page_is_read_figure_by_figure(tmp_path: Path, data: Shown) -> None:
    """A dot of one figure is no mark in a row of another: in that of the city it would be one that no value
    explains."""
    (tmp_path / "bericht.pdf").write_bytes(page(data))
    publication = channels.read(tmp_path)
    (reading,) = publication.readings.values()
    assert len(reading.pictures) == 2, "one for each caption"
    found = positions(publication.readings, data, Vocabulary(data.tables))
    assert {position.area for position in found} == {area for area, _ in small.areas(data)}
    assert drawn(publication, data) == []


def test_a_mark_elsewhere_is_found_on_a_page_of_several_figures(tmp_path: Path, data: Shown) -> None:
    (tmp_path / "bericht.pdf").write_bytes(page(data, elsewhere=7.0))
    found = drawn(channels.read(tmp_path), data)
    assert [(one.kind, one.area) for one in found] == [("unerklärt", small.areas(data)[3][0])]

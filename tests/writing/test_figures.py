"""Figures of a chapter: what is put out for each kind."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from sozialbericht.blocklanguage import VALUES
from sozialbericht.checking.lint import check_text
from sozialbericht.stitching import pandoc
from sozialbericht.writing.blocks import checked_label


def alternative(block):
    image = next(e for e in pandoc.elements(pandoc.parse(block.markdown)) if e["t"] == "Image")
    return pandoc.attributes(image)[2]["fig-alt"]


@pytest.mark.parametrize(
    ("put", "label", "cuts"),
    [
        (lambda b: b.karte("arbeitslosenquote"), "fig-arbeitslosenquote-karte", 2),
        (lambda b: b.karte("einkommensindex", id="fig-x", titel="T", quelle="Mehr."), "fig-x", 2),
        (lambda b: b.rangfolge("arbeitslosenquote"), "fig-arbeitslosenquote-rang", 1),
        (lambda b: b.rangfolge("geburtenrate"), "fig-geburtenrate-rang", 1),
        (lambda b: b.verlauf("arbeitslosenquote"), "fig-arbeitslosenquote-verlauf", 2),
        (lambda b: b.uebersichtskarte(id="fig-uebersicht", titel="Räume"), "fig-uebersicht", 2),
        (
            lambda b: b.linien(
                {"arbeitslosenquote": "alle"}, id="fig-l", titel="T", einheit="in %", alternativtext="Eine Linie."
            ),
            "fig-l",
            2,
        ),
    ],
)
def test_each_kind_of_figure(b, shown, put, label, cuts):
    put(b)
    (block,) = shown
    assert block.markdown.startswith(f"::: {{#{label}}}")
    drawn = {name: text for name, text in block.pictures.items() if name.endswith(".svg")}
    assert len(drawn) == cuts
    assert all("<svg" in svg for svg in drawn.values())
    assert all(name.endswith(VALUES) for name in set(block.pictures) - set(drawn))
    assert f"{label}.svg" in block.pictures
    assert alternative(block)
    assert "::: {.quelle}" in block.markdown
    assert check_text("x", block.markdown) == []


def test_a_map_tells_what_it_shows(b, shown):
    b.karte("alo_u25_anteil")
    (block,) = shown
    text = alternative(block)
    assert text.startswith("Karte der 6 Sozialräume in fünf Klassen: Anteil der unter 25-Jährigen")
    assert "Lindenhof: geheim gehalten." in text
    assert "- [5]{} [[Lindenhof]{raum=sr_lindenhof}]{} [.]{}" in block.markdown
    assert "„.“ geheim gehalten." in block.markdown
    assert "- [2]{} [[Hafen]{raum=sr_hafen}]{} [4,6 [▲]{wertung=minus}]{}" in block.markdown
    assert "▲ erkennbar über, ▼ erkennbar unter, ≈ im Bereich des Stadtwerts." in block.markdown
    assert "Zum Stadtwert liegen von den Sozialräumen 1 ▲ über, 0 ▼ unter und 3 ≈ im Bereich" in text


def test_a_map_without_the_city_s_value(early, shown):
    """In the first year there is no income of the year before: the map says so instead of failing."""
    early.karte("einkommensindex")
    assert "liegt noch nicht vor" in alternative(shown[0])


def test_an_analyst_s_own_figure(b, shown):
    figure, axes = plt.subplots()
    axes.plot([1, 2], [3, 4])
    axes.set_title("Ein Titel")
    plt.close(figure)
    b.abbildung(figure, id="fig-eigene", titel="T", alternativtext="Eine Linie.", quelle="Eigene.")
    (block,) = shown
    assert set(block.pictures) == {"fig-eigene.svg"}
    assert "Source Sans" in block.pictures["fig-eigene.svg"], "the report's own face, without a word of the analyst"


def test_a_figure_drawn_for_both_widths(b, shown):
    asked = []

    def draw(narrow):
        asked.append(narrow)
        return Figure(figsize=(1, 1))

    b.abbildung(draw, id="fig-x", titel="T", einheit="E", alternativtext="A", quelle="Q")
    assert asked == [False, True]
    assert set(shown[0].pictures) == {"fig-x.svg", "fig-x.schmal.svg"}


def test_the_cover_is_a_picture_without_text(b, shown):
    b.deckblatt("arbeitslosenquote")
    assert shown[0].markdown == ""
    assert list(shown[0].pictures) == ["titel.svg"]


def test_labels_begin_with_their_kind():
    assert checked_label("fig-a", "fig") == "fig-a"
    with pytest.raises(ValueError, match="„abb-a“ muss mit „fig-“ beginnen"):
        checked_label("abb-a", "fig")

"""Links to the profiles on finished pages."""

from pathlib import Path

import pytest

from sozialbericht.faults import ReportError
from sozialbericht.order.profiles import Profile
from sozialbericht.web import drawings, profilelinks
from sozialbericht.web.tree import read, write

NORD = Profile("sb_nord", "Nord", Path("x"), "sb_nord", "Stadtbezirk Nord")
HAFEN = Profile("sr_hafen", "Hafen & Kai", Path("x"), "sb_nord", "Stadtbezirk Nord")
SUED = Profile("sr_au", "Au", Path("x"), "sb_sued", "Stadtbezirk Süd")
ALL = [NORD, HAFEN, SUED]
PAGE = """<html><head></head><nav id="kapitel"><ul><li><a href="index.html">Start</a></li>
<li><a href="sozialraumprofile.html">Profile</a></li><li><a href="profil-sb_nord.html">Nord</a></li>\
<li><a href="profil-sr_hafen.html"{here}>Hafen</a></li><li><a href="profil-sr_au.html">Au</a></li></ul></nav>
<main>{body}</main></html>"""
DRAWING = (
    '<svg viewBox="0 0 10 20"><g class="raum sr_hafen"><path d="M0 0 1.234 5.678z" style="fill:none"/></g>'
    '<g class="raum sr_fern"><path d="M5 5 6 6z"/></g></svg>'
)
FIGURE = '<figure><picture>{narrow}<img src="bilder/a.web.svg" alt="Karte"></picture>{key}</figure>'


@pytest.fixture
def link(tmp_path):
    (tmp_path / "bilder").mkdir()
    (tmp_path / "bilder" / "a.web.svg").write_text(DRAWING, encoding="utf-8")
    (tmp_path / "bilder" / "a.schmal.svg").write_text(DRAWING.replace("0 0 10 20", "0 0 5 20"), encoding="utf-8")

    def run(body, profiles=ALL, name="kapitel.html"):
        here = ' aria-current="page"' if name == HAFEN.page else ""
        page = read(PAGE.format(body=body, here=here))
        drawings.embed(page, name, tmp_path)
        profilelinks.link(page, name, profiles)
        return write(page)

    return run


def test_names_become_links_where_there_is_a_profile(link):
    body = '<td><span data-raum="sr_hafen">Hafen</span></td><td><span data-raum="sr_fern">Fern</span></td>'
    assert '<td><a href="profil-sr_hafen.html">Hafen</a></td><td>Fern</td>' in link(body)
    assert "<td>Hafen</td><td>Fern</td>" in link(body, [])
    assert "<td>Hafen</td>" in link(body, name=HAFEN.page), "no page leads to itself"


def test_without_profiles_a_drawing_is_a_picture(link):
    page = link(FIGURE.format(narrow="", key=""), [])
    svg = '<figure><svg class="zeichnung" data-bild="a" role="img" aria-label="Karte" viewBox="0 0 10 20">'
    assert svg + DRAWING.partition(">")[2].removesuffix("</svg>") + "</svg></figure>" in page


def test_areas_of_a_drawing_lead_to_their_profiles(link):
    narrow = '<source media="(max-width: 40rem)" srcset="bilder/a.schmal.svg">'
    page = link(FIGURE.format(narrow=narrow, key=""))
    wide = '<svg class="zeichnung weit" data-bild="a" role="group" aria-label="Karte" viewBox="0 0 10 20">'
    way = '<a href="profil-sr_hafen.html"><title>Hafen &amp; Kai</title><g class="raum sr_hafen"><path'
    assert f"{wide}{way}" in page
    assert '<svg class="zeichnung schmal" data-bild="a" role="group" aria-label="Karte" viewBox="0 0 5 20">' in page
    assert page.count(way) == 2
    assert page.count("<a ") - page.count('<a href="profil') == 2, "an area without a profile leads nowhere"


def test_a_key_below_takes_the_fields_out_of_the_tab_order(link):
    key = '<ul class="schluessel"><li><span><span data-raum="sr_au">Au</span></span></li></ul>'
    page = link(FIGURE.format(narrow="", key=key))
    assert '<a href="profil-sr_hafen.html" tabindex="-1">' in page
    assert '<li><span><a href="profil-sr_au.html">Au</a></span></li>' in page


def test_a_missing_or_broken_drawing_is_named(link, tmp_path):
    with pytest.raises(ReportError, match=r"kapitel\.html: Die Datei „bilder/fehlt\.web\.svg“ fehlt"):
        link(FIGURE.format(narrow="", key="").replace("a.web", "fehlt.web"))
    (tmp_path / "bilder" / "a.web.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(ReportError, match="ist keine Zeichnung"):
        link(FIGURE.format(narrow="", key=""))


def test_one_line_in_the_list_of_chapters(link):
    nav = link("").split("</nav>")[0]
    assert "profil-s" not in nav
    assert '<li><a href="sozialraumprofile.html">Profile</a></li></ul>' in nav
    assert "profile.js" not in link("")
    assert '<script src="web/profile.js" defer></script>' in link("", name="sozialraumprofile.html")


def test_a_profile_s_page_lists_its_group(link):
    nav = link("", name=HAFEN.page).split("</nav>")[0]
    assert (
        '<li><a href="sozialraumprofile.html">Profile</a><ul class="profile"><li><a href="profil-sb_nord.html">Nord</a>'
        '</li><li><a href="profil-sr_hafen.html" aria-current="page">Hafen</a></li></ul></li>'
    ) in nav
    assert "profil-sr_au" not in nav

"""Links to the profiles on finished pages."""

from pathlib import Path

import pytest

from sozialbericht.order.profiles import Profile
from sozialbericht.web import profilelinks
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
    (tmp_path / "a.web.svg").write_text(DRAWING, encoding="utf-8")
    (tmp_path / "a.schmal.svg").write_text(DRAWING.replace("0 0 10 20", "0 0 5 20"), encoding="utf-8")
    (tmp_path / "ohne.web.svg").write_text("<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>", encoding="utf-8")

    def run(body, profiles=ALL, name="kapitel.html"):
        here = ' aria-current="page"' if name == HAFEN.page else ""
        page = read(PAGE.format(body=body, here=here))
        profilelinks.link(page, name, tmp_path, profiles)
        return write(page)

    return run


def test_names_become_links_where_there_is_a_profile(link):
    body = '<td><span data-raum="sr_hafen">Hafen</span></td><td><span data-raum="sr_fern">Fern</span></td>'
    assert '<td><a href="profil-sr_hafen.html">Hafen</a></td><td>Fern</td>' in link(body)
    assert "<td>Hafen</td><td>Fern</td>" in link(body, [])
    assert "<td>Hafen</td>" in link(body, name=HAFEN.page), "no page leads to itself"


def test_without_profiles_the_page_stays_as_it_is(link):
    body = FIGURE.format(narrow="", key="")
    assert link(body, []) == write(read(PAGE.format(body=body, here="")))


def test_fields_over_a_chart(link):
    narrow = '<source media="(max-width: 40rem)" srcset="bilder/a.schmal.svg">'
    page = link(FIGURE.format(narrow=narrow, key=""))
    assert '<figure><div class="bild"><picture>' in page
    wide = '<svg class="felder weit" viewBox="0 0 10 20" role="group" aria-label="Zu den Profilen">'
    hafen = '<a href="profil-sr_hafen.html"><title>Hafen &amp; Kai</title><path d="M0 0 1 6z"/></a>'
    assert f"{wide}{hafen}</svg>" in page
    assert '<svg class="felder schmal" viewBox="0 0 5 20"' in page
    assert "sr_fern" not in page
    assert 'class="felder immer"' in link(FIGURE.format(narrow="", key=""))


def test_a_key_below_takes_the_fields_out_of_the_tab_order(link):
    key = '<ul class="schluessel"><li><span><span data-raum="sr_au">Au</span></span></li></ul>'
    page = link(FIGURE.format(narrow="", key=key))
    assert '<a href="profil-sr_hafen.html" tabindex="-1">' in page
    assert '<li><span><a href="profil-sr_au.html">Au</a></span></li>' in page


@pytest.mark.parametrize("picture", ["ohne", "fehlt"])
def test_a_picture_without_areas_stays_alone(link, picture):
    body = FIGURE.format(narrow="", key="").replace("a.web", f"{picture}.web")
    assert body in link(body)


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

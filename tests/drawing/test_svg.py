"""SVG cuts: sizes, ids, tokens, the same bytes again."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import brand, compaction, marks, style
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.web.drawings import printed


def _figure() -> Figure:
    with style.applied():
        fig, ax = style.canvas(80, 40)
        marks.box(ax, (0, 0, 20, 10), "s4", "linie")
        marks.box(ax, (30, 0, 20, 10), "u1")
        marks.dot(ax, 40, 20)
        marks.text(ax, 10, 30, "Wörter & <Zeichen>", size=8, weight=600)
        inner = style.axes_mm(fig, 20, 10, 40, 20)
        inner.plot([0, 1, 2], [3, 1, 2])
        inner.bar([0, 1], [1, 2], hatch="//", facecolor=brand.tokens()["sand"])
        return fig


def test_same_bytes() -> None:
    assert to_svg(_figure(), "Titel", "fig-a") == to_svg(_figure(), "Titel", "fig-a")
    fig = _figure()
    assert to_svg(fig, "Titel") == to_svg(fig, "Titel")


def test_text_is_text_and_colours_are_tokens() -> None:
    svg = to_svg(_figure(), "Titel <1>")
    assert "<title>Titel &lt;1&gt;</title>" in svg
    assert "Wörter &amp; &lt;Zeichen&gt;" in svg
    assert 'font-family="Source Sans Pro"' in svg
    assert 'width="80mm" height="40mm"' in svg
    assert 'fill="var(--s4,#0d6f80)"' in svg
    assert 'fill="#10647a"' in svg, "a token without a dark side stays as it is"
    assert "<title" not in to_svg(_figure())


def test_nothing_has_a_style_of_its_own() -> None:
    svg = to_svg(_figure(), "Titel")
    assert " style=" not in svg
    assert "<style" not in svg


def test_print_has_the_light_values_and_the_words_as_they_are() -> None:
    fig = _figure()
    marks.text(fig.axes[0], 10, 35, '="var(--s4,#0d6f80)"', size=8)
    found = printed(to_svg(fig, "Titel"))
    assert 'fill="#0d6f80"' in found
    assert "=&quot;var(--s4,#0d6f80)&quot;" in found
    assert re.findall(r"(?<!&quot;)var\(--", found) == []


def test_ids_are_own_and_all_pointers_hit() -> None:
    a, b = (to_svg(_figure(), "Titel", ident) for ident in ("fig-a", "fig-b"))
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (a, b)]
    assert ids[0] and not ids[0] & ids[1]
    for svg, known in zip((a, b), ids, strict=True):
        used = re.findall(r'href="#([^"]+)"', svg) + re.findall(r"url\(#([^)]+)\)", svg)
        assert set(used) <= known
        ET.fromstring(svg)


def test_no_date_no_program() -> None:
    svg = to_svg(_figure(), "Titel")
    assert "metadata" not in svg
    assert "atplotlib" not in svg


def _placed(element: ET.Element, told: dict[str, str]) -> list[tuple[str, str, dict[str, str]]]:
    """All that is drawn, each with what it says and what it takes from the groups it stands in."""
    own = {**told, **{name: value for name, value in element.attrib.items() if name in compaction.INHERITED}}
    drawn = [(element.tag, element.get("d") or element.text or "", own)] if not len(element) else []
    return drawn + [found for child in element for found in _placed(child, own)]


LOOKS = st.dictionaries(st.sampled_from(["fill", "stroke", "font-size", "opacity"]), st.sampled_from("abc"))


@given(st.recursive(LOOKS, lambda inner: st.lists(inner, max_size=6), max_leaves=30))
def test_what_is_shared_looks_as_before(shape) -> None:
    def built(part) -> ET.Element:
        if isinstance(part, dict):
            return ET.Element("{http://www.w3.org/2000/svg}path", {"d": str(sorted(part)), **part})
        group = ET.Element("{http://www.w3.org/2000/svg}g")
        group.extend(map(built, part))
        return group

    root = ET.Element("{http://www.w3.org/2000/svg}svg")
    root.append(built(shape))
    before = _placed(root, {})
    compaction.share(root)
    assert [entry for entry in _placed(root, {}) if entry[0].endswith("path")] == [
        entry for entry in before if entry[0].endswith("path")
    ]


POINTS = st.lists(st.tuples(st.integers(-99999, 99999), st.integers(-99999, 99999)), min_size=5, max_size=20)


@given(st.lists(POINTS, min_size=1, max_size=3), st.booleans())
def test_steps_lead_to_the_same_points(rings, closed) -> None:
    end = "z" if closed or len(rings) > 1 else ""
    told = (" ".join(f"{x / 100:.2f} {y / 100:.2f}" for x, y in ring) for ring in rings)
    absolute = "".join(f"M{points}{end}" for points in told)
    found = compaction.steps(absolute)
    assert len(found) <= len(absolute)
    for ring, part in zip(rings, found.split("M")[1:], strict=True):
        if "l" not in found:
            break
        start, _, rest = part.rstrip("z").partition("l")
        numbers = [round(float(n) * 100) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", f"{start} {rest}")]
        xs, ys = (list(itertools.accumulate(numbers[k::2])) for k in (0, 1))
        assert list(zip(xs, ys, strict=True)) == [point for point, _ in itertools.groupby(ring)]

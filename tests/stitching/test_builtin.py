"""Both formats of the built-in stitcher, made of the same chapters."""

import re

import pytest
from chapter_texts import ONLY

from sozialbericht.stitching import builtin, quartosettings, typesetting, webpages


@pytest.mark.parametrize(
    ("target", "kept"), [("html", ["Web.", "Nicht auf Papier."]), ("typst", ["Papier.", "Nicht im Web."])]
)
def test_content_for_one_format(stage, target, kept):
    folder = stage(
        index="# A\n\n"
        + ONLY.format("visible", "html", "Web.")
        + ONLY.format("visible", "typst", "Papier.")
        + ONLY.format("hidden", "html", "Nicht im Web.")
        + ONLY.format("hidden", "typst", "Nicht auf Papier.")
    )
    own = quartosettings.read(folder)
    if target == "typst":
        words = typesetting.book(folder, own).whole()
    else:
        words = webpages.html_pages(folder, own)["index.html"]
    possible = ("Web.", "Papier.", "Nicht im Web.", "Nicht auf Papier.")
    assert [w for w in possible if re.search(rf"(^|>){w}", words, re.M)] == kept


def test_formats(stage, tmp_path):
    folder = stage(index="# A\n\nText.")
    builtin.stitch(folder, ("pdf",), tmp_path / "p")
    builtin.stitch(folder, ("html",), tmp_path / "h")
    assert [p.name for p in (tmp_path / "p").iterdir()] == ["bericht-2006.pdf"]
    assert [p.name for p in (tmp_path / "h").iterdir()] == ["index.html"]

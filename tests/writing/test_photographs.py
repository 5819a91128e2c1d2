"""Photographs of one's own: small, upright, without what the camera noted; what is none is refused in German."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from sozialbericht.bericht import Bericht
from sozialbericht.checking.lint import check_text
from sozialbericht.faults import InputError
from sozialbericht.writing import photographs
from sozialbericht.writing.blocks import Block
from sozialbericht.writing.photographs import TALLEST, WIDTHS, drawing

ORDER = {
    "id": "fig-platz", "titel": "Der <Platz>", "alternativtext": "Ein Platz.", "quelle": "Foto: Stadt, CC BY 4.0.",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of pictures of a project."""
    monkeypatch.setattr(photographs, "default_root", lambda: tmp_path)
    made = tmp_path / "notebooks" / "bilder"
    made.mkdir(parents=True)
    return made


def photo(width: int = 60, height: int = 40) -> Image.Image:
    """A picture of many colours, red at its left edge."""
    noise = Image.effect_noise((width, height), 60)
    made = Image.merge("RGB", (noise, noise.rotate(180), noise.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    made.paste("red", (0, 0, width // 4, height))
    return made


def inside(svg: str) -> Image.Image:
    """The picture in a drawing."""
    match = re.search(r'href="data:image/(\w+);base64,([^"]+)"', svg)
    assert match
    picture = Image.open(io.BytesIO(base64.b64decode(match[2])))
    assert str(picture.format).lower() == match[1]
    return picture


def said(error: pytest.ExceptionInfo[InputError]) -> str:
    return str(error.value)


def test_it_is_a_figure(b: Bericht, shown: list[Block], folder: Path) -> None:
    photo(2000, 1000).save(folder / "platz.jpg")
    b.bild("platz.jpg", **ORDER)
    (block,) = shown
    assert block.markdown.startswith("::: {#fig-platz}") and 'fig-alt="Ein Platz."' in block.markdown
    assert "::: {.quelle}\nFoto: Stadt, CC BY 4.0.\n:::" in block.markdown
    assert check_text("x", block.markdown) == []
    svg = block.pictures["fig-platz.svg"]
    assert 'width="122mm" height="61mm"' in svg and "<title>Der &lt;Platz&gt;</title>" in svg
    assert inside(svg).size == (961, 480)


@pytest.mark.parametrize(("name", "width"), WIDTHS.items())
def test_widths(b: Bericht, shown: list[Block], folder: Path, name: str, width: float) -> None:
    (folder / "orte").mkdir()
    photo(1500, 1500).save(folder / "orte" / "a.webp")
    b.bild("orte/a.webp", breite=name, **ORDER)
    assert f'width="{width:g}mm"' in shown[0].pictures["fig-platz.svg"]


@given(st.integers(1, 90), st.integers(1, 90))
def test_no_picture_is_distorted_or_too_tall(tmp_path_factory: pytest.TempPathFactory, w: int, h: int) -> None:
    path = tmp_path_factory.getbasetemp() / "maß.png"
    Image.new("RGB", (w, h), "red").save(path)
    svg = drawing(path, "T", 122)
    width, height = (float(found) for found in re.findall(r'(?:width|height)="([\d.e-]+)mm"', svg))
    assert width <= 122 and height <= TALLEST * 1.00001
    assert width / height == pytest.approx(w / h, rel=1e-4)
    assert inside(svg).size == (w, h), "small ones are not made larger"


def test_it_stands_upright_and_says_nothing_of_where_it_was_taken(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # the camera was turned: the left edge is the upper one
    exif[ExifTags.Base.Make] = "Geheimkamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 30.0, 0.0)
    photo(120, 80).save(tmp_path / "a.jpg", exif=exif, comment=b"Geheimnis", icc_profile=b"Geheimprofil")
    assert b"Geheim" in (tmp_path / "a.jpg").read_bytes()
    picture = inside(drawing(tmp_path / "a.jpg", "T", 122))
    assert picture.size == (80, 120)
    red, green, _ = picture.convert("RGB").getpixel((40, 5))  # type: ignore[misc]
    assert red > 200 and green < 60
    assert not picture.getexif() and not {"icc_profile", "comment", "exif"} & set(picture.info)
    assert b"Geheim" not in base64.b64decode(drawing(tmp_path / "a.jpg", "T", 122).split("base64,")[1].split('"')[0])


def test_what_is_written_into_a_png_is_left_out(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Autor", "Geheim")
    Image.new("RGB", (30, 20), "blue").save(tmp_path / "a.png", pnginfo=info, dpi=(300, 300))
    assert set(inside(drawing(tmp_path / "a.png", "T", 122)).info) == set()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white(tmp_path: Path, mode: str) -> None:
    made = Image.new("RGBA", (20, 10), (0, 0, 0, 0))
    made.paste((0, 0, 0, 255), (0, 0, 10, 10))
    made.convert(mode).save(tmp_path / "a.png")
    picture = inside(drawing(tmp_path / "a.png", "T", 122))
    assert picture.format == "PNG", "a drawing stays without loss"
    assert [picture.getpixel((x, 5)) for x in (2, 15)] == [(0, 0, 0), (255, 255, 255)]


@pytest.mark.parametrize(("ending", "mode"), [("tif", "CMYK"), ("jpg", "CMYK"), ("png", "L"), ("png", "1")])
def test_every_kind_of_colour_becomes_one(tmp_path: Path, ending: str, mode: str) -> None:
    photo().convert(mode).save(tmp_path / f"a.{ending}")
    assert inside(drawing(tmp_path / f"a.{ending}", "T", 122)).mode == "RGB"


def test_pictures_of_telephones_hold_several(tmp_path: Path) -> None:
    photo().save(tmp_path / "a.jpg", format="MPO", save_all=True, append_images=[photo()])
    with Image.open(tmp_path / "a.jpg") as given:
        assert given.format == "MPO"
    assert inside(drawing(tmp_path / "a.jpg", "T", 122)).size == (60, 40)


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    photo(1500, 900).save(tmp_path / "a.jpg")
    assert drawing(tmp_path / "a.jpg", "T", 122) == drawing(tmp_path / "a.jpg", "T", 122)


def test_what_fills_the_memory_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo().save(tmp_path / "a.png")
    for most in (2000, 1000):  # where Pillow warns, and where it refuses
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", most)
        with pytest.raises(InputError) as error:
            drawing(tmp_path / "a.png", "T", 122)
        assert "zu viele Punkte" in said(error) and "notebooks/bilder/a.png" in said(error)
        assert "höchstens 89 Millionen" in said(error)


@pytest.mark.parametrize("content", [b"", b"kein Bild", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", None])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes | None) -> None:
    photo(400, 400).save(tmp_path / "a.jpg")
    whole = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(whole[:2000] if content is None else content)
    with pytest.raises(InputError) as error:
        drawing(tmp_path / "a.jpg", "T", 122)
    assert "ist kein Bild, das sich lesen lässt" in said(error) and "Als .jpg oder .png speichern" in said(error)


def test_only_from_the_folder(b: Bericht, folder: Path, tmp_path: Path) -> None:
    photo().save(tmp_path / "geheim.jpg")
    photo().save(folder / "platz.jpg")
    for name in ("../../geheim.jpg", str(tmp_path / "geheim.jpg"), "", "."):
        with pytest.raises(InputError) as error:
            b.bild(name, **ORDER)
        assert f"Das Bild „{name}“ gibt es nicht in notebooks/bilder" in said(error)
    with pytest.raises(InputError, match=r"Meinten Sie „platz\.jpg“"):
        b.bild("Platz.jpg", **ORDER)


def test_an_empty_folder_says_where_pictures_go(b: Bericht, folder: Path) -> None:
    folder.rmdir()
    with pytest.raises(InputError, match="Die Datei in den Ordner notebooks/bilder legen"):
        b.bild("platz.jpg", **ORDER)


@pytest.mark.parametrize("name", ["titel", "alternativtext", "quelle"])
@pytest.mark.parametrize("words", ["", "  ", None])
def test_what_it_says_is_needed(b: Bericht, folder: Path, name: str, words: str | None) -> None:
    photo().save(folder / "platz.jpg")
    with pytest.raises(InputError) as error:
        b.bild("platz.jpg", **(ORDER | {name: words}))  # type: ignore[arg-type]
    assert f"b.bild(…) braucht {name}." in said(error) and "Lizenz" in said(error)


def test_an_unknown_width(b: Bericht, folder: Path) -> None:
    photo().save(folder / "platz.jpg")
    with pytest.raises(InputError, match="Eine Breite „ganz“ gibt es nicht"):
        b.bild("platz.jpg", breite="ganz", **ORDER)

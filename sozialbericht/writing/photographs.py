"""Photographs: pictures that an analyst brings, as figures of the report: resized, without what the camera noted."""

from __future__ import annotations

import base64
import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from sozialbericht.data.faultlist import quoted, similar
from sozialbericht.digests import files
from sozialbericht.drawing.canvas import style
from sozialbericht.escaping import html_text
from sozialbericht.faults import Fault, InputError
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.order.project import PICTURES, default_root
from sozialbericht.writing import blocks
from sozialbericht.writing.blocks import Caption

WIDTHS = {"text": style.TEXT, "voll": style.FULL, "halb": style.HALF}
#: Telephones write several pictures into one file, the photograph first (MPO).
FORMATS = {"JPEG", "MPO", "PNG", "TIFF", "WEBP"}
#: Dots per inch in print; quality of JPEG; the tallest picture in mm.
DPI, QUALITY, TALLEST = 200, 85, 200.0
#: What has more dots is no photograph, but is made to fill the memory: Pillow warns from here on.
MOST = int(Image.MAX_IMAGE_PIXELS or 0)
#: A picture is stored without loss unless that takes so many times as much.
LOSSLESS = 2


def bild(
    b: Datenbestand, datei: str, *, id: str, titel: str, alternativtext: str, quelle: str, breite: str = "text"
) -> None:
    """Setzt ein Foto oder eine Zeichnung aus ``notebooks/bilder`` als Abbildung (.jpg, .png, .tif, .webp).

    Das Bild wird auf die Breite verkleinert (``breite``: „text“, „voll“ oder „halb“); Aufnahmeort und andere Angaben
    der Kamera entfallen. ``quelle`` nennt, wer es gemacht hat, und die Lizenz. ``id`` beginnt mit „fig-“.
    """
    label = blocks.checked_label(id, "fig")
    given = (("titel", titel), ("alternativtext", alternativtext), ("quelle", quelle))
    if missing := [name for name, words in given if not str(words or "").strip()]:
        remedy = (
            "Der Alternativtext sagt Menschen, die das Bild nicht sehen, was es zeigt; die Quelle nennt Urheberin oder "
            "Urheber und Lizenz."
        )
        raise InputError([Fault("Notebook", f"b.bild(…) braucht {' und '.join(missing)}.", remedy)])
    if breite not in WIDTHS:
        raise InputError([Fault("Notebook", f"Eine Breite {quoted(breite)} gibt es nicht.", similar(breite, WIDTHS))])
    caption = Caption(label, titel, "", quelle, alternativtext)
    blocks.put(blocks.figure(caption, {"wide": drawing(_found(datei), titel, WIDTHS[breite])}))


def drawing(path: Path, title: str, width: float) -> str:
    """A picture as SVG text of a width in mm, or as wide as its height lets it be; raises :class:`InputError`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path) as given:
                if given.format not in FORMATS:
                    raise UnidentifiedImageError
                picture = _on_white(ImageOps.exif_transpose(given))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            what = "Das Bild hat zu viele Punkte, um ein Foto zu sein."
            remedy = f"Kleiner speichern, mit höchstens {MOST // 1_000_000} Millionen Punkten."
            raise InputError([Fault(f"{PICTURES}/{path.name}", what, remedy)]) from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            what = "Die Datei ist kein Bild, das sich lesen lässt."
            raise InputError([Fault(f"{PICTURES}/{path.name}", what, "Als .jpg oder .png speichern.")]) from None
    width = min(width, TALLEST * picture.width / picture.height)
    height = width * picture.height / picture.width
    dots = max(1, round(width / style.MM * DPI))
    if picture.width > dots:
        size = dots, max(1, round(dots * picture.height / picture.width))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    kind, content = _coded(picture)
    data = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.6g}mm" height="{height:.6g}mm" '
        f'viewBox="0 0 {picture.width} {picture.height}"><title>{html_text(title)}</title>'
        f'<image width="{picture.width}" height="{picture.height}" href="data:image/{kind};base64,{data}"/></svg>\n'
    )


def _found(name: str) -> Path:
    """The file in the project's folder of pictures; raises :class:`InputError` where it lies elsewhere or nowhere."""
    folder = default_root() / PICTURES
    there = {path.relative_to(folder).as_posix(): path for path in files(folder)}
    if name in there:
        return there[name]
    hint = similar(str(name), there) or f"Die Datei in den Ordner {PICTURES} legen."
    raise InputError([Fault("Notebook", f"Das Bild {quoted(str(name))} gibt es nicht in {PICTURES}.", hint)])


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in three colours, where it is transparent on white; nothing that it carried besides."""
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _coded(picture: Image.Image) -> tuple[str, bytes]:
    """Drawings without loss, photographs as JPEG."""
    plain = Image.frombytes("RGB", picture.size, picture.tobytes())  # without what ``info`` would write into the file
    exact, small = io.BytesIO(), io.BytesIO()
    plain.save(exact, "PNG", optimize=True)
    plain.save(small, "JPEG", quality=QUALITY, optimize=True)
    if exact.tell() <= LOSSLESS * small.tell():
        return "png", exact.getvalue()
    return "jpeg", small.getvalue()

"""Photographs: pictures that an analyst brings, as figures of the report: resized, without what the camera noted."""

from __future__ import annotations

import base64
import io
import warnings
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import escape

from PIL import Image, ImageOps, UnidentifiedImageError

from sozialbericht.data.faultlist import quoted, similar
from sozialbericht.drawing.canvas import style
from sozialbericht.faults import Fault, InputError
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.order.project import default_root
from sozialbericht.writing import blocks
from sozialbericht.writing.blocks import Caption

#: Where the files lie in a project.
FOLDER = PurePosixPath("notebooks/bilder")
WIDTHS = {"text": style.TEXT, "voll": style.FULL, "halb": style.HALF}
FORMATS = {"JPEG", "PNG", "TIFF", "WEBP"}
#: Dots per inch in print; quality of JPEG; the tallest picture in mm; more pixels than this are no photograph.
DPI, QUALITY, TALLEST, MOST = 200, 85, 200.0, 120_000_000
#: With so few colours a picture is a drawing and stays without loss.
FEW = 64


def bild(
    b: Datenbestand, datei: str, *, id: str, titel: str, alternativtext: str, quelle: str, breite: str = "text"
) -> None:
    """Setzt ein Foto oder eine Zeichnung aus ``notebooks/bilder`` als Abbildung (.jpg, .png, .tif, .webp).

    Das Bild wird auf die Breite verkleinert (``breite``: „text“, „voll“ oder „halb“); Aufnahmeort und andere Angaben der
    Kamera entfallen. ``quelle`` nennt, wer es gemacht hat, und die Lizenz. ``id`` beginnt mit „fig-“.
    """
    label = blocks.checked_label(id, "fig")
    missing = [name for name, words in (("titel", titel), ("alternativtext", alternativtext), ("quelle", quelle)) if not words.strip()]
    if missing:
        remedy = "Der Alternativtext sagt Menschen, die das Bild nicht sehen, was es zeigt; die Quelle nennt Urheberin und Lizenz."
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
                if given.width * given.height > MOST:
                    raise Image.DecompressionBombError
                whole = ImageOps.exif_transpose(given)
                picture = _on_white(whole)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            what = "Das Bild hat zu viele Punkte, um ein Foto zu sein."
            raise InputError([Fault(_place(path), what, "Höchstens 120 Millionen Punkte; kleiner speichern.")]) from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            what = "Die Datei ist kein Bild, das sich lesen lässt."
            raise InputError([Fault(_place(path), what, "Als .jpg oder .png speichern.")]) from None
    width = min(width, TALLEST * picture.width / picture.height)
    height = width * picture.height / picture.width
    dots = round(width / style.MM * DPI)
    if picture.width > dots:
        picture = picture.resize((dots, max(1, round(dots * picture.height / picture.width))), Image.Resampling.LANCZOS)
    kind, content = _coded(picture)
    data = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.6g}mm" height="{height:.6g}mm" '
        f'viewBox="0 0 {picture.width} {picture.height}"><title>{escape(title)}</title>'
        f'<image width="{picture.width}" height="{picture.height}" href="data:image/{kind};base64,{data}"/></svg>\n'
    )


def _found(name: str) -> Path:
    """The file in the project's folder of pictures; raises :class:`InputError` where it lies elsewhere or nowhere."""
    folder = default_root() / FOLDER
    path = folder / name
    if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
        return path
    there = sorted(p.name for p in folder.iterdir() if p.is_file()) if folder.is_dir() else []
    hint = similar(name, there) or f"Die Datei in den Ordner {FOLDER} legen."
    raise InputError([Fault("Notebook", f"Ein Bild {quoted(name)} gibt es nicht in {FOLDER}.", hint)])


def _place(path: Path) -> str:
    return f"{FOLDER}/{path.name}"


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in three colours, where it is transparent on white; nothing that it carried besides."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _coded(picture: Image.Image) -> tuple[str, bytes]:
    """Drawings without loss, photographs as JPEG."""
    stream = io.BytesIO()
    if picture.getcolors(FEW) is not None:
        picture.save(stream, "PNG", optimize=True)
        return "png", stream.getvalue()
    picture.save(stream, "JPEG", quality=QUALITY, optimize=True)
    return "jpeg", stream.getvalue()

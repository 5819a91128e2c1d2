"""Bitmaps: drawings as PNG for programs that cannot set them, each with the drawing inside that it was made of.

The drawing is a chunk of text in the PNG (its key is :data:`SOURCE`), so that whoever reads the picture can read what
it shows and make it anew, byte for byte.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from sozialbericht.drawing.canvas.brand import font_files

#: Dots per inch, and the key of the chunk with the drawing.
DPI, SOURCE = 200, "SVG"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INCH = 0.0254


def put(drawings: Sequence[Path]) -> None:
    """Beside each drawing (``x.svg``) the same as ``x.png``."""
    for path, png in zip(drawings, drawn([path.read_bytes() for path in drawings]), strict=True):
        path.with_suffix(".png").write_bytes(png)


def drawn(drawings: Sequence[bytes]) -> list[bytes]:
    """The PNG of each SVG, in its own size, with it inside."""
    return [_with_source(png, svg) for png, svg in zip(_rendered(drawings), drawings, strict=True)]


def sources(pngs: Sequence[bytes]) -> list[bytes | None]:
    """The drawing that each PNG was made of, None where it holds none or shows anything else than it does."""
    found = [_source(png) for png in pngs]
    again = iter(drawn([svg for svg in found if svg is not None]))
    return [svg if svg is not None and next(again) == png else None for svg, png in zip(found, pngs, strict=True)]


def _source(png: bytes) -> bytes | None:
    head = SOURCE.encode() + b"\0\1\0\0\0"
    texts = [content for kind, content in _chunks(png) if kind == b"iTXt" and content.startswith(head)]
    try:
        return zlib.decompress(texts[0].removeprefix(head)) if len(texts) == 1 else None
    except zlib.error:
        return None


def _rendered(drawings: Sequence[bytes]) -> list[bytes]:
    import typst

    if not drawings:
        return []
    with tempfile.TemporaryDirectory(prefix="sozialbericht-") as name:
        folder = Path(name)
        pages = []
        for number, svg in enumerate(drawings):
            (folder / f"{number}.svg").write_bytes(svg)
            pages.append(f'#page(width: auto, height: auto, margin: 0pt, image("{number}.svg"))')
        (folder / "bilder.typ").write_text("\n".join(pages), encoding="utf-8")
        fonts = sorted({str(path.parent) for path in font_files()})
        made = typst.compile(
            str(folder / "bilder.typ"), root=name, format="png", ppi=float(DPI), font_paths=fonts,
            ignore_system_fonts=True,
        )  # fmt: skip
    return [made] if isinstance(made, bytes) else list(made)


def _with_source(png: bytes, svg: bytes) -> bytes:
    """A PNG with its size on paper and its drawing after the first chunk."""
    first, *others = _chunks(png)
    dots = round(DPI / _INCH)
    text = SOURCE.encode() + b"\0\1\0\0\0" + zlib.compress(svg, 9)
    own = [(b"pHYs", struct.pack(">IIB", dots, dots, 1)), (b"iTXt", text)]
    others = [chunk for chunk in others if chunk[0] not in (b"pHYs", b"iTXt")]
    return _SIGNATURE + b"".join(_packed(*chunk) for chunk in [first, *own, *others])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_SIGNATURE)
    while place + 8 <= len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        yield kind, png[place + 8 : place + 8 + length]
        place += 12 + length


def _packed(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

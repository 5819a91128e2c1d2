"""The report's fonts for the web: cut down to Latin and what else is used, as WOFF, the same bytes each time."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from sozialbericht.cache.store import Store
from sozialbericht.digests import digest, file_digest
from sozialbericht.faults import ReportError

#: Package and faces, as ``web/bericht.css`` names them.
FACES = {
    "font_source_sans_pro": ("SourceSansPro-Light", "SourceSansPro-Regular", "SourceSansPro-Semibold"),
    "font_source_serif_pro": ("SourceSerifPro-Regular", "SourceSerifPro-It"),
}
#: Latin, Latin-1, Latin Extended-A; dashes, quotation marks, no-break spaces, minus, arrows, triangles, euro.
CHARACTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x2002, 0x2007, 0x200B, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019,
    0x201A, 0x201C, 0x201D, 0x201E, 0x2026, 0x202F, 0x2030, 0x20AC, 0x2190, 0x2192, 0x2212, 0x25B2, 0x25BC,
)  # fmt: skip
FEATURES = ["kern", "liga", "tnum", "lnum", "pnum", "locl", "mark", "ccmp", "sups"]


def write_fonts(folder: Path, cache: Store | None = None, used: Iterable[str] = ()) -> None:
    """Write every face as ``<face>.woff`` into ``folder``, or take them all from ``cache``.

    ``used`` are the texts of the pages and pictures.
    """
    characters = sorted({*CHARACTERS, *map(ord, set().union(*used))})
    cache = cache or Store(None)
    sources = [_files(package) / f"{face}.otf" for package, faces in FACES.items() for face in faces]
    told = " ".join(map(str, characters))
    key = digest("fonts", version("fonttools"), told, *map(file_digest, [Path(__file__), *sources]))
    if not cache.get_folder(key, folder):
        _cut(folder, characters)
        cache.put_folder(key, folder)


def _cut(folder: Path, characters: Sequence[int]) -> None:
    from fontTools import subset

    folder.mkdir(parents=True, exist_ok=True)
    for package, faces in FACES.items():
        source = _files(package)
        for face in faces:
            options = subset.Options()
            options.flavor = "woff"
            options.layout_features = FEATURES
            options.notdef_outline = True
            options.recalc_timestamp = False
            font = subset.load_font(str(source / f"{face}.otf"), options)
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=characters)
            names = font["name"]
            del font["name"]  # else every table is searched for what refers to a name: a third of the time
            subsetter.subset(font)
            names.names = [one for one in names.names if one.nameID in options.name_IDs and one.isUnicode()]
            font["name"] = names
            subset.save_font(font, str(folder / f"{face}.woff"), options)
            font.close()


def _files(package: str) -> Path:
    """Folder of the font files of an installed font package."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ReportError(
            f"Das Paket {package.replace('_', '-')} fehlt.", "Die Pakete aus requirements.lock installieren."
        )
    return Path(spec.origin).parent / "files"

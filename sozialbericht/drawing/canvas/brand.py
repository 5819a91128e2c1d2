"""The brand: colour tokens and font files of the report, for figures, print and web.

Colours are read from the report's ``_brand.yml`` and nowhere else; code names tokens, never colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import font_source_sans_pro
import font_source_serif_pro
import yaml

from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import default_root

DARK = "-dunkel"
RESTORE = "Die letzte Fassung der Datei zurückholen."


@dataclass(frozen=True, eq=False)
class Tokens:
    """The colour tokens: ``light`` for paper and web, ``dark`` for the web; ``tokens["tinte"]`` is light.

    They are read once: those of one file are the same object.
    """

    light: Mapping[str, str]
    dark: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """The light colour of a token, ``#RRGGBB``."""
        return self.light[name]


class _Active:
    """The brand file in use; None: the project's own. While a figure is drawn, its tokens are held."""

    brand: Path | None = None
    held: Tokens | None = None


def use(brand: Path | None) -> None:
    """Take the colours from this ``_brand.yml`` from now on; None returns to the project's own."""
    _Active.brand = brand


def brand_file() -> Path:
    """The brand file in use: the one given to ``use``, else ``report/_brand.yml`` of the project.

    Raises InputError where there is none."""
    if _Active.brand is not None:
        return _Active.brand
    if (path := default_root() / "report" / "_brand.yml").is_file():
        return path
    raise InputError([Fault("report/_brand.yml", "Die Datei mit den Farben des Berichts fehlt.", RESTORE)])


def tokens(brand: Path | None = None) -> Tokens:
    """The colour tokens of a brand file (default: the one in use). Raises InputError for a faulty file."""
    if brand is None and _Active.held is not None:
        return _Active.held
    path = brand or brand_file()
    return _read(path, path.stat().st_mtime_ns)


@contextmanager
def held() -> Iterator[None]:
    """Hold the tokens inside a ``with`` block: the file is looked at once, not for every mark."""
    before = _Active.held
    _Active.held = tokens()
    try:
        yield
    finally:
        _Active.held = before


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Tokens:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    palette = {k: str(v).upper() for k, v in content["color"]["palette"].items()}
    light = {k: v for k, v in palette.items() if not k.endswith(DARK)}
    dark = {k.removesuffix(DARK): v for k, v in palette.items() if k.endswith(DARK)}
    faults = [
        Fault(path.name, f"„{v}“ ist keine Farbe der Form #RRGGBB.", "Sie so schreiben: \"#1A2024\".", column=k)
        for k, v in palette.items()
        if len(v) != 7 or v[0] != "#" or not set(v[1:]) <= set("0123456789ABCDEF")
    ]
    seen: dict[str, str] = {}
    for name, value in light.items():
        if value in seen:
            faults.append(
                Fault(
                    path.name,
                    f"Dieselbe Farbe {value} wie „{seen[value]}“.",
                    "Einen Wert um 1 ändern.",
                    column=name,
                )
            )
        seen.setdefault(value, name)
    bare = [k for k in dark if k not in light]
    faults += [Fault(path.name, "Zu dieser Farbe fehlt die helle.", "Sie ergänzen.", column=k) for k in bare]
    if faults:
        raise InputError(faults)
    return Tokens(MappingProxyType(light), MappingProxyType(dark))


#: Dark on both grounds.
_FIXED = "auf-mittlerem-typ"
_INK = {
    **{f"s{i}": "tinte" if i < 4 else "grund" for i in range(1, 6)},
    **{f"d{i}": "grund" if i in {1, 5} else "tinte" for i in range(1, 6)},
    **{f"n{i}": "tinte" if i < 4 else "grund" for i in range(1, 6)},
    **{"t1": "tinte", "t2": "tinte", "t23": "tinte", "t3": _FIXED, "t34": _FIXED, "t4": "grund", "t5": "grund"},
    **{"k1": "grund", "k2": _FIXED, "k3": _FIXED, "k4": "tinte", "k5": "grund", "k6": "tinte"},
}
#: Of the seven colours of types, which grow darker, those that keep most distance, by the number of types, the least
#: burdened first.
_TYPES = {
    2: ("t1", "t5"),
    3: ("t1", "t3", "t5"),
    4: ("t1", "t2", "t4", "t5"),
    5: ("t1", "t2", "t3", "t4", "t5"),
    6: ("t1", "t2", "t23", "t34", "t4", "t5"),
    7: ("t1", "t2", "t23", "t3", "t34", "t4", "t5"),
}


def ink_on(token: str) -> str:
    """The token of the text colour on a class: listed, not decided by a threshold while drawing."""
    return _INK.get(token, "tinte")


def type_colour(kind: int, kinds: int) -> str:
    """The token of the colour of one type (from 1, the least burdened) of so many (two to seven)."""
    return _TYPES[kinds][kind - 1]


@lru_cache(maxsize=1)
def font_files() -> tuple[Path, ...]:
    """The five font files of the report: Sans Light, Regular, Semibold, Serif Regular, Italic (OTF)."""
    sans, serif = font_source_sans_pro.font_files_otf, font_source_serif_pro.font_files_otf
    names = [(sans, f"SourceSansPro{w}") for w in ("Light", "", "Semibold")]
    names += [(serif, f"SourceSerifPro{w}") for w in ("", "It")]
    return tuple(Path(files[name]) for files, name in names)

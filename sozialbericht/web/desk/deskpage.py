"""Deskpage: one HTML page of its own for the analyst alone, in the report's look.

It may name counts that the report has to withhold: it is written with rights for its owner only and lies outside every
report. Nothing is loaded from anywhere; fonts and pictures are part of the page.
"""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path
from typing import Any

from sozialbericht.cache.store import Store
from sozialbericht.data import files
from sozialbericht.drawing.canvas import brand
from sozialbericht.escaping import html_text
from sozialbericht.web import fonts

FACES = {"SourceSansPro-Light": 300, "SourceSansPro-Regular": 400, "SourceSansPro-Semibold": 600}
WARNING = "Nur für die Bearbeitung: Die Seite nennt Zahlen, die im Bericht geheim gehalten werden."

_STYLE = """
:root { color-scheme: light dark; --sans: "Source Sans Pro", "Segoe UI", Roboto, Arial, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1.5rem 4rem; background: var(--grund); color: var(--tinte);
  font: 400 1.0625rem/1.5 var(--sans); overflow-wrap: anywhere; }
h1 { font-size: 2.4rem; font-weight: 600; line-height: 1.2; margin: .6rem 0 .4rem; }
h2 { font-size: 1.4rem; font-weight: 600; margin: 3rem 0 0; }
p { margin: 0 0 .5rem; max-width: 68ch; }
.status { color: var(--signal); font-weight: 600; max-width: none; }
.eintrag { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr) 17rem; gap: .3rem 1.25rem;
  padding: 1.1rem 0 1.2rem;
  border-top: 1px solid var(--linie); }
h2 + .eintrag { border-top: 2px solid var(--tinte); margin-top: .6rem; }
.mass b { display: block; font-weight: 300; font-size: 2.5rem; line-height: 1.1; color: var(--akzent);
  font-variant-numeric: tabular-nums; }
.mass, .ort, figcaption, .grau { color: var(--grau); font-size: .9375rem; }
strong { font-weight: 600; }
details { margin-top: .4rem; font-size: .9375rem; }
summary { color: var(--akzent); cursor: pointer; }
code { display: block; background: var(--sand); padding: .5rem .7rem; margin: .3rem 0; font-size: .875rem;
  white-space: pre-wrap; }
.breit { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9375rem; min-width: 50%; }
th { text-align: left; font-weight: 600; border-bottom: 2px solid var(--tinte); }
th, td { padding: .3rem 1.2rem .3rem 0; vertical-align: top; }
td { border-bottom: 1px solid var(--linie); overflow-wrap: normal; }
figure { margin: 0; }
svg { display: block; max-width: 100%; }
svg text { font: 400 12px var(--sans); fill: var(--grau); }
:focus-visible { outline: 3px solid var(--akzent); outline-offset: 3px; }
@media (max-width: 60rem) { .eintrag { grid-template-columns: minmax(0, 1fr); }
  .mass b { display: inline; font-size: 1.6rem; } }
"""


def write(path: Path, text: str) -> Path:
    """Write a page, with rights for its owner alone, in one step; returns its path."""
    files.put(path, text.encode("utf-8"), private=True)
    return path


def page(heading: str, city: str, parts: list[str], cache: Store | None = None) -> str:
    """A page with a heading, the warning whom it is for, and parts that are HTML."""
    title = f"{heading} – {city}"
    body = f"<h1>{html_text(heading)}</h1><p class='status'>{WARNING}</p>{''.join(parts)}"
    return (
        f'<!doctype html>\n<html lang="de"><head><meta charset="utf-8"><meta name="robots" content="noindex">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{html_text(title)}</title>'
        f"<style>{_faces(cache)}{_colours()}{_STYLE}</style></head><body><main>{body}</main></body></html>\n"
    )


def _colours() -> str:
    """The brand's colours as custom properties, for a light and a dark ground."""
    tokens = brand.tokens()

    def told(palette: Any) -> str:
        return "".join(f"--{name}:{value};" for name, value in palette.items())

    return f":root{{{told(tokens.light)}}}@media (prefers-color-scheme: dark){{:root{{{told(tokens.dark)}}}}}"


def _faces(cache: Store | None) -> str:
    """The report's sans serif as part of the page."""
    with tempfile.TemporaryDirectory() as place:
        fonts.write_fonts(Path(place), cache)
        coded = {face: base64.b64encode((Path(place) / f"{face}.woff").read_bytes()).decode() for face in FACES}
    return "".join(
        f'@font-face{{font-family:"Source Sans Pro";font-weight:{weight};'
        f'src:url("data:font/woff;base64,{coded[face]}") format("woff")}}'
        for face, weight in FACES.items()
    )

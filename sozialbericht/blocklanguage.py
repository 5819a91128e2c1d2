"""The block language: every block of a report, declared once, with its attributes and where each stitcher sets it.

A block stands in the assembled Markdown as ``::: {.name key="value"}`` … ``:::``. It is written by :func:`fence`,
allowed in texts by ``--check`` (``checking/constructs.py``), translated by ``report/filter/bericht.lua``
and, for Word, ``word.lua``, set
on paper by a function of ``report/druck/typst-template.typ`` and on the web by rules of ``report/web/bericht.css``, and
shown in JupyterLab by the function or class that is named as its preview. ``tests/test_blocklanguage.py`` looks in all
places.
"""

from __future__ import annotations

from dataclasses import dataclass

from sozialbericht.escaping import Markup, attribute, escape

#: What follows the name of a figure in the name of the file of its values, among the pictures.
VALUES = ".werte.csv"
#: What follows a picture's name in the name of the file of its cut for phones.
NARROW_CUT = ".schmal.svg"
#: The mark of a drawing that was made in a notebook, not by the report.
DRAWN = 'data-gezeichnet="notebook"'
#: The class of a heading below which only terms are listed that the report uses.
ONLY_USED = "nur-vorkommende"


@dataclass(frozen=True)
class Kind:
    """A kind of block: its class, what it is for (German, for messages and the handbook), its attributes.

    ``typst`` and ``css`` are the function and the selector that set it, "" where the stitchers do it themselves;
    ``preview`` is the function that writes it with its preview, as ``folder.module.name``; ``colons`` are more
    than three around blocks that hold others.
    """

    name: str
    purpose: str
    attributes: tuple[str, ...] = ()
    typst: str = ""
    css: str = ""
    preview: str = ""
    colons: int = 3


#: What a table says of its setting; a block with a table inside has these, too.
LAYOUT = ("spalten", "gruppen", "links", "stil", "seite", "ueber")
KINDS = {
    kind.name: kind
    for kind in (
        Kind("leitsatz", "das Ergebnis eines Kapitels", (), "leitsatz", ".leitsatz", "writing.blocks.box"),
        Kind("kasten", "ein Kasten mit Überschrift", ("titel",), "kasten", ".kasten", "writing.blocks.box"),
        Kind("lesebeispiel", "wie eine Abbildung zu lesen ist", (), "lesebeispiel", ".lesebeispiel",
            "writing.blocks.box"),
        Kind("quelle", "Quelle und Stand unter Abbildung oder Tabelle", (), "quelle", ".quelle",
            "writing.blocks.source"),
        Kind("kennzahlen", "die Reihe der Kennzahlen", (), "kennzahlen", ".kennzahlen", "writing.blocks.key_figures"),
        Kind("kennzahl", "eine Kennzahl darin", ("name", "wert", "einheit"), "kennzahl", ".kennzahlen",
            "writing.blocks.key_figures"),
        Kind("schluessel", "Nummern und Namen unter einer Karte", (), "schluessel", ".schluessel",
            "writing.blocks.figure"),
        Kind("datenblatt", "Begriffe und was zu ihnen gehört", ("dicht",), "datenblatt", ".datenblatt",
            "profile.panels.sheet"),
        Kind("befund", "ein Ergebnis mit Überschrift und kleinem Bild oder Tabelle", ("kopf", *LAYOUT), "befund",
            ".befund", "subjects.brief.findingblock.finding"),
        Kind("bildzeile", "ein Bild ohne Nummer über die ganze Breite", (), "bildzeile", ".bildzeile",
            "subjects.brief.leftpage.children"),
        Kind("hinweiszeile", "eine Zeile mit Stichwort davor", ("marke", "klein"), "hinweiszeile", ".hinweiszeile",
            "subjects.summary.Kurzfassung"),
        Kind("seitenliste", "auf welcher Seite welches Gebiet steht", ("titel",), "seitenliste", ".seitenliste",
            "subjects.brief.rightpage.pages"),
        Kind("raumblatt", "ein Gebiet auf einer halben Seite: Karte und Werte, daneben Urteile",
            ("zeile", "sicher", "fuss", "letztes"), "raumblatt", ".raumblatt",
            "subjects.areasheets.areasheet.sheet", 4),
        Kind("profilkopf", "der Kopf eines Profils", ("art", "nummer", "zeile", "lage"), "profilkopf", ".profilkopf",
            "profile.panels.head"),
        Kind("zweispalten", "zwei Blöcke nebeneinander", (), "zweispalten", ".zweispalten", "profile.panels.columns",
            4),
        Kind("urteil", "Chancen, Belastungen oder Maßnahmen eines Gebiets", ("art", "titel", "ebene", *LAYOUT),
            "urteil", ".urteil", "subjects.areasheets.areasheet.verdict"),
        Kind("profilbild", "Abbildung oder Tabelle ohne Nummer", ("marke", "titel", "einheit", *LAYOUT), "profilbild",
            "figure", "profile.panels.figure"),
        Kind("bildtafel", "eine Tabelle und daneben ein Bild mit gleich hohen Zeilen",
            ("spalten", "gruppen", "links", "grau", "linien", "hoehen", "breite", "voll"), "bildtafel", ".bildtafel",
            "writing.rowtable.Rowtable", 4),
        Kind("gebietsverzeichnis", "das Verzeichnis der Gebiete", ("band",), "gebietsverzeichnis",
            ".gebietsverzeichnis", "subjects.finding.areaindex.verzeichnis"),
        Kind("content-visible", "nur in einem der beiden Formate", ("when-format",)),
        Kind("content-hidden", "nicht in einem der beiden Formate", ("when-format",)),
        Kind("nur-modelldaten", "nur solange die Daten Modelldaten sind"),
    )
}  # fmt: skip


def fence(name: str, /, *parts: str, **attributes: str) -> Markup:
    """A block of Markdown: its parts below each other, each escaped if it is text; attributes are text.

    Raises ``ValueError`` for a block or an attribute that is not declared.
    """
    if name not in KINDS or (strange := set(attributes) - set(KINDS[name].attributes)):
        raise ValueError(f"not declared: {name if name not in KINDS else f'{name} {sorted(strange)}'}")
    pairs = "".join(f" {key}={attribute(words)}" for key, words in attributes.items())
    marks, inner = ":" * KINDS[name].colons, Markup("\n\n").join(escape(part) for part in parts)
    return Markup(f"{marks} {{.{name}{pairs}}}\n{inner}\n{marks}")

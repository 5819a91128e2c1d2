"""Wishes: what can be asked for on the command line of ``render``."""

from __future__ import annotations

import argparse
from pathlib import Path


def options(parser: argparse.ArgumentParser) -> None:
    """The options of ``render``."""
    group = parser.add_argument_group("Bericht")
    group.add_argument(
        "--year", type=int, nargs="+", default=[], metavar="JAHR", help="das Berichtsjahr, z. B. 2006, oder mehrere"
    )
    group.add_argument(
        "--compare-with", type=int, metavar="JAHR",
        help="das frühere Jahr, mit dem verglichen wird (Vorgabe: das neueste frühere mit Werten)",
    )  # fmt: skip
    group.add_argument(
        "--format", choices=("pdf", "html", "docx", "all"),
        help="was entsteht: docx ist ein Entwurf für Word, all sind PDF und Webseiten (Vorgabe: all, mit --watch html)",
    )  # fmt: skip
    group.add_argument(
        "--engine",
        choices=("auto", "quarto", "builtin"),
        default="auto",
        help="womit gesetzt wird (Vorgabe: auto, also Quarto, wo es installiert ist)",
    )
    group.add_argument(
        "--output",
        type=Path,
        metavar="ORDNER",
        help="Ziel (Vorgabe: build/JAHR, mit --only build/JAHR-auszug, mit --draft und --watch build/JAHR-entwurf); "
        "bei mehreren Jahren ORDNER/JAHR",
    )
    group.add_argument(
        "--only",
        nargs="+",
        default=[],
        metavar="KAPITEL",
        help="ein Auszug nur aus diesen Kapiteln, z. B. arbeitslosigkeit",
    )
    group.add_argument(
        "--draft",
        action="store_true",
        help="ein Entwurf ohne die Prüfung der fertigen Dateien, in build/JAHR-entwurf; jede Seite sagt es",
    )
    group.add_argument(
        "--profiles",
        nargs="*",
        metavar="GEBIET",
        help="auch die Profile der Gebiete: alle oder die genannten, mit ihrem Namen",
    )
    group.add_argument(
        "--data", type=Path, default=Path("data"), metavar="ORDNER", help="Ordner der Daten (Vorgabe: data)"
    )
    group.add_argument(
        "--jobs", type=_positive, metavar="N", help="wie viele Notebooks zugleich laufen (Vorgabe: Zahl der Kerne)"
    )
    group.add_argument(
        "--kernel",
        choices=("warm", "einzeln"),
        default="warm",
        help="wie die Notebooks starten: aus einem vorbereiteten Prozess, wo das System es kann, oder jedes für sich",
    )
    group.add_argument("--no-cache", action="store_true", help="nichts aus früheren Läufen verwenden")
    group.add_argument(
        "--executor", metavar="dask://HOST:PORT", help="die Notebooks in einem Dask-Rechenverbund ausführen"
    )
    parser.add_argument("--watch", action="store_true", help="nach jedem Speichern neu rendern, Vorschau im Browser")
    parser.add_argument("--check", action="store_true", help="Daten, Notebooks und Texte nur prüfen")
    parser.add_argument("--open", action="store_true", help="den fertigen Bericht öffnen")
    parser.add_argument("--lab", action="store_true", help="die Notebooks in JupyterLab öffnen")
    loud = parser.add_mutually_exclusive_group()
    loud.add_argument("--quiet", action="store_true", help="nur nennen, was zu lesen ist: Ergebnis, Fehler")
    loud.add_argument("--verbose", action="store_true", help="alles nennen: auch Unverändertes und letzte Schritte")
    parser.add_argument("--version", action="store_true", help="Version, Setzer und Form der Daten nennen")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number

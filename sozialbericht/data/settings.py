"""Settings: ``bericht.yml`` of the data folder, the one file for what those responsible for a report decide."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from sozialbericht.data.decided import contributions, settingnodes
from sozialbericht.data.decided.ebene import Ebene
from sozialbericht.data.decided.pflichtangaben import Pflichtangaben
from sozialbericht.data.decided.settingnodes import HELP, NAME
from sozialbericht.data.decided.settingreaders import READERS, Regel, Statusindex, Vorfuehrung
from sozialbericht.data.decided.typen import Typen
from sozialbericht.data.faultlist import Finding, Findings, quoted, similar
from sozialbericht.data.files import inside

__all__ = ["NAME", "Regel", "Settings", "Statusindex", "Vorfuehrung", "read"]


@dataclass(frozen=True)
class Settings:
    """What is decided for a report and not computed; the defaults hold where the file or a line is absent.

    ``titel`` and ``deckblatt_hinweis`` stand on the cover; ``herausgeber``, ``kontakt`` and further paragraphs
    ``impressum`` in the Impressum; ``vorfuehrung`` is said with Modelldaten only; ``auftrag`` are the paragraphs of
    the mandate, ``texte`` others by name, also contributions in files of their own; ``glossar`` and ``abkuerzungen``
    the city's own terms; ``pflichtangaben`` is what a public body must publish; ``synonyme`` are other words that
    people search for, with the report's own; ``verantwortlich`` releases reports; ``leitindikator`` is the indicator
    of the picture on the cover; ``dimensionen`` is their order; ``koordinatensystem`` is the EPSG number of the plane
    in which maps are drawn (0: the UTM zone of the place); ``regel`` says who is an Aktionsraum; ``typen`` are the
    number and the names of the types; ``ebenen`` are the words of the levels; ``statusindex`` says whom the index
    leaves out; areas with fewer inhabitants than ``mindestnenner`` have their values in brackets; so many earlier
    reports of a year stay in the ``archiv``.
    """

    titel: str = ""
    deckblatt_hinweis: str = ""
    herausgeber: str = ""
    kontakt: str = ""
    impressum: tuple[str, ...] = ()
    vorfuehrung: Vorfuehrung = field(default_factory=Vorfuehrung)
    auftrag: tuple[str, ...] = ()
    texte: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    glossar: Mapping[str, str] = field(default_factory=dict)
    abkuerzungen: Mapping[str, str] = field(default_factory=dict)
    pflichtangaben: Pflichtangaben = field(default_factory=Pflichtangaben)
    synonyme: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    verantwortlich: str = ""
    leitindikator: str = ""
    dimensionen: tuple[str, ...] = ()
    koordinatensystem: int = 0
    regel: Regel = Regel.UNTER_DURCHSCHNITT
    typen: Typen = field(default_factory=Typen)
    ebenen: Mapping[str, Ebene] = field(default_factory=dict)
    statusindex: Statusindex = field(default_factory=Statusindex)
    mindestnenner: int = 300
    archiv: int = 3

    @property
    def undeclared(self) -> list[str]:
        """The names of what a public body must publish and is not said: an official report is not released then."""
        first = [name for name in ("herausgeber", "kontakt") if not getattr(self, name)]
        return [*first, *(f"pflichtangaben: {name}" for name in self.pflichtangaben.missing())]


def read(folder: Path, findings: Findings) -> Settings:
    """The settings of a data folder with the texts that others have written for it; faults are noted with their line,
    and then the defaults hold.
    """
    chosen, texts = _decided(folder, findings), contributions.read(folder, findings)
    for name in contributions.NAMES:
        if name in chosen.texte:
            what = f"Unter „texte“ steht {quoted(name)}; das ist eine eigene Datei."
            remedy = f"Schreiben Sie den Text in {contributions.FOLDER}/{name}.md und streichen Sie die Angabe."
            findings.add("Einstellung", NAME, what, remedy)
    return replace(chosen, texte={**chosen.texte, **texts}) if texts else chosen


def _decided(folder: Path, findings: Findings) -> Settings:
    """What ``bericht.yml`` says."""
    path = folder / NAME
    for other in ("bericht.yaml", "Bericht.yml"):
        if not path.exists() and (folder / other).exists():
            findings.add("Einstellung", other, f"Die Datei heißt {other}.", f"Nennen Sie sie {NAME}.")
    if not path.exists() and not path.is_symlink():
        return Settings()
    if not inside(path, folder, NAME, findings):
        return Settings()
    try:
        text = path.read_bytes().decode("utf-8-sig")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        findings.add("Datei nicht lesbar", NAME, f"Die Datei lässt sich nicht lesen ({error.strerror}).", HELP)
        return Settings()
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        what = "Die Datei ist nicht in UTF-8 gespeichert."
        findings.add("falsche Kodierung", NAME, what, "Speichern Sie sie in einem Texteditor als UTF-8.", row=row)
        return Settings()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        findings.extend([_invalid(error)])
        return Settings()
    chosen: dict[str, Any] = {}
    faults = [] if root is None else list(_read(root, chosen))
    findings.extend(faults)
    return Settings() if faults else replace(Settings(), **chosen)


def with_earlier(chosen: Settings, contract: Mapping[str, Any], findings: Findings) -> Settings:
    """The settings with what older data folders say in ``datapackage.json``: ``statusindex``, if the file has none."""
    if "statusindex" not in contract:
        return chosen
    if chosen.statusindex != Statusindex():
        what = "„statusindex“ steht auch in datapackage.json."
        findings.add("Einstellung", NAME, what, "Streichen Sie die Angabe dort; es gilt nur eine.")
        return chosen
    told: dict[str, Any] = {}
    node = yaml.compose(json.dumps({"statusindex": contract["statusindex"]}), Loader=yaml.SafeLoader)
    faults = list(_read(node, told))
    findings.extend(fault._replace(file="datapackage.json", row=None) for fault in faults)
    return chosen if faults else replace(chosen, **told)


def _invalid(error: Exception) -> Finding:
    """What YAML says about a file, in German."""
    mark, row = getattr(error, "problem_mark", None), 1
    if mark is not None:
        row = mark.line + 1
    elif isinstance(error, yaml.reader.ReaderError):
        what = "Die Datei enthält ein Zeichen, das sich nicht drucken lässt."
        return Finding("kaputtes YAML", NAME, what, "Löschen Sie das Zeichen.")
    if isinstance(error, RecursionError):
        return Finding("kaputtes YAML", NAME, "Die Datei ist zu tief verschachtelt.", HELP, row)
    remedy = (
        f"Je Zeile ein Name, ein Doppelpunkt und ein Wert, z. B. „regel: {Regel.UNTER_DURCHSCHNITT}“. "
        "Enthält ein Text einen Doppelpunkt oder #, setzen Sie ihn in gerade Anführungszeichen."
    )
    return Finding("kaputtes YAML", NAME, "Die Datei ist kein gültiges YAML.", remedy, row)


def _read(root: yaml.Node, chosen: dict[str, Any]) -> Iterator[Finding]:
    """Put the values of a file into ``chosen``; yields its faults."""
    if not isinstance(root, yaml.MappingNode):
        yield settingnodes.finding(root, "Die Datei enthält keine Einstellungen der Form „Name: Wert“.")
        return
    pairs, faults = settingnodes.pairs(root)
    yield from faults
    for name, key, value in pairs:
        if name not in READERS:
            what = f"Eine Einstellung {quoted(name[:60])} gibt es nicht."
            yield settingnodes.finding(key, what, similar(name, READERS))
        else:
            yield from READERS[name](name, value, chosen)

"""What a notebook writes with: one object that gives protected values and puts text and figures into the report.

The list in the class is the whole vocabulary: values come from :class:`Datenbestand`; texts, figures and tables are
functions of one module a subject; what is found in the data (typology, status, decision …) is an object of its own with
its figures and tables on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from types import MethodType
from typing import Any, NoReturn

from sozialbericht.drawing.canvas import style
from sozialbericht.findings import chances, decision, extremes, tally
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.profile.areaprofile import Profil
from sozialbericht.renamed import RENAMED
from sozialbericht.subjects import comparisons, compositions, gaps, groups
from sozialbericht.subjects.ages import Altersaufbau
from sozialbericht.subjects.annex import Anhang
from sozialbericht.subjects.compositions import Aufteilung
from sozialbericht.subjects.crossings.consequences import Folgerungen
from sozialbericht.subjects.crossings.crossing import Querschnitt
from sozialbericht.subjects.flows import Fluss
from sozialbericht.subjects.plan import Aktionsplan
from sozialbericht.subjects.published import Veroeffentlichtes
from sozialbericht.subjects.register import Register
from sozialbericht.subjects.spatialfigures import Raumstruktur
from sozialbericht.subjects.statusfigures import Statusbericht
from sozialbericht.subjects.summary import Kurzfassung
from sozialbericht.subjects.typologies.typefigures import Typologie
from sozialbericht.writing import (  # fmt: skip
    arguments,
    captions,
    cellmemory,
    figures,
    pageview,
    photographs,
    prose,
    rankedtable,
    tables,
)


class Bericht(Datenbestand):
    """Schreibt ein Kapitel: gibt geschützte Werte und setzt Texte, Abbildungen und Tabellen in den Bericht.

    Beispiel::

        b = Bericht(jahr, vergleichsjahr, daten)
        b.text("{r.Wo} betrug die Rate {r}.", r=b.wert("al_rate"))
        b.karte("al_rate")
    """

    def __init__(self, jahr: int, vergleichsjahr: int | None = None, daten: str | Path = "data") -> None:
        super().__init__(jahr, vergleichsjahr, daten)
        style.apply()
        cellmemory.begin()

    # words
    satz = prose.satz
    text = prose.text
    leitsatz = prose.leitsatz
    kasten = prose.kasten
    abschnitt = prose.abschnitt
    definition = prose.definition
    lesebeispiel = prose.lesebeispiel
    kennzahl = prose.kennzahl
    kennzahlen = prose.kennzahlen
    lage_zur_stadt = prose.lage_zur_stadt
    lagesatz = prose.lagesatz
    gebietssatz = prose.gebietssatz
    bruchsatz = prose.bruchsatz
    aufzaehlung = prose.aufzaehlung
    mit_nummern = prose.mit_nummern
    formel = prose.formel
    zahl = tally.zahl
    anteil_an_stadt = chances.anteil_an_stadt
    gruppieren = groups.gruppieren
    gruppenwert = groups.gruppenwert
    quellenzeile = groups.quellenzeile

    # figures
    abbildung = figures.abbildung
    bild = photographs.bild
    deckblatt = figures.deckblatt
    uebersichtskarte = figures.uebersichtskarte
    karte = figures.karte
    rangfolge = rankedtable.rangfolge
    verlauf = figures.verlauf
    linien = figures.linien
    indexlinien = comparisons.indexlinien
    indexverlauf = comparisons.indexverlauf
    streudiagramm = comparisons.streudiagramm
    punktreihen = groups.punktreihen
    streuung = groups.streuung
    paare = groups.paare

    # tables
    tabelle = tables.tabelle
    tabelle_bezirke = tables.tabelle_bezirke
    tabelle_raeume = tables.tabelle_raeume
    tabelle_gruppen = tables.tabelle_gruppen
    tabelle_zahlen = compositions.tabelle_zahlen
    tabelle_abweichungen = groups.tabelle_abweichungen
    tabelle_abstaende = gaps.tabelle_abstaende

    # what is found in the data
    auswahl = decision.auswahl
    auswahlwechsel = decision.auswahlwechsel
    typ = decision.typ
    spitze = extremes.spitze
    vergleichslage = extremes.vergleichslage
    abstaende = gaps.abstaende

    def typisierung(self, jahr: int | None = None) -> Typologie:
        """Die Typisierung der Sozialräume für ein Jahr (ohne Angabe das Berichtsjahr)."""
        return Typologie(self, jahr)

    def status_dynamik(self, jahr: int | None = None) -> Statusbericht:
        """Status und Dynamik der Sozialräume für ein Jahr (ohne Angabe das Berichtsjahr)."""
        return Statusbericht(self, jahr)

    def raumstruktur(self) -> Raumstruktur:
        """Wie die Werte im Stadtgebiet verteilt sind: Muster, Segregation, Enden."""
        return Raumstruktur(self)

    def aufteilung(
        self, merkmale: Mapping[str, str], *, gesamt: str | None = None, gesamtname: str = "insgesamt",
        raeume: Sequence[str] | None = None, stand: str | None = None,
    ) -> Aufteilung:  # fmt: skip
        """Woraus sich ein Ganzes zusammensetzt (Merkmal oder Summe → Name), als Balken und als Tabelle.

        ``gesamt``: das Merkmal des Ganzen, sonst die Summe; ``gesamtname``: sein Name; ``raeume``: Gebiete statt Stadt
        und Stadtbezirken; ``stand``: Indikator, dessen Stand gilt.
        """
        return Aufteilung(self, merkmale, gesamt=gesamt, gesamtname=gesamtname, raeume=raeume, stand=stand)

    def altersaufbau(self, frauen: str, maenner: str) -> Altersaufbau:
        """Der Altersaufbau als Pyramide und als Tabelle.

        ``frauen``, ``maenner``: Anfang der Merkmale („bev_w“).
        """
        return Altersaufbau(self, frauen, maenner)

    def fluss(self, ziele: Mapping[str, str], gruppen: Mapping[str, Sequence[str]]) -> Fluss:
        """Bänder von Gruppen von Gebieten zu Zielen, als Bild und als Tabelle.

        ``ziele``: Indikator → Name; ``gruppen``: Name → raum_id.
        """
        return Fluss(self, ziele, gruppen)

    def profil(self, raum: str) -> Profil:
        """Das Profil eines Gebiets."""
        return Profil(self, raum)

    def aktionsplan(self) -> Aktionsplan:
        """Die Aktionsräume in Tabellen und Steckbriefen."""
        return Aktionsplan(self)

    def massnahmen(self) -> Register:
        """Das Register der Maßnahmen."""
        return Register(self)

    def kurzfassung(self) -> Kurzfassung:
        """Die Ergebnisse der Kapitel auf wenigen Seiten."""
        return Kurzfassung(self)

    def anhang(self) -> Anhang:
        """Tabellen, Blätter, Zeitreihen und Datenstand aus dem Katalog."""
        return Anhang(self)

    def veroeffentlichtes(self) -> Veroeffentlichtes:
        """Veröffentlichte Angaben neben den Werten dieses Berichts."""
        return Veroeffentlichtes(self)

    @property
    def kalibrierungshinweis(self) -> str:
        """Der Satz, dass die Zuordnung in den Modelldaten angelegt ist; leer bei amtlichen Daten."""
        return captions.calibration(self)

    # when to write, and to look at it

    vorschau = pageview.vorschau

    def wenn(self, bedingung: object) -> Bericht:
        """Dieser Bericht, wenn die Bedingung gilt; sonst einer, dessen Texte, Abbildungen und Tabellen entfallen.

        Beispiel: ``k = b.wenn(not t.grund)`` am Anfang eines Kapitels, danach ``k.text(…)``.
        """
        return self if bedingung else _Stumm(self)

    def __getattr__(self, name: str) -> NoReturn:
        told = f"„b.{name}“ heißt jetzt „b.{RENAMED[name]}“." if name in RENAMED else f"„b.{name}“ gibt es nicht."
        raise AttributeError(told, name=name, obj=self)


arguments.guard(Bericht, "b")


class _Silent:
    """What gives nothing back only puts something into the report: that is left out here."""

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name.startswith("_") or not isinstance(found, MethodType):
            return found
        given = found.__annotations__.get("return")
        if given == "None":
            return wraps(found)(_put_nothing())
        return wraps(found)(lambda *args, **named: _silenced(found(*args, **named))) if given in _RESULTS else found


class _Stumm(_Silent, Bericht):
    """A report of which nothing is put; values and sentences are the same."""

    def __init__(self, speaking: Bericht) -> None:
        vars(self).update(vars(speaking))


#: The objects that put something themselves.
_MADE = (
    Aktionsplan, Altersaufbau, Anhang, Aufteilung, Fluss, Folgerungen, Kurzfassung, Profil, Querschnitt,
    Raumstruktur, Register, Statusbericht, Typologie, Veroeffentlichtes,
)  # fmt: skip
_RESULTS = {cls.__name__ for cls in _MADE}
for _class in _MADE:
    arguments.guard(_class, _class.__name__)


def _silenced(found: object) -> object:
    """A result of which nothing is put."""
    object.__setattr__(found, "__class__", type(type(found).__name__, (_Silent, type(found)), {}))
    return found


def _put_nothing() -> Callable[..., None]:
    """What puts nothing into the report."""
    return lambda *args, **named: None

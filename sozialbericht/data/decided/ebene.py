"""Ebene: what the parts of a city on one level are called in German, with all forms that sentences need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sozialbericht.data.decided.pronouns import FORMS, Pronouns

#: The words of a level that must be told, and those that may be.
NEEDED = ("einzahl", "mehrzahl", "geschlecht")
OPTIONAL = ("dativ", "genitiv", "wo", "wessen", "kurz", "kopf", "adjektiv")


@dataclass(frozen=True)
class Ebene(Pronouns):
    """Eine Ebene der Gliederung: ihr Schlüssel in den Daten und ihr deutsches Wort mit seinen Formen.

    ``einzahl``, ``mehrzahl``, ``geschlecht`` (m, f, n), ``dativ`` (der Mehrzahl), ``genitiv`` (der Einzahl); ``wo``
    ist, wie ein Ort dieser Ebene im Satz steht, ``wessen`` sein Genitiv („der Stadt {name}“), mit ``{name}`` für seinen
    Namen; ``kurz`` die Mehrzahl, wo wenig Platz
    ist; ``kopf`` die Mehrzahl in einem schmalen Tabellenkopf (``|`` erlaubt eine Trennung); ``adjektiv`` das der ganzen
    Stadt („städtisch“). Das Wort darf ein Adjektiv vor sich haben („Statistischer Bezirk“); es wird gebeugt.
    """

    schluessel: str
    einzahl: str
    mehrzahl: str
    geschlecht: str
    dativ: str = ""
    genitiv: str = ""
    wo: str = ""
    wessen: str = ""
    kurz: str = ""
    kopf: str = ""
    adjektiv: str = ""

    def __post_init__(self) -> None:
        plural, noun = self.mehrzahl_bestimmt, self.einzahl_gebeugt
        hissing = noun.endswith(("s", "ß", "x", "z"))
        ending = "" if self.geschlecht == "f" else "es" if hissing else "s"
        object.__setattr__(self, "dativ", self.dativ or (plural if plural.endswith(("n", "s")) else f"{plural}n"))
        object.__setattr__(self, "genitiv", self.genitiv or f"{noun}{ending}")
        object.__setattr__(self, "wo", self.wo or f"{self.darin} {{name}}")
        object.__setattr__(self, "wessen", self.wessen or f"{self.von} {{name}}")
        object.__setattr__(self, "kurz", self.kurz or self.mehrzahl)
        object.__setattr__(self, "kopf", self.kopf or self.mehrzahl)

    def __str__(self) -> str:
        """Der Schlüssel."""
        return self.schluessel

    def __bool__(self) -> bool:
        """Ob es die Ebene gibt."""
        return bool(self.schluessel)

    # -- the word, bent ----------------------------------------------------------------------------------

    @property
    def einzahl_gebeugt(self) -> str:
        """Die Einzahl nach „dem“, „einem“, „im“: „Sozialraum“, „Statistischen Bezirk“."""
        return self._bent("en")

    @property
    def einzahl_bestimmt(self) -> str:
        """Die Einzahl nach „der“, „die“, „das“: „Sozialraum“, „Statistische Bezirk“."""
        return self._bent("e")

    @property
    def einzahl_akkusativ(self) -> str:
        """Die Einzahl nach „einen“, „je“: „Sozialraum“, „Statistischen Bezirk“."""
        return self.einzahl_gebeugt if self.geschlecht == "m" else self.einzahl

    @property
    def mehrzahl_bestimmt(self) -> str:
        """Die Mehrzahl nach „die“, „alle“, „aller“, „keine“: „Sozialräume“, „Statistischen Bezirke“."""
        first, _, noun = self.mehrzahl.partition(" ")
        return f"{first}n {noun}" if self._stem and first == f"{self._stem}e" else self.mehrzahl

    @property
    def _stem(self) -> str:
        """The adjective before the noun without its ending; "" where there is none."""
        first, _, noun = self.einzahl.partition(" ")
        ending = FORMS[self.geschlecht]["er"]
        plural = self.mehrzahl.partition(" ")[0]
        stem = first.removesuffix(ending)
        return stem if noun and first.endswith(ending) and plural == f"{stem}e" else ""

    def _bent(self, ending: str) -> str:
        return f"{self._stem}{ending} {self.einzahl.partition(' ')[2]}" if self._stem else self.einzahl

    # -- the word with its article -----------------------------------------------------------------------

    @property
    def nominativ(self) -> str:
        """„der Sozialraum“, „die Stadt“."""
        return f"{self.der} {self.einzahl_bestimmt}"

    @property
    def akkusativ(self) -> str:
        """„den Sozialraum“, „die Stadt“."""
        return f"den {self.einzahl_gebeugt}" if self.geschlecht == "m" else self.nominativ

    @property
    def die_ganze(self) -> str:
        """Wen: „die ganze Stadt“, „den ganzen Landkreis“, „das ganze Viertel“."""
        article, whole = ("den", "ganzen") if self.geschlecht == "m" else (self.der, "ganze")
        return f"{article} {whole} {self.einzahl_gebeugt if self.geschlecht == 'm' else self.einzahl_bestimmt}"

    @property
    def wessen_eines(self) -> str:
        """„eines Sozialraums“, „einer Stadt“."""
        return f"{'einer' if self.geschlecht == 'f' else 'eines'} {self.genitiv}"

    @property
    def von(self) -> str:
        """Wessen: „des Sozialraums“, „der Stadt“."""
        return f"{self.des} {self.genitiv}"

    @property
    def darin(self) -> str:
        """„im Sozialraum“, „in der Stadt“."""
        return f"{FORMS[self.geschlecht]['im']} {self.einzahl_gebeugt}"

    @property
    def dazu(self) -> str:
        """„zum Sozialraum“, „zur Stadt“."""
        return f"{FORMS[self.geschlecht]['zum']} {self.einzahl_gebeugt}"

    @property
    def im_ganzen(self) -> str:
        """„in der ganzen Stadt“, „im ganzen Landkreis“."""
        return f"{FORMS[self.geschlecht]['im']} ganzen {self.einzahl_gebeugt}"

    @property
    def ganz(self) -> str:
        """„ganze Stadt“, „ganzer Landkreis“."""
        return f"ganz{FORMS[self.geschlecht]['er']} {self.einzahl}"

    def am(self, name: str) -> str:
        """Wo ein Gebiet der Ebene liegt: „im Sozialraum Seeviertel“, „in Musterstadt“."""
        return self.wo.replace("{name}", name)

    def vom(self, name: str) -> str:
        """Der Genitiv eines Gebiets der Ebene: „des Sozialraums Seeviertel“, „der Stadt Musterstadt“."""
        return self.wessen.replace("{name}", name)

    # -- what is said of the whole -----------------------------------------------------------------------

    @property
    def gesamtwert(self) -> str:
        """„Stadtwert“, „Kreiswert“; „Gesamtwert“, wo sich das Wort nicht zusammensetzen lässt."""
        return f"{self.einzahl}wert" if self.einzahl.isalpha() else "Gesamtwert"

    @property
    def gebiet(self) -> str:
        """„Stadtgebiet“, „Kreisgebiet“; „Gebiet“, wo sich das Wort nicht zusammensetzen lässt."""
        return f"{self.einzahl}gebiet" if self.einzahl.isalpha() else "Gebiet"

    @property
    def profile(self) -> str:
        """„Sozialraumprofile“; „Gebietsprofile“, wo sich das Wort nicht zusammensetzen lässt."""
        return f"{self.einzahl}profile" if self.einzahl.isalpha() and self else "Gebietsprofile"

    @property
    def durchschnitt(self) -> str:
        """Nach „dem“ und „den“: „städtischen Durchschnitt“, „Durchschnitt des Landkreises“."""
        return f"{self.adjektiv}en Durchschnitt" if self.adjektiv else f"Durchschnitt {self.von}"


#: Words for the usual keys, so that ``bericht.yml`` need not name them.
KNOWN = {
    e.schluessel: e
    for e in (
        Ebene("stadt", "Stadt", "Städte", "f", wo="in {name}", adjektiv="städtisch"),
        Ebene("gemeinde", "Gemeinde", "Gemeinden", "f"),
        Ebene("kreis", "Kreis", "Kreise", "m", genitiv="Kreises"),
        Ebene("landkreis", "Landkreis", "Landkreise", "m"),
        Ebene("stadtbezirk", "Stadtbezirk", "Stadtbezirke", "m", kopf="Stadt|bezirke"),
        Ebene("bezirk", "Bezirk", "Bezirke", "m"),
        Ebene("statistischer_bezirk", "Statistischer Bezirk", "Statistische Bezirke", "m", kurz="Bezirke"),
        Ebene("stadtteil", "Stadtteil", "Stadtteile", "m", kopf="Stadt|teile"),
        Ebene("ortsteil", "Ortsteil", "Ortsteile", "m", kopf="Orts|teile"),
        Ebene("sozialraum", "Sozialraum", "Sozialräume", "m", kurz="Räume", kopf="Sozial|räume"),
        Ebene("quartier", "Quartier", "Quartiere", "n", kopf="Quar|tiere"),
        Ebene("viertel", "Viertel", "Viertel", "n"),
        Ebene("bezirksregion", "Bezirksregion", "Bezirksregionen", "f", kurz="Regionen", kopf="Bezirks|regionen"),
        Ebene("prognoseraum", "Prognoseraum", "Prognoseräume", "m", kurz="Räume", kopf="Prognose|räume"),
        Ebene("planungsraum", "Planungsraum", "Planungsräume", "m", kurz="Räume", kopf="Planungs|räume"),
    )
}
#: Where nothing is known of a level, or there is none between the city and the smallest areas.
AREA = Ebene("", "Gebiet", "Gebiete", "n")


def of_words(key: str, words: Mapping[str, str]) -> Ebene:
    """A level with the words of ``bericht.yml``; what they leave open is as usual for a word that is known."""
    usual = next((e for e in KNOWN.values() if (e.einzahl, e.mehrzahl) == (words["einzahl"], words["mehrzahl"])), None)
    alike = usual is not None and usual.geschlecht == words["geschlecht"]
    more = {name: getattr(usual, name) for name in OPTIONAL} if alike else {}
    return Ebene(key, **{**more, **words})

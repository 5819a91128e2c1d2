"""Levels: how a city is divided, from the whole down to the smallest areas, and what its parts are called in German."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

#: Articles, pronouns and endings by gender.
_FORMS = {
    "m": {"der": "der", "des": "des", "dem": "dem", "einer": "einer", "im": "im", "zum": "zum", "er": "er"},
    "f": {"der": "die", "des": "der", "dem": "der", "einer": "eine", "im": "in der", "zum": "zur", "er": "e"},
    "n": {"der": "das", "des": "des", "dem": "dem", "einer": "eines", "im": "im", "zum": "zum", "er": "es"},
}
GENDERS = tuple(_FORMS)
#: The words of a level that must be told, and those that may be.
NEEDED = ("einzahl", "mehrzahl", "geschlecht")
OPTIONAL = ("dativ", "genitiv", "wo", "kurz", "kopf", "adjektiv")


@dataclass(frozen=True)
class Ebene:
    """Eine Ebene der Gliederung: ihr Schlüssel in den Daten und ihr deutsches Wort mit seinen Formen.

    ``einzahl``, ``mehrzahl``, ``geschlecht`` (m, f, n), ``dativ`` (der Mehrzahl), ``genitiv`` (der Einzahl); ``wo``
    ist, wie ein Ort dieser Ebene im Satz steht, mit ``{name}`` für seinen Namen; ``kurz`` die Mehrzahl, wo wenig Platz
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
        ending = _FORMS[self.geschlecht]["er"]
        plural = self.mehrzahl.partition(" ")[0]
        stem = first.removesuffix(ending)
        return stem if noun and first.endswith(ending) and plural == f"{stem}e" else ""

    def _bent(self, ending: str) -> str:
        return f"{self._stem}{ending} {self.einzahl.partition(' ')[2]}" if self._stem else self.einzahl

    # -- articles and pronouns ---------------------------------------------------------------------------

    @property
    def der(self) -> str:
        """„der“, „die“, „das“."""
        return _FORMS[self.geschlecht]["der"]

    @property
    def des(self) -> str:
        """„des“, „der“."""
        return _FORMS[self.geschlecht]["des"]

    @property
    def dem(self) -> str:
        """„dem“, „der“."""
        return _FORMS[self.geschlecht]["dem"]

    @property
    def ein(self) -> str:
        """„ein“, „eine“."""
        return "eine" if self.geschlecht == "f" else "ein"

    @property
    def einen(self) -> str:
        """„einen“, „eine“, „ein“."""
        return "einen" if self.geschlecht == "m" else self.ein

    @property
    def einem(self) -> str:
        """„einem“, „einer“."""
        return "einer" if self.geschlecht == "f" else "einem"

    @property
    def einer(self) -> str:
        """„einer“, „eine“, „eines“: allein stehend."""
        return _FORMS[self.geschlecht]["einer"]

    @property
    def er(self) -> str:
        """„er“, „sie“, „es“."""
        return {"m": "er", "f": "sie", "n": "es"}[self.geschlecht]

    @property
    def ihn(self) -> str:
        """„ihn“, „sie“, „es“."""
        return {"m": "ihn", "f": "sie", "n": "es"}[self.geschlecht]

    @property
    def derselbe(self) -> str:
        """„derselbe“, „dieselbe“, „dasselbe“."""
        return f"{self.der}selbe"

    @property
    def jeder(self) -> str:
        """„jeder“, „jede“, „jedes“."""
        return f"jed{_FORMS[self.geschlecht]['er']}"

    @property
    def kein(self) -> str:
        """„kein“, „keine“."""
        return f"k{self.ein}"

    @property
    def keiner(self) -> str:
        """„keiner“, „keine“, „keines“: allein stehend."""
        return f"k{self.einer}"

    @property
    def keinem(self) -> str:
        """„keinem“, „keiner“."""
        return f"k{self.einem}"

    # -- the word with its article -----------------------------------------------------------------------

    @property
    def nominativ(self) -> str:
        """„der Sozialraum“, „die Stadt“."""
        return f"{self.der} {self.einzahl_bestimmt}"

    @property
    def von(self) -> str:
        """Wessen: „des Sozialraums“, „der Stadt“."""
        return f"{self.des} {self.genitiv}"

    @property
    def darin(self) -> str:
        """„im Sozialraum“, „in der Stadt“."""
        return f"{_FORMS[self.geschlecht]['im']} {self.einzahl_gebeugt}"

    @property
    def dazu(self) -> str:
        """„zum Sozialraum“, „zur Stadt“."""
        return f"{_FORMS[self.geschlecht]['zum']} {self.einzahl_gebeugt}"

    @property
    def im_ganzen(self) -> str:
        """„in der ganzen Stadt“, „im ganzen Landkreis“."""
        return f"{_FORMS[self.geschlecht]['im']} ganzen {self.einzahl_gebeugt}"

    @property
    def ganz(self) -> str:
        """„ganze Stadt“, „ganzer Landkreis“."""
        return f"ganz{_FORMS[self.geschlecht]['er']} {self.einzahl}"

    def am(self, name: str) -> str:
        """Wo ein Gebiet der Ebene liegt: „im Sozialraum Seeviertel“, „in Musterstadt“."""
        return self.wo.replace("{name}", name)

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
        Ebene("kiez", "Kiez", "Kieze", "m"),
        Ebene("bezirksregion", "Bezirksregion", "Bezirksregionen", "f", kurz="Regionen", kopf="Bezirks|regionen"),
        Ebene("prognoseraum", "Prognoseraum", "Prognoseräume", "m", kurz="Räume", kopf="Prognose|räume"),
        Ebene("planungsraum", "Planungsraum", "Planungsräume", "m", kurz="Räume", kopf="Planungs|räume"),
    )
}
#: Where nothing is known of a level, or there is none between the city and the smallest areas.
AREA = Ebene("", "Gebiet", "Gebiete", "n")


@dataclass(frozen=True)
class Ebenen:
    """Die Ebenen einer Stadt, von der ganzen Stadt bis zu den kleinsten Gebieten."""

    alle: tuple[Ebene, ...]

    @property
    def stadt(self) -> Ebene:
        """Die ganze Stadt."""
        return self.alle[0]

    @property
    def unten(self) -> Ebene:
        """Die kleinsten Gebiete, für die der Bericht Werte zeigt."""
        return self.alle[-1]

    @property
    def mitte(self) -> Ebene:
        """Die Ebene über den kleinsten Gebieten; gibt es nur die Stadt darüber,
        ist ihr Schlüssel leer und sie hat keine Gebiete.
        """
        return self.alle[-2] if len(self.alle) > 2 else AREA

    def __iter__(self) -> Iterator[Ebene]:
        return iter(self.alle)

    def __getitem__(self, schluessel: str) -> Ebene:
        """Die Ebene mit einem Schlüssel; ``KeyError``, wo es sie nicht gibt."""
        return next(e for e in self.alle if e.schluessel == schluessel) if schluessel in self else _missing(schluessel)

    def __contains__(self, schluessel: object) -> bool:
        return schluessel in [e.schluessel for e in self.alle]


def of(keys: Sequence[str], given: Mapping[str, Ebene]) -> Ebenen:
    """The levels of a data folder with their words: those given, else the usual ones, else the key itself.

    A name of the city's level stands alone in a sentence („in Musterstadt“), whatever its word, unless ``given`` says
    else.
    """
    found = []
    for place, key in enumerate(keys):
        level = given.get(key) or KNOWN.get(key) or Ebene(key, key.capitalize(), key.capitalize(), "m")
        if place == 0 and key not in given:
            level = replace(level, schluessel=key, wo="in {name}")
        found.append(level)
    return Ebenen(tuple(found))


def of_words(key: str, words: Mapping[str, str]) -> Ebene:
    """A level with the words of ``bericht.yml``; what they leave open is as usual for a word that is known."""
    usual = next((e for e in KNOWN.values() if (e.einzahl, e.mehrzahl) == (words["einzahl"], words["mehrzahl"])), None)
    alike = usual is not None and usual.geschlecht == words["geschlecht"]
    more = {name: getattr(usual, name) for name in OPTIONAL} if alike else {}
    return Ebene(key, **{**more, **words})


def unnamed(keys: Sequence[str], given: Mapping[str, Ebene]) -> list[str]:
    """The keys of levels that have no words."""
    return [key for key in keys if key not in given and key not in KNOWN]


def _missing(key: str) -> Ebene:
    raise KeyError(key)

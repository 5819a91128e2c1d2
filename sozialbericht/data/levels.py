"""Levels: how a city is divided, from the whole down to the smallest areas, and what its parts are called in German."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

#: Articles, pronouns and endings by gender.
_FORMS = {
    "m": {"der": "der", "ein": "ein", "einer": "einer", "im": "im"},
    "f": {"der": "die", "ein": "eine", "einer": "eine", "im": "in der"},
    "n": {"der": "das", "ein": "ein", "einer": "eines", "im": "im"},
}
GENDERS = tuple(_FORMS)


@dataclass(frozen=True)
class Ebene:
    """Eine Ebene der Gliederung: ihr Schlüssel in den Daten und ihr deutsches Wort mit seinen Formen.

    ``einzahl``, ``mehrzahl``, ``geschlecht`` (m, f, n), ``dativ`` (der Mehrzahl), ``genitiv`` (der Einzahl); ``wo``
    ist, wie ein Ort dieser Ebene im Satz steht, mit ``{name}`` für seinen Namen.
    """

    schluessel: str
    einzahl: str
    mehrzahl: str
    geschlecht: str
    dativ: str = ""
    genitiv: str = ""
    wo: str = ""

    def __post_init__(self) -> None:
        plural = self.mehrzahl
        hissing = self.einzahl.endswith(("s", "ß", "x", "z"))
        ending = "" if self.geschlecht == "f" else "es" if hissing else "s"
        object.__setattr__(self, "dativ", self.dativ or (plural if plural.endswith(("n", "s")) else f"{plural}n"))
        object.__setattr__(self, "genitiv", self.genitiv or f"{self.einzahl}{ending}")
        object.__setattr__(self, "wo", self.wo or f"{_FORMS[self.geschlecht]['im']} {self.einzahl} {{name}}")

    def __str__(self) -> str:
        """Der Schlüssel."""
        return self.schluessel

    def __bool__(self) -> bool:
        """Ob es die Ebene gibt."""
        return bool(self.schluessel)

    @property
    def der(self) -> str:
        """„der“, „die“, „das“."""
        return _FORMS[self.geschlecht]["der"]

    @property
    def des(self) -> str:
        """„des“, „der“."""
        return "der" if self.geschlecht == "f" else "des"

    @property
    def ein(self) -> str:
        """„ein“, „eine“."""
        return _FORMS[self.geschlecht]["ein"]

    @property
    def einem(self) -> str:
        """„einem“, „einer“."""
        return "einer" if self.geschlecht == "f" else "einem"

    @property
    def einer(self) -> str:
        """„einer“, „eine“, „eines“: allein stehend."""
        return _FORMS[self.geschlecht]["einer"]

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

    def am(self, name: str) -> str:
        """Wo ein Gebiet der Ebene liegt: „im Sozialraum Seeviertel“, „in Musterstadt“."""
        return self.wo.replace("{name}", name)


#: Words for the usual keys, so that ``bericht.yml`` need not name them.
KNOWN = {
    e.schluessel: e
    for e in (
        Ebene("stadt", "Stadt", "Städte", "f", wo="in {name}"),
        Ebene("gemeinde", "Gemeinde", "Gemeinden", "f"),
        Ebene("stadtbezirk", "Stadtbezirk", "Stadtbezirke", "m"),
        Ebene("bezirk", "Bezirk", "Bezirke", "m"),
        Ebene("stadtteil", "Stadtteil", "Stadtteile", "m"),
        Ebene("ortsteil", "Ortsteil", "Ortsteile", "m"),
        Ebene("sozialraum", "Sozialraum", "Sozialräume", "m"),
        Ebene("quartier", "Quartier", "Quartiere", "n"),
        Ebene("viertel", "Viertel", "Viertel", "n"),
        Ebene("bezirksregion", "Bezirksregion", "Bezirksregionen", "f"),
        Ebene("prognoseraum", "Prognoseraum", "Prognoseräume", "m"),
        Ebene("planungsraum", "Planungsraum", "Planungsräume", "m"),
    )
}
#: Where there is no level between the city and the smallest areas.
_NONE = Ebene("", "Gebiet", "Gebiete", "n")


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
        return self.alle[-2] if len(self.alle) > 2 else _NONE

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
            level = Ebene(key, level.einzahl, level.mehrzahl, level.geschlecht, level.dativ, level.genitiv, "in {name}")
        found.append(level)
    return Ebenen(tuple(found))


def unnamed(keys: Sequence[str], given: Mapping[str, Ebene]) -> list[str]:
    """The keys of levels that have no words."""
    return [key for key in keys if key not in given and key not in KNOWN]


def _missing(key: str) -> Ebene:
    raise KeyError(key)

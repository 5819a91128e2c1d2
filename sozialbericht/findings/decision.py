"""The decision of a report: which areas are Aktionsräume, by the one rule of ``bericht.yml``, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from sozialbericht import numbers
from sozialbericht.data.decided.typen import Typen
from sozialbericht.data.levels import Ebene, Ebenen
from sozialbericht.data.settings import Regel
from sozialbericht.escaping import Markup, escape
from sozialbericht.findings import typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.types import Typ, Typisierung, runs_in_words
from sozialbericht.multitude import told
from sozialbericht.wording.sentences import sentence
from sozialbericht.wording.values import NotSayable

#: An area that is an Aktionsraum in at least this share of the runs, or in at most the rest, is decided by the numbers.
SURE = 0.95


@dataclass(frozen=True)
class Wortlaut:
    """What a rule says of an area: „liegt … unter dem städtischen Durchschnitt“, „gehört … zu Typ 4 oder 5“.

    ``wer``: „die Sozialräume, die …“; ``verb`` und ``verben``: Einzahl und Mehrzahl; ``ergaenzung``: was dem Verb
    folgt; ``name``: wie die Regel heißt; ``kurz``: im Kopf einer Spalte, ``|`` erlaubt dort eine Trennung;
    ``durchschnitt``: „unter dem städtischen Durchschnitt“, nach welcher Regel auch immer.
    """

    wer: str
    verb: str
    verben: str
    ergaenzung: str
    name: str
    kurz: str
    durchschnitt: str


def wortlaut(rule: Regel, areas: Ebene, city: Ebene, kinds: Typen) -> Wortlaut:
    """The words of a rule for areas of a level in a city."""
    below = f"unter dem {city.durchschnitt}"
    if rule is Regel.TYP:
        wer, kind = f"die {areas.mehrzahl_bestimmt} {kinds.belastete_wessen}", kinds.belastete_zu
        return Wortlaut(wer, "gehört", "gehören", f"zu {kind}", kind, f"{kind} in %", below)
    wer = f"die {areas.mehrzahl_bestimmt}, die {below} liegen"
    return Wortlaut(wer, "liegt", "liegen", below, below, "unter Durch|schnitt in %", below)


@dataclass(frozen=True)
class Auswahl:
    """Die Aktionsräume eines Jahres; alle Listen nennen die raum_id, das am stärksten belastete Gebiet zuerst.

    ``raeume``: die Aktionsräume, je Typ; ``anteil``: in welchem Anteil der Berechnungen ein Gebiet Aktionsraum ist
    (Index raum_id); ``nur_durchschnitt``: unter dem städtischen Durchschnitt, aber von keinem belasteten Typ;
    ``nur_typ``: umgekehrt; ``laeufe``: Zahl der Berechnungen; ``spanne``: wie viele Aktionsräume es in mindestens 90
    von 100 Berechnungen sind, von und bis; ``namen``: raum_id → Kurzname; ``grund``: warum es keine gibt; dann ist
    alles andere leer; ``arten``: die Typen des Berichts.
    """

    jahr: int
    regel: Regel
    raeume: list[str]
    anteil: pd.Series
    nur_durchschnitt: list[str]
    nur_typ: list[str]
    spanne: tuple[int, int]
    laeufe: int
    typen: dict[str, int]
    reihenfolge: list[str]
    wortlaut: Wortlaut
    namen: dict[str, str]
    grund: str = ""
    arten: Typen = field(default_factory=Typen)

    @property
    def erwartet(self) -> float:
        """Wie viele Aktionsräume im Mittel der Berechnungen herauskommen."""
        return float(self.anteil.sum())

    @property
    def knapp(self) -> list[str]:
        """Die Aktionsräume, die es in weniger als 95 von 100 Berechnungen sind: Grenzfälle."""
        return [area for area in self.raeume if not sure(float(self.anteil[area]))]

    @property
    def fest(self) -> list[str]:
        """Die Aktionsräume, die es in mindestens 95 von 100 Berechnungen sind."""
        return [area for area in self.raeume if sure(float(self.anteil[area]))]

    @property
    def weitere(self) -> list[str]:
        """Die weiteren auffälligen Sozialräume: keine Aktionsräume, in mehr als 5 von 100 Berechnungen aber doch."""
        found = [a for a in self.reihenfolge if a not in self.raeume and not sure(1 - float(self.anteil[a]))]
        return sorted(found, key=lambda area: -float(self.anteil[area]))

    @property
    def abweichend(self) -> list[str]:
        """Die Gebiete, über die Durchschnitt und Typ verschieden entscheiden."""
        return [a for a in self.reihenfolge if a in self.nur_durchschnitt or a in self.nur_typ]

    def je_typ(self) -> dict[int, list[str]]:
        """Die Aktionsräume nach ihrem Typ, der am stärksten belastete zuerst."""
        kinds = sorted({self.typen[area] for area in self.raeume}, reverse=True)
        return {kind: [area for area in self.raeume if self.typen[area] == kind] for kind in kinds}

    def sicherheitssatz(self) -> Markup:
        """Wie viele der Aktionsräume es fast immer sind, welche nicht,
        und wie viele es im Mittel der Berechnungen werden.
        """
        low, high = self.spanne
        certain = "in mindestens {m} von 100 Berechnungen"
        if not self.knapp:
            words = "{alle#Er ist|Alle {alle} sind} es " + certain + "."
        elif not self.fest:
            words = "{alle#Er ist es nicht|Keiner der Aktionsräume ist es} " + certain + "."
        else:
            words = "{n#Einer|{n:Wort}} der {alle} Aktionsräume {n#ist|sind} es " + certain + "."
        border = [f"{self.namen[a]} ({runs_in_words(float(self.anteil[a]))})" for a in self.knapp]
        expected = (
            "Im Mittel der Berechnungen sind es {e} Aktionsräume, in mindestens 90 von 100 Berechnungen {spanne}."
        )
        parts = [
            sentence(words, n=len(self.fest), alle=len(self.raeume), m=round(SURE * 100)) if self.raeume else "",
            sentence("{k#Ein Grenzfall ist|Grenzfälle sind} {k}.", k=told(border, len(self.namen))) if border else "",
            sentence(
                expected, e=numbers.number(self.erwartet, 1),
                spanne=f"genau {low}" if low == high else f"zwischen {low} und {high}",
            ),
        ]  # fmt: skip
        return Markup(" ").join(filter(None, parts))

    def abweichungssatz(self) -> Markup:
        """Welche Gebiete nach dem Durchschnitt anders entschieden würden als nach dem Typ, und warum; leer,
        wo es keine gibt.
        """
        reasons = {
            "{g} {g#liegt|liegen} {unter}, {g#gehört|gehören} aber nicht zu {typen}: "
            "{g#Das Profil ähnelt|Die Profile ähneln} {g#einem anderen Typ|anderen Typen} "
            "mehr.": self.nur_durchschnitt,
            "{g} {g#gehört|gehören} zu {typen}, {g#liegt|liegen} im Mittel aller Merkmale aber nicht "
            "{unter}.": self.nur_typ,
        }
        said = [
            sentence(words, g=self._named(areas), typen=self.arten.belastete_zu, unter=self.wortlaut.durchschnitt)
            for words, areas in reasons.items()
            if areas
        ]
        if not said:
            return Markup("")
        inside, outside = (
            self._named([a for a in self.abweichend if (a in self.raeume) is chosen]) for chosen in (True, False)
        )
        rule = "Nach der Regel „{regel}“ "
        rule += (
            "{n#ist {n} Aktionsraum|sind {n} Aktionsräume}"
            if inside
            else "{o#ist {o} kein Aktionsraum|sind {o} keine Aktionsräume}"
        )
        rule += ", {o} nicht." if inside and outside else "."
        return Markup(" ").join([*said, sentence(rule, regel=self.wortlaut.name, n=inside, o=outside)])

    def _named(self, areas: list[str]) -> list[str]:
        return told([self.namen[area] for area in areas], len(self.namen))

    def auswahl_text(self, raum: str) -> str:
        """„liegt in 91 von 100 Berechnungen unter dem städtischen Durchschnitt“, nach der Regel."""
        return f"{self.wortlaut.verb} {self.anteil_text(raum)}"

    def anteil_text(self, raum: str) -> str:
        """„in 91 von 100 Berechnungen unter dem städtischen Durchschnitt“, nach der Regel."""
        share = float(self.anteil.get(raum, float("nan")))
        if pd.isna(share):
            raise NotSayable(f"{self.namen.get(raum, raum)}: {self.grund or 'nicht typisiert'}")
        return f"{runs_in_words(share)} {self.wortlaut.ergaenzung}"


@dataclass(frozen=True)
class Auswahlwechsel:
    """Wer seit einem früheren Jahr Aktionsraum geworden ist und wer es nicht mehr ist (Kurznamen).

    ``unbekannt``: damals Aktionsraum, heute ohne Typ und deshalb nicht verglichen; ``grund``: warum sich die Jahre
    nicht vergleichen lassen; dann ist alles andere leer; ``gebiete``: wie viele es sind.
    """

    dazu: list[str]
    heraus: list[str]
    unbekannt: list[str]
    grund: str = ""
    gebiete: int = 0

    def satz(self) -> Markup:
        """Ein Satz über den Wechsel."""
        if self.grund:
            return escape(f"Die Aktionsräume lassen sich nicht vergleichen. {self.grund}")
        new, gone, unknown = (told(names, self.gebiete) for names in (self.dazu, self.heraus, self.unbekannt))
        if not (new or gone or unknown):
            return Markup("Die Aktionsräume sind dieselben geblieben.")
        parts = [
            sentence("Neu unter den Aktionsräumen {n#ist|sind} {n}.", n=new) if new else "Kein Aktionsraum ist neu.",
            sentence("Nicht mehr dabei {g#ist|sind} {g}.", g=gone) if gone else "Weggefallen ist keiner.",
            sentence("Ohne Typ und deshalb nicht verglichen {u#ist|sind} {u}.", u=unknown) if unknown else "",
        ]
        return Markup(" ").join(filter(None, parts))


def sure(share: float) -> bool:
    """Whether a share of the runs, as it is printed, is enough for a sure decision."""
    return numbers.rounded(share * 100) >= round(SURE * 100)


def auswahl(b: Datenbestand, jahr: int | None = None) -> Auswahl:
    """Die Aktionsräume eines Jahres (ohne Angabe das Berichtsjahr) mit ihrer Sicherheit."""
    year = jahr or b.jahr

    def decide() -> Auswahl:
        names = {str(area): str(name) for area, name in b.raeume()["kurzname"].items()}
        return chosen(typification.typisierung(b, year), rule(b), b.ebenen, names)

    found: Auswahl = b._store.entry(("auswahl", year), decide)
    return found


def rule(b: Datenbestand) -> Regel:
    """Die Regel, nach der ein Sozialraum Aktionsraum ist."""
    return b._tables.settings.regel


def typ(b: Datenbestand, raum: str, jahr: int | None = None) -> Typ:
    """Typ und Auswahl eines Sozialraums für Sätze und Steckbriefe."""
    found, plan = typification.typisierung(b, jahr), auswahl(b, jahr)
    area = b._known_area(raum)
    kind, other = found.typ.get(area, float("nan")), found.ersatztyp.get(area, float("nan"))
    return Typ(
        b.name(area),
        None if pd.isna(kind) else int(kind),
        float(found.stabilitaet.get(area, float("nan"))),
        None if pd.isna(other) else int(other),
        area in plan.raeume,
        float(plan.anteil.get(area, float("nan"))),
        bool(found.unter_durchschnitt.get(area, False)),
        found.grund or found.ohne.get(area, "" if not pd.isna(kind) else "nicht typisiert"),
        found.typen,
    )


def auswahlwechsel(b: Datenbestand, seit: int | None = None) -> Auswahlwechsel:
    """Wer seit dem Vergleichsjahr (oder dem Jahr ``seit``) Aktionsraum geworden ist und wer es nicht mehr ist."""
    change = typification.typwechsel(b, seit)
    if change.grund:
        return Auswahlwechsel([], [], [], change.grund)
    new, old = auswahl(b), auswahl(b, change.jahr)
    both = {a for a in new.reihenfolge if a in old.typen}
    return Auswahlwechsel(
        [b.name(a) for a in new.raeume if a in both and a not in old.raeume],
        [b.name(a) for a in new.reihenfolge if a in both and a in old.raeume and a not in new.raeume],
        [b.name(a) for a in old.raeume if a not in new.typen],
        gebiete=len(new.namen),
    )


def chosen(found: Typisierung, rule: Regel, levels: Ebenen, names: dict[str, str]) -> Auswahl:
    """The decision that a rule makes of a typology of the smallest areas of a city, which have the names ``names``."""
    below = [a for a in found.reihenfolge if found.unter_durchschnitt[a]]
    typed = [a for kind in found.typen.belastete for a in found.gebiete(kind)]
    by_rule = below if rule is Regel.UNTER_DURCHSCHNITT else typed
    kinds = {str(a): int(kind) for a, kind in found.typ.dropna().items()}
    share, counts = (
        (found.unter_anteil, found.unter_zahl) if rule is Regel.UNTER_DURCHSCHNITT
        else (found.typenanteil, found.typenzahl)
    )  # fmt: skip
    low, high = (0, 0) if counts.empty else (
        int(counts.quantile(0.05, interpolation="lower")), int(counts.quantile(0.95, interpolation="higher"))
    )  # fmt: skip
    return Auswahl(
        found.jahr, rule,
        raeume=sorted(by_rule, key=lambda a: -kinds[a]),
        anteil=share,
        nur_durchschnitt=[a for a in below if a not in typed],
        nur_typ=[a for a in found.reihenfolge if a in typed and a not in below],
        spanne=(low, high), laeufe=found.laeufe, typen=kinds, reihenfolge=found.reihenfolge,
        wortlaut=wortlaut(rule, levels.unten, levels.stadt, found.typen), namen=names, grund=found.grund,
        arten=found.typen,
    )  # fmt: skip

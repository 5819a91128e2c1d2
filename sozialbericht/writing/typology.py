"""The typology of a report: which type each Sozialraum belongs to, and how sure that is.

The computation sees unprotected values; what is handed out are classes, shares of runs and means over several areas
or several features, the latter rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.numbers import NBSP
from sozialbericht.statistics import matrix, stability, typology
from sozialbericht.writing.source import Datenbestand
from sozialbericht.writing.wording import NotSayable, enumeration

#: What the types are called, from the least to the most burdened one.
TYPNAMEN = {
    1: "sehr günstige Lage",
    2: "günstige Lage",
    3: "mittlere Lage",
    4: "belastet",
    5: "stark belastet",
}
#: The types whose areas are Aktionsräume, the most burdened first.
AKTIONSTYPEN = (5, 4)
LEVEL = "sozialraum"


@dataclass(frozen=True)
class Typisierung:
    """Das Ergebnis der Typisierung eines Jahres; alle Reihen haben die raum_id als Index.

    ``typ``: 1 bis 5 (5: am stärksten belastet), NaN ohne Typ; ``abstand``: mittlerer standardisierter Abstand zum Wert der
    Stadt (+ Belastung), auf eine Stelle gerundet; ``unter_durchschnitt``: ob dieser Abstand über null liegt;
    ``stabilitaet``: Anteil der Berechnungen, in denen das Gebiet seinen Typ behält; ``ersatztyp``: der Typ, in den es sonst
    am häufigsten fällt; ``anteile``: Anteil der Berechnungen je Typ; ``unter_anteil``: Anteil, in denen es unter dem
    Durchschnitt liegt; ``auslassungen``: in wie vielen Berechnungen ohne je ein Merkmal es seinen Typ behält.
    ``profile``: mittlerer Abstand zur Stadt, Typen × Merkmale (+ Belastung); ``rand`` und ``rand_ohne``: adjustierter
    Rand-Index der Berechnungen und ohne je ein Merkmal; ``reihenfolge``: alle Gebiete, das am stärksten belastete zuerst;
    ``ohne``: was fehlt (Gebiet oder Merkmal) und warum; ``grund``: warum es keine Typisierung gibt; ``laeufe``: Zahl der
    Berechnungen mit zufälliger Schwankung.
    """

    jahr: int
    typ: pd.Series
    abstand: pd.Series
    unter_durchschnitt: pd.Series
    stabilitaet: pd.Series
    ersatztyp: pd.Series
    anteile: pd.DataFrame
    unter_anteil: pd.Series
    auslassungen: pd.Series
    profile: pd.DataFrame
    merkmale: list[str]
    ohne: dict[str, str]
    rand: float
    rand_ohne: pd.Series
    reihenfolge: list[str]
    abschnitte: dict[str, int]
    grund: str = ""
    laeufe: int = stability.RUNS

    def gebiete(self, typ: int) -> list[str]:
        """Die Gebiete eines Typs (raum_id), das am stärksten belastete zuerst."""
        return [area for area in self.reihenfolge if self.typ[area] == typ]


@dataclass(frozen=True)
class Typ:
    """Der Typ eines Gebiets, fertig zum Drucken: in einem Satz druckt ``{t}`` „Typ 4 – belastet“.

    Außerdem gibt es ``{t.kurz}`` („Typ 4“), ``{t.stabilitaet_text}`` („in 67 von 100 Berechnungen“), ``{t.ersatz}``,
    ``{t.ersatz_kurz}`` und ``{t.raum}``. ``nummer`` ist None, wenn das Gebiet keinen Typ hat; dann gilt die Fassung ``sonst``.
    """

    raum: str
    nummer: int | None
    stabilitaet: float
    ersatznummer: int | None
    unter_durchschnitt: bool
    grund: str

    @property
    def name(self) -> str:
        """„Typ 4 – belastet“."""
        return typname(self._known(self.nummer))

    @property
    def ersatz(self) -> str:
        """Der Typ, in den das Gebiet sonst am häufigsten fällt."""
        return typname(self._known(self.ersatznummer))

    @property
    def kurz(self) -> str:
        """„Typ 4“."""
        return f"Typ{NBSP}{self._known(self.nummer)}"

    @property
    def ersatz_kurz(self) -> str:
        """„Typ 3“."""
        return f"Typ{NBSP}{self._known(self.ersatznummer)}"

    @property
    def stabilitaet_text(self) -> str:
        """„in 67 von 100 Berechnungen“, „in allen Berechnungen“."""
        self._known(self.nummer)
        return runs_in_words(self.stabilitaet)

    def __str__(self) -> str:
        """Nummer und Name des Typs."""
        return self.name

    def _known(self, number: int | None) -> int:
        if number is None:
            raise NotSayable(f"{self.raum}: {self.grund or 'kein anderer Typ'}")
        return number


@dataclass(frozen=True)
class Typwechsel:
    """Der Vergleich zweier Typisierungen: ``tabelle`` (früherer × jetziger Typ, Zahl der Gebiete), ``rand`` (adjustierter

    Rand-Index), ``gewechselt`` (raum_id), ``dazu`` und ``heraus`` (raum_id der neuen und der früheren Aktionsräume).
    ``grund`` sagt, warum nicht verglichen wird; dann ist alles andere leer.
    """

    jahr: int
    tabelle: pd.DataFrame
    rand: float
    gewechselt: list[str]
    dazu: list[str]
    heraus: list[str]
    grund: str = ""


#: One result per data folder, state of its files and year, for all reports of a process.
_known: dict[tuple[Any, ...], Typisierung] = {}


class Typen(Datenbestand):
    """Der Teil des Berichts, der die Gebiete typisiert."""

    def typisierung(self, jahr: int | None = None) -> Typisierung:
        """Die Typisierung der Sozialräume für ein Jahr (ohne Angabe das Berichtsjahr)."""
        year = jahr or self.jahr
        key = (self._tables.folder.resolve(), _state(self._tables.folder), year)
        if key not in _known:
            _known[key] = self._typed(year)
        return _known[key]

    def typ(self, raum: str, jahr: int | None = None) -> Typ:
        """Der Typ eines Sozialraums für Sätze und Steckbriefe."""
        found = self.typisierung(jahr)
        area = self._known_area(raum)
        kind, other = found.typ.get(area, float("nan")), found.ersatztyp.get(area, float("nan"))
        return Typ(
            self.name(area),
            None if pd.isna(kind) else int(kind),
            float(found.stabilitaet.get(area, float("nan"))),
            None if pd.isna(other) else int(other),
            bool(found.unter_durchschnitt.get(area, False)),
            found.grund or found.ohne.get(area, "" if not pd.isna(kind) else "nicht typisiert"),
        )

    def aktionsraeume(self, jahr: int | None = None) -> list[str]:
        """Die Gebiete der Typen 5 und 4 (raum_id), je Typ das am stärksten belastete zuerst."""
        found = self.typisierung(jahr)
        return [area for kind in AKTIONSTYPEN for area in found.gebiete(kind)]

    def typwechsel(self, seit: int | None = None) -> Typwechsel:
        """Wer gegenüber dem Vergleichsjahr (oder dem Jahr ``seit``) den Typ gewechselt hat."""
        year = seit or self.vergleichsjahr
        new = self.typisierung()
        nothing = Typwechsel(year, pd.DataFrame(), float("nan"), [], [], [])
        if new.grund or year not in self._tables.years:
            reason = new.grund or f"Für {year} liegen keine Werte vor."
            return Typwechsel(**{**vars(nothing), "grund": reason})
        old = self.typisierung(year)
        if old.grund or old.merkmale != new.merkmale or old.abschnitte != new.abschnitte:
            return Typwechsel(**{**vars(nothing), "grund": self._incomparable(old, new)})
        both = new.typ.notna() & old.typ.notna()
        before, after = old.typ[both].astype(int), new.typ[both].astype(int)
        k = typology.CLUSTERS
        labels = [np.asarray(kinds, dtype=np.int64) - 1 for kinds in (before, after)]
        counted = stability.contingency(labels[0], labels[1], k)
        kinds = range(1, k + 1)
        was, now = before.isin(AKTIONSTYPEN), after.isin(AKTIONSTYPEN)
        order = new.reihenfolge
        return Typwechsel(
            year,
            pd.DataFrame(counted, index=kinds, columns=kinds),
            float(stability.rand_index(counted)),
            [a for a in order if a in before.index and before[a] != after[a]],
            [a for a in order if a in before.index and now[a] and not was[a]],
            [a for a in order if a in before.index and was[a] and not now[a]],
        )

    def typguete_bevorzugt(self) -> tuple[int, int]:
        """Welche Zahl von Gruppen die Silhouette bevorzugt und nach welcher die Varianz kaum noch abnimmt."""
        return typology.preferred(self.typguete())

    def typguete(self) -> pd.DataFrame:
        """Wie gut zwei bis acht Gruppen die Gebiete beschreiben: Zeilen k, Spalten silhouette und within (Anteil der Varianz).

        Leer, wenn es keine Typisierung gibt.
        """
        if self.typisierung().grund:
            return pd.DataFrame(columns=["silhouette", "within"])
        sample, _, _ = self._selected(self.jahr)
        return typology.quality(typology.typify(sample.table, sample.city, sample.signs).scores)

    # -- inside ------------------------------------------------------------------------------------------

    def _signed(self) -> list[str]:
        signs = self._tables.indicators["typ_vorzeichen"]
        return [str(name) for name in signs.index[signs.isin([1, -1])]]

    def _selected(self, year: int) -> tuple[stability.Sample, typology.Selection, dict[str, int]]:
        """What can be typed with its counts, what is left out, and the segment of each feature's series."""
        values = matrix.open_values(self._tables, self._signed(), [year])
        city = matrix.matrix(values, year, str(self._tables.areas.at[self.stadt, "ebene"])).loc[self.stadt]
        selection = typology.select(matrix.matrix(values, year, LEVEL), pd.Series(city))
        sample = stability.Sample(
            selection.table,
            matrix.matrix(values, year, LEVEL, "zaehler"),
            matrix.matrix(values, year, LEVEL, "nenner"),
            pd.Series(city),
            self._tables.indicators,
        )
        segments = values.drop_duplicates("indikator").set_index("indikator")["segment"]
        return sample, selection, {str(name): int(segments[name]) for name in selection.table.columns}

    def _typed(self, year: int) -> Typisierung:
        areas = self.raeume(LEVEL).index
        signed = self._signed()
        if not signed:
            return _untyped(
                year, areas, {}, "Im Katalog der Indikatoren ist kein Merkmal für die Typisierung bestimmt."
            )
        sample, selection, segments = self._selected(year)
        left_out = self._left_out(selection, len(areas))
        features, typed = selection.table.columns, selection.table.index
        if 2 * len(features) <= len(signed):
            reason = f"Für {year} liegen nur {len(features)} der {len(signed)} Merkmale vor."
            return _untyped(year, areas, left_out, reason)
        if len(typed) < typology.FEWEST:
            reason = (
                f"Für eine Typisierung werden mindestens {typology.FEWEST} Gebiete mit allen Werten gebraucht; "
                f"vorhanden sind {numbers.number(len(typed))}."
            )
            return _untyped(year, areas, left_out, reason)
        try:
            found = typology.typify(sample.table, sample.city, sample.signs)
        except ValueError:
            return _untyped(year, areas, left_out, "Die Gebiete unterscheiden sich zu wenig für fünf Typen.")
        sure = stability.stability(sample, found.kind)
        burden = found.burden
        keep = pd.Series({a: sure.shares.at[a, int(found.kind[a])] for a in typed})
        others = sure.shares.copy()
        for area in typed:
            others.loc[area, int(found.kind[area])] = 0.0
        return Typisierung(
            jahr=year,
            typ=found.kind.reindex(areas),
            abstand=(burden.round(1) + 0.0).reindex(areas),
            unter_durchschnitt=(burden > 0).reindex(areas, fill_value=False),
            stabilitaet=keep.reindex(areas),
            ersatztyp=others.idxmax(axis=1).where(others.max(axis=1) > 0).astype(float).reindex(areas),
            anteile=sure.shares.reindex(areas),
            unter_anteil=sure.below.reindex(areas),
            auslassungen=sure.kept.astype(float).reindex(areas),
            profile=found.profiles()[list(features)],
            merkmale=[str(name) for name in features],
            ohne=left_out,
            rand=sure.rand,
            rand_ohne=sure.without,
            reihenfolge=[str(area) for area in burden.sort_values(ascending=False, kind="stable").index],
            abschnitte=segments,
        )

    def _left_out(self, selection: typology.Selection, total: int) -> dict[str, str]:
        """Features and areas that are left out, with the reason in words."""
        title = self._tables.indicators["bezeichnung"]
        told = {
            name: f"{title[name]}: für {numbers.number(count)} von {numbers.number(total)} Gebieten fehlt der Wert"
            if count
            else f"{title[name]}: der Wert der Stadt fehlt"
            for name, count in selection.features.items()
        }
        for area, lacking in selection.areas.items():
            told[area] = f"{self.name(area)}: kein Wert für {enumeration(title[name] for name in lacking)}"
        return told

    def _incomparable(self, old: Typisierung, new: Typisierung) -> str:
        title = self._tables.indicators["bezeichnung"]
        if old.grund:
            return f"Für {old.jahr} gibt es keine Typisierung. {old.grund}"
        changed = [n for n in new.merkmale if old.abschnitte.get(n) != new.abschnitte[n]]
        gone = [n for n in old.merkmale if n not in new.merkmale]
        names = enumeration(str(title[n]) for n in [*changed, *gone])
        return f"Die Merkmale beider Jahre sind nicht vergleichbar: {names}."


def typname(number: int) -> str:
    """„Typ 4 – belastet“."""
    return f"Typ{NBSP}{number} – {TYPNAMEN[number]}"


def runs_in_words(share: float) -> str:
    """„in 67 von 100 Berechnungen“; never rounded up to all of them."""
    if share == 1:
        return "in allen Berechnungen"
    return f"in {numbers.number(min(share * 100, 99))} von 100 Berechnungen"


def _untyped(year: int, areas: pd.Index, left_out: dict[str, str], reason: str) -> Typisierung:
    """The result where nothing can be typed."""
    nothing = pd.Series(float("nan"), index=areas)
    return Typisierung(
        year, nothing, nothing, pd.Series(False, index=areas), nothing, nothing, pd.DataFrame(index=areas), nothing,
        nothing, pd.DataFrame(), [], left_out, float("nan"), pd.Series(dtype=float), [], {}, reason,
    )  # fmt: skip


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of all files of a data folder: another state is another computation."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)

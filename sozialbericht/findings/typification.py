"""The typology of a report: which type each Sozialraum belongs to, and how sure that is.

The computation sees protected values only: an area with a withheld value has no type.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sozialbericht import multitude, numbers
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.types import Typ, Typisierung, Typwechsel
from sozialbericht.statistics import matrix, pooling, stability, typology
from sozialbericht.status import Status
from sozialbericht.wording.sentences import WORDS
from sozialbericht.wording.values import enumeration

#: Between the name of an area that is left out and what it lacks.
_LACKING = ": kein Wert für "

__all__ = ["Typ", "Typisierung", "Typwechsel"]


def typisierung(b: Datenbestand, jahr: int | None = None) -> Typisierung:
    """Die Typisierung der Sozialräume für ein Jahr (ohne Angabe das Berichtsjahr)."""
    year = jahr or b.jahr
    found: Typisierung = b._store.entry(("typen", year), lambda: _typed(b, year))
    return found


def typwechsel(b: Datenbestand, seit: int | None = None) -> Typwechsel:
    """Wer gegenüber dem Vergleichsjahr (oder dem Jahr ``seit``) den Typ gewechselt hat."""
    year = seit or b.vergleichsjahr
    new = typisierung(b)
    nothing = Typwechsel(year, pd.DataFrame(), float("nan"), [])
    if new.grund or year not in b._tables.years:
        reason = new.grund or f"Für {year} liegen keine Werte vor."
        return Typwechsel(**{**vars(nothing), "grund": reason})
    old = typisierung(b, year)
    if old.grund or old.merkmale != new.merkmale or old.abschnitte != new.abschnitte:
        return Typwechsel(**{**vars(nothing), "grund": _incomparable(b, old, new)})
    both = new.typ.notna() & old.typ.notna()
    before, after = old.typ[both].astype(int), new.typ[both].astype(int)
    k = new.typen.zahl
    labels = [np.asarray(kinds, dtype=np.int64) - 1 for kinds in (before, after)]
    counted = stability.contingency(labels[0], labels[1], k)
    kinds = range(1, k + 1)
    order = new.reihenfolge
    return Typwechsel(
        year,
        pd.DataFrame(counted, index=kinds, columns=kinds),
        float(stability.rand_index(counted)),
        [a for a in order if a in before.index and before[a] != after[a]],
    )


def feste_merkmale(b: Datenbestand) -> list[str]:
    """Die Bezeichnungen der Merkmale ohne Zählung, die in den Berechnungen mit zufälliger Schwankung gleich
    bleiben.
    """
    rows = b._tables.indicators.loc[typisierung(b).merkmale]
    return [str(title) for title in rows.loc[~rows["art"].isin(stability.COUNTED), "bezeichnung"]]


def typguete_bevorzugt(b: Datenbestand) -> tuple[int, int]:
    """Welche Zahl von Gruppen die Silhouette bevorzugt und nach welcher die Varianz kaum noch abnimmt."""
    return typology.preferred(typguete(b))


def typguete(b: Datenbestand) -> pd.DataFrame:
    """Wie gut zwei bis acht Gruppen die Gebiete beschreiben: Zeilen k, Spalten silhouette, within (Anteil der
    Varianz innerhalb der Gruppen) und worst (Zahl der Gebiete in der am stärksten belasteten Gruppe). Leer, wenn es
    keine Typisierung gibt.
    """
    if typisierung(b).grund:
        return pd.DataFrame(columns=["silhouette", "within", "worst"])
    sample, _, _ = _selected(b, b.jahr)
    return typology.quality(_found(b, sample).scores)


def gepoolte_merkmale(b: Datenbestand) -> list[str]:
    """Die Merkmale der Typisierung, deren Fallzahlen über Jahre summiert sind: „Bezeichnung“ (drei Jahre)."""
    title, found = b._tables.indicators["bezeichnung"], typisierung(b).gepoolt
    return [
        f"„{title[name]!s}“ ({WORDS[years] if years < len(WORDS) else years} Jahre)" for name, years in found.items()
    ]


def summenhinweis(b: Datenbestand) -> str:
    """Was unter Abbildungen der Typisierung über summierte Jahre steht; leer, wenn nichts summiert ist."""
    names = gepoolte_merkmale(b)
    return f"Über mehrere Jahre bis zum genannten Stand summiert: {enumeration(names)}." if names else ""


# -- inside ------------------------------------------------------------------------------------------


def _signed(b: Datenbestand) -> list[str]:
    signs = b._tables.indicators["typ_vorzeichen"]
    return [str(name) for name in signs.index[signs.isin([1, -1])]]


def _selected(b: Datenbestand, year: int) -> tuple[stability.Sample, typology.Selection, pd.DataFrame]:
    """What can be typed with its counts, what is left out, and of each feature the segment of its series
    (``segment``) and over how many years it is pooled (``gepoolt``).
    """
    values = pooling.decision_values(b._cube, b._tables, _signed(b), [year])
    level = b.ebenen.unten.schluessel
    city = matrix.matrix(values, year, b.ebenen.stadt.schluessel).loc[b.stadt]
    selection = typology.select(matrix.matrix(values, year, level).loc[b._existing(level, year)], pd.Series(city))
    sample = stability.Sample(
        selection.table,
        matrix.matrix(values, year, level, "zaehler"),
        matrix.matrix(values, year, level, "nenner"),
        pd.Series(city),
        b._tables.indicators,
    )
    series = values.groupby("indikator")[["segment", "gepoolt"]].max()
    return sample, selection, series.loc[selection.table.columns]


def _typed(b: Datenbestand, year: int) -> Typisierung:
    areas = b.raeume().index
    signed = _signed(b)
    if not signed:
        return _untyped(b, year, {}, "Im Katalog der Indikatoren ist kein Merkmal für die Typisierung bestimmt.")
    sample, selection, series = _selected(b, year)
    left_out = _left_out(b, selection, len(areas))
    features, typed = selection.table.columns, selection.table.index
    if 2 * len(features) <= len(signed):
        reason = f"Für {year} liegen nur {len(features)} der {len(signed)} Merkmale vor."
        return _untyped(b, year, left_out, reason)
    kinds = b._tables.settings.typen
    if len(typed) < multitude.fewest(kinds.zahl):
        reason = (
            f"Für eine Typisierung werden mindestens {multitude.fewest(kinds.zahl)} Gebiete mit allen Werten "
            f"gebraucht; vorhanden sind {numbers.number(len(typed))}."
        )
        return _untyped(b, year, left_out, reason)
    try:
        found = _found(b, sample)
        sure = stability.stability(sample, found.kind)
    except ValueError:
        return _untyped(
            b, year, left_out, f"Die Gebiete unterscheiden sich zu wenig für {WORDS[kinds.zahl]} Typen."
        )
    structural = _structural(b, features)
    plain = _plain(b, sample, structural)
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
        profile=found.profiles()[list(features)].round(2) + 0.0,
        merkmale=[str(name) for name in features],
        ohne=left_out,
        rand=sure.rand,
        rand_ohne=sure.without,
        reihenfolge=[str(area) for area in burden.sort_values(ascending=False, kind="stable").index],
        abschnitte={str(name): int(segment) for name, segment in series["segment"].items()},
        gepoolt={str(name): int(years) for name, years in series["gepoolt"].items() if years > 1},
        struktur=structural,
        ohne_struktur=_evaluated(plain).reindex(areas),
        rand_struktur=_agreement(found, plain, kinds.zahl),
        unter_zahl=sure.numbers_below,
        typenzahl=sure.sizes[list(kinds.belastete)].sum(axis=1),
        typen=kinds,
    )


def ohne_typ(b: Datenbestand, raum: str) -> Status:
    """Warum ein Gebiet keinen Typ hat: weil ein Wert geheim gehalten wird, oder weil einer fehlt."""
    states = [b.daten(name)["status"][raum] for name in typisierung(b).merkmale]
    return Status.WITHHELD if Status.WITHHELD in states else Status.MISSING


def nicht_einbezogen(b: Datenbestand, ohne: Mapping[str, str]) -> list[str]:
    """Was nicht einbezogen ist, mit Grund; Gebiete mit demselben Grund zusammen, von vielen die ersten."""
    groups: dict[str, list[str]] = {}
    for words in ohne.values():
        name, mark, reason = words.rpartition(_LACKING)
        groups.setdefault(mark + reason, []).append(name)
    return [
        f"{enumeration(b._told(names)) if reason.startswith(_LACKING) else names[0]}{reason}"
        for reason, names in groups.items()
    ]


def _structural(b: Datenbestand, features: pd.Index) -> list[str]:
    """The features in whose high values lies no burden: they tell where more support is needed, no more."""
    direction = b._tables.indicators["richtung"]
    return [str(name) for name in features if direction[name] == "neutral"]


def _left_out(b: Datenbestand, selection: typology.Selection, total: int) -> dict[str, str]:
    """Features and areas that are left out, with the reason in words."""
    title = b._tables.indicators["bezeichnung"]
    told = {
        name: f"{title[name]}: für {numbers.number(count)} von {numbers.number(total)} Gebieten fehlt der Wert"
        if count > typology.MISSING * total
        else f"{title[name]}: der Wert {b.ebenen.stadt.von} fehlt"
        for name, count in selection.features.items()
    }
    for area, lacking in selection.areas.items():
        told[area] = f"{b.name(area)}{_LACKING}{enumeration(title[name] for name in lacking)}"
    return told


def _incomparable(b: Datenbestand, old: Typisierung, new: Typisierung) -> str:
    title = b._tables.indicators["bezeichnung"]
    if old.grund:
        return f"Für {old.jahr} gibt es keine Typisierung. {old.grund}"
    changed = [n for n in new.merkmale if old.abschnitte.get(n) != new.abschnitte[n]]
    gone = [n for n in old.merkmale if n not in new.merkmale]
    names = enumeration(str(title[n]) for n in [*changed, *gone])
    return f"Vergleichbare Werte fehlen bei {names}."


def _untyped(b: Datenbestand, year: int, left_out: dict[str, str], reason: str) -> Typisierung:
    """The result where nothing can be typed."""
    areas = b.raeume().index
    nothing = pd.Series(float("nan"), index=areas)
    return Typisierung(
        year, nothing, nothing, pd.Series(False, index=areas), nothing, nothing, pd.DataFrame(index=areas), nothing,
        nothing, pd.DataFrame(), [], left_out, float("nan"), pd.Series(dtype=float), [], {}, reason,
        typen=b._tables.settings.typen,
    )  # fmt: skip


def _found(b: Datenbestand, sample: stability.Sample) -> typology.Typology:
    return typology.typify(sample.table, sample.city, sample.signs, b._tables.settings.typen.zahl)


def _plain(b: Datenbestand, sample: stability.Sample, structural: list[str]) -> typology.Typology | None:
    """The typology by the evaluated features alone; None where all are evaluated or too few are."""
    rest = sample.table.drop(columns=structural)
    if not structural or len(rest.columns) < 2:
        return None
    try:
        return typology.typify(rest, sample.city, sample.signs, b._tables.settings.typen.zahl)
    except ValueError:
        return None


def _evaluated(plain: typology.Typology | None) -> pd.DataFrame:
    """Type and side of the city's average of every area, by the evaluated features alone."""
    if plain is None:
        return pd.DataFrame(columns=["typ", "unter_durchschnitt"])
    return pd.DataFrame({"typ": plain.kind, "unter_durchschnitt": plain.burden > 0})


def _agreement(found: typology.Typology, plain: typology.Typology | None, k: int) -> float:
    """The adjusted Rand index of two typologies of the same areas; NaN without a second one."""
    if plain is None:
        return float("nan")
    one, other = (t.kind.loc[found.kind.index].to_numpy(dtype=np.int64) - 1 for t in (found, plain))
    return float(stability.rand_index(stability.contingency(one, other, k)))

"""Tables of the typology: members, number of groups, transitions, agreement; and the source line of all its figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.escaping import Markup, bold
from sozialbericht.findings import decision, typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.types import Typisierung, Typwechsel, runs_in_percent
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import captions, tables
from sozialbericht.writing.blocks import Caption, Layout

NOTHING = "–"


def by_type(b: Datenbestand, found: Typisierung, given: Caption) -> None:
    """All areas by type: distance from the city, stability, second type, omissions."""
    rows: list[list[str]] = []
    groups: list[int] = []
    for kind in reversed(found.typen.nummern):
        members = found.gebiete(kind)
        groups.append(len(rows))
        mean = (
            numbers.number(found.profile.loc[kind].to_numpy().mean(), 1, sign=True)
            if kind in found.profile.index
            else ""
        )
        rows.append([f"{found.typen.name(kind)} ({numbers.number(len(members))})", mean, *[""] * 5])
        rows += [_row(b, found, area) for area in members]
    missing = [str(area) for area in found.typ.index[found.typ.isna()]]
    states = [typification.ohne_typ(b, area) for area in missing]
    for area, state in zip(missing, states, strict=True):
        rows.append([b.name(area), *[numbers.status_sign(state)] * 6])
    tables.put(
        b,
        [
            f"Typ, {b.ebenen.unten.einzahl}",
            f"Abstand {b.ebenen.stadt.dazu}",
            "unter Durch|schnitt",
            "dies in % der Berech|nungen",
            "behält Typ in %",
            "sonst Typ",
            "ohne je ein Merk|mal",
        ],
        rows,
        Caption(
            given.label,
            given.title,
            f"Abstand: Mittel aller Merkmale in Standardabweichungen, + unter dem {b.ebenen.stadt.durchschnitt}; "
            f"letzte Spalte: behält den Typ in so vielen von {numbers.number(len(found.merkmale))} Berechnungen "
            "ohne je ein Merkmal",
            type_source(b, given.source, "Fett: Aktionsräume.", *captions.signs(states)),
        ),
        Layout(columns="1fr " + " ".join(["14mm"] * 6), groups=tuple(groups), wide=True),
    )


def group_numbers(b: Datenbestand, given: Caption) -> None:
    """Two to eight groups with silhouette and variance within the groups."""
    table = typification.typguete(b)
    before = [1.0, *table["within"]]
    rows = [
        [
            bold(str(k)) if k == b._tables.settings.typen.zahl else str(k),
            numbers.number(row["silhouette"], 2),
            numbers.number(row["within"] * 100, 1),
            numbers.number((before[n] - row["within"]) * 100, 1),
        ]
        for n, (k, row) in enumerate(table.iterrows())
    ]
    tables.put(
        b,
        ["Zahl der Gruppen", "mittlere Silhouette", "Varianz innerhalb", "ihre Abnahme"],
        rows,
        Caption(
            given.label,
            given.title,
            "Silhouette: höher ist besser; Varianz in % der gesamten, Abnahme in Prozentpunkten",
            type_source(b, given.source, assigned=False),
        ),
        Layout(columns="rand 1fr 1fr 1fr"),
    )


def transitions(b: Datenbestand, change: Typwechsel, given: Caption) -> None:
    """How many areas belong to which former and to which present type."""
    rows = [
        [
            f"Typ {old}",
            *[numbers.number(n) if n else NOTHING for n in row],
            numbers.number(row.sum()),
        ]
        for old, row in change.tabelle.iterrows()
    ]
    total = change.tabelle.sum()
    rows.append(["Insgesamt", *[numbers.number(n) for n in total], numbers.number(total.sum())])
    tables.put(
        b,
        [f"Typ {change.jahr}", *[f"Typ {k} {b.jahr}" for k in change.tabelle.columns], "Insgesamt"],
        rows,
        Caption(
            given.label,
            given.title,
            f"Zahl der {b.ebenen.unten.mehrzahl_bestimmt}",
            type_source(b, given.source, "„–“ nichts vorhanden."),
        ),
        Layout(columns="rand " + " ".join(["1fr"] * (len(total) + 1)), groups=(len(rows) - 1,)),
    )


def agreements(b: Datenbestand, found: Typisierung, given: Caption) -> None:
    """The adjusted Rand index with other computations: chance, without each feature, an earlier year."""
    change = typification.typwechsel(b)
    runs = f"mit zufälliger Schwankung, Mittel von {numbers.number(found.laeufe)} Berechnungen"
    rows = [[runs, numbers.number(found.rand, 2)]]
    rows += [
        [f"ohne „{b.indikator(name)['bezeichnung']}“", numbers.number(found.rand_ohne[name], 2)]
        for name in in_order(b, found.merkmale)
    ]
    if not np.isnan(found.rand_struktur):
        names = enumeration(f"„{b.indikator(name)['bezeichnung']}“" for name in in_order(b, found.struktur))
        rows.append([f"ohne {names}", numbers.number(found.rand_struktur, 2)])
    if not change.grund:
        rows.append([f"für das Jahr {change.jahr}", numbers.number(change.rand, 2)])
    tables.put(
        b,
        ["Andere Berechnung", "adjustierter Rand-Index"],
        rows,
        Caption(
            given.label,
            given.title,
            "1: völlig gleich, 0: wie bei zufälliger Zuordnung",
            type_source(b, given.source, assigned=False),
        ),
        Layout(columns="1fr 40mm"),
    )


def _row(b: Datenbestand, found: Typisierung, area: str) -> list[str]:
    other = found.ersatztyp[area]
    name = f"{str(b.raeume().at[area, 'nummer']).rjust(2, chr(0x2007))}\u00a0\u00a0{b.name(area)}"
    return [
        bold(name) if area in decision.auswahl(b).raeume else name,
        numbers.number(found.abstand[area], 1, sign=True),
        "ja" if found.unter_durchschnitt[area] else "nein",
        runs_in_percent(float(found.unter_anteil[area])),
        runs_in_percent(float(found.stabilitaet[area])),
        NOTHING if pd.isna(other) else str(int(other)),
        numbers.number(found.auslassungen[area]),
    ]


def type_source(b: Datenbestand, given: str, *notes: str, assigned: bool = True) -> str:
    """The source line as given, else that of all features; then notes and, where areas are assigned to types, the
    calibration sentence."""
    words = " ".join(filter(None, [*notes, captions.calibration(b) if assigned else ""]))
    if given:
        return Markup(" ").join(filter(None, [given, words]))
    words = f"{typification.summenhinweis(b)} {words}".strip()
    return captions.source_line(b, in_order(b, typification.typisierung(b).merkmale), extra=words)


def in_order(b: Datenbestand, names: list[str]) -> list[str]:
    """The indicators in the order of the catalogue."""
    return [str(name) for name in b.indikatoren().index if name in names]

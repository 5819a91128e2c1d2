"""Checks: rules that hold between rows and tables, beyond the columns' own constraints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sozialbericht.data import parsing
from sozialbericht.data.findings import Findings, listed, quoted, similar
from sozialbericht.faults import Fault

if TYPE_CHECKING:
    from sozialbericht.data.contract import Tables

Rule = Callable[["Tables", Findings], None]


def check(tables: Tables) -> list[Fault]:
    """All faults that several rows or tables of the data have together."""
    findings = Findings(tables.folder)
    run(tables, findings)
    return findings.faults()


def run(tables: Tables, findings: Findings) -> None:
    """Apply every rule whose tables could be read in full; add what they find."""
    for rule, needs in RULES:
        if not findings.broken.intersection(needs):
            rule(tables, findings)


def terms(expression: str) -> list[str]:
    """The merkmale of a sum.

    >>> terms("alg2 + sozialgeld")
    ['alg2', 'sozialgeld']
    """
    return [term.strip() for term in expression.split("+")] if expression.strip() else []


def foreign_keys(tables: Tables, findings: Findings) -> None:
    """Every key that refers to another row has one; an unknown key is one fault per file."""
    tabular = [entry for entry in tables.descriptor["resources"] if "schema" in entry]
    for entry in tabular:
        frame = _frame(tables, entry["name"])
        for key in entry["schema"].get("foreignKeys", []):
            names = key["fields"] if isinstance(key["fields"], list) else [key["fields"]]
            reference = key["reference"].get("resource") or entry["name"]
            if len(names) != 1 or {entry["name"], reference} & (findings.broken - {"werte"}):
                continue
            known = _frame(tables, reference).index
            cells = frame[names[0]]
            unknown = frame[(cells != "") & ~cells.isin(known)]
            for (file, text), rows in unknown.groupby(["datei", names[0]], sort=False):
                more = f" (in {len(rows)} Zeilen)" if len(rows) > 1 else ""
                findings.add(
                    "unbekannter Schlüssel",
                    file,
                    f"{quoted(text)} gibt es in {reference}.csv nicht{more}.",
                    similar(text, known)
                    or f"Ergänzen Sie {reference}.csv oder berichtigen Sie den Schlüssel.",
                    int(rows["zeile"].iloc[0]),
                    names[0],
                )


def hierarchy(tables: Tables, findings: Findings) -> None:
    """One city on top, every other area in one of the level above, numbers once, valid periods."""
    areas, levels = tables.areas, tables.levels
    top = areas[areas["ebene"] == levels[0]]
    if len(top) != 1:
        found = f": {listed(top.index)}" if len(top) else ""
        findings.add(
            "Gliederung",
            "raeume.csv",
            f"Es gibt {len(top)} Gebiete der Ebene {levels[0]}{found}; erwartet wird genau eines.",
            "Berichtigen Sie die Spalte „ebene“.",
            column="ebene",
        )
    above = dict(zip(levels[1:], levels, strict=False))
    for name, area in areas.iterrows():
        parent, level = area["teil_von"], area["ebene"]
        wanted = above.get(level)
        if wanted and not parent:
            what = f"{quoted(name)} gehört zu keinem Gebiet der Ebene {wanted}."
            _area_fault(areas, name, "teil_von", what, "Tragen Sie in teil_von seine raum_id ein.", findings)
        elif wanted and parent in areas.index and areas["ebene"][parent] != wanted:
            what = f"{quoted(name)} gehört zu {quoted(parent)} ({areas['ebene'][parent]}), erwartet wird {wanted}."
            _area_fault(areas, name, "teil_von", what, "Berichtigen Sie teil_von.", findings)
        elif level == levels[0] and parent:
            what = f"{quoted(name)} ist die oberste Ebene und kann nicht Teil von {quoted(parent)} sein."
            _area_fault(areas, name, "teil_von", what, "Lassen Sie teil_von leer.", findings)
        if area["gueltig_bis"] < area["gueltig_von"]:
            what = f"{quoted(name)} endet vor seinem Beginn."
            _area_fault(areas, name, "gueltig_bis", what, "Berichtigen Sie die beiden Daten.", findings)
        if level == levels[-1] and pd.isna(area["nummer"]):
            what = f"{quoted(name)} hat keine Nummer für die Karten."
            _area_fault(areas, name, "nummer", what, "Tragen Sie eine Nummer ein.", findings)
    for column in ("nummer", "kurzname"):
        filled = areas[areas[column].notna() & (areas["ebene"] == levels[-1])]
        for name in filled.index[filled[column].duplicated()]:
            what = f"{quoted(areas[column][name])} ist schon an ein anderes Gebiet derselben Ebene vergeben."
            _area_fault(areas, name, column, what, "Vergeben Sie es nur einmal.", findings)


def _area_fault(
    areas: pd.DataFrame, name: Any, column: str, what: str, remedy: str, findings: Findings
) -> None:
    _row_fault("Gliederung", areas, name, column, what, remedy, findings)


def _row_fault(
    kind: str, frame: pd.DataFrame, name: Any, column: str, what: str, remedy: str, findings: Findings
) -> None:
    """A fault in the row of a keyed table."""
    findings.add(kind, frame["datei"][name], what, remedy, int(frame["zeile"][name]), column)


def indicator_terms(tables: Tables, findings: Findings) -> None:
    """Numerators and denominators name known merkmale."""
    for name, row in tables.indicators.iterrows():
        for column in ("zaehler", "nenner"):
            for term in terms(row[column]):
                if term not in tables.features.index:
                    what = f"Das Merkmal {quoted(term)} gibt es in merkmale.csv nicht."
                    remedy = similar(term, tables.features.index) or "Summen werden mit + geschrieben: a + b."
                    _row_fault("unbekanntes Merkmal", tables.indicators, name, column, what, remedy, findings)


def indicator_fields(tables: Tables, findings: Findings) -> None:
    """What an indicator must have depends on its kind; class limits are four ascending numbers."""
    kind = "unvollständiger Indikator"
    for name, row in tables.indicators.iterrows():
        change = row["art"] == "veraenderung"
        if change and pd.isna(row["basisjahr"]):
            what, remedy = "Eine Veränderung braucht ein Vergleichsjahr.", "Tragen Sie das Jahr ein."
            _row_fault(kind, tables.indicators, name, "basisjahr", what, remedy, findings)
        if change and row["nenner"]:
            what, remedy = "Eine Veränderung hat keinen Nenner.", "Lassen Sie das Feld leer."
            _row_fault(kind, tables.indicators, name, "nenner", what, remedy, findings)
        if not change and not row["nenner"]:
            what = f"Der Nenner fehlt; die Art {quoted(row['art'])} braucht einen."
            remedy = "Tragen Sie ein Merkmal oder eine Summe von Merkmalen ein."
            _row_fault(kind, tables.indicators, name, "nenner", what, remedy, findings)
        if row["klassengrenzen"] and not _ascending(row["klassengrenzen"]):
            what = f"{quoted(row['klassengrenzen'])} sind keine vier aufsteigenden Zahlen."
            remedy = "Schreiben Sie vier Zahlen, durch Leerzeichen getrennt: 5 7,5 10 12,5."
            _row_fault("Klassengrenzen", tables.indicators, name, "klassengrenzen", what, remedy, findings)


def _ascending(text: str) -> bool:
    try:
        limits = [parsing.number(part) for part in text.split()]
    except parsing.CellFault:
        return False
    return len(limits) == 4 and all(a < b for a, b in zip(limits, limits[1:], strict=False))


def right_file(tables: Tables, findings: Findings) -> None:
    """Every value stands in the file of its Stichtag's year."""
    values = tables.values
    year = values["datei"].str.extract(r"([0-9]{4})\.[a-z]+$", flags=re.IGNORECASE)[0].astype(float)
    wrong = values[values["stichtag"].notna() & (values["stichtag"].dt.year != year)]
    for row in wrong.itertuples():
        findings.add(
            "falsches Jahr",
            str(row.datei),
            f"Der Stichtag {_day(row.stichtag)} gehört nicht in diese Datei.",
            f"Verschieben Sie die Zeile in die Datei für {row.stichtag.year} oder berichtigen Sie den Stichtag.",
            int(row.zeile),
            "stichtag",
        )


def whole_numbers(tables: Tables, findings: Findings) -> None:
    """Counts (Personen, Fälle …) are whole numbers."""
    values = tables.values
    counted = [name for name, unit in tables.features["einheit"].items() if parsing.is_count(unit)]
    wrong = values[(values["wert"] % 1 != 0) & values["wert"].notna() & values["merkmal"].isin(counted)]
    for row in wrong.itertuples():
        unit, text = tables.features["einheit"][row.merkmal], parsing.german(row.wert)
        part = text.partition(",")[2]
        remedy = "Tragen Sie die ganze Zahl ein."
        if len(part) <= 3 and abs(row.wert) < 1000:
            remedy = f"Ist das Komma ein Tausenderzeichen, schreiben Sie {text.partition(',')[0]}{part:0<3}."
        findings.add(
            "keine ganze Zahl",
            str(row.datei),
            f"„{text}“ ist keine ganze Zahl; {quoted(row.merkmal)} wird in {unit} gezählt.",
            remedy,
            int(row.zeile),
            "wert",
        )


def complete(tables: Tables, findings: Findings) -> None:
    """Where one of the smallest areas has a value of a merkmal at a Stichtag, all have one (or a sign)."""
    areas, values, lowest = tables.areas, tables.values, tables.levels[-1]
    base = areas[areas["ebene"] == lowest]
    unclear = values.loc[~values["raum_id"].isin(areas.index) | values["stichtag"].isna(), "datei"]
    unsure = findings.broken | set(unclear)
    rows = values[values["raum_id"].isin(base.index) & ~values["datei"].isin(unsure)]
    _valid(tables, rows, findings)
    for file, part in rows.groupby("datei", sort=False):
        present = part.drop_duplicates(["raum_id", "merkmal", "stichtag"])
        wide = present.assign(da=True).pivot(index=["merkmal", "stichtag"], columns="raum_id", values="da")
        wide = wide.reindex(columns=base.index)
        days = wide.index.get_level_values("stichtag").to_numpy()[:, None]
        start = base["gueltig_von"].to_numpy()[None, :]
        end = base["gueltig_bis"].fillna(pd.Timestamp.max).to_numpy()[None, :]
        gaps = wide.isna().to_numpy() & (days >= start) & (days <= end)
        for at in np.flatnonzero(gaps.any(axis=0)):
            missing = wide.index[gaps[:, at]]
            name = base.index[at]
            if len(missing) == len(wide):
                what = f"{quoted(name)} ({base['name'][name]}) fehlt ganz."
            else:
                shown = listed(f"{feature} ({_day(day)})" for feature, day in missing)
                what = f"{quoted(name)} ({base['name'][name]}) fehlt bei {shown}; andere Gebiete haben Werte."
            findings.add(
                "Gebiet fehlt",
                str(file),
                what,
                "Ergänzen Sie die Zeilen; für einen unbekannten Wert steht ein Zeichen wie … (fehlt).",
                column="raum_id",
            )


def _valid(tables: Tables, rows: pd.DataFrame, findings: Findings) -> None:
    """Note values outside the period in which their area exists."""
    start = tables.areas["gueltig_von"].reindex(rows["raum_id"]).to_numpy()
    end = tables.areas["gueltig_bis"].reindex(rows["raum_id"]).to_numpy()
    days = rows["stichtag"].to_numpy()
    for row in rows[(days < start) | (days > end)].itertuples():
        findings.add(
            "Gebiet nicht gültig",
            str(row.datei),
            f"{quoted(row.raum_id)} gibt es am {_day(row.stichtag)} nicht.",
            "Prüfen Sie den Stichtag und die Spalten gueltig_von und gueltig_bis in raeume.csv.",
            int(row.zeile),
            "raum_id",
        )


class _Cube:
    """The known values, one row per merkmal and Stichtag, one column per area (NaN: no number)."""

    def __init__(self, tables: Tables) -> None:
        values = tables.values
        known = values["raum_id"].isin(tables.areas.index) & values["merkmal"].isin(tables.features.index)
        self._rows = values[known & values["stichtag"].notna()]
        self._rows = self._rows.drop_duplicates(["raum_id", "merkmal", "stichtag"])
        wide = self._rows.pivot(index=["merkmal", "stichtag"], columns="raum_id", values="wert")
        self.wide = wide.reindex(columns=tables.areas.index)

    def of(self, feature: str) -> pd.DataFrame:
        """The values of one merkmal, one row per Stichtag."""
        if feature not in self.wide.index:
            return self.wide.droplevel(0).iloc[:0]
        return self.wide.loc[feature]

    @cached_property
    def _lines(self) -> dict[tuple[str, str, pd.Timestamp], tuple[str, int]]:
        rows = self._rows
        keys = zip(rows["raum_id"], rows["merkmal"], rows["stichtag"], strict=True)
        return dict(zip(keys, zip(rows["datei"], rows["zeile"], strict=True), strict=True))

    def fault(
        self,
        kind: str,
        at: tuple[str, str, pd.Timestamp],
        what: str,
        remedy: str,
        findings: Findings,
    ) -> None:
        """Note a fault of the value of one area, merkmal and Stichtag."""
        file, line = self._lines[at]
        findings.add(kind, file, what, remedy, int(line), "wert")


def remainder(tables: Tables, findings: Findings) -> None:
    """A delivered value of a higher level is at least the sum of its parts (of those that are known)."""
    cube, areas = _Cube(tables), tables.areas
    least = cube.wide.fillna(0.0)
    for level in reversed(tables.levels[:-1]):
        for name in areas.index[areas["ebene"] == level]:
            total = least[areas.index[areas["teil_von"] == name]].sum(axis=1)
            given = cube.wide[name]
            for feature, day in given.index[given < total - _slack(total)]:
                cube.fault(
                    "negativer Rest",
                    (name, feature, day),
                    f"{quoted(feature)} ist für {quoted(name)} {parsing.german(given[feature, day])}, die Summe der "
                    f"Teilgebiete aber {parsing.german(round(total[feature, day], 6))} (Stichtag {_day(day)}): "
                    "Der räumlich nicht zuordenbare Rest wäre negativ.",
                    "Prüfen Sie diesen Wert und die Werte der Teilgebiete.",
                    findings,
                )
            least[name] = given.fillna(total)


def parts(tables: Tables, findings: Findings) -> None:
    """No part is larger than its whole: merkmale with ``teil_von``, and numerators of shares."""
    cube = _Cube(tables)
    for feature, whole in tables.features["teil_von"].items():
        if whole:
            part = cube.of(feature)
            over = part > _above(cube.of(whole).reindex(part.index))
            for day, name in _cells(over):
                cube.fault(
                    "Teil größer als das Ganze",
                    (name, feature, day),
                    f"{quoted(feature)} ist {parsing.german(part.at[day, name])}, das Ganze {quoted(whole)} aber nur "
                    f"{parsing.german(cube.of(whole).at[day, name])} ({quoted(name)}, Stichtag {_day(day)}).",
                    "Prüfen Sie beide Werte.",
                    findings,
                )
    shares = tables.indicators[tables.indicators["art"] == "anteil"]
    for name, row in shares.iterrows():
        _share(cube, tables, str(name), row, findings)


def _share(cube: _Cube, tables: Tables, name: str, row: Any, findings: Findings) -> None:
    """The numerator of a share is not larger than its denominator at the Stand that is used."""
    above, below = terms(row["zaehler"]), terms(row["nenner"])
    if not below or (
        len(above) == len(below) == 1
        and row["nenner_stand"] in ("", "gleich")
        and tables.features["teil_von"].get(above[0]) == below[0]
    ):
        return
    numerator = _sum(cube, above)
    numerator = numerator[numerator.index.month == row["bezug_monat"]]
    days = {
        "jahresende": pd.to_datetime([f"{day.year}-12-31" for day in numerator.index]),
        "vorjahresende": pd.to_datetime([f"{day.year - 1}-12-31" for day in numerator.index]),
    }.get(row["nenner_stand"], numerator.index)
    denominator = _sum(cube, below).reindex(days).set_axis(numerator.index)
    for day, area in _cells(numerator > _above(denominator)):
        cube.fault(
            "Teil größer als das Ganze",
            (area, above[0], day),
            f"Der Zähler des Anteils {quoted(name)} ({row['zaehler']}) ist {parsing.german(numerator.at[day, area])}, "
            f"der Nenner ({row['nenner']}) aber nur {parsing.german(denominator.at[day, area])} "
            f"({quoted(area)}, Stichtag {_day(day)}).",
            "Prüfen Sie die Werte; ist der Zähler kein Teil des Nenners, gehört die Art „verhaeltnis“ hierher.",
            findings,
        )


def _sum(cube: _Cube, features: list[str]) -> pd.DataFrame:
    """The sum of merkmale at the days that all of them have; missing where one is missing."""
    total = cube.of(features[0])
    for feature in features[1:]:
        other = cube.of(feature)
        total = total.loc[total.index.intersection(other.index)] + other
    return total.dropna(how="all")


def _above(limit: pd.DataFrame) -> pd.DataFrame:
    """The limit with the slack of floating sums; unlimited where it is unknown."""
    return (limit + _slack(limit)).fillna(np.inf)


def _slack(numbers: Any) -> Any:
    return 1e-6 * np.maximum(1.0, np.abs(numbers))


def _cells(over: pd.DataFrame) -> Iterator[tuple[pd.Timestamp, str]]:
    """Row and column names of the true cells."""
    for row, column in np.argwhere(over.to_numpy()):
        yield over.index[row], str(over.columns[column])


def polygons(tables: Tables, findings: Findings) -> None:
    """Every area of the lowest level has a polygon of its own."""
    from sozialbericht.data import geometry

    if tables.geometry is not None:
        geometry.check(tables.geometry, tables.areas, tables.levels[-1], findings)


def _day(day: Any) -> str:
    return f"{day:%d.%m.%Y}"


def _frame(tables: Tables, name: str) -> pd.DataFrame:
    named = {
        "raeume": tables.areas,
        "merkmale": tables.features,
        "indikatoren": tables.indicators,
        "werte": tables.values,
        "brueche": tables.breaks,
    }
    return named[name] if name in named else tables.others[name]


RULES: list[tuple[Rule, frozenset[str]]] = [
    (foreign_keys, frozenset()),
    (hierarchy, frozenset({"raeume"})),
    (indicator_terms, frozenset({"indikatoren", "merkmale"})),
    (indicator_fields, frozenset({"indikatoren"})),
    (right_file, frozenset()),
    (whole_numbers, frozenset({"merkmale"})),
    (complete, frozenset({"raeume"})),
    (remainder, frozenset({"raeume", "merkmale"})),
    (parts, frozenset({"raeume", "merkmale", "indikatoren"})),
    (polygons, frozenset({"raeume"})),
]
"""Each rule with the tables that must have been read in full for it."""

"""Comparison with published figures: each figure found, the report's own value beside it, the difference, the kind.

The data folder may hold a table ``veroeffentlicht`` (see its descriptor): published figures as they were printed,
and for each its counterpart in the data or the reason why there is none. A published figure is never shown as a
value of the report.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from urllib.parse import urlsplit

import pandas as pd
from IPython.display import display

from sozialbericht.statistics.value import MISSING
from sozialbericht.writing import blocks, dates, numbers, provenance
from sozialbericht.writing.blocks import Layout
from sozialbericht.writing.timetables import Zeitreihen

#: How the data relate to a published figure: the words of the contract, and what the report calls them.
KINDS = {
    "exakt": "vorgegeben (exakt)",
    "gerundet": "vorgegeben (gerundet)",
    "angelegt": "in der Struktur angelegt",
    "zurückgehalten": "zurückgehalten",
}
NONE = "nicht abgebildet"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NUMBER = re.compile(r"[-−]?\d+(?:,(\d+))?")


class Veroeffentlichtes(Zeitreihen):
    """Der Teil des Berichts, der veröffentlichte Angaben mit den Werten des Berichts vergleicht."""

    def veroeffentlicht(self) -> pd.DataFrame:
        """Die veröffentlichten Angaben bis zum Berichtsjahr und die ohne Jahr, mit ``eigener`` (Zahl), ``status``, ``stellen``.

        Leer, wenn es zu den Daten keine gibt.
        """
        table = self._tables.others.get("veroeffentlicht")
        if table is None:
            return pd.DataFrame()
        table = table[[published_by(row, self.jahr) for _, row in table.iterrows()]]
        own = [self._own(row) for _, row in table.iterrows()]
        return table.assign(
            eigener=[value for value, _, _ in own], status=[s for _, s, _ in own], stellen=[d for _, _, d in own]
        ).reset_index(drop=True)

    def veroeffentlicht_anzahl(self) -> dict[str, int]:
        """Wie viele veröffentlichte Angaben es je Art gibt, in den Worten des Berichts, und ``ohne Gegenstück``."""
        table = self.veroeffentlicht()
        counts = table["abgleich"].value_counts() if len(table) else pd.Series(dtype=int)
        told = {word: int(counts.get(kind, 0)) for kind, word in KINDS.items()}
        return {**told, "ohne Gegenstück": int(counts.get(NONE, 0))}

    def tabelle_veroeffentlicht(self, *, id: str, titel: str) -> None:
        """Setzt die veröffentlichten Angaben mit Gegenstück: Angabe, eigener Wert, Differenz, Art, Nummer der Quelle."""
        table = self.veroeffentlicht()
        table = table[table["abgleich"] != NONE]
        source = {text: str(n) for n, text in enumerate(self._sources(), start=1)}
        rows: list[list[str]] = []
        groups: list[int] = []
        for place, part in table.groupby("gebiet", sort=False):
            groups.append(len(rows))
            rows.append([f"{part['ebene'].iloc[0]} {place}", *[""] * 6])
            for _, row in part.iterrows():
                own = provenance.cell(row["eigener"], row["status"], row["stellen"])
                known = row["eigener"] == row["eigener"] and row["vergleichswert"] == row["vergleichswert"]
                gap = numbers.signed(row["eigener"] - row["vergleichswert"], row["stellen"]) if known else numbers.status_sign(row["status"])
                unit, note = unit_and_note(str(row["einheit"]))
                notes = "; ".join(filter(None, [note, self._compared(row), str(row["bemerkung"])]))
                what = f"{row['angabe']}, {unit}" + (f" ({notes})" if notes else "")
                rows.append([what, moment(str(row["zeitpunkt"])), printed(str(row["wert"])), own, gap, KINDS[row["abgleich"]], source_numbers(row["quelle"], source)])
        kind = "Modelldaten" if self.ist_modell else "dieser Bericht"
        self.tabelle(
            ["Gebiet, Angabe und Einheit", "Zeitpunkt", "ver|öffent|licht", kind, "Diffe|renz", "Art", "Quelle"], rows, id=id, titel=titel,
            einheit=f"Spalte „veröffentlicht“: fremde Angaben; Spalte „{kind}“: Werte dieses Berichts; Differenz: {kind} minus veröffentlicht",
            quelle=" ".join(["Die Nummern der Quellen stehen in der Liste am Ende dieses Anhangs.", *provenance.signs(list(table["status"]))]),
            satz=Layout(columns="1fr 22mm 15mm 18mm 13mm 32mm 9mm", groups=tuple(groups), left=(0, 1, 5), wide=True),
        )  # fmt: skip

    def tabelle_ohne_gegenstueck(self, *, id: str, titel: str) -> None:
        """Setzt die veröffentlichten Angaben, zu denen die Daten kein Gegenstück haben, mit dem Grund."""
        table = self.veroeffentlicht()
        table = table[table["abgleich"] == NONE]
        source = {text: str(n) for n, text in enumerate(self._sources(), start=1)}
        rows = []
        for _, row in table.iterrows():
            unit, note = unit_and_note(str(row["einheit"]))
            place = str(row["gebiet"])
            rows.append([place, f"{row['angabe']}, {unit}" + (f" ({note})" if note else ""), moment(str(row["zeitpunkt"])), printed(str(row["wert"])), str(row["bemerkung"]), source_numbers(row["quelle"], source)])
        self.tabelle(
            ["Gebiet", "Angabe und Einheit", "Zeitpunkt", "ver|öffent|licht", "Grund", "Quelle"], rows, id=id, titel=titel,
            einheit="fremde Angaben, die nicht mit einem Wert dieses Berichts verglichen werden können",
            quelle="Die Nummern der Quellen stehen in der Liste am Ende dieses Anhangs.",
            satz=Layout(columns="26mm 1fr 23mm 15mm 42mm 9mm", left=(0, 1, 2, 4), wide=True),
        )  # fmt: skip

    def quellenliste(self) -> None:
        """Setzt die nummerierte Liste der Quellen der veröffentlichten Angaben, mit Kurzname und Adresse."""
        lines = [f"{number}. {source_entry(text)}" for number, text in enumerate(self._sources(), start=1)]
        display(blocks.box("quelle", "\n".join(lines)))

    def _sources(self) -> list[str]:
        """The single sources of the figures shown, in the order in which they appear."""
        table = self.veroeffentlicht()
        return list(dict.fromkeys(part for text in table["quelle"] for part in single_sources(text))) if len(table) else []

    def _own(self, row: pd.Series) -> tuple[float, str, int]:
        """The report's own value for a published figure, its status and decimals; missing where there is no counterpart."""
        if not row["raum_id"] or not (row["merkmal"] or row["indikator"]):
            return math.nan, MISSING, 0
        stamp = row["stichtag"]
        if row["merkmal"]:
            found = self.merkmal(row["merkmal"], row["raum_id"], stamp)
            return (math.nan, MISSING, 0) if found.empty else (float(found["wert"].iloc[0]), str(found["status"].iloc[0]), 0)
        year = self.jahr
        if not pd.isna(stamp):
            series = self._values.loc[row["indikator"]].xs(row["raum_id"], level="raum_id")
            fitting = series.index[series["stand_zaehler"] == stamp]
            if fitting.empty:
                return math.nan, MISSING, 0
            year = int(fitting[0])
        value = self.wert(row["indikator"], row["raum_id"], year).wert
        return value.number, value.status, value.decimals

    def _compared(self, row: pd.Series) -> str:
        """What else a reader must know of the comparison: another number is compared, or another year."""
        said = []
        match = NUMBER.fullmatch(str(row["wert"]))
        number = float(str(row["wert"]).replace(",", ".")) if match else math.nan
        if row["vergleichswert"] == row["vergleichswert"] and number != row["vergleichswert"]:
            said.append(f"verglichen wird {numbers.number(row['vergleichswert'], row['stellen'])}")
        if pd.isna(row["stichtag"]) and row["indikator"]:
            said.append(f"Stand des Berichts: {self.wert(row['indikator'], row['raum_id']).stand}")
        return "; ".join(said)


def published_by(row: pd.Series, year: int) -> bool:
    """Whether a figure belongs to the years up to ``year``; figures without a year of their own always do."""
    stated = [int(found) for found in YEAR.findall(re.sub(r"\(.*?\)", "", str(row["zeitpunkt"])))]
    if pd.isna(row["stichtag"]) and (not stated or row["abgleich"] != NONE):
        return True
    own = [] if pd.isna(row["stichtag"]) else [pd.Timestamp(row["stichtag"]).year]
    return max([*stated, *own]) <= year


def moment(text: str) -> str:
    """The time of a published figure as printed: „2006-12“ → „Dezember 2006“, „ca. 2001-12-31“ → „ca. 31.12.2001“."""
    plain = re.sub(r"\s*\(.*?\)", "", text).strip()
    if not YEAR.search(plain):
        return "ohne Jahr"
    plain = re.sub(r"(\d{4})-H([12])", r"\2. Halbjahr \1", plain)
    plain = re.sub(r"(\d{4})-(\d{4})", r"\1 bis \2", plain)
    plain = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3.\2.\1", plain)
    return re.sub(r"(\d{4})-(\d\d)", lambda m: dates.in_prose(dt.date(int(m[1]), int(m[2]), 1), "monat"), plain)


def printed(text: str) -> str:
    """A published number as German offices print it; what is no single number stays as it is."""
    match = NUMBER.fullmatch(text)
    return numbers.number(float(text.replace("−", "-").replace(",", ".")), len(match[1] or "")) if match else text


def unit_and_note(text: str) -> tuple[str, str]:
    """The unit and what stands in brackets behind it: „Personen (ca.)“ → „Personen“, „ca.“."""
    match = re.fullmatch(r"(.*?)\s*\((.*)\)", text)
    return (match[1], match[2].replace('"', "")) if match else (text, "")


def single_sources(text: str) -> list[str]:
    """The sources of a figure, one by one."""
    return [part.strip() for part in text.split(" ; ") if part.strip()]


def source_numbers(text: str, known: dict[str, str]) -> str:
    """The numbers of a figure's sources, „1, 3“."""
    return ", ".join(known[part] for part in single_sources(text))


def source_entry(text: str) -> str:
    """A source as the list prints it: host and linked address, or its plain name."""
    if not text.startswith(("http://", "https://")):
        return text
    host = (urlsplit(text).hostname or "").removeprefix("www.")
    shown = re.sub(r"([/\-_.?=&])(?=\w)", "\\1\u200b", text.split("://", 1)[1].removeprefix("www."))
    shown = re.sub(r"([_*~\[\]])", r"\\\1", shown)
    return f"{host}: [{shown}]({text})"

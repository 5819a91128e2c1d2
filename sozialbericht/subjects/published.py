"""Comparison with published figures: each figure found, the report's own value beside it, the difference, the kind.

The data folder may hold a table ``veroeffentlicht`` (see its descriptor): published figures as they were printed,
and for each its counterpart in the data or the reason why there is none. A published figure is never shown as a
value of the report.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from sozialbericht import numbers
from sozialbericht.escaping import Markup, escape, link, listed
from sozialbericht.findings import typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.types import Typisierung
from sozialbericht.status import Status
from sozialbericht.wording import dates
from sozialbericht.writing import blocks, captions, tables
from sozialbericht.writing.blocks import Caption, Layout

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
UNIT = re.compile(r"(.*?)\s*\((.*)\)")
NUMBERED = "Die Nummern der Quellen stehen in der Liste am Ende dieses Anhangs."
#: The word of the contract for the count of an indicator, with which a figure is compared in place of its rate.
COUNT = "zaehler"
#: Results of the typology that a published figure can be compared with, by their words in the contract.
RESULTS: dict[str, Callable[[Typisierung], float]] = {
    "raeume_unter_durchschnitt": lambda found: float(found.unter_durchschnitt.sum()),
}


class Veroeffentlichtes:
    """Veröffentlichte Angaben neben den Werten dieses Berichts: ``v = b.veroeffentlichtes()``."""

    def __init__(self, b: Datenbestand) -> None:
        self._b = b

    def angaben(self) -> pd.DataFrame:
        """Die veröffentlichten Angaben bis zum Berichtsjahr und die ohne Jahr.

        Dazu die Spalten ``eigener`` (Zahl dieses Berichts), ``status``, ``stellen`` und ``nummern`` (die Quellen in
        ``quellenliste``). Leer, wenn es zu den Daten keine gibt.
        """
        table = self._b._tables.others.get("veroeffentlicht")
        if table is None:
            return pd.DataFrame(columns=["abgleich", "quelle"])
        table = table[[published_by(row, self._b.jahr) for _, row in table.iterrows()]]
        own = [self._own(row) for _, row in table.iterrows()]
        number = {text: str(n) for n, text in enumerate(all_sources(table["quelle"]), start=1)}
        return table.assign(
            eigener=[value for value, _, _ in own],
            status=[status for _, status, _ in own],
            stellen=[decimals for _, _, decimals in own],
            nummern=[", ".join(number[part] for part in single_sources(text)) for text in table["quelle"]],
        ).reset_index(drop=True)

    def anzahl(self) -> dict[str, int]:
        """Wie viele veröffentlichte Angaben es je Art gibt, in den Worten des Berichts, und ``ohne Gegenstück``."""
        counts = self.angaben()["abgleich"].value_counts()
        told = {word: int(counts.get(kind, 0)) for kind, word in KINDS.items()}
        return {**told, "ohne Gegenstück": int(counts.get(NONE, 0))}

    def tabelle(self, *, id: str, titel: str) -> None:
        """Setzt die veröffentlichten Angaben mit Gegenstück: Angabe, eigener Wert, Differenz, Art, Quelle."""
        table = self.angaben()
        table = table[table["abgleich"] != NONE]
        rows: list[list[str]] = []
        groups: list[int] = []
        for place, part in table.groupby("gebiet", sort=False):
            groups.append(len(rows))
            rows.append([f"{part['ebene'].iloc[0]} {place}", *[""] * 6])
            rows += [self._compared(row) for _, row in part.iterrows()]
        own = "Modelldaten" if self._b.ist_modell else "dieser Bericht"
        tables.put(
            self._b,
            ["Gebiet, Angabe und Einheit", "Zeitpunkt", "ver|öffent|licht", own, "Diffe|renz", "Art", "Quelle"],
            rows,
            Caption(
                id,
                titel,
                f"Spalte „veröffentlicht“: fremde Angaben; Spalte „{own}“: Werte dieses Berichts; "
                f"Differenz: {own} minus veröffentlicht",
                " ".join([NUMBERED, *captions.signs(list(table["status"]))]),
            ),
            Layout(
                columns="1fr 21mm 15mm 16mm 11mm 28mm 8mm",
                groups=tuple(groups),
                left=(0, 1, 5),
                wide=True,
            ),
        )

    def tabelle_ohne_gegenstueck(self, *, id: str, titel: str) -> None:
        """Setzt die veröffentlichten Angaben, zu denen die Daten kein Gegenstück haben, mit dem Grund."""
        table = self.angaben()
        rows = [
            [
                str(row["gebiet"]), described(row, []), moment(str(row["zeitpunkt"])), printed(str(row["wert"])),
                str(row["bemerkung"]), str(row["nummern"]),
            ]
            for _, row in table[table["abgleich"] == NONE].iterrows()
        ]  # fmt: skip
        tables.put(
            self._b,
            ["Gebiet", "Angabe und Einheit", "Zeitpunkt", "ver|öffent|licht", "Grund", "Quelle"],
            rows,
            Caption(
                id, titel, "fremde Angaben, die nicht mit einem Wert dieses Berichts verglichen werden können", NUMBERED
            ),
            Layout(columns="25mm 1fr 21mm 15mm 46mm 8mm", left=(0, 1, 2, 4), wide=True),
        )

    def quellenliste(self, namen: Mapping[str, str] | None = None) -> None:
        """Setzt die nummerierte Liste der Quellen der veröffentlichten Angaben.

        ``namen`` nennt zu einer Adresse Herausgeber, Titel und Datum; ohne Namen steht die Adresse.
        """
        sources = all_sources(self.angaben()["quelle"])
        told = (source_entry(source, (namen or {}).get(source)) for source in sources)
        blocks.put(blocks.paragraph(listed(told, numbered=True)))

    def _own(self, row: pd.Series) -> tuple[float, str, int]:
        """The report's own value for a published figure, its status and decimals; missing without a counterpart."""
        if row.get("ergebnis") == COUNT:
            value = self._b.wert(row["indikator"], row["raum_id"], int(row["stichtag"].year)).wert
            return value.numerator, value.status, 0
        if row.get("ergebnis"):
            typed = typification.typisierung(
                self._b, self._b.jahr if pd.isna(row["stichtag"]) else int(row["stichtag"].year)
            )
            return (math.nan, Status.MISSING, 0) if typed.grund else (RESULTS[row["ergebnis"]](typed), Status.OK, 0)
        if not row["raum_id"] or not (row["merkmal"] or row["indikator"]):
            return math.nan, Status.MISSING, 0
        stamp = row["stichtag"]
        if row["merkmal"]:
            found = self._b.merkmal(row["merkmal"], row["raum_id"], stamp)
            if found.empty:
                return math.nan, Status.MISSING, 0
            return float(found["wert"].iloc[0]), str(found["status"].iloc[0]), 0
        year = self._b.jahr
        if not pd.isna(stamp):
            series = self._b._values.loc[row["indikator"]].xs(row["raum_id"], level="raum_id")
            fitting = series.index[series["stand_zaehler"] == stamp]
            if fitting.empty:
                return math.nan, Status.MISSING, 0
            year = int(fitting[0])
        value = self._b.wert(row["indikator"], row["raum_id"], year).wert
        return value.number, value.status, value.decimals

    def _compared(self, row: pd.Series) -> list[str]:
        """The cells of a figure with counterpart; notes say if another number or an own Stand is compared."""
        notes = []
        if not math.isnan(row["vergleichswert"]) and as_number(str(row["wert"])) != row["vergleichswert"]:
            notes.append(f"verglichen wird {numbers.number(row['vergleichswert'], row['stellen'])}")
        if pd.isna(row["stichtag"]) and row["indikator"]:
            notes.append(f"Stand des Berichts: {self._b.wert(row['indikator'], row['raum_id']).stand}")
        known = not math.isnan(row["eigener"]) and not math.isnan(row["vergleichswert"])
        gap = row["eigener"] - row["vergleichswert"]
        return [
            described(row, [*notes, str(row["bemerkung"])]),
            moment(str(row["zeitpunkt"])),
            printed(str(row["wert"])),
            captions.cell(row["eigener"], row["status"], row["stellen"]),
            numbers.signed(gap, row["stellen"]) if known else numbers.status_sign(row["status"]),
            KINDS[row["abgleich"]],
            str(row["nummern"]),
        ]


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


def as_number(text: str) -> float:
    """A published figure as a number; NaN for what is no single number."""
    return float(text.replace("−", "-").replace(",", ".")) if NUMBER.fullmatch(text) else math.nan


def printed(text: str) -> str:
    """A published number as German offices print it; what is no single number stays as it is."""
    match = NUMBER.fullmatch(text)
    return numbers.number(as_number(text), len(match[1] or "")) if match else text


def described(row: pd.Series, notes: list[str]) -> str:
    """What a figure counts, its unit and, in brackets, what belongs to it: „Arbeitslose, Personen (knapp)“."""
    match = UNIT.fullmatch(str(row["einheit"]))
    unit, note = (match[1], match[2].replace('"', "")) if match else (str(row["einheit"]), "")
    extra = "; ".join(filter(None, [note, *notes]))
    return f"{row['angabe']}, {unit}" + (f" ({extra})" if extra else "")


def single_sources(text: str) -> list[str]:
    """The sources of a figure, one by one."""
    return [part.strip() for part in text.split(" ; ") if part.strip()]


def all_sources(texts: Iterable[str]) -> list[str]:
    """All single sources, each once, in the order in which they appear."""
    return list(dict.fromkeys(part for text in texts for part in single_sources(text)))


def source_entry(text: str, name: str | None = None) -> Markup:
    """A source as the list prints it: its name, linked, and its host; without a name its address, linked; what is no
    address as it is.
    """
    if not text.startswith(("http://", "https://")):
        return escape(name or text)
    address = text.split("://", 1)[1].removeprefix("www.")
    if name:
        return link(name, text) + escape(f" ({address.split('/', 1)[0]})")
    return link(re.sub(r"([/\-_.?=&])(?=\w)", "\\1\u200b", address), text)

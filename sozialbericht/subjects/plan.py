"""Aktionsräume and the register of measures: sheets of the areas, tables by area and by aim, the bodies of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.blocklanguage import fence
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts import organigram
from sozialbericht.drawing.charts.organigram import Body, Row
from sozialbericht.drawing.maps import locator
from sozialbericht.escaping import bold, html_text, listed, paragraphs, terms
from sozialbericht.findings.types import runs_in_percent
from sozialbericht.findings.typification import typname
from sozialbericht.status import Status
from sozialbericht.subjects.gaps import Abstaende
from sozialbericht.wording.values import Wert, enumeration
from sozialbericht.writing import blocks, captions
from sozialbericht.writing.blocks import Layout

#: What stands before an entry that was invented to show the register.
EXAMPLE = "Beispiel"
SHEET = ("raum_id", "ziel", "handlungsfeld", "massnahme", "traeger", "status", "beginn", "beispiel")
ABSENT = "Ein Register der Maßnahmen liegt nicht vor (data/massnahmen.csv fehlt oder ist leer)."


class Aktionsplan(Abstaende):
    """Der Teil des Berichts über die Aktionsräume, den Aktionsplan und das Register der Maßnahmen."""

    # -- register ----------------------------------------------------------------------------------------

    def massnahmen(self, raum: str | None = None) -> pd.DataFrame:
        """Das Register der Maßnahmen, auf Wunsch eines Gebiets; leer, wenn keines vorliegt.

        Spalten raum_id, ziel, handlungsfeld, massnahme, traeger, status, beginn (Jahr oder fehlend), beispiel
        (erfunden).
        """
        table = self._tables.others.get("massnahmen")
        if table is None:
            return pd.DataFrame(columns=list(SHEET))
        register = table.assign(beispiel=table["herkunft"] == "beispiel")[list(SHEET)]
        if raum is not None:
            register = register[register["raum_id"] == self._known_area(raum)]
        return register.reset_index(drop=True)

    def registersatz(self) -> str:
        """Ein Satz, was im Register steht und was davon Beispiele sind, oder dass keines vorliegt."""
        register = self.massnahmen()
        if register.empty:
            return ABSENT
        examples = int(register["beispiel"].sum())
        told = f"Das Register enthält {numbers.number(len(register))} Maßnahmen"
        if examples == len(register):
            return (
                f"{told}. Alle sind erfundene Beispiele, die das Register vorführen; "
                "sie belegen nicht, was in den Gebieten geschieht."
            )
        if examples:
            return (
                f"{told}, darunter {numbers.number(examples)} "
                f"erfundene{'s Beispiel' if examples == 1 else ' Beispiele'}; sie sind gekennzeichnet."
            )
        return f"{told}."

    def massnahmensatz(self, massnahme: pd.Series) -> str:
        """Eine Maßnahme in einer Zeile: „Elterncafé (Jugendamt; läuft seit 2007)“, Beispiele gekennzeichnet."""
        mark = f"{EXAMPLE} – " if massnahme["beispiel"] else ""
        return f"{mark}{massnahme['massnahme']} ({massnahme['traeger']}; {_state(massnahme)})"

    def tabelle_massnahmen(self, *, id: str, titel: str) -> None:
        """Setzt das ganze Register nach Zielen und Handlungsfeldern; ohne Register den Satz, dass keines vorliegt."""
        register = self.massnahmen()
        if register.empty:
            blocks.put(blocks.paragraph(ABSENT))
            return
        rows: list[list[str]] = []
        groups: list[int] = []
        for aim, part in register.groupby("ziel", sort=False):
            for field, entries in part.groupby("handlungsfeld", sort=False):
                groups.append(len(rows))
                rows.append(
                    [
                        str(field) if field == aim and part["handlungsfeld"].nunique() == 1 else f"{aim}: {field}",
                        "",
                        "",
                        "",
                        "",
                    ]
                )
                rows += [[words[1], words[0], *words[2:]] for words in self._entries(entries)]
        self._register_table(["Ziel: Handlungsfeld; Maßnahme", "Gebiet"], rows, groups, id, titel)

    def uebrige_massnahmen(self) -> pd.DataFrame:
        """Die Maßnahmen, deren Gebiet im Berichtsjahr kein Aktionsraum ist, ohne die für die ganze Stadt."""
        register = self.massnahmen()
        known = [*self.aktionsraeume(), self.stadt]
        return register[~register["raum_id"].isin(known)].reset_index(drop=True)

    def _entries(self, part: pd.DataFrame) -> list[list[str]]:
        """Area, measure, carrier, state and origin of the entries in the order of the areas."""
        order = {area: place for place, area in enumerate(self._tables.areas.index)}
        ordered = part.sort_values("raum_id", key=lambda column: column.map(order), kind="stable")
        return [
            [
                "ganze Stadt" if entry["raum_id"] == self.stadt else self.name(str(entry["raum_id"])),
                str(entry["massnahme"]),
                str(entry["traeger"]),
                _state(entry),
                EXAMPLE if entry["beispiel"] else "",
            ]
            for _, entry in ordered.iterrows()
        ]

    def _register_table(
        self, first: list[str], rows: list[list[str]], groups: list[int], label: str, title: str
    ) -> None:
        told = "„Beispiel“: erfunden, um das Register vorzuführen. " if self.massnahmen()["beispiel"].any() else ""
        self.tabelle(
            [*first, "Träger", "Stand", "Herkunft"], rows, id=label, titel=title,
            einheit="Stand bei der Herstellung dieses Berichts, für alle Berichtsjahre derselbe",
            quelle=f"{told}Register der Maßnahmen (data/massnahmen.csv).",
            satz=Layout(columns="1fr 33mm 32mm 20mm 12mm", groups=tuple(groups), left=(0, 1, 2, 3, 4), wide=True),
        )  # fmt: skip

    # -- areas -------------------------------------------------------------------------------------------

    def tabelle_aktionsraeume(
        self, indikatoren: Sequence[str], *, bevoelkerung: str, id: str, titel: str, quelle: str = ""
    ) -> None:
        """Setzt die Aktionsräume nach Typen mit Einwohnerzahl, Sicherheit und Indikatoren,
        darunter alle zusammen und die Stadt.

        ``bevoelkerung`` ist ein Indikator, dessen Nenner die Bevölkerung ist. Zusammen heißt: Summe der Zähler durch
        Summe der Nenner. Die Zeile der Anteile sagt, wie viel Prozent der Zähler der Stadt auf die Aktionsräume
        entfallen.
        """
        names, chosen, plan = list(indikatoren), self.auswahl(), self.aktionsraeume()
        people = f"{bevoelkerung}:nenner"
        rows: list[list[str]] = []
        groups: list[int] = []
        for kind, areas in chosen.je_typ().items():
            groups.append(len(rows))
            rows.append([typname(kind), *[""] * (len(names) + 2)])
            for area in areas:
                number = str(self.raeume().at[area, "nummer"]).rjust(2, "\u2007")
                share = runs_in_percent(float(chosen.anteil[area]))
                first, *others = self._cells([people, *names], area)
                rows.append([f"{number}\u00a0\u00a0{self.name(area)}", first, share, *others])
        groups += [len(rows), len(rows) + 2]
        joint = [self.zusammen(name, plan) for name in (bevoelkerung, *names)]
        shares = [
            self.anteil_an_stadt(bevoelkerung, plan, nenner=True),
            *[self.anteil_an_stadt(n, plan) for n in names],
        ]
        rows.append(["Aktionsräume zusammen", "" if joint[0] is None else joint[0].nenner, "", *map(_cell, joint[1:])])
        rows.append(["ihr Anteil an der Stadt in %", _cell(shares[0]), "", *map(_cell, shares[1:])])
        first, *others = self._cells([people, *names], self.stadt)
        rows.append([self.stadtname, first, "", *others])
        signs = captions.signs([Status.WITHHELD]) if None in joint else []
        self.tabelle(
            ["Typ, Aktionsraum", "Menschen", chosen.wortlaut.kurz, *self._heads(names)], rows, id=id, titel=titel,
            einheit=f"„{chosen.wortlaut.kurz.replace('|', '')}“: Anteil der Berechnungen mit zufälliger Schwankung; "
            "Anteil an der Stadt: an allen Personen, Einkünften oder Hilfen, die der Indikator zählt",
            quelle=self._typenquelle(quelle, *signs),
            satz=Layout(columns="1fr " + " ".join(["10.6mm"] * (len(names) + 2)), groups=tuple(groups), wide=True),
        )  # fmt: skip

    def tabelle_nahe_der_grenze(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Gebiete, bei denen die Zahlen nicht allein entscheiden:
        Aktionsräume auf der Kippe und weitere auffällige.
        """
        chosen, found = self.auswahl(), self.typisierung()
        rows: list[list[str]] = []
        groups: list[int] = []
        for title, areas in (("Aktionsräume", chosen.knapp), ("keine Aktionsräume", chosen.weitere)):
            if areas:
                groups.append(len(rows))
                rows.append([title, *[""] * 3])
            for area in areas:
                distance = found.abstand[area]
                rows.append(
                    [
                        self.name(area),
                        str(chosen.typen[area]),
                        numbers.status_sign(Status.WITHHELD)
                        if pd.isna(distance)
                        else numbers.number(distance, 1, sign=True),
                        runs_in_percent(float(chosen.anteil[area])),
                    ]
                )
        withheld = (
            captions.signs([Status.WITHHELD])
            if any(row[2] == numbers.status_sign(Status.WITHHELD) for row in rows)
            else []
        )
        self.tabelle(
            [self.ebenen.unten.einzahl, "Typ", "Abstand zur Stadt", chosen.wortlaut.kurz], rows, id=id, titel=titel,
            einheit="Abstand: Mittel aller Merkmale in Standardabweichungen, + unter dem städtischen Durchschnitt; "
            "letzte Spalte: Anteil der Berechnungen mit zufälliger Schwankung",
            quelle=self._typenquelle(quelle, *withheld),
            satz=Layout(columns="1fr 16mm 30mm 34mm", groups=tuple(groups)),
        )  # fmt: skip

    def steckbrief(self, raum: str, indikatoren: Sequence[str]) -> None:
        """Setzt ein Gebiet: Lage, Typ, Sicherheit der Auswahl, Kennwerte, Stärken vor Belastungen, seine Maßnahmen."""
        area, kind = self._known_area(raum), self.typ(raum)
        people = self.merkmal_heute("bev", area)
        district = self.name(str(self._tables.areas.at[area, "teil_von"]))
        sure = self.anteil_text(area) if kind.nummer else ""
        told = [district, people and f"{people} Menschen", str(kind) if kind.nummer else "", sure]
        line = " · ".join(filter(None, told))
        peers = [a for a in self.typisierung().gebiete(kind.nummer or 0) if a != area]
        chances = self.chancen(area, 3, unter=peers, gruppe=f"anderen Gebieten des Typs {kind.nummer}")
        parts = {
            "Stärken und Ansatzpunkte": chances or ["Kein Indikator hebt sich erkennbar ab."],
            "Belastungen": self.belastungen(area, 3) or ["Kein Indikator ist erkennbar ungünstiger als in der Stadt."],
        }
        entries = [self.massnahmensatz(entry) for _, entry in self.massnahmen(area).iterrows()]
        parts["Maßnahmen"] = entries or ["Im Register ist keine Maßnahme eingetragen."]
        label = f"lage-{area.replace('_', '-')}"
        frame = self.geodaten()
        figure = locator.locator(frame, frame["teil_von"], [area])
        name = self.name(area)
        cuts = {
            f"{label}.svg": to_svg(figure, "print", name, label),
            f"{label}.web.svg": to_svg(figure, "web", name, label),
        }
        part = f", {self.ebenen.mitte.einzahl} {district}" if self.ebenen.mitte else ""
        alternative = f"Lagekarte: {name} im Stadtgebiet{part}."
        values = terms((_short(self, i), str(value)) for i in indikatoren if (value := self.wert(i, area)).ok)
        lists = paragraphs(*(paragraphs(bold(title), listed(words)) for title, words in parts.items()))
        heading = blocks.heading(3, blocks.cell(name), f"#sec-aktionsraum-{area.replace('_', '-')}")
        markdown = (
            f"{heading}\n\n"
            f"{fence('steckbrief', blocks.picture(label, alternative), values, lists, zeile=line)}"
        )
        preview = f"<h3>{html_text(name)}</h3><p>{html_text(line)}</p>" + "".join(
            f"<p><b>{title}</b></p><ul>{''.join(f'<li>{html_text(s)}</li>' for s in words)}</ul>"
            for title, words in parts.items()
        )
        blocks.put(blocks.Block(markdown, preview, cuts))

    def merkmal_heute(self, merkmal: str, raum: str) -> str:
        """Die letzte veröffentlichte Zahl eines Merkmals bis zum Berichtsjahr, gedruckt; leer, wenn es keine gibt."""
        if merkmal not in self.merkmale().index:
            return ""
        counts = self.merkmal(merkmal, raum)
        newest = counts[counts["stichtag"] == counts["stichtag"].max()]
        return numbers.number(float(newest["wert"].iloc[0])) if len(newest) and newest["wert"].notna().all() else ""

    # -- bodies ------------------------------------------------------------------------------------------

    def organigramm(
        self, ebenen: Mapping[str, Mapping[str, Sequence[str]]], *, leitung: Mapping[str, str] | None = None,
        id: str, titel: str, einheit: str = "", quelle: str,
    ) -> None:  # fmt: skip
        """Setzt Gremien und ihre Mitglieder: Ebene → Gremium → Mitglieder; ``leitung`` nennt je Gremium, wer leitet."""
        leads = leitung or {}
        rows = [
            Row(level, tuple(Body(name, tuple(members), leads.get(name, "")) for name, members in bodies.items()))
            for level, bodies in ebenen.items()
        ]

        def draw(narrow: bool) -> Figure:
            return organigram.organigram(rows, narrow=narrow)

        told = " ".join(
            f"{row.name}: "
            + "; ".join(
                f"{body.name} – {enumeration(f'{m} (Leitung)' if m == body.lead else m for m in body.members)}"
                for body in row.bodies
            )
            + "."
            for row in rows
        )
        self.abbildung(
            draw, id=id, titel=titel, einheit=einheit, alternativtext=f"Übersicht der Gremien. {told}", quelle=quelle
        )


def _state(entry: pd.Series) -> str:
    """„läuft seit 2007“, „geplant ab 2008“, „Idee“."""
    status = str(entry["status"])
    if pd.isna(entry["beginn"]):
        return status
    words = {"läuft": "seit", "abgeschlossen": "begonnen"}.get(status, "ab")
    return f"{status}{',' if words == 'begonnen' else ''} {words} {int(entry['beginn'])}"


def _cell(value: Wert | None) -> str:
    return numbers.status_sign(Status.WITHHELD) if value is None else value.zahl


def _short(bestand: Aktionsplan, indicator: str) -> str:
    return str(bestand.indikator(indicator)["bezeichnung"])

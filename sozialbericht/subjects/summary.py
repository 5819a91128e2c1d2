"""The summary in front: which areas are Aktionsräume and how sure, what sets them apart most, what changed most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sozialbericht import numbers
from sozialbericht.blocklanguage import fence
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts import miniature
from sozialbericht.escaping import Markup, bold, html_of, html_text, paragraphs, terms
from sozialbericht.findings import decision
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.findings.types import runs_in_percent
from sozialbericht.subjects.gaps import Abstand
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import Aenderung, Wert, enumeration
from sozialbericht.writing import blocks, captions, figures, prose

#: What a finding says of the Aktionsräume, in turn.
TOLD = (
    "In den übrigen {e.dativ} sind es zusammen {a.uebrige}, {c.im_ganzen} {a.stadt}. "
    "Am ungünstigsten steht {f.raum} mit {f} da.",
    "Die übrigen {e.mehrzahl_bestimmt} kommen zusammen auf {a.uebrige}, {c.nominativ} auf {a.stadt}. "
    "Den ungünstigsten Wert hat {f.raum} mit {f}.",
)


@dataclass(frozen=True)
class Wandel:
    """Eine Veränderung eines Gebiets bei einem Hauptindikator."""

    alt: Wert
    neu: Wert
    aenderung: Aenderung
    indikator: str


class Kurzfassung:
    """Die Ergebnisse der Kapitel auf wenigen Seiten: ``k = b.kurzfassung()``."""

    def __init__(self, b: Datenbestand) -> None:
        self._b = b

    def hauptindikatoren(self, *, gewertet: bool = False) -> list[str]:
        """Der erste Indikator jeder Dimension; mit ``gewertet`` nur die, bei denen hoch Belastung oder Chance heißt."""
        first = self._b.indikatoren().groupby("dimension", sort=False).head(1)
        return [str(i) for i in first.index if not gewertet or first.at[i, "richtung"] != "neutral"]

    def befund(
        self, indikator: str, kopf: str, *saetze: str, sonst: str | None = None, zeigt: Wert | None = None,
        unter: Sequence[str] | None = None, **werte: Any,
    ) -> None:  # fmt: skip
        """Setzt einen Befund: Wert der Stadt, Überschrift, Text und die Reihe aller Sozialräume als kleines Bild.

        ``zeigt`` ist ein anderer Wert als der der Stadt, ``unter`` nennt die Gebiete, deren Punkte ausgefüllt sind.
        """
        row, city = self._b.indikator(indikator), self._b.wert(indikator)
        value = zeigt or city
        text = Markup(" ").join(filter(None, (prose.satz(self._b, s, sonst, **werte) for s in saetze)))
        head = worded(kopf, **werte)
        table, label = self._b.daten(indikator), f"kurz-{indikator.replace('_', '-')}"
        unit = value.wert.unit
        shown = value.zahl if value.ok else numbers.status_sign(value.wert.status)
        title = str(row["bezeichnung"])
        high, low = self._b.hoechste(indikator)[0], self._b.niedrigste(indikator)[0]
        alternative = (
            f"Punktreihe der {len(table)} {self._b.ebenen.unten.mehrzahl_bestimmt}, {title}, {value.stand}: "
            f"von {low} ({low.raum}) bis {high} ({high.raum}); {city.raum} {city}."
        )
        figure = miniature.strip(
            table,
            city_value=city.wert.number,
            city_name=self._b.stadtname,
            decimals=int(row["nachkommastellen"]),
            marked=unter,
        )
        cuts = {f"{label}.svg": to_svg(figure, title, label)}
        was = f"{captions.unit_line(Indikator(self._b, indikator))}, {value.stand}{', Aktionsräume' if zeigt else ''}"
        printed = "" if unit == "Index" else unit
        picture = blocks.picture(label, alternative)
        markdown = fence("befund", text, picture, kopf=head, wert=shown, einheit=printed, was=was)
        blocks.put(
            blocks.Block(
                markdown,
                f"<h3>{html_text(head)}</h3>{html_of(text)}{cuts[f'{label}.svg']}",
                cuts,
            )
        )

    def abstandsbefund(self, abstand: Abstand, fassung: int = 0) -> None:
        """Setzt einen Abstand der Aktionsräume als Befund, ihre Punkte im kleinen Bild ausgefüllt;
        ``fassung`` wechselt die Worte.
        """
        worst = self._b.indikator(abstand.indikator)["richtung"] == "belastung"
        far = (self._b.hoechste if worst else self._b.niedrigste)(abstand.indikator)[0]
        self.befund(
            abstand.indikator,
            "{a.bezeichnung}: Abstand {a.betrag}",
            TOLD[fassung % len(TOLD)],
            prose.satz(
                self._b,
                "{a.Gegenueber} ist der Abstand {w?um {w} gewachsen|um {w} geschrumpft|nicht erkennbar verändert}.",
                a=abstand,
                w=abstand.wandel,
            )
            if abstand.wandel is not None
            else "",
            zeigt=abstand.plan,
            unter=decision.auswahl(self._b).raeume,
            a=abstand,
            f=far,
            e=self._b.ebenen.unten,
            c=self._b.ebenen.stadt,
        )

    def entscheidung(self, kennwerte: Mapping[str, str]) -> None:
        """Setzt, welche Gebiete Aktionsräume sind: Lagekarte, Namen nach Typen, Sicherheit,
        auffällige Nachbarn der Grenze, Wechsel.

        ``kennwerte`` (Name → gedruckte Zahl) stehen unter der Karte. Nichts, wenn es keine Aktionsräume gibt.
        """
        chosen, plan = decision.auswahl(self._b), decision.auswahl(self._b).raeume
        if not plan:
            return
        names = {
            chosen.arten.name(kind): self._b._told(
                [f"{self._b.name(a)} ({runs_in_percent(float(chosen.anteil[a]))})" for a in areas]
            )
            for kind, areas in chosen.je_typ().items()
        }
        label, title = "kurz-aktionsraeume", f"Aktionsräume {self._b.jahr}"
        cuts = figures.located(self._b, plan, title, label)
        whose = "des Aktionsraums" if len(plan) == 1 else f"der {len(plan)} Aktionsräume"
        alternative = (
            f"Lagekarte {whose} im {self._b.ebenen.stadt.gebiet}: "
            f"{enumeration(self._b._told([self._b.name(a) for a in plan]))}."
        )
        told = {kind: "; ".join(areas) for kind, areas in names.items()}
        told["Wie sicher das ist"] = decision.auswahl(self._b).sicherheitssatz()
        if chosen.weitere:
            others = [f"{self._b.name(a)} ({runs_in_percent(float(chosen.anteil[a]))})" for a in chosen.weitere]
            told[f"Weitere auffällige {self._b.ebenen.unten.mehrzahl}"] = "; ".join(self._b._told(others))
        if chosen.abweichend:
            told["Durchschnitt und Typ entscheiden verschieden"] = decision.auswahl(self._b).abweichungssatz()
        told[f"Veränderung gegenüber {self._b.vergleichsjahr}"] = decision.auswahlwechsel(self._b).satz()
        lists = paragraphs(*(paragraphs(bold(title), words) for title, words in told.items()))
        line = f"In Klammern: in so vielen von 100 Berechnungen {chosen.wortlaut.ergaenzung}"
        picture = [blocks.picture(label, alternative)] if cuts else []
        markdown = fence("steckbrief", *picture, terms(kennwerte.items()), lists, ebene="2", zeile=line)
        blocks.put(blocks.Block(markdown, f"<p>{line}</p>{cuts.get(f'{label}.svg', '')}{html_of(lists)}", cuts))

    def veraenderungen(self, n: int = 3) -> list[Wandel]:
        """Die größten Veränderungen der Sozialräume gegenüber dem Vergleichsjahr bei den Hauptindikatoren.

        Als Veränderung zählt, was über keinen Bruch geht und mehr als zufällige Schwankung ist (``Aenderung.lage``);
        geordnet nach der Größe, gemessen an der Standardabweichung der Sozialräume. Je Hauptindikator höchstens eine.
        """
        found: list[tuple[float, Wandel]] = []
        for indikator in self.hauptindikatoren():
            spread = float(np.nanstd(self._b.daten(indikator)["wert"]))
            best: tuple[float, Wandel] | None = None
            for area in self._b.raeume().index:
                change = self._b.aenderung(indikator, str(area))
                new, old = change.neu, change.alt
                if not spread or not change.lage.differs:
                    continue
                size = abs(new.number - old.number) / spread
                if best is None or size > best[0]:
                    level, title = (
                        self._b.ebenen[self._b.ebene(str(area))],
                        str(self._b.indikator(indikator)["bezeichnung"]),
                    )
                    best = (size, Wandel(Wert(old, level), Wert(new, level), change, title))
            if best:
                found.append(best)
        return [wandel for _, wandel in sorted(found, key=lambda item: -item[0])[:n]]

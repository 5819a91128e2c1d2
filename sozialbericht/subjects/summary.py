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
from sozialbericht.drawing.maps import locator
from sozialbericht.escaping import Markup, bold, html_of, html_text, paragraphs, terms
from sozialbericht.findings.types import runs_in_percent
from sozialbericht.findings.typification import typname
from sozialbericht.statistics.intervals import apart
from sozialbericht.subjects.gaps import Abstaende, Abstand
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import Aenderung, Wert, enumeration
from sozialbericht.writing import blocks, captions
from sozialbericht.writing.prose import Texte

#: What a finding says of the Aktionsräume, in turn.
TOLD = (
    "In den übrigen {e.dativ} sind es zusammen {a.uebrige}, in der ganzen Stadt {a.stadt}. "
    "Am ungünstigsten steht {f.raum} mit {f} da.",
    "Die übrigen {e.mehrzahl} kommen zusammen auf {a.uebrige}, die Stadt auf {a.stadt}. "
    "Den ungünstigsten Wert hat {f.raum} mit {f}.",
)


@dataclass(frozen=True)
class Wandel:
    """Eine Veränderung eines Gebiets bei einem Hauptindikator."""

    alt: Wert
    neu: Wert
    aenderung: Aenderung
    indikator: str


class Kurzfassung(Texte, Abstaende):
    """Der Teil des Berichts, der die Ergebnisse der Kapitel zusammenfasst."""

    def hauptindikatoren(self, *, gewertet: bool = False) -> list[str]:
        """Der erste Indikator jeder Dimension; mit ``gewertet`` nur die, bei denen hoch Belastung oder Chance heißt."""
        first = self.indikatoren().groupby("dimension", sort=False).head(1)
        return [str(i) for i in first.index if not gewertet or first.at[i, "richtung"] != "neutral"]

    def befund(
        self, indikator: str, kopf: str, *saetze: str, sonst: str | None = None, zeigt: Wert | None = None,
        unter: Sequence[str] | None = None, **werte: Any,
    ) -> None:  # fmt: skip
        """Setzt einen Befund: Wert der Stadt, Überschrift, Text und die Reihe aller Sozialräume als kleines Bild.

        ``zeigt`` ist ein anderer Wert als der der Stadt, ``unter`` nennt die Gebiete, deren Punkte ausgefüllt sind.
        """
        row, city = self.indikator(indikator), self.wert(indikator)
        value = zeigt or city
        text = Markup(" ").join(filter(None, (self.satz(s, sonst, **werte) for s in saetze)))
        head = worded(kopf, **werte)
        table, label = self.daten(indikator), f"kurz-{indikator.replace('_', '-')}"
        unit = value.wert.unit
        shown = value.zahl if value.ok else numbers.status_sign(value.wert.status)
        title = str(row["bezeichnung"])
        high, low = self.hoechste(indikator)[0], self.niedrigste(indikator)[0]
        alternative = (
            f"Punktreihe der {len(table)} {self.ebenen.unten.mehrzahl}, {title}, {value.stand}: "
            f"von {low} ({low.raum}) bis {high} ({high.raum}); {city.raum} {city}."
        )
        figure = miniature.strip(
            table,
            city_value=city.wert.number,
            city_name=self.stadtname,
            decimals=int(row["nachkommastellen"]),
            marked=unter,
        )
        cuts = {
            f"{label}.svg": to_svg(figure, "print", title, label),
            f"{label}.web.svg": to_svg(figure, "web", title, label),
        }
        was = f"{captions.unit_line(self, indikator)}, {value.stand}{', Aktionsräume' if zeigt else ''}"
        printed = "" if unit == "Index" else unit
        picture = blocks.picture(label, alternative)
        markdown = fence("befund", text, picture, kopf=head, wert=shown, einheit=printed, was=was)
        blocks.put(
            blocks.Block(
                markdown,
                f"<h3>{html_text(head)}</h3>{html_of(text)}{cuts[f'{label}.web.svg']}",
                cuts,
            )
        )

    def abstandsbefund(self, abstand: Abstand, fassung: int = 0) -> None:
        """Setzt einen Abstand der Aktionsräume als Befund, ihre Punkte im kleinen Bild ausgefüllt;
        ``fassung`` wechselt die Worte.
        """
        worst = self.indikator(abstand.indikator)["richtung"] == "belastung"
        far = (self.hoechste if worst else self.niedrigste)(abstand.indikator)[0]
        self.befund(
            abstand.indikator,
            "{a.bezeichnung}: Abstand {a.betrag}",
            TOLD[fassung % len(TOLD)],
            self.satz(
                "{a.Gegenueber} ist der Abstand {w?um {w} gewachsen|um {w} geschrumpft|gleich geblieben}.",
                a=abstand,
                w=abstand.wandel,
            )
            if abstand.wandel is not None
            else "",
            zeigt=abstand.plan,
            unter=self.aktionsraeume(),
            a=abstand,
            f=far,
            e=self.ebenen.unten,
        )

    def entscheidung(self, kennwerte: Mapping[str, str]) -> None:
        """Setzt, welche Gebiete Aktionsräume sind: Lagekarte, Namen nach Typen, Sicherheit,
        auffällige Nachbarn der Grenze, Wechsel.

        ``kennwerte`` (Name → gedruckte Zahl) stehen unter der Karte. Nichts, wenn es keine Aktionsräume gibt.
        """
        chosen, plan = self.auswahl(), self.aktionsraeume()
        if not plan:
            return
        names = {
            typname(kind): [f"{self.name(a)} ({runs_in_percent(float(chosen.anteil[a]))})" for a in areas]
            for kind, areas in chosen.je_typ().items()
        }
        frame = self.geodaten()
        figure = locator.locator(frame, frame["teil_von"], plan)
        label, title = "kurz-aktionsraeume", f"Aktionsräume {self.jahr}"
        cuts = {
            f"{label}.svg": to_svg(figure, "print", title, label),
            f"{label}.web.svg": to_svg(figure, "web", title, label),
        }
        alternative = (
            f"Lagekarte {'des Aktionsraums' if len(plan) == 1 else f'der {len(plan)} Aktionsräume'} im Stadtgebiet: "
            f"{enumeration(self.name(a) for a in plan)}."
        )
        told = {kind: "; ".join(areas) for kind, areas in names.items()}
        told["Wie sicher das ist"] = self.sicherheitssatz()
        if chosen.weitere:
            told[f"Weitere auffällige {self.ebenen.unten.mehrzahl}"] = "; ".join(
                f"{self.name(a)} ({runs_in_percent(float(chosen.anteil[a]))})" for a in chosen.weitere
            )
        if chosen.abweichend:
            told["Durchschnitt und Typ entscheiden verschieden"] = self.abweichungssatz()
        told[f"Veränderung gegenüber {self.vergleichsjahr}"] = self.wechselsatz()
        lists = paragraphs(*(paragraphs(bold(title), words) for title, words in told.items()))
        line = f"In Klammern: in so vielen von 100 Berechnungen {chosen.wortlaut.ergaenzung}"
        picture = blocks.picture(label, alternative)
        markdown = fence("steckbrief", picture, terms(kennwerte.items()), lists, ebene="2", zeile=line)
        blocks.put(blocks.Block(markdown, f"<p>{line}</p>{cuts[f'{label}.web.svg']}{html_of(lists)}", cuts))

    def veraenderungen(self, n: int = 3) -> list[Wandel]:
        """Die größten Veränderungen der Sozialräume gegenüber dem Vergleichsjahr bei den Hauptindikatoren.

        Als Veränderung zählt, was über keinen Bruch geht und wessen 95-%-Bereiche sich nicht überschneiden; geordnet
        nach der Größe, gemessen an der Standardabweichung der Sozialräume. Je Hauptindikator höchstens eine.
        """
        found: list[tuple[float, Wandel]] = []
        for indikator in self.hauptindikatoren():
            spread = float(np.nanstd(self.daten(indikator)["wert"]))
            best: tuple[float, Wandel] | None = None
            for area in self.raeume().index:
                change = self.aenderung(indikator, str(area))
                new, old = change.neu, change.alt
                if not change.ok or not spread or not apart(new, old):
                    continue
                size = abs(new.number - old.number) / spread
                if best is None or size > best[0]:
                    level, title = self.ebenen[self.ebene(str(area))], str(self.indikator(indikator)["bezeichnung"])
                    best = (size, Wandel(Wert(old, level), Wert(new, level), change, title))
            if best:
                found.append(best)
        return [wandel for _, wandel in sorted(found, key=lambda item: -item[0])[:n]]

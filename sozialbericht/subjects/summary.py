"""The summary in front: two pages on which each finding has a picture of its own kind."""

from __future__ import annotations

from collections.abc import Sequence

from sozialbericht.blocklanguage import fence
from sozialbericht.escaping import escape, html_of
from sozialbericht.findings import chances, decision
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.subjects import gaps
from sozialbericht.subjects.brief import findingblock, leftpage, rightpage
from sozialbericht.writing import blocks, links, prose

#: So many key figures stand in front.
KEY_FIGURES = 4
#: What „nicht erkennbar verändert“ means, once.
UNCHANGED = "„Nicht erkennbar verändert“: Auch der Zufall allein kann einen Unterschied dieser Größe ergeben."


class Kurzfassung:
    """Die Ergebnisse der Kapitel auf zwei Seiten: ``k = b.kurzfassung()``.

    Welche Indikatoren sie zeigt, sagen in ``bericht.yml`` die Texte ``kurzfassung_kennzahlen``, ``kurzfassung_kinder``
    (dazu ``_kopf``, ``_gezaehlte`` und ``_von``), ``kurzfassung_anteile`` und ``kurzfassung_veraenderungen``; sonst die
    Hauptindikatoren.
    """

    def __init__(self, b: Datenbestand) -> None:
        self._b = b

    def hauptindikatoren(self, *, gewertet: bool = False) -> list[str]:
        """Der erste Indikator jeder Dimension; mit ``gewertet`` nur die, bei denen hoch Belastung oder Chance heißt."""
        first = self._b.indikatoren().groupby("dimension", sort=False).head(1)
        return [str(i) for i in first.index if not gewertet or first.at[i, "richtung"] != "neutral"]

    def wegweiser(self) -> None:
        """Setzt die Zeile, die zum Verzeichnis der Gebiete führt."""
        level = self._b.ebenen.unten
        words = prose.satz(
            self._b, "{n#Das eine Gebiet|Alle {n} {unten.mehrzahl}}, auch nach den Namen {n#seiner|ihrer} Teile: {v}.",
            n=len(self._b.raeume()), v=links.page("sec-verzeichnis", "Verzeichnis", "Verzeichnis, Seite"),
        )  # fmt: skip
        mark = f"{'Ihre' if level.geschlecht == 'f' else 'Ihr'} {level.einzahl}"
        blocks.put(blocks.Block(fence("hinweiszeile", words, marke=mark), f"<p><b>{mark}</b> {html_of(words)}</p>"))

    def kennzahlen(self) -> None:
        """Setzt vier Kennzahlen der Stadt mit ihrer Veränderung."""
        main = self.hauptindikatoren(gewertet=True) or self.hauptindikatoren()
        figures = [prose.kennzahl(self._b, i) for i in self._known("kurzfassung_kennzahlen", main)[:KEY_FIGURES]]
        if not figures:
            return
        prose.kennzahlen(self._b, *figures)
        if any("nicht erkennbar" in figure.change for figure in figures):
            words = escape(UNCHANGED)
            blocks.put(blocks.Block(fence("hinweiszeile", words, marke="Lesehilfe", klein="ja"), html_of(words)))

    def kinder(self) -> None:
        """Setzt den Anteil der Kinder mit Leistungen (sonst den Leitindikator) als Felder von 100 Quadraten."""
        texts = self._b.texte
        (indicator, *_) = self._known("kurzfassung_kinder", [self._b.leitindikator])
        if indicator in texts.get("kurzfassung_kinder", ()):
            words = [" ".join(texts.get(f"kurzfassung_kinder_{part}", ())) for part in ("kopf", "gezaehlte", "von")]
            leftpage.children(self._b, indicator, *words)
            return
        i = Indikator(self._b, indicator)
        leftpage.children(self._b, indicator, f"{i.titel}: {{n}} von 100", i.gezaehlt, "von 100")

    def befunde(self) -> None:
        """Setzt nebeneinander, wie viel auf die Aktionsräume entfällt und wie der Leitindikator verlaufen ist."""
        texts, b = self._b.texte, self._b
        leading = next((i for i in texts.get("aktionsraeume_indikator", ()) if i in b.indikatoren().index), "")
        who = " ".join(texts.get("kurzfassung_menschen", ()))
        parts: dict[str, tuple[str | None, bool]] = {}
        if chances.bevoelkerungsindikator(b):
            parts[leftpage.PEOPLE] = (None, True)
        for told in texts.get("kurzfassung_anteile", ()):
            words, _, indicator = told.rpartition(": ")
            name = indicator.removesuffix(" (Nenner)")
            if name in b.indikatoren().index:
                parts[words] = (name, name != indicator)
        if leading and who:
            parts[f"der {who}"] = (leading, False)
        if len(parts) < 2:
            found = [gap for gap in gaps.abstaende(b) if gap.plan.wert.unit == "%"][:3]
            parts |= {f"{gap.bezeichnung}: Gezählte": (gap.indikator, False) for gap in found}
        findingblock.beside(*leftpage.shares(b, parts, f"der {who}"), *leftpage.course(b, b.leitindikator))

    def entscheidung(self) -> None:
        """Setzt die Aktionsräume mit ihrer Sicherheit und Seite neben ihrer Karte, darunter weitere auffällige Gebiete.

        Nichts, wenn es keine Aktionsräume gibt.
        """
        if decision.auswahl(self._b).raeume:
            rightpage.table(self._b)

    def ausblick(self) -> None:
        """Setzt nebeneinander, worauf sich aufbauen lässt und was sich erkennbar verändert hat."""
        wanted = self._known("kurzfassung_veraenderungen", self.hauptindikatoren())
        findingblock.beside(*rightpage.footings(self._b), *rightpage.changed(self._b, wanted))

    def seiten(self) -> None:
        """Setzt, auf welcher Seite das Profil jedes Gebiets steht, wo es Profile gibt."""
        if not self._b._many:
            rightpage.pages(self._b)

    def _known(self, text: str, otherwise: Sequence[str]) -> list[str]:
        """The indicators that a text of ``bericht.yml`` names, as far as the catalogue has them; else the others."""
        told = [i for i in self._b.texte.get(text, ()) if i in self._b.indikatoren().index]
        return told or list(otherwise)

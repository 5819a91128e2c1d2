"""Prose of a chapter: paragraphs, the lead sentence, boxes, key figures, reading examples."""

from __future__ import annotations

from typing import Any

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.escaping import Markup, bold, paragraphs
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.wording.position import Lage, position
from sozialbericht.wording.sentences import sentence, worded
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks, captions
from sozialbericht.writing.blocks import KeyFigure


class Texte(Datenbestand):
    """Der Teil des Berichts, der Sätze schreibt."""

    def satz(self, vorlage: str, sonst: str | None = None, **werte: Any) -> Markup:
        """Ein Satz aus einer Vorlage mit benannten Werten, als Text (siehe docs/handbuch.md, „Sätze“).

        ``{a}`` druckt einen Wert, ``{a.wo}`` eine Eigenschaft, ``{a.Wo}`` dieselbe mit großem Anfang,
        ``{d?gestiegen|gesunken|gleich}`` wählt nach der Richtung, ``{n#Raum|Räume}`` nach der Anzahl, ``{n:wort}``
        schreibt Zahlen bis zwölf aus. Die Vorlage ist Markdown, die Werte sind Text und werden gedruckt, wie sie sind.
        Darf ein Wert nicht gedruckt werden, gilt die Vorlage ``sonst``.
        """
        return sentence(vorlage, otherwise=sonst, **werte)

    def text(self, *saetze: str, sonst: str | None = None, **werte: Any) -> None:
        """Setzt einen Absatz. Mehrere Vorlagen werden zu einem Absatz verbunden, leere fallen weg."""
        words = [self.satz(s, sonst, **werte) for s in saetze]
        if any(words):
            blocks.put(blocks.paragraph(Markup(" ").join(w for w in words if w)))

    def leitsatz(self, *saetze: str, sonst: str | None = None, **werte: Any) -> None:
        """Setzt den Leitsatz am Anfang des Kapitels."""
        words = [self.satz(s, sonst, **werte) for s in saetze]
        blocks.put(blocks.box("leitsatz", Markup(" ").join(w for w in words if w)))

    def kasten(self, titel: str, *absaetze: str, **werte: Any) -> None:
        """Setzt einen Kasten; höchstens einer je Seite."""
        blocks.put(blocks.box("kasten", paragraphs(*(self.satz(a, **werte) for a in absaetze if a)), titel))

    def definition(self, *indikatoren: str, zusatz: str = "", **werte: Any) -> None:
        """Setzt den Definitionskasten eines oder mehrerer Indikatoren, mit einem Zusatz als letztem Absatz."""
        rows = [self.indikator(i) for i in indikatoren]
        words = [bold(f"{row['bezeichnung']}:") + f" {row['definition']}" for row in rows]
        cuts = [str(g) for i in indikatoren for g in self.brueche(i)["grund"]]
        extra = [self.satz(zusatz, **werte)] if zusatz else []
        blocks.put(blocks.box("kasten", paragraphs(*words, *extra, *dict.fromkeys(cuts)), "Definition"))

    def lesebeispiel(self, vorlage: str, sonst: str | None = None, **werte: Any) -> None:
        """Setzt das Lesebeispiel unter einer Abbildung."""
        words = self.satz(vorlage, sonst, **werte)
        if words:
            blocks.put(blocks.box("lesebeispiel", words))

    def kennzahl(self, indikator: str, name: str | None = None, *, anzahl: bool = False) -> KeyFigure:
        """Eine Kennzahl mit ihrer Veränderung: der Wert des Indikators oder, mit ``anzahl``, sein Zähler."""
        value, change = self.wert(indikator), self.aenderung(indikator)
        label = name or (
            captions.counted(self, indikator) if anzahl else str(self.indikator(indikator)["bezeichnung"])
        )
        label = f"{label}, {value.stand}"
        if not value.ok:
            return KeyFigure(label, numbers.status_sign(value.wert.status), "", numbers.status_word(value.wert.status))
        if anzahl:
            told = "{d.anzahl} {w} als {d.vorher} ({d.prozent})"
            more, less = told.replace("{w}", "mehr"), told.replace("{w}", "weniger")
            words = f"{{d.anzahl?▲ {more}|▼ {less}|= ebenso viele wie {{d.vorher}}}}"
        else:
            words = "{d?▲ {d} {d.gegenueber}|▼ {d} {d.gegenueber}|= unverändert {d.gegenueber}}"
        same = change.neu.numerator_date == change.alt.numerator_date
        absent = change.alt.numerator_date is None
        other = "{v.stand}; kein Wert für {jahr}" if absent else "{v.stand}; mit {jahr} nicht vergleichbar"
        other = "kein neuerer Stand" if same and not absent else other
        told = worded(words, otherwise=other, d=change, v=value, jahr=str(self.vergleichsjahr))
        unit = "" if anzahl or value.wert.unit == "Index" else value.wert.unit
        return KeyFigure(label, value.anzahl if anzahl else value.zahl, unit, told.replace("− ", "−"))

    def kennzahlen(self, *zahlen: KeyFigure) -> None:
        """Setzt die Reihe der Kennzahlen."""
        blocks.put(blocks.key_figures(list(zahlen)))

    def lage_zur_stadt(self, indikator: str, ebene: str | Ebene | None = None) -> Lage:
        """Wie viele Gebiete erkennbar (95-%-Bereich) über und unter dem Wert der Stadt liegen."""
        return position(self.daten(indikator, ebene), self.wert(indikator).wert.number)

    def lagesatz(self, indikator: str, ebene: str | Ebene | None = None) -> Markup:
        """Ein Satz, wie viele Gebiete erkennbar unter und über dem Wert der Stadt
        liegen und wie viele nicht abweichen.
        """
        lage, level = self.lage_zur_stadt(indikator, ebene), self._level(ebene)
        below = (
            "{l.darunter#liegt {e.ein} {e.einzahl}|liegen {l.darunter:wort} {e.mehrzahl}}"
            if lage.darunter
            else "liegt {e.kein} {e.einzahl}"
        )
        above = "{l.darueber#{e.einer}|{l.darueber:wort}}" if lage.darueber else "{e.keiner}"
        rest = "; {l.gleich#{e.der} übrige weicht|die übrigen {l.gleich:wort} weichen} nicht erkennbar ab"
        told = f"Erkennbar unter dem Wert der Stadt ({{v}}) {below}, erkennbar darüber {above}"
        return self.satz(f"{told}{rest if lage.gleich else ''}.", l=lage, e=level, v=self.wert(indikator))

    def gebiete_mit(self, indikator: str, richtung: int, ebene: str | Ebene | None = None) -> int:
        """Wie viele Gebiete gegenüber dem Vergleichsjahr gestiegen (1),
        gesunken (−1) oder gleich geblieben (0) sind.
        """
        areas = self.raeume(self._level(ebene, self.ebenen.mitte)).index
        changes = (self.aenderung(indikator, str(area)) for area in areas)
        return sum(change.ok and change.richtung == richtung for change in changes)

    def gebietssatz(self, indikator: str, ebene: str | Ebene | None = None) -> Markup:
        """Ein Satz, in wie vielen Gebieten der Wert gegenüber dem Vergleichsjahr gestiegen und gesunken ist.

        Leer, wenn nicht verglichen werden darf.
        """
        up, down = self.gebiete_mit(indikator, 1, ebene), self.gebiete_mit(indikator, -1, ebene)
        level = self._level(ebene, self.ebenen.mitte)
        total = len(self.raeume(level))
        if up + down == 0:
            return Markup()
        first, word, second, other = (
            (down, "gesunken", up, "gestiegen") if down >= up else (up, "gestiegen", down, "gesunken")
        )
        if first == total:
            return self.satz("In allen {n:wort} {e.dativ} ist sie {w}.", n=total, e=level, w=word)
        told = self.satz(
            "In {a#{e.einem}|{a:wort}} von {n:wort} {e.dativ} ist sie {w}", a=first, n=total, e=level, w=word
        )
        return told + (self.satz(", in {b#{e.einem}|{b:wort}} {w}.", b=second, e=level, w=other) if second else ".")

    def bruchsatz(self, indikator: str) -> Markup:
        """Ein Satz zu den Brüchen der Zeitreihe, leer ohne Bruch."""
        cuts = self.brueche(indikator)
        return Markup(" ").join(
            f"Werte vor {cut['ab'].year} und ab {cut['ab'].year} dürfen nicht verglichen werden: {cut['grund']}"
            for _, cut in cuts.iterrows()
        )

    def aufzaehlung(self, namen: list[str]) -> str:
        """„A, B und C“."""
        return enumeration(namen)

"""Prose of a chapter: paragraphs, the lead sentence, boxes, key figures, reading examples."""

from __future__ import annotations

import re
from typing import Any

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.escaping import Markup, bold, html_text, paragraphs
from sozialbericht.faults import Fault, InputError
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.statistics.kind import Kind
from sozialbericht.wording.lage import Lage, lage
from sozialbericht.wording.placeholders import LEVELS
from sozialbericht.wording.sentences import sentence, worded
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks
from sozialbericht.writing.blocks import Block, KeyFigure


def satz(b: Datenbestand, /, vorlage: str, sonst: str | None = None, **werte: Any) -> Markup:
    """Ein Satz aus einer Vorlage mit benannten Werten, als Text (siehe docs/handbuch.md, „Sätze“).

    ``{a}`` druckt einen Wert, ``{a.wo}`` eine Eigenschaft, ``{a.Wo}`` dieselbe mit großem Anfang,
    ``{d?gestiegen|gesunken|gleich}`` wählt nach der Richtung, ``{n#Raum|Räume}`` nach der Anzahl, ``{n:wort}``
    schreibt Zahlen bis zwölf aus. Die Worte der Ebenen stehen immer bereit: ``{unten.mehrzahl}``, ``{mitte.dativ}``,
    ``{stadt.darin}``. Die Vorlage ist Markdown, die Werte sind Text und werden gedruckt, wie sie sind.
    Darf ein Wert nicht gedruckt werden, gilt die Vorlage ``sonst``.
    """
    words = {name: getattr(b.ebenen, name) for name in LEVELS}
    told = {name: _told(b, value) for name, value in werte.items()} if b._many else werte
    return sentence(vorlage, otherwise=sonst, **{**words, **told})


def _told(b: Datenbestand, value: Any) -> Any:
    """A value; of a list of areas, each perhaps with something in brackets, the first and how many others there are."""
    if not isinstance(value, list | tuple) or not value or not all(isinstance(item, str) for item in value):
        return value
    names = set(b.raeume()["kurzname"])
    return b._told(value) if value[0] in names or value[0].rpartition(" (")[0] in names else value


def text(b: Datenbestand, /, *saetze: str, sonst: str | None = None, **werte: Any) -> None:
    """Setzt einen Absatz. Mehrere Vorlagen werden zu einem Absatz verbunden, leere fallen weg."""
    words = [satz(b, s, sonst, **werte) for s in saetze]
    if any(words):
        blocks.put(blocks.paragraph(Markup(" ").join(w for w in words if w)))


def formel(b: Datenbestand, /, formel: str) -> None:
    """Setzt eine Formel in LaTeX in eine eigene Zeile.

    ``b.formel(r"D = \\frac{a}{b}")``; Text darin: ``\\text{…}``.
    """
    words = formel.strip().strip("$").strip()
    if not words or "$" in words or re.search(r"\n\s*\n", words):
        remedy = "Eine Formel je Aufruf schreiben, in LaTeX, ohne „$“ und ohne leere Zeilen."
        raise InputError([Fault("Notebook", f"Das ist keine Formel: „{formel}“.", remedy)])
    blocks.put(Block(f"$${words}$$", f"<p>$${html_text(words)}$$</p>"))


def leitsatz(b: Datenbestand, /, *saetze: str, sonst: str | None = None, **werte: Any) -> None:
    """Setzt den Leitsatz am Anfang des Kapitels."""
    words = [satz(b, s, sonst, **werte) for s in saetze]
    blocks.put(blocks.box("leitsatz", Markup(" ").join(w for w in words if w)))


def kasten(b: Datenbestand, /, titel: str, *absaetze: str, **werte: Any) -> None:
    """Setzt einen Kasten; höchstens einer je Seite."""
    blocks.put(blocks.box("kasten", paragraphs(*(satz(b, a, **werte) for a in absaetze if a)), titel))


def definition(b: Datenbestand, /, *indikatoren: str, zusatz: str = "", **werte: Any) -> None:
    """Setzt den Definitionskasten eines oder mehrerer Indikatoren, mit einem Zusatz als letztem Absatz."""
    rows = [b.indikator(i) for i in indikatoren]
    words = [bold(f"{row['bezeichnung']}:") + f" {row['definition']}" for row in rows]
    cuts = [str(g) for i in indikatoren for g in b.brueche(i)["grund"]]
    extra = [satz(b, zusatz, **werte)] if zusatz else []
    blocks.put(blocks.box("kasten", paragraphs(*words, *extra, *dict.fromkeys(cuts)), "Definition"))


def lesebeispiel(b: Datenbestand, /, vorlage: str, sonst: str | None = None, **werte: Any) -> None:
    """Setzt das Lesebeispiel unter einer Abbildung."""
    words = satz(b, vorlage, sonst, **werte)
    if words:
        blocks.put(blocks.box("lesebeispiel", words))


def kennzahl(b: Datenbestand, indikator: str, name: str | None = None, *, anzahl: bool = False) -> KeyFigure:
    """Eine Kennzahl mit ihrer Veränderung: der Wert des Indikators oder, mit ``anzahl``, sein Zähler."""
    value, change = b.wert(indikator), b.aenderung(indikator)
    label = name or (Indikator(b, indikator).gezaehlt if anzahl else str(b.indikator(indikator)["bezeichnung"]))
    label = f"{label}, {value.stand}"
    if not value.ok:
        return KeyFigure(label, numbers.status_sign(value.wert.status), "", numbers.status_word(value.wert.status))
    if anzahl:
        told = "{d.anzahl} {w} als {d.vorher} ({d.prozent})"
        more, less = told.replace("{w}", "mehr"), told.replace("{w}", "weniger")
        words = f"{{d.anzahl?▲ {more}|▼ {less}|≈ nicht erkennbar verändert {{d.gegenueber}}}}"
    else:
        words = "{d?▲ {d} {d.gegenueber}|▼ {d} {d.gegenueber}|≈ nicht erkennbar verändert {d.gegenueber}}"
    same = change.neu.numerator_date == change.alt.numerator_date
    absent = change.alt.numerator_date is None
    other = "{v.stand}; kein Wert zum Vergleich" if absent else "{v.stand}; mit {jahr} nicht vergleichbar"
    other = "kein neuerer Stand" if same and not absent else other
    told = worded(words, otherwise=other, d=change, v=value, jahr=str(b.vergleichsjahr))
    unit = "" if anzahl or value.wert.unit == "Index" else value.wert.unit
    return KeyFigure(label, value.anzahl if anzahl else value.zahl, unit, told.replace("− ", "−"))


def kennzahlen(b: Datenbestand, *zahlen: KeyFigure) -> None:
    """Setzt die Reihe der Kennzahlen."""
    blocks.put(blocks.key_figures(list(zahlen)))


def lage_zur_stadt(b: Datenbestand, indikator: str, ebene: str | Ebene | None = None) -> Lage:
    """Wie viele Gebiete erkennbar über und unter dem Wert der Stadt liegen.

    Erkennbar: nach dem 95-%-Bereich, für viele Vergleiche berichtigt.
    """
    return lage(b.daten(indikator, ebene))


def lagesatz(b: Datenbestand, indikator: str, ebene: str | Ebene | None = None) -> Markup:
    """Ein Satz, wie viele Gebiete erkennbar unter und über dem Wert der Stadt liegen und wie viele nicht."""
    found, level = lage_zur_stadt(b, indikator, ebene), b._level(ebene)
    if found.ohne and not found.darueber + found.darunter + found.gleich:
        told = "Ob {e.mehrzahl} erkennbar vom Wert {c.von} ({v}) abweichen, lässt sich nicht sagen: kein Intervall."
        return satz(b, told, e=level, v=b.wert(indikator), c=b.ebenen.stadt)
    if found.gleich and not found.darueber + found.darunter:
        told = "{e.Kein} {e.einzahl} weicht erkennbar vom Wert {c.von} ({v}) ab."
        return satz(b, told, e=level, v=b.wert(indikator), c=b.ebenen.stadt)
    below = (
        "{l.darunter#liegt {e.ein} {e.einzahl}|liegen {l.darunter:wort} {e.mehrzahl}}"
        if found.darunter
        else "liegt {e.kein} {e.einzahl}"
    )
    above = "{l.darueber#{e.einer}|{l.darueber:wort}}" if found.darueber else "{e.keiner}"
    rest = "; {l.gleich#{e.der} übrige weicht|die übrigen {l.gleich:wort} weichen} nicht erkennbar ab"
    told = f"Erkennbar unter dem Wert {b.ebenen.stadt.von} ({{v}}) {below}, erkennbar darüber {above}"
    return satz(b, f"{told}{rest if found.gleich else ''}.", l=found, e=level, v=b.wert(indikator))


def gebiete_mit(b: Datenbestand, indikator: str, richtung: int, ebene: str | Ebene | None = None) -> int:
    """Wie viele Gebiete gegenüber dem Vergleichsjahr erkennbar gestiegen (1), gesunken (−1) oder nicht erkennbar
    verändert (0) sind.
    """
    areas = b.raeume(b._level(ebene, b.ebenen.mitte)).index
    changes = (b.aenderung(indikator, str(area)) for area in areas)
    return sum(change.ok and change.richtung == richtung for change in changes)


def gebietssatz(b: Datenbestand, indikator: str, ebene: str | Ebene | None = None) -> Markup:
    """Ein Satz, in wie vielen Gebieten der Wert gegenüber dem Vergleichsjahr erkennbar gestiegen und gesunken ist.

    Er steht hinter dem Satz, wie sich der Wert der Stadt verändert hat. Leer, wenn nicht verglichen werden darf.
    """
    up, down, same = (gebiete_mit(b, indikator, sign, ebene) for sign in (1, -1, 0))
    level = b._level(ebene, b.ebenen.mitte)
    total = len(b.raeume(level))
    if up + down + same == 0:
        return Markup()
    if up + down == 0 and not b.aenderung(indikator).richtung:
        return satz(b, "Dasselbe gilt für {e.jeden} {e.einzahl_akkusativ}.", e=level)
    if up + down == 0:
        return satz(b, "In {e.keinem} {e.einzahl_gebeugt} hat sie sich erkennbar verändert.", e=level)
    first, word, second, other = (
        (down, "gesunken", up, "gestiegen") if down >= up else (up, "gestiegen", down, "gesunken")
    )
    sure = "" if b.wert(indikator).wert.interval in (Kind.MEAN, Kind.AMOUNT, Kind.DELIVERED) else "erkennbar "
    if first == total:
        return satz(b, "In allen {n:wort} {e.dativ} ist sie {s}{w}.", n=total, e=level, s=sure, w=word)
    told = satz(
        b, "In {a#{e.einem}|{a:wort}} von {n:wort} {e.dativ} ist sie {s}{w}", a=first, n=total, e=level, s=sure, w=word
    )
    return told + (satz(b, ", in {b#{e.einem}|{b:wort}} {w}.", b=second, e=level, w=other) if second else ".")


def bruchsatz(b: Datenbestand, indikator: str) -> Markup:
    """Ein Satz zu den Brüchen der Zeitreihe, leer ohne Bruch."""
    cuts = b.brueche(indikator)
    return Markup(" ").join(
        f"Werte vor {cut['ab'].year} und ab {cut['ab'].year} dürfen nicht verglichen werden: {cut['grund']}"
        for _, cut in cuts.iterrows()
    )


def aufzaehlung(b: Datenbestand, namen: list[str]) -> str:
    """„A, B und C“; gibt es sehr viele Gebiete, nach fünf Namen „und 34 weitere“."""
    return enumeration(_told(b, namen) if b._many else namen)


def mit_nummern(b: Datenbestand, raeume: list[str]) -> list[str]:
    """Die Namen mit den Nummern der Karte: „Name (6)“."""
    numbered = b.raeume()["nummer"]
    return [f"{b.name(area)} ({int(numbered[area])})" for area in raeume]


def abschnitt(b: Datenbestand, titel: str, marke: str = "", *, neue_seite: bool = False, kapitel: bool = False) -> None:
    """Setzt eine Überschrift zweiter Ebene mit der Marke „sec-…“, für Abschnitte, die aus den Daten entstehen.

    Ohne Marke trägt sie keine Nummer, wie in einem Kapitel ohne Nummer; mit ``kapitel`` ist es die des Kapitels.
    """
    page = ' seite="neu"' if neue_seite else ""
    label = f"#{blocks.checked_label(marke, 'sec')}" if marke else ".unnumbered"
    blocks.put(blocks.paragraph(blocks.heading(1 if kapitel else 2, titel, f"{label}{page}")))

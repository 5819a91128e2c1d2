"""Areareading: how the report is read for one area, from its number on the map to the decision, by an example that the
numbers choose: the area whose rank they leave most open.
"""

from __future__ import annotations

from sozialbericht.blocklanguage import fence
from sozialbericht.escaping import Markup, html_of, terms
from sozialbericht.findings import decision, ranges
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.position import Position
from sozialbericht.writing import blocks, prose
from sozialbericht.writing.blocks import Block


def beispielgebiet(b: Datenbestand) -> str:
    """Das Gebiet der untersten Ebene, dessen Rang beim Leitindikator am unsichersten ist (raum_id); von mehreren das
    mit dem Wert am nächsten am Median; leer, wo es keine Ränge mit Bereich gibt.
    """
    ranks, values = ranges.rangspannen(b, b.leitindikator), b.daten(b.leitindikator)["wert"]
    known = ranks[(ranks["von"] > 0) & (ranks["rang"] > 0)]
    if known.empty or (known["bis"] - known["von"]).max() < 1:
        return ""
    width, off = known["bis"] - known["von"], (values - values.median()).abs().reindex(known.index)
    return str(off[width == width.max()].sort_values(kind="stable").index[0])


def gebietsbeispiel(b: Datenbestand, *, marke: str) -> None:
    """Setzt „So liest man den Bericht für …“: Nummer, Wert, Bereich, Rang, Typ, Entscheidung und Veränderung eines
    Gebiets, das die Zahlen auswählen; nichts, wo es keine Ränge mit Bereich gibt. ``marke`` beginnt mit „sec-“.
    """
    area = beispielgebiet(b)
    if not area:
        blocks.put(blocks.absent(marke, "Es gibt keine Ränge mit Bereich."))
        return
    prose.abschnitt(b, f"So liest man den Bericht für {b.name(area)}", marke)
    prose.text(
        b,
        "{g} ist das Beispiel, weil die Zahlen seinen Rang beim Leitindikator am weitesten offenlassen. "
        "Wer {unten.einen} {unten.anderen} {unten.einzahl_akkusativ} sucht, geht dieselben Schritte.",
        g=b.name(area),
    )
    steps = [(f"{number}. {step}", words) for number, (step, words) in enumerate(_steps(b, area), start=1)]
    sheet = fence("datenblatt", terms(steps))
    blocks.put(Block(sheet, html_of(sheet)))


def _steps(b: Datenbestand, area: str) -> list[tuple[str, Markup]]:
    """What one looks up, and what the report says there."""
    name, lead = b.name(area), b.leitindikator
    own, city, row = b.wert(lead, area), b.wert(lead), b.indikator(lead)
    above = b._tables.areas.at[area, "teil_von"]
    ranks = ranges.rangspannen(b, lead)
    rank, first, last = (int(ranks[name][area]) for name in ("rang", "von", "bis"))
    change = b.aenderung(lead, area)
    place = "{g} trägt in allen Karten und Tabellen die Nummer {n} (@fig-gliederung)"
    steps = [
        ("Der Ort", prose.satz(
            b, f"{place} und liegt {{wo}}." if above != b.stadt else f"{place}.", g=name,
            n=int(b.raeume()["nummer"][area]), wo=b.ebenen.mitte.am(b.name(str(above))) if b.ebenen.mitte else "",
        )),
        ("Der Wert", prose.satz(
            b, "{i}: {w}; {s.wo} {s} ({w.stand}).", i=str(row["bezeichnung"]), w=own, s=city,
        )),
        ("Der Bereich", prose.satz(
            b, "Was der Zufall aus dem Wert machen kann, reicht von {w.bereich}. "
            + _POSITIONS.get(own.lage, "Ob er vom {stadt.gesamtwert} abweicht, lässt sich nicht sagen."), w=own,
        )),
        ("Der Rang", prose.satz(
            b, "Vom höchsten Wert gezählt steht {g} auf Rang {r}; mit den Zahlen vereinbar ist jeder Rang von {von} "
            "bis {bis}. Der Rang allein sagt also wenig.", g=name, r=rank, von=first, bis=last,
        )),
    ]  # fmt: skip
    if change.ok:
        told = (
            "{d.Gegenueber} {d?ist der Wert um {d} gestiegen|ist der Wert um {d} gesunken|hat sich der Wert nicht "
            "erkennbar verändert}."
        )
        steps.append(("Die Veränderung", prose.satz(b, told, d=change, sonst="")))
    chosen, kind = decision.auswahl(b), decision.typ(b, area)
    if kind.nummer and not chosen.grund:
        told = "{t}: Alle Merkmale zusammen machen ihn aus, nicht eines (@sec-typisierung)."
        steps.append(("Der Typ", prose.satz(b, told, t=str(kind))))
        words = "{g} ist {a}Aktionsraum. {s} (@sec-aktionsraeume)."
        said = chosen.auswahl_text(area)
        steps.append(
            ("Die Entscheidung", prose.satz(
                b, words, g=name, a="" if area in chosen.raeume else "kein ", s=f"{name} {said}",
            ))
        )  # fmt: skip
    return [(step, words) for step, words in steps if words]


#: What the position beside the city means.
_POSITIONS = {
    Position.ABOVE: "Der Wert liegt erkennbar über dem {stadt.gesamtwert}.",
    Position.BELOW: "Der Wert liegt erkennbar unter dem {stadt.gesamtwert}.",
    Position.WITHIN: "Vom {stadt.gesamtwert} unterscheidet sich der Wert nicht erkennbar.",
}

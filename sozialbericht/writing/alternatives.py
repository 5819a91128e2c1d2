"""Alternative texts: what a figure of an indicator shows, for those who do not see it."""

from __future__ import annotations

from sozialbericht import numbers
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.dimension import gliederung
from sozialbericht.findings.indicator import Indikator
from sozialbericht.position import Position
from sozialbericht.wording import judgement
from sozialbericht.wording.lage import lage
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import Wert, enumeration

ROWS = "Alle Werte stehen in der Tabelle links."


def choropleth(i: Indikator) -> str:
    """Of a map: highest, lowest, city, what is withheld, where all values stand."""
    b, city = i.bestand, i.stadt
    text = (
        f"Karte der {len(b.raeume())} {b.ebenen.unten.mehrzahl} in fünf Klassen: {i.titel}, {city.stand}. "
        f"Am höchsten {_range(i.hoechste(3))}, am niedrigsten {_range(i.niedrigste())}"
    )
    text += f"; {city.raum} {city}." if city.ok else "."
    return " ".join(filter(None, [text, _sides(i), hidden(i), everything(b, "Werte")]))


def everything(b: Datenbestand, what: str, of_many: str = "im Anhang") -> str:
    """Where everything stands that a map shows: in the key below it; ``of_many`` areas elsewhere."""
    return f"Alle {what} stehen {of_many if b._many else 'im Schlüssel unter der Karte'}."


def ranking(i: Indikator) -> str:
    """Of a ranked chart: how many above, below and not distinguishable from the city."""
    b, city = i.bestand, i.stadt
    shown = i.werte[i.werte["wert"].notna()]
    text = f"Rangfolge von {len(shown)} {b.ebenen.unten.dativ}: {i.titel}, {city.stand}"
    if shown["unten"].notna().any() and city.ok:
        found = lage(i.werte)
        text += (
            f", mit 95-%-Bereich. Erkennbar über dem Wert {b.ebenen.stadt.von} ({city}): {found.darueber}; erkennbar "
            f"darunter: {found.darunter}; nicht erkennbar anders: {found.gleich}."
        )
    else:
        text += "."
    rows = "Beide Enden stehen in der Tabelle links, alle Werte im Anhang." if b._many else ROWS
    ends = f"Am höchsten {_range(i.hoechste())}, am niedrigsten {_range(i.niedrigste())}."
    return " ".join(filter(None, [text, ends, hidden(i), rows]))


def panels(i: Indikator, first: int) -> str:
    """Of the small multiples by district, from the year ``first`` on."""
    b, level = i.bestand, gliederung(i.bestand)
    newest = i.stadt.wert.numerator_date
    last = b.jahr if newest is None else newest.year
    breaks = [cut.year for cut in b.brueche(i.schluessel)["ab"]]
    text = (
        f"{worded('{n:Wort} kleine Liniendiagramme', n=len(b.raeume(level)))}, je {level.einzahl_akkusativ}: "
        f"{i.titel} {first} bis {last} und die Linie {b.ebenen.stadt.von}"
    )
    text += f", unterbrochen vor {enumeration(breaks)}. " if breaks else ". "
    high, low = b.hoechste(i.schluessel, 1, level), b.niedrigste(i.schluessel, 1, level)
    return text + f"{last} am höchsten {_range(high)}, am niedrigsten {_range(low)}."


def hidden(i: Indikator) -> str:
    """A sentence on the areas whose value is not shown; empty where all are."""
    parts = []
    for status, group in i.werte[i.werte["wert"].isna()].groupby("status", sort=False):
        names = list(group["kurzname"])
        listed = enumeration(names) if len(names) <= 4 else f"{len(names)} {i.bestand.ebenen.unten.mehrzahl}"
        parts.append(f"{listed}: {numbers.status_word(str(status))}.")
    return " ".join(parts)


def _sides(i: Indikator) -> str:
    """How many areas lie on each side of the city, with the signs of the key; empty without intervals."""
    found, level = lage(i.werte), i.bestand.ebenen.unten
    sides = {Position.ABOVE: found.darueber, Position.BELOW: found.darunter, Position.WITHIN: found.gleich}
    if not any(sides.values()):
        return ""
    told = enumeration(f"{count} {judgement.SIGNS[position]} {position}" for position, count in sides.items())
    return f"Zum {i.bestand.ebenen.stadt.gesamtwert} liegen von den {level.dativ} {told} (nach 95-%-Bereichen)."


def _range(values: list[Wert]) -> str:
    return enumeration(f"{v.raum} ({v})" for v in values)

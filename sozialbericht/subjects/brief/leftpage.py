"""Leftpage: the findings of the summary's first page: squares of 100, shares of the Aktionsräume, a gap by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.blocklanguage import fence
from sozialbericht.drawing.canvas.measure import Span
from sozialbericht.drawing.charts import miniature
from sozialbericht.escaping import Markup, escape
from sozialbericht.findings import chances, decision
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.status import Status
from sozialbericht.subjects import gaps
from sozialbericht.subjects.brief.findingblock import finding, picture
from sozialbericht.wording.values import Wert, enumeration
from sozialbericht.writing import blocks, figures, prose

#: The words of the share of all people.
PEOPLE = "der Bevölkerung"
#: The kinds of indicators of which several areas have a joint value.
JOINT = ("anteil", "rate", "verhaeltnis", "mittel")


def children(b: Datenbestand, indicator: str, head: str, counted: str, of: str) -> None:
    """Put the share of an indicator as squares: the city, the Aktionsräume and the other areas."""
    value, found = b.wert(indicator), gaps.abstand(b, indicator)
    if not value.ok or value.wert.unit != "%":
        return
    shares = [(b.stadtname, value.wert.number)]
    if found:
        rest = f"übrige {b.ebenen.unten.mehrzahl}"
        shares += [("Aktionsräume", found.plan.wert.number), (rest, found.uebrige.wert.number)]
    whole = int(numbers.rounded(value.wert.number))
    prose.abschnitt(b, prose.satz(b, head, n=whole))
    change = b.aenderung(indicator)
    prose.text(
        b,
        prose.satz(
            b, "{w.Zeit} waren es {w.anzahl} {counted}, {w}{d?; {d} mehr als {d.vorher}|; {d} weniger als {d.vorher}|; "
            "{d.gegenueber} nicht erkennbar verändert}.", sonst="{w.Zeit} waren es {w.anzahl} {counted}, {w}.",
            w=value, d=change, counted=counted,
        ),
        _apart(b, found) if found else "",
    )  # fmt: skip
    told = "; ".join(f"{name} {int(numbers.rounded(share))}" for name, share in shares)
    title = str(b.indikator(indicator)["bezeichnung"])

    def draw(narrow: bool) -> Figure:
        return miniature.squares(shares, of, narrow=narrow)

    alternative = (
        f"Felder zu je 100 Quadraten, gefüllt ist der gerundete Anteil ({title}, {value.stand}), {of}: {told}."
    )
    drawn = picture("kurz-kinder", title, alternative, draw, narrow=True)
    blocks.put(blocks.Block(fence("bildzeile", drawn.markdown()), drawn.cuts["wide"], drawn.files()))


def _apart(b: Datenbestand, found: gaps.Abstand) -> Markup:
    words = "höher als" if found.differenz > 0 else "niedriger als"
    told = "In den Aktionsräumen ist der Anteil mit {a.plan} {wie} in den übrigen {unten.dativ} ({a.uebrige})."
    if not found.lage.differs:
        told = (
            "Zwischen Aktionsräumen ({a.plan}) und übrigen {unten.dativ} ({a.uebrige}) ist kein Unterschied erkennbar."
        )
    return prose.satz(b, told, a=found, wie=words)


def shares(b: Datenbestand, parts: Mapping[str, tuple[str | None, bool]], leading: str) -> list[blocks.Block]:
    """What share of the city falls to the Aktionsräume: words → indicator (None: the people) and whether its
    denominator is meant. ``leading`` are the words of the share that the heading sets beside that of the people.
    """
    plan, found = decision.auswahl(b).raeume, {}
    for words, (indicator, whole) in parts.items() if plan else ():
        share = chances.anteil_an_stadt(b, indicator, plan, nenner=whole)
        if share is not None:
            found[words] = share
    if len(found) < 2:
        return []
    rows = [(words, share.wert.number) for words, share in found.items()]
    head = escape("Wie viel auf die Aktionsräume entfällt")
    if PEOPLE in found:
        told = "{n#Im Aktionsraum|In den Aktionsräumen} leben {p} von 100 Menschen"
        head = prose.satz(b, told, n=len(plan), p=_hundred(found[PEOPLE]))
    if PEOPLE in found and leading in found:
        head = prose.satz(
            b, "{h} und {l} von 100 {wer}", h=head, l=_hundred(found[leading]), wer=leading.removeprefix("der ")
        )
    told = ", ".join(f"{share} {words}" for words, share in found.items())
    alternative = f"Balken, Anteil der Aktionsräume {b.ebenen.stadt.von}: {told}."
    drawn = picture("kurz-anteile", "Anteil der Aktionsräume", alternative, lambda narrow: miniature.bars(rows))
    words = prose.satz(b, "Anteil der Aktionsräume an allen Gezählten {stadt.von}, {jahr}.", jahr=str(b.jahr))
    return [finding(head, drawn, words)]


def _hundred(share: Wert) -> int:
    return int(numbers.rounded(share.wert.number))


def course(b: Datenbestand, indicator: str) -> list[blocks.Block]:
    """How an indicator has gone in the Aktionsräume, the city and the other areas, and how far both lie apart."""
    found, i = gaps.abstand(b, indicator), Indikator(b, indicator)
    lines = joint_by_year(b, indicator, decision.auswahl(b).raeume)
    if found is None or lines is None or lines.notna().sum(axis=1).max() < 2:
        return []
    years = [int(year) for year in lines.columns]
    change = b.aenderung(indicator)
    head = prose.satz(
        b, "{i}: {stadt.darin} {d?gestiegen|gesunken|nicht erkennbar verändert}, Abstand der Gebiete {a.betrag}",
        sonst="{i}: Abstand der Aktionsräume {a.betrag}", i=i.titel, d=change, a=found,
    )  # fmt: skip
    cuts = figures.break_years(b, indicator)
    broken = [year for year in cuts if years[0] < year <= years[-1]]
    ends = ", ".join(f"{name} {value}" for name, value in
                     zip(lines.index, (found.plan, found.stadt, found.uebrige), strict=True))  # fmt: skip
    cut = f", unterbrochen vor {enumeration(map(str, broken))}" * bool(broken)
    alternative = f"Linien, {i.titel} {years[0]} bis {years[-1]}{cut}. {i.stadt.stand}: {ends}."

    def draw(narrow: bool) -> Figure:
        return miniature.courses(lines, i.mass, Span(years, cuts))

    words = "Die Linien zeigen in allen Jahren die Aktionsräume von {jahr}."
    if found.wandel is not None:
        words = (
            "Der Abstand ist {a.gegenueber} {w?um {w} gewachsen|um {w} geschrumpft|nicht erkennbar verändert}; "
            "in beiden Jahren zählen die Aktionsräume von {jahr}."
        )
    told = prose.satz(b, words, a=found, w=found.wandel, jahr=str(b.jahr))
    return [finding(head, picture("kurz-verlauf", i.titel, alternative, draw), told)]


def joint_by_year(b: Datenbestand, indicator: str, plan: Sequence[str]) -> pd.DataFrame | None:
    """An indicator in the areas of ``plan``, in the city and in all others by year of the Stand, each the sum of the
    numerators by that of the denominators; NaN where a value is not told. None where there is no joint value.
    """
    if b.indikator(indicator)["art"] not in JOINT or not plan:
        return None
    names = ["Aktionsräume", b.stadtname, f"übrige {b.ebenen.unten.kurz}"]
    found: dict[int, list[float]] = {}
    for year in (year for year in b._years if year <= b.jahr):
        whole = b.wert(indicator, jahr=year).wert
        if whole.numerator_date is None:
            continue
        pair = gaps.apart(b, indicator, plan, year)
        own, rest = (value.wert.number for value in pair) if pair else (np.nan, np.nan)
        found[whole.numerator_date.year] = [own, whole.number if whole.status == Status.OK else np.nan, rest]
    return pd.DataFrame(found, index=names)

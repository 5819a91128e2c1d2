"""Status and dynamics in a report: which class every Sozialraum has and where that differs from its type.

The computation sees protected values only: an area with a withheld value takes no part. From the indices of the
others, whose mean is 0, nothing follows about it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sozialbericht.data import sums
from sozialbericht.findings import decision, typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.multitude import LEAST_CLASSED, LEAST_MEASURES
from sozialbericht.statistics import changes, status_index
from sozialbericht.statistics.matrix import matrix
from sozialbericht.statistics.pooling import decision_values
from sozialbericht.status import Status
from sozialbericht.wording.sentences import WORDS
from sozialbericht.wording.values import enumeration

#: The sign of each direction that makes a high value a high burden.
SIGNS = {"belastung": 1.0, "chance": -1.0}
#: Why an area takes no part whose value may not be shown.
WITHHELD = "ein Wert ist geheim gehalten"
#: The classes of the status that say: burdened.
BURDENED = ("niedrig", "sehr niedrig")


@dataclass(frozen=True)
class StatusDynamik:
    """Status und Dynamik der Sozialräume eines Jahres; die Reihen haben die raum_id als Index.

    ``status``: hoch, mittel, niedrig, sehr niedrig (leer: nicht einbezogen); ``index``: auf eine Stelle gerundet, hoch
    heißt belastet; ``dynamik``: positiv, stabil, negativ, oder None mit dem Grund in ``grund``; ``ausgeschlossen``:
    raum_id → Grund; ``merkmale`` und ``dynamik_merkmale``: die verwendeten Indikatoren; ``ohne``: Indikator → warum er
    in der Dynamik fehlt; ``fehlt``: warum es auch keinen Status gibt (sonst leer); ``abstand``: über wie
    viele Jahre die Dynamik geht.
    """

    jahr: int
    status: pd.Series
    index: pd.Series
    dynamik: pd.Series | None
    grund: str
    ausgeschlossen: dict[str, str]
    merkmale: list[str]
    dynamik_merkmale: list[str] = field(default_factory=list)
    ohne: dict[str, str] = field(default_factory=dict)
    gruppen: pd.DataFrame = field(default_factory=pd.DataFrame)
    fehlt: str = ""
    abstand: int = 2

    @property
    def seit(self) -> int:
        """Das Jahr, mit dem die Dynamik vergleicht."""
        return self.jahr - self.abstand

    def raeume(self, *status: str, dynamik: str | None = None) -> list[str]:
        """Die Gebiete mit einem dieser Status (und dieser Dynamik), die am höchsten belasteten zuerst."""
        chosen = self.status.isin(status)
        if dynamik is not None:
            chosen &= pd.Series(False, chosen.index) if self.dynamik is None else self.dynamik == dynamik
        order = self.index[chosen].sort_values(ascending=False, kind="stable", na_position="first")
        return [str(area) for area in order.index]


def status_dynamik(b: Datenbestand, jahr: int | None = None) -> StatusDynamik:
    """Status und Dynamik der Sozialräume für ein Jahr (ohne Angabe das Berichtsjahr),
    einmal je Datenstand berechnet.
    """
    year = jahr or b.jahr
    found: StatusDynamik = b._store.entry(("status", year), lambda: _status_dynamics(b, year))
    return found


def statusmerkmale(b: Datenbestand) -> list[str]:
    """Die Indikatoren des Index: die der Typisierung, bei denen ein hoher Wert Belastung oder Chance heißt."""
    catalogue = b._tables.indicators
    chosen = catalogue[catalogue["typ_vorzeichen"].notna() & catalogue["richtung"].isin(list(SIGNS))]
    return [str(name) for name in chosen.index]


def widersprueche(b: Datenbestand) -> tuple[list[str], list[str]]:
    """Wo Auswahl und Statusindex auseinandergehen: (Aktionsraum, aber Status hoch oder mittel), (umgekehrt).

    Beide leer, wenn es eines von beiden nicht gibt.
    """
    found, typed = status_dynamik(b), typification.typisierung(b).typ
    known = found.status.notna() & typed.reindex(found.status.index).notna()
    high = pd.Series(found.status.index.isin(decision.auswahl(b).raeume), found.status.index)
    low = found.status.isin(BURDENED)
    order = found.index.sort_values(ascending=False, kind="stable", na_position="first").index
    return [str(a) for a in order if known[a] and high[a] and not low[a]], [
        str(a) for a in order if known[a] and low[a] and not high[a]
    ]


def zufallsanteile(b: Datenbestand) -> dict[str, int]:
    """Bezeichnung des Indikators → wie viel Prozent der Streuung seiner Veränderungen bei unabhängigen Personen
    Zufall wäre, höchste zuerst.
    """
    found = status_dynamik(b)
    shares = sorted(chance_shares(b, found).dropna().items(), key=lambda pair: -pair[1])
    return {str(b.indikator(str(name))["bezeichnung"]): round(100 * share) for name, share in shares}


# -- inside ------------------------------------------------------------------------------------------


def _status_dynamics(b: Datenbestand, year: int) -> StatusDynamik:
    areas, names = b._existing(b.ebenen.unten.schluessel, year), statusmerkmale(b)
    if len(areas) < LEAST_CLASSED or len(names) < LEAST_MEASURES:
        return _without(b, year, names, len(areas))
    inhabitants, decided = _inhabitants(b, year), b._tables.settings.statusindex
    span = decided.jahre
    values = decision_values(b._cube, b._tables, names, [year - span, year])
    sign = pd.Series({n: SIGNS[str(b._tables.indicators.at[n, "richtung"])] for n in names})
    burdens = matrix(values, year, b.ebenen.unten.schluessel).loc[areas, names].mul(sign)
    exceptions, least = dict(decided.ausnahmen), decided.mindestbevoelkerung
    kept = len(areas) - len(status_index.left_out(burdens, inhabitants, exceptions, least))
    if kept < LEAST_CLASSED:
        return _without(b, year, names, kept)
    moved = changes.over_years(values, year, b.ebenen.unten.schluessel, span)
    used = list(moved.table.columns)
    reason = _no_dynamics(b, moved, year, len(names), span)
    found = status_index.status_dynamics(
        burdens,
        None if reason else moved.table.loc[areas].mul(sign[used]),
        inhabitants=inhabitants,
        exceptions=exceptions,
        least=least,
    )
    hidden = {str(a) for n in names for a, s in b.daten(n, jahr=year)["status"].items() if s == Status.WITHHELD}
    excluded = {
        area: WITHHELD if why == status_index.INCOMPLETE and area in hidden else why
        for area, why in found.excluded.items()
    }
    index = found.index.round(1) + 0.0
    return StatusDynamik(
        year, found.status, index, found.dynamics, reason, excluded, names,
        dynamik_merkmale=[] if reason else used, ohne=moved.missing, gruppen=found.groups(),
        abstand=span,
    )  # fmt: skip


def _without(b: Datenbestand, year: int, names: list[str], areas: int) -> StatusDynamik:
    """The result where there are too few areas or indicators."""
    why = (
        f"Für einen Statusindex braucht es mindestens {LEAST_CLASSED} Gebiete und zwei Indikatoren der Belastung; "
        f"hier sind es {areas} und {len(names)}."
    )
    empty = pd.Series(np.nan, b.raeume().index, dtype=object)
    span = b._tables.settings.statusindex.jahre
    return StatusDynamik(year, empty, empty.astype(float), None, why, {}, names, fehlt=why, abstand=span)


def _no_dynamics(b: Datenbestand, moved: changes.Changes, year: int, total: int, span: int) -> str:
    before, apart = str(year - span), "einem Jahr" if span == 1 else f"{WORDS[span]} Jahren"
    parts = []
    for why, words in {
        changes.NO_VALUE: f"gibt es {before} keinen Wert",
        changes.BREAK: f"liegt zwischen {before} und {year} ein Bruch",
        changes.OTHER_SPAN: f"liegen keine Werte im Abstand von {apart} vor",
    }.items():
        names = [_titled(b, name) for name, reason in moved.preventing.items() if reason == why]
        if names:
            parts.append(
                f"für {'den Indikator' if len(names) == 1 else 'die Indikatoren'} {enumeration(names)} {words}"
            )
    if parts:
        text = "; ".join(parts)
        return f"{text[0].upper()}{text[1:]}."
    if 2 * len(moved.table.columns) < total:
        return "Weniger als die Hälfte der Indikatoren hat seitdem neue Werte."
    return ""


def _titled(b: Datenbestand, name: str) -> str:
    return f"„{b.indikator(name)['bezeichnung']}“"


def _inhabitants(b: Datenbestand, year: int) -> pd.Series | None:
    """Inhabitants of every area, newest date up to ``year``; None where the catalogue does not tell who they are."""
    whole = sums.inhabitants(b._tables)
    if not whole:
        return None
    counts = b._cube[(b._cube["merkmal"] == whole) & (b._cube["stichtag"].dt.year <= year)]
    counts = counts.sort_values("stichtag", kind="stable")
    newest: pd.Series = counts.drop_duplicates("raum_id", keep="last").set_index("raum_id")["wert"]
    return newest


def chance_shares(b: Datenbestand, found: StatusDynamik) -> pd.Series:
    """Which share of the spread of each indicator's changes independent persons would make by chance alone."""
    if not found.dynamik_merkmale:
        return pd.Series(dtype=float)
    values = decision_values(b._cube, b._tables, found.dynamik_merkmale, [found.seit, found.jahr])
    return changes.chance_share(values, found.jahr, b._tables.indicators, b.ebenen.unten.schluessel, found.abstand)

"""What a notebook writes with: one object that gives protected values and puts text and figures into the report."""

from __future__ import annotations

from sozialbericht.writing.ages import Altersaufbau
from sozialbericht.writing.clusters import Typenbilder
from sozialbericht.writing.comparisons import Vergleiche
from sozialbericht.writing.patterns import Muster
from sozialbericht.writing.plan import Aktionsplan
from sozialbericht.writing.profile import Profile
from sozialbericht.writing.published import Veroeffentlichtes
from sozialbericht.writing.spatialfigures import Raumbilder
from sozialbericht.writing.statusfigures import Statusbilder
from sozialbericht.writing.strengths import Staerken
from sozialbericht.writing.summary import Kurzfassung


class Bericht(
    Kurzfassung,
    Aktionsplan,
    Profile,
    Staerken,
    Altersaufbau,
    Statusbilder,
    Raumbilder,
    Vergleiche,
    Muster,
    Typenbilder,
    Veroeffentlichtes,
):
    """Schreibt ein Kapitel: gibt geschützte Werte und setzt Texte, Abbildungen und Tabellen in den Bericht.

    Beispiel::

        b = Bericht(jahr, vergleichsjahr, daten)
        b.text("{r.Wo} betrug die Rate {r}.", r=b.wert("al_rate"))
        b.karte("al_rate")
    """

"""What a notebook writes with: one object that gives protected values and puts text and figures into the report."""

from __future__ import annotations

from sozialbericht.findings.strengths import Staerken
from sozialbericht.profile.pages import Profile
from sozialbericht.subjects.ages import Altersaufbau
from sozialbericht.subjects.comparisons import Vergleiche
from sozialbericht.subjects.groups import Muster
from sozialbericht.subjects.plan import Aktionsplan
from sozialbericht.subjects.published import Veroeffentlichtes
from sozialbericht.subjects.spatialfigures import Raumbilder
from sozialbericht.subjects.statusfigures import Statusbilder
from sozialbericht.subjects.summary import Kurzfassung
from sozialbericht.subjects.typefigures import Typenbilder


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

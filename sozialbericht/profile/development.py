"""Development and ages in a profile: six series as sparklines beside a small age pyramid."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts import pyramid, sparklines
from sozialbericht.drawing.charts.sparklines import Spark
from sozialbericht.profile import panels
from sozialbericht.profile.panels import Heading, Picture
from sozialbericht.profile.rows import Profilwerte
from sozialbericht.status import Status
from sozialbericht.subjects.ages import SIDES, Altersaufbau, per_year
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks
from sozialbericht.writing.blocks import Block


class Profilverlauf(Profilwerte, Altersaufbau):
    """Der Teil eines Profils, der die Entwicklung und den Altersaufbau zeigt."""

    def entwicklung_und_alter(
        self, raum: str, reihen: Mapping[str, str], *, frauen: str = "", maenner: str = ""
    ) -> None:
        """Setzt die Entwicklung über die Jahre und daneben, wo es Altersgruppen gibt, den Altersaufbau.

        ``reihen``: Indikator oder Merkmal → Name in der Zeile, am besten sechs; ``frauen``, ``maenner`` wie bei
        ``altersgruppen``.
        """
        sparks = [self._spark(key, name, raum) for key, name in reihen.items()]
        years = list(range(self._years[0], self.jahr + 1))
        cut = [s for s in sparks if sparklines.interrupted(s, years)]
        lines = self._picture(
            raum, "verlauf", sparklines.sparklines(sparks, years), _told_series(self.name(raum), sparks)
        )
        dotted = f"; gepunktet: Bruch {enumeration(sorted({str(b) for s in cut for b in s.breaks}))}" if cut else ""
        left = panels.figure(
            Heading("", f"Entwicklung {years[0]} bis {years[-1]}", f"Erster und letzter Wert{dotted}"),
            lines,
        )
        parts = [left, *([self._ages(raum, frauen, maenner)] if frauen and self._age_tails(frauen) else [])]
        keys = [key for key in reihen if key in self.indikatoren().index]
        cuts = [cut for key in keys for _, cut in self.brueche(key).iterrows()]
        broken = dict.fromkeys(f"Bruch {cut['ab'].year}: {cut['grund']}" for cut in cuts)
        note = " ".join(["Quellen und Definitionen: Indikatorenblätter des Berichts.", *broken])
        blocks.put(panels.columns(*parts, source=note))

    def _spark(self, key: str, name: str, area: str) -> Spark:
        if key in self.indikatoren().index:
            values = self._by_year(key, self.ebenen[self.ebene(area)]).T[area]
            return Spark(name, values, int(self.indikator(key)["nachkommastellen"]), self._break_years(key))
        table = self.merkmal(key, area)
        table = table[table["status"] == Status.OK].sort_values("stichtag")
        by_year = table.assign(jahr=table["stichtag"].dt.year).drop_duplicates("jahr", keep="last")
        return Spark(name, by_year.set_index("jahr")["wert"].astype(float), 0)

    def _ages(self, area: str, women: str, men: str) -> Block:
        table, city = self.altersgruppen(women, men, area), self.altersgruppen(women, men)
        values, reference = per_year(table, shares=True), per_year(city, shares=True)
        labels = [
            ["" if s == Status.OK else numbers.status_sign(str(s)) for s in table[f"status_{side}"]] for side in SIDES
        ]
        ages = [(int(a), None if np.isnan(b) else int(b)) for a, b in zip(city["von"], city["bis"], strict=True)]
        panel = pyramid.Panel(self.name(area), values[0], values[1], labels[0], labels[1], reference)
        figure = pyramid.pyramid([panel], ages, unit="", reference_name=self.stadtname, tiny=True)
        when = self._stand_words({f"{women}_{tail}": "" for tail in self._age_tails(women)}, None, None)
        heading = Heading("", f"Alter und Geschlecht, {when}", "Ein Altersjahr in % der Bevölkerung")
        return panels.figure(heading, self._picture(area, "alter", figure, self._told_ages(area, table)))

    def _told_ages(self, area: str, table: pd.DataFrame) -> str:
        """The alternative text of the pyramid: shares of three age groups and of women."""
        both = (table["frauen"] + table["maenner"]).to_numpy(dtype=float)
        whole, start = both.sum(), table["von"].to_numpy(dtype=float)
        begin = f"Alterspyramide, {self.name(area)} im Vergleich mit {self.stadtname}"
        if not np.isfinite(whole) or not whole:
            return f"{begin}. Einzelne Altersgruppen sind geheim gehalten oder liegen nicht vor."
        young, old = both[start < 18].sum() / whole * 100, both[start >= 65].sum() / whole * 100
        women = table["frauen"].sum() / whole * 100
        return (
            f"{begin}. {numbers.percent(young)} der Bevölkerung sind unter 18 Jahre alt, "
            f"{numbers.percent(100 - young - old)} 18 bis unter 65, {numbers.percent(old)} 65 und älter; "
            f"{numbers.percent(women)} sind Frauen und Mädchen."
        )

    def _picture(self, area: str, what: str, figure: Figure, alternative: str, narrow: Figure | None = None) -> Picture:
        """A picture of the profile with its cuts; ``what`` tells it from the others."""
        name = f"profil-{area.replace('_', '-')}-{what}"
        title = alternative.partition(".")[0]
        cuts = {"print": to_svg(figure, "print", title, name), "web": to_svg(figure, "web", title, name)}
        if narrow is not None:
            cuts["narrow"] = to_svg(narrow, "web", title, f"{name}-schmal")
        return Picture(name, alternative, cuts)


def _told_series(name: str, sparks: list[Spark]) -> str:
    """The alternative text of the sparklines: first and last value of each."""
    parts = []
    for spark in sparks:
        known = spark.values.dropna()
        if known.empty:
            parts.append(f"{spark.name}: keine Werte")
            continue
        ends = [f"{int(known.index[k])}: {numbers.number(known.iloc[k], spark.decimals)}" for k in (0, -1)]
        cut = [b for b in spark.breaks if known.index[0] < b <= known.index[-1]]
        broken = f", nicht vergleichbar wegen Bruch {enumeration(map(str, cut))}" if cut else ""
        parts.append(f"{spark.name} {', '.join(dict.fromkeys(ends))}{broken}")
    return f"{len(sparks)} Verlaufslinien für {name}. {'; '.join(parts)}."

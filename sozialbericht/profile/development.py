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
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.profile import panels
from sozialbericht.profile.panels import Heading
from sozialbericht.status import Status
from sozialbericht.subjects import ages, compositions
from sozialbericht.subjects.ages import SIDES, per_year
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks, figures
from sozialbericht.writing.blocks import Block, Picture

#: What the values beside the lines are, and how the lines are scaled.
SPARKS = "Vergleichbare Werte"
SCALED = "Linien: erster vergleichbarer und letzter Wert, je Zeile eine Skala."


def entwicklung_und_alter(
    b: Datenbestand, raum: str, reihen: Mapping[str, str], *, frauen: str = "", maenner: str = ""
) -> None:
    """Setzt die Entwicklung über die Jahre und daneben, wo es Altersgruppen gibt, den Altersaufbau.

    ``reihen``: Indikator oder Merkmal → Name in der Zeile, am besten sechs; ``frauen``, ``maenner`` wie bei
    ``altersgruppen``.
    """
    sparks = [_spark(b, key, name, raum) for key, name in reihen.items()]
    years = list(range(b._years[0], b.jahr + 1))
    cut = [s for s in sparks if sparklines.interrupted(s, years)]
    lines = picture(b, raum, "verlauf", sparklines.sparklines(sparks, years), _told_series(b.name(raum), sparks))
    dotted = f"; gepunktet: Bruch {enumeration(sorted({str(year) for s in cut for year in s.breaks}))}" if cut else ""
    left = panels.figure(
        Heading("", f"Entwicklung {years[0]} bis {years[-1]}", f"{SPARKS}{dotted}"),
        lines,
    )
    parts = [left, *([_ages(b, raum, frauen, maenner)] if frauen and ages.age_tails(b, frauen) else [])]
    keys = [key for key in reihen if key in b.indikatoren().index]
    cuts = [cut for key in keys for _, cut in b.brueche(key).iterrows()]
    broken = dict.fromkeys(f"Bruch {cut['ab'].year}: {cut['grund']}" for cut in cuts)
    note = " ".join([SCALED, "Quellen: Indikatorenblätter.", *broken])
    blocks.put(panels.columns(*parts, source=note))


def _spark(b: Datenbestand, key: str, name: str, area: str) -> Spark:
    if key in b.indikatoren().index:
        values = figures.by_year(b, key, b.ebenen[b.ebene(area)]).T[area]
        return Spark(name, values, int(b.indikator(key)["nachkommastellen"]), figures.break_years(b, key))
    table = b.merkmal(key, area)
    table = table[table["status"] == Status.OK].sort_values("stichtag")
    by_year = table.assign(jahr=table["stichtag"].dt.year).drop_duplicates("jahr", keep="last")
    return Spark(name, by_year.set_index("jahr")["wert"].astype(float), 0)


def _ages(b: Datenbestand, area: str, women: str, men: str) -> Block:
    table, city = ages.altersgruppen(b, women, men, area), ages.altersgruppen(b, women, men)
    values, reference = per_year(table, shares=True), per_year(city, shares=True)
    labels = [
        ["" if s == Status.OK else numbers.status_sign(str(s)) for s in table[f"status_{side}"]] for side in SIDES
    ]
    groups = [
        (int(first), None if np.isnan(last) else int(last))
        for first, last in zip(city["von"], city["bis"], strict=True)
    ]
    panel = pyramid.Panel(b.name(area), values[0], values[1], labels[0], labels[1], reference)
    figure = pyramid.pyramid([panel], groups, unit="", reference_name=b.stadtname, tiny=True)
    when = compositions.stand_words(b, {f"{women}_{tail}": "" for tail in ages.age_tails(b, women)}, None, None)
    heading = Heading("", f"Alter und Geschlecht, {when}", "Ein Altersjahr in % der Bevölkerung")
    return panels.figure(heading, picture(b, area, "alter", figure, _told_ages(b, area, table)))


def _told_ages(b: Datenbestand, area: str, table: pd.DataFrame) -> str:
    """The alternative text of the pyramid: shares of three age groups and of women."""
    both = (table["frauen"] + table["maenner"]).to_numpy(dtype=float)
    whole, start = both.sum(), table["von"].to_numpy(dtype=float)
    begin = f"Alterspyramide, {b.name(area)} im Vergleich mit {b.stadtname}"
    if not np.isfinite(whole) or not whole:
        return f"{begin}. Einzelne Altersgruppen sind geheim gehalten oder liegen nicht vor."
    young, old = both[start < 18].sum() / whole * 100, both[start >= 65].sum() / whole * 100
    women = table["frauen"].sum() / whole * 100
    return (
        f"{begin}. {numbers.percent(young)} der Bevölkerung sind unter 18 Jahre alt, "
        f"{numbers.percent(100 - young - old)} 18 bis unter 65, {numbers.percent(old)} 65 und älter; "
        f"{numbers.percent(women)} sind Frauen und Mädchen."
    )


def picture(b: Datenbestand, area: str, what: str, figure: Figure, alternative: str) -> Picture:
    """A picture of the profile; ``what`` tells it from the others."""
    name = f"profil-{area.replace('_', '-')}-{what}"
    title = alternative.partition(".")[0]
    return Picture(name, alternative, {"wide": to_svg(figure, title, name)})


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

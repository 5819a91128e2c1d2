"""A small project for tests: two chapters and an annex on the invented city of ``tests/stadt``."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
CITY = ROOT / "tests" / "stadt"
PARAMETERS = 'jahr = 2006\nvergleichsjahr = 2005\ndaten = "data"'
START = "from sozialbericht.bericht import Bericht\n\nb = Bericht(jahr, vergleichsjahr, daten)\n"
TITLE = "Bericht zur sozialen Lage in Musterstadt"
NOTE = "Vorführung des Verfahrens, keine Veröffentlichung der Stadt"

INDEX = """# Zu diesem Bericht {.unnumbered}

Der Bericht beschreibt, wie Menschen leben[^wer]. Mehr steht unter [Arbeitslosigkeit](#sec-arbeitslosigkeit).

[^wer]: Erfundene Menschen.

::: {.content-visible when-format="html"}
Nur im Web zu lesen.
:::

::: {.content-visible when-format="typst"}
Nur auf Papier zu lesen.
:::

::: {.content-hidden when-format="html"}
Auf Papier bleibt dies stehen.
:::
"""
GLOSSARY = """# Glossar {#sec-glossar}

Arbeitslosenquote
:   Arbeitslose in Prozent der 15- bis unter 65-Jährigen[^wer].

[^wer]: So ist sie in diesem Bericht bestimmt.
"""
BEVOELKERUNG = (
    "# Bevölkerung {#sec-bevoelkerung}",
    START
    + """
b.leitsatz("In {u.raum} waren {u} der Menschen unter 18 Jahre alt.", u=b.wert("anteil_u18"))
b.definition("anteil_u18", zusatz="Wie sich das auf die Arbeit auswirkt, sagt @sec-arbeitslosigkeit.")
b.text("@fig-anteil-u18-karte zeigt die Anteile[^a]; siehe auch @tbl-alo-bezirke.")
b.text("Mehr in @sec-alo-bezirke, Werte in @sec-tabellen-arbeitslosigkeit.")
b.text("[^a]: Anmerkung zur Bevölkerung.")""",
    "## Kinder und Jugendliche {#sec-kinder}",
    """b.karte("anteil_u18")
b.rangfolge("anteil_u18")
b.lesebeispiel("In {o.raum} waren {o.von_hundert} von 100 Menschen unter 18 Jahre alt.", o=b.hoechste("anteil_u18")[0])
b.uebersichtskarte(id="fig-gliederung", titel="Die Sozialräume")
b.deckblatt("anteil_u18")""",
)
ARBEITSLOSIGKEIT = (
    "# Arbeitslosigkeit {#sec-arbeitslosigkeit}\n\nWas Zahlen sagen[^a].\n\n[^a]: Anmerkung zur Arbeitslosigkeit.",
    START
    + """
q = "arbeitslosenquote"
b.kennzahlen(b.kennzahl(q), b.kennzahl(q, anzahl=True), b.kennzahl("einkommensindex"))
d = b.aenderung("arbeitslosenquote")
b.text(
    b.satz("Seit {d.frueher} ist die Quote {d?um {d} gestiegen|um {d} gesunken|gleich geblieben}.", sonst="", d=d),
    b.gebietssatz("arbeitslosenquote"), b.bruchsatz("arbeitslosenquote"),
)
b.verlauf("arbeitslosenquote")
b.linien(
    {"arbeitslosenquote": "alle"}, id="fig-alo-linie", titel="Arbeitslosenquote der Stadt", einheit="in %",
    alternativtext=b.satz("Liniendiagramm, zuletzt {w}.", w=b.wert("arbeitslosenquote")),
)""",
    "## Nach Stadtbezirken {#sec-alo-bezirke}",
    """b.tabelle_bezirke(
    ["arbeitslosenquote:anzahl", "arbeitslosenquote", "alo_u25_anteil", "hilfequote"],
    id="tbl-alo-bezirke", titel="Arbeitslose nach Stadtbezirken", einheit="in %",
)
b.tabelle_gruppen("arbeitslosenquote", {"unter 25 Jahre": "alo_u25_anteil"}, id="tbl-alo-gruppen", titel="Arbeitslose")
b.kasten("Was noch zu sagen ist", "Ein erster Absatz.", "Ein zweiter über {s}.", s=b.stadtname)
""",
    """import matplotlib.pyplot as plt

werte = b.daten("arbeitslosenquote")
figur, achse = plt.subplots(figsize=(4, 2), layout="constrained")
achse.barh(werte["kurzname"], werte["wert"])
plt.close(figur)
b.abbildung(figur, id="fig-eigene", titel="Eine eigene Abbildung", einheit="in %",
            alternativtext="Balken der Arbeitslosenquoten.", quelle="Eigene Auszählung.")""",
)
ANHANG = (
    "# Tabellen {#sec-tabellen}",
    START
    + """
for dimension in b.dimensionen():
    b.anhang().tabellen(dimension)
    b.anhang().blaetter(dimension)
b.anhang().datenstand(id="tbl-datenstand")
b.anhang().brueche(id="tbl-brueche")""",
)


def notebook(path: Path, cells: Sequence[str], parameters: str = PARAMETERS) -> Path:
    """Write a notebook: cells that begin with # and a space are Markdown, the parameters follow the first one."""
    kinds = [("markdown" if c.startswith(("# ", "## ", "### ")) else "code", c, []) for c in cells]
    kinds.insert(1, ("code", parameters, ["parameters"]))
    content = []
    for number, (kind, text, tags) in enumerate(kinds):
        cell = {"cell_type": kind, "id": f"zelle-{number}", "metadata": {"tags": tags} if tags else {}, "source": text}
        content.append(cell | ({"outputs": [], "execution_count": None} if kind == "code" else {}))
    kernel = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"cells": content, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False),
        encoding="utf-8",
    )
    return path


def append(path: Path, line: str) -> None:
    """Write a line at the end of a file."""
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def add_line(path: Path, line: str) -> None:
    """Write a line at the end of a notebook's last cell."""
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][-1]["source"] += f"\n{line}"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def project(folder: Path, *, chapters: bool = True) -> Path:
    """Make the small project in an empty folder: notebooks, report, data; without ``chapters`` only the frame."""
    report = folder / "report"
    for part in ("druck", "filter", "web"):
        shutil.copytree(ROOT / "report" / part, report / part)
    shutil.copy(ROOT / "report" / "_brand.yml", report)
    settings = yaml.safe_load((ROOT / "report" / "_quarto.yml").read_text(encoding="utf-8"))
    settings["book"] |= {"chapters": ["index.qmd"], "appendices": []}
    (report / "index.qmd").write_text(
        INDEX if chapters else "# Zu diesem Bericht {.unnumbered}\n\nEin Text.\n", encoding="utf-8"
    )
    (folder / "notebooks").mkdir()
    if chapters:
        settings["book"]["appendices"] = ["tabellen.ipynb", "glossar.qmd"]
        (report / "glossar.qmd").write_text(GLOSSARY, encoding="utf-8")
        notebook(folder / "notebooks" / "01_bevoelkerung.ipynb", BEVOELKERUNG)
        notebook(folder / "notebooks" / "03_arbeitslosigkeit.ipynb", ARBEITSLOSIGKEIT)
        notebook(folder / "notebooks" / "80_tabellen.ipynb", ANHANG)
    (report / "_quarto.yml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    shutil.copytree(CITY, folder / "data")
    (folder / "data" / "bericht.yml").write_text(f"titel: {TITLE}\ndeckblatt_hinweis: {NOTE}\n", encoding="utf-8")
    return folder


PROFILE = (
    "x = 1",
    START
    + """label = "sec-profil-" + raum.replace("_", "-")
b.text(f"# {{name}} {{#{label} .unnumbered}}", name=b.name(raum))
b.text("In {u.raum} waren {u} unter 18 Jahre alt. Mehr unter [Arbeitslosigkeit](#sec-arbeitslosigkeit), "
       "auch im [Hafen](#sec-profil-sr-hafen).", u=b.wert("anteil_u18", raum))""",
    """b.text("Ein Satz, damit zwei Seiten daraus werden. " * 90)""",
)


def with_profiles(folder: Path) -> Path:
    """Give a project profiles of its areas, of two pages each."""
    for level, area in (("sozialraum", "sr_hafen"), ("stadtbezirk", "sb_nord")):
        path = folder / "notebooks" / "profil" / f"{level}.ipynb"
        notebook(path, PROFILE, f'{PARAMETERS}\nraum = "{area}"')
    shutil.copy(ROOT / "report" / "sozialraumprofile.qmd", folder / "report")
    return folder

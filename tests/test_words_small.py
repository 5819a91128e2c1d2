"""Small whole reports of cities with other levels, with official data and with Modelldaten: what they call things, and
what they say of a demonstration.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pdf_reading
import pikepdf
import pytest
import small_report
import yaml
from writing.test_other_levels import rename

from sozialbericht.rendering import production
from sozialbericht.rendering.production import Made

STATUS = "Modelldaten – keine amtliche Statistik"
#: What says that a report is a demonstration: no report with official data may.
DEMONSTRATION = re.compile(r"Modelldaten|[Vv]orführ|[Ss]chematisch|keine amtliche|[Ee]rfunden|kalibrier", re.I)
#: What is another city's.
FOREIGN = re.compile(r"Dortmund|ZEFIR|Bochum|SGB|[Ss]ozialr(?:a|ä)um|[Ss]tadtbezirk|städtisch")

INDEX = """# Zu diesem Bericht {.unnumbered}

Er zeigt die Werte {stadt.von} und {stadt.seiner} {unten.mehrzahl_bestimmt}.

::: {.nur-modelldaten}
Alle Werte sind erfunden.

:::
## Impressum {.unnumbered}
"""
SETTINGS = """titel: Bericht zur sozialen Lage in Musterstadt
herausgeber: Amt für Soziales
kontakt: soziales@example.org
impressum: [Wir danken *allen* Beteiligten.]
auftrag: [Der Rat hat den Bericht beauftragt., Das war 2006.]
vorfuehrung:
  deckblatt: Vorführung des Verfahrens
  impressum: Dieser Bericht führt etwas vor.
  impressum_karten: Karten sind schematisch.
  unter_karten: Schematische Karte
"""
CHAPTER = (
    "# Arbeitslosigkeit in {unten.jedem} {unten.einzahl_gebeugt} {#sec-arbeitslosigkeit}",
    small_report.START
    + """
q = "arbeitslosenquote"
for absatz in b.texte["auftrag"]:
    b.text("{a}", a=absatz)
b.leitsatz(
    "{w.Wo} ist sie am höchsten; {n#{unten.einer}|{n}} von {alle} {unten.dativ} {n#liegt|liegen} unter dem "
    "{stadt.durchschnitt}.", w=b.hoechste(q)[0], n=1, alle=len(b.raeume()),
)
b.kennzahlen(b.kennzahl(q))
b.definition(q)
b.deckblatt(q)
b.uebersichtskarte(id="fig-gliederung", titel=b.satz("Die {unten.mehrzahl_bestimmt}"))
b.karte(q)
b.rangfolge("anteil_u18")
b.text(b.lagesatz(q), b.gebietssatz(q))""",
    """b.punktreihen({q: "Quote", "anteil_u18": "unter 18"}, id="fig-punkte", titel="Zwei Anteile")
b.streudiagramm(q, "anteil_u18", id="fig-streu", titel="Zwei Anteile zusammen")
b.tabelle_raeume([q], id="tbl-alle", titel=b.satz("Alle {unten.mehrzahl_bestimmt}"))
if b.ebenen.mitte:
    b.verlauf(q)
    b.streuung({q: "Quote"}, id="fig-streuung", titel=b.satz("In den {mitte.dativ}"), einheit="in %")
    b.tabelle_abweichungen([q], id="tbl-abweichung", titel=b.satz("{mitte.mehrzahl}"))""",
)


def made(folder: Path, names: dict[str, str], *, official: bool) -> Made:
    """The report of a city with these levels."""
    root = small_report.project(folder, chapters=False)
    (root / "report" / "index.qmd").write_text(INDEX, encoding="utf-8")
    small_report.notebook(root / "notebooks" / "01_arbeitslosigkeit.ipynb", CHAPTER)
    small_report.notebook(root / "notebooks" / "80_tabellen.ipynb", small_report.ANHANG)
    (root / "data" / "bericht.yml").write_text(SETTINGS, encoding="utf-8")
    rename(root / "data", names)
    for table in ("brueche.csv", "indikatoren.csv"):  # words of the data, not of the report
        rows = (root / "data" / table).read_text(encoding="utf-8").replace("Stadt gleich", "das Ganze gleich")
        (root / "data" / table).write_text(rows.replace("Mit dem SGB II", "Hier"), encoding="utf-8")
    path = root / "data" / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for entry in content["resources"]:
        if entry["name"] == "geometrie":
            del entry["description"]
    if official:
        content["status"] = "amtlich"
        del content["statustext"]
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    request = production.Request(2006, engine="builtin", data=root / "data")
    return production.make(request, root=root)


def told(made: Made) -> tuple[str, str, str]:
    """What a report says: in print, on the web with everything that is spoken or searched, in its metadata."""
    assert made.pdf is not None
    printed = pdf_reading.squeezed("\n".join(pdf_reading.pages(made.pdf)))
    web = [p for p in sorted((made.folder / "html").rglob("*")) if p.suffix in (".html", ".js", ".svg")]
    with pikepdf.open(made.pdf) as pdf, pdf.open_metadata() as meta:
        about = [*map(str, pdf.docinfo.values()), *map(str, meta.values()), *pdf_reading.alternatives(pdf)]
    return printed, "\n".join(p.read_text(encoding="utf-8") for p in web), "\n".join(about)


def said(made: Made, pattern: re.Pattern[str]) -> list[str]:
    """What a report says of a kind, anywhere."""
    return [match[0] for text in told(made) for match in pattern.finditer(text)]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Official data of a Gemeinde with Bezirke and Quartiere."""
    names = {"stadt": "gemeinde", "stadtbezirk": "bezirk", "sozialraum": "quartier"}
    return made(tmp_path_factory.mktemp("gemeinde"), names, official=True)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Modelldaten of a city with Statistische Bezirke, nothing between."""
    names = {"stadt": "stadt", "stadtbezirk": "", "sozialraum": "statistischer_bezirk"}
    return made(tmp_path_factory.mktemp("stadt"), names, official=False)


def test_official_data_are_no_demonstration_anywhere(village: Made) -> None:
    assert said(village, DEMONSTRATION) == []
    start = pdf_reading.page_text(village.folder / "html" / "index.html")
    assert "Herausgeber: Amt für Soziales. Kontakt: soziales@example.org. Wir danken *allen* Beteiligten." in start
    settings = yaml.safe_load((village.folder / "projekt" / "_quarto.yml").read_text(encoding="utf-8"))
    assert "Schmuckbild: die Quartiere der Gemeinde als Flächen" in str(settings)
    chapter = pdf_reading.page_text(village.folder / "html" / "arbeitslosigkeit.html")
    assert "Der Rat hat den Bericht beauftragt. Das war 2006." in chapter


def test_a_demonstration_says_so_everywhere(model: Made) -> None:
    printed, web, _ = told(model)
    assert model.pdf is not None
    assert [n for n, page in enumerate(pdf_reading.pages(model.pdf), start=1) if STATUS not in page] == []
    for words in ("Dieser Bericht führt etwas vor.", "Alle Werte sind erfunden.", "Karten sind schematisch."):
        assert words in printed and words in web
    assert "Vorführung des Verfahrens" in printed.partition("Inhalt")[0]
    assert printed.count("Schematische Karte.") >= 2 and "nur-modelldaten" not in web


def test_nothing_of_another_city_is_said(village: Made, model: Made) -> None:
    assert said(village, FOREIGN) == []
    assert set(said(model, FOREIGN)) == {"städtisch"}, "a Stadt has its Durchschnitt"
    assert re.findall(r"\bStadt\w*", " ".join(told(village))) == []


@pytest.mark.parametrize(
    "words",
    ["Er zeigt die Werte der Gemeinde und ihrer Quartiere.", "Arbeitslosigkeit in jedem Quartier",
     "Im Quartier Hafen ist sie am höchsten; eines von 6 Quartieren liegt unter dem Durchschnitt der Gemeinde.",
     "in den 6 Quartieren", "Rangfolge der Quartiere", "dem Gemeindewert", "im Bereich des Gemeindewerts",
     "Nummern der Quartiere", "Abstand der Quartiere vom Wert der Gemeinde", "als in der Gemeinde",
     "Grenzen der Bezirke", "Erkennbar unter dem Wert der Gemeinde"],
)  # fmt: skip
def test_neuter_and_feminine_words_are_bent(village: Made, words: str) -> None:
    assert words in told(village)[0]


@pytest.mark.parametrize(
    "words",
    ["Er zeigt die Werte der Stadt und ihrer Statistischen Bezirke.", "Arbeitslosigkeit in jedem Statistischen Bezirk",
     "Im Statistischen Bezirk Hafen ist sie am höchsten; einer von 6 Statistischen Bezirken liegt unter dem",
     "in den 6 Statistischen Bezirken", "Rangfolge der Statistischen Bezirke", "Nummern der Statistischen Bezirke",
     "im Bereich des Stadtwerts"],
)  # fmt: skip
def test_a_word_with_an_adjective_is_bent(model: Made, words: str) -> None:
    assert words in told(model)[0]

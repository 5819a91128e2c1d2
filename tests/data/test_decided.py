"""Settings: one file, every fault named with its line, defaults where nothing is said."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sozialbericht.data import contract, levels, settings
from sozialbericht.data.decided.typen import BURDENED, NAMES, Typen, of_number
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.settings import Regel, Settings, Vorfuehrung
from sozialbericht.faults import InputError

DATA = Path(__file__).parents[2] / "data"
STADT = Path(__file__).parents[1] / "stadt"


def read(folder: Path, text: str) -> tuple[Settings, list[str]]:
    (folder / settings.NAME).write_text(text, encoding="utf-8")
    findings = Findings(folder)
    found = settings.read(folder, findings)
    return found, [str(fault) for fault in findings.faults()]


def test_without_a_file_and_with_an_empty_one_the_defaults_hold(tmp_path: Path) -> None:
    assert settings.read(tmp_path, Findings(tmp_path)) == Settings()
    assert read(tmp_path, "# nichts\n") == (Settings(), [])
    assert read(tmp_path, "") == (Settings(), [])


def test_the_shipped_file_says_what_the_defaults_say() -> None:
    findings = Findings(DATA)
    found = settings.read(DATA, findings)
    own = {"titel": "", "leitindikator": "", "ebenen": {}, "texte": {}, "synonyme": {}, "vorfuehrung": Vorfuehrung()}
    own |= {"glossar": {}, "abkuerzungen": {}, "gruppen": {}}
    assert replace(found, **own) == Settings() and not len(findings)
    assert all(getattr(found, word) for word in own)
    assert found.ebenen == {key: levels.KNOWN[key] for key in ("stadtbezirk", "sozialraum")}


@pytest.mark.parametrize("number", sorted(NAMES))
def test_the_number_of_types_is_read(tmp_path: Path, number: int) -> None:
    found, faults = read(tmp_path, f"typen: {{anzahl: {number}}}\n")
    assert (found.typen, faults) == (of_number(number), [])
    assert found.typen.zahl == len(set(found.typen.namen)) == number
    assert list(found.typen.belastete) == list(range(number, number - BURDENED[number], -1))
    assert all("belastet" in found.typen.bezeichnung(kind) for kind in found.typen.belastete)


def test_the_names_of_types_are_read(tmp_path: Path) -> None:
    found, faults = read(tmp_path, "typen: {namen: [gut, mäßig, schlecht], belastet: 2}\n")
    assert (found.typen, faults) == (Typen(("gut", "mäßig", "schlecht"), 2), [])
    assert found.typen.name(3) == "Typ\u00a03\u00a0– schlecht" and found.typen.belastete == (3, 2)
    assert read(tmp_path, "typen: {namen: [gut, mäßig, schlecht]}\n")[0].typen.belastet == 1


@pytest.mark.parametrize("rule", list(Regel))
def test_the_rule_is_read(tmp_path: Path, rule: Regel) -> None:
    found, faults = read(tmp_path, f"regel: {rule}\n")
    assert (found.regel, faults) == (rule, [])


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("# Kopf\nregl: typ\n", 2, ("„regl“ gibt es nicht", "Meinten Sie „regel“?")),
        ("regel: typen\n", 1, ("„regel“ hat den Wert „typen“", "Meinten Sie „typ“?")),
        ("regel: typ\n\nregel: typ\n", 3, ("steht zweimal da",)),
        ("regel: [typ]\n", 1, ("„regel“ ist kein Text",)),
        ("- regel\n", 1, ("keine Einstellungen der Form",)),
        ("typen: 5\n", 1, ("„typen“ enthält keine Angaben", "typen: {anzahl: 4}")),
        ("typen: {zahl: 5}\n", 1, ("„zahl“ gibt es nicht",)),
        ("typen: {anzahl: 8}\n", 1, ("„anzahl“ ist keine Zahl von 2 bis 7",)),
        ("typen: {anzahl: 3, namen: [a, b]}\n", 1, ("„anzahl“ ist 3, Namen sind es 2",)),
        ("typen: {namen: [a]}\n", 1, ("Typen gibt es 2 bis 7, hier 1",)),
        ("typen: {namen: [a, a]}\n", 1, ("keine Liste verschiedener Namen",)),
        ("typen: {belastet: 2}\n", 1, ("Typen gibt es 2 bis 7, hier keinen",)),
        ("typen:\n  anzahl: 4\n  belastet: 4\n", 3, ("„belastet“ ist keine Zahl von 1 bis 3",)),
        (f"typen: {{namen: [a, {'b' * 31}]}}\n", 1, ("mehr als 30 Zeichen",)),
        ("regel: 'typ\n", 2, ("kein gültiges YAML",)),
        ("ebenen: quartier\n", 1, ("enthält keine Ebenen", "einzahl: Quartier")),
        ("ebenen:\n  quartier: Quartier\n", 2, ("fehlen die Wörter",)),
        ("ebenen:\n  quartier: {einzahl: Quartier}\n", 2, ("fehlen: mehrzahl, geschlecht",)),
        ("ebenen:\n  q: {einzahl: Q, mehrzahl: Qs, geschlecht: x}\n", 2, ("Möglich sind: m, f, n",)),
        ("ebenen:\n  q: {einzahl: Q, mehrzahl: Qs, geschlecht: m, wo: im Ort}\n", 2, ("fehlt {name}",)),
        ("ebenen:\n  q: {einsahl: Q, mehrzahl: Qs, geschlecht: m, einzahl: Q}\n", 2, ("Meinten Sie „einzahl“",)),
        ("titel: ''\n", 1, ("„titel“ ist leer",)),
        ("titel: Bericht: Lage\n", 1, ("kein gültiges YAML", "setzen Sie ihn in gerade Anführungszeichen")),
        ('titel: "a\\ab"\n', 1, ("kein Text in einer Zeile",)),
        ("titel: !!python/name:os.system\n", 1, ("„titel“ ist",)),
        ("? [a]\n: b\n", 1, ("Name einer Einstellung ist kein Text",)),
        ("ebenen:\n  q: {einzahl: Q, einzahl: R, mehrzahl: Q, geschlecht: m}\n", 2, ("„einzahl“ steht zweimal da",)),
        ("statusindex: {ausnahmen: {a: b, a: c}}\n", 1, ("„a“ steht zweimal da",)),
        ("statusindex: {ausnahmen: [a]}\n", 1, ("keine Gebiete mit Gründen",)),
        ("[" * 3000, 1, ("",)),
        ("titel: |\n  Eins\n  Zwei\n", 1, ("kein Text in einer Zeile",)),
        ("statusindex: 5\n", 1, ("enthält keine Angaben",)),
        ("statusindex: {jahre: 0}\n", 1, ("„jahre“ ist keine Zahl von 1 bis 10",)),
        ("statusindex: {mindestbevoelkerung: viele}\n", 1, ("keine ganze Zahl",)),
        ("statusindex: {mindestbevoelkerun: 5}\n", 1, ("Meinten Sie „mindestbevoelkerung“",)),
        ("statusindex: {ausnahmen: {sr_a: ''}}\n", 1, ("fehlt der Grund",)),
        ("regel:\n", 1, ("„regel“ ist leer", "unter_durchschnitt, typ")),
    ],
)
def test_faults_name_the_line_and_the_remedy(tmp_path: Path, text: str, row: int, words: tuple[str, ...]) -> None:
    found, faults = read(tmp_path, text)
    assert found == Settings()
    assert len(faults) == 1 and all(part in faults[0] for part in words)
    assert f"Zeile {row}" in faults[0]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / settings.NAME).write_bytes("# Prüfung der Räume\nregel: typ\n".encode("cp1252"))
    findings = Findings(tmp_path)
    assert settings.read(tmp_path, findings) == Settings() and len(findings) == 1


def test_what_the_settings_name_exists(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(STADT, folder)
    (folder / settings.NAME).write_text(
        "leitindikator: hilfequotee\nstatusindex: {ausnahmen: {sr_haven: Kern}}\n", "utf-8"
    )
    with pytest.raises(InputError) as caught:
        contract.load(folder)
    assert "„hilfequotee“ gibt es nicht" in str(caught.value) and "Meinten Sie „hilfequote“" in str(caught.value)
    assert "„sr_haven“ gibt es nicht" in str(caught.value)


def test_exceptions_in_the_descriptor_of_older_folders_hold(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(STADT, folder)
    path = folder / "datapackage.json"
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(content | {"statusindex": {"ausnahmen": {"sr_hafen": "Kern"}}}), "utf-8")
    assert contract.load(folder).settings.statusindex.ausnahmen == {"sr_hafen": "Kern"}
    (folder / "bericht.yml").write_text("statusindex: {mindestbevoelkerung: 5}\n", "utf-8")
    with pytest.raises(InputError, match=r"steht auch in datapackage\.json"):
        contract.load(folder)
    (folder / "bericht.yml").unlink()
    path.write_text(json.dumps(content | {"statusindex": {"ausnahmen": 5}}), "utf-8")
    with pytest.raises(InputError, match=r"datapackage\.json: „ausnahmen“ nennt keine Gebiete"):
        contract.load(folder)


def test_a_misspelt_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "bericht.yaml").write_text("regel: typ\n", "utf-8")
    findings = Findings(tmp_path)
    settings.read(tmp_path, findings)
    assert "Nennen Sie sie bericht.yml" in str(findings.faults()[0])


def test_the_order_of_the_dimensions_is_that_of_the_settings(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(STADT, folder)
    before = list(dict.fromkeys(contract.load(folder).indicators["dimension"]))
    (folder / settings.NAME).write_text(f"dimensionen: [{before[2]}, {before[0]}]\n", "utf-8")
    after = list(dict.fromkeys(contract.load(folder).indicators["dimension"]))
    assert after == [before[2], before[0], *(name for name in before if name not in (before[0], before[2]))]
    (folder / settings.NAME).write_text("dimensionen: [Bevölkerun]\n", "utf-8")
    with pytest.raises(InputError, match="Die Dimension „Bevölkerun“ gibt es nicht"):
        contract.load(folder)


def test_maps_are_drawn_in_the_system_of_the_settings(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(STADT, folder)
    for said, number in (("", 25832), ("EPSG:25833", 25833), ("31467", 31467)):
        (folder / settings.NAME).write_text(f"koordinatensystem: {said}\n" if said else "", "utf-8")
        frame = contract.load(folder).geometry
        assert frame is not None and frame.crs.to_epsg() == number and frame["label"].crs.to_epsg() == number
    for wrong in ("4326", "999999"):
        (folder / settings.NAME).write_text(f"koordinatensystem: {wrong}\n", "utf-8")
        with pytest.raises(InputError, match="rechnet nicht in Metern"):
            contract.load(folder)


def test_texts_are_read(tmp_path: Path) -> None:
    found, faults = read(
        tmp_path,
        "herausgeber: Stadt\nkontakt: Amt\nimpressum: Ein Absatz.\nauftrag: [Eins., Zwei.]\n"
        "texte: {dank: Danke., mehr: [A., B.]}\nvorfuehrung: {deckblatt: Probe, unter_karten: Skizze}\n",
    )
    assert faults == []
    assert (found.herausgeber, found.kontakt, found.impressum) == ("Stadt", "Amt", ("Ein Absatz.",))
    assert (found.auftrag, dict(found.texte)) == (("Eins.", "Zwei."), {"dank": ("Danke.",), "mehr": ("A.", "B.")})
    assert (found.vorfuehrung.deckblatt, found.vorfuehrung.unter_karten) == ("Probe", "Skizze")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("auftrag: []\n", "„auftrag“ ist leer"),
        ("auftrag: [[a]]\n", "„auftrag“ ist kein Text"),
        ("texte: Danke\n", "„texte“ enthält keine Texte"),
        ("texte: {dank: {a: b}}\n", "Der Text „dank“ ist kein Text"),
        ("vorfuehrung: ja\n", "Möglich sind: deckblatt, impressum"),
        ("pflichtangaben: {lizenz: a}\n", "Eine Angabe „lizenz“ gibt es nicht"),
        ("synonyme: ja\n", "Zum Beispiel: synonyme: {Kita:"),
        ("vorfuehrung: {deckblat: a}\n", "Meinten Sie „deckblatt“"),
        ("vorfuehrung: {deckblatt: [a, b]}\n", "hat mehr als einen Absatz"),
        ("dimensionen: Wohnen\n", "ist keine Liste verschiedener Namen"),
        ("dimensionen: [A, A]\n", "ist keine Liste verschiedener Namen"),
        ("koordinatensystem: UTM\n", "ist keine EPSG-Nummer"),
        ("ebenen:\n  q: {einzahl: Q, mehrzahl: Qs, geschlecht: m, wessen: des Q}\n", "In „wessen“ fehlt {name}"),
    ],
)
def test_faulty_texts_are_named(tmp_path: Path, text: str, words: str) -> None:
    found, faults = read(tmp_path, text)
    assert found == Settings() and len(faults) == 1 and words in faults[0]

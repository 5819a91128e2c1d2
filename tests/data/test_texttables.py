"""Text tables: foreign forms and marks are told as what they are; each kind is made here."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sozialbericht.data.reading.characters import alike, broken, described, hidden, printable, unprintable

W06 = "werte/2006.csv"


def rewrite(city, change, file=W06, encoding="utf-8"):
    path = city.folder / file
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode(encoding, errors="replace"))


def wide_years(text):
    return "raum_id;merkmal;2004;2005;2006\nsr_hafen;ew;1;2;3\nsr_altstadt;ew;1;2;3\n"


def wide_features(text):
    return "Gebiet;ew;alo;svb;hilfen\nHafen;1;2;3;4\n"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (wide_years, "eine breite Tabelle: je Zeile wird ein Wert erwartet"),
        (wide_features, "eine breite Tabelle: je Zeile wird ein Wert erwartet"),
        (lambda t: "Werte der Stadt\n\n" + t, "Über der Kopfzeile (Zeile 3)"),
        (lambda t: "Werte der Stadt;;;\nStand: 2006;;;\n" + t, "Über der Kopfzeile (Zeile 3)"),
        (lambda t: t + "Quelle: Statistisches Amt\n", "Unter der Tabelle steht noch ein Text"),
        (lambda t: t + "Quelle: Statistisches Amt;;;\n", "Unter der Tabelle steht noch ein Text"),
        (lambda t: t.replace("\nsr_hafen", "\nStadtbezirk Nord;;;\nsr_hafen", 1), "Die Zeile enthält nur einen Text"),
        (lambda t: "sep=,\n" + t, "nennt Excel ein anderes Trennzeichen"),
        (lambda t: t.replace("wert", "wert\u200b", 1), "unsichtbares Zeichen: U+200B"),
        (lambda t: t.replace("wert", "Wert", 1), "anders geschrieben als „wert“"),
        (lambda t: t.replace("sr_hafen", "sr_hafen\u202e", 1), "U+202E (kehrt die Schreibrichtung um)"),
        (lambda t: t.replace("sr_hafen", "sr_hafen\x07", 1), "U+0007"),
        (lambda t: t.replace("sr_hafen", "sr_hafen\ufffe", 1), "U+FFFE"),
        (lambda t: t.replace("sr_hafen", "sr_\u200bhafen", 1), "U+200B"),
        (lambda t: t.replace("sr_hafen", "sr_\x00hafen", 1), "Nullbyte"),
        (lambda t: t.replace("5210", "9" * 400), "zu groß"),
        (lambda t: t.replace("5210", "1e400"), "verkürzte"),
        (lambda t: t.replace("5210", "inf"), "keine Zahl"),
        (lambda t: t.replace("5210", "nan"), "keine Zahl"),
        (lambda t: t.replace("5210", "٥٢١٠"), "keine Zahl"),
        (lambda t: t.replace("5210", "5210-"), "keine Zahl"),
        (lambda t: t.replace("2006-12-31;5210", "٢٠٠٦-١٢-٣١;5210"), "kein Datum"),
        (lambda t: t.replace("2006-12-31;5210", "39082;5210"), "fortlaufende Nummer von Excel"),
        (lambda t: t.replace("2006-12-31;5210", "31.12.06;5210"), "kein Datum"),
    ],
)
def test_foreign_forms(city, change, words):
    rewrite(city, change)
    fault = city.fault()
    assert fault.place == f"stadt/{W06}" and words in fault.what + fault.remedy and fault.remedy and fault.row


@pytest.mark.parametrize("ends", ["\r", "\r\n", "\n\n"])
def test_line_ends(city, tables, ends):
    rewrite(city, lambda text: text.replace("\n", ends))
    assert city.load().values["wert"].equals(tables.values["wert"])


def test_what_excel_writes_first(city, tables):
    rewrite(city, lambda text: "sep=;\n" + text)
    assert city.load().values["wert"].equals(tables.values["wert"])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "cp850"])
def test_encodings(city, encoding):
    rewrite(city, str, "merkmale.csv", encoding)
    fault = city.fault()
    title = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS"}.get(encoding, encoding[:6].upper())
    assert fault.place == "stadt/merkmale.csv" and title in fault.what


def test_a_byte_order_mark_is_no_part_of_the_table(city, tables):
    rewrite(city, str, "merkmale.csv", "utf-8-sig")
    assert city.load().features.equals(tables.features)


def test_letters_and_accents_put_together_make_no_difference(city, tables):
    for file in ("raeume.csv", "merkmale.csv", "indikatoren.csv"):
        rewrite(city, lambda text: unicodedata.normalize("NFD", text), file)
    again = city.load()
    assert again.areas["name"].equals(tables.areas["name"])
    assert list(again.indicators["dimension"].unique()) == list(tables.indicators["dimension"].unique())


def test_names_that_differ_in_their_form_only_are_the_same(city):
    city.edit("raeume.csv", "Hafen;Hafen", "Höfe;Höfe")
    city.edit("raeume.csv", "Gartenfeld;Gartenfeld", "Ho\u0308fe;Ho\u0308fe")
    assert any("schon an ein anderes Gebiet" in f.what for f in city.faults())


@pytest.mark.parametrize(
    ("old", "new"), [("Hafen;Hafen", "ALTSTADT;ALTSTADT"), ("Hafen;Hafen", "Alt\u00adstadt;Alt\u00adstadt")]
)
def test_names_that_look_the_same(city, old, new):
    city.edit("raeume.csv", old, new)
    assert all("unterscheidet sich kaum von „Altstadt“" in f.what for f in city.faults())


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("raeume.csv", "sr_hafen;2", "sr_hafen;99999999999999999999", "nummer"),
        ("raeume.csv", "sr_hafen;2", "sr_hafen;99999", "nummer"),
        ("indikatoren.csv", "%;der Bevölkerung;1;", "%;der Bevölkerung;1000000000;", "nachkommastellen"),
        ("indikatoren.csv", "ew;100;%", f"ew;{'9' * 400};%", "faktor"),
        ("indikatoren.csv", "neutral;12;0;", "neutral;12;99999;", "verzug_jahre"),
        ("merkmale.csv", "nein;;Melderegister", "nein;ew_u18;Melderegister", "teil_von"),
        ("merkmale.csv", "Bevölkerung insgesamt", "x" * 900, "bezeichnung"),
        ("merkmale.csv", "Bevölkerung insgesamt", '"Bevölkerung\ninsgesamt"', "bezeichnung"),
        ("merkmale.csv", "Bevölkerung insgesamt", "Bevölkerung\tinsgesamt", "bezeichnung"),
    ],
)
def test_absurd_entries_of_the_catalogue(city, file, old, new, column):
    city.edit(file, old, new)
    fault = city.faults()[0]
    assert (fault.place, fault.column) == (f"stadt/{file}", column) and fault.row


@pytest.mark.parametrize("key", ["con", "nul", "com1", "../x", "a/b", "x" * 90])
def test_keys_name_files(city, key):
    def free(content):
        content["resources"][0]["schema"]["fields"][0]["constraints"].pop("pattern")

    city.describe(free)
    for file in ("raeume.csv", "werte/2004.csv", "werte/2005.csv", W06, "raeume.geojson"):
        city.edit(file, "sr_hafen", key, -1)
    assert "taugt nicht als Schlüssel" in city.fault().what


def test_a_table_cut_off_by_excel(city):
    head, first = city.lines("brueche.csv")[:2]
    (city.folder / "brueche.csv").write_text("\n".join([head, *([first] * 65_535)]) + "\n", encoding="utf-8")
    assert "abgeschnitten" in city.fault().what


def test_minus_nothing_is_nothing(city):
    row = city.row(W06, "sr_hafen;geburten")
    city.edit(W06, city.lines(W06)[row - 1], "sr_hafen;geburten;2006-12-31;-0")
    values = city.load().values
    assert str(values["wert"][(values["datei"] == W06) & (values["zeile"] == row)].iloc[0]) == "0.0"


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.characters(codec="utf-8"), st.sampled_from(["raum_id", "wert"]))
def test_any_character_in_a_cell_is_read_or_named(tmp_path_factory, sign, column):
    from sozialbericht.data.faultlist import Findings
    from sozialbericht.data.reading.tablefile import Source
    from sozialbericht.data.reading.tabular import read_table

    folder = tmp_path_factory.mktemp("t")
    cells = {"raum_id": "a", "wert": "1"} | {column: f"a{sign}b"}
    (folder / "t.csv").write_text(
        f'raum_id;wert\n"{cells["raum_id"]}";"{cells["wert"]}"\n', encoding="utf-8", newline=""
    )
    findings = Findings(folder)
    resource = {"name": "t", "schema": {"fields": [{"name": "raum_id"}, {"name": "wert"}]}}
    frame = read_table(Source(folder / "t.csv", "t.csv", resource, findings))
    if len(findings):
        assert all(f.place.endswith("t.csv") for f in findings.faults())
    else:
        assert frame[column].tolist() == [unicodedata.normalize("NFC", cells[column])]


def test_characters():
    assert unprintable("Hörde") == "" and unprintable("a\nb") == "\n" and unprintable("a\nb", lines=True) == ""
    assert printable("a\u202eb\x00") == "ab" and broken("a\u2060b") == "" and broken("a\ud800") == "\ud800"
    assert described("\ud800").startswith("U+D800") and alike("Alt\u00adstadt ") == alike("ALTSTADT")
    assert hidden("a\u200bb\u00a0") == ["U+200B (unsichtbares Zeichen)", "U+00A0"]

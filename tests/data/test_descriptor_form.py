"""The descriptor: whatever stands at whichever place, it is in order or named with its place."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sozialbericht.data import descriptor
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.reading.jsontext import JsonError, parse

STADT = Path(__file__).parents[1] / "stadt"

CONTENT = json.loads((STADT / "datapackage.json").read_text(encoding="utf-8"))
WRONG = [
    None,
    True,
    -1,
    1.5,
    "",
    "x",
    "../../etc",
    [],
    {},
    [None],
    [[]],
    {"a": 1},
    "\u202e",
    "a\x00",
    "\ud800",
    ["x", 1],
    10**15,
]


def places(content):
    waiting, found = [((), content)], []
    while waiting:
        place, item = waiting.pop()
        keys = range(len(item)) if isinstance(item, list) else list(item) if isinstance(item, dict) else ()
        for key in keys:
            found.append((*place, key))
            waiting.append(((*place, key), item[key]))
    return found


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(places(CONTENT)), st.sampled_from([*WRONG, "DELETE"]))
def test_anything_at_any_place(tmp_path_factory, place, value):
    content = json.loads(json.dumps(CONTENT))
    holder = content
    for key in place[:-1]:
        holder = holder[key]
    if value == "DELETE":
        del holder[place[-1]]
    else:
        holder[place[-1]] = value
    folder = tmp_path_factory.mktemp("d")
    (folder / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    findings = Findings(folder)
    if descriptor.read(folder, findings) is None:
        assert all("datapackage.json" in str(fault) and fault.what for fault in findings.faults())
        assert all(str(fault).encode("utf-8") for fault in findings.faults())


@pytest.mark.parametrize(
    "path",
    [
        "../raeume.csv",
        "/etc/passwd",
        "C:\\raeume.csv",
        "C:raeume.csv",
        "http://a.de/raeume.csv",
        "a/../../x.csv",
        "a\x00.csv",
        "\\\\server\\x.csv",
        "file:///x.csv",
    ],
)
def test_paths_that_lead_outside(city, path):
    city.resource("raeume", path=path)
    assert "aus dem Datenordner" in city.faults()[0].what or "U+0000" in city.faults()[0].what


@pytest.mark.parametrize("file", ["raeume.csv", "werte/2006.csv", "raeume.geojson"])
def test_links_that_lead_outside(city, file):
    outside = city.folder.parent / "draussen"
    (city.folder / file).rename(outside)
    (city.folder / file).symlink_to(outside)
    assert any("aus dem Datenordner hinausführt" in f.what and f.place == f"stadt/{file}" for f in city.faults())


@pytest.mark.parametrize("name", ["base64", "rot13", "idna", "undefined", "unicode_escape", "utf-88", "a\x00b"])
def test_encodings_that_are_none_of_texts(city, name):
    city.resource("brueche", encoding=name)
    assert city.fault().place == "stadt/datapackage.json"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "tief verschachtelt"),
        ('{"a":' * 100_000, "tief verschachtelt"),
        ("9" * 6000, "keine Zahl"),
        ('{\n"a": 1e999}', "keine Zahl"),
        ('{"a": NaN}', "keine Zahl"),
        ('{"a": -Infinity}', "keine Zahl"),
        ('{"a": 1,\n"a": 2}', "zweimal"),
        ('{"a": 1,}', "ungültig, an Position . der Zeile: (Ein Name|Das Komma)"),
        ("{a: 1}", "Ein Name in Anführungszeichen fehlt"),
        ('{\n"a" 1}', "ungültig, an Position 5 der Zeile: Ein Doppelpunkt fehlt"),
        ("[1 2]", "Ein Komma oder eine schließende Klammer fehlt"),
        ("[1,]", "Ein Wert fehlt|Das Komma ist zu viel"),
        ('["\t"]', "Mitten im Text"),
        (r'["\u12"]', r"Nach „\\“"),
        ("{} x", "schon zu Ende"),
        ("'a'", "Ein Wert fehlt"),
        ("", "bricht das JSON ab"),
        ('[1,\n2', "bricht das JSON ab"),
        ('{\n"a', "bricht das JSON ab"),
    ],
)
def test_json_is_read_strictly(text, words):
    with pytest.raises(JsonError, match=words) as error:
        parse(text)
    assert "\n" not in text or error.value.row == 2


def test_json_with_a_byte_order_mark(city, tables):
    path = city.folder / "datapackage.json"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert city.load().years == tables.years


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: r["werte"].pop("jahresdateien"), "{jahr}"),
        (lambda r: r["raeume"]["schema"].pop("primaryKey"), "primaryKey"),
        (lambda r: r["raeume"]["schema"]["fields"][1].update(type="string"), "der Bericht braucht „integer“"),
        (lambda r: r["raeume"]["schema"]["fields"].append({"name": "name"}), "doppelt"),
        (lambda r: r["merkmale"]["schema"]["fields"][0]["constraints"].update(minimum=1), "passt nicht zum Typ"),
        (lambda r: r["merkmale"]["schema"]["fields"][0]["constraints"].update(pattern="["), "Muster"),
        (lambda r: r["werte"]["schema"]["foreignKeys"][0].update(fields=["raum"]), "nicht genau eine Spalte"),
        (
            lambda r: r["werte"]["schema"]["foreignKeys"][0]["reference"].update(resource="brueche"),
            "nicht auf den Schlüssel",
        ),
        (lambda r: r["brueche"].update(dialect={"delimiter": ";;"}), "ein einzelnes Zeichen"),
    ],
)
def test_what_a_contract_needs(city, change, words):
    city.describe(lambda d: change({r["name"]: r for r in d["resources"]}))
    faults = city.faults()
    assert any(words in fault.what for fault in faults), faults
    assert all(fault.place == "stadt/datapackage.json" for fault in faults)

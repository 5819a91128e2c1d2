"""The interface read from the source against the one that Python has after importing; what parameters mean.

Looked at are the report and every class of the package that something of the report gives, at any remove.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

import sozialbericht
from sozialbericht.checking import usage
from sozialbericht.checking.code.inference import Inference
from sozialbericht.checking.code.interface import Interface
from sozialbericht.checking.code.signatures import BY_NAME, BY_POSITION, EITHER, NAMED_REST, REST
from sozialbericht.checking.fields import UNKNOWN
from sozialbericht.checking.meanings import EXCEPTIONS, MADE, PARAMETERS, TABLES, meaning

PLACE = ("sozialbericht.bericht", "Bericht")
PACKAGE = Path(inspect.getfile(sozialbericht)).parent
KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: BY_POSITION, inspect.Parameter.POSITIONAL_OR_KEYWORD: EITHER,
    inspect.Parameter.VAR_POSITIONAL: REST, inspect.Parameter.KEYWORD_ONLY: BY_NAME,
    inspect.Parameter.VAR_KEYWORD: NAMED_REST,
}  # fmt: skip
#: What an object gets when it is made, without a line of its class that says so.
OF_INSTANCES = {PLACE: {"jahr", "vergleichsjahr"}, ("sozialbericht.profile.areaprofile", "Profil"): {"raum"}}


@pytest.fixture(scope="module")
def interface() -> Interface:
    return Interface()


def public(cls: type) -> list[str]:
    """The public names of a class; of a text only its own. ``dir`` hides the properties of an enumeration."""
    text, names = issubclass(cls, str), sorted({*dir(cls), *vars(cls)})
    return [n for n in names if not n.startswith("_") and not (text and hasattr(str, n) and n not in vars(cls))]


def signature(function: object) -> list[tuple[str, str, bool]]:
    parameters = list(inspect.signature(function).parameters.values())  # type: ignore[arg-type]
    optional = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return [(p.name, KINDS[p.kind], p.default is not p.empty or p.kind in optional) for p in parameters]


def classes_in(given: Any) -> Iterator[tuple[str, str]]:
    """The classes in a type: that of a list's items, too."""
    if given and given[0] == "object":
        yield given[1], given[2]
    elif given and given[0] in ("list", "iterable", "tuple", "dict"):
        for part in given[1:]:
            yield from classes_in(part)


@cache
def reached() -> list[tuple[str, str]]:
    """The report and every class of the package that one of its members gives, or a member of what that gives."""
    interface = Interface()
    inference, found, waiting = Inference(interface), {PLACE}, [PLACE]
    while waiting:
        place = waiting.pop()
        for name in interface.members(place):
            member = interface.member(place, name)
            assert member is not None
            given = inference.resolved(member[1]["type"], member[1].get("module", member[0][0]))
            new = set(classes_in(given)) - found
            found |= new
            waiting += new
    return sorted(found)


def real(place: tuple[str, str]) -> type:
    """The class itself."""
    cls = getattr(importlib.import_module(place[0]), place[1])
    assert isinstance(cls, type)
    return cls


def methods(place: tuple[str, str]) -> list[str]:
    """The names of the public methods of a class."""
    cls = real(place)
    return [name for name in public(cls) if inspect.isfunction(inspect.getattr_static(cls, name))]


def called(place: tuple[str, str], name: str) -> str:
    """A method as the tables of meanings call it: ``karte`` of the report, ``Typologie.karte`` of another class."""
    return name if place == PLACE else f"{place[1]}.{name}"


def parameters() -> Iterator[tuple[str, inspect.Parameter]]:
    """Every parameter of every method that a notebook can reach; those of texts mean what they mean in Python."""
    for place in reached():
        if not issubclass(real(place), str):
            for name in methods(place):
                for parameter in list(inspect.signature(getattr(real(place), name)).parameters.values())[1:]:
                    yield called(place, name), parameter


def test_what_the_report_gives_is_found() -> None:
    """Results with pictures of their own, values, and what these give."""
    results = {
        "Aktionsplan", "Altersaufbau", "Anhang", "Aufteilung", "Fluss", "Kurzfassung", "Profil", "Raumstruktur",
        "Register", "Statusbericht", "Typologie", "Veroeffentlichtes",
    }  # fmt: skip
    values = {"Auswahl", "Auswahlwechsel", "Wert", "Aenderung", "Typ", "Lage", "KeyFigure", "Markup", "Abstand"}
    further = {"Platz", "Raummuster", "Segregation", "Strukturprobe", "Gruppenwahl", "Typwechsel", "Betrag"}
    assert {"Bericht"} | results | values | further <= {cls for _, cls in reached()}


@pytest.mark.parametrize("place", reached(), ids=lambda place: place[1])
def test_every_member_is_known_and_nothing_else(interface: Interface, place: tuple[str, str]) -> None:
    cls = real(place)
    wanted = set(public(cls)) | OF_INSTANCES.get(place, set())
    if dataclasses.is_dataclass(cls):
        wanted |= {field.name for field in dataclasses.fields(cls)}
    assert set(interface.members(place)) == wanted
    assert interface.is_open(place) == (issubclass(cls, str) and place[1] not in ("Markup",))


@pytest.mark.parametrize(
    ("place", "name"), [(p, n) for p in reached() for n in methods(p)], ids=lambda part: str(part).rpartition("'")[0]
)
def test_signatures(interface: Interface, place: tuple[str, str], name: str) -> None:
    found = interface.member(place, name)
    assert found is not None
    assert found[1]["kind"] == "method"
    read = [(p["name"], p["kind"], p["optional"]) for p in found[1]["parameters"]]
    assert read == signature(getattr(real(place), name))[1:]


@pytest.mark.parametrize("place", reached(), ids=lambda place: place[1])
def test_how_objects_are_made(interface: Interface, place: tuple[str, str]) -> None:
    cls = real(place)
    if dataclasses.is_dataclass(cls) or "__init__" in vars(cls):
        made = interface.constructor(place)
        assert made is not None
        assert [(p["name"], p["kind"], p["optional"]) for p in made[1]["parameters"]] == signature(cls)


@pytest.mark.parametrize("place", reached(), ids=lambda place: place[1])
def test_properties(interface: Interface, place: tuple[str, str]) -> None:
    cls = real(place)
    for name in public(cls):
        if isinstance(inspect.getattr_static(cls, name), (property, cached_property)):
            found = interface.member(place, name)
            assert found is not None
            assert found[1]["kind"] == "property", name


def test_verbs_are_looked_up_where_they_stand(interface: Interface) -> None:
    """The types of a verb are those of its module: ``b.auswahl()`` gives a class that bericht.py does not name."""
    found = interface.member(PLACE, "auswahl")
    assert found is not None
    assert found[1]["kind"] == "method"
    assert found[1]["module"] == "sozialbericht.findings.decision"
    assert "Auswahl" not in interface.names(PLACE[0])


def test_a_kept_interface_is_the_same(interface: Interface) -> None:
    assert interface.members(PLACE)
    again = Interface(interface.written())
    assert again.members(PLACE) == interface.members(PLACE)
    assert again.written() == ""


def test_names_of_modules(interface: Interface) -> None:
    assert interface.find("sozialbericht", "numbers") == ("module", "sozialbericht.numbers", "")
    assert interface.find("sozialbericht.findings.decision", "runs_in_words") == (
        "function", "sozialbericht.findings.types", "runs_in_words",
    )  # fmt: skip
    assert interface.find("sozialbericht.findings.typification", "gibt_es_nicht") is None
    assert interface.module("sozialbericht.gibt.es.nicht") is None
    assert interface.module("os") is None


# what parameters mean


def test_every_parameter_of_words_is_classified() -> None:
    """A new parameter that takes words has to be told what it means, or the check would pass over it."""
    unknown = {
        f"{method}.{parameter.name}"
        for method, parameter in parameters()
        if "str" in str(parameter.annotation)
        and parameter.name not in PARAMETERS
        and f"{method}.{parameter.name}" not in EXCEPTIONS
    }
    assert unknown == set()


def test_no_meaning_is_left_over() -> None:
    given = {(method, parameter.name) for method, parameter in parameters()}
    assert set(PARAMETERS) - {parameter for _, parameter in given} == {"daten"}
    assert {tuple(key.rsplit(".", 1)) for key in EXCEPTIONS} <= given
    assert set(MADE) | TABLES <= {method for method, _ in given}


def test_what_takes_keys_is_looked_at() -> None:
    """Every class whose methods take keys, words or labels stands in a room that the check reads the calls of."""
    taking = {method.partition(".")[0] for method, p in parameters() if "." in method and meaning(method, p.name).kind}
    rooms = {cls for module, cls in reached() if module.startswith(usage.ROOMS)}
    assert "Auswahl" in taking
    assert taking <= rooms


def test_every_label_that_a_method_makes_is_listed() -> None:
    """The labels in the code of the package are those of the table."""
    listed = {re.sub(r"\{\w+\}|#", UNKNOWN, form) for forms in MADE.values() for form in forms}
    found = set()
    for path in (p for room in ("writing", "findings", "subjects", "profile") for p in (PACKAGE / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = {
            id(n.body[0].value)
            for n in ast.walk(tree)
            if isinstance(n, (ast.FunctionDef, ast.ClassDef, ast.Module)) and n.body and isinstance(n.body[0], ast.Expr)
        }
        inner = {id(part) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for part in n.values}
        for node in ast.walk(tree):
            if id(node) in documented or id(node) in inner:
                continue
            text = ""
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_mark":
                text = f"fig-{UNKNOWN}-{ast.literal_eval(node.args[1])}"
            elif isinstance(node, ast.JoinedStr):
                text = "".join(str(v.value) if isinstance(v, ast.Constant) else UNKNOWN for v in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            if match := re.fullmatch(rf"#?((?:fig|tbl|sec)-[\w{UNKNOWN}-]+)", text):
                found.add(match[1])
    assert {"karte", "rang", "verlauf"} <= {label.rpartition("-")[2] for label in found}
    others = {f"sec-profil-{UNKNOWN}", "sec-profil-", f"fig-{UNKNOWN}-{UNKNOWN}"}  # of profiles; made by _mark
    others |= {"sec-tabellen", "sec-verzeichnis", "sec-weitere-auffaellige"}  # of chapters, which the package refers to
    assert found - listed - others == set()

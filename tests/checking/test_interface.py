"""The interface read from the source against the one that Python has after importing; what parameters mean."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from functools import cached_property
from pathlib import Path

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.checking.code.inference import Inference
from sozialbericht.checking.code.interface import Interface
from sozialbericht.checking.code.signatures import BY_NAME, BY_POSITION, EITHER, NAMED_REST, REST
from sozialbericht.checking.fields import UNKNOWN
from sozialbericht.checking.meanings import EXCEPTIONS, MADE, PARAMETERS

PLACE = ("sozialbericht.bericht", "Bericht")
WRITING = Path(inspect.getfile(Bericht)).parent
KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: BY_POSITION, inspect.Parameter.POSITIONAL_OR_KEYWORD: EITHER,
    inspect.Parameter.VAR_POSITIONAL: REST, inspect.Parameter.KEYWORD_ONLY: BY_NAME,
    inspect.Parameter.VAR_KEYWORD: NAMED_REST,
}  # fmt: skip


@pytest.fixture(scope="module")
def interface() -> Interface:
    return Interface()


def public(cls: type) -> list[str]:
    return [name for name in dir(cls) if not name.startswith("_")]


def signature(function: object) -> list[tuple[str, str, bool]]:
    parameters = list(inspect.signature(function).parameters.values())  # type: ignore[arg-type]
    optional = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return [(p.name, KINDS[p.kind], p.default is not p.empty or p.kind in optional) for p in parameters]


def test_every_member_of_the_report_is_known_and_nothing_else(interface: Interface) -> None:
    of_instances = {"jahr", "vergleichsjahr"}
    assert set(interface.members(PLACE)) == set(public(Bericht)) | of_instances
    assert not interface.is_open(PLACE)


@pytest.mark.parametrize("name", [n for n in public(Bericht) if inspect.isfunction(inspect.getattr_static(Bericht, n))])
def test_signatures(interface: Interface, name: str) -> None:
    found = interface.member(PLACE, name)
    assert found is not None
    assert found[1]["kind"] == "method"
    read = [(p["name"], p["kind"], p["optional"]) for p in found[1]["parameters"]]
    assert read == signature(getattr(Bericht, name))[1:]


def test_properties(interface: Interface) -> None:
    for name in public(Bericht):
        if isinstance(inspect.getattr_static(Bericht, name), (property, cached_property)):
            found = interface.member(PLACE, name)
            assert found is not None
            assert found[1]["kind"] == "property", name


def test_what_methods_give_has_the_members_that_its_class_has(interface: Interface) -> None:
    """Every class of the package that a method of the report gives."""
    inference, seen = Inference(interface), set()
    for name in public(Bericht):
        found = interface.member(PLACE, name)
        assert found is not None
        given = inference.resolved(found[1]["type"], found[0][0])
        while given and given[0] in ("list", "iterable"):
            given = given[1]
        if given and given[0] == "object":
            seen.add((given[1], given[2]))
    assert {"Wert", "Aenderung", "Typisierung", "Typ", "Lage", "KeyFigure", "Markup"} <= {cls for _, cls in seen}
    for module, cls in sorted(seen):
        real = getattr(__import__(module, fromlist=[cls]), cls)
        wanted = {n for n in public(real) if not (issubclass(real, str) and hasattr(str, n) and n not in vars(real))}
        if dataclasses.is_dataclass(real):
            wanted |= {field.name for field in dataclasses.fields(real)}
        assert set(interface.members((module, cls))) == wanted, cls
        made = interface.constructor((module, cls))
        if dataclasses.is_dataclass(real):
            assert made is not None
            assert [(p["name"], p["kind"], p["optional"]) for p in made[1]["parameters"]] == signature(real)


def test_a_kept_interface_is_the_same(interface: Interface) -> None:
    assert interface.members(PLACE)
    again = Interface(interface.kept())
    assert again.members(PLACE) == interface.members(PLACE)
    assert again.kept() == ""


def test_names_of_modules(interface: Interface) -> None:
    assert interface.find("sozialbericht", "numbers") == ("module", "sozialbericht.numbers", "")
    assert interface.find("sozialbericht.findings.typification", "typname") == (
        "function", "sozialbericht.findings.types", "typname",
    )  # fmt: skip
    assert interface.find("sozialbericht.findings.typification", "gibt_es_nicht") is None
    assert interface.module("sozialbericht.gibt.es.nicht") is None
    assert interface.module("os") is None


# what parameters mean


def test_every_parameter_of_words_is_classified() -> None:
    """A new parameter that takes words has to be told what it means, or the check would pass over it."""
    unknown = set()
    for name in public(Bericht):
        method = inspect.getattr_static(Bericht, name)
        if inspect.isfunction(method):
            for parameter in inspect.signature(method).parameters.values():
                words = "str" in str(parameter.annotation)
                known = parameter.name in PARAMETERS or f"{name}.{parameter.name}" in EXCEPTIONS
                if words and not known and parameter.name not in ("self", "satz"):
                    unknown.add(f"{name}.{parameter.name}")
    assert unknown == set()


def test_no_meaning_is_left_over() -> None:
    given = {
        (name, parameter)
        for name in public(Bericht)
        if inspect.isfunction(inspect.getattr_static(Bericht, name))
        for parameter in inspect.signature(getattr(Bericht, name)).parameters
    }
    names = {parameter for _, parameter in given}
    assert set(PARAMETERS) - names == {"daten"}
    assert {tuple(key.split(".")) for key in EXCEPTIONS} <= given
    assert set(MADE) <= set(public(Bericht))


def test_every_label_that_a_method_makes_is_listed() -> None:
    """The labels in the code of the package are those of the table."""
    listed = {re.sub(r"\{\w+\}|#", UNKNOWN, form) for forms in MADE.values() for form in forms}
    found = set()
    for path in WRITING.glob("*.py"):
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
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(v.value) if isinstance(v, ast.Constant) else UNKNOWN for v in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            if match := re.fullmatch(rf"#?((?:fig|tbl|sec)-[\w{UNKNOWN}-]+)", text):
                found.add(match[1])
    made_by_profiles = {f"sec-profil-{UNKNOWN}", "sec-profil-"}
    assert {label for label in found - listed if label not in made_by_profiles} == set()

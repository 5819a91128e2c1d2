"""Calls: whether a function of the package takes what a notebook gives it, and which argument is which parameter."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from sozialbericht.checking.code.signatures import BY_NAME, BY_POSITION, NAMED_REST, REST, Member, Parameter
from sozialbericht.faults import listed, nearest

Said = tuple[ast.expr, str, str]


def check(node: ast.Call, name: str, member: Member) -> Iterator[Said]:
    """What is wrong with the arguments of a call: where, what, what to do."""
    parameters = member["parameters"]
    by_place = [p for p in parameters if p["kind"] in (BY_POSITION, "")]
    by_name = {p["name"]: p for p in parameters if p["kind"] in ("", BY_NAME)}
    kinds = {p["kind"] for p in parameters}
    starred = any(isinstance(a, ast.Starred) for a in node.args)
    spread = any(k.arg is None for k in node.keywords)
    if len(node.args) > len(by_place) and REST not in kinds and not starred:
        most = len(by_place)
        only = ", ".join(p["name"] for p in by_place)
        told = f"höchstens {most} ({only})" if most else "keine"
        more = listed((p["name"] for p in parameters if p["kind"] == BY_NAME), 20)
        remedy = f"Weitere Angaben brauchen ihren Namen: {more}." if more else "Die überzähligen Angaben streichen."
        yield node.args[most], f"„{name}“ bekommt {len(node.args)} Angaben ohne Namen und nimmt {told}.", remedy
    taken = set() if starred else {p["name"] for p in by_place[: len(node.args)]}
    for keyword in node.keywords:
        if keyword.arg is None:
            continue
        if keyword.arg in taken:
            yield keyword.value, f"„{name}“ bekommt die Angabe „{keyword.arg}“ zweimal.", "Eine davon streichen."
        elif keyword.arg not in by_name and NAMED_REST not in kinds:
            remedy = nearest(keyword.arg, by_name) or (
                f"Vorhanden: {listed(by_name, 20)}." if by_name else "Die Angabe streichen."
            )
            yield keyword.value, f"Die Angabe „{keyword.arg}“ kennt „{name}“ nicht.", remedy
        taken.add(keyword.arg)
    needed = [p["name"] for p in parameters if not p["optional"] and p["name"] not in taken]
    if needed and not spread and not (starred and all(n in [p["name"] for p in by_place] for n in needed)):
        missing = [n for n in needed if not starred or n not in [p["name"] for p in by_place]]
        words = " und ".join(f"„{n}“" for n in missing)
        yield node.func, f"„{name}“ braucht noch {words}.", f"{', '.join(f'{n}=…' for n in missing)} ergänzen."


def assigned(node: ast.Call, member: Member) -> Iterator[tuple[Parameter, ast.expr]]:
    """The arguments with the parameters that take them; what goes to the rest by name is left out."""
    by_place = [p for p in member["parameters"] if p["kind"] in (BY_POSITION, "", REST)]
    by_name = {p["name"]: p for p in member["parameters"] if p["kind"] in ("", BY_NAME)}
    for number, argument in enumerate(node.args):
        parameter = next(
            (p for n, p in enumerate(by_place) if n == number or (p["kind"] == REST and n <= number)), None
        )
        if parameter is None or (isinstance(argument, ast.Starred) and parameter["kind"] != REST):
            return
        yield parameter, argument
    yield from ((by_name[k.arg], k.value) for k in node.keywords if k.arg in by_name)


def values(node: ast.Call, member: Member) -> dict[str, ast.expr] | None:
    """The values given by name to the rest of the names; None where they are not all written out."""
    if any(k.arg is None for k in node.keywords) or not any(p["kind"] == NAMED_REST for p in member["parameters"]):
        return None
    names = {p["name"] for p in member["parameters"] if p["kind"] in ("", BY_NAME)}
    return {k.arg: k.value for k in node.keywords if k.arg is not None and k.arg not in names}


def choices(parameter: Parameter, aliases: Mapping[str, Any]) -> list[Any]:
    """The values that a parameter allows, where its type lists them (``Literal``); else none."""
    kind = parameter["type"]
    options = kind[1:] if isinstance(kind, list) and kind[:1] == ["|"] else [kind]
    meant = [aliases.get(option) if isinstance(option, str) else option for option in options]
    return [value for option in meant if isinstance(option, list) and option[:1] == ["Literal"] for value in option[1:]]

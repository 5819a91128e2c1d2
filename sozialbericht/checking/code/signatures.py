"""Signatures read from the source of the package: what a module's classes and functions take and give.

A type is written as in an annotation: ``"Wert"``, ``["list", "Wert"]``, ``["|", "str", "None"]``.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, NotRequired, TypedDict

#: The folder above the package.
SOURCE = Path(__file__).resolve().parents[3]
PACKAGE = "sozialbericht"
#: Kinds of parameters: by position only, by position or name, the rest by position, by name only, the rest by name.
BY_POSITION, EITHER, REST, BY_NAME, NAMED_REST = "/", "", "*", "=", "**"


class Parameter(TypedDict):
    """A parameter: name, kind, whether it may be left out, type."""

    name: str
    kind: str
    optional: bool
    type: Any


class Member(TypedDict):
    """A function, or what a class has under a name: ``method``, ``property``, ``attribute``.

    A ``verb`` is a function of a module that a class takes over as a method (``karte = figures.karte``); its type is
    where it stands. ``module`` is where the types of its signature are to be looked up, if not where the class stands.
    """

    kind: str
    type: Any
    parameters: list[Parameter]
    module: NotRequired[str]


class Class(TypedDict):
    """A class: its bases, its own members, whether it is a dataclass, whether it answers to any name."""

    bases: list[Any]
    members: dict[str, Member]
    dataclass: bool
    open: bool


class Module(TypedDict):
    """A module: its classes and functions, where its other names come from (``module:name``), aliases of types."""

    classes: dict[str, Class]
    functions: dict[str, Member]
    imports: dict[str, str]
    names: list[str]
    aliases: dict[str, Any]


def read(name: str) -> Module | None:
    """A module by its dotted name; None if the package has none."""
    path = SOURCE.joinpath(*name.split("."))
    file = next((f for f in (path.with_suffix(".py"), path / "__init__.py") if f.is_file()), None)
    if file is None or not name.startswith(PACKAGE):
        return None
    found: Module = {"classes": {}, "functions": {}, "imports": {}, "names": [], "aliases": {}}
    try:
        tree = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError):
        return found
    _statements(tree.body, found)
    return found


def _statements(body: list[ast.stmt], found: Module) -> None:
    for node in body:
        if isinstance(node, ast.ClassDef):
            found["classes"][node.name] = _class(node)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found["functions"][node.name] = _function(node, 0)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found["imports"] |= {a.asname or a.name: f"{node.module}:{a.name}" for a in node.names}
        elif isinstance(node, ast.Import):
            found["imports"] |= {
                a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
                for a in node.names
            }
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)]
            found["names"] += names
            if isinstance(node, ast.Assign) and len(names) == 1 and isinstance(node.value, (ast.Subscript, ast.BinOp)):
                found["aliases"][names[0]] = written(node.value)
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            _statements(node.body, found)
            _statements(getattr(node, "orelse", []), found)


def _class(node: ast.ClassDef) -> Class:
    marks = [_name(d.func if isinstance(d, ast.Call) else d) for d in node.decorator_list]
    given = [d for d in node.decorator_list if isinstance(d, ast.Call)]
    by_name = any(k.arg == "kw_only" for d in given for k in d.keywords)
    found: Class = {
        "bases": [written(b) for b in node.bases],
        "members": {},
        "dataclass": "dataclass" in marks,
        "open": bool(node.keywords),
    }
    for part in node.body:
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found["members"][part.name] = _method(part)
            refuses = part.name == "__getattr__" and written(part.returns) == "NoReturn"
            found["open"] |= part.name in ("__getattr__", "__getattribute__") and not refuses
            if part.name == "__init__":
                _attributes(part, found)
        elif isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            made = not (isinstance(part.value, ast.Call) and any(k.arg == "init" for k in part.value.keywords))
            optional = part.value is not None and not (
                isinstance(part.value, ast.Call)
                and _name(part.value.func) == "field"
                and not any(k.arg in ("default", "default_factory") for k in part.value.keywords)
            )
            kind = written(part.annotation)
            parameter: Parameter = {
                "name": part.target.id,
                "kind": BY_NAME if by_name else EITHER,
                "optional": optional,
                "type": kind,
            }
            found["members"][part.target.id] = {
                "kind": "attribute",
                "type": kind,
                "parameters": [parameter] if made else [],
            }
        elif isinstance(part, ast.Assign):
            for target in part.targets:
                if isinstance(target, ast.Name):
                    verb = written(part.value) if isinstance(part.value, ast.Attribute) else None
                    kind = "verb" if verb else "attribute"
                    found["members"][target.id] = {"kind": kind, "type": verb, "parameters": []}
    return found


def _attributes(init: ast.FunctionDef | ast.AsyncFunctionDef, found: Class) -> None:
    for node in ast.walk(init):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Attribute) and _name(target.value) == "self":
                kind = written(node.annotation) if isinstance(node, ast.AnnAssign) else None
                found["members"].setdefault(target.attr, {"kind": "attribute", "type": kind, "parameters": []})


def _method(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Member:
    marks = {_name(mark) for mark in node.decorator_list}
    if marks & {"property", "cached_property"}:
        return {"kind": "property", "type": written(node.returns), "parameters": []}
    return _function(node, 0 if "staticmethod" in marks else 1)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, skipped: int) -> Member:
    given = node.args
    positional = [(a, BY_POSITION) for a in given.posonlyargs] + [(a, EITHER) for a in given.args]
    needed = len(positional) - len(given.defaults)
    parameters = [_parameter(a, kind, n >= needed) for n, (a, kind) in enumerate(positional)][skipped:]
    if given.vararg:
        parameters.append(_parameter(given.vararg, REST, True))
    pairs = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    parameters += [_parameter(a, BY_NAME, default is not None) for a, default in pairs]
    if given.kwarg:
        parameters.append(_parameter(given.kwarg, NAMED_REST, True))
    return {"kind": "method", "type": written(node.returns), "parameters": parameters}


def _parameter(given: ast.arg, kind: str, optional: bool) -> Parameter:
    return {"name": given.arg, "kind": kind, "optional": optional, "type": written(given.annotation)}


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def written(node: ast.AST | None) -> Any:
    """A type as it is written in an annotation; None where it says nothing."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            try:
                return written(ast.parse(node.value, mode="eval").body)
            except SyntaxError:
                return None
        return "None" if node.value is None else None
    if isinstance(node, ast.BinOp):
        return ["|", written(node.left), written(node.right)]
    if isinstance(node, ast.Subscript):
        base = _name(node.value)
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if base == "Literal":
            return [base, *(n.value for n in inner if isinstance(n, ast.Constant))]
        return [base, *map(written, inner)]
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return _name(node) or None if node is not None else None

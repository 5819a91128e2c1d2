"""What names and expressions of a notebook are, as far as its code says so.

Nothing is run. A type is a tuple: ``("object", module, class)``, ``("type", module, class)``,
``("function", module, name)``, ``("method", module, class, name)``, ``("module", name)``, ``("builtin", name)``,
``("list", T)``, ``("tuple", T, …)``, ``("dict", K, V)``, ``("iterable", T)``, ``("none",)``; None is what nothing is
known of.
"""

from __future__ import annotations

import ast
from typing import Any

from sozialbericht.checking.code.bindings import DEEPEST, ITEM, Bindings, Path, Scope, Type
from sozialbericht.checking.code.interface import Interface
from sozialbericht.checking.code.signatures import PACKAGE

_SEQUENCES = {"list", "Sequence", "set", "frozenset", "Collection"}
_ITERABLES = {"Iterable", "Iterator", "Generator"}
_GIVEN = {"len": "int", "int": "int", "str": "str", "float": "float", "round": None, "repr": "str", "bool": "bool"}


class Inference(Bindings):
    """Types of the expressions of one notebook."""

    def __init__(self, interface: Interface) -> None:
        super().__init__()
        self.interface = interface
        self._types: dict[tuple[int, int], tuple[Scope, Type]] = {}

    def type_of(self, node: ast.expr | None, scope: Scope, deep: int = 0) -> Type:
        """The type of an expression."""
        if node is None or deep > DEEPEST:
            return None
        key = (id(node), id(scope))
        if key not in self._types:
            method = getattr(self, f"_{type(node).__name__.lower()}", None)
            self._types[key] = scope, method(node, scope, deep + 1) if method else None
        return self._types[key][1]

    def _constant(self, node: ast.Constant, scope: Scope, deep: int) -> Type:
        return None if node.value is None or node.value is ... else ("builtin", type(node.value).__name__)

    def _joinedstr(self, node: ast.JoinedStr, scope: Scope, deep: int) -> Type:
        return ("builtin", "str")

    def _compare(self, node: ast.Compare, scope: Scope, deep: int) -> Type:
        return (
            ("builtin", "bool")
            if len(node.ops) == 1 and isinstance(node.ops[0], (ast.In, ast.NotIn, ast.Is, ast.IsNot))
            else None
        )

    def _name(self, node: ast.Name, scope: Scope, deep: int) -> Type:
        bindings = scope.find(node.id, (node.lineno, node.col_offset))
        if not bindings:
            return scope.known(node.id)
        return _same([self._reached(self.type_of(b.value, b.scope, deep), b.path) for b in bindings])

    def _reached(self, found: Type, path: Path) -> Type:
        for step in path:
            if found is None:
                return None
            if found[0] == "tuple":
                inner = found[1:]
                found = _same(list(inner)) if step == ITEM else inner[step] if step < len(inner) else None
            elif found[0] in ("list", "iterable", "dict"):
                found = found[1] if step == ITEM or found[0] != "dict" else None
            else:
                found = found if found == ("builtin", "str") else None
        return found

    def _attribute(self, node: ast.Attribute, scope: Scope, deep: int) -> Type:
        return self.attribute(self.type_of(node.value, scope, deep), node.attr)

    def attribute(self, owner: Type, name: str) -> Type:
        """The type of an attribute of something of a type."""
        if owner is None:
            return None
        if owner[0] == "module":
            return self.origin(owner[1], name)
        if owner[0] in ("object", "type") and (found := self.interface.member((owner[1], owner[2]), name)):
            (module, holder), member = found
            if member["kind"] == "method":
                return ("method", module, holder, name)
            return self.resolved(member["type"], module) if owner[0] == "object" else None
        return None

    def origin(self, module: str, name: str) -> Type:
        """The type of a name of a module of the package."""
        found = self.interface.find(module, name)
        kinds = {"class": "type", "function": "function"}
        if found is None or found[0] == "other":
            return None
        return ("module", found[1]) if found[0] == "module" else (kinds[found[0]], found[1], found[2])

    def _call(self, node: ast.Call, scope: Scope, deep: int) -> Type:
        called = self.type_of(node.func, scope, deep)
        if called is None:
            return self._builtin_call(node, scope, deep)
        if called[0] == "type":
            return ("object", called[1], called[2])
        member = self.member(called)
        return self.resolved(member["type"], member.get("module", called[1])) if member else None

    def member(self, called: Type) -> Any:
        """The function or method that a type names; None where it is none."""
        if called and called[0] == "method":
            found = self.interface.member((called[1], called[2]), called[3])
            return found[1] if found else None
        if called and called[0] == "function":
            there = self.interface.module(called[1])
            return there["functions"].get(called[2]) if there else None
        return None

    def _builtin_call(self, node: ast.Call, scope: Scope, deep: int) -> Type:
        given = [self.type_of(argument, scope, deep) for argument in node.args]
        if isinstance(node.func, ast.Attribute):
            owner = self.type_of(node.func.value, scope, deep)
            if owner and owner[0] == "dict":
                pair = {"items": ("tuple", owner[1], owner[2]), "values": owner[2], "keys": owner[1]}
                return ("iterable", pair[node.func.attr]) if node.func.attr in pair else None
            return None
        name = node.func.id if isinstance(node.func, ast.Name) and not scope.find(node.func.id, (0, 0)) else ""
        if name in _GIVEN:
            return ("builtin", _GIVEN[name]) if _GIVEN[name] else None
        items = [self._reached(one, (ITEM,)) for one in given]
        if name in ("sorted", "list", "reversed", "set") and items:
            return ("list", items[0])
        if name in ("max", "min", "next") and len(items) == 1 and len(node.keywords) < 2:
            return items[0]
        if name == "zip":
            return ("iterable", ("tuple", *items))
        if name == "enumerate" and items:
            return ("iterable", ("tuple", ("builtin", "int"), items[0]))
        return None

    def _subscript(self, node: ast.Subscript, scope: Scope, deep: int) -> Type:
        owner = self.type_of(node.value, scope, deep)
        if owner and owner[0] == "list":
            return owner if isinstance(node.slice, ast.Slice) else owner[1]
        if owner and owner[0] == "dict":
            return owner[2]
        if owner and owner[0] == "tuple" and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int):
            return owner[1:][node.slice.value] if -len(owner) < node.slice.value < len(owner) - 1 else None
        return None

    def _ifexp(self, node: ast.IfExp, scope: Scope, deep: int) -> Type:
        return _same([self.type_of(node.body, scope, deep), self.type_of(node.orelse, scope, deep)])

    def _boolop(self, node: ast.BoolOp, scope: Scope, deep: int) -> Type:
        return _same([self.type_of(value, scope, deep) for value in node.values])

    def _namedexpr(self, node: ast.NamedExpr, scope: Scope, deep: int) -> Type:
        return self.type_of(node.value, scope, deep)

    def _tuple(self, node: ast.Tuple, scope: Scope, deep: int) -> Type:
        return ("tuple", *(self.type_of(part, scope, deep) for part in node.elts))

    def _list(self, node: ast.List, scope: Scope, deep: int) -> Type:
        return ("list", _same([self.type_of(part, scope, deep) for part in node.elts]))

    def _dict(self, node: ast.Dict, scope: Scope, deep: int) -> Type:
        if any(key is None for key in node.keys):
            return None
        return (
            "dict",
            *(_same([self.type_of(part, scope, deep) for part in parts]) for parts in (node.keys, node.values)),
        )

    def _listcomp(self, node: ast.ListComp, scope: Scope, deep: int) -> Type:
        return ("list", self.type_of(node.elt, self.inner(node, scope), deep))

    def _generatorexp(self, node: ast.GeneratorExp, scope: Scope, deep: int) -> Type:
        return ("iterable", self.type_of(node.elt, self.inner(node, scope), deep))

    def _dictcomp(self, node: ast.DictComp, scope: Scope, deep: int) -> Type:
        inner = self.inner(node, scope)
        return ("dict", self.type_of(node.key, inner, deep), self.type_of(node.value, inner, deep))

    def resolved(self, spec: Any, module: str) -> Type:
        """The type that an annotation of a module means."""
        if isinstance(spec, str):
            if spec == "None":
                return ("none",)
            if spec in ("str", "int", "float", "bool"):
                return ("builtin", spec)
            found = self.interface.find(module, spec)
            return (
                ("object", found[1], found[2])
                if found and found[0] == "class" and found[1].startswith(PACKAGE)
                else None
            )
        if not isinstance(spec, list) or not spec:
            return None
        head, *rest = spec
        if head == "|":
            given = [part for part in rest if part != "None"]
            return self.resolved(given[0], module) if len(given) == 1 else None
        inner = [self.resolved(part, module) for part in rest]
        if head in _SEQUENCES and inner:
            return ("list", inner[0])
        if head in _ITERABLES and inner:
            return ("iterable", inner[0])
        if head == "tuple":
            return ("tuple", *inner) if None not in rest and len(rest) > 1 else None
        return ("dict", *inner) if head in ("dict", "Mapping") and len(inner) == 2 else None


def _same(types: list[Type]) -> Type:
    return types[0] if types and all(one == types[0] for one in types) else None

"""The names of a notebook: where each gets its value, in order, and the expressions that it may stand for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

#: What is known of an expression, see :mod:`sozialbericht.checking.code.inference`.
Type = Any
#: The way into a value: :data:`ITEM` for each of its items, a number for the one at this place.
Path = tuple[Any, ...]
ITEM = "item"
DEEPEST = 12
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


@dataclass
class Binding:
    """Where a name gets its value: the place, the expression, the way into it, whether under a condition."""

    place: tuple[int, int]
    value: ast.expr | None
    path: Path
    conditional: bool
    scope: Scope


@dataclass
class Scope:
    """The names of a notebook, of a comprehension or of a function."""

    parent: Scope | None = None
    names: dict[str, list[Binding]] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)

    def bind(
        self, target: ast.expr, value: ast.expr | None, path: Path, conditional: bool, scope: Scope | None = None
    ) -> None:
        """Note what an assignment to a target gives."""
        if isinstance(target, ast.Name):
            place = (target.lineno, target.col_offset)
            self.names.setdefault(target.id, []).append(Binding(place, value, path, conditional, scope or self))
        elif isinstance(target, (ast.Tuple, ast.List)):
            starred = any(isinstance(part, ast.Starred) for part in target.elts)
            for number, part in enumerate(target.elts):
                inner = part.value if isinstance(part, ast.Starred) else part
                self.bind(inner, None if starred else value, () if starred else (*path, number), conditional, scope)

    def find(self, name: str, place: tuple[int, int]) -> list[Binding]:
        """The bindings that a use at a place may mean, the nearest ones before it; all where there are none before."""
        given = self.names.get(name)
        if given is None:
            return self.parent.find(name, place) if self.parent else []
        found = []
        for binding in reversed([b for b in given if b.place < place]):
            found.append(binding)
            if not binding.conditional:
                break
        return found or given

    def known(self, name: str) -> Type:
        """The type of an imported name; None where it is none."""
        return self.types.get(name) or (self.parent.known(name) if self.parent else None)


class Bindings:
    """The scopes of one notebook's comprehensions, and what is written out in its expressions."""

    def __init__(self) -> None:
        self._inner: dict[int, Scope] = {}

    def inner(self, node: ast.AST, scope: Scope) -> Scope:
        """The scope of a comprehension, with the names of its loops."""
        if id(node) not in self._inner:
            made = Scope(scope)
            for loop in getattr(node, "generators", []):
                made.bind(loop.target, loop.iter, (ITEM,), False)
            self._inner[id(node)] = made
        return self._inner[id(node)]

    def parts(self, node: ast.expr | None, path: Path, scope: Scope, deep: int = 0) -> Iterator[tuple[ast.expr, Scope]]:
        """The expressions that may stand at a place inside another one, as far as they are written out."""
        if node is None or deep > DEEPEST:
            return
        if isinstance(node, ast.Name):
            for binding in scope.find(node.id, (node.lineno, node.col_offset)):
                yield from self.parts(binding.value, (*binding.path, *path), binding.scope, deep + 1)
        elif isinstance(node, (ast.IfExp, ast.BoolOp)):
            for value in [node.body, node.orelse] if isinstance(node, ast.IfExp) else node.values:
                yield from self.parts(value, path, scope, deep + 1)
        elif isinstance(node, ast.Starred):
            yield from self.parts(node.value, (ITEM, *path), scope, deep + 1)
        elif not path:
            yield node, scope
        else:
            for part, inner in self._inside(node, path[0], scope):
                yield from self.parts(part, path[1:], inner, deep + 1)

    def _inside(self, node: ast.expr, step: Any, scope: Scope) -> Iterator[tuple[ast.expr, Scope]]:
        if isinstance(node, COMPREHENSIONS) and step == ITEM:
            yield node.key if isinstance(node, ast.DictComp) else node.elt, self.inner(node, scope)
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            chosen = node.elts if step == ITEM else node.elts[step : step + 1]
            yield from ((part, scope) for part in chosen)
        elif isinstance(node, ast.Dict) and step == ITEM:
            yield from ((key, scope) for key in node.keys if key is not None)
        elif isinstance(node, ast.Call):
            yield from self._of_call(node, step, scope)
        elif isinstance(node, ast.BinOp) and step == ITEM:
            yield from (
                (part, scope) for side in (node.left, node.right) for part, _ in self.parts(side, (ITEM,), scope)
            )

    def _of_call(self, node: ast.Call, step: Any, scope: Scope) -> Iterator[tuple[ast.expr, Scope]]:
        if (
            isinstance(node.func, ast.Name)
            and node.func.id in ("list", "sorted", "tuple", "reversed", "set")
            and node.args
        ):
            yield from self.parts(node.args[0], (step,), scope)
        elif isinstance(node.func, ast.Attribute) and node.func.attr in ("items", "values", "keys") and step == ITEM:
            for table, inner in self.parts(node.func.value, (), scope):
                if isinstance(table, ast.Dict):
                    for key, value in zip(table.keys, table.values, strict=True):
                        if key is not None:
                            pair = ast.copy_location(ast.Tuple([key, value], ast.Load()), key)
                            yield {"items": pair, "values": value, "keys": key}[node.func.attr], inner

"""The names of a notebook: what its statements bind, in order."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from sozialbericht.checking.code.bindings import ITEM, Path, Scope
from sozialbericht.checking.code.inference import Inference
from sozialbericht.checking.code.signatures import PACKAGE


def collect(body: Iterable[ast.stmt], scope: Scope, inference: Inference, conditional: bool = False) -> None:
    """Note in a scope what the statements bind."""
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            _imported(node, scope, inference)
            continue
        for target, value, path in _bound(node):
            scope.bind(target, value, path, conditional or isinstance(node, ast.AugAssign))
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for name in ("body", "orelse", "finalbody"):
                collect(getattr(node, name, []), scope, inference, True)
            for part in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
                collect(part.body, scope, inference, True)


def _bound(node: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr | None, Path]]:
    """The targets that a statement gives a value to, the value, and the way into it."""
    if isinstance(node, ast.Assign):
        yield from ((target, node.value, ()) for target in node.targets)
    elif isinstance(node, ast.AnnAssign):
        yield node.target, node.value, ()
    elif isinstance(node, ast.AugAssign):
        yield node.target, None, ()
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield ast.Name(node.name, ast.Store(), lineno=node.lineno, col_offset=node.col_offset), None, ()
    elif isinstance(node, (ast.For, ast.AsyncFor)):
        yield node.target, node.iter, (ITEM,)
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        yield from ((item.optional_vars, None, ()) for item in node.items if item.optional_vars is not None)


def walruses(tree: ast.AST, scope: Scope) -> None:
    """Note in a scope what ``:=`` binds anywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.NamedExpr):
            scope.bind(node.target, node.value, (), True)


def _imported(node: ast.Import | ast.ImportFrom, scope: Scope, inference: Inference) -> None:
    for alias in node.names:
        name = alias.asname or alias.name.partition(".")[0]
        scope.imported.add(name)
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == PACKAGE and not node.level:
            scope.types[name] = inference.origin(node.module or "", alias.name)
        elif isinstance(node, ast.Import) and alias.name.partition(".")[0] == PACKAGE:
            scope.types[name] = ("module", alias.name if alias.asname else PACKAGE)

"""The code of a notebook against the interface of the package: what it imports, asks for and calls."""

from __future__ import annotations

import ast
import builtins

from sozialbericht.checking.code import calls
from sozialbericht.checking.code.bindings import COMPREHENSIONS, Scope
from sozialbericht.checking.code.inference import Inference
from sozialbericht.checking.code.program import Program
from sozialbericht.checking.code.scopes import collect, walruses
from sozialbericht.checking.code.signatures import PACKAGE, Member
from sozialbericht.checking.meanings import MADE
from sozialbericht.checking.output import Output, Reading, Way
from sozialbericht.checking.vocabulary import Vocabulary
from sozialbericht.faults import Fault, listed, meant, nearest
from sozialbericht.renamed import RENAMED
from sozialbericht.wording import typewords

#: The class that a notebook writes with.
REPORT = ("object", f"{PACKAGE}.bericht", "Bericht")
#: The rooms whose objects take keys and words and put something into the report, as the report itself does.
ROOMS = tuple(f"{PACKAGE}.{room}." for room in ("findings", "subjects", "profile"))
_TAB = "Alles, was es gibt, zeigt JupyterLab nach dem Punkt mit der Tabulatortaste."


def read(program: Program, inference: Inference, vocabulary: Vocabulary) -> Reading:
    """Read the code of a notebook."""
    reader = Reader(program, inference, vocabulary)
    scope = reader.reading.scope
    collect(program.tree.body, scope, inference)
    if ":=" in program.text:
        walruses(program.tree, scope)
    try:
        reader.visit_all(program.tree.body, scope, ())
    except RecursionError:  # so deep that nobody has written it by hand
        reader.reading.faults.append(
            Fault(program.place, "Das Notebook ist zu tief verschachtelt.", "Den Code vereinfachen.")
        )
    return reader.reading


class Reader(Output):
    """Walks through the code."""

    def visit_all(self, nodes: list[ast.stmt] | list[ast.expr], scope: Scope, way: Way) -> None:
        """Look at nodes one after the other."""
        for node in nodes:
            self.visit(node, scope, way)

    def visit(self, node: ast.AST, scope: Scope, way: Way) -> None:
        """Look at a node and at what is in it."""
        kind = type(node)
        if kind is ast.Name or kind is ast.Load:
            return
        if kind is ast.Call or kind is ast.Attribute or kind is ast.ImportFrom:
            self._asked(node, scope, way)
        elif kind is ast.Constant or kind is ast.JoinedStr:
            self.string(node, way)  # type: ignore[arg-type]
        elif kind in COMPREHENSIONS:
            scope = self.inference.inner(node, scope)
        elif isinstance(node, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef)):
            scope = self._function(node, scope)
        elif isinstance(node, (ast.If, ast.IfExp)):
            self.visit(node.test, scope, way)
            for branch, part in enumerate((node.body, node.orelse)):
                fork = (node.lineno * 1000 + node.col_offset, branch)
                self.visit_all(part if isinstance(part, list) else [part], scope, (*way, fork))
            return
        for name in node._fields:
            value = getattr(node, name)
            if isinstance(value, list):
                for part in value:
                    if isinstance(part, ast.AST) and not (kind is ast.JoinedStr and isinstance(part, ast.Constant)):
                        self.visit(part, scope, way)
            elif isinstance(value, ast.AST):
                self.visit(value, scope, way)

    def _asked(self, node: ast.AST, scope: Scope, way: Way) -> None:
        if isinstance(node, ast.Attribute):
            self._attribute(node, scope)
        elif isinstance(node, ast.Call):
            self._call(node, scope, way)
        elif isinstance(node, ast.ImportFrom):
            self._import(node)

    def _function(self, node: ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Scope:
        """The scope of a function, whose parameters may be anything."""
        inner = Scope(scope)
        for given in ast.walk(node.args):
            if isinstance(given, ast.arg):
                place = {"lineno": node.lineno, "col_offset": node.col_offset}
                inner.bind(ast.Name(given.arg, ast.Store(), **place), None, (), False)
        collect(node.body if isinstance(node.body, list) else [], inner, self.inference)
        return inner

    def _import(self, node: ast.ImportFrom) -> None:
        module, interface = node.module or "", self.inference.interface
        if module.partition(".")[0] != PACKAGE or node.level:
            return
        if interface.module(module) is None:
            self.fault(
                node, f"Das Modul „{module}“ gibt es nicht.", "Den Namen prüfen; Beispiele stehen in docs/handbuch.md."
            )
            return
        for alias in node.names:
            if alias.name != "*" and interface.find(module, alias.name) is None:
                remedy = nearest(alias.name, interface.names(module))
                remedy = remedy or f"Die Datei {module.replace('.', '/')}.py nennt, was es gibt."
                self.fault(node, f"„{alias.name}“ gibt es in „{module}“ nicht.", remedy)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> None:
        owner, name = self.inference.type_of(node.value, scope), node.attr
        if owner is None or name.startswith("__"):
            return
        told = _told(node)
        if owner[0] in ("object", "type"):
            place = (owner[1], owner[2])
            if self.inference.interface.member(place, name) is None and not self._of_base(place, name):
                if owner == REPORT and name in RENAMED:
                    self.fault(node, f"„{told}“ heißt jetzt „b.{RENAMED[name]}“.", "Den neuen Namen schreiben.")
                    return
                names = self.inference.interface.members(place)
                several = f"„{owner[2]}“ hat: {listed(names, 30)}." if len(names) <= 30 else _TAB
                self.fault(node, f"„{told}“ gibt es nicht.", nearest(name, names) or several)
        elif owner[0] == "none":
            called = _told(node.value.func) if isinstance(node.value, ast.Call) else _told(node.value)
            self.fault(
                node,
                f"„{called}“ liefert nichts, was „{name}“ haben könnte.",
                "Es setzt etwas in den Bericht; einen Text liefert b.satz(…).",
            )
        elif owner[0] == "module":
            if self.inference.interface.find(owner[1], name) is None:
                remedy = nearest(name, self.inference.interface.names(owner[1])) or "Den Namen prüfen."
                self.fault(node, f"„{told}“ gibt es nicht.", remedy)
        elif owner[0] in ("method", "function") and not hasattr(read, name):
            called = _told(node.value)
            self.fault(
                node,
                f"„{called}“ ist eine Methode; hinter ihr fehlen die Klammern.",
                f"„{called}(…).{name}“ schreiben.",
            )
        else:
            kinds = (
                [owner[1]] if owner[0] == "builtin" else {"list": ["list", "tuple"], "dict": ["dict"]}.get(owner[0], [])
            )
            known = [getattr(builtins, kind) for kind in kinds if hasattr(builtins, kind)]
            if known and not any(hasattr(kind, name) for kind in known):
                remedy = nearest(name, dir(known[0])) or "Was der Ausdruck liefert, steht in docs/handbuch.md."
                self.fault(node, f"„{told}“ gibt es nicht: Das ist {typewords.called(kinds[0])}.", remedy)

    def _of_base(self, place: tuple[str, str], name: str) -> bool:
        """Whether a class has a name from outside the package, or may have it."""
        if self.inference.interface.is_open(place):
            return True
        bases = [base for _, found in self.inference.interface.ancestry(place) for base in found["bases"]]
        if "NamedTuple" in bases:
            return hasattr(tuple, name) or name in ("_asdict", "_replace", "_fields")
        return any(hasattr(getattr(builtins, base, object), name) for base in bases if isinstance(base, str))

    def _call(self, node: ast.Call, scope: Scope, way: Way) -> None:
        called = self.inference.type_of(node.func, scope)
        member: Member | None = self.inference.member(called)
        if called and called[0] == "type":
            found = self.inference.interface.constructor((called[1], called[2]))
            member = found[1] if found else None
        elif called and called[0] in ("builtin", "list", "dict", "tuple"):
            self.fault(node, f"„{_told(node.func)}“ ist keine Methode.", "Die Klammern dahinter streichen.")
        owner = self.inference.type_of(node.func.value, scope) if isinstance(node.func, ast.Attribute) else None
        if member is not None:
            for where, what, remedy in calls.check(node, _told(node.func), member):
                self.fault(where, what, remedy)
            self._options(node, member, member.get("module", called[1]), scope)
        if member is not None and owner == REPORT:
            self.report_call(node, called[3], member, scope, way)
        elif member is not None and owner and owner[0] == "object" and owner[1].startswith(ROOMS):
            self.report_call(node, f"{owner[2]}.{called[3]}", member, scope, way)
        else:
            self.labels(node, scope, way)
            if owner == REPORT and isinstance(node.func, ast.Attribute):
                self._misspelt(node, node.func.attr, scope, way)

    def _misspelt(self, node: ast.Call, name: str, scope: Scope, way: Way) -> None:
        """The labels that a method makes whose name is misspelt: what refers to them is no fault of its own."""
        place, interface = (REPORT[1], REPORT[2]), self.inference.interface
        for method in meant(name, interface.members(place)):
            if method in MADE and (member := self.inference.member(("method", *REPORT[1:], method))):
                self.made(node, method, member, scope, way, sure=False)

    def _options(self, node: ast.Call, member: Member, module: str, scope: Scope) -> None:
        """Words of a parameter whose type lists those that it allows."""
        there = self.inference.interface.module(module)
        for parameter, argument in calls.assigned(node, member):
            if allowed := calls.choices(parameter, there["aliases"] if there else {}):
                for part, _ in self.inference.parts(argument, (), scope):
                    if isinstance(part, ast.Constant) and part.value is not None and part.value not in allowed:
                        listed_words = ", ".join(f"„{word}“" for word in allowed)
                        remedy = nearest(str(part.value), map(str, allowed)) or f"Möglich: {listed_words}."
                        self.fault(part, f"„{parameter['name']}“ kann nicht „{part.value!s}“ sein.", remedy)


def _told(node: ast.expr) -> str:
    """An expression as a message names it: ``b.karte``."""
    if isinstance(node, ast.Attribute):
        return f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else node.attr
    return node.id if isinstance(node, ast.Name) else "der Aufruf"

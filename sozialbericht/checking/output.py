"""What a notebook hands over to the report: words, keys of the data, labels; read from its calls."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sozialbericht.checking import fields
from sozialbericht.checking.code import calls
from sozialbericht.checking.code.bindings import ITEM, Scope
from sozialbericht.checking.code.inference import Inference
from sozialbericht.checking.code.program import Program
from sozialbericht.checking.code.signatures import REST, Member, Parameter
from sozialbericht.checking.fields import UNKNOWN
from sozialbericht.checking.labels import Found, Label
from sozialbericht.checking.meanings import MADE, Meaning, label_kind, meaning
from sozialbericht.checking.vocabulary import NAMES, PICTURE, Vocabulary, slug
from sozialbericht.faults import Fault, nearest

PARTS = ("anzahl", "nenner", "bereich")
#: The forks and branches that lead to a place.
Way = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Prose:
    """Words that a notebook prints: a template (Markdown), text or a formula, and the line where they stand."""

    text: str
    line: int
    template: bool
    formula: bool = False


@dataclass
class Reading:
    """What the code of a notebook says: its faults, its prose, its labels and references; ``missing`` are keys that are
    like none of the data's.
    """

    faults: list[Fault] = field(default_factory=list)
    missing: list[Fault] = field(default_factory=list)
    prose: list[Prose] = field(default_factory=list)
    found: Found = field(default_factory=Found)
    scope: Scope = field(default_factory=Scope)


class Output:
    """Takes up what the calls of a notebook hand over."""

    def __init__(self, program: Program, inference: Inference, vocabulary: Vocabulary) -> None:
        self.program, self.inference, self.vocabulary = program, inference, vocabulary
        self.reading = Reading()

    @cached_property
    def guarded(self) -> set[str]:
        """The words that the notebook looks for itself before it uses them: ``"korrekturen" in b.merkmale().index``."""
        compared = (node for node in ast.walk(self.program.tree) if isinstance(node, ast.Compare))
        words = (part.value for node in compared for part in ast.walk(node) if isinstance(part, ast.Constant))
        return {word for word in words if isinstance(word, str)}

    def fault(self, node: ast.AST, what: str, remedy: str) -> None:
        """Note a fault at a node."""
        at = node if isinstance(node, (ast.stmt, ast.expr)) else getattr(node, "lineno", 1)
        self.reading.faults.append(self.program.fault(at, what, remedy))

    def report_call(self, node: ast.Call, method: str, member: Member, scope: Scope, way: Way) -> None:
        """Take up a call of a method of the report (``karte``) or of one of its objects (``Typologie.karte``)."""
        given = calls.values(node, member)
        labelled = False
        for parameter, argument in calls.assigned(node, member):
            what = meaning(method, parameter["name"])
            if what.kind in ("vorlage", "worte"):
                for text, line in self.strings(argument, scope):
                    template = what.kind == "vorlage"
                    self.reading.prose.append(Prose(text, line, template))
                    if template:
                        for said in fields.check(
                            text, given, lambda value: self.inference.type_of(value, scope), self.inference
                        ):
                            self.reading.faults.append(self.program.fault(line, *said))
            elif what.kind == "formel":
                for text, line in self.strings(argument, scope):
                    self.reading.prose.append(Prose(f"$${text.strip()}$$", line, False, True))
            elif what.kind == "marke":
                labelled = not (isinstance(argument, ast.Constant) and argument.value is None)
                self._label(argument, scope, way, method)
            elif what.kind:
                self._keys(argument, parameter, what, scope)
        if not labelled and method in MADE:
            self.made(node, method, member, scope, way)

    def _keys(self, argument: ast.expr, parameter: Parameter, what: Meaning, scope: Scope) -> None:
        path = {"items": (ITEM,), "first": (0,)}.get(what.shape, ())
        if parameter["kind"] == REST:
            path = ()
        inner: Sequence[tuple[ast.expr, Scope]] = list(self.inference.parts(argument, path, scope))
        if what.shape == "values":
            tables = self.inference.parts(argument, (), scope)
            inner = [
                (v, s)
                for t, where in tables
                if isinstance(t, ast.Dict)
                for value in t.values
                for v, s in self.inference.parts(value, (), where)
            ]
        for part, _ in inner:
            if not isinstance(part, ast.Constant) or not isinstance(part.value, str) or not part.value:
                continue
            word, _, ending = part.value.partition(":") if what.part else (part.value, "", "")
            unknown = self.vocabulary.unknown(what.kind, word)
            if unknown and unknown not in self.guarded:
                article, file = NAMES["merkmal" if what.kind == "anfang" else what.kind.partition("|")[0]]
                near = nearest(unknown, self.vocabulary.known(what.kind))
                told = f"{article} „{unknown}“ gibt es nicht."
                fault = self.program.fault(part, told, near or _advice(what.kind, file))
                (self.reading.faults if near or what.kind == PICTURE else self.reading.missing).append(fault)
            elif ending and ending not in PARTS:
                self.fault(
                    part,
                    f"Die Endung „:{ending}“ gibt es nicht.",
                    nearest(ending, PARTS) or "Möglich sind „:anzahl“ und „:nenner“.",
                )

    def labels(self, node: ast.Call, scope: Scope, way: Way) -> None:
        """Take up the label that any other call is given."""
        for keyword in node.keywords:
            if keyword.arg == "id":
                self._label(keyword.value, scope, way, "")

    def _label(self, argument: ast.expr, scope: Scope, way: Way, method: str) -> None:
        kind = label_kind(method)
        given = self.strings(argument, scope)
        if not given and kind:
            given = [(f"{kind}-{UNKNOWN}", argument.lineno)]
        for text, line in given:
            if kind and not text.startswith(f"{kind}-") and not text.startswith(UNKNOWN):
                self.fault(
                    argument,
                    f"Die Marke „{text.replace(UNKNOWN, '…')}“ beginnt nicht mit „{kind}-“.",
                    f"„{kind}-…“ schreiben.",
                )
            elif text[:4] in ("fig-", "tbl-", "sec-") or kind:
                place, row = self.program.where(line)
                exact = UNKNOWN not in text and len(given) == 1
                self.reading.found.labels.append(Label(text, place, row, True, exact, way))

    def made(self, node: ast.Call, method: str, member: Member, scope: Scope, way: Way, sure: bool = True) -> None:
        """Take up the labels that a method makes itself; ``sure``: it is this method that is called."""
        place, row = self.program.where(node.lineno)
        literal: dict[str, list[str]] = {}
        for parameter, argument in calls.assigned(node, member):
            parts = [part for part, _ in self.inference.parts(argument, (), scope)]
            words = [p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
            if parts and len(words) == len(parts):
                literal[parameter["name"]] = words
        for form in MADE[method]:
            before, _, rest = form.partition("{")
            kind, _, after = rest.partition("}")
            if kind in literal:  # of a key that is misspelt nobody knows the label: its own fault says enough
                keys = meaning(method, kind).kind
                words = [UNKNOWN if self.vocabulary.unknown(keys, w) else slug(kind, w) for w in literal[kind]]
            else:
                words = self.vocabulary.slugs(kind) or [UNKNOWN]
            exact = sure and kind in literal and UNKNOWN not in words and UNKNOWN not in after and "#" not in after
            for word in words:
                label = f"{before}{word}{after}".replace("#", UNKNOWN)
                self.reading.found.labels.append(
                    Label(label, place, row, not label.startswith("sec-profil-"), exact, way)
                )

    def string(self, node: ast.Constant | ast.JoinedStr, way: Way) -> None:
        """Take up the labels and references in a literal text."""
        text = _text(node)
        if text and ("@" in text or "#" in text):
            place, row = self.program.where(node.lineno)
            self.reading.found.take(text, place, row, way)

    def strings(self, node: ast.expr, scope: Scope) -> list[tuple[str, int]]:
        """The texts that an expression may be, :data:`UNKNOWN` for what is put in, with their lines."""
        found = [(_text(part), part.lineno) for part, _ in self.inference.parts(node, (), scope)]
        return [(text, line) for text, line in found if text and text != UNKNOWN]


def _advice(kind: str, place: str) -> str:
    return f"Die Datei in den Ordner {place} legen." if kind == PICTURE else f"Die Schlüssel stehen in {place}."


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else UNKNOWN if node.value is None else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(value) if isinstance(value, ast.Constant) else UNKNOWN for value in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (_text(node.left) or UNKNOWN) + (_text(node.right) or UNKNOWN)
    return UNKNOWN

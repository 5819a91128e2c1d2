"""Names that a notebook uses before they have a value, or that have none at all (found by pyflakes)."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from dataclasses import replace

from pyflakes import checker, messages

from sozialbericht.checking.code.bindings import Scope
from sozialbericht.checking.code.program import Program
from sozialbericht.faults import Fault, nearest

#: What IPython puts there.
GIVEN = {"display", "get_ipython", "In", "Out", "_", "__", "___"}
OUTSIDE = {
    messages.ReturnOutsideFunction: "„return“ steht außerhalb einer Funktion.",
    messages.ContinueOutsideLoop: "„continue“ steht außerhalb einer Schleife.",
    messages.BreakOutsideLoop: "„break“ steht außerhalb einer Schleife.",
}


def check(program: Program, scope: Scope) -> Iterator[Fault]:
    """The names without a value; ``scope`` holds those of the notebook. Nothing where a cell could not be read."""
    if not program.whole:
        return
    try:
        found = checker.Checker(program.tree, builtins=GIVEN).messages
    except (RecursionError, NotImplementedError, AttributeError):
        return
    for message in sorted(found, key=lambda m: (m.lineno, m.col)):
        if isinstance(message, (messages.UndefinedName, messages.UndefinedLocal)):
            name = str(message.message_args[0])
            later = scope.names.get(name)
            if later:
                place, row = program.where(later[0].place[0])
                what = f"„{name}“ wird benutzt, bevor es einen Wert hat."
                remedy = (
                    f"Einen Wert bekommt es erst in {place.rpartition(', ')[2]}, Zeile {row}; die Zeilen umstellen."
                )
            else:
                what = f"„{name}“ ist nirgends definiert."
                known = [*scope.names, *scope.types, *scope.imported, *dir(builtins)]
                remedy = nearest(name, known) or f"„{name} = …“ oder einen Import ergänzen."
            fault = program.fault(message.lineno, what, remedy)
            yield replace(fault, span=(message.col, message.col + len(name)))
        elif what := OUTSIDE.get(type(message), ""):
            yield program.fault(message.lineno, what, "Die Zeile streichen oder einrücken.")

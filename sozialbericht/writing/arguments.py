"""Arguments: what a notebook hands over is looked at first, so that a message names the argument at fault."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from types import FunctionType, UnionType
from typing import Any, Union, get_args, get_origin

from typeguard import TypeCheckError, check_type

from sozialbericht.faults import Fault, InputError, listed, nearest
from sozialbericht.wording.typewords import called

PACKAGE = "sozialbericht"


def checked(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """A function that looks at its arguments where someone outside the package calls it as ``name``.

    Raises :class:`InputError` for an argument that is missing, unknown, or of another type than it is declared.
    """
    signature = inspect.signature(function)

    @functools.wraps(function)
    def call(*given: Any, **named: Any) -> Any:
        caller = str(sys._getframe(1).f_globals.get("__name__", ""))
        if caller.partition(".")[0] == "__main__":
            _look(name, function, signature, given, named)
        return function(*given, **named)

    return call


def guard(cls: type, told: str) -> None:
    """Let all public methods of a class look at their arguments; ``told`` is what notebooks call an object of it."""
    for name in dir(cls):
        method = inspect.getattr_static(cls, name)
        if not name.startswith("_") and isinstance(method, FunctionType):
            setattr(cls, name, checked(method, f"{told}.{name}"))


def _look(
    name: str, function: Callable[..., Any], signature: inspect.Signature, given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    try:
        bound = signature.bind(*given, **named)
    except TypeError as error:
        raise InputError([_unbound(name, signature, named, str(error))]) from None
    for argument, value in bound.arguments.items():
        parameter = signature.parameters[argument]
        if argument == "self" or parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        kind = _type(function, parameter.annotation)
        try:
            check_type(value, kind)
        except TypeCheckError:
            what = f"„{argument}“ von „{name}“ kann nicht {called(type(value).__name__)} sein."
            raise InputError([Fault("Notebook", what, f"Gebraucht wird {_told(kind)}.")]) from None


def _unbound(name: str, signature: inspect.Signature, named: dict[str, Any], words: str) -> Fault:
    """What is wrong with a call whose arguments do not fit."""
    known = [p for p in signature.parameters if p not in ("self", "b")]
    for word in named:
        if word not in known and "unexpected keyword" in words:
            remedy = nearest(word, known) or f"Vorhanden: {listed(known, 20)}."
            return Fault("Notebook", f"Die Angabe „{word}“ kennt „{name}“ nicht.", remedy)
    if "missing" in words:
        lacking = words.rpartition(":")[2].strip().strip("'")
        return Fault("Notebook", f"„{name}“ braucht noch „{lacking}“.", f"{lacking}=… ergänzen.")
    what = f"„{name}“ bekommt zu viele Angaben oder eine zweimal."
    return Fault("Notebook", what, f"Vorhanden: {listed(known, 20)}.")


def _type(function: Callable[..., Any], annotation: Any) -> Any:
    """The type of a parameter; anything where it can only be known to a type checker."""
    if annotation is inspect.Parameter.empty:
        return Any
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, inspect.unwrap(function).__globals__)
    except (NameError, AttributeError, TypeError):
        return Any


def _told(kind: Any) -> str:
    """A type in German: „ein Text“, „ein Text oder nichts“."""
    parts = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    names = [getattr(get_origin(part) or part, "__name__", str(part)) for part in parts]
    words = [called({"Sequence": "list", "Mapping": "dict", "Iterable": "list"}.get(name, name)) for name in names]
    return " oder ".join(dict.fromkeys(words))

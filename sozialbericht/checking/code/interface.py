"""The package as a notebook sees it, read from its source: modules, classes, functions and what they take and give.

Importing the classes would load every library first; their source tells the same in a fraction of the time
(``tests/rendering/checking/test_interface.py`` holds it against :func:`inspect.signature`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from sozialbericht.checking.code.signatures import PACKAGE, Class, Member, Module, Parameter, read


class Interface:
    """The modules of the package, each read when it is asked for; ``kept`` is what :meth:`kept` gave before."""

    def __init__(self, kept: str = "") -> None:
        self._modules: dict[str, Module | None] = json.loads(kept) if kept else {}
        self._before = len(self._modules)
        self._members: dict[tuple[str, str], dict[str, tuple[tuple[str, str], Member]]] = {}

    def kept(self) -> str:
        """What has been read, as text; "" if nothing is new."""
        return json.dumps(self._modules) if len(self._modules) > self._before else ""

    def module(self, name: str) -> Module | None:
        """A module by its dotted name; None if the package has none of this name."""
        if name not in self._modules and name.rpartition(".")[2][:1].isupper():
            return None  # a class
        if name not in self._modules:
            self._modules[name] = read(name)
        return self._modules[name]

    def names(self, module: str) -> list[str]:
        """All names of a module."""
        there = self.module(module)
        return [] if there is None else [*there["classes"], *there["functions"], *there["names"], *there["imports"]]

    def find(self, module: str, name: str) -> tuple[str, str, str] | None:
        """Where a name of a module really stands: kind (class, function, module, other), module, name; or None."""
        for _ in range(8):
            there = self.module(module)
            if there is None:
                return None
            if name in there["classes"]:
                return "class", module, name
            if name in there["functions"]:
                return "function", module, name
            if name in there["imports"]:
                origin, _, wanted = there["imports"][name].partition(":")
                if not origin.startswith(PACKAGE):
                    return "other", origin, wanted
                if not wanted:
                    return "module", origin, ""
                if self.module(f"{origin}.{wanted}") is not None:
                    return "module", f"{origin}.{wanted}", ""
                module, name = origin, wanted
                continue
            if self.module(f"{module}.{name}") is not None:
                return "module", f"{module}.{name}", ""
            return ("other", module, name) if name in there["names"] else None
        return None

    def ancestry(self, place: tuple[str, str]) -> Iterator[tuple[tuple[str, str], Class]]:
        """A class (module, name) and its bases in the order in which Python looks; unknown bases are left out."""
        waiting, seen = [place], set()
        while waiting:
            module, name = here = waiting.pop(0)
            there = self.module(module)
            if here in seen or there is None or name not in there["classes"]:
                continue
            seen.add(here)
            found = there["classes"][name]
            yield here, found
            origins = (self.find(module, base) for base in found["bases"] if isinstance(base, str))
            waiting[:0] = [(origin[1], origin[2]) for origin in origins if origin and origin[0] == "class"]

    def member(self, place: tuple[str, str], name: str) -> tuple[tuple[str, str], Member] | None:
        """What a class has under a name, with the class that it stands in."""
        if place not in self._members:
            self._members[place] = {
                key: (here, member)
                for here, found in reversed(list(self.ancestry(place)))
                for key, member in found["members"].items()
            }
        found_here = self._members[place].get(name)
        if found_here and found_here[1]["kind"] == "verb":
            self._members[place][name] = found_here = (found_here[0], self._taken_over(found_here[0][0], found_here[1]))
        return found_here

    def _taken_over(self, module: str, verb: Member) -> Member:
        """The method that a class has taken over from a module: its first parameter is the object itself."""
        where, _, name = str(verb["type"]).partition(".")
        origin = self.find(module, where)
        there = self.module(origin[1]) if origin and origin[0] == "module" else None
        if origin is None or there is None or name not in there["functions"]:
            return {"kind": "attribute", "type": None, "parameters": []}
        function = there["functions"][name]
        return {**function, "parameters": function["parameters"][1:], "module": origin[1]}

    def members(self, place: tuple[str, str]) -> list[str]:
        """The public names of a class."""
        self.member(place, "")
        return sorted(name for name in self._members[place] if not name.startswith("_"))

    def is_open(self, place: tuple[str, str]) -> bool:
        """Whether a class may have more than its source says: a base from elsewhere, ``__getattr__``."""
        for (module, _), found in self.ancestry(place):
            if found["open"]:
                return True
            for base in found["bases"]:
                origin = self.find(module, base) if isinstance(base, str) else None
                if base not in ("str", "NamedTuple", "Exception", "ValueError", "object") and (
                    not origin or origin[0] != "class"
                ):
                    return True
        return False

    def constructor(self, place: tuple[str, str]) -> tuple[tuple[str, str], Member] | None:
        """What a call of a class takes: its ``__init__``, or the fields of a dataclass; None if that is not known."""
        chain = list(self.ancestry(place))
        for here, found in chain:
            if "__init__" in found["members"]:
                return here, found["members"]["__init__"]
            if found["dataclass"]:
                fields: dict[str, Parameter] = {}
                for _, parent in reversed([c for c in chain if c[1]["dataclass"]]):
                    for name, member in parent["members"].items():
                        if member["kind"] == "attribute" and member["parameters"]:
                            fields[name] = member["parameters"][0]
                return here, {"kind": "method", "type": None, "parameters": list(fields.values())}
        return None

"""The engine that stitches a report: Quarto, or the built-in stitcher where it is not installed."""

from __future__ import annotations

from dataclasses import dataclass

from sozialbericht.faults import Fault, InputError
from sozialbericht.stitching import quarto


@dataclass(frozen=True)
class Engine:
    """An engine: its name for the user, Quarto's path (None: the built-in stitcher)."""

    name: str
    quarto: str | None = None

    @property
    def option(self) -> str:
        """What ``--engine`` is given for it."""
        return "quarto" if self.quarto else "builtin"


def choose(wanted: str) -> Engine:
    """The engine for ``--engine auto|quarto|builtin``; raises :class:`InputError` if there is no Quarto to use."""
    found = quarto.find() if wanted in ("auto", "quarto") else None
    if found:
        return Engine(f"Quarto {quarto.version(found)}", found)
    if wanted == "quarto":
        raise InputError(
            [Fault("--engine quarto", " ".join(filter(None, ["Quarto ist nicht zu finden.", quarto.missing()])),
                   "Quarto ab 1.9 installieren, QUARTO_PATH setzen oder mit --engine builtin rendern.")]
        )  # fmt: skip
    return Engine("eingebauter Setzer (pandoc und Typst)")

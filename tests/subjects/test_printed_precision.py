"""No picture knows more than its table: drawn from values as they are printed, it is the same to the byte."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import numpy as np
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.findings.tablestore import Row
from sozialbericht.numbers import rounded
from sozialbericht.writing.blocks import Block

DATA = "data"
COLUMNS = ("wert", "unten", "oben")
TITLE = {"id": "fig-a", "titel": "A"}
PUT: dict[str, Callable[[Bericht], object]] = {
    "rangfolge": lambda b: b.rangfolge("al_rate"),
    "rangfolge with withheld values": lambda b: b.rangfolge("al_lang_u25"),
    "karte": lambda b: b.karte("al_rate"),
    "verlauf": lambda b: b.verlauf("al_rate"),
    "linien": lambda b: b.linien(
        {"al_rate": "alle", "al_rate_w": "Frauen"}, einheit="in %", alternativtext="Linien.", **TITLE
    ),
    "indexverlauf": lambda b: b.indexverlauf("svb_entw", **TITLE),
    "streudiagramm": lambda b: b.streudiagramm("ek_index", "sgb2_quote", **TITLE),
    "streuung": lambda b: b.streuung({"sozialwohnungen": "a", "leerstand": "b"}, einheit="in %", **TITLE),
    "paare": lambda b: b.paare(("svb_quote_m", "Männer"), ("svb_quote_w", "Frauen"), einheit="in %", **TITLE),
    "profil": lambda b: b.profil("sr_hafen").vergleich(),
}


def as_printed(b: Bericht) -> Bericht:
    """The report with every value and bound rounded as it is printed."""
    made = Bericht(b.jahr, b.vergleichsjahr, DATA)
    values = made._values.copy()
    decimals = values.index.get_level_values("indikator").map(made._tables.indicators["nachkommastellen"].to_dict())
    for name in COLUMNS:
        values[name] = [
            rounded(x, int(d)) if np.isfinite(x) else x for x, d in zip(values[name], decimals, strict=True)
        ]
    made._values = values
    rows = {
        key: row._replace(**{n: rounded(getattr(row, n), int(d)) for n in COLUMNS if np.isfinite(getattr(row, n))})
        for (key, row), d in zip(made._rows.items(), decimals, strict=True)
    }
    made._rows = MappingProxyType[tuple[str, int, str], Row](rows)
    return made


@pytest.mark.parametrize("verb", PUT)
def test_a_picture_of_printed_values_is_the_same(verb: str, shown: list[Block]) -> None:
    b = Bericht(2006, 2005, DATA)
    PUT[verb](b)
    full = [block.pictures for block in shown]
    shown.clear()
    PUT[verb](as_printed(b))
    assert [block.pictures for block in shown] == full
    assert any(full)

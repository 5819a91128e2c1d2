"""What values of Python are called in messages for people who write notebooks."""

from __future__ import annotations

WORDS = {
    "str": "ein Text", "int": "eine Zahl", "float": "eine Zahl", "bool": "ein Wahrheitswert", "list": "eine Liste",
    "tuple": "eine Liste", "dict": "ein Verzeichnis", "set": "eine Menge", "NoneType": "nichts (None)",
    "DataFrame": "eine Tabelle", "Series": "eine Spalte", "function": "eine Funktion", "method": "eine Methode",
    "builtin_function_or_method": "eine Funktion", "type": "eine Klasse", "module": "ein Modul",
    "Figure": "eine Figur", "Axes": "eine Achse", "ndarray": "eine Reihe von Zahlen", "Timestamp": "ein Datum",
    "date": "ein Datum", "datetime": "ein Datum", "int64": "eine Zahl", "float64": "eine Zahl",
    "Bericht": "der Bericht (b)", "generator": "eine Folge", "Markup": "ein fertiger Satz",
}  # fmt: skip


def called(name: str) -> str:
    """What a value of a type is called, with its article: ``str`` → „ein Text“."""
    return WORDS.get(name.rpartition(".")[2], f"ein Wert der Art „{name}“")

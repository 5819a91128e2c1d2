"""Python's errors in German: what has happened and what to do next; the original words stand behind, in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import ModuleType, TracebackType
from typing import Any, NamedTuple

from sozialbericht.execution.mishaps import syntaxwords
from sozialbericht.faults import InputError, nearest
from sozialbericht.wording.sentences import TemplateError
from sozialbericht.wording.typewords import called

PACKAGE = "sozialbericht"
#: How much of Python's own words is told.
_LONGEST = 160
_LOOK = "Die Werte in dieser Zeile ansehen: in JupyterLab die Zelle ausführen und sie mit display(…) zeigen."
_INSTALL = "Den Namen prüfen; was fehlt, gehört in die Umgebung (requirements.lock), nicht in das Notebook."
_FILES = "Notebooks bekommen ihre Zahlen geschützt: b.daten(…), b.reihe(…), b.geodaten(…)."


class Said(NamedTuple):
    """What has happened, and what to do next."""

    what: str
    remedy: str


#: By kind of error: patterns of Python's words, what has happened, what to do. ``{0:t}`` names a type in German.
_WORDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "TypeError": (
        (
            r"unsupported operand type\(s\) for (\S+): '([\w.]+)' and '([\w.]+)'",
            "Links von „{0}“ steht {1:t}, rechts {2:t}; das geht nicht zusammen",
            "Beide zu Zahlen machen (float(…)) oder beide zu Text (str(…)).",
        ),
        (
            r"can only concatenate (\w+) \(not \"([\w.]+)\"\)", "{0:t} und {1:t} lassen sich mit „+“ nicht verbinden",
            "Einen Satz mit Werten schreibt b.satz(\"… {{w}} …\", w=…).",
        ),
        (
            r"'(\S+)' not supported between instances of '([\w.]+)' and '([\w.]+)'",
            "Links von „{0}“ steht {1:t}, rechts {2:t}; das lässt sich nicht vergleichen",
            "Beide Seiten zu Zahlen oder zu Text machen.",
        ),
        (
            r"'([\w.]+)' object is not callable", "Vor den runden Klammern steht {0:t}, keine Funktion",
            "Die Klammern streichen, für einen Eintrag [ ] schreiben; oder ein Name ist weiter oben neu vergeben.",
        ),
        (
            r"'([\w.]+)' object is not subscriptable", "Vor […] steht {0:t}, ohne Einträge",
            "Bei einer Funktion runde Klammern schreiben; sonst prüfen, woher der Wert kommt.",
        ),
        (r"'([\w.]+)' object is not iterable|cannot unpack non-iterable ([\w.]+) object", "{0:t} hat keine Einträge, "
         "die man der Reihe nach nehmen könnte", "Eine Liste daraus machen: [ … ]."),
        (r"'([\w.]+)' object does not support item assignment",
         "Hier steht {0:t}; darin lässt sich kein Eintrag ändern", _LOOK),
        (r"object of type '([\w.]+)' has no len", "{0:t} hat keine Länge", _LOOK),
        (r"string indices must be integers|indices must be integers", "Die Stelle in einem Text oder einer Liste ist "
         "eine Zahl", "Eine ganze Zahl in [ ] schreiben; Einträge mit Namen hat ein Verzeichnis oder eine Tabelle."),
        (r"(\S+)\(\) got an unexpected keyword argument '(\w+)'", "„{0}“ kennt die Angabe „{1}“ nicht",
         "Den Namen der Angabe prüfen; in JupyterLab zeigt „{0}?“, welche es gibt."),
        (r"(\S+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.*)", "„{0}“ fehlen Angaben: {1}",
         "Die genannten Angaben ergänzen."),
        (r"(\S+)\(\) takes (.*?) positional arguments? but (\d+)", "„{0}“ bekommt zu viele Angaben ohne Namen",
         "Angaben mit ihrem Namen schreiben (titel=…) oder die überzähligen streichen."),
        (r"(\S+)\(\) got multiple values for argument '(\w+)'", "„{0}“ bekommt die Angabe „{1}“ zweimal",
         "Eine davon streichen."),
        (r"unhashable type: '([\w.]+)'", "{0:t} kann kein Schlüssel sein", "Einen Text oder eine Zahl nehmen."),
        (r"bad operand type for (.*): '([\w.]+)'", "Hinter „{0}“ steht {1:t}; das geht nicht",
         "float(…) macht aus Text eine Zahl."),
        (r"(?:must be|a) (?:real|.*) number.*not '?([\w.]+)'?", "Hier wird eine Zahl gebraucht, da ist {0:t}",
         "float(…) macht aus Text eine Zahl."),
    ),
    "ValueError": (
        (r"could not convert string to float: '(.*)'", "„{0}“ ist keine Zahl", "Zahlen in Code haben einen Punkt "
         "(1234.5) und keine Einheit; Werte kommen aus b.daten(…)."),
        (r"invalid literal for int\(\) with base \d+: '(.*)'", "„{0}“ ist keine ganze Zahl", "Einen Text aus Ziffern "
         "nehmen."),
        (r"The truth value of an? (\w+).* is ambiguous", "Eine ganze Spalte oder Tabelle ist weder wahr noch falsch",
         "Mit .any() (mindestens eine Zeile), .all() (jede) oder .empty fragen; verknüpfen mit & und |."),
        (r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)",
         "Links vom „=“ stehen {0} Namen, rechts nur {1} Werte", "So viele Namen schreiben, wie Werte da sind."),
        (r"too many values to unpack \(expected (\d+)", "Links vom „=“ stehen {0} Namen, rechts mehr Werte",
         "So viele Namen schreiben, wie Werte da sind; der Rest: *rest."),
        (r"[Ll]ength of values \((\d+)\) does not match length of index \((\d+)\)",
         "Eine Spalte mit {0} Werten passt nicht in eine Tabelle mit {1} Zeilen", "Gleich viele Werte nehmen."),
        (r"cannot convert (?:float )?NaN to integer|non-finite values", "Ein fehlender Wert kann keine ganze Zahl sein",
         "Fehlende Werte vorher ausschließen: spalte.dropna()."),
        (r"math domain error", "Für diesen Wert gibt es kein Ergebnis, etwa die Wurzel einer negativen Zahl", _LOOK),
        (r"arg is an empty sequence|empty (?:sequence|iterable)|zero-size array", "Es ist kein einziger Wert da",
         "Vorher prüfen: if len(…): …"),
        (r"x and y must (?:have same first dimension|be the same size)", "Die beiden Achsen haben verschieden viele "
         "Werte", "Beide aus derselben Tabelle nehmen."),
        (r"is not in (?:list|deque)", "Der gesuchte Wert steht nicht in der Liste", "Vorher prüfen: if wert in …"),
        (r"columns overlap", "Beide Tabellen haben Spalten gleichen Namens", "suffixes=(…) angeben oder umbenennen."),
    ),
}  # fmt: skip
#: By kind of error, where its words say nothing more.
_KINDS: dict[str, tuple[str, str]] = {
    "ZeroDivisionError": ("Hier wird durch 0 geteilt", "Vorher prüfen, ob der Nenner 0 ist: if nenner: …"),
    "IndexError": ("So viele Einträge gibt es nicht; gezählt wird ab 0", "Die Länge ansehen: len(…)."),
    "KeyError": ("Diesen Schlüssel gibt es nicht", _LOOK),
    "AssertionError": ("Eine Annahme des Notebooks (assert) gilt nicht", "Die Annahme prüfen oder die Zeile ändern."),
    "RecursionError": ("Eine Funktion ruft sich ohne Ende selbst auf", "Der Funktion ein Ende geben."),
    "OverflowError": ("Eine Zahl ist zu groß", _LOOK),
    "FloatingPointError": ("Eine Rechnung mit Kommazahlen misslingt", _LOOK),
    "StopIteration": ("Es ist nichts mehr da, was next(…) nehmen könnte", "next(…, None) liefert dann None."),
    "FileNotFoundError": ("Eine Datei gibt es nicht", _FILES),
    "PermissionError": ("Eine Datei darf nicht gelesen oder geschrieben werden", _FILES),
    "IsADirectoryError": ("Das ist ein Ordner und keine Datei", _FILES),
    "ConnectionError": ("Im Bericht gibt es kein Netz", _FILES),
    "TimeoutError": ("Etwas antwortet nicht rechtzeitig", _FILES),
    "UnicodeDecodeError": ("Ein Text hat eine andere Kodierung", "Mit der Kodierung UTF-8 speichern."),
    "UnicodeEncodeError": ("Ein Zeichen lässt sich nicht schreiben", "Die Kodierung UTF-8 nehmen."),
    "EOFError": ("Im Bericht antwortet niemand auf Fragen", "Eingaben gehören in die Parameterzelle."),
    "StdinNotImplementedError": ("Im Bericht antwortet niemand auf input(…)", "Werte gehören in die Parameterzelle."),
    "KeyboardInterrupt": ("Die Zelle ist unterbrochen worden", "Noch einmal ausführen."),
    "SystemExit": ("Die Zelle beendet das Notebook", "exit() und quit() streichen; b.wenn(…) lässt Teile weg."),
    "MemoryError": (
        "Die Zelle braucht mehr Speicher, als ein Kernel bekommt", "Weniger auf einmal laden oder --jobs 1 angeben."
    ),
    "NotImplementedError": ("Das kann diese Funktion nicht", "Einen anderen Weg wählen."),
    "MergeError": ("Die Tabellen lassen sich nicht verbinden", "Die Spalte nennen, die beide haben: on=\"raum_id\"."),
    "CalledProcessError": ("Ein Programm ist mit einem Fehler geendet", "Im Bericht gibt es nur Python."),
    "OSError": ("Das System verweigert etwas", _FILES),
    "TypeError": ("Ein Wert hat die falsche Art", _LOOK),
    "ValueError": ("Ein Wert passt hier nicht", _LOOK),
    "AttributeError": ("Das gibt es hier nicht", "Was es gibt, zeigt JupyterLab nach dem Punkt (Tabulatortaste)."),
    "LookupError": ("Das Gesuchte gibt es nicht", _LOOK),
    "ArithmeticError": ("Die Rechnung hat kein Ergebnis", _LOOK),
    "Warning": ("Python warnt, und das Notebook hat Warnungen zu Fehlern gemacht", "Den Anlass der Warnung beheben."),
    "ExceptionGroup": ("Mehrere Fehler auf einmal", _LOOK),
}  # fmt: skip


class _Typed(str):
    """A word of a message; ``{0:t}`` names the type of this name in German."""

    def __format__(self, spec: str) -> str:
        return called(self) if spec == "t" else str(self)


def explained(error: BaseException, names: Mapping[str, Any]) -> Said:
    """What an error means; ``names`` are those that the cell knows."""
    if isinstance(error, InputError):
        return _of_faults(error)
    if isinstance(error, TemplateError):
        return Said(error.what, error.remedy)
    what, remedy = _meant(error, names)
    if str(error).startswith("„"):  # it is German already
        return Said(f"{what.rstrip('.')}.", remedy)
    return Said(f"{what[:1].upper()}{what[1:].rstrip('.')} ({original(error)}).", remedy)


def original(error: BaseException) -> str:
    """Python's own words, in one line."""
    words = " ".join(str(error).split()) if not isinstance(error, SyntaxError) else str(error.msg)
    words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _of_faults(error: InputError) -> Said:
    """The package's own words: without the place „Notebook“, which is said better."""
    faults = error.faults
    if len(faults) == 1 and faults[0].place == "Notebook":
        return Said(faults[0].what, faults[0].remedy)
    *others, last = faults
    return Said("\n".join([*map(str, others), str(last).partition("\n  → ")[0]]), last.remedy)


def _meant(error: BaseException, names: Mapping[str, Any]) -> tuple[str, str]:
    if isinstance(error, SyntaxError):
        return syntaxwords.said(str(error.msg))
    if isinstance(error, NameError):
        return _name(error, names)
    if isinstance(error, AttributeError) and error.name:
        return _attribute(error)
    if isinstance(error, ImportError):
        return _import(error)
    if isinstance(error, KeyError):
        return _key(error)
    kinds = [kind.__name__ for kind in type(error).__mro__]
    for kind in kinds:
        for pattern, what, remedy in _WORDS.get(kind, ()):
            if match := re.search(pattern, str(error)):
                groups = [_Typed(group) for group in match.groups() if group is not None]
                return what.format(*groups), remedy.format(*groups)
        if kind in _KINDS:
            return _KINDS[kind]
    return f"Die Zelle endet mit einem Fehler der Art „{kinds[0]}“", _LOOK


def _name(error: NameError, names: Mapping[str, Any]) -> tuple[str, str]:
    name = error.name or next(iter(re.findall(r"'(\w+)'", str(error))), "")
    if isinstance(error, UnboundLocalError):
        return f"„{name}“ wird in der Funktion benutzt, bevor es einen Wert hat", "Der Funktion den Wert mitgeben."
    builtins = names.get("__builtins__", {})
    known = [*names, *(builtins if isinstance(builtins, dict) else dir(builtins))]
    remedy = nearest(name, (n for n in known if not n.startswith("_")))
    return f"„{name}“ ist nirgends definiert", remedy or f"„{name} = …“ oder einen Import weiter oben ergänzen."


def _attribute(error: AttributeError) -> tuple[str, str]:
    name, owner = str(error.name), error.obj
    if str(error).startswith("„b."):
        return str(error).rstrip("."), nearest(name, _public(owner)) or "Den neuen Namen schreiben."
    if owner is None:
        return f"Vor „.{name}“ steht nichts (None)", "Prüfen, woher der Wert kommt: Was etwas setzt, liefert nichts."
    remedy = nearest(name, _public(owner)) or _KINDS["AttributeError"][1]
    kind = f"das Modul „{owner.__name__}“" if isinstance(owner, ModuleType) else called(type(owner).__name__)
    return f"{kind} hat kein „{name}“", remedy


def _public(owner: object) -> list[str]:
    return [name for name in dir(owner) if not name.startswith("_")]


def _import(error: ImportError) -> tuple[str, str]:
    module = error.name or ""
    if match := re.search(r"cannot import name '(\w+)'", str(error)):
        import sys

        near = nearest(match[1], _public(sys.modules.get(module)))
        return f"„{match[1]}“ gibt es im Modul „{module}“ nicht", near or "Den Namen prüfen."
    if isinstance(error, ModuleNotFoundError):
        import sys

        near = nearest(module, {name for name in sys.modules if not name.startswith("_")})
        return f"Das Modul „{module}“ gibt es nicht", near or _INSTALL
    return f"Das Modul „{module}“ lässt sich nicht laden", _INSTALL


def _key(error: KeyError) -> tuple[str, str]:
    """A missing entry: of a table, where one of pandas' functions has looked for it, or of a dictionary."""
    key = error.args[0] if error.args else ""
    table = _table(error.__traceback__)
    if table is None or not isinstance(key, str):
        return f"Den Schlüssel „{key}“ gibt es nicht", "Die Schlüssel ansehen: list(…)."
    missing = re.findall(r"'([^']+)'", key) if key.endswith(("in index", "in the [columns]")) else [key]
    there = [str(column) for column in table]
    words = " und ".join(f"„{word}“" for word in missing)
    near = nearest(missing[0], there) if missing else ""
    return f"Die Spalte {words} gibt es nicht", f"{near} Vorhanden: {_some(there)}.".strip()


def _some(names: Iterable[str], most: int = 15) -> str:
    there = list(names)
    return ", ".join(there[:most]) + (" …" if len(there) > most else "")


def _table(trace: TracebackType | None) -> Any:
    """The columns of the innermost table in whose functions an error was raised."""
    found = None
    while trace is not None:
        owner: Any = trace.tb_frame.f_locals.get("self")
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if hasattr(owner, "columns") and module.startswith(("pandas", "geopandas")):
            found = owner.columns
        trace = trace.tb_next
    return found

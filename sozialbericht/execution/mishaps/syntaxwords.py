"""What Python's parser says, in German: what is wrong in a line that it does not understand, and what helps."""

from __future__ import annotations

import re

#: Patterns of the parser's words, what is wrong, what to do.
_WORDS = (
    (r"'(.)' was never closed", "Die Klammer „{0}“ wird nicht geschlossen.", "Die schließende Klammer ergänzen."),
    (r"unmatched '(.)'", "Die Klammer „{0}“ ist zu viel; keine öffnet sich vor ihr.", "Sie streichen."),
    (
        r"closing parenthesis '(.)' does not match opening parenthesis '(.)'",
        "Die Klammer „{0}“ schließt keine „{1}“.", "Die Klammern gleich schreiben.",
    ),
    (r"unterminated triple-quoted", 'Ein Text mit """ endet nicht.', 'Am Ende des Textes """ ergänzen.'),
    (
        r"unterminated (?:f-)?string|EOL while scanning", "Ein Text endet nicht in seiner Zeile.",
        "Das schließende Anführungszeichen ergänzen.",
    ),
    (r"expected ':'", "Am Ende der Zeile fehlt ein Doppelpunkt.", "„:“ ergänzen."),
    (
        r"expected an indented block after (.+?)(?: on line (\d+))?$", "Nach {0} fehlt ein eingerückter Block.",
        "Die Zeilen, die dazugehören, um vier Leerzeichen einrücken.",
    ),
    (r"unexpected indent", "Die Zeile ist eingerückt, gehört aber zu keinem Block.", "Die Leerzeichen davor löschen."),
    (
        r"unindent does not match", "Die Zeile ist anders eingerückt als die davor.",
        "Überall um vier Leerzeichen einrücken.",
    ),
    (r"inconsistent use of tabs", "Tabulatoren und Leerzeichen sind gemischt.", "Nur mit Leerzeichen einrücken."),
    (
        r"forgot a comma", "Zwischen zwei Angaben fehlt vermutlich ein Komma.", "Das Komma ergänzen.",
    ),
    (
        r"Maybe you meant '==' or ':='|cannot assign to", "Links von „=“ steht etwas, das keinen Wert bekommen kann.",
        "Zum Vergleichen „==“ schreiben; sonst links einen Namen.",
    ),
    (
        r"invalid decimal literal|leading zeros in decimal", "Eine Zahl ist falsch geschrieben.",
        "Zahlen ohne führende Nullen, mit Punkt und ohne Einheit schreiben; Namen beginnen mit einem Buchstaben.",
    ),
    (
        r"invalid (?:non-printable )?character '(.*?)' ?(?:\((.*)\))?", "Das Zeichen „{0}“ kennt Python hier nicht.",
        "Gerade Anführungszeichen (\"), einfache Striche (-) und gewöhnliche Leerzeichen tippen.",
    ),
    (r"f-string", "Ein Text mit f davor enthält ein Feld, das Python nicht versteht.", "Die Klammern { } prüfen."),
    (
        r"positional argument follows keyword", "Eine Angabe ohne Namen steht hinter einer mit Namen.",
        "Sie nach vorn stellen.",
    ),
    (r"keyword argument repeated:? ?(\w*)", "Die Angabe „{0}“ steht zweimal.", "Eine davon streichen."),
    (r"'return' outside function", "„return“ steht außerhalb einer Funktion.", "Die Zeile streichen oder einrücken."),
    (
        r"'(break|continue)'.*(?:outside|not properly in) loop", "„{0}“ steht außerhalb einer Schleife.",
        "Die Zeile streichen oder einrücken.",
    ),
    (r"Missing parentheses in call to '(\w+)'", "Hinter „{0}“ fehlen die Klammern.", "„{0}(…)“ schreiben."),
    (
        r"EOF|unexpected end|incomplete input", "Die Zelle hört mitten in einem Ausdruck auf.",
        "Den Ausdruck zu Ende schreiben: Fehlt eine Klammer?",
    ),
)  # fmt: skip
_BLOCKS = {
    "'if' statement": "„if“", "'else' statement": "„else“", "'elif' statement": "„elif“", "'for' statement": "„for“",
    "'while' statement": "„while“", "'with' statement": "„with“", "'try' statement": "„try“",
    "function definition": "„def“", "class definition": "„class“", "'except' statement": "„except“",
}  # fmt: skip
ANYTHING = "Die Zeile und die davor vergleichen: Klammern, Kommas, Anführungszeichen, Doppelpunkte."


def said(message: str) -> tuple[str, str]:
    """What the parser's words mean, and what to do; both German."""
    for pattern, what, remedy in _WORDS:
        if match := re.search(pattern, message):
            groups = [_BLOCKS.get(group or "", group or "") for group in (*match.groups(), "", "")]
            return what.format(*groups), remedy.format(*groups)
    return "Python versteht die Zeile nicht.", ANYTHING

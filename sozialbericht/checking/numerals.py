"""Numbers typed into prose: the report's first rule is that numbers come from the data.

What is no result may stand there: years and dates, laws, ages and bounds of classes, names like „Typ 4“, the 100 of
„je 100“. Everything else needs its source in the same paragraph, ``(Quelle: …)``. In doubt a number is let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sozialbericht.checking.fields import UNKNOWN, spoken
from sozialbericht.stitching import fences

#: How a paragraph names where its numbers are from.
SOURCE = re.compile(r"\(Quellen?:\s*[^()]{3,}(?:\([^()]*\)[^()]*)*\)")
#: A variable of a formula, ``*n*``.
VARIABLE = "\ue001"
_FORMULA = re.compile(r"\$\$(?:(?!\n\s*\n)[^$])+\$\$|(?<![\\$])\$(?=[^\s$])(?:(?!\n\s*\n)[^$])*(?<=\S)\$(?!\d)")
#: What is no number of the report in a formula (indices, powers, digits alone, powers of ten), what stands for what.
_IN_FORMULAS = (
    (re.compile(r"\{,\}"), ","),
    (re.compile(r"\\[dt]?frac\s*\d\s*\d"), VARIABLE),
    (re.compile(r"[_^]\s*(?:\{[^{}]*\}|\\?\w)"), ""),
    (re.compile(r"\\(?:text|mathrm|operatorname)\s*\{([^{}]*)\}"), r" \1 "),
    (re.compile(r"\\(?:cdot|times)\b"), "·"),
    (re.compile(r"\\(?:[lg]eq?|approx|neq?|equiv)\b"), "="),
    (re.compile(r"\\[,;: ]"), ""),
    (re.compile(r"\\(?=%)"), ""),
    (re.compile(r"\\(?:alpha|beta|chi|lambda|mu|pi|rho|sigma|varepsilon|theta)\b"), VARIABLE),
    (re.compile(r"\\[a-zA-Z]+|[{}$&]|\\\\"), " "),
    (re.compile(r"(?<!\w)[^\W\d_](?!\w)"), VARIABLE),
    (re.compile(r"(?<![\d.,])(?:\d|10{2,5})(?![\d]|[.,]\d)"), ""),
)
_NUMBER = re.compile(r"(?<![\w.,\ue001])(?<![^\W\d_]-)[−+-]?\d+(?:[.,]\d+)*(?!\w)(?!\ue001)")
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_UNIT = r"\s?(?:%|‰|€|Prozent|Euro\b|Mio|Mrd|Million|Milliarde|m²|km)"
_NOUN = r"\s(?:[a-zäöüß]+(?:e|en|er|es|em)\s)?[A-ZÄÖÜ][a-zäöüß]"
_COUNTED = (
    r"(?:Kind|Mensch|Person|Frau|Männer|Mädchen|Junge|Jugendlich|Einwohner|Bewohner|Familie|Haushalt|Wohnung|Arbeitslose|"
    r"Beschäftigte|Steuerpflichtige|Bedarfsgemeinschaft|Hilfe|Fälle|Sozialr|Stadtbezirk|Gebiet|Euro|Punkt|Prozent)"
)
_ABOUT = r"(?i:\b(?:rund|etwa|circa|ca\.|fast|knapp|gut|insgesamt|bis zu|mehr als|weniger als)\s)"
_BARE = rf"(?!{_UNIT})(?!{_NOUN})(?!\s?\d)"
_NAMES = (
    "Typ(?:en)?|Stufen?|Kapiteln?|Abschnitt|Abbildung|Tabelle|Anhang|Rang|Platz|Klassen?|Gruppe|Nr\\.|Nummer|Jahrgangsstufen?|"
    "Phasen?|Seiten?|Band|Teil|Schritt|Ziel|Anlage|Agenda|Stadtbezirk|Bezirk|Heft|Quartal|Artikel|Art\\.|Absatz|Abs\\.|Satz|Ziffer|SGB|Alg"
)


@dataclass(frozen=True)
class Allowance:
    """Numbers that may be typed: what stands before, the number, what follows; each a pattern."""

    name: str
    before: str = ""
    number: str = r".+"
    after: str = ""


ALLOWED = (
    Allowance("Jahr", rf"(?s)^(?!.*{_ABOUT}$)", r"(?:19|20)\d\d|2100", rf"(?!{_UNIT}|\s{_COUNTED})"),
    Allowance(
        "Datum",
        number=r"(?:[12]?\d|3[01])",
        after=rf"\.\s?(?:{_MONTHS})\b|\.(?:\s?(?:und|bis|/|–)\s?\d+\.)?\s?(?:{_MONTHS})\b",
    ),
    Allowance("Datum", number=r"(?:[0-2]?\d|3[01])\.(?:0?\d|1[0-2])(?:\.(?:\d\d){0,2})?"),
    Allowance("Gesetz", before=r"(?:§|\bArt\.|\bArtikel)[^.;:]{0,40}$"),
    Allowance("Uhrzeit", number=r"\d\d?(?:[.]\d\d)?", after=r"\s?Uhr\b"),
    Allowance(
        "Alter",
        number=r"\d{1,3}",
        after=r"[-\u2011\s]{0,2}(?:(?:bis|und|oder)\s(?:unter\s|über\s)?\d+\s?-?)?\s?(?:[Jj]ähr|Jahre?n?\b|Monate?n?\b)",
    ),
    Allowance("Alter", number=r"\d{1,3}", after=r"-\s(?:bis|und|oder)\s"),
    Allowance(
        "Alter",
        number=r"[\d.]+",
        after=r"\s(?:Euro\s|m²\s)?(?:und|oder)\s(?:älter|jünger|mehr|weniger|darüber|darunter)\b",
    ),
    Allowance(
        "Name", before=rf"\b(?:{_NAMES})[\s\u00a0](?:[\d.]+(?:,\s|\s(?:und|oder|bis)\s|–))*$", number=r"\d+(?:\.\d+)*"
    ),
    Allowance("Zusammensetzung", after=r"-(?:[^\W\d_]|%-)"),
    Allowance(
        "Bezugsgröße",
        before=r"(?i:\b(?:je|von|auf|mal|pro|gleich)|=)\s$",
        number=r"10{2,5}|10{0,2}\.000",
        after=r"(?!\s?\d)",
    ),
    Allowance("Ende einer Skala", number=r"[−+-]?[01]|100", after=rf"(?!\s(?:und|oder|bis)\s\d+{_UNIT}){_BARE}"),
    Allowance("Klassengrenze", before=r"(?i:\b(?:unter|ab|über|bis|zwischen))\s$", after=_BARE),
    Allowance(
        "Klassengrenze",
        before=r"(?i:\b(?:unter|ab|über|bis|mindestens|höchstens|(?:mehr|weniger)\sals))\s$",
        number=r"[\d.]+",
        after=r"\s(?:Euro|€)",
    ),
    Allowance("Klassengrenze", number=r"[\d.,]+", after=r"\sbis\sunter\s"),
    Allowance("Geheimhaltung", number="1", after=rf"\s(?:und|oder)\s2\b{_BARE}"),
    Allowance("Geheimhaltung", before=r"\b1\s(?:und|oder)\s$", number="2", after=_BARE),
    Allowance("Wahrscheinlichkeit", before=r"(?i:wahrscheinlichkeit|niveau|konfidenz)(?:\s\w+)?\svon\s$"),
    Allowance("Formel", before=rf"{VARIABLE}[²³]?\s?[=<>≤≥+−/·×-]\s?\(?$"),
    Allowance("Formel", after=rf"\s?[=<>≤≥+−/·×-]\s?\(?{VARIABLE}"),
    Allowance(
        "Ordnungszahl",
        before=r"(?i:\b(?:de[rnms]|die|das|am|im|zum|zur|vom|beim|seit|ab|bis))\s$",
        number=r"\d{1,3}",
        after=r"\.\s[^\W\d_]",
    ),
    Allowance(
        "Anschrift", before=r"(?i:straße|str\.|platz|wall|weg|allee|ring|gasse|ufer|markt|damm)\s$", number=r"\d{1,3}"
    ),
    Allowance("Anschrift", before=r"(?:^|[,·|(\n]\s*|\bD-)$", number=r"\d{5}", after=r"\s[A-ZÄÖÜ][a-zäöüß]"),
    Allowance("Rufnummer", before=r"(?:Tel(?:efon|efax|\.)|Fax|ISBN|ISSN|IBAN)[\s:.]*[\d\s/()+–-]*$"),
)
_PATTERNS = [(re.compile(e.before) if e.before else None, re.compile(e.number), re.compile(e.after)) for e in ALLOWED]
_CONTEXT = 60
#: What is no prose: addresses, attributes but for those that are printed, references, notes, entities, signs of lists.
_SILENT = re.compile(
    r"\]\([^)\s]*(?:\s\"[^\"]*\")?\)|<[^<>\s]+[:@][^<>\s]+>|\w+://\S+|\bwww\.\S+|\S+@\S+\.\w+|-?@[\w-]+|\[\^[^\]\s]+\]:?|&#?\w+;|[\^~]\d+[\^~]|"
    r"(?m:^\s*(?:[-*+:]\s+)*\(?\d{1,9}[.)](?=\s))"
)
_ATTRIBUTES = re.compile(r"\{[#.=][^{}\n]*\}|\{\w[\w-]*=[^{}\n]*\}")
_PRINTED = re.compile(r"\b(?:titel|name|wert|was|kopf|zeile|fig-alt)=\"([^\"]*)\"")
_SOURCED = re.compile(
    r"^\s*:{3,}\s*\{[^}]*#(?:fig|tbl)-[^}]*\}.*?\n(?=.*?\{\.quelle\}).*?^\s*:{3,}\s*$(?:.*?^\s*:{3,}\s*$)?",
    re.MULTILINE | re.DOTALL,
)


def typed(text: str, *, template: bool = False) -> Iterator[tuple[int, str]]:
    """The numbers that are typed into a text, each with its line and the words around it."""
    if not re.search(r"\d", text):
        return
    words = "\n".join(fences.text_lines(spoken(text) if template else text))
    words = _SOURCED.sub(lambda m: "\n" * m[0].count("\n"), words)
    words = _ATTRIBUTES.sub(lambda m: " " + " ; ".join(_PRINTED.findall(m[0])) + " ", words)
    words = _SILENT.sub(lambda m: "\n" * m[0].count("\n") + " ", words)
    words = _FORMULA.sub(_formula, words)
    words = re.sub(r"(?<![\w*])\*(\w)\*(?!\*)", VARIABLE, words)
    words = re.sub(r"[*_~]|\\(?=\W)", "", words)
    row = 1
    for paragraph in re.split(r"(\n[ \t]*\n)", words):
        if not SOURCE.search(paragraph):
            for match in _NUMBER.finditer(paragraph):
                if not _allowed(paragraph, match):
                    yield row + paragraph.count("\n", 0, match.start()), _shown(paragraph, match)
        row += paragraph.count("\n")


def _formula(match: re.Match[str]) -> str:
    """The numbers of a formula and its variables, as text has them."""
    words = match[0]
    for pattern, instead in _IN_FORMULAS:
        words = pattern.sub(instead, words)
    return words + "\n" * (match[0].count("\n") - words.count("\n"))


def _allowed(text: str, match: re.Match[str]) -> bool:
    before = (
        text[max(0, match.start() - _CONTEXT) : match.start()]
        .replace("\n", " ")
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
    )
    after = text[match.end() : match.end() + _CONTEXT].replace("\n", " ").replace("\u00a0", " ").replace("\u202f", " ")
    return any(
        (front is None or front.search(before)) and number.fullmatch(match[0].rstrip(".")) and behind.match(after)
        for front, number, behind in _PATTERNS
    )


def _shown(text: str, match: re.Match[str]) -> str:
    """The number with the words around it, to be found again."""
    before = text[max(0, match.start() - 25) : match.start()].rpartition("\n")[2]
    after = text[match.end() : match.end() + 20].partition("\n")[0]
    words = f"{before[before.find(' ') + 1 :] if len(before) == 25 else before}{match[0]}{after}".replace(
        UNKNOWN, "…"
    ).replace(VARIABLE, "x")
    return re.sub(r"\s+", " ", words).strip()

"""What a text may contain: one table of the constructs that both stitchers set alike; the lists derive from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sozialbericht.blocklanguage import KINDS, LAYOUT, ONLY_USED
from sozialbericht.faults import Fault, ReportError
from sozialbericht.stitching import pandoc
from sozialbericht.stitching.crossref import REFERENCE
from sozialbericht.stitching.pandoc import Element, attributes, plain_text


@dataclass(frozen=True)
class Construct:
    """A construct: how the list calls it, pandoc's elements for it, classes of blocks with their attributes."""

    words: str
    elements: tuple[str, ...] = ()


#: What the built-in stitcher knows, and no more.
CONSTRUCTS = (
    Construct("Absätze", ("Para", "Plain", "Str", "Space", "SoftBreak", "LineBreak", "Null")),
    Construct("Listen, Begriffslisten", ("BulletList", "OrderedList", "DefinitionList")),
    Construct("*kursiv*, **fett**, `Code`, Links", ("Emph", "Strong", "Code", "Link")),
    Construct("Formeln $…$ und $$…$$", ("Math",)),
    Construct("Überschriften mit # bis ###, Marken {#sec-…}, .unnumbered", ("Header",)),
    Construct("Fußnoten [^1] und ^[…]", ("Note",)),
    Construct("Verweise @fig-…, @tbl-…, @sec-…", ("Cite",)),
    Construct("Wörter anderer Sprachen [k-Means]{lang=en}", ("Span",)),
    Construct("Abbildungen ::: {#fig-…} und Tabellen ::: {#tbl-…}", ("Div", "Image", "Table")),
    Construct("die Bausteine ::: {.name} aus blocklanguage.py", ("Span",)),
)
ELEMENTS = {name for construct in CONSTRUCTS for name in construct.elements}
CLASSES = {kind.name: kind.attributes for kind in KINDS.values()}
#: Attributes of figures and tables, headings, pictures, words: those of other languages, in cells names of areas and
#: their numbers, judgements.
FLOAT, HEADING, PICTURE, WORDS = (
    set(LAYOUT),
    {"seite", "nummer"},
    {"fig-alt", "schmal"},
    {"raum", "wertung", "nummer", "seite", "vor", "reihe", "lang"},
)
#: What names a language: „en“, „tr“, „en-GB“.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
#: What is no construct: how it is called, and how it begins in the source.
REFUSED = {
    "RawBlock": ("roher HTML- oder Typst-Text", r"<|\{=|\\[a-zA-Z]"),
    "RawInline": ("roher HTML- oder Typst-Text", r"<|`\{=|\\[a-zA-Z]"),
    "CodeBlock": ("ein Codeblock", r"^\s*(?:```|~~~)|^(?: {4}|\t)\S"),
    "BlockQuote": ("ein Zitatblock", r"^\s*>"),
    "LineBlock": ("ein Zeilenblock", r"^\s*\|"),
    "HorizontalRule": ("eine Trennlinie", r"^\s*(?:[-*_]\s*){3,}$"),
    "Figure": ("ein Bild ohne ::: {#fig-…}", r"!\["),
    "Strikeout": ("durchgestrichener Text (~~…~~)", r"~~"),
    "Subscript": ("tiefgestellter Text (~…~)", r"(?<!~)~(?!~)"),
    "Superscript": ("hochgestellter Text (^…^)", r"\^(?!\[)"),
    "Underline": ("unterstrichener Text", r"\.(?:underline|ul)\b"),
    "SmallCaps": ("Kapitälchen", r"\.smallcaps"),
}
#: What else is told, and how it begins in the source.
_BEGINNINGS = {
    "Table": r"\||^\s*[-+=]{3}|^\s*[-+=].*[-+=]$",
    "Image": r"!\[",
    "Quoted": r"[\"']",
    "Str": r"[\"']|^\s*[-*+]\s+\[[ xX]\]",
    "Span": r"\]\{|<span",
    "Link": r"\]\([^)]*\)\{",
    "Code": r"`\{",
    "Header": r"^\s*#|\{",
    "Div": r"^\s*:::|<div",
    "Cite": r"@",
    "Math": r"\$",
}
#: Blocks of which one line holds no two.
_ALONE = {"CodeBlock", "BlockQuote", "HorizontalRule", "RawBlock", "LineBlock"}
#: What pandoc writes like elements and is none: kinds of lists, cells, quotation marks, references.
_MODES = set(
    "AlignDefault AlignLeft AlignRight AlignCenter ColWidth ColWidthDefault SingleQuote DoubleQuote InlineMath "
    "DisplayMath AuthorInText SuppressAuthor NormalCitation DefaultStyle Example Decimal LowerRoman UpperRoman "
    "LowerAlpha UpperAlpha "
    "DefaultDelim Period OneParen TwoParens".split()
)
_PICTURE = "Bilder zeichnet ein Notebook, mit b.karte(…), b.rangfolge(…) oder b.abbildung(bild, id=…, …)."
_TABLE = "Tabellen setzt ein Notebook mit b.tabelle(…); von Hand steht sie in ::: {#tbl-…} mit Quelle und fettem Titel."
_FORMULA = "Formeln stehen in LaTeX: $\\frac{a}{b}$, $\\sum_i x_i$; ein Dollarzeichen im Text ist \\$."
LISTED = "Erlaubt sind die Bausteine in docs/handbuch.md."
#: In which blocks the report itself sets tables and pictures without a number.
_HOLDERS = {
    "profilbild", "befund", "raumblatt", "urteil", "profilkopf", "bildtafel", "bildzeile",
    "gebietsverzeichnis",
}  # fmt: skip


def check(place: str, blocks: list[Element], text: str, *, own: bool, row: int | None = None) -> Iterator[Fault]:
    """What is wrong with the constructs of a text; ``own``: somebody has written it, it is no output of the report.

    ``row`` is the line of the text where it stands in code, else lines are looked for in it.
    """
    rows = _Rows(text, row)
    for element, inside in _within(blocks):
        if said := _said(element, inside, own):
            yield Fault(place, *said, row=rows.of(element))


def _said(element: Element, inside: bool, own: bool) -> tuple[str, str] | None:
    """What is wrong with an element and what to do."""
    kind = element["t"]
    if kind in REFUSED:
        return unknown(REFUSED[kind][0])
    if kind in _MODES:
        return None
    if kind == "Quoted" or (kind == "Str" and '"' in element["c"]):
        return f"Gerade Anführungszeichen bei „{plain_text(element)}“.", "Deutsche Anführungszeichen schreiben: „…“."
    if kind not in ELEMENTS:
        return unknown(f"ein Baustein „{kind}“")
    if kind == "Str" and element["c"] in ("☐", "☒"):
        return unknown("eine Aufgabenliste")
    if kind == "Cite":
        wrong = [c["citationId"] for c in element["c"][0] if not REFERENCE.fullmatch(c["citationId"])]
        return unknown(f"der Verweis @{wrong[0]}") if wrong else None
    if kind == "Math":
        return _unreadable(element)
    if kind == "Table" and not inside:
        return unknown("eine Tabelle ohne ::: {#tbl-…}")[0], _TABLE
    if kind == "Image" and (own or not inside):
        return f"Ein Bild in einem Text ({element['c'][2][0][:60]}) kommt nicht in den Bericht.", _PICTURE
    return _of_attributes(element, own)


def _unreadable(formula: Element) -> tuple[str, str] | None:
    """That pandoc cannot read a formula."""
    try:
        pandoc.write([{"t": "Para", "c": [formula]}], ["-t", "html5", "--mathml"])
    except ReportError as error:
        found = re.search(r"unexpected [^\n]+", str(error))
        why = f" ({found[0]})" if found else ""
        return f"Die Formel „{formula['c'][1].strip()[:60]}“ lässt sich nicht lesen{why}.", _FORMULA
    return None


def _of_attributes(element: Element, own: bool) -> tuple[str, str] | None:
    kind = element["t"]
    if kind == "Header" and element["c"][0] > 3:
        return unknown("eine Überschrift unter der dritten Ebene")
    if kind == "Header" and any(part["t"] == "Math" for part in pandoc.elements(element["c"][2])):
        return unknown("eine Formel in einer Überschrift")
    if kind not in ("Header", "Div", "Span", "Link", "Code", "Image"):
        return None
    identifier, classes, pairs = attributes(element)
    allowed: set[str] = set()
    named, known = "", {"uri", "email"} if kind == "Link" else set[str]()
    if kind == "Div":
        named, known = "der Block ::: ", set(CLASSES)
        allowed = {key for name in classes for key in CLASSES.get(name, ())} | (
            FLOAT if REFERENCE.fullmatch(identifier) else set()
        )
        if not (classes or identifier):
            return unknown("ein Block ohne Klasse und Marke (::: oder <div>)")
        if not classes and not REFERENCE.fullmatch(identifier):
            return unknown(f"der Block ::: {{#{identifier}}}; Marken von Blöcken beginnen mit fig- oder tbl-")
    elif kind == "Header":
        named, known, allowed = "die Überschrift mit ", {"unnumbered", ONLY_USED}, HEADING
    elif kind == "Image":
        allowed = PICTURE
    elif kind == "Span":
        allowed = WORDS
        if wrong_words := _of_words(element, pairs, own):
            return wrong_words
    if wrong := sorted(set(classes) - known):
        return unknown(f"{named}{{{', '.join('.' + c for c in wrong)}}}")
    if wrong := sorted(set(pairs) - allowed):
        return unknown(f"{named}{{{', '.join(key + '=…' for key in wrong)}}}")
    return None


def _of_words(element: Element, pairs: dict[str, str], own: bool) -> tuple[str, str] | None:
    """What is wrong with the marking of words in a line."""
    if own and not pairs.keys() & WORDS:
        return unknown(f"eine Auszeichnung [{plain_text(element)[:40]}]{{…}}")
    if _LANGUAGE.fullmatch(pairs.get("lang", "de")):
        return None
    return f"„{pairs['lang']}“ ist keine Sprache.", "Das Kürzel schreiben, zum Beispiel [k-Means]{lang=en}."


def unknown(what: str) -> tuple[str, str]:
    """That the report cannot set this, and what it can."""
    return f"Das kann der Bericht nicht setzen: {what}.", LISTED


def _within(node: object) -> Iterator[tuple[Element, bool]]:
    """All elements in reading order, each with whether it stands in a figure, a table or another block like them."""
    waiting = [(node, False)]
    while waiting:
        item, held = waiting.pop()
        if isinstance(item, dict):
            if "t" in item:
                yield item, held
                if item["t"] == "Div":
                    identifier, classes, _ = attributes(item)
                    held = held or bool(REFERENCE.fullmatch(identifier) or _HOLDERS & set(classes))
            item = list(item.values())
        if isinstance(item, list):
            waiting.extend((part, held) for part in reversed(item) if isinstance(part, (dict, list)))


class _Rows:
    """The lines in which the elements of a text begin, as far as its source shows them."""

    def __init__(self, text: str, row: int | None) -> None:
        self._lines, self._row = text.split("\n"), row
        self._last: dict[str, int] = {}

    def of(self, element: Element) -> int | None:
        """The line of the next element of its kind: one that begins as they do, best one with its words."""
        if self._row is not None:
            return self._row
        kind, content = element["t"], element.get("c", "")
        begins = re.compile(REFUSED[kind][1] if kind in REFUSED else _BEGINNINGS.get(kind, r"(?!)"))
        last = self._last.get(kind, 0)
        there = [n for n, line in enumerate(self._lines, start=1) if n > last and begins.search(line)]
        words = (str(content[1]) if kind.startswith("Raw") else plain_text(element)).split()[:1]
        chosen = [n for n in there if words and words[0] in self._lines[n - 1]] or there
        if not chosen:
            return None
        self._last[kind] = chosen[0] if kind in _ALONE else chosen[0] - 1
        return chosen[0]

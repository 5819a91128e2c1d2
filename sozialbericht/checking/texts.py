"""Texts: what keeps pandoc from reading one, and what the report cannot set of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sozialbericht.checking import constructs
from sozialbericht.checking.constructs import LISTED, unknown
from sozialbericht.data.decided.ebene import Ebene
from sozialbericht.data.reading import characters
from sozialbericht.faults import Fault, ReportError, nearest
from sozialbericht.stitching import fences, pandoc
from sozialbericht.stitching.pandoc import Element, elements
from sozialbericht.wording.placeholders import TEXT_FIELD

SHORTCODE = re.compile(r"\{\{<.*?>\}\}")
UNFINISHED = re.compile(r"\{\{<(?!.*?>\}\})")
_LABELLED = re.compile(r"^ {0,3}#{1,6} [^\n]*\{[^{}\n]*#([\w-]+)[^{}\n]*\}\s*$")
TOO_LONG = f"nach {pandoc.LONGEST} Sekunden"
#: Begins the line before each of several texts that are read together.
_PART = "sozialberichtteil"


@dataclass(frozen=True)
class Text:
    """A text of a chapter and its place; a template of a code cell has a line there, all else begins with its own."""

    place: str
    text: str
    row: int | None = None


def unprintable(texts: Sequence[Text]) -> list[Fault]:
    """The first sign of each text that cannot be printed."""
    faults = []
    for one in texts:
        if sign := characters.broken(one.text):
            what = f"Der Text enthält das Zeichen {characters.described(sign)}, das sich nicht drucken lässt."
            row = one.row or one.text[: one.text.index(sign)].count("\n") + 1
            faults.append(Fault(one.place, what, "Das Zeichen löschen.", row=row))
    return faults


def read_ahead(chapters: Iterable[Sequence[Text]]) -> None:
    """Have the texts of chapters read in few calls of pandoc, for :func:`check` to find."""
    asked = []
    for texts in chapters:
        plain = [one for one in texts if _plain(one.text)]
        if len(plain) > 1:
            asked.append(_whole(plain))
        elif plain and plain[0].row is None:
            asked.append(_notes(texts).completed(plain[0].text))
    pandoc.read_ahead(asked)


def check(texts: Sequence[Text], code: str = "") -> list[Fault]:
    """The faults of the texts of a chapter, whose footnotes may refer to each other and to the ``code`` of its cells.

    Templates are told of only where they can be read as they stand.
    """
    notes = _notes(texts)
    faults = [Fault(where, what, remedy, row=row) for where, row, what, remedy in notes.faults(code)]
    parsed = _together([one for one in texts if _plain(one.text)])
    for one in texts:
        if one.row is not None:
            if one in parsed:
                faults += constructs.check(one.place, parsed[one], one.text, own=True, row=one.row)
            continue
        told = {fault.row for fault in faults if fault.place == one.place}
        found = check_text(one.place, one.text, notes, own=True, parsed=parsed.get(one))
        faults += [f for f in found if f.row is None or f.row not in told or _UNREADABLE not in f.what]
        if faults and TOO_LONG in faults[-1].what:
            break  # the others may take as long
    return list(dict.fromkeys(faults))


def check_text(
    place: str, text: str, notes: fences.Notes | None = None, *, own: bool = False, parsed: list[Element] | None = None
) -> list[Fault]:
    """A text must use only the constructs of :data:`constructs.CONSTRUCTS`, and German quotation marks.

    ``notes`` are the footnotes of the chapter, whose halves may stand in other texts; ``own``: somebody has written the
    text, it is no output of the report; ``parsed`` are its blocks where they are known.
    """
    if row := fences.nested(text):
        what = "Der Text ist zu tief verschachtelt."
        return [Fault(place, what, "Klammern, Listen und Hervorhebungen vereinfachen.", row=row)]
    if _is_yaml(text):
        return [Fault(place, *unknown("ein YAML-Kopf (---)"), row=1)]
    faults = []
    for shortcode in SHORTCODE.finditer(text):
        row = text[: shortcode.start()].count("\n") + 1
        faults.append(Fault(place, *unknown(f"ein Shortcode {shortcode[0]}"), row=row))
    for unfinished in UNFINISHED.finditer(text):
        row = text[: unfinished.start()].count("\n") + 1
        faults.append(Fault(place, *unknown("ein Shortcode {{<, der nicht endet"), row=row))
    if parsed is None:
        plain = SHORTCODE.sub("", text)
        try:
            parsed = pandoc.parse(notes.completed(plain) if notes else plain)
        except ReportError as error:
            return faults + _refused(place, text, str(error))
        except RecursionError:
            return [*faults, Fault(place, "Der Text ist zu tief verschachtelt.", "Den Text vereinfachen.")]
    first = next(
        (n for n, line in enumerate(fences.text_lines(text), start=1) if line.lstrip().startswith(":::")), None
    )
    stray = iter(fences.blocks(text).stray)
    for element in elements(parsed):
        if element["t"] == "Str" and element["c"].startswith(":::"):
            what = "Hier steht ::: ohne zugehörigen Block."
            remedy = "Die Zeile löschen; vor ::: {…} gehört eine leere Zeile, jeder Block endet mit einem :::."
            faults.append(Fault(place, what, remedy, row=next(stray, first)))
    faults += constructs.check(place, parsed, text, own=own)
    if own:
        faults += [*_labels(place, text), *_level_words(place, text)]
    return list(dict.fromkeys(faults))


def _labels(place: str, text: str) -> Iterator[Fault]:
    """Labels of headings that nothing could refer to."""
    for row, line in enumerate(fences.text_lines(text), start=1):
        if (found := _LABELLED.match(line)) and not found[1].startswith("sec-"):
            what, _ = unknown(f"die Marke #{found[1]} einer Überschrift")
            yield Fault(place, what, f"Marken von Überschriften beginnen mit sec-: {{#sec-{found[1]}}}.", row=row)


def _level_words(place: str, text: str) -> Iterator[Fault]:
    """Fields that ask for a word which no level has."""
    known = {name for name in dir(Ebene) if isinstance(getattr(Ebene, name), property)} | set(Ebene.__match_args__)
    for field in TEXT_FIELD.finditer(text):
        if field[2][0].lower() + field[2][1:] not in known:
            row = text[: field.start()].count("\n") + 1
            yield Fault(place, f"Ein Wort {field[0]} gibt es nicht.", nearest(field[2], known), row=row)


def _plain(text: str) -> bool:
    """Whether a text can be read together with others: nothing is left open in it, nothing is for one text alone."""
    found = fences.blocks(text)
    return not (found.unclosed or found.stray or fences.nested(text) or _is_yaml(text) or "{{<" in text)


def _notes(texts: Sequence[Text]) -> fences.Notes:
    """The footnotes of a chapter, of which its code may have other halves."""
    notes = fences.Notes()
    for one in texts:
        if one.row is None:
            notes.add(one.place, one.text)
    return notes


def _whole(texts: Sequence[Text]) -> str:
    """Texts as one, with a line of its own before each."""
    whole = "\n\n".join(f"{_PART}{number}\n\n{one.text}" for number, one in enumerate(texts))
    missing = fences.Notes().completed(whole)[len(whole) :]
    return f"{whole}\n\n{_PART}{len(texts)}{missing}"


def _together(texts: Sequence[Text]) -> dict[Text, list[Element]]:
    """The blocks of texts, read in one go; of none where that cannot be done."""
    if len(texts) < 2:
        return {}
    try:
        blocks = pandoc.parse(_whole(texts))
    except (ReportError, RecursionError):
        return {}
    found: dict[str, list[Element]] = {}
    current: list[Element] = []
    for block in blocks:
        words = block["c"][0].get("c") if block["t"] == "Para" and len(block["c"]) == 1 else None
        if isinstance(words, str) and words.startswith(_PART):
            current = found.setdefault(words, [])
        else:
            current.append(block)
    names = [f"{_PART}{number}" for number in range(len(texts) + 1)]
    return {one: found[name] for one, name in zip(texts, names, strict=False)} if list(found) == names else {}


def _is_yaml(text: str) -> bool:
    return bool(re.match(r"---[ \t]*\r?\n", text) and re.search(r"(?m)^(---|\.\.\.)[ \t]*\r?$", text[4:]))


_UNREADABLE = "Der Text lässt sich nicht lesen"


def _refused(place: str, text: str, said: str) -> list[Fault]:
    """What pandoc says about a text, as faults with their lines."""
    if "unclosed" in said:
        remedy = "Den Block mit einer eigenen Zeile ::: schließen."
        found = re.search(r"Div at line (\d+)", said)
        rows: list[int | None] = [*fences.blocks(text).unclosed] or [int(found[1]) if found else None]
        return [
            Fault(place, "Ein Block (::: oder <div>) wird geöffnet, aber nicht geschlossen.", remedy, row=row)
            for row in rows
        ]
    found = re.search(r"line (\d+)", said)
    short = said.removeprefix("pandoc meldet: ").split("\n")[0][:200]
    row = int(found[1]) if found and int(found[1]) <= text.count("\n") + 1 else None
    return [Fault(place, f"{_UNREADABLE}; pandoc meldet: {short}", LISTED, row=row)]

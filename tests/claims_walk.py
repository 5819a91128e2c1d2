"""Does every comparing sentence of a report hold by its interval?

A walk runs the cells of a chapter and listens to the sentences as they are filled in. Every choice of words by the
direction of a value is noted with the value, every extreme that is named, too. Two questions are asked afterwards:

* *unfounded*: a comparing word that stands in a sentence without a noted choice was typed, not computed;
* *false*: a direction that is told although the difference is within chance, or not told although it is far beyond.

What is within chance is computed here anew, with the normal approximation of the difference and without a correction
for many comparisons: the report's rule may only be stricter.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sozialbericht.findings.extremes import Spitze
from sozialbericht.position import Position
from sozialbericht.statistics.value import Value
from sozialbericht.wording import sentences
from sozialbericht.wording.values import Aenderung, Wert
from sozialbericht.writing.blocks import Block

ROOT = Path(__file__).resolve().parents[1]
#: Told: the difference is at least this many standard errors; not told: at most so many.
TOLD, UNTOLD = 1.85, 5.0
#: Words that compare.
COMPARING = re.compile(
    r"\b(?:gestiegen|gesunken|gewachsen|geschrumpft|zurückgegangen|zugenommen|abgenommen|hinzugekommen|weggefallen|"
    r"stieg|sank|nahm\w* [^.]*\b(?:zu|ab)|gebessert|verschlechtert|unverändert|gleich geblieben|"
    r"[Aa]m (?:höchsten|niedrigsten|häufigsten|seltensten|meisten|wenigsten|größten|kleinsten)|"
    r"höchste[nrs]?|niedrigste[nrs]?|[Ii]n allen \w+ (?:Stadtbezirken|Sozialräumen))\b"
)
#: Sentences whose comparison is founded otherwise, or for which there is no interval, each with the reason.
ELSEWHERE = {
    r"^In (?:allen|\w+ von) \w+ Stadtbezirken ist sie ": "prose.gebietssatz, which test_claims.py counts anew",
    r"Eink[uo]mm?en|Einkünften?\b": "means of income have no interval",
    r"Wohnfläche je Kopf": "a mean of a whole stock has no interval",
    r"^Von den \w+ Sozialräumen mit den höchsten Anteilen": "names a group by its printed values",
    r"auseinander, am wenigsten bei": "ranges from the lowest to the highest printed value",
    r"adjustierte Rand-Index|von 100 Berechnungen|Die Typen stehen": "results of repeated computations",
    r"[Ii]ndex haben|höchste Belastung|höchsten Index|Belastung hat sich günstiger": "the status index has no interval",
    r"@tbl-fuenftel|Im Fünftel der Sozialräume": "names groups by their printed values",
    r"Unter den Stärken und Ansatzpunkten steht|letzte Spalten: Abstand": "says what a table shows",
    r"Verfahren von Ward": "a method",
    r"gehört mit [^.]* zu den (?:höchsten|niedrigsten)|ist die Arbeitslosenrate eine der (?:höchsten|niedrigsten)": (
        "chosen by the whole range of the rank (profile/rows.py)"
    ),
    r"^(?::\s+)?Vom höchsten Wert gezählt": "says how ranks are counted",
    r"^Gemessen an der Streuung der": "Querschnitt.groessensatz, by the intervals of the gaps",
    r"95-%-Bereich des Rangs: 1\b": "a rank whose range is that rank alone",
    r"^Rang 1\b|höchste Wert\.$|Wert an gezählt": "says how ranks are counted",
}


@dataclass
class Heard:
    """What was noted while a chapter was written."""

    claims: list[tuple[str, Any, str]] = field(default_factory=list)
    """The field, the value whose direction chose the words, and the words."""
    founded: set[str] = field(default_factory=set)
    """Sentences with at least one computed claim, as plain words."""
    texts: list[str] = field(default_factory=list)

    def unfounded(self) -> list[str]:
        """The sentences that compare without a claim behind them."""
        return [
            sentence
            for text in self.texts
            for sentence in _sentences(text)
            if COMPARING.search(sentence)
            and not any(known in sentence or sentence in known for known in self.founded)
            and not any(re.search(pattern, sentence) for pattern in ELSEWHERE)
        ]

    def false(self) -> list[str]:
        """The claims that do not hold, or that should have been made."""
        found = []
        for name, value, words in self.claims:
            if (deviation := deviation_of(value)) is None:
                continue
            told = value.richtung
            if told and (abs(deviation) < TOLD or (deviation > 0) != (told > 0)):
                found.append(f"{name}: „{words}“ bei {deviation:.2f} Standardfehlern")
            if not told and abs(deviation) > UNTOLD and not _prints_zero(value):
                found.append(f"{name}: „{words}“ verschweigt {deviation:.2f} Standardfehler")
        return found


def _prints_zero(value: Aenderung | Wert) -> bool:
    return not re.search(r"[1-9]", str(value))


def deviation_of(value: object) -> float | None:
    """By how many standard errors a change differs from none; None where chance plays no part."""
    if isinstance(value, Aenderung):
        if value.lage == Position.UNKNOWN:
            return None
        new, old = value.neu, value.alt
        if new.art == "veraenderung":
            return _ratio(new.numerator, old.numerator, new.clustering)
        return (new.number - old.number) / math.hypot(_error(new), _error(old))
    if isinstance(value, Wert) and value.wert.art == "veraenderung" and not math.isnan(value.wert.lower):
        return _ratio(value.wert.numerator, value.wert.denominator, value.wert.clustering)
    return None


def _ratio(count: float, base: float, clustering: float) -> float:
    return math.log(count / base) / math.sqrt(clustering / count + clustering / base)


def _error(value: Value) -> float:
    share = value.numerator / value.denominator
    spread = share * (1 - share) if value.art == "anteil" else share
    return value.factor * math.sqrt(max(spread, 1e-9) * value.clustering / value.denominator)


def listening(monkeypatch: Any) -> Heard:
    """Note what the sentences say from here on."""
    heard = Heard()
    fill, choose = sentences._filled, sentences._field

    def noted_field(match: re.Match[str], values: dict[str, Any], put: Any) -> str:
        written = choose(match, values, put)
        name, path, choices, *_ = match.groups()
        value = values.get(name)
        parts = path.split(".")[1:]
        if choices is not None:
            heard.claims.append((match[0], value if not parts else _at(value, parts), written))
            pending.append(True)
        elif isinstance(value, Spitze):
            pending.append(True)
        return written

    def noted(template: str, otherwise: str | None, values: dict[str, Any], put: Any) -> str:
        before = len(pending)
        written = fill(template, otherwise, values, put)
        if len(pending) > before:
            heard.founded.update(filter(COMPARING.search, _sentences(written)))
        return written

    pending: list[bool] = []
    monkeypatch.setattr(sentences, "_field", noted_field)
    monkeypatch.setattr(sentences, "_filled", noted)
    return heard


def _at(value: Any, parts: list[str]) -> Any:
    for part in parts:
        value = getattr(value, part[:1].lower() + part[1:])
    return value


def run(heard: Heard, name: str, parameters: dict[str, Any], shown: list[Block]) -> None:
    """Run the cells of a notebook as papermill would; its texts are added to what was heard."""
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    scope: dict[str, object] = {}
    for cell in cells:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heard.texts.append(text)
            continue
        exec(compile(text, name, "exec"), scope)
        if "parameters" in cell["metadata"].get("tags", []):
            scope |= {**parameters, "daten": str(ROOT / "data")}
        heard.texts += [block.markdown for block in shown if block.markdown]
        shown.clear()


def _sentences(text: str) -> Iterator[str]:
    """Sentences of Markdown, without marks; rows of tables and heads are none."""
    for line in text.splitlines():
        if line.startswith(("|", "#", ":::", "//")):
            continue
        plain = re.sub(r"[*_\\\u00ad\u200b]|\{[^{}]*\}(?=$)", "", line)
        yield from (part.strip() for part in re.split(r"(?<=[.;!?])\s+", plain) if part.strip())
